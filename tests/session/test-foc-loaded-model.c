/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-session.h"

#include "foc-file.h"
#include "foc-run-folder.h"
#include "test-catalog.h"
#include "test-experiment.h"
#include "test-folders.h"
#include "test-loop.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>

/* What a final model says to the holdout set, before and after the look. */

typedef struct
{
  FocSession *session;
  FocOpenDataset *dataset;
  FocPictureList *pictures;
  char *folder; /* of a run without a look */
  char *model;
  GString *log; /* of the session */
} Fixture;

static void
wait_for_model (Fixture *self)
{
  TEST_WAIT (foc_session_get_model (self->session) != NULL);
  g_string_truncate (self->log, 0);
}

static void
load (Fixture *self, const char *path)
{
  foc_session_load_model (self->session, path);
  TEST_WAIT (self->log->len > 0);
  test_assert_log (self->log, "notify::model");
}

static gboolean
is_asking (Fixture *self)
{
  g_autoptr (FocJob) job = NULL;

  g_object_get (self->dataset, "predicting", &job, NULL);
  return job != NULL || foc_open_dataset_get_job (self->dataset) != NULL;
}

static const FocPredictions *
get_predictions (Fixture *self)
{
  TEST_WAIT (!is_asking (self));
  g_assert_nonnull (foc_picture_list_get_predictions (self->pictures));
  return foc_picture_list_get_predictions (self->pictures);
}

static void
set_up (Fixture *self, gconstpointer group)
{
  self->session = foc_session_new (test_cache);
  self->dataset = foc_session_get_dataset (self->session);
  self->pictures = foc_open_dataset_get_pictures (self->dataset);
  self->log = g_string_new (NULL);
  test_log_signals (G_OBJECT (self->session), "notify::model failed notice", self->log);
  self->folder = test_run_without_look (test_pictures, NULL, GPOINTER_TO_INT (group));
  self->model = test_path (self->folder, "model.safetensors");
  wait_for_model (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->session);
  g_assert_true (foc_job_wait_for_workers (60000));
  g_string_free (self->log, TRUE);
  test_folder_delete (self->folder);
  g_free (self->folder);
  g_free (self->model);
}

static void
open_with_model (Fixture *self)
{
  load (self, self->model);
  foc_open_dataset_open (self->dataset, test_pictures, NULL);
  get_predictions (self);
}

static guint
count (Fixture *self, FocPictureFilter filter)
{
  foc_picture_list_set_filter (self->pictures, &filter);
  return g_list_model_get_n_items (G_LIST_MODEL (self->pictures));
}

/* TRUE if each picture has an answer but for those of the holdout set; FALSE if each
 * has one. Nothing in between. */
static gboolean
is_hidden (Fixture *self)
{
  const FocPredictions *predictions = get_predictions (self);
  const FocCatalog *catalog = foc_open_dataset_get_catalog (self->dataset);
  guint n_answered = 0, n_holdout = 0, n_wrong = 0;

  g_assert_true (predictions->model == foc_session_get_model (self->session));
  for (guint32 row = 0; row < predictions->n_rows; row++)
    {
      gboolean is_holdout = foc_split_get_part (catalog->split, row) == FOC_PART_HOLDOUT;
      gboolean is_answered = !isnan (predictions->probabilities[row]);
      g_auto (FocVerdict) verdict = { 0 };
      g_autoptr (GError) error = NULL;

      n_holdout += is_holdout;
      n_answered += is_holdout && is_answered;
      n_wrong += predictions->wrong[row];
      g_assert_true (is_answered || is_holdout);
      g_assert_cmpint (isnan (predictions->losses[row]), ==, !is_answered);
      g_assert_cmpint (
        foc_verdict_make (&verdict, predictions->model, catalog, row, &error), ==,
        is_answered);
      if (is_answered)
        continue;

      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
      g_assert_true (g_str_has_prefix (error->message, "Under seal: "));
      g_assert_null (verdict.probabilities);
      g_assert_cmpuint (predictions->answers[row], ==, 0);
      g_assert_cmpuint (predictions->doubts[row], ==, FOC_DOUBT_NONE);
      g_assert_false (predictions->wrong[row]);
    }
  g_assert_cmpuint (n_holdout, >, 0);
  g_assert_true (n_answered == 0 || n_answered == n_holdout);
  g_assert_cmpuint (predictions->n_wrong, ==, n_wrong);
  return n_answered == 0;
}

static void
test_hidden (Fixture *self, gconstpointer data)
{
  FocPictureFilter holdout = FOC_PICTURE_FILTER_INIT;
  FocPictureFilter filter;
  guint n_all;

  open_with_model (self);
  g_assert_true (is_hidden (self));

  holdout.part = FOC_PART_HOLDOUT;
  n_all = count (self, holdout);
  g_assert_cmpuint (n_all, ==, 2 * TEST_PER_CLASS * 3 / 10);
  for (guint i = 0; i < n_all; i++)
    {
      g_autoptr (FocPictureItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->pictures), i);

      g_assert_false (foc_picture_item_get_answer (item, NULL, NULL, NULL, NULL));
    }
  filter = holdout;
  for (filter.answer = 0; filter.answer < 2; filter.answer++)
    g_assert_cmpuint (count (self, filter), ==, 0);
  filter = holdout;
  filter.show = FOC_SHOW_MISCLASSIFIED;
  g_assert_cmpuint (count (self, filter), ==, 0);
  filter.show = FOC_SHOW_NOT_SURE;
  g_assert_cmpuint (count (self, filter), ==, 0);

  /* Those that were not asked about come last, in the order of their names. */
  filter = (FocPictureFilter) FOC_PICTURE_FILTER_INIT;
  for (FocSortOrder order = FOC_SORT_CONFIDENCE; order <= FOC_SORT_LOSS; order++)
    {
      guint32 before = 0;

      foc_picture_list_set_sort_order (self->pictures, order);
      for (guint i = count (self, filter) - n_all; i < 2 * TEST_PER_CLASS; i++)
        {
          g_autoptr (FocPictureItem) item =
            g_list_model_get_item (G_LIST_MODEL (self->pictures), i);

          g_assert_cmpint (foc_picture_item_get_part (item), ==, FOC_PART_HOLDOUT);
          g_assert_cmpuint (foc_picture_item_get_row (item), >, before);
          before = foc_picture_item_get_row (item);
        }
    }
}

static void
look (Fixture *self)
{
  FocTraining *training = foc_session_get_training (self->session);

  foc_training_open (training, self->folder);
  TEST_WAIT (foc_training_get_job (training) == NULL);
  test_assert_log (self->log, "");
  foc_training_go_on (training, foc_open_dataset_get_catalog (self->dataset),
                      FOC_TRAINING_LOOK, 2);
  TEST_WAIT (foc_training_get_job (training) == NULL);
  g_assert_cmpuint (foc_training_get_run (training)->n_looks, ==, 1);
}

/* The look is taken on the Train page. */
static void
test_look (Fixture *self, gconstpointer data)
{
  FocLoadedModel *sealed;
  const FocModel *model;

  open_with_model (self);
  g_assert_true (is_hidden (self));
  sealed = foc_session_get_model (self->session);
  model = foc_loaded_model_get_model (sealed);

  look (self);
  test_assert_log (self->log, "notify::model");
  g_assert_false (is_hidden (self));
  g_assert_true (foc_session_get_model (self->session) != sealed);
  g_assert_true (foc_loaded_model_get_model (foc_session_get_model (self->session))
                 == model);
  g_assert_cmpstr (foc_loaded_model_get_path (foc_session_get_model (self->session)), ==,
                   self->model);

  /* The record has it, too. */
  load (self, self->model);
  g_assert_false (is_hidden (self));
}

/* The training has looked before the model is loaded, and its record is gone by then. */
static void
test_looked_before (Fixture *self, gconstpointer data)
{
  g_autofree char *record = test_path (self->folder, "run.json");
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (record, &bytes, &length, NULL));
  foc_open_dataset_open (self->dataset, test_pictures, NULL);
  get_predictions (self);
  look (self);
  g_assert_true (g_file_set_contents (record, bytes, (gssize) length, NULL));
  load (self, self->model);
  g_assert_false (is_hidden (self));
}

/* Somebody else has: it is known when the model is loaded again. */
static void
test_looked_elsewhere (Fixture *self, gconstpointer data)
{
  g_autoptr (FocRun) run = foc_run_load (self->folder, NULL);

  open_with_model (self);
  g_assert_true (foc_run_count_look (run, NULL));
  load (self, self->model);
  g_assert_false (is_hidden (self));
}

/* A look of another run's does not count. */
static void
test_other_run (Fixture *self, gconstpointer data)
{
  FocTraining *training = foc_session_get_training (self->session);
  g_autofree char *other = test_folder_new ();
  g_autofree char *sha256 = test_run_in (other, FOC_OPTIMIZER_MOMENTUM, 2);

  open_with_model (self);
  foc_training_open (training, other);
  TEST_WAIT (foc_training_get_job (training) == NULL);
  g_assert_true (foc_run_is_finished (foc_training_get_run (training)));
  test_loop_run (50);
  test_assert_log (self->log, "");
  g_assert_true (is_hidden (self));
  test_folder_delete (other);
}

/* A copy of the model is known by its bytes. */
static void
test_copy (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = test_folder_new ();
  g_autofree char *copy = test_path (folder, "copy");
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (self->model, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, (gssize) length, NULL));
  open_with_model (self);
  load (self, copy);
  g_assert_true (is_hidden (self));
  test_folder_delete (folder);
}

/* Where the run's holdout set is scattered over the parts. */
static void
assert_all_hidden (Fixture *self)
{
  const FocPredictions *predictions = get_predictions (self);

  g_assert_cmpint (predictions->sealed, ==, FOC_SEALED_ALL);
  for (guint32 row = 0; row < predictions->n_rows; row++)
    g_assert_true (isnan (predictions->probabilities[row]));
}

static void
test_split (Fixture *self, gconstpointer data)
{
  FocSplitSettings split = { FOC_SPLIT_STRATIFIED, { 50, 20, 30 }, 5, FOC_KEEP_NONE };
  const FocSplitSettings same = { FOC_SPLIT_PAPER, { 5, 2, 3 }, 9, FOC_KEEP_NONE };
  g_autoptr (FocLoadedModel) model = NULL;

  open_with_model (self);
  g_assert_true (foc_open_dataset_set_split (self->dataset, &split, NULL));
  assert_all_hidden (self);

  g_assert_true (foc_open_dataset_set_split (self->dataset, &same, NULL));
  g_assert_true (is_hidden (self));

  /* There and back before anybody has answered. */
  g_assert_true (foc_open_dataset_set_split (self->dataset, &split, NULL));
  g_assert_true (
    foc_open_dataset_set_split (self->dataset, &foc_split_settings_default, NULL));
  g_assert_true (is_hidden (self));

  /* The same while nothing is known, and everything is asked. */
  model = g_object_ref (foc_session_get_model (self->session));
  foc_open_dataset_set_model (self->dataset, NULL);
  g_assert_true (foc_open_dataset_set_split (self->dataset, &split, NULL));
  foc_open_dataset_set_model (self->dataset, model);
  g_assert_true (is_asking (self));
  g_assert_true (foc_open_dataset_set_split (self->dataset, &same, NULL));
  g_assert_true (is_hidden (self));

  split.method = FOC_SPLIT_PAPER;
  split.shares[0] = 40;
  g_assert_true (foc_open_dataset_set_split (self->dataset, &split, NULL));
  assert_all_hidden (self);
}

/* Other pictures. */
static void
test_other_data (Fixture *self, gconstpointer data)
{
  g_autofree char *other = test_make_pictures (TEST_PER_CLASS, TEST_PER_CLASS - 1);

  open_with_model (self);
  foc_open_dataset_open (self->dataset, other, NULL);
  TEST_WAIT (!is_asking (self));
  g_assert_false (is_hidden (self));
  test_folder_delete (other);
}

static void
assert_seal (Fixture *self, FocSealed sealed, FocSealBreach breach)
{
  const FocPredictions *predictions = get_predictions (self);
  FocLoadedModel *model = foc_session_get_model (self->session);
  const FocCatalog *catalog = foc_open_dataset_get_catalog (self->dataset);

  g_assert_cmpint (predictions->sealed, ==, sealed);
  g_assert_cmpint (foc_loaded_model_get_sealed (model, catalog), ==, sealed);
  if (sealed != FOC_SEALED_NOTHING)
    g_assert_cmpint (foc_loaded_model_get_breach (model, catalog), ==, breach);
}

static void
break_seal (Fixture *self)
{
  g_string_truncate (self->log, 0);
  foc_session_break_seal (self->session);
  TEST_WAIT (self->log->len > 0);
}

/* A picture is gone from the data set of the run. */
static void
test_changed (Fixture *self, gconstpointer data)
{
  g_autofree char *pictures = test_make_pictures (TEST_PER_CLASS, TEST_PER_CLASS - 1);
  g_autofree char *picture = test_path (pictures, "comics/3.png");
  g_autofree char *folder = test_run_without_look (pictures, NULL, FOC_KEEP_NONE);
  g_autofree char *model = test_path (folder, "model.safetensors");
  g_autoptr (FocRun) run = NULL;

  load (self, model);
  foc_open_dataset_open (self->dataset, pictures, NULL);
  assert_seal (self, FOC_SEALED_HOLDOUT, FOC_BREACH_BY_RUN);
  g_assert_cmpint (g_unlink (picture), ==, 0);
  foc_open_dataset_refresh (self->dataset);
  assert_seal (self, FOC_SEALED_ALL, FOC_BREACH_CHANGED);
  assert_all_hidden (self);

  /* The user insists. */
  break_seal (self);
  test_assert_log (self->log, "notify::model");
  assert_seal (self, FOC_SEALED_NOTHING, 0);
  g_assert_false (is_hidden (self));
  run = foc_run_load (folder, NULL);
  g_assert_cmpuint (run->n_looks, ==, 1);
  g_assert_false (run->holdout.measured);
  load (self, model);
  g_assert_false (is_hidden (self));
  test_folder_delete (folder);
  test_folder_delete (pictures);
}

/* The run is gone, and a copy of its model is not. */
static void
test_no_run (Fixture *self, gconstpointer data)
{
  g_autofree char *parent = test_folder_new ();
  g_autofree char *copy = test_path (parent, "copy");
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (self->model, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, (gssize) length, NULL));
  g_assert_true (foc_run_delete (self->folder, NULL));
  foc_open_dataset_open (self->dataset, test_pictures, NULL);
  load (self, copy);
  assert_seal (self, FOC_SEALED_HOLDOUT, FOC_BREACH_NO_RUN);
  g_assert_true (is_hidden (self));

  /* A look that cannot be recorded shows nothing. */
  foc_file_set_fault (1, ENOSPC);
  break_seal (self);
  foc_file_set_fault (0, 0);
  test_assert_log (self->log, "notice");
  g_assert_true (is_hidden (self));

  break_seal (self);
  test_assert_log (self->log, "notify::model");
  g_assert_false (is_hidden (self));
  load (self, NULL);
  load (self, copy);
  g_assert_false (is_hidden (self));

  test_folder_delete (parent);
  g_assert_true (g_mkdir_with_parents (self->folder, 0700) == 0); /* for tear_down() */
}

/* Before what belongs together is known, the holdout set is not. */
static void
test_group (Fixture *self, gconstpointer data)
{
  const FocSplitSettings split = {
    FOC_SPLIT_PAPER, { 50, 20, 30 }, 1, FOC_KEEP_DUPLICATES
  };
  g_autoptr (FocCatalog) read = test_catalog_read (test_pictures, test_cache);
  g_autoptr (FocCatalog) grouped = foc_catalog_split_anew (read, &split, NULL);
  g_autoptr (FocPredictions) predictions = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (FocVerdict) verdict = { 0 };
  FocLoadedModel *model;

  load (self, self->model);
  model = foc_session_get_model (self->session);
  g_assert_cmpint (foc_loaded_model_get_sealed (model, read), ==, FOC_SEALED_ALL);
  predictions = foc_predictions_make (model, grouped, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (predictions->sealed, ==, FOC_SEALED_ALL);
  for (guint32 row = 0; row < predictions->n_rows; row++)
    g_assert_true (isnan (predictions->probabilities[row]));
  g_assert_false (foc_verdict_make (&verdict, model, grouped, 0, NULL));

  foc_open_dataset_open (self->dataset, test_pictures, &split);
  TEST_WAIT (!is_asking (self));
  g_assert_true (is_hidden (self));
}

#define ADD_WITH(name, group, function)                                                  \
  g_test_add ("/seal/" name, Fixture, GINT_TO_POINTER (group), set_up, function,         \
              tear_down)
#define ADD(name, function) ADD_WITH (name, FOC_KEEP_NONE, function)

int
main (int argc, char *argv[])
{
  g_autofree char *shipped = NULL;

  test_experiment_init (&argc, &argv);
  shipped = g_build_filename (g_getenv ("FOC_TEST_MODELS"), "model.safetensors", NULL);
  g_setenv ("FOC_MODEL", shipped, TRUE);

  ADD ("hidden", test_hidden);
  ADD ("look", test_look);
  ADD ("looked-before", test_looked_before);
  ADD ("looked-elsewhere", test_looked_elsewhere);
  ADD ("other-run", test_other_run);
  ADD ("copy", test_copy);
  ADD ("split", test_split);
  ADD ("other-data", test_other_data);
  ADD ("changed", test_changed);
  ADD ("no-run", test_no_run);
  ADD_WITH ("group", FOC_KEEP_DUPLICATES, test_group);

  return test_experiment_run ();
}

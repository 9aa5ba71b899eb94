/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-session.h"

#include "test-catalog.h"
#include "test-feature-build.h"
#include "test-folders.h"
#include "test-loop.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

typedef struct
{
  BuildFixture build;
  FocSession *session;
  GString *log;
} Fixture;

static char *folder; /* of the shipped model */
static char *shipped;

static void
set_up (Fixture *self, gconstpointer data)
{
  test_build_set_up (&self->build, NULL);
  self->session = foc_session_new (NULL);
  self->log = g_string_new (NULL);
  test_log_signals (G_OBJECT (self->session), "notify::model failed", self->log);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->session);
  g_string_free (self->log, TRUE);
  test_build_tear_down (&self->build, NULL);
}

static double
get_threshold (Fixture *self)
{
  return foc_loaded_model_get_model (foc_session_get_model (self->session))->threshold;
}

static void
keep_message (FocSession *session, const char *message, char **kept)
{
  g_assert_null (*kept);
  *kept = g_strdup (message);
}

static void
test_shipped (Fixture *self, gconstpointer data)
{
  g_autoptr (FocOpenDataset) dataset = NULL;
  g_autoptr (FocLoadedModel) model = NULL;

  g_assert_null (foc_session_get_model (self->session));
  TEST_WAIT (foc_session_get_model (self->session) != NULL);
  test_assert_log (self->log, "notify::model");
  g_object_get (self->session, "dataset", &dataset, "model", &model, NULL);
  g_assert_true (dataset == foc_session_get_dataset (self->session));
  g_assert_true (model == foc_session_get_model (self->session));
  g_assert_true (foc_loaded_model_is_shipped (model));
  g_assert_cmpstr (foc_loaded_model_get_path (model), ==, shipped);
  g_assert_true (foc_open_dataset_get_model (dataset) == model);
  g_assert_cmpuint (foc_model_get_n_classes (foc_loaded_model_get_model (model)), ==, 2);
}

static void
test_load (Fixture *self, gconstpointer data)
{
  g_autofree char *path = test_write_model (self->build.cache, "cat dog", 1);
  FocLoadedModel *model;

  foc_session_load_model (self->session, path); /* before the shipped one is there */
  TEST_WAIT (foc_session_get_model (self->session) != NULL);
  test_loop_run (50);
  test_assert_log (self->log, "notify::model");
  model = foc_session_get_model (self->session);
  g_assert_false (foc_loaded_model_is_shipped (model));
  g_assert_cmpstr (foc_loaded_model_get_path (model), ==, path);

  /* One that is none. */
  test_add_file (self->build.root, "damaged", "{}", 2);
  {
    g_autofree char *damaged = test_path (self->build.root, "damaged");

    foc_session_load_model (self->session, damaged);
  }
  TEST_WAIT (self->log->len > 0);
  test_assert_log (self->log, "failed");
  g_assert_true (foc_session_get_model (self->session) == model);

  foc_session_load_model (self->session, NULL);
  TEST_WAIT (foc_session_get_model (self->session) != model);
  g_assert_true (foc_loaded_model_is_shipped (foc_session_get_model (self->session)));
}

/* Why, in one sentence, and the current model stays: for a model that is cut short, one in
 * which a byte is another, and files of others. */
static void
test_damaged (Fixture *self, gconstpointer data)
{
  g_autofree char *path = test_write_model (self->build.cache, "cat dog", 1);
  g_autofree char *damaged = test_path (self->build.cache, "damaged.safetensors");
  g_autofree char *bytes = NULL;
  FocLoadedModel *model;
  gsize length;

  TEST_WAIT (foc_session_get_model (self->session) != NULL);
  model = foc_session_get_model (self->session);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *message = NULL;
      gulong handler =
        g_signal_connect (self->session, "failed", G_CALLBACK (keep_message), &message);
      char kept = bytes[length - 1];

      if (i == 3)
        bytes[length - 1] = bytes[length - 2] = (char) 0xff; /* not a number */
      if (i == 4)
        test_add_folder (self->build.cache, "damaged.safetensors");
      else if (i < 4)
        test_add_file (self->build.cache, "damaged.safetensors", i == 2 ? "{}" : bytes,
                       i == 0   ? length - 1
                       : i == 1 ? 0
                       : i == 2 ? 2
                                : length);
      bytes[length - 1] = kept;
      foc_session_load_model (self->session, damaged); /* the last time it is not there */
      TEST_WAIT (message != NULL);
      g_test_message ("%s", message);
      g_assert_nonnull (strstr (message, "damaged.safetensors"));
      g_assert_true (g_str_has_suffix (message, "."));
      g_assert_null (strchr (message, '\n'));
      g_assert_true (foc_session_get_model (self->session) == model);
      g_signal_handler_disconnect (self->session, handler);
      if (i < 5)
        test_folder_delete (damaged);
    }
}

/* The one before, while another one is being read. */
static void
test_use (Fixture *self, gconstpointer data)
{
  g_autofree char *path = test_write_model (self->build.cache, "cat dog", 1);
  g_autoptr (FocLoadedModel) before = NULL;

  TEST_WAIT (foc_session_get_model (self->session) != NULL);
  before = g_object_ref (foc_session_get_model (self->session));
  foc_session_load_model (self->session, path);
  TEST_WAIT (foc_session_get_model (self->session) != before);
  g_assert_cmpint (g_unlink (path), ==, 0);
  foc_session_load_model (self->session, path);
  foc_session_use_model (self->session, before);
  g_assert_true (foc_session_get_model (self->session) == before);
  g_string_truncate (self->log, 0);
  test_loop_run (50);
  test_assert_log (self->log, "");

  /* By now the user wants surer answers. */
  foc_session_load_model (self->session, NULL);
  foc_session_set_threshold (self->session, 0.9);
  TEST_WAIT (foc_session_get_model (self->session) != before);
  foc_session_use_model (self->session, before);
  g_assert_cmpfloat (get_threshold (self), ==, 0.9);
}

static void
test_threshold (Fixture *self, gconstpointer data)
{
  g_autofree char *path = test_write_model (self->build.cache, "cat dog", 1);
  FocOpenDataset *dataset = foc_session_get_dataset (self->session);
  FocPictureList *pictures = foc_open_dataset_get_pictures (dataset);
  const FocPredictions *predictions;

  foc_session_set_threshold (self->session, 0.9); /* before there is a model */
  test_assert_log (self->log, "");
  TEST_WAIT (foc_session_get_model (self->session) != NULL);
  test_assert_log (self->log, "notify::model");
  g_assert_cmpfloat (get_threshold (self), ==, 0.9);

  foc_session_set_threshold (self->session, 0.9);
  test_assert_log (self->log, "");
  foc_session_set_threshold (self->session, NAN);
  test_assert_log (self->log, "notify::model");
  g_assert_cmpfloat (get_threshold (self), ==, FOC_MODEL_THRESHOLD_DEFAULT);
  foc_session_set_threshold (self->session, NAN);
  test_assert_log (self->log, "");

  foc_session_set_threshold (self->session, 0.9);
  foc_session_load_model (self->session, path);
  TEST_WAIT (!foc_loaded_model_is_shipped (foc_session_get_model (self->session)));
  g_assert_cmpfloat (get_threshold (self), ==, 0.9);

  /* The data set is asked about again. */
  test_build_add_some (&self->build);
  foc_open_dataset_open (dataset, self->build.root, NULL);
  for (int percent = 100; percent >= 0; percent -= 100)
    {
      foc_session_set_threshold (self->session, percent / 100.0);
      TEST_WAIT ((predictions = foc_picture_list_get_predictions (pictures)) != NULL
                 && predictions->model == foc_session_get_model (self->session));
      g_assert_cmpuint (predictions->n_rows, >, 0);
      for (guint32 row = 0; row < predictions->n_rows; row++)
        g_assert_cmpint (predictions->doubts[row], ==,
                         percent == 100 ? FOC_DOUBT_PROBABILITY : FOC_DOUBT_NONE);
    }
}

static void
test_no_shipped (Fixture *self, gconstpointer data)
{
  g_autofree char *away = test_path (folder, "away");

  TEST_WAIT (foc_session_get_model (self->session) != NULL);
  test_assert_log (self->log, "notify::model");
  g_assert_cmpint (g_rename (shipped, away), ==, 0);
  foc_session_load_model (self->session, NULL);
  TEST_WAIT (self->log->len > 0);
  test_assert_log (self->log, "failed");
  g_assert_nonnull (foc_session_get_model (self->session));
  g_assert_cmpint (g_rename (away, shipped), ==, 0);
}

/* From a folder to answers. */
static void
test_together (Fixture *self, gconstpointer data)
{
  FocOpenDataset *dataset = foc_session_get_dataset (self->session);
  FocPictureList *pictures = foc_open_dataset_get_pictures (dataset);

  test_build_add_some (&self->build);
  foc_open_dataset_open (dataset, self->build.root, NULL);
  TEST_WAIT (foc_picture_list_get_predictions (pictures) != NULL
             && foc_open_dataset_get_job (dataset) == NULL);
  g_assert_false (foc_picture_list_get_predictions (pictures)->comparable);
}

/* Pictures that have changed when a training begins are read again. */
static void
test_stale (Fixture *self, gconstpointer data)
{
  FocOpenDataset *dataset = foc_session_get_dataset (self->session);
  FocTraining *training = foc_session_get_training (self->session);
  g_autoptr (FocTraining) property = NULL;
  FocSettings settings;
  guint32 n;

  g_object_get (self->session, "training", &property, NULL);
  g_assert_true (property == training);
  test_build_add_some (&self->build);
  foc_open_dataset_open (dataset, self->build.root, NULL);
  TEST_WAIT (foc_open_dataset_get_catalog (dataset) != NULL
             && foc_open_dataset_get_job (dataset) == NULL
             && foc_session_get_model (self->session) != NULL);
  n = foc_dataset_get_n_pictures (foc_open_dataset_get_catalog (dataset)->dataset);

  test_build_add (&self->build, "a/new.png", 1);
  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  g_string_truncate (self->log, 0);
  test_log_signals (G_OBJECT (training), "stale failed", self->log);
  foc_training_start (training, foc_open_dataset_get_catalog (dataset), &settings, 1);
  TEST_WAIT (foc_training_get_job (training) == NULL);
  g_assert_nonnull (strstr (self->log->str, "stale failed"));
  TEST_WAIT (foc_open_dataset_get_job (dataset) == NULL);
  g_assert_cmpuint (
    foc_dataset_get_n_pictures (foc_open_dataset_get_catalog (dataset)->dataset), ==,
    n + 1);
}

/* Dropped while the model is being read. */
static void
test_dropped (Fixture *self, gconstpointer data)
{
  foc_session_load_model (self->session, NULL);
}

/* The classes of a model in another order than the data set's, and others. */
static void
test_map_classes (Fixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) turned = test_model_new ("b a", 1);
  g_autoptr (FocLoadedModel) other = test_model_new ("b c", 1);
  g_autoptr (FocLoadedModel) more = test_model_new ("a b c", 1);
  g_autofree guint16 *map = NULL;
  g_autoptr (FocCatalog) catalog = NULL;

  test_build_add_some (&self->build);
  catalog = test_catalog_scan (self->build.root);
  map = foc_loaded_model_map_classes (turned, catalog->dataset);
  g_assert_cmpuint (map[0], ==, 1);
  g_assert_cmpuint (map[1], ==, 0);
  g_assert_null (foc_loaded_model_map_classes (other, catalog->dataset));
  g_assert_null (foc_loaded_model_map_classes (more, catalog->dataset));
}

#define ADD(name, function)                                                              \
  g_test_add ("/session/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_autofree char *original = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  original = g_build_filename (g_getenv ("FOC_TEST_MODELS"), "model.safetensors", NULL);
  folder = test_folder_new ();
  shipped = test_path (folder, "shipped");
  test_add_link (folder, "shipped", original);
  g_setenv ("FOC_MODEL", shipped, TRUE);

  ADD ("shipped", test_shipped);
  ADD ("load", test_load);
  ADD ("damaged", test_damaged);
  ADD ("use", test_use);
  ADD ("threshold", test_threshold);
  ADD ("no-shipped", test_no_shipped);
  ADD ("together", test_together);
  ADD ("stale", test_stale);
  ADD ("dropped", test_dropped);
  ADD ("map-classes", test_map_classes);

  status = g_test_run ();
  test_folder_delete (folder);
  g_free (folder);
  g_free (shipped);
  return status;
}

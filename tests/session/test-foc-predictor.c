/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-predictor.h"

#include "test-catalog.h"
#include "test-feature-build.h"
#include "test-folders.h"
#include "test-loop.h"

#include <math.h>

typedef struct
{
  BuildFixture build;
  FocPredictor *predictor;
  FocLoadedModel *model, *other;
  FocCatalog *catalog;
  GString *log;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  test_build_set_up (&self->build, NULL);
  test_build_add_some (&self->build);
  test_add_file (self->build.root, "b/zz.pnm", "", 0);
  self->catalog = test_catalog_complete (self->build.root, NULL);
  self->model = test_model_new ("b a", 1);
  self->other = test_model_new ("cat dog", 2);
  self->predictor = foc_predictor_new ();
  self->log = g_string_new (NULL);
  test_log_signals (G_OBJECT (self->predictor), "notify::job answered failed", self->log);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->predictor);
  g_object_unref (self->model);
  g_object_unref (self->other);
  foc_catalog_unref (self->catalog);
  g_string_free (self->log, TRUE);
  test_build_tear_down (&self->build, NULL);
}

static void
wait (Fixture *self)
{
  TEST_WAIT (foc_predictor_get_job (self->predictor) == NULL);
}

/* Each answer is the model's to this picture alone. */
static void
test_answers (Fixture *self, gconstpointer data)
{
  const FocModel *model = foc_loaded_model_get_model (self->model);
  const FocPredictions *predictions;
  guint n_wrong = 0;

  foc_predictor_ask (self->predictor, self->model, self->catalog);
  g_assert_nonnull (foc_predictor_get_job (self->predictor));
  g_assert_null (foc_predictor_get (self->predictor, self->catalog));
  wait (self);
  test_assert_log (self->log, "notify::job notify::job answered");
  predictions = foc_predictor_get (self->predictor, self->catalog);
  g_assert_true (predictions->model == self->model);
  g_assert_true (predictions->comparable);
  g_assert_cmpuint (predictions->n_rows, ==, 6);

  for (guint32 row = 0; row < 5; row++)
    {
      /* Classes of the model: b, a. */
      guint label = foc_dataset_get_picture (self->catalog->dataset, row)->label;
      g_auto (FocVerdict) verdict = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_true (
        foc_verdict_make (&verdict, self->model, self->catalog, row, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (verdict.explained.n_classes, ==, 2);
      g_assert_cmpuint (predictions->answers[row], ==, verdict.explained.answer.label);
      g_assert_cmpfloat_with_epsilon (predictions->probabilities[row],
                                      verdict.explained.answer.probability, 1e-5);
      g_assert_cmpint (predictions->doubts[row], ==, verdict.explained.answer.doubt);
      g_assert_cmpint (predictions->wrong[row], ==,
                       verdict.explained.answer.label == label);
      g_assert_cmpfloat_with_epsilon (predictions->losses[row],
                                      -log (verdict.explained.probabilities[1 - label]),
                                      1e-4);
      g_assert_cmpstr (model->class_names[verdict.explained.answer.label], ==,
                       verdict.explained.answer.label == 0 ? "b" : "a");
      n_wrong += predictions->wrong[row];
    }
  g_assert_true (isnan (predictions->probabilities[5]));
  g_assert_true (isnan (predictions->losses[5]));
  g_assert_false (predictions->wrong[5]);
  g_assert_cmpuint (predictions->n_wrong, ==, n_wrong);
}

/* A model of other classes answers, but is never wrong. */
static void
test_other_classes (Fixture *self, gconstpointer data)
{
  const FocPredictions *predictions;

  foc_predictor_ask (self->predictor, self->other, self->catalog);
  wait (self);
  predictions = foc_predictor_get (self->predictor, self->catalog);
  g_assert_false (predictions->comparable);
  g_assert_cmpuint (predictions->n_wrong, ==, 0);
  for (guint32 row = 0; row < 5; row++)
    {
      g_assert_cmpfloat (predictions->probabilities[row], >=, 0.5);
      g_assert_true (isnan (predictions->losses[row]));
      g_assert_false (predictions->wrong[row]);
    }
}

static void
test_never_twice (Fixture *self, gconstpointer data)
{
  g_autoptr (FocCatalog) split = NULL;
  FocPredictions *predictions;
  FocJob *job;

  foc_predictor_ask (self->predictor, self->model, self->catalog);
  job = foc_predictor_get_job (self->predictor);
  split = foc_catalog_split_anew (self->catalog, &foc_split_settings_default, NULL);
  foc_predictor_ask (self->predictor, self->model, split);
  g_assert_true (foc_predictor_get_job (self->predictor) == job);
  wait (self);
  predictions = foc_predictor_get (self->predictor, split);
  g_assert_nonnull (predictions);
  g_assert_true (foc_predictor_get (self->predictor, self->catalog) == predictions);
  foc_predictor_ask (self->predictor, self->model, self->catalog);
  g_assert_null (foc_predictor_get_job (self->predictor));
  test_assert_log (self->log, "notify::job notify::job answered");
}

static void
test_another_model (Fixture *self, gconstpointer data)
{
  foc_predictor_ask (self->predictor, self->model, self->catalog);
  wait (self);
  g_string_truncate (self->log, 0);

  /* There and back before it has answered. */
  foc_predictor_ask (self->predictor, self->other, self->catalog);
  g_assert_true (foc_predictor_get (self->predictor, self->catalog)->model
                 == self->model);
  foc_predictor_ask (self->predictor, self->model, self->catalog);
  g_assert_null (foc_predictor_get_job (self->predictor));
  test_loop_run (50);
  test_assert_log (self->log, "notify::job notify::job");

  foc_predictor_ask (self->predictor, self->other, self->catalog);
  wait (self);
  g_assert_true (foc_predictor_get (self->predictor, self->catalog)->model
                 == self->other);
  foc_predictor_ask (self->predictor, NULL, self->catalog);
  g_assert_null (foc_predictor_get (self->predictor, self->catalog));
  test_assert_log (self->log, "notify::job notify::job answered");
}

/* Answers about one data set are never taken for those about another. */
static void
test_another_dataset (Fixture *self, gconstpointer data)
{
  g_autofree char *root = test_folder_new ();
  g_autoptr (FocCatalog) other = NULL;
  g_autoptr (FocCatalog) scanned = NULL;
  g_autoptr (FocPredictions) kept = test_predictions_new (self->model, 6, 1);

  test_add_files (root, "a/1.png b/1.png");
  other = test_catalog_complete (root, NULL);
  scanned = test_catalog_scan (root);

  foc_predictor_ask (self->predictor, self->model, other);
  foc_predictor_keep (self->predictor, self->catalog, kept);
  foc_predictor_ask (self->predictor, self->model, self->catalog);
  g_assert_null (foc_predictor_get_job (self->predictor));
  test_loop_run (100);
  g_assert_true (foc_predictor_get (self->predictor, self->catalog) == kept);
  g_assert_null (foc_predictor_get (self->predictor, other));
  g_assert_null (foc_predictor_get (self->predictor, NULL));

  foc_predictor_ask (self->predictor, self->model, scanned);
  g_assert_null (foc_predictor_get (self->predictor, self->catalog));
  g_assert_null (foc_predictor_get_job (self->predictor));
  test_folder_delete (root);
}

/* The cache is damaged while it is open. */
static void
test_failed (Fixture *self, gconstpointer data)
{
  g_autoptr (FocCatalog) catalog =
    test_catalog_complete (self->build.root, self->build.cache);
  g_autofree char *store = test_find_store (&self->build);

  test_file_flip (store, 8 * (128 + 6 * 32 + 100));
  foc_predictor_ask (self->predictor, self->model, catalog);
  wait (self);
  test_assert_log (self->log, "notify::job notify::job answered failed");
  g_assert_null (foc_predictor_get (self->predictor, catalog));
}

#define ADD(name, function)                                                              \
  g_test_add ("/predictor/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("answers", test_answers);
  ADD ("other-classes", test_other_classes);
  ADD ("never-twice", test_never_twice);
  ADD ("another-model", test_another_model);
  ADD ("another-dataset", test_another_dataset);
  ADD ("failed", test_failed);

  return g_test_run ();
}

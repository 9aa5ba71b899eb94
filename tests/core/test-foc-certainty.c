/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-certainty.h"

#include "foc-blas.h"
#include "foc-measurement.h"

#include "test-trainer.h"

#include <math.h>

static FocModel *
train (guint n_epochs)
{
  static const char *const names[] = { "comics", "faces", NULL };
  g_autoptr (FocTrainer) trainer = test_trainer_new (FOC_OPTIMIZER_ADAM);

  test_run_epochs (trainer, n_epochs);
  return foc_model_new (foc_mlp_copy (foc_trainer_get_mlp (trainer)), names);
}

/* What is learnt is what the measurements of the validation set say. */
static void
test_learn (void)
{
  g_autoptr (FocModel) model = train (5);
  g_auto (FocMeasurement) before = { 0 };
  g_auto (FocMeasurement) after = { 0 };
  g_autoptr (GError) error = NULL;
  g_auto (FocCertainty) certainty = { 0 };

  g_assert_true (foc_measure (model, &test_validation, &before, NULL, &error));
  g_assert_true (foc_certainty_learn (&certainty, model->mlp, &test_train,
                                      &test_validation, 0.7, NULL, &error));
  foc_certainty_apply (&certainty, model);
  g_assert_true (foc_measure (model, &test_validation, &after, NULL, &error));
  g_assert_no_error (error);

  g_assert_cmpfloat (certainty.temperature, ==, model->temperature);
  g_assert_cmpfloat (certainty.threshold, ==, 0.7);
  g_assert_cmpfloat (model->threshold, ==, 0.7);
  g_assert_cmpfloat (certainty.error_before, ==, before.calibration.error);
  g_assert_cmpfloat (certainty.error_after, ==, after.calibration.error);
  g_assert_cmpfloat (after.uncalibrated.error, ==, before.calibration.error);

  /* Accuracy never changes by it, nor does any single answer. */
  g_assert_cmpfloat (before.accuracy, ==, after.accuracy);
  g_assert_cmpfloat (before.loss, ==, after.loss);
  g_assert_cmpmem (before.confusion.counts, 4 * sizeof (guint64), after.confusion.counts,
                   4 * sizeof (guint64));
  g_assert_cmpfloat (before.rocs[0].auc, ==, after.rocs[0].auc);
}

/* Of so few pictures no sure answer may be wrong; without the certainty some were. */
static void
test_min_certainty (void)
{
  guint64 n_wrong = 0;

  for (guint n_epochs = 0; n_epochs <= 5; n_epochs++)
    {
      g_autoptr (FocModel) model = train (n_epochs);
      g_auto (FocMeasurement) result = { 0 };
      g_auto (FocCertainty) certainty = { 0 };

      g_assert_true (foc_certainty_learn (&certainty, model->mlp, &test_train,
                                          &test_validation, 0.5, NULL, NULL));
      foc_certainty_apply (&certainty, model);
      g_assert_true (foc_measure (model, &test_validation, &result, NULL, NULL));
      g_assert_cmpuint (result.n_answered_wrongly, ==, 0);

      g_clear_pointer (&model->novelty, foc_novelty_free);
      g_assert_true (foc_measure (model, &test_validation, &result, NULL, NULL));
      n_wrong += result.n_answered_wrongly;
    }
  g_assert_cmpuint (n_wrong, >, 0);
}

/* Another model of the same settings takes it over. */
static void
test_apply (void)
{
  g_autoptr (FocModel) model = train (3);
  g_autoptr (FocModel) other = train (4);
  g_auto (FocCertainty) certainty = { 0 };

  g_assert_true (foc_certainty_learn (&certainty, model->mlp, &test_train,
                                      &test_validation, 0.8, NULL, NULL));
  foc_certainty_apply (&certainty, model);
  foc_certainty_apply (&certainty, other);
  foc_certainty_apply (&certainty, other);
  g_assert_cmpfloat (other->temperature, ==, model->temperature);
  g_assert_cmpfloat (other->threshold, ==, model->threshold);
  g_assert_cmpfloat (other->novelty->max_distance, ==, model->novelty->max_distance);
  g_assert_true (other->novelty != certainty.novelty);
}

/* Where there is no validation set, nothing is learnt from it. */
static void
test_nothing (void)
{
  FocExamples nothing = test_validation;
  g_autoptr (FocModel) model = train (1);
  g_auto (FocCertainty) certainty = { 0 };

  nothing.n_rows = 0;
  g_assert_true (
    foc_certainty_learn (&certainty, model->mlp, &test_train, &nothing, 0.8, NULL, NULL));
  g_assert_cmpfloat (certainty.temperature, ==, 1.0);
  g_assert_true (isinf (certainty.novelty->max_distance));
  g_assert_cmpfloat (certainty.novelty->min_certainty, ==, 0.0);
}

int
main (int argc, char *argv[])
{
  test_trainer_init (&argc, &argv);
  foc_blas_begin_thread ();

  g_test_add_func ("/certainty/learn", test_learn);
  g_test_add_func ("/certainty/min-certainty", test_min_certainty);
  g_test_add_func ("/certainty/apply", test_apply);
  g_test_add_func ("/certainty/nothing", test_nothing);

  return test_trainer_run ();
}

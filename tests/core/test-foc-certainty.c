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
  FocCertainty certainty;

  g_assert_true (foc_measure (model, &test_validation, &before, NULL, &error));
  g_assert_true (foc_certainty_learn (&certainty, model, &test_train, &test_validation,
                                      0.7, NULL, &error));
  g_assert_true (foc_measure (model, &test_validation, &after, NULL, &error));
  g_assert_no_error (error);

  g_assert_cmpfloat (certainty.temperature, ==, model->temperature);
  g_assert_cmpfloat (certainty.threshold, ==, 0.7);
  g_assert_cmpfloat (model->threshold, ==, 0.7);
  g_assert_cmpfloat (certainty.error_before, ==, before.calibration.error);
  g_assert_cmpfloat (certainty.error_after, ==, after.calibration.error);

  /* Accuracy never changes by it, nor does any single answer. */
  g_assert_cmpfloat (before.accuracy, ==, after.accuracy);
  g_assert_cmpfloat (before.loss, ==, after.loss);
  g_assert_cmpmem (before.confusion.counts, 4 * sizeof (guint64), after.confusion.counts,
                   4 * sizeof (guint64));
  g_assert_cmpfloat (before.rocs[0].auc, ==, after.rocs[0].auc);

  /* Of 70 pictures the quantile lets none or one be novel. */
  g_assert_nonnull (model->novelty);
  model->threshold = 0.0;
  g_assert_true (foc_measure (model, &test_validation, &after, NULL, NULL));
  g_assert_cmpuint (after.n_answered, >=, N_VALIDATION - 1);
  g_assert_cmpuint (N_VALIDATION - after.n_answered + after.n_answered_wrongly
                      + foc_confusion_correct (&after.confusion),
                    >=, N_VALIDATION);
}

/* With the threshold that it finds, no more is answered wrongly than is allowed; with
 * the next lower answer there would be, or it is the default. */
static void
test_threshold (void)
{
  for (guint n_epochs = 1; n_epochs <= 8; n_epochs++)
    {
      g_autoptr (FocModel) model = train (n_epochs);
      g_auto (FocMeasurement) result = { 0 };
      FocCertainty certainty;

      g_assert_true (foc_certainty_learn (&certainty, model, &test_train,
                                          &test_validation, FOC_CERTAINTY_THRESHOLD_AUTO,
                                          NULL, NULL));
      g_clear_pointer (&model->novelty, foc_novelty_free);
      g_assert_cmpfloat (certainty.threshold, >=, FOC_MODEL_THRESHOLD_DEFAULT);
      g_assert_true (foc_measure (model, &test_validation, &result, NULL, NULL));
      g_assert_cmpfloat ((double) result.n_answered_wrongly, <=,
                         FOC_CERTAINTY_WRONG * N_VALIDATION);

      if (certainty.threshold > FOC_MODEL_THRESHOLD_DEFAULT)
        {
          model->threshold -= 2e-4;
          g_assert_true (foc_measure (model, &test_validation, &result, NULL, NULL));
          g_assert_cmpfloat ((double) result.n_answered_wrongly, >,
                             FOC_CERTAINTY_WRONG * N_VALIDATION);
        }
    }
}

/* Another model of the same settings takes it over, with statistics of its own. */
static void
test_apply (void)
{
  g_autoptr (FocModel) model = train (3);
  g_autoptr (FocModel) other = train (4);
  FocCertainty certainty;

  g_assert_true (foc_certainty_learn (&certainty, model, &test_train, &test_validation,
                                      0.8, NULL, NULL));
  g_assert_true (foc_certainty_apply (&certainty, other, &test_train, NULL, NULL));
  g_assert_cmpfloat (other->temperature, ==, model->temperature);
  g_assert_cmpfloat (other->threshold, ==, model->threshold);
  g_assert_cmpfloat (other->novelty->limit, ==, model->novelty->limit);
  g_assert_cmpfloat (other->novelty->centres[0], !=, model->novelty->centres[0]);
}

/* Without hidden layers there is no room to be novel in; and without pictures nothing
 * is learnt. */
static void
test_little (void)
{
  static const char *const names[] = { "comics", "faces", NULL };
  FocExamples nothing = test_validation;
  g_autoptr (FocModel) model = NULL;
  FocCertainty certainty;
  FocMlpShape shape;

  foc_mlp_shape_init (&shape, FOC_N_FEATURES, NULL, 0, 2);
  model = foc_model_new (foc_mlp_new (&shape), names);
  nothing.n_rows = 0;
  g_assert_true (
    foc_certainty_learn (&certainty, model, &test_train, &nothing, 0.8, NULL, NULL));
  g_assert_null (model->novelty);
  g_assert_cmpfloat (model->temperature, ==, 1.0);
  g_assert_true (isinf (certainty.novelty_limit));
}

int
main (int argc, char *argv[])
{
  test_trainer_init (&argc, &argv);
  foc_blas_begin_thread ();

  g_test_add_func ("/certainty/learn", test_learn);
  g_test_add_func ("/certainty/threshold", test_threshold);
  g_test_add_func ("/certainty/apply", test_apply);
  g_test_add_func ("/certainty/little", test_little);

  return test_trainer_run ();
}

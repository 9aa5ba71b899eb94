/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-trainer.h"

#include "foc-error.h"
#include "test-store.h"

#include <math.h>
#include <string.h>

static void
test_learns (void)
{
  for (FocOptimizerKind kind = FOC_OPTIMIZER_SGD; kind <= FOC_OPTIMIZER_ADAM; kind++)
    {
      g_autoptr (FocTrainer) trainer = test_trainer_new (kind);
      const FocCurvePoint *first, *last;

      test_run_epochs (trainer, 15);
      g_assert_cmpuint (foc_trainer_get_n_epochs (trainer), ==, 15);
      g_assert_cmpuint (foc_trainer_get_n_examples (trainer), ==, 15 * N_TRAIN);
      first = foc_curve_get (foc_trainer_get_curve (trainer), 0);
      last = foc_curve_find_epoch (foc_trainer_get_curve (trainer), 15);
      g_assert_nonnull (last);
      g_assert_cmpfloat (first->training_loss, >, 0.5);
      g_assert_cmpfloat (last->training_loss, <, 0.1);
      g_assert_cmpfloat (last->training_accuracy, >, 0.98);
      g_assert_cmpfloat (last->validation_accuracy, >, 0.95);
      g_assert_cmpfloat (last->validation_loss, <, 0.3);
    }
}

static void
test_hidden_layers (void)
{
  for (guint n = 0; n <= FOC_LIMIT_HIDDEN_LAYERS; n++)
    {
      FocTrainingSettings settings = test_training_settings (FOC_OPTIMIZER_ADAM);
      g_autoptr (FocTrainer) trainer = NULL;
      g_autoptr (FocTrainer) again = NULL;
      const FocCurve *curve;

      settings.n_hidden = n;
      for (guint i = 0; i < n; i++)
        settings.hidden[i] = 20 - 3 * i;
      trainer = foc_trainer_new (&settings, 0.001, &test_train, &test_validation);
      again = foc_trainer_new (&settings, 0.001, &test_train, &test_validation);
      g_assert_cmpuint (foc_trainer_get_mlp (trainer)->shape.n_layers, ==, n + 1);
      test_run_epochs (trainer, 8);
      curve = foc_trainer_get_curve (trainer);
      g_assert_cmpfloat (foc_curve_find_epoch (curve, 8)->training_loss, <,
                         0.7 * foc_curve_get (curve, 0)->training_loss);

      g_assert_true (foc_trainer_save (trainer, test_checkpoint, NULL));
      g_assert_true (foc_trainer_load (again, test_checkpoint, NULL));
      test_check_equal_trainers (trainer, again);
    }
}

/* At a learning rate too small to change a weight, an epoch measures the training
 * set: its loss is that of all examples only if each was seen once. */
static void
test_order (void)
{
  FocTrainingSettings settings = test_training_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (FocTrainer) trainer = foc_trainer_new (&settings, 1e-12, &test_train, NULL);
  g_autoptr (FocMlp) before = foc_mlp_copy (foc_trainer_get_mlp (trainer));
  const FocCurve *curve;
  double loss, accuracy;

  test_run_epochs (trainer, 3);
  curve = foc_trainer_get_curve (trainer);
  g_assert_cmpuint (curve->len, ==, 15);
  g_assert_true (test_mlp_equal (before, foc_trainer_get_mlp (trainer)));
  g_assert_true (foc_evaluate (before, &test_train, &loss, &accuracy, NULL, NULL));

  for (guint epoch = 0; epoch < 3; epoch++)
    {
      double sum = 0.0, correct = 0.0;

      for (guint i = 0; i < 5; i++)
        {
          const FocCurvePoint *point = foc_curve_get (curve, epoch * 5 + i);
          guint n = i < 4 ? 64 : N_TRAIN - 4 * 64;

          sum += n * point->training_loss;
          correct += n * point->training_accuracy;
          g_assert_cmpfloat (fabs (point->epoch - (epoch + (i + 1) / 5.0)), <, 1e-12);
          g_assert_true (isnan (point->validation_loss));
          /* Another order each time. */
          if (epoch > 0)
            g_assert_cmpfloat (point->training_loss, !=,
                               foc_curve_get (curve, i)->training_loss);
        }
      g_assert_cmpfloat (fabs (sum / N_TRAIN - loss), <, 1e-6);
      g_assert_cmpfloat (fabs (correct / N_TRAIN - accuracy), <, 1e-9);
    }
}

/* The seed decides about weights and order. */
static void
test_seed (void)
{
  FocTrainingSettings settings = test_training_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (FocTrainer) a = foc_trainer_new (&settings, 0.01, &test_train, NULL);
  g_autoptr (FocTrainer) b =
    foc_trainer_new (&settings, 0.01, &test_train, &test_validation);
  g_autoptr (FocTrainer) c = NULL;

  settings.seed++;
  c = foc_trainer_new (&settings, 0.01, &test_train, NULL);
  g_assert_false (test_mlp_equal (foc_trainer_get_mlp (a), foc_trainer_get_mlp (c)));
  test_run_epochs (a, 2);
  test_run_epochs (b, 2);
  /* Measuring changes nothing. */
  g_assert_true (test_mlp_equal (foc_trainer_get_mlp (a), foc_trainer_get_mlp (b)));
}

static void
test_batches (void)
{
  static const struct
  {
    guint batch_size;
    guint32 n_rows;
    guint n_points; /* of an epoch */
  } cases[] = {
    { 1, 3, 3 },   { 1, 25, 10 },    { 7, 25, 4 }, { 25, 25, 1 },  { 64, 25, 1 },
    { 24, 25, 2 }, { 65536, 25, 1 }, { 1, 1, 1 },  { 64, 300, 5 }, { 10, 95, 10 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FocTrainingSettings settings = test_training_settings (FOC_OPTIMIZER_SGD);
      g_auto (FocExamples) few = { 0 };
      g_autoptr (FocTrainer) trainer = NULL;
      const FocCurve *curve;

      test_examples_init (&few, test_rows, 0, cases[i].n_rows);
      settings.batch_size = cases[i].batch_size;
      trainer = foc_trainer_new (&settings, 0.001, &few, &test_validation);
      test_run_epochs (trainer, 3);
      curve = foc_trainer_get_curve (trainer);
      g_assert_cmpuint (curve->len, ==, 3 * cases[i].n_points);
      g_assert_cmpuint (foc_trainer_get_n_examples (trainer), ==, 3 * cases[i].n_rows);
      for (guint p = 0; p < curve->len; p++)
        {
          gboolean last = p % cases[i].n_points == cases[i].n_points - 1;

          g_assert_cmpint (isfinite (foc_curve_get (curve, p)->validation_loss) != 0, ==,
                           last);
          if (last)
            g_assert_cmpfloat (foc_curve_get (curve, p)->epoch, ==,
                               p / cases[i].n_points + 1);
        }
    }
}

/* A batch that holds more than there is, is a batch of what there is. */
static void
test_large_batch (void)
{
  FocTrainingSettings settings = test_training_settings (FOC_OPTIMIZER_ADAM);
  g_autoptr (FocTrainer) exact = NULL;
  g_autoptr (FocTrainer) larger = NULL;

  settings.batch_size = N_TRAIN;
  exact = foc_trainer_new (&settings, 0.001, &test_train, NULL);
  settings.batch_size = N_TRAIN + 1;
  larger = foc_trainer_new (&settings, 0.001, &test_train, NULL);
  test_run_epochs (exact, 3);
  test_run_epochs (larger, 3);
  test_check_equal_trainers (exact, larger);
}

static void
test_evaluations (void)
{
  FocTrainingSettings settings = test_training_settings (FOC_OPTIMIZER_ADAM);
  g_autoptr (FocTrainer) once = NULL;

  settings.batch_size = 10;
  once = foc_trainer_new (&settings, 0.001, &test_train, &test_validation);
  test_run_epochs (once, 2);

  for (guint n = 1; n <= 10; n++)
    {
      g_autoptr (FocTrainer) often =
        foc_trainer_new (&settings, 0.001, &test_train, &test_validation);
      const FocCurve *curve;
      guint n_evaluated = 0;

      foc_trainer_set_evaluations (often, n);
      test_run_epochs (often, 2);
      g_assert_true (
        test_mlp_equal (foc_trainer_get_mlp (once), foc_trainer_get_mlp (often)));
      curve = foc_trainer_get_curve (often);
      g_assert_cmpuint (curve->len, ==, 20);
      for (guint i = 0; i < curve->len; i++)
        n_evaluated += isfinite (foc_curve_get (curve, i)->validation_accuracy) != 0;
      g_assert_cmpuint (n_evaluated, ==, 2 * n);
      g_assert_true (isfinite (foc_curve_find_epoch (curve, 1)->validation_accuracy));
      g_assert_true (isfinite (foc_curve_find_epoch (curve, 2)->validation_accuracy));
    }
}

static void
test_diverges (void)
{
  for (FocOptimizerKind kind = FOC_OPTIMIZER_SGD; kind <= FOC_OPTIMIZER_MOMENTUM; kind++)
    {
      FocTrainingSettings settings = test_training_settings (kind);
      g_autoptr (FocTrainer) trainer = NULL;
      g_autoptr (GError) error = NULL;
      const FocCurve *curve;
      guint n_epochs = 0;

      /* Deep and wide, so that not every ReLU dies before the numbers end. */
      settings.n_hidden = 4;
      for (guint i = 0; i < 4; i++)
        settings.hidden[i] = 128 / (1 + i / 2);
      trainer = foc_trainer_new (&settings, 1e3, &test_train, &test_validation);
      while (n_epochs < 3 && foc_trainer_run_epoch (trainer, NULL, NULL, NULL, &error))
        n_epochs++;
      g_assert_error (error, FOC_ERROR, FOC_ERROR_DIVERGED);
      g_assert_nonnull (strstr (error->message, "1000"));

      /* No point of the curve says anything that is not a number. */
      curve = foc_trainer_get_curve (trainer);
      for (guint i = 0; i < curve->len; i++)
        g_assert_true (isfinite (foc_curve_get (curve, i)->training_loss));
      g_assert_null (foc_curve_find_epoch (curve, n_epochs + 1));
    }
}

/* Examples of classes that the network does not know. */
static void
test_too_many_classes (void)
{
  g_autoptr (FocFeatureStore) three = test_store_new (30, 3, 1);
  g_auto (FocExamples) examples = { 0 };
  g_autoptr (FocTrainer) trainer = test_trainer_new (FOC_OPTIMIZER_SGD);
  g_autoptr (GError) error = NULL;
  double loss, accuracy;

  test_examples_init (&examples, three, 0, 30);
  g_assert_false (foc_evaluate (foc_trainer_get_mlp (trainer), &examples, &loss,
                                &accuracy, NULL, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_DATASET);
}

int
main (int argc, char *argv[])
{
  test_trainer_init (&argc, &argv);

  g_test_add_func ("/trainer/learns", test_learns);
  g_test_add_func ("/trainer/hidden-layers", test_hidden_layers);
  g_test_add_func ("/trainer/order", test_order);
  g_test_add_func ("/trainer/seed", test_seed);
  g_test_add_func ("/trainer/batches", test_batches);
  g_test_add_func ("/trainer/large-batch", test_large_batch);
  g_test_add_func ("/trainer/evaluations", test_evaluations);
  g_test_add_func ("/trainer/diverges", test_diverges);
  g_test_add_func ("/trainer/too-many-classes", test_too_many_classes);

  return test_trainer_run ();
}

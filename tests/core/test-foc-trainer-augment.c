/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-trainer.h"

#include "foc-augment.h"
#include "foc-error.h"
#include "foc-normalise.h"
#include "test-store.h"

#include <math.h>

/* Training on variants of the pictures. */

enum
{
  N_KINDS = 2
};

static FocTrainingSettings
make_settings (guint kind)
{
  FocTrainingSettings settings = test_training_settings (FOC_OPTIMIZER_SGD);

  settings.augment = kind > 0;
  return settings;
}

static FocTrainer *
make_trainer (guint kind, double learning_rate)
{
  FocTrainingSettings settings = make_settings (kind);

  return foc_trainer_new (&settings, learning_rate, &test_train, &test_validation);
}

/* The loss of epoch number `epoch` (0 is the first), one row after another. */
static double
sum_loss (const FocMlp *mlp,
          const FocExamples *examples,
          const FocTrainingSettings *settings,
          guint epoch)
{
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&mlp->shape, 1);
  double sum = 0.0;

  for (guint32 i = 0; i < examples->n_rows; i++)
    {
      guint32 row = examples->rows[i];
      guint16 label = foc_feature_store_get_labels (examples->store)[row];
      guint8 features[FOC_N_FEATURES];
      float x[FOC_N_FEATURES];

      g_assert_true (foc_feature_store_read (examples->store, &row, 1, features, NULL));
      if (settings->augment)
        foc_augment (features, settings->seed, epoch, row);
      foc_normalise (features, FOC_N_FEATURES, x);
      sum += foc_mlp_loss (foc_mlp_forward (mlp, work, x, 1), &label, 1, 2, NULL);
    }

  return sum;
}

/* In so much of an epoch, which is one of whole batches. */
static guint
count_examples (double share, guint batch_size)
{
  guint n_batches = (N_TRAIN - 1) / batch_size + 1;

  return MIN ((guint) round (share * n_batches) * batch_size, N_TRAIN);
}

/* At a learning rate too small to change a weight, the loss of an epoch is that of its
 * variants under their labels: whatever the batches and the order, they follow from seed,
 * epoch and row of the store. */
static void
test_variants (void)
{
  static const guint batch_sizes[] = { 1, 7, 64, 300 };
  g_auto (FocExamples) examples = { 0 };
  double losses[N_KINDS][2];

  test_examples_init (&examples, test_rows, 60, N_TRAIN);
  for (guint kind = 0; kind < N_KINDS; kind++)
    for (guint b = 0; b < G_N_ELEMENTS (batch_sizes); b++)
      {
        FocTrainingSettings settings = make_settings (kind);
        g_autoptr (FocTrainer) trainer = NULL;
        const FocCurve *curve;
        double sums[2] = { 0 };

        settings.batch_size = batch_sizes[b];
        trainer = foc_trainer_new (&settings, 1e-12, &examples, NULL);
        test_run_epochs (trainer, 2);
        curve = foc_trainer_get_curve (trainer);
        for (guint i = 0; i < curve->len; i++)
          {
            const FocCurvePoint *point = foc_curve_get (curve, i);
            guint epoch = i / (curve->len / 2);
            guint n = count_examples (point->epoch - epoch, batch_sizes[b]);

            if (i % (curve->len / 2) > 0)
              n -= count_examples (point[-1].epoch - epoch, batch_sizes[b]);
            sums[epoch] += n * point->training_loss;
          }

        for (guint epoch = 0; epoch < 2; epoch++)
          {
            losses[kind][epoch] =
              sum_loss (foc_trainer_get_mlp (trainer), &examples, &settings, epoch);
            g_assert_cmpfloat_with_epsilon (sums[epoch], losses[kind][epoch], 1e-3);
          }
        g_assert_cmpint (losses[kind][0] != losses[kind][1], ==, kind > 0);
      }

  for (guint i = 0; i < N_KINDS; i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpfloat (fabs (losses[i][0] - losses[j][0]), >, 1e-2);
}

/* Each kind is a training of its own. */
static void
test_apart (void)
{
  FocTrainer *trainers[N_KINDS];

  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      trainers[kind] = make_trainer (kind, 0.01);
      test_run_epochs (trainers[kind], 2);
      for (guint other = 0; other < kind; other++)
        g_assert_false (test_mlp_equal (foc_trainer_get_mlp (trainers[kind]),
                                        foc_trainer_get_mlp (trainers[other])));
    }

  for (guint kind = 0; kind < N_KINDS; kind++)
    foc_trainer_free (trainers[kind]);
}

/* A checkpoint goes on to the same bits, and only with its own settings. */
static void
test_checkpoint_of (guint kind)
{
  g_autoptr (FocTrainer) straight = make_trainer (kind, 0.01);

  test_run_epochs (straight, 1);
  g_assert_true (foc_trainer_save (straight, test_checkpoint, NULL));
  test_run_epochs (straight, 2);

  for (guint other = 0; other < N_KINDS; other++)
    {
      g_autoptr (FocTrainer) trainer = make_trainer (other, 0.01);
      g_autoptr (GError) error = NULL;
      gboolean loaded = foc_trainer_load (trainer, test_checkpoint, &error);

      g_assert_cmpint (loaded, ==, other == kind);
      if (loaded)
        {
          test_run_epochs (trainer, 2);
          test_check_equal_trainers (straight, trainer);
          continue;
        }
      g_assert_error (error, FOC_ERROR, FOC_ERROR_MODEL);
      g_assert_cmpuint (foc_trainer_get_n_epochs (trainer), ==, 0);
    }
}

static void
test_checkpoint_kinds (void)
{
  for (guint kind = 0; kind < N_KINDS; kind++)
    test_checkpoint_of (kind);
}

int
main (int argc, char *argv[])
{
  test_trainer_init (&argc, &argv);

  g_test_add_func ("/trainer-augment/variants", test_variants);
  g_test_add_func ("/trainer-augment/apart", test_apart);
  g_test_add_func ("/trainer-augment/checkpoint", test_checkpoint_kinds);

  return test_trainer_run ();
}

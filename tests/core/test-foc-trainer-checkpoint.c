/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-trainer.h"

#include "foc-error.h"
#include "test-folders.h"
#include "test-store.h"

#include <glib/gstdio.h>
#include <math.h>

/* Training that is saved, and taken up again. */

/* Taken up after each epoch, by a new trainer each time. */
static void
test_resume (void)
{
  for (FocOptimizerKind kind = FOC_OPTIMIZER_SGD; kind <= FOC_OPTIMIZER_ADAM; kind++)
    {
      g_autoptr (FocTrainer) straight = test_trainer_new (kind);

      for (guint epoch = 0; epoch < 5; epoch++)
        {
          g_autoptr (FocTrainer) resumed = test_trainer_new (kind);
          g_autoptr (GError) error = NULL;

          if (epoch > 0)
            {
              foc_trainer_load (resumed, test_checkpoint, &error);
              g_assert_no_error (error);
              test_check_equal_trainers (straight, resumed);
              g_assert_cmpuint (foc_trainer_get_n_examples (resumed), ==,
                                epoch * N_TRAIN);
            }
          test_run_epochs (straight, 1);
          test_run_epochs (resumed, 1);
          test_check_equal_trainers (straight, resumed);
          g_assert_true (foc_trainer_save (resumed, test_checkpoint, &error));
        }
    }

  {
    /* Before the first epoch, too. */
    g_autoptr (FocTrainer) a = test_trainer_new (FOC_OPTIMIZER_ADAM);
    g_autoptr (FocTrainer) b = test_trainer_new (FOC_OPTIMIZER_ADAM);

    g_assert_true (foc_trainer_save (a, test_checkpoint, NULL));
    g_assert_true (foc_trainer_load (b, test_checkpoint, NULL));
    test_run_epochs (a, 1);
    test_run_epochs (b, 1);
    test_check_equal_trainers (a, b);
  }
}

/* As many epochs as nobody should need: the curve stays small enough for its
 * checkpoint. */
static void
test_many_epochs (void)
{
  FocTrainingSettings settings = test_training_settings (FOC_OPTIMIZER_SGD);
  g_auto (FocExamples) few = { 0 };
  g_autoptr (FocTrainer) trainer = NULL;
  g_autoptr (FocTrainer) again = NULL;
  g_autoptr (GError) error = NULL;
  const guint n_epochs = 3000;

  test_examples_init (&few, test_rows, 0, 10);
  settings.n_hidden = 0;
  settings.batch_size = 1;
  trainer = foc_trainer_new (&settings, 1e-6, &few, &few);
  again = foc_trainer_new (&settings, 1e-6, &few, &few);
  test_run_epochs (trainer, n_epochs);
  g_assert_cmpuint (foc_trainer_get_curve (trainer)->len, ==,
                    FOC_TRAINER_DENSE_EPOCHS * 10 + n_epochs - FOC_TRAINER_DENSE_EPOCHS);
  for (guint epoch = 1; epoch <= n_epochs; epoch += 97)
    g_assert_nonnull (foc_curve_find_epoch (foc_trainer_get_curve (trainer), epoch));

  foc_trainer_save (trainer, test_checkpoint, &error);
  g_assert_no_error (error);
  foc_trainer_load (again, test_checkpoint, &error);
  g_assert_no_error (error);
  test_check_equal_trainers (trainer, again);
}

static void
count_report (FocTrainer *trainer, gpointer user_data)
{
  guint *n = user_data;

  (*n)++;
  g_assert_cmpuint (foc_trainer_get_n_examples (trainer), >, 0);
}

static void
cancel_report (FocTrainer *trainer, gpointer user_data)
{
  if (foc_trainer_get_n_examples (trainer) > N_TRAIN + 100)
    g_cancellable_cancel (user_data);
}

static void
test_cancel (void)
{
  g_autoptr (FocTrainer) trainer = test_trainer_new (FOC_OPTIMIZER_SGD);
  g_autoptr (FocTrainer) resumed = test_trainer_new (FOC_OPTIMIZER_SGD);
  g_autoptr (FocTrainer) straight = test_trainer_new (FOC_OPTIMIZER_SGD);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint n_reports = 0;

  g_assert_true (
    foc_trainer_run_epoch (trainer, count_report, &n_reports, cancellable, &error));
  g_assert_cmpuint (n_reports, ==, 5);
  g_assert_true (foc_trainer_save (trainer, test_checkpoint, &error));
  g_assert_false (
    foc_trainer_run_epoch (trainer, cancel_report, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (foc_trainer_get_n_examples (trainer), <, 2 * N_TRAIN);

  g_assert_true (foc_trainer_load (resumed, test_checkpoint, &error));
  test_run_epochs (resumed, 1);
  test_run_epochs (straight, 2);
  test_check_equal_trainers (straight, resumed);
}

static void
check_refused (FocTrainer *trainer)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (foc_trainer_load (trainer, test_checkpoint, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_MODEL);
}

/* One thing different from the training that the checkpoint is of. */
static void
test_other_training (void)
{
  g_autoptr (FocTrainer) trainer = test_trainer_new (FOC_OPTIMIZER_MOMENTUM);
  g_autoptr (FocFeatureStore) other_store =
    test_store_new (N_TRAIN + N_VALIDATION, 2, 1234);
  g_auto (FocExamples) other_train = { 0 };
  g_auto (FocExamples) shorter = { 0 };
  g_auto (FocExamples) moved = { 0 };
  g_auto (FocExamples) longer = { 0 };

  test_run_epochs (trainer, 2);
  g_assert_true (foc_trainer_save (trainer, test_checkpoint, NULL));
  test_examples_init (&other_train, other_store, 0, N_TRAIN);
  test_examples_init (&shorter, test_rows, 0, N_TRAIN - 1);
  test_examples_init (&moved, test_rows, 1, N_TRAIN);
  test_examples_init (&longer, test_rows, N_TRAIN - 1, N_VALIDATION + 1);

  for (guint i = 0; i < 14; i++)
    {
      FocTrainingSettings settings = test_training_settings (FOC_OPTIMIZER_MOMENTUM);
      double rate = test_learning_rate (FOC_OPTIMIZER_MOMENTUM);
      const FocExamples *with = &test_train, *on = &test_validation;
      g_autoptr (FocTrainer) other = NULL;

      switch (i)
        {
        case 1:
          settings.seed++;
          break;
        case 2:
          settings.batch_size++;
          break;
        case 3:
          settings.hidden[1]++;
          break;
        case 4:
          settings.n_hidden--;
          break;
        case 5:
          settings.optimizer = FOC_OPTIMIZER_ADAM;
          break;
        case 6:
          settings.momentum = 0.8;
          break;
        case 7:
          rate = nextafter (rate, 1);
          break;
        case 8:
          with = &other_train;
          break;
        case 9:
          with = &shorter;
          break;
        case 10:
          with = &moved;
          break;
        case 11:
          on = NULL;
          break;
        case 12:
          on = &test_train;
          break;
        /* All rows the same, but for where the one set ends and the other begins. */
        case 13:
          with = &shorter, on = &longer;
          break;
        default:
          break;
        }
      other = foc_trainer_new (&settings, rate, with, on);
      if (i == 0)
        g_assert_true (foc_trainer_load (other, test_checkpoint, NULL));
      else
        check_refused (other);
    }

  {
    g_autoptr (FocTrainer) other = test_trainer_new (FOC_OPTIMIZER_MOMENTUM);
    g_autoptr (GError) error = NULL;

    /* It went on for longer than is wanted. */
    g_assert_false (foc_trainer_load_until (other, test_checkpoint, 1, &error));
    g_assert_error (error, FOC_ERROR, FOC_ERROR_MODEL);
    g_assert_cmpuint (foc_trainer_get_n_epochs (other), ==, 0);
    g_assert_true (foc_trainer_load_until (other, test_checkpoint, 2, NULL));
  }
}

/* No damaged checkpoint is taken up, and none harms the trainer. */
static void
test_damage (void)
{
  g_autoptr (FocTrainer) trainer = test_trainer_new (FOC_OPTIMIZER_ADAM);
  g_autoptr (FocTrainer) other = test_trainer_new (FOC_OPTIMIZER_ADAM);
  g_autofree char *data = NULL;
  gsize length, header;
  FocRng rng;

  test_run_epochs (trainer, 1);
  g_assert_true (foc_trainer_save (trainer, test_checkpoint, NULL));
  g_assert_true (g_file_get_contents (test_checkpoint, &data, &length, NULL));
  header = 8 + (guint8) data[0] + 256u * (guint8) data[1];
  foc_rng_init (&rng, 1, 2);

  for (guint i = 0; i < 700; i++)
    {
      /* Half of them in the header; the padding behind it says nothing. */
      gsize at = i % 2 == 0 ? foc_rng_below (&rng, (guint32) header - 16)
                            : header + foc_rng_below (&rng, (guint32) (length - header));
      gsize bit = at * 8 + foc_rng_below (&rng, 8);

      test_file_flip (test_checkpoint, bit);
      check_refused (other);
      test_file_flip (test_checkpoint, bit);
    }
  for (gsize n = length - 1; n > 0; n = n * 3 / 4)
    {
      g_assert_true (g_file_set_contents (test_checkpoint, data, (gssize) n, NULL));
      check_refused (other);
    }

  {
    g_autoptr (FocSafetensors) file = NULL;

    g_assert_true (g_file_set_contents (test_checkpoint, data, (gssize) length, NULL));
    file = foc_safetensors_read (test_checkpoint, NULL);
    foc_safetensors_get (file, "layers.0.weight")->values[7] = NAN;
    g_assert_true (foc_safetensors_write (file, test_checkpoint, NULL));
    check_refused (other);
  }

  g_remove (test_checkpoint);
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (foc_trainer_load (other, test_checkpoint, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  }

  test_run_epochs (other, 1);
  test_check_equal_trainers (trainer, other);
}

int
main (int argc, char *argv[])
{
  test_trainer_init (&argc, &argv);

  g_test_add_func ("/trainer/resume", test_resume);
  g_test_add_func ("/trainer/many-epochs", test_many_epochs);
  g_test_add_func ("/trainer/cancel", test_cancel);
  g_test_add_func ("/trainer/other-training", test_other_training);
  g_test_add_func ("/trainer/damage", test_damage);

  return test_trainer_run ();
}

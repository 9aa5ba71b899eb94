/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-trainer.h"

#include "foc-blas.h"
#include "test-folders.h"
#include "test-store.h"

FocFeatureStore *test_rows;
FocExamples test_train, test_validation;
char *test_checkpoint;
static char *folder;

FocTrainingSettings
test_training_settings (FocOptimizerKind kind)
{
  return (FocTrainingSettings){
    .hidden = { 16, 8 },
    .n_hidden = 2,
    .batch_size = 64, /* the fifth has 44 examples */
    .optimizer = kind,
    .momentum = 0.9,
    .seed = 5,
  };
}

double
test_learning_rate (FocOptimizerKind kind)
{
  return kind == FOC_OPTIMIZER_ADAM       ? 0.001
         : kind == FOC_OPTIMIZER_MOMENTUM ? 0.005
                                          : 0.02;
}

FocTrainer *
test_trainer_new (FocOptimizerKind kind)
{
  FocTrainingSettings settings = test_training_settings (kind);

  return foc_trainer_new (&settings, test_learning_rate (kind), &test_train,
                          &test_validation);
}

void
test_run_epochs (FocTrainer *trainer, guint n_epochs)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_epochs; i++)
    {
      foc_trainer_run_epoch (trainer, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

void
test_check_equal_trainers (const FocTrainer *a, const FocTrainer *b)
{
  const FocCurve *x = foc_trainer_get_curve (a), *y = foc_trainer_get_curve (b);

  g_assert_cmpuint (foc_trainer_get_n_epochs (a), ==, foc_trainer_get_n_epochs (b));
  g_assert_true (test_mlp_equal (foc_trainer_get_mlp (a), foc_trainer_get_mlp (b)));
  g_assert_cmpmem (x->data, x->len * sizeof (FocCurvePoint), y->data,
                   y->len * sizeof (FocCurvePoint));
}

void
test_trainer_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  foc_blas_begin_thread ();
  folder = test_folder_new ();
  test_checkpoint = g_build_filename (folder, "checkpoint", NULL);
  test_rows = test_store_new (N_TRAIN + N_VALIDATION, 2, 1);
  test_examples_init (&test_train, test_rows, 0, N_TRAIN);
  test_examples_init (&test_validation, test_rows, N_TRAIN, N_VALIDATION);
}

int
test_trainer_run (void)
{
  int status = g_test_run ();

  test_examples_clear (&test_train);
  test_examples_clear (&test_validation);
  g_clear_pointer (&test_rows, foc_feature_store_unref);
  test_folder_delete (folder);
  g_clear_pointer (&folder, g_free);
  g_clear_pointer (&test_checkpoint, g_free);
  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-trainer.h"

/* What the tests of foc-trainer share. */

enum
{
  N_TRAIN = 300,
  N_VALIDATION = 70
};

extern FocFeatureStore *test_rows; /* N_TRAIN for training, then the others */
extern FocExamples test_train, test_validation;
extern char *test_checkpoint; /* a file that does not exist yet */

/* For main(): g_test_init() and all of the above; g_test_run(), and it is freed. */
void test_trainer_init (int *argc, char ***argv);
int test_trainer_run (void);

FocTrainingSettings test_training_settings (FocOptimizerKind kind);
double test_learning_rate (FocOptimizerKind kind);
FocTrainer *test_trainer_new (FocOptimizerKind kind);
void test_run_epochs (FocTrainer *trainer, guint n_epochs);
void test_check_equal_trainers (const FocTrainer *a, const FocTrainer *b);

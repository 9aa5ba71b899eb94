/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-experiment.h"

#include "foc-error.h"
#include "foc-model-file.h"
#include "test-folders.h"
#include "test-store.h"

#include <string.h>

typedef struct
{
  GThread *thread;
  guint64 done[FOC_N_STAGES];
  guint64 total[FOC_N_STAGES];
} Progress;

static void
watch_stage (FocStage stage, guint64 done, guint64 total, gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_true (g_thread_self () == progress->thread);
  g_assert_cmpuint (done, >=, progress->done[stage]);
  g_assert_true (total == 0 || done <= total);
  progress->done[stage] = done;
  progress->total[stage] = total;
}

static void
test_whole (void)
{
  g_autofree char *output = test_folder_new ();
  Progress progress = { .thread = g_thread_self () };
  FocExperimentOptions options = {
    .output = output,
    .jobs = 2,
    .progress = watch_stage,
    .user_data = &progress,
  };
  g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_ADAM);
  FocSplitSettings grouped = { FOC_SPLIT_PAPER, { 50, 20, 30 }, 1, FOC_KEEP_ALL };
  g_autoptr (GError) error = NULL;
  g_autoptr (FocModel) model = NULL;
  g_autofree char *path = NULL;
  const FocRun *run;
  g_auto (FocMeasurement) again = { 0 };
  FocExamples holdout;
  FocCell best;

  g_assert_cmpuint (
    foc_split_guess_n_train (experiment->dataset,
                             foc_feature_store_get_status (experiment->store), &grouped),
    ==, 40);
  test_carry_out (experiment, &settings, &error);
  g_assert_no_error (error);
  run = experiment->run;

  g_assert_false (experiment->resumed);
  g_assert_null (experiment->notice);
  g_assert_cmpuint (run->n_pictures, ==, 80);
  g_assert_cmpuint (run->n_rows[FOC_PART_TRAIN], ==, 40);
  g_assert_cmpuint (run->n_rows[FOC_PART_VALIDATION], ==, 16);
  g_assert_cmpuint (run->n_rows[FOC_PART_HOLDOUT], ==, 24);
  g_assert_cmpstr (run->class_names[0], ==, "comics");
  g_assert_true (foc_grid_get_best (run->grid, &best));
  g_assert_cmpfloat (best.learning_rate, ==, run->best.learning_rate);
  g_assert_cmpuint (best.epochs, ==, run->best.epochs);
  g_assert_cmpuint (run->final_curve->len, >, 0);
  g_assert_nonnull (foc_curve_find_epoch (run->final_curve, run->best.epochs));

  g_assert_cmpuint (run->n_looks, ==, 1);
  g_assert_true (run->holdout.measured);
  g_assert_cmpuint (foc_confusion_total (&run->holdout.confusion), ==, 24);
  g_assert_cmpfloat (run->holdout.accuracy, ==,
                     foc_confusion_accuracy (&run->holdout.confusion));
  g_assert_cmpfloat (run->holdout.accuracy, >, 0.7);
  g_assert_cmpfloat (run->holdout.interval[0], <, run->holdout.accuracy);
  g_assert_cmpfloat (run->holdout.interval[1], >=, run->holdout.accuracy);

  /* The model on the disk is the one that was measured, and knows its origin. */
  path = foc_run_get_model_path (run);
  model = foc_model_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (model->origin.optimizer, ==, "adam");
  g_assert_cmpfloat (model->origin.learning_rate, ==, best.learning_rate);
  g_assert_cmpuint (model->origin.epochs, ==, best.epochs);
  g_assert_cmpfloat (model->origin.validation_accuracy, ==, best.accuracy);
  g_assert_cmpstr (model->origin.data_digest, ==, run->data_digest);
  g_assert_cmpstr (model->class_names[1], ==, "faces");
  foc_experiment_get_examples (experiment, FOC_PART_HOLDOUT, &holdout);
  g_assert_true (foc_measure (model, &holdout, &again, NULL, NULL));
  g_assert_cmpfloat (again.loss, ==, run->holdout.loss);
  g_assert_cmpmem (again.confusion.counts, 4 * sizeof (guint64),
                   run->holdout.confusion.counts, 4 * sizeof (guint64));
  g_assert_cmpuint (again.n_answered, ==, run->holdout.n_answered);
  g_assert_cmpfloat (again.calibration.error, ==, run->holdout.calibration.error);
  g_assert_cmpfloat (again.rocs[0].auc, ==, run->holdout.rocs[0].auc);

  g_assert_cmpuint (progress.done[FOC_STAGE_FEATURES], ==, 80);
  g_assert_cmpuint (progress.done[FOC_STAGE_GRID], ==, 2 * 2 * 40);
  g_assert_cmpuint (progress.done[FOC_STAGE_GRID], ==, progress.total[FOC_STAGE_GRID]);
  g_assert_cmpuint (progress.done[FOC_STAGE_FINAL], ==, 56 * best.epochs);
  g_assert_cmpuint (progress.done[FOC_STAGE_FINAL], ==, progress.total[FOC_STAGE_FINAL]);
  for (FocStage stage = 0; stage < FOC_N_STAGES; stage++)
    g_assert_cmpfloat (experiment->seconds[stage], >, 0);
  test_check_finished (output, run->model_sha256);
  test_folder_delete (output);
}

/* Momentum on variants of the pictures, the others on the pictures. */
static void
test_same_bits (void)
{
  for (FocOptimizerKind kind = FOC_OPTIMIZER_SGD; kind <= FOC_OPTIMIZER_ADAM; kind++)
    {
      g_autofree char *first = NULL;

      for (guint jobs = 1; jobs <= 8; jobs *= jobs == 2 ? 4 : 2)
        {
          g_autofree char *output = test_folder_new ();
          g_autofree char *sha256 = test_run_in (output, kind, jobs);

          if (first == NULL)
            first = g_strdup (sha256);
          g_assert_cmpstr (sha256, ==, first);
          test_folder_delete (output);
        }
    }
}

/* The final model is that of a training on both parts to the best cell. */
static void
test_final_by_hand (void)
{
  g_autofree char *output = test_folder_new ();
  FocExperimentOptions options = { .cache = test_cache, .output = output, .jobs = 2 };
  g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_MOMENTUM);
  g_autoptr (FocTrainer) trainer = NULL;
  g_autoptr (FocModel) model = NULL;
  g_autofree char *path = NULL;
  FocExamples both;

  g_assert_true (test_carry_out (experiment, &settings, NULL));
  foc_experiment_get_joint_examples (experiment, &both);
  g_assert_cmpuint (both.n_rows, ==, 56);
  trainer = foc_trainer_new (&settings.training, experiment->run->best.learning_rate,
                             &both, NULL);
  foc_train_to (trainer, experiment->run->best.epochs, NULL, NULL, NULL);
  path = foc_run_get_model_path (experiment->run);
  model = foc_model_load (path, NULL);
  g_assert_true (test_mlp_equal (model->mlp, foc_trainer_get_mlp (trainer)));
  test_folder_delete (output);
}

static void
test_too_small (void)
{
  g_autofree char *few = test_make_pictures (40, 9);
  g_autofree char *enough = test_make_pictures (40, 10);
  g_autofree char *broken = test_make_pictures (40, 10);
  g_autofree char *file = g_build_filename (broken, "faces", "3.png", NULL);
  g_autofree char *output = test_folder_new ();
  g_autofree char *inside = g_build_filename (output, "run", NULL);
  FocExperimentOptions options = { .output = inside, .jobs = 2 };
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);
  const char *roots[] = { few, broken };

  g_assert_true (g_file_set_contents (file, "no picture", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      g_autoptr (FocExperiment) experiment = test_open_pictures (roots[i], &options);
      g_autoptr (GError) error = NULL;

      g_assert_false (foc_experiment_begin (experiment, &settings, &error));
      g_assert_error (error, FOC_ERROR, FOC_ERROR_DATASET);
      g_assert_nonnull (strstr (error->message, "faces"));
      g_assert_nonnull (strstr (error->message, "9"));
      g_assert_false (g_file_test (inside, G_FILE_TEST_EXISTS));
    }

  {
    g_autoptr (FocExperiment) experiment = test_open_pictures (enough, &options);

    g_assert_true (test_carry_out (experiment, &settings, NULL));
  }
  test_folder_delete (few);
  test_folder_delete (enough);
  test_folder_delete (broken);
  test_folder_delete (output);
}

/* Shares so unequal that they leave a part without one of the classes. */
static void
test_class_without_part (void)
{
  g_autofree char *root = test_make_pictures (40, 10);
  g_autofree char *output = test_folder_new ();
  FocExperimentOptions options = { .output = output, .jobs = 1 };
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (FocExperiment) experiment = test_open_pictures (root, &options);
  g_autoptr (GError) error = NULL;

  /* One of 40, but none of 10. */
  settings.split.shares[FOC_PART_TRAIN] = 94;
  settings.split.shares[FOC_PART_VALIDATION] = 3;
  settings.split.shares[FOC_PART_HOLDOUT] = 3;
  g_assert_false (foc_experiment_begin (experiment, &settings, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_DATASET);
  g_assert_nonnull (strstr (error->message, "“faces”"));
  g_assert_nonnull (strstr (error->message, "“holdout”"));
  g_assert_cmpuint (test_folder_count (output), ==, 0);
  test_folder_delete (root);
  test_folder_delete (output);
}

int
main (int argc, char *argv[])
{
  test_experiment_init (&argc, &argv);

  g_test_add_func ("/experiment/whole", test_whole);
  g_test_add_func ("/experiment/same-bits", test_same_bits);
  g_test_add_func ("/experiment/final-by-hand", test_final_by_hand);
  g_test_add_func ("/experiment/too-small", test_too_small);
  g_test_add_func ("/experiment/class-without-part", test_class_without_part);

  return test_experiment_run ();
}

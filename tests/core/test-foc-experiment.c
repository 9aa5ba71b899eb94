/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-experiment.h"

#include "foc-blas.h"
#include "foc-error.h"
#include "foc-file.h"
#include "foc-model-file.h"
#include "test-store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

enum
{
  PER_CLASS = 40,
  SIDE = 32,
};

static char *pictures; /* two classes, PER_CLASS pictures each */
static char *cache;

/* A warm picture of noise or a cold one, not always. */
static void
write_picture (const char *folder, guint class, guint number)
{
  g_autofree char *name = g_strdup_printf ("%u.png", number);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GdkPixbuf) pixbuf =
    gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, SIDE, SIDE);
  FocRng rng;

  foc_rng_init (&rng, number, class);
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      {
        guint8 *p =
          gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + x * 3;

        for (guint c = 0; c < 3; c++)
          p[c] = (guint8) (60 + foc_rng_below (&rng, 120) + (c == 2 * class ? 25 : 0));
      }
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
}

static char *
make_pictures (guint n_first, guint n_second)
{
  char *root = test_folder_new ();

  for (guint class = 0; class < 2; class ++)
    {
      g_autofree char *folder =
        g_build_filename (root, class == 0 ? "comics" : "faces", NULL);

      g_mkdir (folder, 0755);
      for (guint i = 0; i < (class == 0 ? n_first : n_second); i++)
        write_picture (folder, class, i);
    }

  return root;
}

static FocSettings
make_settings (FocOptimizerKind kind)
{
  FocSettings settings;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  settings.training.optimizer = kind;
  settings.training.hidden[0] = 12;
  settings.training.n_hidden = 1;
  settings.training.batch_size = 16;
  settings.epochs[0] = 1;
  settings.epochs[1] = 2;
  settings.n_epochs = 2;

  return settings;
}

/* Everything from the beginning to the end. */
static gboolean
carry_out (FocExperiment *experiment, const FocSettings *settings, GError **error)
{
  return foc_experiment_begin (experiment, settings, error)
         && foc_experiment_search (experiment, NULL, NULL, error)
         && foc_experiment_train_final (experiment, error)
         && foc_experiment_look (experiment, error);
}

static FocExperiment *
open_pictures (const char *root, const FocExperimentOptions *options)
{
  g_autoptr (GError) error = NULL;
  FocExperiment *experiment = foc_experiment_open (root, options, &error);

  g_assert_no_error (error);
  return experiment;
}

/* Carries it out in `output`; the model's SHA-256. */
static char *
run_in (const char *output, FocOptimizerKind kind, guint jobs)
{
  FocExperimentOptions options = { .cache = cache, .output = output, .jobs = jobs };
  g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);
  FocSettings settings = make_settings (kind);
  g_autoptr (GError) error = NULL;

  carry_out (experiment, &settings, &error);
  g_assert_no_error (error);
  return g_strdup (experiment->run->model_sha256);
}

static gboolean
has_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The record, the model, and nothing else. */
static void
check_finished (const char *output, const char *sha256)
{
  g_autoptr (FocRun) run = foc_run_load (output, NULL);
  g_autofree char *model = g_build_filename (output, "model.safetensors", NULL);
  g_autofree char *found = test_file_sha256 (model);

  g_assert_nonnull (run);
  g_assert_true (foc_run_is_finished (run));
  g_assert_cmpstr (run->model_sha256, ==, sha256);
  g_assert_cmpstr (found, ==, sha256);
  g_assert_cmpuint (test_folder_count (output), ==, 2);
}

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
  g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);
  FocSettings settings = make_settings (FOC_OPTIMIZER_ADAM);
  g_autoptr (GError) error = NULL;
  g_autoptr (FocModel) model = NULL;
  g_autofree char *path = NULL;
  const FocRun *run;
  FocHoldout again = { 0 };
  FocExamples holdout;
  FocCell best;

  g_assert_cmpuint (foc_experiment_guess_n_train (experiment, &settings.split), ==, 40);
  carry_out (experiment, &settings, &error);
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

  g_assert_cmpuint (run->holdout.looks, ==, 1);
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
  g_assert_true (foc_measure (model->mlp, &holdout, &again, NULL, NULL));
  g_assert_cmpfloat (again.loss, ==, run->holdout.loss);
  g_assert_cmpmem (again.confusion.counts, 4 * sizeof (guint64),
                   run->holdout.confusion.counts, 4 * sizeof (guint64));
  foc_confusion_clear (&again.confusion);

  g_assert_cmpuint (progress.done[FOC_STAGE_FEATURES], ==, 80);
  g_assert_cmpuint (progress.done[FOC_STAGE_GRID], ==, 2 * 2 * 40);
  g_assert_cmpuint (progress.done[FOC_STAGE_GRID], ==, progress.total[FOC_STAGE_GRID]);
  g_assert_cmpuint (progress.done[FOC_STAGE_FINAL], ==, 56 * best.epochs);
  g_assert_cmpuint (progress.done[FOC_STAGE_FINAL], ==, progress.total[FOC_STAGE_FINAL]);
  for (FocStage stage = 0; stage < FOC_N_STAGES; stage++)
    g_assert_cmpfloat (experiment->seconds[stage], >, 0);
  check_finished (output, run->model_sha256);
  test_folder_delete (output);
}

static void
test_same_bits (void)
{
  for (FocOptimizerKind kind = FOC_OPTIMIZER_SGD; kind <= FOC_OPTIMIZER_ADAM; kind++)
    {
      g_autofree char *first = NULL;

      for (guint jobs = 1; jobs <= 8; jobs *= jobs == 2 ? 4 : 2)
        {
          g_autofree char *output = test_folder_new ();
          g_autofree char *sha256 = run_in (output, kind, jobs);

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
  FocExperimentOptions options = { .cache = cache, .output = output, .jobs = 2 };
  g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);
  FocSettings settings = make_settings (FOC_OPTIMIZER_MOMENTUM);
  g_autoptr (FocTrainer) trainer = NULL;
  g_autoptr (FocModel) model = NULL;
  g_autofree char *path = NULL;
  FocExamples both;

  g_assert_true (carry_out (experiment, &settings, NULL));
  foc_experiment_get_examples (experiment, FOC_PART_NONE, &both);
  g_assert_cmpuint (both.n_rows, ==, 56);
  trainer = foc_trainer_new (&settings.training, experiment->run->best.learning_rate,
                             &both, NULL);
  foc_train_to (trainer, experiment->run->best.epochs, NULL, NULL, NULL, NULL, NULL);
  path = foc_run_get_model_path (experiment->run);
  model = foc_model_load (path, NULL);
  g_assert_true (test_mlp_equal (model->mlp, foc_trainer_get_mlp (trainer)));
  test_folder_delete (output);
}

/* The disk is full at each single write in turn: an error, nothing half; and then
 * the same model as if nothing had been. */
static void
test_faults (void)
{
  g_autofree char *reference = test_folder_new ();
  g_autofree char *sha256 = run_in (reference, FOC_OPTIMIZER_ADAM, 2);
  gboolean ended = FALSE;
  guint nth;

  for (nth = 1; !ended; nth++)
    {
      g_autofree char *output = test_folder_new ();
      FocExperimentOptions options = { .cache = cache, .output = output, .jobs = 2 };
      FocSettings settings = make_settings (FOC_OPTIMIZER_ADAM);
      g_autoptr (GError) error = NULL;
      g_autofree char *again = NULL;

      {
        g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);
        g_autoptr (FocRun) left = NULL;

        foc_file_set_fault (nth, ENOSPC);
        ended = carry_out (experiment, &settings, &error);
        foc_file_set_fault (0, 0);
        if (!ended)
          g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);

        /* No record, or a whole one, which has no result without a model. */
        left = foc_run_load (output, NULL);
        g_assert_cmpint (left != NULL, ==, has_file (output, "run.json"));
        if (left != NULL && left->model_sha256 != NULL)
          {
            g_autofree char *model = foc_run_get_model_path (left);
            g_autofree char *found = test_file_sha256 (model);

            g_assert_cmpstr (found, ==, left->model_sha256);
          }
        if (!ended && left != NULL)
          g_assert_false (foc_run_is_finished (left));

        if (nth % 2 == 0 && !ended && experiment->run != NULL)
          {
            /* Tried again without beginning anew. */
            g_assert_true (foc_experiment_search (experiment, NULL, NULL, NULL));
            g_assert_true (foc_experiment_train_final (experiment, NULL));
            g_assert_true (foc_experiment_look (experiment, NULL));
            g_assert_cmpstr (experiment->run->model_sha256, ==, sha256);
          }
      }

      again = run_in (output, FOC_OPTIMIZER_ADAM, 1);
      g_assert_cmpstr (again, ==, sha256);
      check_finished (output, sha256);
      test_folder_delete (output);
    }
  g_assert_cmpuint (nth, >, 50);
  test_folder_delete (reference);
}

static void
test_fault_while_looking (void)
{
  g_autofree char *output = test_folder_new ();
  FocExperimentOptions options = { .cache = cache, .output = output, .jobs = 1 };
  FocSettings settings = make_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (GError) error = NULL;
  g_autofree char *record = g_build_filename (output, "run.json", NULL);
  g_autofree char *unmeasured = NULL;
  guint n_writes, looks;

  {
    g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);
    g_autoptr (FocRun) before = NULL;
    g_autoptr (FocRun) after = NULL;

    g_assert_true (foc_experiment_begin (experiment, &settings, NULL)
                   && foc_experiment_search (experiment, NULL, NULL, NULL)
                   && foc_experiment_train_final (experiment, NULL));

    /* What cannot be recorded is not looked at. */
    foc_file_set_fault (1, ENOSPC);
    g_assert_false (foc_experiment_look (experiment, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
    g_clear_error (&error);
    g_assert_cmpuint (experiment->run->holdout.looks, ==, 0);
    g_assert_null (experiment->run->holdout.confusion.counts);

    foc_file_set_fault (0, 0);
    g_assert_true (foc_run_save (experiment->run, NULL));
    n_writes = foc_file_set_fault (0, 0);
    before = foc_run_load (output, NULL);
    g_assert_cmpuint (before->holdout.looks, ==, 0);

    /* What was looked at stays recorded, even if nobody learned the result. */
    foc_file_set_fault (n_writes + 1, ENOSPC);
    g_assert_false (foc_experiment_look (experiment, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
    foc_file_set_fault (0, 0);
    after = foc_run_load (output, NULL);
    g_assert_cmpuint (after->holdout.looks, ==, 1);
    g_assert_false (after->holdout.measured);
    g_assert_false (foc_run_is_finished (after));

    /* Tried again at once, it is recorded ... */
    g_assert_true (g_file_get_contents (record, &unmeasured, NULL, NULL));
    g_assert_true (foc_experiment_look (experiment, NULL));
    g_clear_pointer (&after, foc_run_free);
    after = foc_run_load (output, NULL);
    g_assert_cmpuint (after->holdout.looks, ==, 2);
    g_assert_true (foc_run_is_finished (after));
  }
  /* ... and by another process, if this one had died instead, as well. */
  g_assert_true (g_file_set_contents (record, unmeasured, -1, NULL));

  for (looks = 0; looks < 2; looks++)
    {
      g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);

      g_assert_true (carry_out (experiment, &settings, NULL));
      g_assert_true (experiment->resumed);
      g_assert_cmpuint (experiment->run->holdout.looks, ==, 2);
    }

  /* To begin afresh does not make it unseen. */
  options.fresh = TRUE;
  {
    g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);

    g_assert_true (carry_out (experiment, &settings, NULL));
    g_assert_false (experiment->resumed);
    g_assert_cmpuint (experiment->run->holdout.looks, ==, 3);
  }
  test_folder_delete (output);
}

static void
test_cancel (void)
{
  g_autofree char *output = test_folder_new ();
  g_autofree char *reference = test_folder_new ();
  g_autofree char *sha256 = run_in (reference, FOC_OPTIMIZER_SGD, 2);
  g_autofree char *again = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  FocExperimentOptions options = {
    .cache = cache,
    .output = output,
    .jobs = 2,
    .cancellable = cancellable,
  };
  FocSettings settings = make_settings (FOC_OPTIMIZER_SGD);

  for (guint step = 0; step < 3; step++)
    {
      g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);
      g_autoptr (GError) error = NULL;

      g_assert_true (foc_experiment_begin (experiment, &settings, NULL));
      g_assert_cmpint (experiment->resumed, ==, step > 0);
      if (step > 0)
        g_assert_true (foc_experiment_search (experiment, NULL, NULL, NULL));
      if (step > 1)
        g_assert_true (foc_experiment_train_final (experiment, NULL));
      g_cancellable_cancel (cancellable);
      g_assert_false (step == 0   ? foc_experiment_search (experiment, NULL, NULL, &error)
                      : step == 1 ? foc_experiment_train_final (experiment, &error)
                                  : foc_experiment_look (experiment, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_cancellable_reset (cancellable);
    }

  again = run_in (output, FOC_OPTIMIZER_SGD, 2);
  g_assert_cmpstr (again, ==, sha256);
  check_finished (output, sha256);
  test_folder_delete (output);
  test_folder_delete (reference);
}

/* A finished run, run again; with its model gone, or altered. */
static void
test_finished_again (void)
{
  g_autofree char *output = test_folder_new ();
  g_autofree char *model = g_build_filename (output, "model.safetensors", NULL);
  g_autofree char *record = g_build_filename (output, "run.json", NULL);
  g_autofree char *sha256 = run_in (output, FOC_OPTIMIZER_ADAM, 2);
  g_autofree char *before = test_file_sha256 (record);
  g_autofree char *after = NULL;
  FocExperimentOptions options = { .cache = cache, .output = output, .jobs = 2 };
  FocSettings settings = make_settings (FOC_OPTIMIZER_ADAM);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);
      g_autofree char *stale = foc_checkpoint_path (output, 1);

      if (i == 1) /* what a kill may leave */
        g_assert_true (g_file_set_contents (stale, "x", 1, NULL));
      if (i == 2)
        g_assert_cmpint (g_remove (model), ==, 0);
      g_assert_true (carry_out (experiment, &settings, NULL));
      g_assert_true (experiment->resumed);
      g_assert_cmpuint (experiment->run->holdout.looks, ==, 1);
      check_finished (output, sha256);
    }
  after = test_file_sha256 (record);
  g_assert_cmpstr (before, ==, after); /* nothing was written */

  {
    g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);
    g_autoptr (GError) error = NULL;
    g_autofree char *altered = NULL;
    g_autofree char *kept = NULL;

    test_file_flip (model, 8 * 2000);
    altered = test_file_sha256 (model);
    g_assert_false (carry_out (experiment, &settings, &error));
    g_assert_error (error, FOC_ERROR, FOC_ERROR_RUN);
    g_assert_nonnull (strstr (error->message, "model.safetensors"));
    kept = test_file_sha256 (model);
    g_assert_cmpstr (altered, ==, kept);
  }

  options.fresh = TRUE;
  {
    g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);

    g_assert_true (carry_out (experiment, &settings, NULL));
    g_assert_false (experiment->resumed);
    check_finished (output, sha256);
  }
  test_folder_delete (output);
}

/* The model is changed between its training and the look. */
static void
test_altered_before_look (void)
{
  g_autofree char *output = test_folder_new ();
  g_autofree char *model = g_build_filename (output, "model.safetensors", NULL);
  FocExperimentOptions options = { .cache = cache, .output = output, .jobs = 2 };
  FocSettings settings = make_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);
  g_autoptr (GError) error = NULL;

  g_assert_true (foc_experiment_begin (experiment, &settings, NULL)
                 && foc_experiment_search (experiment, NULL, NULL, NULL)
                 && foc_experiment_train_final (experiment, NULL));
  test_file_flip (model, 8 * 2000);
  g_assert_false (foc_experiment_look (experiment, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_RUN);
  g_assert_cmpuint (experiment->run->holdout.looks, ==, 0);
  test_folder_delete (output);
}

static void
check_refused (const char *output, const FocSettings *settings, int code)
{
  FocExperimentOptions options = { .cache = cache, .output = output, .jobs = 2 };
  g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);
  g_autoptr (GError) error = NULL;

  g_assert_false (foc_experiment_begin (experiment, settings, &error));
  g_assert_error (error, FOC_ERROR, code);
  g_assert_null (experiment->run);
}

static void
test_foreign_folder (void)
{
  static const char *const names[] = { "thesis.txt", "model.safetensors", "a" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *output = test_folder_new ();
      g_autofree char *file = g_build_filename (output, names[i], NULL);
      g_autofree char *text = NULL;
      FocSettings settings = make_settings (FOC_OPTIMIZER_SGD);
      FocExperimentOptions fresh = { .output = output, .jobs = 1, .fresh = TRUE };
      g_autoptr (FocExperiment) experiment = open_pictures (pictures, &fresh);

      g_assert_true (g_file_set_contents (file, "mine", 4, NULL));
      check_refused (output, &settings, FOC_ERROR_RUN);
      g_assert_false (foc_experiment_begin (experiment, &settings, NULL));
      g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, "mine");
      g_assert_cmpuint (test_folder_count (output), ==, 1);
      test_folder_delete (output);
    }
}

static void
test_other_run (void)
{
  g_autofree char *output = test_folder_new ();
  g_autofree char *record = g_build_filename (output, "run.json", NULL);
  g_autofree char *sha256 = run_in (output, FOC_OPTIMIZER_SGD, 2);
  g_autofree char *other_pictures = make_pictures (11, 12);
  FocExperimentOptions options = { .cache = cache, .output = output, .jobs = 2 };
  FocSettings settings = make_settings (FOC_OPTIMIZER_ADAM);
  FocSettings same = make_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (GError) error = NULL;

  /* Other settings. */
  check_refused (output, &settings, FOC_ERROR_RUN);
  settings = same;
  settings.training.seed = 2;
  check_refused (output, &settings, FOC_ERROR_RUN);
  settings = same;
  settings.split.shares[0]++;
  check_refused (output, &settings, FOC_ERROR_RUN);
  check_finished (output, sha256);

  {
    /* Other data. */
    g_autoptr (FocExperiment) experiment = open_pictures (other_pictures, &options);

    g_assert_false (foc_experiment_begin (experiment, &same, &error));
    g_assert_error (error, FOC_ERROR, FOC_ERROR_RUN);
  }
  check_finished (output, sha256);

  /* A damaged record is refused, too, but can be begun afresh. */
  test_file_flip (record, 3);
  check_refused (output, &same, FOC_ERROR_RUN);
  options.fresh = TRUE;
  {
    g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);

    g_assert_true (carry_out (experiment, &same, NULL));
  }
  check_finished (output, sha256);
  test_folder_delete (output);
  test_folder_delete (other_pictures);
}

static void
test_in_use (void)
{
  g_autofree char *output = test_folder_new ();
  FocExperimentOptions options = { .cache = cache, .output = output, .jobs = 2 };
  g_autoptr (FocExperiment) first = open_pictures (pictures, &options);
  g_autoptr (FocExperiment) second = open_pictures (pictures, &options);
  FocSettings settings = make_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (GError) error = NULL;

  g_assert_true (foc_experiment_begin (first, &settings, NULL));
  g_assert_false (foc_experiment_begin (second, &settings, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN);
  g_assert_true (foc_experiment_begin (first, &settings, NULL));
  g_assert_true (first->resumed);
  g_clear_pointer (&first, foc_experiment_free);
  g_assert_true (carry_out (second, &settings, NULL));
  g_assert_true (second->resumed);
  test_folder_delete (output);
}

/* Without an output folder: among the user's runs. */
static void
test_user_runs (void)
{
  g_autofree char *runs = foc_runs_folder ();
  FocExperimentOptions options = { .cache = cache, .jobs = 2 };
  FocSettings settings = make_settings (FOC_OPTIMIZER_SGD);
  FocSettings other = make_settings (FOC_OPTIMIZER_ADAM);
  g_autofree char *folder = NULL;

  {
    g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);
    g_autoptr (FocExperiment) beside = open_pictures (pictures, &options);

    g_assert_true (foc_experiment_begin (experiment, &settings, NULL));
    g_assert_false (experiment->resumed);
    folder = g_strdup (experiment->run->folder);
    /* Nobody takes it away from who works at it. */
    g_assert_true (foc_experiment_begin (beside, &settings, NULL));
    g_assert_false (beside->resumed);
    g_assert_cmpstr (beside->run->folder, !=, folder);
    test_folder_delete (beside->run->folder);
  }
  g_assert_cmpuint (test_folder_count (runs), ==, 1);

  {
    g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);

    g_assert_true (foc_experiment_begin (experiment, &other, NULL));
    g_assert_false (experiment->resumed);
    g_assert_true (foc_experiment_begin (experiment, &settings, NULL));
    g_assert_true (experiment->resumed);
    g_assert_cmpstr (experiment->run->folder, ==, folder);
    g_assert_true (carry_out (experiment, &settings, NULL));
  }

  {
    /* A finished one is not gone on with. */
    g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);

    g_assert_true (foc_experiment_begin (experiment, &settings, NULL));
    g_assert_false (experiment->resumed);
  }
  test_folder_delete (runs);
}

static void
test_too_small (void)
{
  g_autofree char *few = make_pictures (40, 9);
  g_autofree char *enough = make_pictures (40, 10);
  g_autofree char *broken = make_pictures (40, 10);
  g_autofree char *file = g_build_filename (broken, "faces", "3.png", NULL);
  g_autofree char *output = test_folder_new ();
  g_autofree char *inside = g_build_filename (output, "run", NULL);
  FocExperimentOptions options = { .output = inside, .jobs = 2 };
  FocSettings settings = make_settings (FOC_OPTIMIZER_SGD);
  const char *roots[] = { few, broken };

  g_assert_true (g_file_set_contents (file, "no picture", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      g_autoptr (FocExperiment) experiment = open_pictures (roots[i], &options);
      g_autoptr (GError) error = NULL;

      g_assert_false (foc_experiment_begin (experiment, &settings, &error));
      g_assert_error (error, FOC_ERROR, FOC_ERROR_DATASET);
      g_assert_nonnull (strstr (error->message, "faces"));
      g_assert_nonnull (strstr (error->message, "9"));
      g_assert_false (g_file_test (inside, G_FILE_TEST_EXISTS));
    }

  {
    g_autoptr (FocExperiment) experiment = open_pictures (enough, &options);

    g_assert_true (carry_out (experiment, &settings, NULL));
  }
  test_folder_delete (few);
  test_folder_delete (enough);
  test_folder_delete (broken);
  test_folder_delete (output);
}

/* An output folder that cannot be one. */
static void
test_no_folder (void)
{
  g_autofree char *folder = test_folder_new ();
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *below = g_build_filename (file, "run", NULL);
  const char *outputs[] = { file, below };
  FocSettings settings = make_settings (FOC_OPTIMIZER_SGD);

  g_assert_true (g_file_set_contents (file, "mine", 4, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      FocExperimentOptions options = { .cache = cache, .output = outputs[i], .jobs = 2 };
      g_autoptr (FocExperiment) experiment = open_pictures (pictures, &options);
      g_autoptr (GError) error = NULL;

      g_assert_false (foc_experiment_begin (experiment, &settings, &error));
      g_assert_true (error->domain == G_FILE_ERROR);
      g_assert_nonnull (strstr (error->message, "file"));
    }
  test_folder_delete (folder);
}

int
main (int argc, char *argv[])
{
  char *home;
  int status;

  g_test_init (&argc, &argv, NULL);
  /* Not by G_TEST_OPTION_ISOLATE_DIRS, which hides from gdk-pixbuf how to know a
   * picture. */
  home = test_folder_new ();
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  foc_blas_begin_thread ();
  pictures = make_pictures (PER_CLASS, PER_CLASS);
  cache = test_folder_new ();

  g_test_add_func ("/experiment/whole", test_whole);
  g_test_add_func ("/experiment/same-bits", test_same_bits);
  g_test_add_func ("/experiment/final-by-hand", test_final_by_hand);
  g_test_add_func ("/experiment/faults", test_faults);
  g_test_add_func ("/experiment/fault-while-looking", test_fault_while_looking);
  g_test_add_func ("/experiment/cancel", test_cancel);
  g_test_add_func ("/experiment/finished-again", test_finished_again);
  g_test_add_func ("/experiment/altered-before-look", test_altered_before_look);
  g_test_add_func ("/experiment/foreign-folder", test_foreign_folder);
  g_test_add_func ("/experiment/other-run", test_other_run);
  g_test_add_func ("/experiment/in-use", test_in_use);
  g_test_add_func ("/experiment/user-runs", test_user_runs);
  g_test_add_func ("/experiment/too-small", test_too_small);
  g_test_add_func ("/experiment/no-folder", test_no_folder);

  status = g_test_run ();
  test_folder_delete (pictures);
  test_folder_delete (cache);
  test_folder_delete (home);
  g_free (home);
  g_free (pictures);
  g_free (cache);
  return status;
}

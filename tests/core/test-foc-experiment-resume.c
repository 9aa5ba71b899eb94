/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-experiment.h"

#include "foc-error.h"
#include "foc-file.h"
#include "test-folders.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* Runs that were interrupted, and gone on with. */

static gboolean
has_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The disk is full at each single write in turn: an error, nothing half; and then
 * the same model as if nothing had been. */
static void
test_faults (void)
{
  g_autofree char *reference = test_folder_new ();
  g_autofree char *sha256 = test_run_in (reference, FOC_OPTIMIZER_ADAM, 2);
  gboolean ended = FALSE;
  guint nth;

  for (nth = 1; !ended; nth++)
    {
      g_autofree char *output = test_folder_new ();
      FocExperimentOptions options = { .cache = test_cache, .output = output, .jobs = 2 };
      FocSettings settings = test_make_settings (FOC_OPTIMIZER_ADAM);
      g_autoptr (GError) error = NULL;
      g_autofree char *again = NULL;

      {
        g_autoptr (FocExperiment) experiment =
          test_open_pictures (test_pictures, &options);
        g_autoptr (FocRun) left = NULL;

        foc_file_set_fault (nth, ENOSPC);
        ended = test_carry_out (experiment, &settings, &error);
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

      again = test_run_in (output, FOC_OPTIMIZER_ADAM, 1);
      g_assert_cmpstr (again, ==, sha256);
      test_check_finished (output, sha256);
      test_folder_delete (output);
    }
  g_assert_cmpuint (nth, >, 50);
  test_folder_delete (reference);
}

static void
test_fault_while_looking (void)
{
  g_autofree char *output = test_folder_new ();
  FocExperimentOptions options = { .cache = test_cache, .output = output, .jobs = 1 };
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (GError) error = NULL;
  g_autofree char *record = g_build_filename (output, "run.json", NULL);
  g_autofree char *unmeasured = NULL;
  guint n_writes, looks;

  {
    g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
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
    g_assert_cmpuint (experiment->run->n_looks, ==, 0);
    g_assert_null (experiment->run->holdout.confusion.counts);

    foc_file_set_fault (0, 0);
    g_assert_true (foc_run_save (experiment->run, NULL));
    n_writes = foc_file_set_fault (0, 0);
    before = foc_run_load (output, NULL);
    g_assert_cmpuint (before->n_looks, ==, 0);

    /* What was looked at stays recorded, even if nobody learned the result. */
    foc_file_set_fault (n_writes + 1, ENOSPC);
    g_assert_false (foc_experiment_look (experiment, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
    foc_file_set_fault (0, 0);
    after = foc_run_load (output, NULL);
    g_assert_cmpuint (after->n_looks, ==, 1);
    g_assert_false (after->holdout.measured);
    g_assert_false (foc_run_is_finished (after));

    /* Tried again at once, it is recorded ... */
    g_assert_true (g_file_get_contents (record, &unmeasured, NULL, NULL));
    g_assert_true (foc_experiment_look (experiment, NULL));
    g_clear_pointer (&after, foc_run_unref);
    after = foc_run_load (output, NULL);
    g_assert_cmpuint (after->n_looks, ==, 2);
    g_assert_true (foc_run_is_finished (after));
  }
  /* ... and by another process, if this one had died instead, as well. */
  g_assert_true (g_file_set_contents (record, unmeasured, -1, NULL));

  for (looks = 0; looks < 2; looks++)
    {
      g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);

      g_assert_true (test_carry_out (experiment, &settings, NULL));
      g_assert_true (experiment->resumed);
      g_assert_cmpuint (experiment->run->n_looks, ==, 2);
    }

  /* To begin afresh does not make it unseen. */
  options.fresh = TRUE;
  {
    g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);

    g_assert_true (test_carry_out (experiment, &settings, NULL));
    g_assert_false (experiment->resumed);
    g_assert_cmpuint (experiment->run->n_looks, ==, 3);
  }
  test_folder_delete (output);
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &data, &length, NULL));
  g_assert_true (g_file_set_contents (to, data, (gssize) length, NULL));
}

/* What the search has kept of the best cell is gone, damaged, or something else: it is
 * trained again, and the model is the same. */
static void
test_lost_cell (FocOptimizerKind kind)
{
  g_autofree char *reference = test_folder_new ();
  g_autofree char *sha256 = test_run_in (reference, kind, 2);

  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *output = test_folder_new ();
      FocExperimentOptions options = { .cache = test_cache, .output = output, .jobs = 1 };
      FocSettings settings = test_make_settings (kind);
      g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
      g_autofree char *again = NULL;
      guint best = 0;

      g_assert_true (foc_experiment_begin (experiment, &settings, NULL)
                     && foc_experiment_search (experiment, NULL, NULL, NULL));
      while (settings.learning_rates[best] != experiment->run->best.learning_rate)
        best++;
      {
        g_autofree char *cell = foc_cell_path (output, best);
        g_autofree char *other = foc_cell_path (output, !best);
        g_autofree char *checkpoint = foc_checkpoint_path (output, best);

        g_assert_true (g_file_test (cell, G_FILE_TEST_IS_REGULAR));
        switch (i)
          {
          case 1:
            g_assert_cmpint (g_remove (cell), ==, 0);
            break;
          case 2:
            test_file_flip (cell, 8 * 3000);
            break;
          case 3:
            g_assert_true (g_file_set_contents (cell, "somebody's", -1, NULL));
            break;
          case 4:
            copy_file (other, cell);
            break;
          case 5: /* the end of its trajectory, perhaps of more epochs */
            copy_file (checkpoint, cell);
            break;
          case 6: /* none at all */
            g_assert_cmpint (g_remove (cell), ==, 0);
            g_assert_cmpint (g_remove (other), ==, 0);
            g_assert_cmpint (g_remove (checkpoint), ==, 0);
            break;
          default:
            break;
          }
      }
      if (i % 2 == 0) /* in this process; else in another one */
        g_assert_true (foc_experiment_train_final (experiment, NULL));
      g_clear_pointer (&experiment, foc_experiment_free);

      again = test_run_in (output, kind, 2);
      g_assert_cmpstr (again, ==, sha256);
      test_check_finished (output, sha256);
      test_folder_delete (output);
    }
  test_folder_delete (reference);
}

static void
test_lost_cells (void)
{
  test_lost_cell (FOC_OPTIMIZER_ADAM);
  test_lost_cell (FOC_OPTIMIZER_MOMENTUM);
}

static void
test_cancel (void)
{
  g_autofree char *output = test_folder_new ();
  g_autofree char *reference = test_folder_new ();
  g_autofree char *sha256 = test_run_in (reference, FOC_OPTIMIZER_SGD, 2);
  g_autofree char *again = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  FocExperimentOptions options = {
    .cache = test_cache,
    .output = output,
    .jobs = 2,
    .cancellable = cancellable,
  };
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);

  for (guint step = 0; step < 3; step++)
    {
      g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
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

  again = test_run_in (output, FOC_OPTIMIZER_SGD, 2);
  g_assert_cmpstr (again, ==, sha256);
  test_check_finished (output, sha256);
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
  g_autofree char *sha256 = test_run_in (output, FOC_OPTIMIZER_ADAM, 2);
  g_autofree char *before = test_file_sha256 (record);
  g_autofree char *after = NULL;
  FocExperimentOptions options = { .cache = test_cache, .output = output, .jobs = 2 };
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_ADAM);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
      g_autofree char *stale = foc_checkpoint_path (output, 1);

      if (i == 1) /* what a kill may leave */
        g_assert_true (g_file_set_contents (stale, "x", 1, NULL));
      if (i == 2)
        g_assert_cmpint (g_remove (model), ==, 0);
      g_assert_true (test_carry_out (experiment, &settings, NULL));
      g_assert_true (experiment->resumed);
      g_assert_cmpuint (experiment->run->n_looks, ==, 1);
      test_check_finished (output, sha256);
    }
  after = test_file_sha256 (record);
  g_assert_cmpstr (before, ==, after); /* nothing was written */

  {
    g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
    g_autoptr (GError) error = NULL;
    g_autofree char *altered = NULL;
    g_autofree char *kept = NULL;

    test_file_flip (model, 8 * 2000);
    altered = test_file_sha256 (model);
    g_assert_false (test_carry_out (experiment, &settings, &error));
    g_assert_error (error, FOC_ERROR, FOC_ERROR_RUN);
    g_assert_nonnull (strstr (error->message, "model.safetensors"));
    kept = test_file_sha256 (model);
    g_assert_cmpstr (altered, ==, kept);
  }

  options.fresh = TRUE;
  {
    g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);

    g_assert_true (test_carry_out (experiment, &settings, NULL));
    g_assert_false (experiment->resumed);
    test_check_finished (output, sha256);
  }
  test_folder_delete (output);
}

/* The model is changed between its training and the look. */
static void
test_altered_before_look (void)
{
  g_autofree char *output = test_folder_new ();
  g_autofree char *model = g_build_filename (output, "model.safetensors", NULL);
  FocExperimentOptions options = { .cache = test_cache, .output = output, .jobs = 2 };
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
  g_autoptr (GError) error = NULL;

  g_assert_true (foc_experiment_begin (experiment, &settings, NULL)
                 && foc_experiment_search (experiment, NULL, NULL, NULL)
                 && foc_experiment_train_final (experiment, NULL));
  test_file_flip (model, 8 * 2000);
  g_assert_false (foc_experiment_look (experiment, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_RUN);
  g_assert_cmpuint (experiment->run->n_looks, ==, 0);
  test_folder_delete (output);
}

int
main (int argc, char *argv[])
{
  test_experiment_init (&argc, &argv);

  g_test_add_func ("/experiment/faults", test_faults);
  g_test_add_func ("/experiment/fault-while-looking", test_fault_while_looking);
  g_test_add_func ("/experiment/lost-cells", test_lost_cells);
  g_test_add_func ("/experiment/cancel", test_cancel);
  g_test_add_func ("/experiment/finished-again", test_finished_again);
  g_test_add_func ("/experiment/altered-before-look", test_altered_before_look);

  return test_experiment_run ();
}

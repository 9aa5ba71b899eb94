/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-experiment.h"

#include "foc-error.h"
#include "test-folders.h"

#include <math.h>
#include <string.h>

/* A search that is stopped keeps what it has, and can go on. */

/* Long enough that a progress comes in between. */
static FocSettings
make_settings (void)
{
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);

  settings.training.hidden[0] = 256;
  settings.training.batch_size = 1;
  settings.epochs[0] = 1;
  settings.epochs[1] = 40;
  return settings;
}

/* Stops as soon as there is a cell. */
static void
stop_at_cell (const FocGrid *grid, guint64 done, guint64 total, gpointer stop)
{
  FocCell best;

  if (foc_grid_get_best (grid, &best))
    g_cancellable_cancel (stop);
}

/* The run in `output`, stopped; its grid is not complete. */
static FocExperiment *
stop_search (const FocExperimentOptions *options, const FocSettings *settings)
{
  FocExperiment *experiment = test_open_pictures (test_pictures, options);
  g_autoptr (GError) error = NULL;

  g_assert_true (foc_experiment_begin (experiment, settings, NULL));
  foc_experiment_search (experiment, stop_at_cell, options->stop, &error);
  g_assert_no_error (error);
  g_assert_true (experiment->run->grid->stopped);
  g_assert_true (isfinite (experiment->run->best.accuracy));
  return experiment;
}

static void
test_goes_on (void)
{
  g_autofree char *output = test_folder_new ();
  g_autofree char *straight = test_folder_new ();
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  FocExperimentOptions options = {
    .cache = test_cache, .output = output, .jobs = 2, .stop = stop
  };
  FocExperimentOptions whole = { .cache = test_cache, .output = straight, .jobs = 2 };
  FocSettings settings = make_settings ();
  FocExperiment *stopped = stop_search (&options, &settings);
  g_autoptr (FocExperiment) again = NULL;
  g_autoptr (FocExperiment) reference = test_open_pictures (test_pictures, &whole);
  g_autoptr (FocRun) record = foc_run_load (output, NULL);

  g_assert_true (record->grid->stopped);
  g_assert_true (foc_experiment_calibrate (stopped, NULL));
  foc_experiment_free (stopped);

  /* Whoever asks for the whole search gets it, to the same bits. */
  options.stop = NULL;
  again = test_open_pictures (test_pictures, &options);
  g_assert_true (test_carry_out (again, &settings, NULL));
  g_assert_true (again->resumed);
  g_assert_false (again->run->grid->stopped);
  g_assert_true (test_carry_out (reference, &settings, NULL));
  g_assert_cmpstr (again->run->model_sha256, ==, reference->run->model_sha256);
  test_check_finished (output, reference->run->model_sha256);
  test_folder_delete (output);
  test_folder_delete (straight);
}

static void
test_final (void)
{
  g_autofree char *output = test_folder_new ();
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  FocExperimentOptions options = {
    .cache = test_cache, .output = output, .jobs = 2, .stop = stop
  };
  FocSettings settings = make_settings ();
  g_autoptr (FocExperiment) experiment = stop_search (&options, &settings);
  guint epochs = experiment->run->best.epochs;

  g_assert_true (foc_experiment_train_final (experiment, NULL));
  g_assert_true (foc_experiment_look (experiment, NULL));
  test_check_finished (output, experiment->run->model_sha256);

  /* From then on the model is what the run came to. */
  g_assert_true (foc_experiment_search (experiment, NULL, NULL, NULL));
  g_assert_true (experiment->run->grid->stopped);
  g_assert_cmpuint (experiment->run->best.epochs, ==, epochs);
  test_folder_delete (output);
}

static void
test_too_early (void)
{
  g_autofree char *output = test_folder_new ();
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  FocExperimentOptions options = {
    .cache = test_cache, .output = output, .jobs = 2, .stop = stop
  };
  FocSettings settings = make_settings ();
  g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (stop);
  g_assert_true (foc_experiment_begin (experiment, &settings, NULL));
  g_assert_false (foc_experiment_search (experiment, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (experiment->run->grid);
  test_folder_delete (output);
}

static FocSettings
make_diverging (void)
{
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);

  settings.learning_rates[0] = 1000;
  settings.n_learning_rates = 1;
  settings.epochs[0] = 4;
  settings.n_epochs = 1;
  /* Deep, so that not every ReLU dies before the numbers end. */
  settings.training.n_hidden = 4;
  for (guint i = 0; i < 4; i++)
    settings.training.hidden[i] = 128 / (1 + i / 2);
  return settings;
}

static void
count (const FocGrid *grid, guint64 done, guint64 total, gpointer n_calls)
{
  ++*(guint *) n_calls;
}

/* A search that has found nothing is complete, too. */
static void
test_diverged (void)
{
  g_autofree char *output = test_folder_new ();
  const FocExperimentOptions options = { .cache = test_cache,
                                         .output = output,
                                         .jobs = 2 };
  const FocSettings settings = make_diverging ();
  guint n_calls = 0;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
      g_autoptr (FocRun) record = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) final_error = NULL;

      g_assert_true (foc_experiment_begin (experiment, &settings, NULL));
      g_assert_cmpint (experiment->resumed, ==, i > 0);
      g_assert_false (foc_experiment_search (experiment, count, &n_calls, &error));
      g_assert_error (error, FOC_ERROR, FOC_ERROR_DIVERGED);
      g_assert_nonnull (strstr (error->message, "Every cell diverged"));
      g_assert_true (foc_run_has_diverged (experiment->run));
      g_assert_false (foc_experiment_train_final (experiment, &final_error));
      g_assert_error (final_error, FOC_ERROR, FOC_ERROR_DIVERGED);

      record = foc_run_load (output, NULL);
      g_assert_true (foc_run_has_diverged (record));
      g_assert_true (record->grid->trajectories[0].diverged);
      /* The second time it is only told. */
      g_assert_cmpint (n_calls > 0, ==, i == 0);
      n_calls = 0;
    }
  test_folder_delete (output);
}

typedef struct
{
  GCancellable *cancellable;
  gboolean seen; /* the training of the final model */
} Killer;

static void
end_final (FocStage stage, guint64 done, guint64 total, gpointer user_data)
{
  Killer *killer = user_data;

  if (stage != FOC_STAGE_FINAL)
    return;
  killer->seen = TRUE;
  g_cancellable_cancel (killer->cancellable);
}

/* That a final model was begun is known from its first moment to its last. */
static void
test_final_checkpoint (void)
{
  g_autofree char *output = test_folder_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Killer killer = { cancellable, FALSE };
  FocExperimentOptions options = {
    .cache = test_cache,
    .output = output,
    .jobs = 2,
    .progress = end_final,
    .user_data = &killer,
    .cancellable = cancellable,
  };
  const FocSettings settings = make_settings ();
  g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
  g_autofree char *checkpoint = NULL;

  g_assert_true (foc_experiment_begin (experiment, &settings, NULL));
  checkpoint = foc_run_get_final_checkpoint (experiment->run);
  g_assert_true (foc_experiment_search (experiment, NULL, NULL, NULL));
  g_assert_true (foc_experiment_calibrate (experiment, NULL));
  g_assert_false (g_file_test (checkpoint, G_FILE_TEST_EXISTS));
  g_assert_false (foc_experiment_train_final (experiment, NULL));
  g_assert_true (killer.seen);
  g_assert_true (g_file_test (checkpoint, G_FILE_TEST_EXISTS));

  options.progress = NULL;
  options.cancellable = NULL;
  g_assert_true (foc_experiment_train_final (experiment, NULL));
  g_assert_false (g_file_test (checkpoint, G_FILE_TEST_EXISTS));
  test_folder_delete (output);
}

int
main (int argc, char **argv)
{
  test_experiment_init (&argc, &argv);

  g_test_add_func ("/experiment/stop/goes-on", test_goes_on);
  g_test_add_func ("/experiment/stop/final", test_final);
  g_test_add_func ("/experiment/stop/too-early", test_too_early);

  g_test_add_func ("/experiment/stop/diverged", test_diverged);
  g_test_add_func ("/experiment/stop/final-checkpoint", test_final_checkpoint);

  return test_experiment_run ();
}

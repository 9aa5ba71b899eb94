/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-training.h"

#include "foc-run-compare.h"
#include "test-catalog.h"
#include "test-folders.h"
#include "test-loop.h"

/* A worker that is waited for in vain, in milliseconds. */
#define PATIENCE (5 * 60 * 1000)

static FocRun *short_run, *long_run; /* once somebody has asked */

FocSettings
test_training_short (void)
{
  return test_make_settings (FOC_OPTIMIZER_SGD);
}

FocSettings
test_training_long (void)
{
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);

  settings.training.hidden[0] = 256;
  settings.training.batch_size = 1;
  settings.epochs[0] = 1;
  settings.epochs[1] = 2;
  settings.epochs[2] = 100;
  settings.n_epochs = 3;
  return settings;
}

static FocRun *
carry_out (const FocSettings *settings)
{
  g_autofree char *output = test_folder_new ();
  const FocExperimentOptions options = { .cache = test_cache,
                                         .output = output,
                                         .jobs = 1 };
  g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
  g_autoptr (GError) error = NULL;
  FocRun *run;

  test_carry_out (experiment, settings, &error);
  g_assert_no_error (error);
  run = foc_run_snapshot (experiment->run);
  test_folder_delete (output);
  return run;
}

const FocRun *
test_training_get_short (void)
{
  const FocSettings settings = test_training_short ();

  if (short_run == NULL)
    short_run = carry_out (&settings);
  return short_run;
}

const FocRun *
test_training_get_long (void)
{
  const FocSettings settings = test_training_long ();

  if (long_run == NULL)
    long_run = carry_out (&settings);
  return long_run;
}

void
test_training_init (int *argc, char ***argv)
{
  test_experiment_init (argc, argv);
}

int
test_training_run (void)
{
  int status = test_experiment_run ();

  g_clear_pointer (&short_run, foc_run_unref);
  g_clear_pointer (&long_run, foc_run_unref);
  return status;
}

static void
on_state (TrainingFixture *self)
{
  static const char *const states[] = { "nothing", "shown", "working", "paused",
                                        "stopping" };

  g_string_append_printf (self->log, "%s ",
                          states[foc_training_get_state (self->training)]);
}

static void
on_done (TrainingFixture *self, guint steps)
{
  g_string_append_printf (self->log, "done:%u ", steps);
}

static void
on_changed (TrainingFixture *self)
{
  self->n_changed++;
}

static void
on_message (TrainingFixture *self, const char *message)
{
  g_assert_cmpstr (message, !=, NULL);
  g_assert_true (g_utf8_validate (message, -1, NULL));
  g_assert_true (g_str_has_suffix (message, "."));
  g_free (self->message);
  self->message = g_strdup (message);
}

void
test_training_set_up (TrainingFixture *self, gconstpointer data)
{
  static const char *const with_message[] = { "failed", "notice", "unsaved" };

  *self = (TrainingFixture){
    .training = foc_training_new (test_cache),
    .catalog = test_catalog_complete (test_pictures, test_cache),
    .log = g_string_new (NULL),
  };
  g_signal_connect_swapped (self->training, "notify::state", G_CALLBACK (on_state), self);
  g_signal_connect_swapped (self->training, "done", G_CALLBACK (on_done), self);
  g_signal_connect_swapped (self->training, "changed", G_CALLBACK (on_changed), self);
  for (guint i = 0; i < G_N_ELEMENTS (with_message); i++)
    g_signal_connect_swapped (self->training, with_message[i], G_CALLBACK (on_message),
                              self);
  test_log_signals (G_OBJECT (self->training), "failed notice stale unsaved", self->log);
}

static void
delete_runs (void)
{
  g_autofree char *runs = foc_runs_folder ();

  if (g_file_test (runs, G_FILE_TEST_EXISTS))
    test_folder_delete (runs);
}

void
test_training_tear_down (TrainingFixture *self, gconstpointer data)
{
  if (self->training != NULL)
    g_assert_finalize_object (self->training);
  g_assert_true (foc_job_wait_for_workers (PATIENCE));
  foc_catalog_unref (self->catalog);
  g_string_free (self->log, TRUE);
  g_free (self->message);
  delete_runs ();
}

void
test_training_assert_same (TrainingFixture *self, const FocRun *reference)
{
  const FocRun *run = foc_training_get_run (self->training);
  g_autoptr (GPtrArray) settings = NULL;
  g_autoptr (GPtrArray) results = NULL;
  const FocRun *runs[] = { run, reference };

  g_assert_nonnull (run);
  settings = foc_run_compare_settings (runs, 2);
  g_assert_cmpuint (settings->len, ==, 0);
  results = foc_run_compare_results (run, reference);
  for (guint i = 0; i < results->len; i++)
    {
      const FocRunDifference *row = results->pdata[i];

      g_test_message ("%s: %s, %s", row->name, row->values[0], row->values[1]);
    }
  g_assert_cmpuint (results->len, ==, 0);
}

guint
test_training_count_points (TrainingFixture *self)
{
  const FocGrid *grid = foc_training_get_grid (self->training);
  guint n = 0;

  for (guint i = 0; grid != NULL && i < grid->n_learning_rates; i++)
    n += grid->trajectories[i].curve->len;
  return n;
}

void
test_training_start (TrainingFixture *self, const FocSettings *settings)
{
  foc_training_start (self->training, self->catalog, settings, 2);
}

void
test_training_wait_to_grow (TrainingFixture *self)
{
  guint before = test_training_count_points (self);

  TEST_WAIT (test_training_count_points (self) > before);
}

void
test_training_wait_for_cell (TrainingFixture *self)
{
  FocCell best;

  TEST_WAIT (foc_training_get_grid (self->training) != NULL
             && foc_grid_get_best (foc_training_get_grid (self->training), &best));
}

void
test_training_wait (TrainingFixture *self)
{
  TEST_WAIT (foc_training_get_job (self->training) == NULL);
}

void
test_training_go_on (TrainingFixture *self, FocTrainingSteps steps)
{
  foc_training_go_on (self->training, self->catalog, steps, 2);
  test_training_wait (self);
}

void
test_training_until_final (TrainingFixture *self, const FocSettings *settings)
{
  test_training_start (self, settings);
  test_training_wait (self);
  test_training_go_on (self, FOC_TRAINING_FINAL);
  g_assert_true (foc_training_has_model (self->training));
  g_string_truncate (self->log, 0);
}

guint
test_training_count_runs (void)
{
  g_autofree char *runs = foc_runs_folder ();

  return g_file_test (runs, G_FILE_TEST_IS_DIR) ? test_folder_count (runs) : 0;
}

void
test_training_assert_said (TrainingFixture *self, const char *expected)
{
  test_assert_log (self->log, expected);
}

void
test_training_assert_message (TrainingFixture *self, const char *part)
{
  g_test_message ("%s", self->message);
  g_assert_cmpstr (self->message, !=, NULL);
  if (strstr (self->message, part) == NULL)
    g_error ("“%s” does not say “%s”", self->message, part);
}

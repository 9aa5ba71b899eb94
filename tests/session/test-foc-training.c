/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-training.h"

#include "foc-run-compare.h"
#include "foc-run-folder.h"
#include "foc-writing.h"
#include "test-folders.h"
#include "test-loop.h"

#include <math.h>

/* The way from a start to the holdout set, and runs that are looked at again. */

/* The grid while it grew: what was there stays, and is what is there in the end. */
typedef struct
{
  TrainingFixture *fixture;
  FocGrid *seen; /* of the last change; or NULL */
  guint n_seen;
} Growth;

static void
on_changed (Growth *growth)
{
  const FocGrid *grid = foc_training_get_grid (growth->fixture->training);
  FocSettings settings = test_training_long ();

  if (grid == NULL)
    return;
  if (growth->seen == NULL)
    growth->seen = foc_grid_new (&settings);
  for (guint i = 0; i < grid->n_learning_rates; i++)
    {
      FocCurve *before = growth->seen->trajectories[i].curve;
      const FocCurve *now = grid->trajectories[i].curve;

      g_assert_cmpuint (now->len, >=, before->len);
      if (before->len > 0)
        g_assert_cmpfloat (foc_curve_get (now, before->len - 1)->training_loss, ==,
                           foc_curve_get (before, before->len - 1)->training_loss);
      growth->n_seen += now->len > before->len;
      g_array_set_size (before, 0);
      g_array_append_vals (before, now->data, now->len);
    }
}

static void
test_start (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();
  const FocRun *reference = test_training_get_long ();
  Growth growth = { .fixture = self };
  const FocRun *run;

  g_assert_null (foc_training_get_run (self->training));
  g_assert_null (foc_training_get_grid (self->training));
  g_signal_connect_swapped (self->training, "changed", G_CALLBACK (on_changed), &growth);
  test_training_start (self, &settings);
  g_assert_null (foc_training_get_run (self->training));
  g_assert_nonnull (foc_training_get_job (self->training));
  g_assert_cmpuint (foc_training_get_steps (self->training), ==, FOC_TRAINING_SEARCH);

  TEST_WAIT (foc_training_get_run (self->training) != NULL);
  g_assert_null (foc_training_get_run (self->training)->grid);
  TEST_WAIT (foc_training_get_searching (self->training));
  g_assert_cmpuint (foc_job_get_stage (foc_training_get_job (self->training)), ==,
                    FOC_STAGE_GRID);
  test_training_wait (self);
  g_assert_false (foc_training_get_searching (self->training));
  g_assert_cmpuint (foc_training_get_steps (self->training), ==, 0);
  test_training_assert_said (self, "working shown done:1");
  g_test_message ("grew %u times", growth.n_seen);
  g_assert_cmpuint (growth.n_seen, >, 4);
  g_clear_pointer (&growth.seen, foc_grid_free);
  g_signal_handlers_disconnect_by_data (self->training, &growth);

  /* As the core: the grid, the best cell, and how sure its model may be. */
  run = foc_training_get_run (self->training);
  g_assert_true (foc_training_get_grid (self->training) == run->grid);
  g_assert_false (run->grid->stopped);
  g_assert_cmpfloat (run->best.accuracy, ==, reference->best.accuracy);
  g_assert_cmpfloat (run->best.loss, ==, reference->best.loss);
  g_assert_cmpfloat (run->certainty.temperature, ==, reference->certainty.temperature);
  g_assert_true (run->validation.measured);
  g_assert_null (run->model_sha256);
  g_assert_false (foc_training_has_model (self->training));
  g_assert_null (foc_training_get_problem (self->training));
  g_assert_cmpuint (test_training_count_runs (), ==, 1);

  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_said (self, "working shown done:2");
  g_assert_true (foc_training_has_model (self->training));
  g_assert_false (foc_training_has_unwritten_model (self->training));
  test_training_assert_same (self, reference);
}

static void
on_stage (FocJob *job, GParamSpec *pspec, gpointer stages)
{
  g_string_append_printf (stages, "%s ", foc_stage_to_string (foc_job_get_stage (job)));
}

static void
on_job (FocTraining *training, GParamSpec *pspec, gpointer stages)
{
  FocJob *job = foc_training_get_job (training);

  if (job != NULL)
    g_signal_connect (job, "notify::stage", G_CALLBACK (on_stage), stages);
}

/* One look, whose result is there; a second one is none. */
static void
test_look (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();
  const FocRun *reference = test_training_get_short ();
  g_autoptr (GString) stages = g_string_new (NULL);
  const FocRun *run;

  g_signal_connect (self->training, "notify::job", G_CALLBACK (on_job), stages);
  test_training_until_final (self, &settings);
  run = foc_training_get_run (self->training);
  g_assert_cmpuint (run->n_looks, ==, 0);
  g_assert_false (run->holdout.measured);

  test_training_go_on (self, FOC_TRAINING_LOOK);
  test_training_assert_said (self, "working shown done:4");
  run = foc_training_get_run (self->training);
  g_assert_cmpuint (run->n_looks, ==, 1);
  g_assert_true (run->holdout.measured);
  g_assert_cmpfloat (run->holdout.accuracy, ==, reference->holdout.accuracy);
  test_training_assert_same (self, reference);
  test_check_finished (run->folder, reference->model_sha256);
  g_assert_nonnull (strstr (stages->str, "holdout "));
  g_signal_handlers_disconnect_by_data (self->training, stages);

  test_training_go_on (self, FOC_TRAINING_LOOK);
  test_training_assert_said (self, "working shown done:4");
  g_assert_cmpuint (foc_training_get_run (self->training)->n_looks, ==, 1);
}

/* All at once. */
static void
test_together (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();

  test_training_start (self, &settings);
  test_training_wait (self);
  test_training_go_on (self,
                       FOC_TRAINING_SEARCH | FOC_TRAINING_FINAL | FOC_TRAINING_LOOK);
  test_training_assert_said (self, "working shown done:1 working shown done:7");
  test_training_assert_same (self, test_training_get_short ());
  g_assert_cmpuint (test_training_count_runs (), ==, 1);
}

/* What is finished is not gone on with: the same again is a new run. */
static void
test_again (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();
  g_autofree char *folder = NULL;

  test_training_until_final (self, &settings);
  folder = g_strdup (foc_training_get_run (self->training)->folder);
  test_training_start (self, &settings);
  test_training_wait (self);
  g_assert_cmpstr (foc_training_get_run (self->training)->folder, ==, folder);
  test_training_go_on (self, FOC_TRAINING_LOOK);
  test_training_start (self, &settings);
  test_training_wait (self);
  g_assert_cmpstr (foc_training_get_run (self->training)->folder, !=, folder);
  g_assert_cmpuint (test_training_count_runs (), ==, 2);
}

static void
test_open (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();
  g_autofree char *folder = NULL;

  test_training_start (self, &settings);
  test_training_wait (self);
  folder = g_strdup (foc_training_get_run (self->training)->folder);
  foc_training_close (self->training);
  g_assert_null (foc_training_get_run (self->training));
  g_assert_null (foc_training_get_grid (self->training));
  test_training_assert_said (self, "working shown done:1 nothing");

  foc_training_open (self->training, folder);
  g_assert_null (foc_training_get_run (self->training));
  test_training_wait (self);
  test_training_assert_said (self, "working shown done:0");
  g_assert_nonnull (foc_training_get_run (self->training)->grid);
  g_assert_cmpstr (foc_training_get_run (self->training)->folder, ==, folder);

  /* It goes on where it was. */
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_said (self, "working shown done:2");
  test_training_assert_same (self, test_training_get_short ());

  /* Opened while another is being opened; one that is none. */
  foc_training_open (self->training, folder);
  foc_training_open (self->training, "/nowhere");
  test_training_wait (self);
  test_training_assert_said (self, "working nothing failed");
  g_assert_null (foc_training_get_run (self->training));
}

/* Opening is not paused, and nothing waits for it afterwards. */
static void
test_open_paused (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();
  g_autofree char *folder = NULL;

  test_training_start (self, &settings);
  test_training_wait (self);
  folder = g_strdup (foc_training_get_run (self->training)->folder);
  foc_training_open (self->training, folder);
  foc_training_set_paused (self->training, TRUE);
  foc_training_stop (self->training);
  test_training_wait (self);
  test_training_assert_said (self, "working shown done:1 working shown done:0");
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_same (self, test_training_get_short ());
}

static void
test_reproduce (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  const FocRun *run;

  test_training_until_final (self, &settings);
  test_training_go_on (self, FOC_TRAINING_LOOK);
  folder = g_strdup (foc_training_get_run (self->training)->folder);
  test_training_assert_said (self, "working shown done:4");

  /* The run that is shown goes meanwhile; a record is not copied, however long it is. */
  run = foc_training_get_run (self->training);
  foc_training_reproduce (self->training, self->catalog, run, 1);
  g_assert_null (foc_training_get_run (self->training));
  g_assert_true (foc_training_get_reference (self->training) == run);
  g_assert_cmpstr (run->folder, ==, folder);
  test_training_wait (self);
  test_training_assert_said (self, "working shown done:3");
  run = foc_training_get_run (self->training);
  g_assert_cmpstr (run->folder, !=, folder);
  g_assert_cmpuint (run->n_looks, ==, 0);
  differences =
    foc_run_compare_results (foc_training_get_reference (self->training), run);
  g_assert_cmpuint (differences->len, ==, 0);

  /* And of what is reproduced by the one that is shown. */
  foc_training_reproduce (self->training, self->catalog,
                          foc_training_get_reference (self->training), 2);
  test_training_wait (self);
  test_training_assert_same (self, foc_training_get_reference (self->training));
  g_assert_cmpuint (test_training_count_runs (), ==, 3);

  foc_training_open (self->training, folder);
  g_assert_null (foc_training_get_reference (self->training));
  test_training_wait (self);
}

/* A run that has come to its search only is reproduced as far. */
static void
test_reproduce_search (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();

  test_training_start (self, &settings);
  test_training_wait (self);
  foc_training_reproduce (self->training, self->catalog,
                          foc_training_get_run (self->training), 2);
  test_training_wait (self);
  test_training_assert_said (self, "working shown done:1 working shown done:1");
  test_training_assert_same (self, foc_training_get_reference (self->training));
  g_assert_cmpuint (test_training_count_runs (), ==, 2);
}

/* Between two steps others may have the folder. */
static void
test_renamed (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();
  g_autoptr (GError) error = NULL;

  test_training_start (self, &settings);
  test_training_wait (self);
  foc_run_rename (foc_training_get_run (self->training)->folder, "My run", &error);
  g_assert_no_error (error);
  test_training_go_on (self, FOC_TRAINING_FINAL);
  g_assert_cmpstr (foc_training_get_run (self->training)->title, ==, "My run");
  foc_run_rename (foc_training_get_run (self->training)->folder, "Yours", &error);
  g_assert_no_error (error);
  test_training_go_on (self, FOC_TRAINING_LOOK);
  g_assert_cmpstr (foc_training_get_run (self->training)->title, ==, "Yours");
  test_training_assert_same (self, test_training_get_short ());
}

/* `n` learning rates, the first of which is far too large; deep and wide, so that not every
 * ReLU dies before the numbers end. */
static FocSettings
make_diverging (guint n)
{
  FocSettings settings = test_training_short ();

  settings.learning_rates[0] = 1000;
  settings.n_learning_rates = n;
  settings.epochs[1] = 4;
  settings.training.n_hidden = 4;
  for (guint i = 0; i < 4; i++)
    settings.training.hidden[i] = 128 / (1 + i / 2);
  g_assert_true (foc_settings_normalise (&settings, NULL));
  return settings;
}

/* One rate too large: the other one goes on. */
static void
test_diverged (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = make_diverging (2);
  const FocGrid *grid;
  FocCell cell;

  test_training_start (self, &settings);
  test_training_wait (self);
  test_training_assert_said (self, "working shown done:1");
  grid = foc_training_get_grid (self->training);
  g_assert_true (grid->trajectories[0].diverged);
  foc_grid_get_cell (grid, 0, grid->n_epochs - 1, &cell);
  g_assert_true (isnan (cell.accuracy));
  g_assert_false (grid->trajectories[1].diverged);
  foc_grid_get_cell (grid, 1, grid->n_epochs - 1, &cell);
  g_assert_true (isfinite (cell.accuracy));
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_said (self, "working shown done:2");
}

static void
test_all_diverged (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = make_diverging (1);
  const FocRun *run;
  g_autofree char *folder = NULL;

  test_training_start (self, &settings);
  test_training_wait (self);
  test_training_assert_said (self, "working shown failed");
  test_training_assert_message (self, "Every cell diverged");
  run = foc_training_get_run (self->training);
  g_assert_true (foc_run_has_diverged (run));
  g_assert_true (foc_training_get_grid (self->training)->trajectories[0].diverged);
  folder = g_strdup (run->folder);

  /* Nothing comes after that, whoever asks for it. */
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_said (self, "working shown failed");
  test_training_assert_message (self, "Every cell diverged");
  g_assert_false (foc_training_has_model (self->training));
  foc_training_open (self->training, folder);
  test_training_wait (self);
  test_training_assert_said (self, "working shown done:0");
  g_assert_true (foc_run_has_diverged (foc_training_get_run (self->training)));
}

/* The model of a run, in a file of the user's choice. */
static void
test_save_model (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();
  g_autofree char *folder = test_folder_new ();
  g_autofree char *path = test_path (folder, "mine.safetensors");
  g_autofree char *nowhere = test_path (folder, "no/folder.safetensors");
  g_autofree char *sha256 = NULL;

  test_training_until_final (self, &settings);
  foc_training_save_model (self->training, path);
  test_assert_writing (TEST_WRITING ("mine.safetensors"));
  TEST_WAIT (self->log->len > 0);
  test_assert_writing (NULL);
  test_training_assert_said (self, "notice");
  test_training_assert_message (self, "mine.safetensors");
  sha256 = test_file_sha256 (path);
  g_assert_cmpstr (sha256, ==, test_training_get_short ()->model_sha256);

  foc_training_save_model (self->training, nowhere);
  TEST_WAIT (self->log->len > 0);
  test_training_assert_said (self, "failed");

  /* It may be done before it is cancelled; it has not failed. */
  foc_training_save_model (self->training, path);
  foc_writing_cancel ();
  g_assert_true (foc_job_wait_for_workers (60000));
  test_loop_run (100);
  g_assert_null (strstr (self->log->str, "failed"));
  test_folder_delete (folder);
}

/* What another version of the program has trained can be looked at the holdout set with, if
 * not be gone on with. */
static void
test_other_version_look (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();
  g_autoptr (GPtrArray) differences = NULL;
  FocRun *run;

  test_training_until_final (self, &settings);
  run = foc_run_load (foc_training_get_run (self->training)->folder, NULL);
  run->program_version[0] = run->arithmetic[0] = 'x';
  g_assert_true (foc_run_save (run, NULL));
  foc_training_open (self->training, run->folder);
  test_training_wait (self);
  g_string_truncate (self->log, 0);
  test_training_go_on (self, FOC_TRAINING_LOOK);
  test_training_assert_said (self, "working shown done:4");
  g_assert_true (foc_training_get_run (self->training)->holdout.measured);
  differences = foc_run_compare_results (test_training_get_short (),
                                         foc_training_get_run (self->training));
  g_assert_cmpuint (differences->len, ==, 0);
  /* Who has trained it stays on record. */
  g_assert_cmpstr (foc_training_get_run (self->training)->arithmetic, ==,
                   run->arithmetic);
  foc_run_unref (run);
}

int
main (int argc, char **argv)
{
  test_training_init (&argc, &argv);

  ADD_TRAINING_TEST ("start", test_start);
  ADD_TRAINING_TEST ("look", test_look);
  ADD_TRAINING_TEST ("other-version-look", test_other_version_look);
  ADD_TRAINING_TEST ("together", test_together);
  ADD_TRAINING_TEST ("again", test_again);
  ADD_TRAINING_TEST ("open", test_open);
  ADD_TRAINING_TEST ("open-paused", test_open_paused);
  ADD_TRAINING_TEST ("reproduce", test_reproduce);
  ADD_TRAINING_TEST ("reproduce-search", test_reproduce_search);
  ADD_TRAINING_TEST ("renamed", test_renamed);
  ADD_TRAINING_TEST ("diverged", test_diverged);
  ADD_TRAINING_TEST ("all-diverged", test_all_diverged);
  ADD_TRAINING_TEST ("save-model", test_save_model);

  return test_training_run ();
}

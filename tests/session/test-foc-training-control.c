/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-training.h"

#include "foc-file.h"
#include "foc-run-folder.h"
#include "foc-run-summary.h"
#include "test-folders.h"
#include "test-loop.h"

#include <errno.h>
#include <math.h>

/* Pause, stop, cancel, and what ends a training from outside. */

/* Longer than whatever is under way when a pause begins. */
#define SETTLE 500 /* milliseconds */

/* Pauses, and waits until nothing is under way any more. */
static void
pause_now (TrainingFixture *self)
{
  foc_training_set_paused (self->training, TRUE);
  g_assert_cmpint (foc_training_get_state (self->training), ==, FOC_TRAINING_PAUSED);
  test_loop_run (SETTLE);
}

/* A search under way, paused; it is far from its end. */
static void
start_and_pause (TrainingFixture *self)
{
  FocSettings settings = test_training_long ();

  test_training_start (self, &settings);
  test_training_wait_to_grow (self);
  pause_now (self);
  test_training_assert_said (self, "working paused");
  g_assert_null (foc_training_get_run (self->training)->grid);
}

static void
test_pause (TrainingFixture *self, gconstpointer data)
{
  guint n_points, n_changed;
  guint64 done;
  FocJob *job;

  start_and_pause (self);
  job = foc_training_get_job (self->training);
  for (guint i = 0; i < 3; i++)
    {
      n_points = test_training_count_points (self);
      n_changed = self->n_changed;
      done = foc_job_get_done (job);
      test_loop_run (1000);
      g_assert_cmpuint (test_training_count_points (self), ==, n_points);
      g_assert_cmpuint (self->n_changed, ==, n_changed);
      g_assert_cmpuint (foc_job_get_done (job), ==, done);

      foc_training_set_paused (self->training, TRUE); /* it is already */
      test_training_assert_said (self, "");
      foc_training_set_paused (self->training, FALSE);
      foc_training_set_paused (self->training, FALSE);
      test_training_wait_to_grow (self);
      test_training_assert_said (self, "working");
      if (i == 2)
        break;
      pause_now (self);
      test_training_assert_said (self, "paused");
    }
  test_training_wait (self);
  test_training_assert_said (self, "shown done:1");
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_same (self, test_training_get_long ());
}

/* The time that was spent in the pause is none in which it was slow. Had it counted, what
 * is left would take at least as many times longer as the pause was longer than the work. */
static void
test_remaining (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();
  gint64 start = g_get_monotonic_time ();
  double before, after, worked;
  FocJob *job;

  test_training_start (self, &settings);
  job = foc_training_get_job (self->training);
  TEST_WAIT (foc_job_get_stage (job) == FOC_STAGE_GRID
             && foc_job_get_remaining (job) > 0);
  foc_training_set_paused (self->training, TRUE);
  worked = (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND;
  before = foc_job_get_remaining (job) + worked;
  test_loop_run (3000);
  g_assert_cmpfloat (foc_job_get_remaining (job), >, 0);

  foc_training_set_paused (self->training, FALSE);
  test_training_wait_to_grow (self);
  after = foc_job_get_remaining (job);
  g_test_message ("%.2f s in all; after the pause %.2f s", before, after);
  g_assert_cmpfloat (after, >, 0);
  g_assert_cmpfloat (after, <, 10 * before);
  foc_training_cancel (self->training);
}

/* With the cells that are there; the rest can be had later. */
static void
test_stop (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();
  const FocRun *run;
  g_autofree char *folder = NULL;
  g_autoptr (FocRunSummary) summary = NULL;

  test_training_start (self, &settings);
  test_training_wait_for_cell (self);
  foc_training_stop (self->training);
  foc_training_stop (self->training);
  foc_training_set_paused (self->training, TRUE);
  test_training_wait (self);
  test_training_assert_said (self, "working stopping shown done:1");
  run = foc_training_get_run (self->training);
  folder = g_strdup (run->folder);
  g_assert_true (run->grid->stopped);
  g_assert_true (foc_training_get_grid (self->training) == run->grid);
  g_assert_true (isfinite (run->best.accuracy));
  g_assert_true (run->validation.measured);
  summary = foc_run_summary_read (folder, NULL);
  g_assert_cmpint (foc_run_summary_get_state (summary), ==, FOC_RUN_STOPPED);

  /* Going on, the grid grows from the beginning; cancelled, it is that of the run. */
  foc_training_go_on (self->training, self->catalog, FOC_TRAINING_SEARCH, 2);
  TEST_WAIT (foc_training_get_searching (self->training));
  g_assert_true (foc_training_get_grid (self->training)
                 != foc_training_get_run (self->training)->grid);
  foc_training_cancel (self->training);
  run = foc_training_get_run (self->training);
  g_assert_true (foc_training_get_grid (self->training) == run->grid);
  g_assert_true (run->grid->stopped);
  test_training_assert_said (self, "working shown");

  test_training_go_on (self, FOC_TRAINING_SEARCH);
  test_training_assert_said (self, "working shown done:1");
  g_assert_false (foc_training_get_run (self->training)->grid->stopped);
  g_assert_cmpstr (foc_training_get_run (self->training)->folder, ==, folder);
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_same (self, test_training_get_long ());
}

/* What cannot be written while it goes on with a run that is wholly on the disk is no loss. */
static void
test_cancel_unwritten (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();

  test_training_start (self, &settings);
  test_training_wait_for_cell (self);
  foc_training_stop (self->training);
  test_training_wait (self);
  g_assert_null (foc_training_get_problem (self->training));

  foc_training_go_on (self->training, self->catalog, FOC_TRAINING_SEARCH, 2);
  TEST_WAIT (foc_training_get_searching (self->training));
  foc_file_set_fault (1, ENOSPC);
  TEST_WAIT (foc_training_get_problem (self->training) != NULL);
  foc_file_set_fault (0, 0);
  g_assert_false (foc_training_is_unsaved (self->training));
  foc_training_cancel (self->training);
  g_assert_null (foc_training_get_problem (self->training));
  g_assert_false (foc_training_is_unsaved (self->training));
}

/* The best of what there was becomes the model. */
static void
test_stop_final (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();

  test_training_start (self, &settings);
  test_training_wait_for_cell (self);
  pause_now (self);
  foc_training_stop (self->training);
  test_training_wait (self);
  test_training_assert_said (self, "working paused stopping shown done:1");
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_go_on (self, FOC_TRAINING_LOOK);
  g_assert_true (foc_run_is_finished (foc_training_get_run (self->training)));
  g_assert_true (foc_training_get_run (self->training)->grid->stopped);
}

/* Before there is a cell there is nothing to keep; the run can be gone on with. */
static void
test_stop_early (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();

  test_training_start (self, &settings);
  foc_training_stop (self->training);
  test_training_wait (self);
  test_training_assert_said (self, "working stopping shown");
  g_assert_null (foc_training_get_run (self->training)->grid);
  test_training_go_on (self, FOC_TRAINING_SEARCH);
  test_training_assert_said (self, "working shown done:1");
  g_assert_false (foc_training_get_run (self->training)->grid->stopped);
}

/* Whatever would come after the search does not begin. */
static void
test_stop_steps (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();

  test_training_start (self, &settings);
  test_training_wait_for_cell (self);
  foc_training_cancel (self->training);
  g_string_truncate (self->log, 0);
  foc_training_go_on (self->training, self->catalog,
                      FOC_TRAINING_SEARCH | FOC_TRAINING_FINAL | FOC_TRAINING_LOOK, 2);
  TEST_WAIT (foc_training_get_searching (self->training));
  foc_training_stop (self->training);
  test_training_wait (self);
  test_training_assert_said (self, "working stopping shown done:1");
  g_assert_false (foc_training_has_model (self->training));
  g_assert_cmpuint (foc_training_get_run (self->training)->n_looks, ==, 0);
}

/* At once, and without a word; the same settings go on with that run. */
static void
test_cancel (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();
  g_autofree char *folder = NULL;
  guint n_points;

  test_training_start (self, &settings);
  test_training_wait_for_cell (self);
  folder = g_strdup (foc_training_get_run (self->training)->folder);
  n_points = test_training_count_points (self);
  foc_training_cancel (self->training);
  test_training_assert_said (self, "working shown");
  g_assert_null (foc_training_get_job (self->training));
  foc_training_cancel (self->training);
  test_loop_run (SETTLE);
  test_training_assert_said (self, "");
  g_assert_cmpuint (test_training_count_points (self), ==, n_points);
  g_assert_cmpstr (foc_training_get_run (self->training)->folder, ==, folder);

  test_training_start (self, &settings);
  test_training_wait (self);
  test_training_assert_said (self, "working notice shown done:1");
  g_assert_cmpstr (foc_training_get_run (self->training)->folder, ==, folder);
  g_assert_cmpuint (test_training_count_runs (), ==, 1);
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_same (self, test_training_get_long ());
}

/* What had grown is not there twice when the run that is shown goes on. */
static void
test_cancel_go_on (TrainingFixture *self, gconstpointer data)
{
  const FocRun *reference = test_training_get_long ();
  FocSettings settings = test_training_long ();

  test_training_start (self, &settings);
  for (guint i = 0; i < 3; i++)
    {
      test_training_wait_for_cell (self);
      test_training_wait_to_grow (self);
      foc_training_cancel (self->training);
      foc_training_go_on (self->training, self->catalog, FOC_TRAINING_SEARCH, 2);
      TEST_WAIT (foc_training_get_searching (self->training));
      for (guint j = 0; j < reference->grid->n_learning_rates; j++)
        {
          const FocCurve *curve =
            foc_training_get_grid (self->training)->trajectories[j].curve;
          const FocCurve *all = reference->grid->trajectories[j].curve;

          g_assert_cmpuint (curve->len, <=, all->len);
          for (guint k = 0; k < curve->len; k++)
            g_assert_cmpfloat (foc_curve_get (curve, k)->training_loss, ==,
                               foc_curve_get (all, k)->training_loss);
        }
    }
  test_training_wait (self);
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_same (self, reference);
}

/* Nobody waits in a pause of which nobody knows any more. */
static void
test_cancel_paused (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();

  start_and_pause (self);
  foc_training_cancel (self->training);
  test_training_assert_said (self, "shown");
  g_assert_true (foc_job_wait_for_workers (60000));

  test_training_start (self, &settings);
  test_training_wait (self);
  test_training_assert_said (self, "working notice shown done:1");
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_same (self, test_training_get_long ());
}

/* The job that was cancelled in a pause does not wait for the next one's. */
static void
test_cancel_paused_twice (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();

  start_and_pause (self);
  for (guint i = 0; i < 20; i++)
    {
      foc_training_cancel (self->training);
      test_training_start (self, &settings);
      foc_training_set_paused (self->training, TRUE);
    }
  g_string_truncate (self->log, 0);
  TEST_WAIT (foc_training_get_searching (self->training));
  test_loop_run (SETTLE);
  g_assert_cmpint (foc_training_get_state (self->training), ==, FOC_TRAINING_PAUSED);
  foc_training_set_paused (self->training, FALSE);
  test_training_wait (self);
  test_training_assert_said (self, "notice working shown done:1");
}

/* Paused where nothing waits any more: it ends, and the next step is not paused. */
static void
test_paused_at_end (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();

  test_training_until_final (self, &settings);
  foc_training_go_on (self->training, self->catalog, FOC_TRAINING_LOOK, 2);
  foc_training_set_paused (self->training, TRUE);
  test_training_wait (self);
  test_training_assert_said (self, "working paused shown done:4");
  settings.training.seed = 7;
  test_training_until_final (self, &settings);
}

/* What is told of the run in a list. */
static void
assert_state (TrainingFixture *self, FocRunState state)
{
  g_autoptr (FocRunSummary) summary =
    foc_run_summary_read (foc_training_get_run (self->training)->folder, NULL);

  g_assert_cmpint (foc_run_summary_get_state (summary), ==, state);
}

/* While the final model is trained. */
static void
test_pause_final (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();
  guint64 done;
  FocJob *job;

  test_training_start (self, &settings);
  test_training_wait (self);
  g_assert_true (foc_job_wait_for_workers (60000));
  assert_state (self, FOC_RUN_SEARCHED);
  foc_training_go_on (self->training, self->catalog, FOC_TRAINING_FINAL, 2);
  foc_training_set_paused (self->training, TRUE);
  job = foc_training_get_job (self->training);
  TEST_WAIT (foc_job_get_stage (job) == FOC_STAGE_FINAL && foc_job_get_done (job) > 0);
  test_loop_run (SETTLE);
  done = foc_job_get_done (job);
  g_assert_cmpuint (done, <, foc_job_get_total (job));
  test_loop_run (1000);
  g_assert_cmpuint (foc_job_get_done (job), ==, done);
  g_assert_cmpstr (foc_training_get_folder_at_work (self->training), ==,
                   foc_training_get_run (self->training)->folder);

  foc_training_cancel (self->training);
  g_assert_false (foc_training_has_model (self->training));
  g_assert_null (foc_training_get_folder_at_work (self->training));
  g_assert_true (foc_job_wait_for_workers (60000));
  assert_state (self, FOC_RUN_FINAL_INTERRUPTED);
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_same (self, test_training_get_long ());
}

/* Another one begins while one works: the first is over, its run stays. */
static void
test_two_in_a_row (TrainingFixture *self, gconstpointer data)
{
  FocSettings first = test_training_long ();
  FocSettings settings = test_training_short ();
  g_autofree char *folder = NULL;

  test_training_start (self, &first);
  test_training_wait_to_grow (self);
  folder = g_strdup (foc_training_get_run (self->training)->folder);
  test_training_start (self, &settings);
  g_assert_null (foc_training_get_run (self->training));
  g_assert_null (foc_training_get_grid (self->training));
  test_training_wait (self);
  test_training_assert_said (self, "working shown done:1");
  g_assert_cmpstr (foc_training_get_run (self->training)->folder, !=, folder);
  g_assert_cmpuint (test_training_count_runs (), ==, 2);

  /* And again, at once, many times. */
  for (guint i = 0; i < 20; i++)
    test_training_start (self, i % 2 == 0 ? &first : &settings);
  test_training_wait (self);
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_same (self, test_training_get_short ());
  g_assert_cmpuint (test_training_count_runs (), ==, 2);
}

/* Closed while it works, the run is soon anybody's. */
static void
test_close (TrainingFixture *self, gconstpointer data)
{
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  start_and_pause (self);
  folder = g_strdup (foc_training_get_run (self->training)->folder);
  foc_training_close (self->training);
  test_training_assert_said (self, "nothing");
  g_assert_null (foc_training_get_run (self->training));
  foc_training_close (self->training);
  g_assert_true (foc_job_wait_for_workers (60000));
  foc_run_delete (folder, &error);
  g_assert_no_error (error);
  test_loop_run (100);
  test_training_assert_said (self, "");
}

static void
test_dispose_working (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();

  test_training_start (self, &settings);
  test_training_wait_to_grow (self);
  g_assert_finalize_object (g_steal_pointer (&self->training));
  g_assert_true (foc_job_wait_for_workers (60000));
}

static void
test_dispose_paused (TrainingFixture *self, gconstpointer data)
{
  start_and_pause (self);
  g_assert_finalize_object (g_steal_pointer (&self->training));
  g_assert_true (foc_job_wait_for_workers (60000));
}

int
main (int argc, char **argv)
{
  test_training_init (&argc, &argv);

  ADD_TRAINING_TEST ("pause", test_pause);
  ADD_TRAINING_TEST ("remaining", test_remaining);
  ADD_TRAINING_TEST ("stop", test_stop);
  ADD_TRAINING_TEST ("cancel-unwritten", test_cancel_unwritten);
  ADD_TRAINING_TEST ("stop-final", test_stop_final);
  ADD_TRAINING_TEST ("stop-early", test_stop_early);
  ADD_TRAINING_TEST ("stop-steps", test_stop_steps);
  ADD_TRAINING_TEST ("cancel", test_cancel);
  ADD_TRAINING_TEST ("cancel-go-on", test_cancel_go_on);
  ADD_TRAINING_TEST ("cancel-paused", test_cancel_paused);
  ADD_TRAINING_TEST ("cancel-paused-twice", test_cancel_paused_twice);
  ADD_TRAINING_TEST ("paused-at-end", test_paused_at_end);
  ADD_TRAINING_TEST ("pause-final", test_pause_final);
  ADD_TRAINING_TEST ("two-in-a-row", test_two_in_a_row);
  ADD_TRAINING_TEST ("close", test_close);
  ADD_TRAINING_TEST ("dispose-working", test_dispose_working);
  ADD_TRAINING_TEST ("dispose-paused", test_dispose_paused);

  return test_training_run ();
}

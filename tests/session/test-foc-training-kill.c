/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-training.h"

#include "foc-run-folder.h"
#include "test-catalog.h"
#include "test-folders.h"
#include "test-loop.h"

#include <signal.h>
#include <stdlib.h>

/* A program that dies in the middle of a search: the next one goes on with its run. */

#define N_KILLS 8

static const char *program;

/* The child: begins, says what it is at, and works until it is killed, or done. */
static void
on_child_changed (FocTraining *training)
{
  const FocGrid *grid = foc_training_get_grid (training);

  for (guint i = 0; grid != NULL && i < grid->n_learning_rates; i++)
    if (grid->trajectories[i].curve->len > 0)
      {
        g_print ("grows\n");
        return;
      }
}

static int
be_child (const char *pictures, const char *cache)
{
  g_autoptr (FocTraining) training = foc_training_new (cache);
  g_autoptr (FocCatalog) catalog = test_catalog_complete (pictures, cache);
  FocSettings settings = test_training_long ();

  g_signal_connect (training, "changed", G_CALLBACK (on_child_changed), NULL);
  foc_training_start (training, catalog, &settings, 2);
  TEST_WAIT (foc_training_get_job (training) == NULL);
  g_print ("done\n");
  return 0;
}

/* The only run that there is. */
static char *
find_run (void)
{
  g_autofree char *runs = foc_runs_folder ();
  g_autoptr (GDir) dir = g_dir_open (runs, 0, NULL);

  g_assert_cmpuint (test_training_count_runs (), ==, 1);
  return test_path (runs, g_dir_read_name (dir));
}

static gboolean
has_checkpoint (void)
{
  g_autofree char *folder = find_run ();
  gboolean found = FALSE;

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *checkpoint = foc_checkpoint_path (folder, i);

      found = found || g_file_test (checkpoint, G_FILE_TEST_EXISTS);
    }
  return found;
}

/* Lets a child work for a while after its grid has begun to grow, or an epoch was kept.
 * FALSE: it was done. */
static gboolean
kill_child (gboolean late, gulong microseconds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--child",
                      test_pictures, test_cache, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, "grows");
  if (late)
    TEST_WAIT (has_checkpoint ());
  g_usleep (microseconds);
  g_subprocess_send_signal (child, SIGKILL);
  g_assert_true (g_subprocess_wait (child, NULL, &error));
  if (g_subprocess_get_if_exited (child))
    g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);

  return g_subprocess_get_if_signaled (child);
}

static void
test_kill (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();
  guint n_kills = 0;
  g_autofree char *folder = NULL;

  /* Each goes on where the one before was killed. */
  while (n_kills < N_KILLS
         && kill_child (n_kills % 2 == 1, (gulong) g_test_rand_int_range (0, 200000)))
    n_kills++;
  g_test_message ("%u kills", n_kills);
  g_assert_cmpuint (n_kills, >=, 2);
  g_assert_true (has_checkpoint ());
  folder = find_run ();

  /* Opened, it is a run that was begun; and nobody works at it. */
  foc_training_open (self->training, folder);
  test_training_wait (self);
  test_training_assert_said (self, "working shown done:0");
  foc_training_close (self->training);
  g_string_truncate (self->log, 0);

  test_training_start (self, &settings);
  test_training_wait (self);
  test_training_assert_said (self, "working notice shown done:1");
  g_assert_cmpstr (foc_training_get_run (self->training)->folder, ==, folder);
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_go_on (self, FOC_TRAINING_LOOK);
  test_training_assert_same (self, test_training_get_long ());
  test_check_finished (folder, test_training_get_long ()->model_sha256);
  g_assert_cmpuint (test_training_count_runs (), ==, 1);
}

/* While another program works at a run, it is not ours. */
static void
test_other_program (TrainingFixture *self, gconstpointer data)
{
  g_autoptr (GSubprocess) child =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, program, "--child",
                      test_pictures, test_cache, NULL);
  g_autoptr (GDataInputStream) output =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  g_autofree char *folder = find_run ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (line, ==, "grows");
  kill (atoi (g_subprocess_get_identifier (child)), SIGSTOP);
  foc_training_open (self->training, folder);
  test_training_wait (self);
  g_string_truncate (self->log, 0);
  test_training_go_on (self, FOC_TRAINING_SEARCH);
  test_training_assert_said (self, "working shown failed");
  test_training_assert_message (self, "in use");
  g_assert_false (foc_run_rename (folder, "Mine", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN);

  g_subprocess_send_signal (child, SIGKILL);
  g_subprocess_wait (child, NULL, NULL);
  test_training_go_on (self, FOC_TRAINING_SEARCH);
  test_training_assert_said (self, "working shown done:1");
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return be_child (argv[2], argv[3]);

  program = argv[0];
  test_training_init (&argc, &argv);

  ADD_TRAINING_TEST ("kill", test_kill);
  ADD_TRAINING_TEST ("other-program", test_other_program);

  return test_training_run ();
}

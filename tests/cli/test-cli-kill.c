/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include "foc-feature-store.h"
#include "foc-run.h"

#include <signal.h>
#include <string.h>

/* SIGKILL at random moments of an experiment, features included. */

#define N_KILLS 50

static const char *const arguments[] = { "experiment", "d",    "--output", "r",
                                         "--epochs",   "3,10", "--json",   NULL };

static void
begin_from_scratch (void)
{
  cli_remove ("r");
  cli_remove ("cache");
}

/* The record is the old one or the new one, and so is the store. */
static void
assert_whole (void)
{
  g_autofree char *run_folder = cli_path ("r");
  g_autofree char *features = cli_path ("cache/face-or-comic/features");
  g_autoptr (GDir) dir = g_dir_open (features, 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FocRun) run = foc_run_load (run_folder, &error);
  const char *name;

  if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_assert_no_error (error);

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.')
      {
        g_autofree char *path = g_build_filename (features, name, NULL);
        g_autoptr (GError) store_error = NULL;
        g_autoptr (FocFeatureStore) store =
          foc_feature_store_open (path, NULL, &store_error);

        g_assert_no_error (store_error);
      }
}

static void
assert_right (const CliResult *result, const char *right_model)
{
  cli_assert_silent (result);
  cli_assert_model (result, right_model);
}

static void
test_kill (void)
{
  g_autofree char *right_model = NULL;
  guint n_kills = 0, n_finished = 0, n_features = 0, n_training = 0;
  gint64 duration;

  cli_demo ("d", 60);
  begin_from_scratch ();
  duration = g_get_monotonic_time ();
  {
    g_autoptr (CliResult) whole = cli_run_argv (NULL, arguments);

    cli_assert_silent (whole);
    right_model = cli_get_string (whole, "model_sha256");
  }
  duration = g_get_monotonic_time () - duration;
  begin_from_scratch ();

  while (n_kills < N_KILLS)
    {
      g_autoptr (GSubprocessLauncher) launcher =
        cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
      g_autoptr (GSubprocess) process = cli_start (launcher, arguments);
      g_autoptr (CliResult) result = NULL;
      gint64 limit = g_get_monotonic_time () + duration;

      /* The features come early, and only where there are none: the first kill waits for
       * them, lest chance leaves them out. */
      if (n_kills == 0)
        while (!cli_exists ("cache") && g_get_monotonic_time () < limit)
          g_usleep (1000);
      else
        g_usleep ((gulong) (g_test_rand_double () * (cli_exists ("cache") ? 1.0 : 0.5)
                            * (double) duration));
      g_subprocess_send_signal (process, SIGKILL);
      result = cli_wait (process, NULL);

      if (result->status == 128 + SIGKILL)
        {
          n_kills++;
          n_features += !cli_exists ("r/run.json");
          n_training += cli_count_files ("r", "checkpoint") > 0;
          assert_whole ();
          /* So that every stage is met often. */
          if (n_kills % 10 == 0)
            begin_from_scratch ();
        }
      else
        {
          assert_right (result, right_model);
          begin_from_scratch ();
          n_finished++;
        }
    }
  g_test_message ("%u kills: %u before the record, %u in training; finished %u times",
                  n_kills, n_features, n_training, n_finished);
  g_assert_cmpuint (n_features, >, 0);
  g_assert_cmpuint (n_training, >, 0);

  /* As one leaves them that is killed while it writes: rare where no disk is waited for. */
  begin_from_scratch ();
  cli_write ("r/.model.safetensors.foc-A1b2C3", "half", 4);
  cli_write ("cache/face-or-comic/features/.0.focf.foc-A1b2C3", "half", 4);
  {
    g_autoptr (CliResult) last = cli_run_argv (NULL, arguments);

    assert_right (last, right_model);
  }
  g_assert_cmpuint (cli_count_files ("r", ""), ==, 2);
  g_assert_cmpuint (cli_count_files ("cache", ""), ==, 1);
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);

  g_test_add_func ("/cli/kill", test_kill);

  return cli_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include "foc-run.h"

#include <signal.h>
#include <string.h>

/* SIGINT and SIGTERM: the program stops at once, keeps what is finished, and goes on
 * from there to the same bits. */

static char *epochs; /* enough of them to come in between */

static GSubprocessLauncher *
new_launcher (void)
{
  return cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
}

static gint64
send (GSubprocess *process, int number)
{
  gint64 start = g_get_monotonic_time ();

  g_subprocess_send_signal (process, number);
  return start;
}

static void
assert_stopped (GSubprocess *process, int number, gint64 start, const char *message)
{
  g_autoptr (CliResult) result = cli_wait (process, NULL);

  g_assert_cmpint (g_get_monotonic_time () - start, <,
                   cli_slowness () * G_TIME_SPAN_SECOND);
  g_assert_true (g_subprocess_get_if_exited (process));
  cli_assert_fails (result, 128 + number, message);
}

static void
test_experiment (gconstpointer data)
{
  int number = GPOINTER_TO_INT (data);
  const char *const arguments[] = { "experiment", "d",    "--output", "r",
                                    "--epochs",   epochs, "--json",   NULL };
  const char *const undisturbed[] = { "experiment", "d",    "--output", "s",
                                      "--epochs",   epochs, "--json",   NULL };
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (CliResult) resumed = NULL;
  g_autoptr (CliResult) whole = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *folder = cli_path ("r");

  process = cli_start (launcher, arguments);
  cli_wait_for ("r/checkpoint-0.safetensors");
  assert_stopped (process, number, send (process, number),
                  "Stopped. The same command goes on from here.");
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (FocRun) run = foc_run_load (folder, &error);

    g_assert_no_error (error);
    g_assert_false (foc_run_is_finished (run));
    g_assert_null (run->grid);
  }
  g_assert_true (cli_exists ("r/checkpoint-0.safetensors"));
  g_assert_cmpuint (cli_count_files ("r", ".foc-"), ==, 0);

  resumed = cli_run_argv (NULL, arguments);
  whole = cli_run_argv (NULL, undisturbed);
  cli_assert_silent (resumed);
  cli_assert_silent (whole);
  node = cli_json (resumed);
  g_assert_true (json_object_get_boolean_member (json_node_get_object (node), "resumed"));
  cli_assert_same_model (resumed, whole);
  cli_remove ("r");
  cli_remove ("s");
}

static void
test_train (void)
{
  const char *const arguments[] = {
    "train", "d", "--learning-rate", "0.01", "--epochs", epochs, "-o", "m", "--json", NULL
  };
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();
  g_autoptr (GSubprocess) process = cli_start (launcher, arguments);
  g_autoptr (CliResult) resumed = NULL;
  g_autoptr (CliResult) whole = NULL;

  cli_wait_for ("m.checkpoint");
  assert_stopped (process, SIGINT, send (process, SIGINT),
                  "Stopped. The same command goes on from here.");
  g_assert_true (cli_exists ("m.checkpoint"));
  g_assert_false (cli_exists ("m"));

  resumed = cli_run_argv (NULL, arguments);
  cli_remove ("m");
  g_assert_false (cli_exists ("m.checkpoint"));
  whole = cli_run_argv (NULL, arguments);
  cli_assert_silent (resumed);
  cli_assert_silent (whole);
  cli_assert_same_model (resumed, whole);
}

/* What was drawn goes, so that the same command works again. */
static void
test_demo (void)
{
  const char *const arguments[] = { "demo", "e", "--per-class", "100000", NULL };
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();
  g_autoptr (GSubprocess) process = cli_start (launcher, arguments);

  cli_wait_for ("e/faces/1.jpg");
  assert_stopped (process, SIGTERM, send (process, SIGTERM),
                  "Stopped. What was drawn is removed again.");
  g_assert_false (cli_exists ("e"));
}

static void
ignore_interrupt (gpointer data)
{
  signal (SIGINT, SIG_IGN);
}

/* A job in the background of a shell ignores the keyboard. */
static void
test_ignored (void)
{
  const char *const arguments[] = { "experiment", "d",    "--output", "r",
                                    "--epochs",   epochs, "--json",   NULL };
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();
  g_autoptr (GSubprocess) process = NULL;

  g_subprocess_launcher_set_child_setup (launcher, ignore_interrupt, NULL, NULL);
  process = cli_start (launcher, arguments);
  cli_wait_for ("r/checkpoint-0.safetensors");
  send (process, SIGINT);
  g_usleep (50 * 1000);
  assert_stopped (process, SIGTERM, send (process, SIGTERM), "Stopped.");
  cli_remove ("r");
}

int
main (int argc, char *argv[])
{
  int status;

  cli_test_init (&argc, &argv);
  epochs = g_strdup (cli_slowness () > 1 ? "60" : "200");
  cli_demo ("d", 12);

  g_test_add_data_func ("/cli/signals/interrupt", GINT_TO_POINTER (SIGINT),
                        test_experiment);
  g_test_add_data_func ("/cli/signals/terminate", GINT_TO_POINTER (SIGTERM),
                        test_experiment);
  g_test_add_func ("/cli/signals/train", test_train);
  g_test_add_func ("/cli/signals/demo", test_demo);
  g_test_add_func ("/cli/signals/ignored", test_ignored);

  status = cli_test_run ();
  g_free (epochs);
  return status;
}

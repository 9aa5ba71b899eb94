/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include <errno.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Progress on a terminal, on one that can do little, and elsewhere. */

/* It would take long: all of these stop it when they have seen enough. */
static const char *const arguments[] = { "experiment", "d",        "--output",
                                         "r",          "--epochs", "10000",
                                         "--hidden",   "none",     NULL };

/* Runs on a pseudo terminal until `wanted` appears on it; returns all that was. */
static char *
run_on_terminal (const char *term, unsigned short columns, const char *wanted)
{
  struct winsize size = { .ws_row = 24, .ws_col = columns };
  g_autoptr (GSubprocessLauncher) launcher =
    cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  GString *text = g_string_new (NULL);
  gboolean stopped = FALSE;
  int terminal, program;
  char buffer[1000];

  g_assert_no_errno (openpty (&terminal, &program, NULL, NULL, &size));
  g_subprocess_launcher_setenv (launcher, "TERM", term, TRUE);
  g_subprocess_launcher_take_stderr_fd (launcher, program);
  process = cli_start (launcher, arguments);
  g_subprocess_launcher_close (launcher);

  while (TRUE)
    {
      ssize_t got = read (terminal, buffer, sizeof buffer);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0) /* nobody has it open any more */
        break;
      g_string_append_len (text, buffer, got);
      if (!stopped && strstr (text->str, wanted) != NULL)
        {
          g_subprocess_send_signal (process, SIGINT);
          stopped = TRUE;
        }
    }
  close (terminal);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  if (!stopped)
    g_test_message ("%s", text->str);
  g_assert_true (stopped);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  cli_remove ("r");

  return g_string_free (text, FALSE);
}

static void
test_terminal (void)
{
  g_autofree char *text = run_on_terminal ("xterm", 80, " left");
  const char *bar = strstr (text, "\r\033[K[");

  /* One line that is drawn over and over, and gone before anything else is said. */
  g_assert_nonnull (bar);
  g_assert_true (g_regex_match_simple (
    "\\[#*\\.+\\] Grid search: \\d+ %, \\d+ (s|min|h) left", text, 0, 0));
  g_assert_true (g_str_has_suffix (
    text, "\r\033[Kface-or-comic-cli: Stopped. The same command goes on from here.\r\n"));
  g_assert_true (strchr (text, '\n') == text + strlen (text) - 1);
}

static void
test_narrow_terminal (void)
{
  g_autofree char *text = run_on_terminal ("xterm", 40, " left");

  g_assert_nonnull (strstr (text, "\r\033[KGrid search: "));
  g_assert_null (strstr (text, "#"));
}

static void
test_dumb_terminal (void)
{
  g_autofree char *text = run_on_terminal ("dumb", 80, " left\r\n");

  g_assert_null (strchr (text, '\033'));
  g_assert_null (strchr (text, '#'));
}

static void
test_no_terminal (void)
{
  g_autoptr (GSubprocessLauncher) launcher =
    cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = cli_start (launcher, arguments);
  g_autoptr (GDataInputStream) lines =
    g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));
  g_autofree char *line = NULL;
  g_autofree char *last = NULL;

  line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_assert_nonnull (line);
  g_subprocess_send_signal (process, SIGINT);
  g_assert_true (
    g_regex_match_simple ("^Grid search: \\d+ %, \\d+ (s|min|h) left$", line, 0, 0));
  last = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_assert_cmpstr (last, ==,
                   "face-or-comic-cli: Stopped. The same command goes on from here.");
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  cli_remove ("r");
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);
  cli_demo ("d", 12);

  g_test_add_func ("/cli/progress/terminal", test_terminal);
  g_test_add_func ("/cli/progress/narrow-terminal", test_narrow_terminal);
  g_test_add_func ("/cli/progress/dumb-terminal", test_dumb_terminal);
  g_test_add_func ("/cli/progress/no-terminal", test_no_terminal);

  return cli_test_run ();
}

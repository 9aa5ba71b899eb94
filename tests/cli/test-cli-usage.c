/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const char *const commands[] = { "demo",   "scan",     "experiment",
                                        "train",  "evaluate", "explain",
                                        "export", "classify", "plot" };

static void
test_help (void)
{
  g_autoptr (CliResult) general = cli_run ("--help", NULL);
  g_autoptr (CliResult) version = cli_run ("--version", NULL);

  cli_assert_silent (general);
  cli_assert_silent (version);
  g_assert_true (g_str_has_prefix (version->out, "face-or-comic-cli "));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CliResult) result = cli_run (commands[i], "--help", NULL);
      g_autofree char *usage =
        g_strdup_printf ("face-or-comic-cli %s [OPTION…]", commands[i]);

      cli_assert_silent (result);
      g_assert_nonnull (strstr (general->out, commands[i]));
      g_assert_nonnull (strstr (result->out, usage));
      if (g_str_equal (commands[i], "classify"))
        g_assert_nonnull (strstr (result->out, "classify [OPTION…] PATH…\n"));
      if (i > 0 && i < 7)
        g_assert_nonnull (strstr (result->out, "--json"));
    }
}

static void
test_wrong (void)
{
  /* What is given, with what standard error must say. */
  static const struct
  {
    const char *arguments;
    const char *message;
  } rows[] = {
    { "", "A command is missing" },
    { "fly", "“fly”" },
    { "--json", "“--json”" },
    { "demo", "DIR is missing." },
    { "demo a b", "“b” is one argument too many" },
    { "demo a --per-class 0", "--per-class is “0”" },
    { "demo a --per-class 5x", "--per-class is “5x”" },
    { "demo a --size 15", "from 16 to 4096" },
    { "demo a --size 4097", "from 16 to 4096" },
    { "demo a --seed -1", "--seed is “-1”" },
    { "demo a --jobs 0", "--jobs is “0”" },
    { "scan", "DATASET is missing." },
    { "scan d d", "“d” is one argument too many" },
    { "scan d --bogus", "--bogus" },
    { "scan d --list --json", "--list and --json" },
    { "experiment d --jobs 0", "from 1 to 64" },
    { "experiment d --jobs 65", "from 1 to 64" },
    { "experiment d --jobs 1.5", "--jobs is “1.5”" },
    { "experiment d --jobs", "--jobs" },
    { "experiment d --shares 0,0,1", "--shares is “0”" },
    { "experiment d --shares 50,50", "must be 3 numbers" },
    { "experiment d --shares 50,20,30,1", "must be 3 numbers" },
    { "experiment d --shares 50,20,", "--shares is “”" },
    { "experiment d --split odd", "paper, stratified" },
    { "experiment d --split-seed x", "--split-seed is “x”" },
    { "experiment d --hidden 8193", "--hidden is “8193”" },
    { "experiment d --hidden 0", "--hidden is “0”" },
    { "experiment d --hidden 1,2,3,4,5", "up to 4" },
    { "experiment d --hidden=", "--hidden is “”" },
    { "experiment d --epochs 0", "--epochs is “0”" },
    { "experiment d --epochs 10001", "--epochs is “10001”" },
    { "experiment d --epochs 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17", "up to 16" },
    { "experiment d --learning-rates nan", "learning rate" },
    { "experiment d --learning-rates inf", "learning rate" },
    { "experiment d --learning-rates -1", "learning rate" },
    { "experiment d --learning-rates 0", "learning rate" },
    { "experiment d --learning-rates 0,01", "learning rate" },
    { "experiment d --learning-rates=", "--learning-rates is “”" },
    { "experiment d --learning-rates 0.1x", "“0.1x”" },
    { "experiment d --optimizer none", "sgd, momentum, adam" },
    { "experiment d --momentum 1", "momentum" },
    { "experiment d --preset best", "paper, recommended" },
    { "experiment d --batch-size 0", "--batch-size is “0”" },
    { "experiment d --batch-size 8193", "--batch-size is “8193”" },
    { "experiment d --seed -1", "--seed is “-1”" },
    { "experiment d --seed 9223372036854775808", "--seed is" },
    { "train d --epochs 1 -o m", "--learning-rate, --epochs and --output" },
    { "train d --learning-rate 0.1 -o m", "--learning-rate, --epochs and --output" },
    { "train d --learning-rate 0.1 --epochs 1",
      "--learning-rate, --epochs and --output" },
    { "train d --learning-rate 0.1,0.2 --epochs 1 -o m", "One learning rate" },
    { "train d --learning-rate 0.1 --epochs 1,2 -o m", "One learning rate" },
    { "train d --learning-rate nan --epochs 1 -o m", "learning rate" },
    { "train d --learning-rate 0.1 --epochs 1 -o d", "“d” is a folder" },
    { "evaluate", "MODEL is missing." },
    { "evaluate m", "DATASET is missing." },
    { "evaluate m d x", "“x” is one argument too many" },
    { "evaluate m d --split some", "“some”" },
    { "evaluate m d --learning-rate 1", "--learning-rate" },
    { "classify --threshold 1.1 d/faces/0.jpg", "--threshold is “1.1”" },
    { "classify --threshold auto d/faces/0.jpg", "--threshold is “auto”" },
    { "train d --learning-rate 0.1 --epochs 1 -o m --threshold automatic",
      "--threshold is “automatic”" },
    { "experiment d --threshold -0.1", "--threshold is “-0.1”" },
    { "classify --model m", "PATH is missing." },
    { "classify --model m x --format xml", "“xml”" },
    { "classify --model m x --jobs 0", "--jobs is “0”" },
    { "explain --model m", "IMAGE is missing." },
    { "explain --model m x y", "“y” is one argument too many" },
    { "explain --model m x --shares", "--shares is for --json" },
    { "explain --model m d/faces/0.jpg -o x.jpg", "must end in .png, .svg or .pdf" },
    { "explain --model m d/faces/0.jpg -o .png", "must end in .png, .svg or .pdf" },
    { "export", "MODEL is missing." },
    { "export m m2 --format onnx -o x", "“m2” is one argument too many" },
    { "export m -o x", "--format and --output are needed" },
    { "export m --format onnx", "--format and --output are needed" },
    { "export m --format pickle -o x", "“pickle”" },
    { "export m --format onnx -o d", "“d” is a folder" },
  };

  cli_demo ("d", 12);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) arguments = g_strsplit (rows[i].arguments, " ", -1);
      g_autoptr (CliResult) result = cli_run_argv (NULL, (const char *const *) arguments);

      g_test_message ("%s", rows[i].arguments);
      cli_assert_fails (result, 2, rows[i].message);
    }

  /* What is wrong in the options was said before anything was done. */
  g_assert_false (cli_exists ("cache"));
  g_assert_false (cli_exists ("data"));
  g_assert_false (cli_exists ("a"));
  cli_remove ("d");
}

/* The message of wrong usage is one line whatever the argument looks like. */
static void
test_hostile_argument (void)
{
  const char *const unknown[] = { "a\n\033[2Jb", NULL };
  const char *const extra[] = { "scan", "x", "\xff\n", NULL };
  const char *const option[] = { "scan", "--\xff", NULL };
  g_autoptr (CliResult) first = cli_run_argv (NULL, unknown);
  g_autoptr (CliResult) second = cli_run_argv (NULL, extra);
  g_autoptr (CliResult) third = cli_run_argv (NULL, option);

  cli_assert_fails (first, 2, "“a\\u000a\\u001b[2Jb”");
  cli_assert_fails (second, 2, "one argument too many");
  cli_assert_fails (third, 2, "option");
}

static GSubprocessLauncher *
launcher_to (const char *device)
{
  GSubprocessLauncher *launcher = cli_launcher (G_SUBPROCESS_FLAGS_STDERR_PIPE);

  g_subprocess_launcher_set_stdout_file_path (launcher, device);
  return launcher;
}

/* Every kind of result; "--help" ends the program within GLib. */
static void
test_full_output (void)
{
  static const char *const rows[] = {
    "--help",
    "--version",
    "scan --help",
    "scan d",
    "scan d --json",
    "scan d --list",
    "experiment d --output r",
    "experiment d --output r --json",
    "evaluate r d",
    "classify -m r d",
    "classify -m r d --format csv",
    "classify -m r d --format json",
  };

  if (g_access ("/dev/full", W_OK) != 0)
    {
      g_test_skip ("there is no /dev/full here");
      return;
    }

  cli_demo ("d", 12);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) arguments = g_strsplit (rows[i], " ", -1);
      g_autoptr (GSubprocessLauncher) launcher = launcher_to ("/dev/full");
      g_autoptr (CliResult) result =
        cli_run_argv (launcher, (const char *const *) arguments);

      g_test_message ("%s", rows[i]);
      cli_assert_fails (result, 1,
                        "The result could not be written: No space left on device.");
    }
  cli_remove ("d");
  cli_remove ("r");
}

static void
close_output (gpointer data)
{
  close (STDOUT_FILENO);
}

/* The first file that is opened must not take the place of standard output, and then
 * get what is printed. */
static void
test_closed_output (void)
{
  const char *const arguments[] = { "experiment", "d", "--output", "r", NULL };
  const char *const demo[] = { "demo", "e", "--per-class", "2", "--size", "16", NULL };
  g_autoptr (GSubprocessLauncher) launcher = launcher_to ("/dev/null");
  g_autoptr (CliResult) closed = NULL;
  g_autoptr (CliResult) drawn = NULL;
  g_autoptr (CliResult) open = NULL;
  g_autoptr (CliResult) fresh = NULL;

  cli_demo ("d", 12);
  g_subprocess_launcher_set_child_setup (launcher, close_output, NULL, NULL);
  closed = cli_run_argv (launcher, arguments);
  cli_assert_fails (closed, 1, "The result could not be written: Bad file descriptor.");

  drawn = cli_run_argv (launcher, demo);
  cli_assert_fails (drawn, 1, "The result could not be written: Bad file descriptor.");
  g_assert_true (cli_exists ("e/faces/1.jpg"));

  open = cli_run ("experiment", "d", "--output", "r", "--json", NULL);
  fresh = cli_run ("experiment", "d", "--output", "s", "--fresh", "--json", NULL);
  cli_assert_silent (open);
  cli_assert_silent (fresh);
  cli_assert_same_model (open, fresh);
  cli_remove ("d");
  cli_remove ("e");
  cli_remove ("r");
  cli_remove ("s");
}

static void
ignore_pipe (gpointer data)
{
  signal (SIGPIPE, SIG_IGN);
}

/* Somebody reads the first lines and goes: the usual end by SIGPIPE, or an error
 * where that is ignored. */
static void
test_broken_pipe (void)
{
  const char *const arguments[] = { "scan", "d", "--list", NULL };

  cli_demo ("d", 12);
  for (guint ignored = 0; ignored < 2; ignored++)
    {
      g_autoptr (GSubprocessLauncher) launcher =
        cli_launcher (G_SUBPROCESS_FLAGS_STDERR_PIPE);
      g_autoptr (CliResult) result = NULL;
      int ends[2];

      g_assert_no_errno (pipe2 (ends, O_CLOEXEC));
      close (ends[0]);
      g_subprocess_launcher_take_stdout_fd (launcher, ends[1]);
      if (ignored)
        g_subprocess_launcher_set_child_setup (launcher, ignore_pipe, NULL, NULL);
      result = cli_run_argv (launcher, arguments);

      if (ignored)
        cli_assert_fails (result, 1, "Broken pipe");
      else
        {
          g_assert_cmpint (result->status, ==, 128 + SIGPIPE);
          g_assert_cmpstr (result->err, ==, "");
        }
    }
  cli_remove ("d");
}

/* Numbers have a point, whatever the locale says, in and out. */
static void
test_decimal_comma (void)
{
  const char *const arguments[] = { "experiment",       "d",    "--output", "r",
                                    "--learning-rates", "0.01", "--json",   NULL };
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (CliResult) result = NULL;
  g_autoptr (JsonNode) root = NULL;

  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("the locale de_DE.UTF-8 is not installed");
      return;
    }
  setlocale (LC_NUMERIC, "C");

  cli_demo ("d", 12);
  launcher =
    cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "de_DE.UTF-8", TRUE);
  result = cli_run_argv (launcher, arguments);
  cli_assert_silent (result);
  root = cli_json (result);
  g_assert_cmpfloat (
    json_object_get_double_member (
      json_object_get_object_member (json_node_get_object (root), "best"),
      "learning_rate"),
    ==, 0.01);
  cli_remove ("d");
  cli_remove ("r");
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);

  g_test_add_func ("/cli/usage/help", test_help);
  g_test_add_func ("/cli/usage/wrong", test_wrong);
  g_test_add_func ("/cli/usage/hostile-argument", test_hostile_argument);
  g_test_add_func ("/cli/usage/full-output", test_full_output);
  g_test_add_func ("/cli/usage/closed-output", test_closed_output);
  g_test_add_func ("/cli/usage/broken-pipe", test_broken_pipe);
  g_test_add_func ("/cli/usage/decimal-comma", test_decimal_comma);

  return cli_test_run ();
}

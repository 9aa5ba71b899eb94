/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* What is said beside the result, and texts of any data and in any locale. */

static void
assert_warns (const CliResult *result, const char *sentence)
{
  cli_assert_ok (result);
  if (strstr (result->err, sentence) == NULL)
    g_test_message ("standard error: %s", result->err);
  g_assert_nonnull (strstr (result->err, sentence));
  g_assert_true (strchr (result->err, '\n') == result->err + strlen (result->err) - 1);
}

static void
test_idle_options (void)
{
  g_autoptr (CliResult) momentum = cli_run ("experiment", "d", "-o", "r", "--momentum",
                                            "0.5", "--optimizer", "adam", NULL);
  g_autoptr (CliResult) seed = cli_run ("scan", "d", "--split-seed", "3", NULL);
  g_autoptr (CliResult) used =
    cli_run ("scan", "d", "--split-seed", "3", "--split", "stratified", NULL);

  assert_warns (momentum, "--momentum has no effect with the optimiser “adam”.");
  assert_warns (seed, "--split-seed has no effect with the split “paper”.");
  cli_assert_silent (used);
  cli_remove ("r");
}

static void
move (const char *from, const char *to)
{
  g_autofree char *source = cli_path (from), *target = cli_path (to);
  g_autofree char *parent = g_path_get_dirname (target);

  g_assert_no_errno (g_mkdir_with_parents (parent, 0755));
  g_assert_no_errno (g_rename (source, target));
}

static void
assert_split_folders (const char *data_set, const char *line, const char *folders)
{
  g_autoptr (CliResult) text = cli_run ("scan", data_set, NULL);
  g_autoptr (CliResult) json = cli_run ("scan", data_set, "--json", NULL);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  JsonArray *array;

  cli_assert_silent (text);
  cli_assert_silent (json);
  g_assert_nonnull (strstr (text->out, line));
  root = cli_json (json);
  array = json_object_get_array_member (
    json_object_get_object_member (json_node_get_object (root), "dataset"),
    "split_folders");
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (found, "%s ", json_array_get_string_element (array, i));
  g_assert_cmpstr (found->str, ==, folders);
}

static void
test_split_folders (void)
{
  g_autoptr (CliResult) idle = NULL;
  g_autoptr (CliResult) partly = NULL;

  assert_split_folders ("d", "Split: ", "");
  cli_demo ("e", 12);
  move ("e", "parts/Train");
  assert_split_folders (
    "parts", "Validation and holdout are cut from the folder Train.\n", "train ");
  cli_demo ("e", 2);
  move ("e", "parts/test");
  assert_split_folders (
    "parts",
    "The folders Train and test decide the split; validation is cut from train.\n",
    "train holdout ");
  partly = cli_run ("scan", "parts", "--shares", "2,1,1", NULL);
  cli_assert_silent (partly);
  cli_demo ("e", 2);
  move ("e", "parts/val");
  assert_split_folders ("parts", "The folders Train, val and test decide the split.\n",
                        "train validation holdout ");
  idle = cli_run ("scan", "parts", "--shares", "2,1,1", NULL);
  assert_warns (idle, "The options for the split have no effect");
  cli_remove ("parts");
}

static void
test_class_like_part (void)
{
  g_autoptr (CliResult) result = NULL;

  cli_demo ("e", 2);
  move ("e/comics", "e/train");
  result = cli_run ("scan", "e", NULL);
  assert_warns (result, "“train” is taken as a class; ");
  cli_remove ("e");
}

static void
test_finished (void)
{
  static const char sentence[] =
    "\nThis run was finished before; these are its results.\n";
  g_autoptr (CliResult) first = cli_run ("experiment", "d", "-o", "r", NULL);
  g_autoptr (CliResult) second = cli_run ("experiment", "d", "-o", "r", NULL);

  cli_assert_silent (first);
  cli_assert_silent (second);
  g_assert_null (strstr (first->out, sentence));
  g_assert_nonnull (strstr (second->out, sentence));
  cli_remove ("r");
}

/* Losses beyond the columns, classes beyond the terminal. */
static void
test_wide_tables (void)
{
  const char *const names[] = { "d/comics/0.jpg", "d/faces/0.jpg" };
  g_autofree char *long_name = g_strnfill (100, 'n');
  g_autoptr (CliResult) grid = NULL;
  g_autoptr (CliResult) many = NULL;
  g_autoptr (CliResult) named = NULL;

  grid = cli_run ("experiment", "d", "-o", "r", "--learning-rates", "30,0.01", "--epochs",
                  "1", NULL);
  cli_assert_silent (grid);
  g_assert_false (g_regex_match_simple ("\\d{4,}\\.\\d{3}\n", grid->out, 0, 0));
  cli_remove ("r");

  for (guint c = 0; c < 21; c++)
    for (guint i = 0; i < 10; i++)
      {
        g_autofree char *name = g_strdup_printf ("many/class %u/%u.jpg", c, i);

        cli_copy (names[c % 2], name);
      }
  many = cli_run ("experiment", "many", "-o", "r", NULL);
  cli_assert_silent (many);
  g_assert_nonnull (strstr (many->out, "\nThe confusion matrix of 21 classes is in the "
                                       "JSON document (--json).\n"));
  cli_remove ("r");
  cli_remove ("many");

  cli_demo ("e", 12);
  {
    g_autofree char *to = g_build_filename ("e", long_name, NULL);

    move ("e/comics", to);
  }
  named = cli_run ("experiment", "e", "-o", "r", NULL);
  cli_assert_silent (named);
  g_assert_nonnull (strstr (named->out, "  nnnnnnnnn…nnnnnnnnnn  "));
  cli_remove ("r");
  cli_remove ("e");
}

static void
test_long_name (void)
{
  g_autofree char *name = g_strnfill (1000, 'x');
  g_autoptr (CliResult) result = cli_run ("scan", "d", name, NULL);

  cli_assert_fails (result, 2, "xxx…xxx");
  g_assert_cmpuint (strlen (result->err), <, 400);
}

/* Outside UTF-8 texts are ASCII, and names are what they are. */
static void
test_ascii (void)
{
  const char *const wrong[] = { "scan", "d", "\xc3\xa4", NULL };
  const char *const help[] = { "classify", "--help", NULL };
  const char *const classify[] = { "classify", "-m", "r",
                                   "odd/\xc3\xa4 \xe2\x80\x9cq\xe2\x80\x9d.jpg", NULL };
  g_autoptr (GSubprocessLauncher) launcher =
    cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (CliResult) made = cli_run ("experiment", "d", "-o", "r", NULL);
  g_autoptr (CliResult) usage = NULL;
  g_autoptr (CliResult) text = NULL;
  g_autoptr (CliResult) named = NULL;

  cli_assert_silent (made);
  cli_copy ("d/faces/0.jpg", classify[3]);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  usage = cli_run_argv (launcher, wrong);
  g_assert_cmpint (usage->status, ==, 2);
  g_assert_cmpstr (usage->err, ==,
                   "face-or-comic-cli: \"\xc3\xa4\" is one argument too many.\n"
                   "Try \"face-or-comic-cli scan --help\".\n");
  text = cli_run_argv (launcher, help);
  cli_assert_silent (text);
  g_assert_nonnull (strstr (text->out, "PATH..."));
  g_assert_null (strstr (text->out, "?"));
  named = cli_run_argv (launcher, classify);
  cli_assert_silent (named);
  g_assert_true (g_str_has_prefix (named->out, classify[3]));
  cli_remove ("r");
  cli_remove ("odd");
}

/* Nothing is kept while pictures are still read. */
static void
test_stopped_early (void)
{
  const char *const arguments[] = { "experiment", "big",    "-o", "r", "--cache",
                                    "c",          "--jobs", "1",  NULL };
  g_autofree char *from = cli_path ("e/faces/0.jpg");
  g_autoptr (GSubprocessLauncher) launcher =
    cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (CliResult) drawn =
    cli_run ("demo", "e", "--per-class", "1", "--size", "2048", NULL);
  g_autoptr (CliResult) result = NULL;

  cli_assert_ok (drawn);
  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *name = g_strdup_printf ("big/%u/%u.jpg", i % 2, i);

      cli_write (name, "", 0);
      cli_remove (name);
      {
        g_autofree char *to = cli_path (name);

        g_assert_no_errno (link (from, to));
      }
    }
  process = cli_start (launcher, arguments);
  cli_wait_for ("c/features");
  g_subprocess_send_signal (process, SIGTERM);
  result = cli_wait (process, NULL);
  cli_assert_fails (result, 128 + SIGTERM, "face-or-comic-cli: Stopped.\n");
  g_assert_false (cli_exists ("r"));
  cli_remove ("e");
  cli_remove ("big");
  cli_remove ("c");
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);
  cli_demo ("d", 12);

  g_test_add_func ("/cli/messages/idle-options", test_idle_options);
  g_test_add_func ("/cli/messages/split-folders", test_split_folders);
  g_test_add_func ("/cli/messages/class-like-part", test_class_like_part);
  g_test_add_func ("/cli/messages/finished", test_finished);
  g_test_add_func ("/cli/messages/wide-tables", test_wide_tables);
  g_test_add_func ("/cli/messages/long-name", test_long_name);
  g_test_add_func ("/cli/messages/ascii", test_ascii);
  g_test_add_func ("/cli/messages/stopped-early", test_stopped_early);

  return cli_test_run ();
}

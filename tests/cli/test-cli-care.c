/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include <string.h>
#include <unistd.h>

/* What the program does not do to the user's files, and what it says before it does
 * something else than meant. */

static const char *const train[] = { "train", "d",        "--learning-rate",
                                     "0.01",  "--epochs", "1",
                                     "-o",    NULL };

static CliResult *
train_to (const char *output)
{
  return cli_run (train[0], train[1], train[2], train[3], train[4], train[5], train[6],
                  output, NULL);
}

static void
assert_kept (const char *name)
{
  g_autofree guint8 *data = NULL;
  gsize length;

  cli_read (name, &data, &length);
  g_assert_cmpmem (data, length, "precious", 8);
}

/* A model is written over a model, and over nothing else: nor is the checkpoint, nor
 * does a link lead around that. */
static void
test_foreign_files (void)
{
  g_autoptr (CliResult) photo = NULL;
  g_autoptr (CliResult) link = NULL;
  g_autoptr (CliResult) checkpoint = NULL;
  g_autoptr (CliResult) first = NULL;
  g_autoptr (CliResult) again = NULL;
  g_autofree char *link_path = cli_path ("link");

  cli_demo ("d", 12);
  cli_write ("photo.jpg", "precious", 8);
  cli_write ("m.checkpoint", "precious", 8);
  g_assert_no_errno (symlink ("photo.jpg", link_path));

  photo = train_to ("photo.jpg");
  cli_assert_fails (photo, 1, "“photo.jpg” exists and is no model");
  link = train_to ("link");
  cli_assert_fails (link, 1, "“link” exists and is no model");
  checkpoint = train_to ("m");
  cli_assert_fails (checkpoint, 1, "“m.checkpoint” exists and is no checkpoint");
  g_assert_false (cli_exists ("m"));
  assert_kept ("photo.jpg");
  assert_kept ("m.checkpoint");

  cli_remove ("m.checkpoint");
  first = train_to ("m");
  cli_assert_silent (first);
  g_assert_nonnull (strstr (first->out, "\nModel: m\n"));
  again = train_to ("m");
  cli_assert_silent (again);
  cli_remove ("d");
}

/* Options that do nothing, and folders that look like a split. */
static void
test_hints (void)
{
  g_autoptr (CliResult) momentum = NULL;
  g_autoptr (CliResult) stray = NULL;
  g_autoptr (CliResult) split = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *folders;

  cli_demo ("d", 12);
  momentum = cli_run ("experiment", "d", "--momentum", "0.5", "--output", "r", NULL);
  cli_assert_ok (momentum);
  g_assert_nonnull (strstr (momentum->err, "--momentum has no effect"));

  cli_copy ("d/faces/1.jpg", "s/train/a.jpg");
  cli_copy ("d/faces/2.jpg", "s/valX/a.jpg");
  stray = cli_run ("scan", "s", NULL);
  cli_assert_ok (stray);
  g_assert_nonnull (strstr (stray->err, "“train” is taken as a class"));

  cli_copy ("d/faces/1.jpg", "t/train/faces/1.jpg");
  cli_copy ("d/comics/1.jpg", "t/train/comics/1.jpg");
  cli_copy ("d/faces/2.jpg", "t/test/faces/2.jpg");
  split = cli_run ("scan", "t", "--json", NULL);
  cli_assert_silent (split);
  node = cli_json (split);
  folders = json_object_get_array_member (
    json_object_get_object_member (json_node_get_object (node), "dataset"),
    "split_folders");
  g_assert_cmpuint (json_array_get_length (folders), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (folders, 0), ==, "train");
  g_assert_cmpstr (json_array_get_string_element (folders, 1), ==, "holdout");
  cli_remove ("d");
  cli_remove ("r");
  cli_remove ("s");
  cli_remove ("t");
}

/* Names as "find -print0" writes them. */
static void
test_zero_bytes (void)
{
  static const char names[] = "d/faces/1.jpg\0d/comics/2.jpg\0d/faces/3.jpg";
  const char *const arguments[] = { "classify", "--model", "m", "--format",
                                    "json",     "-",       NULL };
  g_autoptr (GSubprocessLauncher) launcher =
    cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autofree char *path = cli_path ("names");
  g_autoptr (CliResult) model = NULL;
  g_autoptr (CliResult) result = NULL;
  g_autoptr (JsonNode) node = NULL;

  cli_demo ("d", 12);
  cli_remove ("m");
  model = train_to ("m");
  cli_assert_silent (model);

  cli_write ("names", names, sizeof names);
  g_subprocess_launcher_set_stdin_file_path (launcher, path);
  result = cli_run_argv (launcher, arguments);
  cli_assert_silent (result);
  node = cli_json (result);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 3);
  cli_remove ("d");
  cli_remove ("m");
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);

  g_test_add_func ("/cli/care/foreign-files", test_foreign_files);
  g_test_add_func ("/cli/care/hints", test_hints);
  g_test_add_func ("/cli/care/zero-bytes", test_zero_bytes);

  return cli_test_run ();
}

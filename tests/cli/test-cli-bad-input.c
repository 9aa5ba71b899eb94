/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"
#include "test-encoders.h"
#include "test-pictures.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Data sets and pictures that are none: one sentence, the right status. */

static void
assert_refused (const char *data_set, const char *sentence)
{
  static const char *const commands[] = { "scan", "experiment" };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CliResult) result = cli_run (commands[i], data_set, NULL);

      cli_assert_fails (result, 1, sentence);
    }
  g_assert_false (cli_exists ("data")); /* no run was begun */
}

static void
test_no_data_set (void)
{
  g_autofree char *empty = cli_path ("void");

  assert_refused ("gone", "“gone” cannot be opened as a data set: No such file");
  assert_refused ("", "“” cannot be opened as a data set: No such file");
  cli_write ("file", "x", 1);
  assert_refused ("file", "“file” cannot be opened as a data set: Not a directory");
  g_assert_no_errno (g_mkdir (empty, 0755));
  assert_refused ("void", "void” is no data set: none of its folders holds a picture");
  cli_write ("none/a/notes.txt", "x", 1);
  cli_write ("none/b/.hidden.jpg", "x", 1);
  assert_refused ("none", "none” is no data set: none of its folders holds a picture");
  cli_write ("flat/0.jpg", "x", 1);
  assert_refused ("flat", "flat” is no data set");
  cli_write ("one/a/0.jpg", "x", 1);
  cli_write ("one/b/notes.txt", "x", 1);
  assert_refused ("one", "one” has pictures of only one class, “a”");
  cli_write ("parts/train/a/0.jpg", "x", 1);
  cli_write ("parts/test/a/0.jpg", "x", 1);
  assert_refused ("parts", "only one class");
}

static void
test_unreadable_folder (void)
{
  g_autofree char *closed = cli_path ("closed");

  if (geteuid () == 0)
    {
      g_test_skip ("root may read everything");
      return;
    }
  cli_write ("closed/a/0.jpg", "x", 1);
  g_assert_no_errno (g_chmod (closed, 0));
  assert_refused ("closed", "“closed” cannot be opened as a data set: Permission denied");
  g_assert_no_errno (g_chmod (closed, 0755));
}

/* Nine pictures are too few for an experiment, not for a look. */
static void
test_nine_pictures (void)
{
  g_autoptr (CliResult) scanned = NULL;
  g_autoptr (CliResult) refused = NULL;
  g_autoptr (CliResult) trained = NULL;
  g_autoptr (CliResult) accepted = NULL;

  cli_demo ("d", 10);
  cli_remove ("d/faces/9.jpg");
  cli_write ("d/nobody/notes.txt", "x", 1);
  scanned = cli_run ("scan", "d", NULL);
  cli_assert_silent (scanned);
  g_assert_nonnull (strstr (scanned->out, "  faces: 9\n"));
  g_assert_nonnull (strstr (scanned->out, "Ignored: 1 class folder without pictures\n"));

  refused = cli_run ("experiment", "d", NULL);
  cli_assert_fails (refused, 1, "The class “faces” has 9 pictures");
  g_assert_false (cli_exists ("data"));
  trained =
    cli_run ("train", "d", "--learning-rate", "0.1", "--epochs", "1", "-o", "m", NULL);
  cli_assert_fails (trained, 1, "The class “faces” has 9 pictures");

  /* One that cannot be read does not count. */
  cli_write ("d/faces/9.jpg", "x", 1);
  g_clear_pointer (&refused, cli_result_free);
  refused = cli_run ("experiment", "d", NULL);
  cli_assert_fails (refused, 1, "The class “faces” has 9 pictures");
  cli_copy ("d/faces/0.jpg", "d/faces/9.jpg");
  accepted = cli_run ("experiment", "d", "--output", "r", NULL);
  cli_assert_silent (accepted);
  cli_remove ("d");
  cli_remove ("r");
}

static void
write_odd_pictures (void)
{
  static const guint8 line[3 * 3] = { 0 };
  g_autoptr (GdkPixbuf) pixbuf = test_picture_new (64, 64, FALSE);
  g_autoptr (GdkPixbuf) dot = test_picture_new (1, 1, FALSE);
  GBytes *jpeg = test_jpeg (pixbuf, TEST_JPEG_COLOUR, FALSE, 0, FALSE);
  gsize length;
  const guint8 *data = g_bytes_get_data (jpeg, &length);

  cli_write ("d/faces/empty.jpg", "", 0);
  cli_write ("d/faces/text.jpg", "Dear reader", 11);
  cli_write ("d/faces/cut.jpg", data, length / 2);
  cli_write ("d/faces/head.jpg", data, 2);
  g_bytes_unref (jpeg);
  cli_write_bytes ("d/faces/huge.png",
                   test_png (60000, 60000, 8, 2, line, sizeof line, NULL));
  /* These two can be read. */
  cli_write_bytes ("d/faces/dot.jpg", test_jpeg (dot, TEST_JPEG_COLOUR, FALSE, 0, FALSE));
  if (test_can_load ("gif"))
    cli_write_bytes ("d/faces/moving.gif", test_gif (20, 20, 3));
}

static const char *
find_reason (JsonArray *unreadable, const char *file)
{
  for (guint i = 0; i < json_array_get_length (unreadable); i++)
    {
      JsonObject *object = json_array_get_object_element (unreadable, i);

      if (g_str_equal (json_object_get_string_member (object, "file"), file))
        return json_object_get_string_member (object, "reason");
    }

  return NULL;
}

/* Listed with their reasons, left out, and everything goes on. */
static void
test_odd_pictures (void)
{
  static const struct
  {
    const char *file;
    const char *reason;
  } rows[] = {
    { "faces/empty.jpg", "the file is empty" },
    { "faces/text.jpg", "it is no picture in a format that can be read here" },
    { "faces/cut.jpg", "the file ends too early" },
    { "faces/head.jpg", "it is no picture in a format that can be read here" },
    { "faces/huge.png", "the picture or its file is too large" },
    { "faces/\xef\xbf\xbd.jpg", "the file is empty" },
  };
  g_autoptr (CliResult) scanned = NULL;
  g_autoptr (CliResult) listed = NULL;
  g_autoptr (CliResult) experiment = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *exact = NULL;
  JsonArray *unreadable;
  JsonObject *dataset;

  cli_demo ("d", 12);
  write_odd_pictures ();
  cli_write ("d/faces/\xff.jpg", "", 0);
  scanned = cli_run ("scan", "d", "--json", NULL);
  cli_assert_silent (scanned);
  root = cli_json (scanned);
  dataset = json_object_get_object_member (json_node_get_object (root), "dataset");
  unreadable = json_object_get_array_member (dataset, "unreadable");
  g_assert_cmpuint (json_array_get_length (unreadable), ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (find_reason (unreadable, rows[i].file), ==, rows[i].reason);

  /* The exact uri of a name that is not UTF-8, from the root of the disk on. */
  exact = cli_path ("d/faces/%FF.jpg");
  g_assert_nonnull (strstr (scanned->out, exact));

  listed = cli_run ("scan", "d", "--list", NULL);
  cli_assert_silent (listed);
  g_assert_nonnull (
    strstr (listed->out, "/d/faces/%FF.jpg,faces,,the file is empty\r\n"));
  experiment = cli_run ("experiment", "d", "--output", "r", NULL);
  cli_assert_silent (experiment);
  g_assert_nonnull (
    strstr (experiment->out, "6 pictures cannot be read and are left out:\n"));

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *path = g_strconcat ("d/", rows[i].file, NULL);
      g_autoptr (CliResult) result = cli_run ("classify", "-m", "r", path, NULL);

      cli_assert_fails (result, 1, rows[i].reason);
    }
  {
    g_autoptr (CliResult) good = cli_run ("classify", "-m", "r", "d/faces/dot.jpg", NULL);
    g_autoptr (CliResult) gif =
      test_can_load ("gif") ? cli_run ("classify", "-m", "r", "d/faces/moving.gif", NULL)
                            : NULL;

    cli_assert_silent (good);
    if (gif != NULL)
      cli_assert_silent (gif);
  }
  cli_remove ("d");
  cli_remove ("r");
}

/* Where features cannot be kept it works without, and says so. */
static void
test_no_cache (void)
{
  const char *const arguments[] = { "experiment", "d",      "--output", "r",
                                    "--fresh",    "--json", NULL };
  g_autoptr (GSubprocessLauncher) launcher =
    cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autofree char *file = cli_path ("file");
  g_autoptr (CliResult) normal = NULL;
  g_autoptr (CliResult) below = NULL;
  g_autoptr (CliResult) named = NULL;

  cli_demo ("d", 12);
  cli_write ("file", "x", 1);
  normal = cli_run_argv (NULL, arguments);
  g_subprocess_launcher_setenv (launcher, "XDG_CACHE_HOME", file, TRUE);
  below = cli_run_argv (launcher, arguments);
  named =
    cli_run ("experiment", "d", "--output", "s", "--cache", "file/x", "--json", NULL);

  cli_assert_silent (normal);
  cli_assert_ok (below);
  cli_assert_ok (named);
  g_assert_true (g_str_has_suffix (
    below->err, "/file/face-or-comic/features” could not be created: Not a directory. "
                "The features will be computed again next time.\n"));
  g_assert_true (g_str_has_suffix (
    named->err, "“file/x/features” could not be created: Not a directory. The features "
                "will be computed again next time.\n"));
  cli_assert_same_model (normal, below);
  cli_assert_same_model (normal, named);
  cli_remove ("d");
  cli_remove ("r");
  cli_remove ("s");
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);

  g_test_add_func ("/cli/bad-input/no-data-set", test_no_data_set);
  g_test_add_func ("/cli/bad-input/unreadable-folder", test_unreadable_folder);
  g_test_add_func ("/cli/bad-input/nine-pictures", test_nine_pictures);
  g_test_add_func ("/cli/bad-input/odd-pictures", test_odd_pictures);
  g_test_add_func ("/cli/bad-input/no-cache", test_no_cache);

  return cli_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include <string.h>
#include <unistd.h>

/* What "train" writes, and what it does not write over. */

#define TRAIN "train", "d", "--learning-rate", "0.01", "--epochs", "1", "-o"

static void
assert_untouched (const char *output, const char *file, const char *sentence)
{
  static const char *const fresh[] = { "--json", "--fresh" };
  g_autofree guint8 *before = NULL;
  gsize length;

  cli_read (file, &before, &length);
  for (guint i = 0; i < G_N_ELEMENTS (fresh); i++)
    {
      g_autoptr (CliResult) result = cli_run (TRAIN, output, fresh[i], NULL);
      g_autofree guint8 *after = NULL;
      gsize length_after;

      cli_assert_fails (result, 1, sentence);
      cli_read (file, &after, &length_after);
      g_assert_cmpmem (before, length, after, length_after);
    }
  g_assert_false (cli_exists ("cache")); /* nothing was begun */
}

static void
test_foreign_file (void)
{
  static const char foreign[] = "\2\0\0\0\0\0\0\0{}"; /* safetensors of somebody's */
  g_autofree char *link = cli_path ("link");

  cli_copy ("d/faces/0.jpg", "photo.jpg");
  assert_untouched ("photo.jpg", "photo.jpg", "“photo.jpg” exists and is no model");
  g_assert_no_errno (symlink ("photo.jpg", link));
  assert_untouched ("link", "photo.jpg", "“link” exists and is no model");
  cli_write ("foreign", foreign, sizeof foreign - 1);
  assert_untouched ("foreign", "foreign", "“foreign” exists and is no model");
  cli_copy ("d/faces/0.jpg", "m.checkpoint");
  assert_untouched ("m", "m.checkpoint", "“m.checkpoint” exists and is no checkpoint");
  g_assert_false (cli_exists ("m"));
  cli_remove ("m.checkpoint");
}

/* A model gives way to another one; a model is no checkpoint. */
static void
test_own_file (void)
{
  g_autoptr (CliResult) text = cli_run (TRAIN, "m", NULL);
  g_autoptr (CliResult) again = NULL;
  g_autoptr (CliResult) other = NULL;
  g_autoptr (CliResult) refused = NULL;

  cli_assert_silent (text);
  g_assert_true (g_str_has_suffix (text->out, "\nModel: m\n"));
  again = cli_run (TRAIN, "m", "--json", NULL);
  cli_assert_silent (again);
  other = cli_run (TRAIN, "m", "--json", "--seed", "2", NULL);
  cli_assert_silent (other);
  g_assert_cmpstr (again->out, !=, other->out);

  cli_copy ("m", "n.checkpoint");
  refused = cli_run (TRAIN, "n", NULL);
  cli_assert_fails (refused, 1, "“n.checkpoint” exists and is no checkpoint");
}

/* The peak is that of the program, not of the process that has started it. */
static void
test_peak_memory (void)
{
  const gsize size = 512 * 1024 * 1024;
  char *large = g_malloc (size);
  g_autoptr (CliResult) result = NULL;
  g_autoptr (JsonNode) root = NULL;
  gint64 peak;

  memset (large, 1, size);
  result = cli_run (TRAIN, "m", "--json", NULL);
  g_free (large);
  cli_assert_silent (result);
  root = cli_json (result);
  peak = json_object_get_int_member (json_node_get_object (root), "peak_rss_bytes");
  g_assert_cmpint (peak, >, 1 << 20);
  g_assert_cmpint (peak, <, (gint64) size);
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);
  cli_demo ("d", 12);

  g_test_add_func ("/cli/train/foreign-file", test_foreign_file);
  g_test_add_func ("/cli/train/own-file", test_own_file);
  g_test_add_func ("/cli/train/peak-memory", test_peak_memory);

  return cli_test_run ();
}

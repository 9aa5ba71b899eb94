/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"
#include "test-mounts.h"

#include <locale.h>
#include <string.h>
#include <sys/mount.h>

/* "plot" where there is nothing to show or nowhere to write: one sentence, and no file.
 * "r" is a run on "d". Nearly all of it needs no drawing, so that every checker sees it. */

static gboolean has_namespace;

static const char *const kinds[] = { "loss", "accuracy", "roc", "confusion",
                                     "calibration" };

/* "s/run.json" is that of "r" without these members. */
static void
write_stopped (const char *const *without)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree guint8 *data = NULL;
  g_autofree char *text = NULL;
  gsize length;

  cli_read ("r/run.json", &data, &length);
  json_parser_load_from_data (parser, (const char *) data, (gssize) length, NULL);
  for (guint i = 0; without[i] != NULL; i++)
    json_object_remove_member (json_node_get_object (json_parser_get_root (parser)),
                               without[i]);
  text = json_to_string (json_parser_get_root (parser), FALSE);
  cli_write ("s/run.json", text, strlen (text));
}

static void
assert_plots (const char *run, const char *kind, const char *split)
{
  g_autoptr (CliResult) result =
    cli_run ("plot", run, "-k", kind, "-o", "p.csv", split, NULL);

  cli_assert_silent (result);
  g_assert_true (cli_exists ("p.csv"));
  cli_remove ("p.csv");
}

static void
assert_refused (const char *run,
                const char *kind,
                const char *split,
                const char *sentence)
{
  static const char *const files[] = { "p.csv", "p.png" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (CliResult) result =
        cli_run ("plot", run, "-k", kind, "-o", files[i], split, NULL);

      cli_assert_fails (result, 1, sentence);
      g_assert_false (cli_exists (files[i]));
    }
}

/* Stopped before the holdout set, before anything was measured of the best cell, and
 * before the grid was complete; and a look without a result. */
static void
test_stopped (void)
{
  static const char *const unsealed[] = { "holdout", NULL };
  static const char *const grid[] = { "holdout", "final", "certainty", "validation",
                                      NULL };
  static const char *const nothing[] = { "holdout",    "final",        "certainty",
                                         "validation", "trajectories", NULL };
  static const char looked[] = "\"holdout\":{\"looks\":1},\"created\"";
  g_autofree guint8 *data = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *text = NULL;
  gsize length;

  write_stopped (unsealed);
  for (guint k = 0; k < 2; k++)
    assert_plots ("s", kinds[k], NULL);
  for (guint k = 2; k < 5; k++)
    {
      assert_plots ("s", kinds[k], NULL);
      assert_plots ("s", kinds[k], "--split=validation");
      assert_refused ("s", kinds[k], "--split=holdout",
                      "The run in “s” has no result of its holdout set yet.");
    }

  cli_read ("s/run.json", &data, &length);
  parts = g_strsplit ((const char *) data, "\"created\"", 2);
  text = g_strjoinv (looked, parts);
  cli_write ("s/run.json", text, strlen (text));
  assert_plots ("s", "roc", NULL);
  assert_refused ("s", "roc", "--split=holdout", "no result of its holdout set yet.");

  write_stopped (grid);
  assert_plots ("s", "loss", NULL);
  for (guint k = 2; k < 5; k++)
    assert_refused ("s", kinds[k], NULL,
                    "The run in “s” has no result of its validation set yet.");

  write_stopped (nothing);
  for (guint k = 0; k < 2; k++)
    assert_refused ("s", kinds[k], NULL,
                    "The grid search of the run in “s” is not complete yet.");
  assert_refused ("s", "roc", NULL, "no result of its validation set yet.");
  cli_remove ("s");
}

/* A folder, its record, its model, a copy of the model of a run of the user's; nothing
 * else, and not what happens to lie in the current folder. */
static void
test_run (void)
{
  assert_plots ("r", "loss", NULL);
  assert_plots ("r/", "loss", NULL);
  assert_plots ("r/run.json", "loss", NULL);
  assert_plots ("r/model.safetensors", "loss", NULL);

  cli_copy ("r/model.safetensors", "copy.safetensors");
  assert_refused ("copy.safetensors", "loss", NULL,
                  "“copy.safetensors” is neither a run nor the model of one.");
  cli_copy ("r/run.json", "data/face-or-comic/runs/1/run.json");
  cli_copy ("r/model.safetensors", "data/face-or-comic/runs/1/model.safetensors");
  assert_plots ("copy.safetensors", "loss", NULL);
  cli_remove ("data");

  cli_copy ("r/run.json", "run.json");
  assert_plots (".", "loss", NULL);
  assert_plots ("run.json", "loss", NULL);
  assert_refused ("gone", "loss", NULL,
                  "“gone/run.json” could not be read: No such file");
  assert_refused ("d", "loss", NULL, "“d/run.json” could not be read: No such file");
  assert_refused ("d/faces/0.jpg", "loss", NULL, "“d/faces/0.jpg” is neither a run nor");
  assert_refused ("/dev/null", "loss", NULL, "“/dev/null/run.json” could not be read");

  cli_write ("run.json", "{}", 2);
  assert_refused (".", "loss", NULL, "“./run.json” cannot be used: ");
  cli_remove ("run.json");
}

static void
test_usage (void)
{
  static const struct
  {
    const char *arguments, *message;
  } rows[] = {
    { "plot", "RUN is missing." },
    { "plot r", "--output is needed" },
    { "plot r x -o p.png", "“x” is one argument too many" },
    { "plot r -o p.png -k losses", "There is no kind “losses”." },
    { "plot r -o p.png -k", "-k" },
    { "plot r -o p.png -k roc --split train", "There is no part “train”." },
    { "plot r -o p.png -k roc --split Holdout", "There is no part “Holdout”." },
    { "plot r -o p.png --split holdout", "--split is for “roc”, “confusion” and" },
    { "plot r -o p.png -k accuracy --log", "--log is for “loss”." },
    { "plot r -o p.jpg", "“p.jpg” must end in .png, .svg, .pdf or .csv." },
    { "plot r -o png", "“png” must end in .png" },
    { "plot r -o .png", "“.png” must end in .png" },
    { "plot r -o d/.csv", "“d/.csv” must end in .png" },
    { "plot r -o d.png/", "“d.png/” must end in .png" },
    { "plot r -o folder.png", "“folder.png” is a folder, but must be a file." },
  };

  cli_write ("folder.png/x", "", 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) arguments = g_strsplit (rows[i].arguments, " ", -1);
      g_autoptr (CliResult) result = cli_run_argv (NULL, (const char *const *) arguments);

      g_test_message ("%s", rows[i].arguments);
      cli_assert_fails (result, 2, rows[i].message);
    }
  g_assert_false (cli_exists ("p.png"));
}

static void
test_existing (void)
{
  g_autoptr (CliResult) refused = NULL;
  g_autoptr (CliResult) replaced = NULL;
  g_autoptr (CliResult) failed = NULL;
  g_autofree guint8 *before = NULL;
  g_autofree guint8 *after = NULL;
  gsize length;

  cli_write ("x.csv", "mine", 4);
  refused = cli_run ("plot", "r", "-o", "x.csv", NULL);
  cli_assert_fails (refused, 1, "“x.csv” exists; it is only replaced with --replace.");
  failed = cli_run ("plot", "gone", "-o", "x.csv", "--replace", NULL);
  cli_assert_fails (failed, 1, "“gone/run.json”");
  cli_read ("x.csv", &before, &length);
  g_assert_cmpmem (before, length, "mine", 4);

  replaced = cli_run ("plot", "r", "-o", "x.csv", "--replace", NULL);
  cli_assert_silent (replaced);
  cli_read ("x.csv", &after, &length);
  g_assert_cmpuint (length, >, 100);
  cli_remove ("x.csv");
}

static void
assert_unwritten (const char *run, const char *file, const char *reason)
{
  g_autofree char *sentence =
    g_strdup_printf ("“%s” could not be written: %s.", file, reason);
  g_autoptr (CliResult) result = cli_run ("plot", run, "-o", file, "--replace", NULL);

  cli_assert_fails (result, 1, sentence);
}

static void
test_no_folder (void)
{
  assert_unwritten ("r", "no/x.csv", "No such file or directory");
  assert_unwritten ("r", "r/run.json/x.csv", "Not a directory");
  g_assert_false (cli_exists ("no"));
}

/* A full disk, with a file that is there and stays whole; and a read-only one. */
static void
test_disks (void)
{
  g_autofree char *path = cli_path ("disk");
  g_autofree guint8 *filling = g_malloc0 (12 * 1024);
  g_autofree guint8 *whole = NULL;
  gsize length;

  if (!has_namespace)
    {
      g_test_skip ("no file system can be mounted here");
      return;
    }

  /* Pages of 4 kB: two of the three for the plots are taken. */
  g_assert_no_errno (g_mkdir_with_parents (path, 0755));
  g_assert_no_errno (mount ("tmpfs", path, "tmpfs", 0, "size=16k"));
  cli_write ("disk/filling", filling, 12 * 1024);
  cli_write ("disk/old.csv", "old", 3);
  assert_unwritten ("r", "disk/old.csv", "No space left on device");
  assert_unwritten ("r", "disk/new.csv", "No space left on device");
#ifndef __SANITIZE_THREAD__
  assert_unwritten ("r", "disk/new.png", "No space left on device");
  assert_unwritten ("r", "disk/new.svg", "No space left on device");
  assert_unwritten ("r", "disk/new.pdf", "No space left on device");
#endif
  g_assert_cmpuint (cli_count_files ("disk", ""), ==, 2);
  cli_read ("disk/old.csv", &whole, &length);
  g_assert_cmpmem (whole, length, "old", 3);
  g_assert_no_errno (umount (path));

  g_assert_no_errno (mount ("tmpfs", path, "tmpfs", MS_RDONLY, "size=64k"));
  assert_unwritten ("r", "disk/new.csv", "Read-only file system");
  g_assert_cmpuint (cli_count_files ("disk", ""), ==, 0);
  g_assert_no_errno (umount (path));
}

/* The same bytes where the locale has a decimal comma. */
static void
test_decimal_comma (void)
{
  const char *arguments[] = { "plot", "r",         "-k",        NULL,
                              "-o",   "comma.csv", "--replace", NULL };

  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("the locale de_DE.UTF-8 is not installed");
      return;
    }
  setlocale (LC_NUMERIC, "C");

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GSubprocessLauncher) launcher =
        cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
      g_autoptr (CliResult) comma = NULL;
      g_autoptr (CliResult) point = NULL;
      g_autofree guint8 *with_comma = NULL;
      g_autofree guint8 *with_point = NULL;
      gsize length_comma, length_point;

      g_subprocess_launcher_setenv (launcher, "LC_ALL", "de_DE.UTF-8", TRUE);
      arguments[3] = kinds[k];
      comma = cli_run_argv (launcher, arguments);
      point = cli_run ("plot", "r", "-k", kinds[k], "-o", "point.csv", "--replace", NULL);
      cli_assert_silent (comma);
      cli_assert_silent (point);
      cli_read ("comma.csv", &with_comma, &length_comma);
      cli_read ("point.csv", &with_point, &length_point);
      g_assert_cmpmem (with_comma, length_comma, with_point, length_point);
    }
}

int
main (int argc, char *argv[])
{
  has_namespace = test_unshare_mounts ();
  cli_test_init (&argc, &argv);
  cli_demo ("d", 12);
  {
    g_autoptr (CliResult) result =
      cli_run ("experiment", "d", "--output", "r", "--epochs", "20", NULL);

    cli_assert_silent (result);
  }

  g_test_add_func ("/cli/plot-bad/stopped", test_stopped);
  g_test_add_func ("/cli/plot-bad/run", test_run);
  g_test_add_func ("/cli/plot-bad/usage", test_usage);
  g_test_add_func ("/cli/plot-bad/existing", test_existing);
  g_test_add_func ("/cli/plot-bad/no-folder", test_no_folder);
  g_test_add_func ("/cli/plot-bad/disks", test_disks);
  g_test_add_func ("/cli/plot-bad/decimal-comma", test_decimal_comma);

  return cli_test_run ();
}

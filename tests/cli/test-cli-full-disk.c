/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"
#include "test-mounts.h"

#include <sys/mount.h>
#include <sys/resource.h>

/* A full disk at each thing that is written: one sentence, status 1, nothing left half
 * written, and with more space the same command ends with the same model. The disk is
 * a small tmpfs in a mount namespace of this process. */

#define SETTINGS "--learning-rates", "0.01", "--epochs", "1", "--json"

static gboolean has_namespace;
static char *right_model; /* SHA-256 */
static gsize model_bytes;

/* A disk of that size at the folder "disk"; FALSE skips the test. */
static gboolean
mount_disk (gsize bytes)
{
  g_autofree char *path = cli_path ("disk");
  g_autofree char *size = g_strdup_printf ("size=%" G_GSIZE_FORMAT, bytes);

  if (!cli_exists ("disk"))
    g_assert_no_errno (g_mkdir_with_parents (path, 0755));
  if (has_namespace && mount ("tmpfs", path, "tmpfs", 0, size) == 0)
    return TRUE;

  g_test_skip ("no file system can be mounted here");
  return FALSE;
}

static void
enlarge_disk (void)
{
  g_autofree char *path = cli_path ("disk");

  g_assert_no_errno (mount ("tmpfs", path, "tmpfs", MS_REMOUNT, "size=64m"));
}

static void
unmount_disk (void)
{
  g_autofree char *path = cli_path ("disk");

  g_assert_no_errno (umount (path));
}

static void
assert_right (const CliResult *result)
{
  cli_assert_silent (result);
  cli_assert_model (result, right_model);
}

/* Fails with the name of the file in `what`, and succeeds with more space. */
static void
check_experiment (const char *what)
{
  g_autofree char *sentence =
    g_strdup_printf ("%s” could not be written: No space left on device.\n", what);
  g_autoptr (CliResult) full = NULL;
  g_autoptr (CliResult) enough = NULL;

  full = cli_run ("experiment", "d", "--output", "disk/r", SETTINGS, NULL);
  cli_assert_fails (full, 1, sentence);
  g_assert_cmpuint (cli_count_files ("disk", ".foc-"), ==, 0);

  enlarge_disk ();
  enough = cli_run ("experiment", "d", "--output", "disk/r", SETTINGS, NULL);
  assert_right (enough);
  g_assert_cmpuint (cli_count_files ("disk/r", ""), ==, 2);
  unmount_disk ();
}

static void
test_record (void)
{
  g_autofree guint8 *filling = g_malloc0 (16 * 1024);

  if (!mount_disk (16 * 1024))
    return;
  cli_write ("disk/filling", filling, 16 * 1024);
  check_experiment ("disk/r/run.json");
}

static void
test_checkpoint (void)
{
  if (mount_disk (100 * 1024))
    check_experiment ("disk/r/checkpoint-0.safetensors");
}

/* Room for both checkpoints and the best cell, not for the model. */
static void
test_model (void)
{
  if (mount_disk (3 * model_bytes + model_bytes / 2))
    check_experiment ("disk/r/model.safetensors");
}

static void
test_trained_model (void)
{
  g_autoptr (CliResult) full = NULL;
  g_autoptr (CliResult) enough = NULL;
  g_autoptr (CliResult) elsewhere = NULL;

  if (!mount_disk (model_bytes + model_bytes / 2))
    return;
  full = cli_run ("train", "d", "--learning-rate", "0.01", "--epochs", "1", "-o",
                  "disk/m", "--json", NULL);
  cli_assert_fails (full, 1, "“disk/m” could not be written: No space left on device.");
  g_assert_cmpuint (cli_count_files ("disk", ""), ==, 1); /* what was finished */

  enlarge_disk ();
  enough = cli_run ("train", "d", "--learning-rate", "0.01", "--epochs", "1", "-o",
                    "disk/m", "--json", NULL);
  elsewhere = cli_run ("train", "d", "--learning-rate", "0.01", "--epochs", "1", "-o",
                       "m", "--json", NULL);
  cli_assert_silent (enough);
  cli_assert_silent (elsewhere);
  cli_assert_same_model (enough, elsewhere);
  g_assert_cmpuint (cli_count_files ("disk", ""), ==, 1);
  unmount_disk ();
}

static void
test_store (void)
{
  g_autoptr (CliResult) full = NULL;
  g_autoptr (CliResult) enough = NULL;

  if (!mount_disk (16 * 1024))
    return;
  full = cli_run ("experiment", "d", "--output", "s", "--cache", "disk", SETTINGS, NULL);
  cli_assert_fails (full, 1, ".focf” could not be written: No space left on device.\n");
  g_assert_cmpuint (cli_count_files ("disk", ""), ==, 0);
  g_assert_false (cli_exists ("s"));

  enlarge_disk ();
  enough =
    cli_run ("experiment", "d", "--output", "s", "--cache", "disk", SETTINGS, NULL);
  assert_right (enough);
  g_assert_cmpuint (cli_count_files ("disk", ""), ==, 1);
  unmount_disk ();
  cli_remove ("s");
}

/* The pictures of a demo data set that does not fit are removed again. */
static void
test_demo (void)
{
  g_autoptr (CliResult) full = NULL;

  if (!mount_disk (16 * 1024))
    return;
  full = cli_run ("demo", "disk/d", "--per-class", "50", "--size", "48", NULL);
  cli_assert_fails (full, 1, "could not be written: No space left on device.\n");
  g_assert_cmpuint (cli_count_files ("disk", ""), ==, 0);
  g_assert_false (cli_exists ("disk/d"));
  unmount_disk ();
}

static void
limit_file_size (gpointer data)
{
  const struct rlimit limit = { 300 * 1024, 300 * 1024 };

  setrlimit (RLIMIT_FSIZE, &limit);
}

/* A limit on the size of files is an error like a full disk, not the end by a signal. */
static void
test_file_size (void)
{
  const char *const arguments[] = { "experiment", "d", "--output", "s", SETTINGS, NULL };
  g_autoptr (GSubprocessLauncher) launcher =
    cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (CliResult) limited = NULL;
  g_autoptr (CliResult) free_again = NULL;

  g_subprocess_launcher_set_child_setup (launcher, limit_file_size, NULL, NULL);
  limited = cli_run_argv (launcher, arguments);
  cli_assert_fails (limited, 1, "checkpoint-0.safetensors” could not be written: File");
  g_assert_cmpuint (cli_count_files ("s", ""), ==, 1);

  free_again = cli_run_argv (NULL, arguments);
  assert_right (free_again);
  cli_remove ("s");
}

int
main (int argc, char *argv[])
{
  int status;

  has_namespace = test_unshare_mounts ();
  cli_test_init (&argc, &argv);
  cli_demo ("d", 12);
  {
    g_autoptr (CliResult) result =
      cli_run ("experiment", "d", "--output", "r", SETTINGS, NULL);
    g_autofree guint8 *model = NULL;

    cli_assert_silent (result);
    right_model = cli_get_string (result, "model_sha256");
    cli_read ("r/model.safetensors", &model, &model_bytes);
  }

  g_test_add_func ("/cli/full-disk/record", test_record);
  g_test_add_func ("/cli/full-disk/checkpoint", test_checkpoint);
  g_test_add_func ("/cli/full-disk/model", test_model);
  g_test_add_func ("/cli/full-disk/trained-model", test_trained_model);
  g_test_add_func ("/cli/full-disk/store", test_store);
  g_test_add_func ("/cli/full-disk/demo", test_demo);
  g_test_add_func ("/cli/full-disk/file-size", test_file_size);

  status = cli_test_run ();
  g_free (right_model);
  return status;
}

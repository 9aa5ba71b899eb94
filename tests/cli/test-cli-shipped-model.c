/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include "foc-file.h"
#include "foc-model-file.h"
#include "foc-run.h"

#include <string.h>

/* The model that comes with the program: it is found, it is the one that its record
 * tells of, and nothing in it tells where it was made. */

static char *
get_folder (void)
{
  const char *folder = g_getenv ("FOC_TEST_MODELS");

  g_assert_nonnull (folder);
  return g_strdup (folder);
}

static void
test_found (void)
{
  g_autofree char *folder = get_folder ();
  g_autoptr (CliResult) plain = cli_run ("classify", "d", "--format", "json", NULL);
  g_autoptr (CliResult) named =
    cli_run ("classify", "--model", folder, "d", "--format", "json", NULL);
  g_autoptr (CliResult) explained = cli_run ("explain", "d/faces/0.jpg", "--json", NULL);

  cli_assert_silent (plain);
  cli_assert_silent (named);
  g_assert_cmpstr (plain->out, ==, named->out);
  cli_assert_silent (explained);
}

/* Another one in its place, and a threshold of the user's. */
static void
test_other (void)
{
  g_autoptr (GSubprocessLauncher) launcher =
    cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autofree char *path = cli_path ("m");
  g_autoptr (CliResult) trained =
    cli_run ("train", "d", "--learning-rate", "0.01", "--epochs", "2", "-o", "m", NULL);
  g_autoptr (CliResult) plain = NULL;
  g_autoptr (CliResult) strict =
    cli_run ("classify", "-m", "m", "d", "--threshold", "1", NULL);
  g_autoptr (CliResult) bold =
    cli_run ("classify", "-m", "m", "d", "--threshold", "0", NULL);
  static const char *const arguments[] = { "classify", "d", NULL };
  g_autoptr (CliResult) named = cli_run ("classify", "-m", "m", "d", NULL);

  cli_assert_ok (trained);
  g_subprocess_launcher_setenv (launcher, "FOC_MODEL", path, TRUE);
  plain = cli_run_argv (launcher, arguments);
  cli_assert_silent (plain);
  g_assert_cmpstr (plain->out, ==, named->out);

  cli_assert_silent (strict);
  g_assert_null (strstr (strict->out, ": faces ("));
  g_assert_nonnull (strstr (strict->out, ": not sure ("));
  cli_assert_silent (bold);
  g_assert_nonnull (strstr (bold->out, ": faces ("));
}

static void
test_record (void)
{
  g_autofree char *folder = get_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FocRun) run = foc_run_load (folder, &error);
  g_autofree char *path = NULL, *record = NULL, *sha256 = NULL, *text = NULL;
  g_autoptr (FocModel) model = NULL;

  g_assert_no_error (error);
  g_assert_true (foc_run_is_finished (run));
  path = foc_run_get_model_path (run);
  model = foc_model_load (path, &error);
  g_assert_no_error (error);
  sha256 = foc_file_sha256 (path, G_MAXSSIZE, NULL);

  g_assert_cmpstr (sha256, ==, run->model_sha256);
  g_assert_cmpstr (model->origin.data_digest, ==, run->data_digest);
  g_assert_cmpstrv (model->class_names, run->class_names);
  g_assert_cmpfloat (model->temperature, ==, run->certainty.temperature);
  g_assert_cmpfloat (model->threshold, ==, run->certainty.threshold);
  g_assert_nonnull (model->novelty);

  record = g_build_filename (folder, "run.json", NULL);
  g_assert_true (g_file_get_contents (record, &text, NULL, NULL));
  g_assert_null (strstr (text, "/")); /* no path of any machine */
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);
  cli_demo ("d", 12);

  g_test_add_func ("/cli/shipped-model/found", test_found);
  g_test_add_func ("/cli/shipped-model/other", test_other);
  g_test_add_func ("/cli/shipped-model/record", test_record);

  return cli_test_run ();
}

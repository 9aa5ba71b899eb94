/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-experiment.h"

#include "foc-error.h"
#include "foc-run-folder.h"
#include "test-folders.h"

#include <string.h>

/* Where a run may be kept: what else is in the folder, and who else works there. */

static void
check_refused (const char *output, const FocSettings *settings, int code)
{
  FocExperimentOptions options = { .cache = test_cache, .output = output, .jobs = 2 };
  g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
  g_autoptr (GError) error = NULL;

  g_assert_false (foc_experiment_begin (experiment, settings, &error));
  g_assert_error (error, FOC_ERROR, code);
  g_assert_null (experiment->run);
}

static void
test_foreign_folder (void)
{
  static const char *const names[] = { "thesis.txt", "model.safetensors", "a" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *output = test_folder_new ();
      g_autofree char *file = g_build_filename (output, names[i], NULL);
      g_autofree char *text = NULL;
      FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);
      FocExperimentOptions fresh = { .output = output, .jobs = 1, .fresh = TRUE };
      g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &fresh);

      g_assert_true (g_file_set_contents (file, "mine", 4, NULL));
      check_refused (output, &settings, FOC_ERROR_RUN);
      g_assert_false (foc_experiment_begin (experiment, &settings, NULL));
      g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, "mine");
      g_assert_cmpuint (test_folder_count (output), ==, 1);
      test_folder_delete (output);
    }
}

static void
test_other_run (void)
{
  g_autofree char *output = test_folder_new ();
  g_autofree char *record = g_build_filename (output, "run.json", NULL);
  g_autofree char *sha256 = test_run_in (output, FOC_OPTIMIZER_SGD, 2);
  g_autofree char *other_pictures = test_make_pictures (11, 12);
  FocExperimentOptions options = { .cache = test_cache, .output = output, .jobs = 2 };
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_ADAM);
  FocSettings same = test_make_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (GError) error = NULL;

  /* Other settings. */
  check_refused (output, &settings, FOC_ERROR_RUN);
  settings = same;
  settings.training.seed = 2;
  check_refused (output, &settings, FOC_ERROR_RUN);
  settings = same;
  settings.split.shares[0]++;
  check_refused (output, &settings, FOC_ERROR_RUN);
  test_check_finished (output, sha256);

  {
    /* Other data. */
    g_autoptr (FocExperiment) experiment = test_open_pictures (other_pictures, &options);

    g_assert_false (foc_experiment_begin (experiment, &same, &error));
    g_assert_error (error, FOC_ERROR, FOC_ERROR_RUN);
  }
  test_check_finished (output, sha256);

  /* A damaged record is refused, too, but can be begun afresh. */
  test_file_flip (record, 3);
  check_refused (output, &same, FOC_ERROR_RUN);
  options.fresh = TRUE;
  {
    g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);

    g_assert_true (test_carry_out (experiment, &same, NULL));
  }
  test_check_finished (output, sha256);
  test_folder_delete (output);
  test_folder_delete (other_pictures);
}

/* A run that begins afresh leaves no model behind that its record does not know. */
static void
test_afresh (void)
{
  g_autofree char *output = test_folder_new ();
  g_autofree char *sha256 = test_run_in (output, FOC_OPTIMIZER_SGD, 2);
  g_autofree char *model = g_build_filename (output, "model.safetensors", NULL);
  FocExperimentOptions options = { .output = output, .jobs = 2, .fresh = TRUE };
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);

  test_check_finished (output, sha256);
  g_assert_true (foc_experiment_begin (experiment, &settings, NULL));
  g_assert_false (g_file_test (model, G_FILE_TEST_EXISTS));
  /* Nor does it forget that the holdout set was looked at. */
  g_assert_cmpuint (experiment->run->n_looks, ==, 1);
  g_assert_true (test_carry_out (experiment, &settings, NULL));
  g_assert_cmpuint (experiment->run->n_looks, ==, 2);
  test_folder_delete (output);
}

static void
test_in_use (void)
{
  g_autofree char *output = test_folder_new ();
  FocExperimentOptions options = { .cache = test_cache, .output = output, .jobs = 2 };
  g_autoptr (FocExperiment) first = test_open_pictures (test_pictures, &options);
  g_autoptr (FocExperiment) second = test_open_pictures (test_pictures, &options);
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (GError) error = NULL;

  g_assert_true (foc_experiment_begin (first, &settings, NULL));
  g_assert_false (foc_experiment_begin (second, &settings, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN);
  g_assert_true (foc_experiment_begin (first, &settings, NULL));
  g_assert_true (first->resumed);
  g_clear_pointer (&first, foc_experiment_free);
  g_assert_true (test_carry_out (second, &settings, NULL));
  g_assert_true (second->resumed);
  test_folder_delete (output);
}

/* Without an output folder: among the user's runs. */
static void
test_user_runs (void)
{
  g_autofree char *runs = foc_runs_folder ();
  FocExperimentOptions options = { .cache = test_cache, .jobs = 2 };
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);
  FocSettings other = test_make_settings (FOC_OPTIMIZER_ADAM);
  g_autofree char *folder = NULL;

  {
    g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
    g_autoptr (FocExperiment) beside = test_open_pictures (test_pictures, &options);

    g_assert_true (foc_experiment_begin (experiment, &settings, NULL));
    g_assert_false (experiment->resumed);
    folder = g_strdup (experiment->run->folder);
    /* Nobody takes it away from who works at it. */
    g_assert_true (foc_experiment_begin (beside, &settings, NULL));
    g_assert_false (beside->resumed);
    g_assert_cmpstr (beside->run->folder, !=, folder);
    test_folder_delete (beside->run->folder);
  }
  g_assert_cmpuint (test_folder_count (runs), ==, 1);

  {
    g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);

    g_assert_true (foc_experiment_begin (experiment, &other, NULL));
    g_assert_false (experiment->resumed);
    g_assert_true (foc_experiment_begin (experiment, &settings, NULL));
    g_assert_true (experiment->resumed);
    g_assert_cmpstr (experiment->run->folder, ==, folder);
    g_assert_true (test_carry_out (experiment, &settings, NULL));
  }

  {
    /* A finished one is not gone on with. */
    g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);

    g_assert_true (foc_experiment_begin (experiment, &settings, NULL));
    g_assert_false (experiment->resumed);
  }
  test_folder_delete (runs);
}

/* An output folder that cannot be one. */
static void
test_no_folder (void)
{
  g_autofree char *folder = test_folder_new ();
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *below = g_build_filename (file, "run", NULL);
  const char *outputs[] = { file, below };
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);

  g_assert_true (g_file_set_contents (file, "mine", 4, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      FocExperimentOptions options = { .cache = test_cache,
                                       .output = outputs[i],
                                       .jobs = 2 };
      g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
      g_autoptr (GError) error = NULL;

      g_assert_false (foc_experiment_begin (experiment, &settings, &error));
      g_assert_true (error->domain == G_FILE_ERROR);
      g_assert_nonnull (strstr (error->message, "file"));
    }
  test_folder_delete (folder);
}

/* What the user calls a run stays, whoever goes on with it. */
static void
test_title (void)
{
  g_autofree char *output = test_folder_new ();
  FocExperimentOptions options = { .cache = test_cache, .output = output, .jobs = 1 };
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
      g_autoptr (FocRun) run = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (foc_experiment_begin (experiment, &settings, &error));
      g_assert_cmpint (experiment->resumed, ==, i == 1);
      if (i == 1)
        g_assert_true (foc_experiment_search (experiment, NULL, NULL, &error));
      g_assert_false (foc_run_rename (output, "another", NULL));
      g_clear_pointer (&experiment, foc_experiment_free);
      run = foc_run_load (output, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (run->title, ==, i == 1 ? "mine" : NULL);
      g_assert_true (foc_run_rename (output, "mine", &error));
    }
  test_folder_delete (output);
}

int
main (int argc, char *argv[])
{
  test_experiment_init (&argc, &argv);

  g_test_add_func ("/experiment/foreign-folder", test_foreign_folder);
  g_test_add_func ("/experiment/other-run", test_other_run);
  g_test_add_func ("/experiment/in-use", test_in_use);
  g_test_add_func ("/experiment/user-runs", test_user_runs);
  g_test_add_func ("/experiment/no-folder", test_no_folder);
  g_test_add_func ("/experiment/folder/afresh", test_afresh);
  g_test_add_func ("/experiment/folder/title", test_title);

  return test_experiment_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-experiment.h"

#include "foc-file.h"
#include "test-folders.h"

#include <errno.h>
#include <glib/gstdio.h>

/* An experiment that goes on where its run cannot be written. */

typedef struct
{
  guint n_told; /* atomic: threads of a search tell, one at a time */
  gboolean for_good;
} Disk;

/* Full from then on, or once. */
static void
on_unsaved (const GError *error, gpointer user_data)
{
  Disk *disk = user_data;

  g_assert_cmpuint (error->domain, ==, G_FILE_ERROR);
  disk->n_told++;
  if (disk->for_good)
    foc_file_set_fault (1, ENOSPC);
}

/* One write in turn fails: the next one makes up for it. */
static void
test_once (void)
{
  g_autofree char *reference = test_folder_new ();
  g_autofree char *sha256 = test_run_in (reference, FOC_OPTIMIZER_ADAM, 2);
  gboolean ended = FALSE;
  guint nth;

  for (nth = 1; !ended; nth++)
    {
      g_autofree char *output = test_folder_new ();
      Disk disk = { 0 };
      FocExperimentOptions options = {
        .cache = test_cache,
        .output = output,
        .jobs = 2,
        .unsaved = on_unsaved,
        .user_data = &disk,
      };
      FocSettings settings = test_make_settings (FOC_OPTIMIZER_ADAM);
      g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
      g_autoptr (GError) error = NULL;
      gboolean carried_out;

      foc_file_set_fault (nth, ENOSPC);
      carried_out = test_carry_out (experiment, &settings, &error);
      foc_file_set_fault (0, 0);
      ended = carried_out && disk.n_told == 0;

      /* A look that cannot be recorded is not taken; else all goes on. */
      if (!carried_out)
        {
          g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
          g_assert_false (experiment->run->holdout.measured);
          g_assert_true (foc_experiment_look (experiment, NULL));
        }
      g_assert_true (foc_experiment_save (experiment, NULL));
      g_assert_false (experiment->unsaved);
      g_assert_cmpstr (experiment->run->model_sha256, ==, sha256);
      g_clear_pointer (&experiment, foc_experiment_free);

      options.unsaved = NULL;
      {
        g_autofree char *again = test_run_in (output, FOC_OPTIMIZER_ADAM, 1);

        g_assert_cmpstr (again, ==, sha256);
        test_check_finished (output, sha256);
      }
      test_folder_delete (output);
    }
  g_assert_cmpuint (nth, >, 50);
  test_folder_delete (reference);
}

/* Until there is room again, everything is in memory. */
static void
check_for_good (const char *output, Disk *disk)
{
  FocExperimentOptions options = {
    .cache = test_cache,
    .output = output,
    .jobs = 2,
    .unsaved = on_unsaved,
    .user_data = disk,
  };
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);
  g_autofree char *reference = test_folder_new ();
  g_autofree char *sha256 = test_run_in (reference, FOC_OPTIMIZER_SGD, 2);
  g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
  g_autofree char *blocked = foc_runs_folder ();
  g_autoptr (GError) error = NULL;

  if (output != NULL)
    foc_file_set_fault (1, ENOSPC);
  else
    g_assert_true (g_file_set_contents (blocked, "no folder", -1, NULL));
  g_assert_true (foc_experiment_begin (experiment, &settings, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (disk->n_told, >, 0);
  g_assert_true (foc_experiment_search (experiment, NULL, NULL, NULL));
  g_assert_true (foc_experiment_train_final (experiment, NULL));
  g_assert_nonnull (experiment->model);
  g_assert_nonnull (experiment->run->final_curve);
  g_assert_true (foc_experiment_train_final (experiment, NULL));
  g_assert_false (foc_experiment_look (experiment, NULL));
  g_assert_cmpuint (experiment->run->n_looks, ==, 0);
  if (output != NULL)
    foc_file_set_fault (1, ENOSPC); /* nobody was told, who would have set it again */
  g_assert_false (foc_experiment_save (experiment, &error));
  g_assert_cmpuint (error->domain, ==, G_FILE_ERROR);

  foc_file_set_fault (0, 0);
  if (output == NULL)
    g_assert_cmpint (g_remove (blocked), ==, 0);
  g_assert_true (foc_experiment_save (experiment, NULL));
  g_assert_null (experiment->model);
  g_assert_true (foc_experiment_look (experiment, NULL));
  g_assert_true (foc_experiment_train_final (experiment, NULL));
  test_check_finished (experiment->run->folder, sha256);
  test_folder_delete (reference);
}

static void
test_full_disk (void)
{
  g_autofree char *output = test_folder_new ();
  Disk disk = { .for_good = TRUE };

  check_for_good (output, &disk);
  test_folder_delete (output);
}

/* The folder of the runs cannot be made. */
static void
test_no_folder (void)
{
  g_autofree char *runs = foc_runs_folder ();
  g_autofree char *parent = g_path_get_dirname (runs);
  Disk disk = { 0 };

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  check_for_good (NULL, &disk);
}

/* A folder that the user has named is another matter. */
static void
test_named_folder (void)
{
  g_autofree char *parent = test_folder_new ();
  g_autofree char *file = g_build_filename (parent, "file", NULL);
  g_autofree char *output = g_build_filename (file, "run", NULL);
  Disk disk = { 0 };
  FocExperimentOptions options = {
    .cache = test_cache,
    .output = output,
    .jobs = 1,
    .unsaved = on_unsaved,
    .user_data = &disk,
  };
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_false (foc_experiment_begin (experiment, &settings, &error));
  g_assert_cmpuint (error->domain, ==, G_FILE_ERROR);
  g_assert_cmpuint (disk.n_told, ==, 0);
  test_folder_delete (parent);
}

int
main (int argc, char **argv)
{
  test_experiment_init (&argc, &argv);

  g_test_add_func ("/experiment/unsaved/once", test_once);
  g_test_add_func ("/experiment/unsaved/full-disk", test_full_disk);
  g_test_add_func ("/experiment/unsaved/no-folder", test_no_folder);
  g_test_add_func ("/experiment/unsaved/named-folder", test_named_folder);

  return test_experiment_run ();
}

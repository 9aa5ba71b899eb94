/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-experiment.h"

#include "foc-blas.h"
#include "foc-rng.h"
#include "test-folders.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

enum
{
  SIDE = 32
};

char *test_pictures;
char *test_cache;
static char *home;

/* A warm picture of noise or a cold one, not always. */
static void
write_picture (const char *folder, guint class, guint number)
{
  g_autofree char *name = g_strdup_printf ("%u.png", number);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GdkPixbuf) pixbuf =
    gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, SIDE, SIDE);
  FocRng rng;

  foc_rng_init (&rng, number, class);
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      {
        guint8 *p =
          gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + x * 3;

        for (guint c = 0; c < 3; c++)
          p[c] = (guint8) (60 + foc_rng_below (&rng, 120) + (c == 2 * class ? 25 : 0));
      }
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
}

char *
test_make_pictures (guint n_first, guint n_second)
{
  char *root = test_folder_new ();

  for (guint class = 0; class < 2; class ++)
    {
      g_autofree char *folder =
        g_build_filename (root, class == 0 ? "comics" : "faces", NULL);

      g_mkdir (folder, 0755);
      for (guint i = 0; i < (class == 0 ? n_first : n_second); i++)
        write_picture (folder, class, i);
    }

  return root;
}

FocSettings
test_make_settings (FocOptimizerKind kind)
{
  FocSettings settings;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  settings.training.optimizer = kind;
  settings.training.augment = kind == FOC_OPTIMIZER_MOMENTUM;
  settings.training.hidden[0] = 12;
  settings.training.n_hidden = 1;
  settings.training.batch_size = 16;
  settings.epochs[0] = 1;
  settings.epochs[1] = 2;
  settings.n_epochs = 2;

  return settings;
}

gboolean
test_carry_out (FocExperiment *experiment, const FocSettings *settings, GError **error)
{
  return foc_experiment_begin (experiment, settings, error)
         && foc_experiment_search (experiment, NULL, NULL, error)
         && foc_experiment_calibrate (experiment, error)
         && foc_experiment_train_final (experiment, error)
         && foc_experiment_look (experiment, error);
}

FocExperiment *
test_open_pictures (const char *root, const FocExperimentOptions *options)
{
  g_autoptr (GError) error = NULL;
  FocExperiment *experiment = foc_experiment_open (root, options, &error);

  g_assert_no_error (error);
  return experiment;
}

char *
test_run_in (const char *output, FocOptimizerKind kind, guint jobs)
{
  FocExperimentOptions options = { .cache = test_cache, .output = output, .jobs = jobs };
  g_autoptr (FocExperiment) experiment = test_open_pictures (test_pictures, &options);
  FocSettings settings = test_make_settings (kind);
  g_autoptr (GError) error = NULL;

  test_carry_out (experiment, &settings, &error);
  g_assert_no_error (error);
  return g_strdup (experiment->run->model_sha256);
}

char *
test_run_without_look (const char *root, const char *output, FocKeep group)
{
  FocExperimentOptions options = { .cache = test_cache, .output = output, .jobs = 2 };
  g_autoptr (FocExperiment) experiment = test_open_pictures (root, &options);
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (GError) error = NULL;

  settings.split.group = group;
  settings.n_learning_rates = 2;
  if (foc_experiment_begin (experiment, &settings, &error)
      && foc_experiment_search (experiment, NULL, NULL, &error))
    foc_experiment_train_final (experiment, &error);
  g_assert_no_error (error);
  return g_strdup (experiment->run->folder);
}

void
test_check_finished (const char *output, const char *sha256)
{
  g_autoptr (FocRun) run = foc_run_load (output, NULL);
  g_autofree char *model = g_build_filename (output, "model.safetensors", NULL);
  g_autofree char *found = test_file_sha256 (model);

  g_assert_nonnull (run);
  g_assert_true (foc_run_is_finished (run));
  g_assert_cmpstr (run->model_sha256, ==, sha256);
  g_assert_cmpstr (found, ==, sha256);
  g_assert_cmpuint (test_folder_count (output), ==, 2);
}

void
test_experiment_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  /* Not by G_TEST_OPTION_ISOLATE_DIRS, which hides from gdk-pixbuf how to know a
   * picture. */
  home = test_folder_new ();
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  /* GLib keeps the answer for all threads, by a lock that ThreadSanitizer cannot see. */
  g_assert_cmpstr (g_get_user_data_dir (), ==, home);
  foc_blas_begin_thread ();
  test_pictures = test_make_pictures (TEST_PER_CLASS, TEST_PER_CLASS);
  test_cache = test_folder_new ();
}

int
test_experiment_run (void)
{
  int status = g_test_run ();

  test_folder_delete (test_pictures);
  test_folder_delete (test_cache);
  test_folder_delete (home);
  g_clear_pointer (&test_pictures, g_free);
  g_clear_pointer (&test_cache, g_free);
  g_clear_pointer (&home, g_free);
  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-catalog.h"

#include "foc-model-file.h"
#include "test-folders.h"

#include <math.h>

FocCatalog *
test_catalog_scan (const char *root)
{
  g_autoptr (GError) error = NULL;
  FocCatalog *catalog =
    foc_catalog_scan (root, &foc_split_settings_default, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (catalog->step, ==, FOC_CATALOG_SCANNED);
  return catalog;
}

FocCatalog *
test_catalog_read (const char *root, const char *cache)
{
  g_autoptr (FocCatalog) scanned = test_catalog_scan (root);
  g_autoptr (GError) error = NULL;
  FocCatalog *catalog = foc_catalog_read (scanned, cache, 2, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (catalog->step, ==, FOC_CATALOG_READ);
  return catalog;
}

FocCatalog *
test_catalog_complete (const char *root, const char *cache)
{
  g_autoptr (FocCatalog) read = test_catalog_read (root, cache);
  g_autoptr (GError) error = NULL;
  FocCatalog *catalog = foc_catalog_complete (read, 2, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (catalog->step, ==, FOC_CATALOG_COMPLETE);
  return catalog;
}

char *
test_folder_new_of_many (guint n)
{
  const guint n_folders = 50; /* in a class: short folders are made faster */
  char *root = test_folder_new ();

  for (guint i = 0; i < n; i++)
    {
      char name[64];

      g_snprintf (name, sizeof name, "%s/%u/Picture-%u.png", i % 2 ? "faces" : "comics",
                  i % n_folders, i);
      test_add_file (root, name, "", 0);
    }
  return root;
}

static char *
write_model (const char *folder, const char *names, guint64 seed, guint hidden)
{
  g_auto (GStrv) class_names = g_strsplit (names, " ", -1);
  char *path = test_path (folder, "model.safetensors");
  g_autoptr (GError) error = NULL;
  g_autoptr (FocModel) model = NULL;
  FocMlpShape shape;
  FocMlp *mlp;
  FocRng rng;

  foc_mlp_shape_init (&shape, FOC_N_FEATURES, &hidden, 1, g_strv_length (class_names));
  mlp = foc_mlp_new (&shape);
  foc_rng_init (&rng, seed, 1);
  foc_mlp_initialise (mlp, &rng);
  model = foc_model_new (mlp, (const char *const *) class_names);
  foc_model_save (model, path, &error);
  g_assert_no_error (error);
  return path;
}

char *
test_write_model (const char *folder, const char *names, guint64 seed)
{
  return write_model (folder, names, seed, 8);
}

static FocLoadedModel *
new_model (const char *names, guint64 seed, guint hidden)
{
  g_autofree char *folder = test_folder_new ();
  g_autofree char *path = write_model (folder, names, seed, hidden);
  g_autoptr (GError) error = NULL;
  FocLoadedModel *model = foc_loaded_model_read (path, &error);

  g_assert_no_error (error);
  test_folder_delete (folder);
  return model;
}

FocLoadedModel *
test_model_new (const char *names, guint64 seed)
{
  return new_model (names, seed, 8);
}

FocLoadedModel *
test_model_new_large (const char *names)
{
  return new_model (names, 1, 2400);
}

FocPredictions *
test_predictions_new (FocLoadedModel *model, guint32 n, guint64 seed)
{
  FocPredictions *self = g_atomic_rc_box_new0 (FocPredictions);
  FocRng rng;

  foc_rng_init (&rng, seed, 2);
  self->model = g_object_ref (model);
  self->n_rows = n;
  self->comparable = TRUE;
  self->answers = g_new0 (guint16, n);
  self->probabilities = g_new0 (float, n);
  self->losses = g_new0 (float, n);
  self->doubts = g_new0 (guint8, n);
  self->wrong = g_new0 (guint8, n);
  for (guint32 i = 0; i < n; i++)
    {
      guint32 drawn = foc_rng_below (&rng, 50);

      self->probabilities[i] = drawn == 0 ? NAN : (float) drawn / 50;
      self->losses[i] = drawn == 0 ? NAN : -logf ((float) foc_rng_below (&rng, 9) + 1);
      self->answers[i] = (guint16) (drawn % 2);
      self->doubts[i] = drawn % 5 == 0 ? FOC_DOUBT_PROBABILITY : FOC_DOUBT_NONE;
      self->wrong[i] = drawn != 0 && drawn % 7 == 0;
      self->n_wrong += self->wrong[i];
    }
  return self;
}

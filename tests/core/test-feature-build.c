/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-feature-build.h"

#include "foc-file.h"
#include "foc-preprocess.h"
#include "test-dataset.h"
#include "test-encoders.h"
#include "test-folders.h"

#include <fcntl.h>
#include <sys/stat.h>

void
test_build_set_up (BuildFixture *self, gconstpointer data)
{
  static const guint32 colours[] = { 0x102030ff, 0x802010ff, 0x10f0f0ff };

  self->root = test_folder_new ();
  self->cache = test_folder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 9, 9);

      gdk_pixbuf_fill (pixbuf, colours[i]);
      self->pictures[i] = test_pnm (pixbuf);
    }
}

void
test_build_tear_down (BuildFixture *self, gconstpointer data)
{
  foc_file_set_fault (0, 0);
  test_folder_delete (self->root);
  test_folder_delete (self->cache);
  g_free (self->root);
  g_free (self->cache);
  for (guint i = 0; i < G_N_ELEMENTS (self->pictures); i++)
    g_bytes_unref (self->pictures[i]);
}

void
test_build_add_at (const BuildFixture *self,
                   const char *name,
                   guint which,
                   gint64 seconds)
{
  const struct timespec times[2] = { { seconds, 5 }, { seconds, 5 } };
  g_autofree char *path = test_path (self->root, name);

  test_add_file (self->root, name, g_bytes_get_data (self->pictures[which], NULL),
                 g_bytes_get_size (self->pictures[which]));
  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

void
test_build_add (const BuildFixture *self, const char *name, guint which)
{
  test_build_add_at (self, name, which, 1000);
}

void
test_build_add_bytes (const BuildFixture *self, const char *name, GBytes *bytes)
{
  test_add_file (self->root, name, g_bytes_get_data (bytes, NULL),
                 g_bytes_get_size (bytes));
}

void
test_build_add_some (const BuildFixture *self)
{
  test_build_add (self, "a/1.pnm", 0);
  test_build_add (self, "a/2.pnm", 1);
  test_build_add (self, "a/10.pnm", 2);
  test_build_add (self, "b/1.pnm", 1);
  test_build_add (self, "b/sub/2.pnm", 2);
}

FocFeatureStore *
test_build_with (const BuildFixture *self,
                 const FocFeatureBuildOptions *options,
                 char **notice)
{
  g_autoptr (FocDataset) dataset = test_scan (self->root);
  g_autoptr (GError) error = NULL;
  FocFeatureStore *store =
    foc_feature_build (dataset, options, NULL, NULL, NULL, notice, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (foc_feature_store_get_n_rows (store), ==,
                    foc_dataset_get_n_pictures (dataset));
  g_assert_cmpuint (foc_feature_store_get_n_classes (store), ==,
                    foc_dataset_get_n_classes (dataset));
  for (guint32 i = 0; i < foc_dataset_get_n_pictures (dataset); i++)
    g_assert_cmpuint (foc_feature_store_get_labels (store)[i], ==,
                      foc_dataset_get_picture (dataset, i)->label);
  return store;
}

FocFeatureStore *
test_build (const BuildFixture *self)
{
  const FocFeatureBuildOptions options = { self->cache, FALSE, 2 };
  g_autofree char *notice = NULL;
  FocFeatureStore *store = test_build_with (self, &options, &notice);

  g_assert_cmpstr (notice, ==, NULL);
  return store;
}

void
test_build_only (const BuildFixture *self)
{
  FocFeatureStore *store = test_build (self);

  foc_feature_store_unref (store);
}

/* Which of the three pictures the features of a row are of. */
static guint
picture_of (FocFeatureStore *store, guint32 row)
{
  static const guint8 reds[] = { 0x10, 0x80, 0x10 };
  static const guint8 greens[] = { 0x20, 0x20, 0xf0 };
  guint8 features[FOC_N_FEATURES];

  g_assert_cmpuint (foc_feature_store_get_status (store)[row], ==, 0);
  g_assert_true (foc_feature_store_read (store, &row, 1, features, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (reds); i++)
    if (features[0] == reds[i] && features[1] == greens[i])
      return i;
  g_assert_not_reached ();
}

void
test_assert_rows (FocFeatureStore *store, const char *expected)
{
  g_autoptr (GString) rows = g_string_new (NULL);

  for (guint32 i = 0; i < foc_feature_store_get_n_rows (store); i++)
    if (foc_feature_store_get_status (store)[i] != 0)
      g_string_append_c (rows, 'x');
    else
      g_string_append_printf (rows, "%u", picture_of (store, i));
  g_assert_cmpstr (rows->str, ==, expected);
}

char *
test_find_store (const BuildFixture *self)
{
  g_autofree char *folder = test_path (self->cache, "features");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;
  char *path = name != NULL ? test_path (folder, name) : NULL;

  if (name != NULL)
    {
      g_assert_true (g_str_has_suffix (name, ".focf"));
      g_assert_null (g_dir_read_name (dir)); /* nothing is left of the writing */
    }
  return path;
}

GBytes *
test_read_store (const BuildFixture *self)
{
  g_autofree char *path = test_find_store (self);
  char *data;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  return g_bytes_new_take (data, length);
}

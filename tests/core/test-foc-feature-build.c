/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-feature-build.h"

#include "foc-error.h"
#include "foc-preprocess.h"
#include "test-dataset.h"
#include "test-encoders.h"
#include "test-folders.h"
#include "test-pictures.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static guint64
inode_of_store (const BuildFixture *self)
{
  g_autofree char *path = test_find_store (self);
  struct stat status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return status.st_ino;
}

static void
assert_is_preprocessed (const BuildFixture *self)
{
  g_autoptr (FocDataset) dataset = test_scan (self->root);
  g_autoptr (FocFeatureStore) store = test_build (self);

  for (guint32 i = 0; i < foc_dataset_get_n_pictures (dataset); i++)
    {
      g_autofree char *path = foc_dataset_get_file (dataset, i);
      guint8 expected[FOC_N_FEATURES] = { 0 }, features[FOC_N_FEATURES];
      g_autoptr (GError) error = NULL;
      gboolean readable = foc_preprocess_file (path, NULL, expected, NULL, &error);

      g_assert_cmpint (foc_feature_store_get_status (store)[i], ==,
                       readable ? 0 : error->code);
      g_assert_true (foc_feature_store_read (store, &i, 1, features, NULL));
      if (readable)
        g_assert_cmpmem (features, FOC_N_FEATURES, expected, FOC_N_FEATURES);
    }
}

static void
test_built (BuildFixture *self, gconstpointer data)
{
  static const guint jobs[] = { 1, 2, 8, 1000, 0 };
  g_autoptr (GBytes) first = NULL;

  for (int i = 0; i < 40; i++)
    {
      g_autoptr (GdkPixbuf) picture = test_picture_new (30 + 5 * i, 100 - i, FALSE);
      g_autoptr (GBytes) bytes =
        i % 2 == 0 ? test_jpeg (picture, TEST_JPEG_COLOUR, FALSE, i % 9, FALSE)
                   : test_encode (picture, "png");
      g_autofree char *name = g_strdup_printf ("%d/%d.jpg", i % 3, i);

      test_build_add_bytes (self, name, bytes);
    }
  assert_is_preprocessed (self);

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      const FocFeatureBuildOptions options = { self->cache, TRUE, jobs[i] };
      g_autofree char *notice = NULL;
      g_autoptr (FocFeatureStore) store = test_build_with (self, &options, &notice);
      g_autoptr (GBytes) bytes = test_read_store (self);

      if (first == NULL)
        first = g_bytes_ref (bytes);
      g_assert_true (g_bytes_equal (bytes, first));
    }
}

/* A picture is replaced by another of the same size and time: whoever decodes it
 * again is found out. */
static void
test_reuse (BuildFixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) store = NULL;
  guint64 inode;

  test_build_add_some (self);
  store = test_build (self);
  test_assert_rows (store, "01212");
  g_clear_pointer (&store, foc_feature_store_unref);
  inode = inode_of_store (self);

  /* Nothing changed, as far as can be seen: nothing is written. */
  test_build_add (self, "a/1.pnm", 2);
  store = test_build (self);
  test_assert_rows (store, "01212");
  g_clear_pointer (&store, foc_feature_store_unref);
  g_assert_cmpuint (inode_of_store (self), ==, inode);

  /* More files, in front, between and at the end, and another class. */
  test_build_add (self, "a/0.pnm", 1);
  test_build_add (self, "a/3.pnm", 0);
  test_build_add (self, "b/x.pnm", 0);
  test_build_add (self, "aa/x.pnm", 2);
  store = test_build (self);
  test_assert_rows (store, "101022120");
  g_clear_pointer (&store, foc_feature_store_unref);

  /* Files and a class less. */
  {
    g_autofree char *file = test_path (self->root, "a/0.pnm");
    g_autofree char *class = test_path (self->root, "aa");

    test_folder_delete (file);
    test_folder_delete (class);
  }
  store = test_build (self);
  test_assert_rows (store, "0102120");
  g_clear_pointer (&store, foc_feature_store_unref);

  /* A changed time, and a changed size. */
  test_build_add_at (self, "b/1.pnm", 0, 1001);
  {
    g_autoptr (GString) longer =
      g_string_new_len (g_bytes_get_data (self->pictures[0], NULL),
                        (gssize) g_bytes_get_size (self->pictures[0]));
    const struct timespec times[2] = { { 1000, 5 }, { 1000, 5 } };
    g_autofree char *path = test_path (self->root, "a/2.pnm");

    g_string_append_c (longer, '\n');
    test_add_file (self->root, "a/2.pnm", longer->str, longer->len);
    g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
  }
  store = test_build (self);
  test_assert_rows (store, "0002020");
  g_clear_pointer (&store, foc_feature_store_unref);

  /* A renamed file is another one, and so is a file of a renamed class. */
  {
    g_autofree char *old = test_path (self->root, "a/1.pnm");
    g_autofree char *new = test_path (self->root, "a/1a.pnm");

    g_assert_cmpint (g_rename (old, new), ==, 0);
  }
  store = test_build (self);
  test_assert_rows (store, "2002020");
  g_clear_pointer (&store, foc_feature_store_unref);

  /* From the start. */
  {
    const FocFeatureBuildOptions options = { self->cache, TRUE, 2 };
    g_autofree char *notice = NULL;

    test_build_add_at (self, "b/1.pnm", 2, 1001);
    store = test_build_with (self, &options, &notice);
    test_assert_rows (store, "2002220");
    g_assert_null (notice);
  }
}

static void
test_renamed_class (BuildFixture *self, gconstpointer data)
{
  g_autofree char *old = test_path (self->root, "a");
  g_autofree char *new = test_path (self->root, "c");
  g_autoptr (FocFeatureStore) store = NULL;
  g_autoptr (FocFeatureStore) renamed = NULL;

  test_build_add_some (self);
  store = test_build (self);
  g_assert_cmpint (g_rename (old, new), ==, 0);
  renamed = test_build (self);
  test_assert_rows (renamed, "12012");
  g_assert_cmpstr (foc_feature_store_get_digest (store), !=,
                   foc_feature_store_get_digest (renamed));
}

static void
test_unreadable (BuildFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (self->pictures[0], 0, 60);
  g_autofree char *huge = g_strdup ("P6 60000 60000 255\n0");
  g_autofree char *goal = NULL;
  g_autoptr (FocFeatureStore) store = NULL;
  const guint8 *status;

  test_build_add_some (self);
  test_add_files (self->root, "a/3.jpg");
  test_add_file (self->root, "a/4.jpg", "This is text.", 13);
  test_build_add_bytes (self, "a/5.pnm", half);
  test_add_file (self->root, "a/6.pnm", huge, strlen (huge));

  store = test_build (self);
  test_assert_rows (store, "01xxxx212");
  status = foc_feature_store_get_status (store);
  g_assert_cmpuint (status[2], ==, FOC_ERROR_IMAGE_EMPTY);
  g_assert_cmpuint (status[3], ==, FOC_ERROR_IMAGE_FORMAT);
  g_assert_cmpuint (status[4], ==, FOC_ERROR_IMAGE_TRUNCATED);
  g_assert_cmpuint (status[5], ==, FOC_ERROR_IMAGE_TOO_LARGE);
  assert_is_preprocessed (self);
  g_clear_pointer (&store, foc_feature_store_unref);

  /* They keep their codes, and are read when they are mended. */
  {
    guint64 inode = inode_of_store (self);

    store = test_build (self);
    test_assert_rows (store, "01xxxx212");
    g_assert_cmpuint (inode_of_store (self), ==, inode);
    g_clear_pointer (&store, foc_feature_store_unref);
  }
  test_build_add (self, "a/3.jpg", 1);
  store = test_build (self);
  test_assert_rows (store, "011xxx212");
}

/* A file that goes between scan and build has no features; when it is back with
 * its old size and time it is read. */
static void
test_gone (BuildFixture *self, gconstpointer data)
{
  const FocFeatureBuildOptions options = { self->cache, FALSE, 2 };
  g_autofree char *path = test_path (self->root, "a/2.pnm");
  g_autofree char *notice = NULL;
  g_autoptr (FocDataset) dataset = NULL;
  guint64 inode = 0;

  test_build_add_some (self);
  dataset = test_scan (self->root);
  g_remove (path);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (FocFeatureStore) store =
        foc_feature_build (dataset, &options, NULL, NULL, NULL, &notice, NULL);

      g_assert_nonnull (store);
      test_assert_rows (store, "0x212");
      g_assert_cmpuint (foc_feature_store_get_status (store)[1], ==,
                        FOC_ERROR_IMAGE_NO_ACCESS);
      /* Still gone: that is no reason to write. */
      g_assert_true (i == 0 || inode_of_store (self) == inode);
      inode = inode_of_store (self);
    }

  /* What has taken its place may go again. */
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  {
    g_autoptr (FocFeatureStore) store =
      foc_feature_build (dataset, &options, NULL, NULL, NULL, &notice, NULL);

    g_assert_cmpuint (foc_feature_store_get_status (store)[1], ==,
                      FOC_ERROR_IMAGE_NO_ACCESS);
  }
  g_remove (path);

  test_build_add (self, "a/2.pnm", 1);
  {
    g_autoptr (FocFeatureStore) store = test_build (self);

    test_assert_rows (store, "01212");
  }
}

static char *
digest_of (const BuildFixture *self, const char *root)
{
  g_autoptr (FocDataset) dataset = test_scan (root);
  const FocFeatureBuildOptions options = { NULL, FALSE, 1 };
  g_autofree char *notice = NULL;
  g_autoptr (FocFeatureStore) store =
    foc_feature_build (dataset, &options, NULL, NULL, NULL, &notice, NULL);

  g_assert_nonnull (store);
  return g_strdup (foc_feature_store_get_digest (store));
}

static void
test_digest (BuildFixture *self, gconstpointer data)
{
  BuildFixture other = *self;
  g_autofree char *original = NULL;
  static const char *const changes[] = {
    "same", "time", "content", "unreadable", "name", "class", "more", "less",
  };

  test_build_add_some (self);
  original = digest_of (self, self->root);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *digest = NULL;
      g_autofree char *old = NULL;
      g_autofree char *new = NULL;

      other.root = test_folder_new ();
      old = test_path (other.root, i == 5 ? "a" : "a/2.pnm");
      new = test_path (other.root, i == 5 ? "aa" : "a/3.pnm");
      test_build_add_some (&other);
      if (i == 1)
        test_build_add_at (&other, "a/2.pnm", 1, 2000);
      else if (i == 2)
        test_build_add (&other, "a/2.pnm", 2);
      else if (i == 3)
        test_add_file (other.root, "a/2.pnm", "", 0);
      else if (i == 4 || i == 5)
        g_assert_cmpint (g_rename (old, new), ==, 0);
      else if (i == 6)
        test_build_add (&other, "b/3.pnm", 0);
      else if (i == 7)
        g_remove (old);

      digest = digest_of (&other, other.root);
      if ((i < 2) != g_str_equal (digest, original))
        g_error ("%s", changes[i]);
      test_folder_delete (other.root);
      g_free (other.root);
    }

  /* Kept or not makes no difference. */
  {
    g_autoptr (FocFeatureStore) store = test_build (self);

    g_assert_cmpstr (foc_feature_store_get_digest (store), ==, original);
  }
}

/* Two data sets in one cache. */
static void
test_two_datasets (BuildFixture *self, gconstpointer data)
{
  BuildFixture other = *self;
  g_autofree char *folder = test_path (self->cache, "features");

  other.root = test_folder_new ();
  test_build_add_some (self);
  test_build_add_some (&other);
  test_build_add (&other, "b/1.pnm", 0);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (FocFeatureStore) a = test_build (self);
      g_autoptr (FocFeatureStore) b = test_build (&other);

      test_assert_rows (a, "01212");
      test_assert_rows (b, "01202");
    }
  test_folder_delete (other.root);
  g_free (other.root);
}

static void
test_real_pictures (BuildFixture *self, gconstpointer data)
{
  const char *root = g_getenv ("FOC_TEST_IMAGES");
  const FocFeatureBuildOptions options = { self->cache, FALSE, 2 };

  if (root == NULL || !g_file_test (root, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("FOC_TEST_IMAGES names no folder of class folders");
      return;
    }

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (FocDataset) dataset = test_scan (root);
      g_autofree char *notice = NULL;
      g_autoptr (FocFeatureStore) store =
        foc_feature_build (dataset, &options, NULL, NULL, NULL, &notice, NULL);

      g_assert_nonnull (store);
      g_assert_cmpuint (foc_feature_store_get_n_rows (store), >, 0);
      for (guint32 row = 0; row < foc_feature_store_get_n_rows (store); row++)
        g_assert_cmpuint (foc_feature_store_get_status (store)[row], ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_BUILD_TEST ("built", test_built);
  ADD_BUILD_TEST ("reuse", test_reuse);
  ADD_BUILD_TEST ("renamed-class", test_renamed_class);
  ADD_BUILD_TEST ("unreadable", test_unreadable);
  ADD_BUILD_TEST ("gone", test_gone);
  ADD_BUILD_TEST ("digest", test_digest);
  ADD_BUILD_TEST ("two-datasets", test_two_datasets);
  ADD_BUILD_TEST ("real-pictures", test_real_pictures);

  return g_test_run ();
}

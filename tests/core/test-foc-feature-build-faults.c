/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-feature-build.h"

#include "foc-file.h"
#include "test-dataset.h"
#include "test-encoders.h"
#include "test-folders.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A build that is watched, stopped, or in trouble with its cache. */

typedef struct
{
  GCancellable *cancellable;
  guint64 done;
  guint64 total;
} Progress;

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_cmpuint (done, >=, progress->done);
  g_assert_cmpuint (done, <=, total);
  progress->done = done;
  progress->total = total;
  if (progress->cancellable != NULL)
    g_cancellable_cancel (progress->cancellable);
}

static void
test_progress (BuildFixture *self, gconstpointer data)
{
  const FocFeatureBuildOptions options = { self->cache, FALSE, 2 };

  test_build_add_some (self);
  for (int i = 0; i < 2; i++) /* cold and warm */
    {
      g_autoptr (FocDataset) dataset = test_scan (self->root);
      g_autofree char *notice = NULL;
      Progress progress = { 0 };
      g_autoptr (FocFeatureStore) store = foc_feature_build (
        dataset, &options, on_progress, &progress, NULL, &notice, NULL);

      g_assert_nonnull (store);
      g_assert_cmpuint (progress.done, ==, 5);
      g_assert_cmpuint (progress.total, ==, 5);
    }
}

static void
test_cancelled (BuildFixture *self, gconstpointer data)
{
  const FocFeatureBuildOptions options = { self->cache, TRUE, 2 };
  g_autoptr (GdkPixbuf) large = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 2500, 2500);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GBytes) bytes = NULL;

  test_build_add_some (self);
  test_build_only (self);
  before = test_read_store (self);

  /* Long enough for the first report of progress, which cancels. */
  gdk_pixbuf_fill (large, 0x405060ff);
  bytes = test_encode (large, "png"); /* pnm's loader warns where it is stopped */
  test_build_add_bytes (self, "b/large-0.png", bytes);
  for (int i = 1; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("b/large-%d.png", i);

      test_add_link (self->root, name, "large-0.png");
    }

  for (int i = 0; i < 2; i++) /* on the way, and before it begins */
    {
      g_autoptr (FocDataset) dataset = test_scan (self->root);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Progress progress = { cancellable, 0, 0 };
      g_autofree char *notice = NULL;
      g_autoptr (GError) error = NULL;

      if (i == 1)
        g_cancellable_cancel (cancellable);
      g_assert_null (foc_feature_build (dataset, &options, on_progress, &progress,
                                        cancellable, &notice, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      if (i == 0)
        g_assert_cmpuint (progress.done, <, progress.total);
    }
  after = test_read_store (self);
  g_assert_true (g_bytes_equal (before, after));
}

/* Each operation on the disk fails in turn, until none is left to fail: whatever
 * comes of it, the old store or the new one is there, and whole. */
static void
test_faults (BuildFixture *self, gconstpointer data)
{
  static const int errors[] = { ENOSPC, EIO, EROFS };

  for (guint e = 0; e < G_N_ELEMENTS (errors); e++)
    {
      gboolean done = FALSE;
      guint n_failed = 0;
      g_autoptr (GBytes) before = NULL;

      test_build_add_some (self);
      test_build_only (self);
      before = test_read_store (self);
      test_build_add (self, "b/3.pnm", 0);

      for (guint nth = 1; !done; nth++)
        {
          const FocFeatureBuildOptions options = { self->cache, FALSE, 2 };
          g_autoptr (FocDataset) dataset = test_scan (self->root);
          g_autoptr (FocFeatureStore) store = NULL;
          g_autoptr (GError) error = NULL;
          g_autoptr (GBytes) after = NULL;
          g_autofree char *notice = NULL;

          foc_file_set_fault (nth, errors[e]);
          store =
            foc_feature_build (dataset, &options, NULL, NULL, NULL, &notice, &error);
          done = foc_file_set_fault (0, 0) < nth;
          after = test_read_store (self);
          g_assert_cmpint (g_bytes_equal (before, after), ==, !done);
          if (done)
            g_assert_null (notice);
          else if (nth == 1 && errors[e] != ENOSPC)
            g_assert_nonnull (strstr (notice, g_strerror (errors[e])));
          else
            {
              g_assert_null (store);
              g_assert_nonnull (error);
              g_assert_cmpint (error->domain, ==, G_FILE_ERROR);
              g_assert_cmpint (error->code, ==, g_file_error_from_errno (errors[e]));
              g_assert_nonnull (strstr (error->message, ".focf"));
              n_failed++;
              continue;
            }
          g_assert_no_error (error);
          test_assert_rows (store, "012102");
        }
      g_assert_cmpuint (n_failed, >=, 6 * 2 + 2);
      test_folder_delete (self->root);
      test_folder_delete (self->cache);
    }
}

/* No folder for the cache can be made below a file, not even by root. */
static void
test_no_cache (BuildFixture *self, gconstpointer data)
{
  g_autofree char *below_file = test_path (self->cache, "file/cache");
  const char *const caches[] = { below_file, NULL };

  test_build_add_some (self);
  test_add_files (self->cache, "file");
  for (guint i = 0; i < G_N_ELEMENTS (caches); i++)
    {
      const FocFeatureBuildOptions options = { caches[i], FALSE, 2 };
      g_autofree char *notice = NULL;
      g_autoptr (FocFeatureStore) store = test_build_with (self, &options, &notice);

      test_assert_rows (store, "01212");
      if (caches[i] == NULL)
        g_assert_null (notice);
      else
        g_assert_nonnull (strstr (notice, below_file));
    }
}

/* The old store can be read there though nothing can be written. */
static void
test_read_only_cache (BuildFixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->cache, "features");
  g_autofree char *notice = NULL;
  const FocFeatureBuildOptions options = { self->cache, FALSE, 2 };
  g_autoptr (FocFeatureStore) store = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }

  test_build_add_some (self);
  test_build_only (self);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  store = test_build (self);
  test_assert_rows (store, "01212");
  g_clear_pointer (&store, foc_feature_store_unref);

  test_build_add (self, "a/1.pnm", 2);
  test_build_add (self, "b/3.pnm", 0);
  store = test_build_with (self, &options, &notice);
  g_assert_nonnull (notice);
  test_assert_rows (store, "012102");
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
}

static void
spoil_store (const BuildFixture *self, gint64 offset, gsize length)
{
  g_autoptr (GBytes) bytes = test_read_store (self);
  g_autofree char *path = test_find_store (self);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree guint8 *copy =
    g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  copy[offset >= 0 ? offset : (gint64) g_bytes_get_size (bytes) + offset] ^= 1;
  test_add_file (folder, name, copy, MIN (length, g_bytes_get_size (bytes)));
}

static void
test_damaged (BuildFixture *self, gconstpointer data)
{
  static const struct
  {
    gint64 offset;
    gsize length;
  } cases[] = { { 0, 0 },         { 0, 100 },        { 0, 5000 },
                { 0, G_MAXSIZE }, { 50, G_MAXSIZE }, { 140, G_MAXSIZE } };
  const FocFeatureBuildOptions options = { self->cache, FALSE, 2 };

  test_build_add_some (self);
  test_build_only (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FocFeatureStore) store = NULL;
      g_autofree char *notice = NULL;

      spoil_store (self, cases[i].offset, cases[i].length);
      store = test_build_with (self, &options, &notice);
      g_assert_nonnull (notice);
      g_assert_nonnull (strstr (notice, ".focf"));
      g_assert_nonnull (strstr (notice, "built again"));
      test_assert_rows (store, "01212");
      g_clear_pointer (&store, foc_feature_store_unref);
      store = test_build (self);
      test_assert_rows (store, "01212");
    }
}

/* A row that is damaged is not taken over. */
static void
test_damaged_row (BuildFixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) store = NULL;

  test_build_add_some (self);
  test_build_only (self);
  spoil_store (self, -100, G_MAXSIZE);
  test_build_add (self, "a/0.pnm", 1);
  store = test_build (self);
  test_assert_rows (store, "101212");
}

static gpointer
build_often (gpointer data)
{
  const BuildFixture *self = data;

  for (int i = 0; i < 10; i++)
    {
      const FocFeatureBuildOptions options = { self->cache, i % 2 == 0, 2 };
      g_autofree char *notice = NULL;
      g_autoptr (FocFeatureStore) store = test_build_with (self, &options, &notice);

      g_assert_cmpstr (notice, ==, NULL);
      test_assert_rows (store, "01212");
    }
  return NULL;
}

/* As two processes would: nothing but the file system is shared. */
static void
test_at_once (BuildFixture *self, gconstpointer data)
{
  GThread *threads[3];

  test_build_add_some (self);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("build", build_often, self);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_free (test_find_store (self));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_BUILD_TEST ("progress", test_progress);
  ADD_BUILD_TEST ("cancelled", test_cancelled);
  ADD_BUILD_TEST ("faults", test_faults);
  ADD_BUILD_TEST ("no-cache", test_no_cache);
  ADD_BUILD_TEST ("read-only-cache", test_read_only_cache);
  ADD_BUILD_TEST ("damaged", test_damaged);
  ADD_BUILD_TEST ("damaged-row", test_damaged_row);
  ADD_BUILD_TEST ("at-once", test_at_once);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-feature-build.h"

#include "foc-error.h"
#include "foc-preprocess.h"

#include "test-folders.h"
#include "test-pictures.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *root;
  char *cache;
  GBytes *pictures[3]; /* of equal length */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  static const guint32 colours[] = { 0x102030ff, 0x802010ff, 0x10f0f0ff };

  self->root = test_root_new ();
  self->cache = test_root_new ();
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 9, 9);

      gdk_pixbuf_fill (pixbuf, colours[i]);
      self->pictures[i] = test_pnm (pixbuf);
    }
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  foc_file_set_fault (0, 0);
  test_remove (self->root);
  test_remove (self->cache);
  g_free (self->root);
  g_free (self->cache);
  for (guint i = 0; i < G_N_ELEMENTS (self->pictures); i++)
    g_bytes_unref (self->pictures[i]);
}

/* Picture number `which` under a name, its time being `seconds`. */
static void
add_at (const Fixture *self, const char *name, guint which, gint64 seconds)
{
  const struct timespec times[2] = { { seconds, 5 }, { seconds, 5 } };
  g_autofree char *path = test_path (self->root, name);

  test_add_file (self->root, name, g_bytes_get_data (self->pictures[which], NULL),
                 g_bytes_get_size (self->pictures[which]));
  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static void
add (const Fixture *self, const char *name, guint which)
{
  add_at (self, name, which, 1000);
}

static void
add_some (const Fixture *self)
{
  add (self, "a/1.pnm", 0);
  add (self, "a/2.pnm", 1);
  add (self, "a/10.pnm", 2);
  add (self, "b/1.pnm", 1);
  add (self, "b/sub/2.pnm", 2);
}

static FocFeatureStore *
build_with (const Fixture *self, const FocFeatureBuildOptions *options, char **notice)
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

/* With the cache, and nothing to remark on. */
static FocFeatureStore *
build (const Fixture *self)
{
  const FocFeatureBuildOptions options = { self->cache, FALSE, 2 };
  g_autofree char *notice = NULL;
  FocFeatureStore *store = build_with (self, &options, &notice);

  g_assert_cmpstr (notice, ==, NULL);
  return store;
}

static void
build_only (const Fixture *self)
{
  FocFeatureStore *store = build (self);

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

/* The pictures of all rows, such as "01212"; "x" for one without features. */
static void
assert_rows (FocFeatureStore *store, const char *expected)
{
  g_autoptr (GString) rows = g_string_new (NULL);

  for (guint32 i = 0; i < foc_feature_store_get_n_rows (store); i++)
    if (foc_feature_store_get_status (store)[i] != 0)
      g_string_append_c (rows, 'x');
    else
      g_string_append_printf (rows, "%u", picture_of (store, i));
  g_assert_cmpstr (rows->str, ==, expected);
}

/* The file of the only store in the cache; NULL if there is none. */
static char *
find_store (const Fixture *self)
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

static GBytes *
read_store (const Fixture *self)
{
  g_autofree char *path = find_store (self);
  char *data;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  return g_bytes_new_take (data, length);
}

static guint64
inode_of_store (const Fixture *self)
{
  g_autofree char *path = find_store (self);
  struct stat status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return status.st_ino;
}

static void
assert_is_preprocessed (const Fixture *self)
{
  g_autoptr (FocDataset) dataset = test_scan (self->root);
  g_autoptr (FocFeatureStore) store = build (self);

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
add_bytes (const Fixture *self, const char *name, GBytes *bytes)
{
  test_add_file (self->root, name, g_bytes_get_data (bytes, NULL),
                 g_bytes_get_size (bytes));
}

static void
test_built (Fixture *self, gconstpointer data)
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

      add_bytes (self, name, bytes);
    }
  assert_is_preprocessed (self);

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      const FocFeatureBuildOptions options = { self->cache, TRUE, jobs[i] };
      g_autofree char *notice = NULL;
      g_autoptr (FocFeatureStore) store = build_with (self, &options, &notice);
      g_autoptr (GBytes) bytes = read_store (self);

      if (first == NULL)
        first = g_bytes_ref (bytes);
      g_assert_true (g_bytes_equal (bytes, first));
    }
}

/* A picture is replaced by another of the same size and time: whoever decodes it
 * again is found out. */
static void
test_reuse (Fixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) store = NULL;
  guint64 inode;

  add_some (self);
  store = build (self);
  assert_rows (store, "01212");
  g_clear_pointer (&store, foc_feature_store_unref);
  inode = inode_of_store (self);

  /* Nothing changed, as far as can be seen: nothing is written. */
  add (self, "a/1.pnm", 2);
  store = build (self);
  assert_rows (store, "01212");
  g_clear_pointer (&store, foc_feature_store_unref);
  g_assert_cmpuint (inode_of_store (self), ==, inode);

  /* More files, in front, between and at the end, and another class. */
  add (self, "a/0.pnm", 1);
  add (self, "a/3.pnm", 0);
  add (self, "b/x.pnm", 0);
  add (self, "aa/x.pnm", 2);
  store = build (self);
  assert_rows (store, "101022120");
  g_clear_pointer (&store, foc_feature_store_unref);

  /* Files and a class less. */
  {
    g_autofree char *file = test_path (self->root, "a/0.pnm");
    g_autofree char *class = test_path (self->root, "aa");

    test_remove (file);
    test_remove (class);
  }
  store = build (self);
  assert_rows (store, "0102120");
  g_clear_pointer (&store, foc_feature_store_unref);

  /* A changed time, and a changed size. */
  add_at (self, "b/1.pnm", 0, 1001);
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
  store = build (self);
  assert_rows (store, "0002020");
  g_clear_pointer (&store, foc_feature_store_unref);

  /* A renamed file is another one, and so is a file of a renamed class. */
  {
    g_autofree char *old = test_path (self->root, "a/1.pnm");
    g_autofree char *new = test_path (self->root, "a/1a.pnm");

    g_assert_cmpint (g_rename (old, new), ==, 0);
  }
  store = build (self);
  assert_rows (store, "2002020");
  g_clear_pointer (&store, foc_feature_store_unref);

  /* From the start. */
  {
    const FocFeatureBuildOptions options = { self->cache, TRUE, 2 };
    g_autofree char *notice = NULL;

    add_at (self, "b/1.pnm", 2, 1001);
    store = build_with (self, &options, &notice);
    assert_rows (store, "2002220");
    g_assert_null (notice);
  }
}

static void
test_renamed_class (Fixture *self, gconstpointer data)
{
  g_autofree char *old = test_path (self->root, "a");
  g_autofree char *new = test_path (self->root, "c");
  g_autoptr (FocFeatureStore) store = NULL;
  g_autoptr (FocFeatureStore) renamed = NULL;

  add_some (self);
  store = build (self);
  g_assert_cmpint (g_rename (old, new), ==, 0);
  renamed = build (self);
  assert_rows (renamed, "12012");
  g_assert_cmpstr (foc_feature_store_get_digest (store), !=,
                   foc_feature_store_get_digest (renamed));
}

static void
test_unreadable (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (self->pictures[0], 0, 60);
  g_autofree char *huge = g_strdup ("P6 60000 60000 255\n0");
  g_autofree char *goal = NULL;
  g_autoptr (FocFeatureStore) store = NULL;
  const guint8 *status;

  add_some (self);
  test_add_files (self->root, "a/3.jpg");
  test_add_file (self->root, "a/4.jpg", "This is text.", 13);
  add_bytes (self, "a/5.pnm", half);
  test_add_file (self->root, "a/6.pnm", huge, strlen (huge));

  store = build (self);
  assert_rows (store, "01xxxx212");
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

    store = build (self);
    assert_rows (store, "01xxxx212");
    g_assert_cmpuint (inode_of_store (self), ==, inode);
    g_clear_pointer (&store, foc_feature_store_unref);
  }
  add (self, "a/3.jpg", 1);
  store = build (self);
  assert_rows (store, "011xxx212");
}

/* A file that goes between scan and build has no features; when it is back with
 * its old size and time it is read. */
static void
test_gone (Fixture *self, gconstpointer data)
{
  const FocFeatureBuildOptions options = { self->cache, FALSE, 2 };
  g_autofree char *path = test_path (self->root, "a/2.pnm");
  g_autofree char *notice = NULL;
  g_autoptr (FocDataset) dataset = NULL;
  guint64 inode = 0;

  add_some (self);
  dataset = test_scan (self->root);
  g_remove (path);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (FocFeatureStore) store =
        foc_feature_build (dataset, &options, NULL, NULL, NULL, &notice, NULL);

      g_assert_nonnull (store);
      assert_rows (store, "0x212");
      g_assert_cmpuint (foc_feature_store_get_status (store)[1], ==,
                        FOC_ERROR_IMAGE_NO_ACCESS);
      /* Still gone: that is no reason to write. */
      g_assert_true (i == 0 || inode_of_store (self) == inode);
      inode = inode_of_store (self);
    }

  add (self, "a/2.pnm", 1);
  {
    g_autoptr (FocFeatureStore) store = build (self);

    assert_rows (store, "01212");
  }
}

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
test_progress (Fixture *self, gconstpointer data)
{
  const FocFeatureBuildOptions options = { self->cache, FALSE, 2 };

  add_some (self);
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
test_cancelled (Fixture *self, gconstpointer data)
{
  const FocFeatureBuildOptions options = { self->cache, TRUE, 2 };
  g_autoptr (GdkPixbuf) large = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 2500, 2500);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GBytes) bytes = NULL;

  add_some (self);
  build_only (self);
  before = read_store (self);

  /* Long enough for the first report of progress, which cancels. */
  gdk_pixbuf_fill (large, 0x405060ff);
  bytes = test_pnm (large);
  add_bytes (self, "b/large-0.pnm", bytes);
  for (int i = 1; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("b/large-%d.pnm", i);

      test_add_link (self->root, name, "large-0.pnm");
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
  after = read_store (self);
  g_assert_true (g_bytes_equal (before, after));
}

/* Each operation on the disk fails in turn, until none is left to fail: whatever
 * comes of it, the old store or the new one is there, and whole. */
static void
test_faults (Fixture *self, gconstpointer data)
{
  static const int errors[] = { ENOSPC, EIO, EROFS };

  for (guint e = 0; e < G_N_ELEMENTS (errors); e++)
    {
      gboolean done = FALSE;
      guint n_failed = 0;
      g_autoptr (GBytes) before = NULL;

      add_some (self);
      build_only (self);
      before = read_store (self);
      add (self, "b/3.pnm", 0);

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
          after = read_store (self);
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
          assert_rows (store, "012102");
        }
      g_assert_cmpuint (n_failed, >=, 6 * 2 + 2);
      test_remove (self->root);
      test_remove (self->cache);
    }
}

/* No folder for the cache can be made below a file, not even by root. */
static void
test_no_cache (Fixture *self, gconstpointer data)
{
  g_autofree char *below_file = test_path (self->cache, "file/cache");
  const char *const caches[] = { below_file, NULL };

  add_some (self);
  test_add_files (self->cache, "file");
  for (guint i = 0; i < G_N_ELEMENTS (caches); i++)
    {
      const FocFeatureBuildOptions options = { caches[i], FALSE, 2 };
      g_autofree char *notice = NULL;
      g_autoptr (FocFeatureStore) store = build_with (self, &options, &notice);

      assert_rows (store, "01212");
      if (caches[i] == NULL)
        g_assert_null (notice);
      else
        g_assert_nonnull (strstr (notice, below_file));
    }
}

/* The old store can be read there though nothing can be written. */
static void
test_read_only_cache (Fixture *self, gconstpointer data)
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

  add_some (self);
  build_only (self);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  store = build (self);
  assert_rows (store, "01212");
  g_clear_pointer (&store, foc_feature_store_unref);

  add (self, "a/1.pnm", 2);
  add (self, "b/3.pnm", 0);
  store = build_with (self, &options, &notice);
  g_assert_nonnull (notice);
  assert_rows (store, "012102");
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
}

static void
spoil_store (const Fixture *self, gint64 offset, gsize length)
{
  g_autoptr (GBytes) bytes = read_store (self);
  g_autofree char *path = find_store (self);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree guint8 *copy =
    g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  copy[offset >= 0 ? offset : (gint64) g_bytes_get_size (bytes) + offset] ^= 1;
  test_add_file (folder, name, copy, MIN (length, g_bytes_get_size (bytes)));
}

static void
test_damaged (Fixture *self, gconstpointer data)
{
  static const struct
  {
    gint64 offset;
    gsize length;
  } cases[] = { { 0, 0 },         { 0, 100 },        { 0, 5000 },
                { 0, G_MAXSIZE }, { 50, G_MAXSIZE }, { 140, G_MAXSIZE } };
  const FocFeatureBuildOptions options = { self->cache, FALSE, 2 };

  add_some (self);
  build_only (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FocFeatureStore) store = NULL;
      g_autofree char *notice = NULL;

      spoil_store (self, cases[i].offset, cases[i].length);
      store = build_with (self, &options, &notice);
      g_assert_nonnull (notice);
      g_assert_nonnull (strstr (notice, ".focf"));
      g_assert_nonnull (strstr (notice, "built again"));
      assert_rows (store, "01212");
      g_clear_pointer (&store, foc_feature_store_unref);
      store = build (self);
      assert_rows (store, "01212");
    }
}

/* A row that is damaged is not taken over. */
static void
test_damaged_row (Fixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) store = NULL;

  add_some (self);
  build_only (self);
  spoil_store (self, -100, G_MAXSIZE);
  add (self, "a/0.pnm", 1);
  store = build (self);
  assert_rows (store, "101212");
}

static char *
digest_of (const Fixture *self, const char *root)
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
test_digest (Fixture *self, gconstpointer data)
{
  Fixture other = *self;
  g_autofree char *original = NULL;
  static const char *const changes[] = {
    "same", "time", "content", "unreadable", "name", "class", "more", "less",
  };

  add_some (self);
  original = digest_of (self, self->root);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *digest = NULL;
      g_autofree char *old = NULL;
      g_autofree char *new = NULL;

      other.root = test_root_new ();
      old = test_path (other.root, i == 5 ? "a" : "a/2.pnm");
      new = test_path (other.root, i == 5 ? "aa" : "a/3.pnm");
      add_some (&other);
      if (i == 1)
        add_at (&other, "a/2.pnm", 1, 2000);
      else if (i == 2)
        add (&other, "a/2.pnm", 2);
      else if (i == 3)
        test_add_file (other.root, "a/2.pnm", "", 0);
      else if (i == 4 || i == 5)
        g_assert_cmpint (g_rename (old, new), ==, 0);
      else if (i == 6)
        add (&other, "b/3.pnm", 0);
      else if (i == 7)
        g_remove (old);

      digest = digest_of (&other, other.root);
      if ((i < 2) != g_str_equal (digest, original))
        g_error ("%s", changes[i]);
      test_remove (other.root);
      g_free (other.root);
    }

  /* Kept or not makes no difference. */
  {
    g_autoptr (FocFeatureStore) store = build (self);

    g_assert_cmpstr (foc_feature_store_get_digest (store), ==, original);
  }
}

/* Two data sets in one cache. */
static void
test_two_datasets (Fixture *self, gconstpointer data)
{
  Fixture other = *self;
  g_autofree char *folder = test_path (self->cache, "features");

  other.root = test_root_new ();
  add_some (self);
  add_some (&other);
  add (&other, "b/1.pnm", 0);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (FocFeatureStore) a = build (self);
      g_autoptr (FocFeatureStore) b = build (&other);

      assert_rows (a, "01212");
      assert_rows (b, "01202");
    }
  test_remove (other.root);
  g_free (other.root);
}

static gpointer
build_often (gpointer data)
{
  const Fixture *self = data;

  for (int i = 0; i < 10; i++)
    {
      const FocFeatureBuildOptions options = { self->cache, i % 2 == 0, 2 };
      g_autofree char *notice = NULL;
      g_autoptr (FocFeatureStore) store = build_with (self, &options, &notice);

      g_assert_cmpstr (notice, ==, NULL);
      assert_rows (store, "01212");
    }
  return NULL;
}

/* As two processes would: nothing but the file system is shared. */
static void
test_at_once (Fixture *self, gconstpointer data)
{
  GThread *threads[3];

  add_some (self);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("build", build_often, self);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_free (find_store (self));
}

static void
test_real_pictures (Fixture *self, gconstpointer data)
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

#define ADD(name, function)                                                              \
  g_test_add ("/feature-build/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("built", test_built);
  ADD ("reuse", test_reuse);
  ADD ("renamed-class", test_renamed_class);
  ADD ("unreadable", test_unreadable);
  ADD ("gone", test_gone);
  ADD ("progress", test_progress);
  ADD ("cancelled", test_cancelled);
  ADD ("faults", test_faults);
  ADD ("no-cache", test_no_cache);
  ADD ("read-only-cache", test_read_only_cache);
  ADD ("damaged", test_damaged);
  ADD ("damaged-row", test_damaged_row);
  ADD ("digest", test_digest);
  ADD ("two-datasets", test_two_datasets);
  ADD ("at-once", test_at_once);
  ADD ("real-pictures", test_real_pictures);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-dataset.h"

#include "foc-limits.h"
#include "test-folders.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
test_simple (DatasetFixture *self, gconstpointer data)
{
  g_autofree char *faces_10 = test_path (self->root, "faces/10.jpg");
  g_autofree char *slash = g_strconcat (self->root, "/faces/../", NULL);
  g_autofree char *real = realpath (self->root, NULL);
  g_autoptr (FocDataset) dataset = NULL;
  const FocPicture *picture;
  struct stat status;

  test_add_file (self->root, "faces/10.jpg", "12345", 5);
  test_add_files (self->root, "faces/2.PNG comics/x.webp faces/9.jpeg");
  g_assert_cmpint (g_stat (faces_10, &status), ==, 0);

  dataset = test_scan (slash);
  g_assert_cmpstr (foc_dataset_get_root (dataset), ==, real);
  g_assert_cmpuint (foc_dataset_get_n_classes (dataset), ==, 2);
  g_assert_cmpstr (foc_dataset_get_class_names (dataset)[0], ==, "comics");
  g_assert_cmpstr (foc_dataset_get_class_names (dataset)[1], ==, "faces");
  g_assert_null (foc_dataset_get_class_names (dataset)[2]);
  g_assert_cmpuint (foc_dataset_get_class_size (dataset, 0), ==, 1);
  g_assert_cmpuint (foc_dataset_get_class_size (dataset, 1), ==, 3);
  g_assert_false (foc_dataset_has_split (dataset));

  picture = foc_dataset_get_picture (dataset, 3);
  g_assert_cmpstr (picture->path, ==, "faces/10.jpg");
  g_assert_cmpstr (picture->name, ==, "10.jpg");
  g_assert_cmpuint (picture->size, ==, 5);
  g_assert_cmpint (picture->mtime, ==,
                   (gint64) status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec);
  g_assert_cmpuint (picture->label, ==, 1);
  g_assert_cmpuint (picture->part, ==, FOC_PART_NONE);
  test_assert_pictures (self->root,
                        "comics/x.webp faces/2.PNG faces/9.jpeg faces/10.jpg");

  {
    g_autofree char *file = foc_dataset_get_file (dataset, 3);
    g_autofree char *expected = test_path (real, "faces/10.jpg");

    g_assert_cmpstr (file, ==, expected);
  }
}

static void
test_ignored (DatasetFixture *self, gconstpointer data)
{
  g_autoptr (FocDataset) dataset = NULL;
  const FocIgnored *ignored;

  test_add_files (self->root, "a/1.jpg b/1.jpg");
  test_add_files (self->root, ".hidden/1.jpg a/.1.jpg a/.x/1.jpg a/sub/.2.jpg");
  test_add_files (self->root, "README stray.jpg a/notes.txt a/jpg a/sub/x.jpg.part");
  test_add_folder (self->root, "empty");
  test_add_files (self->root, "text/only.txt");

  dataset = test_scan (self->root);
  ignored = foc_dataset_get_ignored (dataset);
  g_assert_cmpuint (foc_dataset_get_n_pictures (dataset), ==, 2);
  g_assert_cmpuint (foc_dataset_get_n_classes (dataset), ==, 2);
  g_assert_cmpuint (ignored->hidden, ==, 4);
  g_assert_cmpuint (ignored->no_pictures, ==, 6);
  g_assert_cmpuint (ignored->empty_folders, ==, 2);
  g_assert_cmpuint (ignored->loops, ==, 0);
}

static void
test_sub_folders (DatasetFixture *self, gconstpointer data)
{
  test_add_files (self->root, "b/1.jpg a/10/1.jpg a/9/2/x.jpg a/9/1.jpg a/3.jpg");
  test_assert_pictures (self->root, "a/3.jpg a/9/1.jpg a/9/2/x.jpg a/10/1.jpg b/1.jpg");
}

static void
test_creation_order (DatasetFixture *self, gconstpointer data)
{
  g_autoptr (GString) expected = g_string_new (NULL);

  /* 7 is prime to 101: all numbers, shuffled. */
  for (int i = 0; i < 101; i++)
    {
      g_autofree char *name =
        g_strdup_printf ("%s/%d.jpg", i % 2 ? "b" : "a", i * 7 % 101);

      test_add_files (self->root, name);
    }
  for (int class = 0; class < 2; class ++)
    for (int i = 0; i < 101; i++)
      if (i * 29 % 101 % 2 == class) /* 29 undoes 7 */
        g_string_append_printf (expected, "%s%s/%d.jpg", expected->len > 0 ? " " : "",
                                class ? "b" : "a", i);
  test_assert_pictures (self->root, expected->str);
}

/* A time that nanoseconds since 1970 cannot hold is still a time. */
static void
test_far_times (DatasetFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->root, "a", "1.jpg", NULL);
  struct timespec times[2] = { { .tv_sec = 13569465600 }, { .tv_sec = 13569465600 } };

  test_add_files (self->root, "a/1.jpg b/1.jpg");
  if (utimensat (AT_FDCWD, path, times, 0) != 0)
    {
      g_test_skip ("the file system has no times beyond 2262");
      return;
    }
  test_assert_pictures (self->root, "a/1.jpg b/1.jpg");
}

static void
test_links (DatasetFixture *self, gconstpointer data)
{
  g_autofree char *outside = test_folder_new ();
  g_autofree char *elsewhere = test_path (outside, "pictures");
  g_autoptr (FocDataset) dataset = NULL;
  g_autofree char *list = NULL;

  test_add_file (outside, "pictures/1.jpg", "1234", 4);
  test_add_files (self->root, "a/1.jpg");
  test_add_link (self->root, "a/2.jpg", "../../nothing/here.jpg");
  test_add_link (self->root, "a/3.jpg", "3.jpg");
  test_add_link (self->root, "a/4.jpg", "1.jpg");
  test_add_link (self->root, "b", elsewhere);

  dataset = test_scan (self->root);
  list = test_list (dataset);
  g_assert_cmpstr (list, ==, "a/1.jpg a/4.jpg b/1.jpg");
  g_assert_cmpuint (foc_dataset_get_picture (dataset, 2)->size, ==, 4);
  g_assert_cmpuint (foc_dataset_get_ignored (dataset)->no_pictures, ==, 2);
  test_folder_delete (outside);
}

/* A link that leads out of the class and back would bring it pictures of others. */
static void
test_loops (DatasetFixture *self, gconstpointer data)
{
  static const char *const targets[] = { ".", "..", "../..", "/", "sub" };
  g_autoptr (FocDataset) dataset = NULL;
  g_autofree char *list = NULL;

  test_add_files (self->root, "a/1.jpg a/sub/2.jpg b/1.jpg");
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *name = g_strdup_printf ("a/loop-%u", i);

      test_add_link (self->root, name, targets[i]);
    }
  test_add_link (self->root, "a/sub/up", "..");
  test_add_link (self->root, "self", ".");

  dataset = test_scan (self->root);
  list = test_list (dataset);
  /* The folder that is met by two names has the first in natural order. */
  g_assert_cmpstr (list, ==, "a/1.jpg a/loop-4/2.jpg b/1.jpg");
  g_assert_cmpuint (foc_dataset_get_ignored (dataset)->loops, ==, 7);
}

/* A folder that is met by two names has the first in natural order, in whatever
 * order the file system tells them. */
static void
test_two_names (DatasetFixture *self, gconstpointer data)
{
  g_autoptr (FocDataset) dataset = NULL;

  test_add_files (self->root, "b/1.jpg");
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *file = g_strdup_printf ("a/m%d/1.jpg", i);
      g_autofree char *link = g_strdup_printf ("a/%c%d", i % 2 ? 'x' : 'c', i);
      g_autofree char *target = g_strdup_printf ("m%d", i);

      test_add_files (self->root, file);
      test_add_link (self->root, link, target);
    }

  dataset = test_scan (self->root);
  g_assert_cmpuint (foc_dataset_get_n_pictures (dataset), ==, 21);
  g_assert_cmpuint (foc_dataset_get_ignored (dataset)->loops, ==, 20);
  for (guint32 i = 0; i < 20; i++)
    g_assert_true (g_str_has_prefix (foc_dataset_get_picture (dataset, i)->path,
                                     i < 10 ? "a/c" : "a/m"));
}

static void
test_deep (DatasetFixture *self, gconstpointer data)
{
  g_autoptr (GString) path = g_string_new ("a");
  g_autoptr (FocDataset) dataset = NULL;

  test_add_files (self->root, "b/1.jpg");
  for (int depth = 1; depth < FOC_LIMIT_FOLDER_DEPTH + 3; depth++)
    {
      g_autofree char *name = g_strdup_printf ("%s/%d.jpg", path->str, depth);

      test_add_files (self->root, name);
      g_string_append (path, "/d");
    }

  dataset = test_scan (self->root);
  g_assert_cmpuint (foc_dataset_get_n_pictures (dataset), ==, FOC_LIMIT_FOLDER_DEPTH + 1);
  g_assert_cmpuint (foc_dataset_get_ignored (dataset)->loops, ==, 1);
}

static void
test_not_utf8 (DatasetFixture *self, gconstpointer data)
{
  g_autoptr (FocDataset) dataset = NULL;
  const char *const *names;

  test_add_files (self->root, "caf\xe9/1\xff.jpg caf\xe9/\xfe/2.jpg b/1.jpg");
  dataset = test_scan (self->root);
  names = foc_dataset_get_class_names (dataset);
  g_assert_cmpstr (names[1], ==, "caf\xef\xbf\xbd");
  g_assert_cmpstr (foc_dataset_get_picture (dataset, 1)->path, ==, "caf\xe9/1\xff.jpg");

  test_add_files (self->root, "caf\xe8/1.jpg");
  test_assert_refused (self->root, "both read", "caf\xef\xbf\xbd");
}

static void
test_refused (DatasetFixture *self, gconstpointer data)
{
  g_autofree char *missing = test_path (self->root, "missing");
  g_autofree char *file = test_path (self->root, "file");

  test_assert_refused (missing, g_strerror (ENOENT), "missing");
  test_assert_refused ("", g_strerror (ENOENT), "cannot be opened");
  test_assert_refused (self->root, "none of its folders", "foc-test-");
  test_add_files (self->root, "file 1.jpg 2.jpg");
  test_assert_refused (file, g_strerror (ENOTDIR), "file");
  test_assert_no_classes (self->root, "none of its folders", "foc-test-");
  test_add_files (self->root, "a/text.txt");
  test_assert_no_classes (self->root, "none of its folders", "foc-test-");
  test_add_files (self->root, "a/1.jpg");
  test_assert_no_classes (self->root, "only one class", "“a”");
  test_add_folder (self->root, "b");
  test_assert_no_classes (self->root, "only one class", "“a”");
  test_add_files (self->root, "b/1.jpg");
  test_assert_pictures (self->root, "a/1.jpg b/1.jpg");
}

static void
test_too_many_classes (DatasetFixture *self, gconstpointer data)
{
  for (int i = 0; i < FOC_LIMIT_CLASSES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d/1.jpg", i);

      test_add_files (self->root, name);
    }
  test_add_folder (self->root, "5000");

  {
    g_autoptr (FocDataset) dataset = test_scan (self->root);

    g_assert_cmpuint (foc_dataset_get_n_classes (dataset), ==, FOC_LIMIT_CLASSES);
    g_assert_cmpuint (foc_dataset_get_picture (dataset, 999)->label, ==, 999);
    g_assert_cmpstr (foc_dataset_get_class_names (dataset)[999], ==, "999");
  }

  test_add_files (self->root, "6000/1.jpg");
  test_assert_refused (self->root, "too large", "1000");
}

static void
cancel (guint64 done, guint64 total, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
count (guint64 done, guint64 total, gpointer user_data)
{
  guint64 *last = user_data;

  last[0] = done;
  last[1] = total;
}

static void
test_progress (DatasetFixture *self, gconstpointer data)
{
  guint64 last[2] = { 0, 0 };
  g_autoptr (FocDataset) dataset = NULL;

  test_add_files (self->root, "a/1.jpg a/2.jpg b/1.jpg");
  dataset = foc_dataset_scan (self->root, count, last, NULL, NULL);
  g_assert_nonnull (dataset);
  g_assert_cmpuint (last[0], ==, 3);
  g_assert_cmpuint (last[1], ==, 3);
}

static void
test_cancelled (DatasetFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  test_add_files (self->root, "a/1.jpg b/1.jpg");
  for (int i = 0; i < 2; i++) /* on the way, and before it begins */
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (foc_dataset_scan (self->root, i == 0 ? cancel : NULL, cancellable,
                                       cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_no_permission (DatasetFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *folder;
    int mode;
  } cases[] = { { "a", 0 }, { "a", 0444 }, { "a/sub", 0 }, { "", 0 }, { "", 0444 } };

  if (geteuid () == 0)
    {
      g_test_skip ("root may read everything");
      return;
    }

  test_add_files (self->root, "a/1.jpg a/sub/1.jpg b/1.jpg");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = test_path (self->root, cases[i].folder);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (g_chmod (path, (mode_t) cases[i].mode), ==, 0);
      g_assert_null (foc_dataset_scan (self->root, NULL, NULL, NULL, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, g_strerror (EACCES)));
      g_assert_cmpint (g_chmod (path, 0755), ==, 0);
    }
}

/* Entries that are neither files nor folders, and names that say nothing. */
static void
test_odd_entries (DatasetFixture *self, gconstpointer data)
{
  g_autofree char *pipe = test_path (self->root, "a/pipe.jpg");

  test_add_files (self->root, "a/1.jpg b/1.jpg");
  test_add_folder (self->root, "b/folder.jpg");
  g_assert_cmpint (mkfifo (pipe, 0644), ==, 0);
  test_assert_pictures (self->root, "a/1.jpg b/1.jpg");
}

static void
test_picture_names (void)
{
  static const char *const yes[] = { "a.jpg", "a.JPEG", "a.b.png", "a.Tiff", "a b.webp" };
  static const char *const no[] = {
    "", ".", "jpg", "a.", "a.jpg~", "a.txt", "a.jpg.txt"
  };

  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    g_assert_true (foc_is_picture_name (yes[i]));
  for (guint i = 0; i < G_N_ELEMENTS (no); i++)
    g_assert_false (foc_is_picture_name (no[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_DATASET_TEST ("simple", test_simple);
  ADD_DATASET_TEST ("ignored", test_ignored);
  ADD_DATASET_TEST ("sub-folders", test_sub_folders);
  ADD_DATASET_TEST ("creation-order", test_creation_order);
  ADD_DATASET_TEST ("far-times", test_far_times);
  ADD_DATASET_TEST ("links", test_links);
  ADD_DATASET_TEST ("loops", test_loops);
  ADD_DATASET_TEST ("two-names", test_two_names);
  ADD_DATASET_TEST ("deep", test_deep);
  ADD_DATASET_TEST ("not-utf8", test_not_utf8);
  ADD_DATASET_TEST ("refused", test_refused);
  ADD_DATASET_TEST ("too-many-classes", test_too_many_classes);
  ADD_DATASET_TEST ("progress", test_progress);
  ADD_DATASET_TEST ("cancelled", test_cancelled);
  ADD_DATASET_TEST ("no-permission", test_no_permission);
  ADD_DATASET_TEST ("odd-entries", test_odd_entries);
  g_test_add_func ("/dataset/picture-names", test_picture_names);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-dataset.h"

#include "foc-error.h"
#include "foc-limits.h"

#include "test-folders.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *root;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->root = test_root_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_remove (self->root);
  g_free (self->root);
}

/* The scan finds these pictures, in this order. */
static void
assert_pictures (const char *root, const char *expected)
{
  g_autoptr (FocDataset) dataset = test_scan (root);
  g_autofree char *list = test_list (dataset);

  g_assert_cmpstr (list, ==, expected);
}

/* The scan fails, with a sentence that says `words` and names `name`. */
static void
assert_refused (const char *root, const char *words, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FocDataset) dataset = foc_dataset_scan (root, NULL, NULL, NULL, &error);

  g_assert_null (dataset);
  g_assert_error (error, FOC_ERROR, FOC_ERROR_DATASET);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (strstr (error->message, words) == NULL || strstr (error->message, name) == NULL)
    g_error ("“%s” lacks “%s” or “%s”", error->message, words, name);
}

static void
test_simple (Fixture *self, gconstpointer data)
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
  assert_pictures (self->root, "comics/x.webp faces/2.PNG faces/9.jpeg faces/10.jpg");

  {
    g_autofree char *file = foc_dataset_get_file (dataset, 3);
    g_autofree char *expected = test_path (real, "faces/10.jpg");

    g_assert_cmpstr (file, ==, expected);
  }
}

static void
test_ignored (Fixture *self, gconstpointer data)
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
test_sub_folders (Fixture *self, gconstpointer data)
{
  test_add_files (self->root, "b/1.jpg a/10/1.jpg a/9/2/x.jpg a/9/1.jpg a/3.jpg");
  assert_pictures (self->root, "a/3.jpg a/9/1.jpg a/9/2/x.jpg a/10/1.jpg b/1.jpg");
}

static void
test_creation_order (Fixture *self, gconstpointer data)
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
  assert_pictures (self->root, expected->str);
}

static void
test_links (Fixture *self, gconstpointer data)
{
  g_autofree char *outside = test_root_new ();
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
  test_remove (outside);
}

/* A link that leads out of the class and back would bring it pictures of others. */
static void
test_loops (Fixture *self, gconstpointer data)
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
test_two_names (Fixture *self, gconstpointer data)
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
test_loops_in_parts (Fixture *self, gconstpointer data)
{
  test_add_files (self->root, "train/a/1.jpg train/b/1.jpg test/a/1.jpg test/b/1.jpg");
  test_add_link (self->root, "train/a/x", "..");
  test_add_link (self->root, "train/a/y", "../../test");
  assert_pictures (self->root, "train/a/1.jpg test/a/1.jpg train/b/1.jpg test/b/1.jpg");
}

static void
test_deep (Fixture *self, gconstpointer data)
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
test_not_utf8 (Fixture *self, gconstpointer data)
{
  g_autoptr (FocDataset) dataset = NULL;
  const char *const *names;

  test_add_files (self->root, "caf\xe9/1\xff.jpg caf\xe9/\xfe/2.jpg b/1.jpg");
  dataset = test_scan (self->root);
  names = foc_dataset_get_class_names (dataset);
  g_assert_cmpstr (names[1], ==, "caf\xef\xbf\xbd");
  g_assert_cmpstr (foc_dataset_get_picture (dataset, 1)->path, ==, "caf\xe9/1\xff.jpg");

  test_add_files (self->root, "caf\xe8/1.jpg");
  assert_refused (self->root, "both read", "caf\xef\xbf\xbd");
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autofree char *missing = test_path (self->root, "missing");
  g_autofree char *file = test_path (self->root, "file");

  assert_refused (missing, g_strerror (ENOENT), "missing");
  assert_refused ("", g_strerror (ENOENT), "cannot be opened");
  assert_refused (self->root, "none of its folders", "foc-test-");
  test_add_files (self->root, "file 1.jpg 2.jpg");
  assert_refused (file, g_strerror (ENOTDIR), "file");
  assert_refused (self->root, "none of its folders", "foc-test-");
  test_add_files (self->root, "a/text.txt");
  assert_refused (self->root, "none of its folders", "foc-test-");
  test_add_files (self->root, "a/1.jpg");
  assert_refused (self->root, "only one class", "“a”");
  test_add_folder (self->root, "b");
  assert_refused (self->root, "only one class", "“a”");
  test_add_files (self->root, "b/1.jpg");
  assert_pictures (self->root, "a/1.jpg b/1.jpg");
}

static void
test_too_many_classes (Fixture *self, gconstpointer data)
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
  assert_refused (self->root, "too large", "1000");
}

static void
test_split_names (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    FocPart part;
  } names[] = {
    { "val", FOC_PART_VALIDATION },   { "valid", FOC_PART_VALIDATION },
    { "Valid", FOC_PART_VALIDATION }, { "validation", FOC_PART_VALIDATION },
    { "test", FOC_PART_HOLDOUT },     { "TEST", FOC_PART_HOLDOUT },
    { "holdout", FOC_PART_HOLDOUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *root = test_root_new ();
      g_autofree char *file = g_strdup_printf ("%s/a/1.jpg", names[i].name);
      g_autoptr (FocDataset) dataset = NULL;

      test_add_files (root, file);
      test_add_files (root, "train/a/1.jpg train/b/1.jpg");
      dataset = test_scan (root);
      g_assert_true (foc_dataset_has_split (dataset));
      for (FocPart part = FOC_PART_VALIDATION; part < FOC_N_PARTS; part++)
        g_assert_cmpint (foc_dataset_has_part (dataset, part), ==, part == names[i].part);
      g_assert_cmpuint (foc_dataset_get_picture (dataset, 0)->part, ==, FOC_PART_TRAIN);
      g_assert_cmpuint (foc_dataset_get_picture (dataset, 1)->part, ==, names[i].part);
      g_assert_cmpstr (foc_dataset_get_picture (dataset, 1)->name, ==, "1.jpg");
      test_remove (root);
    }
}

static void
test_split (Fixture *self, gconstpointer data)
{
  g_autoptr (FocDataset) dataset = NULL;

  test_add_files (self->root, "train/a/2.jpg train/a/10.jpg train/b/1.jpg val/b/1.jpg "
                              "test/a/1.jpg test/c/1.jpg train/stray.jpg .x README");
  test_add_folder (self->root, "val/a");
  assert_pictures (self->root, "train/a/2.jpg train/a/10.jpg test/a/1.jpg train/b/1.jpg "
                               "val/b/1.jpg test/c/1.jpg");
  dataset = test_scan (self->root);
  g_assert_cmpuint (foc_dataset_get_n_classes (dataset), ==, 3);
  g_assert_cmpuint (foc_dataset_get_ignored (dataset)->no_pictures, ==, 2);
  g_assert_cmpuint (foc_dataset_get_ignored (dataset)->hidden, ==, 1);
  g_assert_cmpuint (foc_dataset_get_ignored (dataset)->empty_folders, ==, 1);
}

/* Two folders of one part: the pictures of both, none of them lost. */
static void
test_split_twice (Fixture *self, gconstpointer data)
{
  test_add_files (self->root, "train/a/1.jpg train/b/1.jpg validation/a/1.jpg "
                              "val/a/1.jpg valid/a/0.jpg val/b/1.jpg");
  assert_pictures (self->root, "train/a/1.jpg valid/a/0.jpg val/a/1.jpg "
                               "validation/a/1.jpg train/b/1.jpg val/b/1.jpg");
}

/* A part without pictures is missing, whatever else it holds. */
static void
test_split_empty_part (Fixture *self, gconstpointer data)
{
  static const char *const others[] = { NULL, "val/.hidden", "val/README", "val/a/.x" };

  test_add_files (self->root, "train/a/1.jpg train/b/1.jpg test/a/1.jpg");
  test_add_folder (self->root, "val");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (FocDataset) dataset = NULL;

      if (others[i] != NULL)
        test_add_files (self->root, others[i]);
      dataset = test_scan (self->root);
      g_assert_true (foc_dataset_has_split (dataset));
      g_assert_true (foc_dataset_has_part (dataset, FOC_PART_HOLDOUT));
      g_assert_false (foc_dataset_has_part (dataset, FOC_PART_VALIDATION));
      g_assert_cmpuint (foc_dataset_get_n_pictures (dataset), ==, 3);
    }
}

/* Named like parts, but classes. */
static void
test_no_split (Fixture *self, gconstpointer data)
{
  g_autoptr (FocDataset) dataset = NULL;

  test_add_files (self->root, "train/1.jpg test/1.jpg test/x/2.jpg test/.y test/z");
  dataset = test_scan (self->root);
  g_assert_false (foc_dataset_has_split (dataset));
  g_assert_cmpstr (foc_dataset_get_class_names (dataset)[0], ==, "test");
  g_assert_cmpuint (foc_dataset_get_class_size (dataset, 0), ==, 2);
  g_assert_cmpuint (foc_dataset_get_class_size (dataset, 1), ==, 1);
  g_assert_cmpuint (foc_dataset_get_ignored (dataset)->hidden, ==, 1);
  g_assert_cmpuint (foc_dataset_get_ignored (dataset)->no_pictures, ==, 1);

  /* Another folder beside them. */
  test_remove (self->root);
  test_add_files (self->root, "train/a/1.jpg train/b/1.jpg test/a/1.jpg other/1.jpg");
  assert_pictures (self->root, "other/1.jpg test/a/1.jpg train/a/1.jpg train/b/1.jpg");
}

static void
test_split_refused (Fixture *self, gconstpointer data)
{
  test_add_files (self->root, "test/a/1.jpg test/b/1.jpg");
  assert_refused (self->root, "no “train”", "foc-test-");
  test_add_files (self->root, "val/a/1.jpg val/b/1.jpg");
  assert_refused (self->root, "no “train”", "foc-test-");
  test_add_files (self->root, "train/a/1.txt");
  assert_refused (self->root, "no “train”", "foc-test-");
  test_add_files (self->root, "train/a/1.jpg");
  assert_pictures (self->root,
                   "train/a/1.jpg val/a/1.jpg test/a/1.jpg val/b/1.jpg test/b/1.jpg");
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
test_progress (Fixture *self, gconstpointer data)
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
test_cancelled (Fixture *self, gconstpointer data)
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
test_no_permission (Fixture *self, gconstpointer data)
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
test_odd_entries (Fixture *self, gconstpointer data)
{
  g_autofree char *pipe = test_path (self->root, "a/pipe.jpg");

  test_add_files (self->root, "a/1.jpg b/1.jpg");
  test_add_folder (self->root, "b/folder.jpg");
  g_assert_cmpint (mkfifo (pipe, 0644), ==, 0);
  assert_pictures (self->root, "a/1.jpg b/1.jpg");
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

static void
test_part_names (void)
{
  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    {
      FocPart back = FOC_PART_NONE;

      g_assert_true (foc_part_from_string (foc_part_to_string (part), &back));
      g_assert_cmpint (back, ==, part);
      g_assert_cmpint (foc_part_from_folder (foc_part_to_string (part)), ==, part);
    }
  g_assert_false (foc_part_from_string ("val", &(FocPart){ 0 }));
  g_assert_cmpint (foc_part_from_folder ("trains"), ==, FOC_PART_NONE);
}

#define ADD(name, function)                                                              \
  g_test_add ("/dataset/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("simple", test_simple);
  ADD ("ignored", test_ignored);
  ADD ("sub-folders", test_sub_folders);
  ADD ("creation-order", test_creation_order);
  ADD ("links", test_links);
  ADD ("loops", test_loops);
  ADD ("two-names", test_two_names);
  ADD ("loops-in-parts", test_loops_in_parts);
  ADD ("deep", test_deep);
  ADD ("not-utf8", test_not_utf8);
  ADD ("refused", test_refused);
  ADD ("too-many-classes", test_too_many_classes);
  ADD ("split-names", test_split_names);
  ADD ("split", test_split);
  ADD ("split-twice", test_split_twice);
  ADD ("split-empty-part", test_split_empty_part);
  ADD ("no-split", test_no_split);
  ADD ("split-refused", test_split_refused);
  ADD ("progress", test_progress);
  ADD ("cancelled", test_cancelled);
  ADD ("no-permission", test_no_permission);
  ADD ("odd-entries", test_odd_entries);
  g_test_add_func ("/dataset/picture-names", test_picture_names);
  g_test_add_func ("/dataset/part-names", test_part_names);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-pictures.h"

#include "test-folders.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char *root;
  GString *found; /* names below the root, each followed by a blank */
  guint n_found;
  guint n_wanted;
  FocIgnored ignored;
  GCancellable *cancellable;
} Fixture;

/* Entries that can be read before the disk fails; -1: it does not. */
static int n_readable = -1;

/* Stands before that of the C library. */
struct dirent *
readdir (DIR *dir)
{
  static struct dirent *(*real) (DIR *);

  if (real == NULL)
    {
      gpointer found = dlsym (RTLD_NEXT, "readdir64");

      if (found == NULL)
        found = dlsym (RTLD_NEXT, "readdir");
      memcpy (&real, &found, sizeof real);
    }
  if (n_readable == 0)
    {
      errno = EIO;
      return NULL;
    }
  if (n_readable > 0)
    n_readable--;
  return real (dir);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->root = test_folder_new ();
  self->found = g_string_new (NULL);
  self->n_wanted = G_MAXUINT;
  self->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_folder_delete (self->root);
  g_free (self->root);
  g_string_free (self->found, TRUE);
  g_object_unref (self->cancellable);
}

static gboolean
on_found (const char *path, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_true (g_str_has_prefix (path, self->root));
  path += strlen (self->root);
  g_string_append_printf (self->found, "%s ", *path == '/' ? path + 1 : "ROOT");
  return ++self->n_found < self->n_wanted;
}

static void
find (Fixture *self, const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
    foc_find_pictures (path, &self->ignored, on_found, self, self->cancellable, &error));
  g_assert_no_error (error);
}

/* As it is told of, and as it is listed. */
static void
test_small (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) names = NULL;

  test_add_files (self->root, "10.png 9.jpg .hidden.png notes.txt b/2.png b/c/1.PNG");
  test_add_files (self->root, ".dir/1.png d/.x/1.png");
  test_add_link (self->root, "a.png", "9.jpg");
  test_add_link (self->root, "loop", "b");
  test_add_link (self->root, "b/up", "..");
  test_add_link (self->root, "gone.png", "nowhere");

  find (self, self->root);
  g_assert_cmpstr (self->found->str, ==,
                   "9.jpg 10.png a.png b/2.png b/c/1.PNG gone.png ");
  g_assert_cmpuint (self->ignored.hidden, ==, 3); /* entries; nobody looks into them */
  g_assert_cmpuint (self->ignored.no_pictures, ==, 1);

  g_assert_true (foc_list_pictures (self->root, files, NULL, NULL));
  names = g_strsplit (g_strchomp (self->found->str), " ", -1);
  g_assert_cmpuint (files->len, ==, g_strv_length (names));
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *path = test_path (self->root, names[i]);

      g_assert_cmpstr (g_ptr_array_index (files, i), ==, path);
    }
}

/* What cannot be read stands for itself. */
static void
test_no_folder (Fixture *self, gconstpointer data)
{
  g_autofree char *missing = test_path (self->root, "missing");

  find (self, missing);
  g_assert_cmpstr (self->found->str, ==, "missing ");
  find (self, self->root);
  g_assert_cmpuint (self->n_found, ==, 1);
}

/* What was read counts, and the folder is told of, behind it. */
static void
test_broken (Fixture *self, gconstpointer data)
{
  test_add_files (self->root, "1.png 2.png 3.png 4.png");
  n_readable = 5; /* among them perhaps "." and ".." */
  find (self, self->root);
  n_readable = -1;
  g_assert_cmpuint (self->n_found, >=, 3 + 1);
  g_assert_cmpuint (self->n_found, <=, 4 + 1);
  g_assert_true (g_str_has_suffix (self->found->str, ".png ROOT "));
}

#define MANY 20000

static void
add_many (const char *root)
{
  g_autofree char *first = test_path (root, "0.png");

  test_add_files (root, "0.png");
  for (guint i = 1; i < MANY; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.png", root, i);

      g_assert_no_errno (symlink (first, path));
    }
}

/* The first names come before the last entry was read: what is added and taken away
 * meanwhile is seen. */
static gboolean
on_found_of_many (const char *path, gpointer user_data)
{
  Fixture *self = user_data;

  if (self->n_found++ == 0)
    for (guint i = 1; i < MANY; i++)
      {
        g_autofree char *name = g_strdup_printf ("%s/%u.png", self->root, i);

        g_unlink (name);
      }
  return TRUE;
}

static void
test_streams (Fixture *self, gconstpointer data)
{
  add_many (self->root);
  g_assert_true (
    foc_find_pictures (self->root, NULL, on_found_of_many, self, NULL, NULL));
  g_assert_cmpuint (self->n_found, >=, 1);
  g_assert_cmpuint (self->n_found, <, MANY);
}

/* All of them, each once. */
static gboolean
on_found_once (const char *path, gpointer names)
{
  g_assert_true (g_hash_table_add (names, g_strdup (path)));
  return TRUE;
}

static void
test_many (Fixture *self, gconstpointer data)
{
  g_autoptr (GHashTable) names =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);

  add_many (self->root);
  g_assert_true (foc_find_pictures (self->root, NULL, on_found_once, names, NULL, NULL));
  g_assert_cmpuint (g_hash_table_size (names), ==, MANY);

  /* A list is in order, however long. */
  g_assert_true (foc_list_pictures (self->root, files, NULL, NULL));
  g_assert_cmpuint (files->len, ==, MANY);
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.png", self->root, i);

      g_assert_cmpstr (g_ptr_array_index (files, i), ==, path);
    }
}

static void
test_stop (Fixture *self, gconstpointer data)
{
  test_add_files (self->root, "1.png 2.png a/1.png a/2.png");
  self->n_wanted = 3;
  find (self, self->root);
  g_assert_cmpstr (self->found->str, ==, "1.png 2.png a/1.png ");
}

static gboolean
on_found_cancel (const char *path, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_cmpuint (self->n_found++, ==, 0);
  g_cancellable_cancel (self->cancellable);
  return TRUE;
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_add_files (self->root, "1.png 2.png");
  g_assert_false (foc_find_pictures (self->root, NULL, on_found_cancel, self,
                                     self->cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, function)                                                              \
  g_test_add ("/pictures/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("small", test_small);
  ADD ("no-folder", test_no_folder);
  ADD ("broken", test_broken);
  ADD ("streams", test_streams);
  ADD ("many", test_many);
  ADD ("stop", test_stop);
  ADD ("cancel", test_cancel);

  return g_test_run ();
}

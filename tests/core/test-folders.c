/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-folders.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

char *
test_root_new (void)
{
  g_autoptr (GError) error = NULL;
  char *root = g_dir_make_tmp ("foc-test-XXXXXX", &error);

  g_assert_no_error (error);
  return root;
}

void
test_remove (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      test_remove (child);
    }
  g_remove (path);
}

char *
test_path (const char *root, const char *name)
{
  return g_build_filename (root, name, NULL);
}

void
test_add_folder (const char *root, const char *name)
{
  g_autofree char *path = test_path (root, name);

  g_assert_cmpint (g_mkdir_with_parents (path, 0755), ==, 0);
}

static char *
make_parents (const char *root, const char *name)
{
  char *path = test_path (root, name);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
  return path;
}

void
test_add_file (const char *root, const char *name, const void *data, gsize length)
{
  g_autofree char *path = make_parents (root, name);
  FILE *file = g_fopen (path, "wb");

  /* Not g_file_set_contents(), which waits for the disk. */
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (data, 1, length, file), ==, length);
  g_assert_cmpint (fclose (file), ==, 0);
}

void
test_add_files (const char *root, const char *names)
{
  g_auto (GStrv) list = g_strsplit (names, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    test_add_file (root, list[i], "", 0);
}

void
test_add_link (const char *root, const char *name, const char *target)
{
  g_autofree char *path = make_parents (root, name);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

FocDataset *
test_scan (const char *root)
{
  g_autoptr (GError) error = NULL;
  FocDataset *dataset = foc_dataset_scan (root, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (dataset);
  return dataset;
}

char *
test_list (const FocDataset *dataset)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint32 i = 0; i < foc_dataset_get_n_pictures (dataset); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? " " : "",
                            foc_dataset_get_picture (dataset, i)->path);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-folders.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

char *
test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *root = g_dir_make_tmp ("foc-test-XXXXXX", &error);

  g_assert_no_error (error);
  return root;
}

void
test_folder_delete (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      test_folder_delete (child);
    }
  g_remove (path);
}

guint
test_folder_count (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
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

char *
test_file_sha256 (const char *path)
{
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, length);
}

void
test_file_flip (const char *path, gsize bit)
{
  int fd = g_open (path, O_RDWR, 0);
  guint8 byte;

  g_assert_cmpint (pread (fd, &byte, 1, (off_t) (bit / 8)), ==, 1);
  byte ^= (guint8) (1 << bit % 8);
  g_assert_cmpint (pwrite (fd, &byte, 1, (off_t) (bit / 8)), ==, 1);
  close (fd);
}

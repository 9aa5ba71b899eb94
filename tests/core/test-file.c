/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-file.h"

#include "test-folders.h"

#include <string.h>
#include <unistd.h>

void
test_file_set_up (FileFixture *self, gconstpointer data)
{
  self->folder = test_folder_new ();
  self->target = g_build_filename (self->folder, "target.json", NULL);
}

void
test_file_tear_down (FileFixture *self, gconstpointer data)
{
  foc_file_set_fault (0, 0);
  test_folder_delete (self->folder);
  g_free (self->folder);
  g_free (self->target);
}

void
test_assert_contents (const char *path, const char *expected)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (contents, length, expected, strlen (expected));
}

void
test_assert_replace (const char *path, const char *contents)
{
  g_autoptr (GError) error = NULL;
  gboolean written = foc_file_replace (path, contents, strlen (contents), &error);

  g_assert_no_error (error);
  g_assert_true (written);
}

void
test_assert_names (const GError *error, const char *name)
{
  g_assert_nonnull (strstr (error->message, name));
  g_assert_null (strstr (error->message, ".foc-"));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

gboolean
test_write_in_pieces (const char *path, GError **error)
{
  g_autoptr (FocFileWriter) writer = foc_file_writer_new (path, 12, error);
  int fd;

  if (writer == NULL || !foc_file_writer_write_at (writer, 6, "second", 6, error)
      || !foc_file_writer_write_at (writer, 0, "first ", 6, error))
    return FALSE;

  fd = foc_file_writer_commit (writer, error);
  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

guint
test_count_descriptors (void)
{
  return test_folder_count ("/proc/self/fd");
}

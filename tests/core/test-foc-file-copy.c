/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-file.h"
#include "test-folders.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Copies, and files that must not be there yet. */

static char *
add_source (FileFixture *self, const char *contents)
{
  char *path = test_path (self->folder, "source.png");

  test_assert_replace (path, contents);
  return path;
}

static gboolean
copy (FileFixture *self, const char *source, FocFileStamp *stamp, GError **error)
{
  return foc_file_copy (source, self->target, stamp, NULL, error);
}

static void
test_copy (FileFixture *self, gconstpointer data)
{
  g_autofree char *source = add_source (self, "a picture");
  const struct timespec times[2] = { { 1, 2 }, { 1234567890, 987654321 } };
  FocFileStamp stamp, now;
  g_autoptr (GError) error = NULL;

  g_assert_no_errno (utimensat (AT_FDCWD, source, times, 0));
  g_assert_true (copy (self, source, &stamp, &error));
  g_assert_no_error (error);
  test_assert_contents (self->target, "a picture");
  test_assert_contents (source, "a picture");
  g_assert_cmpuint (test_folder_count (self->folder), ==, 2);
  g_assert_cmpint (stamp.mtime, ==, G_GINT64_CONSTANT (1234567890987654321));
  g_assert_cmpuint (stamp.size, ==, strlen ("a picture"));
  g_assert_true (foc_file_get_stamp (self->target, &now));
  g_assert_true (foc_file_stamp_equal (&stamp, &now));
}

/* More than one block, and nothing. */
static void
test_sizes (FileFixture *self, gconstpointer data)
{
  static const gsize sizes[] = { 0, 1, 1024 * 1024, 3 * 1024 * 1024 + 17 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *source = test_path (self->folder, "source.png");
      g_autofree guint8 *bytes = g_malloc (sizes[i] + 1);
      g_autofree char *sum = NULL;
      g_autofree char *copied = NULL;
      FocFileStamp stamp;

      for (gsize j = 0; j < sizes[i]; j++)
        bytes[j] = (guint8) (j * 7 + (j >> 12));
      g_assert_true (foc_file_replace (source, bytes, sizes[i], NULL));
      g_unlink (self->target);
      g_assert_true (copy (self, source, &stamp, NULL));
      sum = test_file_sha256 (source);
      copied = test_file_sha256 (self->target);
      g_assert_cmpstr (copied, ==, sum);
    }
}

/* Whatever has the name keeps it. */
static void
test_never_over (FileFixture *self, gconstpointer data)
{
  g_autofree char *source = add_source (self, "new");
  FocFileStamp stamp;

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GError) error = NULL;
      guint n;

      g_assert_true (foc_file_remove (self->target, NULL));
      if (i == 0)
        test_assert_replace (self->target, "old");
      else if (i == 1)
        test_add_link (self->folder, "target.json", "nowhere");
      else if (i == 2)
        test_add_link (self->folder, "target.json", "source.png");
      else
        test_add_folder (self->folder, "target.json");

      n = test_folder_count (self->folder);
      g_assert_false (copy (self, source, &stamp, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
      test_assert_contents (source, "new");
      if (i == 0)
        test_assert_contents (self->target, "old");
      g_assert_cmpuint (test_folder_count (self->folder), ==, n);
    }
}

/* What comes there between the beginning and the end, where links can be made and where
 * they cannot: then the fourth operation fails. */
static void
test_race (FileFixture *self, gconstpointer data)
{
  for (guint nth = 0; nth < 2; nth++)
    for (guint comes = 0; comes < 2; comes++)
      {
        g_autoptr (FocFileWriter) writer = NULL;
        g_autoptr (GError) error = NULL;
        int fd;

        g_assert_true (foc_file_remove (self->target, NULL));
        writer = foc_file_writer_new (self->target, 3, &error);
        g_assert_no_error (error);
        g_assert_true (foc_file_writer_write_at (writer, 0, "new", 3, &error));
        if (comes)
          g_assert_true (g_file_set_contents (self->target, "theirs", -1, NULL));

        /* fsync and link */
        foc_file_set_fault (2 * nth, EPERM);
        fd = foc_file_writer_commit_new (writer, &error);
        foc_file_set_fault (0, 0);
        if (comes)
          {
            g_assert_cmpint (fd, ==, -1);
            g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
            test_assert_names (error, "target.json");
          }
        else
          {
            g_assert_cmpint (fd, >=, 0);
            close (fd);
          }
        g_clear_pointer (&writer, foc_file_writer_free);
        test_assert_contents (self->target, comes ? "theirs" : "new");
        g_assert_cmpuint (test_folder_count (self->folder), ==, 1);
      }
}

/* Each operation fails in its turn: nothing of the attempt remains. */
static void
test_faults (FileFixture *self, gconstpointer data)
{
  g_autofree char *source = add_source (self, "a picture");
  FocFileStamp stamp;
  guint nth;

  for (nth = 1;; nth++)
    {
      g_autoptr (GError) error = NULL;
      gboolean copied;

      foc_file_set_fault (nth, ENOSPC);
      copied = copy (self, source, &stamp, &error);
      foc_file_set_fault (0, 0);
      if (copied)
        break;
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
      test_assert_names (error, "target.json");
      g_assert_cmpuint (test_folder_count (self->folder), ==, 1);
    }
  /* Reserve, write, fsync and link. */
  g_assert_cmpuint (nth, ==, 5);
}

static void
test_refused (FileFixture *self, gconstpointer data)
{
  g_autofree char *missing = test_path (self->folder, "missing.png");
  g_autofree char *pipe = test_path (self->folder, "pipe.png");
  g_autofree char *source = add_source (self, "a picture");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  FocFileStamp stamp;

  g_assert_false (copy (self, missing, &stamp, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  test_assert_names (error, "missing.png");
  g_clear_error (&error);

  g_assert_no_errno (mkfifo (pipe, 0600));
  g_assert_false (copy (self, pipe, &stamp, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_false (foc_file_copy (source, self->target, &stamp, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test_folder_count (self->folder), ==, 2);
}

static void
test_stamp (FileFixture *self, gconstpointer data)
{
  FocFileStamp before, now;

  g_assert_false (foc_file_get_stamp (self->target, &before));
  test_assert_replace (self->target, "one");
  g_assert_true (foc_file_get_stamp (self->target, &before));
  test_assert_replace (self->target, "two"); /* another file */
  g_assert_true (foc_file_get_stamp (self->target, &now));
  g_assert_false (foc_file_stamp_equal (&before, &now));

  g_assert_true (foc_file_get_stamp (self->target, &before));
  g_assert_no_errno (truncate (self->target, 2));
  g_assert_true (foc_file_get_stamp (self->target, &now));
  g_assert_false (foc_file_stamp_equal (&before, &now));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_FILE_TEST ("copy", test_copy);
  ADD_FILE_TEST ("copy-sizes", test_sizes);
  ADD_FILE_TEST ("copy-never-over", test_never_over);
  ADD_FILE_TEST ("new-race", test_race);
  ADD_FILE_TEST ("copy-faults", test_faults);
  ADD_FILE_TEST ("copy-refused", test_refused);
  ADD_FILE_TEST ("stamp", test_stamp);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-file.h"
#include "test-folders.h"
#include "test-mounts.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What goes wrong while writing: each operation in turn, and a disk that is full. */

/* Each operation fails in its turn, until a run meets no fault any more: nothing
 * of the attempt remains, and the file is as it was. */
static void
test_faults (FileFixture *self, gconstpointer data)
{
  static const struct
  {
    int error_number;
    int code;
  } faults[] = {
    { ENOSPC, G_FILE_ERROR_NOSPC },
    { EIO, G_FILE_ERROR_IO },
    { EDQUOT, G_FILE_ERROR_FAILED },
  };

  for (guint f = 0; f < G_N_ELEMENTS (faults); f++)
    for (guint existed = 0; existed < 2; existed++)
      {
        guint nth;

        for (nth = 1;; nth++)
          {
            g_autoptr (GError) error = NULL;
            gboolean written;

            g_unlink (self->target);
            if (existed)
              test_assert_replace (self->target, "old");

            foc_file_set_fault (nth, faults[f].error_number);
            written = test_write_in_pieces (self->target, &error);
            if (written)
              {
                g_assert_no_error (error);
                g_assert_cmpuint (foc_file_set_fault (0, 0), ==, nth - 1);
                break;
              }

            g_assert_cmpuint (foc_file_set_fault (0, 0), ==, nth);
            g_assert_error (error, G_FILE_ERROR, faults[f].code);
            test_assert_names (error, "target.json");
            g_assert_cmpuint (test_folder_count (self->folder), ==, existed);
            if (existed)
              test_assert_contents (self->target, "old");
          }

        /* Reserve, two writes, fsync and rename. */
        g_assert_cmpuint (nth, ==, 6);
        test_assert_contents (self->target, "first second");
        g_assert_cmpuint (test_folder_count (self->folder), ==, 1);
      }

  /* A fault that was called off does not come. */
  foc_file_set_fault (1, EIO);
  foc_file_set_fault (0, 0);
  test_assert_replace (self->target, "calm");
}

/* A signal is no failure: reserve, write and fsync try again. */
static void
test_interrupted (FileFixture *self, gconstpointer data)
{
  for (guint nth = 1; nth <= 4; nth++)
    {
      g_autoptr (GError) error = NULL;

      g_unlink (self->target);
      foc_file_set_fault (nth, EINTR);
      g_assert_true (test_write_in_pieces (self->target, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (foc_file_set_fault (0, 0), ==, 6);
      test_assert_contents (self->target, "first second");
    }
}

static void
test_cannot_reserve (FileFixture *self, gconstpointer data)
{
  g_autoptr (FocFileWriter) writer = NULL;
  struct stat status;
  int fd;

  foc_file_set_fault (1, EOPNOTSUPP);
  writer = foc_file_writer_new (self->target, 5000, NULL);
  g_assert_nonnull (writer);
  fd = foc_file_writer_commit (writer, NULL);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
  g_assert_no_errno (g_stat (self->target, &status));
  g_assert_cmpint (status.st_size, ==, 5000);
}

/* More than any file can have is an error before the first byte, and no wrapped
 * number; a disk that is too small is /file/full-disk. */
static void
test_reserve (FileFixture *self, gconstpointer data)
{
  g_autoptr (FocFileWriter) writer = NULL;
  g_autoptr (GError) error = NULL;

  writer = foc_file_writer_new (self->target, G_MAXUINT64, &error);
  g_assert_null (writer);
  g_assert_nonnull (error);
  test_assert_names (error, "target.json");
  g_assert_cmpuint (test_folder_count (self->folder), ==, 0);
}

/* Nothing stays open, whichever way a writer ended. */
static void
test_descriptors (FileFixture *self, gconstpointer data)
{
  guint before = test_count_descriptors ();
  guint nth = 1;

  if (before == 0)
    {
      g_test_skip ("no /proc here");
      return;
    }

  for (;; nth++)
    {
      gboolean written;

      foc_file_set_fault (nth, EIO);
      written = test_write_in_pieces (self->target, NULL);
      g_assert_cmpuint (test_count_descriptors (), ==, before);
      if (written)
        break;
    }
  g_assert_cmpuint (nth, ==, 6);
}

/* On a file system of 64 KiB, in a process of its own, so that no mount stays
 * behind whatever happens. Returns its exit status; 77 skips the test. */
static int
fill_small_disk (const char *folder)
{
  static guint8 block[128 * 1024];
  g_autofree char *path = g_build_filename (folder, "model.json", NULL);
  g_autoptr (FocFileWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  gsize written = 0;

  if (!test_unshare_mounts () || mount ("tmpfs", folder, "tmpfs", 0, "size=64k") != 0)
    return 77;

  test_assert_replace (path, "old");

  /* Early, when it is reserved ... */
  writer = foc_file_writer_new (path, sizeof block, &error);
  g_assert_null (writer);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  test_assert_names (error, "model.json");
  g_clear_error (&error);
  test_assert_contents (path, "old");
  g_assert_cmpuint (test_folder_count (folder), ==, 1);

  /* ... and late, when it is not; part of a block may go before. */
  writer = foc_file_writer_new (path, 0, &error);
  g_assert_no_error (error);
  while (foc_file_writer_write_at (writer, written, block, 10000, &error))
    written += 10000;
  g_assert_cmpuint (written, <, 64 * 1024);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  test_assert_names (error, "model.json");
  g_clear_pointer (&writer, foc_file_writer_free);
  test_assert_contents (path, "old");
  g_assert_cmpuint (test_folder_count (folder), ==, 1);

  /* What fits still fits: nothing of the attempts is left. */
  g_assert_true (foc_file_replace (path, block, 48 * 1024, NULL));
  return 0;
}

static void
test_full_disk (FileFixture *self, gconstpointer data)
{
  pid_t pid = fork ();
  int status = 0;

  g_assert_no_errno (pid);
  if (pid == 0)
    _exit (fill_small_disk (self->folder));

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == 77)
    g_test_skip ("no small file system can be mounted here");
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_FILE_TEST ("faults", test_faults);
  ADD_FILE_TEST ("interrupted", test_interrupted);
  ADD_FILE_TEST ("cannot-reserve", test_cannot_reserve);
  ADD_FILE_TEST ("reserve", test_reserve);
  ADD_FILE_TEST ("descriptors", test_descriptors);
  ADD_FILE_TEST ("full-disk", test_full_disk);

  return g_test_run ();
}

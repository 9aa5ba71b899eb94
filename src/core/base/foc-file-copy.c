/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes that are copied at a time. */
#define BLOCK (1024 * 1024)

static FocFileStamp
make_stamp (const struct stat *status)
{
  return (FocFileStamp){
    .device = (guint64) status->st_dev,
    .inode = (guint64) status->st_ino,
    .size = (guint64) status->st_size,
    .mtime =
      status->st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + status->st_mtim.tv_nsec,
  };
}

gboolean
foc_file_get_stamp (const char *path, FocFileStamp *stamp)
{
  struct stat status;

  if (lstat (path, &status) != 0)
    return FALSE;

  *stamp = make_stamp (&status);
  return TRUE;
}

gboolean
foc_file_stamp_equal (const FocFileStamp *a, const FocFileStamp *b)
{
  return a->device == b->device && a->inode == b->inode && a->size == b->size
         && a->mtime == b->mtime;
}

static void
set_read_error (GError **error, const char *path, int saved_errno)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
               _ ("“%s” could not be read: %s."), name, g_strerror (saved_errno));
}

static gboolean
copy_data (int fd,
           guint64 size,
           const char *from,
           FocFileWriter *writer,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);

  for (guint64 offset = 0; offset < size; offset += BLOCK)
    {
      gsize length = (gsize) MIN (size - offset, BLOCK);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!foc_file_read_at (fd, offset, block, length))
        {
          set_read_error (error, from, errno != 0 ? errno : EIO);
          return FALSE;
        }
      if (!foc_file_writer_write_at (writer, offset, block, length, error))
        return FALSE;
    }
  return TRUE;
}

/* Takes the time over, and gives the copy its name. */
static gboolean
finish (FocFileWriter *writer, int from, FocFileStamp *stamp, GError **error)
{
  struct stat status;
  int fd;

  if (fstat (from, &status) == 0)
    {
      const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, status.st_mtim };

      /* A file system that has no such times has the copy's own. */
      (void) futimens (foc_file_writer_get_descriptor (writer), times);
    }

  fd = foc_file_writer_commit_new (writer, error);
  if (fd < 0)
    return FALSE;
  if (fstat (fd, &status) == 0)
    *stamp = make_stamp (&status);
  close (fd);
  return TRUE;
}

gboolean
foc_file_copy (const char *from,
               const char *to,
               FocFileStamp *stamp,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (FocFileWriter) writer = NULL;
  guint64 size = 0;
  gboolean done;
  int fd;

  *stamp = (FocFileStamp){ 0 };
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  fd = foc_file_open (from, &size);
  if (fd < 0)
    {
      set_read_error (error, from, errno);
      return FALSE;
    }

  writer = foc_file_writer_new (to, size, error);
  done = writer != NULL && copy_data (fd, size, from, writer, cancellable, error)
         && finish (writer, fd, stamp, error);
  close (fd);
  return done;
}

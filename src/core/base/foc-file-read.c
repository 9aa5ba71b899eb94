/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

int
foc_file_open (const char *path, guint64 *size)
{
  struct stat status = { 0 };
  /* Not blocking: opening a pipe that nobody writes to would wait for ever. */
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);

  if (fd < 0)
    return -1;

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    {
      int saved_errno = S_ISDIR (status.st_mode) ? EISDIR : EINVAL;

      close (fd);
      errno = saved_errno;
      return -1;
    }

  *size = (guint64) status.st_size;
  return fd;
}

static void
set_error (GError **error, const char *path, int saved_errno)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
               _ ("“%s” could not be read: %s."), name, g_strerror (saved_errno));
}

gboolean
foc_file_read (const char *path,
               gsize limit,
               guint8 **data,
               gsize *length,
               GError **error)
{
  g_autofree guint8 *buffer = NULL;
  guint64 size = 0;
  gsize done = 0;
  int fd = foc_file_open (path, &size);

  if (fd < 0)
    {
      set_error (error, path, errno);
      return FALSE;
    }
  if (size > limit)
    {
      g_autofree char *name = g_filename_display_name (path);
      g_autofree char *limit_text = g_format_size_full (limit, G_FORMAT_SIZE_IEC_UNITS);

      close (fd);
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                   _ ("“%s” is larger than the %s that are accepted."), name, limit_text);
      return FALSE;
    }

  buffer = g_malloc (size + 1);
  while (done < size)
    {
      ssize_t got = read (fd, buffer + done, size - done);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          set_error (error, path, errno);
          close (fd);
          return FALSE;
        }
      if (got == 0) /* it became shorter meanwhile */
        break;
      done += (gsize) got;
    }
  close (fd);

  buffer[done] = '\0';
  *data = g_steal_pointer (&buffer);
  *length = done;
  return TRUE;
}

gboolean
foc_file_read_at (int fd, guint64 offset, void *data, gsize length)
{
  guint8 *bytes = data;

  while (length > 0)
    {
      ssize_t got = pread (fd, bytes, length, (off_t) offset);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        {
          if (got == 0)
            errno = 0;
          return FALSE;
        }
      bytes += got;
      offset += (guint64) got;
      length -= (gsize) got;
    }

  return TRUE;
}

char *
foc_file_sha256 (const char *path, gsize limit, GError **error)
{
  g_autofree guint8 *data = NULL;
  gsize length;

  if (!foc_file_read (path, limit, &data, &length, error))
    return NULL;

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);
}

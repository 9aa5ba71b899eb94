/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/* Who only asks whether a folder is locked has its lock for an instant: so whoever wants
 * it tries more than once. */
#define ATTEMPTS 20
#define ATTEMPT_INTERVAL 5000 /* microseconds */

static int
open_folder (const char *path)
{
  return g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
}

static gboolean
is_taken (int fd, int operation)
{
  return flock (fd, operation | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

int
foc_file_lock_folder (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  int fd = open_folder (path);
  int saved_errno = errno;

  if (fd < 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
                   _ ("The folder “%s” could not be opened: %s."), name,
                   g_strerror (saved_errno));
      return -1;
    }

  for (int attempt = 0; is_taken (fd, LOCK_EX); attempt++)
    {
      if (attempt == ATTEMPTS)
        {
          close (fd);
          g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN,
                       _ ("The folder “%s” is in use: another run goes on in it."), name);
          return -1;
        }
      g_usleep (ATTEMPT_INTERVAL);
    }

  return fd;
}

gboolean
foc_file_folder_is_locked (const char *path)
{
  int fd = open_folder (path);
  gboolean is_locked = fd >= 0 && is_taken (fd, LOCK_SH);

  if (fd >= 0)
    close (fd);
  return is_locked;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes that are written at once. */
#define BLOCK ((gsize) 8 * 1024 * 1024)

struct _FocFileWriter
{
  int fd;
  char *path;      /* NULL for a temporary file     */
  char *temporary; /* NULL once it has its own name */
};

/* Counting down to the operation that a test wants to fail. */
static gint fault_left;
static gint fault_errno;
static gint operations;
static gint removal_errno;

guint
foc_file_set_fault (guint nth, int error_number)
{
  g_atomic_int_set (&fault_errno, error_number);
  g_atomic_int_set (&fault_left, (gint) nth);

  return (guint) g_atomic_int_exchange (&operations, 0);
}

void
foc_file_set_removal_fault (int error_number)
{
  g_atomic_int_set (&removal_errno, error_number);
}

static gboolean
may_go_on (void)
{
  g_atomic_int_inc (&operations);
  if (g_atomic_int_get (&fault_left) > 0 && g_atomic_int_dec_and_test (&fault_left))
    {
      errno = g_atomic_int_get (&fault_errno);
      return FALSE;
    }
  return TRUE;
}

static void
set_error (GError **error, const char *path, int saved_errno)
{
  g_autofree char *name = path != NULL ? g_filename_display_name (path) : NULL;

  if (name != NULL)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
                 _ ("“%s” could not be written: %s."), name, g_strerror (saved_errno));
  else
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
                 _ ("A temporary file could not be written: %s."),
                 g_strerror (saved_errno));
}

/* Temporary files are named ".NAME.foc-XXXXXX" and locked while their writer
 * lives: one that can be locked was left by a process that died. The name says
 * whose it is: ".NAME.XXXXXX" could be a file of rsync or ".NAME.backup". */
static gboolean
is_temporary_name (const char *name)
{
  gsize length = strlen (name);

  return name[0] == '.' && length > strlen (".foc-XXXXXX")
         && memcmp (name + length - strlen (".foc-XXXXXX"), ".foc-", strlen (".foc-"))
              == 0;
}

static void
sweep (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;
      int fd;

      if (!is_temporary_name (name))
        continue;

      path = g_build_filename (folder, name, NULL);
      fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW, 0);
      if (fd < 0)
        continue;
      if (flock (fd, LOCK_EX | LOCK_NB) == 0)
        g_unlink (path);
      close (fd);
    }
}

/* Once for each folder that this process writes to: reading a folder of ten
 * thousand files for each of them took longer than drawing them. */
static void
sweep_once (const char *folder)
{
  static GMutex mutex;
  static GHashTable *swept;
  gboolean is_new;

  g_mutex_lock (&mutex);
  if (swept == NULL)
    swept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  is_new = g_hash_table_add (swept, g_canonicalize_filename (folder, NULL));
  g_mutex_unlock (&mutex);

  if (is_new)
    sweep (folder);
}

static gboolean
open_beside (FocFileWriter *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *prefix = g_strdup_printf (".%.200s.foc-", name);

  sweep_once (folder);

  for (int attempt = 0; attempt < 16; attempt++)
    {
      g_autofree char *pattern = g_strdup_printf ("%sXXXXXX", prefix);
      g_autofree char *temporary = g_build_filename (folder, pattern, NULL);
      struct stat status;

      self->fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0644);
      if (self->fd < 0)
        return FALSE;

      /* Another process's sweep may have come between creation and lock. A file
       * system without locks has no sweep either, since that needs the lock. */
      if ((flock (self->fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
          && fstat (self->fd, &status) == 0 && status.st_nlink == 1)
        {
          /* What may be read of the old file may be read of the new one. */
          if (stat (self->path, &status) == 0)
            (void) fchmod (self->fd, status.st_mode & 0777);
          self->temporary = g_steal_pointer (&temporary);
          return TRUE;
        }
      close (self->fd);
      self->fd = -1;
    }

  errno = EBUSY;
  return FALSE;
}

/* In /var/tmp, since a temporary file may be large and /tmp be memory. */
static gboolean
open_unnamed (FocFileWriter *self)
{
  const char *folder = g_getenv ("TMPDIR") != NULL ? g_get_tmp_dir () : "/var/tmp";
  g_autofree char *name = g_build_filename (folder, "foc-XXXXXX", NULL);

#ifdef O_TMPFILE
  self->fd = g_open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (self->fd >= 0)
    return TRUE;
#endif

  self->fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);
  if (self->fd < 0)
    return FALSE;
  g_unlink (name);
  return TRUE;
}

static gboolean
reserve (FocFileWriter *self, guint64 size)
{
  do
    if (may_go_on () && (size == 0 || fallocate (self->fd, 0, 0, (off_t) size) == 0))
      return TRUE;
  while (errno == EINTR);

  /* A file system that cannot reserve still gets the length. */
  return (errno == EOPNOTSUPP || errno == ENOSYS)
         && ftruncate (self->fd, (off_t) size) == 0;
}

/* A link stays one: what it points to is replaced. */
static char *
follow_link (const char *path)
{
  char *target =
    g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? realpath (path, NULL) : NULL;
  char *copy = g_strdup (target != NULL ? target : path);

  free (target);
  return copy;
}

FocFileWriter *
foc_file_writer_new (const char *path, guint64 size, GError **error)
{
  g_autoptr (FocFileWriter) self = g_new0 (FocFileWriter, 1);

  self->fd = -1;
  self->path = path != NULL ? follow_link (path) : NULL;

  if (!(path != NULL ? open_beside (self) : open_unnamed (self)) || !reserve (self, size))
    {
      set_error (error, path, errno);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/* Whoever has the thread may not want the file any more. */
static gboolean
is_unwanted (GError **error)
{
  return g_cancellable_set_error_if_cancelled (g_cancellable_get_current (), error);
}

gboolean
foc_file_writer_write_at (FocFileWriter *self,
                          guint64 offset,
                          const void *data,
                          gsize length,
                          GError **error)
{
  const guint8 *bytes = data;

  while (length > 0)
    {
      ssize_t written;

      if (is_unwanted (error))
        return FALSE;
      written =
        may_go_on () ? pwrite (self->fd, bytes, MIN (length, BLOCK), (off_t) offset) : -1;
      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        {
          set_error (error, self->path, written == 0 ? EIO : errno);
          return FALSE;
        }
      bytes += written;
      offset += (guint64) written;
      length -= (gsize) written;
    }

  return TRUE;
}

int
foc_file_writer_get_descriptor (FocFileWriter *self)
{
  return self->fd;
}

static gboolean
sync_data (int fd)
{
  do
    if (may_go_on () && fsync (fd) == 0)
      return TRUE;
  while (errno == EINTR);

  return FALSE;
}

/* The new name is on the disk only when its folder is. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd >= 0)
    {
      /* Not every file system can: the rename has happened all the same. */
      (void) fsync (fd);
      close (fd);
    }
}

static gboolean
replace_target (const char *temporary, const char *path)
{
  return may_go_on () && g_rename (temporary, path) == 0;
}

/* A link is never made where something is. File systems that have no links get an empty
 * file, which is made by nobody else, and then replaced. */
static gboolean
create_target (const char *temporary, const char *path)
{
  int fd;

  if (may_go_on () && link (temporary, path) == 0)
    {
      g_unlink (temporary);
      return TRUE;
    }
  if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS && errno != EMLINK)
    return FALSE;

  fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return FALSE;
  close (fd);
  if (replace_target (temporary, path))
    return TRUE;

  {
    int saved_errno = errno;

    g_unlink (path);
    errno = saved_errno;
  }
  return FALSE;
}

static int
commit (FocFileWriter *self,
        gboolean (*give_name) (const char *temporary, const char *path),
        GError **error)
{
  int fd = self->fd;

  if (self->path != NULL)
    {
      gboolean synced = sync_data (fd); /* which may take its time */

      if (synced && is_unwanted (error))
        return -1;
      if (!synced || !give_name (self->temporary, self->path))
        {
          set_error (error, self->path, errno);
          return -1;
        }
      g_clear_pointer (&self->temporary, g_free);
      sync_folder (self->path);
    }

  self->fd = -1;
  flock (fd, LOCK_UN);
  return fd;
}

int
foc_file_writer_commit (FocFileWriter *self, GError **error)
{
  return commit (self, replace_target, error);
}

int
foc_file_writer_commit_new (FocFileWriter *self, GError **error)
{
  return commit (self, create_target, error);
}

void
foc_file_writer_free (FocFileWriter *self)
{
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

gboolean
foc_file_replace (const char *path, const void *data, gsize length, GError **error)
{
  g_autoptr (FocFileWriter) writer = foc_file_writer_new (path, length, error);
  int fd;

  if (writer == NULL || !foc_file_writer_write_at (writer, 0, data, length, error))
    return FALSE;

  fd = foc_file_writer_commit (writer, error);
  if (fd < 0)
    return FALSE;
  close (fd);
  return TRUE;
}

gboolean
foc_file_make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0755) == 0)
    return TRUE;

  {
    int saved_errno = errno;
    g_autofree char *name = g_filename_display_name (path);

    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
                 _ ("The folder “%s” could not be created: %s."), name,
                 g_strerror (saved_errno));
  }
  return FALSE;
}

gboolean
foc_file_remove (const char *path, GError **error)
{
  int fault = g_atomic_int_get (&removal_errno);

  if (fault == 0 && (g_unlink (path) == 0 || errno == ENOENT))
    return TRUE;

  {
    int saved_errno = fault != 0 ? fault : errno;
    g_autofree char *name = g_filename_display_name (path);

    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
                 _ ("“%s” could not be removed: %s."), name, g_strerror (saved_errno));
  }
  return FALSE;
}

char *
foc_file_begin_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *hidden = g_strdup_printf (".%.200s.foc-XXXXXX", name);
  g_autofree char *begun = g_build_filename (folder, hidden, NULL);

  if (may_go_on () && g_mkdtemp_full (begun, 0755) != NULL)
    return g_steal_pointer (&begun);

  set_error (error, path, errno);
  return NULL;
}

gboolean
foc_file_finish_folder (const char *begun, const char *path, GError **error)
{
  struct stat status;
  int saved_errno = EEXIST;

  /* Of a folder, rename() replaces nothing but an empty folder: what comes there in
   * between is safe. */
  if (lstat (path, &status) != 0)
    {
      if (may_go_on () && g_rename (begun, path) == 0)
        {
          sync_folder (path);
          return TRUE;
        }
      saved_errno = errno == ENOTEMPTY || errno == ENOTDIR ? EEXIST : errno;
    }
  set_error (error, path, saved_errno);
  return FALSE;
}

void
foc_file_remove_empty_folder (const char *path)
{
  (void) g_rmdir (path);
}

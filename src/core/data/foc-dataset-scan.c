/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-dataset-private.h"

#include "foc-error.h"
#include "foc-limits.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where found pictures belong. */
typedef struct
{
  gsize class_start; /* length of "CLASS/" or "PART/CLASS/" in a path */
  guint16 label;
  FocPart part;
} Place;

static void
set_folder_error (GError **error, const FocScan *scan, const char *path, int saved_errno)
{
  g_autofree char *full = g_build_filename (scan->dataset->root, path, NULL);
  g_autofree char *name = g_filename_display_name (full);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
               _ ("The folder “%s” could not be read: %s."), name,
               g_strerror (saved_errno));
}

/* Progress, and whether to go on. */
static gboolean
tick (FocScan *scan, GError **error)
{
  gint64 now;

  if (g_cancellable_set_error_if_cancelled (scan->cancellable, error))
    return FALSE;
  if (scan->progress == NULL)
    return TRUE;

  now = g_get_monotonic_time ();
  if (now >= scan->next_progress)
    {
      scan->progress (scan->dataset->pictures->len, 0, scan->user_data);
      scan->next_progress = now + FOC_PROGRESS_INTERVAL;
    }
  return TRUE;
}

/* Opens a folder. TRUE with a `dir` of NULL if it is gone: that is as if it had
 * gone before the scan. But one that may not be read is an error: leaving it out
 * would quietly make another data set. */
static gboolean
open_folder (FocScan *scan,
             int parent,
             const char *name,
             const char *path,
             DIR **dir,
             GError **error)
{
  int fd = openat (parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  *dir = NULL;
  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
    return TRUE;

  /* A folder that may be read but not entered would tell names and no sizes. */
  if (fd >= 0 && faccessat (fd, ".", X_OK, 0) == 0)
    *dir = fdopendir (fd);
  if (*dir != NULL)
    return TRUE;

  set_folder_error (error, scan, path, errno);
  if (fd >= 0)
    close (fd);
  return FALSE;
}

static gboolean
add_picture (FocScan *scan,
             const Place *place,
             const char *path,
             const struct stat *status,
             GError **error)
{
  FocDataset *dataset = scan->dataset;
  FocPicture picture = {
    .size = (guint64) status->st_size,
    /* Unsigned, since a time beyond the year 2262 wraps around: it is only compared. */
    .mtime = (gint64) ((guint64) status->st_mtim.tv_sec * 1000000000
                       + (guint64) status->st_mtim.tv_nsec),
    .label = place->label,
    .part = (guint8) place->part,
  };

  if (dataset->pictures->len == FOC_LIMIT_ROWS)
    {
      g_autofree char *name = g_filename_display_name (dataset->root);

      g_set_error (error, FOC_ERROR, FOC_ERROR_DATASET,
                   _ ("“%s” is too large: at most %d pictures are possible."), name,
                   FOC_LIMIT_ROWS);
      return FALSE;
    }

  picture.path = g_string_chunk_insert (dataset->paths, path);
  picture.name = picture.path + place->class_start;
  g_array_append_val (dataset->pictures, picture);
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return foc_natural_compare (*(const char *const *) a, *(const char *const *) b);
}

/* Reads the folder `dir` at `path`. Its pictures are added at `place`; where that
 * is NULL they are only counted. Returns the names of its folders, in natural
 * order: through which of two links a folder is met first must not depend on the
 * file system. `path` is lengthened on the way and comes back as it was. */
static GPtrArray *
read_folder (FocScan *scan,
             DIR *dir,
             GString *path,
             const Place *place,
             guint *n_pictures,
             GError **error)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);
  FocIgnored *ignored = &scan->dataset->ignored;
  gsize path_length = path->len;
  struct dirent *entry;

  *n_pictures = 0;
  while (errno = 0, (entry = readdir (dir)) != NULL)
    {
      struct stat status;

      if (g_str_equal (entry->d_name, ".") || g_str_equal (entry->d_name, ".."))
        continue;
      if (!tick (scan, error))
        return NULL;

      if (entry->d_name[0] == '.')
        ignored->hidden++;
      else if (fstatat (dirfd (dir), entry->d_name, &status, 0) != 0)
        ignored->no_pictures++; /* a link to nothing or to itself, or gone by now */
      else if (S_ISDIR (status.st_mode))
        g_ptr_array_add (folders, g_strdup (entry->d_name));
      else if (!S_ISREG (status.st_mode) || !foc_is_picture_name (entry->d_name))
        ignored->no_pictures++;
      else
        {
          gboolean ok = TRUE;

          ++*n_pictures;
          if (place != NULL)
            {
              g_string_append_c (path, G_DIR_SEPARATOR);
              g_string_append (path, entry->d_name);
              ok = add_picture (scan, place, path->str, &status, error);
              g_string_truncate (path, path_length);
            }
          if (!ok)
            return NULL;
        }
    }
  if (errno != 0)
    {
      set_folder_error (error, scan, path->str, errno);
      return NULL;
    }

  g_ptr_array_sort (folders, compare_names);
  return g_steal_pointer (&folders);
}

/* FALSE if the folder has been there before. */
static gboolean
visit (FocScan *scan, DIR *dir)
{
  struct stat status;

  if (fstat (dirfd (dir), &status) != 0)
    return TRUE;

  return g_hash_table_add (
    scan->visited,
    g_memdup2 (&(FocFolderId){ status.st_dev, status.st_ino }, sizeof (FocFolderId)));
}

/* Adds the pictures of the folder `path` and those below it. */
static gboolean
scan_folder (FocScan *scan,
             int parent,
             const char *name,
             GString *path,
             const Place *place,
             guint depth,
             GError **error)
{
  g_autoptr (GPtrArray) folders = NULL;
  gsize path_length = path->len;
  gboolean ok = TRUE;
  guint n_pictures;
  DIR *dir;

  if (!open_folder (scan, parent, name, path->str, &dir, error))
    return FALSE;
  if (dir == NULL)
    return TRUE;

  if (depth > FOC_LIMIT_FOLDER_DEPTH || !visit (scan, dir))
    scan->dataset->ignored.loops++;
  else
    {
      folders = read_folder (scan, dir, path, place, &n_pictures, error);
      ok = folders != NULL;
    }

  for (guint i = 0; ok && folders != NULL && i < folders->len; i++)
    {
      const char *child = g_ptr_array_index (folders, i);

      g_string_append_c (path, G_DIR_SEPARATOR);
      g_string_append (path, child);
      ok = scan_folder (scan, dirfd (dir), child, path, place, depth + 1, error);
      g_string_truncate (path, path_length);
    }

  closedir (dir);
  return ok;
}

gboolean
foc_dataset_scan_class_folder (FocScan *scan,
                               const FocClassFolder *folder,
                               guint16 label,
                               GError **error)
{
  g_autoptr (GString) path = g_string_new (folder->path);
  const Place place = { path->len + 1, label, folder->part };
  guint depth = folder->part == FOC_PART_NONE ? 1 : 2;

  return scan_folder (scan, scan->root, folder->path, path, &place, depth, error);
}

GPtrArray *
foc_dataset_list_folders (FocScan *scan,
                          const char *path,
                          guint *n_pictures,
                          GError **error)
{
  g_autoptr (GString) buffer = g_string_new (path);
  GPtrArray *folders;
  DIR *dir;

  *n_pictures = 0;
  if (!open_folder (scan, scan->root, *path != '\0' ? path : ".", path, &dir, error))
    return NULL;
  if (dir == NULL)
    return g_ptr_array_new_with_free_func (g_free);

  folders = read_folder (scan, dir, buffer, NULL, n_pictures, error);
  closedir (dir);
  return folders;
}

void
foc_dataset_add_ancestor (FocScan *scan, const char *path)
{
  struct stat status;
  FocFolderId id;

  if (fstatat (scan->root, path, &status, 0) != 0)
    return;

  id = (FocFolderId){ status.st_dev, status.st_ino };
  g_array_append_val (scan->ancestors, id);
}

void
foc_dataset_begin_class (FocScan *scan)
{
  g_hash_table_remove_all (scan->visited);
  for (guint i = 0; i < scan->ancestors->len; i++)
    g_hash_table_add (
      scan->visited,
      g_memdup2 (&g_array_index (scan->ancestors, FocFolderId, i), sizeof (FocFolderId)));
}

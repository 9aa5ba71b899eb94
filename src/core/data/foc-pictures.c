/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-pictures.h"

#include "foc-limits.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Names that are read, sorted and told of at a time, where nobody can wait for all. */
#define CHUNK 1000

typedef struct
{
  guint chunk;
  FocIgnored *ignored;
  GHashTable *visited; /* the real paths of the folders so far */
  FocPictureFound found;
  gpointer user_data;
  GCancellable *cancellable;
} Walk;

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return foc_natural_compare (*(const char *const *) a, *(const char *const *) b);
}

/* The next names of the folder, sorted; fewer than a chunk at its end. NULL if it was
 * cancelled. `error_number` is 0, or why no more can be read. */
static GPtrArray *
read_names (const Walk *walk, DIR *dir, int *error_number)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  *error_number = 0;
  while (names->len < walk->chunk)
    {
      const struct dirent *entry;

      if (g_cancellable_is_cancelled (walk->cancellable))
        return NULL;
      errno = 0;
      entry = readdir (dir);
      if (entry == NULL)
        {
          *error_number = errno;
          break;
        }
      if (entry->d_name[0] == '.')
        walk->ignored->hidden +=
          strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0;
      else
        g_ptr_array_add (names, g_strdup (entry->d_name));
    }

  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gboolean
is_entered (const Walk *walk, const char *path, guint depth)
{
  char *real = realpath (path, NULL);
  gboolean is_new;

  if (real == NULL)
    return FALSE;

  is_new = g_hash_table_add (walk->visited, g_strdup (real));
  free (real);
  return !is_new || depth > FOC_LIMIT_FOLDER_DEPTH;
}

static gboolean walk_folder (const Walk *walk, const char *path, guint depth);

/* FALSE: stop. */
static gboolean
walk_entry (const Walk *walk, const char *folder, const char *name, guint depth)
{
  g_autofree char *full = g_build_filename (folder, name, NULL);

  if (g_cancellable_is_cancelled (walk->cancellable))
    return FALSE;
  if (g_file_test (full, G_FILE_TEST_IS_DIR))
    return walk_folder (walk, full, depth + 1);
  if (foc_is_picture_name (name))
    return walk->found (full, walk->user_data);
  walk->ignored->no_pictures++;
  return TRUE;
}

static gboolean
walk_names (const Walk *walk, DIR *dir, const char *path, guint depth)
{
  int error_number = 0;
  gboolean is_at_end = FALSE;

  while (!is_at_end)
    {
      g_autoptr (GPtrArray) names = read_names (walk, dir, &error_number);

      if (names == NULL)
        return FALSE;
      for (guint i = 0; i < names->len; i++)
        if (!walk_entry (walk, path, g_ptr_array_index (names, i), depth))
          return FALSE;
      is_at_end = names->len < walk->chunk;
    }
  return error_number == 0 || walk->found (path, walk->user_data);
}

static gboolean
walk_folder (const Walk *walk, const char *path, guint depth)
{
  gboolean goes_on;
  DIR *dir;

  if (is_entered (walk, path, depth))
    return TRUE;

  dir = opendir (path);
  if (dir == NULL)
    return walk->found (path, walk->user_data);

  goes_on = walk_names (walk, dir, path, depth);
  closedir (dir);
  return goes_on;
}

static gboolean
find_pictures (const char *path,
               guint chunk,
               FocIgnored *ignored, /* or NULL */
               FocPictureFound found,
               gpointer user_data,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GHashTable) visited =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  FocIgnored nobody = { 0 };
  const Walk walk = { chunk,     ignored != NULL ? ignored : &nobody,
                      visited,   found,
                      user_data, cancellable };

  return walk_folder (&walk, path, 0)
         || !g_cancellable_set_error_if_cancelled (cancellable, error);
}

gboolean
foc_find_pictures (const char *path,
                   FocIgnored *ignored,
                   FocPictureFound found,
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  return find_pictures (path, CHUNK, ignored, found, user_data, cancellable, error);
}

static gboolean
add_picture (const char *path, gpointer files)
{
  g_ptr_array_add (files, g_strdup (path));
  return TRUE;
}

gboolean
foc_list_pictures (const char *path,
                   GPtrArray *files,
                   GCancellable *cancellable,
                   GError **error)
{
  return find_pictures (path, G_MAXUINT, NULL, add_picture, files, cancellable, error);
}

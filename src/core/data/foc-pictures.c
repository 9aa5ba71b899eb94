/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-pictures.h"

#include "foc-dataset.h"
#include "foc-limits.h"

#include <stdlib.h>

/* Names that are read, sorted and told of at a time, where nobody can wait for all. */
#define CHUNK 1000

typedef struct
{
  guint chunk;
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

/* The next names of the folder, sorted; none at its end. NULL if it was cancelled. */
static GPtrArray *
read_names (const Walk *walk, GDir *dir)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (names->len < walk->chunk && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_cancellable_is_cancelled (walk->cancellable))
        return NULL;
      if (name[0] != '.')
        g_ptr_array_add (names, g_strdup (name));
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

/* FALSE: stop. */
static gboolean
walk_folder (const Walk *walk, const char *path, guint depth)
{
  g_autoptr (GDir) dir = NULL;

  if (is_entered (walk, path, depth))
    return TRUE;

  dir = g_dir_open (path, 0, NULL);
  if (dir == NULL)
    return walk->found (path, walk->user_data);

  while (TRUE)
    {
      g_autoptr (GPtrArray) names = read_names (walk, dir);

      if (names == NULL)
        return FALSE;
      if (names->len == 0)
        return TRUE;

      for (guint i = 0; i < names->len; i++)
        {
          const char *name = g_ptr_array_index (names, i);
          g_autofree char *full = g_build_filename (path, name, NULL);
          gboolean goes_on = TRUE;

          if (g_cancellable_is_cancelled (walk->cancellable))
            return FALSE;
          if (g_file_test (full, G_FILE_TEST_IS_DIR))
            goes_on = walk_folder (walk, full, depth + 1);
          else if (foc_is_picture_name (name))
            goes_on = walk->found (full, walk->user_data);
          if (!goes_on)
            return FALSE;
        }
    }
}

static gboolean
find_pictures (const char *path,
               guint chunk,
               FocPictureFound found,
               gpointer user_data,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GHashTable) visited =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const Walk walk = { chunk, visited, found, user_data, cancellable };

  return walk_folder (&walk, path, 0)
         || !g_cancellable_set_error_if_cancelled (cancellable, error);
}

gboolean
foc_find_pictures (const char *path,
                   FocPictureFound found,
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  return find_pictures (path, CHUNK, found, user_data, cancellable, error);
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
  return find_pictures (path, G_MAXUINT, add_picture, files, cancellable, error);
}

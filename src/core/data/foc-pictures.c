/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-pictures.h"

#include "foc-dataset.h"
#include "foc-limits.h"

#include <stdlib.h>

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return foc_natural_compare (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_names (const char *path)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));

  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

/* `visited` holds the real paths of the folders so far. */
static gboolean
list_folder (const char *path,
             guint depth,
             GHashTable *visited,
             GPtrArray *files,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GPtrArray) names = NULL;
  char *real = realpath (path, NULL);

  if (real != NULL)
    {
      gboolean is_new = g_hash_table_add (visited, g_strdup (real));

      free (real);
      if (!is_new || depth > FOC_LIMIT_FOLDER_DEPTH)
        return TRUE;
    }

  names = list_names (path);
  if (names == NULL)
    {
      g_ptr_array_add (files, g_strdup (path));
      return TRUE;
    }

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *full = g_build_filename (path, name, NULL);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (g_file_test (full, G_FILE_TEST_IS_DIR))
        {
          if (!list_folder (full, depth + 1, visited, files, cancellable, error))
            return FALSE;
        }
      else if (foc_is_picture_name (name))
        g_ptr_array_add (files, g_steal_pointer (&full));
    }

  return TRUE;
}

gboolean
foc_list_pictures (const char *path,
                   GPtrArray *files,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GHashTable) visited =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return list_folder (path, 0, visited, files, cancellable, error);
}

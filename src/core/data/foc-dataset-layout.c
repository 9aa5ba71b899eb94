/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-dataset-private.h"

static void
class_folder_free (gpointer data)
{
  FocClassFolder *folder = data;

  g_free (folder->class_name);
  g_free (folder->path);
  g_free (folder);
}

static void
add_class_folder (GPtrArray *folders,
                  const char *class_name,
                  FocPart part,
                  const char *parent)
{
  FocClassFolder *folder = g_new (FocClassFolder, 1);

  folder->class_name = g_strdup (class_name);
  folder->path =
    parent != NULL ? g_build_filename (parent, class_name, NULL) : g_strdup (class_name);
  folder->part = part;
  g_ptr_array_add (folders, folder);
}

static int
compare_class_folders (gconstpointer a, gconstpointer b)
{
  const FocClassFolder *x = *(const FocClassFolder *const *) a;
  const FocClassFolder *y = *(const FocClassFolder *const *) b;
  int order = foc_natural_compare (x->class_name, y->class_name);

  if (order != 0)
    return order;
  if (x->part != y->part)
    return x->part < y->part ? -1 : 1;
  return foc_natural_compare (x->path, y->path);
}

/* The class folders in the top-level folders `tops`, all of which are named after
 * parts. NULL without an error if they hold pictures instead of class folders:
 * then they are classes that happen to be named so. */
static GPtrArray *
find_in_parts (FocScan *scan, const GPtrArray *tops, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (class_folder_free);
  FocIgnored *ignored = &scan->dataset->ignored;

  for (guint i = 0; i < tops->len; i++)
    {
      const char *top = g_ptr_array_index (tops, i);
      guint n_pictures;
      g_autoptr (GPtrArray) names =
        foc_dataset_list_folders (scan, top, &n_pictures, error);

      if (names == NULL || (names->len == 0 && n_pictures > 0))
        return NULL;

      /* An empty one is a part that is missing. */
      if (names->len == 0)
        ignored->empty_folders++;
      ignored->no_pictures += n_pictures;
      for (guint j = 0; j < names->len; j++)
        add_class_folder (found, g_ptr_array_index (names, j), foc_part_from_folder (top),
                          top);
    }

  return g_steal_pointer (&found);
}

static gboolean
are_all_parts (const GPtrArray *tops)
{
  for (guint i = 0; i < tops->len; i++)
    if (foc_part_from_folder (g_ptr_array_index (tops, i)) == FOC_PART_NONE)
      return FALSE;

  return TRUE;
}

GPtrArray *
foc_dataset_find_class_folders (FocScan *scan, gboolean *is_split, GError **error)
{
  guint n_pictures;
  g_autoptr (GPtrArray) tops = foc_dataset_list_folders (scan, "", &n_pictures, error);
  g_autoptr (GPtrArray) found = NULL;

  *is_split = FALSE;
  if (tops == NULL)
    return NULL;
  scan->dataset->ignored.no_pictures += n_pictures;
  scan->dataset->has_loose = n_pictures > 0;

  if (are_all_parts (tops))
    {
      FocIgnored before = scan->dataset->ignored;
      GError *part_error = NULL;

      found = find_in_parts (scan, tops, &part_error);
      if (part_error != NULL)
        {
          g_propagate_error (error, part_error);
          return NULL;
        }
      if (found == NULL)
        scan->dataset->ignored = before; /* the scan of the classes counts */
    }

  if (found != NULL)
    {
      *is_split = found->len > 0;
      for (guint i = 0; i < tops->len; i++)
        foc_dataset_add_ancestor (scan, g_ptr_array_index (tops, i));
    }
  else
    {
      found = g_ptr_array_new_with_free_func (class_folder_free);
      for (guint i = 0; i < tops->len; i++)
        add_class_folder (found, g_ptr_array_index (tops, i), FOC_PART_NONE, NULL);
    }

  g_ptr_array_sort (found, compare_class_folders);
  return g_steal_pointer (&found);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-class-folders.h"

#include <string.h>

gsize
foc_class_folders_cut (const char *text, gsize length, gsize max)
{
  if (length <= max)
    return length;

  while (max > 0 && ((guchar) text[max] & 0xc0) == 0x80)
    max--;
  return max;
}

/* A model file may come from anywhere, and call its classes what it likes: "../..". */
static char *
make_name (const char *class_name)
{
  GString *name = g_string_new (NULL);

  g_string_append_len (name, class_name,
                       (gssize) foc_class_folders_cut (class_name, strlen (class_name),
                                                       FOC_CLASS_FOLDERS_MAX_NAME));
  for (gsize i = 0; i < name->len; i++)
    if (name->str[i] == '/' || g_ascii_iscntrl (name->str[i])
        || (i == 0 && name->str[i] == '.'))
      name->str[i] = '_';
  if (name->len == 0)
    g_string_append_c (name, '_');
  return g_string_free (name, FALSE);
}

static char *
add_number (const char *name, guint number)
{
  g_autofree char *suffix = g_strdup_printf ("-%u", number);
  gsize length = foc_class_folders_cut (name, strlen (name),
                                        FOC_CLASS_FOLDERS_MAX_NAME - strlen (suffix));

  return g_strdup_printf ("%.*s%s", (int) length, name, suffix);
}

/* FALSE where it is taken. */
static gboolean
claim (GHashTable *taken, const char *name)
{
  return g_hash_table_add (taken, g_utf8_validate (name, -1, NULL)
                                    ? g_utf8_casefold (name, -1)
                                    : g_strdup (name));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Each once, in an order that does not depend on that of the answers; they are the models'. */
static GPtrArray *
list_classes (const GPtrArray *records)
{
  g_autoptr (GHashTable) models = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *sorted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < records->len; i++)
    {
      const FocAnswerRecord *record = g_ptr_array_index (records, i);
      const char *const *classes = foc_answer_record_get_class_names (record);

      if (g_hash_table_add (models, record->model))
        for (guint j = 0; classes[j] != NULL; j++)
          g_hash_table_add (names, (gpointer) classes[j]);
    }
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (sorted, name);
  g_ptr_array_sort (sorted, compare);
  return sorted;
}

GHashTable *
foc_class_folders_new (const GPtrArray *records)
{
  g_autoptr (GHashTable) taken =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) classes = list_classes (records);
  GHashTable *folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  claim (taken, FOC_CLASS_FOLDER_NOT_SURE);
  /* Those that can be called as they are come first. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < classes->len; i++)
      {
        const char *class_name = g_ptr_array_index (classes, i);
        g_autofree char *name = make_name (class_name);
        g_autofree char *folder = g_strdup (name);

        if (g_str_equal (name, class_name) != (pass == 0))
          continue;
        for (guint number = 2; !claim (taken, folder); number++)
          {
            g_free (folder);
            folder = add_number (name, number);
          }
        g_hash_table_insert (folders, g_strdup (class_name), g_steal_pointer (&folder));
      }
  return folders;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-query.h"

#include "foc-name-search.h"

#include <string.h>

FocAnswerQuery *
foc_answer_query_copy (const FocAnswerQuery *self)
{
  FocAnswerQuery *copy = g_new (FocAnswerQuery, 1);

  *copy = *self;
  copy->class_name = g_strdup (self->class_name);
  copy->search = g_strdup (self->search);
  return copy;
}

void
foc_answer_query_free (FocAnswerQuery *self)
{
  g_free (self->class_name);
  g_free (self->search);
  g_free (self);
}

gboolean
foc_answer_query_equal (const FocAnswerQuery *a, const FocAnswerQuery *b)
{
  return a->wanted == b->wanted && a->order == b->order
         && a->is_descending == b->is_descending
         && g_strcmp0 (a->class_name, b->class_name) == 0
         && g_strcmp0 (a->search, b->search) == 0;
}

static const char *
get_name (const FocAnswerRecord *record)
{
  const char *slash = strrchr (record->path, G_DIR_SEPARATOR);

  return slash != NULL ? slash + 1 : record->path;
}

static gboolean
is_unsure (const FocAnswerRecord *record)
{
  return foc_answer_record_get_state (record) == FOC_ANSWER_NOT_SURE
         && record->hand_label < 0;
}

static gboolean
is_wanted (const FocAnswerQuery *self, const FocAnswerRecord *record)
{
  FocAnswerState state = foc_answer_record_get_state (record);
  gboolean is_by_hand = record->hand_label >= 0;

  switch (self->wanted)
    {
    case FOC_ANSWERS_NOT_SURE:
      return is_unsure (record);
    case FOC_ANSWERS_FAILED:
      return state == FOC_ANSWER_FAILED;
    case FOC_ANSWERS_BY_HAND:
      return foc_answer_record_get_kept_class (record) != NULL;
    case FOC_ANSWERS_OF_CLASS:
      return (is_by_hand || state == FOC_ANSWER_ANSWERED)
             && g_strcmp0 (foc_answer_record_get_class (record), self->class_name) == 0;
    case FOC_ANSWERS_ALL:
    default:
      return TRUE;
    }
}

/* Sorting */

typedef struct
{
  guint32 row;
  gboolean has_none;
  double number;
  char *text; /* or NULL */
} Key;

static char *
make_text (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return g_utf8_collate_key_for_filename (folded, -1);
}

static void
make_key (const FocAnswerQuery *self, const FocAnswerRecord *record, Key *key)
{
  if (self->order == FOC_ANSWERS_BY_NAME)
    {
      g_autofree char *name = g_filename_display_name (get_name (record));

      key->text = make_text (name);
    }
  else if (self->order == FOC_ANSWERS_BY_CONFIDENCE)
    {
      key->number = foc_answer_record_get_confidence (record);
      key->has_none = key->number < 0;
      if (foc_answer_record_get_state (record) == FOC_ANSWER_ANSWERED)
        key->number++;
    }
}

/* There are few classes: they get numbers in their order. */
static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void
number_classes (const GPtrArray *records, GArray *keys)
{
  /* Class names are their own keys: those of one model are the same strings. */
  g_autoptr (GHashTable) texts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) sorted = NULL;
  guint n = 0;

  for (guint i = 0; i < keys->len; i++)
    {
      Key *key = &g_array_index (keys, Key, i);
      const char *name =
        foc_answer_record_get_class (g_ptr_array_index (records, key->row));

      if (name != NULL && !g_hash_table_contains (texts, name))
        {
          char *text = make_text (name);

          g_hash_table_insert (texts, (gpointer) name, text);
          g_hash_table_add (numbers, text);
        }
    }
  sorted = g_list_sort (g_hash_table_get_keys (numbers), compare_texts);
  for (GList *one = sorted; one != NULL; one = one->next)
    g_hash_table_replace (numbers, one->data, GUINT_TO_POINTER (++n));
  for (guint i = 0; i < keys->len; i++)
    {
      Key *key = &g_array_index (keys, Key, i);
      const char *name =
        foc_answer_record_get_class (g_ptr_array_index (records, key->row));

      key->has_none = name == NULL;
      if (name != NULL)
        key->number = GPOINTER_TO_UINT (
          g_hash_table_lookup (numbers, g_hash_table_lookup (texts, name)));
      if (is_unsure (g_ptr_array_index (records, key->row)))
        key->number += n;
    }
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const FocAnswerQuery *self = user_data;
  const Key *x = a, *y = b;
  int rows = (x->row > y->row) - (x->row < y->row);
  int order = (x->number > y->number) - (x->number < y->number);

  if (x->has_none || y->has_none)
    return x->has_none == y->has_none ? rows : x->has_none - y->has_none;
  if (self->order == FOC_ANSWERS_AS_ANSWERED)
    order = rows;
  else if (x->text != NULL)
    order = strcmp (x->text, y->text);
  if (order == 0)
    return rows;
  return self->is_descending ? -order : order;
}

static void
sort (const FocAnswerQuery *self, const GPtrArray *records, GArray *rows)
{
  g_autoptr (GArray) keys = g_array_sized_new (FALSE, FALSE, sizeof (Key), rows->len);

  for (guint i = 0; i < rows->len; i++)
    {
      Key key = { .row = g_array_index (rows, guint32, i) };

      make_key (self, g_ptr_array_index (records, key.row), &key);
      g_array_append_val (keys, key);
    }
  if (self->order == FOC_ANSWERS_BY_ANSWER)
    number_classes (records, keys);
  g_array_sort_with_data (keys, compare_keys, (gpointer) self);

  for (guint i = 0; i < rows->len; i++)
    {
      g_array_index (rows, guint32, i) = g_array_index (keys, Key, i).row;
      g_free (g_array_index (keys, Key, i).text);
    }
}

GArray *
foc_answer_query_find (const FocAnswerQuery *self, const GPtrArray *records, guint first)
{
  g_autofree char *search = foc_name_search_fold (self->search);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 row = first; row < records->len; row++)
    {
      const FocAnswerRecord *record = g_ptr_array_index (records, row);

      if (is_wanted (self, record)
          && (search == NULL || foc_name_search_matches (search, get_name (record))))
        g_array_append_val (rows, row);
    }
  if (self->order != FOC_ANSWERS_AS_ANSWERED || self->is_descending)
    sort (self, records, rows);
  return rows;
}

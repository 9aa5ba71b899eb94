/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-tally.h"

struct _FocAnswerTally
{
  FocAnswerSummary summary;
  GPtrArray *class_names; /* NULL behind the last one           */
  GArray *n_by_class;     /* guint                              */
  GHashTable *maps;       /* model -> its labels as class names */
};

FocAnswerTally *
foc_answer_tally_new (void)
{
  FocAnswerTally *self = g_new0 (FocAnswerTally, 1);

  self->class_names = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->class_names, NULL);
  self->n_by_class = g_array_new (FALSE, TRUE, sizeof (guint));
  self->maps = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
  return self;
}

void
foc_answer_tally_free (FocAnswerTally *self)
{
  g_ptr_array_unref (self->class_names);
  g_array_unref (self->n_by_class);
  g_hash_table_unref (self->maps);
  g_free (self);
}

static guint
find_class (FocAnswerTally *self, const char *name)
{
  guint n = self->n_by_class->len;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (g_ptr_array_index (self->class_names, i), name))
      return i;

  g_ptr_array_insert (self->class_names, (int) n, g_strdup (name));
  g_array_set_size (self->n_by_class, n + 1);
  return n;
}

static const guint *
get_map (FocAnswerTally *self, FocLoadedModel *model)
{
  guint *map = g_hash_table_lookup (self->maps, model);

  if (map == NULL)
    {
      const FocModel *asked = foc_loaded_model_get_model (model);

      map = g_new (guint, foc_model_get_n_classes (asked));
      for (guint i = 0; asked->class_names[i] != NULL; i++)
        map[i] = find_class (self, asked->class_names[i]);
      g_hash_table_insert (self->maps, g_object_ref (model), map);
    }
  return map;
}

void
foc_answer_tally_add_classes (FocAnswerTally *self, FocLoadedModel *model)
{
  get_map (self, model);
}

static void
count (FocAnswerTally *self, const FocAnswerRecord *record, guint change)
{
  FocAnswerSummary *summary = &self->summary;
  const guint *map = get_map (self, record->model);
  gboolean is_by_hand = record->hand_label >= 0;
  FocAnswerState state = foc_answer_record_get_state (record);
  guint label = is_by_hand ? (guint) record->hand_label : record->answer.label;

  summary->n += change;
  if (is_by_hand)
    summary->n_by_hand += change;
  if (is_by_hand || state == FOC_ANSWER_ANSWERED)
    g_array_index (self->n_by_class, guint, map[label]) += change;
  else if (state == FOC_ANSWER_NOT_SURE)
    summary->n_not_sure += change;
  else
    summary->n_failed += change;
}

void
foc_answer_tally_count (FocAnswerTally *self, const FocAnswerRecord *record)
{
  count (self, record, 1);
}

void
foc_answer_tally_discount (FocAnswerTally *self, const FocAnswerRecord *record)
{
  count (self, record, (guint) -1);
}

const FocAnswerSummary *
foc_answer_tally_get (FocAnswerTally *self)
{
  self->summary.n_classes = self->n_by_class->len;
  self->summary.class_names = (const char *const *) self->class_names->pdata;
  self->summary.n_by_class = (const guint *) (gpointer) self->n_by_class->data;
  return &self->summary;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-tally.h"

/* A model that has answers, or is in use. */
typedef struct
{
  guint n;        /* its answers                       */
  guint *classes; /* its labels as classes of the tally */
} Asked;

struct _FocAnswerTally
{
  FocAnswerSummary summary;
  FocLoadedModel *model;  /* in use, or NULL                                   */
  GHashTable *asked;      /* model -> Asked                                    */
  GPtrArray *class_names; /* all that there ever were, so that places stay     */
  GArray *n_by_class;     /* guint                                             */
  GPtrArray *shown_names; /* those that are told of; NULL behind the last one  */
  GArray *shown_n;        /* guint                                             */
};

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->classes);
  g_free (asked);
}

FocAnswerTally *
foc_answer_tally_new (void)
{
  FocAnswerTally *self = g_new0 (FocAnswerTally, 1);

  self->asked = g_hash_table_new_full (NULL, NULL, g_object_unref, asked_free);
  self->class_names = g_ptr_array_new_with_free_func (g_free);
  self->n_by_class = g_array_new (FALSE, TRUE, sizeof (guint));
  self->shown_names = g_ptr_array_new ();
  self->shown_n = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
foc_answer_tally_free (FocAnswerTally *self)
{
  g_clear_object (&self->model);
  g_hash_table_unref (self->asked);
  g_ptr_array_unref (self->class_names);
  g_array_unref (self->n_by_class);
  g_ptr_array_unref (self->shown_names);
  g_array_unref (self->shown_n);
  g_free (self);
}

static guint
find_class (FocAnswerTally *self, const char *name)
{
  guint n = self->n_by_class->len;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (g_ptr_array_index (self->class_names, i), name))
      return i;

  g_ptr_array_add (self->class_names, g_strdup (name));
  g_array_set_size (self->n_by_class, n + 1);
  return n;
}

static Asked *
get_asked (FocAnswerTally *self, FocLoadedModel *model)
{
  Asked *asked = g_hash_table_lookup (self->asked, model);

  if (asked == NULL)
    {
      const FocModel *of = foc_loaded_model_get_model (model);

      asked = g_new0 (Asked, 1);
      asked->classes = g_new (guint, foc_model_get_n_classes (of));
      for (guint i = 0; of->class_names[i] != NULL; i++)
        asked->classes[i] = find_class (self, of->class_names[i]);
      g_hash_table_insert (self->asked, g_object_ref (model), asked);
    }
  return asked;
}

static void
forget_unused (FocAnswerTally *self, FocLoadedModel *model)
{
  const Asked *asked = g_hash_table_lookup (self->asked, model);

  if (asked != NULL && asked->n == 0 && model != self->model)
    g_hash_table_remove (self->asked, model);
}

void
foc_answer_tally_set_model (FocAnswerTally *self, FocLoadedModel *model)
{
  g_autoptr (FocLoadedModel) before = g_steal_pointer (&self->model);

  if (self->summary.n == 0)
    {
      g_hash_table_remove_all (self->asked);
      g_ptr_array_set_size (self->class_names, 0);
      g_array_set_size (self->n_by_class, 0);
    }
  if (model != NULL)
    {
      self->model = g_object_ref (model);
      get_asked (self, model);
    }
  if (before != NULL)
    forget_unused (self, before);
}

static void
count (FocAnswerTally *self, const FocAnswerRecord *record, guint change)
{
  FocAnswerSummary *summary = &self->summary;
  Asked *asked = get_asked (self, record->model);
  gboolean is_by_hand = record->hand_label >= 0;
  FocAnswerState state = foc_answer_record_get_state (record);
  guint label = is_by_hand ? (guint) record->hand_label : record->answer.label;

  summary->n += change;
  asked->n += change;
  if (is_by_hand)
    summary->n_by_hand += change;
  if (is_by_hand || state == FOC_ANSWER_ANSWERED)
    g_array_index (self->n_by_class, guint, asked->classes[label]) += change;
  else if (state == FOC_ANSWER_NOT_SURE)
    summary->n_not_sure += change;
  else
    summary->n_failed += change;
  forget_unused (self, record->model);
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
  guint n = self->class_names->len;
  g_autofree gboolean *is_shown = g_new0 (gboolean, n);
  GHashTableIter iter;
  gpointer model, asked;

  g_hash_table_iter_init (&iter, self->asked);
  while (g_hash_table_iter_next (&iter, &model, &asked))
    for (guint i = 0; i < foc_model_get_n_classes (foc_loaded_model_get_model (model));
         i++)
      is_shown[((Asked *) asked)->classes[i]] = TRUE;

  g_ptr_array_set_size (self->shown_names, 0);
  g_array_set_size (self->shown_n, 0);
  for (guint i = 0; i < n; i++)
    if (is_shown[i])
      {
        g_ptr_array_add (self->shown_names, g_ptr_array_index (self->class_names, i));
        g_array_append_val (self->shown_n, g_array_index (self->n_by_class, guint, i));
      }
  g_ptr_array_add (self->shown_names, NULL);

  self->summary.n_classes = self->shown_n->len;
  self->summary.class_names = (const char *const *) self->shown_names->pdata;
  self->summary.n_by_class = (const guint *) (gpointer) self->shown_n->data;
  return &self->summary;
}

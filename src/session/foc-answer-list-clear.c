/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-list-private.h"

struct _FocClearedAnswers
{
  GObject parent_instance;

  GPtrArray *records;
  GPtrArray *requests; /* of FocAnswerRequest; none once they are asked again */
};

G_DEFINE_FINAL_TYPE (FocClearedAnswers, foc_cleared_answers, G_TYPE_OBJECT)

static void
foc_cleared_answers_finalize (GObject *object)
{
  FocClearedAnswers *self = FOC_CLEARED_ANSWERS (object);

  foc_answer_list_free_records (self->records);
  g_ptr_array_unref (self->requests);

  G_OBJECT_CLASS (foc_cleared_answers_parent_class)->finalize (object);
}

static void
foc_cleared_answers_class_init (FocClearedAnswersClass *class)
{
  G_OBJECT_CLASS (class)->finalize = foc_cleared_answers_finalize;
}

static void
foc_cleared_answers_init (FocClearedAnswers *self)
{
}

FocClearedAnswers *
foc_answer_list_take_all (FocAnswerList *self)
{
  FocClearedAnswers *cleared = g_object_new (FOC_TYPE_CLEARED_ANSWERS, NULL);
  guint n;

  cleared->requests = foc_answer_list_stop (self);
  if (self->rows->len > 0)
    g_signal_emit_by_name (self, "clearing");
  cleared->records = foc_answer_list_take_rows (self);
  n = cleared->records->len;
  if (n == 0)
    return cleared;

  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
  foc_answer_list_tell_stale (self);
  g_signal_emit_by_name (self, "summary-changed");
  return cleared;
}

void
foc_answer_list_clear (FocAnswerList *self)
{
  g_object_unref (foc_answer_list_take_all (self));
}

/* What was set by hand of those that are there again. */
static void
restore_by_hand (FocAnswerList *self, const GPtrArray *by_hand)
{
  for (guint i = 0; i < by_hand->len; i++)
    {
      const FocAnswerRecord *before = g_ptr_array_index (by_hand, i);
      g_autoptr (FocAnswerRecord) record = NULL;
      const FocAnswerRecord *now;
      guint row;

      if (!foc_path_set_find (self->known, before->path, &row))
        continue;
      now = g_ptr_array_index (self->rows, row);
      if (foc_answer_record_get_kept_class (now) != NULL)
        continue;
      record =
        foc_answer_record_set_by_hand (now, foc_answer_record_get_kept_class (before));
      foc_answer_list_replace (self, row, record);
    }
  /* Whether it was recorded before, nobody knows. */
  self->hand_stamp++;
}

void
foc_answer_list_restore (FocAnswerList *self, FocClearedAnswers *cleared)
{
  g_autoptr (GPtrArray) by_hand = g_ptr_array_new ();
  GPtrArray *requests = g_steal_pointer (&cleared->requests);
  guint before = self->rows->len;

  cleared->requests = foc_answer_requests_new ();
  for (guint i = 0; i < cleared->records->len; i++)
    {
      FocAnswerRecord *record = g_ptr_array_index (cleared->records, i);

      if (!foc_path_set_find (self->known, record->path, NULL))
        foc_answer_list_append (self, record);
      else if (foc_answer_record_get_kept_class (record) != NULL)
        g_ptr_array_add (by_hand, record);
    }

  if (self->rows->len > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->rows->len - before);
  restore_by_hand (self, by_hand);
  foc_answer_list_tell_stale (self);
  g_signal_emit_by_name (self, "summary-changed");
  foc_answer_list_go_on (self, requests);
}

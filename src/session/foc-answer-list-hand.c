/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-list-private.h"

/* What the user has set, and how it was before. */
typedef struct
{
  guint row;
  char *before; /* a class, or NULL: none was set */
} Change;

static void
clear_change (gpointer data)
{
  g_free (((Change *) data)->before);
}

GArray *
foc_answer_list_new_changes (void)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (Change));

  g_array_set_clear_func (changes, clear_change);
  return changes;
}

/* `class_name`: NULL for none. FALSE: it was so already. */
static gboolean
set (FocAnswerList *self, guint row, const char *class_name)
{
  const FocAnswerRecord *before = g_ptr_array_index (self->rows, row);
  g_autoptr (FocAnswerRecord) record = foc_answer_record_set_by_hand (before, class_name);

  if (g_strcmp0 (foc_answer_record_get_kept_class (record),
                 foc_answer_record_get_kept_class (before))
      == 0)
    return FALSE;

  self->hand_stamp++;
  foc_answer_list_replace (self, row, record);
  g_signal_emit_by_name (self, "summary-changed");
  return TRUE;
}

void
foc_answer_list_set_hand_label (FocAnswerList *self, guint row, int label)
{
  const FocAnswerRecord *record;
  const FocModel *model;
  Change change = { .row = row };

  g_return_if_fail (row < self->rows->len);
  record = g_ptr_array_index (self->rows, row);
  model = foc_loaded_model_get_model (record->model);
  g_return_if_fail (label >= -1 && label < (int) foc_model_get_n_classes (model));
  if (record->error != NULL || record->hand_label == label)
    return;

  change.before = g_strdup (foc_answer_record_get_kept_class (record));
  g_array_append_val (self->changes, change);
  set (self, row, label >= 0 ? model->class_names[label] : NULL);
  g_signal_emit_by_name (self, "set-by-hand");
}

gboolean
foc_answer_list_get_last_by_hand (FocAnswerList *self, guint *row)
{
  if (self->changes->len == 0)
    return FALSE;

  *row = g_array_index (self->changes, Change, self->changes->len - 1).row;
  return TRUE;
}

void
foc_answer_list_undo_by_hand (FocAnswerList *self)
{
  guint last = self->changes->len - 1;
  Change change;

  g_return_if_fail (self->changes->len > 0);
  change = g_array_index (self->changes, Change, last);
  g_array_index (self->changes, Change, last).before = NULL;
  g_array_set_size (self->changes, last);
  set (self, change.row, change.before);
  g_free (change.before);
}

guint
foc_answer_list_get_hand_stamp (FocAnswerList *self)
{
  return self->hand_stamp;
}

void
foc_answer_list_note_exported (FocAnswerList *self, guint stamp)
{
  self->exported_stamp = MAX (self->exported_stamp, stamp);
}

void
foc_answer_list_note_copied (FocAnswerList *self, guint stamp)
{
  self->copied_stamp = MAX (self->copied_stamp, stamp);
}

void
foc_answer_list_note_not_copied (FocAnswerList *self, guint stamp)
{
  if (self->copied_stamp == stamp)
    self->copied_stamp = 0;
}

guint
foc_answer_list_get_n_unrecorded (FocAnswerList *self)
{
  guint n = 0;

  if (self->hand_stamp == self->exported_stamp || self->hand_stamp == self->copied_stamp)
    return 0;
  for (guint i = 0; i < self->rows->len; i++)
    n += foc_answer_record_get_kept_class (g_ptr_array_index (self->rows, i)) != NULL;
  return n;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-answer-copy.h"

#include "foc-answer-copy-task.h"
#include "foc-text.h"
#include "foc-writing.h"

#include <glib/gi18n-lib.h>

struct _FocAnswerCopy
{
  GObject parent_instance;

  FocAnswerList *list; /* weak; or NULL: it has gone */
  guint hand_stamp;    /* of what was set by hand in it, if all of that is copied; or 0 */
  FocCopyLedger *ledger;
  char *shown_folder;
  FocJob *job; /* or NULL */
  gboolean was_undone;
  gboolean was_cancelled; /* before it was undone */
};

G_DEFINE_FINAL_TYPE (FocAnswerCopy, foc_answer_copy, G_TYPE_OBJECT)

enum
{
  PROP_JOB = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint ended_signal;

static void
end (FocAnswerCopy *self)
{
  g_clear_object (&self->job);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_JOB]);
  g_signal_emit (self, ended_signal, 0);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocAnswerCopy *self = user_data;
  g_autoptr (GError) error = NULL;

  foc_job_finish (FOC_JOB (source), result, &error);
  if (self->job != FOC_JOB (source))
    return;
  /* By whoever stops all that is written. */
  self->was_cancelled |=
    !self->was_undone && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (self->list != NULL && !self->was_undone && !self->was_cancelled
      && foc_answer_copy_get_counts (self).n_failed == 0)
    foc_answer_list_note_copied (self->list, self->hand_stamp);
  end (self);
}

/* What is lost where it is stopped. */
static char *
describe_job (FocAnswerCopy *self)
{
  if (self->was_undone)
    /* Translators: the name of a folder. */
    return g_strdup_printf (_ ("Copies are still being removed from “%s”. If that is "
                               "stopped, the others stay."),
                            self->shown_folder);
  /* Translators: the name of a folder. */
  return g_strdup_printf (_ ("Pictures are still being copied into folders in “%s”. If "
                             "that is stopped, the copies that are there stay."),
                          self->shown_folder);
}

static void
start (FocAnswerCopy *self, GPtrArray *records)
{
  FocAnswerCopyTask *task = g_new (FocAnswerCopyTask, 1);

  *task = (FocAnswerCopyTask){ foc_copy_ledger_ref (self->ledger), records };
  self->job = foc_job_new ();
  foc_writing_add (self->job, describe_job (self));
  foc_job_run (self->job, foc_answer_copy_task_work, task,
               (GDestroyNotify) foc_answer_copy_task_free, NULL, on_ended, self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_JOB]);
}

/* That class is in no folder. */
static gboolean
has_unread_by_hand (FocAnswerList *list)
{
  const GPtrArray *records = foc_answer_list_peek_records (list);

  for (guint i = 0; i < records->len; i++)
    {
      const FocAnswerRecord *record = g_ptr_array_index (records, i);

      if (record->error != NULL && foc_answer_record_get_kept_class (record) != NULL)
        return TRUE;
    }
  return FALSE;
}

FocAnswerCopy *
foc_answer_copy_new (FocAnswerList *list, const char *folder)
{
  FocAnswerCopy *self = g_object_new (FOC_TYPE_ANSWER_COPY, NULL);
  g_autofree char *name = g_filename_display_basename (folder);

  self->shown_folder = foc_text_escape (name);
  self->ledger = foc_copy_ledger_new (folder);
  g_set_weak_pointer (&self->list, list);
  if (!has_unread_by_hand (list))
    self->hand_stamp = foc_answer_list_get_hand_stamp (list);
  start (self, foc_answer_list_get_records (list));
  return self;
}

FocJob *
foc_answer_copy_get_job (FocAnswerCopy *self)
{
  return self->job;
}

void
foc_answer_copy_cancel (FocAnswerCopy *self)
{
  g_autoptr (FocJob) job = g_steal_pointer (&self->job);

  if (job == NULL)
    return;

  self->was_cancelled |= !self->was_undone;
  foc_job_cancel (job); /* first: from here on, nothing more is counted as copied */
  end (self);
}

FocAnswerCopyCounts
foc_answer_copy_get_counts (FocAnswerCopy *self)
{
  return foc_copy_ledger_get_counts (self->ledger);
}

static void
describe_copies (FocAnswerCopy *self, const FocAnswerCopyCounts *counts, GString *text)
{
  char *copied = g_strdup_printf (
    /* Translators: the %s is the name of a folder. */
    ngettext ("%'u picture was copied into folders in “%s”.",
              "%'u pictures were copied into folders in “%s”.", counts->n_copied),
    counts->n_copied, self->shown_folder);

  foc_text_append_sentence (text, copied);
  if (self->was_cancelled)
    foc_text_append_sentence (text,
                              g_strdup (_ ("It was stopped before all of them were.")));
  if (counts->n_numbered > 0)
    foc_text_append_sentence (
      text,
      g_strdup_printf (
        ngettext ("%'u of them got another name, since a file of its name was there.",
                  "%'u of them got other names, since files of their names were there.",
                  counts->n_numbered),
        counts->n_numbered));
  if (counts->n_there > 0)
    foc_text_append_sentence (
      text, g_strdup_printf (ngettext ("%'u picture was in its folder already.",
                                       "%'u pictures were in their folders already.",
                                       counts->n_there),
                             counts->n_there));
  if (counts->n_unread > 0)
    foc_text_append_sentence (
      text,
      g_strdup_printf (ngettext ("%'u picture has no answer and was not copied.",
                                 "%'u pictures have no answers and were not copied.",
                                 counts->n_unread),
                       counts->n_unread));
  if (counts->n_failed > 0)
    {
      char *error = foc_copy_ledger_get_error (self->ledger);

      foc_text_append_sentence (
        text,
        g_strdup_printf (ngettext ("%'u picture could not be copied.",
                                   "%'u pictures could not be copied.", counts->n_failed),
                         counts->n_failed));
      foc_text_append_sentence (text, error);
    }
}

static void
describe_removal (FocAnswerCopy *self, const FocAnswerCopyCounts *counts, GString *text)
{
  guint n_left = foc_copy_ledger_get_n_copies (self->ledger);

  n_left -= MIN (counts->n_not_removed, n_left);
  foc_text_append_sentence (
    text, g_strdup_printf (ngettext ("%'u copy was removed.", "%'u copies were removed.",
                                     counts->n_removed),
                           counts->n_removed));
  if (counts->n_kept > 0)
    foc_text_append_sentence (
      text,
      g_strdup_printf (
        ngettext (
          "%'u stays, since it was changed, or its picture is no longer where it was.",
          "%'u stay, since they were changed, or their pictures are no longer where they "
          "were.",
          counts->n_kept),
        counts->n_kept));
  if (counts->n_not_removed > 0)
    {
      char *error = foc_copy_ledger_get_error (self->ledger);

      foc_text_append_sentence (
        text, g_strdup_printf (ngettext ("%'u copy could not be removed.",
                                         "%'u copies could not be removed.",
                                         counts->n_not_removed),
                               counts->n_not_removed));
      /* A thread that goes on with it begins anew. */
      if (error != NULL)
        foc_text_append_sentence (text, error);
    }
  if (n_left > 0)
    foc_text_append_sentence (
      text, g_strdup_printf (ngettext ("%'u copy is still there.",
                                       "%'u copies are still there.", n_left),
                             n_left));
}

char *
foc_answer_copy_describe (FocAnswerCopy *self)
{
  FocAnswerCopyCounts counts = foc_answer_copy_get_counts (self);
  GString *text = g_string_new (NULL);

  if (self->was_undone)
    describe_removal (self, &counts, text);
  else
    describe_copies (self, &counts, text);
  return g_string_free (text, FALSE);
}

gboolean
foc_answer_copy_can_undo (FocAnswerCopy *self)
{
  return self->job == NULL && foc_copy_ledger_get_n_copies (self->ledger) > 0;
}

gboolean
foc_answer_copy_was_undone (FocAnswerCopy *self)
{
  return self->was_undone;
}

void
foc_answer_copy_undo (FocAnswerCopy *self)
{
  g_return_if_fail (self->job == NULL);

  self->was_undone = TRUE;
  if (self->list != NULL)
    foc_answer_list_note_not_copied (self->list, self->hand_stamp);
  start (self, NULL);
}

static void
foc_answer_copy_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FocAnswerCopy *self = FOC_ANSWER_COPY (object);

  switch (id)
    {
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_answer_copy_finalize (GObject *object)
{
  FocAnswerCopy *self = FOC_ANSWER_COPY (object);

  if (self->job != NULL)
    foc_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_weak_pointer (&self->list);
  foc_copy_ledger_unref (self->ledger);
  g_free (self->shown_folder);

  G_OBJECT_CLASS (foc_answer_copy_parent_class)->finalize (object);
}

static void
foc_answer_copy_class_init (FocAnswerCopyClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = foc_answer_copy_get_property;
  object_class->finalize = foc_answer_copy_finalize;

  props[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, FOC_TYPE_JOB,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                           | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  ended_signal = g_signal_new ("ended", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                               NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
foc_answer_copy_init (FocAnswerCopy *self)
{
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-answer-task.h"

#include "foc-pictures.h"
#include "foc-text.h"

#include <glib/gi18n-lib.h>

/* Listing is faster than asking, and goes ahead to know how many there are. Up to this many
 * wait, each a path that the list will hold anyway. */
#define MAX_WAITING 1000000

/* How often whoever waits for room looks whether it was cancelled. */
#define PATIENCE (100 * G_TIME_SPAN_MILLISECOND)

static void
clear_question (gpointer data)
{
  g_ref_string_release (((FocAnswerQuestion *) data)->path);
}

GArray *
foc_answer_questions_new (void)
{
  GArray *questions = g_array_new (FALSE, FALSE, sizeof (FocAnswerQuestion));

  g_array_set_clear_func (questions, clear_question);
  return questions;
}

FocAnswerTask *
foc_answer_task_new (FocLoadedModel *model,
                     GPtrArray *paths,
                     GArray *again,
                     FocPathSet *known,
                     FocAnswerGate *gate,
                     FocJobDelivered told)
{
  FocAnswerTask *self = g_new (FocAnswerTask, 1);

  *self = (FocAnswerTask){ .model = model,
                           .paths = paths,
                           .again = again,
                           .known = foc_path_set_ref (known),
                           .gate = foc_answer_gate_ref (gate),
                           .told = told,
                           .max_waiting = MAX_WAITING };
  return self;
}

void
foc_answer_task_free (FocAnswerTask *self)
{
  g_object_unref (self->model);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->again, g_array_unref);
  foc_path_set_unref (self->known);
  foc_answer_gate_unref (self->gate);
  g_free (self);
}

void
foc_answer_outcome_free (FocAnswerOutcome *self)
{
  g_free (self->notice);
  g_free (self->empty);
  g_free (self);
}

/* What the threads of a job share. */
typedef struct
{
  const FocAnswerTask *task;
  FocJob *job;
  GCancellable *cancellable;

  /* Of the thread that lists. */
  GHashTable *claimed; /* paths that it has found */
  guint n_seen;        /* pictures, known ones as well                  */
  guint n_known;       /* were there already                            */
  FocIgnored ignored;  /* beside the pictures of folders                */
  guint n_empty;       /* folders without a picture                     */
  char *empty_folder;  /* the first of these                            */

  GMutex mutex; /* of all that follows */
  GCond changed;
  GQueue waiting; /* of FocAnswerQuestion */
  gboolean is_complete;
  guint64 n_found;
  guint64 n_answered;
} Inquiry;

static void
question_free (gpointer data)
{
  clear_question (data);
  g_free (data);
}

/* With the mutex held. */
static void
report (Inquiry *inquiry)
{
  if (inquiry->is_complete)
    foc_job_report (inquiry->n_answered, inquiry->n_found, inquiry->job);
  else
    foc_job_report (inquiry->n_found, 0, inquiry->job);
}

static void
ask (Inquiry *inquiry, guint row, GRefString *path)
{
  FocAnswerQuestion *question = g_new (FocAnswerQuestion, 1);

  *question = (FocAnswerQuestion){ row, g_ref_string_acquire (path) };

  g_mutex_lock (&inquiry->mutex);
  while (inquiry->waiting.length >= inquiry->task->max_waiting
         && !g_cancellable_is_cancelled (inquiry->cancellable))
    g_cond_wait_until (&inquiry->changed, &inquiry->mutex,
                       g_get_monotonic_time () + PATIENCE);
  g_queue_push_tail (&inquiry->waiting, question);
  inquiry->n_found++;
  report (inquiry);
  g_cond_broadcast (&inquiry->changed);
  g_mutex_unlock (&inquiry->mutex);
}

static void
complete (Inquiry *inquiry)
{
  g_mutex_lock (&inquiry->mutex);
  inquiry->is_complete = TRUE;
  foc_job_set_stage (inquiry->job, FOC_ANSWER_CLASSIFYING);
  report (inquiry);
  g_cond_broadcast (&inquiry->changed);
  g_mutex_unlock (&inquiry->mutex);
}

static gboolean
on_found (const char *path, gpointer user_data)
{
  Inquiry *inquiry = user_data;
  GRefString *claim;

  inquiry->n_seen++;
  if (g_hash_table_contains (inquiry->claimed, path))
    return TRUE; /* named twice */
  if (foc_path_set_find (inquiry->task->known, path, NULL))
    {
      inquiry->n_known++;
      return TRUE;
    }

  claim = g_ref_string_new (path);
  g_hash_table_add (inquiry->claimed, claim);
  ask (inquiry, FOC_ANSWER_NEW_ROW, claim);
  return !g_cancellable_is_cancelled (inquiry->cancellable);
}

static void
list_folder (Inquiry *inquiry, const char *path)
{
  guint before = inquiry->n_seen;
  FocIgnored ignored = { 0 };

  if (foc_find_pictures (path, &ignored, on_found, inquiry, inquiry->cancellable, NULL)
      && inquiry->n_seen == before && inquiry->n_empty++ == 0)
    inquiry->empty_folder = g_strdup (path);
  if (inquiry->n_seen > before)
    {
      inquiry->ignored.hidden += ignored.hidden;
      inquiry->ignored.no_pictures += ignored.no_pictures;
    }
}

static void
list_paths (Inquiry *inquiry)
{
  const GPtrArray *paths = inquiry->task->paths;

  for (guint i = 0; i < paths->len && !g_cancellable_is_cancelled (inquiry->cancellable);
       i++)
    {
      /* One file has one name, however it was called. */
      g_autofree char *path =
        g_canonicalize_filename (g_ptr_array_index (paths, i), NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        list_folder (inquiry, path);
      else
        on_found (path, inquiry);
    }
}

static gpointer
list (gpointer data)
{
  Inquiry *inquiry = data;
  const GArray *again = inquiry->task->again;

  if (again == NULL)
    list_paths (inquiry);
  for (guint i = 0; again != NULL && i < again->len; i++)
    {
      const FocAnswerQuestion *question = &g_array_index (again, FocAnswerQuestion, i);

      ask (inquiry, question->row, question->path);
    }

  complete (inquiry);
  return NULL;
}

static const char *
next (gpointer *tag, gpointer user_data)
{
  Inquiry *inquiry = user_data;
  FocAnswerQuestion *question;

  g_mutex_lock (&inquiry->mutex);
  while ((question = g_queue_pop_head (&inquiry->waiting)) == NULL
         && !inquiry->is_complete)
    g_cond_wait (&inquiry->changed, &inquiry->mutex);
  g_cond_broadcast (&inquiry->changed);
  g_mutex_unlock (&inquiry->mutex);

  *tag = question;
  return question != NULL ? question->path : NULL;
}

static void
on_answered (gpointer tag, const FocClassification *result, gpointer user_data)
{
  Inquiry *inquiry = user_data;
  const FocAnswerTask *task = inquiry->task;
  FocAnswerQuestion *question = tag;

  if (!g_error_matches (result->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      FocAnswerRecord *record =
        foc_answer_record_new (question->path, task->model, result);

      if (foc_answer_gate_push (task->gate, (FocAnswerNews){ question->row, record }))
        foc_job_deliver (inquiry->job, task->told, NULL, NULL);
      g_mutex_lock (&inquiry->mutex);
      inquiry->n_answered++;
      report (inquiry);
      g_mutex_unlock (&inquiry->mutex);
    }
  question_free (question);
}

/* NULL: there is nothing to be said. */
static char *
make_notice (const Inquiry *inquiry)
{
  guint n_known = inquiry->n_known, n_hidden = inquiry->ignored.hidden,
        n_no_pictures = inquiry->ignored.no_pictures;
  GString *text = g_string_new (NULL);

  if (n_known > 0)
    foc_text_append_sentence (
      text, g_strdup_printf (ngettext ("%'u picture was there already.",
                                       "%'u pictures were there already.", n_known),
                             n_known));
  if (n_hidden > 0)
    foc_text_append_sentence (
      text, g_strdup_printf (ngettext ("%'u hidden entry was ignored.",
                                       "%'u hidden entries were ignored.", n_hidden),
                             n_hidden));
  if (n_no_pictures > 0)
    foc_text_append_sentence (
      text, g_strdup_printf (ngettext ("%'u file that is no picture was ignored.",
                                       "%'u files that are no pictures were ignored.",
                                       n_no_pictures),
                             n_no_pictures));
  return g_string_free (text, text->len == 0);
}

static FocAnswerOutcome *
make_outcome (const Inquiry *inquiry)
{
  FocAnswerOutcome *outcome = g_new0 (FocAnswerOutcome, 1);

  outcome->notice = make_notice (inquiry);
  if (inquiry->n_empty == 1)
    {
      g_autofree char *name = g_filename_display_basename (inquiry->empty_folder);
      g_autofree char *shown = foc_text_escape (name);

      outcome->empty =
        g_strdup_printf (_ ("There is no picture in the folder “%s”."), shown);
    }
  else if (inquiry->n_empty > 1)
    outcome->empty =
      g_strdup_printf (ngettext ("There is no picture in %u folder.",
                                 "There is no picture in %u folders.", inquiry->n_empty),
                       inquiry->n_empty);

  return outcome;
}

gpointer
foc_answer_task_work (FocJob *job,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error)
{
  const FocAnswerTask *task = data;
  g_autoptr (GHashTable) claimed = g_hash_table_new_full (
    g_str_hash, g_str_equal, (GDestroyNotify) g_ref_string_release, NULL);
  Inquiry inquiry = { .task = task,
                      .job = job,
                      .cancellable = cancellable,
                      .claimed = claimed,
                      .waiting = G_QUEUE_INIT };
  FocAnswerOutcome *outcome = NULL;
  GThread *lister;

  g_mutex_init (&inquiry.mutex);
  g_cond_init (&inquiry.changed);

  lister = g_thread_new ("list", list, &inquiry);
  if (foc_classify_stream (foc_loaded_model_get_model (task->model),
                           foc_job_get_n_threads (), FOC_CLASSIFY_AS_DONE, next,
                           on_answered, &inquiry, cancellable, error))
    outcome = make_outcome (&inquiry);
  g_thread_join (lister);

  g_free (inquiry.empty_folder);
  g_queue_clear_full (&inquiry.waiting, question_free);
  g_mutex_clear (&inquiry.mutex);
  g_cond_clear (&inquiry.changed);

  return outcome;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-list-private.h"

/* Between two pulls at the gate. */
#define INTERVAL 100 /* milliseconds */

static void
pull (FocAnswerList *self)
{
  g_autoptr (GArray) news = NULL;

  g_clear_handle_id (&self->pull_source, g_source_remove);
  if (self->gate == NULL)
    return;

  self->last_pull = g_get_monotonic_time ();
  news = foc_answer_gate_pull (self->gate);
  foc_answer_list_take_news (self, news);
}

static gboolean
on_time (gpointer user_data)
{
  FocAnswerList *self = user_data;

  self->pull_source = 0;
  pull (self);
  return G_SOURCE_REMOVE;
}

static void
on_told (FocJob *job, gpointer value, gpointer owner)
{
  FocAnswerList *self = owner;
  gint64 wait =
    INTERVAL - (g_get_monotonic_time () - self->last_pull) / G_TIME_SPAN_MILLISECOND;

  if (self->job != job || self->pull_source != 0)
    return;

  if (wait > 0)
    self->pull_source = g_timeout_add ((guint) wait, on_time, self);
  else
    pull (self);
}

/* Jobs */

static void
request_free (gpointer data)
{
  FocAnswerRequest *request = data;

  g_clear_pointer (&request->paths, g_ptr_array_unref);
  g_free (request);
}

GPtrArray *
foc_answer_requests_new (void)
{
  return g_ptr_array_new_with_free_func (request_free);
}

FocJob *
foc_answer_list_drop_job (FocAnswerList *self)
{
  g_clear_handle_id (&self->pull_source, g_source_remove);
  g_clear_pointer (&self->gate, foc_answer_gate_unref);
  g_clear_pointer (&self->asked, request_free);
  return g_steal_pointer (&self->job);
}

/* The job was dropped. */
void
foc_answer_list_go_to_next (FocAnswerList *self)
{
  guint n_waiting = self->requests->len;

  foc_answer_list_start_next (self);
  if (self->requests->len < n_waiting)
    g_signal_emit_by_name (self, "summary-changed");
  g_object_notify (G_OBJECT (self), "job");
  foc_answer_list_tell_revised (self);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocAnswerList *self = user_data;
  g_autoptr (FocAnswerOutcome) outcome = foc_job_finish (FOC_JOB (source), result, NULL);
  g_autoptr (FocJob) job = NULL;
  gboolean went_on;

  if (self->job != FOC_JOB (source))
    return;

  /* The last answers come before the end. */
  pull (self);
  if (self->job != FOC_JOB (source))
    return;

  went_on = self->asked->goes_on;
  job = foc_answer_list_drop_job (self);
  foc_answer_list_go_to_next (self);
  if (outcome != NULL && outcome->notice != NULL && !went_on)
    g_signal_emit_by_name (self, "notice", outcome->notice);
  if (outcome != NULL && outcome->empty != NULL)
    g_signal_emit_by_name (self, "empty", outcome->empty);
}

static GArray *
list_again (FocAnswerList *self)
{
  GArray *questions = foc_answer_questions_new ();

  for (guint row = 0; row < self->rows->len; row++)
    {
      const FocAnswerRecord *record = g_ptr_array_index (self->rows, row);
      FocAnswerQuestion question = { row, record->path };

      if (foc_answer_list_is_current (self, record) && record->error == NULL)
        continue;
      g_ref_string_acquire (record->path);
      g_array_append_val (questions, question);
    }
  return questions;
}

void
foc_answer_list_start_next (FocAnswerList *self)
{
  GPtrArray *paths;

  if (self->job != NULL || self->model == NULL || self->requests->len == 0)
    return;

  self->asked = g_ptr_array_steal_index (self->requests, 0);
  paths = self->asked->paths;
  self->gate = foc_answer_gate_new ();
  self->job = foc_job_new ();
  foc_job_run (self->job, foc_answer_task_work,
               foc_answer_task_new (g_object_ref (self->model),
                                    paths != NULL ? g_ptr_array_ref (paths) : NULL,
                                    paths == NULL ? list_again (self) : NULL, self->known,
                                    self->gate, on_told),
               (GDestroyNotify) foc_answer_task_free,
               (GDestroyNotify) foc_answer_outcome_free, on_ended, self);
}

static void
ignore (GObject *source, GAsyncResult *result, gpointer owner)
{
}

static gpointer
do_nothing (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return data;
}

/* The thread frees what it was given, and nobody looks at what comes of it. */
void
foc_answer_list_free_records (GPtrArray *records)
{
  g_autoptr (FocJob) job = foc_job_new ();

  foc_job_run (job, do_nothing, records, (GDestroyNotify) g_ptr_array_unref, NULL, ignore,
               job);
}

void
foc_answer_list_go_on (FocAnswerList *self, GPtrArray *requests)
{
  gboolean was_idle = self->job == NULL;

  g_ptr_array_extend_and_steal (self->requests, requests);
  foc_answer_list_start_next (self);
  if (self->requests->len > 0)
    g_signal_emit_by_name (self, "summary-changed");
  if (was_idle && self->job != NULL)
    g_object_notify (G_OBJECT (self), "job");
}

/* Takes `paths` over. */
static void
request (FocAnswerList *self, GPtrArray *paths)
{
  GPtrArray *requests = foc_answer_requests_new ();
  FocAnswerRequest *one = g_new (FocAnswerRequest, 1);

  *one = (FocAnswerRequest){ .paths = paths };
  g_ptr_array_add (requests, one);
  foc_answer_list_go_on (self, requests);
}

void
foc_answer_list_add (FocAnswerList *self, const char *const *paths, gsize n_paths)
{
  GPtrArray *copy = g_ptr_array_new_full ((guint) n_paths, g_free);

  for (gsize i = 0; i < n_paths; i++)
    g_ptr_array_add (copy, g_strdup (paths[i]));
  request (self, copy);
}

void
foc_answer_list_ask_again (FocAnswerList *self)
{
  request (self, NULL);
}

GPtrArray *
foc_answer_list_stop (FocAnswerList *self)
{
  g_autoptr (FocJob) job = NULL;
  GPtrArray *requests;

  pull (self);
  requests = g_steal_pointer (&self->requests);
  self->requests = foc_answer_requests_new ();
  if (requests->len > 0)
    g_signal_emit_by_name (self, "summary-changed");
  if (self->job == NULL)
    return requests;

  self->asked->goes_on = TRUE;
  g_ptr_array_insert (requests, 0, g_steal_pointer (&self->asked));
  job = foc_answer_list_drop_job (self);
  foc_job_cancel (job);
  g_object_notify (G_OBJECT (self), "job");
  foc_answer_list_tell_revised (self);
  return requests;
}

void
foc_answer_list_cancel (FocAnswerList *self)
{
  g_autoptr (FocJob) job = NULL;

  pull (self);
  job = foc_answer_list_drop_job (self);
  if (job == NULL)
    return;

  foc_answer_list_go_to_next (self);
  foc_job_cancel (job); /* last: whoever shows the job goes on with the next one */
}

void
foc_answer_list_cancel_all (FocAnswerList *self)
{
  g_ptr_array_unref (foc_answer_list_stop (self));
}

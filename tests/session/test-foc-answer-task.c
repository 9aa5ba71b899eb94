/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-task.h"

#include "test-answers.h"
#include "test-folders.h"
#include "test-loop.h"

/* What a job does without a list: here when there are more pictures than may wait. */

#define N_PICTURES 40
#define MAX_WAITING 3

typedef struct
{
  AnswersFixture answers;
  FocAnswerGate *gate;
  FocJob *job;
  gboolean has_ended;
  FocAnswerOutcome *outcome; /* or NULL */
  GError *error;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  test_answers_set_up (&self->answers, data);
  for (guint i = 0; i < N_PICTURES; i++)
    {
      g_autofree char *name = g_strdup_printf ("d/%u.jpg", i);

      test_answers_draw (&self->answers, name, i);
    }
  self->gate = foc_answer_gate_new ();
  self->job = foc_job_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_unref (self->job);
  foc_answer_gate_unref (self->gate);
  g_clear_pointer (&self->outcome, foc_answer_outcome_free);
  g_clear_error (&self->error);
  test_answers_tear_down (&self->answers, data);
}

static void
on_told (FocJob *job, gpointer value, gpointer owner)
{
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer job)
{
  Fixture *self = g_object_get_data (job, "fixture");

  self->outcome = foc_job_finish (job, result, &self->error);
  self->has_ended = TRUE;
}

/* No picture can be read: so many are found that there is room for, and no more. */
static void
begin (Fixture *self)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  FocPathSet *known = foc_path_set_new ();
  guint n_most = MAX_WAITING + foc_job_get_n_threads ();
  FocAnswerTask *task;

  g_ptr_array_add (paths, test_path (self->answers.root, "d"));
  task = foc_answer_task_new (g_object_ref (self->answers.model), paths, NULL, known,
                              self->gate, on_told);
  foc_path_set_unref (known);
  task->max_waiting = MAX_WAITING;
  g_object_set_data (G_OBJECT (self->job), "fixture", self);

  test_answers_hold ();
  foc_job_run (self->job, foc_answer_task_work, task,
               (GDestroyNotify) foc_answer_task_free,
               (GDestroyNotify) foc_answer_outcome_free, on_ended, self->job);
  TEST_WAIT (foc_job_get_done (self->job) == n_most);
  test_loop_run (300);
  g_assert_cmpuint (foc_job_get_done (self->job), ==, n_most);
  g_assert_cmpuint (foc_job_get_stage (self->job), ==, FOC_ANSWER_LISTING);
  g_assert_false (self->has_ended);
}

static void
test_room (Fixture *self, gconstpointer data)
{
  g_autoptr (GArray) news = NULL;

  begin (self);
  test_answers_let_go ();
  TEST_WAIT (self->has_ended);
  g_assert_no_error (self->error);
  g_assert_null (self->outcome->notice);
  g_assert_cmpuint (foc_job_get_stage (self->job), ==, FOC_ANSWER_CLASSIFYING);
  g_assert_cmpuint (foc_job_get_total (self->job), ==, N_PICTURES);
  g_assert_cmpuint (foc_job_get_done (self->job), ==, N_PICTURES);
  news = foc_answer_gate_pull (self->gate);
  g_assert_cmpuint (news->len, ==, N_PICTURES);
}

/* Whoever waits for room waits no longer. */
static void
test_cancel (Fixture *self, gconstpointer data)
{
  begin (self);
  foc_job_cancel (self->job);
  TEST_WAIT (self->has_ended);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (foc_job_wait_for_workers (60000));
  test_answers_let_go ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/answer-task/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("room", test_room);
  ADD ("cancel", test_cancel);
  return g_test_run ();
}

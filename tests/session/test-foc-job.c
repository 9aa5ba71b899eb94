/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-job.h"

#include "test-loop.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* What the worker does is told by `func`; what comes of it is written down here. */
typedef struct
{
  FocJob *job;
  GObject *owner;
  char *result;
  GError *error;
  guint64 done_at_end;
  guint n_notified;
  guint n_delivered;
  GThread *main_thread;
} Fixture;

static gint n_freed;      /* atomic */
static gint worker_ended; /* atomic */
static gint go_on;        /* atomic: the worker may */

static void
free_result (gpointer result)
{
  g_free (result);
  g_atomic_int_inc (&n_freed);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_atomic_int_set (&n_freed, 0);
  g_atomic_int_set (&worker_ended, 0);
  g_atomic_int_set (&go_on, 0);
  *self = (Fixture){ .job = foc_job_new (),
                     .owner = g_object_new (G_TYPE_OBJECT, NULL),
                     .main_thread = g_thread_self () };
  g_object_set_data (self->owner, "fixture", self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->owner);
  g_clear_object (&self->job);
  g_free (self->result);
  g_clear_error (&self->error);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer owner)
{
  Fixture *self = g_object_get_data (owner, "fixture");

  g_assert_true (g_thread_self () == self->main_thread);
  g_assert_false (foc_job_get_running (self->job));
  self->done_at_end = foc_job_get_done (self->job);
  self->result = foc_job_finish (FOC_JOB (source), result, &self->error);
}

static void
run (Fixture *self, FocJobFunc func)
{
  foc_job_run (self->job, func, g_strdup ("data"), g_free, free_result, on_done,
               self->owner);
}

static gboolean
has_ended (const Fixture *self)
{
  return self->result != NULL || self->error != NULL;
}

static void
count_notification (Fixture *self)
{
  g_assert_true (g_thread_self () == self->main_thread);
  self->n_notified++;
}

/* Working */

static gpointer
report_often (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_cmpstr (data, ==, "data");
  g_assert_nonnull (cancellable);
  for (guint i = 1; i <= 10000; i++)
    {
      foc_job_report (i, 10000, job);
      if (i % 500 == 0)
        g_usleep (10000);
    }
  return g_strdup ("done");
}

static void
test_gate (Fixture *self, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();

  g_signal_connect_swapped (self->job, "notify::done", G_CALLBACK (count_notification),
                            self);
  run (self, report_often);
  g_assert_true (foc_job_get_running (self->job));
  TEST_WAIT (has_ended (self));

  /* One for every 100 ms, and the last one. */
  g_assert_cmpstr (self->result, ==, "done");
  g_assert_cmpuint (self->n_notified, >=, 1);
  g_assert_cmpuint (self->n_notified, <=,
                    (g_get_monotonic_time () - start) / (100 * 1000) + 1);
  g_assert_cmpuint (self->done_at_end, ==, 10000);
  g_assert_cmpfloat (foc_job_get_fraction (self->job), ==, 1);

  /* Nothing comes afterwards. */
  self->n_notified = 0;
  test_loop_run (220);
  g_assert_cmpuint (self->n_notified, ==, 0);
}

static gpointer
fail (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_IO, "No");
  return NULL;
}

static void
test_error (Fixture *self, gconstpointer data)
{
  run (self, fail);
  TEST_WAIT (has_ended (self));
  g_assert_error (self->error, G_FILE_ERROR, G_FILE_ERROR_IO);
  g_assert_cmpfloat (foc_job_get_fraction (self->job), <, 0);
  g_assert_cmpfloat (foc_job_get_remaining (self->job), <, 0);
}

/* A hundred steps a second, of which there are 1000. */
static gpointer
work_steadily (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 start = g_get_monotonic_time ();

  while (!g_atomic_int_get (&go_on))
    {
      guint64 done = (guint64) (g_get_monotonic_time () - start) / 10000;

      foc_job_report (done, 1000, job);
      g_usleep (5000);
    }
  return g_strdup ("");
}

static void
test_remaining (Fixture *self, gconstpointer data)
{
  run (self, work_steadily);
  test_loop_run (200);
  g_assert_cmpfloat (foc_job_get_remaining (self->job), ==, -1);
  TEST_WAIT (foc_job_get_done (self->job) >= 100);

  /* 9 seconds; the machine may be busy. */
  g_assert_cmpfloat (foc_job_get_remaining (self->job), >, 3);
  g_assert_cmpfloat (foc_job_get_remaining (self->job), <, 27);
  g_assert_cmpfloat (foc_job_get_fraction (self->job), >=, 0.1);
  g_assert_cmpfloat (foc_job_get_fraction (self->job), <, 1);
  g_atomic_int_set (&go_on, 1);
  TEST_WAIT (has_ended (self));
}

static gpointer
go_through_stages (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  for (guint stage = 0; stage < 3; stage++)
    {
      foc_job_set_stage (job, stage);
      foc_job_report (5 + stage, stage == 0 ? 0 : 10, job);
      while (g_atomic_int_get (&go_on) <= (gint) stage)
        g_usleep (1000);
    }
  foc_job_set_stage (job, 3);
  return g_strdup ("");
}

static void
test_stages (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);

  run (self, go_through_stages);
  TEST_WAIT (foc_job_get_done (self->job) == 5);
  g_assert_cmpuint (foc_job_get_stage (self->job), ==, 0);
  g_assert_cmpuint (foc_job_get_total (self->job), ==, 0);
  g_assert_cmpfloat (foc_job_get_fraction (self->job), <, 0);

  test_log_signals (G_OBJECT (self->job),
                    "notify::stage notify::done notify::total notify::fraction "
                    "notify::remaining notify::running",
                    log);
  g_atomic_int_set (&go_on, 1);
  TEST_WAIT (foc_job_get_done (self->job) == 6);
  g_assert_cmpuint (foc_job_get_stage (self->job), ==, 1);
  g_assert_cmpfloat (foc_job_get_fraction (self->job), ==, 0.6);
  g_assert_nonnull (strstr (log->str, "notify::stage "));
  g_assert_nonnull (strstr (log->str, "notify::remaining "));

  g_atomic_int_set (&go_on, 3);
  TEST_WAIT (has_ended (self));
  g_assert_cmpuint (foc_job_get_stage (self->job), ==, 3);
  g_assert_cmpuint (self->done_at_end, ==, 0);
  g_assert_cmpfloat (foc_job_get_fraction (self->job), <, 0);
  g_assert_nonnull (strstr (log->str, "notify::running "));
}

/* Cancelling */

/* Takes its time to notice. */
static gpointer
be_deaf (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  while (!g_atomic_int_get (&go_on))
    {
      foc_job_report (1, 2, job);
      g_usleep (1000);
    }
  foc_job_set_stage (job, 7);
  g_atomic_int_set (&worker_ended, 1);
  return g_strdup ("too late");
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  run (self, be_deaf);
  test_loop_run (20);
  foc_job_cancel (self->job);
  TEST_WAIT (has_ended (self));
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_atomic_int_get (&worker_ended));

  /* What comes too late is freed, and not told of. */
  g_atomic_int_set (&go_on, 1);
  TEST_WAIT (g_atomic_int_get (&n_freed) == 1);
  test_loop_run (80);
  g_assert_null (self->result);
  g_assert_cmpuint (foc_job_get_stage (self->job), ==, 0);

  foc_job_cancel (self->job); /* does nothing any more */
}

static gpointer
listen (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_usleep (1000);

  g_atomic_int_set (&worker_ended, 1);
  return NULL;
}

static void
test_worker_hears_of_it (Fixture *self, gconstpointer data)
{
  run (self, listen);
  foc_job_cancel (self->job);
  TEST_WAIT (has_ended (self) && g_atomic_int_get (&worker_ended));
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A result that is on its way is not a cancelled one. */
static void
test_cancel_too_late (Fixture *self, gconstpointer data)
{
  g_atomic_int_set (&go_on, 1);
  run (self, be_deaf);
  while (!g_atomic_int_get (&worker_ended))
    g_usleep (1000);
  g_usleep (50000);
  foc_job_cancel (self->job);
  TEST_WAIT (has_ended (self));
  g_assert_cmpstr (self->result, ==, "too late");
  g_assert_cmpint (g_atomic_int_get (&n_freed), ==, 0);
}

static void
test_owner_gone (Fixture *self, gconstpointer data)
{
  run (self, be_deaf);
  test_loop_run (20);
  g_clear_object (&self->owner);
  g_atomic_int_set (&go_on, 1);
  TEST_WAIT (g_atomic_int_get (&n_freed) == 1);
  TEST_WAIT (!foc_job_get_running (self->job));
  g_assert_false (has_ended (self));
}

/* Nobody but the worker holds the job. */
static void
test_job_gone (Fixture *self, gconstpointer data)
{
  run (self, be_deaf);
  g_object_add_weak_pointer (G_OBJECT (self->job), (gpointer *) &self->job);
  g_clear_object (&self->owner);
  g_object_unref (self->job);
  g_atomic_int_set (&go_on, 1);
  /* The task frees the result after it has let go of the job, in any thread. */
  TEST_WAIT (g_atomic_int_get (&n_freed) == 1);
  TEST_WAIT (self->job == NULL);
}

/* Delivering */

static void
on_delivered (FocJob *job, gpointer value, gpointer owner)
{
  Fixture *self = g_object_get_data (owner, "fixture");

  g_assert_true (job == self->job);
  g_assert_true (g_thread_self () == self->main_thread);
  g_assert_false (has_ended (self));
  g_assert_cmpuint (GPOINTER_TO_UINT (value), ==, self->n_delivered);
  self->n_delivered++;
}

static void
free_value (gpointer value)
{
  g_atomic_int_inc (&n_freed);
}

static gpointer
send (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < 10; i++)
    foc_job_deliver (job, on_delivered, GUINT_TO_POINTER (i), free_value);

  g_atomic_int_set (&worker_ended, 1);
  while (!g_atomic_int_get (&go_on))
    g_usleep (1000);
  return g_strdup ("");
}

static void
test_deliver (Fixture *self, gconstpointer data)
{
  /* No main loop runs while they are sent. */
  g_atomic_int_set (&go_on, 1);
  run (self, send);
  while (!g_atomic_int_get (&worker_ended))
    g_usleep (1000);
  g_assert_cmpuint (self->n_delivered, ==, 0);
  g_usleep (50000);

  TEST_WAIT (has_ended (self));
  g_assert_cmpuint (self->n_delivered, ==, 10);
  g_assert_cmpint (g_atomic_int_get (&n_freed), ==, 10);
}

static void
test_deliver_cancelled (Fixture *self, gconstpointer data)
{
  run (self, send);
  while (!g_atomic_int_get (&worker_ended))
    g_usleep (1000);
  foc_job_cancel (self->job);
  TEST_WAIT (g_atomic_int_get (&n_freed) == 10);
  g_assert_cmpuint (self->n_delivered, ==, 0);
  g_atomic_int_set (&go_on, 1);
  TEST_WAIT (g_atomic_int_get (&n_freed) == 11);
}

/* Priority */

static gpointer
get_niceness (gpointer data)
{
  return GINT_TO_POINTER (getpriority (PRIO_PROCESS, (id_t) gettid ()));
}

static gpointer
tell_niceness (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  int own = GPOINTER_TO_INT (get_niceness (NULL));
  int child =
    GPOINTER_TO_INT (g_thread_join (g_thread_new ("child", get_niceness, NULL)));

  return g_strdup_printf ("%d %d", own, child);
}

static void
test_niceness (Fixture *self, gconstpointer data)
{
  int niceness = GPOINTER_TO_INT (get_niceness (NULL));

  if (niceness > 0)
    {
      g_test_skip ("This process has a lower priority itself.");
      return;
    }
  run (self, tell_niceness);
  TEST_WAIT (has_ended (self));
  g_assert_cmpstr (self->result, ==, "10 10");
  g_assert_cmpint (GPOINTER_TO_INT (get_niceness (NULL)), ==, niceness);
}

static void
test_wait_for_workers (Fixture *self, gconstpointer data)
{
  g_assert_true (foc_job_wait_for_workers (20000)); /* for those of other tests */

  run (self, be_deaf);
  foc_job_cancel (self->job);
  g_assert_false (foc_job_wait_for_workers (1));
  g_atomic_int_set (&go_on, 1);
  g_assert_true (foc_job_wait_for_workers (20000));
  g_assert_true (g_atomic_int_get (&worker_ended));
}

#define ADD(name, function)                                                              \
  g_test_add ("/job/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("gate", test_gate);
  ADD ("error", test_error);
  ADD ("remaining", test_remaining);
  ADD ("stages", test_stages);
  ADD ("cancel", test_cancel);
  ADD ("worker-hears-of-it", test_worker_hears_of_it);
  ADD ("cancel-too-late", test_cancel_too_late);
  ADD ("owner-gone", test_owner_gone);
  ADD ("job-gone", test_job_gone);
  ADD ("deliver", test_deliver);
  ADD ("deliver-cancelled", test_deliver_cancelled);
  ADD ("niceness", test_niceness);
  ADD ("wait-for-workers", test_wait_for_workers);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-job.h"

#include "foc-writing.h"

static gpointer
work (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  gint *may_end = data;

  while (!g_atomic_int_get (may_end))
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    else
      g_usleep (1000);
  return job;
}

static void
note_end (GObject *job, GAsyncResult *result, gpointer owner)
{
  g_autoptr (GError) error = NULL;
  gboolean is_done = foc_job_finish (FOC_JOB (job), result, &error) != NULL;

  if (!is_done)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_set_data (job, "end", (gpointer) (is_done ? "done" : "cancelled"));
}

FocJob *
test_job_begin (const char *path)
{
  FocJob *job = foc_job_new ();
  gint *may_end = g_new0 (gint, 1);

  g_object_set_data_full (G_OBJECT (job), "may-end", may_end, g_free);
  foc_writing_add_file (job, path);
  foc_job_run (job, work, may_end, NULL, NULL, note_end, job);
  return job;
}

void
test_job_end (FocJob *job)
{
  g_atomic_int_set ((gint *) g_object_get_data (G_OBJECT (job), "may-end"), TRUE);
}

const char *
test_job_get_end (FocJob *job)
{
  return g_object_get_data (G_OBJECT (job), "end");
}

gboolean
test_job_is_over (gpointer job)
{
  return test_job_get_end (job) != NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-writing.h"

#include "test-loop.h"

/* What is told of jobs that write, by jobs that write nothing and end when told to. */

static gpointer
wait_for_end (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  int *may_end = data;

  while (!g_atomic_int_get (may_end))
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    else
      g_usleep (1000);
  return job;
}

static void
on_ended (GObject *job, GAsyncResult *result, gpointer owner)
{
  g_autoptr (GError) error = NULL;

  if (foc_job_finish (FOC_JOB (job), result, &error) == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static FocJob *
begin (int *may_end, const char *path, GObject *owner)
{
  FocJob *job = foc_job_new ();

  foc_writing_add_file (job, path);
  foc_job_run (job, wait_for_end, may_end, NULL, NULL, on_ended, owner);
  return job;
}

static void
test_describe (void)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  int may_end[2] = { FALSE, FALSE };
  g_autoptr (FocJob) first = NULL;
  g_autoptr (FocJob) second = NULL;

  test_assert_writing (NULL);
  first = begin (&may_end[0], "/nowhere/a.csv", owner);
  second = begin (&may_end[1], "/nowhere/b\n.csv", owner);
  test_assert_writing (TEST_WRITING ("a.csv") " " TEST_WRITING ("b\\u000a.csv"));

  g_atomic_int_set (&may_end[0], TRUE);
  TEST_WAIT (!foc_job_get_running (first));
  test_assert_writing (TEST_WRITING ("b\\u000a.csv"));
  g_atomic_int_set (&may_end[1], TRUE);
  TEST_WAIT (!foc_job_get_running (second));
  test_assert_writing (NULL);
}

static void
test_cancel (void)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  int may_end = FALSE;
  g_autoptr (FocJob) first = begin (&may_end, "/nowhere/a", owner);
  g_autoptr (FocJob) second = begin (&may_end, "/nowhere/b", owner);

  foc_writing_cancel ();
  TEST_WAIT (!foc_job_get_running (first) && !foc_job_get_running (second));
  test_assert_writing (NULL);
  g_assert_true (foc_job_wait_for_workers (20000)); /* they use what is on the stack */
  foc_writing_cancel ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/writing/describe", test_describe);
  g_test_add_func ("/writing/cancel", test_cancel);
  return g_test_run ();
}

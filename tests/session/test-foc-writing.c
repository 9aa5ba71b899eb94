/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-writing.h"

#include "test-job.h"
#include "test-loop.h"

static void
test_describe (void)
{
  g_autoptr (FocJob) first = NULL;
  g_autoptr (FocJob) second = NULL;

  test_assert_writing (NULL);
  first = test_job_begin ("/nowhere/a.csv");
  second = test_job_begin ("/nowhere/b\n.csv");
  test_assert_writing (TEST_WRITING ("a.csv") " " TEST_WRITING ("b\\u000a.csv"));

  test_job_end (first);
  TEST_WAIT (test_job_is_over (first));
  test_assert_writing (TEST_WRITING ("b\\u000a.csv"));
  test_job_end (second);
  TEST_WAIT (test_job_is_over (second));
  test_assert_writing (NULL);
  foc_writing_cancel ();
}

static void
test_cancel (void)
{
  g_autoptr (FocJob) first = test_job_begin ("/nowhere/a");
  g_autoptr (FocJob) second = test_job_begin ("/nowhere/b");

  foc_writing_cancel ();
  TEST_WAIT (test_job_is_over (first) && test_job_is_over (second));
  g_assert_cmpstr (test_job_get_end (first), ==, "cancelled");
  g_assert_cmpstr (test_job_get_end (second), ==, "cancelled");
  test_assert_writing (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/writing/describe", test_describe);
  g_test_add_func ("/writing/cancel", test_cancel);
  return g_test_run ();
}

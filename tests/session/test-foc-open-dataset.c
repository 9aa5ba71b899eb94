/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-catalog.h"
#include "test-folders.h"
#include "test-loop.h"
#include "test-open.h"

#include <glib/gstdio.h>
#include <string.h>

static void
add_some (OpenFixture *self)
{
  test_build_add (&self->build, "a/1.pnm", 0);
  test_build_add (&self->build, "a/2.pnm", 1);
  test_build_add (&self->build, "b/1.pnm", 2);
}

/* Reading them takes a while. */
static void
add_slow (OpenFixture *self)
{
  test_add_slow (self, "a", 30);
  test_add_slow (self, "b", 30);
}

static void
test_steps (OpenFixture *self, gconstpointer data)
{
  g_autofree char *list = NULL;

  g_assert_cmpint (foc_open_dataset_get_state (self->dataset), ==, FOC_OPEN_NOTHING);
  test_assert_open (self, "-");

  add_some (self);
  foc_open_dataset_open (self->dataset, self->build.root, NULL);
  g_assert_cmpint (foc_open_dataset_get_state (self->dataset), ==, FOC_OPEN_SCANNING);
  TEST_WAIT (foc_open_dataset_get_catalog (self->dataset) != NULL);
  g_assert_cmpint (foc_open_dataset_get_state (self->dataset), ==, FOC_OPEN_SHOWN);
  test_wait_for_job (self);
  test_assert_said (self, "job scanned read complete idle opened");
  test_assert_open (self, "a/1.pnm a/2.pnm b/1.pnm");

  foc_open_dataset_close (self->dataset);
  test_assert_said (self, "nothing");
  test_assert_open (self, "-");
  g_assert_cmpint (foc_open_dataset_get_state (self->dataset), ==, FOC_OPEN_NOTHING);
  foc_open_dataset_refresh (self->dataset);
  foc_open_dataset_cancel (self->dataset);
  foc_open_dataset_close (self->dataset);
  test_assert_said (self, "");
}

/* No main loop runs while the worker works. */
static void
test_no_loop (OpenFixture *self, gconstpointer data)
{
  add_some (self);
  foc_open_dataset_open (self->dataset, self->build.root, NULL);
  g_usleep (300000);
  test_assert_said (self, "job");
  test_wait_for_job (self);
  test_assert_said (self, "scanned read complete idle opened");
}

static void
test_properties (OpenFixture *self, gconstpointer data)
{
  g_autoptr (FocCatalog) catalog = NULL;
  g_autoptr (FocJob) job = NULL;
  g_autoptr (FocJob) predicting = NULL;
  guint state;

  add_some (self);
  foc_open_dataset_open (self->dataset, self->build.root, NULL);
  g_object_get (self->dataset, "state", &state, "catalog", &catalog, "job", &job,
                "predicting", &predicting, NULL);
  g_assert_cmpuint (state, ==, FOC_OPEN_SCANNING);
  g_assert_null (catalog);
  g_assert_true (job == foc_open_dataset_get_job (self->dataset));
  g_assert_null (predicting);
  test_wait_for_job (self);
  g_object_get (self->dataset, "catalog", &catalog, NULL);
  g_assert_true (catalog == foc_open_dataset_get_catalog (self->dataset));
  g_assert_cmpuint (foc_job_get_stage (job), ==, FOC_CATALOG_COMPLETE);
}

static void
test_failed (OpenFixture *self, gconstpointer data)
{
  g_autofree char *name = g_path_get_basename (self->other);

  test_open (self, self->other);
  test_assert_said (self, "job idle failed");
  g_assert_nonnull (strstr (self->message, name));
  g_assert_cmpint (foc_open_dataset_get_state (self->dataset), ==, FOC_OPEN_NOTHING);
  test_add_files (self->other, "1.png");
  test_open (self, self->other);
  test_assert_said (self, "job idle no-classes");
  g_assert_nonnull (strstr (self->message, name));

  add_some (self);
  test_open (self, self->build.root);
  test_assert_said (self, "job scanned read complete idle opened");
  test_open (self, "/nonexistent/folder");
  test_assert_said (self, "job idle failed");
  g_assert_nonnull (strstr (self->message, "/nonexistent/folder"));
  test_assert_open (self, "a/1.pnm a/2.pnm b/1.pnm");
  test_refresh (self);
  test_assert_said (self, "job idle");
}

/* A cache that cannot be used costs a sentence. */
static void
test_notice (OpenFixture *self, gconstpointer data)
{
  add_some (self);
  test_add_file (self->build.cache, "features", "", 0);
  test_open (self, self->build.root);
  test_assert_said (self, "job scanned read complete idle opened notice");
  test_assert_open (self, "a/1.pnm a/2.pnm b/1.pnm");
}

static void
test_cancel (OpenFixture *self, gconstpointer data)
{
  gint64 start;

  add_slow (self);
  test_add_files (self->other, "x/1.png y/1.png");

  /* Back to nothing, from each step. */
  foc_open_dataset_open (self->dataset, self->build.root, NULL);
  foc_open_dataset_cancel (self->dataset);
  test_loop_run (50);
  test_assert_said (self, "job idle");
  foc_open_dataset_open (self->dataset, self->build.root, NULL);
  TEST_WAIT (foc_open_dataset_get_catalog (self->dataset) != NULL);
  start = g_get_monotonic_time ();
  foc_open_dataset_cancel (self->dataset);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 100000);
  test_assert_open (self, "-");
  test_loop_run (50);
  test_assert_said (self, "job scanned nothing idle");
  g_assert_cmpint (foc_open_dataset_get_state (self->dataset), ==, FOC_OPEN_NOTHING);

  /* Back to another one. */
  test_open (self, self->other);
  test_assert_said (self, "job scanned read complete idle opened");
  foc_open_dataset_open (self->dataset, self->build.root, NULL);
  TEST_WAIT (strstr (self->log->str, "scanned") != NULL);
  foc_open_dataset_cancel (self->dataset);
  test_assert_open (self, "x/1.png y/1.png");
  test_loop_run (100);
  test_assert_open (self, "x/1.png y/1.png");
  g_assert_true (g_str_has_suffix (self->log->str, "complete idle "));
  test_assert_said (self, self->log->str[strlen ("job scanned ")] == 'r'
                            ? "job scanned read complete idle"
                            : "job scanned complete idle");

  /* And again from the beginning. */
  test_open (self, self->build.root);
  test_assert_said (self, "job scanned read complete idle opened");
  g_assert_cmpuint (foc_open_dataset_get_catalog (self->dataset)->n_unreadable, ==, 0);
}

static void
test_cancel_refresh (OpenFixture *self, gconstpointer data)
{
  add_some (self);
  test_open (self, self->build.root);
  test_build_add (&self->build, "a/3.pnm", 0);
  foc_open_dataset_refresh (self->dataset);
  foc_open_dataset_cancel (self->dataset);
  test_loop_run (100);
  test_assert_said (self, "job scanned read complete idle opened job idle");
  test_assert_open (self, "a/1.pnm a/2.pnm b/1.pnm");
  test_refresh (self);
  test_assert_open (self, "a/1.pnm a/2.pnm a/3.pnm b/1.pnm");
}

static void
test_open_another (OpenFixture *self, gconstpointer data)
{
  add_slow (self);
  test_add_files (self->other, "x/1.png y/1.png");
  foc_open_dataset_open (self->dataset, self->build.root, NULL);
  TEST_WAIT (foc_open_dataset_get_catalog (self->dataset) != NULL);
  test_assert_said (self, "job scanned");
  test_open (self, self->other);
  test_assert_said (self, "nothing idle job scanned read complete idle opened");
  test_loop_run (100);
  test_assert_said (self, "");
  test_assert_open (self, "x/1.png y/1.png");

  /* Several at once, and closed in the middle. */
  for (guint i = 0; i < 5; i++)
    foc_open_dataset_open (self->dataset, i % 2 ? self->other : self->build.root, NULL);
  TEST_WAIT (
    foc_dataset_get_n_pictures (foc_open_dataset_get_catalog (self->dataset)->dataset)
    == 60);
  foc_open_dataset_close (self->dataset);
  g_string_truncate (self->log, 0);
  test_loop_run (100);
  test_assert_said (self, "");
  test_assert_open (self, "-");
}

/* Whoever hears of an end may begin anew. */
static void
open_other (OpenFixture *self)
{
  g_signal_handlers_disconnect_by_func (self->dataset, open_other, self);
  foc_open_dataset_open (self->dataset, self->other, NULL);
}

static void
cancel (OpenFixture *self)
{
  foc_open_dataset_cancel (self->dataset);
}

static void
test_within_signals (OpenFixture *self, gconstpointer data)
{
  add_some (self);
  test_add_files (self->other, "x/1.png y/1.png");
  g_signal_connect_swapped (self->dataset, "failed", G_CALLBACK (open_other), self);
  test_open (self, "/nonexistent/folder");
  test_wait_for_job (self);
  test_assert_open (self, "x/1.png y/1.png");
  test_assert_said (self, "job idle failed job scanned read complete idle opened");

  /* Cancelling at the first sight of it. */
  g_signal_connect_swapped (self->dataset, "notify::catalog", G_CALLBACK (cancel), self);
  test_open (self, self->build.root);
  test_assert_open (self, "x/1.png y/1.png");
  test_assert_said (self, "job scanned idle complete"); /* notify is not recursive */
  g_signal_handlers_disconnect_by_func (self->dataset, cancel, self);
}

static void
test_dropped (OpenFixture *self, gconstpointer data)
{
  add_slow (self);
  foc_open_dataset_open (self->dataset, self->build.root, NULL);
  TEST_WAIT (foc_open_dataset_get_catalog (self->dataset) != NULL);
  g_assert_finalize_object (self->dataset);
  test_loop_run (50);
  self->dataset = foc_open_dataset_new (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_OPEN_TEST ("steps", test_steps);
  ADD_OPEN_TEST ("no-loop", test_no_loop);
  ADD_OPEN_TEST ("properties", test_properties);
  ADD_OPEN_TEST ("failed", test_failed);
  ADD_OPEN_TEST ("notice", test_notice);
  ADD_OPEN_TEST ("cancel", test_cancel);
  ADD_OPEN_TEST ("cancel-refresh", test_cancel_refresh);
  ADD_OPEN_TEST ("open-another", test_open_another);
  ADD_OPEN_TEST ("within-signals", test_within_signals);
  ADD_OPEN_TEST ("dropped", test_dropped);

  return g_test_run ();
}

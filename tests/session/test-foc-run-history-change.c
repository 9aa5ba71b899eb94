/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-history.h"

#include "foc-file.h"
#include "foc-run-folder.h"
#include "test-experiment.h"
#include "test-folders.h"
#include "test-loop.h"

#include <string.h>
#include <unistd.h>

/* What is done to runs in the list. */

typedef struct
{
  gpointer result;
  GError *error;
  gboolean called;
} Answer;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer owner)
{
  Answer *answer = g_object_get_data (owner, "answer");

  answer->result = foc_job_finish (FOC_JOB (source), result, &answer->error);
  answer->called = TRUE;
}

static void
test_load (HistoryFixture *self, gconstpointer data)
{
  Answer answer = { 0 };
  g_autoptr (FocJob) job = NULL;
  g_autoptr (FocJob) second = NULL;
  g_autofree char *record = test_path (self->folder, "a/run.json");

  test_history_add (self, "a", 9, TEST_RUN_FINISHED);
  test_history_begin (self);
  g_object_set_data (G_OBJECT (self->history), "answer", &answer);
  job = foc_run_item_load (test_history_get (self, "a"), on_answer, self->history);
  TEST_WAIT (answer.called);
  g_assert_no_error (answer.error);
  g_assert_cmpstr (((FocRun *) answer.result)->model_sha256, ==, TEST_RUN_SHA256);
  foc_run_unref (answer.result);

  answer.called = FALSE;
  test_folder_delete (record);
  second = foc_run_item_load (test_history_get (self, "a"), on_answer, self->history);
  TEST_WAIT (answer.called);
  g_assert_null (answer.result);
  g_assert_error (answer.error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&answer.error);
}

static void
test_export (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *target = test_folder_new ();
  g_autofree char *expected = test_path (target, "a");
  g_autofree char *name = g_path_get_basename (target);
  g_autofree char *writing = g_strdup_printf (
    "A run is still being exported into “%s”. If that is stopped, nothing "
    "of it stays there.",
    name);
  g_autoptr (FocJob) job = NULL;
  g_autoptr (FocRun) run = NULL;
  Answer answer = { 0 };

  test_history_add (self, "a", 9, TEST_RUN_FINISHED);
  test_history_begin (self);
  g_object_set_data (G_OBJECT (self->history), "answer", &answer);
  job =
    foc_run_item_export (test_history_get (self, "a"), target, on_answer, self->history);
  test_assert_writing (writing);
  TEST_WAIT (answer.called);
  test_assert_writing (NULL);
  g_assert_no_error (answer.error);
  g_assert_cmpstr (answer.result, ==, expected);
  run = foc_run_load (answer.result, NULL);
  g_assert_nonnull (run);
  g_free (answer.result);
  test_folder_delete (target);
}

static void
test_rename (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "a");
  FocRunItem *item;
  int lock;

  test_history_add (self, "a", 9, TEST_RUN_BEGUN);
  test_history_begin (self);
  item = test_history_get (self, "a");
  foc_run_history_rename (self->history, item, "one\xe2\x80\xae");
  TEST_WAIT (foc_run_item_get_title (item) != NULL);
  g_assert_cmpstr (foc_run_item_get_title (item), ==, "one\xe2\x80\xae");
  g_assert_cmpstr (foc_run_item_get_name (item), ==, "one\\u202e");
  g_assert_null (self->message);

  lock = foc_file_lock_folder (folder, NULL);
  foc_run_history_rename (self->history, item, "two");
  TEST_WAIT (self->message != NULL);
  g_assert_nonnull (strstr (self->message, folder));
  close (lock);
  g_assert_cmpstr (foc_run_item_get_title (item), ==, "one\xe2\x80\xae");

  foc_run_history_rename (self->history, item, "");
  TEST_WAIT (foc_run_item_get_title (item) == NULL);
}

static gboolean
exists (HistoryFixture *self, const char *name)
{
  g_autofree char *path = test_path (self->folder, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
add_three (HistoryFixture *self)
{
  test_history_add (self, "a", 9, TEST_RUN_FINISHED);
  test_history_add (self, "b", 10, TEST_RUN_FINISHED);
  test_history_add (self, "c", 11, TEST_RUN_FINISHED);
}

/* Whatever is looked for meanwhile. */
static void
test_undo (HistoryFixture *self, gconstpointer data)
{
  g_autoptr (FocRunItem) item = NULL;

  add_three (self);
  test_history_begin (self);
  item = g_object_ref (test_history_get (self, "b"));
  g_assert_true (foc_run_history_delete (self->history, item));
  test_history_assert_list (self, "c a");
  g_assert_false (foc_run_history_delete (self->history, item));
  foc_run_history_refresh (self->history);
  test_loop_run (100);
  test_history_assert_list (self, "c a");
  g_assert_true (exists (self, "b/run.json"));

  foc_run_history_undo (self->history, item);
  test_history_assert_list (self, "c b a");
  g_assert_true (test_history_get (self, "b") == item);
  foc_run_history_undo (self->history, item);
  foc_run_history_purge (self->history, item);
  test_loop_run (100);
  test_history_assert_list (self, "c b a");
  g_assert_true (exists (self, "b/run.json"));
}

static void
test_purge (HistoryFixture *self, gconstpointer data)
{
  g_autoptr (FocRunItem) b = NULL;
  g_autoptr (FocRunItem) c = NULL;

  add_three (self);
  test_history_begin (self);
  b = g_object_ref (test_history_get (self, "b"));
  c = g_object_ref (test_history_get (self, "c"));
  test_add_files (self->folder, "c/notes.txt");
  foc_run_history_delete (self->history, b);
  foc_run_history_delete (self->history, c);
  foc_run_history_purge (self->history, b);
  foc_run_history_undo (self->history, b); /* too late */
  TEST_WAIT (!exists (self, "b"));
  test_history_assert_list (self, "a");
  g_assert_true (exists (self, "c/run.json"));

  /* The offer ends with the history. */
  test_history_stop (self);
  g_assert_false (exists (self, "c/run.json"));
  g_assert_true (exists (self, "c/notes.txt"));
  g_assert_true (exists (self, "a/run.json"));
  test_history_begin (self);
  test_history_assert_list (self, "a");
  g_assert_null (self->message);
}

/* Whoever waits for it knows when the last is gone. */
static void
test_purge_all (HistoryFixture *self, gconstpointer data)
{
  g_autoptr (GString) said = g_string_new (NULL);

  add_three (self);
  test_history_begin (self);
  test_log_signals (G_OBJECT (self->history), "purged", said);
  g_assert_true (foc_run_history_purge_all (self->history));

  foc_run_history_delete (self->history, test_history_get (self, "a"));
  foc_run_history_delete (self->history, test_history_get (self, "c"));
  g_assert_false (foc_run_history_purge_all (self->history));
  g_assert_false (foc_run_history_purge_all (self->history));
  TEST_WAIT (said->len > 0);
  g_assert_false (exists (self, "a"));
  g_assert_false (exists (self, "c"));
  g_assert_true (foc_run_history_purge_all (self->history));
  test_loop_run (100);
  test_assert_log (said, "purged");
  test_history_assert_list (self, "b");
  g_assert_null (self->message);
}

/* Not what somebody works at, even where he began since. */
static void
test_purge_under_way (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "a");
  g_autoptr (FocRunItem) item = NULL;
  int lock;

  test_history_add (self, "a", 9, TEST_RUN_BEGUN);
  test_history_begin (self);
  item = g_object_ref (test_history_get (self, "a"));
  g_assert_true (foc_run_history_delete (self->history, item));
  lock = foc_file_lock_folder (folder, NULL);
  foc_run_history_purge (self->history, item);
  TEST_WAIT (self->message != NULL);
  test_history_assert_list (self, "a");
  g_assert_true (exists (self, "a/run.json"));

  TEST_WAIT (foc_run_item_get_state (item) == FOC_RUN_UNDER_WAY);
  g_assert_false (foc_run_history_delete (self->history, item));
  test_history_assert_list (self, "a");
  close (lock);
}

static void
assert_not_deleted (HistoryFixture *self, const char *name)
{
  FocRunItem *item = test_history_get (self, name);

  g_clear_pointer (&self->message, g_free);
  g_assert_false (foc_run_history_delete (self->history, item));
  g_assert_nonnull (strstr (self->message, foc_run_item_get_name (item)));
  g_assert_true (test_history_get (self, name) == item);
}

/* That it is not done is said. */
static void
test_delete_under_way (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "a");
  int lock;

  test_history_add (self, "a", 9, TEST_RUN_BEGUN);
  lock = foc_file_lock_folder (folder, NULL);
  test_history_begin (self);
  assert_not_deleted (self, "a");
  close (lock);
}

/* Our own run is under way before it is locked, listed or not. */
static void
test_at_work (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *a = test_path (self->folder, "a");
  g_autofree char *b = test_path (self->folder, "b");
  g_autoptr (GString) changes = g_string_new (NULL);
  FocRunItem *item;

  test_history_add (self, "a", 9, TEST_RUN_CALIBRATED);
  test_history_begin (self);
  item = test_history_get (self, "a");
  test_log_signals (G_OBJECT (item), "changed", changes);
  foc_run_history_set_at_work (self->history, a);
  g_assert_cmpint (foc_run_item_get_state (item), ==, FOC_RUN_UNDER_WAY);
  test_assert_log (changes, "changed");
  assert_not_deleted (self, "a");

  foc_run_history_set_at_work (self->history, b);
  g_assert_cmpint (foc_run_item_get_state (item), ==, FOC_RUN_SEARCHED);
  test_history_add (self, "b", 10, TEST_RUN_BEGUN);
  test_history_wait_for_list (self, "b a");
  assert_not_deleted (self, "b");
  foc_run_history_set_at_work (self->history, NULL);
  g_clear_pointer (&self->message, g_free);
  g_assert_true (foc_run_history_delete (self->history, test_history_get (self, "b")));
  g_assert_null (self->message);
}

int
main (int argc, char *argv[])
{
  test_experiment_init (&argc, &argv);

  ADD_HISTORY_TEST ("load", test_load);
  ADD_HISTORY_TEST ("export", test_export);
  ADD_HISTORY_TEST ("rename", test_rename);
  ADD_HISTORY_TEST ("undo", test_undo);
  ADD_HISTORY_TEST ("purge", test_purge);
  ADD_HISTORY_TEST ("purge-all", test_purge_all);
  ADD_HISTORY_TEST ("purge-under-way", test_purge_under_way);
  ADD_HISTORY_TEST ("delete-under-way", test_delete_under_way);
  ADD_HISTORY_TEST ("at-work", test_at_work);

  return test_experiment_run ();
}

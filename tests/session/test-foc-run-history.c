/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-run-history.h"

#include "foc-file.h"
#include "foc-run-folder.h"
#include "test-experiment.h"
#include "test-folders.h"
#include "test-loop.h"
#include "test-run.h"

#include <string.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  FocRunHistory *history;
  GString *log;
  char *message; /* the last one of "failed" */
} Fixture;

static void
on_items_changed (Fixture *self, guint position, guint removed, guint added)
{
  g_string_append_printf (self->log, "%u-%u+%u ", position, removed, added);
}

static void
on_failed (Fixture *self, const char *message)
{
  g_assert_true (g_utf8_validate (message, -1, NULL));
  g_free (self->message);
  self->message = g_strdup (message);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = test_folder_new ();
  self->log = g_string_new (NULL);
}

static void
stop (Fixture *self)
{
  if (self->history != NULL)
    g_assert_finalize_object (self->history);
  self->history = NULL;
  g_assert_true (foc_job_wait_for_workers (60000));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  stop (self);
  if (g_file_test (self->folder, G_FILE_TEST_EXISTS))
    test_folder_delete (self->folder);
  g_string_free (self->log, TRUE);
  g_free (self->message);
  g_free (self->folder);
}

static void
begin (Fixture *self)
{
  self->history = foc_run_history_new (self->folder);
  g_signal_connect_swapped (self->history, "items-changed", G_CALLBACK (on_items_changed),
                            self);
  g_signal_connect_swapped (self->history, "failed", G_CALLBACK (on_failed), self);
  TEST_WAIT (!foc_run_history_get_loading (self->history));
}

/* A record in a folder of that name, begun at that hour. */
static void
add_run (Fixture *self, const char *name, int hour, TestRunProgress progress)
{
  g_autofree char *folder = test_path (self->folder, name);
  g_autoptr (FocRun) run = test_make_run (folder, progress);

  test_add_folder (self->folder, name);
  g_free (run->created);
  run->created = g_strdup_printf ("2025-11-28T%02d:00:00Z", hour);
  g_assert_true (foc_run_save (run, NULL));
}

static FocRunItem *
find (Fixture *self, const char *name)
{
  g_autofree char *folder = test_path (self->folder, name);

  return foc_run_history_find (self->history, folder);
}

static FocRunItem *
get (Fixture *self, const char *name)
{
  FocRunItem *item = find (self, name);

  g_assert_nonnull (item);
  return item;
}

/* The names of the folders in the list, separated by blanks. */
static char *
list (Fixture *self)
{
  GListModel *model = G_LIST_MODEL (self->history);
  GString *names = g_string_new (NULL);

  g_assert_true (g_list_model_get_item_type (model) == FOC_TYPE_RUN_ITEM);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (FocRunItem) item = g_list_model_get_item (model, i);
      g_autofree char *name = g_path_get_basename (foc_run_item_get_folder (item));

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", name);
    }
  g_assert_null (g_list_model_get_item (model, g_list_model_get_n_items (model)));
  return g_string_free (names, FALSE);
}

static void
assert_list (Fixture *self, const char *expected)
{
  g_autofree char *listed = list (self);

  g_assert_cmpstr (listed, ==, expected);
}

static void
wait_for_list (Fixture *self, const char *expected)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  for (;;)
    {
      g_autofree char *listed = list (self);

      if (g_str_equal (listed, expected))
        return;
      test_loop_iterate (deadline, expected);
    }
}

static void
test_nothing (Fixture *self, gconstpointer data)
{
  begin (self);
  assert_list (self, "");
  stop (self);

  /* Before the first run the folder does not exist. */
  test_folder_delete (self->folder);
  begin (self);
  assert_list (self, "");
  g_assert_null (self->message);
}

/* Newest first, whatever the folders are called; what is no run is left out. */
static void
test_list (Fixture *self, gconstpointer data)
{
  add_run (self, "b", 9, TEST_RUN_BEGUN);
  add_run (self, "a", 12, TEST_RUN_FINISHED);
  add_run (self, "d", 10, TEST_RUN_SEARCHED);
  add_run (self, "c", 10, TEST_RUN_SEARCHED);
  add_run (self, ".hidden", 10, TEST_RUN_SEARCHED);
  test_add_files (self->folder, "file other/notes.txt");
  test_add_folder (self->folder, "empty");
  begin (self);
  assert_list (self, "a d c b");
}

static void
test_item (Fixture *self, gconstpointer data)
{
  static const FocRunState states[] = {
    FOC_RUN_INTERRUPTED, FOC_RUN_SEARCHED, FOC_RUN_SEARCHED,
    FOC_RUN_SEALED,      FOC_RUN_SEALED,   FOC_RUN_FINISHED,
  };
  FocRunItem *item;
  FocCell best;
  double holdout;

  for (TestRunProgress progress = TEST_RUN_BEGUN; progress <= TEST_RUN_FINISHED;
       progress++)
    {
      g_autofree char *name = g_strdup_printf ("run-%d", progress);

      add_run (self, name, 10, progress);
    }
  begin (self);

  for (TestRunProgress progress = TEST_RUN_BEGUN; progress <= TEST_RUN_FINISHED;
       progress++)
    {
      g_autofree char *name = g_strdup_printf ("run-%d", progress);
      g_autoptr (GDateTime) utc = NULL;

      item = get (self, name);
      utc = g_date_time_to_utc (foc_run_item_get_created (item));
      g_assert_cmpint (foc_run_item_get_state (item), ==, states[progress]);
      g_assert_cmpint (g_date_time_get_hour (utc), ==, 10);
      g_assert_cmpstr (foc_run_item_get_dataset_name (item), ==, "pictures");
      g_assert_null (foc_run_item_get_problem (item));
      g_assert_cmpint (foc_run_item_get_best (item, &best), ==,
                       progress >= TEST_RUN_SEARCHED);
      g_assert_cmpint (foc_run_item_get_holdout (item, &holdout), ==,
                       progress == TEST_RUN_FINISHED);
      g_assert_cmpuint (foc_run_item_get_n_looks (item), ==,
                        progress >= TEST_RUN_LOOKED ? 2 : 0);
      g_assert_cmpint (foc_run_item_can_resume (item), ==, progress < TEST_RUN_SEARCHED);
      if (progress < TEST_RUN_LOOKED)
        g_assert_cmpstr (foc_run_item_get_name (item), ==, foc_run_item_get_date (item));
      else
        g_assert_cmpstr (foc_run_item_get_name (item), ==, "the one, “named”");
    }
  item = get (self, "run-5");
  foc_run_item_get_best (item, &best);
  foc_run_item_get_holdout (item, &holdout);
  g_assert_cmpfloat (best.accuracy, ==, 1 - 0.1 / 5);
  g_assert_cmpfloat (holdout, ==, 0.5);
}

static void
test_damaged (Fixture *self, gconstpointer data)
{
  FocRunItem *item;
  FocCell best;

  add_run (self, "a", 10, TEST_RUN_FINISHED);
  test_add_file (self->folder, "b/run.json", "{", 1);
  test_add_folder (self->folder, "c/run.json");
  begin (self);
  assert_list (self, "c b a"); /* by the time of the file, which is now */

  item = get (self, "b");
  g_assert_cmpint (foc_run_item_get_state (item), ==, FOC_RUN_DAMAGED);
  g_assert_nonnull (strstr (foc_run_item_get_problem (item), "b/run.json"));
  g_assert_false (foc_run_item_get_best (item, &best));
  g_assert_false (foc_run_item_can_resume (item));
  g_assert_null (foc_run_item_get_dataset_name (item));
  g_assert_nonnull (foc_run_item_get_problem (get (self, "c")));
}

/* What others do in the folder, without being asked to look: the item stays the same. */
static void
test_follows (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "new");
  g_autoptr (GString) changes = g_string_new (NULL);
  FocRunItem *item;
  int lock;

  add_run (self, "old", 8, TEST_RUN_FINISHED);
  begin (self);
  test_assert_log (self->log, "0-0+1");

  test_add_folder (self->folder, "new");
  lock = foc_file_lock_folder (folder, NULL);
  add_run (self, "new", 9, TEST_RUN_BEGUN);
  wait_for_list (self, "new old");
  test_assert_log (self->log, "0-0+1");
  item = get (self, "new");
  g_assert_cmpint (foc_run_item_get_state (item), ==, FOC_RUN_UNDER_WAY);
  g_assert_false (foc_run_item_can_resume (item));

  test_log_signals (G_OBJECT (item), "changed", changes);
  close (lock);
  TEST_WAIT (foc_run_item_get_state (item) == FOC_RUN_INTERRUPTED);
  test_assert_log (changes, "changed");
  add_run (self, "new", 9, TEST_RUN_FINISHED);
  TEST_WAIT (foc_run_item_get_state (item) == FOC_RUN_FINISHED);
  test_assert_log (changes, "changed");
  g_assert_true (get (self, "new") == item);

  test_folder_delete (folder);
  wait_for_list (self, "old");
  test_assert_log (self->log, "0-1+0");
}

/* A run of the experiment, as the terminal program makes them. */
static void
test_experiment (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "run");
  g_autofree char *sha256 = NULL;
  FocRunItem *item;
  FocCell best;
  double holdout;

  begin (self);
  sha256 = test_run_in (folder, FOC_OPTIMIZER_SGD, 1);
  wait_for_list (self, "run");
  item = get (self, "run");
  TEST_WAIT (foc_run_item_get_state (item) == FOC_RUN_FINISHED);
  g_assert_true (foc_run_item_get_best (item, &best));
  g_assert_true (foc_run_item_get_holdout (item, &holdout));
  g_assert_cmpuint (foc_run_item_get_n_looks (item), ==, 1);
}

/* Where nothing tells of changes; and nothing is told where there are none. */
static void
test_refresh (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) changes = g_string_new (NULL);

  add_run (self, "a", 9, TEST_RUN_SEARCHED);
  begin (self);
  test_log_signals (G_OBJECT (get (self, "a")), "changed", changes);
  test_assert_log (self->log, "0-0+1");
  for (guint i = 0; i < 5; i++)
    {
      foc_run_history_refresh (self->history);
      test_loop_run (20);
    }
  test_assert_log (self->log, "");
  test_assert_log (changes, "");

  /* Another time of beginning is another place. */
  add_run (self, "b", 10, TEST_RUN_BEGUN);
  add_run (self, "a", 11, TEST_RUN_SEARCHED);
  foc_run_history_refresh (self->history);
  wait_for_list (self, "a b");
}

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
test_load (Fixture *self, gconstpointer data)
{
  Answer answer = { 0 };
  g_autoptr (FocJob) job = NULL;
  g_autoptr (FocJob) second = NULL;
  g_autofree char *record = test_path (self->folder, "a/run.json");

  add_run (self, "a", 9, TEST_RUN_FINISHED);
  begin (self);
  g_object_set_data (G_OBJECT (self->history), "answer", &answer);
  job = foc_run_item_load (get (self, "a"), on_answer, self->history);
  TEST_WAIT (answer.called);
  g_assert_no_error (answer.error);
  g_assert_cmpstr (((FocRun *) answer.result)->model_sha256, ==, TEST_RUN_SHA256);
  foc_run_free (answer.result);

  answer.called = FALSE;
  test_folder_delete (record);
  second = foc_run_item_load (get (self, "a"), on_answer, self->history);
  TEST_WAIT (answer.called);
  g_assert_null (answer.result);
  g_assert_error (answer.error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&answer.error);
}

static void
test_export (Fixture *self, gconstpointer data)
{
  g_autofree char *target = test_folder_new ();
  g_autofree char *expected = test_path (target, "a");
  g_autoptr (FocJob) job = NULL;
  g_autoptr (FocRun) run = NULL;
  Answer answer = { 0 };

  add_run (self, "a", 9, TEST_RUN_FINISHED);
  begin (self);
  g_object_set_data (G_OBJECT (self->history), "answer", &answer);
  job = foc_run_item_export (get (self, "a"), target, on_answer, self->history);
  TEST_WAIT (answer.called);
  g_assert_no_error (answer.error);
  g_assert_cmpstr (answer.result, ==, expected);
  run = foc_run_load (answer.result, NULL);
  g_assert_nonnull (run);
  g_free (answer.result);
  test_folder_delete (target);
}

static void
test_rename (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "a");
  FocRunItem *item;
  int lock;

  add_run (self, "a", 9, TEST_RUN_BEGUN);
  begin (self);
  item = get (self, "a");
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
exists (Fixture *self, const char *name)
{
  g_autofree char *path = test_path (self->folder, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
add_three (Fixture *self)
{
  add_run (self, "a", 9, TEST_RUN_FINISHED);
  add_run (self, "b", 10, TEST_RUN_FINISHED);
  add_run (self, "c", 11, TEST_RUN_FINISHED);
}

/* Whatever is looked for meanwhile. */
static void
test_undo (Fixture *self, gconstpointer data)
{
  g_autoptr (FocRunItem) item = NULL;

  add_three (self);
  begin (self);
  item = g_object_ref (get (self, "b"));
  g_assert_true (foc_run_history_delete (self->history, item));
  assert_list (self, "c a");
  g_assert_false (foc_run_history_delete (self->history, item));
  foc_run_history_refresh (self->history);
  test_loop_run (100);
  assert_list (self, "c a");
  g_assert_true (exists (self, "b/run.json"));

  foc_run_history_undo (self->history, item);
  assert_list (self, "c b a");
  g_assert_true (get (self, "b") == item);
  foc_run_history_undo (self->history, item);
  foc_run_history_purge (self->history, item);
  test_loop_run (100);
  assert_list (self, "c b a");
  g_assert_true (exists (self, "b/run.json"));
}

static void
test_purge (Fixture *self, gconstpointer data)
{
  g_autoptr (FocRunItem) b = NULL;
  g_autoptr (FocRunItem) c = NULL;

  add_three (self);
  begin (self);
  b = g_object_ref (get (self, "b"));
  c = g_object_ref (get (self, "c"));
  test_add_files (self->folder, "c/notes.txt");
  foc_run_history_delete (self->history, b);
  foc_run_history_delete (self->history, c);
  foc_run_history_purge (self->history, b);
  foc_run_history_undo (self->history, b); /* too late */
  TEST_WAIT (!exists (self, "b"));
  assert_list (self, "a");
  g_assert_true (exists (self, "c/run.json"));

  /* The offer ends with the history. */
  stop (self);
  g_assert_false (exists (self, "c/run.json"));
  g_assert_true (exists (self, "c/notes.txt"));
  g_assert_true (exists (self, "a/run.json"));
  begin (self);
  assert_list (self, "a");
  g_assert_null (self->message);
}

/* Not what somebody works at, even where he began since. */
static void
test_purge_under_way (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "a");
  g_autoptr (FocRunItem) item = NULL;
  int lock;

  add_run (self, "a", 9, TEST_RUN_BEGUN);
  begin (self);
  item = g_object_ref (get (self, "a"));
  g_assert_true (foc_run_history_delete (self->history, item));
  lock = foc_file_lock_folder (folder, NULL);
  foc_run_history_purge (self->history, item);
  TEST_WAIT (self->message != NULL);
  assert_list (self, "a");
  g_assert_true (exists (self, "a/run.json"));

  TEST_WAIT (foc_run_item_get_state (item) == FOC_RUN_UNDER_WAY);
  g_assert_false (foc_run_history_delete (self->history, item));
  assert_list (self, "a");
  close (lock);
}

/* A folder that cannot be listed is said once. */
static void
test_unreadable (Fixture *self, gconstpointer data)
{
  g_autofree char *file = test_path (self->folder, "file");

  test_add_files (self->folder, "file");
  g_free (self->folder);
  self->folder = g_steal_pointer (&file);
  begin (self);
  g_assert_nonnull (strstr (self->message, self->folder));
  g_clear_pointer (&self->message, g_free);
  foc_run_history_refresh (self->history);
  test_loop_run (100);
  g_assert_null (self->message);
}

/* More than come with one delivery. */
static void
test_many (Fixture *self, gconstpointer data)
{
  const guint n = 300;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("run-%03u", i);

      add_run (self, name, (int) (i % 24), TEST_RUN_FINISHED);
    }
  begin (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->history)), ==, n);
  for (guint i = 1; i < n; i++)
    {
      g_autoptr (FocRunItem) a =
        g_list_model_get_item (G_LIST_MODEL (self->history), i - 1);
      g_autoptr (FocRunItem) b = g_list_model_get_item (G_LIST_MODEL (self->history), i);

      g_assert_cmpint (foc_run_item_compare (a, b), <, 0);
    }
}

int
main (int argc, char *argv[])
{
  test_experiment_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/run-history/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("nothing", test_nothing);
  ADD ("list", test_list);
  ADD ("item", test_item);
  ADD ("damaged", test_damaged);
  ADD ("follows", test_follows);
  ADD ("experiment", test_experiment);
  ADD ("refresh", test_refresh);
  ADD ("load", test_load);
  ADD ("export", test_export);
  ADD ("rename", test_rename);
  ADD ("undo", test_undo);
  ADD ("purge", test_purge);
  ADD ("purge-under-way", test_purge_under_way);
  ADD ("unreadable", test_unreadable);
  ADD ("many", test_many);

  return test_experiment_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-history.h"

#include "foc-file.h"
#include "test-experiment.h"
#include "test-folders.h"
#include "test-loop.h"

#include <string.h>
#include <unistd.h>

/* What is listed. */

static void
test_nothing (HistoryFixture *self, gconstpointer data)
{
  test_history_begin (self);
  test_history_assert_list (self, "");
  test_history_stop (self);

  /* Before the first run the folder does not exist. */
  test_folder_delete (self->folder);
  test_history_begin (self);
  test_history_assert_list (self, "");
  g_assert_null (self->message);
}

/* Newest first, whatever the folders are called; what is no run is left out. */
static void
test_list (HistoryFixture *self, gconstpointer data)
{
  test_history_add (self, "b", 9, TEST_RUN_BEGUN);
  test_history_add (self, "a", 12, TEST_RUN_FINISHED);
  test_history_add (self, "d", 10, TEST_RUN_SEARCHED);
  test_history_add (self, "c", 10, TEST_RUN_SEARCHED);
  test_history_add (self, ".hidden", 10, TEST_RUN_SEARCHED);
  test_add_files (self->folder, "file other/notes.txt");
  test_add_folder (self->folder, "empty");
  test_history_begin (self);
  test_history_assert_list (self, "a d c b");
}

static void
test_item (HistoryFixture *self, gconstpointer data)
{
  static const FocRunState states[] = {
    FOC_RUN_INTERRUPTED, FOC_RUN_INTERRUPTED, FOC_RUN_SEARCHED,
    FOC_RUN_SEALED,      FOC_RUN_SEALED,      FOC_RUN_FINISHED,
  };
  FocRunItem *item;
  FocCell best;
  double holdout;

  for (TestRunProgress progress = TEST_RUN_BEGUN; progress <= TEST_RUN_FINISHED;
       progress++)
    {
      g_autofree char *name = g_strdup_printf ("run-%d", progress);

      test_history_add (self, name, 10, progress);
    }
  test_history_begin (self);

  for (TestRunProgress progress = TEST_RUN_BEGUN; progress <= TEST_RUN_FINISHED;
       progress++)
    {
      g_autofree char *name = g_strdup_printf ("run-%d", progress);
      g_autoptr (GDateTime) utc = NULL;

      item = test_history_get (self, name);
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
      g_assert_cmpint (foc_run_item_can_resume (item), ==,
                       progress < TEST_RUN_CALIBRATED);
      g_assert_cmpint (foc_run_item_can_reproduce (item), ==,
                       progress >= TEST_RUN_CALIBRATED);
      if (progress < TEST_RUN_LOOKED)
        g_assert_cmpstr (foc_run_item_get_name (item), ==, foc_run_item_get_date (item));
      else
        g_assert_cmpstr (foc_run_item_get_name (item), ==, "the one, “named”");
    }
  item = test_history_get (self, "run-5");
  foc_run_item_get_best (item, &best);
  foc_run_item_get_holdout (item, &holdout);
  g_assert_cmpfloat (best.accuracy, ==, 1 - 0.1 / 5);
  g_assert_cmpfloat (holdout, ==, 0.5);
}

static void
test_damaged (HistoryFixture *self, gconstpointer data)
{
  FocRunItem *item;
  FocCell best;

  test_history_add (self, "a", 10, TEST_RUN_FINISHED);
  test_add_file (self->folder, "b/run.json", "{", 1);
  test_add_folder (self->folder, "c/run.json");
  test_history_begin (self);
  test_history_assert_list (self, "c b a"); /* by the time of the file, which is now */

  item = test_history_get (self, "b");
  g_assert_cmpint (foc_run_item_get_state (item), ==, FOC_RUN_DAMAGED);
  g_assert_nonnull (strstr (foc_run_item_get_problem (item), "b/run.json"));
  g_assert_false (foc_run_item_get_best (item, &best));
  g_assert_false (foc_run_item_can_resume (item));
  g_assert_null (foc_run_item_get_dataset_name (item));
  g_assert_nonnull (foc_run_item_get_problem (test_history_get (self, "c")));
}

/* What others do in the folder, without being asked to look: the item stays the same. */
static void
test_follows (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "new");
  g_autoptr (GString) changes = g_string_new (NULL);
  FocRunItem *item;
  int lock;

  test_history_add (self, "old", 8, TEST_RUN_FINISHED);
  test_history_begin (self);
  test_assert_log (self->log, "0-0+1");

  test_add_folder (self->folder, "new");
  lock = foc_file_lock_folder (folder, NULL);
  test_history_add (self, "new", 9, TEST_RUN_BEGUN);
  test_history_wait_for_list (self, "new old");
  test_assert_log (self->log, "0-0+1");
  item = test_history_get (self, "new");
  g_assert_cmpint (foc_run_item_get_state (item), ==, FOC_RUN_UNDER_WAY);
  g_assert_false (foc_run_item_can_resume (item));

  test_log_signals (G_OBJECT (item), "changed", changes);
  close (lock);
  TEST_WAIT (foc_run_item_get_state (item) == FOC_RUN_INTERRUPTED);
  test_assert_log (changes, "changed");
  test_history_add (self, "new", 9, TEST_RUN_FINISHED);
  TEST_WAIT (foc_run_item_get_state (item) == FOC_RUN_FINISHED);
  test_assert_log (changes, "changed");
  g_assert_true (test_history_get (self, "new") == item);

  test_folder_delete (folder);
  test_history_wait_for_list (self, "old");
  test_assert_log (self->log, "0-1+0");
}

/* A run of the experiment, as the terminal program makes them. */
static void
test_experiment (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "run");
  g_autofree char *sha256 = NULL;
  FocRunItem *item;
  FocCell best;
  double holdout;

  test_history_begin (self);
  sha256 = test_run_in (folder, FOC_OPTIMIZER_SGD, 1);
  test_history_wait_for_list (self, "run");
  item = test_history_get (self, "run");
  TEST_WAIT (foc_run_item_get_state (item) == FOC_RUN_FINISHED);
  g_assert_true (foc_run_item_get_best (item, &best));
  g_assert_true (foc_run_item_get_holdout (item, &holdout));
  g_assert_cmpuint (foc_run_item_get_n_looks (item), ==, 1);
}

/* Where nothing tells of changes; and nothing is told where there are none. */
static void
test_refresh (HistoryFixture *self, gconstpointer data)
{
  g_autoptr (GString) changes = g_string_new (NULL);

  test_history_add (self, "a", 9, TEST_RUN_SEARCHED);
  test_history_begin (self);
  test_log_signals (G_OBJECT (test_history_get (self, "a")), "changed", changes);
  test_assert_log (self->log, "0-0+1");
  for (guint i = 0; i < 5; i++)
    {
      foc_run_history_refresh (self->history);
      test_loop_run (20);
    }
  test_assert_log (self->log, "");
  test_assert_log (changes, "");

  /* Another time of beginning is another place. */
  test_history_add (self, "b", 10, TEST_RUN_BEGUN);
  test_history_add (self, "a", 11, TEST_RUN_SEARCHED);
  foc_run_history_refresh (self->history);
  test_history_wait_for_list (self, "a b");
}

/* A folder that cannot be listed is said once. */
static void
test_unreadable (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *file = test_path (self->folder, "file");

  test_add_files (self->folder, "file");
  g_free (self->folder);
  self->folder = g_steal_pointer (&file);
  test_history_begin (self);
  g_assert_nonnull (strstr (self->message, self->folder));
  g_clear_pointer (&self->message, g_free);
  foc_run_history_refresh (self->history);
  test_loop_run (100);
  g_assert_null (self->message);
}

/* More than come with one delivery. */
static void
test_many (HistoryFixture *self, gconstpointer data)
{
  const guint n = 300;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("run-%03u", i);

      test_history_add (self, name, (int) (i % 24), TEST_RUN_FINISHED);
    }
  test_history_begin (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->history)), ==, n);
  for (guint i = 1; i < n; i++)
    {
      g_autoptr (FocRunItem) a =
        g_list_model_get_item (G_LIST_MODEL (self->history), i - 1);
      g_autoptr (FocRunItem) b = g_list_model_get_item (G_LIST_MODEL (self->history), i);

      g_assert_cmpint (foc_run_item_compare (a, b), <, 0);
    }
}

static void
test_diverged (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "a");
  g_autoptr (FocRun) run = test_make_diverged_run (folder);
  FocRunItem *item;
  FocCell best;

  test_add_folder (self->folder, "a");
  g_assert_true (foc_run_save (run, NULL));
  test_history_begin (self);
  item = test_history_get (self, "a");
  g_assert_cmpint (foc_run_item_get_state (item), ==, FOC_RUN_DIVERGED);
  g_assert_false (foc_run_item_can_resume (item));
  g_assert_false (foc_run_item_can_reproduce (item));
  g_assert_false (foc_run_item_get_best (item, &best));
  g_assert_null (foc_run_item_get_problem (item));
}

/* A search that was stopped can be gone on with until there is a final model of what it had
 * found; it can be reproduced neither before nor after that. */
static void
test_stopped (HistoryFixture *self, gconstpointer data)
{
  static const TestRunProgress progress[] = { TEST_RUN_CALIBRATED, TEST_RUN_TRAINED };

  for (guint i = 0; i < G_N_ELEMENTS (progress); i++)
    {
      g_autofree char *name = g_strdup_printf ("run-%u", i);
      g_autofree char *folder = test_path (self->folder, name);
      g_autoptr (FocRun) run = test_make_run (folder, progress[i]);

      run->grid->stopped = TRUE;
      test_add_folder (self->folder, name);
      g_assert_true (foc_run_save (run, NULL));
      /* What is said of it can be done. */
      g_assert_cmpint (strstr (foc_run_get_obstacle (run), "resume it first") != NULL, ==,
                       i == 0);
    }
  test_history_begin (self);

  for (guint i = 0; i < G_N_ELEMENTS (progress); i++)
    {
      g_autofree char *name = g_strdup_printf ("run-%u", i);
      FocRunItem *item = test_history_get (self, name);

      g_assert_cmpint (foc_run_item_can_resume (item), ==, i == 0);
      g_assert_false (foc_run_item_can_reproduce (item));
    }
}

/* A final model that was begun is told by its checkpoint, the record being what it was. */
static void
test_final (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "a");
  g_autofree char *checkpoint = test_path (folder, "checkpoint-2.safetensors");
  FocRunItem *item;
  int lock;

  test_history_add (self, "a", 9, TEST_RUN_CALIBRATED);
  test_history_add (self, "b", 8, TEST_RUN_TRAINED);
  test_add_files (self->folder, "a/checkpoint-1.safetensors b/checkpoint-2.safetensors");
  test_history_begin (self);
  item = test_history_get (self, "a");
  g_assert_cmpint (foc_run_item_get_state (item), ==, FOC_RUN_SEARCHED);
  g_assert_false (foc_run_item_can_resume (item));

  lock = foc_file_lock_folder (folder, NULL);
  test_add_files (self->folder, "a/checkpoint-2.safetensors");
  TEST_WAIT (foc_run_item_get_state (item) == FOC_RUN_UNDER_WAY);
  g_assert_false (foc_run_item_can_resume (item));
  g_assert_false (foc_run_item_can_reproduce (item));
  close (lock);
  TEST_WAIT (foc_run_item_get_state (item) == FOC_RUN_FINAL_INTERRUPTED);
  g_assert_true (foc_run_item_can_resume (item));

  test_folder_delete (checkpoint);
  foc_run_history_refresh (self->history);
  TEST_WAIT (foc_run_item_get_state (item) == FOC_RUN_SEARCHED);
  /* Where there is a model, a checkpoint is nothing but left over. */
  g_assert_cmpint (foc_run_item_get_state (test_history_get (self, "b")), ==,
                   FOC_RUN_SEALED);
}

/* Whoever goes on with a run leaves its record as it is, at first. */
static void
test_gone_on_with (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "a");
  FocRunItem *item;
  int lock;

  test_history_add (self, "a", 9, TEST_RUN_BEGUN);
  test_history_begin (self);
  item = test_history_get (self, "a");
  lock = foc_file_lock_folder (folder, NULL);
  test_add_files (self->folder, "a/checkpoint-0.safetensors");
  TEST_WAIT (foc_run_item_get_state (item) == FOC_RUN_UNDER_WAY);
  close (lock);
  TEST_WAIT (foc_run_item_get_state (item) == FOC_RUN_INTERRUPTED);
}

int
main (int argc, char *argv[])
{
  test_experiment_init (&argc, &argv);

  ADD_HISTORY_TEST ("nothing", test_nothing);
  ADD_HISTORY_TEST ("list", test_list);
  ADD_HISTORY_TEST ("item", test_item);
  ADD_HISTORY_TEST ("damaged", test_damaged);
  ADD_HISTORY_TEST ("follows", test_follows);
  ADD_HISTORY_TEST ("experiment", test_experiment);
  ADD_HISTORY_TEST ("refresh", test_refresh);
  ADD_HISTORY_TEST ("unreadable", test_unreadable);
  ADD_HISTORY_TEST ("many", test_many);
  ADD_HISTORY_TEST ("diverged", test_diverged);
  ADD_HISTORY_TEST ("stopped", test_stopped);
  ADD_HISTORY_TEST ("final", test_final);
  ADD_HISTORY_TEST ("gone-on-with", test_gone_on_with);

  return test_experiment_run ();
}

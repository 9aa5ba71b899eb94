/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-history.h"

#include "test-folders.h"
#include "test-loop.h"

static void
on_items_changed (HistoryFixture *self, guint position, guint removed, guint added)
{
  g_string_append_printf (self->log, "%u-%u+%u ", position, removed, added);
}

static void
on_failed (HistoryFixture *self, const char *message)
{
  g_assert_true (g_utf8_validate (message, -1, NULL));
  g_free (self->message);
  self->message = g_strdup (message);
}

void
test_history_set_up (HistoryFixture *self, gconstpointer data)
{
  self->folder = test_folder_new ();
  self->log = g_string_new (NULL);
}

void
test_history_stop (HistoryFixture *self)
{
  if (self->history != NULL)
    g_assert_finalize_object (self->history);
  self->history = NULL;
  g_assert_true (foc_job_wait_for_workers (60000));
}

void
test_history_tear_down (HistoryFixture *self, gconstpointer data)
{
  test_history_stop (self);
  if (g_file_test (self->folder, G_FILE_TEST_EXISTS))
    test_folder_delete (self->folder);
  g_string_free (self->log, TRUE);
  g_free (self->message);
  g_free (self->folder);
}

void
test_history_begin (HistoryFixture *self)
{
  self->history = foc_run_history_new (self->folder);
  g_signal_connect_swapped (self->history, "items-changed", G_CALLBACK (on_items_changed),
                            self);
  g_signal_connect_swapped (self->history, "failed", G_CALLBACK (on_failed), self);
  TEST_WAIT (!foc_run_history_get_loading (self->history));
}

/* A record in a folder of that name, begun at that hour. */
void
test_history_add (HistoryFixture *self,
                  const char *name,
                  int hour,
                  TestRunProgress progress)
{
  g_autofree char *folder = test_path (self->folder, name);
  g_autoptr (FocRun) run = test_make_run (folder, progress);

  test_add_folder (self->folder, name);
  g_free (run->created);
  run->created = g_strdup_printf ("2025-11-28T%02d:00:00Z", hour);
  g_assert_true (foc_run_save (run, NULL));
}

static FocRunItem *
test_history_find (HistoryFixture *self, const char *name)
{
  g_autofree char *folder = test_path (self->folder, name);

  return foc_run_history_find (self->history, folder);
}

FocRunItem *
test_history_get (HistoryFixture *self, const char *name)
{
  FocRunItem *item = test_history_find (self, name);

  g_assert_nonnull (item);
  return item;
}

/* The names of the folders in the list, separated by blanks. */
static char *
list (HistoryFixture *self)
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

void
test_history_assert_list (HistoryFixture *self, const char *expected)
{
  g_autofree char *listed = list (self);

  g_assert_cmpstr (listed, ==, expected);
}

void
test_history_wait_for_list (HistoryFixture *self, const char *expected)
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-file.h"
#include "foc-history-pane-private.h"
#include "foc-writing.h"
#include "test-folders.h"
#include "test-ui-history.h"
#include "test-ui.h"

#include <unistd.h>

/* What can be done with the runs that are chosen. */

static gboolean
is_renamed (gpointer window)
{
  return test_ui_says (window, "the best");
}

static void
test_enabled (UiHistory *self, gconstpointer data)
{
  test_add_file (self->folder, "broken/run.json", "{", 1);
  test_ui_history_begin_with_three (self);

  test_ui_history_assert_enabled (self, "");
  test_ui_history_choose (self, 0);
  test_ui_history_assert_enabled (self, "export delete");
  test_ui_history_choose (self, 1);
  test_ui_history_assert_enabled (self, "open reproduce rename export delete");
  test_ui_history_choose (self, 3);
  test_ui_history_assert_enabled (self, "open resume rename export delete");
  test_ui_history_choose (self, 2);
  test_ui_history_assert_enabled (self, "open reproduce rename export delete");
  test_ui_history_choose_too (self, 3);
  test_ui_history_assert_enabled (self, "compare delete");
  test_ui_history_choose_too (self, 0);
  test_ui_history_assert_enabled (self, "delete");
  gtk_selection_model_unselect_all (self->selection);
  test_ui_history_assert_enabled (self, "");
}

static void
assert_compare_says (UiHistory *self, const char *text)
{
  g_assert_cmpstr (gtk_widget_get_tooltip_text (self->pane->compare), ==, text);
}

/* Why there is no comparison. */
static void
test_compare_told (UiHistory *self, gconstpointer data)
{
  test_add_file (self->folder, "broken/run.json", "{", 1);
  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      test_ui_history_add_run (self, name, (int) i, TEST_RUN_CALIBRATED);
    }
  test_ui_history_begin (self);

  assert_compare_says (self, "Choose two or more runs with Ctrl or Shift");
  test_ui_history_choose (self, 0);
  test_ui_history_assert_enabled (self, "export delete");
  assert_compare_says (self, "Choose two or more runs with Ctrl or Shift");
  test_ui_history_choose_too (self, 1);
  test_ui_history_assert_enabled (self, "delete");
  assert_compare_says (self, "A damaged run cannot be compared");
  gtk_selection_model_select_range (self->selection, 1, 8, TRUE);
  test_ui_history_assert_enabled (self, "compare delete");
  assert_compare_says (self, "Choose two or more runs with Ctrl or Shift");
  gtk_selection_model_select_range (self->selection, 1, 9, TRUE);
  test_ui_history_assert_enabled (self, "delete");
  assert_compare_says (self, "8 runs can be compared at most");
}

static gboolean
is_under_way (gpointer item)
{
  return foc_run_item_get_state (item) == FOC_RUN_UNDER_WAY;
}

static gboolean
is_interrupted (gpointer item)
{
  return foc_run_item_get_state (item) == FOC_RUN_INTERRUPTED;
}

/* Somebody begins to work at what is chosen. */
static void
test_under_way (UiHistory *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "a");
  FocRunItem *item;
  int lock;

  test_ui_history_begin_with_three (self);
  item = foc_run_history_find (self->history, folder);
  test_ui_history_choose (self, 2);
  lock = foc_file_lock_folder (folder, NULL);
  foc_run_history_refresh (self->history);
  test_ui_wait (is_under_way, item);
  test_ui_history_assert_enabled (self, "open");
  g_assert_true (test_ui_says (self->window, "pictures · Under\u00a0way"));
  close (lock);
  test_ui_wait (is_interrupted, item);
  test_ui_history_assert_enabled (self, "open resume rename export delete");
}

static void
test_signals (UiHistory *self, gconstpointer data)
{
  test_ui_history_begin_with_three (self);
  test_ui_history_choose (self, 2);
  test_ui_history_act (self, "history.resume");
  test_ui_history_choose (self, 1);
  test_ui_history_act (self, "history.open");
  test_ui_history_act (self, "history.reproduce");
  test_ui_history_assert_said (self, "resume a open b reproduce b ");
  test_ui_history_choose_too (self, 2);
  test_ui_history_choose_too (self, 0);
  test_ui_history_act (self, "history.open"); /* which one? */
  test_ui_history_act (self, "history.compare");
  test_ui_history_assert_said (self, "compare c compare b compare a ");
}

static void
test_keys (UiHistory *self, gconstpointer data)
{
  GtkWidget *list = test_ui_find (self->pane, GTK_TYPE_LIST_VIEW);
  GtkWidget *entry = test_ui_find (self->pane, GTK_TYPE_ENTRY);
  GtkWidget *menu;

  test_ui_history_begin_with_three (self);
  g_signal_emit_by_name (list, "activate", 1);
  test_ui_history_assert_said (self, "open b ");
  g_assert_true (gtk_selection_model_is_selected (self->selection, 1));

  g_assert_true (test_ui_press (self->pane, GDK_KEY_F2, 0));
  test_ui_settle (self->pane);
  g_assert_true (gtk_widget_get_mapped (entry));
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (entry, GTK_TYPE_POPOVER)));
  test_ui_settle (self->pane);

  g_assert_true (test_ui_press (self->pane, GDK_KEY_Menu, 0));
  test_ui_settle (self->pane);
  menu = gtk_widget_get_last_child (GTK_WIDGET (self->pane));
  while (!GTK_IS_POPOVER_MENU (menu))
    menu = gtk_widget_get_prev_sibling (menu);
  g_assert_true (gtk_widget_get_mapped (menu));
  gtk_popover_popdown (GTK_POPOVER (menu));
  test_ui_settle (self->pane);

  g_assert_true (test_ui_press (self->pane, GDK_KEY_Delete, 0));
  test_ui_history_assert_said (self, "deleted b ");
  g_assert_cmpuint (test_ui_history_count (self), ==, 2);
}

static void
test_rename (UiHistory *self, gconstpointer data)
{
  GtkEditable *entry = test_ui_find (self->pane, GTK_TYPE_ENTRY);

  test_ui_history_begin_with_three (self);
  test_ui_history_choose (self, 0);
  test_ui_history_act (self, "history.rename");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "the one, “named”");
  gtk_editable_set_text (entry, " the best ");
  g_signal_emit_by_name (entry, "activate");
  test_ui_wait (is_renamed, self->window);

  /* Who closes it wants nothing. */
  test_ui_history_choose (self, 1);
  test_ui_history_act (self, "history.rename");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
  gtk_editable_set_text (entry, "no");
  gtk_popover_popdown (
    GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (entry), GTK_TYPE_POPOVER)));
  g_signal_emit_by_name (entry, "activate");
  test_ui_run (200);
  g_assert_false (test_ui_says (self->window, "no"));
}

static void
test_delete (UiHistory *self, gconstpointer data)
{
  g_autofree char *b = test_path (self->folder, "b");
  g_autofree char *c = test_path (self->folder, "c");

  test_ui_history_begin_with_three (self);
  test_ui_history_choose (self, 0);
  test_ui_history_choose_too (self, 1);
  test_ui_history_act (self, "history.delete");
  test_ui_history_assert_said (self, "deleted c deleted b ");
  g_assert_cmpuint (test_ui_history_count (self), ==, 1);
  test_ui_history_assert_enabled (self, "");

  foc_run_history_undo (self->history, self->deleted->pdata[0]);
  foc_run_history_purge (self->history, self->deleted->pdata[1]);
  g_assert_true (foc_job_wait_for_workers (20000));
  g_assert_cmpuint (test_ui_history_count (self), ==, 2);
  g_assert_true (g_file_test (c, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (b, G_FILE_TEST_EXISTS));
}

static gboolean
has_said (gpointer fixture)
{
  return ((UiHistory *) fixture)->said->len > 0;
}

static void
close_failure (void)
{
  test_ui_wait (test_ui_has_failure, NULL);
  g_signal_emit_by_name (test_ui_find_failure (), "clicked");
  test_ui_wait (test_ui_has_no_failure, NULL);
}

static void
test_export (UiHistory *self, gconstpointer data)
{
  g_autofree char *path = test_folder_new ();
  g_autofree char *copy = test_path (path, "a");
  g_autofree char *record = test_path (copy, "run.json");
  g_autofree char *expected = g_strconcat ("exported a ", copy, NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFile) missing = g_file_get_child (folder, "missing");
  g_autoptr (GFile) far_away = g_file_new_for_uri ("far://away/folder");
  g_autofree char *run = test_path (self->folder, "a");
  FocRunItem *item;

  test_ui_history_begin_with_three (self);
  item = foc_run_history_find (self->history, run);
  foc_history_pane_export (self->pane, item, folder);
  test_ui_wait (has_said, self);
  test_ui_history_assert_said (self, expected);
  g_assert_true (g_file_test (record, G_FILE_TEST_EXISTS));

  foc_history_pane_export (self->pane, item, missing);
  close_failure ();
  foc_history_pane_export (self->pane, item, far_away);
  close_failure ();
  test_ui_history_assert_said (self, "");

  /* It may be done before it is cancelled; it has not failed. */
  foc_history_pane_export (self->pane, item, folder);
  foc_writing_cancel ();
  g_assert_true (foc_job_wait_for_workers (20000));
  test_ui_run (100);
  g_assert_false (test_ui_has_failure (NULL));
  test_folder_delete (path);
}

static void
test_failure (UiHistory *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "a");
  GtkEditable *entry = test_ui_find (self->pane, GTK_TYPE_ENTRY);
  int lock;

  test_ui_history_begin_with_three (self);
  test_ui_history_choose (self, 2);
  test_ui_history_act (self, "history.rename");
  gtk_editable_set_text (entry, "x");
  lock = foc_file_lock_folder (folder, NULL);
  g_signal_emit_by_name (entry, "activate");
  close_failure ();
  close (lock);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/history-pane-actions/" name, UiHistory, NULL, test_ui_history_set_up,    \
              function, test_ui_history_tear_down)
  ADD ("enabled", test_enabled);
  ADD ("compare-told", test_compare_told);
  ADD ("under-way", test_under_way);
  ADD ("signals", test_signals);
  ADD ("keys", test_keys);
  ADD ("rename", test_rename);
  ADD ("delete", test_delete);
  ADD ("export", test_export);
  ADD ("failure", test_failure);
#undef ADD

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-history-pane.h"

#include "foc-file.h"
#include "foc-run-row.h"
#include "test-folders.h"
#include "test-run.h"
#include "test-ui-window.h"
#include "test-ui.h"

#include <unistd.h>

typedef struct
{
  char *folder;
  FocRunHistory *history;
  GtkWidget *window;
  FocHistoryPane *pane;
  GtkSelectionModel *selection;
  GString *said; /* what was emitted */
  GPtrArray *deleted;
} Fixture;

static void
say_item (Fixture *self, const char *what, FocRunItem *item)
{
  g_autofree char *name = g_path_get_basename (foc_run_item_get_folder (item));

  g_string_append_printf (self->said, "%s %s ", what, name);
}

static void
on_open (Fixture *self, FocRunItem *item)
{
  say_item (self, "open", item);
}

static void
on_reproduce (Fixture *self, FocRunItem *item)
{
  say_item (self, "reproduce", item);
}

static void
on_resume (Fixture *self, FocRunItem *item)
{
  say_item (self, "resume", item);
}

static void
on_compare (Fixture *self, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    say_item (self, "compare", items->pdata[i]);
}

static void
on_deleted (Fixture *self, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    say_item (self, "deleted", items->pdata[i]);
  g_clear_pointer (&self->deleted, g_ptr_array_unref);
  self->deleted = g_ptr_array_ref (items);
}

static void
assert_said (Fixture *self, const char *expected)
{
  g_assert_cmpstr (self->said->str, ==, expected);
  g_string_truncate (self->said, 0);
}

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

static gboolean
is_loaded (gpointer history)
{
  return !foc_run_history_get_loading (history);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = test_folder_new ();
  self->said = g_string_new (NULL);
  self->pane = FOC_HISTORY_PANE (foc_history_pane_new ());
  self->window = test_ui_show (GTK_WIDGET (self->pane), 360, 600);
  self->selection =
    gtk_list_view_get_model (test_ui_find (self->pane, GTK_TYPE_LIST_VIEW));
#define CONNECT(name, func)                                                              \
  g_signal_connect_swapped (self->pane, name, G_CALLBACK (func), self)
  CONNECT ("open", on_open);
  CONNECT ("reproduce", on_reproduce);
  CONNECT ("resume", on_resume);
  CONNECT ("compare", on_compare);
  CONNECT ("deleted", on_deleted);
}

static void
begin (Fixture *self)
{
  self->history = foc_run_history_new (self->folder);
  foc_history_pane_set_history (self->pane, self->history);
  test_ui_wait (is_loaded, self->history);
  test_ui_settle (self->pane);
}

/* c, which is finished, b, which has no model, a, which was interrupted. */
static void
begin_with_three (Fixture *self)
{
  add_run (self, "a", 9, TEST_RUN_BEGUN);
  add_run (self, "b", 10, TEST_RUN_CALIBRATED);
  add_run (self, "c", 11, TEST_RUN_FINISHED);
  begin (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->deleted, g_ptr_array_unref);
  test_ui_destroy (self->window);
  if (self->history != NULL)
    test_ui_finalize (self->history);
  g_assert_true (foc_job_wait_for_workers (20000));
  test_folder_delete (self->folder);
  g_string_free (self->said, TRUE);
  g_free (self->folder);
}

static guint
count (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

static void
choose (Fixture *self, guint position)
{
  gtk_selection_model_select_item (self->selection, position, TRUE);
}

static void
choose_too (Fixture *self, guint position)
{
  gtk_selection_model_select_item (self->selection, position, FALSE);
}

static void
act (Fixture *self, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (self->pane), action, NULL);
}

static gboolean
is_enabled (Fixture *self, const char *action)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *stack = gtk_widget_get_first_child (GTK_WIDGET (self->pane));
  gboolean enabled;

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_insert_after (button, GTK_WIDGET (self->pane), stack);
  enabled = gtk_widget_get_sensitive (button);
  gtk_widget_unparent (button);
  return enabled;
}

/* The actions that can be done, in this order. */
static void
assert_enabled (Fixture *self, const char *expected)
{
  static const char *const names[] = { "open",   "compare", "resume", "reproduce",
                                       "rename", "export",  "delete" };
  g_autoptr (GString) enabled = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *action = g_strconcat ("history.", names[i], NULL);

      if (is_enabled (self, action))
        g_string_append_printf (enabled, "%s%s", enabled->len > 0 ? " " : "", names[i]);
    }
  g_assert_cmpstr (enabled->str, ==, expected);
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  g_assert_true (test_ui_says (self->window, "No Runs Yet"));
  begin (self);
  g_assert_true (test_ui_says (self->window, "No Runs Yet"));
  assert_enabled (self, "");
}

static gboolean
has_three (gpointer fixture)
{
  return count (fixture) == 3;
}

static void
test_rows (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  FocRunItem *item;

  test_add_file (self->folder, "broken/run.json", "{", 1);
  begin_with_three (self);
  g_assert_cmpuint (count (self), ==, 4);
  g_assert_false (test_ui_says (self->window, "No Runs Yet"));
  g_assert_true (test_ui_says (self->window, "the one, “named”"));
  g_assert_true (test_ui_says (self->window,
                               "Validation\u00a00.980,\u00a0loss\u00a00.000 · "
                               "Holdout\u00a00.500 · looked\u00a0at\u00a02\u00a0times"));
  g_assert_true (
    test_ui_says (self->window, "pictures · Without\u00a0a\u00a0final\u00a0model"));
  g_assert_true (test_ui_says (self->window, "pictures · Interrupted"));
  g_assert_true (test_ui_says (self->window, "Damaged"));

  rows = test_ui_list (self->pane, FOC_TYPE_RUN_ROW);
  g_assert_cmpuint (rows->len, >=, 4);
  item = foc_run_row_get_item (rows->pdata[0]);
  g_assert_true (test_ui_says (rows->pdata[0], foc_run_item_get_problem (item)));
}

/* What the holdout set says, in each state. */
static void
test_holdout (Fixture *self, gconstpointer data)
{
  add_run (self, "a", 9, TEST_RUN_TRAINED);
  add_run (self, "b", 10, TEST_RUN_LOOKED);
  begin (self);
  g_assert_true (test_ui_says (
    self->window, "Validation\u00a00.980,\u00a0loss\u00a00.000 · Holdout\u00a0sealed"));
  g_assert_true (test_ui_says (
    self->window,
    "Validation\u00a00.980,\u00a0loss\u00a00.000 · Holdout looked at, without a result"));
}

static gboolean
is_renamed (gpointer window)
{
  return test_ui_says (window, "the best");
}

static void
test_follows (Fixture *self, gconstpointer data)
{
  begin (self);
  add_run (self, "a", 9, TEST_RUN_BEGUN);
  add_run (self, "b", 10, TEST_RUN_BEGUN);
  add_run (self, "c", 11, TEST_RUN_BEGUN);
  test_ui_wait (has_three, self);
  test_ui_settle (self->pane);
  g_assert_true (test_ui_says (self->window, "pictures · Interrupted"));
}

static void
test_enabled (Fixture *self, gconstpointer data)
{
  test_add_file (self->folder, "broken/run.json", "{", 1);
  begin_with_three (self);

  assert_enabled (self, "");
  choose (self, 0);
  assert_enabled (self, "export delete");
  choose (self, 1);
  assert_enabled (self, "open reproduce rename export delete");
  choose (self, 3);
  assert_enabled (self, "open resume reproduce rename export delete");
  choose (self, 2);
  assert_enabled (self, "open reproduce rename export delete");
  choose_too (self, 3);
  assert_enabled (self, "compare delete");
  choose_too (self, 0);
  assert_enabled (self, "delete");
  gtk_selection_model_unselect_all (self->selection);
  assert_enabled (self, "");
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
test_under_way (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "a");
  FocRunItem *item;
  int lock;

  begin_with_three (self);
  item = foc_run_history_find (self->history, folder);
  choose (self, 2);
  lock = foc_file_lock_folder (folder, NULL);
  foc_run_history_refresh (self->history);
  test_ui_wait (is_under_way, item);
  assert_enabled (self, "open reproduce");
  g_assert_true (test_ui_says (self->window, "pictures · Under\u00a0way"));
  close (lock);
  test_ui_wait (is_interrupted, item);
  assert_enabled (self, "open resume reproduce rename export delete");
}

static void
test_signals (Fixture *self, gconstpointer data)
{
  begin_with_three (self);
  choose (self, 2);
  act (self, "history.resume");
  choose (self, 1);
  act (self, "history.open");
  act (self, "history.reproduce");
  assert_said (self, "resume a open b reproduce b ");
  choose_too (self, 2);
  choose_too (self, 0);
  act (self, "history.open"); /* which one? */
  act (self, "history.compare");
  assert_said (self, "compare c compare b compare a ");
}

static void
test_keys (Fixture *self, gconstpointer data)
{
  GtkWidget *list = test_ui_find (self->pane, GTK_TYPE_LIST_VIEW);
  GtkWidget *entry = test_ui_find (self->pane, GTK_TYPE_ENTRY);
  GtkWidget *menu;

  begin_with_three (self);
  g_signal_emit_by_name (list, "activate", 1);
  assert_said (self, "open b ");
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
  assert_said (self, "deleted b ");
  g_assert_cmpuint (count (self), ==, 2);
}

static void
test_rename (Fixture *self, gconstpointer data)
{
  GtkEditable *entry = test_ui_find (self->pane, GTK_TYPE_ENTRY);

  begin_with_three (self);
  choose (self, 0);
  act (self, "history.rename");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "the one, “named”");
  gtk_editable_set_text (entry, " the best ");
  g_signal_emit_by_name (entry, "activate");
  test_ui_wait (is_renamed, self->window);

  /* Who closes it wants nothing. */
  choose (self, 1);
  act (self, "history.rename");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
  gtk_editable_set_text (entry, "no");
  gtk_popover_popdown (
    GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (entry), GTK_TYPE_POPOVER)));
  g_signal_emit_by_name (entry, "activate");
  test_ui_run (200);
  g_assert_false (test_ui_says (self->window, "no"));
}

static void
test_delete (Fixture *self, gconstpointer data)
{
  g_autofree char *b = test_path (self->folder, "b");
  g_autofree char *c = test_path (self->folder, "c");

  begin_with_three (self);
  choose (self, 0);
  choose_too (self, 1);
  act (self, "history.delete");
  assert_said (self, "deleted c deleted b ");
  g_assert_cmpuint (count (self), ==, 1);
  assert_enabled (self, "");

  foc_run_history_undo (self->history, self->deleted->pdata[0]);
  foc_run_history_purge (self->history, self->deleted->pdata[1]);
  g_assert_true (foc_job_wait_for_workers (20000));
  g_assert_cmpuint (count (self), ==, 2);
  g_assert_true (g_file_test (c, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (b, G_FILE_TEST_EXISTS));
}

static void
on_exported (Fixture *self, FocRunItem *item, const char *path)
{
  say_item (self, "exported", item);
  g_string_append (self->said, path);
}

static gboolean
has_said (gpointer fixture)
{
  return ((Fixture *) fixture)->said->len > 0;
}

static void
close_failure (void)
{
  test_ui_wait (test_ui_has_failure, NULL);
  g_signal_emit_by_name (test_ui_find_failure (), "clicked");
  test_ui_wait (test_ui_has_no_failure, NULL);
}

static void
test_export (Fixture *self, gconstpointer data)
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

  begin_with_three (self);
  g_signal_connect_swapped (self->pane, "exported", G_CALLBACK (on_exported), self);
  item = foc_run_history_find (self->history, run);
  foc_history_pane_export (self->pane, item, folder);
  test_ui_wait (has_said, self);
  assert_said (self, expected);
  g_assert_true (g_file_test (record, G_FILE_TEST_EXISTS));

  foc_history_pane_export (self->pane, item, missing);
  close_failure ();
  foc_history_pane_export (self->pane, item, far_away);
  close_failure ();
  assert_said (self, "");
  test_folder_delete (path);
}

static void
test_failure (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "a");
  GtkEditable *entry = test_ui_find (self->pane, GTK_TYPE_ENTRY);
  int lock;

  begin_with_three (self);
  choose (self, 2);
  act (self, "history.rename");
  gtk_editable_set_text (entry, "x");
  lock = foc_file_lock_folder (folder, NULL);
  g_signal_emit_by_name (entry, "activate");
  close_failure ();
  close (lock);
}

static void
test_select (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "b");

  begin_with_three (self);
  choose (self, 0);
  foc_history_pane_select (self->pane, folder);
  g_assert_false (gtk_selection_model_is_selected (self->selection, 0));
  g_assert_true (gtk_selection_model_is_selected (self->selection, 1));
  foc_history_pane_select (self->pane, "nowhere");
  g_assert_true (gtk_selection_model_is_selected (self->selection, 1));

  foc_history_pane_set_history (self->pane, NULL);
  g_assert_true (test_ui_says (self->window, "No Runs Yet"));
  assert_enabled (self, "");
}

/* With text of twice the size, and whatever is in the list. */
static void
test_narrow (Fixture *self, gconstpointer data)
{
  int width;

  test_ui_set_text_size (200);
  test_add_file (self->folder, "broken-with-a-long-name/run.json", "{", 1);
  begin_with_three (self);
  for (int round = 0; round < 2; round++)
    {
      gtk_widget_measure (GTK_WIDGET (self->pane), GTK_ORIENTATION_HORIZONTAL, -1, &width,
                          NULL, NULL, NULL);
      g_assert_cmpint (width, <=, 360);
      foc_history_pane_set_history (self->pane, NULL);
      test_ui_settle (self->pane);
    }
  test_ui_set_text_size (100);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/history-pane/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("empty", test_empty);
  ADD ("rows", test_rows);
  ADD ("holdout", test_holdout);
  ADD ("follows", test_follows);
  ADD ("enabled", test_enabled);
  ADD ("under-way", test_under_way);
  ADD ("signals", test_signals);
  ADD ("keys", test_keys);
  ADD ("rename", test_rename);
  ADD ("delete", test_delete);
  ADD ("export", test_export);
  ADD ("failure", test_failure);
  ADD ("select", test_select);
  ADD ("narrow", test_narrow);

  return g_test_run ();
}

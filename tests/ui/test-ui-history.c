/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-ui-history.h"

#include "test-folders.h"
#include "test-ui.h"

static void
say_item (UiHistory *self, const char *what, FocRunItem *item)
{
  g_autofree char *name = g_path_get_basename (foc_run_item_get_folder (item));

  g_string_append_printf (self->said, "%s %s ", what, name);
}

static void
on_open (UiHistory *self, FocRunItem *item)
{
  say_item (self, "open", item);
}

static void
on_reproduce (UiHistory *self, FocRunItem *item)
{
  say_item (self, "reproduce", item);
}

static void
on_resume (UiHistory *self, FocRunItem *item)
{
  say_item (self, "resume", item);
}

static void
on_compare (UiHistory *self, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    say_item (self, "compare", items->pdata[i]);
}

static void
on_deleted (UiHistory *self, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    say_item (self, "deleted", items->pdata[i]);
  g_clear_pointer (&self->deleted, g_ptr_array_unref);
  self->deleted = g_ptr_array_ref (items);
}

static void
on_exported (UiHistory *self, FocRunItem *item, const char *path)
{
  say_item (self, "exported", item);
  g_string_append (self->said, path);
}

void
test_ui_history_assert_said (UiHistory *self, const char *expected)
{
  g_assert_cmpstr (self->said->str, ==, expected);
  g_string_truncate (self->said, 0);
}

void
test_ui_history_add_run (UiHistory *self,
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

static gboolean
is_loaded (gpointer history)
{
  return !foc_run_history_get_loading (history);
}

void
test_ui_history_set_up (UiHistory *self, gconstpointer data)
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
  CONNECT ("exported", on_exported);
#undef CONNECT
}

void
test_ui_history_begin (UiHistory *self)
{
  self->history = foc_run_history_new (self->folder);
  foc_history_pane_set_history (self->pane, self->history);
  test_ui_wait (is_loaded, self->history);
  test_ui_settle (self->pane);
}

void
test_ui_history_begin_with_three (UiHistory *self)
{
  test_ui_history_add_run (self, "a", 9, TEST_RUN_BEGUN);
  test_ui_history_add_run (self, "b", 10, TEST_RUN_CALIBRATED);
  test_ui_history_add_run (self, "c", 11, TEST_RUN_FINISHED);
  test_ui_history_begin (self);
}

void
test_ui_history_tear_down (UiHistory *self, gconstpointer data)
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

guint
test_ui_history_count (UiHistory *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

void
test_ui_history_choose (UiHistory *self, guint position)
{
  gtk_selection_model_select_item (self->selection, position, TRUE);
}

void
test_ui_history_choose_too (UiHistory *self, guint position)
{
  gtk_selection_model_select_item (self->selection, position, FALSE);
}

void
test_ui_history_act (UiHistory *self, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (self->pane), action, NULL);
}

static gboolean
is_enabled (UiHistory *self, const char *action)
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

void
test_ui_history_assert_enabled (UiHistory *self, const char *expected)
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-welcome-page.h"

#include "test-ui.h"

static void
note (GSimpleAction *action, GVariant *parameter, gpointer said)
{
  g_string_append_printf (said, "%s ", g_action_get_name (G_ACTION (action)));
}

static void
test_buttons (void)
{
  const GActionEntry entries[] = { { "open-dataset", note }, { "draw-demo", note } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GString) said = g_string_new (NULL);
  GtkWidget *page = g_object_ref_sink (foc_welcome_page_new ());
  GtkWidget *window = test_ui_show (page, 600, 500);
  GtkWidget *button = test_ui_find_button (page, "_Open Folder…");

  g_assert_false (gtk_widget_is_sensitive (button)); /* there are no actions yet */
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries,
                                   G_N_ELEMENTS (entries), said);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (actions));
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  g_signal_emit_by_name (test_ui_find_button (page, "_Try with Drawn Faces"), "clicked");
  g_assert_cmpstr (said->str, ==, "open-dataset draw-demo ");

  test_ui_destroy (window);
  test_ui_finalize (page);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  g_test_add_func ("/welcome-page/buttons", test_buttons);
  return g_test_run ();
}

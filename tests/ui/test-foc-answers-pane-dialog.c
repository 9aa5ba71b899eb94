/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answers-pane-private.h"
#include "test-ui-answers.h"
#include "test-ui.h"

/* What the list of answers asks in a dialog: apart, for what file choosers leave behind. */

static gboolean
has_chooser (gpointer chooser)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *window = windows; window != NULL; window = window->next)
    if (GTK_IS_FILE_CHOOSER (window->data) && gtk_widget_get_mapped (window->data))
      *(GtkWindow **) chooser = window->data;
  return *(GtkWindow **) chooser != NULL;
}

/* It says what is going to be copied, and that it is. */
static void
test_copy_dialog (UiAnswers *self, gconstpointer data)
{
  GtkWindow *chooser = NULL;

  test_ui_answers_ask (self);
  gtk_widget_activate_action (GTK_WIDGET (self->pane), "answers.copy", NULL);
  test_ui_wait (has_chooser, &chooser);
  g_assert_cmpstr (gtk_window_get_title (chooser), ==, "Copy 12 Pictures into Folders");
  g_assert_nonnull (test_ui_find_button (chooser, "_Copy"));
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_CANCEL);
  test_ui_settle (self->window);
  g_assert_null (self->pane->copy);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  g_test_add ("/answers-pane/dialog/copy", UiAnswers, NULL, test_ui_answers_set_up,
              test_copy_dialog, test_ui_answers_tear_down);
  return g_test_run ();
}

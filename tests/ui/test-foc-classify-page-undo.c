/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answers-pane.h"
#include "test-answers.h"
#include "test-ui-classify.h"
#include "test-ui.h"

/* A list of the Classify page that is cleared, and comes back. */

static guint
get_n (UiClassify *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->answers));
}

static FocAnswersPane *
get_pane (UiClassify *self)
{
  return test_ui_find (self->page, FOC_TYPE_ANSWERS_PANE);
}

static GtkColumnView *
get_view (UiClassify *self)
{
  return test_ui_find (self->page, GTK_TYPE_COLUMN_VIEW);
}

/* Row `position`, as if by a double click. */
static FocAnswerItem *
open_row (UiClassify *self, guint position)
{
  GtkSelectionModel *selection = gtk_column_view_get_model (get_view (self));
  g_autoptr (FocAnswerItem) item =
    g_list_model_get_item (G_LIST_MODEL (selection), position);

  gtk_selection_model_select_item (selection, position, TRUE);
  g_signal_emit_by_name (get_view (self), "activate", position);
  test_ui_classify_wait (self, "one");
  g_assert_cmpstr (test_ui_classify_get_path (self), ==, foc_answer_item_get_path (item));
  return item; /* the selection has it */
}

static gboolean
has_one (gpointer answers)
{
  return g_list_model_get_n_items (answers) == 1;
}

static void
test_clear (UiClassify *self, gconstpointer data)
{
  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  open_row (self, 1);
  g_assert_true (test_ui_classify_type (self, GDK_KEY_Escape));
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (get_pane (self)), "answers.clear", NULL));
  test_ui_classify_wait (self, "empty");
  g_assert_true (
    gtk_widget_is_focus (test_ui_find_button (self->page, "_Open Pictures…")));
  g_assert_cmpuint (get_n (self), ==, 0);
  test_ui_classify_wait_for_toast (self, "The list was cleared.");

  /* As if nothing had been there. */
  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  g_assert_cmpuint (get_n (self), ==, UI_N_DRAWN);
}

/* With all that was set by hand. */
static void
test_undo_clear (UiClassify *self, gconstpointer data)
{
  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  open_row (self, 1);
  g_assert_true (test_ui_classify_type (self, GDK_KEY_1));
  g_assert_true (test_ui_classify_type (self, GDK_KEY_Escape));
  gtk_widget_activate_action (GTK_WIDGET (get_pane (self)), "answers.clear", NULL);
  test_ui_classify_wait (self, "empty");
  test_ui_classify_wait_for_toast (self, "The list was cleared.");
  test_ui_run (400);
  g_signal_emit_by_name (test_ui_find_button (self->page, "_Undo"), "clicked");
  test_ui_classify_wait (self, "many");
  g_assert_cmpuint (get_n (self), ==, UI_N_DRAWN);
  g_assert_cmpuint (foc_answer_list_get_summary (self->answers)->n_by_hand, ==, 1);
}

/* What had no answer yet is asked about then. */
static void
test_undo_clear_early (UiClassify *self, gconstpointer data)
{
  test_answers_hold ();
  test_ui_classify_add (self, "gone.jpg", "comics", NULL);
  test_ui_wait (has_one, self->answers);
  gtk_widget_activate_action (GTK_WIDGET (get_pane (self)), "answers.clear", NULL);
  test_ui_classify_wait (self, "empty");
  test_ui_classify_wait_for_toast (self, "The list was cleared.");
  test_ui_run (400);
  g_signal_emit_by_name (test_ui_find_button (self->page, "_Undo"), "clicked");
  g_assert_cmpstr (test_ui_classify_get_shown (self), ==, "many");
  test_answers_let_go ();
  test_ui_classify_wait (self, "many");
  g_assert_cmpuint (get_n (self), ==, UI_N_DRAWN + 1);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/classify-page/undo/" name, UiClassify, NULL, test_ui_classify_set_up,    \
              function, test_ui_classify_tear_down)
  ADD ("clear", test_clear);
  ADD ("undo-clear", test_undo_clear);
  ADD ("undo-clear-early", test_undo_clear_early);

  return g_test_run ();
}

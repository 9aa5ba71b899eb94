/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answers-pane.h"
#include "test-answers.h"
#include "test-folders.h"
#include "test-ui-classify.h"
#include "test-ui.h"

/* A list of the Classify page that is cleared, and comes back; and what Ctrl+Z undoes. */

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

static FocAnswerItem *
get_selected (UiClassify *self)
{
  return gtk_single_selection_get_selected_item (
    GTK_SINGLE_SELECTION (gtk_column_view_get_model (get_view (self))));
}

static gboolean
has_no_toast (gpointer fixture)
{
  GType type = g_type_from_name ("AdwToastWidget");

  return type == 0 || test_ui_find (((UiClassify *) fixture)->page, type) == NULL;
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

static gboolean
press_undo (UiClassify *self)
{
  return test_ui_type (self->window, GDK_KEY_z, GDK_CONTROL_MASK);
}

/* Without the toast's button, which is no longer offered then. */
static void
test_key_clear (UiClassify *self, gconstpointer data)
{
  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  g_assert_false (press_undo (self));
  gtk_widget_activate_action (GTK_WIDGET (get_pane (self)), "answers.clear", NULL);
  g_assert_cmpuint (get_n (self), ==, 0);
  test_ui_classify_wait (self, "empty");
  g_assert_true (press_undo (self)); /* while the toast is still coming */
  test_ui_classify_wait (self, "many");
  g_assert_cmpuint (get_n (self), ==, UI_N_DRAWN);
  g_assert_false (press_undo (self));
  test_ui_wait (has_no_toast, self);

  gtk_widget_activate_action (GTK_WIDGET (get_pane (self)), "answers.clear", NULL);
  test_ui_run (1000);
  g_assert_true (press_undo (self));
  g_assert_cmpuint (get_n (self), ==, UI_N_DRAWN);
  test_ui_wait (has_no_toast, self);
  g_assert_false (press_undo (self));
}

/* The focus is where the list was not. */
static void
test_key_elsewhere (UiClassify *self, gconstpointer data)
{
  g_autoptr (GtkWidget) page = g_object_ref (GTK_WIDGET (self->page));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *entry = gtk_entry_new ();

  gtk_window_set_child (GTK_WINDOW (self->window), box);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), page);
  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  gtk_widget_activate_action (GTK_WIDGET (get_pane (self)), "answers.clear", NULL);

  gtk_widget_grab_focus (entry);
  press_undo (self); /* it has an undo of its own */
  g_assert_cmpuint (get_n (self), ==, 0);
  gtk_widget_grab_focus (button);
  g_assert_true (press_undo (self));
  g_assert_cmpuint (get_n (self), ==, UI_N_DRAWN);
}

/* The latest first, whatever is shown meanwhile; and what is undone is seen. */
static void
test_key_by_hand (UiClassify *self, gconstpointer data)
{
  GtkWidget *search = test_ui_find (self->page, GTK_TYPE_SEARCH_ENTRY);
  FocAnswerItem *first, *second;

  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  second = open_row (self, 5);
  first = open_row (self, 2);
  g_assert_true (test_ui_classify_type (self, GDK_KEY_1));
  g_assert_true (test_ui_classify_type (self, GDK_KEY_2));
  g_assert_true (test_ui_classify_type (self, GDK_KEY_Escape));
  gtk_selection_model_select_item (gtk_column_view_get_model (get_view (self)), 5, TRUE);
  foc_answers_pane_focus (get_pane (self));
  g_assert_true (test_ui_classify_type (self, GDK_KEY_2));
  gtk_selection_model_select_item (gtk_column_view_get_model (get_view (self)), 8, TRUE);

  g_assert_true (press_undo (self));
  g_assert_cmpint (foc_answer_item_get_hand_label (second), ==, -1);
  g_assert_true (get_selected (self) == second);
  gtk_widget_grab_focus (search); /* in which Ctrl+Z is about the text */
  g_assert_false (test_ui_press (self->page, GDK_KEY_z, GDK_CONTROL_MASK));
  g_assert_cmpint (foc_answer_item_get_hand_label (first), ==, 1);

  /* Not that of a picture that is not seen. */
  second = open_row (self, 5);
  g_assert_false (press_undo (self));
  g_assert_true (open_row (self, 2) == first);
  g_assert_true (press_undo (self));
  g_assert_cmpint (foc_answer_item_get_hand_label (first), ==, 0);
  g_assert_true (press_undo (self));
  g_assert_cmpint (foc_answer_item_get_hand_label (first), ==, -1);
  g_assert_false (press_undo (self));
}

/* Of a picture that the filter hides, it is said. */
static void
test_key_hidden (UiClassify *self, gconstpointer data)
{
  g_autofree char *told = NULL;

  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  told =
    g_strdup_printf ("The class of “%s”, which is not shown now, is as it was before.",
                     foc_answer_item_get_name (open_row (self, 2)));
  g_assert_true (test_ui_classify_type (self, GDK_KEY_1));
  g_assert_true (test_ui_classify_type (self, GDK_KEY_Escape));
  foc_answers_pane_focus (get_pane (self));
  gtk_editable_set_text (test_ui_find (self->page, GTK_TYPE_SEARCH_ENTRY), "none");
  g_signal_emit_by_name (test_ui_find (self->page, GTK_TYPE_SEARCH_ENTRY),
                         "search-changed");
  test_ui_settle (self->page);
  g_assert_true (press_undo (self));
  g_assert_cmpuint (foc_answer_list_get_summary (self->answers)->n_by_hand, ==, 0);
  test_ui_classify_wait_for_toast (self, told);

  /* What comes then has nothing to do with it. */
  test_ui_run (800);
  test_ui_classify_add (self, "gone.jpg", NULL);
  test_ui_run (400);
  g_assert_true (has_no_toast (self));
}

/* The same of one that somebody who looks at another row would not see change. */
static void
test_key_elsewhere_selected (UiClassify *self, gconstpointer data)
{
  g_autofree char *told = NULL;

  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  told = g_strdup_printf ("The class of “%s” is as it was before.",
                          foc_answer_item_get_name (open_row (self, 2)));
  g_assert_true (test_ui_classify_type (self, GDK_KEY_1));
  g_assert_true (test_ui_classify_type (self, GDK_KEY_2));
  g_assert_true (test_ui_classify_type (self, GDK_KEY_Escape));
  g_assert_true (press_undo (self));
  test_ui_run (400);
  g_assert_true (has_no_toast (self));
  gtk_selection_model_select_item (gtk_column_view_get_model (get_view (self)), 8, TRUE);
  g_assert_true (press_undo (self));
  test_ui_classify_wait_for_toast (self, told);
}

/* Of all that there is to undo, the newest; nothing that was before a list was cleared. */
static void
test_key_order (UiClassify *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->data.root, "a");
  FocAnswerItem *item;

  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  foc_answers_pane_copy (get_pane (self), folder);
  test_ui_classify_wait_for_toast (self, "12 pictures were copied into folders in “a”.");
  item = open_row (self, 2);
  g_assert_true (test_ui_classify_type (self, GDK_KEY_1));
  g_assert_true (press_undo (self));
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, -1);
  g_assert_true (test_ui_classify_type (self, GDK_KEY_1));
  gtk_widget_activate_action (GTK_WIDGET (get_pane (self)), "answers.clear", NULL);
  g_assert_true (press_undo (self)); /* its toast waits for the other one */
  g_assert_cmpuint (get_n (self), ==, UI_N_DRAWN);
  g_assert_cmpuint (foc_answer_list_get_summary (self->answers)->n_by_hand, ==, 1);
  g_assert_true (press_undo (self));
  test_ui_classify_wait_for_toast (self, "12 copies were removed.");
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (foc_answer_list_get_summary (self->answers)->n_by_hand, ==, 1);
  g_assert_false (press_undo (self));
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
  ADD ("key-clear", test_key_clear);
  ADD ("key-elsewhere", test_key_elsewhere);
  ADD ("key-by-hand", test_key_by_hand);
  ADD ("key-hidden", test_key_hidden);
  ADD ("key-elsewhere-selected", test_key_elsewhere_selected);
  ADD ("key-order", test_key_order);

  return g_test_run ();
}

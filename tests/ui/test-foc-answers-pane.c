/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answers-pane-private.h"
#include "test-answers.h"
#include "test-folders.h"
#include "test-ui-answers.h"
#include "test-ui.h"

#include <glib/gstdio.h>

/* What the list shows, and in which order. What is done with it is in
 * test-foc-answers-pane-use.c. */

static const FocAnswerSummary *
get_summary (UiAnswers *self)
{
  return foc_answer_list_get_summary (self->answers.list);
}

static void
test_filters (UiAnswers *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) strict =
    foc_loaded_model_with_threshold (self->answers.model, 1.1);
  g_autoptr (FocAnswerItem) item = NULL;
  int label;

  test_ui_answers_ask (self);
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, 13);
  test_ui_answers_choose (self, UI_FILTER_NOT_READ);
  test_ui_answers_assert_shown (self, "gone.jpg");
  test_ui_answers_choose (self, UI_FILTER_B);
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, get_summary (self)->n_by_class[0]);
  test_ui_answers_choose (self, UI_FILTER_A);
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, get_summary (self)->n_by_class[1]);
  test_ui_answers_choose (self, UI_FILTER_NOT_SURE);
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, 0);
  g_assert_true (test_ui_answers_says_none (self));
  test_ui_answers_choose (self, UI_FILTER_BY_HAND);
  g_assert_true (test_ui_answers_says_none (self));

  /* It stays where it is while somebody looks through them. */
  item = test_answers_find (&self->answers, "d/3.jpg");
  label = foc_answer_item_get_label (item);
  test_ui_answers_choose (self, label == 0 ? UI_FILTER_B : UI_FILTER_A);
  foc_answer_item_set_hand_label (item, 1 - label);
  test_ui_settle (self->pane);
  g_assert_cmpuint (test_ui_answers_get_n (self), ==,
                    get_summary (self)->n_by_class[label] + 1);
  test_ui_answers_choose (self, UI_FILTER_BY_HAND);
  test_ui_answers_assert_shown (self, "3.jpg");

  /* Another threshold makes others of them. */
  test_ui_answers_choose (self, UI_FILTER_NOT_SURE);
  foc_answer_list_set_model (self->answers.list, strict);
  test_ui_settle (self->pane);
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, 11);
  g_assert_false (test_ui_answers_says_none (self));

  g_signal_emit_by_name (test_ui_find_button (self->pane, "_Show All"), "clicked");
  test_ui_settle (self->pane);
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, 13);
}

/* The filter for a class goes with the class. */
static void
test_other_classes (UiAnswers *self, gconstpointer data)
{
  GtkDropDown *filter = test_ui_find (self->pane, GTK_TYPE_DROP_DOWN);

  test_ui_answers_ask (self);
  foc_answer_list_set_model (self->answers.list, self->answers.other);
  test_ui_answers_choose (self, UI_FILTER_B);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (filter)), ==,
                    UI_FILTER_B + 3);
  foc_answer_list_clear (self->answers.list);
  g_assert_cmpuint (gtk_drop_down_get_selected (filter), ==, UI_FILTER_ALL);
  g_assert_cmpstr (gtk_string_list_get_string (
                     GTK_STRING_LIST (gtk_drop_down_get_model (filter)), UI_FILTER_A),
                   ==, "dog");
  test_answers_begin (&self->answers, "d", NULL);
  test_answers_wait (&self->answers);
  test_ui_answers_choose (self, UI_FILTER_A);
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, get_summary (self)->n_by_class[1]);
}

static void
test_search (UiAnswers *self, gconstpointer data)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (self->shown);
  g_autoptr (FocAnswerItem) item = NULL;

  test_ui_answers_ask (self);
  test_ui_answers_search (self, "2.");
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, 2);
  item = test_answers_find (&self->answers, "d/12.jpg");
  gtk_single_selection_set_selected (selection,
                                     test_ui_answers_get_row (self, 0) == item ? 0 : 1);
  test_ui_answers_search (self, "1");
  g_assert_true (gtk_single_selection_get_selected_item (selection) == item);
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, 4);
  test_ui_answers_search (self, "GONE");
  test_ui_answers_assert_shown (self, "gone.jpg");
  test_ui_answers_choose (self, UI_FILTER_BY_HAND);
  g_assert_true (test_ui_answers_says_none (self));
  g_signal_emit_by_name (test_ui_find_button (self->pane, "_Show All"), "clicked");
  test_ui_settle (self->pane);
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, 13);
  g_assert_cmpstr (
    gtk_editable_get_text (test_ui_find (self->pane, GTK_TYPE_SEARCH_ENTRY)), ==, "");
}

static void
test_sort (UiAnswers *self, gconstpointer data)
{
  g_autofree char *arrived = NULL;

  test_ui_answers_ask (self);
  arrived = test_ui_answers_list_shown (self);
  test_ui_answers_sort (self, "Name", GTK_SORT_ASCENDING);
  test_ui_answers_assert_shown (
    self, "1.jpg 2.jpg 3.jpg 4.jpg 5.jpg 6.jpg 7.jpg 8.jpg 9.jpg 10.jpg "
          "11.jpg 12.jpg gone.jpg");
  test_ui_answers_sort (self, "Confidence", GTK_SORT_DESCENDING);
  for (guint i = 1; i < test_ui_answers_get_n (self); i++)
    g_assert_cmpfloat (
      foc_answer_item_get_probability (test_ui_answers_get_row (self, i - 1)), >=,
      foc_answer_item_get_probability (test_ui_answers_get_row (self, i)));
  test_ui_answers_sort (self, "Answer", GTK_SORT_ASCENDING);
  for (guint i = 1; i < 12; i++)
    g_assert_cmpstr (foc_answer_item_get_counted (test_ui_answers_get_row (self, i - 1)),
                     <=, foc_answer_item_get_counted (test_ui_answers_get_row (self, i)));
  g_assert_cmpstr (foc_answer_item_get_name (test_ui_answers_get_row (self, 12)), ==,
                   "gone.jpg");

  gtk_column_view_sort_by_column (test_ui_find (self->pane, GTK_TYPE_COLUMN_VIEW), NULL,
                                  GTK_SORT_ASCENDING);
  test_ui_settle (self->pane);
  test_ui_answers_assert_shown (self, arrived);
}

static void
assert_sort (UiAnswers *self, const char *sort, gboolean is_descending)
{
  g_autofree char *shown = NULL;
  gboolean shown_descending;

  g_object_get (self->pane, "sort", &shown, "descending", &shown_descending, NULL);
  g_assert_cmpstr (shown, ==, sort);
  g_assert_cmpint (shown_descending, ==, is_descending);
}

static void
choose_sort (UiAnswers *self, const char *sort)
{
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (self->pane), "answers.sort", "s", sort));
  test_ui_answers_rest (self);
}

/* By the menu, which tells what the titles of the columns do. */
static void
test_sort_menu (UiAnswers *self, gconstpointer data)
{
  g_autofree char *arrived = NULL;
  g_autofree char *backwards = NULL;

  test_ui_answers_ask (self);
  arrived = test_ui_answers_list_shown (self);
  assert_sort (self, "answered", FALSE);
  choose_sort (self, "name");
  assert_sort (self, "name", FALSE);
  test_ui_answers_assert_shown (
    self, "1.jpg 2.jpg 3.jpg 4.jpg 5.jpg 6.jpg 7.jpg 8.jpg 9.jpg 10.jpg "
          "11.jpg 12.jpg gone.jpg");
  gtk_widget_activate_action (GTK_WIDGET (self->pane), "answers.descending", NULL);
  test_ui_answers_rest (self);
  assert_sort (self, "name", TRUE);
  test_ui_answers_assert_shown (
    self, "gone.jpg 12.jpg 11.jpg 10.jpg 9.jpg 8.jpg 7.jpg 6.jpg 5.jpg "
          "4.jpg 3.jpg 2.jpg 1.jpg");

  test_ui_answers_sort (self, "Confidence", GTK_SORT_ASCENDING);
  assert_sort (self, "confidence", FALSE);
  test_ui_answers_sort (self, "Answer", GTK_SORT_DESCENDING);
  assert_sort (self, "answer", TRUE);

  choose_sort (self, "answered");
  assert_sort (self, "answered", TRUE);
  backwards = test_ui_answers_list_shown (self);
  g_assert_cmpstr (backwards, !=, arrived);
  gtk_widget_activate_action (GTK_WIDGET (self->pane), "answers.descending", NULL);
  test_ui_answers_rest (self);
  assert_sort (self, "answered", FALSE);
  test_ui_answers_assert_shown (self, arrived);
}

/* For screen readers, which go from row to row. */
static void
test_names (UiAnswers *self, gconstpointer data)
{
  g_autofree char *name = NULL;
  FocAnswerItem *item;
  GtkWidget *row;

  test_ui_answers_ask (self);
  test_ui_answers_sort (self, "Name", GTK_SORT_ASCENDING);
  item = test_ui_answers_get_row (self, 0);
  row = gtk_widget_get_first_child (foc_answers_pane_get_rows (self->pane));
  name = g_strdup_printf ("1.jpg: %s, %.0f %%", foc_answer_item_get_counted (item),
                          100 * foc_answer_item_get_probability (item));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  foc_answer_item_set_hand_label (item, 1);
  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "1.jpg: a, set by hand");
  row = gtk_widget_get_last_child (foc_answers_pane_get_rows (self->pane));
  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
    "gone.jpg: Not read: it is gone, or this program may not read it");
}

static gboolean
is_narrow (gpointer pane)
{
  return gtk_widget_get_width (pane) <= 360;
}

/* Where there is little room, the confidence stands with the answer. */
static void
test_narrow (UiAnswers *self, gconstpointer data)
{
  GtkWidget *search = test_ui_find (self->pane, GTK_TYPE_SEARCH_ENTRY);
  g_autofree char *alone = NULL;
  g_autofree char *both = NULL;
  graphene_rect_t summary, tool;
  FocAnswerItem *item;

  test_ui_answers_ask (self);
  test_ui_answers_sort (self, "Name", GTK_SORT_ASCENDING);
  item = test_ui_answers_get_row (self, 0);
  alone = g_strdup_printf ("%.0f %%", 100 * foc_answer_item_get_probability (item));
  both = g_strdup_printf ("%s · %s", alone, foc_answer_item_get_counted (item));
  g_assert_true (test_ui_says (self->pane, alone));
  g_assert_false (test_ui_says (self->pane, both));

  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 600);
  test_ui_wait (is_narrow, self->pane);
  test_ui_settle (self->pane);
  g_assert_true (test_ui_says (self->pane, both));
  g_assert_false (test_ui_says (self->pane, alone));
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (self->pane->summary),
                                            GTK_WIDGET (self->pane), &summary));
  g_assert_true (gtk_widget_compute_bounds (search, GTK_WIDGET (self->pane), &tool));
  g_assert_cmpfloat (tool.origin.y, >=, summary.origin.y + summary.size.height);

  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 600);
  test_ui_settle (self->pane);
  g_assert_true (test_ui_says (self->pane, alone));
}

/* What is there stays where it is: rows are only added, behind it. */
static void
test_arrival (UiAnswers *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (FocAnswerItem) third = NULL;

  test_ui_answers_ask (self);
  before = test_ui_answers_list_shown (self);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (self->shown), 2);
  third = g_list_model_get_item (self->shown, 2);
  test_answers_draw (&self->answers, "0.jpg", 3);
  test_answers_begin (&self->answers, "0.jpg", "also-gone.jpg", NULL);
  test_answers_wait (&self->answers);
  test_ui_settle (self->pane);
  after = test_ui_answers_list_shown (self);
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, 15);
  g_assert_true (g_str_has_prefix (after, before));
  g_assert_true (
    gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (self->shown)) == third);

  /* Sorted, each comes to its place. */
  test_ui_answers_sort (self, "Name", GTK_SORT_ASCENDING);
  test_answers_draw (&self->answers, "4b.jpg", 5);
  test_answers_begin (&self->answers, "4b.jpg", NULL);
  test_answers_wait (&self->answers);
  test_ui_settle (self->pane);
  test_ui_answers_assert_shown (
    self, "0.jpg 1.jpg 2.jpg 3.jpg 4.jpg 4b.jpg 5.jpg 6.jpg 7.jpg 8.jpg "
          "9.jpg 10.jpg 11.jpg 12.jpg also-gone.jpg gone.jpg");
}

static void
assert_summary (UiAnswers *self, guint n_b, guint n_a, const char *rest)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (n_b > 0)
    g_string_append_printf (text, "%u b, ", n_b);
  if (n_a > 0)
    g_string_append_printf (text, "%u a, ", n_a);
  g_string_append (text, rest);
  g_assert_true (test_ui_says (self->pane, text->str));
}

static void
test_summary (UiAnswers *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) strict =
    foc_loaded_model_with_threshold (self->answers.model, 1.1);
  g_autoptr (FocAnswerItem) item = NULL;
  guint n_b;

  test_ui_answers_ask (self);
  n_b = get_summary (self)->n_by_class[0];
  assert_summary (self, n_b, 12 - n_b, "1 could not be read");
  item = test_answers_find (&self->answers, "d/3.jpg");
  if (foc_answer_item_get_label (item) == 0)
    n_b--;
  foc_answer_item_set_hand_label (item, 1);
  assert_summary (self, n_b, 12 - n_b, "1 could not be read");
  foc_answer_list_set_model (self->answers.list, strict);
  assert_summary (self, 0, 1, "11 not sure, 1 could not be read");
  g_assert_true (test_ui_says (self->pane, "a, set by hand"));
}

static gboolean
says_shown (UiAnswers *self, const char *text)
{
  return g_str_has_prefix (gtk_label_get_text (self->pane->summary), text);
}

static void
test_n_shown (UiAnswers *self, gconstpointer data)
{
  test_ui_answers_choose (self, UI_FILTER_NOT_READ);
  g_assert_cmpstr (gtk_label_get_text (self->pane->summary), ==, "");
  test_ui_answers_ask (self);
  g_assert_true (says_shown (self, "1 of 13 shown · "));
  test_ui_answers_search (self, "x");
  g_assert_true (says_shown (self, "0 of 13 shown · "));
  test_ui_answers_choose (self, UI_FILTER_ALL);
  test_ui_answers_search (self, "1");
  g_assert_true (says_shown (self, "4 of 13 shown · "));
  test_answers_begin (&self->answers, "1-gone.jpg", NULL);
  test_answers_wait (&self->answers);
  test_ui_answers_rest (self);
  g_assert_true (says_shown (self, "5 of 14 shown · "));
  test_ui_answers_search (self, "");
  g_assert_null (strstr (gtk_label_get_text (self->pane->summary), "shown"));
}

/* Where the new model has such a class. */
static void
test_by_hand_survives (UiAnswers *self, gconstpointer data)
{
  g_autoptr (FocAnswerItem) a = NULL;
  g_autoptr (FocAnswerItem) b = NULL;

  test_ui_answers_ask (self);
  a = test_answers_find (&self->answers, "d/3.jpg");
  b = test_answers_find (&self->answers, "d/4.jpg");
  g_assert_true (foc_answers_pane_set_by_hand (a, 1));
  g_assert_true (foc_answers_pane_set_by_hand (b, 0));
  g_assert_false (foc_answers_pane_set_by_hand (a, 2));
  foc_answer_list_set_model (self->answers.list, self->answers.other);
  foc_answer_list_ask_again (self->answers.list);
  test_answers_wait (&self->answers);
  test_ui_settle (self->pane);
  g_assert_true (test_ui_says (self->pane, "a, set by hand"));
  g_assert_false (test_ui_says (self->pane, "b, set by hand"));
  test_ui_answers_choose (self, UI_FILTER_BY_HAND);
  test_ui_answers_assert_shown (self, "3.jpg");

  /* Even where the picture cannot be read any more. */
  g_assert_no_errno (g_unlink (foc_answer_item_get_path (a)));
  foc_answer_list_set_model (self->answers.list, self->answers.model);
  foc_answer_list_ask_again (self->answers.list);
  test_answers_wait (&self->answers);
  test_ui_answers_rest (self);
  test_ui_answers_assert_shown (self, "3.jpg");
  g_assert_true (test_ui_says (self->pane,
                               "Not read: it is gone, or this program may not "
                               "read it (set by hand: a)"));
}

#define ADD(name, function)                                                              \
  g_test_add ("/answers-pane/" name, UiAnswers, NULL, test_ui_answers_set_up, function,  \
              test_ui_answers_tear_down)

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  ADD ("filters", test_filters);
  ADD ("other-classes", test_other_classes);
  ADD ("search", test_search);
  ADD ("sort", test_sort);
  ADD ("sort-menu", test_sort_menu);
  ADD ("names", test_names);
  ADD ("narrow", test_narrow);
  ADD ("arrival", test_arrival);
  ADD ("summary", test_summary);
  ADD ("n-shown", test_n_shown);
  ADD ("by-hand-survives", test_by_hand_survives);
  return g_test_run ();
}

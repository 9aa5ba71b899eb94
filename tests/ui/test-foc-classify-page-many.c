/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answers-pane.h"
#include "foc-square-view.h"
#include "test-answers.h"
#include "test-catalog.h"
#include "test-folders.h"
#include "test-ui-classify.h"
#include "test-ui.h"

/* Several pictures on the Classify page, and one of them. */

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

static FocAnswerItem *
get_selected (UiClassify *self)
{
  return gtk_single_selection_get_selected_item (
    GTK_SINGLE_SELECTION (gtk_column_view_get_model (get_view (self))));
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

/* The focus is in the row of the item that is selected. */
static void
assert_focus_in_row (UiClassify *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));

  g_assert_true (test_ui_classify_has_focus (self, GTK_TYPE_COLUMN_VIEW));
  g_assert_true (get_selected (self) == NULL
                 || test_ui_says (focus, foc_answer_item_get_name (get_selected (self))));
}

static void
test_several (UiClassify *self, gconstpointer data)
{
  gtk_widget_child_focus (self->window, GTK_DIR_TAB_FORWARD);
  test_ui_classify_add (self, "faces/0.jpg", "comics", "gone.jpg", NULL);
  g_assert_cmpstr (test_ui_classify_get_shown (self), ==, "many");
  test_ui_classify_wait (self, "many");
  g_assert_cmpuint (get_n (self), ==, UI_N_DRAWN + 2);
  test_ui_run (100);
  assert_focus_in_row (self);
}

/* The way there and back, by keys; and another picture meanwhile. */
static void
test_one_of_them (UiClassify *self, gconstpointer data)
{
  FocAnswerItem *first, *second;

  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  first = open_row (self, 4);
  g_assert_true (test_ui_classify_has_focus (self, FOC_TYPE_SQUARE_VIEW));
  g_assert_true (test_ui_classify_type (self, GDK_KEY_Page_Down));
  test_ui_classify_wait (self, "one");
  second = get_selected (self);
  g_assert_true (second != first);
  g_assert_cmpstr (test_ui_classify_get_path (self), ==,
                   foc_answer_item_get_path (second));
  g_assert_true (test_ui_classify_type (self, GDK_KEY_Page_Up));
  g_assert_true (get_selected (self) == first);
  g_signal_emit_by_name (test_ui_find_button (self->page, "Next Picture"), "clicked");
  g_assert_true (get_selected (self) == second);

  test_ui_classify_add (self, "faces/zz.jpg", NULL);
  test_ui_classify_wait (self, "one");
  test_ui_classify_assert_one (self, "zz.jpg");
  g_assert_false (
    gtk_widget_get_mapped (test_ui_find_button (self->page, "Next Picture")));

  g_assert_true (test_ui_classify_type (self, GDK_KEY_Escape));
  test_ui_classify_wait (self, "many");
  g_assert_true (get_selected (self) == second);
  assert_focus_in_row (self);
  g_assert_true (test_ui_classify_type (self, GDK_KEY_space));
  test_ui_classify_wait (self, "one");
  g_assert_cmpstr (test_ui_classify_get_path (self), ==,
                   foc_answer_item_get_path (second));
}

/* At the ends; and across a picture that cannot be read, which keys lead past. */
static void
test_ends (UiClassify *self, gconstpointer data)
{
  GtkWidget *previous = test_ui_find_button (self->page, "Previous Picture");
  GtkWidget *next = test_ui_find_button (self->page, "Next Picture");
  guint n_failed = 0;

  test_ui_classify_add (self, "faces", "notes.txt", NULL);
  test_ui_classify_wait (self, "many");
  open_row (self, 0);
  g_assert_false (gtk_widget_is_sensitive (previous));
  for (guint i = 1; i < get_n (self); i++)
    {
      g_assert_true (gtk_widget_is_sensitive (next));
      g_assert_true (test_ui_classify_type (self, GDK_KEY_Page_Down));
      test_ui_classify_wait (self, "one");
      g_assert_cmpstr (test_ui_classify_get_path (self), ==,
                       foc_answer_item_get_path (get_selected (self)));
      n_failed += foc_examination_get_state (self->examination) == FOC_EXAMINATION_FAILED;
      g_assert_true (test_ui_classify_has_focus (self, FOC_TYPE_CLASSIFY_PAGE));
    }
  g_assert_cmpuint (n_failed, ==, 2);
  g_assert_false (gtk_widget_is_sensitive (next));
  g_assert_true (gtk_widget_is_sensitive (previous));
}

#define N_BEFORE 400
#define N_AFTER 100

/* None of them is there. Free with g_strfreev(). */
static GStrv
make_paths (UiClassify *self, const char *letter, guint n)
{
  GStrv paths = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%u.jpg", letter, i);

      paths[i] = test_path (self->data.root, name);
    }
  return paths;
}

static guint
get_n_shown (gpointer fixture)
{
  return g_list_model_get_n_items (
    G_LIST_MODEL (gtk_column_view_get_model (get_view (fixture))));
}

static gboolean
shows_before (gpointer fixture)
{
  return get_n_shown (fixture) == N_BEFORE;
}

static gboolean
shows_all (gpointer fixture)
{
  return get_n_shown (fixture) == N_BEFORE + N_AFTER;
}

static gboolean
shows_one (gpointer fixture)
{
  return get_n_shown (fixture) == 1;
}

/* What is next goes by what is shown, which follows the answers some moments later. */
static void
test_next_follows (UiClassify *self, gconstpointer data)
{
  GtkWidget *previous = test_ui_find_button (self->page, "Previous Picture");
  GtkWidget *next = test_ui_find_button (self->page, "Next Picture");
  GtkWidget *search = test_ui_find (self->page, GTK_TYPE_SEARCH_ENTRY);
  g_auto (GStrv) before = make_paths (self, "a", N_BEFORE - 1);
  g_auto (GStrv) after = make_paths (self, "b", N_AFTER);

  gtk_widget_activate_action (GTK_WIDGET (get_pane (self)), "answers.sort", "s", "name");
  test_ui_classify_add (self, "a", "a", NULL);
  foc_answer_list_add (self->answers, (const char *const *) before, N_BEFORE - 1);
  test_ui_classify_wait (self, "many");
  test_ui_wait (shows_before, self);
  open_row (self, N_BEFORE - 1);
  g_assert_false (gtk_widget_is_sensitive (next));
  foc_answer_list_add (self->answers, (const char *const *) after, N_AFTER);
  test_ui_wait (shows_all, self);
  g_assert_true (gtk_widget_is_sensitive (next));

  gtk_editable_set_text (GTK_EDITABLE (search), "a-398");
  g_signal_emit_by_name (search, "search-changed");
  test_ui_wait (shows_one, self);
  test_ui_settle (self->page);
  g_assert_false (gtk_widget_is_sensitive (next));
  g_assert_false (gtk_widget_is_sensitive (previous));
}

/* In both views. */
static void
test_by_hand (UiClassify *self, gconstpointer data)
{
  FocAnswerItem *item;

  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  item = open_row (self, 3);
  g_assert_true (test_ui_says (self->page, "Keys: 1 comics · 2 faces"));
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, -1);
  g_assert_true (test_ui_classify_type (self, GDK_KEY_1));
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, 0);
  g_assert_true (test_ui_says (self->page, "Set by hand: comics"));
  g_assert_true (test_ui_classify_type (self, GDK_KEY_KP_2));
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, 1);
  g_assert_true (test_ui_says (self->page, "Set by hand: faces"));
  g_assert_false (test_ui_classify_type (self, GDK_KEY_3)); /* there is no such class */
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, 1);
  g_assert_false (test_ui_type (self->window, GDK_KEY_1, GDK_CONTROL_MASK)); /* a page */
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, 1);
  g_assert_true (test_ui_classify_type (self, GDK_KEY_0));
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, -1);
  g_assert_false (test_ui_says (self->page, "Set by hand: faces"));

  g_assert_true (test_ui_classify_type (self, GDK_KEY_Escape));
  test_ui_classify_wait (self, "many");
  g_assert_true (test_ui_classify_type (self, GDK_KEY_2));
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, 1);
  g_assert_true (test_ui_says (self->page, "faces, set by hand"));
  g_assert_true (test_ui_classify_type (self, GDK_KEY_KP_0));
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, -1);
  g_assert_false (test_ui_says (self->page, "faces, set by hand"));
}

/* Keys that are quicker than the next picture are not about it. */
static void
test_by_hand_unseen (UiClassify *self, gconstpointer data)
{
  FocAnswerItem *first, *second;

  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  first = open_row (self, 3);
  test_answers_hold ();
  g_assert_true (test_ui_classify_type (self, GDK_KEY_Page_Down));
  second = get_selected (self);
  g_assert_cmpint (foc_examination_get_state (self->examination), ==,
                   FOC_EXAMINATION_LOADING);
  g_assert_false (test_ui_classify_type (self, GDK_KEY_1));
  g_assert_cmpint (foc_answer_item_get_hand_label (second), ==, -1);
  test_answers_let_go ();
  test_ui_classify_wait (self, "one");
  g_assert_true (test_ui_classify_type (self, GDK_KEY_1));
  g_assert_cmpint (foc_answer_item_get_hand_label (second), ==, 0);
  test_answers_hold ();
  g_assert_true (test_ui_classify_type (self, GDK_KEY_Page_Up));
  g_assert_true (test_ui_classify_type (self, GDK_KEY_Page_Down));
  g_assert_false (test_ui_classify_type (self, GDK_KEY_BackSpace));
  g_assert_cmpint (foc_answer_item_get_hand_label (second), ==, 0);
  g_assert_cmpint (foc_answer_item_get_hand_label (first), ==, -1);
  test_answers_let_go ();
  test_ui_classify_wait (self, "one");
}

static GtkRevealer *
find_strip (UiClassify *self)
{
  return GTK_REVEALER (gtk_widget_get_ancestor (
    test_ui_find_button (self->page, "Ask _Again"), GTK_TYPE_REVEALER));
}

static gboolean
is_stale (UiClassify *self)
{
  return gtk_revealer_get_reveal_child (find_strip (self));
}

static void
test_model (UiClassify *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) other = test_model_new ("cat dog", 1);
  g_autoptr (FocAnswerItem) item = NULL;

  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  item = g_list_model_get_item (G_LIST_MODEL (self->answers), 0);
  g_assert_false (is_stale (self));

  foc_session_use_model (self->data.session, other);
  g_assert_true (is_stale (self));
  g_assert_true (foc_answer_item_get_model (item) != other);
  test_ui_classify_add (self, "faces/0.jpg", NULL); /* which the other one answers */
  test_ui_classify_wait (self, "one");
  g_assert_false (is_stale (self));
  g_assert_true (test_ui_classify_type (self, GDK_KEY_Escape));
  g_assert_true (is_stale (self));
  g_signal_emit_by_name (test_ui_find_button (self->page, "Ask _Again"), "clicked");
  test_ui_classify_wait (self, "many");
  g_assert_false (is_stale (self));
  g_assert_true (foc_answer_item_get_model (item) == other);
  g_assert_cmpuint (get_n (self), ==, UI_N_DRAWN);
}

/* What is added is seen, whatever was searched for before. */
static void
test_added_is_seen (UiClassify *self, gconstpointer data)
{
  GtkWidget *search = test_ui_find (self->page, GTK_TYPE_SEARCH_ENTRY);
  GtkDropDown *filter = test_ui_find (self->page, GTK_TYPE_DROP_DOWN);
  GtkColumnView *view = test_ui_find (self->page, GTK_TYPE_COLUMN_VIEW);
  GListModel *shown = G_LIST_MODEL (gtk_column_view_get_model (view));

  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  gtk_editable_set_text (GTK_EDITABLE (search), "none");
  g_signal_emit_by_name (search, "search-changed");
  gtk_drop_down_set_selected (filter, 1);
  test_ui_settle (self->page);
  g_assert_cmpuint (g_list_model_get_n_items (shown), ==, 0);

  test_ui_classify_add (self, "faces/0.jpg", "comics/0.jpg", NULL);
  test_ui_classify_wait (self, "many");
  test_ui_settle (self->page);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
  g_assert_cmpuint (gtk_drop_down_get_selected (filter), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (shown), ==, UI_N_DRAWN + 1);
}

/* Where there is nothing to ask again, the strip would be a nuisance. */
static void
test_threshold (UiClassify *self, gconstpointer data)
{
  const FocAnswerSummary *summary;

  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  foc_session_set_threshold (self->data.session, 1);
  g_assert_false (is_stale (self));
  g_assert_null (foc_answer_list_get_job (self->answers));
  summary = foc_answer_list_get_summary (self->answers);
  g_assert_cmpuint (summary->n_not_sure, >, 0);
  {
    g_autofree char *words = g_strdup_printf ("%u not sure", summary->n_not_sure);

    g_assert_true (test_ui_says (self->page, words));
  }
  foc_session_set_threshold (self->data.session, 0);
  g_assert_false (is_stale (self));
  g_assert_false (test_ui_says (self->page, "12 not sure"));
}

static void
test_no_pictures (UiClassify *self, gconstpointer data)
{
  GtkWidget *open = test_ui_find_button (self->page, "_Open Pictures…");

  test_add_folder (self->data.faces, "none");
  gtk_widget_grab_focus (open);
  test_ui_classify_add (self, "none", NULL);
  test_ui_classify_wait_for_toast (self, "There is no picture in the folder “none”.");
  test_ui_classify_wait (self, "empty");
  g_assert_true (gtk_widget_is_focus (open));

  /* Beside others, it is no reason to leave these. */
  test_ui_classify_add (self, "comics", NULL);
  test_ui_classify_wait (self, "many");
  test_ui_classify_add (self, "none", NULL);
  test_ui_run (200);
  test_ui_classify_wait (self, "many");
  g_assert_cmpuint (get_n (self), ==, UI_N_DRAWN);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/classify-page/many/" name, UiClassify, NULL, test_ui_classify_set_up,    \
              function, test_ui_classify_tear_down)
  ADD ("several", test_several);
  ADD ("one-of-them", test_one_of_them);
  ADD ("ends", test_ends);
  ADD ("next-follows", test_next_follows);
  ADD ("by-hand", test_by_hand);
  ADD ("by-hand-unseen", test_by_hand_unseen);
  ADD ("model", test_model);
  ADD ("added-is-seen", test_added_is_seen);
  ADD ("threshold", test_threshold);
  ADD ("no-pictures", test_no_pictures);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answers-pane-private.h"
#include "test-folders.h"
#include "test-ui-answers.h"
#include "test-ui.h"

/* What is done with the list: by keys, and by the actions of its menu; and with many. */

static gboolean
is_focus_in (UiAnswers *self, GType type)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));
  GtkWidget *widget = test_ui_find (self->pane, type);

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

/* By keys, which must not be in the way of who types a name. */
static void
test_keys (UiAnswers *self, gconstpointer data)
{
  FocAnswerItem *item;

  test_ui_answers_ask (self);
  gtk_widget_grab_focus (test_ui_find (self->pane, GTK_TYPE_SEARCH_ENTRY));
  g_assert_false (test_ui_type (self->window, GDK_KEY_1, 0));
  test_ui_type (self->window, GDK_KEY_space, 0);
  g_assert_null (self->opened);

  test_ui_answers_sort (self, "Name", GTK_SORT_ASCENDING);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (self->shown), 7);
  foc_answers_pane_focus (self->pane);
  g_assert_true (is_focus_in (self, GTK_TYPE_COLUMN_VIEW));
  g_assert_true (test_ui_says (gtk_root_get_focus (GTK_ROOT (self->window)), "8.jpg"));
  item = test_ui_answers_get_row (self, 7);
  g_assert_true (test_ui_type (self->window, GDK_KEY_2, 0));
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, 1);
  g_assert_true (test_ui_type (self->window, GDK_KEY_BackSpace, 0));
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, -1);
  g_assert_true (test_ui_type (self->window, GDK_KEY_space, 0));
  g_assert_cmpstr (self->opened, ==, "8.jpg");

  /* What could not be read has no class. */
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (self->shown), 12);
  g_assert_false (test_ui_type (self->window, GDK_KEY_1, 0));
}

static void
test_search_keys (UiAnswers *self, gconstpointer data)
{
  GtkEditable *search = test_ui_find (self->pane, GTK_TYPE_SEARCH_ENTRY);

  test_ui_answers_ask (self);
  foc_answers_pane_focus (self->pane);
  g_assert_true (test_ui_type (self->window, GDK_KEY_f, GDK_CONTROL_MASK));
  g_assert_true (is_focus_in (self, GTK_TYPE_SEARCH_ENTRY));
  test_ui_answers_search (self, "8");
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, 1);

  g_assert_true (test_ui_type (self->window, GDK_KEY_Escape, 0));
  test_ui_answers_rest (self);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, 13);
  g_assert_true (is_focus_in (self, GTK_TYPE_COLUMN_VIEW));
}

static void
assert_focus_in_row (UiAnswers *self, const char *name)
{
  g_assert_true (is_focus_in (self, GTK_TYPE_COLUMN_VIEW));
  g_assert_true (test_ui_says (gtk_root_get_focus (GTK_ROOT (self->window)), name));
}

/* By the key, from where the focus is. */
static void
assert_leads_to (UiAnswers *self, guint key, const char *name)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (self->shown);

  g_assert_true (test_ui_type (self->window, key, 0));
  test_ui_settle (self->pane);
  g_assert_cmpstr (
    foc_answer_item_get_name (gtk_single_selection_get_selected_item (selection)), ==,
    name);
  assert_focus_in_row (self, name);
}

/* Where rows change places, the keys go on from the one that is selected. */
static void
test_focus (UiAnswers *self, gconstpointer data)
{
  test_ui_answers_ask (self);
  test_ui_answers_sort (self, "Name", GTK_SORT_ASCENDING);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (self->shown), 1);
  foc_answers_pane_focus (self->pane);
  assert_focus_in_row (self, "2.jpg");
  test_ui_answers_sort (self, "Name", GTK_SORT_DESCENDING);
  assert_focus_in_row (self, "2.jpg");
  assert_leads_to (self, GDK_KEY_Down, "1.jpg");
  test_ui_answers_search (self, "1");
  assert_focus_in_row (self, "1.jpg");
  assert_leads_to (self, GDK_KEY_Up, "10.jpg");

  /* It is not taken from elsewhere, but comes back to there. */
  gtk_widget_grab_focus (test_ui_find (self->pane, GTK_TYPE_SEARCH_ENTRY));
  test_ui_answers_search (self, "");
  test_ui_answers_sort (self, "Name", GTK_SORT_ASCENDING);
  g_assert_true (is_focus_in (self, GTK_TYPE_SEARCH_ENTRY));
  gtk_widget_grab_focus (foc_answers_pane_get_rows (self->pane));
  assert_focus_in_row (self, "10.jpg");
  assert_leads_to (self, GDK_KEY_Down, "11.jpg");
}

/* Of the rows that are in sight: the others are not mapped. */
static gboolean
has_thumbnails (gpointer data)
{
  UiAnswers *self = data;
  g_autoptr (GPtrArray) views = test_ui_list (self->pane, FOC_TYPE_THUMBNAIL_VIEW);
  guint n = 0;

  for (guint i = 0; i < views->len; i++)
    {
      if (gtk_widget_get_mapped (views->pdata[i])
          && !foc_thumbnail_view_is_loaded (views->pdata[i]))
        return FALSE;
      n += foc_thumbnail_view_is_loaded (views->pdata[i]);
    }
  return n > 0;
}

/* None are made for the rows out of sight, of which GTK makes many. */
static void
test_thumbnails (UiAnswers *self, gconstpointer data)
{
  const guint n_in_sight = 600 / 48 + 1;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("d/%u.jpg", i);

      test_answers_draw (&self->answers, name, i);
    }
  test_answers_begin (&self->answers, "d", NULL);
  test_answers_wait (&self->answers);
  test_ui_settle (self->pane);
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, 100);
  test_ui_wait (has_thumbnails, self);
  g_assert_cmpuint (foc_thumbnailer_get_n_decoded (self->pane->thumbnailer), <=,
                    n_in_sight);

  test_ui_answers_sort (self, "Name", GTK_SORT_DESCENDING);
  test_ui_wait (has_thumbnails, self);
  g_assert_cmpuint (foc_thumbnailer_get_n_decoded (self->pane->thumbnailer), <=,
                    2 * n_in_sight);
}

static void
test_step (UiAnswers *self, gconstpointer data)
{
  FocAnswerItem *item;
  g_autoptr (FocAnswerItem) next = NULL;
  g_autoptr (FocAnswerItem) hidden = NULL;

  test_ui_answers_ask (self);
  test_ui_answers_sort (self, "Name", GTK_SORT_DESCENDING);
  test_ui_answers_search (self, "1");
  test_ui_answers_assert_shown (self, "12.jpg 11.jpg 10.jpg 1.jpg");
  item = test_ui_answers_get_row (self, 2);
  next = foc_answers_pane_step (self->pane, item, 1);
  g_assert_cmpstr (foc_answer_item_get_name (next), ==, "1.jpg");
  g_assert_true (
    gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (self->shown)) == next);
  g_assert_false (foc_answers_pane_can_step (self->pane, next, 1));
  g_assert_null (foc_answers_pane_step (self->pane, next, 1));
  g_assert_true (foc_answers_pane_can_step (self->pane, next, -3));
  g_assert_false (foc_answers_pane_can_step (self->pane, next, -4));
  hidden = test_answers_find (&self->answers, "d/2.jpg");
  g_assert_null (foc_answers_pane_step (self->pane, hidden, 1));
}

static void
activate (UiAnswers *self, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->pane), action, NULL));
}

/* As a button sees it. */
static gboolean
is_enabled (UiAnswers *self, const char *action)
{
  GtkWidget *button = gtk_button_new ();
  GtkBox *box = GTK_BOX (gtk_widget_get_first_child (GTK_WIDGET (self->pane)));
  gboolean enabled;

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (box, button);
  enabled = gtk_widget_get_sensitive (button);
  gtk_box_remove (box, button);
  return enabled;
}

static void
test_clear (UiAnswers *self, gconstpointer data)
{
  g_assert_false (is_enabled (self, "answers.clear"));
  g_assert_false (is_enabled (self, "answers.export"));
  g_assert_false (is_enabled (self, "answers.copy"));
  test_ui_answers_ask (self);
  g_assert_true (is_enabled (self, "answers.clear"));
  g_assert_true (is_enabled (self, "answers.export"));
  g_assert_true (is_enabled (self, "answers.copy"));
  activate (self, "answers.clear");
  test_ui_answers_rest (self);
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, 0);
  g_assert_false (test_ui_answers_says_none (self));
  g_assert_false (is_enabled (self, "answers.clear"));

  /* Nothing could be read: there is nothing to copy. */
  test_answers_begin (&self->answers, "gone.jpg", NULL);
  test_answers_wait (&self->answers);
  g_assert_false (is_enabled (self, "answers.copy"));
  g_assert_true (is_enabled (self, "answers.clear"));
}

/* How many rows say what was set by hand, read by another program; CSV itself is tested with
 * foc-answer-export. */
static char *
count_by_hand (const char *path)
{
  const char *const argv[] = {
    "python3", "-c",
    "import csv, sys\n"
    "rows = list(csv.DictReader(open(sys.argv[1], encoding='utf-8', newline='')))\n"
    "print(len(rows), *[r['set_by_hand'] for r in rows if r['set_by_hand']], end='')",
    path, NULL
  };
  char *out = NULL;
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL,
                               NULL, &out, NULL, &status, NULL));
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  return out;
}

static void
on_said (FocAnswersPane *pane, const char *message, gboolean failed, char **said)
{
  g_assert_null (*said);
  *said = g_strdup_printf ("%d %s", failed, message);
}

static gboolean
is_said (gpointer said)
{
  return *(char **) said != NULL;
}

static void
test_export (UiAnswers *self, gconstpointer data)
{
  g_autofree char *path = test_path (self->answers.root, "answers.csv");
  g_autofree char *counted = NULL;
  g_autofree char *said = NULL;
  g_autoptr (FocAnswerItem) item = NULL;

  test_ui_answers_ask (self);
  item = test_answers_find (&self->answers, "d/3.jpg");
  foc_answer_item_set_hand_label (item, 1);
  /* All are written, whatever is shown. */
  test_ui_answers_choose (self, UI_FILTER_NOT_READ);
  g_signal_connect (self->pane, "said", G_CALLBACK (on_said), &said);
  foc_answers_pane_export (self->pane, path);
  test_ui_wait (is_said, &said);
  g_assert_cmpstr (said, ==,
                   "0 13 answers were exported as “answers.csv”. "
                   "That goes for all answers, not only the 1 shown.");
  counted = count_by_hand (path);
  g_assert_cmpstr (counted, ==, "13 a");

  g_clear_pointer (&said, g_free);
  foc_answers_pane_export (self->pane, self->answers.root);
  test_ui_wait (is_said, &said);
  g_assert_true (g_str_has_prefix (said, "1 "));
}

static void
on_exporting (FocAnswersPane *pane, FocJob *job, guint *n)
{
  ++*n;
}

/* Its bar is that of one: who chose where to meanwhile is late. */
static void
test_export_once (UiAnswers *self, gconstpointer data)
{
  g_autofree char *path = test_path (self->answers.root, "answers.csv");
  g_autofree char *late = test_path (self->answers.root, "late.csv");
  g_autofree char *said = NULL;
  guint n = 0;

  test_ui_answers_ask (self);
  g_signal_connect (self->pane, "said", G_CALLBACK (on_said), &said);
  g_signal_connect (self->pane, "exporting", G_CALLBACK (on_exporting), &n);
  foc_answers_pane_export (self->pane, path);
  g_assert_false (is_enabled (self, "answers.export"));
  foc_answers_pane_export (self->pane, late);
  test_ui_wait (is_said, &said);
  g_assert_true (foc_job_wait_for_workers (20000));
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (g_file_test (late, G_FILE_TEST_EXISTS));
  g_assert_true (is_enabled (self, "answers.export"));
}

static void
on_copying (FocAnswersPane *pane, FocAnswerCopy *copy, guint *n)
{
  g_assert_true (FOC_IS_ANSWER_COPY (copy));
  g_assert_nonnull (foc_answer_copy_get_job (copy));
  g_object_set_data_full (G_OBJECT (pane), "copy", g_object_ref (copy), g_object_unref);
  (*n)++;
}

static gboolean
is_at_rest (gpointer copy)
{
  return foc_answer_copy_get_job (copy) == NULL;
}

/* One at a time; that it is undone is no copy more. */
static void
test_copy (UiAnswers *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->answers.root, "copies");
  FocAnswerCopy *copy;
  guint n = 0;

  test_ui_answers_ask (self);
  g_signal_connect (self->pane, "copying", G_CALLBACK (on_copying), &n);
  foc_answers_pane_copy (self->pane, folder);
  g_assert_false (is_enabled (self, "answers.copy"));
  copy = g_object_get_data (G_OBJECT (self->pane), "copy");
  test_ui_wait (is_at_rest, copy);
  g_assert_true (is_enabled (self, "answers.copy"));
  g_assert_cmpuint (foc_answer_copy_get_counts (copy).n_copied, ==, 12);
  foc_answer_copy_undo (copy);
  test_ui_wait (is_at_rest, copy);
  g_assert_cmpuint (foc_answer_copy_get_counts (copy).n_removed, ==, 12);
  g_assert_cmpuint (n, ==, 1);
}

static guint
count_problems (UiAnswers *self)
{
  g_autoptr (GPtrArray) views = test_ui_list (self->pane, FOC_TYPE_THUMBNAIL_VIEW);
  guint n = 0;

  for (guint i = 0; i < views->len; i++)
    n += gtk_widget_has_css_class (views->pdata[i], "problem");
  return n;
}

/* What could not be read can be read now. */
static void
test_mended (UiAnswers *self, gconstpointer data)
{
  test_ui_answers_ask (self);
  g_assert_cmpuint (count_problems (self), ==, 1);
  test_answers_draw (&self->answers, "gone.jpg", 3);
  foc_answer_list_ask_again (self->answers.list);
  test_answers_wait (&self->answers);
  test_ui_settle (self->pane);
  g_assert_cmpuint (count_problems (self), ==, 0);
  g_assert_cmpuint (foc_answer_list_get_summary (self->answers.list)->n_failed, ==, 0);
}

#define N_MANY 10000

/* It has few widgets, and a thread looks for what is wanted. */
static void
test_many (UiAnswers *self, gconstpointer data)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (FocAnswerItem) after = NULL;

  for (guint i = 0; i < N_MANY; i++)
    g_ptr_array_add (names, g_strdup_printf ("%s/gone-%u.jpg", self->answers.root, i));
  foc_answer_list_add (self->answers.list, (const char *const *) names->pdata, N_MANY);
  test_answers_wait (&self->answers);
  test_ui_settle (self->pane);
  g_assert_cmpuint (test_ui_answers_get_n (self), ==, N_MANY);
  rows = test_ui_list (self->pane, FOC_TYPE_THUMBNAIL_VIEW);
  g_assert_cmpuint (rows->len, >, 0);
  g_assert_cmpuint (rows->len, <, 300);

  /* They were added in order, and answered in nearly that. */
  after = g_list_model_get_item (self->shown, 6);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (self->shown), 5);
  foc_answers_pane_focus (self->pane);
  g_object_set (self->pane, "descending", TRUE, NULL);
  test_ui_answers_rest (self);
  assert_leads_to (self, GDK_KEY_Up, foc_answer_item_get_name (after));

  gtk_editable_set_text (test_ui_find (self->pane, GTK_TYPE_SEARCH_ENTRY), "-9999.");
  g_signal_emit_by_name (test_ui_find (self->pane, GTK_TYPE_SEARCH_ENTRY),
                         "search-changed");
  g_assert_true (foc_shown_answers_is_pending (self->pane->shown));
  test_ui_settle (self->pane);
  test_ui_answers_rest (self);
  test_ui_answers_assert_shown (self, "gone-9999.jpg");
  test_ui_answers_search (self, "no such name");
  g_assert_true (test_ui_answers_says_none (self));
}

#define ADD(name, function)                                                              \
  g_test_add ("/answers-pane/" name, UiAnswers, NULL, test_ui_answers_set_up, function,  \
              test_ui_answers_tear_down)

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  ADD ("keys", test_keys);
  ADD ("search-keys", test_search_keys);
  ADD ("focus", test_focus);
  ADD ("thumbnails", test_thumbnails);
  ADD ("step", test_step);
  ADD ("clear", test_clear);
  ADD ("export", test_export);
  ADD ("export-once", test_export_once);
  ADD ("copy", test_copy);
  ADD ("mended", test_mended);
  ADD ("many", test_many);
  return g_test_run ();
}

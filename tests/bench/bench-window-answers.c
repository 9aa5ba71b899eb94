/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-window answers N: what the list of answers does with N pictures, which are missing, so
 * that they are answered at once. Told are, for each thing that is done with the list, the
 * longest delay of the main loop in milliseconds from then until it is at rest again, and
 * the most that the main thread has worked between two beats. */

#include "config.h"

#include "bench-window.h"

#include "foc-answers-pane.h"

#include <stdlib.h>

#define REST 2000 /* milliseconds */

static guint step;

static gpointer
find (gpointer root, GType type)
{
  gpointer found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static FocAnswersPane *
get_pane (Bench *self)
{
  return find (self->window->classify_page, FOC_TYPE_ANSWERS_PANE);
}

static void
sort (Bench *self, const char *title, GtkSortType direction)
{
  GtkColumnView *view = find (get_pane (self), GTK_TYPE_COLUMN_VIEW);
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_title (column), title) == 0)
        gtk_column_view_sort_by_column (view, column, direction);
    }
}

static void
sort_by_name (Bench *self)
{
  sort (self, "Name", GTK_SORT_DESCENDING);
}

static void
sort_by_confidence (Bench *self)
{
  sort (self, "Confidence", GTK_SORT_ASCENDING);
}

static void
filter (Bench *self)
{
  gtk_drop_down_set_selected (find (get_pane (self), GTK_TYPE_DROP_DOWN), 2);
}

static void
search (Bench *self)
{
  GtkWidget *entry = find (get_pane (self), GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), "9");
  g_signal_emit_by_name (entry, "search-changed");
}

/* From the last one, which is not selected. */
static void
go (Bench *self)
{
  GtkColumnView *view = find (get_pane (self), GTK_TYPE_COLUMN_VIEW);
  GListModel *shown = G_LIST_MODEL (gtk_column_view_get_model (view));
  g_autoptr (FocAnswerItem) last =
    g_list_model_get_item (shown, g_list_model_get_n_items (shown) - 1);
  g_autoptr (FocAnswerItem) previous = NULL;

  g_assert (foc_answers_pane_can_step (get_pane (self), last, -1));
  previous = foc_answers_pane_step (get_pane (self), last, -1);
  g_assert (previous != NULL);
}

static void
clear (Bench *self)
{
  gtk_widget_activate_action (GTK_WIDGET (get_pane (self)), "answers.clear", NULL);
}

static const struct
{
  const char *name;
  void (*act) (Bench *self);
} steps[] = {
  { "sort-by-name", sort_by_name },
  { "sort-by-confidence", sort_by_confidence },
  { "filter", filter },
  { "search", search },
  { "step", go },
  { "clear", clear },
};

static double
get_longest (GArray *values)
{
  double longest = 0;

  for (guint i = 0; i < values->len; i++)
    longest = MAX (longest, g_array_index (values, double, i));
  return longest;
}

static gboolean
go_on (gpointer user_data)
{
  Bench *self = user_data;

  bench_beat (self);
  if (step > 0)
    {
      g_autofree char *work = g_strdup_printf ("%s-work", steps[step - 1].name);

      bench_tell (steps[step - 1].name, MAX (get_longest (self->gaps) - HEARTBEAT, 0));
      bench_tell (work, get_longest (self->work));
    }
  if (step == G_N_ELEMENTS (steps))
    {
      bench_finish (self);
      return G_SOURCE_REMOVE;
    }

  g_array_set_size (self->gaps, 0);
  g_array_set_size (self->work, 0);
  steps[step++].act (self);
  return G_SOURCE_CONTINUE;
}

static void
on_job (Bench *self)
{
  FocAnswerList *answers = foc_classify_page_get_answers (self->window->classify_page);

  if (foc_answer_list_get_job (answers) == NULL && step == 0)
    g_timeout_add (REST, go_on, self);
}

gboolean
bench_answers (gpointer user_data)
{
  Bench *self = user_data;
  FocAnswerList *answers;
  guint n = (guint) atoi (self->dataset);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/nowhere/picture %u.jpg", i);

      g_ptr_array_add (files, g_file_new_for_path (path));
    }
  foc_window_set_page (self->window, "classify");
  answers = foc_classify_page_get_answers (self->window->classify_page);
  g_signal_connect_swapped (answers, "notify::job", G_CALLBACK (on_job), self);
  g_timeout_add (HEARTBEAT, bench_beat, self);
  foc_classify_page_add_files (self->window->classify_page, (GFile **) files->pdata, n);
  return G_SOURCE_REMOVE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-ui-answers.h"

#include "foc-answers-pane-private.h"
#include "test-folders.h"
#include "test-ui.h"

static void
on_open (UiAnswers *self, FocAnswerItem *item)
{
  g_free (self->opened);
  self->opened = g_strdup (foc_answer_item_get_name (item));
}

void
test_ui_answers_set_up (UiAnswers *self, gconstpointer data)
{
  test_answers_set_up (&self->answers, data);
  self->pane = g_object_new (FOC_TYPE_ANSWERS_PANE, NULL);
  foc_answers_pane_set_answers (self->pane, self->answers.list);
  g_signal_connect_swapped (self->pane, "open", G_CALLBACK (on_open), self);
  self->window = test_ui_show (GTK_WIDGET (self->pane), 900, 600);
  self->shown = G_LIST_MODEL (
    gtk_column_view_get_model (test_ui_find (self->pane, GTK_TYPE_COLUMN_VIEW)));
}

/* All that is in it is freed with it. */
void
test_ui_answers_tear_down (UiAnswers *self, gconstpointer data)
{
  g_object_ref (self->pane);
  test_ui_destroy (self->window);
  test_ui_finalize (self->pane);
  g_free (self->opened);
  test_answers_tear_down (&self->answers, data);
}

void
test_ui_answers_ask (UiAnswers *self)
{
  for (guint i = 1; i <= 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("d/%u.jpg", i);

      test_answers_draw (&self->answers, name, i);
    }
  test_answers_begin (&self->answers, "d", "gone.jpg", NULL);
  test_answers_wait (&self->answers);
  test_ui_settle (self->pane);
}

guint
test_ui_answers_get_n (UiAnswers *self)
{
  return g_list_model_get_n_items (self->shown);
}

FocAnswerItem *
test_ui_answers_get_row (UiAnswers *self, guint position)
{
  g_autoptr (FocAnswerItem) item = g_list_model_get_item (self->shown, position);

  g_assert_nonnull (item);
  return item; /* a row of the view has it, as long as there are few */
}

char *
test_ui_answers_list_shown (UiAnswers *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < test_ui_answers_get_n (self); i++)
    {
      g_autoptr (FocAnswerItem) item = g_list_model_get_item (self->shown, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                              foc_answer_item_get_name (item));
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

void
test_ui_answers_assert_shown (UiAnswers *self, const char *expected)
{
  g_autofree char *names = test_ui_answers_list_shown (self);

  g_assert_cmpstr (names, ==, expected);
}

static gboolean
is_at_rest (gpointer pane)
{
  return !foc_shown_answers_is_pending (FOC_ANSWERS_PANE (pane)->shown);
}

void
test_ui_answers_rest (UiAnswers *self)
{
  test_ui_wait (is_at_rest, self->pane);
  test_ui_settle (self->pane);
}

void
test_ui_answers_choose (UiAnswers *self, guint filter)
{
  gtk_drop_down_set_selected (test_ui_find (self->pane, GTK_TYPE_DROP_DOWN), filter);
  test_ui_answers_rest (self);
}

void
test_ui_answers_search (UiAnswers *self, const char *text)
{
  GtkEditable *entry = test_ui_find (self->pane, GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (entry, text);
  g_signal_emit_by_name (entry, "search-changed");
  test_ui_answers_rest (self);
}

gboolean
test_ui_answers_says_none (UiAnswers *self)
{
  return test_ui_says (self->pane, "No Such Picture");
}

void
test_ui_answers_sort (UiAnswers *self, const char *column, GtkSortType direction)
{
  GtkColumnView *view = test_ui_find (self->pane, GTK_TYPE_COLUMN_VIEW);
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) one = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_title (one), column) == 0)
        gtk_column_view_sort_by_column (view, one, direction);
    }
  test_ui_answers_rest (self);
}

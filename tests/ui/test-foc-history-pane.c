/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-run-row.h"
#include "test-folders.h"
#include "test-ui-history.h"
#include "test-ui-window.h"
#include "test-ui.h"

static void
test_empty (UiHistory *self, gconstpointer data)
{
  g_assert_true (test_ui_says (self->window, "No Runs Yet"));
  test_ui_history_begin (self);
  g_assert_true (test_ui_says (self->window, "No Runs Yet"));
  test_ui_history_assert_enabled (self, "");
}

static gboolean
has_three (gpointer fixture)
{
  return test_ui_history_count (fixture) == 3;
}

static void
test_rows (UiHistory *self, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  FocRunItem *item;

  test_add_file (self->folder, "broken/run.json", "{", 1);
  test_ui_history_begin_with_three (self);
  g_assert_cmpuint (test_ui_history_count (self), ==, 4);
  g_assert_false (test_ui_says (self->window, "No Runs Yet"));
  g_assert_true (test_ui_says (self->window, "the one, “named”"));
  g_assert_true (test_ui_says (self->window,
                               "Validation\u00a00.980, loss\u00a00.000 · "
                               "Holdout\u00a00.500 · looked\u00a0at\u00a02\u00a0times"));
  g_assert_true (test_ui_says (self->window, "pictures · Without a final model"));
  g_assert_true (test_ui_says (self->window, "pictures · Interrupted"));
  g_assert_true (test_ui_says (self->window, "Damaged"));

  rows = test_ui_list (self->pane, FOC_TYPE_RUN_ROW);
  g_assert_cmpuint (rows->len, >=, 4);
  item = foc_run_row_get_item (rows->pdata[0]);
  g_assert_true (test_ui_says (rows->pdata[0], foc_run_item_get_problem (item)));
}

/* What the holdout set says, in each state. */
static void
test_holdout (UiHistory *self, gconstpointer data)
{
  test_ui_history_add_run (self, "a", 9, TEST_RUN_TRAINED);
  test_ui_history_add_run (self, "b", 10, TEST_RUN_LOOKED);
  test_ui_history_begin (self);
  g_assert_true (test_ui_says (
    self->window, "Validation\u00a00.980, loss\u00a00.000 · Holdout\u00a0sealed"));
  g_assert_true (test_ui_says (
    self->window, "Validation\u00a00.980, loss\u00a00.000 · Holdout\u00a0looked\u00a0at, "
                  "without\u00a0a\u00a0result"));
}

static void
test_follows (UiHistory *self, gconstpointer data)
{
  test_ui_history_begin (self);
  test_ui_history_add_run (self, "a", 9, TEST_RUN_BEGUN);
  test_ui_history_add_run (self, "b", 10, TEST_RUN_BEGUN);
  test_ui_history_add_run (self, "c", 11, TEST_RUN_BEGUN);
  test_ui_wait (has_three, self);
  test_ui_settle (self->pane);
  g_assert_true (test_ui_says (self->window, "pictures · Interrupted"));
}

static void
test_select (UiHistory *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "b");

  test_ui_history_begin_with_three (self);
  test_ui_history_choose (self, 0);
  foc_history_pane_select (self->pane, folder);
  g_assert_false (gtk_selection_model_is_selected (self->selection, 0));
  g_assert_true (gtk_selection_model_is_selected (self->selection, 1));
  foc_history_pane_select (self->pane, "nowhere");
  g_assert_true (gtk_selection_model_is_selected (self->selection, 1));

  foc_history_pane_set_history (self->pane, NULL);
  g_assert_true (test_ui_says (self->window, "No Runs Yet"));
  test_ui_history_assert_enabled (self, "");
}

/* With text of twice the size, and whatever is in the list. */
static void
test_narrow (UiHistory *self, gconstpointer data)
{
  int width;

  test_ui_set_text_size (200);
  test_add_file (self->folder, "broken-with-a-long-name/run.json", "{", 1);
  test_ui_history_begin_with_three (self);
  for (int round = 0; round < 2; round++)
    {
      gtk_widget_measure (GTK_WIDGET (self->pane), GTK_ORIENTATION_HORIZONTAL, -1, &width,
                          NULL, NULL, NULL);
      g_assert_cmpint (width, <=, 360);
      foc_history_pane_set_history (self->pane, NULL);
      test_ui_settle (self->pane);
    }
  test_ui_set_text_size (100);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/history-pane/" name, UiHistory, NULL, test_ui_history_set_up, function,  \
              test_ui_history_tear_down)
  ADD ("empty", test_empty);
  ADD ("rows", test_rows);
  ADD ("holdout", test_holdout);
  ADD ("follows", test_follows);
  ADD ("select", test_select);
  ADD ("narrow", test_narrow);
#undef ADD

  return g_test_run ();
}

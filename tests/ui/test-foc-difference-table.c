/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-difference-table.h"

#include "test-run.h"
#include "test-ui-window.h"
#include "test-ui.h"

typedef struct
{
  GtkWidget *window;
  FocDifferenceTable *table;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->table = FOC_DIFFERENCE_TABLE (foc_difference_table_new ());
  self->window = test_ui_show (GTK_WIDGET (self->table), 360, 300);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->window);
}

static void
compare (Fixture *self, guint64 seed, guint batch_size)
{
  static const char *const names[] = { "first", "second <b>", "third", NULL };
  FocRun *runs[3];
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    runs[i] = test_make_run ("run", TEST_RUN_BEGUN);
  runs[1]->settings.training.seed = seed;
  runs[2]->settings.training.batch_size = batch_size;
  rows = foc_run_compare_settings ((const FocRun *const *) runs, 3);
  foc_difference_table_set (self->table, names, rows, "Nothing differs.");
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    foc_run_free (runs[i]);
  test_ui_settle (self->table);
}

/* What the table says at a place. */
static void
assert_cell (Fixture *self, int column, int row, const char *expected)
{
  GtkGrid *grid = test_ui_find (self->table, GTK_TYPE_GRID);
  GtkWidget *label = gtk_grid_get_child_at (grid, column, row);

  if (expected == NULL)
    g_assert_null (label);
  else
    g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, expected);
}

static void
test_rows (Fixture *self, gconstpointer data)
{
  compare (self, 7, 32);
  assert_cell (self, 0, 0, NULL);
  assert_cell (self, 1, 0, "first");
  assert_cell (self, 2, 0, "second <b>");
  assert_cell (self, 3, 0, "third");
  assert_cell (self, 0, 1, "Batch size");
  assert_cell (self, 1, 1, "64");
  assert_cell (self, 2, 1, "64");
  assert_cell (self, 3, 1, "32");
  assert_cell (self, 0, 2, "Seed");
  assert_cell (self, 2, 2, "7");
  assert_cell (self, 0, 3, NULL);
}

static void
test_nothing (Fixture *self, gconstpointer data)
{
  compare (self, 7, 32);
  compare (self, 1, 64);
  g_assert_true (test_ui_says (self->table, "Nothing differs."));
  g_assert_false (test_ui_says (self->table, "first"));
  compare (self, 7, 64);
  g_assert_false (test_ui_says (self->table, "Nothing differs."));
  assert_cell (self, 0, 1, "Seed");
}

static void
test_narrow (Fixture *self, gconstpointer data)
{
  int width;

  test_ui_set_text_size (200);
  compare (self, 7, 32);
  gtk_widget_measure (GTK_WIDGET (self->table), GTK_ORIENTATION_HORIZONTAL, -1, &width,
                      NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 360);
  test_ui_set_text_size (100);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/difference-table/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("rows", test_rows);
  ADD ("nothing", test_nothing);
  ADD ("narrow", test_narrow);

  return g_test_run ();
}

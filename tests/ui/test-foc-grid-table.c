/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-grid-table.h"

#include "foc-grid-cell.h"
#include "foc-palette.h"
#include "test-ui.h"

#include <locale.h>
#include <math.h>

/* Learning rates 0.001, 0.01 and 0.1 by 1, 10 and 30 epochs. */
typedef struct
{
  FocGridTable *table;
  GtkWidget *window;
  FocGrid *grid;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  FocSettings settings = {
    .learning_rates = { 0.001, 0.01, 0.1 },
    .n_learning_rates = 3,
    .epochs = { 1, 10, 30 },
    .n_epochs = 3,
  };

  self->grid = foc_grid_new (&settings);
  self->table = FOC_GRID_TABLE (foc_grid_table_new ());
  self->window = test_ui_show (GTK_WIDGET (self->table), 600, 300);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->window);
  foc_grid_free (self->grid);
}

/* The trajectory goes on; an accuracy that is no number was not measured. */
static void
add_point (FocGrid *grid, guint row, double epoch, double accuracy, double loss)
{
  FocCurvePoint point = { epoch, 0.5, 0.5, loss, accuracy };

  g_array_append_val (grid->trajectories[row].curve, point);
}

static void
set_grid (Fixture *self, gboolean running)
{
  FocCell best;
  gboolean has_best = foc_grid_get_best (self->grid, &best);

  foc_grid_table_set_grid (self->table, self->grid, has_best ? &best : NULL, running);
}

static GtkWidget *
get_cell (Fixture *self, guint row, guint column)
{
  GtkGrid *grid = test_ui_find (self->table, GTK_TYPE_GRID);

  return gtk_grid_get_child_at (grid, (int) column + 1, (int) row + 1);
}

static void
assert_named (GtkWidget *widget, const char *name)
{
  gtk_test_accessible_assert_property (widget, GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
assert_says (Fixture *self, const char *expected)
{
  g_autofree char *text = foc_grid_table_get_text (self->table);

  g_assert_cmpstr (text, ==, expected);
}

#define HEAD "Learning rate\t1 epoch\t10 epochs\t30 epochs\n"

/* As a search goes: begun, under way, diverged, stopped. */
static void
test_states (Fixture *self, gconstpointer data)
{
  set_grid (self, TRUE);
  assert_says (self, HEAD "0.001\t–\t–\t–\n0.01\t–\t–\t–\n0.1\t–\t–\t–\n");
  assert_named (get_cell (self, 1, 2), "learning rate 0.01, 30 epochs: not trained");

  add_point (self->grid, 0, 0.1, NAN, NAN);
  add_point (self->grid, 1, 1, 0.9126, 0.2);
  add_point (self->grid, 1, 2, 0.93, 0.19);
  add_point (self->grid, 2, 1, 0.5, 123456);
  add_point (self->grid, 2, 2, NAN, NAN);
  self->grid->trajectories[2].diverged = TRUE;
  set_grid (self, TRUE);
  assert_says (self, HEAD "0.001\t…\t–\t–\n"
                          "0.01\t0.913, 0.200\t…\t–\n"
                          "0.1\t0.500, 1.23e+05\tdiverged\tdiverged\n");
  assert_named (get_cell (self, 0, 0), "learning rate 0.001, 1 epoch: under way");
  assert_named (get_cell (self, 1, 0),
                "learning rate 0.01, 1 epoch: accuracy 0.913, loss 0.200, best");
  assert_named (get_cell (self, 2, 0),
                "learning rate 0.1, 1 epoch: accuracy 0.500, loss 1.23e+05");
  assert_named (get_cell (self, 2, 2), "learning rate 0.1, 30 epochs: diverged");

  add_point (self->grid, 1, 10, 0.997, 0.005);
  set_grid (self, FALSE);
  assert_says (self, HEAD "0.001\t–\t–\t–\n"
                          "0.01\t0.913, 0.200\t0.997, 0.005\t–\n"
                          "0.1\t0.500, 1.23e+05\tdiverged\tdiverged\n");
  assert_named (get_cell (self, 1, 0),
                "learning rate 0.01, 1 epoch: accuracy 0.913, loss 0.200");
  assert_named (get_cell (self, 1, 1),
                "learning rate 0.01, 10 epochs: accuracy 0.997, loss 0.005, best");

  foc_grid_table_set_grid (self->table, NULL, NULL, FALSE);
  assert_says (self, "");
}

static void
test_headers (Fixture *self, gconstpointer data)
{
  GtkGrid *grid = test_ui_find (self->table, GTK_TYPE_GRID);

  set_grid (self, FALSE);
  assert_named (gtk_grid_get_child_at (grid, 0, 0), "Learning rate");
  assert_named (gtk_grid_get_child_at (grid, 0, 2), "learning rate 0.01");
  assert_named (gtk_grid_get_child_at (grid, 1, 0), "1 epoch");
  gtk_test_accessible_assert_role (gtk_grid_get_child_at (grid, 0, 2),
                                   GTK_ACCESSIBLE_ROLE_ROW_HEADER);
  gtk_test_accessible_assert_role (gtk_grid_get_child_at (grid, 1, 0),
                                   GTK_ACCESSIBLE_ROLE_COLUMN_HEADER);
}

/* The best cell has a star, and no other has. */
static void
test_best (Fixture *self, gconstpointer data)
{
  add_point (self->grid, 0, 1, 0.9, 0.2);
  add_point (self->grid, 1, 1, 0.9, 0.1);
  set_grid (self, TRUE);
  for (guint i = 0; i < 3; i++)
    for (guint j = 0; j < 3; j++)
      {
        GtkWidget *star = test_ui_find (get_cell (self, i, j), GTK_TYPE_IMAGE);

        g_assert_cmpfloat (gtk_widget_get_opacity (star), ==, i == 1 && j == 0);
      }
}

static double
get_middle (Fixture *self, gpointer widget)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (self->table), &bounds));
  return bounds.origin.x + bounds.size.width / 2;
}

/* All that is in a column stands below the middle of its header, whatever it is; and the
 * star beside it. */
static void
test_axis (Fixture *self, gconstpointer data)
{
  GtkGrid *grid = test_ui_find (self->table, GTK_TYPE_GRID);
  graphene_rect_t star, text;

  add_point (self->grid, 0, 1, 0.9, 0.1);
  add_point (self->grid, 1, 1, 0.9, 0.2);
  set_grid (self, TRUE);
  test_ui_settle (self->window);
  for (guint i = 0; i < 3; i++)
    for (guint j = 0; j < 3; j++)
      g_assert_cmpfloat_with_epsilon (
        get_middle (self, test_ui_find (get_cell (self, i, j), GTK_TYPE_LABEL)),
        get_middle (self, gtk_grid_get_child_at (grid, (int) j + 1, 0)), 1);

  g_assert_true (gtk_widget_compute_bounds (
    test_ui_find (get_cell (self, 0, 0), GTK_TYPE_IMAGE), self->window, &star));
  g_assert_true (gtk_widget_compute_bounds (
    test_ui_find (get_cell (self, 0, 0), GTK_TYPE_LABEL), self->window, &text));
  g_assert_cmpfloat (star.origin.x + star.size.width, <, text.origin.x);
}

/* The share of the cell's lower edge that is in the colour of the trajectory; where it begins
 * is told by `from_start`. */
static double
measure_bar (GtkWidget *cell, guint look, gboolean *from_start)
{
  FocPlotColour colour = foc_palette_get_class_colour (look);
  cairo_surface_t *surface = test_ui_draw (cell);
  int width = gtk_widget_get_width (cell), y = gtk_widget_get_height (cell) - 2, n = 0;

  for (int x = 0; x < width; x++)
    {
      guint32 pixel = test_ui_get_pixel (surface, x, y);
      gboolean is_bar = fabs (255 * colour.red - (pixel >> 16 & 0xff)) < 2
                        && fabs (255 * colour.green - (pixel >> 8 & 0xff)) < 2
                        && fabs (255 * colour.blue - (pixel & 0xff)) < 2;

      if (x == width / 8)
        *from_start = is_bar;
      n += is_bar;
    }
  cairo_surface_destroy (surface);
  return (double) n / width;
}

static void
test_progress (Fixture *self, gconstpointer data)
{
  gboolean from_start;

  add_point (self->grid, 1, 1, 0.9, 0.1);
  add_point (self->grid, 1, 5.5, NAN, NAN);
  set_grid (self, TRUE);
  g_assert_cmpfloat_with_epsilon (measure_bar (get_cell (self, 1, 1), 1, &from_start),
                                  0.5, 0.02);
  g_assert_true (from_start);
  g_assert_cmpfloat (measure_bar (get_cell (self, 1, 0), 1, &from_start), ==, 0);
  g_assert_cmpfloat (measure_bar (get_cell (self, 1, 2), 1, &from_start), ==, 0);

  gtk_widget_set_direction (get_cell (self, 1, 1), GTK_TEXT_DIR_RTL);
  g_assert_cmpfloat_with_epsilon (measure_bar (get_cell (self, 1, 1), 1, &from_start),
                                  0.5, 0.02);
  g_assert_false (from_start);

  add_point (self->grid, 1, 10, 0.9, 0.1);
  set_grid (self, TRUE);
  g_assert_cmpfloat (measure_bar (get_cell (self, 1, 1), 1, &from_start), ==, 0);
}

static void
count (gpointer n)
{
  ++*(guint *) n;
}

/* Ten times a second: nothing but the cell that has changed is made anew. */
static void
test_changes (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) labels = NULL;
  GtkWidget *cell;
  guint n = 0;

  add_point (self->grid, 1, 1, 0.9, 0.1);
  add_point (self->grid, 1, 2, 0.9, 0.1);
  set_grid (self, TRUE);
  cell = get_cell (self, 1, 1);
  labels = test_ui_list (self->table, GTK_TYPE_LABEL);
  g_assert_cmpuint (labels->len, ==, 16);
  for (guint i = 0; i < labels->len; i++)
    g_signal_connect_swapped (labels->pdata[i], "notify::label", G_CALLBACK (count), &n);

  for (guint i = 0; i < 70; i++)
    {
      add_point (self->grid, 1, 2 + i / 10.0, NAN, NAN);
      set_grid (self, TRUE);
    }
  g_assert_true (get_cell (self, 1, 1) == cell);
  g_assert_cmpuint (n, ==, 0);
  add_point (self->grid, 1, 10, 0.8, 0.1);
  set_grid (self, TRUE);
  g_assert_true (get_cell (self, 1, 1) == cell);
  g_assert_cmpuint (n, ==, 2); /* done; the next one is under way */
}

static void
assert_focus (Fixture *self, guint row, guint column)
{
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window))
                 == get_cell (self, row, column));
}

static void
press (Fixture *self, GtkDirectionType direction, guint row, guint column)
{
  g_assert_true (gtk_widget_child_focus (self->window, direction));
  assert_focus (self, row, column);
}

static void
test_keyboard (Fixture *self, gconstpointer data)
{
  GtkWidget *table = GTK_WIDGET (self->table);

  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  set_grid (self, FALSE);
  press (self, GTK_DIR_TAB_FORWARD, 0, 0);
  press (self, GTK_DIR_LEFT, 0, 0);
  press (self, GTK_DIR_UP, 0, 0);
  press (self, GTK_DIR_RIGHT, 0, 1);
  press (self, GTK_DIR_DOWN, 1, 1);
  press (self, GTK_DIR_DOWN, 2, 1);
  press (self, GTK_DIR_DOWN, 2, 1);
  press (self, GTK_DIR_RIGHT, 2, 2);
  press (self, GTK_DIR_RIGHT, 2, 2);
  press (self, GTK_DIR_LEFT, 2, 1);
  press (self, GTK_DIR_UP, 1, 1);

  /* The Tab key leaves it, and comes back to where it was. */
  g_assert_false (gtk_widget_child_focus (table, GTK_DIR_TAB_FORWARD));
  g_assert_false (gtk_widget_child_focus (table, GTK_DIR_TAB_BACKWARD));
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  press (self, GTK_DIR_TAB_BACKWARD, 1, 1);

  gtk_widget_set_direction (table, GTK_TEXT_DIR_RTL);
  press (self, GTK_DIR_RIGHT, 1, 0);
  press (self, GTK_DIR_LEFT, 1, 1);
}

static void
on_text (GObject *clipboard, GAsyncResult *result, gpointer text)
{
  *(char **) text =
    gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static gboolean
is_set (gpointer text)
{
  return *(char **) text != NULL;
}

static void
test_copy (Fixture *self, gconstpointer data)
{
  g_autofree char *expected = NULL, *text = NULL;

  add_point (self->grid, 0, 1, 0.9, 0.2);
  set_grid (self, FALSE);
  expected = foc_grid_table_get_text (self->table);
  g_assert_true (test_ui_press (self->table, GDK_KEY_c, GDK_CONTROL_MASK));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self->table)),
                                 NULL, on_text, &text);
  test_ui_wait (is_set, &text);
  g_assert_cmpstr (text, ==, expected);
}

/* It glides there. */
static gboolean
is_in_sight (gpointer cell)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (cell, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (cell, scrolled, &bounds)
         && bounds.origin.x + bounds.size.width <= 600
         && bounds.origin.y + bounds.size.height <= 300;
}

/* As many as there may be: it scrolls to where the focus is. */
static void
test_many (Fixture *self, gconstpointer data)
{
  FocSettings settings = { .n_learning_rates = FOC_LIMIT_LEARNING_RATES,
                           .n_epochs = FOC_LIMIT_EPOCH_COUNTS };
  g_autoptr (FocGrid) grid = NULL;
  gboolean overlaid;
  GtkWidget *last;

  for (guint i = 0; i < settings.n_learning_rates; i++)
    settings.learning_rates[i] = i + 1;
  for (guint i = 0; i < settings.n_epochs; i++)
    settings.epochs[i] = i + 1;
  grid = foc_grid_new (&settings);
  foc_grid_table_set_grid (self->table, grid, NULL, FALSE);
  test_ui_settle (self->window);

  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (self->table)), ==, 600);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (self->table)), ==, 300);
  /* Which one can see. */
  g_object_get (test_ui_find (self->table, GTK_TYPE_SCROLLED_WINDOW), "overlay-scrolling",
                &overlaid, NULL);
  g_assert_false (overlaid);
  last = get_cell (self, settings.n_learning_rates - 1, settings.n_epochs - 1);
  g_assert_false (is_in_sight (last));
  gtk_widget_grab_focus (last);
  test_ui_wait (is_in_sight, last);

  /* That goes with the cells, and stays in the table. */
  set_grid (self, FALSE);
  assert_focus (self, 0, 0);
}

static int
measure_height (Fixture *self, int *natural)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (self->table), GTK_ORIENTATION_VERTICAL, -1, &minimum,
                      natural, NULL, NULL);
  return minimum;
}

/* Few rows are always seen; of many, some. */
static void
test_room (Fixture *self, gconstpointer data)
{
  FocSettings settings = { .n_learning_rates = 13, .epochs = { 1 }, .n_epochs = 1 };
  g_autoptr (FocGrid) grid = NULL;
  int few, many, natural;

  set_grid (self, FALSE);
  few = measure_height (self, &natural);
  g_assert_cmpint (few, ==, natural);
  g_assert_cmpint (few, >, 4 * 16);

  for (guint i = 0; i < settings.n_learning_rates; i++)
    settings.learning_rates[i] = i + 1;
  grid = foc_grid_new (&settings);
  foc_grid_table_set_grid (self->table, grid, NULL, FALSE);
  many = measure_height (self, &natural);
  g_assert_cmpint (many, ==, natural / 2);
  g_assert_cmpint (many, >, few);
}

/* Where columns are to be scrolled to, rows are not. */
static void
test_narrow (Fixture *self, gconstpointer data)
{
  GtkScrolledWindow *scrolled = test_ui_find (self->table, GTK_TYPE_SCROLLED_WINDOW);

  set_grid (self, FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self->table), GTK_ALIGN_START);
  gtk_widget_set_halign (GTK_WIDGET (self->table), GTK_ALIGN_START);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 300, 300);
  test_ui_settle (self->window);
  g_assert_true (gtk_widget_get_mapped (gtk_scrolled_window_get_hscrollbar (scrolled)));
  g_assert_false (gtk_widget_get_mapped (gtk_scrolled_window_get_vscrollbar (scrolled)));
}

/* From right to left the cells turn around, but not the two numbers in them. */
static void
test_right_to_left (Fixture *self, gconstpointer data)
{
  graphene_rect_t first, second;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  add_point (self->grid, 0, 1, 0.9, 0.2);
  set_grid (self, FALSE);
  test_ui_settle (self->window);
  g_assert_true (gtk_widget_compute_bounds (get_cell (self, 0, 0), self->window, &first));
  g_assert_true (
    gtk_widget_compute_bounds (get_cell (self, 0, 1), self->window, &second));
  g_assert_cmpfloat (second.origin.x + second.size.width, <=, first.origin.x);
  g_assert_cmpint (
    gtk_widget_get_direction (test_ui_find (get_cell (self, 0, 0), GTK_TYPE_LABEL)), ==,
    GTK_TEXT_DIR_LTR);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* With the decimal sign of the locale, a comma between the two would be one too many. */
static void
test_decimal_comma (Fixture *self, gconstpointer data)
{
  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("the locale de_DE.UTF-8 is not installed");
      return;
    }

  add_point (self->grid, 0, 1, 0.9, 0.2);
  set_grid (self, FALSE);
  assert_says (self, HEAD "0,001\t0,900; 0,200\t–\t–\n0,01\t–\t–\t–\n0,1\t–\t–\t–\n");
  setlocale (LC_NUMERIC, "C");
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/grid-table/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("states", test_states);
  ADD ("headers", test_headers);
  ADD ("best", test_best);
  ADD ("axis", test_axis);
  ADD ("progress", test_progress);
  ADD ("changes", test_changes);
  ADD ("keyboard", test_keyboard);
  ADD ("copy", test_copy);
  ADD ("many", test_many);
  ADD ("room", test_room);
  ADD ("narrow", test_narrow);
  ADD ("right-to-left", test_right_to_left);
  ADD ("decimal-comma", test_decimal_comma);

  return g_test_run ();
}

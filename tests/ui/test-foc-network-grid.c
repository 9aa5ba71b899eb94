/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-network-grid.h"

#include "foc-preprocess.h"
#include "test-ui.h"

/* Units a pixel, as there is room. */
#define UNIT 10
#define SIDE (UNIT * FOC_FEATURE_SIDE)

typedef struct
{
  FocNetworkGrid *grid;
  GtkWidget *window;
  guint n_changed;
  GString *painted; /* "3,4 3,5 " */
  guint n_painted;  /* how often that was told */
} Fixture;

static void
on_changed (Fixture *self)
{
  self->n_changed++;
}

static void
on_painted (Fixture *self, GArray *pixels)
{
  for (guint i = 0; i < pixels->len; i++)
    {
      guint pixel = g_array_index (pixels, guint, i);

      g_string_append_printf (self->painted, "%u,%u ", pixel / FOC_FEATURE_SIDE,
                              pixel % FOC_FEATURE_SIDE);
    }
  self->n_painted++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  guint8 features[FOC_N_FEATURES] = { 0 };

  for (guint i = 0; i < FOC_N_FEATURES; i++)
    features[i] = 100;
  self->painted = g_string_new (NULL);
  self->grid = g_object_new (FOC_TYPE_NETWORK_GRID, NULL);
  g_signal_connect_swapped (self->grid, "cell-changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->grid, "painted", G_CALLBACK (on_painted), self);
  foc_network_grid_set_pixels (self->grid, features);
  self->window = test_ui_show (GTK_WIDGET (self->grid), SIDE + 5, SIDE + 5);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->grid);
  test_ui_destroy (self->window);
  test_ui_finalize (self->grid);
  g_string_free (self->painted, TRUE);
}

/* "3,4", or "" where nothing is marked. */
static void
assert_cell (Fixture *self, const char *expected)
{
  g_autofree char *text = NULL;
  guint row, column;

  if (foc_network_grid_get_cell (self->grid, &row, &column))
    text = g_strdup_printf ("%u,%u", row, column);
  g_assert_cmpstr (text != NULL ? text : "", ==, expected);
}

static void
assert_painted (Fixture *self, const char *expected)
{
  self->n_painted = 0;
  g_assert_cmpstr (self->painted->str, ==, ""); /* not before the next frame */
  test_ui_settle (self->grid);
  g_assert_cmpstr (self->painted->str, ==, expected);
  g_assert_cmpuint (self->n_painted, ==, *expected != '\0'); /* all in one frame */
  g_string_truncate (self->painted, 0);
}

#define press(self, key) test_ui_press ((self)->grid, GDK_KEY_##key, 0)

static void
motion (Fixture *self, double x, double y)
{
  g_signal_emit_by_name (
    test_ui_find_controller (self->grid, GTK_TYPE_EVENT_CONTROLLER_MOTION), "motion", x,
    y);
}

static void
leave (Fixture *self, GType controller)
{
  g_signal_emit_by_name (test_ui_find_controller (self->grid, controller), "leave");
}

static void
drag (Fixture *self, const char *signal, double x, double y)
{
  g_signal_emit_by_name (test_ui_find_controller (self->grid, GTK_TYPE_GESTURE_DRAG),
                         signal, x, y);
}

static void
test_keys (Fixture *self, gconstpointer data)
{
  assert_cell (self, "");
  g_assert_false (press (self, Escape));
  g_assert_true (press (self, Left)); /* begins in the middle */
  assert_cell (self, "12,12");
  g_assert_true (press (self, Left));
  g_assert_true (press (self, KP_Up));
  assert_cell (self, "11,11");
  g_assert_true (press (self, Home));
  assert_cell (self, "11,0");
  g_assert_true (press (self, Page_Down));
  assert_cell (self, "23,0");
  g_assert_true (press (self, Down));
  assert_cell (self, "23,0");
  g_assert_true (press (self, End));
  g_assert_true (press (self, Page_Up));
  g_assert_true (press (self, Right));
  assert_cell (self, "0,23");
  g_assert_cmpuint (self->n_changed, ==, 7);
  g_assert_false (press (self, Escape)); /* it is for who shows the picture */

  leave (self, GTK_TYPE_EVENT_CONTROLLER_FOCUS);
  assert_cell (self, "");
  g_assert_false (test_ui_press (self->grid, GDK_KEY_Left, GDK_ALT_MASK));
  g_assert_false (press (self, space));
}

static void
test_pointer (Fixture *self, gconstpointer data)
{
  motion (self, 5, 5);
  assert_cell (self, "0,0");
  motion (self, 7, 7);
  g_assert_cmpuint (self->n_changed, ==, 1);
  motion (self, SIDE - 1, UNIT);
  assert_cell (self, "1,23");
  motion (self, SIDE + 1, UNIT);
  assert_cell (self, "");
  motion (self, UNIT, UNIT);
  leave (self, GTK_TYPE_EVENT_CONTROLLER_MOTION);
  assert_cell (self, "");

  /* A pointer that rests does not take what the keys have marked. */
  motion (self, UNIT, UNIT);
  g_assert_true (press (self, Right));
  assert_cell (self, "1,2");
  motion (self, UNIT, UNIT);
  assert_cell (self, "1,2");
  leave (self, GTK_TYPE_EVENT_CONTROLLER_MOTION);
  assert_cell (self, "1,2");
}

/* The picture is not mirrored, but at the other side of its place. */
static void
test_right_to_left (Fixture *self, gconstpointer data)
{
  gtk_widget_set_direction (GTK_WIDGET (self->grid), GTK_TEXT_DIR_RTL);
  gtk_widget_set_direction (gtk_widget_get_first_child (GTK_WIDGET (self->grid)),
                            GTK_TEXT_DIR_RTL);
  test_ui_settle (self->grid);
  motion (self, 2, 5);
  assert_cell (self, "");
  motion (self, 6, 5);
  assert_cell (self, "0,0");
  g_assert_true (press (self, Right));
  assert_cell (self, "0,1");
}

static void
test_paint (Fixture *self, gconstpointer data)
{
  drag (self, "drag-begin", 15, 15);
  drag (self, "drag-update", 30, 0);
  drag (self, "drag-end", 30, 0);
  assert_painted (self, ""); /* not yet */
  assert_cell (self, "1,1");

  g_object_set (self->grid, "paints", TRUE, NULL);
  drag (self, "drag-begin", 15, 15);
  drag (self, "drag-update", 1, 1);
  drag (self, "drag-update", 30, 10); /* without a gap */
  drag (self, "drag-update", 20, 10);
  drag (self, "drag-end", 20, 10);
  assert_painted (self, "1,1 1,2 2,3 2,4 ");

  /* Out of it and in again. */
  drag (self, "drag-begin", SIDE - 5, 15);
  drag (self, "drag-update", 50, 0);
  drag (self, "drag-update", -10, 0);
  drag (self, "drag-end", -10, 0);
  assert_painted (self, "1,23 1,22 ");
  drag (self, "drag-begin", SIDE + 2, 15);
  drag (self, "drag-update", -20, 0);
  assert_painted (self, "");

  assert_cell (self, "1,23");
  g_assert_true (press (self, Home));
  g_assert_true (press (self, space));
  g_assert_true (press (self, Down));
  g_assert_true (press (self, Return));
  assert_painted (self, "1,0 2,0 ");
}

/* The mark is around the pixel, which stays as it is. */
static void
test_drawing (Fixture *self, gconstpointer data)
{
  cairo_surface_t *surface;

  g_assert_true (press (self, Down));
  surface = test_ui_draw (self->grid);
  g_assert_cmphex (test_ui_get_pixel (surface, 12 * UNIT, 12 * UNIT), ==, 0x646464);
  g_assert_cmphex (test_ui_get_pixel (surface, 13 * UNIT - 1, 13 * UNIT - 1), ==,
                   0x646464);
  g_assert_cmphex (test_ui_get_pixel (surface, 12 * UNIT - 1, 12 * UNIT + 5), ==,
                   0xffffff);
  g_assert_cmphex (test_ui_get_pixel (surface, 12 * UNIT - 2, 12 * UNIT + 5), ==, 0);
  g_assert_cmphex (test_ui_get_pixel (surface, 12 * UNIT - 3, 12 * UNIT + 5), ==,
                   0x646464);
  cairo_surface_destroy (surface);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/network-grid/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("keys", test_keys);
  ADD ("pointer", test_pointer);
  ADD ("right-to-left", test_right_to_left);
  ADD ("paint", test_paint);
  ADD ("drawing", test_drawing);

  return g_test_run ();
}

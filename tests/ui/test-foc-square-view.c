/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-square-view.h"

#include "test-ui.h"

#include <math.h>

/* The picture has 400 x 200 pixels, and a level of half as many besides. It is drawn as large
 * as that, TOP below the upper edge of a view that is no lower. */
#define FULL_WIDTH 400
#define FULL_HEIGHT 200
#define WIDTH 200
#define HEIGHT 100
#define TOP 10

typedef struct
{
  FocSquareView *view;
  GtkWidget *window;
  guint n_changed;
} Fixture;

/* The larger one is darker, which is that of no picture. */
static GPtrArray *
make_levels (void)
{
  GPtrArray *levels = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 1; i <= 2; i++)
    {
      GdkPixbuf *level =
        gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, FULL_WIDTH / i, FULL_HEIGHT / i);

      gdk_pixbuf_fill (level, i == 1 ? 0x646464ff : 0xc8c8c8ff);
      g_ptr_array_add (levels, level);
    }
  return levels;
}

static void
count (Fixture *self)
{
  self->n_changed++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) levels = make_levels ();

  self->view = FOC_SQUARE_VIEW (foc_square_view_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->view), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->view), GTK_ALIGN_CENTER);
  self->window = test_ui_show (GTK_WIDGET (self->view), WIDTH, 2 * HEIGHT);
  g_signal_connect_swapped (self->view, "square-changed", G_CALLBACK (count), self);
  foc_square_view_set_picture (self->view, levels, FULL_WIDTH, FULL_HEIGHT);
  test_ui_settle (self->view);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (self->view)), ==, WIDTH);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (self->view)), ==, HEIGHT + 2 * TOP);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->view);
  test_ui_destroy (self->window);
  test_ui_finalize (self->view);
}

static void
assert_square (Fixture *self, double x, double y, double side)
{
  FocRectangle square;

  foc_square_view_get_square (self->view, &square);
  g_assert_cmpfloat (square.x, ==, x);
  g_assert_cmpfloat (square.y, ==, y);
  g_assert_cmpfloat (square.width, ==, side);
  g_assert_cmpfloat (square.height, ==, side);
}

/* Whoever listens is told once a frame, and not before. */
static void
assert_told (Fixture *self, guint n)
{
  g_assert_cmpuint (self->n_changed, ==, 0);
  test_ui_settle (self->view);
  g_assert_cmpuint (self->n_changed, ==, n);
  self->n_changed = 0;
}

#define press(self, key, modifiers) test_ui_press ((self)->view, GDK_KEY_##key, modifiers)

static void
test_keys (Fixture *self, gconstpointer data)
{
  assert_square (self, 100, 0, 200);
  g_assert_true (press (self, Left, 0));
  assert_square (self, 98, 0, 200); /* a hundredth of the shorter side */
  g_assert_true (press (self, Right, GDK_SHIFT_MASK));
  assert_square (self, 118, 0, 200);
  g_assert_true (press (self, minus, 0));
  assert_square (self, 127, 9, 182);
  g_assert_true (press (self, KP_Down, 0));
  assert_square (self, 127, 11, 182);
  g_assert_true (press (self, Up, GDK_SHIFT_MASK));
  assert_square (self, 127, 0, 182);
  g_assert_true (press (self, plus, GDK_SHIFT_MASK)); /* as it is typed */
  assert_square (self, 118, 0, 200);
  assert_told (self, 1);

  g_assert_true (press (self, Home, 0));
  assert_square (self, 100, 0, 200);
  g_assert_true (press (self, minus, 0));
  g_assert_true (press (self, KP_Home, 0));
  assert_square (self, 100, 0, 200);
  assert_told (self, 1);

  /* At the edge they lead nowhere, and not out of the picture either. */
  g_assert_true (press (self, Up, 0));
  assert_told (self, 0);

  g_assert_false (press (self, Left, GDK_ALT_MASK));
  g_assert_false (press (self, 0, 0)); /* takes back what was set by hand */
  g_assert_false (press (self, Escape, 0));
  g_assert_false (press (self, Tab, 0));
}

static void
emit (Fixture *self, const char *signal, double x, double y)
{
  g_signal_emit_by_name (test_ui_find_controller (self->view, GTK_TYPE_GESTURE_DRAG),
                         signal, x, y);
}

static void
begin_drag (Fixture *self, double x, double y)
{
  emit (self, "drag-begin", x, TOP + y);
}

/* Many events are one change. */
static void
test_drag (Fixture *self, gconstpointer data)
{
  begin_drag (self, 100, 50);
  for (int i = 1; i <= 10; i++)
    emit (self, "drag-update", 2 * i, 0);
  assert_square (self, 140, 0, 200);
  assert_told (self, 1);
  emit (self, "drag-update", 1000, 0);
  emit (self, "drag-end", 1000, 0);
  assert_square (self, 200, 0, 200);
  assert_told (self, 1);

  /* The lower left corner. */
  begin_drag (self, 103, 97);
  emit (self, "drag-update", 50, -50);
  emit (self, "drag-end", 50, -50);
  assert_square (self, 300, 0, 100);
  assert_told (self, 1);

  /* Outside nothing is held, and a drag that is taken away was none. */
  begin_drag (self, 20, 50);
  emit (self, "drag-update", 50, 0);
  emit (self, "drag-end", 50, 0);
  assert_told (self, 0);
  begin_drag (self, 175, 25);
  emit (self, "drag-update", -50, 0);
  assert_square (self, 200, 0, 100);
  g_signal_emit_by_name (test_ui_find_controller (self->view, GTK_TYPE_GESTURE_DRAG),
                         "cancel", NULL);
  assert_square (self, 300, 0, 100);

  g_assert_false (foc_square_view_cancel_drag (self->view));
  begin_drag (self, 175, 25);
  emit (self, "drag-update", -50, 0);
  g_assert_true (foc_square_view_cancel_drag (self->view));
  assert_square (self, 300, 0, 100);
  emit (self, "drag-update", -60, 0);
  assert_square (self, 300, 0, 100);
}

static void
test_pointer (Fixture *self, gconstpointer data)
{
  static const struct
  {
    double x, y;
    const char *cursor;
  } places[] = {
    { 100, 50, "move" },       { 50, 50, "ew-resize" },   { 150, 50, "ew-resize" },
    { 100, 2, "ns-resize" },   { 51, 2, "nwse-resize" },  { 149, 98, "nwse-resize" },
    { 51, 98, "nesw-resize" }, { 149, 2, "nesw-resize" }, { 20, 50, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GdkCursor *cursor;

      g_signal_emit_by_name (
        test_ui_find_controller (self->view, GTK_TYPE_EVENT_CONTROLLER_MOTION), "motion",
        places[i].x, TOP + places[i].y);
      cursor = gtk_widget_get_cursor (GTK_WIDGET (self->view));
      g_assert_cmpstr (cursor != NULL ? gdk_cursor_get_name (cursor) : NULL, ==,
                       places[i].cursor);
    }
}

/* What is set is not told; what the user has just done is newer than it. */
static void
test_set_square (Fixture *self, gconstpointer data)
{
  const FocRectangle square = { 10, 20, 100, 100 };

  foc_square_view_set_square (self->view, &square);
  assert_square (self, 10, 20, 100);
  assert_told (self, 0);

  g_assert_true (press (self, Right, 0));
  foc_square_view_set_square (self->view, &square);
  assert_square (self, 12, 20, 100);
  assert_told (self, 1);
  foc_square_view_set_square (self->view, &square);
  assert_square (self, 10, 20, 100);

  foc_square_view_reset_square (self->view);
  assert_square (self, 100, 0, 200);
  assert_told (self, 1);
}

/* Another picture has its own square; without one there is nothing to move. */
static void
test_picture (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) levels = make_levels ();

  g_assert_true (press (self, Right, 0));
  foc_square_view_set_picture (self->view, levels, HEIGHT, WIDTH);
  assert_square (self, 0, 50, 100);
  assert_told (self, 0);
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (self->view)));

  foc_square_view_set_picture (self->view, NULL, 0, 0);
  assert_square (self, 0, 0, 0);
  g_assert_false (press (self, Right, 0));
  begin_drag (self, 100, 50);
  emit (self, "drag-update", 50, 0);
  foc_square_view_reset_square (self->view);
  assert_told (self, 0);
  g_assert_false (gtk_widget_get_focusable (GTK_WIDGET (self->view)));
}

static void
test_words (Fixture *self, gconstpointer data)
{
  const FocRectangle square = { 10, 20, 100, 100 };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_object_get (self->view, "description", &before, NULL);
  g_assert_cmpstr (before, ==, "Square of 200 pixels at 100, 0");
  foc_square_view_set_square (self->view, &square);
  g_object_get (self->view, "description", &after, NULL);
  g_assert_cmpstr (after, ==, "Square of 100 pixels at 10, 20");
  gtk_test_accessible_assert_property (self->view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Square of 100 pixels at 10, 20");
  g_assert_true (press (self, Right, 0));
  test_ui_settle (self->view);
  gtk_test_accessible_assert_property (self->view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Square of 100 pixels at 12, 20");
}

static guint32
get_grey (cairo_surface_t *surface, int x, int y)
{
  return test_ui_get_pixel (surface, x, y) & 0xff;
}

/* The picture is light within the square and dark beside it, which does not depend on the
 * direction of the text. */
static void
test_drawing (Fixture *self, gconstpointer data)
{
  const FocRectangle square = { 40, 60, 100, 100 };

  foc_square_view_set_square (self->view, &square);
  for (int is_rtl = 0; is_rtl <= 1; is_rtl++)
    {
      cairo_surface_t *surface;

      gtk_widget_set_direction (GTK_WIDGET (self->view),
                                is_rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
      surface = test_ui_draw (self->view);
      g_assert_cmpuint (get_grey (surface, 45, TOP + 55), ==, 200);
      g_assert_cmpuint (get_grey (surface, 66, TOP + 55), ==, 200);
      g_assert_cmpuint (get_grey (surface, 75, TOP + 55), ==, 100);
      g_assert_cmpuint (get_grey (surface, 15, TOP + 55), ==, 100);
      g_assert_cmpuint (get_grey (surface, 45, TOP + 25), ==, 100);
      g_assert_cmpuint (get_grey (surface, 45, TOP + 85), ==, 100);
      g_assert_cmpuint (get_grey (surface, 21, TOP + 55), ==, 255); /* the edge */
      cairo_surface_destroy (surface);
    }
}

/* Of the smallest level that is large enough: it takes a fraction of the time. */
static void
test_level (Fixture *self, gconstpointer data)
{
  cairo_surface_t *surface = test_ui_draw (self->view);

  g_assert_cmpuint (get_grey (surface, 100, TOP + 50), ==, 200);
  cairo_surface_destroy (surface);

  gtk_widget_set_size_request (GTK_WIDGET (self->view), WIDTH + 50, -1);
  surface = test_ui_draw (self->view);
  g_assert_cmpuint (get_grey (surface, 100, TOP + 50), ==, 100);
  cairo_surface_destroy (surface);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/square-view/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("keys", test_keys);
  ADD ("drag", test_drag);
  ADD ("pointer", test_pointer);
  ADD ("set-square", test_set_square);
  ADD ("picture", test_picture);
  ADD ("words", test_words);
  ADD ("drawing", test_drawing);
  ADD ("level", test_level);

  return g_test_run ();
}

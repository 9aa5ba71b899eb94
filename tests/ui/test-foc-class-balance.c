/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-class-balance.h"

#include "foc-palette.h"
#include "test-ui.h"

#include <math.h>

#define WIDTH 400

typedef struct
{
  FocClassBalance *bar;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *bar = foc_class_balance_new ();

  self->bar = FOC_CLASS_BALANCE (bar);
  g_object_set (bar, "width-request", WIDTH, "halign", GTK_ALIGN_CENTER, "valign",
                GTK_ALIGN_CENTER, NULL);
  self->window = test_ui_show (bar, 500, 100);
  g_assert_cmpint (gtk_widget_get_width (bar), ==, WIDTH);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->window);
}

/* The class whose colour is there, or -1. */
static int
find_class (guint32 pixel)
{
  for (guint label = 0; label < FOC_PLOT_N_COLOURS; label++)
    {
      FocPlotColour colour = foc_palette_get_class_colour (label);

      if (fabs (255 * colour.red - (pixel >> 16 & 0xff)) < 2
          && fabs (255 * colour.green - (pixel >> 8 & 0xff)) < 2
          && fabs (255 * colour.blue - (pixel & 0xff)) < 2)
        return (int) label;
    }
  return -1;
}

/* How many pixels of the bar's middle are of each class; those of none at the end. */
static void
count_pixels (Fixture *self, int counts[FOC_PLOT_N_COLOURS + 1])
{
  cairo_surface_t *surface = test_ui_draw (self->bar);
  int y = gtk_widget_get_height (GTK_WIDGET (self->bar)) / 2;

  memset (counts, 0, (FOC_PLOT_N_COLOURS + 1) * sizeof *counts);
  for (int x = 0; x < WIDTH; x++)
    {
      int label = find_class (test_ui_get_pixel (surface, x, y));

      counts[label >= 0 ? label : FOC_PLOT_N_COLOURS]++;
    }
  cairo_surface_destroy (surface);
}

static int
get_class_at (Fixture *self, int x)
{
  cairo_surface_t *surface = test_ui_draw (self->bar);
  int y = gtk_widget_get_height (GTK_WIDGET (self->bar)) / 2;
  int label = find_class (test_ui_get_pixel (surface, x, y));

  cairo_surface_destroy (surface);
  return label;
}

static void
test_one (Fixture *self, gconstpointer data)
{
  const guint32 count = 12;
  int counts[FOC_PLOT_N_COLOURS + 1];

  foc_class_balance_set_counts (self->bar, &count, 1, "all are faces");
  count_pixels (self, counts);
  g_assert_cmpint (counts[0], >=, WIDTH - 2); /* its ends are round */
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (self->bar)), ==,
                   "all are faces");
  gtk_test_accessible_assert_property (self->bar, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "all are faces");
}

static void
test_two (Fixture *self, gconstpointer data)
{
  const guint32 some[] = { 1, 3 };
  int counts[FOC_PLOT_N_COLOURS + 1];

  foc_class_balance_set_counts (self->bar, some, 2, "");
  count_pixels (self, counts);
  g_assert_cmpint (ABS (counts[0] - WIDTH / 4), <=, 4);
  g_assert_cmpint (ABS (counts[1] - WIDTH * 3 / 4), <=, 4);
  g_assert_cmpint (get_class_at (self, WIDTH / 8), ==, 0);
  g_assert_cmpint (get_class_at (self, WIDTH / 4 - 1), ==, -1); /* the gap */
  g_assert_cmpint (get_class_at (self, WIDTH / 2), ==, 1);

  gtk_widget_set_direction (GTK_WIDGET (self->bar), GTK_TEXT_DIR_RTL);
  g_assert_cmpint (get_class_at (self, WIDTH * 7 / 8), ==, 0);
  g_assert_cmpint (get_class_at (self, WIDTH / 2), ==, 1);
}

static void
test_thousand (Fixture *self, gconstpointer data)
{
  guint32 some[1000];
  int counts[FOC_PLOT_N_COLOURS + 1];
  cairo_surface_t *surface;

  /* All are there: none but the last one is seen where it alone has pictures. */
  memset (some, 0, sizeof some);
  some[999] = 4000000000;
  foc_class_balance_set_counts (self->bar, some, 1000, "");
  count_pixels (self, counts);
  g_assert_cmpint (counts[999 % FOC_PLOT_N_COLOURS], >=, WIDTH - 2);

  /* The colours run into each other, and there are no gaps. */
  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    some[i] = 4000000000;
  foc_class_balance_set_counts (self->bar, some, 1000, "");
  surface = test_ui_draw (self->bar);
  for (int x = 2; x < WIDTH - 2; x++)
    g_assert_cmphex (test_ui_get_pixel (surface, x, 5), !=, 0);
  cairo_surface_destroy (surface);
}

/* A class without pictures has no piece; without any there is nothing to draw. */
static void
test_none (Fixture *self, gconstpointer data)
{
  const guint32 some[] = { 1, 0, 1 };
  int counts[FOC_PLOT_N_COLOURS + 1];

  foc_class_balance_set_counts (self->bar, some, 3, "");
  count_pixels (self, counts);
  g_assert_cmpint (counts[1], ==, 0);
  g_assert_cmpint (counts[2], >, WIDTH / 2 - 4);

  foc_class_balance_set_counts (self->bar, (const guint32[]){ 0, 0 }, 2, "");
  count_pixels (self, counts);
  g_assert_cmpint (counts[FOC_PLOT_N_COLOURS], ==, WIDTH);
  foc_class_balance_set_counts (self->bar, NULL, 0, "");
  count_pixels (self, counts);
  g_assert_cmpint (counts[FOC_PLOT_N_COLOURS], ==, WIDTH);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/class-balance/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("one", test_one);
  ADD ("two", test_two);
  ADD ("thousand", test_thousand);
  ADD ("none", test_none);

  return g_test_run ();
}

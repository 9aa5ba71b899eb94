/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-features-view.h"

#include "foc-preprocess.h"
#include "test-ui.h"

#define SIDE FOC_FEATURE_SIDE

/* No two pixels are of one colour. */
static void
make_features (guint8 features[FOC_N_FEATURES])
{
  for (int i = 0; i < SIDE * SIDE; i++)
    {
      features[3 * i] = (guint8) (8 + 10 * (i / SIDE));
      features[3 * i + 1] = (guint8) (8 + 10 * (i % SIDE));
      features[3 * i + 2] = 99;
    }
}

static guint32
get_colour (const guint8 *features, int x, int y)
{
  const guint8 *pixel = features + 3 * (SIDE * y + x);

  return (guint32) (pixel[0] << 16 | pixel[1] << 8 | pixel[2]);
}

/* Squares of `factor` pixels, the first of them at `left`; nothing beside them. */
static void
assert_drawn (GtkWidget *view, const guint8 *features, int left, int factor)
{
  cairo_surface_t *surface = test_ui_draw (view);

  g_assert_cmpint (gtk_widget_get_height (view), ==, SIDE * factor);
  for (int y = 0; y < gtk_widget_get_height (view); y++)
    for (int x = 0; x < gtk_widget_get_width (view); x++)
      {
        gboolean is_inside =
          x >= left && x < left + SIDE * factor && y < SIDE * factor && features != NULL;

        g_assert_cmphex (
          test_ui_get_pixel (surface, x, y), ==,
          is_inside ? get_colour (features, (x - left) / factor, y / factor) : 0);
      }
  cairo_surface_destroy (surface);
}

static void
set_width (GtkWidget *view, int width)
{
  GtkWidget *clamp = gtk_widget_get_parent (view);

  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), width);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), width);
  test_ui_settle (view);
  g_assert_cmpint (gtk_widget_get_width (view), ==, width);
}

/* 103 pixels wide: there is room for 4 each. */
static GtkWidget *
show_view (GtkWidget **view)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *window;

  *view = g_object_new (FOC_TYPE_FEATURES_VIEW, "valign", GTK_ALIGN_CENTER, NULL);
  adw_clamp_set_child (ADW_CLAMP (clamp), *view);
  window = test_ui_show (clamp, 300, 300);
  set_width (*view, 103);
  return window;
}

static void
test_pixels (void)
{
  guint8 features[FOC_N_FEATURES];
  GtkWidget *view;
  GtkWidget *window = show_view (&view);

  make_features (features);
  assert_drawn (view, NULL, 0, 4);
  foc_features_view_set_features (FOC_FEATURES_VIEW (view), features);
  assert_drawn (view, features, 0, 4);

  /* Other ones, which are copied. */
  features[0] = 200;
  foc_features_view_set_features (FOC_FEATURES_VIEW (view), features);
  assert_drawn (view, features, 0, 4);

  set_width (view, 125);
  assert_drawn (view, features, 0, 5);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "What the network sees");
  test_ui_destroy (window);
}

static void
test_right_to_left (void)
{
  guint8 features[FOC_N_FEATURES];
  GtkWidget *view;
  GtkWidget *window = show_view (&view);

  make_features (features);
  foc_features_view_set_features (FOC_FEATURES_VIEW (view), features);
  gtk_widget_set_direction (view, GTK_TEXT_DIR_RTL);
  test_ui_settle (window);
  assert_drawn (view, features, 103 - 4 * SIDE, 4); /* not mirrored: it is a picture */
  test_ui_destroy (window);
}

/* No larger than it likes to be, and it knows where it is. */
static void
test_natural_side (void)
{
  GtkWidget *view;
  GtkWidget *window = show_view (&view);
  graphene_rect_t area;

  set_width (view, 250);
  g_assert_cmpint (gtk_widget_get_height (view), ==, 120);
  g_object_set (view, "natural-side", 240, NULL);
  test_ui_settle (window);
  g_assert_cmpint (gtk_widget_get_height (view), ==, 240);

  foc_features_view_get_area (FOC_FEATURES_VIEW (view), &area);
  g_assert_true (graphene_rect_equal (&area, &GRAPHENE_RECT_INIT (0, 0, 240, 240)));
  gtk_widget_set_direction (view, GTK_TEXT_DIR_RTL);
  foc_features_view_get_area (FOC_FEATURES_VIEW (view), &area);
  g_assert_true (graphene_rect_equal (&area, &GRAPHENE_RECT_INIT (10, 0, 240, 240)));
  test_ui_destroy (window);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  g_test_add_func ("/features-view/pixels", test_pixels);
  g_test_add_func ("/features-view/right-to-left", test_right_to_left);
  g_test_add_func ("/features-view/natural-side", test_natural_side);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every plot at every size: no text overlaps another, or leaves the picture. */

#include "foc-plot-legend.h"
#include "foc-plot-private.h"
#include "test-plots.h"

static const int sizes[][2] = {
  { 1, 1 },     { 12, 300 },  { 300, 12 },   { 60, 40 },    { 150, 100 },
  { 200, 600 }, { 300, 220 }, { 420, 300 },  { 480, 560 },  { 640, 400 },
  { 800, 200 }, { 800, 800 }, { 1200, 700 }, { 1920, 300 },
};
static const double font_sizes[] = { 7, 11, 16.5, 22, 40 };

/* Rounding may be off by this. */
#define SLACK 0.1

/* The texts of one drawing; free with g_array_unref(). */
static GArray *
draw_texts (FocPlot *plot,
            int width,
            int height,
            double font_size,
            const FocPlotPalette *palette)
{
  FocPlotStyle style = FOC_PLOT_STYLE_INIT;
  GArray *texts = g_array_new (FALSE, FALSE, sizeof (FocPlotBox));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  cairo_t *cr = cairo_create (surface);

  style.font_size = font_size;
  style.palette = palette;
  foc_plot_draw_recorded (plot, cr, width, height, &style, texts);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  g_assert_false (cairo_has_current_point (cr));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return texts;
}

static gboolean
overlap (const FocPlotBox *a, const FocPlotBox *b)
{
  return a->x + SLACK < b->x + b->width && b->x + SLACK < a->x + a->width
         && a->y + SLACK < b->y + b->height && b->y + SLACK < a->y + a->height;
}

static void
check_texts (const char *name, int width, int height, double font_size, GArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    {
      const FocPlotBox *a = &g_array_index (texts, FocPlotBox, i);

      if (a->x < -SLACK || a->y < -SLACK || a->x + a->width > width + SLACK
          || a->y + a->height > height + SLACK)
        {
          g_test_message ("%s, %d x %d, font %g: text at %.1f, %.1f, %.1f x %.1f is cut",
                          name, width, height, font_size, a->x, a->y, a->width,
                          a->height);
          g_test_fail ();
        }
      for (guint k = 0; k < i; k++)
        {
          const FocPlotBox *b = &g_array_index (texts, FocPlotBox, k);

          if (overlap (a, b))
            {
              g_test_message (
                "%s, %d x %d, font %g: texts at %.1f, %.1f, %.1f x %.1f and %.1f, "
                "%.1f, %.1f x %.1f overlap",
                name, width, height, font_size, a->x, a->y, a->width, a->height, b->x,
                b->y, b->width, b->height);
              g_test_fail ();
            }
        }
    }
}

static void
test_overlap (gconstpointer data)
{
  const TestPlot *test = data;
  g_autoptr (FocPlot) plot = test->make ();

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint k = 0; k < G_N_ELEMENTS (font_sizes); k++)
      {
        g_autoptr (GArray) texts = draw_texts (plot, sizes[i][0], sizes[i][1],
                                               font_sizes[k], &foc_plot_palette_light);

        check_texts (test->name, sizes[i][0], sizes[i][1], font_sizes[k], texts);
        /* At an ordinary size something is said. */
        if (sizes[i][0] >= 640 && sizes[i][1] >= 400 && font_sizes[k] < 20)
          g_assert_cmpuint (texts->len, >, 0);
      }
  g_object_add_weak_pointer (G_OBJECT (plot), (gpointer *) &plot);
  g_object_unref (plot);
  g_assert_null (plot);
}

/* The checks above can fail. */
static void
test_recorded (void)
{
  g_autoptr (FocPlot) plot = test_plots[0].make ();
  g_autoptr (GArray) texts = draw_texts (plot, 640, 400, 11, &foc_plot_palette_dark);
  FocPlotBox *first = &g_array_index (texts, FocPlotBox, 0);
  FocPlotBox moved = *first;

  /* The title, two of the axes, the ticks and the legend. */
  g_assert_cmpuint (texts->len, >=, 3 + 6 + 6 + 6);
  moved.x += first->width / 2;
  g_assert_true (overlap (first, &moved));
  moved.x += first->width / 2;
  g_assert_false (overlap (first, &moved));
}

/* A legend of any length stands beside what it leaves to the plot, and both in the box. */
static void
test_legend (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (surface);
  FocPlotStyle style = FOC_PLOT_STYLE_INIT;
  FocPlotCanvas canvas;

  foc_plot_canvas_init (&canvas, cr, &style, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint n = 0; n <= 40; n++)
      for (guint square = 0; square < 2; square++)
        {
          FocPlotBox box = { 5, 7, sizes[i][0], sizes[i][1] }, rest = box;
          g_auto (FocPlotLegend) legend = { 0 };

          foc_plot_legend_init (&legend, n % 2 ? "heading" : NULL);
          for (guint k = 0; k < n; k++)
            foc_plot_legend_add (&legend, g_strnfill (1 + k * n % 29, 'n'),
                                 FOC_PLOT_SAMPLE_LINE, &(FocPlotPen){ .look = k });
          foc_plot_legend_layout (&legend, &canvas, &rest, square ? 1 : 1.6);
          g_assert_cmpfloat (rest.x + rest.width, <=, box.x + box.width + SLACK);
          g_assert_cmpfloat (rest.y + rest.height, <=, box.y + box.height + SLACK);
          if (legend.n_rows == 0)
            continue;
          g_assert_false (overlap (&rest, &legend.box));
          g_assert_cmpfloat (legend.box.x, >=, box.x);
          g_assert_cmpfloat (legend.box.y, >=, box.y);
          g_assert_cmpfloat (legend.box.x + legend.box.width, <=,
                             box.x + box.width + SLACK);
          g_assert_cmpfloat (legend.box.y + legend.box.height, <=,
                             box.y + box.height + SLACK);
          /* At an ordinary size nothing is left out. */
          if (sizes[i][0] >= 800 && sizes[i][1] >= 700)
            g_assert_cmpuint (legend.n_rows * legend.n_columns, >=, n);
        }
  foc_plot_canvas_clear (&canvas);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (const TestPlot *test = test_plots; test->name; test++)
    {
      g_autofree char *path = g_strconcat ("/plot/layout/", test->name, NULL);

      g_test_add_data_func (path, test, test_overlap);
    }
  g_test_add_func ("/plot/layout/recorded", test_recorded);
  g_test_add_func ("/plot/layout/legend", test_legend);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-plot-line.h"

#include <math.h>
#include <string.h>

#include "foc-line-chart.h"
#include "foc-plot-map.h"

#define WIDTH 400
#define HEIGHT 300

static void
test_decimate (void)
{
  FocPlotPoint points[10000];
  g_autoptr (GArray) seen = NULL;
  gboolean spike = FALSE, dip = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    points[i] = (FocPlotPoint){ 10 + i / 100.0, i % 2 };
  points[4321].y = 50;
  points[4322].y = -50;

  seen = foc_plot_decimate (points, G_N_ELEMENTS (points), 1, 0);
  /* 100 columns of at most four points. */
  g_assert_cmpuint (seen->len, >=, 200);
  g_assert_cmpuint (seen->len, <=, 400);
  for (guint i = 0; i < seen->len; i++)
    {
      const FocPlotPoint *point = &g_array_index (seen, FocPlotPoint, i);

      spike = spike || point->y == 50;
      dip = dip || point->y == -50;
      if (i > 0)
        g_assert_cmpfloat (point->x, >=, g_array_index (seen, FocPlotPoint, i - 1).x);
    }
  g_assert_true (spike);
  g_assert_true (dip);
  g_assert_cmpmem (&g_array_index (seen, FocPlotPoint, 0), sizeof *points, points,
                   sizeof *points);
  g_assert_cmpmem (&g_array_index (seen, FocPlotPoint, seen->len - 1), sizeof *points,
                   &points[G_N_ELEMENTS (points) - 1], sizeof *points);
}

/* What goes up and down by less than can be seen is a point a column; all else is kept. */
static void
test_decimate_smooth (void)
{
  FocPlotPoint points[10000];
  g_autoptr (GArray) seen = NULL;
  gboolean spike = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    points[i] = (FocPlotPoint){ 10 + i / 100.0, 0.5 * (i % 2) };
  points[4321].y = 50;

  seen = foc_plot_decimate (points, G_N_ELEMENTS (points), 1, 0.5);
  g_assert_cmpuint (seen->len, >=, 100);
  g_assert_cmpuint (seen->len, <=, 106);
  for (guint i = 0; i < seen->len; i++)
    spike = spike || g_array_index (seen, FocPlotPoint, i).y == 50;
  g_assert_true (spike);
  g_assert_cmpfloat (g_array_index (seen, FocPlotPoint, seen->len - 1).x, ==,
                     points[G_N_ELEMENTS (points) - 1].x);
}

/* What is sparse stays as it is. */
static void
test_decimate_sparse (void)
{
  const FocPlotPoint points[] = { { 1, 5 }, { 3, 4 }, { 4.5, 9 }, { 8, 0 } };
  g_autoptr (GArray) seen = foc_plot_decimate (points, G_N_ELEMENTS (points), 0.5, 0);
  g_autoptr (GArray) none = foc_plot_decimate (points, 0, 1, 0);

  g_assert_cmpmem (seen->data, seen->len * sizeof *points, points, sizeof points);
  g_assert_cmpuint (none->len, ==, 0);
}

/* A frame that fills the picture, with values from 0 to 1. */
static const FocPlotFrame frame = {
  .x = { .from = 0, .to = 1 },
  .y = { .from = 0, .to = 1 },
  .area = { 0, 0, WIDTH, HEIGHT },
};

/* The alpha channel of the line, WIDTH x HEIGHT; free with g_free(). */
static guint8 *
draw_line (const FocPlotFrame *in,
           gboolean bold,
           const double *x,
           const double *y,
           gsize n)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  FocPlotStyle style = FOC_PLOT_STYLE_INIT;
  FocPlotPen pen = { .bold = bold };
  FocPlotCanvas canvas;
  guint8 *pixels;

  foc_plot_canvas_init (&canvas, cr, &style, NULL);
  foc_plot_line_draw (in, &canvas, &pen, x, y, n);
  foc_plot_canvas_clear (&canvas);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  /* Rows of A8 are a multiple of four bytes, as WIDTH is. */
  pixels = g_memdup2 (cairo_image_surface_get_data (surface), WIDTH * HEIGHT);
  cairo_surface_destroy (surface);
  return pixels;
}

/* How much is drawn in the columns from `left` to `right`. */
static guint
ink (const guint8 *pixels, guint left, guint right)
{
  guint sum = 0;

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = left; x < right; x++)
      sum += pixels[y * WIDTH + x];
  return sum;
}

static void
check_gap (double value, gboolean logarithmic)
{
  const double x[] = { 0, 0.2, 0.4, 0.6, 0.8, 1 };
  const double y[] = { 0.5, 0.5, value, 0.5, 0.5, 0.5 };
  FocPlotFrame in = frame;
  g_autofree guint8 *pixels = NULL;

  in.y.logarithmic = logarithmic;
  in.y.from = logarithmic ? 0.1 : 0;
  pixels = draw_line (&in, FALSE, x, y, G_N_ELEMENTS (x));
  g_assert_cmpuint (ink (pixels, 10, 70), >, 0);
  g_assert_cmpuint (ink (pixels, 90, 230), ==, 0);
  g_assert_cmpuint (ink (pixels, 250, 390), >, 0);
}

static void
test_gap (void)
{
  check_gap (NAN, FALSE);
  check_gap (INFINITY, FALSE);
  check_gap (-INFINITY, FALSE);
  check_gap (0, TRUE);
  check_gap (-3, TRUE);
}

static void
test_one_point (void)
{
  const double x[] = { 0, 0.5, 1 }, y[] = { NAN, 0.5, NAN };
  g_autofree guint8 *pixels = draw_line (&frame, FALSE, x, y, G_N_ELEMENTS (x));

  g_assert_cmpuint (pixels[HEIGHT / 2 * WIDTH + WIDTH / 2], ==, 255);
  g_assert_cmpuint (ink (pixels, 0, WIDTH), ==, ink (pixels, 190, 210));
}

/* One point among a hundred thousand is seen, up to where it is. */
static void
test_spike (void)
{
  gsize n = 100000;
  g_autofree double *x = g_new (double, n);
  g_autofree double *y = g_new (double, n);
  g_autofree guint8 *pixels = NULL;

  for (gsize i = 0; i < n; i++)
    {
      x[i] = (double) i / (double) n;
      y[i] = 0.1;
    }
  y[n / 4] = 0.9;
  pixels = draw_line (&frame, FALSE, x, y, n);
  g_assert_cmpuint (
    pixels[HEIGHT * 2 / 10 * WIDTH + 99] + pixels[HEIGHT * 2 / 10 * WIDTH + 100], >, 100);
}

/* Values far outside neither break Cairo nor are drawn beyond the area. */
static void
test_outside (void)
{
  const double x[] = { 0, 0.25, 0.5, 1 }, y[] = { 0.5, 1e300, -1e300, 1e9 };
  FocPlotFrame in = frame;
  g_autofree guint8 *pixels = NULL;

  in.area = (FocPlotBox){ 100, 100, 200, 100 };
  pixels = draw_line (&in, TRUE, x, y, G_N_ELEMENTS (x));
  g_assert_cmpuint (ink (pixels, 100, 300), >, 0);
  g_assert_cmpuint (ink (pixels, 0, 90) + ink (pixels, 310, WIDTH), ==, 0);
  for (guint row = 0; row < 90; row++)
    for (guint column = 0; column < WIDTH; column++)
      g_assert_cmpuint (pixels[row * WIDTH + column], ==, 0);
}

/* A line that leaves the area ends at its edge, to the pixel; one along the edge is seen in its
 * whole width. */
static void
test_leaves (void)
{
  const double x[] = { 0, 0.5, 1 };
  const double y[3][3] = { { 0.5, -0.5, -4 }, { 0.5, 1.5, 9 }, { 0, 0, 0 } };
  FocPlotFrame in = frame;

  in.area = (FocPlotBox){ 100, 100, 200, 100 };
  for (guint i = 0; i < 3; i++)
    for (guint bold = 0; bold < 2; bold++)
      {
        g_autofree guint8 *pixels = draw_line (&in, bold != 0, x, y[i], 3);
        guint above = 0, within = 0, below = 0;

        for (guint row = 0; row < HEIGHT; row++)
          for (guint column = 0; column < WIDTH; column++)
            *(row < 100   ? &above
              : row < 200 ? &within
                          : &below) += pixels[row * WIDTH + column];
        g_assert_cmpuint (within, >, 0);
        g_assert_cmpuint (above, ==, 0);
        g_assert_cmpint (below > 0, ==, i == 2);
      }
}

static guint
ink_of_plot (FocPlot *plot, gboolean mapped)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  const FocPlotStyle style = FOC_PLOT_STYLE_INIT;
  guint sum;

  if (mapped)
    foc_plot_map_free (foc_plot_draw_mapped (plot, cr, WIDTH, HEIGHT, &style));
  else
    foc_plot_draw (plot, cr, WIDTH, HEIGHT, &style);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  sum = ink (cairo_image_surface_get_data (surface), 0, WIDTH);
  cairo_surface_destroy (surface);
  return sum;
}

/* On the screen, what is dense is drawn as a band: it looks as the line would. */
static void
test_band (void)
{
  for (guint n = 50; n <= 3200; n *= 4)
    {
      g_autoptr (FocPlot) plot = FOC_PLOT (foc_line_chart_new ());
      g_autofree double *x = g_new (double, n);
      g_autofree double *y = g_new (double, n);
      guint as_line, as_band;

      for (guint i = 0; i < n; i++)
        {
          x[i] = i;
          y[i] = sin (i * 6.0 / n) + 0.2 * (i * 7919 % 97) / 97 + (i == n / 2 ? 1 : 0);
        }
      foc_line_chart_add_series (FOC_LINE_CHART (plot),
                                 &(FocSeries){ .x = x, .y = y, .n = n });
      as_line = ink_of_plot (plot, FALSE);
      as_band = ink_of_plot (plot, TRUE);
      g_assert_cmpfloat (as_band, >, 0.9 * as_line);
      g_assert_cmpfloat (as_band, <, 1.1 * as_line);
    }
}

/* Bold lines carry marks, at different places for different looks where there are many
 * points. */
static void
test_marks (void)
{
  const double x[] = { 0.1, 0.5, 0.9 }, y[] = { 0.5, 0.5, 0.5 };
  g_autofree guint8 *thin = draw_line (&frame, FALSE, x, y, 3);
  g_autofree guint8 *bold = draw_line (&frame, TRUE, x, y, 3);
  guint above = (HEIGHT / 2 - 3) * WIDTH;

  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    {
      g_assert_cmpuint (thin[above + (guint) (x[i] * WIDTH)], ==, 0);
      g_assert_cmpuint (bold[above + (guint) (x[i] * WIDTH)], >, 0);
    }
  g_assert_cmpuint (bold[above + (guint) (0.3 * WIDTH)], ==, 0);
}

/* A series that diverged does not set the scale: the others are drawn as without it, where
 * it is not. */
static void
test_diverged (void)
{
  const double x[] = { 0, 1, 2, 3 };
  const double good[] = { 0.7, 0.5, 0.4, 0.3 }, bad[] = { 0.7, 5, 1e12, NAN };
  FocPlotStyle style = FOC_PLOT_STYLE_INIT;
  guint ink_of[2] = { 0 };

  for (guint diverged = 0; diverged < 2; diverged++)
    {
      g_autoptr (FocLineChart) chart = foc_line_chart_new ();
      cairo_surface_t *surface =
        cairo_image_surface_create (CAIRO_FORMAT_A8, WIDTH, HEIGHT);
      cairo_t *cr = cairo_create (surface);
      guint8 *pixels;

      foc_line_chart_add_series (chart, &(FocSeries){ .x = x, .y = good, .n = 4 });
      if (diverged)
        foc_line_chart_add_series (
          chart, &(FocSeries){ .diverged = TRUE, .look = 1, .x = x, .y = bad, .n = 4 });
      foc_plot_draw (FOC_PLOT (chart), cr, WIDTH, HEIGHT, &style);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      pixels = cairo_image_surface_get_data (surface);
      ink_of[diverged] = ink (pixels, WIDTH / 2, WIDTH);
      cairo_surface_destroy (surface);
    }
  g_assert_cmpuint (ink_of[0], >, 0);
  g_assert_cmpuint (ink_of[0], ==, ink_of[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/line/decimate", test_decimate);
  g_test_add_func ("/plot/line/decimate-smooth", test_decimate_smooth);
  g_test_add_func ("/plot/line/decimate-sparse", test_decimate_sparse);
  g_test_add_func ("/plot/line/gap", test_gap);
  g_test_add_func ("/plot/line/one-point", test_one_point);
  g_test_add_func ("/plot/line/spike", test_spike);
  g_test_add_func ("/plot/line/outside", test_outside);
  g_test_add_func ("/plot/line/leaves", test_leaves);
  g_test_add_func ("/plot/line/band", test_band);
  g_test_add_func ("/plot/line/marks", test_marks);
  g_test_add_func ("/plot/line/diverged", test_diverged);
  return g_test_run ();
}

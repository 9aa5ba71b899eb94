/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a pointer and arrow keys find in a plot, and what is hidden in it. */

#include "foc-plot-map-private.h"

#include "foc-confusion-plot.h"
#include "foc-line-chart.h"
#include "foc-plot-thin.h"
#include "test-plots.h"

#include <math.h>
#include <string.h>

#define WIDTH 640
#define HEIGHT 400

static const FocPlotStyle style = FOC_PLOT_STYLE_INIT;

/* Ones, twos, threes of every curve; the thin one of 0.1 has a point beyond its axis. */
static FocPlot *
make_chart (gboolean logarithmic)
{
  FocLineChart *chart = foc_line_chart_new ();
  const FocLineChartAxis x_axis = { .title = "epoch", .from = 0, .to = NAN };
  const FocLineChartAxis y_axis = {
    .title = "loss (nats)", .logarithmic = logarithmic, .from = NAN, .to = 1
  };
  const double x[] = { 1, 2, 3 };
  const double y[4][3] = {
    { 0.8, 1.02, 0.6 }, { 0.75, 0.7, 0.65 }, { 0.4, 0.3, 0.21234 }, { 0.35, 0.25, 0.2 }
  };

  foc_line_chart_set_x_axis (chart, &x_axis);
  foc_line_chart_set_y_axis (chart, &y_axis);
  foc_line_chart_set_legend_heading (chart, "learning rate");
  for (guint i = 0; i < 4; i++)
    foc_line_chart_add_series (chart,
                               &(FocSeries){ .name = i < 2 ? "0.1" : "0.01",
                                             .kind = i % 2 ? "validation" : "training",
                                             .look = i / 2,
                                             .bold = i % 2 != 0,
                                             .x = x,
                                             .y = y[i],
                                             .n = 3 });
  foc_line_chart_set_best (chart, 3, 0.2, "best cell");
  return FOC_PLOT (chart);
}

/* The map, and what was drawn; `pixels` (nullable) is WIDTH x HEIGHT x 4 bytes, to be freed
 * with g_free(). */
static FocPlotMap *
draw (FocPlot *plot, const FocPlotPick *pick, guint8 **pixels)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  FocPlotMap *map = foc_plot_draw_mapped (plot, cr, WIDTH, HEIGHT, &style);

  if (pick)
    foc_plot_map_draw_pick (map, pick, cr, &style);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  g_assert_false (cairo_has_current_point (cr));
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (pixels)
    *pixels = g_memdup2 (cairo_image_surface_get_data (surface), WIDTH * HEIGHT * 4);
  cairo_surface_destroy (surface);
  return map;
}

static void
assert_says (const FocPlotMap *map, const FocPlotPick *pick, const char *expected)
{
  g_autofree char *text = foc_plot_map_describe (map, pick);

  g_assert_cmpstr (text, ==, expected);
}

static const FocPlotMapPoint *
get_point (const FocPlotMap *map, guint series, guint point)
{
  return &g_array_index (map->series, FocPlotMapSeries, series).points[point];
}

static void
test_find (gconstpointer logarithmic)
{
  g_autoptr (FocPlot) plot = make_chart (logarithmic != NULL);
  g_autoptr (FocPlotMap) map = draw (plot, NULL, NULL);
  FocPlotPick pick;

  /* Each point is found where it is, and a little beside. Thin ones stand before. */
  g_assert_cmpuint (map->series->len, ==, 4);
  for (guint series = 0; series < 4; series++)
    for (guint k = 0; k < 3; k++)
      {
        const FocPlotMapPoint *point = get_point (map, series, k);
        double x = (double) point->place_x, y = (double) point->place_y;

        if (point->y > 1) /* not in sight */
          continue;
        g_assert_true (foc_plot_map_find (map, x - 1, y + 1, &pick));
        g_assert_false (pick.is_cell);
        g_assert_cmpuint (pick.series, ==, series);
        g_assert_cmpuint (pick.point, ==, k);
      }
  assert_says (map, &pick, "learning rate 0.01, validation, epoch 3, loss (nats) 0.2");
  pick = (FocPlotPick){ .series = 1, .point = 2 };
  assert_says (map, &pick, "learning rate 0.01, training, epoch 3, loss (nats) 0.2123");
  pick = (FocPlotPick){ .series = 0, .point = 1 };
  assert_says (map, &pick, "learning rate 0.1, training, epoch 2, loss (nats) 1.02");

  /* Nothing far away, outside of the area, or where the point beyond the axis would be. */
  g_assert_false (foc_plot_map_find (map, 1, 1, &pick));
  g_assert_false (foc_plot_map_find (map, WIDTH - 1, HEIGHT / 2, &pick));
  g_assert_false (foc_plot_map_find (
    map, (double) get_point (map, 0, 1)->place_x,
    g_array_index (map->series, FocPlotMapSeries, 0).area.y + 1, &pick));
}

static void
test_steps (void)
{
  g_autoptr (FocPlot) plot = make_chart (FALSE);
  g_autoptr (FocPlot) empty = FOC_PLOT (foc_line_chart_new ());
  g_autoptr (FocPlotMap) map = draw (plot, NULL, NULL);
  g_autoptr (FocPlotMap) empty_map = draw (empty, NULL, NULL);
  FocPlotPick pick;

  g_assert_false (foc_plot_map_begin (empty_map, FOC_PLOT_STEP_LEFT, &pick));

  g_assert_true (foc_plot_map_begin (map, FOC_PLOT_STEP_RIGHT, &pick));
  assert_says (map, &pick, "learning rate 0.1, validation, epoch 1, loss (nats) 0.75");
  g_assert_true (foc_plot_map_begin (map, FOC_PLOT_STEP_LEFT, &pick));
  assert_says (map, &pick, "learning rate 0.1, validation, epoch 3, loss (nats) 0.65");
  foc_plot_map_step (map, FOC_PLOT_STEP_LEFT, &pick);
  assert_says (map, &pick, "learning rate 0.1, validation, epoch 2, loss (nats) 0.7");
  foc_plot_map_step (map, FOC_PLOT_STEP_DOWN, &pick);
  assert_says (map, &pick, "learning rate 0.01, validation, epoch 2, loss (nats) 0.25");
  foc_plot_map_step (map, FOC_PLOT_STEP_DOWN, &pick);
  assert_says (map, &pick, "learning rate 0.01, validation, epoch 2, loss (nats) 0.25");
  foc_plot_map_step (map, FOC_PLOT_STEP_RIGHT, &pick);
  foc_plot_map_step (map, FOC_PLOT_STEP_RIGHT, &pick);
  assert_says (map, &pick, "learning rate 0.01, validation, epoch 3, loss (nats) 0.2");
  foc_plot_map_step (map, FOC_PLOT_STEP_FIRST, &pick);
  assert_says (map, &pick, "learning rate 0.01, validation, epoch 1, loss (nats) 0.35");
  for (guint i = 0; i < 5; i++)
    foc_plot_map_step (map, FOC_PLOT_STEP_UP, &pick);
  foc_plot_map_step (map, FOC_PLOT_STEP_RIGHT, &pick);
  assert_says (map, &pick, "learning rate 0.1, training, epoch 2, loss (nats) 1.02");
  foc_plot_map_step (map, FOC_PLOT_STEP_LAST, &pick);
  assert_says (map, &pick, "learning rate 0.1, training, epoch 3, loss (nats) 0.6");
}

/* No step stays on a pixel. */
static void
test_steps_dense (void)
{
  g_autoptr (FocLineChart) chart = foc_line_chart_new ();
  g_autoptr (FocPlotMap) map = NULL;
  FocPlotPick pick;
  double x[4000];
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    x[i] = i;
  foc_line_chart_add_series (
    chart, &(FocSeries){ .name = "long", .x = x, .y = x, .n = G_N_ELEMENTS (x) });
  map = draw (FOC_PLOT (chart), NULL, NULL);
  g_assert_true (foc_plot_map_begin (map, FOC_PLOT_STEP_FIRST, &pick));
  for (; pick.point + 1 < G_N_ELEMENTS (x); n++)
    {
      float before = get_point (map, 0, pick.point)->place_x;

      foc_plot_map_step (map, FOC_PLOT_STEP_RIGHT, &pick);
      if (pick.point + 1 < G_N_ELEMENTS (x))
        g_assert_cmpfloat (get_point (map, 0, pick.point)->place_x, >=, before + 0.99f);
    }
  g_assert_cmpuint (n, >, 200);
  g_assert_cmpuint (n, <=, WIDTH);
}

static int
find_entry (const FocPlotMap *map, const char *text)
{
  for (guint i = 0; i < foc_plot_map_get_n_entries (map); i++)
    if (g_str_equal (foc_plot_map_get_entry_text (map, i), text))
      return (int) i;
  return -1;
}

static void
set_hidden (FocPlot *plot, const FocPlotMap *map, const char *text, gboolean hidden)
{
  int entry = find_entry (map, text);

  g_assert_cmpint (entry, >=, 0);
  foc_plot_set_hidden (plot, foc_plot_map_get_entry_key (map, (guint) entry), hidden);
}

/* How many pixels have that colour. */
static guint
count_colour (const guint8 *pixels, const FocPlotColour *colour)
{
  guint n = 0;

  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    {
      guint32 pixel;

      memcpy (&pixel, pixels + 4 * (gsize) i, 4);
      n += pixel >> 24 == 255 && fabs ((pixel >> 16 & 0xff) - 255 * colour->red) < 2
           && fabs ((pixel >> 8 & 0xff) - 255 * colour->green) < 2
           && fabs ((pixel & 0xff) - 255 * colour->blue) < 2;
    }
  return n;
}

static void
test_hidden (void)
{
  g_autoptr (FocPlot) plot = make_chart (FALSE);
  g_autoptr (FocPlot) other = make_chart (TRUE);
  g_autoptr (FocPlotMap) map = NULL, hidden = NULL, kind = NULL, all = NULL, again = NULL;
  g_autoptr (FocPlotMap) elsewhere = NULL;
  g_autofree guint8 *before = NULL;
  g_autofree guint8 *after = NULL;
  g_autofree guint8 *shown = NULL;
  const FocPlotColour *colour = &foc_plot_palette_light.series[0];
  static const char *const texts[] = { "0.1", "0.01", "training", "validation",
                                       "best cell" };

  map = draw (plot, NULL, &before);
  g_assert_cmpuint (foc_plot_map_get_n_entries (map), ==, G_N_ELEMENTS (texts));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (find_entry (map, texts[i]), ==, (int) i);
  g_assert_cmpuint (count_colour (before, colour), >, 100);

  /* A name takes both of its curves, and the scale shows the rest larger. The legend is as
   * it was, but faint. */
  set_hidden (plot, map, "0.1", TRUE);
  hidden = draw (plot, NULL, &after);
  g_assert_cmpuint (hidden->series->len, ==, 2);
  g_assert_cmpuint (foc_plot_map_get_n_entries (hidden), ==, G_N_ELEMENTS (texts));
  g_assert_cmpuint (count_colour (after, colour), ==, 0);
  g_assert_cmpstr (g_array_index (hidden->series, FocPlotMapSeries, 0).name, ==, "0.01");
  set_hidden (plot, map, "training", TRUE);
  kind = draw (plot, NULL, NULL);
  g_assert_cmpuint (kind->series->len, ==, 1);
  g_assert_cmpstr (g_array_index (kind->series, FocPlotMapSeries, 0).kind, ==,
                   "validation");

  /* With nothing left there are still axes and the legend. */
  set_hidden (plot, map, "0.01", TRUE);
  all = draw (plot, NULL, NULL);
  g_assert_cmpuint (all->series->len, ==, 0);
  g_assert_cmpuint (foc_plot_map_get_n_entries (all), ==, G_N_ELEMENTS (texts));

  /* Another plot knows the entries, whatever its scale. */
  foc_plot_copy_hidden (other, plot);
  elsewhere = draw (other, NULL, NULL);
  g_assert_cmpuint (elsewhere->series->len, ==, 0);

  foc_plot_show_all (plot);
  again = draw (plot, NULL, &shown);
  g_assert_cmpmem (shown, WIDTH * HEIGHT * 4, before, WIDTH * HEIGHT * 4);
}

/* Entries are found where they are, and keys are those of curves. */
static void
test_entries (gconstpointer data)
{
  const TestPlot *test = data;
  g_autoptr (FocPlot) plot = test->make ();
  g_autofree guint8 *shown = NULL;
  g_autoptr (FocPlotMap) map = draw (plot, NULL, &shown);

  for (guint i = 0; i < map->entries->len; i++)
    {
      const FocPlotBox *box = &g_array_index (map->entries, FocPlotMapEntry, i).box;

      if (box->width > 0)
        g_assert_cmpint (foc_plot_map_find_entry (map, box->x + box->width / 2,
                                                  box->y + box->height / 2),
                         ==, (int) i);
      for (guint k = 0; k < i; k++)
        g_assert_cmpstr (foc_plot_map_get_entry_key (map, i), !=,
                         foc_plot_map_get_entry_key (map, k));
    }
  g_assert_cmpint (foc_plot_map_find_entry (map, 1, HEIGHT - 1), ==, -1);

  /* Each can be hidden, which is seen. */
  for (guint i = 0; i < map->entries->len; i++)
    {
      g_autofree guint8 *hidden = NULL;

      foc_plot_set_hidden (plot, foc_plot_map_get_entry_key (map, i), TRUE);
      foc_plot_map_free (draw (plot, NULL, &hidden));
      g_assert_cmpint (memcmp (hidden, shown, WIDTH * HEIGHT * 4), !=, 0);
      foc_plot_show_all (plot);
    }

  /* A pick of whatever there is can be drawn and said. */
  for (guint i = 0; i < map->series->len; i++)
    for (guint end = 0; end < 2; end++)
      {
        guint n = g_array_index (map->series, FocPlotMapSeries, i).n;
        const FocPlotPick pick = { .series = i, .point = end ? n - 1 : 0 };
        g_autofree char *text = foc_plot_map_describe (map, &pick);

        g_assert_cmpuint (strlen (text), >, 3);
        foc_plot_map_free (draw (plot, &pick, NULL));
      }
}

static void
test_follow (void)
{
  g_autoptr (FocPlot) plot = make_chart (FALSE);
  g_autoptr (FocPlot) other = make_chart (TRUE);
  g_autoptr (FocPlotMap) map = draw (plot, NULL, NULL);
  g_autoptr (FocPlotMap) later = NULL;
  FocPlotPick pick = { .series = 3, .point = 1 }, gone = { .series = 2, .point = 1 };

  set_hidden (other, map, "0.1", TRUE);
  later = draw (other, NULL, NULL);
  g_assert_true (foc_plot_map_follow (later, map, &pick));
  assert_says (later, &pick, "learning rate 0.01, validation, epoch 2, loss (nats) 0.25");
  g_assert_false (foc_plot_map_follow (later, map, &gone));
}

static void
test_cells (void)
{
  const char *const names[] = { "comics", "faces", "none" };
  const guint64 counts[] = { 8, 2, 0, 1, 19, 0, 0, 0, 0 };
  g_autoptr (FocPlot) plot = FOC_PLOT (foc_confusion_plot_new (3, names, counts));
  g_autoptr (FocPlotMap) map = draw (plot, NULL, NULL);
  const FocPlotBox *cells = &map->cells;
  FocPlotPick pick;

  for (guint row = 0; row < 3; row++)
    for (guint column = 0; column < 3; column++)
      {
        g_assert_true (
          foc_plot_map_find (map, cells->x + (column + 0.9) * cells->width / 3,
                             cells->y + (row + 0.1) * cells->height / 3, &pick));
        g_assert_true (pick.is_cell);
        g_assert_cmpuint (pick.row, ==, row);
        g_assert_cmpuint (pick.column, ==, column);
        foc_plot_map_free (draw (plot, &pick, NULL));
      }
  g_assert_true (
    foc_plot_map_find (map, cells->x + cells->width, cells->y + cells->height, &pick));
  g_assert_cmpuint (pick.row, ==, 2);
  g_assert_false (foc_plot_map_find (map, cells->x - 2, cells->y, &pick));

  foc_plot_map_begin (map, FOC_PLOT_STEP_LEFT, &pick);
  foc_plot_map_step (map, FOC_PLOT_STEP_UP, &pick);
  foc_plot_map_step (map, FOC_PLOT_STEP_RIGHT, &pick);
  assert_says (map, &pick,
               "true class comics, answer faces, pictures 2, "
               "share of the class 20.0\u00a0%");
  for (guint i = 0; i < 4; i++)
    foc_plot_map_step (map, FOC_PLOT_STEP_DOWN, &pick);
  assert_says (map, &pick, "true class none, answer faces, pictures 0");
  foc_plot_map_step (map, FOC_PLOT_STEP_LAST, &pick);
  assert_says (map, &pick, "true class none, answer none, pictures 0");
}

/* What a long curve keeps. */
static void
test_thin (void)
{
  gsize n = 100000;
  g_autofree double *x = g_new (double, n);
  g_autofree double *y = g_new (double, n);
  g_autoptr (FocLineChart) chart = foc_line_chart_new ();
  g_autoptr (FocPlotMap) map = NULL;
  gsize kept;
  guint peaks = 0, dips = 0, gaps = 0;

  for (gsize i = 0; i < n; i++)
    {
      x[i] = (double) i;
      y[i] = (double) (i % 7);
    }
  y[31234] = 100;
  y[31235] = -100;
  y[0] = INFINITY;
  y[65000] = NAN;
  foc_line_chart_add_series (chart, &(FocSeries){ .x = x, .y = y, .n = n });
  map = draw (FOC_PLOT (chart), NULL, NULL);
  g_assert_cmpuint (g_array_index (map->series, FocPlotMapSeries, 0).n, <,
                    FOC_PLOT_POINTS_MAX);
  kept = foc_plot_thin (x, y, n);
  g_assert_cmpuint (kept, <=, FOC_PLOT_POINTS_MAX);
  g_assert_cmpuint (kept, >, FOC_PLOT_POINTS_MAX / 2);
  for (gsize i = 0; i < kept; i++)
    {
      peaks += y[i] == 100 && x[i] == 31234;
      dips += y[i] == -100 && x[i] == 31235;
      gaps += !isfinite (y[i]);
      if (i > 0)
        g_assert_cmpfloat (x[i], >, x[i - 1]);
    }
  g_assert_cmpuint (peaks, ==, 1);
  g_assert_cmpuint (dips, ==, 1);
  g_assert_cmpuint (gaps, ==, 2);
  g_assert_cmpfloat (x[kept - 1], ==, (double) (n - 1));

  /* What is not long stays. */
  g_assert_cmpuint (foc_plot_thin (x, y, kept), ==, kept);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/plot/map/find", NULL, test_find);
  g_test_add_data_func ("/plot/map/find-logarithmic", "", test_find);
  g_test_add_func ("/plot/map/steps", test_steps);
  g_test_add_func ("/plot/map/steps-dense", test_steps_dense);
  g_test_add_func ("/plot/map/hidden", test_hidden);
  g_test_add_func ("/plot/map/follow", test_follow);
  g_test_add_func ("/plot/map/cells", test_cells);
  g_test_add_func ("/plot/map/thin", test_thin);
  for (const TestPlot *test = test_plots; test->name; test++)
    {
      g_autofree char *path = g_strconcat ("/plot/map/entries/", test->name, NULL);

      g_test_add_data_func (path, test, test_entries);
    }
  return g_test_run ();
}

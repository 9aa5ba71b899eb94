/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-plot-export.h"

#include <math.h>
#include <string.h>

#include "foc-confusion-plot.h"
#include "foc-explanation-plot.h"
#include "foc-line-chart.h"
#include "test-plots.h"

typedef struct
{
  const guint8 *data;
  gsize position, length;
} Reader;

static cairo_status_t
read_bytes (void *closure, unsigned char *data, unsigned int length)
{
  Reader *reader = closure;

  if (reader->length - reader->position < length)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, reader->data + reader->position, length);
  reader->position += length;
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
read_png (GBytes *bytes)
{
  Reader reader = { 0 };

  reader.data = g_bytes_get_data (bytes, &reader.length);
  return cairo_image_surface_create_from_png_stream (read_bytes, &reader);
}

static gboolean
contains (GBytes *bytes, const char *words)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return memmem (data, length, words, strlen (words)) != NULL;
}

static GBytes *export(FocPlot *plot, guint kind)
{
  FocPlotStyle style = FOC_PLOT_STYLE_INIT;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = kind == 0   ? foc_plot_to_png (plot, 320, 240, 1.5, &style, &error)
                  : kind == 1 ? foc_plot_to_svg (plot, 320, 240, &style, &error)
                              : foc_plot_to_pdf (plot, 320, 240, &style, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  return bytes;
}

/* The same plot, drawn again, and another one like it, give the same bytes. */
static void
test_same_bytes (gconstpointer data)
{
  const TestPlot *test = data;
  g_autoptr (FocPlot) first = test->make ();

  for (guint kind = 0; kind < 3; kind++)
    {
      g_autoptr (FocPlot) second = test->make ();
      g_autoptr (GBytes) a = export(first, kind);
      g_autoptr (GBytes) b = export(first, kind);
      g_autoptr (GBytes) c = export(second, kind);

      g_assert_true (g_bytes_equal (a, b));
      g_assert_true (g_bytes_equal (a, c));
    }
}

static void
test_png (void)
{
  g_autoptr (FocPlot) plot = test_plots[0].make ();
  g_autoptr (GBytes) bytes = export(plot, 0);
  cairo_surface_t *surface = read_png (bytes);
  const guint32 *pixels;

  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 480);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 360);
  /* The background is painted. */
  pixels = (const guint32 *) (const void *) cairo_image_surface_get_data (surface);
  g_assert_cmphex (pixels[0] & 0xffffff, ==, 0xffffff);
  cairo_surface_destroy (surface);
}

static void
test_dark (void)
{
  FocPlotStyle style = FOC_PLOT_STYLE_INIT;
  g_autoptr (FocPlot) plot = test_plots[0].make ();
  g_autoptr (GBytes) bytes = NULL;
  cairo_surface_t *surface;
  const guint32 *pixels;

  style.palette = &foc_plot_palette_dark;
  bytes = foc_plot_to_png (plot, 100, 100, 1, &style, NULL);
  surface = read_png (bytes);
  pixels = (const guint32 *) (const void *) cairo_image_surface_get_data (surface);
  g_assert_cmphex (pixels[0] & 0xffffff, ==, 0x1e1e1e);
  cairo_surface_destroy (surface);
}

/* A date would be another one after a second. (Newer Cairo compresses all that could be
 * looked for.) */
static void
test_pdf (void)
{
  g_autoptr (FocPlot) plot = test_plots[0].make ();
  g_autoptr (GBytes) bytes = export(plot, 2);
  g_autoptr (GBytes) later = NULL;

  g_assert_true (g_str_has_prefix (g_bytes_get_data (bytes, NULL), "%PDF-1."));
  g_assert_true (contains (bytes, "%%EOF"));
  g_usleep (1100 * 1000);
  later = export(plot, 2);
  g_assert_true (g_bytes_equal (bytes, later));
}

static void
test_svg (gconstpointer data)
{
  const TestPlot *test = data;
  g_autoptr (FocPlot) plot = test->make ();
  g_autoptr (GBytes) bytes = export(plot, 1);
  GMarkupParser parser = { 0 };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GRegex) uses = g_regex_new ("#([\\w-]+)", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  g_assert_true (g_str_has_prefix (text, "<?xml"));
  g_markup_parse_context_parse (context, text, (gssize) length, &error);
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_no_error (error);
  g_markup_parse_context_free (context);

  /* Whatever is used is still defined, once. */
  g_regex_match_full (uses, text, (gssize) length, 0, 0, &match, NULL);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);
      g_autofree char *definition = g_strdup_printf ("id=\"%s\"", name);
      const char *found = g_strstr_len (text, (gssize) length, definition);

      g_assert_nonnull (found);
      g_assert_null (
        g_strstr_len (found + 1, (gssize) length - (found + 1 - text), definition));
    }
}

/* Names that are no UTF-8, or more than one line. */
static void
test_names (void)
{
  const char *const names[] = { "\xff\xfe", "two\nlines\tand <markup> & \x01" };
  const guint64 counts[] = { 5, G_MAXUINT64 / 4, 0, 0 };
  g_autoptr (FocConfusionPlot) plot = foc_confusion_plot_new (2, names, counts);

  foc_plot_set_title (FOC_PLOT (plot), "\xc3");
  for (guint kind = 0; kind < 3; kind++)
    g_bytes_unref (export(FOC_PLOT (plot), kind));
}

/* Shares that are nothing, or not finite. */
static void
test_shares (void)
{
  static const double values[] = { 0, 1e-300, NAN, INFINITY, 1e300 };
  guint8 features[4 * 4 * 3] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      double shares[4 * 4 * 3];
      FocExplanation explanation = { .side = 4,
                                     .features = features,
                                     .shares = shares,
                                     .answer = "a",
                                     .runner_up = "b",
                                     .answer_logit = values[i],
                                     .runner_up_logit = -values[i],
                                     .probability = NAN };
      g_autoptr (FocExplanationPlot) plot = NULL;

      for (guint k = 0; k < G_N_ELEMENTS (shares); k++)
        shares[k] = k % 2 ? values[i] : -values[i];
      plot = foc_explanation_plot_new (&explanation);
      for (guint kind = 0; kind < 3; kind++)
        g_bytes_unref (export(FOC_PLOT (plot), kind));
    }
}

/* Ends that are given and that nothing, one value, or only nonsense stands between. */
static void
test_ends (void)
{
  static const double ends[] = { NAN, 0, 100, -1e300, 1e300, 1e-300, INFINITY };
  const double x[] = { 1, 2 }, y[] = { 0.5, 0.5 };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    for (guint k = 0; k < G_N_ELEMENTS (ends); k++)
      for (guint logarithmic = 0; logarithmic < 2; logarithmic++)
        {
          g_autoptr (FocLineChart) chart = foc_line_chart_new ();
          FocLineChartAxis axis = { .logarithmic = logarithmic != 0,
                                    .from = ends[i],
                                    .to = ends[k] };

          foc_line_chart_set_x_axis (chart, &axis);
          foc_line_chart_set_y_axis (chart, &axis);
          foc_line_chart_add_series (
            chart, &(FocSeries){ .x = x, .y = y, .n = 2, .bold = TRUE });
          g_bytes_unref (export(FOC_PLOT (chart), 0));
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (const TestPlot *test = test_plots; test->name; test++)
    {
      g_autofree char *same = g_strconcat ("/plot/export/same-bytes/", test->name, NULL);
      g_autofree char *svg = g_strconcat ("/plot/export/svg/", test->name, NULL);

      g_test_add_data_func (same, test, test_same_bytes);
      g_test_add_data_func (svg, test, test_svg);
    }
  g_test_add_func ("/plot/export/png", test_png);
  g_test_add_func ("/plot/export/dark", test_dark);
  g_test_add_func ("/plot/export/pdf", test_pdf);
  g_test_add_func ("/plot/export/names", test_names);
  g_test_add_func ("/plot/export/shares", test_shares);
  g_test_add_func ("/plot/export/ends", test_ends);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-line-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "foc-plot-legend.h"
#include "foc-plot-map-private.h"
#include "foc-plot-thin.h"

/* The legend's entry of the star. */
#define BEST_KEY "best"

typedef struct
{
  char *name;
  char *kind;
  char *key, *kind_key; /* of their entries in the legend */
  FocPlotPen pen;
  gboolean diverged;
  double *x, *y;
  gsize n;
} Series;

struct _FocLineChart
{
  FocPlot parent_instance;

  FocLineChartAxis x_axis, y_axis;
  char *x_title, *y_title;
  char *heading;
  GPtrArray *series; /* of Series */
  char *best;        /* NULL: none */
  double best_x, best_y;
};

G_DEFINE_FINAL_TYPE (FocLineChart, foc_line_chart, FOC_TYPE_PLOT)

static void
series_free (gpointer data)
{
  Series *series = data;

  g_free (series->name);
  g_free (series->kind);
  g_free (series->key);
  g_free (series->kind_key);
  g_free (series->x);
  g_free (series->y);
  g_free (series);
}

static void
foc_line_chart_finalize (GObject *object)
{
  FocLineChart *self = FOC_LINE_CHART (object);

  g_ptr_array_unref (self->series);
  g_free (self->x_title);
  g_free (self->y_title);
  g_free (self->heading);
  g_free (self->best);
  G_OBJECT_CLASS (foc_line_chart_parent_class)->finalize (object);
}

FocLineChart *
foc_line_chart_new (void)
{
  return g_object_new (FOC_TYPE_LINE_CHART, NULL);
}

static void
set_axis (FocLineChartAxis *axis, char **title, const FocLineChartAxis *from)
{
  char *copy = g_strdup (from->title);

  g_free (*title);
  *title = copy;
  *axis = *from;
  axis->title = copy;
}

void
foc_line_chart_set_x_axis (FocLineChart *self, const FocLineChartAxis *axis)
{
  set_axis (&self->x_axis, &self->x_title, axis);
}

void
foc_line_chart_set_y_axis (FocLineChart *self, const FocLineChartAxis *axis)
{
  set_axis (&self->y_axis, &self->y_title, axis);
}

void
foc_line_chart_set_legend_heading (FocLineChart *self, const char *heading)
{
  g_free (self->heading);
  self->heading = g_strdup (heading);
}

void
foc_line_chart_add_series (FocLineChart *self, const FocSeries *series)
{
  Series *copy = g_new0 (Series, 1);

  copy->name = g_strdup (series->name);
  copy->kind = g_strdup (series->kind);
  copy->pen = (FocPlotPen){ .look = series->look, .bold = series->bold };
  copy->diverged = series->diverged;
  copy->x = g_memdup2 (series->x, series->n * sizeof (double));
  copy->y = g_memdup2 (series->y, series->n * sizeof (double));
  copy->n = foc_plot_thin (copy->x, copy->y, series->n);
  if (series->name)
    copy->key = g_strdup_printf ("name %u %s", series->look, series->name);
  if (series->kind)
    copy->kind_key = g_strdup_printf ("kind %s", series->kind);
  g_ptr_array_add (self->series, copy);
}

void
foc_line_chart_set_best (FocLineChart *self, double x, double y, const char *name)
{
  g_free (self->best);
  self->best = g_strdup (name);
  self->best_x = x;
  self->best_y = y;
}

/* Has an earlier series the same name and look, or the same kind? */
static gboolean
is_named (FocLineChart *self, guint index, gboolean by_kind)
{
  const Series *series = g_ptr_array_index (self->series, index);

  for (guint i = 0; i < index; i++)
    {
      const Series *other = g_ptr_array_index (self->series, i);

      if (by_kind ? g_strcmp0 (series->kind, other->kind) == 0
                  : series->pen.look == other->pen.look
                      && g_strcmp0 (series->name, other->name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* One entry stands for all the series of its name and look: is any of them bold, did
 * any of them diverge? */
static void
add_name (FocLineChart *self, FocPlotLegend *legend, const Series *series)
{
  FocPlotPen pen = series->pen;
  gboolean diverged = FALSE;

  for (guint i = 0; i < self->series->len; i++)
    {
      const Series *other = g_ptr_array_index (self->series, i);

      if (other->pen.look == pen.look && g_strcmp0 (series->name, other->name) == 0)
        {
          pen.bold = pen.bold || other->pen.bold;
          diverged = diverged || other->diverged;
        }
    }
  foc_plot_legend_add (legend,
                       diverged ? g_strdup_printf (_ ("%s (diverged)"), series->name)
                                : g_strdup (series->name),
                       diverged ? FOC_PLOT_SAMPLE_CROSSED : FOC_PLOT_SAMPLE_LINE, &pen);
  foc_plot_legend_set_key (legend, FOC_PLOT (self), series->key);
}

static void
fill_legend (FocLineChart *self, FocPlotLegend *legend)
{
  for (guint i = 0; i < self->series->len; i++)
    {
      const Series *series = g_ptr_array_index (self->series, i);

      if (series->name && !is_named (self, i, FALSE))
        add_name (self, legend, series);
    }
  for (guint i = 0; i < self->series->len; i++)
    {
      const Series *series = g_ptr_array_index (self->series, i);
      FocPlotPen pen = { .bold = series->pen.bold, .plain = TRUE };

      if (series->kind && !is_named (self, i, TRUE))
        {
          foc_plot_legend_add (legend, g_strdup (series->kind), FOC_PLOT_SAMPLE_LINE,
                               &pen);
          foc_plot_legend_set_key (legend, FOC_PLOT (self), series->kind_key);
        }
    }
  if (self->best)
    {
      const FocPlotPen pen = { .plain = TRUE };

      foc_plot_legend_add (legend, g_strdup (self->best), FOC_PLOT_SAMPLE_STAR, &pen);
      foc_plot_legend_set_key (legend, FOC_PLOT (self), BEST_KEY);
    }
}

static gboolean
is_hidden (FocLineChart *self, const Series *series)
{
  FocPlot *plot = FOC_PLOT (self);

  return (series->key && foc_plot_is_hidden (plot, series->key))
         || (series->kind_key && foc_plot_is_hidden (plot, series->kind_key));
}

/* Whether there is anything to draw. */
static gboolean
find_scales (FocLineChart *self, FocPlotFrame *frame)
{
  FocPlotAxis *x = &frame->x, *y = &frame->y;

  *x = (FocPlotAxis){ .title = self->x_axis.title,
                      .logarithmic = self->x_axis.logarithmic,
                      .from = INFINITY,
                      .to = -INFINITY };
  *y = (FocPlotAxis){ .title = self->y_axis.title,
                      .logarithmic = self->y_axis.logarithmic,
                      .from = INFINITY,
                      .to = -INFINITY,
                      .round_from = TRUE,
                      .round_to = TRUE };
  for (guint pass = 0; pass < 3 && !isfinite (y->from); pass++)
    for (guint i = 0; i < self->series->len; i++)
      {
        const Series *series = g_ptr_array_index (self->series, i);

        foc_plot_axis_include (x, series->x, series->n);
        /* If all of them diverged, at least that is shown; if all of them are hidden, the
         * axes are. */
        if ((!series->diverged || pass > 0) && (!is_hidden (self, series) || pass > 1))
          foc_plot_axis_include (y, series->y, series->n);
      }
  return isfinite (x->from) && isfinite (y->from)
         && foc_plot_axis_finish (x, self->x_axis.from, self->x_axis.to)
         && foc_plot_axis_finish (y, self->y_axis.from, self->y_axis.to);
}

/* Where a series that diverged was last seen, or left the area; not at all if it was
 * never in there. */
static void
mark_diverged (const FocPlotFrame *frame, FocPlotCanvas *canvas, const Series *series)
{
  FocPlotColour colour = foc_plot_pen_colour (&series->pen, canvas);
  const FocPlotBox *area = &frame->area;
  double x = NAN, y = NAN;
  gboolean seen = FALSE;

  for (gsize i = 0; i < series->n; i++)
    {
      double next_x = foc_plot_frame_x (frame, series->x[i]);
      double next_y = foc_plot_frame_y (frame, series->y[i]);

      if (isnan (next_x) || isnan (next_y))
        continue;
      seen = seen || next_y >= area->y;
      if (next_y < area->y && y >= area->y)
        {
          /* Where its line crosses the upper edge. */
          x += (next_x - x) * (y - area->y) / (y - next_y);
          y = next_y;
          break;
        }
      x = next_x;
      y = next_y;
    }
  if (seen)
    foc_plot_cross_draw (canvas, &colour, CLAMP (x, area->x, area->x + area->width),
                         CLAMP (y, area->y, area->y + area->height));
}

static gboolean
hides_any (FocLineChart *self)
{
  for (guint i = 0; i < self->series->len; i++)
    if (is_hidden (self, g_ptr_array_index (self->series, i)))
      return TRUE;
  return FALSE;
}

static void
draw_best (FocLineChart *self, const FocPlotFrame *frame, FocPlotCanvas *canvas)
{
  const FocPlotBox *area = &frame->area;
  double x = foc_plot_frame_x (frame, self->best_x);
  double y = foc_plot_frame_y (frame, self->best_y);

  if (!self->best || isnan (x) || isnan (y)
      || foc_plot_is_hidden (FOC_PLOT (self), BEST_KEY))
    return;
  /* Of a series that is hidden, it may be anywhere. */
  if (hides_any (self)
      && (x < area->x || x > area->x + area->width || y < area->y
          || y > area->y + area->height))
    return;
  /* On the edge, if it is of a series that diverged. */
  foc_plot_star_draw (canvas, &canvas->palette->text,
                      CLAMP (x, area->x, area->x + area->width),
                      CLAMP (y, area->y, area->y + area->height));
}

static void
draw_series (FocLineChart *self,
             const FocPlotFrame *frame,
             FocPlotCanvas *canvas,
             const Series *series)
{
  foc_plot_line_draw (frame, canvas, &series->pen, series->x, series->y, series->n);
  if (canvas->map)
    {
      const FocPlotMapSeries mapped = {
        .key = series->key,
        .heading = self->heading,
        .name = series->name,
        .kind = series->kind,
        .pen = series->pen,
      };

      foc_plot_map_add_series (canvas->map, frame, &mapped, series->x, series->y,
                               series->n);
    }
}

static void
foc_line_chart_draw (FocPlot *plot, FocPlotCanvas *canvas, const FocPlotBox *box)
{
  FocLineChart *self = FOC_LINE_CHART (plot);
  g_auto (FocPlotLegend) legend = { 0 };
  FocPlotFrame frame = { 0 };
  FocPlotBox rest = *box;

  if (!find_scales (self, &frame))
    {
      gboolean logarithmic = self->series->len > 0 && self->y_axis.logarithmic;

      foc_plot_text_draw_notice (
        canvas, box, logarithmic ? _ ("No values above zero") : _ ("No data"));
      return;
    }

  foc_plot_legend_init (&legend, self->heading);
  fill_legend (self, &legend);
  foc_plot_legend_layout (&legend, canvas, &rest, 1.6);
  foc_plot_frame_layout (&frame, canvas, &rest);
  foc_plot_frame_draw (&frame, canvas);

  for (guint bold = 0; bold < 2; bold++)
    for (guint i = 0; i < self->series->len; i++)
      {
        const Series *series = g_ptr_array_index (self->series, i);

        if (bold == (series->pen.bold ? 1 : 0) && !is_hidden (self, series))
          draw_series (self, &frame, canvas, series);
      }
  for (guint i = 0; i < self->series->len; i++)
    {
      const Series *series = g_ptr_array_index (self->series, i);

      if (series->diverged && !is_hidden (self, series))
        mark_diverged (&frame, canvas, series);
    }
  draw_best (self, &frame, canvas);
  foc_plot_legend_draw (&legend, canvas);
}

static void
foc_line_chart_class_init (FocLineChartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foc_line_chart_finalize;
  FOC_PLOT_CLASS (klass)->draw = foc_line_chart_draw;
}

static void
foc_line_chart_init (FocLineChart *self)
{
  self->series = g_ptr_array_new_with_free_func (series_free);
  self->x_axis = (FocLineChartAxis){ .from = NAN, .to = NAN };
  self->y_axis = (FocLineChartAxis){ .from = NAN, .to = NAN };
}

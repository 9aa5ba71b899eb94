/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-calibration-plot.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "foc-plot-legend.h"
#include "foc-plot-map-private.h"

/* The part of the height that the counts take. */
#define COUNTS_SHARE 0.3

typedef struct
{
  char *name;
  char *key; /* of its entry in the legend */
  guint n_bins;
  double *confidence, *accuracy; /* NaN in an empty bin */
  double *counts;
  double error;
} Curve;

struct _FocCalibrationPlot
{
  FocPlot parent_instance;

  GPtrArray *curves; /* of Curve */
};

G_DEFINE_FINAL_TYPE (FocCalibrationPlot, foc_calibration_plot, FOC_TYPE_PLOT)

static void
curve_free (gpointer data)
{
  Curve *curve = data;

  g_free (curve->name);
  g_free (curve->key);
  g_free (curve->confidence);
  g_free (curve->accuracy);
  g_free (curve->counts);
  g_free (curve);
}

static void
foc_calibration_plot_finalize (GObject *object)
{
  g_ptr_array_unref (FOC_CALIBRATION_PLOT (object)->curves);
  G_OBJECT_CLASS (foc_calibration_plot_parent_class)->finalize (object);
}

FocCalibrationPlot *
foc_calibration_plot_new (void)
{
  return g_object_new (FOC_TYPE_CALIBRATION_PLOT, NULL);
}

void
foc_calibration_plot_add_curve (FocCalibrationPlot *self,
                                const FocCalibrationCurve *curve)
{
  Curve *copy = g_new0 (Curve, 1);

  copy->name = g_strdup (curve->name);
  copy->key = g_strdup_printf ("curve %s", curve->name);
  copy->n_bins = curve->n_bins;
  copy->confidence = g_new (double, curve->n_bins);
  copy->accuracy = g_new (double, curve->n_bins);
  copy->counts = g_new (double, curve->n_bins);
  for (guint i = 0; i < curve->n_bins; i++)
    {
      gboolean empty = curve->counts[i] == 0;

      copy->confidence[i] = empty ? NAN : curve->confidence[i];
      copy->accuracy[i] = empty ? NAN : curve->accuracy[i];
      copy->counts[i] = (double) curve->counts[i];
    }
  copy->error = curve->error;
  g_ptr_array_add (self->curves, copy);
}

/* The curves' lines pass over empty bins: a bin without answers is no gap of the
 * measurement. */
static void
draw_curve (const FocPlotFrame *frame,
            FocPlotCanvas *canvas,
            guint look,
            const Curve *curve)
{
  const FocPlotMapSeries mapped = {
    .key = curve->key,
    .name = curve->name,
    .pen = { .look = look, .bold = TRUE },
  };
  g_autofree double *x = g_new (double, curve->n_bins + 1);
  g_autofree double *y = g_new (double, curve->n_bins + 1);
  gsize n = 0;

  for (guint i = 0; i < curve->n_bins; i++)
    if (isfinite (curve->confidence[i]) && isfinite (curve->accuracy[i]))
      {
        x[n] = curve->confidence[i];
        y[n++] = curve->accuracy[i];
      }
  foc_plot_line_draw (frame, canvas, &mapped.pen, x, y, n);
  if (canvas->map)
    {
      FocPlotFrame titled = *frame;

      titled.x.title = _ ("confidence"); /* which stands below the counts */
      foc_plot_map_add_series (canvas->map, &titled, &mapped, x, y, n);
    }
}

/* The bars of all curves, side by side in each bin; those of the first are hollow, so
 * that they are told apart without colour. */
static void
draw_counts (FocCalibrationPlot *self, const FocPlotFrame *frame, FocPlotCanvas *canvas)
{
  double bottom = frame->area.y + frame->area.height;
  cairo_t *cr = canvas->cr;

  cairo_set_line_width (cr, 0.09 * canvas->em);
  for (guint i = 0; i < self->curves->len; i++)
    {
      const Curve *curve = g_ptr_array_index (self->curves, i);
      FocPlotPen pen = { .look = i };
      FocPlotColour colour = foc_plot_pen_colour (&pen, canvas);
      double width = 0.8 * frame->area.width / curve->n_bins / self->curves->len;

      foc_plot_canvas_set_colour (canvas, &colour);
      for (guint bin = 0; bin < curve->n_bins; bin++)
        {
          double x = foc_plot_frame_x (frame, (bin + 0.1) / curve->n_bins) + i * width;
          double top = foc_plot_frame_y (frame, curve->counts[bin]);

          if (curve->counts[bin] == 0 || foc_plot_is_hidden (FOC_PLOT (self), curve->key))
            continue;
          /* One of ten thousand is still seen. */
          top = MIN (top, bottom - 0.1 * canvas->em);
          cairo_rectangle (cr, x, top, width, bottom - top);
          if (i > 0 || self->curves->len == 1)
            cairo_fill_preserve (cr);
          cairo_stroke (cr);
        }
    }
}

static gboolean
is_empty (FocCalibrationPlot *self)
{
  for (guint i = 0; i < self->curves->len; i++)
    {
      const Curve *curve = g_ptr_array_index (self->curves, i);

      for (guint k = 0; k < curve->n_bins; k++)
        if (isfinite (curve->confidence[k]) && isfinite (curve->accuracy[k]))
          return FALSE;
    }
  return TRUE;
}

static void
fill_legend (FocCalibrationPlot *self, FocPlotLegend *legend)
{
  foc_plot_legend_init (legend, _ ("calibration error (ECE)"));
  for (guint i = 0; i < self->curves->len; i++)
    {
      const Curve *curve = g_ptr_array_index (self->curves, i);
      g_autofree char *error = foc_plot_number (curve->error, 4);
      FocPlotPen pen = { .look = i, .bold = TRUE };

      /* The number first: names may be too long to be shown. */
      foc_plot_legend_add (legend, g_strdup_printf ("%s\u2002%s", error, curve->name),
                           FOC_PLOT_SAMPLE_LINE, &pen);
      foc_plot_legend_set_key (legend, FOC_PLOT (self), curve->key);
    }
}

/* Both frames under each other, with their areas from the same left to the same right. */
static void
layout (FocPlotFrame *upper,
        FocPlotFrame *lower,
        FocPlotCanvas *canvas,
        const FocPlotBox *box)
{
  FocPlotBox upper_box = *box, lower_box = *box;
  double right;

  /* A little more between the lowest label above and the highest below. */
  foc_plot_box_cut_bottom (&upper_box, COUNTS_SHARE * box->height + 0.6 * canvas->em);
  foc_plot_box_cut_top (&lower_box, box->height - COUNTS_SHARE * box->height);
  foc_plot_frame_layout (lower, canvas, &lower_box);
  upper->left_least = lower->left;
  foc_plot_frame_layout (upper, canvas, &upper_box);
  lower->left_least = upper->left;
  foc_plot_frame_layout (lower, canvas, &lower_box);

  right = MIN (upper->area.x + upper->area.width, lower->area.x + lower->area.width);
  upper->area.width = right - upper->area.x;
  lower->area.width = right - lower->area.x;
}

static void
foc_calibration_plot_draw (FocPlot *plot, FocPlotCanvas *canvas, const FocPlotBox *box)
{
  FocCalibrationPlot *self = FOC_CALIBRATION_PLOT (plot);
  g_auto (FocPlotLegend) legend = { 0 };
  FocPlotFrame upper = {
    .x = { .from = 0, .to = 1 },
    .y = { .title = _ ("accuracy"), .from = 0, .to = 1 },
    .no_x_labels = TRUE,
  };
  FocPlotFrame lower = {
    .x = { .title = _ ("confidence"), .from = 0, .to = 1 },
    .y = { .title = _ ("answers"), .from = 0, .to = 0, .round_to = TRUE },
  };
  FocPlotBox rest = *box;

  if (is_empty (self))
    {
      foc_plot_text_draw_notice (canvas, box, _ ("No data"));
      return;
    }
  for (guint i = 0; i < self->curves->len; i++)
    {
      const Curve *curve = g_ptr_array_index (self->curves, i);

      foc_plot_axis_include (&lower.y, curve->counts, curve->n_bins);
    }

  fill_legend (self, &legend);
  foc_plot_legend_layout (&legend, canvas, &rest, 1);
  layout (&upper, &lower, canvas, &rest);
  foc_plot_frame_draw (&upper, canvas);
  foc_plot_diagonal_draw (&upper, canvas);
  foc_plot_frame_draw (&lower, canvas);
  draw_counts (self, &lower, canvas);
  for (guint i = 0; i < self->curves->len; i++)
    {
      const Curve *curve = g_ptr_array_index (self->curves, i);

      if (!foc_plot_is_hidden (plot, curve->key))
        draw_curve (&upper, canvas, i, curve);
    }
  foc_plot_legend_draw (&legend, canvas);
}

static void
foc_calibration_plot_class_init (FocCalibrationPlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foc_calibration_plot_finalize;
  FOC_PLOT_CLASS (klass)->draw = foc_calibration_plot_draw;
}

static void
foc_calibration_plot_init (FocCalibrationPlot *self)
{
  self->curves = g_ptr_array_new_with_free_func (curve_free);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-roc-plot.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "foc-plot-legend.h"
#include "foc-plot-map-private.h"

typedef struct
{
  char *name;
  char *key; /* of its entry in the legend */
  double *x, *y;
  gsize n;
  double area;
} Curve;

struct _FocRocPlot
{
  FocPlot parent_instance;

  GPtrArray *curves; /* of Curve */
};

G_DEFINE_FINAL_TYPE (FocRocPlot, foc_roc_plot, FOC_TYPE_PLOT)

static void
curve_free (gpointer data)
{
  Curve *curve = data;

  g_free (curve->name);
  g_free (curve->key);
  g_free (curve->x);
  g_free (curve->y);
  g_free (curve);
}

static void
foc_roc_plot_finalize (GObject *object)
{
  g_ptr_array_unref (FOC_ROC_PLOT (object)->curves);
  G_OBJECT_CLASS (foc_roc_plot_parent_class)->finalize (object);
}

FocRocPlot *
foc_roc_plot_new (void)
{
  return g_object_new (FOC_TYPE_ROC_PLOT, NULL);
}

void
foc_roc_plot_add_curve (FocRocPlot *self, const FocRocCurve *curve)
{
  Curve *copy = g_new0 (Curve, 1);

  copy->name = g_strdup (curve->name);
  copy->key = g_strdup_printf ("class %u %s", self->curves->len, curve->name);
  copy->x = g_memdup2 (curve->false_positive_rate, curve->n * sizeof (double));
  copy->y = g_memdup2 (curve->true_positive_rate, curve->n * sizeof (double));
  copy->n = curve->n;
  copy->area = curve->area;
  g_ptr_array_add (self->curves, copy);
}

static gboolean
is_empty (FocRocPlot *self)
{
  for (guint i = 0; i < self->curves->len; i++)
    {
      const Curve *curve = g_ptr_array_index (self->curves, i);

      for (gsize k = 0; k < curve->n; k++)
        if (isfinite (curve->x[k]) && isfinite (curve->y[k]))
          return FALSE;
    }
  return TRUE;
}

static void
foc_roc_plot_draw (FocPlot *plot, FocPlotCanvas *canvas, const FocPlotBox *box)
{
  FocRocPlot *self = FOC_ROC_PLOT (plot);
  g_auto (FocPlotLegend) legend = { 0 };
  FocPlotFrame frame = {
    .x = { .title = _ ("false positive rate"), .from = 0, .to = 1 },
    .y = { .title = _ ("true positive rate"), .from = 0, .to = 1 },
    .aspect = 1,
  };
  FocPlotBox rest = *box;

  if (is_empty (self))
    {
      foc_plot_text_draw_notice (canvas, box, _ ("No data"));
      return;
    }

  foc_plot_legend_init (&legend, _ ("area under curve (AUC)"));
  for (guint i = 0; i < self->curves->len; i++)
    {
      const Curve *curve = g_ptr_array_index (self->curves, i);
      g_autofree char *area = foc_plot_number (curve->area, 4);
      g_autofree char *name = foc_plot_isolate (curve->name);
      FocPlotPen pen = { .look = i, .bold = TRUE };

      /* The number first, since names may be too long to be shown: a left-to-right mark
       * keeps it there. */
      foc_plot_legend_add (&legend, g_strdup_printf ("\u200e%s\u2002%s", area, name),
                           FOC_PLOT_SAMPLE_LINE, &pen);
      foc_plot_legend_set_key (&legend, plot, curve->key);
    }
  foc_plot_legend_layout (&legend, canvas, &rest, 1);
  foc_plot_frame_layout (&frame, canvas, &rest);
  foc_plot_frame_draw (&frame, canvas);
  foc_plot_diagonal_draw (&frame, canvas);
  for (guint i = 0; i < self->curves->len; i++)
    {
      const Curve *curve = g_ptr_array_index (self->curves, i);
      const FocPlotMapSeries mapped = {
        .key = curve->key,
        .name = curve->name,
        .pen = { .look = i, .bold = TRUE },
      };

      if (foc_plot_is_hidden (plot, curve->key))
        continue;
      foc_plot_line_draw (&frame, canvas, &mapped.pen, curve->x, curve->y, curve->n);
      if (canvas->map)
        foc_plot_map_add_series (canvas->map, &frame, &mapped, curve->x, curve->y,
                                 curve->n);
    }
  foc_plot_legend_draw (&legend, canvas);
}

static void
foc_roc_plot_class_init (FocRocPlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foc_roc_plot_finalize;
  FOC_PLOT_CLASS (klass)->draw = foc_roc_plot_draw;
}

static void
foc_roc_plot_init (FocRocPlot *self)
{
  self->curves = g_ptr_array_new_with_free_func (curve_free);
}

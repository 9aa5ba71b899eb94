/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-private.h"

typedef struct
{
  char *title;
} FocPlotPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FocPlot, foc_plot, G_TYPE_OBJECT)

static void
foc_plot_finalize (GObject *object)
{
  FocPlotPrivate *priv = foc_plot_get_instance_private (FOC_PLOT (object));

  g_free (priv->title);
  G_OBJECT_CLASS (foc_plot_parent_class)->finalize (object);
}

static void
foc_plot_class_init (FocPlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foc_plot_finalize;
}

static void
foc_plot_init (FocPlot *self)
{
}

char *
foc_plot_isolate (const char *name)
{
  /* The first strong character decides on the direction within. */
  return g_strconcat ("\u2068", name, "\u2069", NULL);
}

void
foc_plot_set_title (FocPlot *self, const char *title)
{
  FocPlotPrivate *priv = foc_plot_get_instance_private (self);

  g_free (priv->title);
  priv->title = g_strdup (title);
}

void
foc_plot_draw_recorded (FocPlot *self,
                        cairo_t *cr,
                        double width,
                        double height,
                        const FocPlotStyle *style,
                        GArray *texts)
{
  FocPlotPrivate *priv = foc_plot_get_instance_private (self);
  FocPlotCanvas canvas;
  FocPlotBox box;
  double margin;

  if (!(width >= 1 && height >= 1))
    return;

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  cairo_new_path (cr);
  foc_plot_canvas_init (&canvas, cr, style, texts);

  margin = MIN (0.8 * canvas.em, 0.05 * MIN (width, height));
  box = (FocPlotBox){ margin, margin, width - 2 * margin, height - 2 * margin };
  if (priv->title && box.height > 10 * canvas.em)
    {
      double line = foc_plot_text_draw (&canvas, priv->title, FOC_PLOT_FONT_HEADING,
                                        &canvas.palette->text, box.width,
                                        box.x + box.width / 2, box.y, 0.5, 0);
      foc_plot_box_cut_top (&box, line + 0.6 * canvas.em);
    }
  FOC_PLOT_GET_CLASS (self)->draw (self, &canvas, &box);

  foc_plot_canvas_clear (&canvas);
  cairo_restore (cr);
}

void
foc_plot_draw (FocPlot *self,
               cairo_t *cr,
               double width,
               double height,
               const FocPlotStyle *style)
{
  foc_plot_draw_recorded (self, cr, width, height, style, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-map-private.h"
#include "foc-plot-private.h"

typedef struct
{
  char *title;
  GMutex mutex;
  GHashTable *hidden; /* keys; with the mutex held */
} FocPlotPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FocPlot, foc_plot, G_TYPE_OBJECT)

static void
foc_plot_finalize (GObject *object)
{
  FocPlotPrivate *priv = foc_plot_get_instance_private (FOC_PLOT (object));

  g_free (priv->title);
  g_hash_table_unref (priv->hidden);
  g_mutex_clear (&priv->mutex);
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
  FocPlotPrivate *priv = foc_plot_get_instance_private (self);

  g_mutex_init (&priv->mutex);
  priv->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
foc_plot_set_hidden (FocPlot *self, const char *key, gboolean hidden)
{
  FocPlotPrivate *priv = foc_plot_get_instance_private (self);

  g_mutex_lock (&priv->mutex);
  if (hidden)
    g_hash_table_add (priv->hidden, g_strdup (key));
  else
    g_hash_table_remove (priv->hidden, key);
  g_mutex_unlock (&priv->mutex);
}

gboolean
foc_plot_is_hidden (FocPlot *self, const char *key)
{
  FocPlotPrivate *priv = foc_plot_get_instance_private (self);
  gboolean hidden;

  g_mutex_lock (&priv->mutex);
  hidden = g_hash_table_contains (priv->hidden, key);
  g_mutex_unlock (&priv->mutex);
  return hidden;
}

void
foc_plot_show_all (FocPlot *self)
{
  FocPlotPrivate *priv = foc_plot_get_instance_private (self);

  g_mutex_lock (&priv->mutex);
  g_hash_table_remove_all (priv->hidden);
  g_mutex_unlock (&priv->mutex);
}

void
foc_plot_copy_hidden (FocPlot *self, FocPlot *other)
{
  FocPlotPrivate *from = foc_plot_get_instance_private (other);
  GHashTableIter iter;
  gpointer key;

  if (other == self)
    return;
  foc_plot_show_all (self);
  g_mutex_lock (&from->mutex);
  g_hash_table_iter_init (&iter, from->hidden);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    foc_plot_set_hidden (self, key, TRUE);
  g_mutex_unlock (&from->mutex);
}

static void
draw (FocPlot *self,
      cairo_t *cr,
      double width,
      double height,
      const FocPlotStyle *style,
      GArray *texts,
      FocPlotMap *map)
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
  canvas.map = map;

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
foc_plot_draw_recorded (FocPlot *self,
                        cairo_t *cr,
                        double width,
                        double height,
                        const FocPlotStyle *style,
                        GArray *texts)
{
  draw (self, cr, width, height, style, texts, NULL);
}

FocPlotMap *
foc_plot_draw_mapped (FocPlot *self,
                      cairo_t *cr,
                      double width,
                      double height,
                      const FocPlotStyle *style)
{
  FocPlotMap *map = foc_plot_map_new (self, width, height, style->font_size);

  draw (self, cr, width, height, style, NULL, map);
  return map;
}

void
foc_plot_draw (FocPlot *self,
               cairo_t *cr,
               double width,
               double height,
               const FocPlotStyle *style)
{
  draw (self, cr, width, height, style, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-drawing.h"

#include "foc-parallel.h"

gboolean
foc_plot_look_equal (const FocPlotLook *a, const FocPlotLook *b)
{
  return a->width == b->width && a->height == b->height && a->scale == b->scale
         && a->style.palette == b->style.palette
         && a->style.font_size == b->style.font_size
         && g_strcmp0 (a->style.font_family, b->style.font_family) == 0;
}

static FocPlotDrawing *
prepare (const FocPlotLook *look)
{
  FocPlotDrawing *self = g_new0 (FocPlotDrawing, 1);

  self->look = *look;
  self->font_family = g_strdup (look->style.font_family);
  self->look.style.font_family = self->font_family;
  return self;
}

static void
draw (FocPlotDrawing *self, FocPlot *plot)
{
  const FocPlotLook *look = &self->look;
  gint64 begun = foc_thread_time ();
  cairo_t *cr;

  self->surface = cairo_image_surface_create (
    CAIRO_FORMAT_ARGB32, look->width * look->scale, look->height * look->scale);
  cairo_surface_set_device_scale (self->surface, look->scale, look->scale);
  cr = cairo_create (self->surface);
  self->map = foc_plot_draw_mapped (plot, cr, look->width, look->height, &look->style);
  cairo_destroy (cr);
  self->cost = foc_thread_time () - begun;
}

FocPlotDrawing *
foc_plot_drawing_new (FocPlot *plot, const FocPlotLook *look)
{
  FocPlotDrawing *self = prepare (look);

  draw (self, plot);
  return self;
}

void
foc_plot_drawing_free (FocPlotDrawing *self)
{
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_clear_pointer (&self->map, foc_plot_map_free);
  g_free (self->font_family);
  g_free (self);
}

static GdkTexture *
make_texture (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (
    cairo_image_surface_get_data (surface), stride * (gsize) height,
    (GDestroyNotify) cairo_surface_destroy, cairo_surface_reference (surface));
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

GskRenderNode *
foc_plot_drawing_make_node (FocPlotDrawing *self, gboolean is_texture)
{
  const graphene_rect_t bounds =
    GRAPHENE_RECT_INIT (0, 0, (float) self->look.width, (float) self->look.height);
  GskRenderNode *node;

  if (is_texture)
    {
      g_autoptr (GdkTexture) texture = make_texture (self->surface);

      node = gsk_texture_node_new (texture, &bounds);
    }
  else
    {
      cairo_t *cr;

      node = gsk_cairo_node_new (&bounds);
      cr = gsk_cairo_node_get_draw_context (node);
      cairo_set_source_surface (cr, self->surface, 0, 0);
      cairo_paint (cr);
      cairo_destroy (cr);
    }
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  return node;
}

typedef struct
{
  FocPlot *plot;
  FocPlotDrawing *drawing; /* taken when it is done */
} Task;

static void
task_free (gpointer data)
{
  Task *self = data;

  g_object_unref (self->plot);
  g_clear_pointer (&self->drawing, foc_plot_drawing_free);
  g_free (self);
}

static gpointer
work (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Task *task = data;

  draw (task->drawing, task->plot);
  return g_steal_pointer (&task->drawing);
}

FocJob *
foc_plot_drawing_begin (FocPlot *plot,
                        const FocPlotLook *look,
                        GAsyncReadyCallback callback,
                        gpointer owner)
{
  FocJob *job = foc_job_new ();
  Task *task = g_new (Task, 1);

  *task = (Task){ g_object_ref (plot), prepare (look) };
  foc_job_run (job, work, task, task_free, (GDestroyNotify) foc_plot_drawing_free,
               callback, owner);
  return job;
}

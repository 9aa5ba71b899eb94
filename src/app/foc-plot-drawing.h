/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "foc-job.h"
#include "foc-plot-map.h"

/* How a plot is drawn for the screen, and what comes of it. */

typedef struct
{
  int width, height, scale;
  FocPlotStyle style;
} FocPlotLook;

gboolean foc_plot_look_equal (const FocPlotLook *a, const FocPlotLook *b);

typedef struct
{
  FocPlotLook look;
  char *font_family;        /* that of the look's style */
  cairo_surface_t *surface; /* until it is a node */
  FocPlotMap *map;
  gint64 cost; /* microseconds of work */
} FocPlotDrawing;

/* Any thread. */
FocPlotDrawing *foc_plot_drawing_new (FocPlot *plot, const FocPlotLook *look);
void foc_plot_drawing_free (FocPlotDrawing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocPlotDrawing, foc_plot_drawing_free)

/* What is to be put into a snapshot: a texture, or what Cairo takes. It takes the surface,
 * once. */
GskRenderNode *foc_plot_drawing_make_node (FocPlotDrawing *self, gboolean is_texture);

/* foc_plot_drawing_new() in a thread; the job's result is the drawing. */
FocJob *foc_plot_drawing_begin (FocPlot *plot,
                                const FocPlotLook *look,
                                GAsyncReadyCallback callback,
                                gpointer owner);

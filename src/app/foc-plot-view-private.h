/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot-drawing.h"
#include "foc-plot-view.h"

/* foc-plot-view.c draws, foc-plot-view-input.c is pointer, keys and menu. */

typedef enum
{
  PICK_NONE,
  PICK_BY_POINTER,
  PICK_BY_KEYS,
} Picking;

struct _FocPlotView
{
  GtkWidget parent_instance;

  FocPlot *plot; /* or NULL */
  char *summary; /* or NULL */
  char *export_action;
  GtkWidget *menu; /* NULL until it is asked for */

  /* The plot alone, and where things stand in it; NULL until they are needed. */
  GskRenderNode *node;
  FocPlotDrawing *drawing;

  /* A plot that takes long is drawn in a thread, while the one before is still seen. */
  FocJob *job;       /* that draws, or NULL                        */
  guint rest_id;     /* until the next may be drawn, or 0          */
  gboolean is_stale; /* the plot has changed since a thread began  */

  Picking picking;
  FocPlotPick pick;
  double pointer_x, pointer_y; /* NaN: it is elsewhere */
};

/* Draws the plot, unless that is done. FALSE if there is nothing, or no room, to draw;
 * else there is a map of what the plot is now, and the pick is one of that. */
gboolean foc_plot_view_ensure_drawn (FocPlotView *self);
/* The plot has changed. */
void foc_plot_view_redraw (FocPlotView *self);

/* Picks what is under the pointer, or nothing. */
void foc_plot_view_pick_at_pointer (FocPlotView *self);
void foc_plot_view_end_pick (FocPlotView *self);
/* Says it to who cannot see it; NULL: what the plot shows. */
void foc_plot_view_describe (FocPlotView *self, const char *text);
/* The one that is picked. */
void foc_plot_view_activate_cell (FocPlotView *self);

/* Once. */
void foc_plot_view_add_controllers (FocPlotView *self);

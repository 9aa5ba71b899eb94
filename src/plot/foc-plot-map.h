/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot.h"

/* Where things stand in a plot as it was drawn: what is under a pointer, where arrow keys
 * lead to, and the value there. A map is of one drawing; it says nothing of how the plot
 * is drawn at another size or after a change. Coordinates are those of the drawing. */

typedef struct _FocPlotMap FocPlotMap;

/* foc_plot_draw(), with a map of it, which keeps a reference to the plot. */
FocPlotMap *foc_plot_draw_mapped (FocPlot *self,
                                  cairo_t *cr,
                                  double width,
                                  double height,
                                  const FocPlotStyle *style);
void foc_plot_map_free (FocPlotMap *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocPlotMap, foc_plot_map_free)

/* Of all curves that are shown. */
guint foc_plot_map_get_n_points (const FocPlotMap *self);

/* The legend's entries that can be hidden, in their order, those without room included. */
guint foc_plot_map_get_n_entries (const FocPlotMap *self);
/* For foc_plot_set_hidden(), and what the legend says. */
const char *foc_plot_map_get_entry_key (const FocPlotMap *self, guint entry);
const char *foc_plot_map_get_entry_text (const FocPlotMap *self, guint entry);
/* The entry at (x, y), or -1. */
int foc_plot_map_find_entry (const FocPlotMap *self, double x, double y);

/* A point of a curve that is shown, or a cell of a matrix. */
typedef struct
{
  gboolean is_cell;
  guint series, point;
  guint row, column; /* true class, answer */
} FocPlotPick;

/* The cell at (x, y), or the nearest point not far from there. FALSE if there is none. */
gboolean
foc_plot_map_find (const FocPlotMap *self, double x, double y, FocPlotPick *pick);

typedef enum
{
  FOC_PLOT_STEP_LEFT,
  FOC_PLOT_STEP_RIGHT,
  FOC_PLOT_STEP_UP, /* the curve before, at the same x; the row above */
  FOC_PLOT_STEP_DOWN,
  FOC_PLOT_STEP_FIRST, /* of the curve, or of the row */
  FOC_PLOT_STEP_LAST,
} FocPlotStep;

/* Where to begin with the keys. FALSE if there is nothing to pick. */
gboolean foc_plot_map_begin (const FocPlotMap *self, FocPlotStep step, FocPlotPick *pick);
/* From a pick of this map to the next one, where there is one. */
void foc_plot_map_step (const FocPlotMap *self, FocPlotStep step, FocPlotPick *pick);
/* Makes a pick of the map `before` one of this map: the same curve and nearly the same x,
 * or the same cell. FALSE if that is not there any more. */
gboolean
foc_plot_map_follow (const FocPlotMap *self, const FocPlotMap *before, FocPlotPick *pick);

/* The legend's entry that hides the curve, or -1. */
int foc_plot_map_get_entry_of (const FocPlotMap *self, const FocPlotPick *pick);
/* "learning rate 0.01, validation, epoch 3, loss (nats) 0.031"; free with g_free(). */
char *foc_plot_map_describe (const FocPlotMap *self, const FocPlotPick *pick);

/* Draws a crosshair, or a frame around the cell, and the values in a box, unless the cell
 * says them, on top of the plot, in the style in which that was drawn. */
void foc_plot_map_draw_pick (const FocPlotMap *self,
                             const FocPlotPick *pick,
                             cairo_t *cr,
                             const FocPlotStyle *style);

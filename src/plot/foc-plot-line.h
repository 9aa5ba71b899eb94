/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot-axis.h"

/* Lines and marks inside a frame. */

typedef struct
{
  double x, y;
} FocPlotPoint;

/* Of each run of points that stand in one column, `column` wide, what can be seen: the
 * first, the lowest, the highest and the last, in their order; the first alone where they
 * are no further apart than `height`. Returns a GArray of FocPlotPoint. */
GArray *
foc_plot_decimate (const FocPlotPoint *points, gsize n, double column, double height);

/* How a line looks. Equal looks share colour, dash and mark, of which there are
 * 8, 5 and 6: 120 looks differ in one of them at least, 30 without colour. */
typedef struct
{
  guint look;
  gboolean bold;  /* thick, and with marks on its points */
  gboolean plain; /* in the colour of text, without dashes: a sample of its kind */
  gboolean faint; /* hardly to be seen: a sample of what is hidden */
} FocPlotPen;

FocPlotColour foc_plot_pen_colour (const FocPlotPen *self, const FocPlotCanvas *canvas);

/* Draws the line through the points (x, y) into the area. What is not finite, or has no
 * place on a logarithmic scale, is a gap; a point between two gaps is a mark. */
void foc_plot_line_draw (const FocPlotFrame *frame,
                         FocPlotCanvas *canvas,
                         const FocPlotPen *pen,
                         const double *x,
                         const double *y,
                         gsize n);

/* A short piece of line around (x, y), for a legend. */
void foc_plot_line_draw_sample (FocPlotCanvas *canvas,
                                const FocPlotPen *pen,
                                double x,
                                double y,
                                double width);

/* Marks that stand out from lines. */
void foc_plot_star_draw (FocPlotCanvas *canvas,
                         const FocPlotColour *colour,
                         double x,
                         double y);
void foc_plot_cross_draw (FocPlotCanvas *canvas,
                          const FocPlotColour *colour,
                          double x,
                          double y);

/* The line from the lower left to the upper right of the area, faint and dashed. */
void foc_plot_diagonal_draw (const FocPlotFrame *frame, FocPlotCanvas *canvas);

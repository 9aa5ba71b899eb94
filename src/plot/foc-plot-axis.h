/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot-text.h"
#include "foc-plot-ticks.h"

/* Two axes around an area: scales, ticks, grid, titles. */

typedef struct
{
  const char *title;    /* nullable                                      */
  gboolean logarithmic; /* then `from` is above 0                        */
  double from, to;      /* what the scale shows                          */
  gboolean round_from;  /* may move outwards to the next tick            */
  gboolean round_to;
  FocPlotTicks ticks;
} FocPlotAxis;

/* Lets the scale show `n` more values; those that are not finite, or on a
 * logarithmic scale not above zero, do not count. Begin with from = INFINITY, to =
 * -INFINITY. */
void foc_plot_axis_include (FocPlotAxis *self, const double *values, gsize n);

/* Ends what foc_plot_axis_include() began; ends that are given (not NaN) stay as they
 * are, where they leave something to show. FALSE where nothing was included and an end
 * is not given: there is nothing to show. */
gboolean foc_plot_axis_finish (FocPlotAxis *self, double from, double to);

/* Where `value` stands between the ends, 0 ... 1 and beyond; NaN where it stands
 * nowhere. */
double foc_plot_axis_place (const FocPlotAxis *self, double value);

typedef struct
{
  FocPlotAxis x, y;
  double aspect; /* width by height that the area must have; 0 is any */
  gboolean no_x_labels;
  double left_least; /* what the labels of y take at least */
  /* The rest is foc_plot_frame_layout()'s. */
  FocPlotBox box, area;
  double left; /* what the labels of y take */
  gboolean x_labels, y_labels, x_title, y_title;
} FocPlotFrame;

/* Finds room in `box` for the area, the ticks and their labels, and rounds the ends of
 * the scales. Where the box is small, titles are left out first, then labels. */
void
foc_plot_frame_layout (FocPlotFrame *self, FocPlotCanvas *canvas, const FocPlotBox *box);

/* Draws the grid, the axes and all their text. */
void foc_plot_frame_draw (const FocPlotFrame *self, FocPlotCanvas *canvas);

/* Coordinates of a value, at most ten times the area away from it; NaN where it
 * stands nowhere. */
double foc_plot_frame_x (const FocPlotFrame *self, double value);
double foc_plot_frame_y (const FocPlotFrame *self, double value);

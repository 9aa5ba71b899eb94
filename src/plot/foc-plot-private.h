/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot-text.h"
#include "foc-plot.h"

/* For the kinds of plots, and their tests. */

/* foc_plot_draw(), which also appends the rectangle of every text that was drawn,
 * in device coordinates, to `texts` (FocPlotBox; nullable). */
void foc_plot_draw_recorded (FocPlot *self,
                             cairo_t *cr,
                             double width,
                             double height,
                             const FocPlotStyle *style,
                             GArray *texts);

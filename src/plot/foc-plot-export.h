/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot.h"

/* A plot as a file, in memory: to be written by who may write files. Painted on the
 * background of the palette. The same plot gives the same bytes, whenever and in whatever
 * order it is drawn (on one machine with one Cairo, Pango and set of fonts); no date
 * is in them.
 *
 * `width` and `height` are units of the plot, 1 ... FOC_PLOT_SIDE_MAX each: points in a
 * PDF and an SVG (whose text is drawn as outlines), `scale` pixels each in a PNG, with
 * width and height times scale at most FOC_PLOT_PIXELS_MAX.
 *
 * NULL with G_FILE_ERROR if memory does not suffice. */

#define FOC_PLOT_SIDE_MAX 4096
#define FOC_PLOT_PIXELS_MAX 8192

GBytes *foc_plot_to_png (FocPlot *self,
                         double width,
                         double height,
                         double scale,
                         const FocPlotStyle *style,
                         GError **error);
GBytes *foc_plot_to_svg (FocPlot *self,
                         double width,
                         double height,
                         const FocPlotStyle *style,
                         GError **error);
GBytes *foc_plot_to_pdf (FocPlot *self,
                         double width,
                         double height,
                         const FocPlotStyle *style,
                         GError **error);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "foc-plot-style.h"

/* The colours of plots and classes in the style that the window has now: light or dark,
 * ordinary or of high contrast. A class has one colour everywhere: bars, dots, curves, explanations. */

const FocPlotPalette *foc_palette_get (void);

/* Of a class by its index; with many classes the colours come again. */
FocPlotColour foc_palette_get_class_colour (guint label);

GdkRGBA foc_plot_colour_to_rgba (FocPlotColour colour);

/* Draws `widget` anew whenever the style changes. */
void foc_palette_follow (GtkWidget *widget);

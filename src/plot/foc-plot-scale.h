/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot-text.h"

/* What colours mean: a bar from the lowest (below) to the highest (above), with ticks, and
 * the unit on top. */

typedef struct
{
  double from, to;
  const char *unit;
  FocPlotColour colours[3]; /* at `from`, in the middle, at `to` */
} FocPlotScale;

/* How wide the scale is. */
double foc_plot_scale_width (const FocPlotScale *self, FocPlotCanvas *canvas);

void foc_plot_scale_draw (const FocPlotScale *self,
                          FocPlotCanvas *canvas,
                          const FocPlotBox *box);

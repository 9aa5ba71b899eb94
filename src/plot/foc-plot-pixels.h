/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot-text.h"

/* Pictures, and squares of a few large pixels. */

/* A surface of height x width x RGB bytes; what is more than 512 pixels a side is made
 * smaller, by averaging blocks. Free with cairo_surface_destroy(). */
cairo_surface_t *foc_plot_pixels_new (const guint8 *rgb, guint width, guint height);

/* The picture in the middle of the box, as large as fits, smooth. */
void foc_plot_pixels_draw_picture (FocPlotCanvas *canvas,
                                   cairo_surface_t *picture,
                                   const FocPlotBox *box);

/* side x side colours, row by row, as crisp squares that fill the box. */
void foc_plot_pixels_draw_cells (FocPlotCanvas *canvas,
                                 const FocPlotColour *colours,
                                 guint side,
                                 const FocPlotBox *box);

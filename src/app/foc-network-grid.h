/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

/* A picture of FOC_FEATURE_SIDE x FOC_FEATURE_SIDE pixels that can be asked for each of
 * them, and painted. One is marked under the pointer, or where the arrow keys lead; Home, End, Page
 * Up and Page Down lead to the edges.
 *
 * Property "paints" (boolean): the pointer paints where it is pressed and dragged, Space
 * and Enter what is marked. It shows nothing of that itself.
 *
 * Signals: "cell-changed": another pixel is marked, or none. "stroke-begun": what
 * is painted from now on is one stroke. "painted" (GArray of
 * guint): the pixels that were painted since the frame before, row * FOC_FEATURE_SIDE +
 * column, each of them once. */

#define FOC_TYPE_NETWORK_GRID (foc_network_grid_get_type ())

G_DECLARE_FINAL_TYPE (FocNetworkGrid, foc_network_grid, FOC, NETWORK_GRID, GtkWidget)

/* FOC_N_FEATURES bytes as those of FocFeaturesView, copied. */
void foc_network_grid_set_pixels (FocNetworkGrid *self, const guint8 *pixels);

/* What is marked, counted from 0 in the upper left corner; FALSE: nothing. */
gboolean foc_network_grid_get_cell (FocNetworkGrid *self, guint *row, guint *column);

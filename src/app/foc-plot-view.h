/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "foc-plot.h"

/* A plot that can be asked. Under the pointer, or where the arrow keys lead, stands a
 * crosshair with the values there; Escape ends it. Entries of the legend are hidden and
 * shown by a click, the first nine by the keys 1 to 9 too, the curve with the crosshair by
 * Space, and all are shown again by 0. What is hidden stays so in the plots that follow,
 * until there is none.
 *
 * The size of the text is that of the widget, the colours are those of the style. It is
 * drawn anew only when it has a new plot, and only while it is seen; one that takes long
 * by a thread, while the one before is still seen, and more seldom than it comes.
 *
 * Of a confusion matrix, cells are chosen in the same way, and activated by a click and by
 * Enter: the signal "cell-activated" has two guint, the true class and the answer.
 *
 * Property "export-action" (string, or NULL): a detailed action name; it makes a context
 * menu with "Export Plot…". */

#define FOC_TYPE_PLOT_VIEW (foc_plot_view_get_type ())

G_DECLARE_FINAL_TYPE (FocPlotView, foc_plot_view, FOC, PLOT_VIEW, GtkWidget)

GtkWidget *foc_plot_view_new (void);

/* Shows a plot, and keeps a reference to it; NULL: none. From then on only what is hidden
 * in it may change. The same plot again: draws it again. */
void foc_plot_view_set_plot (FocPlotView *self, FocPlot *plot);

/* Tells the plot to who cannot see it: "validation loss 0.031 at epoch 3". */
void foc_plot_view_set_summary (FocPlotView *self, const char *summary);

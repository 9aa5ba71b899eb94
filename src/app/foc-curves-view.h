/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-figure.h"

#include <gtk/gtk.h>

/* A plot of curves over the epochs, with what chooses its kind: loss or accuracy, linear
 * or logarithmic; and a button to export it.
 *
 * Signals: "redraw", the user has chosen another kind, and the owner sets its plot;
 * "export". Property "can-export" (boolean). */

#define FOC_TYPE_CURVES_VIEW (foc_curves_view_get_type ())

G_DECLARE_FINAL_TYPE (FocCurvesView, foc_curves_view, FOC, CURVES_VIEW, GtkWidget)

FocFigureKind foc_curves_view_get_kind (FocCurvesView *self);
gboolean foc_curves_view_get_logarithmic (FocCurvesView *self);

/* Takes the plot; NULL: none. `summary` is for who cannot see it. */
void foc_curves_view_set_plot (FocCurvesView *self, FocPlot *plot, const char *summary);

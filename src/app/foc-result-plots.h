/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "foc-run.h"

/* How a run's model answers on one part of the data set: confusion matrix, ROC and
 * calibration, beside each other where there is room. One chooses the part: the validation
 * set, or the holdout set where that may be seen.
 *
 * Signals: "show-pictures" (guint true class, guint answer, guint FocPart) when a cell of the
 * confusion matrix is activated; "export-figure" (guint FocFigureKind, guint FocPart). */

#define FOC_TYPE_RESULT_PLOTS (foc_result_plots_get_type ())

G_DECLARE_FINAL_TYPE (FocResultPlots, foc_result_plots, FOC, RESULT_PLOTS, GtkWidget)

GtkWidget *foc_result_plots_new (void);

/* Draws the plots of `run` (NULL: none), which is not kept; nothing of its holdout set unless
 * `with_holdout`. When that comes, it is what is shown. */
void
foc_result_plots_set_run (FocResultPlots *self, const FocRun *run, gboolean with_holdout);

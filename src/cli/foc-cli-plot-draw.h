/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot.h"
#include "foc-run.h"

/* What a run has measured, as plots without a title; free with g_object_unref(). */

/* Curves of the whole grid, which must be there. A learning rate whose loss ended at 20
 * times that of guessing, ln (classes), or beyond is shown as diverged. */
FocPlot *foc_cli_draw_loss (const FocRun *run, gboolean logarithmic);
FocPlot *foc_cli_draw_accuracy (const FocRun *run);

FocPlot *foc_cli_draw_roc (const FocRun *run, const FocMeasurement *measurement);
FocPlot *foc_cli_draw_confusion (const FocRun *run, const FocMeasurement *measurement);
FocPlot *foc_cli_draw_calibration (const FocMeasurement *measurement);

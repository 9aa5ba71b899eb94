/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot.h"

/* Confusion matrix: a row for each true class, a column for each answer; in each cell the
 * number of pictures and their share of the row, which is its colour too. Where cells
 * are too small for both, they hold the number alone, then the share in whole per cent, then
 * nothing, and a scale tells what the colours mean. */

#define FOC_TYPE_CONFUSION_PLOT (foc_confusion_plot_get_type ())

G_DECLARE_FINAL_TYPE (FocConfusionPlot, foc_confusion_plot, FOC, CONFUSION_PLOT, FocPlot)

/* `names`: of the `n_classes` classes (any number; 0 is "no data"); `counts`: n_classes x
 * n_classes, row-major, row = true class. Copies both. Free with g_object_unref(). */
FocConfusionPlot *
foc_confusion_plot_new (guint n_classes, const char *const *names, const guint64 *counts);

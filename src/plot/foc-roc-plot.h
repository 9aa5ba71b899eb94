/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot.h"

/* Receiver operating characteristic: of the pictures of a class, the share that is found
 * at each threshold, over the share of the others that is taken for it. With two
 * classes one curve says all; with more, each class has one, against the rest. */

#define FOC_TYPE_ROC_PLOT (foc_roc_plot_get_type ())

G_DECLARE_FINAL_TYPE (FocRocPlot, foc_roc_plot, FOC, ROC_PLOT, FocPlot)

typedef struct
{
  const char *name; /* of the class */
  /* `n` points from (0, 0) to (1, 1), one for each threshold: a step for each picture, and a
   * slope where several have one score, as the area counts them. */
  const double *false_positive_rate;
  const double *true_positive_rate;
  gsize n;
  double area; /* under the curve, 0 ... 1; NaN where it is not known */
} FocRocCurve;

/* A plot without curves. Free with g_object_unref(). */
FocRocPlot *foc_roc_plot_new (void);

/* Draws another curve. Copies what it is given. */
void foc_roc_plot_add_curve (FocRocPlot *self, const FocRocCurve *curve);

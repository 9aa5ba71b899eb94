/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot.h"

/* Reliability diagram: how often answers are right over how sure they are, in bins of
 * equal width from 0 to 1, with the number of answers in each bin below. On the diagonal
 * the probabilities mean what they say. */

#define FOC_TYPE_CALIBRATION_PLOT (foc_calibration_plot_get_type ())

G_DECLARE_FINAL_TYPE (FocCalibrationPlot,
                      foc_calibration_plot,
                      FOC,
                      CALIBRATION_PLOT,
                      FocPlot)

typedef struct
{
  const char *name; /* "before", "after" */
  guint n_bins;
  /* Of each bin: the mean probability of the answers, the share of them that is right
   * (0 ... 1 both, of no account in an empty bin), and their number. */
  const double *confidence;
  const double *accuracy;
  const guint64 *counts;
  double error; /* expected calibration error, 0 ... 1; NaN where it is not known */
} FocCalibrationCurve;

/* A plot without curves. Free with g_object_unref(). */
FocCalibrationPlot *foc_calibration_plot_new (void);

/* Draws another curve. Copies what it is given. */
void foc_calibration_plot_add_curve (FocCalibrationPlot *self,
                                     const FocCalibrationCurve *curve);

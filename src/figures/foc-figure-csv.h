/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run.h"

/* The numbers behind the plots, as CSV with a line of names; numbers in full, with a
 * point whatever the locale, and an empty field where nothing was measured. */

/* learning_rate, epoch, and what was measured there; the final model's curve has
 * "final" in the first column. */
void foc_figure_curves_to_csv (const FocRun *run, GString *csv);

/* run, learning_rate, and the same, of the best learning rate of each run. */
void foc_figure_comparison_to_csv (const FocRun *const *runs,
                                   const char *const *names,
                                   guint n,
                                   GString *csv);

/* class, false_positive_rate, true_positive_rate. */
void foc_figure_roc_to_csv (const FocRun *run,
                            const FocMeasurement *measurement,
                            GString *csv);

/* true_class, answer, pictures. */
void foc_figure_confusion_to_csv (const FocRun *run,
                                  const FocMeasurement *measurement,
                                  GString *csv);

/* calibrated (false: at temperature 1), from, to, answers, confidence, accuracy. */
void foc_figure_calibration_to_csv (const FocMeasurement *measurement, GString *csv);

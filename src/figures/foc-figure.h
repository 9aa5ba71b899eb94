/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-figure-file.h"
#include "foc-plot.h"
#include "foc-run.h"

/* libfoc-figures: what runs have measured, as plots (libfoc-plot) and as numbers. The
 * same for the window and the terminal. Any thread, as long as nobody changes the run. */

typedef enum
{
  /* Curves over the epochs, of the whole grid: training thin, validation bold. A learning
   * rate whose loss ended at 20 times that of guessing, ln (classes), or beyond is shown
   * as diverged. */
  FOC_FIGURE_LOSS,
  FOC_FIGURE_ACCURACY,
  /* The answers on one part of the data set. */
  FOC_FIGURE_ROC,
  FOC_FIGURE_CONFUSION,
  FOC_FIGURE_CALIBRATION,
} FocFigureKind;

gboolean foc_figure_is_curves (FocFigureKind kind);

/* Whether the run has what the figure shows; else FOC_ERROR_RUN with a sentence. `part`,
 * of no account for curves, is FOC_PART_VALIDATION, FOC_PART_HOLDOUT, or FOC_PART_NONE:
 * the holdout set where there is a result of it, else the validation set. */
gboolean
foc_figure_check (const FocRun *run, FocFigureKind kind, FocPart part, GError **error);

/* A plot without a title; an empty one, which says so, where foc_figure_check() fails.
 * `logarithmic` is the scale of the loss, and of no account for the others. Free with
 * g_object_unref(). */
FocPlot *foc_figure_draw (const FocRun *run,
                          FocFigureKind kind,
                          FocPart part,
                          gboolean logarithmic);

/* The curves of a search that may still be under way: all its learning rates are in the
 * legend from the beginning. `best` is marked unless NULL. */
FocPlot *foc_figure_draw_grid (const FocGrid *grid,
                               const FocCell *best,
                               guint n_classes,
                               FocFigureKind kind,
                               gboolean logarithmic);

/* The curves of the best learning rate of each of `n` runs, which are called `names`; of a
 * run without a grid there are none. Those of one run look the same in each comparison in
 * which it has the same place. */
FocPlot *foc_figure_draw_comparison (const FocRun *const *runs,
                                     const char *const *names,
                                     guint n,
                                     FocFigureKind kind,
                                     gboolean logarithmic);

/* Write the figure, with a title, or its numbers to the file `path`, whose ending tells the
 * format: see foc_figure_check_file(), to be asked before. A file that is there is replaced.
 * Errors of foc_figure_check() and of foc_file_replace(). */
gboolean foc_figure_export (const FocRun *run,
                            FocFigureKind kind,
                            FocPart part,
                            gboolean logarithmic,
                            const char *path,
                            GError **error);
gboolean foc_figure_export_comparison (const FocRun *const *runs,
                                       const char *const *names,
                                       guint n,
                                       FocFigureKind kind,
                                       gboolean logarithmic,
                                       const char *path,
                                       GError **error);

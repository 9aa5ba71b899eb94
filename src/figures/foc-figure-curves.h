/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot.h"
#include "foc-run.h"

/* Curves over the epochs: of a whole grid, and of several runs; see foc-figure.h. */

FocPlot *foc_figure_draw_curves (const FocGrid *grid,
                                 const FocCell *best,
                                 guint n_classes,
                                 gboolean accuracy,
                                 gboolean logarithmic);

FocPlot *foc_figure_compare_curves (const FocRun *const *runs,
                                    const char *const *names,
                                    guint n,
                                    gboolean accuracy,
                                    gboolean logarithmic);

/* The trajectory of the best cell; NULL where there is no grid. */
const FocTrajectory *foc_figure_find_best (const FocRun *run);

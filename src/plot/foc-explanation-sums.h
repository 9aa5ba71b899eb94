/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot-text.h"

/* What the shares of an explanation add up to: a table of the sums of each channel, and
 * sentences that say what sums and zero mean. */

#define FOC_EXPLANATION_CHANNELS 3

typedef struct
{
  /* Of each channel, and of all: the sum of the shares above zero, and of those below. */
  double above[FOC_EXPLANATION_CHANNELS + 1];
  double below[FOC_EXPLANATION_CHANNELS + 1];
  const char *answer, *runner_up; /* names of the classes, not owned */
  double answer_logit, runner_up_logit;
} FocExplanationSums;

typedef struct _FocSumsLayout FocSumsLayout;

/* Takes room for the sums from the bottom of `box`, as much as leaves it `least` of its
 * height: sentences are left out first. `sums` may change afterwards. */
FocSumsLayout *foc_explanation_sums_layout (const FocExplanationSums *sums,
                                            FocPlotCanvas *canvas,
                                            FocPlotBox *box,
                                            double least);

/* Draws them from (x, y) downwards. */
void foc_sums_layout_draw (const FocSumsLayout *self,
                           FocPlotCanvas *canvas,
                           double x,
                           double y);
void foc_sums_layout_free (FocSumsLayout *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocSumsLayout, foc_sums_layout_free)

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot.h"

/* Why a picture got its answer: the picture, what the network sees of it, the share of
 * each of those pixels in the answer, and the sums of the shares. They add up to the logit
 * of the answer minus that of the runner-up, and are counted from the mean colour of the
 * normalisation: a pixel of exactly that colour has the share zero. */

#define FOC_TYPE_EXPLANATION_PLOT (foc_explanation_plot_get_type ())

G_DECLARE_FINAL_TYPE (FocExplanationPlot,
                      foc_explanation_plot,
                      FOC,
                      EXPLANATION_PLOT,
                      FocPlot)

typedef struct
{
  /* The square that was classified, height x width x RGB; NULL if it is not at hand. Large
   * ones are kept and drawn smaller. */
  const guint8 *picture;
  guint width, height;

  guint side;             /* 24, or what the network has      */
  const guint8 *features; /* side x side x RGB                */
  const double *shares;   /* side x side x RGB, in logits     */

  const char *answer, *runner_up; /* names of the classes */
  double answer_logit, runner_up_logit;
  double probability; /* of the answer, 0 ... 1 */
  const char *reason; /* why the program is not sure, a sentence; NULL if it is */
} FocExplanation;

/* Copies what it is given. Free with g_object_unref(). */
FocExplanationPlot *foc_explanation_plot_new (const FocExplanation *explanation);

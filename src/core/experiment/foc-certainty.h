/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-examples.h"
#include "foc-model.h"

/* How sure a model may be: its temperature, and its idea of the pictures that it was
 * trained on. Both are told from pictures that it has not trained on, so the winning
 * cell's model learns them from the validation set, and the final model, which has
 * trained on that too, takes them over. */

typedef struct
{
  double temperature;  /* foc_fit_temperature() on the validation set; 0: not known yet */
  double error_before; /* expected calibration error there at temperature 1             */
  double error_after;  /* the same at `temperature`                                     */
  double threshold;    /* smaller probabilities are "not sure"                          */
  FocNovelty *novelty; /* owned                                                         */
} FocCertainty;

void foc_certainty_clear (FocCertainty *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocCertainty, foc_certainty_clear)

/* What `mlp`, trained on `train`, learns from there and from `validation`; `self` is
 * zeros. Errors of foc_examples_forward(). Any thread that has called
 * foc_blas_begin_thread(). */
gboolean foc_certainty_learn (FocCertainty *self,
                              const FocMlp *mlp,
                              const FocExamples *train,
                              const FocExamples *validation,
                              double threshold,
                              GCancellable *cancellable,
                              GError **error);

/* Gives it to a model that was trained with the same settings. */
void foc_certainty_apply (const FocCertainty *self, FocModel *model);

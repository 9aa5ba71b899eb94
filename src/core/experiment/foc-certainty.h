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
  double novelty_limit; /* the distance of FocNovelty that FOC_CERTAINTY_QUANTILE of the
                           validation set keep to; infinite: nothing is novel            */
} FocCertainty;

#define FOC_CERTAINTY_QUANTILE 0.995

/* Gives `model`, trained on `train`, its temperature and novelty from there and from
 * `validation`, and tells what they are. Errors of foc_examples_forward(); on failure
 * the model may have half of it. Any thread that has called foc_blas_begin_thread(). */
gboolean foc_certainty_learn (FocCertainty *self,
                              FocModel *model,
                              const FocExamples *train,
                              const FocExamples *validation,
                              GCancellable *cancellable,
                              GError **error);

/* Gives a `model` that was trained with the same settings on `examples` what another
 * one learnt. The same errors. */
gboolean foc_certainty_apply (const FocCertainty *self,
                              FocModel *model,
                              const FocExamples *examples,
                              GCancellable *cancellable,
                              GError **error);

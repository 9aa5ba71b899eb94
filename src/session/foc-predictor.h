/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-job.h"
#include "foc-predictions.h"

/* Keeps up to date what a model says to the pictures of a data set: asks it in a job of
 * its own whenever model or features have become others, or the split has and with it what
 * is under seal, and never twice the same. Answers that have come under seal are forgotten
 * at once.
 *
 * Property "job", read-only: the FocJob that asks; NULL where none runs.
 *
 * Signals:
 *
 *     answered           foc_predictor_get() has something else to say
 *     failed (message)   the model could not be asked; nothing is known
 *
 * Main thread only. */

#define FOC_TYPE_PREDICTOR (foc_predictor_get_type ())

G_DECLARE_FINAL_TYPE (FocPredictor, foc_predictor, FOC, PREDICTOR, GObject)

FocPredictor *foc_predictor_new (void);

/* From now on, what `model` says to `catalog` is to be known. Where one of them, or the
 * features, are missing (NULL), nothing is. Emits no "answered" itself. */
void
foc_predictor_ask (FocPredictor *self, FocLoadedModel *model, const FocCatalog *catalog);

/* What was found out elsewhere about the features of `catalog`. */
void foc_predictor_keep (FocPredictor *self,
                         const FocCatalog *catalog,
                         FocPredictions *predictions);

/* What is known of the features of `catalog` (nullable), or NULL; owned by `self`. Until
 * a new model has answered, it is what the one before had said. */
FocPredictions *foc_predictor_get (FocPredictor *self, const FocCatalog *catalog);

FocJob *foc_predictor_get_job (FocPredictor *self);

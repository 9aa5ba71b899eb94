/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-explained.h"
#include "foc-job.h"
#include "foc-loaded-model.h"

/* What a model says to every picture of a data set. Immutable; any thread may read it.
 *
 * A model under seal (foc-loaded-model.h) is not asked about the pictures that the seal
 * covers: here they are like pictures that cannot be read, so that no list, count or mark
 * that is made of predictions gives away an answer. */

typedef struct
{
  FocLoadedModel *model;
  guint32 n_rows;
  FocSealed sealed;    /* what the model was not asked about */
  gboolean comparable; /* the classes of model and data set are the same ones */
  guint32
    n_wrong; /* of the pictures that were answered, sure or not; 0 if not comparable */
  guint16 *answers;     /* class of the model, the likeliest one             */
  float *probabilities; /* of the answer; NaN: none, it cannot be read or is under seal */
  float *losses;  /* -log of the probability of the true class, nats; NaN: not known */
  guint8 *doubts; /* FocDoubt                                           */
  guint8 *wrong;  /* TRUE where the answer is not the true class        */
} FocPredictions;

/* Asks the model about every picture of `catalog`, which has a feature store. Progress
 * counts pictures. Blocks; any thread. FOC_ERROR_STORE, G_FILE_ERROR,
 * G_IO_ERROR_CANCELLED. */
FocPredictions *foc_predictions_make (FocLoadedModel *model,
                                      const FocCatalog *catalog,
                                      guint jobs,
                                      FocProgress progress,
                                      gpointer user_data,
                                      GCancellable *cancellable,
                                      GError **error);

FocPredictions *foc_predictions_ref (FocPredictions *self);
void foc_predictions_unref (FocPredictions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocPredictions, foc_predictions_unref)

/* One picture in full: its answer, and why. */
typedef struct
{
  FocExplained explained;
  guint8 features[FOC_N_FEATURES];
} FocVerdict;

/* Asks about one picture; well under a millisecond with a network of the paper's size. Where
 * the model is too large to answer at once (foc_explains_at_once()), `explained` stays empty,
 * without probabilities: foc_explain_run() finds it out. Main thread. FOC_ERROR_STORE;
 * G_IO_ERROR_PERMISSION_DENIED with a sentence for the user where the answer is under
 * seal. */
gboolean foc_verdict_make (FocVerdict *self,
                           FocLoadedModel *model,
                           const FocCatalog *catalog,
                           guint32 row,
                           GError **error);
void foc_verdict_clear (FocVerdict *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocVerdict, foc_verdict_clear)

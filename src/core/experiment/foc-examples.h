/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-feature-store.h"
#include "foc-metrics.h"
#include "foc-mlp.h"

/* Labelled examples on their way from the feature store to the network: only a
 * batch of them is in memory at any time. */

typedef struct
{
  FocFeatureStore *store;
  const guint32 *rows;
  guint32 n_rows;
} FocExamples;

/* Room for a batch; one per thread. */
typedef struct
{
  guint max_n;
  guint32 *rows;    /* max_n                         */
  guint16 *labels;  /* max_n                         */
  guint8 *features; /* max_n x FOC_N_FEATURES        */
  float *x;         /* the same, normalised          */
} FocBatch;

void foc_batch_init (FocBatch *self, guint max_n);
void foc_batch_clear (FocBatch *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocBatch, foc_batch_clear)

/* Reads the `n` rows of the store that stand in self->rows: labels and x. */
gboolean foc_batch_read (FocBatch *self, FocFeatureStore *store, guint n, GError **error);

/* Mean loss and accuracy of `mlp` over `examples`, in their order and in batches
 * of a fixed size, so that the result does not depend on anything else; NaN for
 * no examples. `confusion` (nullable, initialised with the network's classes) gets
 * every answer added. FOC_ERROR_DATASET where the store has more classes than the
 * network; FOC_ERROR_STORE; G_IO_ERROR_CANCELLED.
 * Blocks; any thread that has called foc_blas_begin_thread(). */
gboolean foc_evaluate (const FocMlp *mlp,
                       const FocExamples *examples,
                       double *loss,
                       double *accuracy,
                       FocConfusion *confusion,
                       GCancellable *cancellable,
                       GError **error);

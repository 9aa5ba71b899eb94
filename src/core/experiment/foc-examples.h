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

/* Reads the `n` rows of the store that stand in self->rows: labels and features. */
gboolean foc_batch_read (FocBatch *self, FocFeatureStore *store, guint n, GError **error);

/* From features to x. */
void foc_batch_normalise (FocBatch *self, guint n);

/* A batch of examples that went through the network; belongs to the caller of the
 * function that is told of it. */
typedef struct
{
  guint n;
  const guint32 *rows; /* of the store */
  const guint16 *labels;
  const guint8 *features; /* n x FOC_N_FEATURES */
  const float *logits;    /* n x classes        */
} FocForward;

typedef void (*FocForwarded) (const FocForward *forward, gpointer user_data);

/* Sends `examples` through `mlp`, in their order and in batches of a fixed size, so
 * that the result does not depend on anything else. FOC_ERROR_DATASET where the store
 * has more classes than the network; FOC_ERROR_STORE; G_IO_ERROR_CANCELLED.
 * Blocks; any thread that has called foc_blas_begin_thread(). */
gboolean foc_examples_forward (const FocMlp *mlp,
                               const FocExamples *examples,
                               FocForwarded forwarded,
                               gpointer user_data,
                               GCancellable *cancellable,
                               GError **error);

/* Mean loss and accuracy of `mlp` over `examples`; NaN for no examples. Otherwise like
 * foc_examples_forward(). */
gboolean foc_evaluate (const FocMlp *mlp,
                       const FocExamples *examples,
                       double *loss,
                       double *accuracy,
                       GCancellable *cancellable,
                       GError **error);

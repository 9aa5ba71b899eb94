/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-examples.h"

#include "foc-error.h"
#include "foc-normalise.h"
#include "foc-preprocess.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define EVALUATION_BATCH 256

void
foc_batch_init (FocBatch *self, guint max_n)
{
  self->max_n = max_n;
  self->rows = g_new (guint32, max_n);
  self->labels = g_new (guint16, max_n);
  self->features = g_new (guint8, (gsize) max_n * FOC_N_FEATURES);
  self->x = g_new (float, (gsize) max_n *FOC_N_FEATURES);
}

void
foc_batch_clear (FocBatch *self)
{
  g_clear_pointer (&self->rows, g_free);
  g_clear_pointer (&self->labels, g_free);
  g_clear_pointer (&self->features, g_free);
  g_clear_pointer (&self->x, g_free);
}

gboolean
foc_batch_read (FocBatch *self, FocFeatureStore *store, guint n, GError **error)
{
  const guint16 *labels = foc_feature_store_get_labels (store);

  if (!foc_feature_store_read (store, self->rows, n, self->features, error))
    return FALSE;

  for (guint i = 0; i < n; i++)
    self->labels[i] = labels[self->rows[i]];
  return TRUE;
}

void
foc_batch_normalise (FocBatch *self, guint n)
{
  foc_normalise (self->features, (gsize) n * FOC_N_FEATURES, self->x);
}

gboolean
foc_examples_forward (const FocMlp *mlp,
                      const FocExamples *examples,
                      FocForwarded forwarded,
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error)
{
  guint n_classes = foc_mlp_shape_n_classes (&mlp->shape);
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&mlp->shape, EVALUATION_BATCH);
  g_auto (FocBatch) batch = { 0 };

  foc_batch_init (&batch, EVALUATION_BATCH);

  if (foc_feature_store_get_n_classes (examples->store) > n_classes)
    {
      g_set_error (error, FOC_ERROR, FOC_ERROR_DATASET,
                   _ ("The data set has %u classes, but the model knows only %u."),
                   foc_feature_store_get_n_classes (examples->store), n_classes);
      return FALSE;
    }

  for (guint32 first = 0; first < examples->n_rows; first += EVALUATION_BATCH)
    {
      FocForward forward = { .n = MIN (EVALUATION_BATCH, examples->n_rows - first),
                             .rows = batch.rows,
                             .labels = batch.labels,
                             .features = batch.features };

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      memcpy (batch.rows, examples->rows + first, forward.n * sizeof *batch.rows);
      if (!foc_batch_read (&batch, examples->store, forward.n, error))
        return FALSE;
      foc_batch_normalise (&batch, forward.n);

      forward.logits = foc_mlp_forward (mlp, work, batch.x, forward.n);
      forwarded (&forward, user_data);
    }

  return TRUE;
}

typedef struct
{
  guint n_classes;
  double loss; /* summed */
  guint64 correct;
} Evaluation;

static void
evaluate_batch (const FocForward *forward, gpointer user_data)
{
  Evaluation *evaluation = user_data;
  guint correct;

  evaluation->loss += foc_mlp_loss (forward->logits, forward->labels, forward->n,
                                    evaluation->n_classes, &correct);
  evaluation->correct += correct;
}

gboolean
foc_evaluate (const FocMlp *mlp,
              const FocExamples *examples,
              double *loss,
              double *accuracy,
              GCancellable *cancellable,
              GError **error)
{
  Evaluation evaluation = { .n_classes = foc_mlp_shape_n_classes (&mlp->shape) };
  guint32 n = examples->n_rows;

  if (!foc_examples_forward (mlp, examples, evaluate_batch, &evaluation, cancellable,
                             error))
    return FALSE;

  *loss = n > 0 ? evaluation.loss / n : NAN;
  *accuracy = n > 0 ? (double) evaluation.correct / n : NAN;
  return TRUE;
}

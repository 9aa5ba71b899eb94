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

  foc_normalise (self->features, (gsize) n * FOC_N_FEATURES, self->x);
  for (guint i = 0; i < n; i++)
    self->labels[i] = labels[self->rows[i]];

  return TRUE;
}

gboolean
foc_evaluate (const FocMlp *mlp,
              const FocExamples *examples,
              double *loss,
              double *accuracy,
              FocConfusion *confusion,
              GCancellable *cancellable,
              GError **error)
{
  guint n_classes = foc_mlp_shape_n_classes (&mlp->shape);
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&mlp->shape, EVALUATION_BATCH);
  g_auto (FocBatch) batch = { 0 };
  double sum = 0.0;
  guint64 correct = 0;

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
      guint n = MIN (EVALUATION_BATCH, examples->n_rows - first);
      const float *logits;
      guint batch_correct;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      memcpy (batch.rows, examples->rows + first, n * sizeof *batch.rows);
      if (!foc_batch_read (&batch, examples->store, n, error))
        return FALSE;

      logits = foc_mlp_forward (mlp, work, batch.x, n);
      sum += foc_mlp_loss (logits, batch.labels, n, n_classes, &batch_correct);
      correct += batch_correct;
      if (confusion != NULL)
        for (guint i = 0; i < n; i++)
          foc_confusion_add (confusion, batch.labels[i],
                             foc_largest (logits + (gsize) i * n_classes, n_classes));
    }

  *loss = examples->n_rows > 0 ? sum / examples->n_rows : NAN;
  *accuracy = examples->n_rows > 0 ? (double) correct / examples->n_rows : NAN;
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-certainty.h"

#include "foc-calibration.h"

#include <string.h>

void
foc_certainty_clear (FocCertainty *self)
{
  g_clear_pointer (&self->novelty, foc_novelty_free);
}

/* How the training pictures look; the network is not asked. */
static gboolean
sum_looks (FocLookSums *sums,
           const FocExamples *examples,
           GCancellable *cancellable,
           GError **error)
{
  enum
  {
    BATCH = 256
  };
  g_auto (FocBatch) batch = { 0 };

  foc_batch_init (&batch, BATCH);
  for (guint32 first = 0; first < examples->n_rows; first += BATCH)
    {
      guint n = MIN (BATCH, examples->n_rows - first);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      memcpy (batch.rows, examples->rows + first, n * sizeof *batch.rows);
      if (!foc_batch_read (&batch, examples->store, n, error))
        return FALSE;
      for (guint i = 0; i < n; i++)
        {
          double look[FOC_N_LOOKS];

          foc_look_measure (batch.features + (gsize) i * FOC_N_FEATURES, look);
          foc_look_sums_add (sums, look);
        }
    }

  return TRUE;
}

/* What the validation set says: an outcome for each of the scores. */
typedef struct
{
  FocScores scores;
  GArray *outcomes;
} Validation;

static void
add_batch (const FocForward *forward, gpointer user_data)
{
  Validation *validation = user_data;
  guint n_classes = validation->scores.n_classes;

  for (guint i = 0; i < forward->n; i++)
    {
      FocOutcome outcome = { 0 };
      double look[FOC_N_LOOKS];

      foc_scores_add (&validation->scores, forward->logits + (gsize) i * n_classes,
                      forward->labels[i]);
      if (validation->scores.n == validation->outcomes->len)
        continue; /* it was left out */
      foc_look_measure (forward->features + (gsize) i * FOC_N_FEATURES, look);
      for (guint j = 0; j < FOC_N_LOOKS; j++)
        outcome.look[j] = (float) look[j];
      g_array_append_val (validation->outcomes, outcome);
    }
}

static void
set_answers (Validation *validation, double temperature)
{
  const FocScores *scores = &validation->scores;
  g_autofree float *p = g_new (float, scores->n_classes);

  for (guint32 i = 0; i < scores->n; i++)
    {
      const float *logits = scores->logits + (gsize) i * scores->n_classes;
      FocOutcome *outcome = &g_array_index (validation->outcomes, FocOutcome, i);
      guint label = foc_largest (logits, scores->n_classes);

      foc_softmax (logits, 1, scores->n_classes, temperature, p);
      outcome->label = (guint16) label;
      outcome->probability = p[label];
      outcome->right = label == scores->labels[i];
    }
}

gboolean
foc_certainty_learn (FocCertainty *self,
                     const FocMlp *mlp,
                     const FocExamples *train,
                     const FocExamples *examples,
                     double threshold,
                     GCancellable *cancellable,
                     GError **error)
{
  guint n_classes = foc_mlp_shape_n_classes (&mlp->shape);
  g_autoptr (GArray) outcomes = g_array_new (FALSE, FALSE, sizeof (FocOutcome));
  g_auto (FocScores) scores = { 0 };
  Validation validation = { .outcomes = outcomes };
  FocLookSums sums = { 0 };
  FocCalibration calibration;
  gboolean ok;

  foc_scores_init (&validation.scores, n_classes, examples->n_rows);
  ok =
    sum_looks (&sums, train, cancellable, error)
    && foc_examples_forward (mlp, examples, add_batch, &validation, cancellable, error);
  scores = validation.scores;
  if (!ok)
    return FALSE;

  self->temperature = foc_fit_temperature (&scores);
  foc_calibration_measure (&calibration, &scores, 1.0);
  self->error_before = calibration.error;
  foc_calibration_measure (&calibration, &scores, self->temperature);
  self->error_after = calibration.error;
  self->threshold = threshold;

  set_answers (&validation, self->temperature);
  self->novelty = foc_novelty_new (n_classes, &sums);
  foc_novelty_fit (self->novelty, (const FocOutcome *) outcomes->data, outcomes->len,
                   threshold);
  return TRUE;
}

void
foc_certainty_apply (const FocCertainty *self, FocModel *model)
{
  model->temperature = self->temperature;
  model->threshold = self->threshold;
  g_clear_pointer (&model->novelty, foc_novelty_free);
  model->novelty = foc_novelty_copy (self->novelty);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-certainty.h"

#include "foc-calibration.h"

#include <math.h>
#include <stdlib.h>

/* Of more pictures than this every second, third, ... tells the quantile. */
#define MAX_DISTANCES (1 << 20)

static void
add_to_sums (const FocForward *forward, gpointer sums)
{
  foc_novelty_sums_add (sums, forward->hidden, forward->labels, forward->n);
}

/* A network without hidden layers has no features of its own to measure in. */
static gboolean
learn_novelty (FocModel *model,
               const FocExamples *train,
               GCancellable *cancellable,
               GError **error)
{
  const FocMlpShape *shape = &model->mlp->shape;
  guint width = shape->widths[shape->n_layers - 1];
  g_autoptr (FocNoveltySums) sums = NULL;

  g_clear_pointer (&model->novelty, foc_novelty_free);
  if (shape->n_layers == 1 || width > FOC_NOVELTY_MAX_WIDTH)
    return TRUE;

  sums = foc_novelty_sums_new (width, foc_model_get_n_classes (model));
  if (!foc_examples_forward (model->mlp, train, add_to_sums, sums, cancellable, error))
    return FALSE;
  model->novelty = foc_novelty_sums_finish (sums);
  return TRUE;
}

/* What the validation set says. */
typedef struct
{
  const FocNovelty *novelty; /* nullable */
  FocScores scores;
  float *distances;
  guint32 n_distances, n_seen, stride;
} Validation;

static void
add_to_validation (const FocForward *forward, gpointer user_data)
{
  Validation *validation = user_data;
  guint n_classes = validation->scores.n_classes;

  for (guint i = 0; i < forward->n; i++)
    {
      foc_scores_add (&validation->scores, forward->logits + (gsize) i * n_classes,
                      forward->labels[i]);
      if (validation->novelty != NULL && validation->n_seen++ % validation->stride == 0)
        validation->distances[validation->n_distances++] = (float) foc_novelty_distance (
          validation->novelty, forward->hidden + (gsize) i * forward->hidden_width);
    }
}

static int
compare (const void *a, const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return x < y ? -1 : x > y;
}

/* The least of the distances that the quantile of them does not go beyond. */
static double
find_limit (float *distances, guint32 n)
{
  if (n == 0)
    return INFINITY;

  qsort (distances, n, sizeof *distances, compare);
  return distances[(guint32) ceil (FOC_CERTAINTY_QUANTILE * n) - 1];
}

gboolean
foc_certainty_learn (FocCertainty *self,
                     FocModel *model,
                     const FocExamples *train,
                     const FocExamples *examples,
                     GCancellable *cancellable,
                     GError **error)
{
  guint32 stride = examples->n_rows / (MAX_DISTANCES + 1) + 1;
  g_autofree float *distances = g_new (float, examples->n_rows / stride + 1);
  Validation validation = { .distances = distances, .stride = stride };
  FocCalibration calibration;
  gboolean ok;

  if (!learn_novelty (model, train, cancellable, error))
    return FALSE;

  validation.novelty = model->novelty;
  foc_scores_init (&validation.scores, foc_model_get_n_classes (model), examples->n_rows);
  ok = foc_examples_forward (model->mlp, examples, add_to_validation, &validation,
                             cancellable, error);
  if (ok)
    {
      self->temperature = foc_fit_temperature (&validation.scores);
      foc_calibration_measure (&calibration, &validation.scores, 1.0);
      self->error_before = calibration.error;
      foc_calibration_measure (&calibration, &validation.scores, self->temperature);
      self->error_after = calibration.error;
      self->novelty_limit = find_limit (distances, validation.n_distances);

      model->temperature = self->temperature;
      if (model->novelty != NULL)
        model->novelty->limit = self->novelty_limit;
    }
  foc_scores_clear (&validation.scores);

  return ok;
}

gboolean
foc_certainty_apply (const FocCertainty *self,
                     FocModel *model,
                     const FocExamples *examples,
                     GCancellable *cancellable,
                     GError **error)
{
  if (!learn_novelty (model, examples, cancellable, error))
    return FALSE;

  model->temperature = self->temperature;
  if (model->novelty != NULL)
    model->novelty->limit = self->novelty_limit;
  return TRUE;
}

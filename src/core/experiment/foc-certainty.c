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

static void
give (const FocCertainty *self, FocModel *model)
{
  model->temperature = self->temperature;
  model->threshold = self->threshold;
  if (model->novelty != NULL)
    model->novelty->limit = self->novelty_limit;
}

typedef struct
{
  float confidence;
  gboolean right;
} Answer;

static int
compare_answers (const void *a, const void *b)
{
  float x = ((const Answer *) a)->confidence, y = ((const Answer *) b)->confidence;

  return x > y ? -1 : x < y; /* the surest first */
}

/* In steps of 0.0001, so that it can be read. Novelty is left aside: it would only let
 * fewer mistakes pass. */
static double
find_threshold (const FocScores *scores, double temperature)
{
  guint n_classes = scores->n_classes;
  double allowed = FOC_CERTAINTY_WRONG * scores->n;
  g_autofree Answer *answers = g_new (Answer, scores->n);
  g_autofree float *p = g_new (float, n_classes);
  double threshold = 0.0;
  guint32 wrong = 0;

  for (guint32 i = 0; i < scores->n; i++)
    {
      const float *logits = scores->logits + (gsize) i * n_classes;
      guint answer = foc_largest (logits, n_classes);

      foc_softmax (logits, 1, n_classes, temperature, p);
      answers[i] = (Answer){ p[answer], answer == scores->labels[i] };
    }
  if (scores->n > 0)
    qsort (answers, scores->n, sizeof *answers, compare_answers);

  /* Beyond the surest answer that would be one mistake too many. */
  for (guint32 i = 0; i < scores->n && threshold == 0.0; i++)
    if (!answers[i].right && ++wrong > allowed)
      threshold = (floor (answers[i].confidence * 1e4) + 1) / 1e4;

  return CLAMP (threshold, FOC_MODEL_THRESHOLD_DEFAULT, 1.0);
}

gboolean
foc_certainty_learn (FocCertainty *self,
                     FocModel *model,
                     const FocExamples *train,
                     const FocExamples *examples,
                     double threshold,
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
      self->threshold = threshold != FOC_CERTAINTY_THRESHOLD_AUTO
                          ? threshold
                          : find_threshold (&validation.scores, self->temperature);
      self->novelty_limit = find_limit (distances, validation.n_distances);

      give (self, model);
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

  give (self, model);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-scores.h"

#include "foc-mlp.h"

#include <math.h>
#include <string.h>

void
foc_scores_init (FocScores *self, guint n_classes, guint32 n_examples)
{
  guint64 n_logits = (guint64) n_examples * n_classes;
  guint32 n;

  self->n_classes = n_classes;
  self->n = self->n_seen = 0;
  self->stride = (guint32) (n_logits / (FOC_SCORES_MAX_LOGITS + 1)) + 1;

  n = n_examples / self->stride + 1;
  self->logits = g_new (float, (gsize) n *n_classes);
  self->labels = g_new (guint16, n);
  self->sums = n_classes > FOC_SCORES_FEW_CLASSES ? g_new (FocScoreSums, n) : NULL;
}

void
foc_scores_clear (FocScores *self)
{
  g_clear_pointer (&self->logits, g_free);
  g_clear_pointer (&self->labels, g_free);
  g_clear_pointer (&self->sums, g_free);
}

static void
sum_up (FocScoreSums *self, const float *logits, guint n_classes)
{
  guint top = foc_largest (logits, n_classes);

  *self = (FocScoreSums){ .top = (guint16) top, .second = -INFINITY };
  for (guint j = 0; j < n_classes; j++)
    if (j != top)
      self->second = MAX (self->second, logits[j]);
  for (guint j = 0; j < n_classes; j++)
    if (j != top)
      {
        self->sum_top += exp ((double) logits[j] - logits[top]);
        self->sum_second += exp ((double) logits[j] - self->second);
      }
}

void
foc_scores_add (FocScores *self, const float *logits, guint label)
{
  if (self->n_seen++ % self->stride != 0)
    return;
  for (guint c = 0; c < self->n_classes; c++)
    if (!isfinite (logits[c]))
      return;

  memcpy (self->logits + (gsize) self->n * self->n_classes, logits,
          self->n_classes * sizeof *logits);
  self->labels[self->n] = (guint16) label;
  if (self->sums != NULL)
    sum_up (&self->sums[self->n], logits, self->n_classes);
  self->n++;
}

double
foc_scores_log_odds (const FocScores *self, guint32 example, guint label)
{
  const float *z = self->logits + (gsize) example * self->n_classes;
  FocScoreSums sums;
  double difference;

  if (self->sums != NULL)
    sums = self->sums[example];
  else
    sum_up (&sums, z, self->n_classes);
  if (label == sums.top)
    return (double) z[label] - sums.second - log (sums.sum_second);

  /* In this order: of two classes the sum is exactly 0. */
  difference = (double) z[label] - z[sums.top];
  return difference - log1p (MAX (sums.sum_top - exp (difference), 0.0));
}

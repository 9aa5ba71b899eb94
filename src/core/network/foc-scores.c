/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-scores.h"

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
}

void
foc_scores_clear (FocScores *self)
{
  g_clear_pointer (&self->logits, g_free);
  g_clear_pointer (&self->labels, g_free);
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
  self->labels[self->n++] = (guint16) label;
}

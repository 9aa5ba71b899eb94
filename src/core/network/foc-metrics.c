/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-metrics.h"

#include <math.h>

void
foc_confusion_init (FocConfusion *self, guint n_classes)
{
  self->n_classes = n_classes;
  self->counts = g_new0 (guint64, (gsize) n_classes * n_classes);
}

void
foc_confusion_clear (FocConfusion *self)
{
  g_clear_pointer (&self->counts, g_free);
}

void
foc_confusion_add (FocConfusion *self, guint true_class, guint answer)
{
  self->counts[(gsize) true_class * self->n_classes + answer]++;
}

guint64
foc_confusion_get (const FocConfusion *self, guint true_class, guint answer)
{
  return self->counts[(gsize) true_class * self->n_classes + answer];
}

guint64
foc_confusion_total (const FocConfusion *self)
{
  guint64 total = 0;

  for (gsize i = 0; i < (gsize) self->n_classes * self->n_classes; i++)
    total += self->counts[i];

  return total;
}

guint64
foc_confusion_correct (const FocConfusion *self)
{
  guint64 correct = 0;

  for (guint c = 0; c < self->n_classes; c++)
    correct += foc_confusion_get (self, c, c);

  return correct;
}

double
foc_confusion_accuracy (const FocConfusion *self)
{
  return (double) foc_confusion_correct (self) / (double) foc_confusion_total (self);
}

void
foc_wilson_interval (guint64 correct, guint64 total, double *low, double *high)
{
  const double z = 1.959963984540054; /* 97.5 % quantile of the normal distribution */
  double n = (double) total, p, centre, half, denominator;

  if (total == 0)
    {
      *low = 0.0;
      *high = 1.0;
      return;
    }

  p = (double) correct / n;
  denominator = 1 + z * z / n;
  centre = (p + z * z / (2 * n)) / denominator;
  half = z * sqrt (p * (1 - p) / n + z * z / (4 * n * n)) / denominator;

  *low = MAX (centre - half, 0.0);
  *high = MIN (centre + half, 1.0);
}

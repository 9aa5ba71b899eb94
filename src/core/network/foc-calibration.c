/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-calibration.h"

#include "foc-mlp.h"

#include <math.h>

#define TEMPERATURE_MAX 100.0

/* The derivative by b = 1 / T of the cross-entropy of softmax (b z), summed over the
 * examples: sum_j p_j z_j - z_label. It grows with b. */
static double
slope (const FocScores *scores, double b)
{
  guint n_classes = scores->n_classes;
  double sum = 0.0;

  for (guint32 i = 0; i < scores->n; i++)
    {
      const float *z = scores->logits + (gsize) i * n_classes;
      float top = z[foc_largest (z, n_classes)];
      double weights = 0.0, expected = 0.0;

      /* All relative to the largest, which changes no difference of logits. */
      for (guint j = 0; j < n_classes; j++)
        {
          double d = (double) z[j] - top;
          double w = exp (b * d);

          weights += w;
          expected += w * d;
        }
      sum += expected / weights - ((double) z[scores->labels[i]] - top);
    }

  return sum;
}

static gboolean
is_all_right (const FocScores *scores)
{
  for (guint32 i = 0; i < scores->n; i++)
    if (foc_largest (scores->logits + (gsize) i * scores->n_classes, scores->n_classes)
        != scores->labels[i])
      return FALSE;

  return TRUE;
}

double
foc_fit_temperature (const FocScores *scores)
{
  double low = 1.0 / TEMPERATURE_MAX, high = TEMPERATURE_MAX; /* of 1 / T */

  if (is_all_right (scores))
    return 1.0;

  /* The loss is convex in 1 / T: its least is where the slope changes its sign. */
  for (guint i = 0; i < 40; i++)
    {
      double middle = sqrt (low * high);

      if (slope (scores, middle) < 0.0)
        low = middle;
      else
        high = middle;
    }

  return 1.0 / sqrt (low * high);
}

double
foc_calibration_sum_up (const FocCalibration *self)
{
  double sum = 0.0;
  guint64 n = 0;

  for (guint i = 0; i < FOC_CALIBRATION_BINS; i++)
    {
      const FocCalibrationBin *bin = &self->bins[i];

      if (bin->n > 0)
        sum += (double) bin->n * fabs (bin->accuracy - bin->confidence);
      n += bin->n;
    }

  return n > 0 ? sum / (double) n : NAN;
}

void
foc_calibration_measure (FocCalibration *self,
                         const FocScores *scores,
                         double temperature)
{
  guint n_classes = scores->n_classes;
  g_autofree float *probabilities = g_new (float, n_classes);

  *self = (FocCalibration){ 0 };
  for (guint32 i = 0; i < scores->n; i++)
    {
      const float *logits = scores->logits + (gsize) i * n_classes;
      guint answer = foc_largest (logits, n_classes);
      FocCalibrationBin *bin;
      int index;

      foc_softmax (logits, 1, n_classes, temperature, probabilities);
      index = (int) ceil (probabilities[answer] * (double) FOC_CALIBRATION_BINS) - 1;
      bin = &self->bins[CLAMP (index, 0, FOC_CALIBRATION_BINS - 1)];
      bin->n++;
      bin->confidence += probabilities[answer];
      bin->accuracy += answer == scores->labels[i];
    }

  for (guint i = 0; i < FOC_CALIBRATION_BINS; i++)
    {
      FocCalibrationBin *bin = &self->bins[i];

      bin->confidence /= (double) bin->n; /* NaN for none */
      bin->accuracy /= (double) bin->n;
    }
  self->error = foc_calibration_sum_up (self);
}

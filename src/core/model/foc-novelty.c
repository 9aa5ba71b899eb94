/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-novelty.h"

#include "foc-blas.h"

#include <math.h>
#include <string.h>

/* Added to the covariance, in shares of the mean variance: units that never fire, or
 * fire together, have none of their own. */
#define SHRINKAGE 0.01

FocNovelty *
foc_novelty_new (guint width, guint n_classes)
{
  FocNovelty *self = g_new0 (FocNovelty, 1);

  self->width = width;
  self->n_classes = n_classes;
  self->whitening = g_new0 (float, (gsize) width *width);
  self->centres = g_new0 (float, (gsize) n_classes *width);
  self->limit = INFINITY;

  return self;
}

void
foc_novelty_free (FocNovelty *self)
{
  g_free (self->whitening);
  g_free (self->centres);
  g_free (self);
}

/* into = W x */
static void
whiten (const FocNovelty *self, const float *x, double *into)
{
  for (guint i = 0; i < self->width; i++)
    {
      const float *row = self->whitening + (gsize) i * self->width;
      double sum = 0.0;

      for (guint j = 0; j <= i; j++)
        sum += (double) row[j] * x[j];
      into[i] = sum;
    }
}

double
foc_novelty_distance (const FocNovelty *self, const float *hidden)
{
  double z[FOC_NOVELTY_MAX_WIDTH];
  double nearest = INFINITY;

  whiten (self, hidden, z);
  for (guint c = 0; c < self->n_classes; c++)
    {
      const float *centre = self->centres + (gsize) c * self->width;
      double sum = 0.0;

      for (guint i = 0; i < self->width; i++)
        sum += (z[i] - centre[i]) * (z[i] - centre[i]);
      nearest = MIN (nearest, sum);
    }

  return sqrt (nearest);
}

struct _FocNoveltySums
{
  guint width, n_classes;
  guint64 *n;       /* examples, n_classes                    */
  double *sums;     /* of h, n_classes x width                */
  double *products; /* of h h', width x width                 */
  float *batch;     /* the same of one batch                  */
};

FocNoveltySums *
foc_novelty_sums_new (guint width, guint n_classes)
{
  FocNoveltySums *self = g_new0 (FocNoveltySums, 1);

  self->width = width;
  self->n_classes = n_classes;
  self->n = g_new0 (guint64, n_classes);
  self->sums = g_new0 (double, (gsize) n_classes *width);
  self->products = g_new0 (double, (gsize) width *width);
  self->batch = g_new (float, (gsize) width *width);

  return self;
}

void
foc_novelty_sums_free (FocNoveltySums *self)
{
  g_free (self->n);
  g_free (self->sums);
  g_free (self->products);
  g_free (self->batch);
  g_free (self);
}

void
foc_novelty_sums_add (FocNoveltySums *self,
                      const float *hidden,
                      const guint16 *labels,
                      guint n)
{
  guint width = self->width;

  for (guint i = 0; i < n; i++)
    {
      double *sum = self->sums + (gsize) labels[i] * width;

      self->n[labels[i]]++;
      for (guint j = 0; j < width; j++)
        sum[j] += hidden[(gsize) i * width + j];
    }

  foc_sgemm (TRUE, FALSE, width, width, n, 1.0f, hidden, width, hidden, width, 0.0f,
             self->batch, width);
  for (gsize i = 0; i < (gsize) width * width; i++)
    self->products[i] += self->batch[i];
}

/* The covariance within the classes, shrunk: sum_c sum (h - mean_c) (h - mean_c)' / n. */
static double *
make_covariance (const FocNoveltySums *self, guint64 n)
{
  guint width = self->width;
  double *covariance = g_new (double, (gsize) width *width);
  double trace = 0.0;

  for (gsize i = 0; i < (gsize) width * width; i++)
    covariance[i] = self->products[i] / (double) n;
  for (guint c = 0; c < self->n_classes; c++)
    {
      const double *sum = self->sums + (gsize) c * width;

      if (self->n[c] > 0)
        for (guint i = 0; i < width; i++)
          for (guint j = 0; j < width; j++)
            covariance[(gsize) i * width + j] -=
              sum[i] * sum[j] / ((double) self->n[c] * (double) n);
    }

  for (guint i = 0; i < width; i++)
    trace += covariance[(gsize) i * width + i];
  for (guint i = 0; i < width; i++)
    covariance[(gsize) i * width + i] += MAX (SHRINKAGE * trace / width, 1e-12);

  return covariance;
}

/* In place: the covariance L L' becomes L, lower triangular. */
static void
factorise (double *a, guint width)
{
  for (guint j = 0; j < width; j++)
    for (guint i = j; i < width; i++)
      {
        double *x = a + (gsize) i * width, *y = a + (gsize) j * width;
        double sum = x[j];

        for (guint k = 0; k < j; k++)
          sum -= x[k] * y[k];
        /* Rounding may leave a variance that is none. */
        x[j] = i == j ? sqrt (MAX (sum, 1e-12)) : sum / y[j];
      }
}

/* In place: L becomes its inverse, lower triangular. */
static void
invert (double *a, guint width)
{
  for (guint j = 0; j < width; j++)
    {
      a[(gsize) j * width + j] = 1.0 / a[(gsize) j * width + j];
      for (guint i = j + 1; i < width; i++)
        {
          double *row = a + (gsize) i * width;
          double sum = 0.0;

          for (guint k = j; k < i; k++)
            sum += row[k] * a[(gsize) k * width + j];
          row[j] = -sum / row[i];
        }
    }
}

static gboolean
is_finite (const FocNovelty *self)
{
  for (gsize i = 0; i < (gsize) self->width * self->width; i++)
    if (!isfinite (self->whitening[i]))
      return FALSE;
  for (gsize i = 0; i < (gsize) self->n_classes * self->width; i++)
    if (!isfinite (self->centres[i]))
      return FALSE;

  return TRUE;
}

FocNovelty *
foc_novelty_sums_finish (const FocNoveltySums *self)
{
  guint width = self->width;
  g_autoptr (FocNovelty) novelty = NULL;
  g_autofree double *a = NULL;
  g_autofree double *z = g_new (double, width);
  g_autofree float *mean = g_new (float, width);
  guint64 n = 0;
  guint n_seen = 0; /* classes with examples */

  for (guint c = 0; c < self->n_classes; c++)
    {
      n += self->n[c];
      n_seen += self->n[c] > 0;
    }
  if (n == 0)
    return NULL;

  a = make_covariance (self, n);
  factorise (a, width);
  invert (a, width);

  novelty = foc_novelty_new (width, n_seen);
  for (guint i = 0; i < width; i++)
    for (guint j = 0; j <= i; j++)
      novelty->whitening[(gsize) i * width + j] = (float) a[(gsize) i * width + j];

  n_seen = 0;
  for (guint c = 0; c < self->n_classes; c++)
    {
      if (self->n[c] == 0)
        continue;
      for (guint i = 0; i < width; i++)
        mean[i] = (float) (self->sums[(gsize) c * width + i] / (double) self->n[c]);
      whiten (novelty, mean, z);
      for (guint i = 0; i < width; i++)
        novelty->centres[(gsize) n_seen * width + i] = (float) z[i];
      n_seen++;
    }

  return is_finite (novelty) ? g_steal_pointer (&novelty) : NULL;
}

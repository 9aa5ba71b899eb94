/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-novelty.h"

#include "foc-limits.h"
#include "foc-metrics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SIDE FOC_FEATURE_SIDE
#define CHANNELS FOC_FEATURE_CHANNELS

/* Looks are logarithms; these keep those of plain colours finite. */
#define LEAST_DETAIL 0.05
#define LEAST_CONTRAST 0.02
#define LEAST_SPREAD 1e-3

/* Pulls the weights towards 0, as if there were a few more outcomes that say so. */
#define RIDGE 1.0
#define NEWTON_STEPS 30

/* What the blur (1 2 1)' (1 2 1) / 16 takes away at a pixel of a channel, where the
 * edges go on outside; in units of 1/16 level. */
static int
measure_detail (const guint8 *features, int i, int j, int channel)
{
  static const int weights[] = { 1, 2, 1 };
  int sum = 0;

  for (int di = -1; di <= 1; di++)
    for (int dj = -1; dj <= 1; dj++)
      {
        int y = CLAMP (i + di, 0, SIDE - 1), x = CLAMP (j + dj, 0, SIDE - 1);

        sum += weights[di + 1] * weights[dj + 1]
               * features[(y * SIDE + x) * CHANNELS + channel];
      }

  return 16 * features[(i * SIDE + j) * CHANNELS + channel] - sum;
}

void
foc_look_measure (const guint8 features[FOC_N_FEATURES], double look[FOC_N_LOOKS])
{
  gint64 detail = 0; /* all in integers: the same everywhere */
  gint64 sum = 0, squares = 0;
  double n = SIDE * SIDE, mean, contrast;

  for (int i = 0; i < SIDE; i++)
    for (int j = 0; j < SIDE; j++)
      {
        const guint8 *pixel = features + (i * SIDE + j) * CHANNELS;
        /* Luma of ITU-R BT.601, times 1000. */
        gint64 grey = 299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2];

        for (int c = 0; c < CHANNELS; c++)
          {
            int d = measure_detail (features, i, j, c);

            detail += (gint64) d * d;
          }
        sum += grey;
        squares += grey * grey;
      }

  mean = (double) sum / n;
  contrast = sqrt (MAX ((double) squares / n - mean * mean, 0.0)) / 255e3;
  look[0] = log (sqrt ((double) detail) / (16 * 255) + LEAST_DETAIL);
  look[1] = log (contrast + LEAST_CONTRAST);
}

void
foc_look_sums_add (FocLookSums *self, const double look[FOC_N_LOOKS])
{
  self->n++;
  for (guint i = 0; i < FOC_N_LOOKS; i++)
    {
      self->sum[i] += look[i];
      for (guint j = 0; j < FOC_N_LOOKS; j++)
        self->products[i][j] += look[i] * look[j];
    }
}

FocNovelty *
foc_novelty_new (guint n_classes, const FocLookSums *sums)
{
  FocNovelty *self = g_new0 (FocNovelty, 1);
  double n = (double) MAX (sums->n, 1);

  for (guint i = 0; i < FOC_N_LOOKS; i++)
    {
      double variance;

      self->mean[i] = sums->sum[i] / n;
      variance = sums->products[i][i] / n - self->mean[i] * self->mean[i];
      self->spread[i] = MAX (sqrt (MAX (variance, 0.0)), LEAST_SPREAD);
    }
  self->correlation = (sums->products[0][1] / n - self->mean[0] * self->mean[1])
                      / (self->spread[0] * self->spread[1]);
  self->correlation = CLAMP (self->correlation, -0.999, 0.999);
  self->max_distance = INFINITY;
  self->n_classes = n_classes;
  self->weights = g_new0 (double, (gsize) n_classes *FOC_N_LOOKS);

  return self;
}

FocNovelty *
foc_novelty_copy (const FocNovelty *self)
{
  FocNovelty *copy = g_new (FocNovelty, 1);

  *copy = *self;
  copy->weights =
    g_memdup2 (self->weights, self->n_classes * FOC_N_LOOKS * sizeof (double));
  return copy;
}

void
foc_novelty_free (FocNovelty *self)
{
  g_free (self->weights);
  g_free (self);
}

static void
standardise (const FocNovelty *self,
             const double look[FOC_N_LOOKS],
             double z[FOC_N_LOOKS])
{
  for (guint i = 0; i < FOC_N_LOOKS; i++)
    z[i] = (look[i] - self->mean[i]) / self->spread[i];
}

double
foc_novelty_get_distance (const FocNovelty *self, const double look[FOC_N_LOOKS])
{
  double r = self->correlation, z[FOC_N_LOOKS];

  standardise (self, look, z);
  return sqrt ((z[0] * z[0] - 2 * r * z[0] * z[1] + z[1] * z[1]) / (1 - r * r));
}

static double
logistic (double x)
{
  return 1 / (1 + exp (-x));
}

/* Of a probability that may be rounded to 1. */
static double
log_odds (double probability)
{
  double p = CLAMP (probability, 1e-9, 1 - 1e-9);

  return log (p / (1 - p));
}

double
foc_novelty_get_certainty (const FocNovelty *self,
                           const double look[FOC_N_LOOKS],
                           guint label,
                           double probability)
{
  const double *w = self->weights + (gsize) label * FOC_N_LOOKS;
  double z[FOC_N_LOOKS];

  standardise (self, look, z);
  return logistic (log_odds (probability) + w[0] * z[0] + w[1] * z[1]);
}

static void
get_look (const FocOutcome *outcome, double look[FOC_N_LOOKS])
{
  for (guint i = 0; i < FOC_N_LOOKS; i++)
    look[i] = outcome->look[i];
}

/* The penalised loss of weights, less the likelihood's logarithm, over the outcomes with the
 * answer `label`; with its gradient and the upper half of its Hessian, row after row. */
static double
measure_weights (const FocNovelty *self,
                 const FocOutcome *outcomes,
                 guint32 n,
                 guint label,
                 const double w[FOC_N_LOOKS],
                 double gradient[2],
                 double hessian[3])
{
  double loss = RIDGE / 2 * (w[0] * w[0] + w[1] * w[1]);

  gradient[0] = RIDGE * w[0];
  gradient[1] = RIDGE * w[1];
  hessian[0] = hessian[2] = RIDGE;
  hessian[1] = 0.0;
  for (guint32 i = 0; i < n; i++)
    {
      const FocOutcome *outcome = &outcomes[i];
      double look[FOC_N_LOOKS], z[FOC_N_LOOKS], odds, c;

      if (outcome->label != label)
        continue;
      get_look (outcome, look);
      standardise (self, look, z);
      odds = log_odds (outcome->probability) + w[0] * z[0] + w[1] * z[1];
      c = logistic (odds);
      /* -log c, or -log (1 - c), without overflow. */
      loss += MAX (outcome->right ? -odds : odds, 0.0) + log1p (exp (-fabs (odds)));
      gradient[0] += (c - outcome->right) * z[0];
      gradient[1] += (c - outcome->right) * z[1];
      hessian[0] += c * (1 - c) * z[0] * z[0];
      hessian[1] += c * (1 - c) * z[0] * z[1];
      hessian[2] += c * (1 - c) * z[1] * z[1];
    }

  return loss;
}

/* Newton's method, each step halved until it makes the loss less, which is convex. */
static void
fit_weights (FocNovelty *self, const FocOutcome *outcomes, guint32 n, guint label)
{
  double *w = self->weights + (gsize) label * FOC_N_LOOKS;
  double g[2], h[3], next_g[2], next_h[3];
  double loss;

  w[0] = w[1] = 0.0;
  loss = measure_weights (self, outcomes, n, label, w, g, h);
  for (guint step = 0; step < NEWTON_STEPS; step++)
    {
      double determinant = h[0] * h[2] - h[1] * h[1];
      double move[] = { (h[2] * g[0] - h[1] * g[1]) / determinant,
                        (h[0] * g[1] - h[1] * g[0]) / determinant };
      double next_loss, next[2];

      do
        {
          next[0] = w[0] - move[0];
          next[1] = w[1] - move[1];
          next_loss = measure_weights (self, outcomes, n, label, next, next_g, next_h);
          move[0] /= 2;
          move[1] /= 2;
        }
      while (next_loss > loss && fabs (move[0]) + fabs (move[1]) > 1e-9);

      if (!(loss - next_loss > 1e-12 * loss))
        return;
      loss = next_loss;
      memcpy (w, next, sizeof next);
      memcpy (g, next_g, sizeof g);
      memcpy (h, next_h, sizeof h);
    }
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* The least distance that no more than the allowed share goes beyond. */
static double
find_max_distance (const FocNovelty *self, const FocOutcome *outcomes, guint32 n)
{
  g_autofree double *distances = g_new (double, n);
  guint32 beyond = (guint32) (FOC_NOVELTY_DISTANT * n);

  for (guint32 i = 0; i < n; i++)
    {
      double look[FOC_N_LOOKS];

      get_look (&outcomes[i], look);
      distances[i] = foc_novelty_get_distance (self, look);
    }
  qsort (distances, n, sizeof *distances, compare_doubles);

  return distances[n - 1 - beyond];
}

/* How many wrong answers of `n` are few enough; `n` where that cannot be told. */
static guint32
count_allowed (guint32 n)
{
  double low, high;
  guint32 wrong = 0;

  foc_wilson_interval (0, n, &low, &high);
  if (high > FOC_NOVELTY_WRONG)
    return n;
  while (high <= FOC_NOVELTY_WRONG)
    foc_wilson_interval (++wrong, n, &low, &high);

  return wrong - 1;
}

typedef struct
{
  double certainty;
  gboolean right;
} Sure;

static int
compare_sure (const void *a, const void *b)
{
  return compare_doubles (&((const Sure *) b)->certainty,
                          &((const Sure *) a)->certainty); /* the surest first */
}

/* Those that nothing else casts doubt on, the surest first. */
static GArray *
find_sure (const FocNovelty *self,
           const FocOutcome *outcomes,
           guint32 n,
           double threshold)
{
  GArray *sure = g_array_new (FALSE, FALSE, sizeof (Sure));

  for (guint32 i = 0; i < n; i++)
    {
      const FocOutcome *outcome = &outcomes[i];
      double look[FOC_N_LOOKS];
      Sure one;

      get_look (outcome, look);
      one = (Sure){ foc_novelty_get_certainty (self, look, outcome->label,
                                               outcome->probability),
                    outcome->right };
      if (outcome->probability >= threshold
          && foc_novelty_get_distance (self, look) <= self->max_distance)
        g_array_append_val (sure, one);
    }
  g_array_sort (sure, compare_sure);

  return sure;
}

/* Just beyond the first that would be too many; in steps of 0.0001, so that it can be
 * read. */
static double
find_min_certainty (const FocNovelty *self,
                    const FocOutcome *outcomes,
                    guint32 n,
                    double threshold)
{
  g_autoptr (GArray) sure = find_sure (self, outcomes, n, threshold);
  guint32 allowed = count_allowed (n), wrong = 0;
  double expected = 0.0;

  for (guint i = 0; i < sure->len; i++)
    {
      const Sure *one = &g_array_index (sure, Sure, i);

      wrong += !one->right;
      expected += 1 - one->certainty;
      if (wrong > allowed || expected > FOC_NOVELTY_EXPECTED * n)
        return MIN ((floor (one->certainty * 1e4) + 1) / 1e4,
                    FOC_NOVELTY_MIN_CERTAINTY_MAX);
    }

  return 0.0;
}

void
foc_novelty_fit (FocNovelty *self,
                 const FocOutcome *outcomes,
                 guint32 n,
                 double threshold)
{
  if (n == 0)
    return;

  for (guint label = 0; label < self->n_classes; label++)
    fit_weights (self, outcomes, n, label);
  self->max_distance = find_max_distance (self, outcomes, n);
  self->min_certainty = find_min_certainty (self, outcomes, n, threshold);
}

void
foc_novelty_to_json (const FocNovelty *self, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  foc_json_add_doubles (builder, "mean", self->mean, FOC_N_LOOKS);
  foc_json_add_doubles (builder, "spread", self->spread, FOC_N_LOOKS);
  foc_json_add_double (builder, "correlation", self->correlation);
  foc_json_add_doubles (builder, "weights", self->weights, self->n_classes * FOC_N_LOOKS);
  foc_json_add_double (builder, "max_distance", self->max_distance);
  foc_json_add_double (builder, "min_certainty", self->min_certainty);
  json_builder_end_object (builder);
}

static gboolean
get_finite (JsonObject *object,
            const char *name,
            double min,
            double max,
            guint n,
            double *values)
{
  guint length;

  if (!foc_json_get_doubles (object, name, min, max, n, values, &length) || length != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return FALSE;

  return TRUE;
}

FocNovelty *
foc_novelty_from_json (JsonObject *object, guint n_classes)
{
  static const FocLookSums none = { 0 };
  g_autoptr (FocNovelty) self = foc_novelty_new (n_classes, &none);

  if (!get_finite (object, "mean", -1e6, 1e6, FOC_N_LOOKS, self->mean)
      || !get_finite (object, "spread", LEAST_SPREAD, 1e6, FOC_N_LOOKS, self->spread)
      || !get_finite (object, "weights", -1e6, 1e6, n_classes * FOC_N_LOOKS,
                      self->weights)
      || !foc_json_get_double (object, "correlation", -0.999, 0.999, &self->correlation)
      || !isfinite (self->correlation)
      || !foc_json_get_double (object, "max_distance", 0, G_MAXDOUBLE,
                               &self->max_distance)
      || !foc_json_get_double (object, "min_certainty", 0, 1, &self->min_certainty)
      || !isfinite (self->min_certainty))
    return NULL;

  if (isnan (self->max_distance)) /* infinity is null, too */
    self->max_distance = INFINITY;
  return g_steal_pointer (&self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-calibration.h"

#include "foc-mlp.h"
#include "foc-rng.h"

#include <math.h>
#include <string.h>

/* Scores whose right temperature is known: labels drawn from softmax (logits / T). */
static void
draw (FocScores *scores, guint n_classes, guint32 n, double temperature, guint64 seed)
{
  g_autofree float *logits = g_new (float, n_classes);
  g_autofree float *p = g_new (float, n_classes);
  FocRng rng;

  foc_rng_init (&rng, seed, 7);
  foc_scores_init (scores, n_classes, n);
  for (guint32 i = 0; i < n; i++)
    {
      double u = foc_rng_uniform (&rng);
      guint label = 0;

      for (guint c = 0; c < n_classes; c++)
        logits[c] = (float) (10 * foc_rng_uniform (&rng) - 5);
      foc_softmax (logits, 1, n_classes, temperature, p);
      while (label + 1 < n_classes && u >= p[label])
        u -= p[label++];
      foc_scores_add (scores, logits, label);
    }
}

static double
mean_loss (const FocScores *scores, double temperature)
{
  guint n_classes = scores->n_classes;
  g_autofree float *p = g_new (float, n_classes);
  double sum = 0.0;

  for (guint32 i = 0; i < scores->n; i++)
    {
      foc_softmax (scores->logits + (gsize) i * n_classes, 1, n_classes, temperature, p);
      sum -= log (p[scores->labels[i]]);
    }
  return sum / scores->n;
}

/* The temperature that the labels were drawn with comes back, no other has a smaller
 * loss, and with it confidence and accuracy agree. */
static void
test_temperature (void)
{
  static const double temperatures[] = { 0.3, 1.0, 2.5 };
  static const guint classes[] = { 2, 3, 10 };

  for (guint i = 0; i < G_N_ELEMENTS (temperatures); i++)
    for (guint j = 0; j < G_N_ELEMENTS (classes); j++)
      {
        g_auto (FocScores) scores = { 0 };
        FocCalibration before, after;
        double t;

        draw (&scores, classes[j], 20000, temperatures[i], 10 * i + j);
        t = foc_fit_temperature (&scores);
        g_assert_cmpfloat_with_epsilon (t, temperatures[i], 0.1 * temperatures[i]);
        g_assert_cmpfloat (mean_loss (&scores, t), <=, mean_loss (&scores, 0.99 * t));
        g_assert_cmpfloat (mean_loss (&scores, t), <=, mean_loss (&scores, 1.01 * t));

        foc_calibration_measure (&before, &scores, 1.0);
        foc_calibration_measure (&after, &scores, t);
        g_assert_cmpfloat (after.error, <, 0.015);
        if (temperatures[i] != 1.0)
          g_assert_cmpfloat (after.error, <, before.error);
      }
}

/* All right and none say nothing; all wrong, and nearly all right, have their bounds. */
static void
test_extremes (void)
{
  for (guint kind = 0; kind < 4; kind++)
    {
      g_auto (FocScores) scores = { 0 };
      guint32 n = kind == 0 ? 0 : 1000;
      FocCalibration calibration;
      double t;

      foc_scores_init (&scores, 2, n);
      for (guint32 i = 0; i < n; i++)
        foc_scores_add (&scores, (const float[]){ 3, 0 },
                        kind == 1   ? 0
                        : kind == 2 ? 1
                                    : i == 0);
      t = foc_fit_temperature (&scores);
      if (kind < 2)
        g_assert_cmpfloat (t, ==, 1.0);
      else if (kind == 2)
        g_assert_cmpfloat_with_epsilon (t, 100.0, 1e-3);
      else /* softmax (3 / t) = 0.999 */
        g_assert_cmpfloat_with_epsilon (t, 3 / log (999.0), 1e-4);

      foc_calibration_measure (&calibration, &scores, t);
      if (kind == 0)
        g_assert_true (isnan (calibration.error));
      if (kind == 3)
        g_assert_cmpfloat (calibration.error, <, 1e-5);
    }
}

/* By hand: four answers with 0.9, of which three are right, and one with 0.65, wrong. */
static void
test_bins (void)
{
  float high = (float) log (9.0), low = (float) log (0.65 / 0.35);
  g_auto (FocScores) scores = { 0 };
  FocCalibration calibration;

  foc_scores_init (&scores, 2, 5);
  for (guint i = 0; i < 4; i++)
    foc_scores_add (&scores, (const float[]){ high, 0 }, i == 3);
  foc_scores_add (&scores, (const float[]){ 0, low }, 0);
  foc_calibration_measure (&calibration, &scores, 1.0);

  for (guint i = 0; i < FOC_CALIBRATION_BINS; i++)
    {
      const FocCalibrationBin *bin = &calibration.bins[i];

      g_assert_cmpuint (bin->n, ==, i == 13 ? 4 : i == 9 ? 1 : 0);
      if (bin->n > 0)
        {
          g_assert_cmpfloat_with_epsilon (bin->confidence, i == 13 ? 0.9 : 0.65, 1e-6);
          g_assert_cmpfloat (bin->accuracy, ==, i == 13 ? 0.75 : 0.0);
        }
    }
  g_assert_cmpfloat_with_epsilon (calibration.error, (4 * 0.15 + 0.65) / 5, 1e-6);
  g_assert_cmpfloat (foc_calibration_sum_up (&calibration), ==, calibration.error);
}

/* Probabilities at the ends of the bins, and certainty: all find a place. */
static void
test_certain (void)
{
  g_auto (FocScores) scores = { 0 };
  FocCalibration calibration;

  foc_scores_init (&scores, 3, 3);
  foc_scores_add (&scores, (const float[]){ 1e30f, 0, 0 }, 0);
  foc_scores_add (&scores, (const float[]){ 0, 0, 0 }, 0);
  foc_scores_add (&scores, (const float[]){ NAN, 0, INFINITY }, 0);
  g_assert_cmpuint (scores.n, ==, 2); /* no probability in the third */
  foc_calibration_measure (&calibration, &scores, 1.0);
  g_assert_cmpuint (calibration.bins[14].n, ==, 1);
  g_assert_cmpuint (calibration.bins[4].n + calibration.bins[5].n, ==, 1);
}

/* More than is kept: every second, third, ... */
static void
test_stride (void)
{
  guint n_classes = 1000;
  g_autofree float *logits = g_new0 (float, n_classes);
  g_auto (FocScores) scores = { 0 };
  guint32 n = 10000;

  foc_scores_init (&scores, n_classes, n);
  for (guint32 i = 0; i < n; i++)
    foc_scores_add (&scores, logits, i % 1000);
  g_assert_cmpuint (scores.n * n_classes, <=, FOC_SCORES_MAX_LOGITS);
  g_assert_cmpuint (scores.n, >, n / 4);
  g_assert_cmpuint (scores.labels[1], ==, scores.stride);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/calibration/temperature", test_temperature);
  g_test_add_func ("/calibration/extremes", test_extremes);
  g_test_add_func ("/calibration/bins", test_bins);
  g_test_add_func ("/calibration/certain", test_certain);
  g_test_add_func ("/calibration/stride", test_stride);

  return g_test_run ();
}

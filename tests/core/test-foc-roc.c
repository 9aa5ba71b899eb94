/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-roc.h"

#include "foc-rng.h"

#include <math.h>

static void
check_curve (const FocRoc *roc)
{
  g_assert_cmpuint (roc->n_points, >=, 2);
  g_assert_cmpuint (roc->n_points, <=, FOC_ROC_MAX_POINTS);
  g_assert_cmpfloat (roc->points[0].false_positive_rate, ==, 0);
  g_assert_cmpfloat (roc->points[0].true_positive_rate, ==, 0);
  g_assert_cmpfloat (roc->points[roc->n_points - 1].false_positive_rate, ==, 1);
  g_assert_cmpfloat (roc->points[roc->n_points - 1].true_positive_rate, ==, 1);
  for (guint i = 1; i < roc->n_points; i++)
    {
      g_assert_cmpfloat (roc->points[i].false_positive_rate, >=,
                         roc->points[i - 1].false_positive_rate);
      g_assert_cmpfloat (roc->points[i].true_positive_rate, >=,
                         roc->points[i - 1].true_positive_rate);
    }
}

/* Of the drawn curve, by trapezoids. */
static double
drawn_area (const FocRoc *roc)
{
  double area = 0.0;

  for (guint i = 1; i < roc->n_points; i++)
    area += (roc->points[i].false_positive_rate - roc->points[i - 1].false_positive_rate)
            * (roc->points[i].true_positive_rate + roc->points[i - 1].true_positive_rate)
            / 2;
  return area;
}

/* Positives at 4, 3 and 1, negatives at 3, 2 and 0: of nine pairs six are in order,
 * two are not (1 against 3 and 2), one is equal. */
static void
test_by_hand (void)
{
  static const float scores[] = { 4, 3, 1, 3, 2, 0 };
  g_auto (FocScores) all = { 0 };
  FocRoc roc;

  foc_scores_init (&all, 2, 6);
  for (guint i = 0; i < 6; i++)
    foc_scores_add (&all, (const float[]){ 0, scores[i] }, i < 3);
  foc_roc_measure (&roc, &all, 1);
  check_curve (&roc);
  g_assert_cmpfloat_with_epsilon (roc.auc, 6.5 / 9, 1e-12);
  g_assert_cmpfloat_with_epsilon (drawn_area (&roc), roc.auc, 1e-12);

  /* The other class sees the same from the other end. */
  foc_roc_measure (&roc, &all, 0);
  check_curve (&roc);
  g_assert_cmpfloat_with_epsilon (roc.auc, 6.5 / 9, 1e-12);
}

/* Against the definition: the share of pairs that are in order. */
static void
check_pairs (guint n_classes)
{
  enum
  {
    N = 400,
    MOST = 40
  };
  g_auto (FocScores) scores = { 0 };
  FocRng rng;

  foc_rng_init (&rng, n_classes, 9);
  foc_scores_init (&scores, n_classes, N);
  for (guint i = 0; i < N; i++)
    {
      guint label = foc_rng_below (&rng, n_classes);
      float logits[MOST];

      /* Few different values, so that many are equal. */
      for (guint c = 0; c < n_classes; c++)
        logits[c] = (float) foc_rng_below (&rng, 4) + (c == label);
      foc_scores_add (&scores, logits, label);
    }

  for (guint label = 0; label < n_classes; label++)
    {
      double odds[N], pairs = 0, ordered = 0;
      FocRoc roc;

      for (guint i = 0; i < N; i++)
        {
          double others = 0;

          for (guint c = 0; c < n_classes; c++)
            if (c != label)
              others += exp (scores.logits[i * n_classes + c]);
          odds[i] = scores.logits[i * n_classes + label] - log (others);
          g_assert_cmpfloat_with_epsilon (foc_scores_log_odds (&scores, i, label),
                                          odds[i], 1e-9);
        }
      for (guint i = 0; i < N; i++)
        for (guint j = 0; j < N; j++)
          if (scores.labels[i] == label && scores.labels[j] != label)
            {
              double d = odds[i] - odds[j];

              pairs++;
              ordered += d > 1e-9 ? 1 : d < -1e-9 ? 0 : 0.5;
            }

      foc_roc_measure (&roc, &scores, label);
      check_curve (&roc);
      g_assert_cmpfloat_with_epsilon (roc.auc, ordered / pairs, 1e-3);
    }
}

/* Of few classes the sums are not kept, of many they are. */
static void
test_pairs (void)
{
  check_pairs (2);
  check_pairs (4);
  check_pairs (FOC_SCORES_FEW_CLASSES);
  check_pairs (FOC_SCORES_FEW_CLASSES + 1);
  check_pairs (40);
}

/* Logits so far apart that there is no exponential of the difference. */
static void
test_far_apart (void)
{
  for (guint n_classes = 2; n_classes <= 20; n_classes += 9)
    {
      g_auto (FocScores) scores = { 0 };
      g_autofree float *logits = g_new0 (float, n_classes);
      FocRoc roc;

      foc_scores_init (&scores, n_classes, 4);
      for (guint i = 0; i < 4; i++)
        {
          logits[1] = 1000.0f * ((float) i - 1.5f);
          foc_scores_add (&scores, logits, i != 2);
        }
      for (guint i = 0; i < 4; i++)
        g_assert_cmpfloat_with_epsilon (foc_scores_log_odds (&scores, i, 1),
                                        1000 * (i - 1.5) - log (n_classes - 1), 1e-9);
      foc_roc_measure (&roc, &scores, 1);
      check_curve (&roc);
      g_assert_cmpfloat_with_epsilon (roc.auc, 1.0 / 3, 1e-12);
    }
}

static void
test_extremes (void)
{
  FocRoc roc;

  for (guint kind = 0; kind < 3; kind++)
    {
      g_auto (FocScores) scores = { 0 };

      foc_scores_init (&scores, 2, 100);
      for (guint i = 0; i < 100; i++)
        foc_scores_add (&scores, (const float[]){ 0, kind == 2 ? 1 : i },
                        kind == 0   ? i >= 50
                        : kind == 1 ? i < 50
                                    : i % 2);
      foc_roc_measure (&roc, &scores, 1);
      check_curve (&roc);
      g_assert_cmpfloat (roc.auc, ==, kind == 0 ? 1.0 : kind == 1 ? 0.0 : 0.5);
      g_assert_cmpuint (roc.n_points, ==, kind == 2 ? 2 : 3);
    }
  {
    g_auto (FocScores) one_class = { 0 };

    foc_scores_init (&one_class, 2, 2);
    foc_scores_add (&one_class, (const float[]){ 0, 1 }, 1);
    foc_scores_add (&one_class, (const float[]){ 1, 0 }, 1);
    foc_roc_measure (&roc, &one_class, 1);
    g_assert_cmpuint (roc.n_points, ==, 0);
    g_assert_true (isnan (roc.auc));
  }
}

/* A curve with far more corners than points: what is kept is close to it. */
static void
test_many_corners (void)
{
  g_auto (FocScores) scores = { 0 };
  FocRoc roc;
  FocRng rng;

  foc_rng_init (&rng, 5, 9);
  foc_scores_init (&scores, 2, 50000);
  for (guint i = 0; i < 50000; i++)
    foc_scores_add (
      &scores, (const float[]){ 0, (float) (foc_rng_uniform (&rng) + 0.3 * (i % 2)) },
      i % 2);
  foc_roc_measure (&roc, &scores, 1);
  check_curve (&roc);
  g_assert_cmpuint (roc.n_points, >, FOC_ROC_MAX_POINTS / 2);
  g_assert_cmpfloat_with_epsilon (drawn_area (&roc), roc.auc, 1e-3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/roc/by-hand", test_by_hand);
  g_test_add_func ("/roc/pairs", test_pairs);
  g_test_add_func ("/roc/far-apart", test_far_apart);
  g_test_add_func ("/roc/extremes", test_extremes);
  g_test_add_func ("/roc/many-corners", test_many_corners);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-metrics.h"

#include <math.h>

static void
test_confusion (void)
{
  /* Not symmetric, so that an exchange of row and column shows. */
  static const guint64 counts[3][3] = { { 5, 1, 0 }, { 2, 7, 3 }, { 0, 4, 8 } };
  g_auto (FocConfusion) confusion = { 0 };

  foc_confusion_init (&confusion, 3);
  g_assert_cmpuint (foc_confusion_total (&confusion), ==, 0);
  g_assert_cmpuint (foc_confusion_correct (&confusion), ==, 0);
  g_assert_true (isnan (foc_confusion_accuracy (&confusion)));

  for (guint i = 0; i < 3; i++)
    for (guint j = 0; j < 3; j++)
      for (guint64 k = 0; k < counts[i][j]; k++)
        foc_confusion_add (&confusion, i, j);

  for (guint i = 0; i < 3; i++)
    for (guint j = 0; j < 3; j++)
      {
        g_assert_cmpuint (foc_confusion_get (&confusion, i, j), ==, counts[i][j]);
        g_assert_cmpuint (confusion.counts[i * 3 + j], ==, counts[i][j]);
      }
  g_assert_cmpuint (foc_confusion_total (&confusion), ==, 30);
  g_assert_cmpuint (foc_confusion_correct (&confusion), ==, 20);
  g_assert_cmpfloat (foc_confusion_accuracy (&confusion), ==, 20.0 / 30.0);

  foc_confusion_clear (&confusion);
  g_assert_null (confusion.counts);
  foc_confusion_clear (&confusion);
}

static void
test_confusion_all_right_all_wrong (void)
{
  g_auto (FocConfusion) right = { 0 };
  g_auto (FocConfusion) wrong = { 0 };

  foc_confusion_init (&right, 2);
  foc_confusion_init (&wrong, 1000);
  for (guint i = 0; i < 1000; i++)
    {
      foc_confusion_add (&right, i % 2, i % 2);
      foc_confusion_add (&wrong, i, 999 - i);
    }

  g_assert_cmpfloat (foc_confusion_accuracy (&right), ==, 1.0);
  g_assert_cmpfloat (foc_confusion_accuracy (&wrong), ==, 0.0);
  g_assert_cmpuint (foc_confusion_get (&wrong, 999, 0), ==, 1);
  g_assert_cmpuint (foc_confusion_total (&wrong), ==, 1000);
}

static void
assert_wilson (guint64 correct, guint64 total, double low, double high, double tolerance)
{
  double got_low = NAN, got_high = NAN;

  foc_wilson_interval (correct, total, &got_low, &got_high);
  g_assert_cmpfloat_with_epsilon (got_low, low, tolerance);
  g_assert_cmpfloat_with_epsilon (got_high, high, tolerance);
}

/* The four examples of R. G. Newcombe, "Two-sided confidence intervals for the
 * single proportion: comparison of seven methods", Statistics in Medicine 17,
 * 1998, table I, method 3; to the digits printed there. */
static void
test_wilson_published (void)
{
  assert_wilson (81, 263, 0.2553, 0.3662, 0.5e-4);
  assert_wilson (15, 148, 0.0624, 0.1605, 0.5e-4);
  assert_wilson (0, 20, 0.0000, 0.1611, 0.5e-4);
  assert_wilson (1, 29, 0.0061, 0.1718, 0.5e-4);
}

/* The roots q of (p - q)^2 = z^2 q (1 - q) / n, by Python's decimal in 50 digits. */
static void
test_wilson_exact (void)
{
  assert_wilson (81, 263, 0.2552885198782742, 0.36620957698280004, 1e-14);
  assert_wilson (5, 10, 0.23659309051256397, 0.7634069094874361, 1e-14);
  assert_wilson (5982, 6000, 0.9952625436311345, 0.9981014618820091, 1e-14);
  assert_wilson (0, 1, 0.0, 0.7934506856227627, 1e-14);
  assert_wilson (1, 1, 0.2065493143772374, 1.0, 1e-14);
  assert_wilson (0, 20, 0.0, 0.16112515805281938, 1e-14);
  assert_wilson (20, 20, 0.8388748419471806, 1.0, 1e-14);
  assert_wilson (3000, 3000, 0.9987211512746741, 1.0, 1e-14);
}

static void
test_wilson_edges (void)
{
  double low, high;

  foc_wilson_interval (0, 0, &low, &high);
  g_assert_cmpfloat (low, ==, 0.0);
  g_assert_cmpfloat (high, ==, 1.0);

  /* Within 0 ... 1, around the share, and the mirror image of the errors. */
  for (guint64 n = 1; n <= 200; n++)
    for (guint64 k = 0; k <= n; k++)
      {
        double share = (double) k / (double) n, other_low, other_high;

        foc_wilson_interval (k, n, &low, &high);
        foc_wilson_interval (n - k, n, &other_low, &other_high);
        g_assert_true (0.0 <= low && low < high && high <= 1.0);
        g_assert_true (low <= share + 1e-15 && share - 1e-15 <= high);
        g_assert_cmpfloat_with_epsilon (low, 1 - other_high, 1e-14);
      }

  /* It narrows with n, to nothing for counts as large as can be. */
  foc_wilson_interval (G_MAXUINT64 / 2, G_MAXUINT64, &low, &high);
  g_assert_cmpfloat (high - low, <, 1e-9);
  g_assert_cmpfloat_with_epsilon (low, 0.5, 1e-9);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/metrics/confusion", test_confusion);
  g_test_add_func ("/metrics/confusion-all-right-all-wrong",
                   test_confusion_all_right_all_wrong);
  g_test_add_func ("/metrics/wilson-published", test_wilson_published);
  g_test_add_func ("/metrics/wilson-exact", test_wilson_exact);
  g_test_add_func ("/metrics/wilson-edges", test_wilson_edges);

  return g_test_run ();
}

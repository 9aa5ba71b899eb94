/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-novelty.h"

#include "foc-blas.h"
#include "foc-rng.h"

#include <math.h>

enum
{
  WIDTH = 6,
  N = 4000
};

/* Two classes with one covariance: unit k has the spread k + 1, and unit 1 follows unit
 * 0; the second class stands at 20 in unit 2. */
static void
draw (FocRng *rng, guint label, float *hidden)
{
  for (guint k = 0; k < WIDTH; k++)
    hidden[k] = (float) ((k + 1) * foc_rng_normal (rng));
  hidden[1] += 3 * hidden[0];
  hidden[2] += label ? 20 : 0;
}

static FocNovelty *
learn (void)
{
  g_autoptr (FocNoveltySums) sums = foc_novelty_sums_new (WIDTH, 2);
  FocRng rng;

  foc_rng_init (&rng, 1, 2);
  for (guint i = 0; i < N; i += 50)
    {
      float hidden[50 * WIDTH];
      guint16 labels[50];

      for (guint j = 0; j < 50; j++)
        {
          labels[j] = (guint16) (j % 2);
          draw (&rng, labels[j], hidden + j * WIDTH);
        }
      foc_novelty_sums_add (sums, hidden, labels, 50);
    }
  return foc_novelty_sums_finish (sums);
}

/* The squared distance of one of the distribution is chi-squared: its mean is the
 * width, a little less by the shrinkage; and a step of one spread is a step of 1, whatever
 * the unit. */
static void
test_distance (void)
{
  g_autoptr (FocNovelty) novelty = learn ();
  double sum = 0;
  FocRng rng;

  g_assert_cmpuint (novelty->n_classes, ==, 2);
  g_assert_true (isinf (novelty->limit));
  foc_rng_init (&rng, 3, 2);
  for (guint i = 0; i < N; i++)
    {
      float hidden[WIDTH];
      double distance;

      draw (&rng, i % 2, hidden);
      distance = foc_novelty_distance (novelty, hidden);
      sum += distance * distance;
    }
  g_assert_cmpfloat_with_epsilon (sum / N, WIDTH, 0.6);

  g_assert_cmpfloat (foc_novelty_distance (novelty, (float[WIDTH]){ 0 }), <, 0.3);
  g_assert_cmpfloat (foc_novelty_distance (novelty, (float[WIDTH]){ 0, 0, 20 }), <, 0.3);
  g_assert_cmpfloat_with_epsilon (
    foc_novelty_distance (novelty, (float[WIDTH]){ 0, 0, 0, 0, 0, 60 }), 10, 0.5);
  /* Between the classes is far from both, and against the correlation, too. */
  g_assert_cmpfloat (foc_novelty_distance (novelty, (float[WIDTH]){ 0, 0, 10 }), >, 3);
  g_assert_cmpfloat_with_epsilon (foc_novelty_distance (novelty, (float[WIDTH]){ 5, 15 }),
                                  5, 0.5);
  g_assert_cmpfloat (foc_novelty_distance (novelty, (float[WIDTH]){ 5, -15 }), >, 12);
}

/* Units that never fire, a class without examples, a single example, none, and numbers
 * beyond all bounds. */
static void
test_degenerate (void)
{
  static const guint16 label = 1;
  const float alive[WIDTH] = { 0, 1, 0, 0, 0, 0 };
  const float huge[WIDTH] = { 3e38f, 3e38f };

  for (guint n = 0; n < 3; n++)
    {
      g_autoptr (FocNoveltySums) sums = foc_novelty_sums_new (WIDTH, 3);
      g_autoptr (FocNovelty) novelty = NULL;

      if (n > 0)
        foc_novelty_sums_add (sums, n == 1 ? alive : huge, &label, 1);
      novelty = foc_novelty_sums_finish (sums);
      g_assert_cmpint (novelty != NULL, ==, n == 1);
      if (novelty != NULL)
        {
          g_assert_cmpuint (novelty->n_classes, ==, 1);
          g_assert_cmpfloat_with_epsilon (foc_novelty_distance (novelty, alive), 0, 1e-3);
          g_assert_cmpfloat (foc_novelty_distance (novelty, (float[WIDTH]){ 1 }), >, 100);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  foc_blas_begin_thread ();

  g_test_add_func ("/novelty/distance", test_distance);
  g_test_add_func ("/novelty/degenerate", test_degenerate);

  return g_test_run ();
}

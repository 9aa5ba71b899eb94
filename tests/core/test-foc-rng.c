/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-rng.h"

#include <math.h>

/* The first numbers of pcg32_srandom (42, 54), as its author publishes them. */
static void
test_known_numbers (void)
{
  static const guint32 expected[] = { 0xa15c02b7, 0x7b47f409, 0xba1d3330,
                                      0x83d2f293, 0xbfa4784b, 0xcbed606e };
  FocRng rng;

  foc_rng_init (&rng, 42, 54);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmphex (foc_rng_next (&rng), ==, expected[i]);
}

static void
test_below (void)
{
  guint low = 0;
  FocRng rng;

  foc_rng_init (&rng, 5, 100);
  for (guint i = 0; i < 1000; i++)
    {
      g_assert_cmpuint (foc_rng_below (&rng, 1), ==, 0);
      g_assert_cmpuint (foc_rng_below (&rng, 3), <, 3);
      /* A third; half, were it a modulus alone of 2^32 values. */
      low += foc_rng_below (&rng, 0xc0000000u) < 0x40000000u;
      g_assert_cmpuint (foc_rng_below (&rng, G_MAXUINT32), <, G_MAXUINT32);
    }
  g_assert_cmpfloat (fabs (low - 1000.0 / 3), <, 5 * sqrt (1000 * 2.0 / 9));
}

static void
test_distributions (void)
{
  guint counts[10] = { 0 };
  double sum = 0.0, squares = 0.0, uniform = 0.0;
  const guint n = 200000;
  FocRng rng;

  foc_rng_init (&rng, 1, 1);
  for (guint i = 0; i < n; i++)
    {
      double u = foc_rng_uniform (&rng);
      double x = foc_rng_normal (&rng);

      g_assert_true (u >= 0.0 && u < 1.0);
      uniform += u;
      sum += x;
      squares += x * x;
      counts[foc_rng_below (&rng, 10)]++;
    }

  /* Five standard errors each. */
  g_assert_cmpfloat (fabs (uniform / n - 0.5), <, 5 * sqrt (1.0 / 12 / n));
  g_assert_cmpfloat (fabs (sum / n), <, 5 / sqrt (n));
  g_assert_cmpfloat (fabs (squares / n - 1.0), <, 5 * sqrt (2.0 / n));
  for (guint i = 0; i < 10; i++)
    g_assert_cmpfloat (fabs (counts[i] - n / 10.0), <, 5 * sqrt (n * 0.09));
}

static void
test_permutation (void)
{
  static const guint32 sizes[] = { 1, 2, 3, 4, 5, 16, 17, 63, 1000, 1024, 1025, 65537 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autofree guint8 *seen = g_new0 (guint8, sizes[s]);
      FocPermutation permutation;

      foc_permutation_init (&permutation, sizes[s], 7, s);
      for (guint32 i = 0; i < sizes[s]; i++)
        {
          guint32 element = foc_permutation_at (&permutation, i);

          g_assert_cmpuint (element, <, sizes[s]);
          g_assert_cmpuint (seen[element], ==, 0);
          seen[element] = 1;
        }
    }
}

/* By the same algorithm written in Python. The order of every training depends on
 * it, resumed ones included: it may never change. */
static void
test_permutation_known_numbers (void)
{
  static const guint32 ten[] = { 5, 1, 0, 8, 7, 6, 9, 4, 3, 2 };
  static const guint32 many[] = { 3764, 8733, 399, 1724, 7573, 2217 };
  static const guint32 all[] = { 1105451839, 698245487, 2370334978 };
  FocPermutation permutation;

  foc_permutation_init (&permutation, 10, G_GUINT64_CONSTANT (0x0123456789abcdef), 3);
  for (guint i = 0; i < G_N_ELEMENTS (ten); i++)
    g_assert_cmpuint (foc_permutation_at (&permutation, i), ==, ten[i]);

  foc_permutation_init (&permutation, 14000, 1, 0);
  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    g_assert_cmpuint (foc_permutation_at (&permutation, i), ==, many[i]);

  foc_permutation_init (&permutation, G_MAXUINT32, 1, 2);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_assert_cmpuint (foc_permutation_at (&permutation, i), ==, all[i]);
  g_assert_cmpuint (foc_permutation_at (&permutation, G_MAXUINT32 - 1), ==, 2865941978u);
}

/* Over many permutations, each element stands at each place equally often. */
static void
test_permutation_is_even (void)
{
  enum
  {
    N = 8,
    TIMES = 40000
  };
  guint counts[N][N] = { { 0 } };
  double chi_square = 0.0, expected = (double) TIMES / N;

  for (guint t = 0; t < TIMES; t++)
    {
      FocPermutation permutation;

      foc_permutation_init (&permutation, N, 3, t);
      for (guint i = 0; i < N; i++)
        counts[i][foc_permutation_at (&permutation, i)]++;
    }

  for (guint i = 0; i < N; i++)
    for (guint j = 0; j < N; j++)
      chi_square += pow (counts[i][j] - expected, 2) / expected;

  /* 49 degrees of freedom: beyond 100 once in 20,000. */
  g_assert_cmpfloat (chi_square, <, 100.0);
}

static void
test_hash (void)
{
  guint8 data[200] = { 0 };
  guint64 before = foc_hash (data, sizeof data, 0);

  g_assert_true (foc_hash (data, sizeof data, 0) == before);
  g_assert_true (foc_hash (data, sizeof data, 1) != before);
  g_assert_true (foc_hash (data, sizeof data - 1, 0) != before);
  /* Every single flipped bit shows. */
  for (guint i = 0; i < sizeof data * 8; i++)
    {
      data[i / 8] ^= (guint8) (1 << i % 8);
      g_assert_true (foc_hash (data, sizeof data, 0) != before);
      data[i / 8] ^= (guint8) (1 << i % 8);
    }
  /* Stored in files: it may never change. */
  g_assert_cmphex (foc_hash ("face or comic", 13, 1), ==,
                   G_GUINT64_CONSTANT (0x821bf461dd4964c3));
  g_assert_cmphex (foc_hash ("", 0, 0), ==, G_GUINT64_CONSTANT (0xc6967ca0f7b76c48));
  for (guint i = 0; i < 100; i++)
    data[i] = (guint8) i;
  g_assert_cmphex (foc_hash (data, 100, 7), ==, G_GUINT64_CONSTANT (0x87724433180ae8dc));
  g_assert_cmphex (foc_hash (data, 64, G_MAXUINT64), ==,
                   G_GUINT64_CONSTANT (0xc01c08f35afc279a));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rng/known-numbers", test_known_numbers);
  g_test_add_func ("/rng/below", test_below);
  g_test_add_func ("/rng/distributions", test_distributions);
  g_test_add_func ("/rng/permutation", test_permutation);
  g_test_add_func ("/rng/permutation-known-numbers", test_permutation_known_numbers);
  g_test_add_func ("/rng/permutation-is-even", test_permutation_is_even);
  g_test_add_func ("/rng/hash", test_hash);

  return g_test_run ();
}

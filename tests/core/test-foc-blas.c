/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-blas.h"
#include "foc-rng.h"

#include <math.h>
#include <string.h>

/* A matrix as BLAS sees it: rows of `ld` floats, of which `columns` count. What
 * lies between two rows is NaN: whoever lets it into a sum is seen. */
typedef struct
{
  float *values;
  gsize rows, columns, ld;
} Matrix;

static void
matrix_init (Matrix *self, gsize rows, gsize columns, gsize padding, FocRng *rng)
{
  self->rows = rows;
  self->columns = columns;
  self->ld = columns + padding;
  self->values = g_malloc_n (rows * self->ld, sizeof (float));

  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < self->ld; j++)
      self->values[i * self->ld + j] =
        j < columns ? (float) foc_rng_normal (rng) : (float) NAN;
}

static void
matrix_clear (Matrix *self)
{
  g_clear_pointer (&self->values, g_free);
}

static float *
copy_of_magnitudes (const Matrix *matrix)
{
  gsize n = matrix->rows * matrix->ld;
  float *copy = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    copy[i] = fabsf (matrix->values[i]);

  return copy;
}

/* Compares one product with the reference. An element is a sum of k products in
 * an order that we do not know; with u = 2^-24 every order is within k u of the
 * sum of magnitudes (N. J. Higham, "Accuracy and Stability of Numerical
 * Algorithms", 2002, 3.1), and the scaling by alpha and beta, the blocks BLAS
 * cuts k into, and the rounding of the reference add less than 16 u. */
static void
check_product (gboolean transpose_a,
               gboolean transpose_b,
               gsize m,
               gsize n,
               gsize k,
               gsize padding,
               float alpha,
               float beta,
               FocRng *rng)
{
  const double tolerance = (k + 16.0) / 16777216.0;
  g_autofree float *result = NULL, *bound = NULL, *a_size = NULL, *b_size = NULL;
  Matrix a, b, c;

  matrix_init (&a, transpose_a ? k : m, transpose_a ? m : k, padding, rng);
  matrix_init (&b, transpose_b ? n : k, transpose_b ? k : n, 2 * padding, rng);
  matrix_init (&c, m, n, 3 * padding, rng);
  a_size = copy_of_magnitudes (&a);
  b_size = copy_of_magnitudes (&b);
  bound = copy_of_magnitudes (&c);
  if (beta == 0.0f)
    for (gsize i = 0; i < m * c.ld; i++)
      c.values[i] = (float) NAN;
  result = g_memdup2 (c.values, m * c.ld * sizeof (float));

  foc_sgemm (transpose_a, transpose_b, m, n, k, alpha, a.values, a.ld, b.values, b.ld,
             beta, result, c.ld);
  foc_sgemm_reference (transpose_a, transpose_b, m, n, k, alpha, a.values, a.ld, b.values,
                       b.ld, beta, c.values, c.ld);
  foc_sgemm_reference (transpose_a, transpose_b, m, n, k, fabsf (alpha), a_size, a.ld,
                       b_size, b.ld, fabsf (beta), bound, c.ld);

  for (gsize i = 0; i < m; i++)
    for (gsize j = 0; j < c.ld; j++)
      {
        gsize at = i * c.ld + j;

        if (j >= n)
          g_assert_true (isnan (result[at]));
        else if (!(fabs ((double) result[at] - c.values[at]) <= tolerance * bound[at]))
          g_error ("%" G_GSIZE_FORMAT "x%" G_GSIZE_FORMAT "x%" G_GSIZE_FORMAT
                   " transposed %d %d alpha %g beta %g: element %" G_GSIZE_FORMAT
                   ",%" G_GSIZE_FORMAT " is %.9g instead of %.9g",
                   m, n, k, transpose_a, transpose_b, alpha, beta, i, j, result[at],
                   c.values[at]);
      }

  matrix_clear (&a);
  matrix_clear (&b);
  matrix_clear (&c);
}

static void
test_reference (void)
{
  /* By hand: A = 1 2 3 / 4 5 6, B = 1 0 / 2 1 / 0 3. */
  static const float a[] = { 1, 2, 3, 4, 5, 6 }, a_transposed[] = { 1, 4, 2, 5, 3, 6 };
  static const float b[] = { 1, 0, 2, 1, 0, 3 }, b_transposed[] = { 1, 2, 0, 0, 1, 3 };
  static const float expected[] = { 2 * 5 + 3, 2 * 11 + 3, 2 * 14 + 3, 2 * 23 + 3 };

  for (guint t = 0; t < 4; t++)
    {
      gboolean transpose_a = (t & 1) != 0, transpose_b = (t & 2) != 0;
      float c[] = { 1, 1, 1, 1 };

      foc_sgemm_reference (transpose_a, transpose_b, 2, 2, 3, 2.0f,
                           transpose_a ? a_transposed : a, transpose_a ? 2 : 3,
                           transpose_b ? b_transposed : b, transpose_b ? 3 : 2, 3.0f, c,
                           2);
      g_assert_cmpmem (c, sizeof c, expected, sizeof expected);
    }
}

static void
test_ragged_shapes (void)
{
  static const gsize sizes[] = { 1, 2, 3, 7, 8, 17, 33, 64, 70 };
  static const float factors[][2] = { { 1, 0 },     { 1, 1 },     { -0.5f, 0 }, { 0, 0 },
                                      { 0, 0.25f }, { 2.5f, -3 }, { 1, -1.5f } };
  const guint n_sizes = G_N_ELEMENTS (sizes);
  FocRng rng;

  foc_rng_init (&rng, 1, 100);
  for (guint i = 0; i < n_sizes * n_sizes * n_sizes; i++)
    for (guint t = 0; t < 4; t++)
      {
        /* Seven pairs and three paddings meet all shapes and transpositions. */
        const float *factor = factors[(i * 4 + t) % G_N_ELEMENTS (factors)];

        check_product ((t & 1) != 0, (t & 2) != 0, sizes[i % n_sizes],
                       sizes[i / n_sizes % n_sizes], sizes[i / n_sizes / n_sizes],
                       (i + t) % 3, factor[0], factor[1], &rng);
      }
}

/* Longer than the blocks that BLAS cuts a product into, in the three forms that
 * the network uses: forward, weight gradient, gradient of the layer below. */
static void
test_paper_shapes (void)
{
  FocRng rng;

  foc_rng_init (&rng, 2, 100);
  check_product (FALSE, TRUE, 64, 128, 1728, 0, 1, 0, &rng);
  check_product (TRUE, FALSE, 128, 1728, 64, 0, 1, 0, &rng);
  check_product (FALSE, FALSE, 64, 1728, 128, 0, 1, 0, &rng);
  check_product (FALSE, TRUE, 1, 128, 1728, 0, 1, 0, &rng);
  check_product (FALSE, TRUE, 64, 2, 128, 0, 1, 0, &rng);
  check_product (FALSE, TRUE, 3, 5, 20000, 1, 1, 1, &rng);
}

/* No example and no sum: the weight gradient of an empty batch is zero. */
static void
test_empty (void)
{
  float nothing = (float) NAN, c[] = { (float) NAN, (float) NAN };

  foc_sgemm (TRUE, FALSE, 1, 2, 0, 1.0f, &nothing, 1, &nothing, 2, 0.0f, c, 2);
  g_assert_cmpfloat (c[0], ==, 0.0);
  g_assert_cmpfloat (c[1], ==, 0.0);

  c[0] = c[1] = 7.0f;
  foc_sgemm (FALSE, TRUE, 0, 2, 1, 1.0f, &nothing, 1, &nothing, 1, 0.0f, c, 2);
  g_assert_cmpfloat (c[0], ==, 7.0);
  g_assert_cmpfloat (c[1], ==, 7.0);
}

enum
{
  M = 65,
  N = 127,
  K = 801,
  THREADS = 4,
  TIMES = 20
};

typedef struct
{
  const float *a, *b, *expected;
  gint *ready;
} Repeated;

static gpointer
repeat_product (gpointer data)
{
  const Repeated *shared = data;
  g_autofree float *c = g_malloc_n (M * N, sizeof (float));
  guint different = 0;

  foc_blas_begin_thread ();
  /* All at once, as far as there are processors. */
  g_atomic_int_inc (shared->ready);
  while (g_atomic_int_get (shared->ready) < THREADS)
    g_thread_yield ();

  for (guint i = 0; i < TIMES; i++)
    {
      foc_sgemm (FALSE, TRUE, M, N, K, 1.0f, shared->a, K, shared->b, K, 0.0f, c, N);
      different += memcmp (c, shared->expected, M * N * sizeof (float)) != 0;
    }

  return GUINT_TO_POINTER (different);
}

static void
test_same_bits_in_threads (void)
{
  g_autofree float *c = g_malloc_n (M * N, sizeof (float));
  GThread *threads[THREADS];
  Repeated shared;
  gint ready = 0;
  Matrix a, b;
  FocRng rng;

  foc_rng_init (&rng, 3, 100);
  matrix_init (&a, M, K, 0, &rng);
  matrix_init (&b, N, K, 0, &rng);
  foc_sgemm (FALSE, TRUE, M, N, K, 1.0f, a.values, K, b.values, K, 0.0f, c, N);

  shared = (Repeated){ .a = a.values, .b = b.values, .expected = c, .ready = &ready };
  for (guint i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("product", repeat_product, &shared);
  for (guint i = 0; i < THREADS; i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, 0);

  matrix_clear (&a);
  matrix_clear (&b);
}

/* Where the memory allocator puts a matrix must not show in the result. */
static void
test_same_bits_wherever (void)
{
  static const gsize shapes[][3] = { { M, N, K }, { 1, 128, 1728 }, { 64, 2, 128 } };
  FocRng rng;

  foc_rng_init (&rng, 4, 100);
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      const gsize m = shapes[s][0], n = shapes[s][1], k = shapes[s][2];
      g_autofree float *moved_a = g_malloc_n (m * k + 16, sizeof (float));
      g_autofree float *moved_b = g_malloc_n (n * k + 16, sizeof (float));
      g_autofree float *expected = g_malloc_n (m * n, sizeof (float));
      g_autofree float *moved_c = g_malloc_n (m * n + 16, sizeof (float));
      Matrix a, b;

      matrix_init (&a, m, k, 0, &rng);
      matrix_init (&b, n, k, 0, &rng);
      foc_sgemm (FALSE, TRUE, m, n, k, 1.0f, a.values, k, b.values, k, 0.0f, expected, n);

      for (gsize shift = 0; shift < 16; shift++)
        {
          gsize shift_b = shift * 5 % 16, shift_c = shift * 3 % 16;

          memcpy (moved_a + shift, a.values, m * k * sizeof (float));
          memcpy (moved_b + shift_b, b.values, n * k * sizeof (float));
          foc_sgemm (FALSE, TRUE, m, n, k, 1.0f, moved_a + shift, k, moved_b + shift_b, k,
                     0.0f, moved_c + shift_c, n);
          g_assert_cmpmem (moved_c + shift_c, m * n * sizeof (float), expected,
                           m * n * sizeof (float));
        }

      matrix_clear (&a);
      matrix_clear (&b);
    }
}

static void
test_core_name (void)
{
  const char *name = foc_blas_core_name ();

  g_assert_nonnull (name);
  g_assert_cmpuint (strlen (name), >, 0);
  g_test_message ("kernels of %s", name);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  foc_blas_begin_thread ();

  g_test_add_func ("/blas/reference", test_reference);
  g_test_add_func ("/blas/ragged-shapes", test_ragged_shapes);
  g_test_add_func ("/blas/paper-shapes", test_paper_shapes);
  g_test_add_func ("/blas/empty", test_empty);
  g_test_add_func ("/blas/same-bits-in-threads", test_same_bits_in_threads);
  g_test_add_func ("/blas/same-bits-wherever", test_same_bits_wherever);
  g_test_add_func ("/blas/core-name", test_core_name);

  return g_test_run ();
}

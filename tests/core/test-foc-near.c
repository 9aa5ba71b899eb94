/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-near.h"

#include "foc-error.h"
#include "foc-preprocess.h"
#include "foc-rng.h"

#include <math.h>
#include <string.h>

static const guint jobs[] = { 1, 2, 8 };

/* `n` pictures; where `status` (nullable) is not 0 one has no features. */
static FocFeatureStore *
store_of (const guint8 *pictures, guint32 n, const guint8 *status)
{
  static const guint8 key[FOC_FEATURE_KEY_BYTES] = { 7 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FocFeatureWriter) writer = foc_feature_writer_new (NULL, key, n, 2, &error);
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  FocFeatureStore *store;

  for (guint32 row = 0; row < n; row++)
    {
      FocFeatureEntry entry = { .status = status != NULL ? status[row] : 0 };

      g_assert_true (foc_feature_writer_write (
        writer, row, &entry, pictures + (gsize) row * FOC_N_FEATURES, &error));
    }
  store = foc_feature_writer_commit (writer, digest, NULL, &error);
  g_assert_no_error (error);
  return store;
}

static void
find (FocFeatureStore *store, guint n_jobs, FocUnion *sets)
{
  g_autoptr (GError) error = NULL;

  foc_union_init (sets, foc_feature_store_get_n_rows (store));
  foc_near_find (store, sets, n_jobs, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* As the header says it. */
static gboolean
is_near (const guint8 *a, const guint8 *b)
{
  double squares = 0;
  int largest = 0;

  for (guint i = 0; i < FOC_N_FEATURES; i++)
    {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
      largest = MAX (largest, abs (a[i] - b[i]));
    }
  return sqrt (squares / FOC_N_FEATURES) <= FOC_NEAR_RMS && largest <= FOC_NEAR_MAX;
}

/* The search, with any number of threads, finds what comparing all pairs finds; how
 * many pictures have an earlier one in their group. */
static guint
assert_as_naive (const guint8 *pictures, guint32 n, const guint8 *status)
{
  g_autoptr (FocFeatureStore) store = store_of (pictures, n, status);
  g_auto (FocUnion) naive = { 0 };
  guint n_joined = 0;

  foc_union_init (&naive, n);
  for (guint32 i = 0; i < n; i++)
    for (guint32 j = 0; j < i; j++)
      {
        const guint8 *a = pictures + (gsize) i * FOC_N_FEATURES;
        const guint8 *b = pictures + (gsize) j * FOC_N_FEATURES;
        gboolean near = foc_near_is_pair (a, b);

        g_assert_cmpint (near, ==, foc_near_is_pair (b, a));
        if ((i + j) % 8 == 0) /* it takes its time */
          g_assert_cmpint (near, ==, is_near (a, b));
        if (near && (status == NULL || (status[i] == 0 && status[j] == 0)))
          foc_union_join (&naive, i, j);
      }

  for (guint k = 0; k < G_N_ELEMENTS (jobs); k++)
    {
      g_auto (FocUnion) sets = { 0 };

      find (store, jobs[k], &sets);
      for (guint32 i = 0; i < n; i++)
        g_assert_cmpuint (foc_union_find (&sets, i), ==, foc_union_find (&naive, i));
    }
  for (guint32 i = 0; i < n; i++)
    n_joined += foc_union_find (&naive, i) != i;
  return n_joined;
}

/* A picture of a few smooth waves. */
static void
draw (guint8 *picture, FocRng *rng)
{
  double waves[9];

  for (guint i = 0; i < G_N_ELEMENTS (waves); i++)
    waves[i] = foc_rng_uniform (rng);
  for (guint i = 0; i < FOC_N_FEATURES; i++)
    {
      double x = i / 3 % 24 / 24.0, y = i / 72 / 24.0;

      picture[i] = (guint8) (127 + 60 * sin (6 * waves[0] * x + 9 * waves[i % 3 + 1])
                             + 60 * cos (6 * waves[4] * y + 9 * waves[i % 3 + 5]));
    }
}

/* Pictures, and variations whose distances lie on both sides of the limits. */
static void
test_random (void)
{
  enum
  {
    N = 700
  };
  g_autofree guint8 *pictures = g_new (guint8, (gsize) N * FOC_N_FEATURES);

  for (guint64 seed = 1; seed <= 3; seed++)
    {
      guint8 status[N] = { 0 };
      FocRng rng;
      guint n_joined;

      foc_rng_init (&rng, seed, 0);
      for (guint i = 0; i < N; i++)
        {
          guint8 *picture = pictures + (gsize) i * FOC_N_FEATURES;
          guint kind = foc_rng_below (&rng, 5);

          status[i] = i % 31 == 7 ? FOC_ERROR_IMAGE_DAMAGED : 0;
          if (i == 0 || kind == 0)
            draw (picture, &rng);
          else
            memcpy (picture, pictures + (gsize) foc_rng_below (&rng, i) * FOC_N_FEATURES,
                    FOC_N_FEATURES);
          if (kind == 1) /* lighter */
            for (guint v = 0, step = foc_rng_below (&rng, 15); v < FOC_N_FEATURES; v++)
              picture[v] = (guint8) MIN (255, picture[v] + step);
          if (kind == 2) /* noise */
            for (guint v = 0, step = foc_rng_below (&rng, 30) + 1; v < FOC_N_FEATURES;
                 v++)
              picture[v] = (guint8) CLAMP (
                picture[v] + (int) foc_rng_below (&rng, step) - (int) step / 2, 0, 255);
          if (kind == 3) /* one spot */
            picture[foc_rng_below (&rng, FOC_N_FEATURES)] ^= 0x30;
        }
      n_joined = assert_as_naive (pictures, N, status);
      g_test_message ("%u of %u joined", n_joined, N);
      g_assert_cmpuint (n_joined, >, N / 5);
      g_assert_cmpuint (n_joined, <, N * 9 / 10);
    }
}

/* At the limits themselves. */
static void
test_limits (void)
{
  guint8 a[FOC_N_FEATURES], b[FOC_N_FEATURES];

  memset (a, 100, sizeof a);
  memset (b, 100 + FOC_NEAR_RMS, sizeof b);
  g_assert_true (foc_near_is_pair (a, b));
  b[FOC_N_FEATURES - 1]++;
  g_assert_false (foc_near_is_pair (a, b));

  memcpy (b, a, sizeof b);
  b[500] = 100 - FOC_NEAR_MAX;
  g_assert_true (foc_near_is_pair (a, b));
  b[500]--;
  g_assert_false (foc_near_is_pair (a, b));

  memset (a, 0, sizeof a);
  memset (b, 255, sizeof b);
  g_assert_false (foc_near_is_pair (a, b));
  g_assert_true (foc_near_is_pair (b, b));
}

/* Grey from black to white in steps that are near: one group, end to end. And in
 * steps that are not: none. */
static void
test_chain (void)
{
  g_autofree guint8 *pictures = g_new (guint8, (gsize) 256 * FOC_N_FEATURES);

  for (guint i = 0; i < 256; i++)
    memset (pictures + (gsize) i * FOC_N_FEATURES, (int) (i * 37 % 256), FOC_N_FEATURES);
  g_assert_cmpuint (assert_as_naive (pictures, 256, NULL), ==, 255);
  for (guint i = 0; i < 32; i++)
    memset (pictures + (gsize) i * FOC_N_FEATURES, (int) (i * 8), FOC_N_FEATURES);
  g_assert_cmpuint (assert_as_naive (pictures, 32, NULL), ==, 0);
}

static void
test_few (void)
{
  g_autofree guint8 *pictures = g_new0 (guint8, (gsize) 200 * FOC_N_FEATURES);
  guint8 status[200];

  memset (status, FOC_ERROR_IMAGE_FORMAT, sizeof status);
  for (guint32 n = 1; n < 200; n = n < 3 ? n + 1 : n + 31)
    {
      g_assert_cmpuint (assert_as_naive (pictures, n, NULL), ==, n - 1);
      g_assert_cmpuint (assert_as_naive (pictures, n, status), ==, 0);
    }
}

/* 20,000 times the same: no 200,000,000 pairs, neither in memory nor in time. */
static void
test_identical (void)
{
  enum
  {
    N = 20000
  };
  g_autofree guint8 *pictures = g_new0 (guint8, (gsize) N * FOC_N_FEATURES);
  g_autoptr (FocFeatureStore) store = store_of (pictures, N, NULL);

  for (guint k = 0; k < G_N_ELEMENTS (jobs); k++)
    {
      g_auto (FocUnion) sets = { 0 };

      find (store, jobs[k], &sets);
      for (guint32 i = 0; i < N; i++)
        g_assert_cmpuint (foc_union_find (&sets, i), ==, 0);
    }
}

/* Drawings that are white but for a spot in a place of its own: their signatures say
 * nothing, and no two are near. */
static void
test_spots (void)
{
  enum
  {
    N = 800
  };
  g_autofree guint8 *pictures = g_new (guint8, (gsize) N * FOC_N_FEATURES);

  memset (pictures, 255, (gsize) N * FOC_N_FEATURES);
  for (guint i = 0; i < N; i++)
    pictures[(gsize) i * FOC_N_FEATURES + i] = 255 - FOC_NEAR_MAX - 1;
  g_assert_cmpuint (assert_as_naive (pictures, N, NULL), ==, 0);
}

static void
cancel (guint64 done, guint64 total, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_cancelled (void)
{
  g_autofree guint8 *pictures = g_new0 (guint8, (gsize) 100 * FOC_N_FEATURES);
  g_autoptr (FocFeatureStore) store = store_of (pictures, 100, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_auto (FocUnion) sets = { 0 };

  foc_union_init (&sets, 100);
  g_assert_false (
    foc_near_find (store, &sets, 2, cancel, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/near/limits", test_limits);
  g_test_add_func ("/near/random", test_random);
  g_test_add_func ("/near/chain", test_chain);
  g_test_add_func ("/near/few", test_few);
  g_test_add_func ("/near/identical", test_identical);
  g_test_add_func ("/near/spots", test_spots);
  g_test_add_func ("/near/cancelled", test_cancelled);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-augment.h"

#include "foc-rng.h"

#include <math.h>
#include <string.h>

enum
{
  N_VARIANTS = 2000
};

/* A picture of one colour, but for a spot in the left half. */
static void
draw (guint8 features[FOC_N_FEATURES], guint8 r, guint8 g, guint8 b)
{
  for (guint i = 0; i < FOC_FEATURE_SIDE; i++)
    for (guint j = 0; j < FOC_FEATURE_SIDE; j++)
      {
        guint8 *pixel = features + (i * FOC_FEATURE_SIDE + j) * FOC_FEATURE_CHANNELS;
        gboolean spot = i >= 8 && i < 16 && j >= 2 && j < 10;

        pixel[0] = spot ? 255 : r;
        pixel[1] = spot ? 255 : g;
        pixel[2] = spot ? 255 : b;
      }
}

static void
fill (guint8 features[FOC_N_FEATURES], guint8 r, guint8 g, guint8 b)
{
  for (guint i = 0; i < FOC_N_FEATURES; i += 3)
    {
      features[i] = r;
      features[i + 1] = g;
      features[i + 2] = b;
    }
}

/* The variant follows from all three numbers, and from nothing else. */
static void
test_deterministic (void)
{
  guint8 first[FOC_N_FEATURES];

  draw (first, 10, 60, 110);
  foc_augment (first, 1, 2, 3);
  for (guint i = 0; i < 5; i++)
    {
      guint8 again[FOC_N_FEATURES];

      draw (again, 10, 60, 110);
      foc_augment (again, 1 + (i == 1), 2 + (i == 2), 3 + (i == 3));
      g_assert_cmpint (memcmp (first, again, sizeof first) == 0, ==, i % 4 == 0);
    }
}

static double
grey_mean (const guint8 *features)
{
  double sum = 0;

  for (guint i = 0; i < FOC_N_FEATURES; i++)
    sum += features[i];
  return sum / FOC_N_FEATURES;
}

static gboolean
is_plain (const guint8 *features)
{
  for (guint i = 3; i < FOC_N_FEATURES; i++)
    if (features[i] != features[i % 3])
      return FALSE;
  return TRUE;
}

/* A picture of a single colour shows what happens to colours: how light, how often grey,
 * how often before another background; hues stay. */
static void
test_colours (void)
{
  guint n_grey = 0, n_plain = 0;
  double sum = 0, lightest = 0, darkest = 255;

  for (guint row = 0; row < N_VARIANTS; row++)
    {
      guint8 features[FOC_N_FEATURES];
      double mean;

      fill (features, 150, 120, 100);
      foc_augment (features, 7, 0, row);
      if (!is_plain (features))
        continue; /* another background */
      n_plain++;
      g_assert_cmpuint (features[0], >=, features[1]);
      g_assert_cmpuint (features[1], >=, features[2]);

      n_grey += features[0] == features[2];
      mean = grey_mean (features);
      sum += mean;
      lightest = MAX (lightest, mean);
      darkest = MIN (darkest, mean);
    }

  g_assert_cmpfloat_with_epsilon ((double) n_plain / N_VARIANTS, 0.7, 0.04);
  g_assert_cmpfloat_with_epsilon ((double) n_grey / n_plain, 0.2, 0.04);
  g_assert_cmpfloat_with_epsilon (sum / n_plain, 123.3, 3);
  g_assert_cmpfloat_with_epsilon (lightest, 123.3 + 0.15 * 255, 6);
  g_assert_cmpfloat_with_epsilon (darkest, 123.3 - 0.15 * 255, 6);
}

/* Where the spot goes: to the right in half of the variants, in all sizes, and out of
 * the picture in some. */
static void
test_squares (void)
{
  guint n_right = 0, n_left = 0, n_large = 0, n_gone = 0;

  for (guint row = 0; row < N_VARIANTS; row++)
    {
      guint8 features[FOC_N_FEATURES];
      double left = 0, right = 0, all;
      guint8 least = 255, most = 0;

      draw (features, 0, 0, 0);
      foc_augment (features, 7, 3, row);
      for (guint i = 0; i < FOC_N_FEATURES; i++)
        {
          least = MIN (least, features[i]);
          most = MAX (most, features[i]);
        }
      if (most - least < 60)
        {
          n_gone++;
          continue;
        }
      for (guint i = 0; i < FOC_N_FEATURES; i++)
        {
          double light = (double) (features[i] - least) / (most - least);

          *(i / 3 % FOC_FEATURE_SIDE < FOC_FEATURE_SIDE / 2 ? &left : &right) += light;
        }
      all = (left + right) / FOC_N_FEATURES; /* the share of the spot; 1/9 as it was */
      n_left += left > right;
      n_right += right > left;
      n_large += all > 0.25;
    }

  g_assert_cmpuint (n_left, >, N_VARIANTS / 3);
  g_assert_cmpuint (n_right, >, N_VARIANTS / 3);
  g_assert_cmpuint (n_large, >, N_VARIANTS / 20);
  g_assert_cmpuint (n_gone, <, N_VARIANTS / 10);
}

/* Any bytes are a picture. */
static void
test_any (void)
{
  guint8 features[FOC_N_FEATURES];
  FocRng rng;

  foc_rng_init (&rng, 1, 1);
  for (guint row = 0; row < 200; row++)
    {
      for (guint i = 0; i < FOC_N_FEATURES; i++)
        features[i] = row % 3 == 0   ? (guint8) foc_rng_below (&rng, 256)
                      : row % 3 == 1 ? 0
                                     : 255;
      foc_augment (features, G_MAXUINT64, G_MAXUINT, G_MAXUINT32 - row);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/augment/deterministic", test_deterministic);
  g_test_add_func ("/augment/colours", test_colours);
  g_test_add_func ("/augment/squares", test_squares);
  g_test_add_func ("/augment/any", test_any);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-normalise.h"

#include <float.h>
#include <math.h>

static const double mean[] = { 0.485, 0.456, 0.406 };
static const double sd[] = { 0.229, 0.224, 0.225 };

static void
test_constants (void)
{
  for (guint c = 0; c < FOC_NORMALISE_CHANNELS; c++)
    {
      g_assert_cmpfloat (foc_normalise_offset[c], ==, (float) (255 * mean[c]));
      g_assert_cmpfloat_with_epsilon ((double) foc_normalise_scale[c] * 255 * sd[c], 1.0,
                                      FLT_EPSILON / 2);
    }
}

/* Every byte in every channel. Two roundings count: that of the offset, at most
 * 2^-18 below 128, which the scale makes 2^-18 / (255 sd) < 1.1 * 2^-24, and a
 * relative 2^-24 each of difference, scale and product, of at most 2.7: together
 * less than 10 * 2^-24. The usual single precision form, (v/255 - mean) / sd,
 * is no nearer. */
static void
test_values (void)
{
  const double tolerance = 10.0 / 16777216.0;

  for (guint v = 0; v < 256; v++)
    for (guint c = 0; c < FOC_NORMALISE_CHANNELS; c++)
      {
        const guint8 bytes[] = { (guint8) v, (guint8) v, (guint8) v };
        double exact = (v / 255.0 - mean[c]) / sd[c];
        float usual = ((float) v / 255.0f - (float) mean[c]) / (float) sd[c];
        float x[FOC_NORMALISE_CHANNELS];

        foc_normalise (bytes, G_N_ELEMENTS (bytes), x);
        g_assert_cmpfloat_with_epsilon (x[c], exact, tolerance);
        g_assert_cmpfloat_with_epsilon (x[c], usual, 2 * tolerance);
        /* What the exported graph computes, bit for bit. */
        g_assert_cmpfloat (
          x[c], ==, ((float) v - foc_normalise_offset[c]) * foc_normalise_scale[c]);
      }
}

/* All lengths around the block of the loop inside: each value the same as alone,
 * and nothing written behind the last. */
static void
test_lengths (void)
{
  guint8 bytes[303];
  float x[G_N_ELEMENTS (bytes) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    bytes[i] = (guint8) (i * 37 + i / 5);

  for (gsize n = 0; n <= G_N_ELEMENTS (bytes); n += FOC_NORMALISE_CHANNELS)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (x); i++)
        x[i] = 99.0f;

      foc_normalise (bytes, n, x);

      for (gsize i = 0; i < n; i += FOC_NORMALISE_CHANNELS)
        {
          float alone[FOC_NORMALISE_CHANNELS];

          foc_normalise (bytes + i, FOC_NORMALISE_CHANNELS, alone);
          g_assert_cmpmem (x + i, sizeof alone, alone, sizeof alone);
        }
      for (gsize i = n; i < G_N_ELEMENTS (x); i++)
        g_assert_cmpfloat (x[i], ==, 99.0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/normalise/constants", test_constants);
  g_test_add_func ("/normalise/values", test_values);
  g_test_add_func ("/normalise/lengths", test_lengths);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-augment.h"

#include "foc-rng.h"

#define SIDE FOC_FEATURE_SIDE
#define CHANNELS FOC_FEATURE_CHANNELS

#define SQUARE_MIN 0.5
#define SQUARE_MAX 1.15
#define CONTRAST_MIN 0.6
#define CONTRAST_MAX 1.4
#define BRIGHTNESS (0.15 * 255)
#define SATURATION_MIN 0.3
#define SATURATION_MAX 1.5
#define GREY_PROBABILITY 0.15

static double
uniform (FocRng *rng, double low, double high)
{
  return low + (high - low) * foc_rng_uniform (rng);
}

/* Where the pixels of one row or column come from: between `from[i]` and the next one,
 * `share[i]` of the way. */
typedef struct
{
  guint from[SIDE], next[SIDE];
  float share[SIDE];
} Axis;

/* `start` and `side` of the square, in shares of the picture. */
static void
set_axis (Axis *axis, double start, double side, gboolean mirrored)
{
  for (guint i = 0; i < SIDE; i++)
    {
      guint place = mirrored ? SIDE - 1 - i : i;
      double x = (start + side * (i + 0.5) / SIDE) * SIDE - 0.5;

      x = CLAMP (x, 0, SIDE - 1);
      axis->from[place] = (guint) x;
      axis->next[place] = MIN (axis->from[place] + 1, SIDE - 1);
      axis->share[place] = (float) (x - axis->from[place]);
    }
}

static void
cut_square (const guint8 *from, FocRng *rng, float *to)
{
  gboolean mirrored = foc_rng_below (rng, 2);
  double side = uniform (rng, SQUARE_MIN, SQUARE_MAX);
  double left = foc_rng_uniform (rng) * (1 - side);
  double top = foc_rng_uniform (rng) * (1 - side);
  Axis x, y;

  set_axis (&x, left, side, mirrored);
  set_axis (&y, top, side, FALSE);

  for (guint i = 0; i < SIDE; i++)
    {
      const guint8 *upper = from + y.from[i] * SIDE * CHANNELS;
      const guint8 *lower = from + y.next[i] * SIDE * CHANNELS;

      for (guint j = 0; j < SIDE; j++)
        for (guint c = 0; c < CHANNELS; c++)
          {
            guint a = x.from[j] * CHANNELS + c, b = x.next[j] * CHANNELS + c;
            float above = upper[a] + x.share[j] * ((float) upper[b] - upper[a]);
            float below = lower[a] + x.share[j] * ((float) lower[b] - lower[a]);

            *to++ = above + y.share[i] * (below - above);
          }
    }
}

/* Luma of ITU-R BT.601. */
static float
grey_of (const float *pixel)
{
  return 0.299f * pixel[0] + 0.587f * pixel[1] + 0.114f * pixel[2];
}

static void
change_colours (float *pixels, FocRng *rng)
{
  float contrast = (float) uniform (rng, CONTRAST_MIN, CONTRAST_MAX);
  float brightness = (float) uniform (rng, -BRIGHTNESS, BRIGHTNESS);
  float saturation = (float) uniform (rng, SATURATION_MIN, SATURATION_MAX);
  float mean = 0.0f;

  if (foc_rng_uniform (rng) < GREY_PROBABILITY)
    saturation = 0.0f;

  for (guint i = 0; i < FOC_N_FEATURES; i += CHANNELS)
    mean += grey_of (pixels + i);
  mean /= SIDE * SIDE;

  for (guint i = 0; i < FOC_N_FEATURES; i += CHANNELS)
    {
      float grey = grey_of (pixels + i);
      float shift = mean + (grey - mean) * contrast + brightness;

      for (guint c = 0; c < CHANNELS; c++)
        pixels[i + c] = shift + (pixels[i + c] - grey) * contrast * saturation;
    }
}

void
foc_augment (guint8 features[FOC_N_FEATURES], guint64 seed, guint epoch, guint32 row)
{
  guint64 key[] = { GUINT64_TO_LE (seed), GUINT64_TO_LE ((guint64) epoch << 32 | row) };
  float pixels[FOC_N_FEATURES];
  FocRng rng;

  foc_rng_init (&rng, foc_hash (key, sizeof key, 0), FOC_RNG_STREAM_AUGMENT);
  cut_square (features, &rng, pixels);
  change_colours (pixels, &rng);

  for (guint i = 0; i < FOC_N_FEATURES; i++)
    features[i] = (guint8) (CLAMP (pixels[i], 0.0f, 255.0f) + 0.5f);
}

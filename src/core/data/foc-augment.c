/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-augment.h"

#include "foc-rng.h"

#include <math.h>

#define SIDE FOC_FEATURE_SIDE
#define CHANNELS FOC_FEATURE_CHANNELS

#define BACKGROUND_PROBABILITY 0.3
#define WHITE_PROBABILITY 0.3
#define SQUARE_MIN 0.7
#define SQUARE_MAX 1.1
#define SHIFT 1.5 /* pixels */
#define CONTRAST_MIN 0.6
#define CONTRAST_MAX 1.4
#define BRIGHTNESS (0.15 * 255)
#define SATURATION_MIN 0.3
#define SATURATION_MAX 1.5
#define GREY_PROBABILITY 0.2

static float
uniform (FocRng *rng, double low, double high)
{
  return (float) (low + (high - low) * foc_rng_uniform (rng));
}

static gboolean
happens (FocRng *rng, double probability)
{
  return foc_rng_uniform (rng) < probability;
}

/* Luma of ITU-R BT.601. */
static float
grey_of (const float *pixel)
{
  return 0.299f * pixel[0] + 0.587f * pixel[1] + 0.114f * pixel[2];
}

/* Puts one colour behind a head, which is an ellipse, on shoulders, the upper part of
 * another. */
static void
replace_background (float *pixels, FocRng *rng)
{
  float x = uniform (rng, 10.5, 12.5), y = uniform (rng, 8.5, 12);
  float head_width = uniform (rng, 5, 9), head_height = uniform (rng, 7, 11);
  float body_width = uniform (rng, 9, 14), body_height = uniform (rng, 5, 10);
  float colour[CHANNELS], white = uniform (rng, 0.85 * 255, 255);
  gboolean is_white = happens (rng, WHITE_PROBABILITY);

  for (guint c = 0; c < CHANNELS; c++)
    {
      colour[c] = uniform (rng, 0, 255);
      if (is_white)
        colour[c] = white;
    }

  for (guint i = 0; i < SIDE; i++)
    for (guint j = 0; j < SIDE; j++)
      {
        float *pixel = pixels + (i * SIDE + j) * CHANNELS;
        float across = (float) j - x;
        float head = hypotf (across / head_width, ((float) i - y) / head_height);
        float body = hypotf (across / body_width, ((float) i - (SIDE + 2)) / body_height);
        float share = CLAMP ((MIN (head, body) - 1) * 6 + 0.5f, 0.0f, 1.0f);

        for (guint c = 0; c < CHANNELS; c++)
          pixel[c] += share * (colour[c] - pixel[c]);
      }
}

/* Where the pixels of one row or column come from: between `from[i]` and the next one,
 * `share[i]` of the way. */
typedef struct
{
  guint from[SIDE], next[SIDE];
  float share[SIDE];
} Axis;

/* `side` of the square in shares of the picture's, `shift` of its middle in pixels. */
static void
set_axis (Axis *axis, float side, float shift, gboolean mirrored)
{
  const float middle = (SIDE - 1) / 2.0f;

  for (guint i = 0; i < SIDE; i++)
    {
      float place = (mirrored ? middle - (float) i : (float) i - middle) * side;
      float x = CLAMP (middle + shift + place, 0, SIDE - 1);

      axis->from[i] = (guint) x;
      axis->next[i] = MIN (axis->from[i] + 1, SIDE - 1);
      axis->share[i] = x - (float) axis->from[i];
    }
}

static void
cut_square (const float *from, FocRng *rng, float *to)
{
  gboolean mirrored = happens (rng, 0.5);
  float side = expf (uniform (rng, log (SQUARE_MIN), log (SQUARE_MAX)));
  float room = SIDE / 2.0f * 0.5f * fabsf (1 - side);
  float right = uniform (rng, -SHIFT, SHIFT) + room * uniform (rng, -1, 1);
  float down = uniform (rng, -SHIFT, SHIFT) + room * uniform (rng, -1, 1);
  Axis x, y;

  set_axis (&x, side, right, mirrored);
  set_axis (&y, side, down, FALSE);

  for (guint i = 0; i < SIDE; i++)
    {
      const float *upper = from + y.from[i] * SIDE * CHANNELS;
      const float *lower = from + y.next[i] * SIDE * CHANNELS;

      for (guint j = 0; j < SIDE; j++)
        for (guint c = 0; c < CHANNELS; c++)
          {
            guint a = x.from[j] * CHANNELS + c, b = x.next[j] * CHANNELS + c;
            float above = upper[a] + x.share[j] * (upper[b] - upper[a]);
            float below = lower[a] + x.share[j] * (lower[b] - lower[a]);

            *to++ = above + y.share[i] * (below - above);
          }
    }
}

static void
change_light (float *pixels, FocRng *rng)
{
  float contrast = uniform (rng, CONTRAST_MIN, CONTRAST_MAX);
  float brightness = uniform (rng, -BRIGHTNESS, BRIGHTNESS);
  float saturation = uniform (rng, SATURATION_MIN, SATURATION_MAX);
  float mean = 0.0f;

  if (happens (rng, GREY_PROBABILITY))
    saturation = 0.0f;

  for (guint i = 0; i < FOC_N_FEATURES; i += CHANNELS)
    mean += grey_of (pixels + i);
  mean /= SIDE * SIDE;

  for (guint i = 0; i < FOC_N_FEATURES; i += CHANNELS)
    {
      float grey = grey_of (pixels + i);
      float light = mean + (grey - mean) * contrast + brightness;

      for (guint c = 0; c < CHANNELS; c++)
        pixels[i + c] = light + (pixels[i + c] - grey) * contrast * saturation;
    }
}

void
foc_augment (guint8 features[FOC_N_FEATURES], guint64 seed, guint epoch, guint32 row)
{
  guint64 key[] = { GUINT64_TO_LE (seed), GUINT64_TO_LE ((guint64) epoch << 32 | row) };
  float pixels[FOC_N_FEATURES], cut[FOC_N_FEATURES];
  FocRng rng;

  foc_rng_init (&rng, foc_hash (key, sizeof key, 0), FOC_RNG_STREAM_AUGMENT);
  for (guint i = 0; i < FOC_N_FEATURES; i++)
    pixels[i] = features[i];

  if (happens (&rng, BACKGROUND_PROBABILITY))
    replace_background (pixels, &rng);
  cut_square (pixels, &rng, cut);
  change_light (cut, &rng);

  for (guint i = 0; i < FOC_N_FEATURES; i++)
    features[i] = (guint8) (CLAMP (cut[i], 0.0f, 255.0f) + 0.5f);
}

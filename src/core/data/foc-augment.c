/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-augment.h"

#include "foc-rng.h"

#include <math.h>

#define SIDE FOC_FEATURE_SIDE
#define CHANNELS FOC_FEATURE_CHANNELS

#define RECOLOUR_PROBABILITY 0.15
#define RECOLOUR_CHROMA (0.08f * 255) /* of what has colour: mean of largest - smallest */
#define RECOLOUR_ANGLE 0.9
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

static float
mean_chroma (const float *pixels)
{
  float sum = 0.0f;

  for (guint i = 0; i < FOC_N_FEATURES; i += CHANNELS)
    sum += MAX (MAX (pixels[i], pixels[i + 1]), pixels[i + 2])
           - MIN (MIN (pixels[i], pixels[i + 1]), pixels[i + 2]);

  return sum / (SIDE * SIDE);
}

/* Turns the hues, by Rodrigues' formula for a rotation about (1, 1, 1). */
static void
turn_hues (float *pixels, FocRng *rng)
{
  float angle = uniform (rng, RECOLOUR_ANGLE, 2 * G_PI - RECOLOUR_ANGLE);
  float saturation = uniform (rng, 1, 2);
  float c = cosf (angle), s = sinf (angle) / sqrtf (3), q = (1 - c) / 3;

  for (guint i = 0; i < FOC_N_FEATURES; i += CHANNELS)
    {
      float *p = pixels + i;
      const float turned[] = {
        (c + q) * p[0] + (q - s) * p[1] + (q + s) * p[2],
        (q + s) * p[0] + (c + q) * p[1] + (q - s) * p[2],
        (q - s) * p[0] + (q + s) * p[1] + (c + q) * p[2],
      };
      float grey = grey_of (turned);

      for (guint j = 0; j < CHANNELS; j++)
        p[j] = CLAMP (grey + saturation * (turned[j] - grey), 0.0f, 255.0f);
    }
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
change_light (float *pixels, gboolean keep_saturation, FocRng *rng)
{
  float contrast = uniform (rng, CONTRAST_MIN, CONTRAST_MAX);
  float brightness = uniform (rng, -BRIGHTNESS, BRIGHTNESS);
  float saturation = uniform (rng, SATURATION_MIN, SATURATION_MAX);
  float mean = 0.0f;

  if (happens (rng, GREY_PROBABILITY))
    saturation = 0.0f;
  if (keep_saturation)
    saturation = 1.0f;

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

gboolean
foc_augment (guint8 features[FOC_N_FEATURES],
             gboolean recolour,
             guint64 seed,
             guint epoch,
             guint32 row)
{
  guint64 key[] = { GUINT64_TO_LE (seed), GUINT64_TO_LE ((guint64) epoch << 32 | row) };
  float pixels[FOC_N_FEATURES], cut[FOC_N_FEATURES];
  gboolean recoloured;
  FocRng rng;

  foc_rng_init (&rng, foc_hash (key, sizeof key, 0), FOC_RNG_STREAM_AUGMENT);
  for (guint i = 0; i < FOC_N_FEATURES; i++)
    pixels[i] = features[i];

  recoloured = recolour && happens (&rng, RECOLOUR_PROBABILITY)
               && mean_chroma (pixels) >= RECOLOUR_CHROMA;
  if (recoloured)
    turn_hues (pixels, &rng);
  if (happens (&rng, BACKGROUND_PROBABILITY))
    replace_background (pixels, &rng);
  cut_square (pixels, &rng, cut);
  change_light (cut, recoloured, &rng);

  for (guint i = 0; i < FOC_N_FEATURES; i++)
    features[i] = (guint8) (CLAMP (cut[i], 0.0f, 255.0f) + 0.5f);
  return recoloured;
}

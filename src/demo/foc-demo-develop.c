/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo-develop.h"

/* A binomial of three taps, weight `side` for either neighbour of 256. */
static void
soften_line (guint8 *pixels, int count, int step, int side)
{
  int middle = 256 - 2 * side;
  int before[4];

  for (int channel = 0; channel < 4; channel++)
    before[channel] = pixels[channel];

  for (int i = 0; i < count; i++)
    {
      guint8 *here = pixels + (gsize) i * step;
      const guint8 *next = i + 1 < count ? here + step : here;

      for (int channel = 0; channel < 4; channel++)
        {
          int value = here[channel];

          here[channel] =
            (guint8) ((side * (before[channel] + next[channel]) + middle * value + 128)
                      >> 8);
          before[channel] = value;
        }
    }
}

static inline guint32
fast_random (guint32 *state)
{
  /* Marsaglia's xorshift: noise needs no better, and a picture has many pixels. */
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

static inline float
sum_of_bytes (guint32 bits)
{
  /* Four uniform bytes: close to normal, standard deviation 147.8. */
  return (float) ((int) ((bits & 255) + ((bits >> 8) & 255) + ((bits >> 16) & 255)
                         + (bits >> 24))
                  - 510)
         * (1.0f / 147.8f);
}

void
foc_demo_develop (cairo_surface_t *surface, const FocDemoDeveloping *how, FocRng *rng)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int side = (int) (how->softness * 256.0);
  float saturation = (float) how->saturation;
  float noise = (float) how->noise;
  float gain = (float) (how->contrast * how->exposure);
  float lift = (float) (127.5 * (1.0 - how->contrast));
  float tint[3] = { (float) how->tint.b, (float) how->tint.g, (float) how->tint.r };
  guint32 state = foc_rng_next (rng) | 1;
  guint8 *data;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  if (side > 0)
    {
      for (int y = 0; y < height; y++)
        soften_line (data + (gsize) y * stride, width, 4, side);
      for (int x = 0; x < width; x++)
        soften_line (data + 4 * x, height, stride, side);
    }

  for (int y = 0; y < height; y++)
    {
      guint32 *row = (guint32 *) (void *) (data + (gsize) y * stride);
      float fy = (float) (2 * y - height) / (float) height;

      for (int x = 0; x < width; x++)
        {
          float fx = (float) (2 * x - width) / (float) width;
          float light = 1.0f - (float) how->vignette * 0.5f * (fx * fx + fy * fy);
          guint32 pixel = row[x], result = 0;
          float part[3] = { (float) (pixel & 255), (float) ((pixel >> 8) & 255),
                            (float) ((pixel >> 16) & 255) };
          float luma = 0.114f * part[0] + 0.587f * part[1] + 0.299f * part[2];
          float grain = 0.0f, colour_grain = 0.0f;

          if (noise > 0.0f)
            {
              grain = noise * sum_of_bytes (fast_random (&state));
              colour_grain =
                0.4f * noise * saturation * sum_of_bytes (fast_random (&state));
            }
          for (int c = 0; c < 3; c++)
            {
              float value = luma + (part[c] - luma) * saturation;

              value = (value * gain * light + lift) * tint[c] + grain
                      + (c == 1 ? -colour_grain : colour_grain);
              result |= (guint32) (CLAMP (value, 0.0f, 255.0f) + 0.5f) << (8 * c);
            }
          row[x] = result;
        }
    }
  cairo_surface_mark_dirty (surface);
}

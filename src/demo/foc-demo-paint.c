/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo-paint.h"

#include <math.h>
#include <string.h>

FocDemoColour
foc_demo_colour_hsv (double hue, double saturation, double value)
{
  double parts[3];

  for (int i = 0; i < 3; i++)
    {
      /* Each component is a trapezium over the circle, a third apart. */
      double place = hue + (3 - i) / 3.0;
      double distance;

      place -= floor (place);
      distance = fabs (place - 0.5) * 6.0 - 1.0;
      parts[i] = value * (1.0 - saturation * (1.0 - CLAMP (distance, 0.0, 1.0)));
    }

  return (FocDemoColour){ parts[0], parts[1], parts[2] };
}

FocDemoColour
foc_demo_colour_mix (FocDemoColour a, FocDemoColour b, double t)
{
  return (FocDemoColour){ a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t,
                          a.b + (b.b - a.b) * t };
}

FocDemoColour
foc_demo_colour_scale (FocDemoColour colour, double k)
{
  return (FocDemoColour){ colour.r * k, colour.g * k, colour.b * k };
}

double
foc_demo_colour_luma (FocDemoColour colour)
{
  return 0.299 * colour.r + 0.587 * colour.g + 0.114 * colour.b;
}

FocDemoColour
foc_demo_colour_saturate (FocDemoColour colour, double k)
{
  double luma = foc_demo_colour_luma (colour);

  return foc_demo_colour_mix ((FocDemoColour){ luma, luma, luma }, colour, k);
}

FocDemoColour
foc_demo_colour_along (const FocDemoColour *colours, guint n, double position)
{
  double place = CLAMP (position, 0.0, 1.0) * (n - 1);
  guint first = MIN ((guint) place, n - 2);

  return foc_demo_colour_mix (colours[first], colours[first + 1], place - first);
}

void
foc_demo_set_source (cairo_t *cr, FocDemoColour colour, double alpha)
{
  cairo_set_source_rgba (cr, colour.r, colour.g, colour.b, alpha);
}

void
foc_demo_add_stop (cairo_pattern_t *pattern,
                   double offset,
                   FocDemoColour colour,
                   double alpha)
{
  cairo_pattern_add_color_stop_rgba (pattern, offset, colour.r, colour.g, colour.b,
                                     alpha);
}

double
foc_demo_between (FocRng *rng, double low, double high)
{
  return low + (high - low) * foc_rng_uniform (rng);
}

gboolean
foc_demo_chance (FocRng *rng, double probability)
{
  return foc_rng_uniform (rng) < probability;
}

double
foc_demo_normal (FocRng *rng, double deviation, double limit)
{
  double value = deviation * foc_rng_normal (rng);

  return CLAMP (value, -limit, limit);
}

FocDemoColour
foc_demo_random_colour (FocRng *rng,
                        double hue_low,
                        double hue_high,
                        double saturation_low,
                        double saturation_high,
                        double value_low,
                        double value_high)
{
  double hue = foc_demo_between (rng, hue_low, hue_high);
  double saturation = foc_demo_between (rng, saturation_low, saturation_high);
  double value = foc_demo_between (rng, value_low, value_high);

  return foc_demo_colour_hsv (hue, saturation, value);
}

void
foc_demo_soft_spot (cairo_t *cr,
                    double x,
                    double y,
                    double radius_x,
                    double radius_y,
                    FocDemoColour colour,
                    double alpha)
{
  cairo_pattern_t *pattern = cairo_pattern_create_radial (0, 0, 0, 0, 0, 1);

  foc_demo_add_stop (pattern, 0.0, colour, alpha);
  foc_demo_add_stop (pattern, 0.5, colour, alpha * 0.55);
  foc_demo_add_stop (pattern, 1.0, colour, 0.0);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, radius_x, radius_y);
  cairo_set_source (cr, pattern);
  cairo_rectangle (cr, -1, -1, 2, 2);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_pattern_destroy (pattern);
}

void
foc_demo_ellipse (cairo_t *cr, double x, double y, double radius_x, double radius_y)
{
  cairo_matrix_t matrix;

  cairo_get_matrix (cr, &matrix);
  cairo_translate (cr, x, y);
  cairo_scale (cr, radius_x, radius_y);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_close_path (cr);
  cairo_set_matrix (cr, &matrix);
}

cairo_surface_t *
foc_demo_surface_new (cairo_format_t format, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (format, width, height);

  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    g_error ("no memory for a picture of %d x %d pixels", width, height);
  return surface;
}

/* One box filter over `count` pixels that lie `step` bytes apart; the rim is
 * continued outwards. `line` has room for `count` pixels. */
static void
blur_line (guint8 *pixels, int count, int step, int radius, guint8 *line)
{
  guint width = (guint) (2 * radius + 1);
  /* A 16-bit fraction instead of a division a sample. */
  guint scale = (65536u + width / 2) / width;

  for (int i = 0; i < count; i++)
    memcpy (line + 4 * i, pixels + (gsize) i * step, 4);

  for (int channel = 0; channel < 4; channel++)
    {
      const guint8 *in = line + channel;
      guint sum = in[0] * (guint) radius;

      for (int i = 0; i <= radius; i++)
        sum += in[4 * MIN (i, count - 1)];
      for (int i = 0; i < count; i++)
        {
          pixels[(gsize) i * step + channel] =
            (guint8) MIN (255u, (sum * scale + 32768u) >> 16);
          sum += in[4 * MIN (i + radius + 1, count - 1)];
          sum -= in[4 * MAX (i - radius, 0)];
        }
    }
}

void
foc_demo_blur (cairo_surface_t *surface, int radius, int passes)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  g_autofree guint8 *line = g_malloc ((gsize) MAX (width, height) * 4);
  guint8 *data;

  if (radius < 1)
    return;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int pass = 0; pass < passes; pass++)
    {
      for (int y = 0; y < height; y++)
        blur_line (data + (gsize) y * stride, width, 4, radius, line);
      for (int x = 0; x < width; x++)
        blur_line (data + 4 * x, height, stride, radius, line);
    }
  cairo_surface_mark_dirty (surface);
}

cairo_surface_t *
foc_demo_halftone (int size,
                   double pitch,
                   double angle,
                   double direction,
                   double from,
                   double to)
{
  cairo_surface_t *surface = foc_demo_surface_new (CAIRO_FORMAT_A8, size, size);
  int stride = cairo_image_surface_get_stride (surface);
  guint8 *data = cairo_image_surface_get_data (surface);
  float ca = (float) (cos (angle) / pitch), sa = (float) (sin (angle) / pitch);
  float cd = (float) (cos (direction) / size), sd = (float) (sin (direction) / size);
  float sharpness = (float) pitch;

  cairo_surface_flush (surface);
  for (int y = 0; y < size; y++)
    for (int x = 0; x < size; x++)
      {
        float u = x * ca + y * sa, v = y * ca - x * sa;
        float du = u - floorf (u) - 0.5f, dv = v - floorf (v) - 0.5f;
        float way = (x - size * 0.5f) * cd + (y - size * 0.5f) * sd + 0.5f;
        float cover = (float) from + (float) (to - from) * CLAMP (way, 0.0f, 1.0f);
        /* pi r^2 = cover; one pixel of slope at the rim. */
        float radius = sqrtf (MAX (cover, 0.0f) * 0.3183f);
        float inside = (radius - sqrtf (du * du + dv * dv)) * sharpness + 0.5f;

        if (cover > 0.0f)
          data[(gsize) y * stride + x] = (guint8) (255.0f * CLAMP (inside, 0.0f, 1.0f));
      }
  cairo_surface_mark_dirty (surface);

  return surface;
}

/* Dabs along a segment in pixels, each spread over the four nearest pixels. */
static void
dab_segment (guint8 *data,
             int stride,
             int size,
             const double from[2],
             const double to[2],
             float weight)
{
  float dx = (float) (to[0] - from[0]), dy = (float) (to[1] - from[1]);
  float length = sqrtf (dx * dx + dy * dy);
  int n = (int) CLAMP (1.25f * length + 1.0f, 1.0f, 65536.0f);

  /* As much ink on every part of the line, however it was cut. */
  weight *= MIN (length, 65536.0f) / (float) n;

  for (int i = 0; i < n; i++)
    {
      float t = ((float) i + 0.5f) / (float) n;
      float x = (float) from[0] + t * dx - 0.5f, y = (float) from[1] + t * dy - 0.5f;
      int column = (int) floorf (x), row = (int) floorf (y);
      float u = x - (float) column, v = y - (float) row;
      guint8 *at;

      if (column < 0 || row < 0 || column >= size - 1 || row >= size - 1)
        continue;
      at = data + (gsize) row * stride + column;
      at[0] = (guint8) MIN (255.0f, at[0] + weight * (1 - u) * (1 - v));
      at[1] = (guint8) MIN (255.0f, at[1] + weight * u * (1 - v));
      at[stride] = (guint8) MIN (255.0f, at[stride] + weight * (1 - u) * v);
      at[stride + 1] = (guint8) MIN (255.0f, at[stride + 1] + weight * u * v);
    }
}

void
foc_demo_stroke_softly (cairo_t *cr, int size, double width)
{
  double pixels = width, unused = 0, last[2] = { 0, 0 };
  cairo_surface_t *mask;
  cairo_path_t *path;
  cairo_matrix_t matrix;
  guint8 *data;
  int stride, small;
  double scale;

  cairo_user_to_device_distance (cr, &pixels, &unused);
  pixels = sqrt (pixels * pixels + unused * unused);
  /* Wider lines are drawn smaller and enlarged: a dab has but four pixels. */
  small = pixels > 2.5 ? (int) (size * 2.5 / pixels) : size;
  scale = (double) small / size;
  pixels *= scale;

  mask = foc_demo_surface_new (CAIRO_FORMAT_A8, small, small);
  cairo_surface_flush (mask);
  data = cairo_image_surface_get_data (mask);
  stride = cairo_image_surface_get_stride (mask);

  path = cairo_copy_path_flat (cr);
  for (int i = 0; i < path->num_data; i += path->data[i].header.length)
    {
      double here[2];

      if (path->data[i].header.type == CAIRO_PATH_CLOSE_PATH)
        continue;
      here[0] = path->data[i + 1].point.x;
      here[1] = path->data[i + 1].point.y;
      cairo_user_to_device (cr, &here[0], &here[1]);
      here[0] *= scale;
      here[1] *= scale;
      if (path->data[i].header.type == CAIRO_PATH_LINE_TO)
        dab_segment (data, stride, small, last, here, (float) (255.0 * pixels));
      last[0] = here[0];
      last[1] = here[1];
    }
  cairo_path_destroy (path);
  cairo_new_path (cr);
  cairo_surface_mark_dirty (mask);

  cairo_get_matrix (cr, &matrix);
  cairo_identity_matrix (cr);
  cairo_scale (cr, 1.0 / scale, 1.0 / scale);
  cairo_mask_surface (cr, mask, 0, 0);
  cairo_set_matrix (cr, &matrix);
  cairo_surface_destroy (mask);
}

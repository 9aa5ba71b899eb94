/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo-painters.h"

#include <math.h>

/* Everything here is drawn on a canvas whose side is 1. */

static void
vertical (cairo_t *cr, double top, double bottom, FocDemoColour a, FocDemoColour b)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, top, 0, bottom);

  foc_demo_add_stop (pattern, 0, a, 1);
  foc_demo_add_stop (pattern, 1, b, 1);
  cairo_set_source (cr, pattern);
  cairo_rectangle (cr, 0, top, 1, bottom - top);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
}

static void
spots (cairo_t *cr,
       FocRng *rng,
       guint n,
       double small,
       double large,
       double hue,
       double hue_width,
       double value,
       double alpha)
{
  for (guint i = 0; i < n; i++)
    {
      double radius = foc_demo_between (rng, small, large);
      double flat = foc_demo_between (rng, 0.7, 1.1);
      double x = foc_rng_uniform (rng), y = foc_rng_uniform (rng);
      FocDemoColour colour =
        foc_demo_random_colour (rng, hue - hue_width, hue + hue_width, 0.15, 0.6,
                                value * 0.4, MIN (value * 1.5, 1.0));

      foc_demo_ellipse (cr, x, y, radius, radius * flat);
      foc_demo_set_source (cr, colour, alpha);
      cairo_fill (cr);
    }
}

static void
garden (cairo_t *cr, FocRng *rng)
{
  double light = foc_demo_between (rng, 0.3, 0.65),
         hue = foc_demo_between (rng, 0.20, 0.36);

  if (foc_demo_chance (rng, 0.2))
    hue = foc_demo_between (rng, 0.04, 0.13); /* autumn */
  vertical (cr, 0, 1, foc_demo_colour_hsv (hue, 0.25, MIN (1.3 * light, 0.95)),
            foc_demo_colour_hsv (hue + 0.02, 0.5, light * 0.5));
  spots (cr, rng, 40, 0.04, 0.14, hue, 0.05, light, 0.55);
  spots (cr, rng, 10, 0.02, 0.05, hue - 0.05, 0.03, 0.9, 0.35);
}

static void
landscape (cairo_t *cr, FocRng *rng)
{
  double horizon = foc_demo_between (rng, 0.4, 0.75);
  gboolean evening = foc_demo_chance (rng, 0.35);
  double sky =
    evening ? foc_demo_between (rng, 0.02, 0.09) : foc_demo_between (rng, 0.54, 0.61);
  double ground = foc_demo_between (rng, 0.06, 0.3);
  double far = foc_demo_between (rng, 0.4, 0.75),
         near = foc_demo_between (rng, 0.25, 0.5);

  vertical (cr, 0, horizon,
            foc_demo_colour_hsv (evening ? 0.65 : sky, foc_demo_between (rng, 0.1, 0.5),
                                 evening ? 0.5 : 0.8),
            foc_demo_colour_hsv (sky, evening ? 0.45 : 0.12, 0.93));
  vertical (cr, horizon, 1, foc_demo_colour_hsv (ground, 0.3, far),
            foc_demo_colour_hsv (ground, 0.4, near));
  cairo_move_to (cr, 0, horizon + 0.01);
  for (int i = 0; i <= 5; i++)
    cairo_line_to (cr, i / 5.0, horizon - foc_demo_between (rng, 0.0, 0.16));
  cairo_line_to (cr, 1, horizon + 0.01);
  foc_demo_set_source (
    cr, foc_demo_colour_hsv (foc_demo_between (rng, 0.3, 0.62), 0.25, 0.45), 0.8);
  cairo_fill (cr);
}

static void
room (cairo_t *cr, FocRng *rng)
{
  double hue = foc_demo_between (rng, 0.03, 0.16),
         value = foc_demo_between (rng, 0.3, 0.8);
  FocDemoColour wall =
    foc_demo_colour_hsv (hue, foc_demo_between (rng, 0.05, 0.4), value);

  vertical (cr, 0, 1, wall, foc_demo_colour_scale (wall, 0.65));
  if (foc_demo_chance (rng, 0.5))
    {
      double x = foc_demo_between (rng, -0.1, 0.7), w = foc_demo_between (rng, 0.2, 0.5);

      cairo_rectangle (cr, x, foc_demo_between (rng, -0.1, 0.15), w, 0.6);
      foc_demo_set_source (cr, (FocDemoColour){ 0.93, 0.95, 0.97 }, 0.85);
      cairo_fill (cr);
      cairo_rectangle (cr, x + w * 0.47, 0, w * 0.06, 0.7);
      foc_demo_set_source (cr, foc_demo_colour_scale (wall, 0.5), 1);
      cairo_fill (cr);
    }
  else
    {
      for (int shelf = 0; shelf < 3; shelf++)
        for (int book = 0; book < 11; book++)
          {
            double h = foc_demo_between (rng, 0.14, 0.26);

            cairo_rectangle (cr, book / 11.0, 0.3 + 0.33 * shelf - h, 0.08, h);
            foc_demo_set_source (
              cr, foc_demo_random_colour (rng, 0, 1, 0.1, 0.5, value * 0.4, value * 1.1),
              0.9);
            cairo_fill (cr);
          }
    }
}

static void
street (cairo_t *cr, FocRng *rng)
{
  gboolean night = foc_demo_chance (rng, 0.6);
  double value =
    night ? foc_demo_between (rng, 0.08, 0.25) : foc_demo_between (rng, 0.4, 0.7);
  FocDemoColour above, below;

  above = foc_demo_random_colour (rng, 0.55, 0.7, 0.3, 0.3, value * 1.2, value * 1.2);
  below = foc_demo_random_colour (rng, 0.0, 0.1, 0.25, 0.25, value * 0.8, value * 0.8);
  vertical (cr, 0, 1, above, below);
  for (int i = 0; i < 7; i++)
    {
      double x = foc_demo_between (rng, -0.1, 1), y = foc_demo_between (rng, 0, 0.5);

      cairo_rectangle (cr, x, y, foc_demo_between (rng, 0.1, 0.3), 1);
      foc_demo_set_source (
        cr, foc_demo_random_colour (rng, 0.0, 0.7, 0.05, 0.3, value * 0.6, value * 1.4),
        0.7);
      cairo_fill (cr);
    }
  if (night)
    spots (cr, rng, 16, 0.025, 0.055, 0.08, 0.08, 0.9, 0.7);
}

static void
studio (cairo_t *cr, FocRng *rng, gboolean plain)
{
  FocDemoColour colour = plain
                           ? foc_demo_random_colour (rng, 0, 1, 0.2, 0.55, 0.55, 0.85)
                           : foc_demo_random_colour (rng, 0.5, 0.68, 0, 0.3, 0.15, 0.7);
  double x = foc_demo_between (rng, 0.3, 0.7), y = foc_demo_between (rng, 0.3, 0.6);

  foc_demo_set_source (cr, foc_demo_colour_scale (colour, plain ? 0.9 : 0.55), 1);
  cairo_paint (cr);
  foc_demo_soft_spot (cr, x, y, 0.95, 0.95, foc_demo_colour_scale (colour, 1.15), 1);
}

void
foc_demo_background_blurred (cairo_t *cr, int size, gboolean plain, FocRng *rng)
{
  /* What is out of focus needs no more pixels. */
  int n = CLAMP (size / 4, 16, 256);
  cairo_surface_t *canvas = foc_demo_surface_new (CAIRO_FORMAT_RGB24, n, n);
  cairo_t *small = cairo_create (canvas);
  cairo_pattern_t *pattern;
  double depth = foc_demo_between (rng, 0.03, 0.065);

  cairo_scale (small, n, n);
  switch (plain ? 5 : foc_rng_below (rng, 6))
    {
    case 0:
      garden (small, rng);
      break;
    case 1:
      landscape (small, rng);
      break;
    case 2:
    case 3:
      room (small, rng);
      break;
    case 4:
      street (small, rng);
      break;
    default:
      studio (small, rng, plain);
      break;
    }
  cairo_destroy (small);
  foc_demo_blur (canvas, MAX (1, (int) (n * depth)), 2);

  cairo_save (cr);
  cairo_identity_matrix (cr);
  cairo_scale (cr, (double) size / n, (double) size / n);
  cairo_set_source_surface (cr, canvas, 0, 0);
  pattern = cairo_get_source (cr);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (canvas);
}

static void
rays (cairo_t *cr, FocRng *rng, gboolean thin)
{
  double x = foc_demo_between (rng, 0.3, 0.7), y = foc_demo_between (rng, 0.3, 0.8);
  int n = thin ? 48 : 9 + (int) foc_rng_below (rng, 6);
  double turn = foc_demo_between (rng, 0, 2 * G_PI / n);

  for (int i = 0; i < n; i++)
    {
      double a = turn + 2 * G_PI * i / n;
      double width = thin ? foc_demo_between (rng, 0.01, 0.04) : G_PI / n;
      double start = thin ? foc_demo_between (rng, 0.42, 0.6) : 0;

      cairo_move_to (cr, x + start * cos (a), y + start * sin (a));
      cairo_line_to (cr, x + 2 * cos (a), y + 2 * sin (a));
      cairo_line_to (cr, x + 2 * cos (a + width), y + 2 * sin (a + width));
      cairo_close_path (cr);
    }
  cairo_fill (cr);
}

static void
skyline (cairo_t *cr, FocRng *rng)
{
  double x = -0.02;

  cairo_move_to (cr, x, 1);
  while (x < 1.02)
    {
      double h = foc_demo_between (rng, 0.25, 0.75),
             w = foc_demo_between (rng, 0.07, 0.16);

      cairo_line_to (cr, x, h);
      cairo_line_to (cr, x + w, h);
      x += w;
    }
  cairo_line_to (cr, x, 1);
  cairo_fill (cr);
}

/* A balloon in an upper corner, with a heart, a note of exclamation or dots:
 * no letters, which would bring in the fonts of the machine. */
static void
balloon (cairo_t *cr, FocRng *rng, FocDemoColour ink)
{
  double side = foc_demo_chance (rng, 0.5) ? 0.14 : 0.86, y = 0.13;

  foc_demo_ellipse (cr, side, y, 0.125, 0.095);
  /* The tail runs round as the ellipse does, or the winding rule would cut a hole. */
  cairo_move_to (cr, side + (0.5 - side) * (side < 0.5 ? 0.24 : 0.10),
                 y + (side < 0.5 ? 0.05 : 0.07));
  cairo_line_to (cr, side + (0.5 - side) * 0.30, y + 0.16);
  cairo_line_to (cr, side + (0.5 - side) * (side < 0.5 ? 0.10 : 0.24),
                 y + (side < 0.5 ? 0.07 : 0.05));
  cairo_close_path (cr);
  cairo_set_line_width (cr, 0.012);
  foc_demo_set_source (cr, ink, 1);
  cairo_stroke_preserve (cr);
  foc_demo_set_source (cr, (FocDemoColour){ 0.99, 0.99, 0.97 }, 1);
  cairo_fill (cr);

  switch (foc_rng_below (rng, 3))
    {
    case 0:
      cairo_move_to (cr, side, y + 0.055);
      cairo_curve_to (cr, side - 0.12, y - 0.02, side - 0.05, y - 0.08, side, y - 0.025);
      cairo_curve_to (cr, side + 0.05, y - 0.08, side + 0.12, y - 0.02, side, y + 0.055);
      foc_demo_set_source (cr, (FocDemoColour){ 0.86, 0.16, 0.22 }, 1);
      break;
    case 1:
      cairo_move_to (cr, side - 0.02, y - 0.06);
      cairo_line_to (cr, side + 0.02, y - 0.06);
      cairo_line_to (cr, side + 0.008, y + 0.025);
      cairo_line_to (cr, side - 0.008, y + 0.025);
      cairo_close_path (cr);
      foc_demo_ellipse (cr, side, y + 0.05, 0.014, 0.014);
      foc_demo_set_source (cr, ink, 1);
      break;
    default:
      for (int i = -1; i <= 1; i++)
        foc_demo_ellipse (cr, side + 0.05 * i, y, 0.014, 0.014);
      foc_demo_set_source (cr, ink, 1);
      break;
    }
  cairo_fill (cr);
}

void
foc_demo_background_printed (cairo_t *cr,
                             int size,
                             gboolean muted,
                             gboolean grey,
                             FocRng *rng)
{
  double hue = foc_rng_uniform (rng);
  double other = hue + (foc_demo_chance (rng, 0.5) ? 0.07 : 0.45);
  double value = foc_demo_between (rng, 0.88, 1.0), pitch;
  FocDemoColour paper, print, ink = { 0.06, 0.05, 0.08 };
  cairo_surface_t *mask;

  if (grey)
    {
      double tone = foc_demo_chance (rng, 0.7) ? 0.97 : foc_demo_between (rng, 0.5, 0.95);

      paper = (FocDemoColour){ tone, tone, tone };
      print = foc_demo_colour_scale (paper, foc_demo_chance (rng, 0.5) ? 0.75 : 0.3);
    }
  else
    {
      paper = foc_demo_colour_hsv (hue,
                                   muted ? foc_demo_between (rng, 0.08, 0.35)
                                         : foc_demo_between (rng, 0.45, 0.95),
                                   value);
      print = foc_demo_colour_hsv (other, muted ? 0.25 : 0.75, value * 0.92);
    }

  cairo_save (cr);
  cairo_identity_matrix (cr);
  foc_demo_set_source (cr, paper, 1);
  cairo_paint (cr);
  foc_demo_set_source (cr, print, 1);

  cairo_save (cr);
  cairo_scale (cr, size, size);
  switch (foc_rng_below (rng, 8))
    {
    case 0:
      rays (cr, rng, FALSE);
      break;
    case 1:
    case 2:
      cairo_restore (cr);
      cairo_save (cr);
      pitch = size * foc_demo_between (rng, 0.03, 0.06);
      mask = foc_demo_halftone (size, MAX (3.0, pitch), 0.6,
                                foc_demo_between (rng, -3.1, 3.1), 0.0, 0.75);
      cairo_mask_surface (cr, mask, 0, 0);
      cairo_surface_destroy (mask);
      break;
    case 3:
      cairo_rotate (cr, foc_demo_between (rng, -0.8, 0.8));
      for (int i = -8; i < 16; i++)
        cairo_rectangle (cr, i * 0.15, -2, 0.07, 4);
      cairo_fill (cr);
      break;
    case 4:
      foc_demo_set_source (cr, foc_demo_colour_mix (print, ink, grey ? 0.5 : 0.2), 1);
      rays (cr, rng, TRUE);
      break;
    case 5:
      skyline (cr, rng);
      break;
    case 6:
      foc_demo_ellipse (cr, 0.5, 0.5, 0.44, 0.44);
      cairo_fill (cr);
      break;
    default:
      break;
    }
  cairo_restore (cr);

  if (foc_demo_chance (rng, 0.3))
    {
      cairo_scale (cr, size, size);
      balloon (cr, rng, ink);
    }
  cairo_restore (cr);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include <glib.h>

#include "foc-rng.h"

/* The paint box of the demo pictures: colours, and the few effects that Cairo
 * does not have. Every function works on what it is given alone, so that any
 * number of threads may paint at once, each on its own surface. */

/* Components of sRGB, 0 ... 1 where they are shown; sums may leave that range
 * on the way. */
typedef struct
{
  double r;
  double g;
  double b;
} FocDemoColour;

/* `hue` in turns (0 red, 1/3 green), saturation and value 0 ... 1. */
FocDemoColour foc_demo_colour_hsv (double hue, double saturation, double value);

/* a where t is 0, b where t is 1. */
FocDemoColour foc_demo_colour_mix (FocDemoColour a, FocDemoColour b, double t);

/* Every component times k. */
FocDemoColour foc_demo_colour_scale (FocDemoColour colour, double k);

/* Away from its own grey by the factor k: 0 is grey, 1 changes nothing. */
FocDemoColour foc_demo_colour_saturate (FocDemoColour colour, double k);

double foc_demo_colour_luma (FocDemoColour colour);

/* The place `position` (0 ... 1) on the way along n colours. */
FocDemoColour
foc_demo_colour_along (const FocDemoColour *colours, guint n, double position);

void foc_demo_set_source (cairo_t *cr, FocDemoColour colour, double alpha);
void foc_demo_add_stop (cairo_pattern_t *pattern,
                        double offset,
                        FocDemoColour colour,
                        double alpha);

/* Uniform over [low, high). */
double foc_demo_between (FocRng *rng, double low, double high);
gboolean foc_demo_chance (FocRng *rng, double probability);

/* Normal of mean 0, cut off at -limit and limit. */
double foc_demo_normal (FocRng *rng, double deviation, double limit);

/* Hue, saturation and value uniform between their bounds. C leaves open in which
 * order arguments are evaluated: two random numbers in one call would make the
 * pictures depend on the compiler. */
FocDemoColour foc_demo_random_colour (FocRng *rng,
                                      double hue_low,
                                      double hue_high,
                                      double saturation_low,
                                      double saturation_high,
                                      double value_low,
                                      double value_high);

/* A soft spot: `alpha` in the middle, nothing at the ellipse's rim. */
void foc_demo_soft_spot (cairo_t *cr,
                         double x,
                         double y,
                         double radius_x,
                         double radius_y,
                         FocDemoColour colour,
                         double alpha);

/* Adds an ellipse to the path, as a part of its own. */
void foc_demo_ellipse (cairo_t *cr, double x, double y, double radius_x, double radius_y);

/* An image surface, black or transparent. Like g_malloc() it does not come back
 * when there is no memory. */
cairo_surface_t *foc_demo_surface_new (cairo_format_t format, int width, int height);

/* Blurs a 32-bit surface in place: `passes` box filters of `radius` pixels. */
void foc_demo_blur (cairo_surface_t *surface, int radius, int passes);

/* Printer's dots as an A8 mask of size x size pixels, to be painted through with
 * cairo_mask_surface(). Dots stand `pitch` pixels apart on a grid turned by
 * `angle`; how much of the paper they cover goes from `from` to `to` along the
 * picture in `direction` (radians). Free with cairo_surface_destroy(). */
cairo_surface_t *foc_demo_halftone (int size,
                                    double pitch,
                                    double angle,
                                    double direction,
                                    double from,
                                    double to);

/* Strokes the path with `width`, in units of `cr`, onto size x size pixels, as
 * hundreds of thin soft lines. cairo_stroke() computes the exact union of all,
 * which takes most of the time of a picture; here they are dabbed on. */
void foc_demo_stroke_softly (cairo_t *cr, int size, double width);

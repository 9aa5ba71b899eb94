/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-style.h"

#include <math.h>

#define RGB(hex)                                                                         \
  {                                                                                      \
    ((hex) >> 16) / 255.0, (((hex) >> 8) & 0xff) / 255.0, ((hex) &0xff) / 255.0          \
  }

/* The series were found by a search: of eight colours around blue, orange, green and
 * purple, those whose nearest two are the furthest apart in CIELAB (at least 27) to
 * readers with any of the three colour blindnesses (Machado, Oliveira and Fernandes
 * 2009). The test measures it. */
#define LIGHT_SERIES                                                                     \
  {                                                                                      \
    RGB (0x0f1c82), RGB (0xe2700d), RGB (0x117059), RGB (0xae6cb3), RGB (0x87945a),      \
      RGB (0x0092ff), RGB (0x5f0051), RGB (0x2a1b00)                                     \
  }
#define DARK_SERIES                                                                      \
  {                                                                                      \
    RGB (0x5ec2d1), RGB (0xe8732a), RGB (0xf0e641), RGB (0xa69fff), RGB (0x017a79),      \
      RGB (0xffa895), RGB (0x9545f0), RGB (0xe4fff1)                                     \
  }

const FocPlotPalette foc_plot_palette_light = {
  .background = RGB (0xffffff),
  .text = RGB (0x1c1c1c),
  .faint = RGB (0x6a6a6a),
  .grid = RGB (0xe2e2e2),
  .series = LIGHT_SERIES,
  .heat = RGB (0x0a4a8f),
  .neutral = RGB (0xf4f4f4),
  .positive = RGB (0xb84a00),
  .negative = RGB (0x0a4a9f),
};

const FocPlotPalette foc_plot_palette_light_contrast = {
  .background = RGB (0xffffff),
  .text = RGB (0x000000),
  .faint = RGB (0x3a3a3a),
  .grid = RGB (0x8a8a8a),
  .series = LIGHT_SERIES,
  .heat = RGB (0x0a4a8f),
  .neutral = RGB (0xf4f4f4),
  .positive = RGB (0xb84a00),
  .negative = RGB (0x0a4a9f),
};

const FocPlotPalette foc_plot_palette_dark = {
  .background = RGB (0x1e1e1e),
  .text = RGB (0xf0f0f0),
  .faint = RGB (0xa8a8a8),
  .grid = RGB (0x3a3a3a),
  .series = DARK_SERIES,
  .heat = RGB (0x7cb8f2),
  .neutral = RGB (0x303030),
  .positive = RGB (0xff9d3c),
  .negative = RGB (0x4fb0ff),
};

const FocPlotPalette foc_plot_palette_dark_contrast = {
  .background = RGB (0x1e1e1e),
  .text = RGB (0xffffff),
  .faint = RGB (0xd8d8d8),
  .grid = RGB (0x767676),
  .series = DARK_SERIES,
  .heat = RGB (0x7cb8f2),
  .neutral = RGB (0x303030),
  .positive = RGB (0xff9d3c),
  .negative = RGB (0x4fb0ff),
};

FocPlotColour
foc_plot_colour_mix (const FocPlotColour *from, const FocPlotColour *to, double share)
{
  if (share >= 1)
    return *to;
  share = share > 0 ? share : 0; /* NaN is 0 */
  return (FocPlotColour){ from->red + share * (to->red - from->red),
                          from->green + share * (to->green - from->green),
                          from->blue + share * (to->blue - from->blue) };
}

/* Relative luminance of one channel. */
static double
linear (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
luminance (const FocPlotColour *colour)
{
  return 0.2126 * linear (colour->red) + 0.7152 * linear (colour->green)
         + 0.0722 * linear (colour->blue);
}

double
foc_plot_colour_contrast (const FocPlotColour *a, const FocPlotColour *b)
{
  double first = luminance (a), second = luminance (b);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

const FocPlotColour *
foc_plot_colour_text_on (const FocPlotColour *ground)
{
  static const FocPlotColour black = { 0, 0, 0 }, white = { 1, 1, 1 };

  return foc_plot_colour_contrast (&black, ground)
             >= foc_plot_colour_contrast (&white, ground)
           ? &black
           : &white;
}

FocPlotColour
foc_plot_palette_diverging (const FocPlotPalette *self, double value)
{
  return foc_plot_colour_mix (
    &self->neutral, value < 0 ? &self->negative : &self->positive, fabs (value));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* How plots look: colours and type. */

/* sRGB, 0 ... 1. */
typedef struct
{
  double red, green, blue;
} FocPlotColour;

#define FOC_PLOT_N_COLOURS 8

typedef struct
{
  FocPlotColour background; /* painted by the exports, not by foc_plot_draw() */
  FocPlotColour text;
  FocPlotColour faint; /* axes, and what is said in passing */
  FocPlotColour grid;
  /* Told apart by colour-blind readers as well, and at least 3:1 against the
   * background. The first four are the furthest apart. */
  FocPlotColour series[FOC_PLOT_N_COLOURS];
  FocPlotColour heat; /* all of a row of a confusion matrix; none is the background */
  /* Shares of a decision: zero, for the answer, against it. */
  FocPlotColour neutral, positive, negative;
} FocPlotPalette;

extern const FocPlotPalette foc_plot_palette_light;
extern const FocPlotPalette foc_plot_palette_dark;
/* The same series, with text, axes and grid that stand out more: at least 7:1, and 3:1. */
extern const FocPlotPalette foc_plot_palette_light_contrast;
extern const FocPlotPalette foc_plot_palette_dark_contrast;

typedef struct
{
  const FocPlotPalette *palette;
  const char *font_family; /* as fontconfig knows it */
  /* Height of the text, in units of the cairo_t; everything else follows it, so that
   * large text is a larger number here. */
  double font_size;
} FocPlotStyle;

#define FOC_PLOT_STYLE_INIT                                                              \
  {                                                                                      \
    .palette = &foc_plot_palette_light, .font_family = "Sans", .font_size = 11           \
  }

/* The colour that is `share` (0 ... 1) of the way from one to the other. */
FocPlotColour
foc_plot_colour_mix (const FocPlotColour *from, const FocPlotColour *to, double share);

/* The contrast ratio of two colours, 1 ... 21 (Web Content Accessibility Guidelines 2,
 * "contrast ratio"). */
double foc_plot_colour_contrast (const FocPlotColour *a, const FocPlotColour *b);

/* Text on `ground`: black or white, whichever is easier to read there. */
const FocPlotColour *foc_plot_colour_text_on (const FocPlotColour *ground);

/* The colour of a share of a decision: from `negative` at -1 over `neutral` at 0 to
 * `positive` at 1. */
FocPlotColour foc_plot_palette_diverging (const FocPlotPalette *self, double value);

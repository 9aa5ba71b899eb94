/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <pango/pangocairo.h>

#include "foc-plot-style.h"

/* Where a plot is being drawn, and its text: measured before it is placed, elided
 * where it is too long, left out where not even that fits. */

typedef struct _FocPlotBox
{
  double x, y, width, height;
} FocPlotBox;

/* Take a strip away from one side of the box, leaving nothing less than empty. */
void foc_plot_box_cut_top (FocPlotBox *self, double height);
void foc_plot_box_cut_bottom (FocPlotBox *self, double height);

typedef struct _FocPlotCanvas
{
  cairo_t *cr;
  const FocPlotPalette *palette;
  double em; /* height of the text; all distances are multiples of it */
  const char *font_family;
  PangoLayout *layout;
  GArray *texts;           /* nullable: FocPlotBox of every text, in device coordinates */
  struct _FocPlotMap *map; /* nullable: to be filled in, see foc-plot-map-private.h */
} FocPlotCanvas;

/* `cr` and `style` must live as long as the canvas. */
void foc_plot_canvas_init (FocPlotCanvas *self,
                           cairo_t *cr,
                           const FocPlotStyle *style,
                           GArray *texts);
void foc_plot_canvas_clear (FocPlotCanvas *self);

void foc_plot_canvas_set_colour (FocPlotCanvas *self, const FocPlotColour *colour);

typedef enum
{
  FOC_PLOT_FONT_NORMAL,
  FOC_PLOT_FONT_BOLD,
  FOC_PLOT_FONT_SMALL,
  FOC_PLOT_FONT_TINY,    /* for numbers, where the alternative is none */
  FOC_PLOT_FONT_HEADING, /* bold, a little larger */
} FocPlotFont;

#define FOC_PLOT_ANY_WIDTH G_MAXDOUBLE

/* Height of a line. */
double foc_plot_text_line (FocPlotCanvas *self, FocPlotFont font);

/* Width of `text` on one line; at most `most`, elided. */
double foc_plot_text_width (FocPlotCanvas *self,
                            const char *text,
                            FocPlotFont font,
                            double most);

/* Draws one line so that the point at `align_x`, `align_y` of its rectangle (0 is
 * left and top, 1 right and bottom) stands at (x, y). It is elided to `most`, and not
 * drawn where even the dots are wider. Returns the height of the line. */
double foc_plot_text_draw (FocPlotCanvas *self,
                           const char *text,
                           FocPlotFont font,
                           const FocPlotColour *colour,
                           double most,
                           double x,
                           double y,
                           double align_x,
                           double align_y);

/* The same, turned to be read from below: `align_x` is along the text, upwards. */
void foc_plot_text_draw_turned (FocPlotCanvas *self,
                                const char *text,
                                FocPlotFont font,
                                const FocPlotColour *colour,
                                double most,
                                double x,
                                double y,
                                double align_x,
                                double align_y);

/* A paragraph `width` wide: its height, and drawing it with its top left corner at
 * (x, y). Not drawn, with a height of 0, where a word is wider than `width`. */
double foc_plot_text_paragraph_height (FocPlotCanvas *self,
                                       const char *text,
                                       FocPlotFont font,
                                       double width);
double foc_plot_text_draw_paragraph (FocPlotCanvas *self,
                                     const char *text,
                                     FocPlotFont font,
                                     const FocPlotColour *colour,
                                     double width,
                                     double x,
                                     double y);

/* Says in the middle of the box that there is nothing to draw. */
void
foc_plot_text_draw_notice (FocPlotCanvas *self, const FocPlotBox *box, const char *text);

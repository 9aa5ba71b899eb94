/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-text.h"

#include <math.h>

/* Beyond, Pango's integers overflow. */
#define WIDTH_MAX 1e5

void
foc_plot_box_cut_top (FocPlotBox *self, double height)
{
  double cut = CLAMP (height, 0, self->height);

  self->y += cut;
  self->height -= cut;
}

void
foc_plot_box_cut_bottom (FocPlotBox *self, double height)
{
  self->height -= CLAMP (height, 0, self->height);
}

void
foc_plot_canvas_init (FocPlotCanvas *self,
                      cairo_t *cr,
                      const FocPlotStyle *style,
                      GArray *texts)
{
  PangoContext *context = pango_cairo_create_context (cr);
  cairo_font_options_t *options = cairo_font_options_create ();

  *self = (FocPlotCanvas){
    .cr = cr,
    .palette = style->palette,
    .em = CLAMP (style->font_size, 1, 1000),
    .font_family = style->font_family,
    .texts = texts,
  };
  /* Text has the same size on the screen, in a PNG of any scale and in a PDF. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);

  self->layout = pango_layout_new (context);
  g_object_unref (context);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (cr, NULL, 0, 0);
}

void
foc_plot_canvas_clear (FocPlotCanvas *self)
{
  g_clear_object (&self->layout);
}

void
foc_plot_canvas_set_colour (FocPlotCanvas *self, const FocPlotColour *colour)
{
  cairo_set_source_rgb (self->cr, colour->red, colour->green, colour->blue);
}

/* Sets up the layout; `width` is where to elide or wrap. */
static void
prepare (FocPlotCanvas *self,
         const char *text,
         FocPlotFont font,
         double width,
         gboolean paragraph)
{
  static const double sizes[] = { 1, 1, 0.85, 0.7, 1.2 };
  PangoFontDescription *description = pango_font_description_new ();
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  pango_font_description_set_family (description, self->font_family);
  pango_font_description_set_absolute_size (description,
                                            sizes[font] * self->em * PANGO_SCALE);
  if (font == FOC_PLOT_FONT_BOLD || font == FOC_PLOT_FONT_HEADING)
    pango_font_description_set_weight (description, PANGO_WEIGHT_BOLD);

  pango_layout_set_font_description (self->layout, description);
  pango_layout_set_width (
    self->layout, width >= WIDTH_MAX ? -1 : (int) floor (MAX (width, 0) * PANGO_SCALE));
  pango_layout_set_ellipsize (self->layout,
                              paragraph ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->layout, !paragraph);
  pango_layout_set_text (self->layout, valid, -1);
  pango_font_description_free (description);
}

/* The rectangle that the prepared text takes, from the layout's origin. */
static FocPlotBox
extents (FocPlotCanvas *self)
{
  PangoRectangle logical;

  pango_layout_get_extents (self->layout, NULL, &logical);
  return (FocPlotBox){ logical.x / (double) PANGO_SCALE, logical.y / (double) PANGO_SCALE,
                       logical.width / (double) PANGO_SCALE,
                       logical.height / (double) PANGO_SCALE };
}

static void
record (FocPlotCanvas *self, const FocPlotBox *box)
{
  double x1 = box->x, y1 = box->y;
  double x2 = box->x + box->width, y2 = box->y + box->height;
  FocPlotBox device;

  if (!self->texts)
    return;
  cairo_user_to_device (self->cr, &x1, &y1);
  cairo_user_to_device (self->cr, &x2, &y2);
  device = (FocPlotBox){ MIN (x1, x2), MIN (y1, y2), fabs (x2 - x1), fabs (y2 - y1) };
  g_array_append_val (self->texts, device);
}

/* Shows the prepared text with the corner of its rectangle at (x, y). */
static void
show (FocPlotCanvas *self,
      const FocPlotBox *size,
      const FocPlotColour *colour,
      double x,
      double y)
{
  FocPlotBox box = { x, y, size->width, size->height };

  if (box.width <= 0)
    return;
  record (self, &box);
  foc_plot_canvas_set_colour (self, colour);
  cairo_move_to (self->cr, x - size->x, y - size->y);
  pango_cairo_show_layout (self->cr, self->layout);
  cairo_new_path (self->cr);
}

double
foc_plot_text_line (FocPlotCanvas *self, FocPlotFont font)
{
  prepare (self, "0", font, FOC_PLOT_ANY_WIDTH, FALSE);
  return extents (self).height;
}

double
foc_plot_text_width (FocPlotCanvas *self, const char *text, FocPlotFont font, double most)
{
  prepare (self, text, font, most, FALSE);
  return MIN (extents (self).width, MAX (most, 0));
}

double
foc_plot_text_draw (FocPlotCanvas *self,
                    const char *text,
                    FocPlotFont font,
                    const FocPlotColour *colour,
                    double most,
                    double x,
                    double y,
                    double align_x,
                    double align_y)
{
  FocPlotBox size;

  prepare (self, text, font, most, FALSE);
  size = extents (self);
  if (size.width <= most + 0.01 * self->em)
    show (self, &size, colour, x - align_x * size.width, y - align_y * size.height);
  return size.height;
}

void
foc_plot_text_draw_turned (FocPlotCanvas *self,
                           const char *text,
                           FocPlotFont font,
                           const FocPlotColour *colour,
                           double most,
                           double x,
                           double y,
                           double align_x,
                           double align_y)
{
  cairo_save (self->cr);
  cairo_translate (self->cr, x, y);
  cairo_rotate (self->cr, -G_PI_2);
  foc_plot_text_draw (self, text, font, colour, most, 0, 0, align_x, align_y);
  cairo_restore (self->cr);
}

double
foc_plot_text_paragraph_height (FocPlotCanvas *self,
                                const char *text,
                                FocPlotFont font,
                                double width)
{
  FocPlotBox size;

  prepare (self, text, font, width, TRUE);
  size = extents (self);
  return size.width <= width + 0.01 * self->em ? size.height : 0;
}

double
foc_plot_text_draw_paragraph (FocPlotCanvas *self,
                              const char *text,
                              FocPlotFont font,
                              const FocPlotColour *colour,
                              double width,
                              double x,
                              double y)
{
  double height = foc_plot_text_paragraph_height (self, text, font, width);
  FocPlotBox size = extents (self);

  /* What is aligned to the right, as Arabic is, begins further on. */
  if (height > 0)
    show (self, &size, colour, x + size.x, y);
  return height;
}

void
foc_plot_text_draw_notice (FocPlotCanvas *self, const FocPlotBox *box, const char *text)
{
  if (foc_plot_text_line (self, FOC_PLOT_FONT_NORMAL) <= box->height)
    foc_plot_text_draw (self, text, FOC_PLOT_FONT_NORMAL, &self->palette->faint,
                        box->width, box->x + box->width / 2, box->y + box->height / 2,
                        0.5, 0.5);
}

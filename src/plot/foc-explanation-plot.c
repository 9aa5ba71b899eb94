/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-explanation-plot.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "foc-explanation-sums.h"
#include "foc-plot-pixels.h"
#include "foc-plot-private.h"
#include "foc-plot-scale.h"
#include "foc-plot-ticks.h"

#define CHANNELS FOC_EXPLANATION_CHANNELS
#define N_PANELS 3

struct _FocExplanationPlot
{
  FocPlot parent_instance;

  cairo_surface_t *picture; /* nullable */
  guint side;
  guint8 *features;
  double *pixel_shares; /* side x side: sums over the channels     */
  double largest;       /* of their absolute values, never zero    */
  FocExplanationSums sums;
  char *answer, *runner_up;
  double probability;
  char *reason;
};

G_DEFINE_FINAL_TYPE (FocExplanationPlot, foc_explanation_plot, FOC_TYPE_PLOT)

static void
foc_explanation_plot_finalize (GObject *object)
{
  FocExplanationPlot *self = FOC_EXPLANATION_PLOT (object);

  g_clear_pointer (&self->picture, cairo_surface_destroy);
  g_free (self->features);
  g_free (self->pixel_shares);
  g_free (self->answer);
  g_free (self->runner_up);
  g_free (self->reason);
  G_OBJECT_CLASS (foc_explanation_plot_parent_class)->finalize (object);
}

static void
add_shares (FocExplanationPlot *self, const double *shares)
{
  for (gsize i = 0; i < (gsize) self->side * self->side; i++)
    {
      double sum = 0;

      for (guint channel = 0; channel < CHANNELS; channel++)
        {
          double share = shares[i * CHANNELS + channel];

          double *sums = share < 0 ? self->sums.below : self->sums.above;

          sums[channel] += share;
          sums[CHANNELS] += share;
          sum += share;
        }
      self->pixel_shares[i] = isfinite (sum) ? sum : 0;
      self->largest = MAX (self->largest, fabs (self->pixel_shares[i]));
    }
  self->largest = CLAMP (self->largest, 1e-12, FOC_PLOT_VALUE_MAX / 2);
}

FocExplanationPlot *
foc_explanation_plot_new (const FocExplanation *explanation)
{
  FocExplanationPlot *self = g_object_new (FOC_TYPE_EXPLANATION_PLOT, NULL);
  gsize n = (gsize) explanation->side * explanation->side;

  if (explanation->picture && explanation->width > 0 && explanation->height > 0)
    self->picture =
      foc_plot_pixels_new (explanation->picture, explanation->width, explanation->height);
  self->side = explanation->side;
  self->features = g_memdup2 (explanation->features, n * CHANNELS);
  self->pixel_shares = g_new (double, n);
  add_shares (self, explanation->shares);
  self->answer = g_strdup (explanation->answer);
  self->runner_up = g_strdup (explanation->runner_up);
  self->sums.answer = self->answer;
  self->sums.runner_up = self->runner_up;
  self->sums.answer_logit = explanation->answer_logit;
  self->sums.runner_up_logit = explanation->runner_up_logit;
  self->probability = explanation->probability;
  self->reason = g_strdup (explanation->reason);
  return self;
}

/* The answer in words, and why it is not sure, from the top of `box` downwards. */
static void
draw_answer (FocExplanationPlot *self, FocPlotCanvas *canvas, FocPlotBox *box)
{
  g_autofree char *percent = foc_plot_number (100 * self->probability, 1);
  g_autofree char *answer = foc_plot_isolate (self->answer);
  g_autofree char *text =
    /* Translators: a class and its probability. */
    g_strdup_printf (self->reason ? _ ("Not sure: %s, %s\u00a0%%") : _ ("%s, %s\u00a0%%"),
                     answer, percent);
  double line =
    foc_plot_text_draw (canvas, text, FOC_PLOT_FONT_HEADING, &canvas->palette->text,
                        box->width, box->x, box->y, 0, 0);

  foc_plot_box_cut_top (box, line);
  if (self->reason && box->height > 12 * canvas->em)
    foc_plot_box_cut_top (box, foc_plot_text_draw_paragraph (
                                 canvas, self->reason, FOC_PLOT_FONT_NORMAL,
                                 &canvas->palette->text, box->width, box->x, box->y));
  foc_plot_box_cut_top (box, 0.8 * canvas->em);
}

/* What the two colours are for, in two lines from (x, y). */
static void
draw_key (FocExplanationPlot *self,
          FocPlotCanvas *canvas,
          double x,
          double y,
          double width)
{
  const FocPlotColour *colours[] = { &canvas->palette->positive,
                                     &canvas->palette->negative };
  const char *names[] = { self->answer, self->runner_up };
  double line = foc_plot_text_line (canvas, FOC_PLOT_FONT_NORMAL);
  double size = 0.7 * canvas->em;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++, y += line)
    {
      g_autofree char *name = foc_plot_isolate (names[i]);
      /* Translators: what the pixels of a colour speak for, a class. */
      g_autofree char *text = g_strdup_printf (_ ("for %s"), name);

      cairo_rectangle (canvas->cr, x, y + (line - size) / 2, size, size);
      foc_plot_canvas_set_colour (canvas, colours[i]);
      cairo_fill (canvas->cr);
      foc_plot_text_draw (canvas, text, FOC_PLOT_FONT_NORMAL, &canvas->palette->text,
                          width - size - 0.4 * canvas->em, x + size + 0.4 * canvas->em, y,
                          0, 0);
    }
}

static void
panel_colours (FocExplanationPlot *self,
               FocPlotCanvas *canvas,
               gboolean shares,
               FocPlotColour *colours)
{
  for (gsize i = 0; i < (gsize) self->side * self->side; i++)
    {
      const guint8 *rgb = self->features + i * CHANNELS;

      colours[i] = shares
                     ? foc_plot_palette_diverging (canvas->palette,
                                                   self->pixel_shares[i] / self->largest)
                     : (FocPlotColour){ rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0 };
    }
}

/* `box` is the square; the caption stands above it. */
static void
draw_panel (FocExplanationPlot *self,
            FocPlotCanvas *canvas,
            guint panel,
            const FocPlotBox *box,
            gboolean captioned)
{
  g_autofree FocPlotColour *colours =
    g_new (FocPlotColour, (gsize) self->side * self->side);
  g_autofree char *size =
    g_strdup_printf (_ ("%u\u00a0\u00d7\u00a0%u"), self->side, self->side);
  g_autofree char *sees = g_strdup_printf (_ ("%s, as the network sees it"), size);
  /* The second where there is no room for the first. */
  const char *const captions[N_PANELS][2] = {
    { _ ("Picture"), _ ("Picture") },
    { sees, size },
    { _ ("Share of each pixel"), _ ("Shares") },
  };
  gboolean is_long = foc_plot_text_width (canvas, captions[panel][0],
                                          FOC_PLOT_FONT_NORMAL, FOC_PLOT_ANY_WIDTH)
                     > box->width;

  if (captioned)
    foc_plot_text_draw (canvas, captions[panel][is_long], FOC_PLOT_FONT_NORMAL,
                        &canvas->palette->text, box->width, box->x,
                        box->y - 0.3 * canvas->em, 0, 1);
  if (panel == 0)
    {
      foc_plot_pixels_draw_picture (canvas, self->picture, box);
      return;
    }
  panel_colours (self, canvas, panel == 2, colours);
  foc_plot_pixels_draw_cells (canvas, colours, self->side, box);
}

/* How large a square of `n` can be in `box`, in how many columns: in a row, in a column,
 * or in two rows. `below` stands under each square of the last row, `beside` beside the last
 * column. */
static double
find_side (const FocPlotBox *box,
           guint n,
           double caption,
           double below,
           double beside,
           double gap,
           guint *n_columns)
{
  double side = 0;

  for (guint columns = 1; columns <= n; columns++)
    {
      guint rows = (n + columns - 1) / columns;
      double width = (box->width - beside - (columns - 1) * gap) / columns;
      double height =
        (box->height - rows * caption - below - (rows - 1) * gap / 2) / rows;

      if (MIN (width, height) > side)
        {
          side = MIN (width, height);
          *n_columns = columns;
        }
    }
  return side;
}

/* Returns where they end below. */
static double
draw_panels (FocExplanationPlot *self, FocPlotCanvas *canvas, const FocPlotBox *box)
{
  const FocPlotPalette *palette = canvas->palette;
  FocPlotScale scale = { -self->largest,
                         self->largest,
                         _ ("logits"),
                         { palette->negative, palette->neutral, palette->positive } };
  double line = foc_plot_text_line (canvas, FOC_PLOT_FONT_NORMAL);
  double scale_width = foc_plot_scale_width (&scale, canvas);
  double scale_gap = 0.6 * canvas->em, gap = 1.2 * canvas->em;
  double caption = line + 0.3 * canvas->em, key = 2.3 * line;
  guint first = self->picture ? 0 : 1;
  guint n = N_PANELS - first, n_columns = 1;
  double side =
    find_side (box, n, caption, key, scale_width + scale_gap, gap, &n_columns);
  gboolean bare = side < 3 * canvas->em;
  FocPlotBox panel = { 0 };

  /* Better pictures without words than words without pictures. */
  if (bare)
    {
      caption = key = 0;
      gap /= 2;
      side = find_side (box, n, 0, 0, 0, gap, &n_columns);
    }
  if (side < 1)
    return box->y;
  for (guint i = 0; i < n; i++)
    {
      panel = (FocPlotBox){ box->x + i % n_columns * (side + gap),
                            box->y + caption + i / n_columns * (side + caption + gap / 2),
                            side, side };
      draw_panel (self, canvas, first + i, &panel, !bare);
    }
  if (!bare)
    {
      draw_key (self, canvas, panel.x, panel.y + side + 0.3 * line, side);
      foc_plot_scale_draw (
        &scale, canvas,
        &(FocPlotBox){ panel.x + side + scale_gap, panel.y, scale_width, side });
    }
  return panel.y + side + key;
}

static void
foc_explanation_plot_draw (FocPlot *plot, FocPlotCanvas *canvas, const FocPlotBox *box)
{
  FocExplanationPlot *self = FOC_EXPLANATION_PLOT (plot);
  g_autoptr (FocSumsLayout) sums = NULL;
  FocPlotBox rest = *box;
  double bottom;

  if (self->side == 0)
    {
      foc_plot_text_draw_notice (canvas, box, _ ("No data"));
      return;
    }
  if (box->height > 10 * canvas->em)
    draw_answer (self, canvas, &rest);
  sums = foc_explanation_sums_layout (&self->sums, canvas, &rest, 10 * canvas->em);
  bottom = draw_panels (self, canvas, &rest);
  foc_sums_layout_draw (sums, canvas, rest.x, bottom + canvas->em);
}

static void
foc_explanation_plot_class_init (FocExplanationPlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foc_explanation_plot_finalize;
  FOC_PLOT_CLASS (klass)->draw = foc_explanation_plot_draw;
}

static void
foc_explanation_plot_init (FocExplanationPlot *self)
{
}

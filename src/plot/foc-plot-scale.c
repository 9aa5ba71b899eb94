/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-scale.h"

#include "foc-plot-ticks.h"

/* In em. */
#define BAR 1.0
#define GAP 0.4

#define MOST_TICKS 6

double
foc_plot_scale_width (const FocPlotScale *self, FocPlotCanvas *canvas)
{
  double widest =
    foc_plot_text_width (canvas, self->unit, FOC_PLOT_FONT_NORMAL, FOC_PLOT_ANY_WIDTH);

  /* Which of them will be used depends on the height. */
  for (guint most = 2; most <= MOST_TICKS; most++)
    {
      FocPlotTicks ticks;

      foc_plot_ticks_linear (&ticks, self->from, self->to, most);
      for (guint i = 0; i < ticks.n; i++)
        {
          g_autofree char *label = foc_plot_ticks_label (&ticks, i);

          widest =
            MAX (widest, (BAR + GAP) * canvas->em
                           + foc_plot_text_width (canvas, label, FOC_PLOT_FONT_NORMAL,
                                                  FOC_PLOT_ANY_WIDTH));
        }
    }
  return widest;
}

/* As many ticks as stand apart. */
static void
find_ticks (const FocPlotScale *self, FocPlotTicks *ticks, double height, double line)
{
  for (guint most = MOST_TICKS; most >= 2; most--)
    {
      foc_plot_ticks_linear (ticks, self->from, self->to, most);
      if (ticks->n < 2
          || (ticks->values[1] - ticks->values[0]) / (self->to - self->from) * height
               >= 1.2 * line)
        return;
    }
  ticks->n = MIN (ticks->n, 1);
}

static void
fill_bar (const FocPlotScale *self, FocPlotCanvas *canvas, const FocPlotBox *bar)
{
  cairo_pattern_t *pattern =
    cairo_pattern_create_linear (0, bar->y + bar->height, 0, bar->y);

  for (guint i = 0; i < G_N_ELEMENTS (self->colours); i++)
    cairo_pattern_add_color_stop_rgb (pattern, i / 2.0, self->colours[i].red,
                                      self->colours[i].green, self->colours[i].blue);
  cairo_rectangle (canvas->cr, bar->x, bar->y, bar->width, bar->height);
  cairo_set_source (canvas->cr, pattern);
  cairo_fill_preserve (canvas->cr);
  cairo_pattern_destroy (pattern);
  foc_plot_canvas_set_colour (canvas, &canvas->palette->faint);
  cairo_set_line_width (canvas->cr, 0.08 * canvas->em);
  cairo_stroke (canvas->cr);
}

void
foc_plot_scale_draw (const FocPlotScale *self,
                     FocPlotCanvas *canvas,
                     const FocPlotBox *box)
{
  double line = foc_plot_text_line (canvas, FOC_PLOT_FONT_NORMAL);
  FocPlotBox bar = *box;
  FocPlotTicks ticks;

  /* The unit, and half a label that may stand at either end. */
  foc_plot_box_cut_top (&bar, 1.6 * line);
  foc_plot_box_cut_bottom (&bar, 0.5 * line);
  bar.width = BAR * canvas->em;
  if (bar.height < 1.5 * line)
    return;

  foc_plot_text_draw (canvas, self->unit, FOC_PLOT_FONT_NORMAL, &canvas->palette->text,
                      box->width, box->x, box->y, 0, 0);
  fill_bar (self, canvas, &bar);
  find_ticks (self, &ticks, bar.height, line);
  for (guint i = 0; i < ticks.n; i++)
    {
      double share = (ticks.values[i] - self->from) / (self->to - self->from);
      double y = bar.y + (1 - share) * bar.height;
      g_autofree char *label = foc_plot_ticks_label (&ticks, i);

      cairo_move_to (canvas->cr, bar.x + bar.width, y);
      cairo_rel_line_to (canvas->cr, 0.2 * canvas->em, 0);
      foc_plot_canvas_set_colour (canvas, &canvas->palette->faint);
      cairo_stroke (canvas->cr);
      foc_plot_text_draw (canvas, label, FOC_PLOT_FONT_NORMAL, &canvas->palette->text,
                          FOC_PLOT_ANY_WIDTH, bar.x + bar.width + GAP * canvas->em, y, 0,
                          0.5);
    }
}

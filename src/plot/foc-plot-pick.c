/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-map-private.h"

#include <math.h>

/* In em. */
#define PADDING 0.6
#define GAP 0.8      /* between names and values */
#define DISTANCE 0.8 /* from the point to the box */
#define VALUE_MAX 18 /* width of a value */
#define RING 0.45

/* The part of the plot's width that names and values may take. */
#define SHARE 0.6

/* What is picked: a point, or a cell. */
static FocPlotBox
get_target (const FocPlotMap *self, const FocPlotPick *pick)
{
  const FocPlotMapSeries *series;
  const FocPlotMapPoint *point;
  const FocPlotBox *area;

  if (pick->is_cell)
    {
      double width = self->cells.width / self->n_cells;
      double height = self->cells.height / self->n_cells;

      return (FocPlotBox){ self->cells.x + pick->column * width,
                           self->cells.y + pick->row * height, width, height };
    }

  /* On the edge, if it is beyond. */
  series = &g_array_index (self->series, FocPlotMapSeries, pick->series);
  point = &series->points[pick->point];
  area = &series->area;
  return (FocPlotBox){ CLAMP ((double) point->place_x, area->x, area->x + area->width),
                       CLAMP ((double) point->place_y, area->y, area->y + area->height),
                       0, 0 };
}

static void
draw_crosshair (const FocPlotMapSeries *series,
                FocPlotCanvas *canvas,
                const FocPlotBox *at)
{
  FocPlotColour colour = foc_plot_pen_colour (&series->pen, canvas);
  const double dash = 0.25 * canvas->em;
  const FocPlotBox *area = &series->area;
  cairo_t *cr = canvas->cr;

  cairo_move_to (cr, at->x, area->y);
  cairo_rel_line_to (cr, 0, area->height);
  cairo_move_to (cr, area->x, at->y);
  cairo_rel_line_to (cr, area->width, 0);
  cairo_set_dash (cr, &dash, 1, 0);
  cairo_set_line_width (cr, 0.08 * canvas->em);
  foc_plot_canvas_set_colour (canvas, &canvas->palette->text);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);

  cairo_arc (cr, at->x, at->y, RING * canvas->em, 0, 2 * G_PI);
  foc_plot_canvas_set_colour (canvas, &canvas->palette->background);
  cairo_fill_preserve (cr);
  foc_plot_canvas_set_colour (canvas, &canvas->palette->text);
  cairo_stroke (cr);
  cairo_arc (cr, at->x, at->y, 0.6 * RING * canvas->em, 0, 2 * G_PI);
  foc_plot_canvas_set_colour (canvas, &colour);
  cairo_fill (cr);
}

/* Seen on any colour: dark in light, or light in dark. */
static void
draw_cell_frame (FocPlotCanvas *canvas, const FocPlotBox *cell)
{
  cairo_t *cr = canvas->cr;

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  cairo_rectangle (cr, cell->x, cell->y, cell->width, cell->height);
  cairo_set_line_width (cr, 0.5 * canvas->em);
  foc_plot_canvas_set_colour (canvas, &canvas->palette->background);
  cairo_stroke_preserve (cr);
  cairo_set_line_width (cr, 0.25 * canvas->em);
  foc_plot_canvas_set_colour (canvas, &canvas->palette->text);
  cairo_stroke (cr);
}

static void
measure (FocPlotCanvas *canvas, char **pairs, double most, double *names, double *values)
{
  *names = *values = 0;
  for (guint i = 0; pairs[i] != NULL; i += 2)
    {
      *names = MAX (*names, foc_plot_text_width (canvas, pairs[i], FOC_PLOT_FONT_NORMAL,
                                                 FOC_PLOT_ANY_WIDTH));
      *values = MAX (
        *values, foc_plot_text_width (canvas, pairs[i + 1], FOC_PLOT_FONT_BOLD, most));
    }
}

/* Beside the target: to the right and above it, where there is room. */
static void
place_box (const FocPlotMap *self, const FocPlotBox *target, FocPlotBox *box)
{
  double distance = DISTANCE * self->em;

  box->x = target->x + target->width + distance;
  if (box->x + box->width > self->width)
    box->x = target->x - distance - box->width;
  box->y = target->y - distance - box->height;
  if (box->y < 0)
    box->y = target->y + target->height + distance;
  box->x = MAX (MIN (box->x, self->width - box->width), 0);
  box->y = MAX (MIN (box->y, self->height - box->height), 0);
}

static void
draw_values (const FocPlotMap *self,
             FocPlotCanvas *canvas,
             char **pairs,
             const FocPlotBox *target)
{
  double line = 1.1 * foc_plot_text_line (canvas, FOC_PLOT_FONT_NORMAL);
  double padding = PADDING * canvas->em;
  double most = MIN (VALUE_MAX * canvas->em, 0.5 * self->width);
  double names, values, y;
  FocPlotBox box;

  measure (canvas, pairs, most, &names, &values);
  names += names > 0 ? GAP * canvas->em : 0;
  /* Rather without the names than over all of the plot. */
  if (names + values > SHARE * self->width)
    names = 0;
  box = (FocPlotBox){ .width = names + values + 2 * padding,
                      .height = g_strv_length (pairs) / 2 * line + 2 * padding };
  place_box (self, target, &box);

  cairo_rectangle (canvas->cr, box.x, box.y, box.width, box.height);
  foc_plot_canvas_set_colour (canvas, &canvas->palette->background);
  cairo_fill_preserve (canvas->cr);
  cairo_set_line_width (canvas->cr, 0.1 * canvas->em);
  foc_plot_canvas_set_colour (canvas, &canvas->palette->faint);
  cairo_stroke (canvas->cr);

  y = box.y + padding + line / 2;
  for (guint i = 0; pairs[i] != NULL; i += 2, y += line)
    {
      foc_plot_text_draw (canvas, pairs[i], FOC_PLOT_FONT_NORMAL, &canvas->palette->faint,
                          names, box.x + padding, y, 0, 0.5);
      foc_plot_text_draw (canvas, pairs[i + 1], FOC_PLOT_FONT_BOLD,
                          &canvas->palette->text, values + 1, box.x + padding + names, y,
                          0, 0.5);
    }
}

void
foc_plot_map_draw_pick (const FocPlotMap *self,
                        const FocPlotPick *pick,
                        cairo_t *cr,
                        const FocPlotStyle *style)
{
  g_auto (GStrv) pairs = foc_plot_map_tell (self, pick);
  FocPlotBox target = get_target (self, pick);
  FocPlotCanvas canvas;

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, self->width, self->height);
  cairo_clip (cr);
  cairo_new_path (cr);
  foc_plot_canvas_init (&canvas, cr, style, NULL);
  if (pick->is_cell)
    draw_cell_frame (&canvas, &target);
  else
    draw_crosshair (&g_array_index (self->series, FocPlotMapSeries, pick->series),
                    &canvas, &target);
  if (!pick->is_cell || !self->written)
    draw_values (self, &canvas, pairs, &target);
  foc_plot_canvas_clear (&canvas);
  cairo_restore (cr);
}

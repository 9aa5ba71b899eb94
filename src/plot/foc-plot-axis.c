/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-axis.h"

#include <math.h>

#define MOST_TICKS_X 9
#define MOST_TICKS_Y 9

void
foc_plot_axis_include (FocPlotAxis *self, const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      double value = CLAMP (values[i], -FOC_PLOT_VALUE_MAX, FOC_PLOT_VALUE_MAX);

      if (!isfinite (values[i]) || (self->logarithmic && value < FOC_PLOT_VALUE_MIN))
        continue;
      self->from = MIN (self->from, value);
      self->to = MAX (self->to, value);
    }
}

gboolean
foc_plot_axis_finish (FocPlotAxis *self, double from, double to)
{
  gboolean from_given = isfinite (from) && !(self->logarithmic && from <= 0);
  gboolean to_given = isfinite (to) && !(self->logarithmic && to <= 0);
  double least;

  if (from_given)
    self->from = from;
  if (to_given)
    self->to = to;
  if (!isfinite (self->from) || !isfinite (self->to))
    return FALSE;

  /* One value, or nothing within the ends that are given: some room around it. */
  least = MAX (MAX (fabs (self->from), fabs (self->to)) * 1e-6, FOC_PLOT_VALUE_MIN);
  if (self->to - self->from < least)
    {
      double middle = from_given ? self->from : self->to;
      double room = middle == 0 ? 1 : fabs (middle) * 0.1;

      if (self->logarithmic)
        {
          self->from = from_given ? middle : middle / 2;
          self->to = to_given && !from_given ? middle : middle * 2;
        }
      else
        {
          self->from = from_given ? middle : middle - room;
          self->to = to_given && !from_given ? middle : middle + room;
        }
    }
  self->round_from = self->round_from && !from_given;
  self->round_to = self->round_to && !to_given;
  return TRUE;
}

double
foc_plot_axis_place (const FocPlotAxis *self, double value)
{
  if (!isfinite (value) || (self->logarithmic && value <= 0))
    return NAN;
  if (self->logarithmic)
    return log (value / self->from) / log (self->to / self->from);
  return (value - self->from) / (self->to - self->from);
}

/* Moves the ends that may move to ticks, of which there shall be at most `most`. */
static void
round_ends (FocPlotAxis *self, guint most)
{
  double step;

  if (self->logarithmic)
    {
      double from = pow (10, floor (log10 (self->from)));
      double to = pow (10, ceil (log10 (self->to)));

      /* Of a decade, the half that nothing stands in is left out. */
      if (self->round_from)
        self->from = self->from >= 5 * from   ? 5 * from
                     : self->from >= 2 * from ? 2 * from
                                              : from;
      if (self->round_to)
        self->to = self->to <= to / 5 ? to / 5 : self->to <= to / 2 ? to / 2 : to;
      return;
    }
  step = foc_plot_ticks_step (self->to - self->from, MAX (most, 4) - 1);
  if (self->round_from)
    self->from = floor (self->from / step + 1e-6) * step;
  if (self->round_to)
    self->to = ceil (self->to / step - 1e-6) * step;
}

static void
find_ticks (FocPlotAxis *self, guint most)
{
  most = CLAMP (most, 2, FOC_PLOT_TICKS_MAX);
  if (self->logarithmic)
    foc_plot_ticks_logarithmic (&self->ticks, self->from, self->to, most);
  else
    foc_plot_ticks_linear (&self->ticks, self->from, self->to, most);
}

static double
label_width (FocPlotCanvas *canvas, const FocPlotTicks *ticks, guint i)
{
  g_autofree char *label = foc_plot_ticks_label (ticks, i);

  return foc_plot_text_width (canvas, label, FOC_PLOT_FONT_NORMAL, FOC_PLOT_ANY_WIDTH);
}

static double
widest_label (FocPlotCanvas *canvas, const FocPlotTicks *ticks)
{
  double widest = 0;

  for (guint i = 0; i < ticks->n; i++)
    widest = MAX (widest, label_width (canvas, ticks, i));
  return widest;
}

/* Do the labels of x stand side by side over `width`? */
static gboolean
labels_fit (const FocPlotAxis *axis, FocPlotCanvas *canvas, double width)
{
  double end = -INFINITY;

  for (guint i = 0; i < axis->ticks.n; i++)
    {
      double half = label_width (canvas, &axis->ticks, i) / 2;
      double x = foc_plot_axis_place (axis, axis->ticks.values[i]) * width;

      if (x - half < end)
        return FALSE;
      end = x + half + 0.8 * canvas->em;
    }
  return TRUE;
}

/* Finds at most `most` ticks of y; are all of them far enough apart? */
static gboolean
try_y_ticks (FocPlotAxis *axis, guint most, double least)
{
  double nearest = INFINITY;

  find_ticks (axis, most);
  for (guint i = 1; i < axis->ticks.n; i++)
    nearest = MIN (nearest, foc_plot_axis_place (axis, axis->ticks.values[i])
                              - foc_plot_axis_place (axis, axis->ticks.values[i - 1]));
  return nearest >= least;
}

static void
find_y_ticks (FocPlotAxis *axis, double height, double line)
{
  guint most = (guint) CLAMP (height / (1.6 * line), 2, MOST_TICKS_Y);
  double least = height > 0 ? 1.1 * line / height : INFINITY;

  round_ends (axis, most);
  for (guint n = most; n >= 2; n--)
    if (try_y_ticks (axis, n, least) && axis->ticks.n >= 2)
      return;

  /* Of ticks that are too many, the first and the last say the scale. */
  for (guint n = most + 1; n <= MOST_TICKS_Y; n++)
    {
      FocPlotTicks *ticks = &axis->ticks;

      try_y_ticks (axis, n, least);
      if (ticks->n < 2)
        continue;
      ticks->values[1] = ticks->values[ticks->n - 1];
      ticks->n = 2;
      if (foc_plot_axis_place (axis, ticks->values[1])
            - foc_plot_axis_place (axis, ticks->values[0])
          >= least)
        return;
    }
  find_ticks (axis, 2);
  axis->ticks.n = MIN (axis->ticks.n, 1);
}

/* `line` is the height of a line of text. Returns what stands right of the area. */
static double
layout_once (FocPlotFrame *self,
             FocPlotCanvas *canvas,
             const FocPlotBox *box,
             double line)
{
  FocPlotBox *area = &self->area;
  double right = 0.5 * canvas->em, above = line / 2;
  guint most;

  *area = *box;
  foc_plot_box_cut_top (area, MIN (above, area->height / 4));
  if (self->x_title)
    foc_plot_box_cut_bottom (area, 1.2 * line);
  if (self->x_labels)
    foc_plot_box_cut_bottom (area, line + 0.5 * canvas->em);
  else
    foc_plot_box_cut_bottom (area, MIN (above, area->height / 4));

  find_y_ticks (&self->y, area->height, line);
  self->left = self->y_title ? 1.3 * line : 0;
  if (self->y_labels)
    {
      double widest = widest_label (canvas, &self->y.ticks);

      /* Labels that would leave nothing of the plot are none. */
      if (widest > area->width / 3)
        self->y_labels = FALSE;
      else
        self->left += widest + 0.6 * canvas->em;
    }
  self->left = MAX (self->left, self->left_least);
  self->left = MAX (self->left, MIN (0.5 * canvas->em, area->width / 8));

  for (most = MOST_TICKS_X; most >= 2; most--)
    {
      find_ticks (&self->x, most);
      if (self->x_labels && self->x.ticks.n > 0)
        {
          double half = label_width (canvas, &self->x.ticks, self->x.ticks.n - 1) / 2;
          double place =
            foc_plot_axis_place (&self->x, self->x.ticks.values[self->x.ticks.n - 1]);
          double width = area->width - self->left - right;

          right = MAX (0.5 * canvas->em, half - (1 - place) * width);
        }
      if (!self->x_labels
          || labels_fit (&self->x, canvas, area->width - self->left - right))
        break;
    }
  if (most < 2)
    self->x.ticks.n = MIN (self->x.ticks.n, 1);

  right = MIN (right, area->width / 4);
  area->x += self->left;
  area->width = MAX (area->width - self->left - right, 0);
  return right;
}

void
foc_plot_frame_layout (FocPlotFrame *self, FocPlotCanvas *canvas, const FocPlotBox *box)
{
  double line = foc_plot_text_line (canvas, FOC_PLOT_FONT_NORMAL);
  FocPlotBox inner = *box;
  double right;

  self->box = *box;
  self->x_title = self->x.title && box->height > 5.5 * line && box->width > 8 * line;
  self->y_title = self->y.title && box->width > 10 * line && box->height > 5 * line;
  self->x_labels =
    !self->no_x_labels && box->height > 4.5 * line && box->width > 5 * line;
  self->y_labels = box->width > 8 * line && box->height > 3 * line;
  right = layout_once (self, canvas, &inner, line);

  if (self->aspect > 0)
    {
      double width = MIN (self->area.width, self->area.height * self->aspect);
      double height = width / self->aspect;

      inner.height -= self->area.height - height;
      inner.width = self->left + width + right;
      inner.x += (box->width - inner.width) / 2;
      layout_once (self, canvas, &inner, line);
      self->area.width = MIN (self->area.width, self->area.height * self->aspect);
      self->area.height = self->area.width / self->aspect;
    }
}

double
foc_plot_frame_x (const FocPlotFrame *self, double value)
{
  double place = foc_plot_axis_place (&self->x, value);

  return isnan (place) ? NAN : self->area.x + CLAMP (place, -10, 10) * self->area.width;
}

double
foc_plot_frame_y (const FocPlotFrame *self, double value)
{
  double place = foc_plot_axis_place (&self->y, value);

  return isnan (place) ? NAN
                       : self->area.y + (1 - CLAMP (place, -10, 10)) * self->area.height;
}

static void
draw_x_labels (const FocPlotFrame *self, FocPlotCanvas *canvas, double y)
{
  for (guint i = 0; i < self->x.ticks.n; i++)
    {
      g_autofree char *label = foc_plot_ticks_label (&self->x.ticks, i);

      foc_plot_text_draw (canvas, label, FOC_PLOT_FONT_NORMAL, &canvas->palette->text,
                          FOC_PLOT_ANY_WIDTH,
                          foc_plot_frame_x (self, self->x.ticks.values[i]), y, 0.5, 0);
    }
}

static void
draw_y_labels (const FocPlotFrame *self, FocPlotCanvas *canvas, double x)
{
  for (guint i = 0; i < self->y.ticks.n; i++)
    {
      g_autofree char *label = foc_plot_ticks_label (&self->y.ticks, i);

      foc_plot_text_draw (canvas, label, FOC_PLOT_FONT_NORMAL, &canvas->palette->text,
                          FOC_PLOT_ANY_WIDTH, x,
                          foc_plot_frame_y (self, self->y.ticks.values[i]), 1, 0.5);
    }
}

/* How long a title around `middle` may be: longer than its axis, as far as the box goes. */
static double
room_around (double middle, double from, double length)
{
  return 2 * MIN (middle - from, from + length - middle);
}

void
foc_plot_frame_draw (const FocPlotFrame *self, FocPlotCanvas *canvas)
{
  const FocPlotBox *area = &self->area;
  double line = foc_plot_text_line (canvas, FOC_PLOT_FONT_NORMAL);
  double bottom = area->y + area->height;
  double middle_x = area->x + area->width / 2, middle_y = area->y + area->height / 2;
  cairo_t *cr = canvas->cr;

  cairo_set_line_width (cr, 0.07 * canvas->em);
  foc_plot_canvas_set_colour (canvas, &canvas->palette->grid);
  for (guint i = 0; i < self->x.ticks.n; i++)
    {
      cairo_move_to (cr, foc_plot_frame_x (self, self->x.ticks.values[i]), area->y);
      cairo_rel_line_to (cr, 0, area->height);
    }
  for (guint i = 0; i < self->y.ticks.n; i++)
    {
      cairo_move_to (cr, area->x, foc_plot_frame_y (self, self->y.ticks.values[i]));
      cairo_rel_line_to (cr, area->width, 0);
    }
  cairo_stroke (cr);

  cairo_set_line_width (cr, 0.1 * canvas->em);
  foc_plot_canvas_set_colour (canvas, &canvas->palette->faint);
  cairo_move_to (cr, area->x, area->y);
  cairo_line_to (cr, area->x, bottom);
  cairo_line_to (cr, area->x + area->width, bottom);
  cairo_stroke (cr);

  if (self->x_labels)
    draw_x_labels (self, canvas, bottom + 0.4 * canvas->em);
  if (self->y_labels)
    draw_y_labels (self, canvas, area->x - 0.5 * canvas->em);
  if (self->x_title)
    foc_plot_text_draw (
      canvas, self->x.title, FOC_PLOT_FONT_NORMAL, &canvas->palette->text,
      room_around (middle_x, self->box.x, self->box.width), middle_x,
      bottom + 0.5 * canvas->em + line * (self->x_labels ? 1.1 : 0), 0.5, 0);
  if (self->y_title)
    foc_plot_text_draw_turned (canvas, self->y.title, FOC_PLOT_FONT_NORMAL,
                               &canvas->palette->text,
                               room_around (middle_y, self->box.y, self->box.height),
                               area->x - self->left, middle_y, 0.5, 0);
}

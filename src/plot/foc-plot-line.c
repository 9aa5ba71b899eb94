/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-line.h"

#include <math.h>

#define N_MARKS 6

/* Lengths in widths of a thin line; a dash of 0 ends the list. */
static const double dashes[][6] = {
  { 0 }, { 6, 3 }, { 1.5, 2 }, { 6, 2.5, 1.5, 2.5 }, { 10, 2.5, 1.5, 2.5, 1.5, 2.5 },
};

#define THIN 0.095 /* em */
#define BOLD 0.2
#define MARK 0.3        /* half the size of a mark */
#define MARK_DISTANCE 5 /* em between marks on a line of many points */
/* Lines of more points than that may be a little less smooth on the screen: that takes
 * half the time. */
#define SMOOTH 20
/* Fewer points are no band. */
#define MANY 200
/* Noise goes up and down by that many widths of its line. */
#define NOISE 2

GArray *
foc_plot_decimate (const FocPlotPoint *points, gsize n, double column, double height)
{
  GArray *result = g_array_new (FALSE, FALSE, sizeof (FocPlotPoint));

  for (gsize i = 0, end; i < n; i = end)
    {
      double place = floor (points[i].x / column);
      gsize low = i, high = i;
      gsize wanted[4];

      for (end = i; end < n && floor (points[end].x / column) == place; end++)
        {
          if (points[end].y < points[low].y)
            low = end;
          if (points[end].y > points[high].y)
            high = end;
        }
      wanted[0] = i;
      wanted[1] = MIN (low, high);
      wanted[2] = MAX (low, high);
      wanted[3] = end - 1;
      if (points[high].y - points[low].y <= height && end < n)
        wanted[1] = wanted[2] = wanted[3] = i;
      for (guint k = 0; k < G_N_ELEMENTS (wanted); k++)
        if (k == 0 || wanted[k] != wanted[k - 1])
          g_array_append_val (result, points[wanted[k]]);
    }
  return result;
}

FocPlotColour
foc_plot_pen_colour (const FocPlotPen *self, const FocPlotCanvas *canvas)
{
  const FocPlotPalette *palette = canvas->palette;
  FocPlotColour colour =
    self->plain ? palette->text : palette->series[self->look % FOC_PLOT_N_COLOURS];

  return self->faint ? foc_plot_colour_mix (&colour, &palette->background, 0.7) : colour;
}

static double
get_width (const FocPlotCanvas *canvas, const FocPlotPen *pen)
{
  return (pen->bold ? BOLD : THIN) * canvas->em;
}

static void
apply_pen (FocPlotCanvas *canvas, const FocPlotPen *pen)
{
  FocPlotColour colour = foc_plot_pen_colour (pen, canvas);
  const double *dash = dashes[pen->look % G_N_ELEMENTS (dashes)];
  double lengths[6];
  int n = 0;

  foc_plot_canvas_set_colour (canvas, &colour);
  cairo_set_line_width (canvas->cr, get_width (canvas, pen));
  /* A thick line needs longer dashes, but not by as much. */
  for (; !pen->plain && n < 6 && dash[n] > 0; n++)
    lengths[n] = dash[n] * THIN * canvas->em * (pen->bold ? 1.5 : 1);
  cairo_set_dash (canvas->cr, lengths, n, 0);
}

/* Moves the dashes so that the middle of the first is `distance` from the start; all
 * patterns are the same both ways from there. */
static void
centre_dashes (cairo_t *cr, double distance)
{
  double lengths[6];
  int n = cairo_get_dash_count (cr);

  cairo_get_dash (cr, lengths, NULL);
  if (n > 0)
    cairo_set_dash (cr, lengths, n, lengths[0] / 2 - distance);
}

/* A shape of corners at (x[i], y[i]) times MARK em. */
static void
polygon (FocPlotCanvas *canvas, double x, double y, const double (*corners)[2], guint n)
{
  double size = MARK * canvas->em;

  for (guint i = 0; i < n; i++)
    cairo_line_to (canvas->cr, x + corners[i][0] * size, y + corners[i][1] * size);
  cairo_close_path (canvas->cr);
  cairo_fill (canvas->cr);
}

static void
draw_mark (FocPlotCanvas *canvas, const FocPlotPen *pen, double x, double y)
{
  static const double square[][2] = {
    { -.9, -.9 }, { .9, -.9 }, { .9, .9 }, { -.9, .9 }
  };
  static const double up[][2] = { { 0, -1.2 }, { 1.15, .85 }, { -1.15, .85 } };
  static const double diamond[][2] = { { 0, -1.3 }, { 1.3, 0 }, { 0, 1.3 }, { -1.3, 0 } };
  static const double down[][2] = { { 0, 1.2 }, { -1.15, -.85 }, { 1.15, -.85 } };
  static const double plus[][2] = { { -.4, -1.2 }, { .4, -1.2 },  { .4, -.4 },
                                    { 1.2, -.4 },  { 1.2, .4 },   { .4, .4 },
                                    { .4, 1.2 },   { -.4, 1.2 },  { -.4, .4 },
                                    { -1.2, .4 },  { -1.2, -.4 }, { -.4, -.4 } };
  FocPlotColour colour = foc_plot_pen_colour (pen, canvas);

  foc_plot_canvas_set_colour (canvas, &colour);
  switch (pen->plain ? 0 : pen->look % N_MARKS)
    {
    case 0:
      cairo_arc (canvas->cr, x, y, MARK * canvas->em, 0, 2 * G_PI);
      cairo_fill (canvas->cr);
      break;
    case 1:
      polygon (canvas, x, y, square, G_N_ELEMENTS (square));
      break;
    case 2:
      polygon (canvas, x, y, up, G_N_ELEMENTS (up));
      break;
    case 3:
      polygon (canvas, x, y, diamond, G_N_ELEMENTS (diamond));
      break;
    case 4:
      polygon (canvas, x, y, down, G_N_ELEMENTS (down));
      break;
    default:
      polygon (canvas, x, y, plus, G_N_ELEMENTS (plus));
      break;
    }
}

/* The marks of a bold line: on every point, or where these are dense, here and there,
 * at other places for other looks. */
static void
draw_marks (FocPlotCanvas *canvas,
            const FocPlotPen *pen,
            const FocPlotPoint *points,
            gsize n)
{
  double span = fabs (points[n - 1].x - points[0].x);
  double distance =
    span < 1.5 * canvas->em * (double) (n - 1) ? MARK_DISTANCE * canvas->em : 0;
  /* How far from the last mark, along or across, the next one stands. */
  double next = distance * (0.1 + 0.618 * pen->look - floor (0.618 * pen->look));
  gsize last = 0;

  if (n == 2)
    next = 0;
  for (gsize i = 0; i < n; i++)
    if (MAX (fabs (points[i].x - points[last].x), fabs (points[i].y - points[last].y))
        >= next)
      {
        draw_mark (canvas, pen, points[i].x, points[i].y);
        last = i;
        next = distance;
      }
}

/* To the area, and `room` around it on the sides that no point is beyond: lines and marks
 * along an edge are seen in their whole width, those that leave the area end there. */
static void
clip (FocPlotCanvas *canvas,
      const FocPlotBox *area,
      double room,
      const FocPlotPoint *points,
      gsize n)
{
  double left = area->x, right = area->x + area->width;
  double top = area->y, bottom = area->y + area->height;
  /* Edges are where rounding may put them. */
  double slack = 1e-6 * (area->width + area->height);
  gboolean beyond[4] = { FALSE };

  for (gsize i = 0; i < n; i++)
    {
      beyond[0] |= points[i].x < left - slack;
      beyond[1] |= points[i].x > right + slack;
      beyond[2] |= points[i].y < top - slack;
      beyond[3] |= points[i].y > bottom + slack;
    }
  left -= beyond[0] ? 0 : room;
  right += beyond[1] ? 0 : room;
  top -= beyond[2] ? 0 : room;
  bottom += beyond[3] ? 0 : room;
  cairo_rectangle (canvas->cr, left, top, right - left, bottom - top);
  cairo_clip (canvas->cr);
}

static void
stroke (FocPlotCanvas *canvas, const FocPlotPen *pen, const FocPlotPoint *points, gsize n)
{
  double width = get_width (canvas, pen);
  g_autoptr (GArray) seen = foc_plot_decimate (
    points, n, canvas->map ? MAX (width / 2, 1) : 0.5, canvas->map ? width / 2 : 0);

  for (guint i = 0; i < seen->len; i++)
    {
      const FocPlotPoint *point = &g_array_index (seen, FocPlotPoint, i);

      cairo_line_to (canvas->cr, point->x, point->y);
    }
  apply_pen (canvas, pen);
  if (canvas->map && seen->len > SMOOTH)
    {
      cairo_set_antialias (canvas->cr, CAIRO_ANTIALIAS_FAST);
      cairo_set_line_join (canvas->cr, CAIRO_LINE_JOIN_BEVEL);
    }
  cairo_stroke (canvas->cr);
  cairo_set_antialias (canvas->cr, CAIRO_ANTIALIAS_DEFAULT);
  cairo_set_line_join (canvas->cr, CAIRO_LINE_JOIN_ROUND);
}

/* Noise, with a point or more on each pixel, fills a band. To draw that as a line would take
 * a hundred times as long. */

typedef struct
{
  double x, width, low, high;
} Column;

/* A column is a unit wide, and goes as far as the line on its way to the next one, which
 * it ends at. `height`: what the line goes up or down in one, on average. */
static GArray *
find_columns (const FocPlotPoint *points, gsize n, double *height)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (Column));

  *height = 0;
  for (gsize i = 0, end; i < n; i = end)
    {
      double place = floor (points[i].x);
      Column column = { place, 1, points[i].y, points[i].y };

      for (end = i; end < n && floor (points[end].x) == place; end++)
        {
          column.low = MIN (column.low, points[end].y);
          column.high = MAX (column.high, points[end].y);
        }
      if (end < n)
        {
          column.width = floor (points[end].x) - place;
          column.low = MIN (column.low, points[end].y);
          column.high = MAX (column.high, points[end].y);
        }
      g_array_append_val (columns, column);
      *height += column.high - column.low;
    }
  *height /= columns->len;
  return columns;
}

/* FALSE if the points are no noise: they are better drawn as a line, with its dashes. */
static gboolean
draw_band (FocPlotCanvas *canvas,
           const FocPlotPen *pen,
           const FocPlotPoint *points,
           gsize n)
{
  FocPlotColour colour = foc_plot_pen_colour (pen, canvas);
  double width = get_width (canvas, pen);
  g_autoptr (GArray) columns = NULL;
  double height;

  if (n < MANY || (double) n < fabs (points[n - 1].x - points[0].x))
    return FALSE;
  columns = find_columns (points, n, &height);
  if (height < NOISE * width)
    return FALSE;

  /* Whole pixels are filled many times as fast as any other shape. */
  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = &g_array_index (columns, Column, i);
      double top = round (column->low - width / 2);

      cairo_rectangle (canvas->cr, column->x, top, column->width,
                       round (column->high + width / 2) - top);
    }
  foc_plot_canvas_set_colour (canvas, &colour);
  cairo_set_antialias (canvas->cr, CAIRO_ANTIALIAS_NONE);
  cairo_fill (canvas->cr);
  cairo_set_antialias (canvas->cr, CAIRO_ANTIALIAS_DEFAULT);
  return TRUE;
}

/* Draws one run of points without a gap. */
static void
draw_run (FocPlotCanvas *canvas,
          const FocPlotBox *area,
          const FocPlotPen *pen,
          const FocPlotPoint *points,
          gsize n)
{
  cairo_save (canvas->cr);
  clip (canvas, area, MARK * canvas->em, points, n);
  if (n == 1)
    {
      draw_mark (canvas, pen, points[0].x, points[0].y);
      cairo_restore (canvas->cr);
      return;
    }
  if (!canvas->map || !draw_band (canvas, pen, points, n))
    stroke (canvas, pen, points, n);
  if (pen->bold)
    draw_marks (canvas, pen, points, n);
  cairo_restore (canvas->cr);
}

void
foc_plot_line_draw (const FocPlotFrame *frame,
                    FocPlotCanvas *canvas,
                    const FocPlotPen *pen,
                    const double *x,
                    const double *y,
                    gsize n)
{
  g_autofree FocPlotPoint *points = g_new (FocPlotPoint, MAX (n, 1));
  gsize length = 0;

  for (gsize i = 0; i <= n; i++)
    {
      FocPlotPoint point = { NAN, NAN };

      if (i < n)
        point = (FocPlotPoint){ foc_plot_frame_x (frame, x[i]),
                                foc_plot_frame_y (frame, y[i]) };
      if (!isnan (point.x) && !isnan (point.y))
        points[length++] = point;
      else if (length > 0)
        {
          draw_run (canvas, &frame->area, pen, points, length);
          length = 0;
        }
    }
}

void
foc_plot_line_draw_sample (FocPlotCanvas *canvas,
                           const FocPlotPen *pen,
                           double x,
                           double y,
                           double width)
{
  cairo_save (canvas->cr);
  apply_pen (canvas, pen);
  centre_dashes (canvas->cr, width / 2);
  cairo_move_to (canvas->cr, x - width / 2, y);
  cairo_rel_line_to (canvas->cr, width, 0);
  cairo_stroke (canvas->cr);
  if (pen->bold)
    draw_mark (canvas, pen, x, y);
  cairo_restore (canvas->cr);
}

void
foc_plot_star_draw (FocPlotCanvas *canvas,
                    const FocPlotColour *colour,
                    double x,
                    double y)
{
  cairo_t *cr = canvas->cr;

  for (guint i = 0; i < 10; i++)
    {
      double radius = canvas->em * (i % 2 == 0 ? 0.62 : 0.26);

      cairo_line_to (cr, x + radius * sin (i * G_PI / 5),
                     y - radius * cos (i * G_PI / 5));
    }
  cairo_close_path (cr);
  cairo_set_line_width (cr, 0.25 * canvas->em);
  foc_plot_canvas_set_colour (canvas, &canvas->palette->background);
  cairo_stroke_preserve (cr);
  foc_plot_canvas_set_colour (canvas, colour);
  cairo_fill (cr);
}

void
foc_plot_cross_draw (FocPlotCanvas *canvas,
                     const FocPlotColour *colour,
                     double x,
                     double y)
{
  double size = 0.4 * canvas->em;
  cairo_t *cr = canvas->cr;

  cairo_move_to (cr, x - size, y - size);
  cairo_rel_line_to (cr, 2 * size, 2 * size);
  cairo_move_to (cr, x - size, y + size);
  cairo_rel_line_to (cr, 2 * size, -2 * size);
  cairo_set_line_width (cr, 0.5 * canvas->em);
  foc_plot_canvas_set_colour (canvas, &canvas->palette->background);
  cairo_stroke_preserve (cr);
  cairo_set_line_width (cr, 0.22 * canvas->em);
  foc_plot_canvas_set_colour (canvas, colour);
  cairo_stroke (cr);
}

void
foc_plot_diagonal_draw (const FocPlotFrame *frame, FocPlotCanvas *canvas)
{
  const double dash[] = { 0.4 * canvas->em, 0.3 * canvas->em };

  cairo_save (canvas->cr);
  cairo_move_to (canvas->cr, frame->area.x, frame->area.y + frame->area.height);
  cairo_line_to (canvas->cr, frame->area.x + frame->area.width, frame->area.y);
  cairo_set_dash (canvas->cr, dash, G_N_ELEMENTS (dash), 0);
  cairo_set_line_width (canvas->cr, 0.1 * canvas->em);
  foc_plot_canvas_set_colour (canvas, &canvas->palette->faint);
  cairo_stroke (canvas->cr);
  cairo_restore (canvas->cr);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-square.h"

#include <math.h>

/* Whole pixels within the picture, a side of at most `room`. */
static void
place (double x,
       double y,
       double side,
       double room,
       int width,
       int height,
       FocRectangle *self)
{
  double most = floor (MIN (room, MIN (width, height)));

  side = CLAMP (round (side), MIN (FOC_SQUARE_SIDE_MIN, most), most);
  self->x = CLAMP (round (x), 0, width - side);
  self->y = CLAMP (round (y), 0, height - side);
  self->width = self->height = side;
}

static gboolean
find_edge (double at, double start, double side, double slack, int *edge)
{
  double inner = MIN (slack, side / 4);

  if (at < start - slack || at > start + side + slack)
    return FALSE;
  *edge = at < start + inner ? -1 : at > start + side - inner ? 1 : 0;
  return TRUE;
}

gboolean
foc_square_find_grip (const FocRectangle *self,
                      double x,
                      double y,
                      double slack,
                      FocSquareGrip *grip)
{
  return find_edge (x, self->x, self->width, slack, &grip->x)
         && find_edge (y, self->y, self->height, slack, &grip->y);
}

/* How far the side can grow in one direction, when `edge` is held. */
static double
get_room (int edge, double start, double side, int length)
{
  if (edge == 0)
    return length;
  return edge > 0 ? length - start : start + side;
}

/* Where it starts when its side is another. */
static double
get_start (int edge, double start, double side, double new_side)
{
  if (edge == 0)
    return start + (side - new_side) / 2;
  return edge > 0 ? start : start + side - new_side;
}

void
foc_square_drag (const FocRectangle *start,
                 FocSquareGrip grip,
                 double dx,
                 double dy,
                 int width,
                 int height,
                 FocRectangle *self)
{
  double side = start->width;
  double room = MIN (width, height);
  double grown;

  if (grip.x == 0 && grip.y == 0)
    {
      place (start->x + dx, start->y + dy, side, room, width, height, self);
      return;
    }

  /* A corner goes as far as the pointer has gone in the direction in which it is further. */
  grown = grip.x == 0   ? grip.y * dy
          : grip.y == 0 ? grip.x * dx
                        : MAX (grip.x * dx, grip.y * dy);
  room = MIN (get_room (grip.x, start->x, side, width),
              get_room (grip.y, start->y, side, height));
  place (0, 0, side + grown, room, width, height, self);
  place (get_start (grip.x, start->x, side, self->width),
         get_start (grip.y, start->y, side, self->width), self->width, room, width,
         height, self);
}

void
foc_square_scale (FocRectangle *self, double factor, int width, int height)
{
  const FocRectangle start = *self;
  double side = round (start.width * factor);
  double room = MIN (width, height);

  if (side == start.width)
    side += factor > 1 ? 1 : -1;
  place (0, 0, side, room, width, height, self);
  place (get_start (0, start.x, start.width, self->width),
         get_start (0, start.y, start.width, self->width), self->width, room, width,
         height, self);
}

gboolean
foc_square_equal (const FocRectangle *a, const FocRectangle *b)
{
  return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height;
}

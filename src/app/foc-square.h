/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-image.h"

/* The square of a picture that the network looks at, as it is dragged about: whole pixels
 * of the upright picture, never outside it, and no smaller than FOC_SQUARE_SIDE_MIN where
 * the picture is not, for the network has nothing to see in less. Pure arithmetic. */

#define FOC_SQUARE_SIDE_MIN 24

/* The edges that are held: -1 left or top, 1 right or bottom, 0 neither. Who holds none
 * holds the whole. */
typedef struct
{
  int x, y;
} FocSquareGrip;

/* What is held at the point `x`, `y`; FALSE outside. An edge is held from `slack` away, and
 * from as far inside where the square is large enough to leave half of it for its middle. */
gboolean foc_square_find_grip (const FocRectangle *self,
                               double x,
                               double y,
                               double slack,
                               FocSquareGrip *grip);

/* `start` when what is held has been moved by `dx`, `dy`. An edge leaves the opposite edge
 * where it is, a corner the opposite corner. */
void foc_square_drag (const FocRectangle *start,
                      FocSquareGrip grip,
                      double dx,
                      double dy,
                      int width,
                      int height,
                      FocRectangle *self);

/* Makes it so many times as large, but at least a pixel, around its middle as far as there
 * is room. */
void foc_square_scale (FocRectangle *self, double factor, int width, int height);

gboolean foc_square_equal (const FocRectangle *a, const FocRectangle *b);

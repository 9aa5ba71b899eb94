/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "foc-square.h"

/* A picture with the square of it that the network looks at, which can be moved: by the
 * pointer, at its middle, its edges and its corners, and by keys: arrows move it, with Shift
 * further, plus and minus make it larger and smaller, Home puts it back to where it is at
 * first, the largest in the middle.
 *
 * Signal "square-changed": the user has moved the square; once a frame at most.
 *
 * Property "description" (string, read-only): "Square of 512 pixels at 100, 80", or "". */

#define FOC_TYPE_SQUARE_VIEW (foc_square_view_get_type ())

G_DECLARE_FINAL_TYPE (FocSquareView, foc_square_view, FOC, SQUARE_VIEW, GtkWidget)

GtkWidget *foc_square_view_new (void);

/* Shows a picture, with its square in the middle. `levels`, as those of a FocShownPicture,
 * which must not change, may be smaller than the picture is in its file, width x height
 * pixels, upright, in which the square is told. NULL: none. */
void foc_square_view_set_picture (FocSquareView *self,
                                  GPtrArray *levels,
                                  int width,
                                  int height);

/* Of a picture that is shown. Where the user has just moved the square, and "square-changed"
 * is still to come, that counts instead. */
void foc_square_view_set_square (FocSquareView *self, const FocRectangle *square);
/* All 0 where no picture is shown. */
void foc_square_view_get_square (FocSquareView *self, FocRectangle *square);

/* Ends a drag that is under way, and puts the square back to where it was; FALSE: there is
 * none. */
gboolean foc_square_view_cancel_drag (FocSquareView *self);

/* As if the user had put it back. */
void foc_square_view_reset_square (FocSquareView *self);

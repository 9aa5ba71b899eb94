/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-explained.h"
#include "foc-image.h"

/* Paint over what the network sees of a square, and the way back: a step is a stroke, or that
 * all paint was taken away, by the square that moved on or by the user. Not for several
 * threads at once. */

/* So many steps can be undone. */
#define FOC_PAINT_N_STEPS 100

typedef struct _FocPaint FocPaint;

FocPaint *foc_paint_new (void);
void foc_paint_free (FocPaint *self);
/* No paint, and nothing to undo. */
void foc_paint_forget (FocPaint *self);

/* What is set from now on is a step of its own. */
void foc_paint_begin_stroke (FocPaint *self);
/* Sets `n` pixels, row * FOC_FEATURE_SIDE + column, of what is seen of `square`. */
void foc_paint_set (FocPaint *self,
                    const FocRectangle *square,
                    const guint *pixels,
                    guint n,
                    const guint8 rgb[FOC_FEATURE_CHANNELS]);
/* Takes away all paint, which is on `square`. */
void foc_paint_clear (FocPaint *self, const FocRectangle *square);
gboolean foc_paint_is_empty (const FocPaint *self);

gboolean foc_paint_can_undo (const FocPaint *self);
/* Takes the last step back. `square` becomes the one that was painted on then. */
void foc_paint_undo (FocPaint *self, FocRectangle *square);

/* Paints FOC_N_FEATURES bytes. */
void foc_paint_apply (const FocPaint *self, guint8 *features);

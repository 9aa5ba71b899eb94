/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-image.h"

/* What the decoders behind foc_image_load() share. They answer with a code: 0,
 * one of the image codes of FocError, or FOC_IMAGE_CANCELLED. */

#define FOC_IMAGE_CANCELLED (-1)

/* Whether the limits allow a picture of this size. */
gboolean foc_image_size_allowed (gint64 width, gint64 height);

/* Maps `rectangle`, in a picture of `width` x `height` pixels as stored, to the
 * upright picture; `orientation` is EXIF's, 1 ... 8. */
void
foc_image_turn (FocRectangle *rectangle, int orientation, double width, double height);

/* Takes `pixels` out of what all threads together may decode at once, waiting
 * until that many are free; FALSE when cancelled. A call may take at most
 * FOC_LIMIT_IMAGE_PIXELS, and a thread must not take twice: two that each hold
 * a part would wait for one another. */
gboolean foc_image_budget_take (guint64 pixels, GCancellable *cancellable);
void foc_image_budget_return (guint64 pixels);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-image-header.h"
#include "foc-image.h"

/* Decodes any picture but a JPEG, by gdk-pixbuf: the whole of it, as it has no
 * other way. `format` is what foc_image_header_format() found in `data`;
 * otherwise as foc_jpeg_decode(). */
int foc_image_loader_decode (FocImageFormat format,
                             const guint8 *data,
                             gsize length,
                             const FocRectangle *region,
                             FocImage *image,
                             GCancellable *cancellable);

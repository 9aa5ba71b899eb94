/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-image.h"

/* Decodes the JPEG in `data` as foc_image_load() says, by libjpeg-turbo; its
 * region and `min_side` as there. Answers with a code as in
 * foc-image-private.h. `image` is filled only if that is 0.
 *
 * Every file is read to its end mark, however little of it is wanted: whether
 * a picture counts as whole must not depend on the region. A file without end
 * mark is truncated. Bytes that belong nowhere are passed over as long as the
 * picture itself decodes without guessing. */
int foc_jpeg_decode (const guint8 *data,
                     gsize length,
                     const FocRectangle *region,
                     int min_side,
                     FocImage *image,
                     GCancellable *cancellable);

/* The version of libjpeg-turbo, such as "2.1.5". */
const char *foc_jpeg_get_version (void);

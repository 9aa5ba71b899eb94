/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-thumbnailer.h"

/* Decodes the thumbnail of the file `path`, `side` pixels a side; of a big file that is
 * no JPEG from the thumbnail that the desktop keeps, where it is valid and large enough.
 * Blocks; any thread. Errors are those of foc_image_load(). */
FocThumbnail *foc_thumbnail_decode (const char *path,
                                    guint side,
                                    GCancellable *cancellable,
                                    GError **error);

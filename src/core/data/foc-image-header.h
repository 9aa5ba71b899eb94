/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* What can be told about a picture without decoding it, and hence before any
 * library is trusted with it. A format that is not in this list is refused:
 * scalable ones have no pixels of their own, and the rarer loaders of
 * gdk-pixbuf (icons, cursors, bitmaps of X) are not worth their risk. */
typedef enum
{
  FOC_IMAGE_FORMAT_UNKNOWN,
  FOC_IMAGE_FORMAT_JPEG,
  FOC_IMAGE_FORMAT_PNG,
  FOC_IMAGE_FORMAT_GIF,
  FOC_IMAGE_FORMAT_BMP,
  FOC_IMAGE_FORMAT_PNM, /* the binary ones: P4, P5, P6         */
  FOC_IMAGE_FORMAT_TIFF,
  FOC_IMAGE_FORMAT_WEBP,
  FOC_IMAGE_FORMAT_ISO, /* HEIF and AVIF: boxes of ISO 14496-12 */
  FOC_IMAGE_FORMAT_JXL,
} FocImageFormat;

/* The format by the first bytes; names of files mean nothing. */
FocImageFormat foc_image_header_format (const guint8 *data, gsize length);

/* Whether a file of `format` is all there, and of a size within the limits, as
 * far as its outer structure tells: 0, or FOC_ERROR_IMAGE_TRUNCATED, _TOO_LARGE
 * or _DAMAGED. gdk-pixbuf must not be asked this: it returns PNG and BMP files
 * that end early as if they were whole, what is missing left uninitialised. JPEG
 * is not looked into, its decoder notices by itself. */
int foc_image_header_check (FocImageFormat format, const guint8 *data, gsize length);

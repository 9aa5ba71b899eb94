/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include <glib.h>

/* Encodes a CAIRO_FORMAT_RGB24 surface as JPEG: the pixels and nothing else, no
 * time and no name of a program, so that equal pictures are equal files. Free
 * the data with free(), it is libjpeg's. NULL only if the library gives up,
 * which for a valid surface it does for lack of memory alone. */
guint8 *foc_demo_encode_jpeg (cairo_surface_t *surface, int quality, gsize *length);

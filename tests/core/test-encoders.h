/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

/* Picture files for tests, written out by hand where gdk-pixbuf cannot write what is
 * wanted. */

typedef enum
{
  TEST_JPEG_COLOUR,
  TEST_JPEG_GREY,
  TEST_JPEG_CMYK,
} TestJpegColour;

/* Full resolution of colour, best quality. With `orientation` 0 no EXIF. */
GBytes *test_jpeg (GdkPixbuf *pixbuf,
                   TestJpegColour colour,
                   gboolean progressive,
                   int orientation,
                   gboolean big_endian);

/* `rows`: the scan lines without filter bytes. `colour_type` as in the PNG
 * standard; with `palette` (256 x RGB) a PLTE chunk. */
GBytes *test_png (guint32 width,
                  guint32 height,
                  guint bits,
                  guint colour_type,
                  const guint8 *rows,
                  gsize length,
                  const guint8 *palette);

/* The same, interlaced (Adam7), 8-bit RGB. */
GBytes *test_png_interlaced (GdkPixbuf *pixbuf);

/* A GIF of `n_frames` frames, each of one colour: red, green, blue ... */
GBytes *test_gif (int width, int height, int n_frames);

GBytes *test_pnm (GdkPixbuf *pixbuf);

/* By gdk-pixbuf; NULL if it cannot write `type`. */
GBytes *test_encode (GdkPixbuf *pixbuf, const char *type);

/* Whether gdk-pixbuf has a loader for `type`. */
gboolean test_can_load (const char *type);

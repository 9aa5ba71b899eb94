/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-preprocess.h"

/* Pictures for tests, made on the spot, and written out by hand where gdk-pixbuf
 * cannot write what is wanted. */

/* Smooth colours with a few hard edges, no two corners alike. */
GdkPixbuf *test_picture_new (int width, int height, gboolean alpha);

/* How a picture must be stored so that `orientation` makes it upright. */
GdkPixbuf *test_picture_store (GdkPixbuf *upright, int orientation);

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

/* A file in a folder of the test's own; free the name. */
char *test_write (const char *name, const void *data, gsize length);
char *test_write_bytes (const char *name, GBytes *bytes);
void test_folder_remove (void);

/* Area averaging as its definition says, in double. */
void test_average (GdkPixbuf *pixbuf,
                   const FocRectangle *region,
                   double features[FOC_N_FEATURES]);

/* The greatest difference. */
int test_difference (const guint8 *a, const guint8 *b, gsize length);

/* As RGB; the sizes must agree. */
int test_pixbuf_difference (GdkPixbuf *a, GdkPixbuf *b);

/* 0 if the file can be used, else the code. Whatever it is, it must be one of
 * the image codes, and name the file. */
int test_code_of_file (const char *path);
int test_code_of_data (const void *data, gsize length);
int test_code_of_bytes (GBytes *bytes);

/* What must succeed. */
void test_load (GBytes *bytes, const FocRectangle *region, int min_side, FocImage *image);
void test_features (GBytes *bytes, const FocRectangle *region, guint8 *features);

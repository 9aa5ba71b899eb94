/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

/* Bounded decoding of foreign pictures: JPEG by libjpeg-turbo, scaled while it
 * is decoded, PNG, GIF, BMP, binary PNM, TIFF, WebP, HEIF, AVIF and JPEG XL by
 * gdk-pixbuf as far as it has loaders; every other format is refused. EXIF
 * orientation is applied, and only the first frame of an animation is taken.
 *
 * A file is used whole or not at all: one that ends early or is damaged is
 * refused, even if the region that is wanted could be decoded. The limits are
 * those of foc-limits.h, checked before and after decoding. All threads together
 * never decode more than FOC_LIMIT_DECODING_PIXELS at once; a thread that would
 * exceed it waits. What counts is what must be held: the whole picture, but of
 * a JPEG of one scan only the pixels of the region. */

/* A rectangle in pixels, the origin in the upper left corner. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} FocRectangle;

typedef struct
{
  /* 8 bits a channel, RGB or RGBA, upright. It holds at least `region`. */
  GdkPixbuf *pixbuf;
  /* The region that was asked for, in pixels of `pixbuf`. */
  FocRectangle region;
  /* The size of the whole picture in the file, upright, in pixels. */
  int full_width;
  int full_height;
  /* It is the whole picture at its full size, whatever region was asked for: `region` may
   * be set to any other one, clipped, as if that had been loaded. So are all but JPEGs. */
  gboolean is_whole;
} FocImage;

/* Decodes the picture in the file `path`.
 *
 * `region` is the part that is wanted, in pixels of the whole upright picture;
 * it is clipped to it, of which at least a pixel a side remains, and NULL means
 * the centred largest square. `min_side` is
 * the number of pixels that the shorter side of the region needs: a JPEG is
 * decoded at the smallest of 1/8, 1/4, 1/2 and 1 that gives as many. The scale
 * follows from the region alone, so that the same region of the same file
 * always gives the same pixels.
 *
 * FALSE with one of the image codes of FocError, or G_IO_ERROR_CANCELLED. Free
 * the result with foc_image_clear(). Any thread. */
gboolean foc_image_load (const char *path,
                         const FocRectangle *region,
                         int min_side,
                         FocImage *image,
                         GCancellable *cancellable,
                         GError **error);

/* The same in two steps, for a picture that is in memory, or that is to be decoded several
 * times and not to change in between. foc_image_read() reads the file, of any format; NULL
 * with the errors above. foc_image_load_bytes() decodes; `name` stands for the file in its
 * errors, and may be a path. Any thread. */
GBytes *foc_image_read (const char *path, GCancellable *cancellable, GError **error);
gboolean foc_image_load_bytes (GBytes *bytes,
                               const char *name,
                               const FocRectangle *region,
                               int min_side,
                               FocImage *image,
                               GCancellable *cancellable,
                               GError **error);

/* Sets `region` to what foc_image_load() takes of a picture of this size: `wanted`
 * clipped to it, and at least a pixel a side; the centred largest square if `wanted` is
 * NULL. Any thread. */
void foc_image_choose_region (const FocRectangle *wanted,
                              int width,
                              int height,
                              FocRectangle *region);

/* Names the decoders and their versions: where two programs have the same, a
 * picture gives them the same pixels. Static string. */
const char *foc_image_get_decoders (void);

void foc_image_clear (FocImage *image);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocImage, foc_image_clear)

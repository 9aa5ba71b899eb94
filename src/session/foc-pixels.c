/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-pixels.h"

/* The region, scaled. Not foc_preprocess_image(): a small picture that is enlarged shall
 * look smooth, and nothing is learnt from these pixels. */
static GdkPixbuf *
scale (const FocImage *image, int width, int height)
{
  const FocRectangle *region = &image->region;
  double scale_x = width / region->width;
  double scale_y = height / region->height;
  gboolean alpha = gdk_pixbuf_get_has_alpha (image->pixbuf);
  GdkPixbuf *scaled = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, width, height);

  gdk_pixbuf_scale (image->pixbuf, scaled, 0, 0, width, height, -region->x * scale_x,
                    -region->y * scale_y, scale_x, scale_y, GDK_INTERP_BILINEAR);
  return scaled;
}

static gboolean
fits_as_it_is (const FocImage *image, int width, int height)
{
  const FocRectangle *region = &image->region;

  return (int) region->width == width && region->width == width
         && (int) region->height == height && region->height == height
         && (int) region->x == region->x && (int) region->y == region->y;
}

static inline guint8
on_white (guint level, guint alpha)
{
  return (guint8) ((level * alpha + 255 * (255 - alpha) + 127) / 255);
}

static void
convert_row (guint8 *out, const guint8 *in, int n_pixels, gboolean alpha)
{
  if (alpha)
    for (int x = 0; x < n_pixels; x++, in += 4, out += 4)
      {
        out[0] = on_white (in[2], in[3]);
        out[1] = on_white (in[1], in[3]);
        out[2] = on_white (in[0], in[3]);
        out[3] = 255;
      }
  else
    for (int x = 0; x < n_pixels; x++, in += 3, out += 4)
      {
        out[0] = in[2];
        out[1] = in[1];
        out[2] = in[0];
        out[3] = 255;
      }
}

GBytes *
foc_pixels_new (const FocImage *image, int width, int height)
{
  const gboolean as_it_is = fits_as_it_is (image, width, height);
  g_autoptr (GdkPixbuf) pixbuf =
    as_it_is ? g_object_ref (image->pixbuf) : scale (image, width, height);
  const gboolean alpha = gdk_pixbuf_get_has_alpha (pixbuf);
  const gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  const gsize left = as_it_is ? (gsize) image->region.x : 0;
  const gsize top = as_it_is ? (gsize) image->region.y : 0;
  const guint8 *in =
    gdk_pixbuf_read_pixels (pixbuf) + top * stride + left * (alpha ? 4 : 3);
  const gsize length = (gsize) width * (gsize) height * 4;
  guint8 *out = g_malloc (length);

  for (int y = 0; y < height; y++)
    convert_row (out + (gsize) y * (gsize) width * 4, in + (gsize) y * stride, width,
                 alpha);

  return g_bytes_new_take (out, length);
}

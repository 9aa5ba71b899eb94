/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-jpeg.h"

#include "foc-error.h"
#include "foc-exif.h"
#include "foc-image-private.h"
#include "foc-limits.h"

#include <math.h>
#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>

/* libjpeg reports errors by never returning: we jump back into foc_jpeg_decode
 * and free everything there. All that must survive the jump lives in this
 * struct, in the caller's frame, and no function that can be jumped out of
 * holds anything of its own. */
typedef struct
{
  struct jpeg_decompress_struct info;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf jump;
  int code;

  const guint8 *data;
  gsize length;
  const FocRectangle *wanted;
  int min_side;
  GCancellable *cancellable;

  int orientation;
  int full_width; /* upright */
  int full_height;
  FocRectangle region; /* as stored, in pixels of the scaled picture */
  int left;            /* the columns and rows around it */
  int top;
  int right;
  int bottom;
  guint64 budget;
  GdkPixbuf *pixbuf; /* as stored */
} Decoder;

static _Noreturn void
fail (Decoder *self, int code)
{
  self->code = code;
  longjmp (self->jump, 1);
}

static void
on_error (j_common_ptr info)
{
  Decoder *self = info->client_data;

  switch (info->err->msg_code)
    {
    case JERR_OUT_OF_MEMORY:
    case JERR_IMAGE_TOO_BIG:
    case JERR_WIDTH_OVERFLOW:
      fail (self, FOC_ERROR_IMAGE_TOO_LARGE);
    case JERR_SOF_UNSUPPORTED:
    case JERR_BAD_PRECISION:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_ARITH_NOTIMPL:
    case JERR_NOT_COMPILED:
    case JERR_CCIR601_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
      fail (self, FOC_ERROR_IMAGE_FORMAT);
    default:
      fail (self, FOC_ERROR_IMAGE_DAMAGED);
    }
}

/* After these warnings libjpeg goes on with pixels that it invents. The others
 * (bytes before a marker, odd versions) leave the picture as it was meant. */
static void
on_message (j_common_ptr info, int level)
{
  Decoder *self = info->client_data;

  if (level >= 0)
    return;

  switch (info->err->msg_code)
    {
    case JWRN_JPEG_EOF:
      fail (self, FOC_ERROR_IMAGE_TRUNCATED);
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
      fail (self, FOC_ERROR_IMAGE_DAMAGED);
    default:
      break;
    }
}

static void
on_output (j_common_ptr info)
{
}

/* Called for every row of blocks, also while the scans of a progressive file
 * are collected, which is before the first row of pixels. */
static void
on_progress (j_common_ptr info)
{
  Decoder *self = info->client_data;

  if (self->info.input_scan_number > FOC_LIMIT_JPEG_SCANS)
    fail (self, FOC_ERROR_IMAGE_TOO_LARGE);
  if (g_cancellable_is_cancelled (self->cancellable))
    fail (self, FOC_IMAGE_CANCELLED);
}

static void
read_header (Decoder *self)
{
  j_decompress_ptr info = &self->info;

  jpeg_create_decompress (info);
  self->progress.progress_monitor = on_progress;
  info->progress = &self->progress;
  jpeg_mem_src (info, self->data, (unsigned long) self->length);
  jpeg_read_header (info, TRUE);

  if (!foc_image_size_allowed (info->image_width, info->image_height))
    fail (self, FOC_ERROR_IMAGE_TOO_LARGE);
  if (info->data_precision != 8)
    fail (self, FOC_ERROR_IMAGE_FORMAT);

  switch (info->jpeg_color_space)
    {
    case JCS_GRAYSCALE:
    case JCS_RGB:
    case JCS_YCbCr:
      info->out_color_space = JCS_RGB;
      break;
    case JCS_CMYK:
    case JCS_YCCK:
      info->out_color_space = JCS_CMYK;
      break;
    default:
      fail (self, FOC_ERROR_IMAGE_FORMAT);
    }
}

/* From the region that is wanted to the scale and the pixels to keep. */
static void
choose_pixels (Decoder *self)
{
  j_decompress_ptr info = &self->info;
  int width = (int) info->image_width;
  int height = (int) info->image_height;
  gboolean sideways = self->orientation >= 5;
  double shorter_side;
  int divisor = 8;

  self->full_width = sideways ? height : width;
  self->full_height = sideways ? width : height;
  foc_image_choose_region (self->wanted, self->full_width, self->full_height,
                           &self->region);

  shorter_side = MIN (self->region.width, self->region.height);
  while (divisor > 1 && shorter_side / divisor < self->min_side)
    divisor /= 2;
  info->scale_num = 1;
  info->scale_denom = (unsigned int) divisor;

  /* Back to the stored picture: each turn undoes itself, but for the two
   * quarter turns, which undo each other. */
  foc_image_turn (&self->region,
                  self->orientation == 6   ? 8
                  : self->orientation == 8 ? 6
                                           : self->orientation,
                  self->full_width, self->full_height);

  /* A pixel of the scaled picture is exactly divisor x divisor pixels. Those at
   * the right and bottom edges may reach beyond the picture. */
  self->region.x /= divisor;
  self->region.y /= divisor;
  self->region.width /= divisor;
  self->region.height /= divisor;
  width = (width + divisor - 1) / divisor;
  height = (height + divisor - 1) / divisor;
  self->left = (int) floor (self->region.x);
  self->top = (int) floor (self->region.y);
  self->right = MIN (width, (int) ceil (self->region.x + self->region.width));
  self->bottom = MIN (height, (int) ceil (self->region.y + self->region.height));

  jpeg_calc_output_dimensions (info);
  /* Lossless JPEG, which newer versions know, cannot be scaled. */
  if ((int) info->output_width != width || (int) info->output_height != height)
    fail (self, FOC_ERROR_IMAGE_FORMAT);
}

static void
reserve (Decoder *self)
{
  j_decompress_ptr info = &self->info;
  int width = self->right - self->left;
  int height = self->bottom - self->top;
  guint64 pixels;

  /* One scan is decoded row by row, several need the whole picture at once. */
  if (jpeg_has_multiple_scans (info))
    pixels = (guint64) info->image_width * info->image_height;
  else
    pixels = (guint64) width * (guint64) height;
  if (!foc_image_budget_take (pixels, self->cancellable))
    fail (self, FOC_IMAGE_CANCELLED);
  self->budget = pixels;

  self->pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  if (self->pixbuf == NULL)
    fail (self, FOC_ERROR_IMAGE_TOO_LARGE);
}

/* The plain formula, without colour profiles: what a printer's inks leave of
 * the light. Adobe's programs, which write almost all such files, store the
 * complements of the amounts of ink. */
static void
rgb_from_cmyk (guint8 *rgb, const guint8 *cmyk, int n_pixels, gboolean inverted)
{
  guint flip = inverted ? 0 : 255;

  for (int i = 0; i < n_pixels; i++, rgb += 3, cmyk += 4)
    for (int channel = 0; channel < 3; channel++)
      rgb[channel] = (guint8) (((cmyk[channel] ^ flip) * (cmyk[3] ^ flip) + 127) / 255);
}

static void
read_pixels (Decoder *self)
{
  j_decompress_ptr info = &self->info;
  guint8 *pixels = gdk_pixbuf_get_pixels (self->pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (self->pixbuf);
  int width = self->right - self->left;
  gboolean whole_rows;
  JSAMPROW buffer;

  /* Guesses at what an unfinished progressive file leaves out differ between
   * versions of the library. */
  info->do_block_smoothing = FALSE;
  jpeg_start_decompress (info);
  whole_rows =
    (JDIMENSION) width == info->output_width && info->out_color_space == JCS_RGB;
  buffer = info->mem->alloc_sarray (
    (j_common_ptr) info, JPOOL_IMAGE,
    info->output_width * (JDIMENSION) info->output_components, 1)[0];

  while (info->output_scanline < info->output_height)
    {
      int y = (int) info->output_scanline;
      gboolean is_wanted = y >= self->top && y < self->bottom;
      guint8 *to = is_wanted ? pixels + (gsize) (y - self->top) * stride : NULL;
      const guint8 *from = buffer + (gsize) self->left * (gsize) info->output_components;

      jpeg_read_scanlines (info, is_wanted && whole_rows ? &to : &buffer, 1);
      if (!is_wanted || whole_rows)
        continue;

      if (info->out_color_space == JCS_CMYK)
        rgb_from_cmyk (to, from, width, info->saw_Adobe_marker);
      else
        memcpy (to, from, (gsize) width * 3);
    }

  jpeg_finish_decompress (info);
}

/* Hands over what was decoded, turned upright. */
static int
finish (Decoder *self, FocImage *image)
{
  int width = self->right - self->left;
  int height = self->bottom - self->top;

  if (self->orientation != 1)
    {
      const char orientation[] = { (char) ('0' + self->orientation), '\0' };
      GdkPixbuf *upright;

      gdk_pixbuf_set_option (self->pixbuf, "orientation", orientation);
      upright = gdk_pixbuf_apply_embedded_orientation (self->pixbuf);
      if (upright == NULL)
        return FOC_ERROR_IMAGE_TOO_LARGE;
      g_object_unref (self->pixbuf);
      self->pixbuf = upright;
    }

  image->region = self->region;
  image->region.x -= self->left;
  image->region.y -= self->top;
  foc_image_turn (&image->region, self->orientation, width, height);
  image->full_width = self->full_width;
  image->full_height = self->full_height;
  image->pixbuf = g_steal_pointer (&self->pixbuf);

  return 0;
}

int
foc_jpeg_decode (const guint8 *data,
                 gsize length,
                 const FocRectangle *region,
                 int min_side,
                 FocImage *image,
                 GCancellable *cancellable)
{
  Decoder self = {
    .data = data,
    .length = length,
    .wanted = region,
    .min_side = min_side,
    .cancellable = cancellable,
  };

  self.info.err = jpeg_std_error (&self.errors);
  self.info.client_data = &self;
  self.errors.error_exit = on_error;
  self.errors.emit_message = on_message;
  self.errors.output_message = on_output;
  self.orientation = foc_exif_orientation (data, length);

  if (setjmp (self.jump) == 0)
    {
      read_header (&self);
      choose_pixels (&self);
      reserve (&self);
      read_pixels (&self);
    }

  jpeg_destroy_decompress (&self.info);
  if (self.code == 0)
    self.code = finish (&self, image);
  foc_image_budget_return (self.budget);
  g_clear_object (&self.pixbuf);

  return self.code;
}

const char *
foc_jpeg_get_version (void)
{
  return G_STRINGIFY (LIBJPEG_TURBO_VERSION);
}

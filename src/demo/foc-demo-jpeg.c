/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo-jpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <jpeglib.h>

typedef struct
{
  struct jpeg_error_mgr base;
  jmp_buf escape;
} ErrorManager;

static void
give_up (j_common_ptr info)
{
  ErrorManager *errors = (ErrorManager *) info->err;

  longjmp (errors->escape, 1);
}

static void
stay_quiet (j_common_ptr info)
{
}

guint8 *
foc_demo_encode_jpeg (cairo_surface_t *surface, int quality, gsize *length)
{
  const guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  struct jpeg_compress_struct info;
  ErrorManager errors;
  unsigned char *data = NULL;
  unsigned long size = 0;

  info.err = jpeg_std_error (&errors.base);
  errors.base.error_exit = give_up;
  errors.base.output_message = stay_quiet;
  if (setjmp (errors.escape) != 0)
    {
      jpeg_destroy_compress (&info);
      /* libjpeg owns the buffer until it is finished, and it was not. */
      return NULL;
    }

  jpeg_create_compress (&info);
  jpeg_mem_dest (&info, &data, &size);
  info.image_width = (JDIMENSION) cairo_image_surface_get_width (surface);
  info.image_height = (JDIMENSION) cairo_image_surface_get_height (surface);
  info.input_components = 4;
  /* Cairo's pixels are words of 0xRRGGBB. */
  info.in_color_space = G_BYTE_ORDER == G_LITTLE_ENDIAN ? JCS_EXT_BGRX : JCS_EXT_XRGB;
  jpeg_set_defaults (&info);
  jpeg_set_quality (&info, quality, TRUE);
  info.dct_method = JDCT_ISLOW;
  jpeg_start_compress (&info, TRUE);
  while (info.next_scanline < info.image_height)
    {
      JSAMPROW row = (JSAMPROW) (pixels + info.next_scanline * stride);

      jpeg_write_scanlines (&info, &row, 1);
    }
  jpeg_finish_compress (&info);
  jpeg_destroy_compress (&info);

  *length = size;
  return data;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-encoders.h"

#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

GBytes *
test_jpeg (GdkPixbuf *pixbuf,
           TestJpegColour colour,
           gboolean progressive,
           int orientation,
           gboolean big_endian)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  g_autofree guint8 *row = g_malloc ((gsize) width * 4);
  struct jpeg_compress_struct info;
  struct jpeg_error_mgr errors;
  unsigned char *data = NULL;
  unsigned long length = 0;
  GBytes *bytes;

  info.err = jpeg_std_error (&errors);
  jpeg_create_compress (&info);
  jpeg_mem_dest (&info, &data, &length);
  info.image_width = (JDIMENSION) width;
  info.image_height = (JDIMENSION) height;
  info.input_components = colour == TEST_JPEG_CMYK ? 4 : colour == TEST_JPEG_GREY ? 1 : 3;
  info.in_color_space = colour == TEST_JPEG_CMYK   ? JCS_CMYK
                        : colour == TEST_JPEG_GREY ? JCS_GRAYSCALE
                                                   : JCS_RGB;
  jpeg_set_defaults (&info);
  if (colour == TEST_JPEG_CMYK)
    jpeg_set_colorspace (&info, JCS_YCCK);
  jpeg_set_quality (&info, 100, TRUE);
  for (int i = 0; i < info.num_components; i++)
    info.comp_info[i].h_samp_factor = info.comp_info[i].v_samp_factor = 1;
  if (progressive)
    jpeg_simple_progression (&info);
  jpeg_start_compress (&info, TRUE);

  if (orientation != 0)
    {
      guint8 little[] = "Exif\0\0II*\0\x08\0\0\0\x02\0"
                        "\x0f\x01\x02\0\x02\0\0\0A\0\0\0"
                        "\x12\x01\x03\0\x01\0\0\0?\0\0\0\0\0\0\0";
      guint8 big[] = "Exif\0\0MM\0*\0\0\0\x08\0\x01"
                     "\x01\x12\0\x03\0\0\0\x01\0?\0\0\0\0\0\0";

      *(guint8 *) memchr (little, '?', sizeof little) = (guint8) orientation;
      *(guint8 *) memchr (big, '?', sizeof big) = (guint8) orientation;
      if (big_endian)
        jpeg_write_marker (&info, JPEG_APP0 + 1, big, sizeof big - 1);
      else
        jpeg_write_marker (&info, JPEG_APP0 + 1, little, sizeof little - 1);
    }

  for (int y = 0; y < height; y++)
    {
      const guint8 *p =
        gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf);
      JSAMPROW rows[1] = { row };

      for (int x = 0; x < width; x++, p += gdk_pixbuf_get_n_channels (pixbuf))
        if (colour == TEST_JPEG_GREY)
          {
            row[x] = p[0];
          }
        else if (colour == TEST_JPEG_CMYK)
          {
            /* Complements of inks, as Adobe has it, and some black. */
            memcpy (row + x * 4, p, 3);
            row[x * 4 + 3] = (guint8) (255 - p[2] / 4);
          }
        else
          {
            memcpy (row + x * 3, p, 3);
          }
      jpeg_write_scanlines (&info, rows, 1);
    }

  jpeg_finish_compress (&info);
  jpeg_destroy_compress (&info);
  bytes = g_bytes_new (data, length);
  free (data);
  return bytes;
}

static void
append_32 (GByteArray *out, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (out, (const guint8 *) &big, 4);
}

static void
append_chunk (GByteArray *out, const char *name, const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffff;
  gsize start;

  append_32 (out, (guint32) length);
  start = out->len;
  g_byte_array_append (out, (const guint8 *) name, 4);
  if (length > 0)
    g_byte_array_append (out, data, (guint) length);
  for (gsize i = start; i < out->len; i++)
    {
      crc ^= out->data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
    }
  append_32 (out, ~crc);
}

static GBytes *
png_from_lines (guint32 width,
                guint32 height,
                guint bits,
                guint colour_type,
                gboolean interlaced,
                GByteArray *lines,
                const guint8 *palette)
{
  g_autoptr (GZlibCompressor) compressor =
    g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6);
  gsize room = lines->len + lines->len / 100 + 1000, read = 0, written = 0;
  g_autofree guint8 *packed = g_malloc (room);
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GByteArray) header = g_byte_array_new ();
  const guint8 rest[5] = { (guint8) bits, (guint8) colour_type, 0, 0, interlaced };

  g_assert_cmpint (g_converter_convert (G_CONVERTER (compressor), lines->data, lines->len,
                                        packed, room, G_CONVERTER_INPUT_AT_END, &read,
                                        &written, NULL),
                   ==, G_CONVERTER_FINISHED);

  g_byte_array_append (out, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_32 (header, width);
  append_32 (header, height);
  g_byte_array_append (header, rest, 5);
  append_chunk (out, "IHDR", header->data, header->len);
  if (palette != NULL)
    append_chunk (out, "PLTE", palette, 768);
  append_chunk (out, "IDAT", packed, written);
  append_chunk (out, "IEND", NULL, 0);

  return g_byte_array_free_to_bytes (out);
}

GBytes *
test_png (guint32 width,
          guint32 height,
          guint bits,
          guint colour_type,
          const guint8 *rows,
          gsize length,
          const guint8 *palette)
{
  const guint channels[] = { 1, 0, 3, 1, 2, 0, 4 };
  gsize row = ((gsize) width * bits * channels[colour_type] + 7) / 8;
  g_autoptr (GByteArray) lines = g_byte_array_new ();

  for (gsize at = 0; at + row <= length && row > 0; at += row)
    {
      g_byte_array_append (lines, (const guint8 *) "", 1);
      g_byte_array_append (lines, rows + at, (guint) row);
    }

  return png_from_lines (width, height, bits, colour_type, FALSE, lines, palette);
}

GBytes *
test_png_interlaced (GdkPixbuf *pixbuf)
{
  static const int passes[7][4] = { { 0, 0, 8, 8 }, { 4, 0, 8, 8 }, { 0, 4, 4, 8 },
                                    { 2, 0, 4, 4 }, { 0, 2, 2, 4 }, { 1, 0, 2, 2 },
                                    { 0, 1, 1, 2 } };
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  g_autoptr (GByteArray) lines = g_byte_array_new ();

  for (int pass = 0; pass < 7; pass++)
    for (int y = passes[pass][1]; y < height && passes[pass][0] < width;
         y += passes[pass][3])
      {
        g_byte_array_append (lines, (const guint8 *) "", 1);
        for (int x = passes[pass][0]; x < width; x += passes[pass][2])
          g_byte_array_append (lines,
                               gdk_pixbuf_get_pixels (pixbuf)
                                 + y * gdk_pixbuf_get_rowstride (pixbuf) + x * 3,
                               3);
      }

  return png_from_lines ((guint32) width, (guint32) height, 8, 2, TRUE, lines, NULL);
}

GBytes *
test_gif (int width, int height, int n_frames)
{
  const guint8 screen[] = { (guint8) width,
                            (guint8) (width >> 8),
                            (guint8) height,
                            (guint8) (height >> 8),
                            0xf6,
                            0,
                            0 };
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, (const guint8 *) "GIF89a", 6);
  g_byte_array_append (out, screen, sizeof screen);
  for (int i = 0; i < 128; i++)
    {
      const guint8 colour[] = { i % 3 == 0 ? 255 : 0, i % 3 == 1 ? 255 : 0,
                                i % 3 == 2 ? 255 : 0 };

      g_byte_array_append (out, colour, 3);
    }

  for (int frame = 0; frame < n_frames; frame++)
    {
      const guint8 start[] = { '!',
                               0xf9,
                               4,
                               0,
                               10,
                               0,
                               0,
                               0,
                               ',',
                               0,
                               0,
                               0,
                               0,
                               (guint8) width,
                               (guint8) (width >> 8),
                               (guint8) height,
                               (guint8) (height >> 8),
                               0,
                               7 };
      g_autoptr (GByteArray) codes = g_byte_array_new ();

      /* 8-bit codes throughout: the table is cleared before it outgrows them. */
      for (int i = 0; i < width * height; i++)
        {
          const guint8 pair[] = { 128, (guint8) frame };

          g_byte_array_append (codes, i % 100 == 0 ? pair : pair + 1,
                               i % 100 == 0 ? 2 : 1);
        }
      g_byte_array_append (codes, (const guint8 *) "\x81", 1);

      g_byte_array_append (out, start, sizeof start);
      for (guint at = 0; at < codes->len; at += 255)
        {
          const guint8 length = (guint8) MIN (255, codes->len - at);

          g_byte_array_append (out, &length, 1);
          g_byte_array_append (out, codes->data + at, length);
        }
      g_byte_array_append (out, (const guint8 *) "", 1);
    }
  g_byte_array_append (out, (const guint8 *) ";", 1);

  return g_byte_array_free_to_bytes (out);
}

GBytes *
test_pnm (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  g_autofree char *header =
    g_strdup_printf ("P6\n# by a test\n%d %d\n255\n", width, height);
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, (const guint8 *) header, (guint) strlen (header));
  for (int y = 0; y < height; y++)
    g_byte_array_append (
      out, gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf),
      (guint) width * 3);

  return g_byte_array_free_to_bytes (out);
}

GBytes *
test_encode (GdkPixbuf *pixbuf, const char *type)
{
  char *data = NULL;
  gsize length = 0;

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, type, NULL, NULL))
    return NULL;
  return g_bytes_new_take (data, length);
}

gboolean
test_can_load (const char *type)
{
  GSList *formats = gdk_pixbuf_get_formats ();
  gboolean found = FALSE;

  for (GSList *l = formats; l != NULL; l = l->next)
    {
      g_auto (GStrv) types = gdk_pixbuf_format_get_mime_types (l->data);
      g_autofree char *wanted = g_strconcat ("image/", type, NULL);

      found = found || g_strv_contains ((const char *const *) types, wanted);
    }
  g_slist_free (formats);
  return found;
}

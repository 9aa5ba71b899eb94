/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-image-header.h"

#include "foc-error.h"
#include "foc-image-private.h"

#include <string.h>

static guint
little_16 (const guint8 *bytes)
{
  return (guint) bytes[1] << 8 | bytes[0];
}

static guint32
little_32 (const guint8 *bytes)
{
  return (guint32) little_16 (bytes + 2) << 16 | little_16 (bytes);
}

static guint32
big_32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8
         | bytes[3];
}

#define BEGINS(data, length, text)                                                       \
  ((length) >= sizeof (text) - 1 && memcmp ((data), (text), sizeof (text) - 1) == 0)

FocImageFormat
foc_image_header_format (const guint8 *data, gsize length)
{
  if (BEGINS (data, length, "\xff\xd8\xff"))
    return FOC_IMAGE_FORMAT_JPEG;
  if (BEGINS (data, length, "\x89PNG\r\n\x1a\n"))
    return FOC_IMAGE_FORMAT_PNG;
  if (BEGINS (data, length, "GIF87a") || BEGINS (data, length, "GIF89a"))
    return FOC_IMAGE_FORMAT_GIF;
  if (BEGINS (data, length, "BM"))
    return FOC_IMAGE_FORMAT_BMP;
  if (length >= 3 && data[0] == 'P' && data[1] >= '4' && data[1] <= '6'
      && (g_ascii_isspace (data[2]) || data[2] == '#'))
    return FOC_IMAGE_FORMAT_PNM;
  if (BEGINS (data, length, "II*\0") || BEGINS (data, length, "MM\0*"))
    return FOC_IMAGE_FORMAT_TIFF;
  if (length >= 12 && BEGINS (data, length, "RIFF") && memcmp (data + 8, "WEBP", 4) == 0)
    return FOC_IMAGE_FORMAT_WEBP;
  if (length >= 12 && memcmp (data + 4, "ftyp", 4) == 0)
    return FOC_IMAGE_FORMAT_ISO;
  if (BEGINS (data, length, "\xff\x0a") || BEGINS (data, length, "\0\0\0\x0cJXL "))
    return FOC_IMAGE_FORMAT_JXL;

  return FOC_IMAGE_FORMAT_UNKNOWN;
}

static int
check_size (gint64 width, gint64 height)
{
  if (width <= 0 || height <= 0)
    return FOC_ERROR_IMAGE_DAMAGED;
  return foc_image_size_allowed (width, height) ? 0 : FOC_ERROR_IMAGE_TOO_LARGE;
}

/* PNG: length, name, data, checksum; again and again up to IEND. */
static int
check_png (const guint8 *data, gsize length)
{
  gsize position = 8;
  int code;

  if (length < 8 + 8 + 13)
    return FOC_ERROR_IMAGE_TRUNCATED;
  if (memcmp (data + 12, "IHDR", 4) != 0)
    return FOC_ERROR_IMAGE_DAMAGED;
  code = check_size (big_32 (data + 16), big_32 (data + 20));

  while (code == 0)
    {
      gsize chunk;

      if (length - position < 12)
        return FOC_ERROR_IMAGE_TRUNCATED;
      chunk = big_32 (data + position);
      if (chunk > length - position - 12)
        return FOC_ERROR_IMAGE_TRUNCATED;
      if (memcmp (data + position + 4, "IEND", 4) == 0)
        return 0;
      position += chunk + 12;
    }

  return code;
}

/* GIF: a sequence of sub-blocks, each after its length, up to an empty one. */
static gboolean
skip_sub_blocks (const guint8 *data, gsize length, gsize *position)
{
  while (*position < length && data[*position] != 0)
    *position += (gsize) data[*position] + 1;
  *position += 1;

  return *position <= length;
}

static gsize
palette_bytes (guint flags)
{
  return (flags & 0x80) != 0 ? (gsize) 3 << ((flags & 7) + 1) : 0;
}

static int
check_gif (const guint8 *data, gsize length)
{
  gsize position;
  int code;

  if (length < 13)
    return FOC_ERROR_IMAGE_TRUNCATED;
  code = check_size (little_16 (data + 6), little_16 (data + 8));
  if (code != 0)
    return code;

  position = 13 + palette_bytes (data[10]);
  while (position < length)
    switch (data[position])
      {
      case ';': /* the end */
        return 0;
      case '!': /* extension: a label, and sub-blocks */
        position += 2;
        if (!skip_sub_blocks (data, length, &position))
          return FOC_ERROR_IMAGE_TRUNCATED;
        break;
      case ',': /* frame: its place, a palette, a code size, and sub-blocks */
        if (length - position < 11)
          return FOC_ERROR_IMAGE_TRUNCATED;
        code =
          check_size (little_16 (data + position + 5), little_16 (data + position + 7));
        if (code != 0)
          return code;
        position += 11 + palette_bytes (data[position + 9]);
        if (!skip_sub_blocks (data, length, &position))
          return FOC_ERROR_IMAGE_TRUNCATED;
        break;
      default:
        return FOC_ERROR_IMAGE_DAMAGED;
      }

  return FOC_ERROR_IMAGE_TRUNCATED;
}

/* BMP: a file header of 14 bytes, a picture header that begins with its own
 * length, and somewhere the pixels in rows of whole 32-bit words. */
static int
check_bmp (const guint8 *data, gsize length)
{
  gint64 width, height;
  guint bits, compression = 0;
  guint64 needed;
  int code;

  if (length < 14 + 12)
    return FOC_ERROR_IMAGE_TRUNCATED;
  if (little_32 (data + 14) == 12)
    {
      width = little_16 (data + 18);
      height = little_16 (data + 20);
      bits = little_16 (data + 24);
    }
  else
    {
      if (length < 14 + 40)
        return FOC_ERROR_IMAGE_TRUNCATED;
      width = (gint32) little_32 (data + 18);
      height = ABS ((gint64) (gint32) little_32 (data + 22)); /* < 0: downwards */
      bits = little_16 (data + 28);
      compression = little_32 (data + 30);
    }

  code = check_size (width, height);
  if (code != 0)
    return code;

  /* Uncompressed (0, or 3 with masks) the rows tell the length, and the field
   * for it is often wrong. Otherwise only the field does. */
  if (compression == 0 || compression == 3)
    needed =
      little_32 (data + 10) + ((guint64) width * bits + 31) / 32 * 4 * (guint64) height;
  else
    needed = little_32 (data + 2);

  return length < needed ? FOC_ERROR_IMAGE_TRUNCATED : 0;
}

/* PNM: numbers in decimal, with space and comments between them; after the one
 * space that ends the last number, the pixels. */
static gboolean
read_number (const guint8 *data, gsize length, gsize *position, guint32 *number)
{
  gsize at = *position;
  guint64 value = 0;

  while (at < length && (g_ascii_isspace (data[at]) || data[at] == '#'))
    if (data[at++] == '#')
      while (at < length && data[at] != '\n')
        at++;

  if (at >= length || !g_ascii_isdigit (data[at]))
    return FALSE;
  for (; at < length && g_ascii_isdigit (data[at]); at++)
    {
      value = value * 10 + (guint64) (data[at] - '0');
      value = MIN (value, G_MAXINT32);
    }

  *position = at;
  *number = (guint32) value;
  return TRUE;
}

static int
check_pnm (const guint8 *data, gsize length)
{
  guint32 width, height, maximum = 255;
  gsize position = 2;
  guint64 row;
  int code;

  if (!read_number (data, length, &position, &width)
      || !read_number (data, length, &position, &height)
      || (data[1] != '4' && !read_number (data, length, &position, &maximum)))
    return position + 12 > length ? FOC_ERROR_IMAGE_TRUNCATED : FOC_ERROR_IMAGE_DAMAGED;

  code = check_size (width, height);
  if (code != 0)
    return code;

  if (data[1] == '4')
    row = ((guint64) width + 7) / 8;
  else
    row = (guint64) width * (data[1] == '6' ? 3 : 1) * (maximum > 255 ? 2 : 1);

  return length < position + 1 + row * height ? FOC_ERROR_IMAGE_TRUNCATED : 0;
}

/* Boxes (HEIF, AVIF, JPEG XL): a length that includes itself, and a name. */
static int
check_boxes (const guint8 *data, gsize length)
{
  gsize position = 0;

  while (position < length)
    {
      gsize left = length - position;
      guint64 box;

      if (left < 8)
        return FOC_ERROR_IMAGE_TRUNCATED;
      box = big_32 (data + position);
      if (box == 0) /* up to the end of the file */
        return 0;
      if (box == 1)
        {
          if (left < 16)
            return FOC_ERROR_IMAGE_TRUNCATED;
          box =
            (guint64) big_32 (data + position + 8) << 32 | big_32 (data + position + 12);
        }
      if (box < 8)
        return FOC_ERROR_IMAGE_DAMAGED;
      if (box > left)
        return FOC_ERROR_IMAGE_TRUNCATED;
      position += (gsize) box;
    }

  return 0;
}

int
foc_image_header_check (FocImageFormat format, const guint8 *data, gsize length)
{
  switch (format)
    {
    case FOC_IMAGE_FORMAT_PNG:
      return check_png (data, length);
    case FOC_IMAGE_FORMAT_GIF:
      return check_gif (data, length);
    case FOC_IMAGE_FORMAT_BMP:
      return check_bmp (data, length);
    case FOC_IMAGE_FORMAT_PNM:
      return check_pnm (data, length);
    case FOC_IMAGE_FORMAT_WEBP:
      return length - 8 < little_32 (data + 4) ? FOC_ERROR_IMAGE_TRUNCATED : 0;
    case FOC_IMAGE_FORMAT_ISO:
      return check_boxes (data, length);
    case FOC_IMAGE_FORMAT_JXL:
      return data[0] == 0 ? check_boxes (data, length) : 0;
    case FOC_IMAGE_FORMAT_UNKNOWN:
    case FOC_IMAGE_FORMAT_JPEG:
    case FOC_IMAGE_FORMAT_TIFF:
    default:
      return 0;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-exif.h"

#include <string.h>

#define MARKER_START_OF_SCAN 0xda
#define MARKER_END 0xd9
#define MARKER_APP1 0xe1

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3

#define IFD_ENTRY_BYTES 12

static guint
read_16 (const guint8 *bytes, gboolean big_endian)
{
  return big_endian ? (guint) bytes[0] << 8 | bytes[1] : (guint) bytes[1] << 8 | bytes[0];
}

static guint32
read_32 (const guint8 *bytes, gboolean big_endian)
{
  guint32 first = read_16 (bytes, big_endian);
  guint32 second = read_16 (bytes + 2, big_endian);

  return big_endian ? first << 16 | second : second << 16 | first;
}

/* EXIF is a little TIFF file. Its first directory describes the picture, the
 * later ones the thumbnail. */
static int
orientation_of_tiff (const guint8 *tiff, gsize length)
{
  gboolean big_endian;
  gsize offset;
  guint n_entries;

  if (length < 8)
    return 1;
  if (memcmp (tiff, "MM", 2) == 0)
    big_endian = TRUE;
  else if (memcmp (tiff, "II", 2) == 0)
    big_endian = FALSE;
  else
    return 1;
  if (read_16 (tiff + 2, big_endian) != 42)
    return 1;

  offset = read_32 (tiff + 4, big_endian);
  if (offset > length - 2)
    return 1;
  n_entries = read_16 (tiff + offset, big_endian);
  offset += 2;

  for (guint i = 0; i < n_entries && length - offset >= IFD_ENTRY_BYTES; i++)
    {
      const guint8 *entry = tiff + offset;

      if (read_16 (entry, big_endian) == TAG_ORIENTATION)
        {
          guint value = read_16 (entry + 8, big_endian);

          if (read_16 (entry + 2, big_endian) != TYPE_SHORT || value < 1 || value > 8)
            return 1;
          return (int) value;
        }
      offset += IFD_ENTRY_BYTES;
    }

  return 1;
}

int
foc_exif_orientation (const guint8 *data, gsize length)
{
  static const char signature[6] = "Exif\0";
  gsize position = 2; /* after the start marker */

  while (position < length && length - position >= 4)
    {
      guint marker = data[position + 1];
      gsize segment;

      if (data[position] != 0xff)
        return 1;
      if (marker == 0xff) /* any number of these may come before a marker */
        {
          position++;
          continue;
        }
      if (marker == MARKER_START_OF_SCAN || marker == MARKER_END)
        return 1;

      position += 2;
      segment = read_16 (data + position, TRUE);
      if (segment < 2 || segment > length - position)
        return 1;
      if (marker == MARKER_APP1 && segment >= 2 + sizeof signature
          && memcmp (data + position + 2, signature, sizeof signature) == 0)
        return orientation_of_tiff (data + position + 2 + sizeof signature,
                                    segment - 2 - sizeof signature);
      position += segment;
    }

  return 1;
}

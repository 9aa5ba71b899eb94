/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-protobuf.h"

#include <string.h>

enum
{
  WIRE_VARINT = 0,
  WIRE_LENGTH = 2,
};

/* Seven bits a byte, the lowest first; the eighth says that more follow. */
static void
add_varint (GByteArray *message, guint64 value)
{
  do
    {
      guint8 byte = (guint8) (value & 0x7f);

      value >>= 7;
      if (value != 0)
        byte |= 0x80;
      g_byte_array_append (message, &byte, 1);
    }
  while (value != 0);
}

void
foc_protobuf_add_uint (GByteArray *message, guint field, guint64 value)
{
  add_varint (message, field << 3 | WIRE_VARINT);
  add_varint (message, value);
}

void
foc_protobuf_begin (GByteArray *message, guint field, guint64 length)
{
  add_varint (message, field << 3 | WIRE_LENGTH);
  add_varint (message, length);
}

void
foc_protobuf_add_string (GByteArray *message, guint field, const char *value)
{
  gsize length = strlen (value);

  foc_protobuf_begin (message, field, length);
  g_byte_array_append (message, (const guint8 *) value, (guint) length);
}

void
foc_protobuf_add_message (GByteArray *message, guint field, GByteArray *value)
{
  foc_protobuf_begin (message, field, value->len);
  if (value->len > 0)
    g_byte_array_append (message, value->data, value->len);
  g_byte_array_unref (value);
}

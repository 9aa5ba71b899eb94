/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* As much of the wire format of Protocol Buffers as ONNX files need: a message is a
 * sequence of fields, each a tag (its number, and how its value is written) and a
 * value. Each function adds one field to `message`. */

/* A number, or an enumeration. */
void foc_protobuf_add_uint (GByteArray *message, guint field, guint64 value);
void foc_protobuf_add_string (GByteArray *message, guint field, const char *value);
/* A message in a message; `value` is taken over. */
void foc_protobuf_add_message (GByteArray *message, guint field, GByteArray *value);

/* Only the head of a field of bytes, or of a message, of `length` bytes: these follow
 * where the message is written. */
void foc_protobuf_begin (GByteArray *message, guint field, guint64 length);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-incoming.h"

/* For foc-incoming*.c only: foc-incoming.c reads, foc-incoming-kinds.c knows what is what. */

#define FOC_INCOMING_ADDRESSES "text/uri-list"

/* The first type of the source's own choice that the decoders know, or NULL; until `formats`
 * go. */
const char *foc_incoming_find_picture_type (GdkContentFormats *formats);

/* The files of a list of addresses, or of text whose lines are paths and addresses of files;
 * NULL if one of these is neither. Free with g_ptr_array_unref(). */
GPtrArray *foc_incoming_parse_addresses (const char *text);
GPtrArray *foc_incoming_parse_text (const char *text);

gboolean foc_incoming_is_on_web (GFile *file);

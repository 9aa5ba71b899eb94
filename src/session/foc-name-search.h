/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Names of files in which somebody looks for a text, whatever its case. Any thread. */

/* What is looked for, as foc_name_search_matches() wants it: NULL for nothing. g_free(). */
char *foc_name_search_fold (const char *text);

/* `name` is a file's, without its folder, in the encoding of names. */
gboolean foc_name_search_matches (const char *folded, const char *name);

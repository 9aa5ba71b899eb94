/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "foc-json.h"

/* What the program prints. Text for people goes through g_print(): where the
 * locale is not UTF-8, its quotes and the like are those of ASCII, and names keep their
 * bytes, so that they can be copied. Documents go through foc_cli_put() and are UTF-8
 * everywhere. Everything that is no result goes to standard error.
 *
 * A result that cannot be written is an error like any other: the program says so
 * once, stops what it does, and ends with status 1. */

/* Before anything is printed and before any file is opened. `cancellable` is
 * cancelled when a result could not be written. */
void foc_cli_output_init (GCancellable *cancellable);

/* Prints a line to standard error behind the program's name. What it quotes is cut
 * short in the middle where it is longer than 200 characters. */
void foc_cli_warn (const char *message);

/* Prints a part of a document to standard output. */
void foc_cli_put (const char *text);

/* The same for a field of CSV, quoted where it has to be, and for a JSON document. */
void foc_cli_put_csv_field (const char *text);
void foc_cli_put_json (JsonBuilder *builder);

/* The name of a file, fit for a terminal: foc_text_escape(), in characters that it has.
 * Free with g_free(). */
char *foc_cli_display_name (const char *path);

/* `text` without its middle, where it is longer than `max` characters. g_free(). */
char *foc_cli_shorten (const char *text, guint max);

/* The uri of a file, free with g_free(). */
char *foc_cli_get_uri (const char *path);

/* Adds the member `name` with the readable name of a file to an object and, if that
 * is not its exact name, the member `uri_name`. `folder` is where a relative path
 * begins; NULL: in the current folder. */
void foc_cli_add_file (JsonBuilder *builder,
                       const char *name,
                       const char *uri_name,
                       const char *folder,
                       const char *path);

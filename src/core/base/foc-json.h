/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

/* JSON that may come from elsewhere, and JSON that others shall be able to read.
 * json-glib crashes on very deep nesting, keeps one of two equal names and writes
 * NaN as it is; this stands between. */

/* Parses an object. Refused are nesting beyond FOC_LIMIT_JSON_DEPTH, a name that stands
 * twice in one object or is written with an escape, and whatever is no JSON:
 * returns NULL with G_IO_ERROR_INVALID_DATA and a clause that says what is wrong,
 * to be put behind a file's name. Free with json_object_unref(). */
JsonObject *foc_json_parse (const char *text, gsize length, GError **error);

/* The members of foreign objects. Each returns FALSE, and leaves the value alone,
 * if the member is missing, of another kind, or out of range. */
gboolean foc_json_get_int (JsonObject *object,
                           const char *name,
                           gint64 min,
                           gint64 max,
                           gint64 *value);
/* null is NaN, which passes. */
gboolean foc_json_get_double (JsonObject *object,
                              const char *name,
                              double min,
                              double max,
                              double *value);
gboolean foc_json_get_boolean (JsonObject *object, const char *name, gboolean *value);
/* The string belongs to the object. */
gboolean foc_json_get_string (JsonObject *object, const char *name, const char **value);
/* The array or object belongs to the object. */
gboolean foc_json_get_array (JsonObject *object,
                             const char *name,
                             guint max_length,
                             JsonArray **value);
gboolean foc_json_get_object (JsonObject *object, const char *name, JsonObject **value);

/* Adds a member; a value that is not finite becomes null. */
void foc_json_add_double (JsonBuilder *builder, const char *name, double value);
void foc_json_add_int (JsonBuilder *builder, const char *name, gint64 value);
void foc_json_add_string (JsonBuilder *builder, const char *name, const char *value);
void
foc_json_add_strings (JsonBuilder *builder, const char *name, const char *const *values);

/* What was built, as text; free with g_free(). */
char *foc_json_to_string (JsonBuilder *builder, gboolean pretty, gsize *length);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

/* JSON that may come from elsewhere, and JSON that others shall be able to read.
 * json-glib crashes on very deep nesting, keeps one of two equal names, reads
 * comments, strings in single quotes and several documents in a row, and writes
 * NaN, 1e+22 and control characters in ways that are no JSON; this stands between:
 * foc-json.c reads, foc-json-writer.c writes. */

/* Parses an object. Refused are nesting beyond FOC_LIMIT_JSON_DEPTH, a name that stands
 * twice in one object or is written with an escape, and whatever is no JSON:
 * returns NULL with G_IO_ERROR_INVALID_DATA and a clause that says what is wrong,
 * to be put behind a file's name. Free with json_object_unref(). */
JsonObject *foc_json_parse (const char *text, gsize length, GError **error);

/* Parses an array of strings that are not empty; NULL if it is anything else, or
 * longer than `max_length`. Free with g_strfreev(). */
GStrv foc_json_parse_strings (const char *text, guint max_length);

/* The members of foreign objects. Each returns FALSE, and leaves the value alone,
 * if the member is missing, of another kind, or out of range. */
gboolean foc_json_get_int (JsonObject *object,
                           const char *name,
                           gint64 min,
                           gint64 max,
                           gint64 *value);
/* null is NaN, which passes whatever the range. */
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
/* Strings that are not empty; free with g_strfreev(). */
gboolean foc_json_get_strings (JsonObject *object,
                               const char *name,
                               guint max_length,
                               GStrv *values);
/* Up to `max_length` numbers, for which there is room in `values`; how many there
 * are goes to `n`. After a failure `values` may hold some of them. */
gboolean foc_json_get_uints (JsonObject *object,
                             const char *name,
                             guint max_length,
                             guint *values,
                             guint *n);
gboolean foc_json_get_doubles (JsonObject *object,
                               const char *name,
                               double min,
                               double max,
                               guint max_length,
                               double *values,
                               guint *n);

/* The same for the elements of arrays; `i` is less than the array's length. */
gboolean
foc_json_array_get_int (JsonArray *array, guint i, gint64 min, gint64 max, gint64 *value);
gboolean foc_json_array_get_double (JsonArray *array,
                                    guint i,
                                    double min,
                                    double max,
                                    double *value);
gboolean foc_json_array_get_string (JsonArray *array, guint i, const char **value);
gboolean
foc_json_array_get_array (JsonArray *array, guint i, guint max_length, JsonArray **value);
gboolean foc_json_array_get_object (JsonArray *array, guint i, JsonObject **value);

/* Adds a member; a value that is not finite becomes null. */
void foc_json_add_double (JsonBuilder *builder, const char *name, double value);
void foc_json_add_int (JsonBuilder *builder, const char *name, gint64 value);
void foc_json_add_string (JsonBuilder *builder, const char *name, const char *value);
void
foc_json_add_strings (JsonBuilder *builder, const char *name, const char *const *values);
void
foc_json_add_uints (JsonBuilder *builder, const char *name, const guint *values, guint n);
void foc_json_add_doubles (JsonBuilder *builder,
                           const char *name,
                           const double *values,
                           guint n);

/* Adds an element, or the value of a member that was begun. */
void foc_json_add_double_value (JsonBuilder *builder, double value);
void foc_json_add_doubles_value (JsonBuilder *builder, const double *values, guint n);
void foc_json_add_strings_value (JsonBuilder *builder, const char *const *values);

/* What was built, as text, numbers with the fewest digits that are exact; free with
 * g_free(). `pretty` breaks it into lines. `length` may be NULL. */
char *foc_json_to_string (JsonBuilder *builder, gboolean pretty, gsize *length);

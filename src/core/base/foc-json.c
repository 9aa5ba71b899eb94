/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-json.h"

#include "foc-limits.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What may stand outside of strings: in "true", "false", "null" and in numbers, too.
 * json-glib would take much more, such as comments and strings in single quotes, in
 * which a walk that knows only JSON is led astray. */
#define OUTSIDE " \t\r\n{}[]:,0123456789+-.eEtrufalsn"

/* Walks over JSON text far enough to know nesting and names; whether it is right
 * in all else is for the parser to say. */
static const char *
find_problem (const char *text, gsize length)
{
  GHashTable *names[FOC_LIMIT_JSON_DEPTH] = { NULL }; /* of the open objects */
  const char *end = text + length;
  const char *problem = NULL;
  const char *string = NULL; /* the latest string, and where it ends */
  const char *string_end = NULL;
  gboolean complete = FALSE; /* the outermost object was closed */
  guint depth = 0;

  for (const char *c = text; c < end && problem == NULL; c++)
    switch (*c)
      {
      case '{':
      case '[':
        if (depth == FOC_LIMIT_JSON_DEPTH)
          problem = _ ("its JSON is nested too deeply");
        else if (complete)
          problem = _ ("its JSON is damaged");
        else
          names[depth++] =
            *c == '{' ? g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL)
                      : NULL;
        break;

      case '}':
      case ']':
        if (depth == 0)
          problem = _ ("its JSON is damaged");
        else
          g_clear_pointer (&names[--depth], g_hash_table_unref);
        complete = depth == 0;
        break;

      case '"':
        string = c + 1;
        for (c++; c < end && *c != '"'; c++)
          if (*c == '\\' && c + 1 < end)
            c++;
        string_end = c;
        if (c == end || depth == 0)
          problem = _ ("its JSON is damaged");
        break;

      case ':':
        if (depth == 0 || names[depth - 1] == NULL || string == NULL)
          problem = _ ("its JSON is damaged");
        else if (memchr (string, '\\', (gsize) (string_end - string)) != NULL)
          problem = _ ("a name in its JSON is written with an escape");
        else if (!g_hash_table_add (names[depth - 1],
                                    g_strndup (string, (gsize) (string_end - string))))
          problem = _ ("a name stands twice in its JSON");
        string = NULL;
        break;

      default:
        if (*c == '\0' || strchr (depth > 0 ? OUTSIDE : " \t\r\n", *c) == NULL)
          problem = _ ("its JSON is damaged");
        break;
      }

  if (problem == NULL && !complete)
    problem = _ ("its JSON is damaged");
  while (depth > 0)
    g_clear_pointer (&names[--depth], g_hash_table_unref);

  return problem;
}

JsonObject *
foc_json_parse (const char *text, gsize length, GError **error)
{
  const char *problem = find_problem (text, length);
  g_autoptr (JsonParser) parser = NULL;
  JsonNode *root;

  if (problem != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, problem);
      return NULL;
    }

  parser = json_parser_new_immutable ();
  if (!g_utf8_validate_len (text, length, NULL)
      || !json_parser_load_from_data (parser, text, (gssize) length, NULL)
      || (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("its JSON is damaged"));
      return NULL;
    }

  return json_object_ref (json_node_get_object (root));
}

GStrv
foc_json_parse_strings (const char *text, guint max_length)
{
  /* As a member of an object, which is what foc_json_parse() takes. */
  g_autofree char *wrapped = g_strdup_printf ("{\"strings\":%s}", text);
  g_autoptr (JsonObject) object = foc_json_parse (wrapped, strlen (wrapped), NULL);
  GStrv strings = NULL;

  if (object == NULL || json_object_get_size (object) != 1
      || !foc_json_get_strings (object, "strings", max_length, &strings))
    return NULL;

  return strings;
}

/* Of a node, which may be NULL. */

static gboolean
is_value (JsonNode *node, GType type)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == type;
}

static gboolean
get_int (JsonNode *node, gint64 min, gint64 max, gint64 *value)
{
  gint64 number;

  if (!is_value (node, G_TYPE_INT64))
    return FALSE;
  number = json_node_get_int (node);
  if (number < min || number > max)
    return FALSE;

  *value = number;
  return TRUE;
}

static gboolean
get_double (JsonNode *node, double min, double max, double *value)
{
  double number;

  if (node != NULL && JSON_NODE_HOLDS_NULL (node))
    {
      *value = NAN;
      return TRUE;
    }
  if (!is_value (node, G_TYPE_DOUBLE) && !is_value (node, G_TYPE_INT64))
    return FALSE;
  number = json_node_get_double (node);
  if (!(number >= min && number <= max))
    return FALSE;

  *value = number;
  return TRUE;
}

static gboolean
get_string (JsonNode *node, const char **value)
{
  if (!is_value (node, G_TYPE_STRING))
    return FALSE;
  *value = json_node_get_string (node);
  return TRUE;
}

static gboolean
get_array (JsonNode *node, guint max_length, JsonArray **value)
{
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)
      || json_array_get_length (json_node_get_array (node)) > max_length)
    return FALSE;
  *value = json_node_get_array (node);
  return TRUE;
}

static gboolean
get_object (JsonNode *node, JsonObject **value)
{
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  *value = json_node_get_object (node);
  return TRUE;
}

/* Of a member */

gboolean
foc_json_get_int (JsonObject *object,
                  const char *name,
                  gint64 min,
                  gint64 max,
                  gint64 *value)
{
  return get_int (json_object_get_member (object, name), min, max, value);
}

gboolean
foc_json_get_double (JsonObject *object,
                     const char *name,
                     double min,
                     double max,
                     double *value)
{
  return get_double (json_object_get_member (object, name), min, max, value);
}

gboolean
foc_json_get_boolean (JsonObject *object, const char *name, gboolean *value)
{
  JsonNode *node = json_object_get_member (object, name);

  if (!is_value (node, G_TYPE_BOOLEAN))
    return FALSE;
  *value = json_node_get_boolean (node);
  return TRUE;
}

gboolean
foc_json_get_string (JsonObject *object, const char *name, const char **value)
{
  return get_string (json_object_get_member (object, name), value);
}

gboolean
foc_json_get_array (JsonObject *object,
                    const char *name,
                    guint max_length,
                    JsonArray **value)
{
  return get_array (json_object_get_member (object, name), max_length, value);
}

gboolean
foc_json_get_object (JsonObject *object, const char *name, JsonObject **value)
{
  return get_object (json_object_get_member (object, name), value);
}

gboolean
foc_json_get_strings (JsonObject *object,
                      const char *name,
                      guint max_length,
                      GStrv *values)
{
  g_autoptr (GStrvBuilder) strings = g_strv_builder_new ();
  JsonArray *array;

  if (!foc_json_get_array (object, name, max_length, &array))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *string;

      if (!foc_json_array_get_string (array, i, &string) || *string == '\0')
        return FALSE;
      g_strv_builder_add (strings, string);
    }

  *values = g_strv_builder_end (strings);
  return TRUE;
}

gboolean
foc_json_get_uints (JsonObject *object,
                    const char *name,
                    guint max_length,
                    guint *values,
                    guint *n)
{
  JsonArray *array;

  if (!foc_json_get_array (object, name, max_length, &array))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gint64 value;

      if (!foc_json_array_get_int (array, i, 0, G_MAXUINT, &value))
        return FALSE;
      values[i] = (guint) value;
    }

  *n = json_array_get_length (array);
  return TRUE;
}

gboolean
foc_json_get_doubles (JsonObject *object,
                      const char *name,
                      double min,
                      double max,
                      guint max_length,
                      double *values,
                      guint *n)
{
  JsonArray *array;

  if (!foc_json_get_array (object, name, max_length, &array))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!foc_json_array_get_double (array, i, min, max, &values[i]))
      return FALSE;

  *n = json_array_get_length (array);
  return TRUE;
}

/* Of an array */

gboolean
foc_json_array_get_int (JsonArray *array, guint i, gint64 min, gint64 max, gint64 *value)
{
  return get_int (json_array_get_element (array, i), min, max, value);
}

gboolean
foc_json_array_get_double (JsonArray *array,
                           guint i,
                           double min,
                           double max,
                           double *value)
{
  return get_double (json_array_get_element (array, i), min, max, value);
}

gboolean
foc_json_array_get_string (JsonArray *array, guint i, const char **value)
{
  return get_string (json_array_get_element (array, i), value);
}

gboolean
foc_json_array_get_array (JsonArray *array, guint i, guint max_length, JsonArray **value)
{
  return get_array (json_array_get_element (array, i), max_length, value);
}

gboolean
foc_json_array_get_object (JsonArray *array, guint i, JsonObject **value)
{
  return get_object (json_array_get_element (array, i), value);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-json.h"

#include "foc-limits.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

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
  guint depth = 0;

  for (const char *c = text; c < end && problem == NULL; c++)
    switch (*c)
      {
      case '{':
      case '[':
        if (depth == FOC_LIMIT_JSON_DEPTH)
          problem = _ ("its JSON is nested too deeply");
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
        break;

      case '"':
        string = c + 1;
        for (c++; c < end && *c != '"'; c++)
          if (*c == '\\')
            c++;
        string_end = c;
        break;

      case ':':
        if (depth == 0 || names[depth - 1] == NULL || string == NULL || string_end >= end)
          problem = _ ("its JSON is damaged");
        else if (memchr (string, '\\', (gsize) (string_end - string)) != NULL)
          problem = _ ("a name in its JSON is written with an escape");
        else if (!g_hash_table_add (names[depth - 1],
                                    g_strndup (string, (gsize) (string_end - string))))
          problem = _ ("a name stands twice in its JSON");
        string = NULL;
        break;

      default:
        break;
      }

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

static JsonNode *
get_value (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == type
           ? node
           : NULL;
}

gboolean
foc_json_get_int (JsonObject *object,
                  const char *name,
                  gint64 min,
                  gint64 max,
                  gint64 *value)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64);
  gint64 number;

  if (node == NULL)
    return FALSE;
  number = json_node_get_int (node);
  if (number < min || number > max)
    return FALSE;

  *value = number;
  return TRUE;
}

gboolean
foc_json_get_double (JsonObject *object,
                     const char *name,
                     double min,
                     double max,
                     double *value)
{
  JsonNode *node = json_object_get_member (object, name);
  double number;

  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_NULL (node))
    {
      *value = NAN;
      return TRUE;
    }
  if (get_value (object, name, G_TYPE_DOUBLE) == NULL
      && get_value (object, name, G_TYPE_INT64) == NULL)
    return FALSE;
  number = json_node_get_double (node);
  if (!(number >= min && number <= max))
    return FALSE;

  *value = number;
  return TRUE;
}

gboolean
foc_json_get_boolean (JsonObject *object, const char *name, gboolean *value)
{
  JsonNode *node = get_value (object, name, G_TYPE_BOOLEAN);

  if (node == NULL)
    return FALSE;
  *value = json_node_get_boolean (node);
  return TRUE;
}

gboolean
foc_json_get_string (JsonObject *object, const char *name, const char **value)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);

  if (node == NULL)
    return FALSE;
  *value = json_node_get_string (node);
  return TRUE;
}

gboolean
foc_json_get_array (JsonObject *object,
                    const char *name,
                    guint max_length,
                    JsonArray **value)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)
      || json_array_get_length (json_node_get_array (node)) > max_length)
    return FALSE;
  *value = json_node_get_array (node);
  return TRUE;
}

gboolean
foc_json_get_object (JsonObject *object, const char *name, JsonObject **value)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  *value = json_node_get_object (node);
  return TRUE;
}

void
foc_json_add_double (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
foc_json_add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
foc_json_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

void
foc_json_add_strings (JsonBuilder *builder, const char *name, const char *const *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

char *
foc_json_to_string (JsonBuilder *builder, gboolean pretty, gsize *length)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, pretty);

  return json_generator_to_data (generator, length);
}

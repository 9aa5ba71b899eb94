/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-json.h"

#include "foc-text.h"

#include <math.h>
#include <string.h>

/* Into a builder */

void
foc_json_add_double_value (JsonBuilder *builder, double value)
{
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
foc_json_add_doubles_value (JsonBuilder *builder, const double *values, guint n)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    foc_json_add_double_value (builder, values[i]);
  json_builder_end_array (builder);
}

void
foc_json_add_strings_value (JsonBuilder *builder, const char *const *values)
{
  json_builder_begin_array (builder);
  for (guint i = 0; values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

void
foc_json_add_double (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  foc_json_add_double_value (builder, value);
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
  foc_json_add_strings_value (builder, values);
}

void
foc_json_add_uints (JsonBuilder *builder, const char *name, const guint *values, guint n)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    json_builder_add_int_value (builder, values[i]);
  json_builder_end_array (builder);
}

void
foc_json_add_doubles (JsonBuilder *builder,
                      const char *name,
                      const double *values,
                      guint n)
{
  json_builder_set_member_name (builder, name);
  foc_json_add_doubles_value (builder, values, n);
}

/* As text. json-glib's own generator makes 1e+22 "1e+22.0", which is no number, and
 * leaves control characters in strings as they are. */

static void
write_string (GString *out, const char *string)
{
  g_string_append_c (out, '"');
  for (const char *c = string; *c != '\0'; c++)
    if (*c == '"' || *c == '\\')
      g_string_append_printf (out, "\\%c", *c);
    else if (*c == '\n')
      g_string_append (out, "\\n");
    else if ((guchar) *c < 0x20 || *c == 0x7f)
      g_string_append_printf (out, "\\u%04x", (guint) *c);
    else
      g_string_append_c (out, *c);
  g_string_append_c (out, '"');
}

static void
write_double (GString *out, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, foc_text_print_double (text, value));
  if (strpbrk (text, ".e") == NULL) /* or it would come back as an integer */
    g_string_append (out, ".0");
}

static void
write_value (GString *out, JsonNode *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      write_string (out, json_node_get_string (node));
      break;
    case G_TYPE_INT64:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
      break;
    case G_TYPE_DOUBLE:
      write_double (out, json_node_get_double (node));
      break;
    case G_TYPE_BOOLEAN:
      g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
      break;
    default: /* G_TYPE_INVALID, of null */
      g_string_append (out, "null");
      break;
    }
}

/* `indent` is how far the line is indented that the node stands in; negative: all
 * in one line. */
static void
begin_line (GString *out, int indent)
{
  if (indent >= 0)
    g_string_append_printf (out, "\n%*s", indent, "");
}

static gboolean
has_only_values (JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNodeType type = json_node_get_node_type (json_array_get_element (array, i));

      if (type == JSON_NODE_ARRAY || type == JSON_NODE_OBJECT)
        return FALSE;
    }

  return TRUE;
}

static void write_node (GString *out, JsonNode *node, int indent);

static void
write_array (GString *out, JsonArray *array, int indent)
{
  gboolean in_lines = indent >= 0 && !has_only_values (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append (out, in_lines || indent < 0 ? "," : ", ");
      begin_line (out, in_lines ? indent + 2 : -1);
      write_node (out, json_array_get_element (array, i), indent >= 0 ? indent + 2 : -1);
    }
  begin_line (out, in_lines ? indent : -1);
  g_string_append_c (out, ']');
}

static void
write_object (GString *out, JsonObject *object, int indent)
{
  g_autoptr (GList) names = json_object_get_members (object);

  g_string_append_c (out, '{');
  for (GList *name = names; name != NULL; name = name->next)
    {
      if (name != names)
        g_string_append_c (out, ',');
      begin_line (out, indent >= 0 ? indent + 2 : -1);
      write_string (out, name->data);
      g_string_append (out, indent >= 0 ? ": " : ":");
      write_node (out, json_object_get_member (object, name->data),
                  indent >= 0 ? indent + 2 : -1);
    }
  if (names != NULL)
    begin_line (out, indent);
  g_string_append_c (out, '}');
}

static void
write_node (GString *out, JsonNode *node, int indent)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    write_object (out, json_node_get_object (node), indent);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    write_array (out, json_node_get_array (node), indent);
  else
    write_value (out, node);
}

char *
foc_json_to_string (JsonBuilder *builder, gboolean pretty, gsize *length)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  GString *out = g_string_new (NULL);

  write_node (out, root, pretty ? 0 : -1);
  if (length != NULL)
    *length = out->len;

  return g_string_free (out, FALSE);
}

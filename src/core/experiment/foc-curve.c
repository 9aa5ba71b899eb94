/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-curve.h"

#include <math.h>

#define N_FIELDS (sizeof (FocCurvePoint) / sizeof (double))

FocCurve *
foc_curve_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (FocCurvePoint));
}

const FocCurvePoint *
foc_curve_find_epoch (const FocCurve *self, guint epoch)
{
  for (guint i = 0; i < self->len; i++)
    {
      const FocCurvePoint *point = foc_curve_get (self, i);

      if (point->epoch == epoch)
        return point;
    }

  return NULL;
}

void
foc_curve_to_json (const FocCurve *self, JsonBuilder *builder)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->len; i++)
    {
      const double *fields = (const double *) foc_curve_get (self, i);

      json_builder_begin_array (builder);
      for (guint f = 0; f < N_FIELDS; f++)
        if (isfinite (fields[f]))
          json_builder_add_double_value (builder, fields[f]);
        else
          json_builder_add_null_value (builder);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static gboolean
read_point (JsonNode *node, FocCurvePoint *point)
{
  double *fields = (double *) point;
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  if (json_array_get_length (array) != N_FIELDS)
    return FALSE;

  for (guint f = 0; f < N_FIELDS; f++)
    {
      JsonNode *field = json_array_get_element (array, f);

      if (JSON_NODE_HOLDS_NULL (field))
        fields[f] = NAN;
      else if (JSON_NODE_HOLDS_VALUE (field)
               && (json_node_get_value_type (field) == G_TYPE_DOUBLE
                   || json_node_get_value_type (field) == G_TYPE_INT64))
        fields[f] = json_node_get_double (field);
      else
        return FALSE;
    }

  return isfinite (point->epoch);
}

FocCurve *
foc_curve_from_json (JsonArray *array)
{
  g_autoptr (FocCurve) self = foc_curve_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      FocCurvePoint point;

      if (!read_point (json_array_get_element (array, i), &point))
        return NULL;
      g_array_append_val (self, point);
    }

  return g_steal_pointer (&self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-curve.h"

#include <math.h>
#include <string.h>

#define N_FIELDS (sizeof (FocCurvePoint) / sizeof (double))

FocCurve *
foc_curve_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (FocCurvePoint));
}

const FocCurvePoint *
foc_curve_find_epoch (const FocCurve *self, guint epoch)
{
  guint from = 0, to = self->len;

  while (from < to)
    {
      guint middle = from + (to - from) / 2;
      const FocCurvePoint *point = foc_curve_get (self, middle);

      if (point->epoch == epoch)
        return point;
      if (point->epoch < epoch)
        from = middle + 1;
      else
        to = middle;
    }

  return NULL;
}

void
foc_curve_to_json (const FocCurve *self, JsonBuilder *builder)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->len; i++)
    foc_json_add_doubles_value (builder, (const double *) foc_curve_get (self, i),
                                N_FIELDS);
  json_builder_end_array (builder);
}

/* Adds a point, if it lies behind all others. */
static gboolean
append (FocCurve *self, const FocCurvePoint *point)
{
  double before = self->len > 0 ? foc_curve_get (self, self->len - 1)->epoch : 0.0;

  if (!isfinite (point->epoch) || point->epoch <= before)
    return FALSE;
  g_array_append_vals (self, point, 1);
  return TRUE;
}

FocCurve *
foc_curve_from_json (JsonArray *array)
{
  g_autoptr (FocCurve) self = foc_curve_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      FocCurvePoint point;
      double *fields = (double *) &point;
      JsonArray *values;

      if (!foc_json_array_get_array (array, i, N_FIELDS, &values)
          || json_array_get_length (values) != N_FIELDS)
        return NULL;
      for (guint f = 0; f < N_FIELDS; f++)
        if (!foc_json_array_get_double (values, f, 0, G_MAXDOUBLE, &fields[f]))
          return NULL;
      if (!append (self, &point))
        return NULL;
    }

  return g_steal_pointer (&self);
}

/* Each double as four numbers below 65536, which a float holds exactly: tensors
 * have no doubles and no NaN. */
#define PIECES 4

void
foc_curve_to_tensor (const FocCurve *self, FocSafetensors *file, const char *name)
{
  gsize n = (gsize) self->len * N_FIELDS;
  g_autofree float *values = g_new (float, n *PIECES);

  for (gsize i = 0; i < n; i++)
    {
      guint64 bits;

      memcpy (&bits, (const double *) (gpointer) self->data + i, sizeof bits);
      for (guint piece = 0; piece < PIECES; piece++)
        values[i * PIECES + piece] = (float) (bits >> 16 * piece & 0xffff);
    }

  foc_safetensors_add (file, name, self->len, N_FIELDS * PIECES, values);
}

FocCurve *
foc_curve_from_tensor (const FocSafetensors *file, const char *name)
{
  const FocTensor *tensor = foc_safetensors_get (file, name);
  g_autoptr (FocCurve) self = foc_curve_new ();
  const float *value;

  if (tensor == NULL || tensor->n_dimensions != 2
      || tensor->dimensions[1] != N_FIELDS * PIECES)
    return NULL;

  value = tensor->values;
  for (guint64 i = 0; i < tensor->dimensions[0]; i++)
    {
      FocCurvePoint point;

      for (guint f = 0; f < N_FIELDS; f++)
        {
          guint64 bits = 0;

          for (guint piece = 0; piece < PIECES; piece++, value++)
            if (*value >= 0.0f && *value < 65536.0f)
              bits |= (guint64) *value << 16 * piece;
            else
              return NULL;
          memcpy ((double *) &point + f, &bits, sizeof bits);
        }
      if (!append (self, &point))
        return NULL;
    }

  return g_steal_pointer (&self);
}

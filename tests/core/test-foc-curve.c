/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-curve.h"

#include <math.h>
#include <string.h>

/* The curve survives, whatever its numbers. */
static void
test_curve (void)
{
  static const double values[] = { 0.0,  1.0 / 3, NAN,  1e-300,      5e-324,
                                   1e22, 2e-8,    0.99, G_MAXDOUBLE, 123456789.0 };
  g_autoptr (FocCurve) curve = foc_curve_new ();
  g_autoptr (FocCurve) from_json = NULL;
  g_autoptr (FocCurve) from_tensor = NULL;
  g_autoptr (FocSafetensors) file = foc_safetensors_new ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) object = NULL;
  JsonArray *array;
  gsize length;

  for (guint i = 0; i < 40; i++)
    {
      FocCurvePoint point = { (i + 1) / 7.0, values[i % 10], values[i % 7], values[i % 3],
                              values[i % 9] };

      g_array_append_val (curve, point);
    }

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "curve");
  foc_curve_to_json (curve, builder);
  json_builder_end_object (builder);
  text = foc_json_to_string (builder, FALSE, &length);
  object = foc_json_parse (text, length, NULL);
  g_assert_true (foc_json_get_array (object, "curve", 100, &array));
  from_json = foc_curve_from_json (array);
  foc_curve_to_tensor (curve, file, "curve");
  from_tensor = foc_curve_from_tensor (file, "curve");

  g_assert_cmpmem (curve->data, curve->len * sizeof (FocCurvePoint), from_tensor->data,
                   from_tensor->len * sizeof (FocCurvePoint));
  g_assert_cmpuint (from_json->len, ==, curve->len);
  for (gsize i = 0; i < 40 * 5; i++)
    {
      double a = ((double *) (gpointer) curve->data)[i];
      double b = ((double *) (gpointer) from_json->data)[i];

      g_assert_true (a == b || (isnan (a) && isnan (b)));
    }

  g_assert_null (foc_curve_from_tensor (file, "other"));
  foc_safetensors_get (file, "curve")->values[3] = 65536.0f;
  g_assert_null (foc_curve_from_tensor (file, "curve"));
  foc_safetensors_get (file, "curve")->values[3] = -1.0f;
  g_assert_null (foc_curve_from_tensor (file, "curve"));
}

static void
test_hostile_curves (void)
{
  static const char *const curves[] = {
    "[1]",
    "[[]]",
    "[[1,2,3,4]]",
    "[[1,2,3,4,5,6]]",
    "[[1,2,3,4,\"5\"]]",
    "[[1,2,3,4,[]]]",
    "[[1,2,3,4,1e999]]",
    "[[1,2,3,4,-1]]",
    "[[null,2,3,4,5]]",
    "[[0,2,3,4,5]]",
    "[[-1,2,3,4,5]]",
    "[[1,2,3,4,5],[1,2,3,4,5]]",
    "[[2,2,3,4,5],[1,2,3,4,5]]",
    "[{}]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"c\":%s}", curves[i]);
      g_autoptr (JsonObject) object = foc_json_parse (text, strlen (text), NULL);
      JsonArray *array;

      g_assert_true (foc_json_get_array (object, "c", 100, &array));
      g_assert_null (foc_curve_from_json (array));
    }
}

/* Every epoch's end is found, among points before and between them, and no other is. */
static void
test_find_epoch (void)
{
  for (guint n = 0; n <= 12; n++)
    {
      g_autoptr (FocCurve) curve = foc_curve_new ();

      for (guint i = 0; i < n; i++)
        {
          FocCurvePoint point = { (i + 1) / 3.0, i, i, i, i };

          g_array_append_val (curve, point);
        }
      for (guint epoch = 0; epoch <= 5; epoch++)
        {
          const FocCurvePoint *point = foc_curve_find_epoch (curve, epoch);

          if (epoch > 0 && 3 * epoch <= n)
            g_assert_true (point == foc_curve_get (curve, 3 * epoch - 1));
          else
            g_assert_null (point);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/curve/round-trip", test_curve);
  g_test_add_func ("/curve/find-epoch", test_find_epoch);
  g_test_add_func ("/curve/hostile", test_hostile_curves);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-plot-ticks.h"

#include <math.h>

static void
test_step (void)
{
  static const struct
  {
    double span;
    guint most;
    double step;
  } cases[] = {
    { 1, 10, 0.1 },      { 1, 9, 0.2 },       { 1, 4, 0.5 },   { 1, 1, 1 },
    { 1.1, 1, 2 },       { 5, 9, 1 },         { 30, 9, 5 },    { 1000, 9, 200 },
    { 0.007, 5, 0.002 }, { 2e300, 4, 5e299 }, { 0.3, 3, 0.1 }, { 9e-300, 9, 1e-300 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (
      foc_plot_ticks_step (cases[i].span, cases[i].most) / cases[i].step, 1, 1e-9);
}

static char *
labels (const FocPlotTicks *ticks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ticks->n; i++)
    {
      g_autofree char *label = foc_plot_ticks_label (ticks, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", label);
    }
  return g_string_free (text, FALSE);
}

static void
assert_linear (double from, double to, guint most, const char *expected)
{
  g_autofree char *text = NULL;
  FocPlotTicks ticks;

  foc_plot_ticks_linear (&ticks, from, to, most);
  text = labels (&ticks);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_logarithmic (double from, double to, guint most, const char *expected)
{
  g_autofree char *text = NULL;
  FocPlotTicks ticks;

  foc_plot_ticks_logarithmic (&ticks, from, to, most);
  text = labels (&ticks);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_linear (void)
{
  assert_linear (0, 1, 6, "0 0.2 0.4 0.6 0.8 1.0");
  assert_linear (0, 5, 6, "0 1 2 3 4 5");
  assert_linear (0.25, 0.61, 5, "0.3 0.4 0.5 0.6");
  assert_linear (-1, 1, 5, "\u22121.0 \u22120.5 0 0.5 1.0");
  assert_linear (97.2, 98.9, 5, "97.5 98.0 98.5");
  assert_linear (0, 3e7, 4, "0 10\u2077 2\u00d710\u2077 3\u00d710\u2077");
  assert_linear (0, 2e-5, 3, "0 10\u207b\u2075 2\u00d710\u207b\u2075");
  assert_linear (-1e300, 1e300, 3, "\u221210\u00b3\u2070\u2070 0 10\u00b3\u2070\u2070");
}

static void
test_logarithmic (void)
{
  assert_logarithmic (0.01, 1, 7, "0.01 0.02 0.05 0.1 0.2 0.5 1");
  assert_logarithmic (0.01, 1, 5, "0.01 0.1 1");
  assert_logarithmic (0.001, 100, 3, "0.001 0.1 10");
  assert_logarithmic (
    1e-9, 1, 5,
    "10\u207b\u2079 10\u207b\u2077 10\u207b\u2075 10\u207b\u00b3 10\u207b\u00b9");
  assert_logarithmic (0.25, 0.45, 5, "0.25 0.30 0.35 0.40 0.45");
}

/* Whatever the range: few enough, ascending, inside, evenly spaced, labels that differ. */
static void
test_any_range (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < 20000; i++)
    {
      double scale = pow (10, g_rand_double_range (random, -12, 12));
      double from = scale * g_rand_double_range (random, -1, 1);
      double to = from + scale * pow (10, g_rand_double_range (random, -5, 0.5));
      guint most = (guint) g_rand_int_range (random, 2, FOC_PLOT_TICKS_MAX + 1);
      gboolean logarithmic = from > 0 && i % 2;
      g_autofree char *last = NULL;
      FocPlotTicks ticks;

      if (logarithmic)
        foc_plot_ticks_logarithmic (&ticks, from, to, most);
      else
        foc_plot_ticks_linear (&ticks, from, to, most);
      g_assert_cmpuint (ticks.n, <=, most);
      for (guint k = 0; k < ticks.n; k++)
        {
          char *label = foc_plot_ticks_label (&ticks, k);
          double slack = logarithmic ? 1e-5 * ticks.values[k] : (to - from) * 1e-5;

          g_assert_cmpfloat (ticks.values[k], >=, from - slack);
          g_assert_cmpfloat (ticks.values[k], <=, to + slack);
          if (k > 0)
            g_assert_cmpfloat (ticks.values[k], >, ticks.values[k - 1]);
          g_assert_cmpstr (label, !=, last);
          g_free (last);
          last = label;
        }
    }
}

static void
test_number (void)
{
  static const struct
  {
    double value;
    int decimals;
    const char *plain, *with_sign;
  } cases[] = {
    { 1.25, 2, "1.25", "+1.25" },   { -1.25, 1, "\u22121.2", "\u22121.2" },
    { 0, 2, "0.00", "0.00" },       { -0.0, 0, "0", "0" },
    { -0.001, 2, "0.00", "0.00" },  { 0.001, 2, "0.00", "0.00" },
    { NAN, 2, "\u2013", "\u2013" }, { INFINITY, 2, "\u2013", "\u2013" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *plain = foc_plot_number (cases[i].value, cases[i].decimals);
      g_autofree char *with_sign =
        foc_plot_number_signed (cases[i].value, cases[i].decimals);

      g_assert_cmpstr (plain, ==, cases[i].plain);
      g_assert_cmpstr (with_sign, ==, cases[i].with_sign);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/ticks/step", test_step);
  g_test_add_func ("/plot/ticks/linear", test_linear);
  g_test_add_func ("/plot/ticks/logarithmic", test_logarithmic);
  g_test_add_func ("/plot/ticks/any-range", test_any_range);
  g_test_add_func ("/plot/ticks/number", test_number);
  return g_test_run ();
}

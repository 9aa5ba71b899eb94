/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-text.h"

#include <float.h>

/* As few digits as will do, and no fewer. */
static void
test_print_double (void)
{
  static const struct
  {
    double value;
    const char *text;
  } cases[] = {
    { 0, "0" },
    { -0.0, "-0" },
    { 0.1, "0.1" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 1.0 / 3, "0.3333333333333333" },
    { 1000000, "1000000" },
    { 1e-5, "1e-05" },
    { DBL_MAX, "1.7976931348623157e+308" },
    { DBL_TRUE_MIN, "4.94065645841247e-324" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      g_assert_true (foc_text_print_double (text, cases[i].value) == text);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Certain is only what is. */
static void
test_describe_probability (void)
{
  static const struct
  {
    double probability;
    int digits;
    const char *text;
  } cases[] = {
    { 0, 0, "0 %" },
    { 1e-9, 0, "under 1 %" },
    { 0.0049, 0, "under 1 %" },
    { 0.0051, 0, "1 %" },
    { 0.786, 0, "79 %" },
    { 0.786, 1, "78.6 %" },
    { 0.9949, 0, "99 %" },
    { 0.996, 0, "over 99 %" },
    { 0.996, 1, "99.6 %" },
    { 0.9996, 1, "over 99.9 %" },
    { 0.0004, 1, "under 0.1 %" },
    { 1 - 1e-12, 1, "over 99.9 %" },
    { 1, 0, "100 %" },
    { 1, 1, "100.0 %" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
        foc_text_describe_probability (cases[i].probability, cases[i].digits);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/print-double", test_print_double);
  g_test_add_func ("/text/describe-probability", test_describe_probability);

  return g_test_run ();
}

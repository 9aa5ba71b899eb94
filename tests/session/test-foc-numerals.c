/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-numerals.h"

#include <float.h>
#include <locale.h>
#include <math.h>

static void
assert_writes (double value, const char *decimal, const char *expected)
{
  g_autofree char *text = foc_numerals_write (value, decimal);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_write (void)
{
  assert_writes (0.001, ".", "0.001");
  assert_writes (0.001, ",", "0,001");
  assert_writes (0.0001, ",", "0,0001");
  assert_writes (0.00001, ".", "1e-5");
  assert_writes (1.5e-5, ",", "1,5e-5");
  assert_writes (1e-9, ".", "1e-9");
  assert_writes (1e-10, ".", "1e-10");
  assert_writes (1000, ",", "1000");
  assert_writes (0, ",", "0");
  assert_writes (8192, ".", "8192");
  assert_writes (0.1 + 0.2, ".", "0.30000000000000004");
  assert_writes (0.5, "٫", "0٫5");
}

static void
test_minus (void)
{
  static const struct
  {
    const char *text, *expected;
  } rows[] = {
    { "", "" },
    { "-1.5", "−1.5" },
    { "+0.5 -0.25 = 0.25", "+0.5 −0.25 = 0.25" },
    { "1e-5 (-2)", "1e-5 (−2)" },
    { "24-pixel well-made - 3-4 -x -", "24-pixel well-made - 3-4 -x -" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = foc_numerals_set_minus (g_strdup (rows[i].text));

      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

/* All that is shown can be typed. */
static void
test_round_trip (void)
{
  static const double values[] = { 0,    1,     0.001,     1.0 / 3, 0.1 + 0.2,
                                   1e-9, 1e300, DBL_MIN,   1000,    999.99999999999989,
                                   5e-9, 0.9,   1e-5 / 3.0 };
  static const char *const decimals[] = { ".", ",", "٫" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint j = 0; j < G_N_ELEMENTS (decimals); j++)
      {
        g_autofree char *text = foc_numerals_write (values[i], decimals[j]);
        g_autoptr (GArray) numbers = foc_numerals_read (text, decimals[j]);

        g_assert_cmpuint (numbers->len, ==, 1);
        g_assert_cmpint (g_array_index (numbers, FocNumeral, 0).kind, <=,
                         FOC_NUMERAL_REAL);
        g_assert_cmpfloat (g_array_index (numbers, FocNumeral, 0).value, ==, values[i]);
      }
}

/* `expected` has a blank between two, "?" for what is ambiguous, "!" for no number. */
static void
assert_reads (const char *text, const char *decimal, const char *expected)
{
  g_autoptr (GArray) numbers = foc_numerals_read (text, decimal);
  g_autoptr (GString) read = g_string_new (NULL);

  for (guint i = 0; i < numbers->len; i++)
    {
      const FocNumeral *number = &g_array_index (numbers, FocNumeral, i);

      if (i > 0)
        g_string_append_c (read, ' ');
      if (number->kind == FOC_NUMERAL_AMBIGUOUS)
        g_string_append_c (read, '?');
      else if (number->kind == FOC_NUMERAL_NONE)
        g_string_append_c (read, '!');
      else
        {
          g_autofree char *value = foc_numerals_write (number->value, ".");

          g_string_append (read, value);
        }
    }
  if (g_strcmp0 (read->str, expected) != 0)
    g_error ("“%s” with “%s” is “%s”, not “%s”", text, decimal, read->str, expected);
}

static void
test_point (void)
{
  assert_reads ("0.001", ".", "0.001");
  assert_reads (" 1e-3 ", ".", "0.001");
  assert_reads ("1E−3", ".", "0.001"); /* a minus sign */
  assert_reads (".5 +2 -1", ".", "0.5 2 -1");
  assert_reads ("", ".", "");
  assert_reads (" \t\n;,", ".", "");
  assert_reads ("0.1 0.03; 0.01", ".", "0.1 0.03 0.01");
  assert_reads ("0.1,0.03,0.01,", ".", "0.1 0.03 0.01");
  assert_reads ("0.1, 0.03", ".", "0.1 0.03");
  assert_reads ("1,3,5", ".", "1 3 5");
  assert_reads ("1,3,100", ".", "1 3 100");
  assert_reads ("1\n3\r\n5", ".", "1 3 5");
  assert_reads ("٥ ５", ".", "5 5");
  assert_reads ("0.500", ".", "0.5");
  assert_reads ("1.000", ".", "1");

  assert_reads ("1,000", ".", "?");
  assert_reads ("1,000,000", ".", "?");
  assert_reads ("1,000.5", ".", "?");
  assert_reads ("0,001", ".", "?");
  assert_reads ("0,5 1", ".", "? 1");
  assert_reads ("1'000", ".", "?");
  assert_reads ("1’000", ".", "?");
  assert_reads ("1\xc2\xa0"
                "000",
                ".", "?");
  assert_reads ("1\xe2\x80\xaf"
                "000",
                ".", "?");
  assert_reads ("\xc2\xa0"
                "5\xc2\xa0",
                ".", "5");
}

static void
test_comma (void)
{
  assert_reads ("0,001", ",", "0.001");
  assert_reads ("0.001", ",", "0.001");
  assert_reads ("1,5e-3", ",", "0.0015");
  assert_reads ("1e−3", ",", "0.001");
  assert_reads ("0,1 0,03; 0,01", ",", "0.1 0.03 0.01");
  assert_reads ("0,1, 0,03, 0,01", ",", "0.1 0.03 0.01");
  assert_reads ("0.1 0.03; 0.01", ",", "0.1 0.03 0.01");
  assert_reads ("0.1, 0.03", ",", "0.1 0.03");
  assert_reads ("1, 3, 5", ",", "1 3 5");
  assert_reads ("1,234", ",", "1.234");
  assert_reads ("1.5", ",", "1.5");

  assert_reads ("1.000", ",", "?");
  assert_reads ("1.000,5", ",", "?");
  assert_reads ("1.000.000", ",", "?");
  assert_reads ("1,3,5", ",", "?");
  assert_reads ("0.1,0.03", ",", "?");
  assert_reads ("1,000.5", ",", "?");
}

static void
test_no_number (void)
{
  static const char *const texts[] = { "x",     "-",    "1e",    "e5", "inf", "nan",
                                       "0x10",  "1..2", "1.2.3", "½",  "1-5", "--1",
                                       "10 %x", "+",    ".",     "é" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GArray) numbers = foc_numerals_read (texts[i], ".");
      const FocNumeral *last =
        &g_array_index (numbers, FocNumeral, MAX (numbers->len, 1) - 1);

      g_assert_cmpuint (numbers->len, >, 0);
      if (last->kind != FOC_NUMERAL_NONE)
        g_error ("“%s” is a number", texts[i]);
    }
  assert_reads ("0.1 x 0.2", ".", "0.1 ! 0.2");
}

static void
test_parts (void)
{
  g_autoptr (GArray) numbers =
    foc_numerals_read ("9223372036854775807; 99999999999999999999 −5 1.0 1.000", ",");
  const FocNumeral *number = (const FocNumeral *) numbers->data;

  g_assert_cmpuint (numbers->len, ==, 5);
  g_assert_cmpint (number[0].kind, ==, FOC_NUMERAL_WHOLE);
  g_assert_true (number[0].whole == G_MAXINT64);
  g_assert_cmpstr (number[0].text, ==, "9223372036854775807");
  g_assert_cmpint (number[1].kind, ==, FOC_NUMERAL_WHOLE);
  g_assert_true (number[1].whole == G_MAXUINT64);
  g_assert_cmpint (number[2].kind, ==, FOC_NUMERAL_REAL);
  g_assert_cmpfloat (number[2].value, ==, -5);
  g_assert_cmpstr (number[2].text, ==, "−5");
  g_assert_cmpint (number[3].kind, ==, FOC_NUMERAL_REAL);
  g_assert_cmpint (number[4].kind, ==, FOC_NUMERAL_AMBIGUOUS);
  g_assert_cmpstr (number[4].text, ==, "1.000");
}

static void
test_locale (void)
{
  static const char *const names[] = { "it_IT.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8" };
  const char *found = NULL;

  assert_writes (0.5, NULL, "0.5");
  assert_reads ("0.5", NULL, "0.5");

  for (guint i = 0; i < G_N_ELEMENTS (names) && found == NULL; i++)
    found = setlocale (LC_NUMERIC, names[i]);
  if (found == NULL)
    {
      g_test_skip ("there is no locale with a decimal comma");
      return;
    }
  assert_writes (0.5, NULL, "0,5");
  assert_reads ("0,5 1e-3; 0.001", NULL, "0.5 0.001 0.001");
  setlocale (LC_NUMERIC, "C");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/numerals/write", test_write);
  g_test_add_func ("/numerals/minus", test_minus);
  g_test_add_func ("/numerals/round-trip", test_round_trip);
  g_test_add_func ("/numerals/point", test_point);
  g_test_add_func ("/numerals/comma", test_comma);
  g_test_add_func ("/numerals/no-number", test_no_number);
  g_test_add_func ("/numerals/parts", test_parts);
  g_test_add_func ("/numerals/locale", test_locale);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-natural-compare.h"

#include "foc-rng.h"

#include <locale.h>

static int
sign (int value)
{
  return (value > 0) - (value < 0);
}

/* Each before all that follow. */
static const char *const ordered[] = {
  "",
  "-1",
  "0",
  "00",
  "000",
  "0a",
  "001",
  "01",
  "1",
  "01.jpg",
  "1.jpg",
  "1a",
  "2.jpg",
  "9.jpg",
  "010.jpg",
  "10.jpg",
  "10a01",
  "10a1",
  "10a2",
  "99999999999999999999999",
  "100000000000000000000000",
  "000000000000000000000100000000000000000000001",
  "100000000000000000000000000000000000000000",
  "A",
  "Z",
  "a",
  "a.jpg",
  "a/1",
  "a/10",
  "a0",
  "a1",
  "a1b2",
  "a1b10",
  "a2b1",
  "b",
  "\x7f",
  "\xc3\xa4",
  "\xff",
};

static void
test_ordered (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ordered); i++)
    for (guint j = 0; j < G_N_ELEMENTS (ordered); j++)
      if (sign (foc_natural_compare (ordered[i], ordered[j])) != (i > j) - (i < j))
        g_error ("“%s” and “%s”", ordered[i], ordered[j]);
}

static void
test_locale (void)
{
  static const char *const locales[] = { "C.UTF-8", "en_US.UTF-8", "tr_TR.UTF-8", "C" };

  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    if (setlocale (LC_ALL, locales[i]) != NULL)
      test_ordered ();
}

/* From few letters, so that much is equal. */
static void
fill (FocRng *rng, char name[8])
{
  static const char letters[] = "00129a.\xe4";
  guint length = foc_rng_below (rng, 8);

  for (guint i = 0; i < length; i++)
    name[i] = letters[foc_rng_below (rng, sizeof letters - 1)];
  name[length] = '\0';
}

static void
test_total_order (void)
{
  FocRng rng;

  foc_rng_init (&rng, 1, 1);
  for (int i = 0; i < 200000; i++)
    {
      char a[8], b[8], c[8];
      int ab, bc, ac;

      fill (&rng, a);
      fill (&rng, b);
      fill (&rng, c);
      ab = sign (foc_natural_compare (a, b));
      bc = sign (foc_natural_compare (b, c));
      ac = sign (foc_natural_compare (a, c));

      g_assert_cmpint (ab, ==, -sign (foc_natural_compare (b, a)));
      g_assert_cmpint (ab == 0, ==, g_str_equal (a, b));
      if (ab <= 0 && bc <= 0)
        g_assert_cmpint (ac, ==, ab == 0 && bc == 0 ? 0 : -1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/natural-compare/ordered", test_ordered);
  g_test_add_func ("/natural-compare/locale", test_locale);
  g_test_add_func ("/natural-compare/total-order", test_total_order);

  return g_test_run ();
}

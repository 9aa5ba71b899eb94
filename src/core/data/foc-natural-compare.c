/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-natural-compare.h"

#include <glib.h>
#include <string.h>

static const char *
skip_zeros (const char *string)
{
  while (*string == '0')
    string++;
  return string;
}

static gsize
count_digits (const char *string)
{
  gsize n = 0;

  while (g_ascii_isdigit (string[n]))
    n++;
  return n;
}

int
foc_natural_compare (const char *a, const char *b)
{
  const char *whole_a = a, *whole_b = b;

  while (*a != '\0' && *b != '\0')
    if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
      {
        gsize length_a, length_b;
        int order;

        a = skip_zeros (a);
        b = skip_zeros (b);
        length_a = count_digits (a);
        length_b = count_digits (b);
        if (length_a != length_b)
          return length_a < length_b ? -1 : 1;
        order = memcmp (a, b, length_a);
        if (order != 0)
          return order;
        a += length_a;
        b += length_b;
      }
    else if (*a != *b)
      return (guchar) *a < (guchar) *b ? -1 : 1;
    else
      {
        a++;
        b++;
      }

  if (*a != *b)
    return *a == '\0' ? -1 : 1;

  /* Equal but for leading zeros. */
  return strcmp (whole_a, whole_b);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-numerals.h"

#include "foc-text.h"

#include <locale.h>
#include <string.h>

#define DIGITS "0123456789"

/* Stands for whatever sets thousands apart and does nothing else. */
#define GROUP '\''

static const char *
get_decimal (const char *decimal)
{
  return decimal != NULL ? decimal : localeconv ()->decimal_point;
}

char *
foc_numerals_write (double value, const char *decimal)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_auto (GStrv) parts = NULL;
  char *exponent;

  foc_text_print_double (text, value);
  /* "1e-05" */
  exponent = strchr (text, 'e');
  if (exponent != NULL && exponent[2] == '0')
    memmove (exponent + 2, exponent + 3, strlen (exponent + 3) + 1);

  parts = g_strsplit (text, ".", 2);
  return g_strjoinv (get_decimal (decimal), parts);
}

char *
foc_numerals_set_minus (char *text)
{
  GString *result = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (*c == '-' && g_ascii_isdigit (c[1]) && (c == text || !g_ascii_isalnum (c[-1])))
      g_string_append (result, "−");
    else
      g_string_append_c (result, *c);
  g_free (text);
  return g_string_free (result, FALSE);
}

/* One to three digits, the first of them not zero, and then groups of three, each behind
 * `sign`; something else may follow. */
static gboolean
is_grouped (const char *text, char sign)
{
  gsize n = strspn (text, DIGITS);

  if (*text == '0' || n < 1 || n > 3 || text[n] != sign)
    return FALSE;
  for (text += n; *text == sign; text += 4)
    if (strspn (text + 1, DIGITS) != 3)
      return FALSE;

  return TRUE;
}

/* `plain` has no sign but those of C. */
static void
add_number (GArray *numbers, const char *plain, const char *typed)
{
  const char *digits = *plain == '+' ? plain + 1 : plain;
  FocNumeral number = { .kind = FOC_NUMERAL_REAL, .text = g_strdup (typed) };
  char *end;

  number.value = g_ascii_strtod (plain, &end);
  /* "inf" and hexadecimal numbers would pass, too. */
  if (end == plain || *end != '\0' || strspn (plain, DIGITS "+-.eE") < strlen (plain))
    number.kind = FOC_NUMERAL_NONE;
  else if (strspn (digits, DIGITS) == strlen (digits))
    {
      number.kind = FOC_NUMERAL_WHOLE;
      number.whole = g_ascii_strtoull (digits, NULL, 10);
    }
  g_array_append_val (numbers, number);
}

/* A piece without blanks: ASCII, where a comma stands between digits. */
static void
add_piece (GArray *numbers, char *plain, const char *typed, gboolean has_commas)
{
  char *comma = strchr (plain, ',');
  gboolean has_point = strchr (plain, '.') != NULL;
  gboolean is_ambiguous = strchr (plain, GROUP) != NULL || is_grouped (plain, '.');

  if (!has_commas)
    {
      /* A zero is in no list: a decimal sign was meant. */
      is_ambiguous = strchr (plain, GROUP) != NULL || is_grouped (plain, ',')
                     || (comma != NULL && strspn (plain, "0") == (gsize) (comma - plain));
      if (!is_ambiguous && comma != NULL)
        {
          g_auto (GStrv) parts = g_strsplit (plain, ",", -1);

          for (guint i = 0; parts[i] != NULL; i++)
            add_number (numbers, parts[i], parts[i]);
          return;
        }
    }
  else if (comma != NULL)
    {
      is_ambiguous |= has_point || strchr (comma + 1, ',') != NULL;
      *comma = '.';
    }

  if (is_ambiguous)
    {
      FocNumeral number = { .kind = FOC_NUMERAL_AMBIGUOUS, .text = g_strdup (typed) };

      g_array_append_val (numbers, number);
    }
  else
    add_number (numbers, plain, typed);
}

static gboolean
is_digit (const char *p)
{
  return g_unichar_isdigit (g_utf8_get_char (p));
}

/* One character, between digits or not, as ASCII: a blank ends the piece. */
static char
simplify (gunichar c, gboolean is_inside)
{
  if (g_unichar_isdigit (c))
    return (char) ('0' + g_unichar_digit_value (c));
  if (c == 0x2212) /* minus sign */
    return '-';
  if (c == ';' || (c < 0x80 && g_ascii_isspace ((char) c)))
    return ' ';
  if (c == ',')
    return is_inside ? ',' : ' ';
  if (g_unichar_isspace (c))
    return is_inside ? GROUP : ' ';
  if (c == 0x2019 || c == 0x066c) /* apostrophe, Arabic thousands separator */
    return GROUP;

  return c < 0x80 ? (char) c : '?';
}

static void
clear (gpointer data)
{
  g_free (((FocNumeral *) data)->text);
}

GArray *
foc_numerals_read (const char *text, const char *decimal)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (FocNumeral));
  g_autoptr (GString) plain = g_string_new (NULL);
  const char *start = text; /* of the piece */
  gboolean after_digit = FALSE;

  g_array_set_clear_func (numbers, clear);
  decimal = get_decimal (decimal);

  for (const char *p = text;;)
    {
      const char *next = *p != '\0' ? g_utf8_next_char (p) : p;
      gboolean is_digit_after;
      char c = '\0';

      if (*p != '\0' && *decimal != ',' && g_str_has_prefix (p, decimal))
        {
          c = '.';
          next = p + strlen (decimal);
        }
      is_digit_after = is_digit (next);
      if (c == '\0' && *p != '\0')
        c = simplify (g_utf8_get_char (p), after_digit && is_digit_after);

      if (c == '\0' || c == ' ')
        {
          g_autofree char *typed = g_strndup (start, (gsize) (p - start));

          if (plain->len > 0)
            add_piece (numbers, plain->str, typed, *decimal == ',');
          g_string_truncate (plain, 0);
          start = next;
        }
      else
        g_string_append_c (plain, c);

      if (*p == '\0')
        return numbers;
      after_digit = g_ascii_isdigit (c);
      p = next;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Control characters, and those that turn the direction of what follows. */
static gboolean
is_dangerous (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029;
}

char *
foc_text_escape (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *escaped = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (is_dangerous (character))
        g_string_append_printf (escaped, "\\u%04x", character);
      else
        g_string_append_unichar (escaped, character);
    }

  return g_string_free (escaped, FALSE);
}

const char *
foc_text_print_double (char text[G_ASCII_DTOSTR_BUF_SIZE], double value)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (text, G_ASCII_DTOSTR_BUF_SIZE, formats[i], value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }

  return text;
}

char *
foc_text_describe_probability (double probability, int digits)
{
  const double unit = pow (10, -digits);
  const double rounded = round (100 * probability / unit);

  if (probability < 1 && rounded >= 100 / unit)
    /* Translators: a probability that is not quite 100 %. */
    return g_strdup_printf (_ ("over %.*f %%"), digits, 100 - unit);
  if (probability > 0 && rounded <= 0)
    /* Translators: a probability that is not quite 0 %. */
    return g_strdup_printf (_ ("under %.*f %%"), digits, unit);
  /* Translators: a probability. */
  return g_strdup_printf (_ ("%.*f %%"), digits, 100 * probability);
}

void
foc_text_append_sentence (GString *text, char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

void
foc_text_append_csv_field (GString *csv, const char *text)
{
  gsize start = csv->len + 1;

  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (csv, text);
      return;
    }

  g_string_append_printf (csv, "\"%s\"", text);
  for (gsize i = start; i + 1 < csv->len; i++)
    if (csv->str[i] == '"')
      g_string_insert_c (csv, (gssize) i++, '"');
}

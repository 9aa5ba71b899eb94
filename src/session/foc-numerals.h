/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Numbers as people write them. `decimal` is the sign between units and tenths, with NULL
 * that of the locale. Any thread, while none changes the locale. */

/* `value` with the fewest digits that give the same number back, and without an exponent
 * from 0.0001 on: "0,001", "1e-5", "1000". g_free(). */
char *foc_numerals_write (double value, const char *decimal);

/* `text`, which it takes, with the minus sign of Unicode in place of each hyphen that stands
 * before a digit, and behind no letter or digit. g_free(). */
char *foc_numerals_set_minus (char *text);

/* What a piece of text says. */
typedef enum
{
  FOC_NUMERAL_WHOLE,     /* digits alone                                   */
  FOC_NUMERAL_REAL,      /* has a decimal sign, an exponent or a minus too */
  FOC_NUMERAL_AMBIGUOUS, /* could be one number, another, or several       */
  FOC_NUMERAL_NONE,      /* is no number                                   */
} FocNumeralKind;

typedef struct
{
  FocNumeralKind kind;
  double value;  /* of a number                                          */
  guint64 whole; /* of FOC_NUMERAL_WHOLE; G_MAXUINT64 where it is larger */
  char *text;    /* as it was typed                                      */
} FocNumeral;

/* What stands in `text`, which is UTF-8, between semicolons, blanks and commas; a comma
 * between digits is a decimal sign where `decimal` is one. A decimal point is understood
 * everywhere, and so are the minus sign of Unicode and the digits of all scripts.
 *
 * What can be read in two ways is not guessed: "1.000" where commas are decimal signs,
 * "1,000" and "0,5" where points are, and whatever has a blank that breaks no line, an
 * apostrophe or two kinds of signs in it.
 *
 * Elements are FocNumeral; free with g_array_unref(). */
GArray *foc_numerals_read (const char *text, const char *decimal);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* `text`, such as the name of a file or of a class, fit to be shown on one line: valid
 * UTF-8 in which nothing breaks it, moves a cursor or turns the direction of what follows;
 * such characters become \uXXXX. Any thread. Free with g_free(). */
char *foc_text_escape (const char *text);

/* `value`, which is finite, with the fewest digits that give the same number back: as in
 * C, whatever the locale. Returns `text`. Any thread. */
const char *foc_text_print_double (char text[G_ASCII_DTOSTR_BUF_SIZE], double value);

/* "97 %": `probability`, from 0 to 1, with so many digits behind the point. What is not quite
 * certain is not rounded to 0 or 100: "over 99 %", "under 0.1 %". In the user's language, any
 * thread. Free with g_free(). */
char *foc_text_describe_probability (double probability, int digits);

/* Appends `sentence`, which it frees, after a space if it is not the first one. */
void foc_text_append_sentence (GString *text, char *sentence);

/* Appends a field of CSV (RFC 4180), quoted where it has to be. */
void foc_text_append_csv_field (GString *csv, const char *text);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* A table of what runs differ in. Any thread. */

typedef struct
{
  char *name;   /* of what differs; translated              */
  GStrv values; /* one for each run, in their order, then NULL */
} FocRunDifference;

/* An empty table: a GPtrArray of FocRunDifference that owns them. */
GPtrArray *foc_run_differences_new (void);

/* Takes over the name and the values; drops a row whose values are all the same. */
void foc_run_differences_add (GPtrArray *rows, char *name, GStrv values);

/* A value that is not there. */
#define FOC_RUN_DIFFERENCE_NOTHING "–"

/* A number with the fewest digits that are exact, by the locale; the beginning of a digest
 * (nullable). g_free(). */
char *foc_run_difference_format_number (double value);
char *foc_run_difference_format_digest (const char *digest);

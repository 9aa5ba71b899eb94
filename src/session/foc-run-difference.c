/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-run-difference.h"

#include "foc-numerals.h"

#include <math.h>

/* Of a digest: enough to tell two apart, short enough to be looked at. */
#define DIGEST_DIGITS 12

static void
difference_free (gpointer data)
{
  FocRunDifference *self = data;

  g_free (self->name);
  g_strfreev (self->values);
  g_free (self);
}

GPtrArray *
foc_run_differences_new (void)
{
  return g_ptr_array_new_with_free_func (difference_free);
}

void
foc_run_differences_add (GPtrArray *rows, char *name, GStrv values)
{
  FocRunDifference *row = g_new (FocRunDifference, 1);
  gboolean differs = FALSE;

  *row = (FocRunDifference){ name, values };
  for (guint i = 1; values[i] != NULL; i++)
    differs = differs || !g_str_equal (values[i], values[0]);
  if (differs)
    g_ptr_array_add (rows, row);
  else
    difference_free (row);
}

char *
foc_run_difference_format_number (double value)
{
  return isfinite (value) ? foc_numerals_write (value, NULL)
                          : g_strdup (FOC_RUN_DIFFERENCE_NOTHING);
}

char *
foc_run_difference_format_digest (const char *digest)
{
  return digest != NULL ? g_strndup (digest, DIGEST_DIGITS)
                        : g_strdup (FOC_RUN_DIFFERENCE_NOTHING);
}

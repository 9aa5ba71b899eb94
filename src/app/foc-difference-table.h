/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run-compare.h"

#include <gtk/gtk.h>

/* In what runs differ, side by side: a row for each difference, a column for each run. Where
 * there is little room it is scrolled sideways. Main thread only. */

#define FOC_TYPE_DIFFERENCE_TABLE (foc_difference_table_get_type ())

G_DECLARE_FINAL_TYPE (FocDifferenceTable,
                      foc_difference_table,
                      FOC,
                      DIFFERENCE_TABLE,
                      GtkWidget)

GtkWidget *foc_difference_table_new (void);

/* `names` of the runs, then NULL, head the columns; `rows` are FocRunDifference with a value
 * for each. Where there are none, `nothing`, a sentence, says so. All is copied. */
void foc_difference_table_set (FocDifferenceTable *self,
                               const char *const *names,
                               const GPtrArray *rows,
                               const char *nothing);

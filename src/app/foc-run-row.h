/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run-item.h"

#include <gtk/gtk.h>

/* A run in the history, in a few lines: its name; when and on what it was, and how far it has
 * come; what came of it. It follows the item. Main thread only. */

#define FOC_TYPE_RUN_ROW (foc_run_row_get_type ())

G_DECLARE_FINAL_TYPE (FocRunRow, foc_run_row, FOC, RUN_ROW, GtkWidget)

/* NULL: nothing. The cell of the list that it is the child of is called by what it says. */
void foc_run_row_set_item (FocRunRow *self, FocRunItem *item);
FocRunItem *foc_run_row_get_item (FocRunRow *self);

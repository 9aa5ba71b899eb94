/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "foc-grid-search.h"

/* A grid search as a table: a row for each learning rate, a column for each number of epochs,
 * in each cell "accuracy, loss" of the validation set. It is one stop of the Tab key; arrows
 * go from cell to cell, Ctrl+C copies all of it. It scrolls where it has no room. */

#define FOC_TYPE_GRID_TABLE (foc_grid_table_get_type ())

G_DECLARE_FINAL_TYPE (FocGridTable, foc_grid_table, FOC, GRID_TABLE, GtkWidget)

GtkWidget *foc_grid_table_new (void);

/* Shows `grid` (NULL: none), of which nothing is kept, so that it may be called ten times a
 * second while the grid grows: only what has changed is made anew. `best` is the cell to
 * mark (NULL: none). While `running`, the next cell of each trajectory that has begun is
 * under work; else what is not there is not to come. */
void foc_grid_table_set_grid (FocGridTable *self,
                              const FocGrid *grid,
                              const FocCell *best,
                              gboolean running);

/* What Ctrl+C copies: lines of cells with tabs between them, the headers included. Free with
 * g_free(). */
char *foc_grid_table_get_text (FocGridTable *self);

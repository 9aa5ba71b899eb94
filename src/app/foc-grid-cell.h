/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

/* One cell of a grid search in FocGridTable. It takes the focus, and is told to screen
 * readers in words. */

#define FOC_TYPE_GRID_CELL (foc_grid_cell_get_type ())

G_DECLARE_FINAL_TYPE (FocGridCell, foc_grid_cell, FOC, GRID_CELL, GtkWidget)

typedef enum
{
  FOC_GRID_CELL_ABSENT, /* not there yet, or never, for the search was stopped */
  FOC_GRID_CELL_WORKING,
  FOC_GRID_CELL_DONE,
  FOC_GRID_CELL_DIVERGED,
} FocGridCellState;

typedef struct
{
  FocGridCellState state;
  double accuracy, loss; /* of what is done                      */
  double progress;       /* of what is under work, 0 ... 1       */
  gboolean best;         /* of what is done: the best of the grid */
} FocGridCellValue;

/* An absent cell. `where` tells it from the others, "learning rate 0.01, 30 epochs"; `look`
 * chooses the colour of its bar, as that of a curve. */
GtkWidget *foc_grid_cell_new (const char *where, guint look);

/* Costs nothing where nothing has changed, and of progress alone only a redraw. */
void foc_grid_cell_set (FocGridCell *self, const FocGridCellValue *value);

/* "0.997, 0.005" (accuracy, loss), "diverged", "…", "–". Owned by the cell. */
const char *foc_grid_cell_get_text (FocGridCell *self);

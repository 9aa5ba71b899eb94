/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-picture-list.h"

#include <gtk/gtk.h>

/* The pictures of a list as a grid of thumbnails that scrolls, of which one may be
 * selected.
 *
 * Property "selected": the FocPictureItem, or NULL. Property "thumbnail-size": pixels of
 * the application. Signal "open" (item): by Enter, Space or a double click. */

#define FOC_TYPE_PICTURE_GRID (foc_picture_grid_get_type ())

G_DECLARE_FINAL_TYPE (FocPictureGrid, foc_picture_grid, FOC, PICTURE_GRID, GtkWidget)

/* NULL for none. */
void foc_picture_grid_set_pictures (FocPictureGrid *self, FocPictureList *pictures);

FocPictureItem *foc_picture_grid_get_selected (FocPictureGrid *self);

/* Selects the picture at `position`, and scrolls to it. */
void foc_picture_grid_select (FocPictureGrid *self, guint position);
/* Where the selected picture stands; GTK_INVALID_LIST_POSITION if there is none. */
guint foc_picture_grid_get_position (FocPictureGrid *self);

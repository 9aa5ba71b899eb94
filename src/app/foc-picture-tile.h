/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-picture-item.h"
#include "foc-thumbnail-view.h"

/* One picture in a grid: its thumbnail with a mark in the corner where something is to be
 * said of it, and its name. Follows its item's "changed". Its accessible label is "NAME,
 * CLASS, SPLIT". Its style node is "picturetile". Main thread only. */

#define FOC_TYPE_PICTURE_TILE (foc_picture_tile_get_type ())

G_DECLARE_FINAL_TYPE (FocPictureTile, foc_picture_tile, FOC, PICTURE_TILE, GtkWidget)

GtkWidget *foc_picture_tile_new (FocThumbnailer *thumbnailer, int thumbnail_size);

/* NULL for none. */
void foc_picture_tile_set_item (FocPictureTile *self, FocPictureItem *item);
FocPictureItem *foc_picture_tile_get_item (FocPictureTile *self);

void foc_picture_tile_set_thumbnail_size (FocPictureTile *self, int size);
void foc_picture_tile_set_demand (FocPictureTile *self, FocDemand demand);

FocThumbnailView *foc_picture_tile_get_thumbnail (FocPictureTile *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-picture-item.h"

/* For foc-picture-list.c. An item enters itself into `registry`, row -> item without a
 * reference, and leaves it when it is finalized. */
FocPictureItem *foc_picture_item_new (GHashTable *registry,
                                      FocCatalog *catalog,
                                      FocPredictions *predictions,
                                      guint32 row);

/* The same picture, as it is now; emits "changed". The caller sees to the registry. */
void foc_picture_item_update (FocPictureItem *self,
                              FocCatalog *catalog,
                              FocPredictions *predictions,
                              guint32 row);

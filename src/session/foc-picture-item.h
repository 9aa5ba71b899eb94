/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "foc-part.h"
#include "foc-predictions.h"

/* One picture of the data set that is open, as lists and panes show it. Items are made
 * where they are looked at, by foc-picture-list.h; as long as somebody holds one, it
 * stays the item of its file, through filters, sorting and refreshing.
 *
 * Signal "changed": something that is told of the picture is another one now: its part,
 * its answer, or the file itself. Main thread only. */

#define FOC_TYPE_PICTURE_ITEM (foc_picture_item_get_type ())

G_DECLARE_FINAL_TYPE (FocPictureItem, foc_picture_item, FOC, PICTURE_ITEM, GObject)

/* Index into the data set, of the catalog that the list shows now. */
guint32 foc_picture_item_get_row (FocPictureItem *self);

/* The catalog, and the predictions or NULL; owned by the item. */
const FocCatalog *foc_picture_item_get_catalog (FocPictureItem *self);
const FocPredictions *foc_picture_item_get_predictions (FocPictureItem *self);

/* The name below the class folder, and that of the class, made to be shown: see
 * foc_text_escape(). */
const char *foc_picture_item_get_name (FocPictureItem *self);
const char *foc_picture_item_get_class_name (FocPictureItem *self);
/* The path of the file; owned by the item. */
const char *foc_picture_item_get_path (FocPictureItem *self);

guint foc_picture_item_get_label (FocPictureItem *self);
FocPart foc_picture_item_get_part (FocPictureItem *self);
guint64 foc_picture_item_get_size (FocPictureItem *self); /* bytes              */
gint64 foc_picture_item_get_mtime (FocPictureItem *self); /* nanoseconds, 1970  */

/* 0, or the image code by which it cannot be read. */
int foc_picture_item_get_status (FocPictureItem *self);
FocPictureFlags foc_picture_item_get_flags (FocPictureItem *self);

/* What the model says: FALSE where there is no model, or no answer. `class_name` is of
 * the model. All but `self` may be NULL. */
gboolean foc_picture_item_get_answer (FocPictureItem *self,
                                      const char **class_name,
                                      double *probability,
                                      FocDoubt *doubt,
                                      gboolean *is_wrong);

/* "Training set" and so on, of FOC_PART_NONE "In no set"; translated, static. */
const char *foc_part_get_title (FocPart part);

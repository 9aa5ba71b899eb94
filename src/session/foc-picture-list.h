/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-picture-filter.h"
#include "foc-picture-item.h"

/* The pictures of a data set as a GListModel of FocPictureItem, filtered and sorted.
 * Rows are numbers until somebody asks for an item, so that a hundred thousand of them
 * cost four bytes each. What a change leaves in its place is not announced as changed:
 * a grid keeps its place and its selection. Main thread only.
 *
 * Signal "filter-changed": the filter or the order of sorting is another one. */

#define FOC_TYPE_PICTURE_LIST (foc_picture_list_get_type ())

G_DECLARE_FINAL_TYPE (FocPictureList, foc_picture_list, FOC, PICTURE_LIST, GObject)

FocPictureList *foc_picture_list_new (void);

/* What the list is of, and what a model says to it; NULL for nothing. With the catalog of
 * another folder it is another list, without a filter. */
void foc_picture_list_set_contents (FocPictureList *self,
                                    FocCatalog *catalog,
                                    FocPredictions *predictions);
FocCatalog *foc_picture_list_get_catalog (FocPictureList *self);
FocPredictions *foc_picture_list_get_predictions (FocPictureList *self);

/* The string is copied. The filter that is returned belongs to the list. */
void foc_picture_list_set_filter (FocPictureList *self, const FocPictureFilter *filter);
const FocPictureFilter *foc_picture_list_get_filter (FocPictureList *self);

void foc_picture_list_set_sort_order (FocPictureList *self, FocSortOrder order);
FocSortOrder foc_picture_list_get_sort_order (FocPictureList *self);

/* Where picture `row` of the data set stands; FALSE if the filter leaves it out. */
gboolean foc_picture_list_find (FocPictureList *self, guint32 row, guint *position);

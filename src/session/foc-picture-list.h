/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-picture-item.h"

/* The pictures of a data set as a GListModel of FocPictureItem, filtered and sorted.
 * Rows are numbers until somebody asks for an item, so that a hundred thousand of them
 * cost four bytes each. What a change leaves in its place is not announced as changed:
 * a grid keeps its place and its selection. Main thread only.
 *
 * Signal "filter-changed": the filter or the order of sorting is another one. */

#define FOC_TYPE_PICTURE_LIST (foc_picture_list_get_type ())

G_DECLARE_FINAL_TYPE (FocPictureList, foc_picture_list, FOC, PICTURE_LIST, GObject)

typedef enum
{
  FOC_SHOW_ALL,
  FOC_SHOW_UNREADABLE,
  FOC_SHOW_DUPLICATES,
  FOC_SHOW_LEAKS,
  FOC_SHOW_MISCLASSIFIED, /* by the model: needs predictions that are comparable */
  FOC_SHOW_NOT_SURE,
} FocShow;

typedef enum
{
  FOC_SORT_NAME,       /* in the order of the data set: by class and file      */
  FOC_SORT_CONFIDENCE, /* least probable answers first; those without one last */
  FOC_SORT_LOSS,       /* most wrong first; those without a loss last          */
} FocSortOrder;

typedef struct
{
  int label;  /* a class, or -1 for all                  */
  int answer; /* the class that the model takes it for, or -1 for all; see below */
  int part;   /* a FocPart, or -1 for all                */
  FocShow show;
  GHashTable *rows;   /* a set of rows of this data set (GUINT_TO_POINTER), to which a
                       * reference is kept until it changes; NULL: all           */
  const char *search; /* part of the name, in any case; NULL or "": every name */
} FocPictureFilter;

/* Both classes are labels of the data set, and stay those of their names when it is
 * refreshed. An answer counts whether it is sure or not. Where none is known that is
 * comparable (no model, or one of other classes, a picture that cannot be read or is under
 * seal), no class is answered: a filter with an answer leaves the picture out. */

#define FOC_PICTURE_FILTER_INIT                                                          \
  {                                                                                      \
    .label = -1, .answer = -1, .part = -1                                                \
  }

/* Whether anything is filtered, names apart. */
gboolean foc_picture_filter_is_set (const FocPictureFilter *self);

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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-catalog.h"
#include "foc-predictions.h"

/* Which pictures of a data set are shown, and in what order. Any thread, as far as nobody
 * changes the filter meanwhile. */

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

/* The rows of the catalog that the filter lets pass, in that order; those that are equal in
 * it in the order of the data set. `catalog` may be NULL, which has none, and so may
 * `predictions`, which leave the rows in the order of the data set. Free with g_free(). */
guint32 *foc_picture_filter_find (const FocPictureFilter *self,
                                  FocCatalog *catalog,
                                  const FocPredictions *predictions,
                                  FocSortOrder order,
                                  guint *n_rows);

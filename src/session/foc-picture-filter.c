/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-picture-filter.h"

#include "foc-name-search.h"

#include <math.h>
#include <string.h>

/* What is looked for, made once for all pictures. */
typedef struct
{
  const FocPictureFilter *filter;
  FocCatalog *catalog;
  const FocPredictions *predictions; /* or NULL         */
  FocSortOrder order;
  char *search; /* folded, or NULL */
  int answer;   /* class of the model; -1: all, or ANSWERED_BY_NONE */
} Criteria;

#define ANSWERED_BY_NONE (-2)

static gboolean
matches_show (const Criteria *self, guint32 row)
{
  const FocCatalog *catalog = self->catalog;
  const FocPredictions *predictions = self->predictions;

  switch (self->filter->show)
    {
    case FOC_SHOW_UNREADABLE:
      return foc_catalog_get_status (catalog, row) != 0;
    case FOC_SHOW_DUPLICATES:
      return catalog->flags != NULL && (catalog->flags[row] & FOC_PICTURE_DUPLICATE);
    case FOC_SHOW_LEAKS:
      return catalog->flags != NULL && (catalog->flags[row] & FOC_PICTURE_LEAK);
    case FOC_SHOW_MISCLASSIFIED:
      return predictions != NULL && predictions->wrong[row];
    case FOC_SHOW_NOT_SURE:
      return predictions != NULL && !isnan (predictions->probabilities[row])
             && predictions->doubts[row] != FOC_DOUBT_NONE;
    case FOC_SHOW_ALL:
    default:
      return TRUE;
    }
}

static int
find_answer (const Criteria *self)
{
  const FocPredictions *predictions = self->predictions;
  g_autofree guint16 *labels = NULL;

  if (self->filter->answer < 0)
    return -1;
  if (predictions != NULL && predictions->comparable)
    labels = foc_loaded_model_map_classes (predictions->model, self->catalog->dataset);
  for (guint i = 0;
       labels != NULL && i < foc_dataset_get_n_classes (self->catalog->dataset); i++)
    if (labels[i] == self->filter->answer)
      return (int) i;
  return ANSWERED_BY_NONE;
}

static gboolean
matches_answer (const Criteria *self, guint32 row)
{
  const FocPredictions *predictions = self->predictions;

  if (self->answer < 0)
    return self->answer == -1;
  return !isnan (predictions->probabilities[row])
         && predictions->answers[row] == self->answer;
}

static gboolean
matches (const Criteria *self, guint32 row)
{
  const FocPicture *picture = foc_dataset_get_picture (self->catalog->dataset, row);

  return (self->filter->rows == NULL
          || g_hash_table_contains (self->filter->rows, GUINT_TO_POINTER (row)))
         && (self->filter->label < 0 || picture->label == self->filter->label)
         && matches_answer (self, row)
         && (self->filter->part < 0
             || (int) foc_split_get_part (self->catalog->split, row)
                  == self->filter->part)
         && matches_show (self, row)
         && foc_name_search_matches (self->search, picture->name);
}

/* Sorting: a smaller key comes first, NaN last; equal ones stay in their order. */

static float
get_key (const Criteria *self, guint32 row)
{
  return self->order == FOC_SORT_CONFIDENCE ? self->predictions->probabilities[row]
                                            : -self->predictions->losses[row];
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  float x = get_key (user_data, *(const guint32 *) a);
  float y = get_key (user_data, *(const guint32 *) b);

  if (isnan (x) || isnan (y))
    return isnan (x) - isnan (y);
  return (x > y) - (x < y);
}

guint32 *
foc_picture_filter_find (const FocPictureFilter *self,
                         FocCatalog *catalog,
                         const FocPredictions *predictions,
                         FocSortOrder order,
                         guint *n_rows)
{
  g_autofree char *search = foc_name_search_fold (self->search);
  Criteria criteria = { self, catalog, predictions, order, search, -1 };
  guint32 n = catalog != NULL ? foc_dataset_get_n_pictures (catalog->dataset) : 0;
  guint32 *rows = g_new (guint32, MAX (n, 1));
  guint n_found = 0;

  if (n > 0)
    criteria.answer = find_answer (&criteria);
  for (guint32 row = 0; row < n; row++)
    if (matches (&criteria, row))
      rows[n_found++] = row;
  if (order != FOC_SORT_NAME && predictions != NULL)
    g_qsort_with_data (rows, (int) n_found, sizeof *rows, compare_rows, &criteria);

  *n_rows = n_found;
  return rows;
}

gboolean
foc_picture_filter_is_set (const FocPictureFilter *self)
{
  return self->label >= 0 || self->answer >= 0 || self->part >= 0
         || self->show != FOC_SHOW_ALL || self->rows != NULL;
}

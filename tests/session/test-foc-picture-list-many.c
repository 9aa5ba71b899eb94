/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-picture-list.h"

#include "test-catalog.h"
#include "test-folders.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* A hundred thousand pictures, and beside the list a naive one that does what it does
 * slowly, and one that is told only of changes. The model has the classes in another
 * order than the data set. */

enum
{
  N_PICTURES = 100000,
};

static char *root;
static FocCatalog *catalog;

static void
make_pictures (void)
{
  root = test_folder_new_of_many (N_PICTURES);
  catalog = test_catalog_scan (root);
}

/* Told of changes: the items as rows. */
static void
follow (GListModel *list, guint position, guint removed, guint added, gpointer user_data)
{
  GArray *rows = user_data;
  g_autofree guint32 *fresh = g_new (guint32, MAX (added, 1));

  g_assert_cmpuint (position + removed, <=, rows->len);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (FocPictureItem) item = g_list_model_get_item (list, position + i);

      fresh[i] = foc_picture_item_get_row (item);
    }
  if (removed > 0)
    g_array_remove_range (rows, position, removed);
  g_array_insert_vals (rows, position, fresh, added);
  g_assert_cmpuint (rows->len, ==, g_list_model_get_n_items (list));
}

static gboolean
naively_matches (const FocCatalog *of,
                 const FocPredictions *predictions,
                 const FocPictureFilter *filter,
                 guint32 row)
{
  const FocPicture *picture = foc_dataset_get_picture (of->dataset, row);
  g_autofree char *name = g_ascii_strdown (picture->name, -1);

  if (filter->label >= 0 && picture->label != filter->label)
    return FALSE;
  if (filter->answer >= 0
      && (isnan (predictions->probabilities[row])
          || filter->answer != 1 - predictions->answers[row]))
    return FALSE;
  if (filter->part >= 0 && (int) foc_split_get_part (of->split, row) != filter->part)
    return FALSE;
  if (filter->show == FOC_SHOW_MISCLASSIFIED && !predictions->wrong[row])
    return FALSE;
  if (filter->show == FOC_SHOW_NOT_SURE
      && (isnan (predictions->probabilities[row]) || predictions->doubts[row] == 0))
    return FALSE;
  return filter->search == NULL || strstr (name, filter->search) != NULL;
}

/* Whether `a` may stand before `b`, which has the greater row. */
static gboolean
is_in_order (const FocPredictions *predictions, FocSortOrder order, guint32 a, guint32 b)
{
  const float *x =
    order == FOC_SORT_CONFIDENCE ? predictions->probabilities : predictions->losses;

  if (order == FOC_SORT_NAME)
    return a < b;
  if (isnan (x[a]) || isnan (x[b]) || x[a] == x[b])
    return isnan (x[a]) == isnan (x[b]) ? a < b : isnan (x[b]);
  return order == FOC_SORT_CONFIDENCE ? x[a] < x[b] : x[a] > x[b];
}

static void
check (FocPictureList *list, const GArray *rows)
{
  const FocPictureFilter *filter = foc_picture_list_get_filter (list);
  const FocCatalog *of = foc_picture_list_get_catalog (list);
  const FocPredictions *predictions = foc_picture_list_get_predictions (list);
  FocSortOrder order = foc_picture_list_get_sort_order (list);
  guint32 n = foc_dataset_get_n_pictures (of->dataset);
  g_autofree guint8 *is_shown = g_new0 (guint8, n);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);

      g_assert_false (is_shown[row]);
      is_shown[row] = TRUE;
      if (i > 0)
        g_assert_true (
          is_in_order (predictions, order, g_array_index (rows, guint32, i - 1), row));
    }
  for (guint32 row = 0; row < n; row++)
    g_assert_cmpint (is_shown[row], ==, naively_matches (of, predictions, filter, row));

  /* Some of them, as a view would look at them. */
  for (guint i = 0; i < rows->len; i += 1 + rows->len / 100)
    {
      g_autoptr (FocPictureItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_cmpuint (foc_picture_item_get_row (item), ==,
                        g_array_index (rows, guint32, i));
    }
}

static void
test_reference (void)
{
  static const char *const searches[] = { NULL, "7", "picture-1", "99", "/PIC", "none" };
  g_autoptr (FocPictureList) list = foc_picture_list_new ();
  g_autoptr (FocLoadedModel) model = test_model_new ("faces comics", 1);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  FocSplitSettings settings = { FOC_SPLIT_STRATIFIED, { 5, 2, 3 }, 1, FOC_KEEP_NONE };
  FocRng rng;

  foc_rng_init (&rng, 7, 3);
  g_signal_connect (list, "items-changed", G_CALLBACK (follow), rows);
  for (guint round = 0; round < 40; round++)
    {
      FocPictureFilter filter = { .label = (int) foc_rng_below (&rng, 3) - 1,
                                  .answer = (int) foc_rng_below (&rng, 3) - 1,
                                  .part = (int) foc_rng_below (&rng, 5) - 1,
                                  .search = searches[foc_rng_below (&rng, 6)] };
      g_autofree char *small = NULL;

      if (round % 8 == 0)
        {
          g_autoptr (FocPredictions) predictions =
            test_predictions_new (model, N_PICTURES, round);
          g_autoptr (FocCatalog) anew = NULL;

          settings.seed = round;
          anew = foc_catalog_split_anew (catalog, &settings, NULL);
          foc_picture_list_set_contents (list, anew, predictions);
          check (list, rows);
        }
      if (round % 3 == 0)
        filter.show = FOC_SHOW_MISCLASSIFIED + (FocShow) foc_rng_below (&rng, 2);
      if (filter.search != NULL)
        filter.search = small = g_ascii_strdown (filter.search, -1);
      if (foc_rng_below (&rng, 2) == 0)
        foc_picture_list_set_sort_order (list, (FocSortOrder) foc_rng_below (&rng, 3));
      else
        foc_picture_list_set_filter (list, &filter);
      check (list, rows);
    }
}

/* Files come and go. */
static void
test_refresh (void)
{
  g_autoptr (FocPictureList) list = foc_picture_list_new ();
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (FocCatalog) changed = NULL;
  g_autoptr (FocPictureItem) item = NULL;
  g_autoptr (FocPictureItem) again = NULL;
  guint position;

  foc_picture_list_set_contents (list, catalog, NULL);
  g_array_set_size (rows, N_PICTURES);
  for (guint32 i = 0; i < N_PICTURES; i++)
    g_array_index (rows, guint32, i) = i;
  item = g_list_model_get_item (G_LIST_MODEL (list), 60000);

  g_signal_connect (list, "items-changed", G_CALLBACK (follow), rows);
  for (guint i = 5000; i < 5010; i++)
    {
      g_autofree char *gone = foc_dataset_get_file (catalog->dataset, i);

      g_assert_cmpint (g_remove (gone), ==, 0);
    }
  test_add_files (root, "comics/0/new.png faces/17/new.png faces/zzz.png");
  changed = test_catalog_scan (root);
  foc_picture_list_set_contents (list, changed, NULL);
  g_assert_cmpuint (rows->len, ==, N_PICTURES - 7);
  g_assert_true (
    foc_picture_list_find (list, foc_picture_item_get_row (item), &position));
  again = g_list_model_get_item (G_LIST_MODEL (list), position);
  g_assert_true (again == item);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  make_pictures ();

  g_test_add_func ("/picture-list/many/reference", test_reference);
  g_test_add_func ("/picture-list/many/refresh", test_refresh);

  status = g_test_run ();
  foc_catalog_unref (catalog);
  test_folder_delete (root);
  g_free (root);
  return status;
}

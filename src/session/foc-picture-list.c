/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-picture-list.h"

#include "foc-picture-item-private.h"

struct _FocPictureList
{
  GObject parent_instance;

  FocCatalog *catalog;         /* or NULL                             */
  FocPredictions *predictions; /* or NULL                             */
  FocPictureFilter filter;     /* its string is owned                 */
  FocSortOrder order;

  guint32 *rows; /* what is shown, in this order        */
  guint n_rows;
  GHashTable *items; /* row -> item that somebody holds     */
};

static guint filter_changed_signal;

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FocPictureList,
                               foc_picture_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      list_model_iface_init))

static GType
get_item_type (GListModel *model)
{
  return FOC_TYPE_PICTURE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return FOC_PICTURE_LIST (model)->n_rows;
}

static gpointer
get_item (GListModel *model, guint position)
{
  FocPictureList *self = FOC_PICTURE_LIST (model);
  FocPictureItem *item;

  if (position >= self->n_rows)
    return NULL;

  item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (self->rows[position]));
  if (item != NULL)
    return g_object_ref (item);

  return foc_picture_item_new (self->items, self->catalog, self->predictions,
                               self->rows[position]);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
clear_filter (FocPictureList *self)
{
  g_free ((char *) self->filter.search);
  g_clear_pointer (&self->filter.rows, g_hash_table_unref);
  self->filter = (FocPictureFilter) FOC_PICTURE_FILTER_INIT;
}

static void
foc_picture_list_finalize (GObject *object)
{
  FocPictureList *self = FOC_PICTURE_LIST (object);

  g_clear_pointer (&self->catalog, foc_catalog_unref);
  g_clear_pointer (&self->predictions, foc_predictions_unref);
  clear_filter (self);
  g_free (self->rows);
  g_hash_table_unref (self->items);

  G_OBJECT_CLASS (foc_picture_list_parent_class)->finalize (object);
}

static void
foc_picture_list_class_init (FocPictureListClass *class)
{
  G_OBJECT_CLASS (class)->finalize = foc_picture_list_finalize;

  filter_changed_signal =
    g_signal_new ("filter-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
foc_picture_list_init (FocPictureList *self)
{
  self->filter = (FocPictureFilter) FOC_PICTURE_FILTER_INIT;
  self->items = g_hash_table_new (NULL, NULL);
}

FocPictureList *
foc_picture_list_new (void)
{
  return g_object_new (FOC_TYPE_PICTURE_LIST, NULL);
}

/* Changes */

static gboolean
is_same_picture (const FocCatalog *a, guint32 row_a, const FocCatalog *b, guint32 row_b)
{
  if (a->dataset == b->dataset)
    return row_a == row_b;

  return g_str_equal (foc_dataset_get_picture (a->dataset, row_a)->path,
                      foc_dataset_get_picture (b->dataset, row_b)->path);
}

/* Filters and sorts anew, and tells of the part that differs. `before` is the catalog
 * that the rows are of now, of the same folder; NULL if nothing stays. */
static void
refill (FocPictureList *self, const FocCatalog *before)
{
  g_autofree guint32 *old = g_steal_pointer (&self->rows);
  guint n_old = self->n_rows;
  guint n_new, n_same_head = 0, n_same_tail = 0;
  guint32 *new = foc_picture_filter_find (&self->filter, self->catalog, self->predictions,
                                          self->order, &n_new);
  guint n_common = before != NULL ? MIN (n_old, n_new) : 0;

  while (n_same_head < n_common
         && is_same_picture (before, old[n_same_head], self->catalog, new[n_same_head]))
    n_same_head++;
  while (n_same_tail < n_common - n_same_head
         && is_same_picture (before, old[n_old - 1 - n_same_tail], self->catalog,
                             new[n_new - 1 - n_same_tail]))
    n_same_tail++;

  self->rows = new;
  self->n_rows = n_new;
  n_old -= n_same_head + n_same_tail;
  n_new -= n_same_head + n_same_tail;
  if (n_old > 0 || n_new > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), n_same_head, n_old, n_new);
}

/* The items that somebody holds, each with a reference. */
static GPtrArray *
hold_items (FocPictureList *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_ptr_array_add (items, g_object_ref (item));

  return items;
}

/* The row that the file of each of `items` has in the data set that is the list's now;
 * GONE where it has none. */
#define GONE G_MAXUINT32

static guint32 *
find_rows (FocPictureList *self, const GPtrArray *items)
{
  g_autoptr (GHashTable) indices = g_hash_table_new (g_str_hash, g_str_equal);
  guint32 n = foc_dataset_get_n_pictures (self->catalog->dataset);
  guint32 *rows = g_new (guint32, items->len);

  for (guint i = 0; i < items->len; i++)
    {
      const FocDataset *dataset = foc_picture_item_get_catalog (items->pdata[i])->dataset;
      guint32 row = foc_picture_item_get_row (items->pdata[i]);

      rows[i] = GONE;
      g_hash_table_insert (indices,
                           (gpointer) foc_dataset_get_picture (dataset, row)->path,
                           GUINT_TO_POINTER (i + 1));
    }

  for (guint32 row = 0; row < n && items->len > 0; row++)
    {
      const char *path = foc_dataset_get_picture (self->catalog->dataset, row)->path;
      guint i = GPOINTER_TO_UINT (g_hash_table_lookup (indices, path));

      if (i > 0)
        rows[i - 1] = row;
    }
  return rows;
}

/* Gives the items what the list has now. Those whose file has gone are left as they were,
 * and are taken out of `items`: they are the list's no more. */
static void
update_items (FocPictureList *self, GPtrArray *items, gboolean is_other_dataset)
{
  g_autofree guint32 *rows = is_other_dataset ? find_rows (self, items) : NULL;
  guint n_left = 0;

  if (is_other_dataset)
    g_hash_table_remove_all (self->items);

  for (guint i = 0; i < items->len; i++)
    {
      FocPictureItem *item = items->pdata[i];
      guint32 row = rows != NULL ? rows[i] : foc_picture_item_get_row (item);

      if (row == GONE)
        continue;
      foc_picture_item_update (item, self->catalog, self->predictions, row);
      g_hash_table_insert (self->items, GUINT_TO_POINTER (row), item);
      items->pdata[i] = items->pdata[n_left];
      items->pdata[n_left++] = item;
    }
  g_ptr_array_set_size (items, (int) n_left);
}

/* The class of a filter by its name: in another data set it may have another number, or
 * be missing. */
static int
find_class (const FocDataset *before, int label, const FocDataset *now)
{
  const char *name;

  if (label < 0 || before == now)
    return label;

  name = foc_dataset_get_class_names (before)[label];
  for (guint i = 0; i < foc_dataset_get_n_classes (now); i++)
    if (g_str_equal (foc_dataset_get_class_names (now)[i], name))
      return (int) i;
  return -1;
}

/* The filter goes on to be of the same classes. TRUE where it is another one. */
static gboolean
rename_classes (FocPictureList *self, const FocDataset *before)
{
  const FocDataset *now = self->catalog->dataset;
  int label = find_class (before, self->filter.label, now);
  int answer = find_class (before, self->filter.answer, now);
  gboolean is_other = label != self->filter.label || answer != self->filter.answer
                      || (before != now && self->filter.rows != NULL);

  if (before != now)
    g_clear_pointer (&self->filter.rows, g_hash_table_unref);
  self->filter.label = label;
  self->filter.answer = answer;
  return is_other;
}

void
foc_picture_list_set_contents (FocPictureList *self,
                               FocCatalog *catalog,
                               FocPredictions *predictions)
{
  g_autoptr (FocCatalog) before = NULL;
  g_autoptr (FocPredictions) predictions_before = NULL;
  g_autoptr (GPtrArray) items = NULL;
  gboolean is_same_folder, is_other_filter;

  if (catalog == self->catalog && predictions == self->predictions)
    return;

  before = g_steal_pointer (&self->catalog);
  predictions_before = g_steal_pointer (&self->predictions);
  is_same_folder = catalog != NULL && before != NULL
                   && g_str_equal (foc_dataset_get_root (before->dataset),
                                   foc_dataset_get_root (catalog->dataset));
  self->catalog = catalog != NULL ? foc_catalog_ref (catalog) : NULL;
  self->predictions =
    catalog != NULL && predictions != NULL ? foc_predictions_ref (predictions) : NULL;

  if (is_same_folder)
    {
      items = hold_items (self);
      update_items (self, items, before->dataset != catalog->dataset);
      is_other_filter = rename_classes (self, before->dataset);
    }
  else
    {
      g_hash_table_remove_all (self->items);
      clear_filter (self);
      is_other_filter = TRUE;
    }

  /* Whoever hears of one change finds all of them made. */
  refill (self, is_same_folder ? before : NULL);
  for (guint i = 0; items != NULL && i < items->len; i++)
    foc_picture_item_emit_changed (items->pdata[i]);
  if (is_other_filter)
    g_signal_emit (self, filter_changed_signal, 0);
}

FocCatalog *
foc_picture_list_get_catalog (FocPictureList *self)
{
  return self->catalog;
}

FocPredictions *
foc_picture_list_get_predictions (FocPictureList *self)
{
  return self->predictions;
}

void
foc_picture_list_set_filter (FocPictureList *self, const FocPictureFilter *filter)
{
  const FocPictureFilter new = *filter; /* which may be the list's own */
  char *search =
    filter->search != NULL && *filter->search != '\0' ? g_strdup (filter->search) : NULL;

  GHashTable *rows = filter->rows != NULL ? g_hash_table_ref (filter->rows) : NULL;

  clear_filter (self);
  self->filter = new;
  self->filter.search = search;
  self->filter.rows = rows;
  refill (self, self->catalog);
  g_signal_emit (self, filter_changed_signal, 0);
}

const FocPictureFilter *
foc_picture_list_get_filter (FocPictureList *self)
{
  return &self->filter;
}

void
foc_picture_list_set_sort_order (FocPictureList *self, FocSortOrder order)
{
  self->order = order;
  refill (self, self->catalog);
  g_signal_emit (self, filter_changed_signal, 0);
}

FocSortOrder
foc_picture_list_get_sort_order (FocPictureList *self)
{
  return self->order;
}

gboolean
foc_picture_list_find (FocPictureList *self, guint32 row, guint *position)
{
  for (guint i = 0; i < self->n_rows; i++)
    if (self->rows[i] == row)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

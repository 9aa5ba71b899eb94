/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-run-history-private.h"

#include "foc-run-folder.h"

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FocRunHistory,
                               foc_run_history,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      list_model_iface_init))

enum
{
  PROP_LOADING = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint failed_signal;

static GType
get_item_type (GListModel *model)
{
  return FOC_TYPE_RUN_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return FOC_RUN_HISTORY (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  FocRunHistory *self = FOC_RUN_HISTORY (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

void
foc_run_history_fail (FocRunHistory *self, const char *message)
{
  g_signal_emit (self, failed_signal, 0, message);
}

/* The list */

void
foc_run_history_insert (FocRunHistory *self, FocRunItem *item)
{
  guint low = 0, high = self->items->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (foc_run_item_compare (self->items->pdata[middle], item) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  foc_run_item_set_at_work (
    item, g_strcmp0 (self->at_work, foc_run_item_get_folder (item)) == 0);
  g_ptr_array_insert (self->items, (int) low, g_object_ref (item));
  g_hash_table_insert (self->by_folder, g_strdup (foc_run_item_get_folder (item)), item);
  g_list_model_items_changed (G_LIST_MODEL (self), low, 0, 1);
}

void
foc_run_history_take_out (FocRunHistory *self, FocRunItem *item)
{
  guint position;

  g_return_if_fail (g_ptr_array_find (self->items, item, &position));

  g_hash_table_remove (self->by_folder, foc_run_item_get_folder (item));
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* What is known of a run now; of one that is on its way out nobody wants to know. */
static void
merge (FocRunHistory *self, FocRunSummary *summary)
{
  FocRunItem *known = g_hash_table_lookup (self->by_folder, summary->folder);
  g_autoptr (FocRunItem) item = NULL;

  if (g_hash_table_contains (self->deleted, summary->folder))
    return;

  item = known != NULL ? g_object_ref (known) : foc_run_item_new (summary);
  if (known == NULL)
    {
      foc_run_history_insert (self, item);
      return;
    }
  if (g_date_time_equal (foc_run_item_get_created (item), summary->created))
    {
      foc_run_item_set_summary (item, summary);
      return;
    }
  foc_run_history_take_out (self, item);
  foc_run_item_set_summary (item, summary);
  foc_run_history_insert (self, item);
}

FocRunItem *
foc_run_history_find (FocRunHistory *self, const char *folder)
{
  return g_hash_table_lookup (self->by_folder, folder);
}

static void
mark_at_work (FocRunHistory *self, gboolean at_work)
{
  FocRunItem *item =
    self->at_work != NULL ? foc_run_history_find (self, self->at_work) : NULL;

  if (item != NULL)
    foc_run_item_set_at_work (item, at_work);
}

void
foc_run_history_set_at_work (FocRunHistory *self, const char *folder)
{
  if (g_strcmp0 (folder, self->at_work) == 0)
    return;

  mark_at_work (self, FALSE);
  g_free (self->at_work);
  self->at_work = g_strdup (folder);
  mark_at_work (self, TRUE);
  foc_run_history_refresh (self);
}

/* Reading it */

static void
on_delivered (FocJob *job, gpointer value, gpointer owner)
{
  const GPtrArray *summaries = value;

  for (guint i = 0; i < summaries->len; i++)
    merge (owner, summaries->pdata[i]);
}

/* Those of which no record is left. */
static void
drop_missing (FocRunHistory *self, const GPtrArray *summaries)
{
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < summaries->len; i++)
    g_hash_table_add (there, ((FocRunSummary *) summaries->pdata[i])->folder);
  for (guint i = self->items->len; i > 0; i--)
    {
      g_autoptr (FocRunItem) item = g_object_ref (self->items->pdata[i - 1]);

      if (!g_hash_table_contains (there, foc_run_item_get_folder (item)))
        foc_run_history_take_out (self, item);
    }
}

static void
on_scanned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocRunHistory *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) summaries = foc_job_finish (FOC_JOB (source), result, &error);
  g_autofree char *before = g_steal_pointer (&self->problem);

  if (self->scan != FOC_JOB (source))
    {
      self->problem = g_steal_pointer (&before);
      return;
    }

  g_clear_object (&self->scan);
  if (summaries != NULL)
    {
      drop_missing (self, summaries);
      on_delivered (NULL, summaries, self);
      foc_run_watch_follow (self->watch, self->items);
    }
  else
    self->problem = g_strdup (error->message);

  if (!self->loaded)
    {
      self->loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
    }
  if (self->problem != NULL && g_strcmp0 (self->problem, before) != 0)
    foc_run_history_fail (self, self->problem);
  if (self->scan_again)
    foc_run_history_refresh (self);
}

void
foc_run_history_refresh (FocRunHistory *self)
{
  FocRunScan *scan;

  self->scan_again = self->scan != NULL;
  if (self->scan_again)
    return;

  scan = g_new (FocRunScan, 1);
  *scan = (FocRunScan){
    .folder = g_strdup (self->folder),
    .known = g_ptr_array_new_with_free_func ((GDestroyNotify) foc_run_summary_unref),
    .deliver = on_delivered,
  };
  for (guint i = 0; i < self->items->len; i++)
    g_ptr_array_add (scan->known, foc_run_summary_ref (
                                    foc_run_item_get_summary (self->items->pdata[i])));

  self->scan = foc_job_new ();
  foc_job_run (self->scan, foc_run_scan_work, scan, foc_run_scan_free,
               (GDestroyNotify) g_ptr_array_unref, on_scanned, self);
}

void
foc_run_history_scan_anew (FocRunHistory *self)
{
  g_autoptr (FocJob) stale = g_steal_pointer (&self->scan);

  if (stale != NULL)
    foc_job_cancel (stale);
  foc_run_history_refresh (self);
}

/* Renaming */

static gpointer
rename_run (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  char **names = data;

  return foc_run_rename (names[0], names[1], error) ? g_strdup (names[0]) : NULL;
}

static void
on_renamed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocRunHistory *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = foc_job_finish (FOC_JOB (source), result, &error);

  if (folder == NULL)
    foc_run_history_fail (self, error->message);
  foc_run_history_scan_anew (self);
}

void
foc_run_history_rename (FocRunHistory *self, FocRunItem *item, const char *title)
{
  const char *const names[] = { foc_run_item_get_folder (item), title, NULL };
  g_autoptr (FocJob) job = foc_job_new ();

  foc_job_run (job, rename_run, g_strdupv ((GStrv) names), (GDestroyNotify) g_strfreev,
               g_free, on_renamed, self);
}

gboolean
foc_run_history_get_loading (FocRunHistory *self)
{
  return !self->loaded;
}

static void
foc_run_history_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, !FOC_RUN_HISTORY (object)->loaded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_run_history_dispose (GObject *object)
{
  FocRunHistory *self = FOC_RUN_HISTORY (object);
  g_autoptr (FocJob) scan = g_steal_pointer (&self->scan);

  if (scan != NULL)
    foc_job_cancel (scan);
  foc_run_history_end_offers (self);
  g_clear_pointer (&self->watch, foc_run_watch_free);

  G_OBJECT_CLASS (foc_run_history_parent_class)->dispose (object);
}

static void
foc_run_history_finalize (GObject *object)
{
  FocRunHistory *self = FOC_RUN_HISTORY (object);

  g_free (self->folder);
  g_free (self->problem);
  g_free (self->at_work);
  g_hash_table_unref (self->by_folder);
  g_hash_table_unref (self->deleted);
  g_hash_table_unref (self->purged);
  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (foc_run_history_parent_class)->finalize (object);
}

static void
foc_run_history_class_init (FocRunHistoryClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = foc_run_history_get_property;
  object_class->dispose = foc_run_history_dispose;
  object_class->finalize = foc_run_history_finalize;

  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, TRUE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  failed_signal = g_signal_new ("failed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("purged", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                NULL, G_TYPE_NONE, 0);
}

static void
foc_run_history_init (FocRunHistory *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_folder = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->purged = g_hash_table_new (NULL, NULL);
  self->deleted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

static void
on_folder_changed (gpointer self)
{
  foc_run_history_refresh (self);
}

FocRunHistory *
foc_run_history_new (const char *folder)
{
  FocRunHistory *self = g_object_new (FOC_TYPE_RUN_HISTORY, NULL);

  self->folder = g_strdup (folder);
  self->watch = foc_run_watch_new (folder, on_folder_changed, self);
  foc_run_history_refresh (self);
  return self;
}

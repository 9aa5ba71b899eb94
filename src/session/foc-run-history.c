/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-run-history.h"

#include "foc-run-folder.h"

/* After a change, others that come with it are waited for. */
#define SETTLE_TIME 300 /* milliseconds */
/* Whoever leaves a run under way is not seen to do so. */
#define ASK_INTERVAL 2 /* seconds */
/* Folders of runs that are not finished are watched one by one, up to so many. */
#define MAX_WATCHED 64

struct _FocRunHistory
{
  GObject parent_instance;

  char *folder;
  GPtrArray *items;      /* the list                                      */
  GHashTable *by_folder; /* the same                                      */
  GHashTable *deleted;   /* folder -> item that is not in the list, until */
                         /* it comes back or is gone                      */
  GHashTable *purged;    /* those items whose folders are being deleted   */
  FocJob *scan;          /* that is under way, or NULL                    */
  gboolean scan_again;
  gboolean loaded;
  char *problem; /* of the last scan, or NULL */

  GFileMonitor *monitor;
  GHashTable *watched; /* folder -> GFileMonitor */
  guint settle_id;
  guint ask_id;
};

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

/* The list */

static void
insert (FocRunHistory *self, FocRunItem *item)
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
  g_ptr_array_insert (self->items, (int) low, g_object_ref (item));
  g_hash_table_insert (self->by_folder, g_strdup (foc_run_item_get_folder (item)), item);
  g_list_model_items_changed (G_LIST_MODEL (self), low, 0, 1);
}

static void
take_out (FocRunHistory *self, FocRunItem *item)
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
      insert (self, item);
      return;
    }
  if (g_date_time_equal (foc_run_item_get_created (item), summary->created))
    {
      foc_run_item_set_summary (item, summary);
      return;
    }
  take_out (self, item);
  foc_run_item_set_summary (item, summary);
  insert (self, item);
}

FocRunItem *
foc_run_history_find (FocRunHistory *self, const char *folder)
{
  return g_hash_table_lookup (self->by_folder, folder);
}

/* Following the folder */

static gboolean
on_settled (gpointer user_data)
{
  FocRunHistory *self = user_data;

  self->settle_id = 0;
  foc_run_history_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
on_file_changed (FocRunHistory *self, GFile *file, GFile *renamed)
{
  g_autofree char *name = g_file_get_basename (renamed != NULL ? renamed : file);

  /* A run under way writes its checkpoints all the time. */
  if (g_str_has_suffix (name, ".safetensors") || g_str_has_prefix (name, "."))
    return;
  if (self->settle_id == 0)
    self->settle_id = g_timeout_add (SETTLE_TIME, on_settled, self);
}

static gboolean
ask (gpointer user_data)
{
  foc_run_history_refresh (user_data);
  return G_SOURCE_CONTINUE;
}

/* NULL where the file system tells nothing. */
static GFileMonitor *
watch (FocRunHistory *self, const char *folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  GFileMonitor *monitor =
    g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

  if (monitor != NULL)
    g_signal_connect_object (monitor, "changed", G_CALLBACK (on_file_changed), self,
                             G_CONNECT_SWAPPED);
  return monitor;
}

/* Records change while their runs are not finished, and of these the newest. */
static void
follow (FocRunHistory *self)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->watched);
  gboolean is_any_under_way = FALSE;

  self->watched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (guint i = 0; i < self->items->len; i++)
    {
      FocRunItem *item = self->items->pdata[i];
      const char *folder = foc_run_item_get_folder (item);
      FocRunState state = foc_run_item_get_state (item);
      GFileMonitor *monitor;

      is_any_under_way = is_any_under_way || state == FOC_RUN_UNDER_WAY;
      if (state == FOC_RUN_FINISHED || g_hash_table_size (self->watched) >= MAX_WATCHED)
        continue;
      monitor = g_hash_table_lookup (before, folder);
      monitor = monitor != NULL ? g_object_ref (monitor) : watch (self, folder);
      if (monitor != NULL)
        g_hash_table_insert (self->watched, g_strdup (folder), monitor);
    }

  if (is_any_under_way && self->ask_id == 0)
    self->ask_id = g_timeout_add_seconds (ASK_INTERVAL, ask, self);
  else if (!is_any_under_way)
    g_clear_handle_id (&self->ask_id, g_source_remove);
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
        take_out (self, item);
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
      follow (self);
    }
  else
    self->problem = g_strdup (error->message);

  if (!self->loaded)
    {
      self->loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
    }
  if (self->problem != NULL && g_strcmp0 (self->problem, before) != 0)
    g_signal_emit (self, failed_signal, 0, self->problem);
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

/* What a scan has seen that began before is not to be believed. */
static void
scan_anew (FocRunHistory *self)
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
    g_signal_emit (self, failed_signal, 0, error->message);
  scan_anew (self);
}

void
foc_run_history_rename (FocRunHistory *self, FocRunItem *item, const char *title)
{
  const char *const names[] = { foc_run_item_get_folder (item), title, NULL };
  g_autoptr (FocJob) job = foc_job_new ();

  foc_job_run (job, rename_run, g_strdupv ((GStrv) names), (GDestroyNotify) g_strfreev,
               g_free, on_renamed, self);
}

/* Deleting */

gboolean
foc_run_history_delete (FocRunHistory *self, FocRunItem *item)
{
  if (foc_run_item_get_state (item) == FOC_RUN_UNDER_WAY
      || foc_run_history_find (self, foc_run_item_get_folder (item)) != item)
    return FALSE;

  g_hash_table_insert (self->deleted, g_strdup (foc_run_item_get_folder (item)),
                       g_object_ref (item));
  take_out (self, item);
  return TRUE;
}

static gboolean
is_deleted (FocRunHistory *self, FocRunItem *item)
{
  return g_hash_table_lookup (self->deleted, foc_run_item_get_folder (item)) == item;
}

void
foc_run_history_undo (FocRunHistory *self, FocRunItem *item)
{
  if (!is_deleted (self, item) || g_hash_table_contains (self->purged, item))
    return;

  insert (self, item);
  g_hash_table_remove (self->deleted, foc_run_item_get_folder (item));
  /* It may not be as it was. */
  foc_run_history_refresh (self);
}

static gpointer
delete_run (FocJob *job, gpointer folder, GCancellable *cancellable, GError **error)
{
  return foc_run_delete (folder, error) ? g_strdup (folder) : NULL;
}

static void
on_purged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocRunHistory *self = user_data;
  FocRunItem *item = g_object_get_data (source, "item");
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = foc_job_finish (FOC_JOB (source), result, &error);

  if (folder == NULL && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      insert (self, item);
      g_signal_emit (self, failed_signal, 0, error->message);
    }
  g_hash_table_remove (self->purged, item);
  g_hash_table_remove (self->deleted, foc_run_item_get_folder (item));
  scan_anew (self);
}

static void
ignore (GObject *source, GAsyncResult *result, gpointer user_data)
{
}

/* `self` NULL: nobody waits for it. */
static void
begin_purge (FocRunHistory *self, FocRunItem *item)
{
  g_autoptr (FocJob) job = foc_job_new ();

  g_object_set_data_full (G_OBJECT (job), "item", g_object_ref (item), g_object_unref);
  foc_job_run (job, delete_run, g_strdup (foc_run_item_get_folder (item)), g_free, g_free,
               self != NULL ? on_purged : ignore,
               self != NULL ? (gpointer) self : (gpointer) job);
}

void
foc_run_history_purge_all (FocRunHistory *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->deleted);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      g_autoptr (FocRunItem) item = g_object_ref (value);
      g_autoptr (GError) error = NULL;

      if (g_hash_table_contains (self->purged, item))
        continue;
      g_hash_table_iter_remove (&iter);
      if (!foc_run_delete (foc_run_item_get_folder (item), &error)
          && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        {
          insert (self, item);
          g_signal_emit (self, failed_signal, 0, error->message);
        }
    }
}

void
foc_run_history_purge (FocRunHistory *self, FocRunItem *item)
{
  if (is_deleted (self, item) && g_hash_table_add (self->purged, item))
    begin_purge (self, item);
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
  GHashTableIter iter;
  gpointer item;

  if (scan != NULL)
    foc_job_cancel (scan);
  /* The offer to undo has ended. */
  g_hash_table_iter_init (&iter, self->deleted);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    if (!g_hash_table_contains (self->purged, item))
      begin_purge (NULL, item);
  g_hash_table_remove_all (self->purged);
  g_hash_table_remove_all (self->deleted);
  g_hash_table_remove_all (self->watched);
  g_clear_object (&self->monitor);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_handle_id (&self->ask_id, g_source_remove);

  G_OBJECT_CLASS (foc_run_history_parent_class)->dispose (object);
}

static void
foc_run_history_finalize (GObject *object)
{
  FocRunHistory *self = FOC_RUN_HISTORY (object);

  g_free (self->folder);
  g_free (self->problem);
  g_hash_table_unref (self->by_folder);
  g_hash_table_unref (self->deleted);
  g_hash_table_unref (self->purged);
  g_hash_table_unref (self->watched);
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
}

static void
foc_run_history_init (FocRunHistory *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_folder = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->purged = g_hash_table_new (NULL, NULL);
  self->deleted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->watched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

FocRunHistory *
foc_run_history_new (const char *folder)
{
  FocRunHistory *self = g_object_new (FOC_TYPE_RUN_HISTORY, NULL);

  self->folder = g_strdup (folder);
  self->monitor = watch (self, folder);
  foc_run_history_refresh (self);
  return self;
}

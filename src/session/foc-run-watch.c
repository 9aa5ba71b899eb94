/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-run-watch.h"

/* After a change, others that come with it are waited for. */
#define SETTLE_TIME 300 /* milliseconds */
/* Whoever leaves a run under way is not seen to do so. */
#define ASK_INTERVAL 2 /* seconds */
/* Folders of runs that are not finished are watched one by one, up to so many. */
#define MAX_WATCHED 64

struct _FocRunWatch
{
  GSourceOnceFunc changed;
  gpointer user_data;

  GFileMonitor *monitor; /* of the folder, or NULL where the file system tells nothing */
  GHashTable *monitors;  /* folder of a run -> GFileMonitor                            */
  GHashTable *under_way; /* folders of runs                                            */
  guint settle_id;
  guint ask_id;
};

static void
on_settled (gpointer user_data)
{
  FocRunWatch *self = user_data;

  self->settle_id = 0;
  self->changed (self->user_data);
}

/* A run under way writes its checkpoints all the time; of another one they tell that it is
 * gone on with. */
static gboolean
is_news (FocRunWatch *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;

  if (g_str_has_prefix (name, "."))
    return FALSE;
  return !g_str_has_suffix (name, ".safetensors") || folder == NULL
         || !g_hash_table_contains (self->under_way, folder);
}

static void
on_file_changed (GFileMonitor *monitor,
                 GFile *file,
                 GFile *renamed,
                 GFileMonitorEvent event,
                 gpointer user_data)
{
  FocRunWatch *self = user_data;

  if (self->settle_id == 0 && is_news (self, renamed != NULL ? renamed : file))
    self->settle_id = g_timeout_add_once (SETTLE_TIME, on_settled, self);
}

static gboolean
ask (gpointer user_data)
{
  FocRunWatch *self = user_data;

  self->changed (self->user_data);
  return G_SOURCE_CONTINUE;
}

static GFileMonitor *
watch (FocRunWatch *self, const char *folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  GFileMonitor *monitor =
    g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

  if (monitor != NULL)
    g_signal_connect (monitor, "changed", G_CALLBACK (on_file_changed), self);
  return monitor;
}

/* Nobody else has a reference but an event on its way, which is not to come any more. */
static void
drop_monitor (gpointer data)
{
  g_signal_handlers_disconnect_matched (data, G_SIGNAL_MATCH_FUNC, 0, 0, NULL,
                                        on_file_changed, NULL);
  g_object_unref (data);
}

FocRunWatch *
foc_run_watch_new (const char *folder, GSourceOnceFunc changed, gpointer user_data)
{
  FocRunWatch *self = g_new0 (FocRunWatch, 1);

  self->changed = changed;
  self->user_data = user_data;
  self->monitor = watch (self, folder);
  self->monitors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, drop_monitor);
  self->under_way = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
foc_run_watch_free (FocRunWatch *self)
{
  g_clear_pointer (&self->monitor, drop_monitor);
  g_hash_table_unref (self->monitors);
  g_hash_table_unref (self->under_way);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_handle_id (&self->ask_id, g_source_remove);
  g_free (self);
}

/* Records change while their runs are not finished, and of these the newest. */
void
foc_run_watch_follow (FocRunWatch *self, const GPtrArray *items)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->monitors);

  self->monitors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, drop_monitor);
  g_hash_table_remove_all (self->under_way);
  for (guint i = 0; i < items->len; i++)
    {
      const char *folder = foc_run_item_get_folder (items->pdata[i]);
      FocRunState state = foc_run_item_get_state (items->pdata[i]);
      gpointer key, monitor;

      if (state == FOC_RUN_UNDER_WAY)
        g_hash_table_add (self->under_way, g_strdup (folder));
      if (state == FOC_RUN_FINISHED || g_hash_table_size (self->monitors) >= MAX_WATCHED)
        continue;
      if (g_hash_table_steal_extended (before, folder, &key, &monitor))
        g_free (key);
      else
        monitor = watch (self, folder);
      if (monitor != NULL)
        g_hash_table_insert (self->monitors, g_strdup (folder), monitor);
    }

  if (g_hash_table_size (self->under_way) == 0)
    g_clear_handle_id (&self->ask_id, g_source_remove);
  else if (self->ask_id == 0)
    self->ask_id = g_timeout_add_seconds (ASK_INTERVAL, ask, self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-run-history-private.h"

#include "foc-run-folder.h"

#include <glib/gi18n-lib.h>

gboolean
foc_run_history_delete (FocRunHistory *self, FocRunItem *item)
{
  if (foc_run_history_find (self, foc_run_item_get_folder (item)) != item)
    return FALSE;
  if (foc_run_item_get_state (item) == FOC_RUN_UNDER_WAY)
    {
      g_autofree char *message =
        g_strdup_printf (_ ("The run “%s” is under way: stop it before it is deleted."),
                         foc_run_item_get_name (item));

      foc_run_history_fail (self, message);
      return FALSE;
    }

  g_hash_table_insert (self->deleted, g_strdup (foc_run_item_get_folder (item)),
                       g_object_ref (item));
  foc_run_history_take_out (self, item);
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

  foc_run_history_insert (self, item);
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
      foc_run_history_insert (self, item);
      foc_run_history_fail (self, error->message);
    }
  g_hash_table_remove (self->purged, item);
  g_hash_table_remove (self->deleted, foc_run_item_get_folder (item));
  foc_run_history_scan_anew (self);
  if (g_hash_table_size (self->purged) == 0)
    g_signal_emit_by_name (self, "purged");
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
foc_run_history_purge (FocRunHistory *self, FocRunItem *item)
{
  if (is_deleted (self, item) && g_hash_table_add (self->purged, item))
    begin_purge (self, item);
}

gboolean
foc_run_history_purge_all (FocRunHistory *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->deleted);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    foc_run_history_purge (self, item);

  return g_hash_table_size (self->purged) == 0;
}

void
foc_run_history_end_offers (FocRunHistory *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->deleted);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    if (!g_hash_table_contains (self->purged, item))
      begin_purge (NULL, item);
  g_hash_table_remove_all (self->purged);
  g_hash_table_remove_all (self->deleted);
}

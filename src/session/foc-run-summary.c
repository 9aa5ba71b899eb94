/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-run-summary.h"

#include "foc-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

/* What was read is delivered after so long: a list that is long in coming fills. */
#define DELIVERY_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)

FocRunSummary *
foc_run_summary_ref (FocRunSummary *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  FocRunSummary *self = data;

  g_free (self->folder);
  g_free (self->final_checkpoint);
  g_free (self->problem);
  g_free (self->title);
  g_free (self->dataset_name);
  g_date_time_unref (self->created);
}

void
foc_run_summary_unref (FocRunSummary *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static FocRunState
get_progress (const FocRun *run)
{
  if (run->grid == NULL)
    return FOC_RUN_INTERRUPTED;
  if (run->grid->stopped && run->model_sha256 == NULL)
    return FOC_RUN_STOPPED;
  if (foc_run_has_diverged (run))
    return FOC_RUN_DIVERGED;
  if (run->certainty.temperature == 0)
    return FOC_RUN_INTERRUPTED;
  if (run->model_sha256 == NULL)
    return FOC_RUN_SEARCHED;
  return foc_run_is_finished (run) ? FOC_RUN_FINISHED : FOC_RUN_SEALED;
}

const char *
foc_run_get_obstacle (const FocRun *run)
{
  if (foc_run_has_diverged (run))
    return _ ("Every cell of this run diverged: there is nothing to be reproduced.");
  if (run->grid != NULL && run->grid->stopped && run->model_sha256 != NULL)
    return _ ("The search of this run was stopped, and its final model is of what had "
              "been found until then: that cannot be reproduced.");
  if (run->grid == NULL || run->grid->stopped || run->certainty.temperature == 0)
    return _ ("Only a run whose search is complete can be reproduced: resume it first.");
  return NULL;
}

FocRunState
foc_run_summary_get_state (const FocRunSummary *self)
{
  if (self->is_locked)
    return FOC_RUN_UNDER_WAY;
  return self->has_begun_final ? FOC_RUN_FINAL_INTERRUPTED : self->progress;
}

/* What the folder tells beside the record. */
static void
look (FocRunSummary *self)
{
  gboolean may_change =
    self->progress != FOC_RUN_DAMAGED && self->progress != FOC_RUN_FINISHED;

  self->is_locked = may_change && foc_file_folder_is_locked (self->folder);
  self->has_begun_final = self->final_checkpoint != NULL
                          && g_file_test (self->final_checkpoint, G_FILE_TEST_EXISTS);
}

static GDateTime *
get_time (const FocRunSummary *self, const char *created)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time =
    created != NULL ? g_date_time_new_from_iso8601 (created, utc) : NULL;

  if (time == NULL)
    time = g_date_time_new_from_unix_utc (self->mtime / 1000000000);
  /* Before or after all that GLib's calendar knows. */
  if (time == NULL)
    time = g_date_time_new_from_unix_utc (0);
  return g_date_time_to_local (time);
}

static void
set_record (FocRunSummary *self, const FocRun *run)
{
  self->progress = get_progress (run);
  self->can_reproduce = foc_run_get_obstacle (run) == NULL;
  self->title = g_strdup (run->title);
  self->dataset_name = g_strdup (run->dataset_name);
  self->best = run->best;
  if (run->holdout.measured)
    self->holdout = run->holdout.accuracy;
  self->n_looks = run->n_looks;
  if (run->grid != NULL && run->model_sha256 == NULL)
    self->final_checkpoint = foc_run_get_final_checkpoint (run);
}

/* What was known, with the folder as it is now. */
static FocRunSummary *
look_again (FocRunSummary *known)
{
  FocRunSummary now = *known;
  FocRunSummary *self;

  look (&now);
  if (now.is_locked == known->is_locked && now.has_begun_final == known->has_begun_final)
    return foc_run_summary_ref (known);

  self = g_atomic_rc_box_new0 (FocRunSummary);
  *self = now;
  self->folder = g_strdup (known->folder);
  self->final_checkpoint = g_strdup (known->final_checkpoint);
  self->problem = g_strdup (known->problem);
  self->title = g_strdup (known->title);
  self->dataset_name = g_strdup (known->dataset_name);
  self->created = g_date_time_ref (known->created);
  return self;
}

FocRunSummary *
foc_run_summary_read (const char *folder, FocRunSummary *known)
{
  g_autofree char *record = g_build_filename (folder, "run.json", NULL);
  g_autoptr (FocRunSummary) self = NULL;
  g_autoptr (FocRun) run = NULL;
  g_autoptr (GError) error = NULL;
  struct stat status = { 0 };
  gint64 mtime;

  if (stat (record, &status) != 0 && (errno == ENOENT || errno == ENOTDIR))
    return NULL;
  mtime = status.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + status.st_mtim.tv_nsec;
  if (known != NULL && known->inode == status.st_ino && known->mtime == mtime
      && known->size == (guint64) status.st_size)
    return look_again (known);

  run = foc_run_load (folder, &error);
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return NULL;

  self = g_atomic_rc_box_new0 (FocRunSummary);
  self->folder = g_strdup (folder);
  self->inode = status.st_ino;
  self->mtime = mtime;
  self->size = (guint64) status.st_size;
  self->best.accuracy = self->holdout = NAN;
  self->created = get_time (self, run != NULL ? run->created : NULL);
  if (run == NULL)
    self->problem = g_strdup (error->message);
  else
    {
      set_record (self, run);
      look (self);
    }

  return g_steal_pointer (&self);
}

void
foc_run_scan_free (gpointer scan)
{
  FocRunScan *self = scan;

  g_free (self->folder);
  g_ptr_array_unref (self->known);
  g_free (self);
}

static int
compare_backwards (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) b, *(const char *const *) a);
}

/* The names in the folder, the last first; hidden ones are nobody's runs. */
static GPtrArray *
list_names (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) dir_error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &dir_error);
  const char *name;

  if (dir == NULL && !g_error_matches (dir_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_autofree char *shown = g_filename_display_name (folder);

      g_set_error (error, G_FILE_ERROR, dir_error->code,
                   _ ("The runs in the folder “%s” cannot be listed: it cannot be read."),
                   shown);
      return NULL;
    }

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_backwards);

  return g_steal_pointer (&names);
}

static GPtrArray *
new_summaries (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) foc_run_summary_unref);
}

gpointer
foc_run_scan_work (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const FocRunScan *scan = data;
  g_autoptr (GPtrArray) names = list_names (scan->folder, error);
  g_autoptr (GPtrArray) all = new_summaries ();
  g_autoptr (GPtrArray) fresh = new_summaries ();
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 delivered = g_get_monotonic_time ();

  if (names == NULL)
    return NULL;
  for (guint i = 0; i < scan->known->len; i++)
    {
      FocRunSummary *summary = scan->known->pdata[i];

      g_hash_table_insert (known, summary->folder, summary);
    }

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *folder = g_build_filename (scan->folder, names->pdata[i], NULL);
      FocRunSummary *before = g_hash_table_lookup (known, folder);
      FocRunSummary *now;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      now = foc_run_summary_read (folder, before);
      if (now == NULL)
        continue;
      g_ptr_array_add (all, now);
      if (now == before)
        continue;

      g_ptr_array_add (fresh, foc_run_summary_ref (now));
      if (g_get_monotonic_time () - delivered >= DELIVERY_INTERVAL)
        {
          foc_job_deliver (job, scan->deliver, g_steal_pointer (&fresh),
                           (GDestroyNotify) g_ptr_array_unref);
          fresh = new_summaries ();
          delivered = g_get_monotonic_time ();
        }
    }

  return g_steal_pointer (&all);
}

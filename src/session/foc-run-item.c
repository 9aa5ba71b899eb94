/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-run-item.h"

#include "foc-run-folder.h"
#include "foc-text.h"
#include "foc-writing.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _FocRunItem
{
  GObject parent_instance;

  FocRunSummary *summary;
  gboolean at_work;
  char *name; /* all made to be shown */
  char *date;
  char *dataset_name; /* or NULL */
};

G_DEFINE_FINAL_TYPE (FocRunItem, foc_run_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
foc_run_item_finalize (GObject *object)
{
  FocRunItem *self = FOC_RUN_ITEM (object);

  foc_run_summary_unref (self->summary);
  g_free (self->name);
  g_free (self->date);
  g_free (self->dataset_name);

  G_OBJECT_CLASS (foc_run_item_parent_class)->finalize (object);
}

static void
foc_run_item_class_init (FocRunItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = foc_run_item_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
foc_run_item_init (FocRunItem *self)
{
}

static void
set (FocRunItem *self, FocRunSummary *summary)
{
  self->summary = foc_run_summary_ref (summary);
  self->date = g_date_time_format (summary->created,
                                   /* Translators: a date and a time, as strftime()
                                    * makes them of this. */
                                   _ ("%-d %b %Y, %H:%M:%S"));
  self->name =
    summary->title != NULL ? foc_text_escape (summary->title) : g_strdup (self->date);
  if (summary->dataset_name != NULL)
    self->dataset_name = foc_text_escape (summary->dataset_name);
}

FocRunItem *
foc_run_item_new (FocRunSummary *summary)
{
  FocRunItem *self = g_object_new (FOC_TYPE_RUN_ITEM, NULL);

  set (self, summary);
  return self;
}

void
foc_run_item_set_summary (FocRunItem *self, FocRunSummary *summary)
{
  g_autoptr (FocRunSummary) before = self->summary;

  if (summary == before)
    {
      foc_run_summary_ref (summary);
      return;
    }
  g_free (self->name);
  g_free (self->date);
  g_clear_pointer (&self->dataset_name, g_free);
  set (self, summary);
  g_signal_emit (self, changed_signal, 0);
}

FocRunSummary *
foc_run_item_get_summary (FocRunItem *self)
{
  return self->summary;
}

void
foc_run_item_set_at_work (FocRunItem *self, gboolean at_work)
{
  if (at_work == self->at_work)
    return;
  self->at_work = at_work;
  g_signal_emit (self, changed_signal, 0);
}

int
foc_run_item_compare (FocRunItem *a, FocRunItem *b)
{
  int order = g_date_time_compare (b->summary->created, a->summary->created);

  return order != 0 ? order : g_strcmp0 (b->summary->folder, a->summary->folder);
}

const char *
foc_run_item_get_folder (FocRunItem *self)
{
  return self->summary->folder;
}

const char *
foc_run_item_get_name (FocRunItem *self)
{
  return self->name;
}

const char *
foc_run_item_get_title (FocRunItem *self)
{
  return self->summary->title;
}

GDateTime *
foc_run_item_get_created (FocRunItem *self)
{
  return self->summary->created;
}

const char *
foc_run_item_get_date (FocRunItem *self)
{
  return self->date;
}

const char *
foc_run_item_get_dataset_name (FocRunItem *self)
{
  return self->dataset_name;
}

FocRunState
foc_run_item_get_state (FocRunItem *self)
{
  return self->at_work ? FOC_RUN_UNDER_WAY : foc_run_summary_get_state (self->summary);
}

const char *
foc_run_state_get_title (FocRunState state)
{
  switch (state)
    {
    case FOC_RUN_UNDER_WAY:
      return C_ ("run", "Under way");
    case FOC_RUN_INTERRUPTED:
      return C_ ("run", "Interrupted");
    case FOC_RUN_STOPPED:
      return C_ ("run", "Stopped");
    case FOC_RUN_DIVERGED:
      return C_ ("run", "Every cell diverged");
    case FOC_RUN_FINAL_INTERRUPTED:
      return C_ ("run", "Final model interrupted");
    case FOC_RUN_SEARCHED:
      return C_ ("run", "Without a final model");
    case FOC_RUN_SEALED:
      return C_ ("run", "Sealed");
    case FOC_RUN_FINISHED:
      return C_ ("run", "Finished");
    case FOC_RUN_DAMAGED:
    default:
      return C_ ("run", "Damaged");
    }
}

gboolean
foc_run_item_can_resume (FocRunItem *self)
{
  FocRunState state = foc_run_item_get_state (self);

  return state == FOC_RUN_INTERRUPTED || state == FOC_RUN_STOPPED
         || state == FOC_RUN_FINAL_INTERRUPTED;
}

gboolean
foc_run_item_can_reproduce (FocRunItem *self)
{
  return self->summary->can_reproduce
         && foc_run_item_get_state (self) != FOC_RUN_UNDER_WAY;
}

const char *
foc_run_item_get_problem (FocRunItem *self)
{
  return self->summary->problem;
}

gboolean
foc_run_item_get_best (FocRunItem *self, FocCell *best)
{
  *best = self->summary->best;
  return !isnan (best->accuracy);
}

gboolean
foc_run_item_get_holdout (FocRunItem *self, double *accuracy)
{
  *accuracy = self->summary->holdout;
  return !isnan (*accuracy);
}

guint
foc_run_item_get_n_looks (FocRunItem *self)
{
  return self->summary->n_looks;
}

static gpointer
load (FocJob *job, gpointer folder, GCancellable *cancellable, GError **error)
{
  return foc_run_load (folder, error);
}

FocJob *
foc_run_load_in_job (const char *folder, GAsyncReadyCallback callback, gpointer owner)
{
  FocJob *job = foc_job_new ();

  foc_job_run (job, load, g_strdup (folder), g_free, (GDestroyNotify) foc_run_unref,
               callback, owner);
  return job;
}

FocJob *
foc_run_item_load (FocRunItem *self, GAsyncReadyCallback callback, gpointer owner)
{
  return foc_run_load_in_job (self->summary->folder, callback, owner);
}

static gpointer
copy (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  char **paths = data;
  char *path;

  g_cancellable_push_current (cancellable);
  path = foc_run_copy (paths[0], paths[1], cancellable, error);
  g_cancellable_pop_current (cancellable);
  return path;
}

FocJob *
foc_run_item_export (FocRunItem *self,
                     const char *target,
                     GAsyncReadyCallback callback,
                     gpointer owner)
{
  FocJob *job = foc_job_new ();
  const char *const paths[] = { self->summary->folder, target, NULL };
  g_autofree char *base = g_filename_display_basename (target);
  g_autofree char *name = foc_text_escape (base);

  foc_writing_add (job, g_strdup_printf (
                          /* Translators: the name of a folder. */
                          _ ("A run is still being exported into “%s”. If that is "
                             "stopped, nothing of it stays there."),
                          name));
  foc_job_run (job, copy, g_strdupv ((GStrv) paths), (GDestroyNotify) g_strfreev, g_free,
               callback, owner);
  return job;
}

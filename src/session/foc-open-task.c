/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-open-task.h"

#include "foc-error.h"

#include <glib/gi18n-lib.h>

FocOpenTask *
foc_open_task_new (const char *path, const char *cache, const FocSplitSettings *split)
{
  FocOpenTask *self = g_new0 (FocOpenTask, 1);

  self->path = g_strdup (path);
  self->cache = g_strdup (cache);
  self->split = *split;
  return self;
}

void
foc_open_task_free (FocOpenTask *self)
{
  g_free (self->path);
  g_free (self->cache);
  g_clear_object (&self->model);
  g_clear_pointer (&self->known, foc_catalog_unref);
  g_free (self);
}

void
foc_open_outcome_free (FocOpenOutcome *self)
{
  g_clear_pointer (&self->catalog, foc_catalog_unref);
  g_clear_pointer (&self->predictions, foc_predictions_unref);
  g_free (self);
}

/* Takes both over. */
static FocOpenOutcome *
outcome_new (FocCatalog *catalog, FocPredictions *predictions)
{
  FocOpenOutcome *self = g_new (FocOpenOutcome, 1);

  self->catalog = catalog;
  self->predictions = predictions;
  return self;
}

static void
deliver (const FocOpenTask *task, FocJob *job, FocCatalog *catalog)
{
  foc_job_deliver (job, task->deliver, foc_catalog_ref (catalog),
                   (GDestroyNotify) foc_catalog_unref);
}

/* The steps */

static FocCatalog *
scan (const FocOpenTask *task, FocJob *job, GCancellable *cancellable, GError **error)
{
  foc_job_set_stage (job, FOC_CATALOG_SCANNED);
  return foc_catalog_scan (task->path, &task->split, foc_job_report, job, cancellable,
                           error);
}

static FocCatalog *
read_pictures (const FocOpenTask *task,
               FocJob *job,
               const FocCatalog *scanned,
               GCancellable *cancellable,
               GError **error)
{
  foc_job_set_stage (job, FOC_CATALOG_READ);
  return foc_catalog_read (scanned, task->cache, foc_job_get_n_threads (), foc_job_report,
                           job, cancellable, error);
}

static FocCatalog *
complete (FocJob *job, const FocCatalog *read, GCancellable *cancellable, GError **error)
{
  foc_job_set_stage (job, FOC_CATALOG_COMPLETE);
  return foc_catalog_complete (read, foc_job_get_n_threads (), foc_job_report, job,
                               cancellable, error);
}

/* Whether a data set that was there has gone: then that is the error, instead of another. */
static gboolean
say_gone (const char *path, GError **error)
{
  g_autofree char *name = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;

  name = g_filename_display_name (path);
  g_clear_error (error);
  g_set_error (error, FOC_ERROR, FOC_ERROR_DATASET,
               _ ("The folder “%s” is not there any more."), name);
  return TRUE;
}

gpointer
foc_open_task_open (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const FocOpenTask *task = data;
  g_autoptr (FocCatalog) scanned = NULL;
  g_autoptr (FocCatalog) read = NULL;
  FocCatalog *catalog;

  scanned = scan (task, job, cancellable, error);
  if (scanned == NULL)
    return NULL;
  deliver (task, job, scanned);

  read = read_pictures (task, job, scanned, cancellable, error);
  if (read == NULL)
    return NULL;
  deliver (task, job, read);

  catalog = complete (job, read, cancellable, error);
  if (catalog == NULL)
    return NULL;
  /* All its pictures would seem to be unreadable. */
  if (say_gone (task->path, error))
    {
      foc_catalog_unref (catalog);
      return NULL;
    }
  return outcome_new (catalog, NULL);
}

/* Refreshing */

static gboolean
is_same_picture (const FocPicture *a, const FocPicture *b)
{
  return a->size == b->size && a->mtime == b->mtime && a->label == b->label
         && a->part == b->part && g_str_equal (a->path, b->path);
}

/* Whether the folder is as it was, as far as names, sizes and times tell. */
static gboolean
is_same_dataset (const FocDataset *a, const FocDataset *b)
{
  guint32 n = foc_dataset_get_n_pictures (a);

  if (n != foc_dataset_get_n_pictures (b)
      || !g_str_equal (foc_dataset_get_root (a), foc_dataset_get_root (b))
      || !g_strv_equal (foc_dataset_get_class_names (a), foc_dataset_get_class_names (b)))
    return FALSE;

  for (guint32 row = 0; row < n; row++)
    if (!is_same_picture (foc_dataset_get_picture (a, row),
                          foc_dataset_get_picture (b, row)))
      return FALSE;
  return TRUE;
}

/* A file that could not be reached may be there again without a trace in its size or
 * time. */
static gboolean
may_be_within_reach_again (const FocCatalog *catalog)
{
  for (guint32 row = 0; row < foc_dataset_get_n_pictures (catalog->dataset); row++)
    if (foc_catalog_get_status (catalog, row) == FOC_ERROR_IMAGE_NO_ACCESS)
      return TRUE;

  return FALSE;
}

/* Of the same pictures: whether the same ones can be read. */
static gboolean
is_same_status (const FocCatalog *a, const FocCatalog *b)
{
  for (guint32 row = 0; row < foc_dataset_get_n_pictures (a->dataset); row++)
    if (foc_catalog_get_status (a, row) != foc_catalog_get_status (b, row))
      return FALSE;

  return TRUE;
}

/* Predictions that cannot be made are no reason not to show what has changed. */
static FocPredictions *
ask (const FocOpenTask *task, const FocCatalog *catalog, GCancellable *cancellable)
{
  if (task->model == NULL)
    return NULL;

  return foc_predictions_make (task->model, catalog, foc_job_get_n_threads (), NULL, NULL,
                               cancellable, NULL);
}

gpointer
foc_open_task_refresh (FocJob *job,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  const FocOpenTask *task = data;
  FocCatalog *known = task->known;
  g_autoptr (FocCatalog) scanned = NULL;
  g_autoptr (FocCatalog) read = NULL;
  FocCatalog *catalog;
  gboolean is_same;

  scanned = scan (task, job, cancellable, error);
  if (scanned == NULL)
    {
      if (!g_cancellable_is_cancelled (cancellable))
        say_gone (task->path, error);
      return NULL;
    }

  is_same = known->step == FOC_CATALOG_COMPLETE
            && is_same_dataset (known->dataset, scanned->dataset);
  if (is_same && !may_be_within_reach_again (known))
    return outcome_new (foc_catalog_ref (known), NULL);

  read = read_pictures (task, job, scanned, cancellable, error);
  if (read == NULL)
    return NULL;
  if (is_same && is_same_status (known, read))
    return outcome_new (foc_catalog_ref (known), NULL);

  catalog = complete (job, read, cancellable, error);
  return catalog != NULL ? outcome_new (catalog, ask (task, catalog, cancellable)) : NULL;
}

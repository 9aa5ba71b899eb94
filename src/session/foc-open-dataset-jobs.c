/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-open-dataset-private.h"

#include "foc-open-task.h"
#include "foc-settings.h"

/* A job is not this object's any more before anything is told of its end: whoever hears
 * of it may begin another one. */

void
foc_open_before_clear (FocOpenBefore *self)
{
  g_clear_pointer (&self->catalog, foc_catalog_unref);
  g_clear_pointer (&self->predictions, foc_predictions_unref);
  g_clear_pointer (&self->lost, g_free);
}

static void
remember_before (FocOpenDataset *self)
{
  FocCatalog *catalog = foc_open_dataset_get_catalog (self);
  FocPredictions *predictions = foc_picture_list_get_predictions (self->pictures);

  self->before = (FocOpenBefore){
    .catalog = catalog != NULL ? foc_catalog_ref (catalog) : NULL,
    .predictions = predictions != NULL ? foc_predictions_ref (predictions) : NULL,
    .split = self->split,
    .lost = g_strdup (self->lost),
  };
}

static void
go_back (FocOpenDataset *self)
{
  g_auto (FocOpenBefore) before = self->before;

  self->before = (FocOpenBefore){ 0 };
  self->split = before.split;
  if (before.catalog == foc_open_dataset_get_catalog (self))
    return;

  if (before.predictions != NULL)
    foc_predictor_keep (self->predictor, before.catalog, before.predictions);
  foc_open_dataset_show (self, before.catalog);
  foc_open_dataset_set_lost (self, before.lost);
}

gboolean
foc_open_dataset_shows_before (FocOpenDataset *self)
{
  return self->job != NULL && self->is_opening
         && foc_open_dataset_get_catalog (self) == self->before.catalog;
}

static gboolean
is_same_split (const FocSplitSettings *a, const FocSplitSettings *b)
{
  g_autofree char *x = foc_split_settings_to_string (a);
  g_autofree char *y = foc_split_settings_to_string (b);

  return g_str_equal (x, y);
}

/* Shows what a job has found out. The user may have chosen another split since it began;
 * one that does not suit the data set is forgotten. */
static void
show_split (FocOpenDataset *self, FocCatalog *catalog)
{
  g_autoptr (FocCatalog) anew = NULL;

  if (!is_same_split (&catalog->split_settings, &self->split))
    anew = foc_catalog_split_anew (catalog, &self->split, NULL);
  if (anew == NULL)
    self->split = catalog->split_settings;

  foc_open_dataset_show (self, anew != NULL ? anew : catalog);
}

/* A catalog of what is being opened. */
static void
on_delivered (FocJob *job, gpointer catalog, gpointer owner)
{
  FocOpenDataset *self = owner;

  if (self->job != job)
    return;

  show_split (self, catalog);
  foc_open_dataset_set_lost (self, NULL);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocOpenDataset *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FocOpenOutcome) outcome = foc_job_finish (FOC_JOB (source), result, &error);

  if (self->job != FOC_JOB (source))
    return;

  g_clear_object (&self->job);
  if (outcome == NULL)
    {
      go_back (self);
      foc_open_dataset_notify_job (self);
      foc_open_dataset_emit_failed (self, error);
      return;
    }

  foc_open_before_clear (&self->before);
  show_split (self, outcome->catalog);
  foc_open_dataset_notify_job (self);
  foc_open_dataset_emit_opened (self);
  if (outcome->catalog->notice != NULL)
    foc_open_dataset_emit_notice (self, outcome->catalog->notice);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocOpenDataset *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FocOpenOutcome) outcome = foc_job_finish (FOC_JOB (source), result, &error);
  gboolean is_there =
    outcome != NULL || foc_job_get_stage (FOC_JOB (source)) != FOC_CATALOG_SCANNED;

  if (self->job != FOC_JOB (source))
    return;

  g_clear_object (&self->job);
  /* Whatever has become of the split: with the same data set nothing has changed. */
  if (outcome != NULL
      && outcome->catalog->dataset != foc_open_dataset_get_catalog (self)->dataset)
    {
      if (outcome->predictions != NULL)
        foc_predictor_keep (self->predictor, outcome->catalog, outcome->predictions);
      show_split (self, outcome->catalog);
    }
  foc_open_dataset_notify_job (self);

  foc_open_dataset_set_lost (self, is_there ? NULL : error->message);
  if (outcome == NULL && is_there)
    foc_open_dataset_emit_notice (self, error->message);
}

static void
run (FocOpenDataset *self,
     FocJobFunc func,
     FocOpenTask *task,
     GAsyncReadyCallback callback)
{
  self->job = foc_job_new ();
  foc_job_run (self->job, func, task, (GDestroyNotify) foc_open_task_free,
               (GDestroyNotify) foc_open_outcome_free, callback, self);
  foc_open_dataset_notify_job (self);
}

void
foc_open_dataset_open (FocOpenDataset *self,
                       const char *path,
                       const FocSplitSettings *settings)
{
  FocOpenTask *task;

  foc_open_dataset_cancel (self);
  remember_before (self);
  self->split = settings != NULL ? *settings : foc_split_settings_default;

  task = foc_open_task_new (path, self->cache, &self->split);
  task->deliver = on_delivered;
  self->is_opening = TRUE;
  run (self, foc_open_task_open, task, on_opened);
}

void
foc_open_dataset_refresh (FocOpenDataset *self)
{
  FocCatalog *catalog = foc_open_dataset_get_catalog (self);
  FocOpenTask *task;

  if (catalog == NULL || self->job != NULL)
    return;

  task = foc_open_task_new (foc_dataset_get_root (catalog->dataset), self->cache,
                            &self->split);
  task->known = foc_catalog_ref (catalog);
  task->model = self->model != NULL ? g_object_ref (self->model) : NULL;
  self->is_opening = FALSE;
  run (self, foc_open_task_refresh, task, on_refreshed);
}

void
foc_open_dataset_cancel (FocOpenDataset *self)
{
  g_autoptr (FocJob) job = g_steal_pointer (&self->job);

  if (job == NULL)
    return;

  foc_job_cancel (job);
  if (self->is_opening)
    go_back (self);
  foc_open_dataset_notify_job (self);
}

void
foc_open_dataset_close (FocOpenDataset *self)
{
  g_autoptr (FocJob) job = g_steal_pointer (&self->job);

  if (job != NULL)
    foc_job_cancel (job);
  foc_open_before_clear (&self->before);
  if (foc_open_dataset_get_catalog (self) != NULL)
    foc_open_dataset_show (self, NULL);
  foc_open_dataset_set_lost (self, NULL);
  if (job != NULL)
    foc_open_dataset_notify_job (self);
}

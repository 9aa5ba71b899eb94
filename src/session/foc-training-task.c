/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-training-task.h"

#include "foc-error.h"
#include "foc-text.h"

#include <glib/gi18n-lib.h>

FocTrainingBench *
foc_training_bench_new (const char *cache)
{
  FocTrainingBench *self = g_atomic_rc_box_new0 (FocTrainingBench);

  g_mutex_init (&self->busy);
  g_mutex_init (&self->gate);
  g_cond_init (&self->resumed);
  self->cache = g_strdup (cache);
  return self;
}

FocTrainingBench *
foc_training_bench_ref (FocTrainingBench *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_bench (gpointer data)
{
  FocTrainingBench *self = data;

  g_clear_pointer (&self->experiment, foc_experiment_free);
  g_mutex_clear (&self->busy);
  g_mutex_clear (&self->gate);
  g_cond_clear (&self->resumed);
  g_free (self->cache);
}

void
foc_training_bench_unref (FocTrainingBench *self)
{
  g_atomic_rc_box_release_full (self, clear_bench);
}

void
foc_training_bench_enter (FocTrainingBench *self)
{
  g_mutex_lock (&self->busy);
}

void
foc_training_bench_leave (FocTrainingBench *self)
{
  const FocExperiment *experiment = self->experiment;

  g_mutex_lock (&self->gate);
  if (experiment != NULL
      && (self->forgets || (experiment->model == NULL && !experiment->unsaved)))
    g_clear_pointer (&self->experiment, foc_experiment_free);
  /* In this order: who is told to forget finds it free, or is heard by who has it. */
  g_mutex_unlock (&self->busy);
  g_mutex_unlock (&self->gate);
}

void
foc_training_bench_forget (FocTrainingBench *self)
{
  g_mutex_lock (&self->gate);
  self->forgets = TRUE;
  if (g_mutex_trylock (&self->busy))
    {
      g_clear_pointer (&self->experiment, foc_experiment_free);
      g_mutex_unlock (&self->busy);
    }
  g_mutex_unlock (&self->gate);
}

void
foc_training_bench_remember (FocTrainingBench *self)
{
  g_mutex_lock (&self->gate);
  self->forgets = FALSE;
  g_mutex_unlock (&self->gate);
}

void
foc_training_bench_set_paused (FocTrainingBench *self, gboolean paused)
{
  g_mutex_lock (&self->gate);
  self->paused = paused;
  g_cond_broadcast (&self->resumed);
  g_mutex_unlock (&self->gate);
}

void
foc_training_task_free (FocTrainingTask *self)
{
  foc_training_bench_unref (self->bench);
  g_clear_pointer (&self->catalog, foc_catalog_unref);
  g_clear_pointer (&self->grid, foc_grid_gate_unref);
  g_clear_pointer (&self->known, foc_run_unref);
  g_clear_object (&self->stop);
  g_free (self->folder);
  g_free (self);
}

/* In the worker: the trajectories, which report to it, wait as well. The job that was
 * cancelled does not wait for the next one, which may be paused by now. */
static void
wait_while_paused (const FocTrainingTask *task)
{
  FocTrainingBench *bench = task->bench;

  g_mutex_lock (&bench->gate);
  while (bench->paused && !g_cancellable_is_cancelled (task->cancellable))
    g_cond_wait (&bench->resumed, &bench->gate);
  g_mutex_unlock (&bench->gate);
}

static void
on_stage (FocStage stage, guint64 done, guint64 total, gpointer user_data)
{
  FocTrainingTask *task = user_data;

  if (stage != task->stage)
    foc_job_set_stage (task->job, stage);
  task->stage = stage;
  foc_job_report (done, total, task->job);
  if (stage == FOC_STAGE_FINAL)
    wait_while_paused (task);
}

static gboolean
is_paused (FocTrainingBench *bench)
{
  gboolean paused;

  g_mutex_lock (&bench->gate);
  paused = bench->paused;
  g_mutex_unlock (&bench->gate);
  return paused;
}

static void
on_grid (const FocGrid *grid, guint64 done, guint64 total, gpointer user_data)
{
  FocTrainingTask *task = user_data;

  /* While it is paused the latest is shown. */
  if (foc_grid_gate_push (task->grid, grid) || is_paused (task->bench))
    foc_job_deliver (task->job, task->deliver.grid, foc_grid_gate_ref (task->grid),
                     (GDestroyNotify) foc_grid_gate_unref);
  wait_while_paused (task);
}

/* In any thread, one at a time. */
static void
on_unsaved (const GError *error, gpointer user_data)
{
  FocTrainingTask *task = user_data;

  /* Once is enough: it is tried with every epoch. */
  if (!task->is_unsaved)
    foc_job_deliver (task->job, task->deliver.unsaved, g_strdup (error->message), g_free);
  task->is_unsaved = TRUE;
}

static void
news_free (gpointer data)
{
  FocTrainingNews *news = data;

  g_clear_pointer (&news->run, foc_run_unref);
  g_free (news);
}

static void
deliver_run (FocTrainingTask *task)
{
  const FocExperiment *experiment = task->bench->experiment;
  gboolean is_unsaved = experiment->unsaved || experiment->model != NULL;
  FocTrainingNews *news = g_new (FocTrainingNews, 1);

  g_clear_pointer (&task->known, foc_run_unref);
  task->known = foc_run_snapshot (experiment->run);
  *news =
    (FocTrainingNews){ foc_run_ref (task->known), experiment->model != NULL, is_unsaved };
  foc_job_deliver (task->job, task->deliver.run, news, news_free);
  if (!is_unsaved)
    {
      task->is_unsaved = FALSE;
      foc_job_deliver (task->job, task->deliver.unsaved, NULL, NULL);
    }
}

/* Whether the pictures still are those of the catalog. */
static gboolean
check_pictures (FocTrainingTask *task, GError **error)
{
  const FocCatalog *catalog = task->catalog;
  g_autofree char *name = NULL;

  if (g_str_equal (foc_feature_store_get_digest (task->bench->experiment->store),
                   foc_feature_store_get_digest (catalog->store)))
    return TRUE;

  name = foc_catalog_display_name (catalog);
  g_set_error (error, FOC_ERROR, FOC_ERROR_DATASET,
               _ ("The pictures in “%s” have changed since they were opened; they are "
                  "being read again. See on the Dataset page what has changed, then "
                  "begin again."),
               name);
  return FALSE;
}

/* Opens the data set again, which has to be as the catalog says. */
static gboolean
open_pictures (FocTrainingTask *task, GError **error)
{
  FocTrainingBench *bench = task->bench;

  bench->experiment = foc_experiment_open (foc_dataset_get_root (task->catalog->dataset),
                                           &bench->options, error);
  if (bench->experiment != NULL && check_pictures (task, error))
    return TRUE;

  if (!g_cancellable_is_cancelled (task->cancellable))
    foc_job_deliver (task->job, task->deliver.stale, NULL, NULL);
  return FALSE;
}

/* Whether nothing is trained: a measurement of the final model is one of whoever measures. */
static gboolean
only_looks (const FocTrainingTask *task)
{
  return task->steps == FOC_TRAINING_LOOK;
}

/* Whether the run is still in its folder, where else another one would be begun, and is one
 * that can be gone on with here. */
static gboolean
check_run (const FocTrainingTask *task, GError **error)
{
  g_autoptr (FocRun) run = foc_run_load (task->folder, error);
  g_autoptr (FocRun) ours = NULL;
  g_autofree char *name = NULL;
  g_autofree char *version = NULL;
  g_autofree char *arithmetic = NULL;

  if (run == NULL)
    return FALSE;

  name = g_filename_display_name (task->folder);
  version = foc_text_escape (run->program_version);
  arithmetic = foc_text_escape (run->arithmetic);
  ours = foc_run_new (task->folder);
  if (!g_str_equal (run->data_digest,
                    foc_feature_store_get_digest (task->catalog->store)))
    g_set_error (
      error, FOC_ERROR, FOC_ERROR_RUN,
      _ ("The run in “%s” is on other pictures than those that are open; open its "
         "data set, as it was then."),
      name);
  else if (!only_looks (task)
           && !g_str_equal (run->program_version, ours->program_version))
    g_set_error (
      error, FOC_ERROR, FOC_ERROR_RUN,
      _ ("The run in “%s” is by version %s of this program, and can only be gone "
         "on with by that one; begin a new run."),
      name, version);
  else if (!only_looks (task) && !g_str_equal (run->arithmetic, ours->arithmetic))
    g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
                 _ ("The run in “%s” was computed with “%s”, where this is “%s”, and its "
                    "numbers would not be the same if it went on; begin a new run."),
                 name, arithmetic, ours->arithmetic);
  else
    return TRUE;

  return FALSE;
}

/* Whether the run has what is built on by steps that do not begin at its beginning: it
 * may have been begun anew since it was shown. */
static gboolean
check_steps (const FocTrainingTask *task, GError **error)
{
  const FocExperiment *experiment = task->bench->experiment;
  const FocRun *run = experiment->run;
  g_autofree char *name = NULL;

  if ((task->steps & FOC_TRAINING_SEARCH) || run->model_sha256 != NULL
      || experiment->model != NULL
      || ((task->steps & FOC_TRAINING_FINAL) && run->grid != NULL))
    return TRUE;

  name = g_filename_display_name (run->folder);
  g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
               _ ("The run in “%s” is not as it is shown any more; open it again."),
               name);
  return FALSE;
}

/* An experiment with the run that is to be worked at. */
static gboolean
prepare (FocTrainingTask *task, GError **error)
{
  FocTrainingBench *bench = task->bench;
  FocExperiment *experiment = bench->experiment;

  if (experiment != NULL && experiment->run != NULL && task->folder != NULL
      && g_str_equal (experiment->run->folder, task->folder))
    return check_steps (task, error);

  g_clear_pointer (&bench->experiment, foc_experiment_free);
  if ((task->folder != NULL && !check_run (task, error)) || !open_pictures (task, error))
    return FALSE;

  experiment = bench->experiment;
  /* Of equal pictures they are equal. */
  experiment->duplicates = foc_duplicates_ref (task->catalog->duplicates);
  bench->options.fresh = task->anew;
  bench->options.look = only_looks (task);
  if (!foc_experiment_begin (experiment, &task->settings, error)
      || !check_steps (task, error))
    return FALSE;

  if (experiment->resumed && task->folder == NULL)
    foc_job_deliver (
      task->job, task->deliver.notice,
      g_strdup (experiment->run->grid != NULL && !experiment->run->grid->stopped
                  ? _ ("There was a run of these settings and pictures: this is what it "
                       "came to.")
                  : _ ("There was a run of these settings and pictures: it goes on where "
                       "it stopped.")),
      g_free);
  if (experiment->notice != NULL)
    foc_job_deliver (task->job, task->deliver.notice, g_strdup (experiment->notice),
                     g_free);
  deliver_run (task);
  return TRUE;
}

static gboolean
may_begin (const FocTrainingTask *task, FocTrainingSteps step)
{
  return (task->steps & step) != 0 && !g_cancellable_is_cancelled (task->stop);
}

static gboolean
search (FocTrainingTask *task, GError **error)
{
  FocExperiment *experiment = task->bench->experiment;
  gboolean found;

  task->grid = foc_grid_gate_new (&experiment->run->settings);
  found = foc_experiment_search (experiment, on_grid, task, error);
  if (found || foc_run_has_diverged (experiment->run))
    deliver_run (task);
  if (!found)
    return FALSE;

  on_stage (FOC_STAGE_CALIBRATION, 0, 0, task);
  if (!foc_experiment_calibrate (experiment, error))
    return FALSE;
  deliver_run (task);
  return TRUE;
}

/* What came of each step was delivered. */
static gboolean
carry_out (FocTrainingTask *task, GError **error)
{
  FocExperiment *experiment = task->bench->experiment;

  if ((task->steps & FOC_TRAINING_SEARCH) && !search (task, error))
    return FALSE;
  if (may_begin (task, FOC_TRAINING_FINAL))
    {
      if (!foc_experiment_train_final (experiment, error))
        return FALSE;
      deliver_run (task);
    }
  if (may_begin (task, FOC_TRAINING_LOOK))
    {
      on_stage (FOC_STAGE_HOLDOUT, 0, 0, task);
      if (!foc_experiment_look (experiment, error))
        return FALSE;
      deliver_run (task);
    }
  return TRUE;
}

gpointer
foc_training_task_work (FocJob *job,
                        gpointer data,
                        GCancellable *cancellable,
                        GError **error)
{
  FocTrainingTask *task = data;
  FocTrainingBench *bench = task->bench;
  FocRun *result = NULL;

  task->job = job;
  task->cancellable = cancellable;
  task->stage = FOC_N_STAGES;

  /* A job that was cancelled may not have noticed yet. */
  foc_training_bench_enter (bench);
  bench->options = (FocExperimentOptions){
    .cache = bench->cache,
    .output = task->folder,
    .jobs = task->jobs,
    .progress = on_stage,
    .unsaved = on_unsaved,
    .user_data = task,
    .cancellable = cancellable,
    .stop = task->stop,
  };
  if (!g_cancellable_set_error_if_cancelled (cancellable, error) && prepare (task, error)
      && carry_out (task, error))
    {
      if (task->known == NULL)
        deliver_run (task);
      result = g_steal_pointer (&task->known);
    }

  foc_training_bench_leave (bench);

  return result;
}

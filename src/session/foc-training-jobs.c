/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-training-private.h"

#include "foc-parallel.h"
#include "foc-run-item.h"
#include "foc-training-save.h"
#include "foc-writing.h"

#include <glib/gi18n-lib.h>

/* To show a search takes at most one part in so many of this thread's time, ... */
#define LEISURE 40
/* ... but is not put off for longer than that. */
#define REST (G_TIME_SPAN_SECOND / 2)

/* What the worker delivers. A job that is not this one's any more was cancelled, and
 * delivers nothing. */

static void
on_run (FocJob *job, gpointer value, gpointer owner)
{
  FocTraining *self = owner;
  FocTrainingNews *news = value;
  FocRun *run = g_steal_pointer (&news->run);
  FocGrid *grown = NULL;

  /* What has grown so far stays until the whole of it is there. */
  if (run->grid == NULL)
    grown = g_steal_pointer (&self->grid);
  self->is_searching = FALSE;
  self->holds_model = news->holds_model;
  self->is_unsaved = news->is_unsaved;
  self->is_saved = self->is_saved && news->holds_model;
  foc_training_set_run (self, run);
  if (grown != NULL)
    {
      foc_grid_free (self->grid);
      self->grid = grown;
    }
  g_signal_emit (self, foc_training_signals[FOC_TRAINING_CHANGED], 0);
}

/* What was done since the grid grew is, for the most part, to show it. */
static void
rest (FocTraining *self, FocGridGate *gate)
{
  gint64 work_time = foc_thread_time ();

  if (self->is_searching)
    foc_grid_gate_rest (gate, g_get_monotonic_time ()
                                + MIN (LEISURE * (work_time - self->work_time), REST));
  self->work_time = work_time;
}

static void
on_grid (FocJob *job, gpointer value, gpointer owner)
{
  FocTraining *self = owner;

  rest (self, value);

  /* That of an earlier job, which was cancelled, stays until now. */
  if (!self->is_searching)
    {
      g_clear_pointer (&self->grid, foc_grid_free);
      self->grid = foc_grid_new (&self->run->settings);
    }
  self->is_searching = TRUE;
  foc_grid_gate_pull (value, self->grid);
  g_signal_emit (self, foc_training_signals[FOC_TRAINING_CHANGED], 0);
}

static void
on_unsaved (FocJob *job, gpointer value, gpointer owner)
{
  foc_training_set_problem (owner, value);
}

static void
on_notice (FocJob *job, gpointer value, gpointer owner)
{
  foc_training_say (owner, FOC_TRAINING_NOTICE, value);
}

static void
on_stale (FocJob *job, gpointer value, gpointer owner)
{
  g_signal_emit (owner, foc_training_signals[FOC_TRAINING_STALE], 0);
}

static FocTrainingSteps
get_steps_done (FocTraining *self, const FocRun *run)
{
  FocTrainingSteps steps = FOC_TRAINING_SEARCH;

  if (run->model_sha256 != NULL || self->holds_model)
    steps |= FOC_TRAINING_FINAL;
  if (run->holdout.measured)
    steps |= FOC_TRAINING_LOOK;
  return steps;
}

static void
on_worked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocTraining *self = user_data;
  FocTrainingSteps steps = self->steps;
  g_autoptr (GError) error = NULL;
  g_autoptr (FocRun) run = foc_job_finish (FOC_JOB (source), result, &error);

  if (self->job != FOC_JOB (source))
    return;

  if (self->stop != NULL && g_cancellable_is_cancelled (self->stop) && run != NULL)
    steps &= get_steps_done (self, run);
  g_clear_object (&self->stop);
  self->steps = 0;
  self->is_searching = FALSE;
  if (run != NULL)
    foc_training_set_run (self, g_steal_pointer (&run));
  foc_training_settle (self);

  if (error == NULL)
    g_signal_emit (self, foc_training_signals[FOC_TRAINING_DONE], 0, steps);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    foc_training_say (self, FOC_TRAINING_FAILED, error->message);
}

/* Takes the task's own parts. */
static void
work (FocTraining *self, FocTrainingTask *task)
{
  FocJob *job = foc_job_new ();

  foc_training_end_job (self);
  task->bench = foc_training_bench_ref (self->bench);
  task->deliver =
    (FocTrainingDeliveries){ on_run, on_grid, on_unsaved, on_notice, on_stale };
  self->steps = task->steps;
  /* It may have been paused as it ended. */
  foc_training_bench_set_paused (self->bench, FALSE);
  foc_training_bench_remember (self->bench);
  self->stop = g_cancellable_new ();
  task->stop = g_object_ref (self->stop);

  foc_job_run (job, foc_training_task_work, task, (GDestroyNotify) foc_training_task_free,
               (GDestroyNotify) foc_run_unref, on_worked, self);
  foc_training_set_job (self, job);
  g_object_unref (job);
  foc_training_set_state (self, FOC_TRAINING_WORKING);
  g_signal_emit (self, foc_training_signals[FOC_TRAINING_CHANGED], 0);
}

/* No run is shown until the worker has one. */
static void
begin (FocTraining *self,
       FocCatalog *catalog,
       const FocSettings *settings,
       FocTrainingSteps steps,
       gboolean anew,
       guint jobs)
{
  FocTrainingTask *task = g_new0 (FocTrainingTask, 1);

  task->catalog = foc_catalog_ref (catalog);
  task->settings = *settings;
  task->steps = steps;
  task->anew = anew;
  task->jobs = jobs;
  foc_training_drop_run (self);
  work (self, task);
}

void
foc_training_start (FocTraining *self,
                    FocCatalog *catalog,
                    const FocSettings *settings,
                    guint jobs)
{
  g_clear_pointer (&self->reference, foc_run_unref);
  begin (self, catalog, settings, FOC_TRAINING_SEARCH, FALSE, jobs);
}

void
foc_training_start_anew (FocTraining *self,
                         FocCatalog *catalog,
                         const FocSettings *settings,
                         guint jobs)
{
  g_clear_pointer (&self->reference, foc_run_unref);
  begin (self, catalog, settings, FOC_TRAINING_SEARCH, TRUE, jobs);
}

void
foc_training_reproduce (FocTraining *self,
                        FocCatalog *catalog,
                        const FocRun *reference,
                        guint jobs)
{
  FocRun *before = self->reference;
  FocTrainingSteps steps = FOC_TRAINING_SEARCH;

  if (reference->model_sha256 != NULL)
    steps |= FOC_TRAINING_FINAL;
  self->reference = foc_run_ref (reference);
  g_clear_pointer (&before, foc_run_unref);
  begin (self, catalog, &self->reference->settings, steps, TRUE, jobs);
}

void
foc_training_go_on (FocTraining *self,
                    FocCatalog *catalog,
                    FocTrainingSteps steps,
                    guint jobs)
{
  FocTrainingTask *task;

  g_return_if_fail (self->run != NULL && self->job == NULL);

  task = g_new0 (FocTrainingTask, 1);
  task->catalog = foc_catalog_ref (catalog);
  task->settings = self->run->settings;
  task->steps = steps;
  task->jobs = jobs;
  task->folder = g_strdup (self->run->folder);
  work (self, task);
}

void
foc_training_open (FocTraining *self, const char *folder)
{
  g_autoptr (FocJob) job = foc_run_load_in_job (folder, on_worked, self);

  foc_training_end_job (self);
  g_clear_pointer (&self->reference, foc_run_unref);
  foc_training_drop_run (self);
  foc_training_set_job (self, job);
  foc_training_set_state (self, FOC_TRAINING_WORKING);
  g_signal_emit (self, foc_training_signals[FOC_TRAINING_CHANGED], 0);
}

void
foc_training_set_paused (FocTraining *self, gboolean paused)
{
  if (self->state != (paused ? FOC_TRAINING_WORKING : FOC_TRAINING_PAUSED)
      || self->steps == 0)
    return;

  foc_training_bench_set_paused (self->bench, paused);
  if (!paused)
    foc_job_skip_time (self->job);
  foc_training_set_state (self, paused ? FOC_TRAINING_PAUSED : FOC_TRAINING_WORKING);
}

void
foc_training_stop (FocTraining *self)
{
  if (self->stop == NULL)
    return;

  g_cancellable_cancel (self->stop);
  foc_training_bench_set_paused (self->bench, FALSE);
  foc_training_set_state (self, FOC_TRAINING_STOPPING);
}

void
foc_training_cancel (FocTraining *self)
{
  if (self->job == NULL)
    return;

  foc_training_end_job (self);
  foc_training_settle (self);
}

void
foc_training_close (FocTraining *self)
{
  foc_training_end_job (self);
  g_clear_pointer (&self->reference, foc_run_unref);
  foc_training_drop_run (self);
  foc_training_settle (self);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocTraining *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = foc_job_finish (FOC_JOB (source), result, &error);
  g_autofree char *message = NULL;

  if (self->side_job == FOC_JOB (source))
    g_clear_object (&self->side_job);
  if (name == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        foc_training_say (self, FOC_TRAINING_FAILED, error->message);
      return;
    }
  self->is_saved = self->holds_model;
  message = g_strdup_printf (_ ("The model was saved as “%s”."), name);
  foc_training_say (self, FOC_TRAINING_NOTICE, message);
}

void
foc_training_save_model (FocTraining *self, const char *path)
{
  g_autoptr (FocJob) job = foc_job_new ();
  FocTrainingSaveTask *task;

  g_return_if_fail (foc_training_has_model (self));

  task = g_new0 (FocTrainingSaveTask, 1);
  task->bench = foc_training_bench_ref (self->bench);
  task->folder = g_strdup (self->run->folder);
  task->from = foc_run_get_model_path (self->run);
  task->to = g_strdup (path);
  foc_writing_add_file (job, path);
  foc_job_run (job, foc_training_save_work, task,
               (GDestroyNotify) foc_training_save_task_free, g_free, on_saved, self);
  g_set_object (&self->side_job, job);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-training.h"

#include "foc-training-save.h"
#include "foc-training-task.h"

#include <glib/gi18n-lib.h>
#include <time.h>

/* To show a search takes at most one part in so many of this thread's time, ... */
#define LEISURE 40
/* ... but is not put off for longer than that. */
#define REST (G_TIME_SPAN_SECOND / 2)

struct _FocTraining
{
  GObject parent_instance;

  FocTrainingBench *bench;
  FocTrainingState state;

  FocRun *run;          /* or NULL                                          */
  FocGrid *grid;        /* grows while the run has none; or NULL            */
  FocRun *reference;    /* that is reproduced, or NULL                      */
  char *problem;        /* why it could not be written, or NULL             */
  gboolean holds_model; /* that could not be written                     */
  gboolean is_saved;    /* but has been somewhere else                   */

  FocJob *job;            /* or NULL                          */
  FocTrainingSteps steps; /* of the job                       */
  gboolean is_searching;  /* the grid grows                   */
  gint64 work_time;       /* of this thread, as it last grew  */
  GCancellable *stop;     /* of the job                       */
  FocJob *side_job;       /* that saves a model, or NULL      */
};

G_DEFINE_FINAL_TYPE (FocTraining, foc_training, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_JOB,
  N_PROPS
};

enum
{
  CHANGED,
  DONE,
  FAILED,
  NOTICE,
  STALE,
  UNSAVED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_state (FocTraining *self, FocTrainingState state)
{
  if (state == self->state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
set_job (FocTraining *self, FocJob *job)
{
  g_set_object (&self->job, job);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_JOB]);
}

static void
emit (FocTraining *self, guint signal, const char *message)
{
  g_signal_emit (self, signals[signal], 0, message);
}

static void
set_problem (FocTraining *self, const char *problem)
{
  if (g_strcmp0 (problem, self->problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  if (problem != NULL)
    emit (self, UNSAVED, problem);
}

/* Takes the run; the grid is empty until one grows. */
static void
set_run (FocTraining *self, FocRun *run)
{
  g_clear_pointer (&self->grid, foc_grid_free);
  g_clear_pointer (&self->run, foc_run_free);
  self->run = run;
  if (run != NULL && run->grid == NULL)
    self->grid = foc_grid_new (&run->settings);
}

/* What was shown before is not asked for any more. */
static void
drop_run (FocTraining *self)
{
  set_run (self, NULL);
  set_problem (self, NULL);
  self->holds_model = self->is_saved = FALSE;
  foc_training_bench_forget (self->bench);
}

/* Nothing is done to the run any more. A grid that grew beyond that of the run, whose
 * search was stopped, is none that anything was built on. */
static void
settle (FocTraining *self)
{
  if (self->run != NULL && self->run->grid != NULL)
    g_clear_pointer (&self->grid, foc_grid_free);
  set_job (self, NULL);
  set_state (self, self->run != NULL ? FOC_TRAINING_SHOWN : FOC_TRAINING_NOTHING);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Ends the job for the main loop; the worker, which may wait, notices. */
static void
end_job (FocTraining *self)
{
  g_autoptr (FocJob) job = g_steal_pointer (&self->job);

  if (job == NULL)
    return;
  foc_job_cancel (job);
  foc_training_bench_set_paused (self->bench, FALSE);
  g_clear_object (&self->stop);
  self->steps = 0;
  self->is_searching = FALSE;
}

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
  self->is_saved = self->is_saved && news->holds_model;
  set_run (self, run);
  if (grown != NULL)
    {
      foc_grid_free (self->grid);
      self->grid = grown;
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Microseconds that this thread has worked. */
static gint64
get_work_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_TIME_SPAN_SECOND + time.tv_nsec / 1000;
}

/* What was done since the grid grew is, for the most part, to show it. */
static void
rest (FocTraining *self, FocGridGate *gate)
{
  gint64 work_time = get_work_time ();

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
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_unsaved (FocJob *job, gpointer value, gpointer owner)
{
  set_problem (owner, value);
}

static void
on_notice (FocJob *job, gpointer value, gpointer owner)
{
  emit (owner, NOTICE, value);
}

static void
on_stale (FocJob *job, gpointer value, gpointer owner)
{
  g_signal_emit (owner, signals[STALE], 0);
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
    set_run (self, g_steal_pointer (&run));
  settle (self);

  if (error == NULL)
    g_signal_emit (self, signals[DONE], 0, steps);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    emit (self, FAILED, error->message);
}

/* Takes the task's own parts. */
static void
work (FocTraining *self, FocTrainingTask *task)
{
  FocJob *job = foc_job_new ();

  end_job (self);
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
               (GDestroyNotify) foc_run_free, on_worked, self);
  set_job (self, job);
  g_object_unref (job);
  set_state (self, FOC_TRAINING_WORKING);
  g_signal_emit (self, signals[CHANGED], 0);
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
  drop_run (self);
  work (self, task);
}

void
foc_training_start (FocTraining *self,
                    FocCatalog *catalog,
                    const FocSettings *settings,
                    guint jobs)
{
  g_clear_pointer (&self->reference, foc_run_free);
  begin (self, catalog, settings, FOC_TRAINING_SEARCH, FALSE, jobs);
}

void
foc_training_start_anew (FocTraining *self,
                         FocCatalog *catalog,
                         const FocSettings *settings,
                         guint jobs)
{
  g_clear_pointer (&self->reference, foc_run_free);
  begin (self, catalog, settings, FOC_TRAINING_SEARCH, TRUE, jobs);
}

void
foc_training_reproduce (FocTraining *self,
                        FocCatalog *catalog,
                        const FocRun *reference,
                        guint jobs)
{
  FocRun *copy = foc_run_snapshot (reference);
  FocTrainingSteps steps = FOC_TRAINING_SEARCH;

  if (copy->model_sha256 != NULL)
    steps |= FOC_TRAINING_FINAL;
  g_clear_pointer (&self->reference, foc_run_free);
  self->reference = copy;
  begin (self, catalog, &copy->settings, steps, TRUE, jobs);
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

static gpointer
load_run (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return foc_run_load (data, error);
}

void
foc_training_open (FocTraining *self, const char *folder)
{
  g_autoptr (FocJob) job = foc_job_new ();

  end_job (self);
  g_clear_pointer (&self->reference, foc_run_free);
  drop_run (self);
  foc_job_run (job, load_run, g_strdup (folder), g_free, (GDestroyNotify) foc_run_free,
               on_worked, self);
  set_job (self, job);
  set_state (self, FOC_TRAINING_WORKING);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
foc_training_can_pause (FocTraining *self)
{
  guint stage = self->job != NULL ? foc_job_get_stage (self->job) : FOC_STAGE_SCAN;

  return self->steps != 0 && (stage == FOC_STAGE_GRID || stage == FOC_STAGE_FINAL);
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
  set_state (self, paused ? FOC_TRAINING_PAUSED : FOC_TRAINING_WORKING);
}

void
foc_training_stop (FocTraining *self)
{
  if (self->stop == NULL)
    return;

  g_cancellable_cancel (self->stop);
  foc_training_bench_set_paused (self->bench, FALSE);
  set_state (self, FOC_TRAINING_STOPPING);
}

void
foc_training_cancel (FocTraining *self)
{
  if (self->job == NULL)
    return;

  end_job (self);
  settle (self);
}

void
foc_training_close (FocTraining *self)
{
  end_job (self);
  g_clear_pointer (&self->reference, foc_run_free);
  drop_run (self);
  settle (self);
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
      emit (self, FAILED, error->message);
      return;
    }
  self->is_saved = self->holds_model;
  message = g_strdup_printf (_ ("The model was saved as “%s”."), name);
  emit (self, NOTICE, message);
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
  foc_job_run (job, foc_training_save_work, task,
               (GDestroyNotify) foc_training_save_task_free, g_free, on_saved, self);
  g_set_object (&self->side_job, job);
}

FocTrainingState
foc_training_get_state (FocTraining *self)
{
  return self->state;
}

FocJob *
foc_training_get_job (FocTraining *self)
{
  return self->job;
}

FocTrainingSteps
foc_training_get_steps (FocTraining *self)
{
  return self->steps;
}

gboolean
foc_training_get_searching (FocTraining *self)
{
  return self->is_searching;
}

const FocRun *
foc_training_get_run (FocTraining *self)
{
  return self->run;
}

const FocGrid *
foc_training_get_grid (FocTraining *self)
{
  if (self->grid != NULL)
    return self->grid;
  return self->run != NULL ? self->run->grid : NULL;
}

const FocRun *
foc_training_get_reference (FocTraining *self)
{
  return self->reference;
}

const char *
foc_training_get_problem (FocTraining *self)
{
  return self->problem;
}

gboolean
foc_training_has_model (FocTraining *self)
{
  return self->run != NULL && (self->run->model_sha256 != NULL || self->holds_model);
}

gboolean
foc_training_has_unwritten_model (FocTraining *self)
{
  return self->holds_model;
}

gboolean
foc_training_is_unsaved (FocTraining *self)
{
  return self->problem != NULL && self->run != NULL && self->run->grid != NULL
         && !self->is_saved;
}

static void
foc_training_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FocTraining *self = FOC_TRAINING (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_training_dispose (GObject *object)
{
  FocTraining *self = FOC_TRAINING (object);

  end_job (self);
  if (self->side_job != NULL)
    {
      foc_job_cancel (self->side_job);
      g_clear_object (&self->side_job);
    }
  set_run (self, NULL);
  g_clear_pointer (&self->reference, foc_run_free);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->bench, foc_training_bench_unref);

  G_OBJECT_CLASS (foc_training_parent_class)->dispose (object);
}

static void
foc_training_class_init (FocTrainingClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags =
    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GType type = G_TYPE_FROM_CLASS (class);

  object_class->get_property = foc_training_get_property;
  object_class->dispose = foc_training_dispose;

  props[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, FOC_TRAINING_STOPPING, 0, flags);
  props[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, FOC_TYPE_JOB, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NOTICE] = g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[STALE] =
    g_signal_new ("stale", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UNSAVED] = g_signal_new ("unsaved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
foc_training_init (FocTraining *self)
{
}

FocTraining *
foc_training_new (const char *cache)
{
  FocTraining *self = g_object_new (FOC_TYPE_TRAINING, NULL);

  self->bench = foc_training_bench_new (cache);
  return self;
}

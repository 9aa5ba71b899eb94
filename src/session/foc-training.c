/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-training-private.h"

G_DEFINE_FINAL_TYPE (FocTraining, foc_training, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_JOB,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
guint foc_training_signals[FOC_TRAINING_N_SIGNALS];

void
foc_training_set_state (FocTraining *self, FocTrainingState state)
{
  if (state == self->state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

void
foc_training_set_job (FocTraining *self, FocJob *job)
{
  g_set_object (&self->job, job);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_JOB]);
}

void
foc_training_say (FocTraining *self, guint signal, const char *message)
{
  g_signal_emit (self, foc_training_signals[signal], 0, message);
}

void
foc_training_set_problem (FocTraining *self, const char *problem)
{
  if (g_strcmp0 (problem, self->problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  if (problem != NULL)
    foc_training_say (self, FOC_TRAINING_UNSAVED, problem);
}

void
foc_training_set_run (FocTraining *self, FocRun *run)
{
  g_clear_pointer (&self->grid, foc_grid_free);
  g_clear_pointer (&self->run, foc_run_unref);
  self->run = run;
  if (run != NULL && run->grid == NULL)
    self->grid = foc_grid_new (&run->settings);
}

void
foc_training_drop_run (FocTraining *self)
{
  foc_training_set_run (self, NULL);
  foc_training_set_problem (self, NULL);
  self->is_unsaved = self->holds_model = self->is_saved = FALSE;
  foc_training_bench_forget (self->bench);
}

/* A grid that grew beyond that of the run, whose search was stopped, is none that anything
 * was built on. */
void
foc_training_settle (FocTraining *self)
{
  if (self->run != NULL && self->run->grid != NULL)
    g_clear_pointer (&self->grid, foc_grid_free);
  /* It was about what is needed no more, as to go on after a crash. */
  if (!self->is_unsaved)
    foc_training_set_problem (self, NULL);
  foc_training_set_job (self, NULL);
  foc_training_set_state (self,
                          self->run != NULL ? FOC_TRAINING_SHOWN : FOC_TRAINING_NOTHING);
  g_signal_emit (self, foc_training_signals[FOC_TRAINING_CHANGED], 0);
}

void
foc_training_end_job (FocTraining *self)
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

FocTrainingState
foc_training_get_state (FocTraining *self)
{
  return self->state;
}

gboolean
foc_training_can_pause (FocTraining *self)
{
  guint stage = self->job != NULL ? foc_job_get_stage (self->job) : FOC_STAGE_SCAN;

  return self->steps != 0 && (stage == FOC_STAGE_GRID || stage == FOC_STAGE_FINAL);
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

const char *
foc_training_get_folder_at_work (FocTraining *self)
{
  return self->steps != 0 && self->run != NULL ? self->run->folder : NULL;
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
  return self->is_unsaved && self->run != NULL && self->run->grid != NULL
         && !foc_run_has_diverged (self->run) && !self->is_saved;
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

  foc_training_end_job (self);
  if (self->side_job != NULL)
    {
      foc_job_cancel (self->side_job);
      g_clear_object (&self->side_job);
    }
  foc_training_set_run (self, NULL);
  g_clear_pointer (&self->reference, foc_run_unref);
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

  foc_training_signals[FOC_TRAINING_CHANGED] = g_signal_new (
    "changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  foc_training_signals[FOC_TRAINING_DONE] = g_signal_new (
    "done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  foc_training_signals[FOC_TRAINING_FAILED] =
    g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  G_TYPE_STRING);
  foc_training_signals[FOC_TRAINING_NOTICE] =
    g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  G_TYPE_STRING);
  foc_training_signals[FOC_TRAINING_STALE] =
    g_signal_new ("stale", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  foc_training_signals[FOC_TRAINING_UNSAVED] =
    g_signal_new ("unsaved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  G_TYPE_STRING);
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

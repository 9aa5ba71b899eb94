/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-session.h"

#include <math.h>

struct _FocSession
{
  GObject parent_instance;

  FocOpenDataset *dataset;
  FocTraining *training;
  FocLoadedModel *model; /* or NULL                   */
  FocJob *loading;       /* of the newest model, or NULL */
  FocJob *breaking;      /* the seal of the model, or NULL */
  double threshold;      /* the user's, or NAN       */
};

G_DEFINE_FINAL_TYPE (FocSession, foc_session, G_TYPE_OBJECT)

enum
{
  PROP_DATASET = 1,
  PROP_TRAINING,
  PROP_MODEL,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  FAILED,
  NOTICE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
cancel_loading (FocSession *self)
{
  g_autoptr (FocJob) loading = g_steal_pointer (&self->loading);

  if (loading != NULL)
    foc_job_cancel (loading);
}

static void
set_model (FocSession *self, FocLoadedModel *model)
{
  g_set_object (&self->model, model);
  foc_open_dataset_set_model (self->dataset, model);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODEL]);
}

static gboolean
is_same_threshold (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

/* With the user's threshold, and without a seal that is broken: it may have been looked
 * since the record was read. */
void
foc_session_use_model (FocSession *self, FocLoadedModel *model)
{
  g_autoptr (FocLoadedModel) open =
    foc_loaded_model_open_by_run (model, foc_training_get_run (self->training));
  g_autoptr (FocLoadedModel) other = NULL;

  cancel_loading (self);
  if (open != NULL)
    model = open;
  if (!is_same_threshold (foc_loaded_model_get_threshold (model), self->threshold))
    model = other = foc_loaded_model_with_threshold (model, self->threshold);
  set_model (self, model);
}

void
foc_session_set_threshold (FocSession *self, double threshold)
{
  g_autoptr (FocLoadedModel) model = NULL;

  if (is_same_threshold (self->threshold, threshold))
    return;

  self->threshold = threshold;
  if (self->model == NULL)
    return;
  model = foc_loaded_model_with_threshold (self->model, threshold);
  set_model (self, model);
}

/* The training may have looked. */
static void
on_training_changed (FocSession *self)
{
  const FocRun *run = foc_training_get_run (self->training);
  g_autoptr (FocLoadedModel) open =
    self->model != NULL ? foc_loaded_model_open_by_run (self->model, run) : NULL;

  if (open != NULL)
    set_model (self, open);
}

static gpointer
read_model (FocJob *job, gpointer path, GCancellable *cancellable, GError **error)
{
  return foc_loaded_model_read (path, error);
}

static void
on_model_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocSession *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FocLoadedModel) model = foc_job_finish (FOC_JOB (source), result, &error);

  if (self->loading != FOC_JOB (source))
    return;

  g_clear_object (&self->loading);
  if (model == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error->message);
      return;
    }
  foc_session_use_model (self, model);
}

void
foc_session_load_model (FocSession *self, const char *path)
{
  cancel_loading (self);
  self->loading = foc_job_new ();
  foc_job_run (self->loading, read_model, g_strdup (path), g_free, g_object_unref,
               on_model_read, self);
}

gboolean
foc_session_is_loading (FocSession *self)
{
  return self->loading != NULL;
}

static gpointer
break_seal (FocJob *job, gpointer model, GCancellable *cancellable, GError **error)
{
  return foc_loaded_model_break_seal (model, error);
}

static void
on_seal_broken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocSession *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FocLoadedModel) open = foc_job_finish (FOC_JOB (source), result, &error);

  if (self->breaking != FOC_JOB (source))
    return;

  g_clear_object (&self->breaking);
  if (open == NULL)
    g_signal_emit (self, signals[NOTICE], 0, error->message);
  /* Another model may be in use by now. */
  else if (self->model != NULL
           && foc_loaded_model_get_own (open) == foc_loaded_model_get_own (self->model))
    foc_session_use_model (self, open);
}

void
foc_session_break_seal (FocSession *self)
{
  if (self->model == NULL || self->breaking != NULL)
    return;

  self->breaking = foc_job_new ();
  foc_job_run (self->breaking, break_seal, g_object_ref (self->model), g_object_unref,
               g_object_unref, on_seal_broken, self);
}

FocOpenDataset *
foc_session_get_dataset (FocSession *self)
{
  return self->dataset;
}

FocTraining *
foc_session_get_training (FocSession *self)
{
  return self->training;
}

FocLoadedModel *
foc_session_get_model (FocSession *self)
{
  return self->model;
}

static void
foc_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FocSession *self = FOC_SESSION (object);

  switch (id)
    {
    case PROP_DATASET:
      g_value_set_object (value, self->dataset);
      break;
    case PROP_TRAINING:
      g_value_set_object (value, self->training);
      break;
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_session_dispose (GObject *object)
{
  FocSession *self = FOC_SESSION (object);
  g_autoptr (FocJob) breaking = g_steal_pointer (&self->breaking);

  cancel_loading (self);
  if (breaking != NULL)
    foc_job_cancel (breaking);
  g_clear_object (&self->training);
  g_clear_object (&self->dataset);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (foc_session_parent_class)->dispose (object);
}

static void
foc_session_class_init (FocSessionClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags =
    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foc_session_get_property;
  object_class->dispose = foc_session_dispose;

  props[PROP_DATASET] =
    g_param_spec_object ("dataset", NULL, NULL, FOC_TYPE_OPEN_DATASET, flags);
  props[PROP_TRAINING] =
    g_param_spec_object ("training", NULL, NULL, FOC_TYPE_TRAINING, flags);
  props[PROP_MODEL] =
    g_param_spec_object ("model", NULL, NULL, FOC_TYPE_LOADED_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
foc_session_init (FocSession *self)
{
  self->threshold = NAN;
}

FocSession *
foc_session_new (const char *cache)
{
  FocSession *self = g_object_new (FOC_TYPE_SESSION, NULL);

  self->dataset = foc_open_dataset_new (cache);
  self->training = foc_training_new (cache);
  g_signal_connect_object (self->training, "stale", G_CALLBACK (foc_open_dataset_refresh),
                           self->dataset, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->training, "changed", G_CALLBACK (on_training_changed),
                           self, G_CONNECT_SWAPPED);
  foc_session_load_model (self, NULL);
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-job.h"

#include <sys/resource.h>
#include <unistd.h>

/* How long the gate waits for more before it tells the main loop. */
#define GATE_INTERVAL 100 /* milliseconds */

/* The nice value of the worker threads. */
#define NICENESS 10

/* The speed of the last so many seconds tells how long the rest will take. */
#define SPEED_WINDOW 3.0
/* ... and before that it is anybody's guess. */
#define SPEED_UNKNOWN 0.5

typedef struct
{
  guint stage;
  guint64 done;
  guint64 total;
} Progress;

struct _FocJob
{
  GObject parent_instance;

  GMainContext *context;

  GAsyncReadyCallback callback;
  GWeakRef owner;

  /* The gate. */
  GMutex mutex;
  Progress latest;
  GSource *pending; /* to tell of `latest`          */
  GTask *task;      /* until it has returned         */

  /* What the main loop knows. */
  Progress shown;
  gboolean running;
  gboolean cancelled;
  gint64 stage_start; /* monotonic microseconds        */
  gint64 last_update;
  double speed;       /* steps a second, 0 for unknown */
  gboolean has_begun; /* the stage: what is done at its first report may be of before */
};

G_DEFINE_FINAL_TYPE (FocJob, foc_job, G_TYPE_OBJECT)

enum
{
  PROP_STAGE = 1,
  PROP_DONE,
  PROP_TOTAL,
  PROP_FRACTION,
  PROP_REMAINING,
  PROP_RUNNING,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* One run of the work; belongs to its thread. */
typedef struct
{
  FocJob *job; /* owned */
  GCancellable *cancellable;
  FocJobFunc func;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
} Work;

/* Something on its way from the worker to the main loop. */
typedef struct
{
  FocJob *job; /* owned */
  FocJobDelivered delivered;
  gpointer value;
  GDestroyNotify free_value;
} Delivery;

static void
update_speed (FocJob *self, const Progress *latest, gint64 now)
{
  double seconds = (double) (now - self->last_update) / G_TIME_SPAN_SECOND;
  double weight, speed;

  if (latest->stage != self->shown.stage || latest->done < self->shown.done)
    {
      self->stage_start = self->last_update = now;
      self->speed = 0;
      self->has_begun = latest->done > 0;
      return;
    }
  if (!self->has_begun)
    {
      self->has_begun = latest->done > 0;
      self->last_update = now;
      return;
    }
  if (seconds <= 0)
    return;

  speed = (double) (latest->done - self->shown.done) / seconds;
  weight = self->speed > 0 ? MIN (seconds / SPEED_WINDOW, 1) : 1;
  self->speed += weight * (speed - self->speed);
  self->last_update = now;
}

/* Brings what the main loop knows up to date. */
static void
drain (FocJob *self)
{
  Progress before = self->shown;
  Progress latest;

  g_mutex_lock (&self->mutex);
  if (self->pending != NULL)
    {
      g_source_destroy (self->pending);
      g_clear_pointer (&self->pending, g_source_unref);
    }
  latest = self->latest;
  g_mutex_unlock (&self->mutex);

  update_speed (self, &latest, g_get_monotonic_time ());
  self->shown = latest;

  g_object_freeze_notify (G_OBJECT (self));
  if (latest.stage != before.stage)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STAGE]);
  if (latest.done != before.done)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DONE]);
  if (latest.total != before.total)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOTAL]);
  if (latest.done != before.done || latest.total != before.total
      || latest.stage != before.stage)
    {
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REMAINING]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
on_gate (gpointer user_data)
{
  drain (user_data);
  return G_SOURCE_REMOVE;
}

/* With the mutex held. */
static void
open_gate (FocJob *self)
{
  if (self->pending != NULL || self->task == NULL)
    return;

  self->pending = g_timeout_source_new (GATE_INTERVAL);
  g_source_set_static_name (self->pending, "[foc] progress of a job");
  g_source_set_callback (self->pending, on_gate, g_object_ref (self), g_object_unref);
  g_source_attach (self->pending, self->context);
}

void
foc_job_report (guint64 done, guint64 total, gpointer job)
{
  FocJob *self = job;

  g_mutex_lock (&self->mutex);
  self->latest.done = done;
  self->latest.total = total;
  open_gate (self);
  g_mutex_unlock (&self->mutex);
}

void
foc_job_set_stage (FocJob *self, guint stage)
{
  g_mutex_lock (&self->mutex);
  self->latest = (Progress){ .stage = stage };
  open_gate (self);
  g_mutex_unlock (&self->mutex);
}

static gboolean
on_delivery (gpointer user_data)
{
  const Delivery *delivery = user_data;
  FocJob *self = delivery->job;
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);

  if (owner != NULL && !self->cancelled)
    {
      drain (self);
      delivery->delivered (self, delivery->value, owner);
    }
  return G_SOURCE_REMOVE;
}

static void
delivery_free (gpointer data)
{
  Delivery *self = data;

  if (self->free_value != NULL)
    self->free_value (self->value);
  g_object_unref (self->job);
  g_free (self);
}

void
foc_job_deliver (FocJob *self,
                 FocJobDelivered delivered,
                 gpointer value,
                 GDestroyNotify free_value)
{
  Delivery *delivery = g_new (Delivery, 1);
  /* Not g_main_context_invoke(), which calls in this very thread while nobody happens to
   * run the context. The priority is that of the result, which must not overtake. */
  g_autoptr (GSource) source = g_idle_source_new ();

  *delivery = (Delivery){ g_object_ref (self), delivered, value, free_value };
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[foc] delivery of a job");
  g_source_set_callback (source, on_delivery, delivery, delivery_free);
  g_source_attach (source, self->context);
}

/* Whoever is first, worker or cancel, returns; NULL for the other one. */
static GTask *
steal_task (FocJob *self)
{
  GTask *task;

  g_mutex_lock (&self->mutex);
  task = g_steal_pointer (&self->task);
  g_mutex_unlock (&self->mutex);

  return task;
}

/* Threads that have not ended yet, of all jobs. */
static GMutex workers_mutex;
static GCond worker_gone;
static guint n_workers;

static void
count_worker (int change)
{
  g_mutex_lock (&workers_mutex);
  n_workers += (guint) change;
  g_cond_broadcast (&worker_gone);
  g_mutex_unlock (&workers_mutex);
}

gboolean
foc_job_wait_for_workers (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
  gboolean in_time;

  g_mutex_lock (&workers_mutex);
  while (n_workers > 0 && g_cond_wait_until (&worker_gone, &workers_mutex, end))
    ;
  in_time = n_workers == 0;
  g_mutex_unlock (&workers_mutex);

  return in_time;
}

static gpointer
work (gpointer user_data)
{
  Work *run = user_data;
  GError *error = NULL;
  g_autoptr (GTask) task = NULL;
  gpointer result;

  /* Of this thread, and of those that it starts. Without the right to it, so be it. */
  setpriority (PRIO_PROCESS, (id_t) gettid (), NICENESS);

  result = run->func (run->job, run->data, run->cancellable, &error);

  task = steal_task (run->job);
  if (task != NULL && result != NULL)
    g_task_return_pointer (task, result, run->free_result);
  else if (task != NULL)
    g_task_return_error (task, error);
  else
    {
      if (result != NULL && run->free_result != NULL)
        run->free_result (result);
      g_clear_error (&error);
    }

  if (run->free_data != NULL)
    run->free_data (run->data);
  g_object_unref (run->cancellable);
  g_object_unref (run->job);
  g_free (run);
  count_worker (-1);
  return NULL;
}

static void
on_task_returned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocJob *self = FOC_JOB (source);
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);

  drain (self);
  self->running = FALSE;
  g_object_notify_by_pspec (source, props[PROP_RUNNING]);
  if (owner != NULL)
    self->callback (source, result, owner);
}

void
foc_job_run (FocJob *self,
             FocJobFunc func,
             gpointer data,
             GDestroyNotify free_data,
             GDestroyNotify free_result,
             GAsyncReadyCallback callback,
             gpointer owner)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Work *run;
  GThread *thread;

  g_return_if_fail (FOC_IS_JOB (self) && self->stage_start == 0);
  g_return_if_fail (G_IS_OBJECT (owner));

  self->callback = callback;
  g_weak_ref_set (&self->owner, owner);
  run = g_new (Work, 1);
  *run = (Work){ .job = g_object_ref (self),
                 .cancellable = g_object_ref (cancellable),
                 .func = func,
                 .data = data,
                 .free_data = free_data,
                 .free_result = free_result };

  self->task = g_task_new (self, cancellable, on_task_returned, NULL);
  g_task_set_source_tag (self->task, foc_job_run);
  /* A worker that was in time has a result, even if it was cancelled since. */
  g_task_set_check_cancellable (self->task, FALSE);
  self->stage_start = self->last_update = g_get_monotonic_time ();
  self->running = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);

  /* Not one of GTask's own threads: they are few, shared, and would stay niced. */
  count_worker (1);
  thread = g_thread_new ("job", work, run);
  g_thread_unref (thread);
}

gpointer
foc_job_finish (FocJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
foc_job_cancel (FocJob *self)
{
  g_autoptr (GTask) task = steal_task (self);

  if (task == NULL)
    return;

  self->cancelled = TRUE;
  g_cancellable_cancel (g_task_get_cancellable (task));
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
}

void
foc_job_skip_time (FocJob *self)
{
  self->last_update = g_get_monotonic_time ();
}

guint
foc_job_get_stage (FocJob *self)
{
  return self->shown.stage;
}

guint64
foc_job_get_done (FocJob *self)
{
  return self->shown.done;
}

guint64
foc_job_get_total (FocJob *self)
{
  return self->shown.total;
}

double
foc_job_get_fraction (FocJob *self)
{
  if (self->shown.total == 0)
    return -1;

  return MIN ((double) self->shown.done / (double) self->shown.total, 1);
}

double
foc_job_get_remaining (FocJob *self)
{
  double elapsed = (double) (self->last_update - self->stage_start) / G_TIME_SPAN_SECOND;

  if (self->shown.total == 0 || self->speed <= 0 || elapsed < SPEED_UNKNOWN)
    return -1;

  return (double) (self->shown.total - MIN (self->shown.done, self->shown.total))
         / self->speed;
}

gboolean
foc_job_get_running (FocJob *self)
{
  return self->running;
}

guint
foc_job_get_n_threads (void)
{
  return MAX (g_get_num_processors (), 1);
}

static void
foc_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FocJob *self = FOC_JOB (object);

  switch (id)
    {
    case PROP_STAGE:
      g_value_set_uint (value, self->shown.stage);
      break;
    case PROP_DONE:
      g_value_set_uint64 (value, self->shown.done);
      break;
    case PROP_TOTAL:
      g_value_set_uint64 (value, self->shown.total);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, foc_job_get_fraction (self));
      break;
    case PROP_REMAINING:
      g_value_set_double (value, foc_job_get_remaining (self));
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_job_finalize (GObject *object)
{
  FocJob *self = FOC_JOB (object);

  g_weak_ref_clear (&self->owner);
  g_mutex_clear (&self->mutex);
  g_main_context_unref (self->context);
  G_OBJECT_CLASS (foc_job_parent_class)->finalize (object);
}

static void
foc_job_class_init (FocJobClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags =
    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foc_job_get_property;
  object_class->finalize = foc_job_finalize;

  props[PROP_STAGE] = g_param_spec_uint ("stage", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_DONE] = g_param_spec_uint64 ("done", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_TOTAL] = g_param_spec_uint64 ("total", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  props[PROP_REMAINING] =
    g_param_spec_double ("remaining", NULL, NULL, -1, G_MAXDOUBLE, -1, flags);
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
foc_job_init (FocJob *self)
{
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->mutex);
  g_weak_ref_init (&self->owner, NULL);
}

FocJob *
foc_job_new (void)
{
  return g_object_new (FOC_TYPE_JOB, NULL);
}

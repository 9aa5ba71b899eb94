/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-open-dataset.h"

#include "foc-error.h"
#include "foc-settings.h"

struct _FocOpenDataset
{
  GObject parent_instance;

  char *cache;
  FocLoadedModel *model;        /* or NULL                                    */
  FocSplitSettings split;       /* as it was asked for, for all that comes    */
  FocPictureList *pictures;     /* holds the catalog and its predictions      */
  FocFeatureStore *predicted;   /* what the predictions were made from        */
  FocLoadedModel *predicted_by; /* and with what                              */

  FocJob *job;                        /* opens or refreshes                   */
  gboolean is_opening;                /* it opens                             */
  FocCatalog *before;                 /* to come back to when it is cancelled */
  FocPredictions *before_predictions; /* the same                             */
  FocSplitSettings before_split;
  FocJob *predicting; /* asks the model                       */
  gboolean is_lost;
};

G_DEFINE_FINAL_TYPE (FocOpenDataset, foc_open_dataset, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_CATALOG,
  PROP_JOB,
  PROP_PREDICTING,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  FAILED,
  NOTICE,
  OPENED,
  LOST,
  FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What a job has found out. */
typedef struct
{
  FocCatalog *catalog;
  FocPredictions *predictions; /* or NULL */
} Outcome;

static void
outcome_free (gpointer data)
{
  Outcome *self = data;

  g_clear_pointer (&self->catalog, foc_catalog_unref);
  g_clear_pointer (&self->predictions, foc_predictions_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outcome, outcome_free)

static Outcome *
outcome_new (FocCatalog *catalog, FocPredictions *predictions)
{
  Outcome *self = g_new (Outcome, 1);

  self->catalog = catalog;
  self->predictions = predictions;
  return self;
}

static void
notify (FocOpenDataset *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_job (FocOpenDataset *self, FocJob *job)
{
  g_set_object (&self->job, job);
  notify (self, PROP_JOB);
  notify (self, PROP_STATE);
}

/* Ends a job without a word: whatever it still says is not listened to. */
static void
drop_job (FocJob **job)
{
  g_autoptr (FocJob) dropped = g_steal_pointer (job);

  if (dropped != NULL)
    foc_job_cancel (dropped);
}

/* What the model says */

typedef struct
{
  FocLoadedModel *model;
  FocCatalog *catalog;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->model);
  foc_catalog_unref (self->catalog);
  g_free (self);
}

static gpointer
ask_model (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;

  return foc_predictions_make (question->model, question->catalog,
                               foc_job_get_n_threads (), foc_job_report, job, cancellable,
                               error);
}

/* Predictions are there, made from this store by this model. */
static void
remember_predicted (FocOpenDataset *self, const FocCatalog *catalog)
{
  g_clear_pointer (&self->predicted, foc_feature_store_unref);
  self->predicted = foc_feature_store_ref (catalog->store);
  g_set_object (&self->predicted_by, self->model);
}

static void
on_model_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocOpenDataset *self = user_data;
  FocCatalog *catalog = foc_picture_list_get_catalog (self->pictures);
  g_autoptr (GError) error = NULL;
  g_autoptr (FocPredictions) predictions =
    foc_job_finish (FOC_JOB (source), result, &error);

  if (self->predicting != FOC_JOB (source))
    return;

  g_clear_object (&self->predicting);
  if (predictions != NULL)
    {
      remember_predicted (self, catalog);
      foc_picture_list_set_contents (self->pictures, catalog, predictions);
      notify (self, PROP_CATALOG);
    }
  else
    g_signal_emit (self, signals[NOTICE], 0, error->message);
  notify (self, PROP_PREDICTING);
}

/* Asks the model about what is shown now, unless it was asked already. */
static void
predict (FocOpenDataset *self)
{
  FocCatalog *catalog = foc_picture_list_get_catalog (self->pictures);
  Question *question;

  if (self->model == NULL || catalog == NULL || catalog->store == NULL
      || (self->predicted == catalog->store && self->predicted_by == self->model))
    return;

  drop_job (&self->predicting);
  question = g_new (Question, 1);
  question->model = g_object_ref (self->model);
  question->catalog = foc_catalog_ref (catalog);
  self->predicting = foc_job_new ();
  foc_job_run (self->predicting, ask_model, question, question_free,
               (GDestroyNotify) foc_predictions_unref, on_model_asked, self);
  notify (self, PROP_PREDICTING);
}

/* Shows what is known now. Predictions of the same features go on being right. */
static void
show (FocOpenDataset *self, FocCatalog *catalog, FocPredictions *predictions)
{
  if (predictions != NULL)
    remember_predicted (self, catalog);
  else if (catalog != NULL && catalog->store != NULL && catalog->store == self->predicted)
    predictions = foc_picture_list_get_predictions (self->pictures);
  else
    {
      g_clear_pointer (&self->predicted, foc_feature_store_unref);
      g_clear_object (&self->predicted_by);
      if (self->predicting != NULL)
        {
          drop_job (&self->predicting);
          notify (self, PROP_PREDICTING);
        }
    }

  foc_picture_list_set_contents (self->pictures, catalog, predictions);
  notify (self, PROP_CATALOG);
  notify (self, PROP_STATE);
  predict (self);
}

/* Opening */

typedef struct
{
  GWeakRef dataset; /* FocOpenDataset, for the main thread */
  GMainContext *context;
  char *path;
  char *cache;
  FocSplitSettings split;
  FocLoadedModel *model; /* for a refresh: what to ask; or NULL */
  FocCatalog *known;     /* for a refresh: what is shown now    */
} Task;

static void
task_free (gpointer data)
{
  Task *self = data;

  g_weak_ref_clear (&self->dataset);
  g_main_context_unref (self->context);
  g_free (self->path);
  g_free (self->cache);
  g_clear_object (&self->model);
  g_clear_pointer (&self->known, foc_catalog_unref);
  g_free (self);
}

/* A catalog on its way from the worker to the main loop. */
typedef struct
{
  FocOpenDataset *dataset; /* owned */
  FocJob *job;             /* owned */
  FocCatalog *catalog;     /* owned */
} Delivery;

static void
delivery_free (gpointer data)
{
  Delivery *self = data;

  g_object_unref (self->dataset);
  g_object_unref (self->job);
  foc_catalog_unref (self->catalog);
  g_free (self);
}

static gboolean
is_same_split (const FocSplitSettings *a, const FocSplitSettings *b)
{
  g_autofree char *x = foc_split_settings_to_string (a);
  g_autofree char *y = foc_split_settings_to_string (b);

  return g_str_equal (x, y);
}

/* The user may have chosen another split since the job began. NULL takes nothing. */
static FocCatalog *
with_current_split (FocOpenDataset *self, FocCatalog *catalog)
{
  FocCatalog *anew = NULL;

  if (!is_same_split (&catalog->split_settings, &self->split))
    anew = foc_catalog_split_anew (catalog, &self->split, NULL);
  if (anew == NULL)
    self->split = catalog->split_settings;

  return anew != NULL ? anew : foc_catalog_ref (catalog);
}

static gboolean
on_delivery (gpointer user_data)
{
  const Delivery *delivery = user_data;
  FocOpenDataset *self = delivery->dataset;

  if (self->job == delivery->job)
    {
      g_autoptr (FocCatalog) catalog = with_current_split (self, delivery->catalog);

      show (self, catalog, NULL);
    }
  return G_SOURCE_REMOVE;
}

static void
deliver (const Task *task, FocJob *job, FocCatalog *catalog)
{
  FocOpenDataset *dataset = g_weak_ref_get ((GWeakRef *) &task->dataset);
  Delivery *delivery;

  if (dataset == NULL)
    return;

  delivery = g_new (Delivery, 1);
  *delivery = (Delivery){ dataset, g_object_ref (job), foc_catalog_ref (catalog) };
  g_main_context_invoke_full (task->context, G_PRIORITY_DEFAULT, on_delivery, delivery,
                              delivery_free);
}

/* Reads what was scanned, and completes it. */
static FocCatalog *
read_and_complete (const Task *task,
                   FocJob *job,
                   FocCatalog *scanned,
                   gboolean deliver_read,
                   GCancellable *cancellable,
                   GError **error)
{
  guint jobs = foc_job_get_n_threads ();
  g_autoptr (FocCatalog) read = NULL;

  foc_job_set_stage (job, FOC_CATALOG_READ);
  read = foc_catalog_read (scanned, task->cache, jobs, foc_job_report, job, cancellable,
                           error);
  if (read == NULL)
    return NULL;
  if (deliver_read)
    deliver (task, job, read);

  foc_job_set_stage (job, FOC_CATALOG_COMPLETE);
  return foc_catalog_complete (read, jobs, foc_job_report, job, cancellable, error);
}

static FocCatalog *
scan (const Task *task, FocJob *job, GCancellable *cancellable, GError **error)
{
  foc_job_set_stage (job, FOC_CATALOG_SCANNED);
  return foc_catalog_scan (task->path, &task->split, foc_job_report, job, cancellable,
                           error);
}

static gpointer
open_dataset (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Task *task = data;
  g_autoptr (FocCatalog) scanned = scan (task, job, cancellable, error);
  FocCatalog *catalog;

  if (scanned == NULL)
    return NULL;

  deliver (task, job, scanned);
  catalog = read_and_complete (task, job, scanned, TRUE, cancellable, error);
  return catalog != NULL ? outcome_new (catalog, NULL) : NULL;
}

/* Whether the folder is as it was, as far as names, sizes and times tell. */
static gboolean
is_unchanged (const FocDataset *a, const FocDataset *b)
{
  guint32 n = foc_dataset_get_n_pictures (a);

  if (n != foc_dataset_get_n_pictures (b)
      || !g_strv_equal (foc_dataset_get_class_names (a), foc_dataset_get_class_names (b)))
    return FALSE;

  for (guint32 row = 0; row < n; row++)
    {
      const FocPicture *x = foc_dataset_get_picture (a, row);
      const FocPicture *y = foc_dataset_get_picture (b, row);

      if (x->size != y->size || x->mtime != y->mtime || x->label != y->label
          || x->part != y->part || !g_str_equal (x->path, y->path))
        return FALSE;
    }
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

/* What is known already if nothing has changed. */
static gpointer
refresh_dataset (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Task *task = data;
  g_autoptr (FocCatalog) scanned = scan (task, job, cancellable, error);
  g_autoptr (FocCatalog) catalog = NULL;
  FocPredictions *predictions = NULL;

  if (scanned == NULL)
    return NULL;
  if (task->known->step == FOC_CATALOG_COMPLETE
      && is_unchanged (task->known->dataset, scanned->dataset)
      && !may_be_within_reach_again (task->known))
    return outcome_new (foc_catalog_ref (task->known), NULL);

  catalog = read_and_complete (task, job, scanned, FALSE, cancellable, error);
  if (catalog == NULL)
    return NULL;
  if (task->model != NULL)
    {
      predictions = foc_predictions_make (task->model, catalog, foc_job_get_n_threads (),
                                          NULL, NULL, cancellable, error);
      if (predictions == NULL)
        return NULL;
    }
  return outcome_new (g_steal_pointer (&catalog), predictions);
}

/* Back to what there was before the job that opens. */
static void
go_back (FocOpenDataset *self)
{
  g_autoptr (FocCatalog) before = g_steal_pointer (&self->before);
  g_autoptr (FocPredictions) predictions = g_steal_pointer (&self->before_predictions);

  self->split = self->before_split;
  show (self, before, predictions);
}

static void
forget_before (FocOpenDataset *self)
{
  g_clear_pointer (&self->before, foc_catalog_unref);
  g_clear_pointer (&self->before_predictions, foc_predictions_unref);
}

static void
set_lost (FocOpenDataset *self, const char *message)
{
  gboolean was_lost = self->is_lost;

  self->is_lost = message != NULL;
  if (message != NULL && !was_lost)
    g_signal_emit (self, signals[LOST], 0, message);
  else if (message == NULL && was_lost)
    g_signal_emit (self, signals[FOUND], 0);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocOpenDataset *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Outcome) outcome = foc_job_finish (FOC_JOB (source), result, &error);
  g_autoptr (FocCatalog) catalog = NULL;

  if (self->job != FOC_JOB (source))
    return;

  if (outcome == NULL)
    {
      go_back (self);
      set_job (self, NULL);
      g_signal_emit (self, signals[FAILED], 0, error->message);
      return;
    }

  forget_before (self);
  catalog = with_current_split (self, outcome->catalog);
  show (self, catalog, NULL);
  set_job (self, NULL);
  g_signal_emit (self, signals[OPENED], 0);
  if (catalog->notice != NULL)
    g_signal_emit (self, signals[NOTICE], 0, catalog->notice);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocOpenDataset *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Outcome) outcome = foc_job_finish (FOC_JOB (source), result, &error);

  if (self->job != FOC_JOB (source))
    return;

  if (outcome != NULL
      && outcome->catalog->dataset
           != foc_picture_list_get_catalog (self->pictures)->dataset)
    {
      g_autoptr (FocCatalog) catalog = with_current_split (self, outcome->catalog);

      show (self, catalog, outcome->predictions);
    }
  set_job (self, NULL);
  set_lost (self, error != NULL ? error->message : NULL);
}

static Task *
task_new (FocOpenDataset *self, const char *path)
{
  Task *task = g_new0 (Task, 1);

  g_weak_ref_init (&task->dataset, self);
  task->context = g_main_context_ref_thread_default ();
  task->path = g_strdup (path);
  task->cache = g_strdup (self->cache);
  task->split = self->split;

  return task;
}

static void
run (FocOpenDataset *self, FocJobFunc func, Task *task, GAsyncReadyCallback callback)
{
  g_autoptr (FocJob) job = foc_job_new ();

  set_job (self, job);
  foc_job_run (job, func, task, task_free, outcome_free, callback, self);
}

void
foc_open_dataset_open (FocOpenDataset *self,
                       const char *path,
                       const FocSplitSettings *settings)
{
  if (self->job != NULL)
    foc_open_dataset_cancel (self);

  self->before = foc_picture_list_get_catalog (self->pictures);
  self->before_predictions = foc_picture_list_get_predictions (self->pictures);
  if (self->before != NULL)
    foc_catalog_ref (self->before);
  if (self->before_predictions != NULL)
    foc_predictions_ref (self->before_predictions);
  self->before_split = self->split;
  self->split = settings != NULL ? *settings : foc_split_settings_default;

  self->is_opening = TRUE;
  self->is_lost = FALSE;
  run (self, open_dataset, task_new (self, path), on_opened);
}

void
foc_open_dataset_refresh (FocOpenDataset *self)
{
  FocCatalog *catalog = foc_picture_list_get_catalog (self->pictures);
  Task *task;

  if (catalog == NULL || self->job != NULL)
    return;

  task = task_new (self, foc_dataset_get_root (catalog->dataset));
  task->known = foc_catalog_ref (catalog);
  if (self->model != NULL)
    task->model = g_object_ref (self->model);
  self->is_opening = FALSE;
  run (self, refresh_dataset, task, on_refreshed);
}

void
foc_open_dataset_cancel (FocOpenDataset *self)
{
  if (self->job == NULL)
    return;

  drop_job (&self->job);
  if (self->is_opening)
    go_back (self);
  set_job (self, NULL);
}

void
foc_open_dataset_close (FocOpenDataset *self)
{
  drop_job (&self->job);
  forget_before (self);
  show (self, NULL, NULL);
  set_job (self, NULL);
}

gboolean
foc_open_dataset_set_split (FocOpenDataset *self,
                            const FocSplitSettings *settings,
                            GError **error)
{
  FocCatalog *catalog = foc_picture_list_get_catalog (self->pictures);
  g_autoptr (FocCatalog) anew = NULL;

  g_return_val_if_fail (catalog != NULL, FALSE);

  anew = foc_catalog_split_anew (catalog, settings, error);
  if (anew == NULL)
    return FALSE;

  self->split = *settings;
  show (self, anew, NULL);
  return TRUE;
}

void
foc_open_dataset_set_model (FocOpenDataset *self, FocLoadedModel *model)
{
  if (!g_set_object (&self->model, model))
    return;

  drop_job (&self->predicting);
  if (model == NULL)
    {
      g_clear_pointer (&self->predicted, foc_feature_store_unref);
      show (self, foc_picture_list_get_catalog (self->pictures), NULL);
    }
  predict (self);
}

FocLoadedModel *
foc_open_dataset_get_model (FocOpenDataset *self)
{
  return self->model;
}

FocOpenState
foc_open_dataset_get_state (FocOpenDataset *self)
{
  if (foc_picture_list_get_catalog (self->pictures) != NULL)
    return FOC_OPEN_SHOWN;

  return self->job != NULL ? FOC_OPEN_SCANNING : FOC_OPEN_NOTHING;
}

FocCatalog *
foc_open_dataset_get_catalog (FocOpenDataset *self)
{
  return foc_picture_list_get_catalog (self->pictures);
}

FocJob *
foc_open_dataset_get_job (FocOpenDataset *self)
{
  return self->job;
}

FocPictureList *
foc_open_dataset_get_pictures (FocOpenDataset *self)
{
  return self->pictures;
}

static void
foc_open_dataset_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  FocOpenDataset *self = FOC_OPEN_DATASET (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_uint (value, foc_open_dataset_get_state (self));
      break;
    case PROP_CATALOG:
      g_value_set_boxed (value, foc_open_dataset_get_catalog (self));
      break;
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;
    case PROP_PREDICTING:
      g_value_set_object (value, self->predicting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_open_dataset_dispose (GObject *object)
{
  FocOpenDataset *self = FOC_OPEN_DATASET (object);

  drop_job (&self->job);
  drop_job (&self->predicting);
  forget_before (self);
  g_clear_object (&self->model);
  g_clear_object (&self->predicted_by);
  g_clear_pointer (&self->predicted, foc_feature_store_unref);

  G_OBJECT_CLASS (foc_open_dataset_parent_class)->dispose (object);
}

static void
foc_open_dataset_finalize (GObject *object)
{
  FocOpenDataset *self = FOC_OPEN_DATASET (object);

  g_clear_object (&self->pictures);
  g_free (self->cache);

  G_OBJECT_CLASS (foc_open_dataset_parent_class)->finalize (object);
}

static void
foc_open_dataset_class_init (FocOpenDatasetClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags =
    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  struct
  {
    const char *name;
    gboolean has_message;
  } const events[N_SIGNALS] = {
    [FAILED] = { "failed", TRUE },  [NOTICE] = { "notice", TRUE },
    [OPENED] = { "opened", FALSE }, [LOST] = { "lost", TRUE },
    [FOUND] = { "found", FALSE },
  };

  object_class->get_property = foc_open_dataset_get_property;
  object_class->dispose = foc_open_dataset_dispose;
  object_class->finalize = foc_open_dataset_finalize;

  props[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, FOC_OPEN_SHOWN, FOC_OPEN_NOTHING, flags);
  props[PROP_CATALOG] =
    g_param_spec_boxed ("catalog", NULL, NULL, FOC_TYPE_CATALOG, flags);
  props[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, FOC_TYPE_JOB, flags);
  props[PROP_PREDICTING] =
    g_param_spec_object ("predicting", NULL, NULL, FOC_TYPE_JOB, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] =
      g_signal_new (events[i].name, G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, events[i].has_message, G_TYPE_STRING);
}

static void
foc_open_dataset_init (FocOpenDataset *self)
{
  self->split = foc_split_settings_default;
  self->pictures = foc_picture_list_new ();
}

FocOpenDataset *
foc_open_dataset_new (const char *cache)
{
  FocOpenDataset *self = g_object_new (FOC_TYPE_OPEN_DATASET, NULL);

  self->cache = g_strdup (cache);
  return self;
}

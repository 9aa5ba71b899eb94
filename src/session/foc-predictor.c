/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-predictor.h"

/* Which model is asked about which features, and what is left out: what an answer depends
 * on. */
typedef struct
{
  FocLoadedModel *model;  /* or NULL: nothing */
  FocFeatureStore *store; /* or NULL          */
  FocSealed sealed;
} Subject;

struct _FocPredictor
{
  GObject parent_instance;

  FocFeatureStore *store;      /* what is known, and of what; or NULL */
  FocPredictions *predictions; /* or NULL                             */

  FocJob *job;    /* asks, or NULL */
  Subject asking; /* what it asks  */
};

G_DEFINE_FINAL_TYPE (FocPredictor, foc_predictor, G_TYPE_OBJECT)

enum
{
  PROP_JOB = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  ANSWERED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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

static void
forget (FocPredictor *self)
{
  g_clear_pointer (&self->store, foc_feature_store_unref);
  g_clear_pointer (&self->predictions, foc_predictions_unref);
}

static void
keep (FocPredictor *self, FocFeatureStore *store, FocPredictions *predictions)
{
  FocPredictions *kept = foc_predictions_ref (predictions);

  forget (self);
  self->store = foc_feature_store_ref (store);
  self->predictions = kept;
}

/* Whatever the job still says is not listened to. TRUE if there was one. */
static gboolean
drop_job (FocPredictor *self)
{
  g_autoptr (FocJob) job = g_steal_pointer (&self->job);

  g_clear_object (&self->asking.model);
  g_clear_pointer (&self->asking.store, foc_feature_store_unref);
  if (job == NULL)
    return FALSE;

  foc_job_cancel (job);
  return TRUE;
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocPredictor *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FocPredictions) predictions =
    foc_job_finish (FOC_JOB (source), result, &error);

  if (self->job != FOC_JOB (source))
    return;

  if (predictions != NULL)
    keep (self, self->asking.store, predictions);
  else
    forget (self);
  drop_job (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_JOB]);
  g_signal_emit (self, signals[ANSWERED], 0);
  if (error != NULL)
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

static void
start (FocPredictor *self, FocLoadedModel *model, const FocCatalog *catalog)
{
  Question *question = g_new (Question, 1);

  question->model = g_object_ref (model);
  question->catalog = foc_catalog_ref ((FocCatalog *) catalog);
  self->asking.model = g_object_ref (model);
  self->asking.store = foc_feature_store_ref (catalog->store);
  self->asking.sealed = foc_loaded_model_get_sealed (model, catalog);
  self->job = foc_job_new ();
  foc_job_run (self->job, ask_model, question, question_free,
               (GDestroyNotify) foc_predictions_unref, on_asked, self);
}

/* Whether more is known than may be by now. */
static gboolean
is_under_seal (FocPredictor *self, const FocCatalog *catalog)
{
  return self->predictions != NULL && catalog != NULL
         && foc_loaded_model_get_sealed (self->predictions->model, catalog)
              > self->predictions->sealed;
}

void
foc_predictor_ask (FocPredictor *self, FocLoadedModel *model, const FocCatalog *catalog)
{
  FocFeatureStore *store = catalog != NULL ? catalog->store : NULL;
  FocSealed sealed = FOC_SEALED_NOTHING;
  gboolean is_known, is_other;

  if (model == NULL || store != self->store || is_under_seal (self, catalog))
    forget (self);
  if (model != NULL && catalog != NULL)
    sealed = foc_loaded_model_get_sealed (model, catalog);
  is_known = self->predictions != NULL && self->predictions->model == model
             && self->predictions->sealed == sealed;
  if (self->job != NULL && !is_known && self->asking.model == model
      && self->asking.store == store && self->asking.sealed == sealed)
    return;

  is_other = drop_job (self);
  if (model != NULL && store != NULL && !is_known)
    {
      start (self, model, catalog);
      is_other = TRUE;
    }
  if (is_other)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_JOB]);
}

void
foc_predictor_keep (FocPredictor *self,
                    const FocCatalog *catalog,
                    FocPredictions *predictions)
{
  g_return_if_fail (catalog->store != NULL);

  keep (self, catalog->store, predictions);
}

FocPredictions *
foc_predictor_get (FocPredictor *self, const FocCatalog *catalog)
{
  return catalog != NULL && catalog->store == self->store ? self->predictions : NULL;
}

FocJob *
foc_predictor_get_job (FocPredictor *self)
{
  return self->job;
}

static void
foc_predictor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FocPredictor *self = FOC_PREDICTOR (object);

  switch (id)
    {
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_predictor_dispose (GObject *object)
{
  FocPredictor *self = FOC_PREDICTOR (object);

  drop_job (self);
  forget (self);

  G_OBJECT_CLASS (foc_predictor_parent_class)->dispose (object);
}

static void
foc_predictor_class_init (FocPredictorClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = foc_predictor_get_property;
  object_class->dispose = foc_predictor_dispose;

  props[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, FOC_TYPE_JOB,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                           | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[ANSWERED] =
    g_signal_new ("answered", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
foc_predictor_init (FocPredictor *self)
{
}

FocPredictor *
foc_predictor_new (void)
{
  return g_object_new (FOC_TYPE_PREDICTOR, NULL);
}

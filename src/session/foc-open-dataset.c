/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-open-dataset-private.h"

#include "foc-error.h"

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
  NO_CLASSES,
  NOTICE,
  OPENED,
  LOST,
  FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
notify (FocOpenDataset *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
notify_state (FocOpenDataset *self)
{
  FocOpenState state = foc_open_dataset_get_state (self);

  if (state == self->told_state)
    return;

  self->told_state = state;
  notify (self, PROP_STATE);
}

void
foc_open_dataset_notify_job (FocOpenDataset *self)
{
  notify (self, PROP_JOB);
  notify_state (self);
}

void
foc_open_dataset_emit_failed (FocOpenDataset *self, const GError *error)
{
  gboolean no_classes = g_error_matches (error, FOC_ERROR, FOC_ERROR_NO_CLASSES);

  g_signal_emit (self, signals[no_classes ? NO_CLASSES : FAILED], 0, error->message);
}

void
foc_open_dataset_emit_notice (FocOpenDataset *self, const char *message)
{
  g_signal_emit (self, signals[NOTICE], 0, message);
}

void
foc_open_dataset_emit_opened (FocOpenDataset *self)
{
  g_signal_emit (self, signals[OPENED], 0);
}

void
foc_open_dataset_set_lost (FocOpenDataset *self, const char *message)
{
  g_autofree char *was = self->lost;

  self->lost = g_strdup (message);
  if (self->lost != NULL && g_strcmp0 (self->lost, was) != 0)
    g_signal_emit (self, signals[LOST], 0, self->lost);
  else if (self->lost == NULL && was != NULL)
    g_signal_emit (self, signals[FOUND], 0);
}

/* Showing */

/* What the model says to `catalog` may have changed as well. */
static void
set_contents (FocOpenDataset *self, FocCatalog *catalog)
{
  foc_picture_list_set_contents (self->pictures, catalog,
                                 foc_predictor_get (self->predictor, catalog));
  notify (self, PROP_CATALOG);
  notify_state (self);
}

void
foc_open_dataset_show (FocOpenDataset *self, FocCatalog *catalog)
{
  foc_predictor_ask (self->predictor, self->model, catalog);
  set_contents (self, catalog);
}

static void
on_answered (FocOpenDataset *self)
{
  set_contents (self, foc_open_dataset_get_catalog (self));
}

static void
on_predicting (FocOpenDataset *self)
{
  notify (self, PROP_PREDICTING);
}

gboolean
foc_open_dataset_set_split (FocOpenDataset *self,
                            const FocSplitSettings *settings,
                            GError **error)
{
  FocCatalog *catalog = foc_open_dataset_get_catalog (self);
  g_autoptr (FocCatalog) anew = NULL;

  g_return_val_if_fail (catalog != NULL, FALSE);

  anew = foc_catalog_split_anew (catalog, settings, error);
  if (anew == NULL)
    return FALSE;

  /* It is meant for what is shown, not for what will be. */
  if (foc_open_dataset_shows_before (self))
    {
      foc_catalog_unref (self->before.catalog);
      self->before.catalog = foc_catalog_ref (anew);
      self->before.split = *settings;
    }
  else
    self->split = *settings;
  foc_open_dataset_show (self, anew);
  return TRUE;
}

void
foc_open_dataset_set_model (FocOpenDataset *self, FocLoadedModel *model)
{
  FocCatalog *catalog = foc_open_dataset_get_catalog (self);

  if (!g_set_object (&self->model, model))
    return;

  foc_predictor_ask (self->predictor, model, catalog);
  if (foc_predictor_get (self->predictor, catalog)
      != foc_picture_list_get_predictions (self->pictures))
    set_contents (self, catalog);
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
      g_value_set_object (value, foc_predictor_get_job (self->predictor));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_open_dataset_dispose (GObject *object)
{
  FocOpenDataset *self = FOC_OPEN_DATASET (object);

  if (self->job != NULL)
    foc_job_cancel (self->job);
  g_clear_object (&self->job);
  foc_open_before_clear (&self->before);
  g_clear_object (&self->predictor);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (foc_open_dataset_parent_class)->dispose (object);
}

static void
foc_open_dataset_finalize (GObject *object)
{
  FocOpenDataset *self = FOC_OPEN_DATASET (object);

  g_clear_object (&self->pictures);
  g_free (self->cache);
  g_free (self->lost);

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
    [FAILED] = { "failed", TRUE }, [NO_CLASSES] = { "no-classes", TRUE },
    [NOTICE] = { "notice", TRUE }, [OPENED] = { "opened", FALSE },
    [LOST] = { "lost", TRUE },     [FOUND] = { "found", FALSE },
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
  self->predictor = foc_predictor_new ();
  g_signal_connect_object (self->predictor, "notify::job", G_CALLBACK (on_predicting),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->predictor, "answered", G_CALLBACK (on_answered), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->predictor, "failed",
                           G_CALLBACK (foc_open_dataset_emit_notice), self,
                           G_CONNECT_SWAPPED);
}

FocOpenDataset *
foc_open_dataset_new (const char *cache)
{
  FocOpenDataset *self = g_object_new (FOC_TYPE_OPEN_DATASET, NULL);

  self->cache = g_strdup (cache);
  return self;
}

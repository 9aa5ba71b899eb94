/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-loaded-model.h"

#include "foc-error.h"
#include "foc-model-file.h"
#include "foc-shipped-model.h"

#include <glib/gi18n-lib.h>

struct _FocLoadedModel
{
  GObject parent_instance;

  FocModel *model;
  char *path;
  gboolean is_shipped;
};

G_DEFINE_FINAL_TYPE (FocLoadedModel, foc_loaded_model, G_TYPE_OBJECT)

static void
foc_loaded_model_finalize (GObject *object)
{
  FocLoadedModel *self = FOC_LOADED_MODEL (object);

  g_clear_pointer (&self->model, foc_model_free);
  g_free (self->path);
  G_OBJECT_CLASS (foc_loaded_model_parent_class)->finalize (object);
}

static void
foc_loaded_model_class_init (FocLoadedModelClass *class)
{
  G_OBJECT_CLASS (class)->finalize = foc_loaded_model_finalize;
}

static void
foc_loaded_model_init (FocLoadedModel *self)
{
}

FocLoadedModel *
foc_loaded_model_read (const char *path, GError **error)
{
  g_autofree char *shipped = path == NULL ? foc_shipped_model_find () : NULL;
  g_autoptr (FocModel) model = NULL;
  FocLoadedModel *self;

  if (path == NULL && shipped == NULL)
    {
      g_set_error_literal (error, FOC_ERROR, FOC_ERROR_MODEL,
                           _ ("The model that comes with the program is missing."));
      return NULL;
    }

  model = foc_model_load (path != NULL ? path : shipped, error);
  if (model == NULL)
    return NULL;

  self = g_object_new (FOC_TYPE_LOADED_MODEL, NULL);
  self->model = g_steal_pointer (&model);
  self->is_shipped = path == NULL;
  self->path = path != NULL ? g_strdup (path) : g_steal_pointer (&shipped);
  return self;
}

const FocModel *
foc_loaded_model_get_model (FocLoadedModel *self)
{
  return self->model;
}

const char *
foc_loaded_model_get_path (FocLoadedModel *self)
{
  return self->path;
}

gboolean
foc_loaded_model_is_shipped (FocLoadedModel *self)
{
  return self->is_shipped;
}

guint16 *
foc_loaded_model_map_classes (FocLoadedModel *self, const FocDataset *dataset)
{
  const char *const *ours = (const char *const *) self->model->class_names;
  const char *const *theirs = foc_dataset_get_class_names (dataset);
  guint n = foc_model_get_n_classes (self->model);
  g_autofree guint16 *labels = g_new (guint16, n);

  if (n != foc_dataset_get_n_classes (dataset))
    return NULL;

  /* Names are unique in both, so that equal numbers of them match one to one. */
  for (guint i = 0; i < n; i++)
    {
      guint label = 0;

      while (label < n && !g_str_equal (ours[i], theirs[label]))
        label++;
      if (label == n)
        return NULL;
      labels[i] = (guint16) label;
    }
  return g_steal_pointer (&labels);
}

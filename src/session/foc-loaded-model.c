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
  FocLoadedModel *owner; /* of the model, or NULL: this one */
  FocRun *sealed;        /* whose holdout set is under seal, or NULL */
  char *path;
  gboolean is_shipped;
};

G_DEFINE_FINAL_TYPE (FocLoadedModel, foc_loaded_model, G_TYPE_OBJECT)

static void
foc_loaded_model_finalize (GObject *object)
{
  FocLoadedModel *self = FOC_LOADED_MODEL (object);

  if (self->owner == NULL)
    g_clear_pointer (&self->model, foc_model_free);
  g_clear_object (&self->owner);
  g_clear_pointer (&self->sealed, foc_run_unref);
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

static gboolean
has_looked (const FocRun *run)
{
  return run->n_looks > 0 || run->holdout.measured;
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
  if (path != NULL)
    self->sealed = foc_run_find_model (path);
  if (self->sealed != NULL && has_looked (self->sealed))
    g_clear_pointer (&self->sealed, foc_run_unref);
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

/* The seal */

/* Whether they split equal data into equal parts. */
static gboolean
is_same_split (const FocSplitSettings *a, const FocSplitSettings *b)
{
  guint64 sum_a = 0, sum_b = 0;

  for (guint i = 0; i < FOC_N_PARTS; i++)
    {
      sum_a += a->shares[i];
      sum_b += b->shares[i];
    }
  for (guint i = 0; i < FOC_N_PARTS; i++)
    if (a->shares[i] * sum_b != b->shares[i] * sum_a)
      return FALSE;
  return a->method == b->method && a->group == b->group
         && (a->method != FOC_SPLIT_STRATIFIED || a->seed == b->seed);
}

FocSealed
foc_loaded_model_get_sealed (FocLoadedModel *self, const FocCatalog *catalog)
{
  const FocRun *run = self->sealed;

  if (run == NULL || catalog->store == NULL
      || !g_str_equal (run->data_digest, foc_feature_store_get_digest (catalog->store)))
    return FOC_SEALED_NOTHING;

  /* Split otherwise, the run's holdout set is scattered. Before they are found, what
   * belongs together is not kept in one part yet. */
  if (!is_same_split (&run->settings.split, &catalog->split_settings)
      || (catalog->split_settings.group != FOC_KEEP_NONE && catalog->duplicates == NULL))
    return FOC_SEALED_ALL;
  return FOC_SEALED_HOLDOUT;
}

gboolean
foc_sealed_covers (FocSealed sealed, const FocCatalog *catalog, guint32 row)
{
  return sealed == FOC_SEALED_ALL
         || (sealed == FOC_SEALED_HOLDOUT
             && foc_split_get_part (catalog->split, row) == FOC_PART_HOLDOUT);
}

FocLoadedModel *
foc_loaded_model_break_seal (FocLoadedModel *self, const FocRun *run)
{
  FocLoadedModel *open;

  if (self->sealed == NULL || run == NULL || !has_looked (run)
      || g_strcmp0 (run->model_sha256, self->sealed->model_sha256) != 0)
    return NULL;

  open = g_object_new (FOC_TYPE_LOADED_MODEL, NULL);
  open->model = self->model;
  open->owner = g_object_ref (self);
  open->path = g_strdup (self->path);
  return open;
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

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
  FocSeal *seal;         /* that nobody has broken, or NULL          */
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
  g_clear_pointer (&self->seal, foc_seal_free);
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
  if (path != NULL)
    self->seal = foc_seal_find (path, self->model);
  if (self->seal != NULL && self->seal->n_looks > 0)
    g_clear_pointer (&self->seal, foc_seal_free);
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

static FocSealScope
get_scope (FocLoadedModel *self, const FocCatalog *catalog)
{
  return self->seal != NULL && catalog->store != NULL
           ? foc_seal_get_scope (self->seal, catalog->dataset, catalog->store)
           : FOC_SEAL_NOTHING;
}

FocSealed
foc_loaded_model_get_sealed (FocLoadedModel *self, const FocCatalog *catalog)
{
  FocSealScope scope = get_scope (self, catalog);

  if (scope == FOC_SEAL_NOTHING)
    return FOC_SEALED_NOTHING;

  /* Split otherwise, the holdout set of then is scattered. Before they are found, what
   * belongs together is not kept in one part yet. */
  if (scope == FOC_SEAL_ANY
      || !is_same_split (&self->seal->split, &catalog->split_settings)
      || (catalog->split_settings.group != FOC_KEEP_NONE && catalog->duplicates == NULL))
    return FOC_SEALED_ALL;
  return FOC_SEALED_HOLDOUT;
}

FocSealBreach
foc_loaded_model_get_breach (FocLoadedModel *self, const FocCatalog *catalog)
{
  if (get_scope (self, catalog) == FOC_SEAL_ANY)
    return FOC_BREACH_CHANGED;
  return self->seal != NULL && self->seal->folder == NULL ? FOC_BREACH_NO_RUN
                                                          : FOC_BREACH_BY_RUN;
}

gboolean
foc_sealed_covers (FocSealed sealed, const FocCatalog *catalog, guint32 row)
{
  return sealed == FOC_SEALED_ALL
         || (sealed == FOC_SEALED_HOLDOUT
             && foc_split_get_part (catalog->split, row) == FOC_PART_HOLDOUT);
}

static FocLoadedModel *
make_open (FocLoadedModel *self)
{
  FocLoadedModel *open = g_object_new (FOC_TYPE_LOADED_MODEL, NULL);

  open->model = self->model;
  open->owner = g_object_ref (self);
  open->path = g_strdup (self->path);
  return open;
}

FocLoadedModel *
foc_loaded_model_open_by_run (FocLoadedModel *self, const FocRun *run)
{
  return self->seal != NULL && run != NULL && run->n_looks > 0
             && g_strcmp0 (run->model_sha256, self->seal->model_sha256) == 0
           ? make_open (self)
           : NULL;
}

FocLoadedModel *
foc_loaded_model_break_seal (FocLoadedModel *self, GError **error)
{
  guint n_looks;

  if (self->seal != NULL && !foc_seal_count_look (self->seal, &n_looks, error))
    return NULL;
  return make_open (self);
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-loaded-model.h"

#include "foc-error.h"
#include "foc-limits.h"
#include "foc-model-file.h"
#include "foc-shipped-model.h"
#include "foc-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Bytes of the name of a copy, without its ending: file systems take 255, of which an
 * export's test vectors need some. */
#define MAX_STEM 100

struct _FocLoadedModel
{
  GObject parent_instance;

  FocLoadedModel *owner; /* that has read the file, and has all of it that is not here; or
                          * NULL: this one */
  FocModel *model;       /* that of the owner, or one around the same network */
  double threshold;      /* the user's, or NAN */
  const FocSeal *seal;   /* the owner's, as long as nobody has broken it; or NULL */

  /* Of an owner only. */
  FocSeal *found_seal; /* that nobody had broken when the file was read, or NULL */
  char *path;
  char *sha256;
  gboolean is_shipped;
  char *name;         /* made to be shown */
  char *dataset_name; /* the same, or NULL */
  guint32 n_pictures;
};

G_DEFINE_FINAL_TYPE (FocLoadedModel, foc_loaded_model, G_TYPE_OBJECT)

static void
foc_loaded_model_finalize (GObject *object)
{
  FocLoadedModel *self = FOC_LOADED_MODEL (object);

  if (self->owner == NULL)
    g_clear_pointer (&self->model, foc_model_free);
  else if (self->model != self->owner->model)
    {
      g_clear_pointer (&self->model->novelty, foc_novelty_free);
      g_free (self->model);
    }
  g_clear_object (&self->owner);
  g_clear_pointer (&self->found_seal, foc_seal_free);
  g_free (self->path);
  g_free (self->sha256);
  g_free (self->name);
  g_free (self->dataset_name);
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
  self->threshold = NAN;
}

static FocLoadedModel *
get_owner (FocLoadedModel *self)
{
  return self->owner != NULL ? self->owner : self;
}

/* Another one of the same file. */
static FocLoadedModel *
new_sibling (FocLoadedModel *self, double threshold, const FocSeal *seal)
{
  FocLoadedModel *owner = get_owner (self);
  FocLoadedModel *sibling = g_object_new (FOC_TYPE_LOADED_MODEL, NULL);

  sibling->owner = g_object_ref (owner);
  sibling->model = owner->model;
  sibling->threshold = threshold;
  sibling->seal = seal;
  if (isnan (threshold))
    return sibling;

  sibling->model = g_memdup2 (owner->model, sizeof *owner->model);
  if (owner->model->novelty != NULL)
    sibling->model->novelty = foc_novelty_copy (owner->model->novelty);
  foc_model_set_threshold (sibling->model, threshold);
  return sibling;
}

static char *
name_run (const FocRun *run)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_iso8601 (run->created, NULL);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *dataset = foc_text_escape (run->dataset_name);
  g_autofree char *date = NULL;

  if (run->title != NULL)
    return foc_text_escape (run->title);
  if (local == NULL)
    return g_steal_pointer (&dataset);

  date = g_date_time_format (local,
                             /* Translators: a date and a time, as strftime() makes them
                              * of this. */
                             _ ("%-d %b %Y, %H:%M:%S"));
  /* Translators: a data set, and when a model was trained on it. */
  return g_strdup_printf (_ ("%s, %s"), dataset, date);
}

static char *
name_file (const char *path)
{
  g_autofree char *base = g_filename_display_basename (path);

  return foc_text_escape (base);
}

FocLoadedModel *
foc_loaded_model_read (const char *path, GError **error)
{
  g_autofree char *shipped = path == NULL ? foc_shipped_model_find () : NULL;
  gboolean is_shipped = path == NULL;
  g_autofree char *sha256 = NULL;
  g_autoptr (FocModel) model = NULL;
  g_autoptr (FocRun) run = NULL;
  FocLoadedModel *self;

  if (path == NULL && shipped == NULL)
    {
      g_set_error_literal (error, FOC_ERROR, FOC_ERROR_MODEL,
                           _ ("The model that comes with the program is missing."));
      return NULL;
    }

  if (is_shipped)
    path = shipped;
  sha256 = foc_file_sha256 (path, FOC_LIMIT_SAFETENSORS_BYTES, NULL);
  model = foc_model_load (path, error);
  if (model == NULL)
    return NULL;

  self = g_object_new (FOC_TYPE_LOADED_MODEL, NULL);
  self->model = g_steal_pointer (&model);
  self->is_shipped = is_shipped;
  self->path = g_strdup (path);
  self->sha256 = g_steal_pointer (&sha256);
  run = foc_run_find_model (path);
  if (run != NULL)
    {
      self->dataset_name = foc_text_escape (run->dataset_name);
      self->n_pictures = run->n_pictures;
    }
  self->name = is_shipped    ? g_strdup (_ ("Model that comes with the program"))
               : run != NULL ? name_run (run)
                             : name_file (path);
  if (!is_shipped)
    self->found_seal = foc_seal_find (path, self->model);
  if (self->found_seal != NULL && self->found_seal->n_looks > 0)
    g_clear_pointer (&self->found_seal, foc_seal_free);
  self->seal = self->found_seal;
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
  return get_owner (self)->path;
}

gboolean
foc_loaded_model_is_shipped (FocLoadedModel *self)
{
  return get_owner (self)->is_shipped;
}

const char *
foc_loaded_model_get_name (FocLoadedModel *self)
{
  return get_owner (self)->name;
}

const char *
foc_loaded_model_get_dataset_name (FocLoadedModel *self)
{
  return get_owner (self)->dataset_name;
}

guint32
foc_loaded_model_get_n_pictures (FocLoadedModel *self)
{
  return get_owner (self)->n_pictures;
}

const char *
foc_loaded_model_get_sha256 (FocLoadedModel *self)
{
  return get_owner (self)->sha256;
}

const FocModel *
foc_loaded_model_get_own (FocLoadedModel *self)
{
  return get_owner (self)->model;
}

gboolean
foc_loaded_model_is_same (FocLoadedModel *self, FocLoadedModel *other)
{
  FocLoadedModel *a = get_owner (self), *b = get_owner (other);

  /* A file that was replaced while it was read may have the digest of another one. */
  return a == b
         || (a->sha256 != NULL && g_strcmp0 (a->sha256, b->sha256) == 0
             && g_strv_equal ((const char *const *) a->model->class_names,
                              (const char *const *) b->model->class_names));
}

char *
foc_loaded_model_make_file_name (FocLoadedModel *self, const char *ending)
{
  const char *name = foc_loaded_model_is_shipped (self)
                       ? "face-or-comic"
                       : foc_loaded_model_get_name (self);
  gsize length = strlen (name);
  g_autofree char *stem = NULL;

  if (g_str_has_suffix (name, ".safetensors"))
    length -= strlen (".safetensors");
  stem = g_strndup (name, length);
  /* Some file systems take none of these, and the terminal some of them badly. */
  g_strdelimit (stem, "/\\:*?\"<>|", '-');
  if (stem[0] == '.') /* would be hidden */
    stem[0] = '-';
  if (strlen (stem) > MAX_STEM)
    *g_utf8_find_prev_char (stem, stem + MAX_STEM + 1) = '\0';
  return g_strconcat (stem[0] != '\0' ? stem : "model", ending, NULL);
}

FocLoadedModel *
foc_loaded_model_with_threshold (FocLoadedModel *self, double threshold)
{
  return new_sibling (self, threshold, self->seal);
}

double
foc_loaded_model_get_threshold (FocLoadedModel *self)
{
  return self->threshold;
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

FocLoadedModel *
foc_loaded_model_open_by_run (FocLoadedModel *self, const FocRun *run)
{
  return self->seal != NULL && run != NULL && run->n_looks > 0
             && g_strcmp0 (run->model_sha256, self->seal->model_sha256) == 0
           ? new_sibling (self, self->threshold, NULL)
           : NULL;
}

FocLoadedModel *
foc_loaded_model_break_seal (FocLoadedModel *self, GError **error)
{
  guint n_looks;

  if (self->seal != NULL && !foc_seal_count_look (self->seal, &n_looks, error))
    return NULL;
  return new_sibling (self, self->threshold, NULL);
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

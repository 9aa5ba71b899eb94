/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-seal.h"

#include "foc-file.h"
#include "foc-shipped-model.h"

#include <string.h>
#include <unistd.h>

#define MAX_LOOKS_BYTES 32

/* Looks without a run */

static char *
get_looks_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "face-or-comic", "looks", NULL);
}

/* What cannot be read was looked at, for all that is known. */
static guint
read_looks (const char *path)
{
  g_autofree guint8 *text = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n = 1;
  gsize length;

  if (!foc_file_read (path, MAX_LOOKS_BYTES, &text, &length, &error))
    return g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? 0 : 1;

  g_ascii_string_to_unsigned (g_strchomp ((char *) text), 10, 1, G_MAXINT32, &n, NULL);
  return (guint) n;
}

static guint
get_looks (const char *model_sha256)
{
  g_autofree char *folder = get_looks_folder ();
  g_autofree char *path = g_build_filename (folder, model_sha256, NULL);

  return read_looks (path);
}

static gboolean
add_looks (const char *model_sha256, guint n_more, guint *n_looks, GError **error)
{
  g_autofree char *folder = get_looks_folder ();
  g_autofree char *path = g_build_filename (folder, model_sha256, NULL);
  g_autofree char *text = NULL;
  gboolean added;
  guint n;
  int lock;

  if (!foc_file_make_folder (folder, error))
    return FALSE;
  lock = foc_file_lock_folder (folder, error);
  if (lock < 0)
    return FALSE;

  n = MIN (read_looks (path), G_MAXINT32 - n_more) + n_more;
  text = g_strdup_printf ("%u\n", n);
  added = foc_file_replace (path, text, strlen (text), error);
  close (lock);

  if (added)
    *n_looks = n;
  return added;
}

gboolean
foc_seal_inherit_looks (const char *model_sha256, guint n_looks, GError **error)
{
  guint all;

  return add_looks (model_sha256, MIN (n_looks, G_MAXINT32), &all, error);
}

/* The seal */

static gboolean
is_shipped (const char *model_sha256)
{
  g_autofree char *path = foc_shipped_model_find ();
  g_autofree char *sha256 =
    path != NULL ? foc_file_sha256 (path, FOC_LIMIT_SAFETENSORS_BYTES, NULL) : NULL;

  return g_strcmp0 (sha256, model_sha256) == 0;
}

static FocSeal *
seal_of_run (const FocRun *run)
{
  FocSeal *self = g_new0 (FocSeal, 1);

  self->folder = g_strdup (run->folder);
  self->model_sha256 = g_strdup (run->model_sha256);
  self->data_digest = g_strdup (run->data_digest);
  self->split = run->settings.split;
  self->dataset_name = g_strdup (run->dataset_name);
  self->class_names = g_strdupv (run->class_names);
  /* The same run may have been deleted and done again. */
  self->n_looks = MAX (run->n_looks, get_looks (run->model_sha256));
  return self;
}

FocSeal *
foc_seal_find (const char *path, const FocModel *model)
{
  g_autoptr (FocRun) run = foc_run_find_model (path);
  g_autofree char *sha256 = run != NULL
                              ? g_strdup (run->model_sha256)
                              : foc_file_sha256 (path, FOC_LIMIT_SAFETENSORS_BYTES, NULL);
  FocSplitSettings split;
  FocSeal *self;

  if (sha256 == NULL || is_shipped (sha256))
    return NULL;
  if (run != NULL)
    return seal_of_run (run);
  if (model->origin.data_digest == NULL || model->origin.split == NULL
      || !foc_split_settings_from_string (&split, model->origin.split))
    return NULL;

  self = g_new0 (FocSeal, 1);
  self->n_looks = get_looks (sha256);
  self->model_sha256 = g_steal_pointer (&sha256);
  self->data_digest = g_strdup (model->origin.data_digest);
  self->split = split;
  return self;
}

void
foc_seal_free (FocSeal *self)
{
  g_free (self->folder);
  g_free (self->model_sha256);
  g_free (self->data_digest);
  g_free (self->dataset_name);
  g_strfreev (self->class_names);
  g_free (self);
}

FocSealScope
foc_seal_get_scope (const FocSeal *self,
                    const FocDataset *dataset,
                    FocFeatureStore *store)
{
  g_autofree char *base = g_path_get_basename (foc_dataset_get_root (dataset));
  g_autofree char *name = g_filename_display_name (base);

  if (g_str_equal (self->data_digest, foc_feature_store_get_digest (store)))
    return FOC_SEAL_HOLDOUT;
  if (self->dataset_name != NULL && g_str_equal (self->dataset_name, name)
      && g_strv_equal ((const char *const *) self->class_names,
                       foc_dataset_get_class_names (dataset)))
    return FOC_SEAL_ANY;
  return FOC_SEAL_NOTHING;
}

gboolean
foc_seal_count_look (const FocSeal *self, guint *n_looks, GError **error)
{
  g_autoptr (FocRun) run = NULL;
  gboolean counted;
  int lock;

  if (self->folder == NULL)
    return add_looks (self->model_sha256, 1, n_looks, error);

  lock = foc_file_lock_folder (self->folder, error);
  run = lock >= 0 ? foc_run_load (self->folder, error) : NULL;
  counted = run != NULL && foc_run_count_look (run, error);
  if (counted)
    *n_looks = run->n_looks;
  if (lock >= 0)
    close (lock);
  return counted;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-catalog.h"

#include "foc-feature-build.h"
#include "foc-text.h"

#include <glib/gi18n-lib.h>

const FocSplitSettings foc_split_settings_default = {
  .method = FOC_SPLIT_PAPER,
  .shares = { 50, 20, 30 },
  .seed = 1,
  .group = FOC_KEEP_NONE,
};

G_DEFINE_BOXED_TYPE (FocCatalog, foc_catalog, foc_catalog_ref, foc_catalog_unref)

static void
catalog_clear (gpointer data)
{
  FocCatalog *self = data;

  g_clear_pointer (&self->dataset, foc_dataset_unref);
  g_clear_pointer (&self->store, foc_feature_store_unref);
  g_clear_pointer (&self->duplicates, foc_duplicates_unref);
  g_clear_pointer (&self->split, foc_split_free);
  g_free (self->counts);
  g_free (self->flags);
  g_free (self->notice);
}

FocCatalog *
foc_catalog_ref (FocCatalog *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
foc_catalog_unref (FocCatalog *self)
{
  g_atomic_rc_box_release_full (self, catalog_clear);
}

/* A catalog of what is known of another one; its split is still to be made. */
static FocCatalog *
begin_from (const FocCatalog *other)
{
  FocCatalog *self = g_atomic_rc_box_new0 (FocCatalog);

  self->step = other->step;
  self->dataset = foc_dataset_ref (other->dataset);
  if (other->store != NULL)
    self->store = foc_feature_store_ref (other->store);
  if (other->duplicates != NULL)
    self->duplicates = foc_duplicates_ref (other->duplicates);
  self->split_settings = other->split_settings;
  self->notice = g_strdup (other->notice);

  return self;
}

int
foc_catalog_get_status (const FocCatalog *self, guint32 row)
{
  return self->store != NULL ? foc_feature_store_get_status (self->store)[row] : 0;
}

static FocSplit *
make_split (const FocCatalog *self, GError **error)
{
  FocSplitSettings settings = self->split_settings;
  FocRelations relations = foc_keep_get_relations (settings.group);
  g_autofree guint32 *groups = NULL;

  if (self->duplicates == NULL)
    settings.group = FOC_KEEP_NONE;
  else if (relations != 0)
    groups = foc_duplicates_join (self->duplicates, relations);

  return foc_split_new (self->dataset,
                        self->store != NULL ? foc_feature_store_get_status (self->store)
                                            : NULL,
                        groups, &settings, error);
}

static void
flag_relation (FocCatalog *self, FocRelation relation)
{
  guint32 n_groups = foc_duplicates_get_n_groups (self->duplicates, relation);

  for (guint32 i = 0; i < n_groups; i++)
    {
      guint32 n;
      const guint32 *group = foc_duplicates_get_group (self->duplicates, relation, i, &n);
      guint8 flags = 0;

      if (relation != FOC_RELATION_NAMES)
        flags |= FOC_PICTURE_DUPLICATE;
      if (foc_leaks_is_leak (self->split, group, n))
        flags |= FOC_PICTURE_LEAK;
      for (guint32 j = 0; j < n; j++)
        self->flags[group[j]] |= flags;
    }
}

static void
count (FocCatalog *self)
{
  guint32 n = foc_dataset_get_n_pictures (self->dataset);

  self->counts =
    g_new0 (guint32, foc_dataset_get_n_classes (self->dataset) * (FOC_N_PARTS + 1));
  for (guint32 row = 0; row < n; row++)
    {
      guint label = foc_dataset_get_picture (self->dataset, row)->label;
      FocPart part = foc_split_get_part (self->split, row);

      self->counts[label * (FOC_N_PARTS + 1) + part]++;
      if (foc_catalog_get_status (self, row) != 0)
        self->n_unreadable++;
    }

  if (self->duplicates != NULL)
    {
      self->flags = g_new0 (guint8, n);
      foc_leaks_count (&self->leaks, self->duplicates, self->split);
      for (FocRelation relation = 0; relation < FOC_N_RELATIONS; relation++)
        flag_relation (self, relation);
    }
}

/* Splits and counts; frees `self` on failure. */
static FocCatalog *
complete (FocCatalog *self, GError **error)
{
  self->split = make_split (self, error);
  if (self->split == NULL)
    {
      foc_catalog_unref (self);
      return NULL;
    }

  count (self);
  return self;
}

FocCatalog *
foc_catalog_scan (const char *root,
                  const FocSplitSettings *settings,
                  FocProgress progress,
                  gpointer user_data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (FocDataset) dataset =
    foc_dataset_scan (root, progress, user_data, cancellable, error);
  FocCatalog scanned = { .step = FOC_CATALOG_SCANNED,
                         .dataset = dataset,
                         .split_settings = *settings };
  g_autoptr (FocSplit) split = NULL;

  if (dataset == NULL)
    return NULL;

  /* Settings of old times: the folders for the parts may have gone since. */
  split = make_split (&scanned, NULL);
  if (split == NULL)
    scanned.split_settings = foc_split_settings_default;

  return complete (begin_from (&scanned), error);
}

FocCatalog *
foc_catalog_read (const FocCatalog *scanned,
                  const char *cache,
                  guint jobs,
                  FocProgress progress,
                  gpointer user_data,
                  GCancellable *cancellable,
                  GError **error)
{
  FocFeatureBuildOptions options = { .cache = cache, .jobs = jobs };
  g_autofree char *notice = NULL;
  g_autoptr (FocFeatureStore) store = foc_feature_build (
    scanned->dataset, &options, progress, user_data, cancellable, &notice, error);
  FocCatalog *self;

  if (store == NULL)
    return NULL;

  self = begin_from (scanned);
  self->step = FOC_CATALOG_READ;
  self->store = g_steal_pointer (&store);
  self->notice = g_steal_pointer (&notice);
  return complete (self, error);
}

FocCatalog *
foc_catalog_complete (const FocCatalog *read,
                      guint jobs,
                      FocProgress progress,
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (FocDuplicates) duplicates =
    foc_duplicates_find (read->dataset, read->store, FOC_RELATIONS_ALL, jobs, progress,
                         user_data, cancellable, error);
  FocCatalog *self;

  if (duplicates == NULL)
    return NULL;

  self = begin_from (read);
  self->step = FOC_CATALOG_COMPLETE;
  self->duplicates = g_steal_pointer (&duplicates);
  return complete (self, error);
}

FocCatalog *
foc_catalog_split_anew (const FocCatalog *other,
                        const FocSplitSettings *settings,
                        GError **error)
{
  FocCatalog *self = begin_from (other);

  self->split_settings = *settings;
  return complete (self, error);
}

guint32
foc_catalog_count (const FocCatalog *self, int label, FocPart part)
{
  guint n_classes = foc_dataset_get_n_classes (self->dataset);
  guint32 n = 0;

  if (label >= 0)
    return self->counts[(guint) label * (FOC_N_PARTS + 1) + part];

  for (guint i = 0; i < n_classes; i++)
    n += self->counts[i * (FOC_N_PARTS + 1) + part];
  return n;
}

char *
foc_catalog_display_name (const FocCatalog *self)
{
  g_autofree char *name =
    g_filename_display_basename (foc_dataset_get_root (self->dataset));

  return foc_text_escape (name);
}

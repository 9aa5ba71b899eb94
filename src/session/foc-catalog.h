/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-dataset.h"
#include "foc-duplicates.h"
#include "foc-feature-store.h"
#include "foc-leaks.h"
#include "foc-split.h"

/* What is known of a data set that is open. It comes in three steps, each a catalog of
 * its own that shares what it can with the one before:
 *
 *     scanned    names and classes; the split takes every picture as readable
 *     read       features, and which pictures cannot be read
 *     complete   related pictures, leaks, and the groups of the split
 *
 * A catalog is immutable; any thread may read it. */

typedef enum
{
  FOC_CATALOG_SCANNED,
  FOC_CATALOG_READ,
  FOC_CATALOG_COMPLETE,
} FocCatalogStep;

/* What is to be said of a single picture. */
typedef enum
{
  FOC_PICTURE_DUPLICATE = 1 << 0, /* there is the same file, or one that looks the same */
  FOC_PICTURE_LEAK = 1 << 1,      /* one that belongs to it is in another part          */
} FocPictureFlags;

typedef struct
{
  FocCatalogStep step;
  FocDataset *dataset;
  FocFeatureStore *store;    /* from FOC_CATALOG_READ on, else NULL     */
  FocDuplicates *duplicates; /* of FOC_CATALOG_COMPLETE, else NULL; all relations */
  FocSplit *split;
  FocSplitSettings split_settings;
  FocLeaks leaks; /* zeros before FOC_CATALOG_COMPLETE     */
  guint32 n_unreadable;
  guint32 *counts; /* pictures by class and part, n_classes x (FOC_N_PARTS + 1) */
  guint8 *flags;   /* FocPictureFlags of each picture; NULL: none have any     */
  char *notice;    /* a sentence the user should read, or NULL                  */
} FocCatalog;

/* The steps, each from the one before. They block; any thread. Errors are those of
 * foc_dataset_scan(), foc_feature_build() and foc_duplicates_find(). Where the settings
 * do not suit the data set, which another one was split by, it is split as the paper is. */
FocCatalog *foc_catalog_scan (const char *root,
                              const FocSplitSettings *settings,
                              FocProgress progress,
                              gpointer user_data,
                              GCancellable *cancellable,
                              GError **error);
FocCatalog *foc_catalog_read (const FocCatalog *scanned,
                              const char *cache,
                              guint jobs,
                              FocProgress progress,
                              gpointer user_data,
                              GCancellable *cancellable,
                              GError **error);
FocCatalog *foc_catalog_complete (const FocCatalog *read,
                                  guint jobs,
                                  FocProgress progress,
                                  gpointer user_data,
                                  GCancellable *cancellable,
                                  GError **error);

/* The same data set, split otherwise. FOC_ERROR_SETTINGS. Takes some milliseconds for
 * each hundred thousand pictures. */
FocCatalog *foc_catalog_split_anew (const FocCatalog *self,
                                    const FocSplitSettings *settings,
                                    GError **error);

/* The name of the folder, made to be shown: see foc_text_escape(). g_free(). */
char *foc_catalog_display_name (const FocCatalog *self);

FocCatalog *foc_catalog_ref (FocCatalog *self);
void foc_catalog_unref (FocCatalog *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocCatalog, foc_catalog_unref)

#define FOC_TYPE_CATALOG (foc_catalog_get_type ())

/* A boxed type. */
GType foc_catalog_get_type (void);

/* 0, or the image code of FocError by which picture `row` cannot be read. */
int foc_catalog_get_status (const FocCatalog *self, guint32 row);

/* Pictures of the class `label` in `part`, of FOC_PART_NONE those that cannot be read;
 * with a negative label, of all classes. */
guint32 foc_catalog_count (const FocCatalog *self, int label, FocPart part);

/* As for the split of the paper. */
extern const FocSplitSettings foc_split_settings_default;

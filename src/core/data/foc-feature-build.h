/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-dataset.h"
#include "foc-feature-store.h"

/* From a data set to its feature store. The store of a data set is found again by
 * the data set's root, the way of preprocessing, and the decoders and their versions.
 * Rows of files that are as they were are taken over, others are made by `jobs`
 * threads; if nothing changed, the store is opened and nothing is written. */

typedef struct
{
  const char *cache; /* folder for caches; NULL keeps nothing beyond this process */
  gboolean fresh;    /* take nothing over                                         */
  guint jobs;        /* threads, at least 1                                       */
} FocFeatureBuildOptions;

/* A picture that cannot be read gets a status and stops nothing. A store that is
 * damaged is made anew; a cache that cannot be written is done without: in both
 * cases `notice` gets a sentence that says so, else NULL; free with g_free().
 *
 * Progress counts rows. G_FILE_ERROR (a full disk), G_IO_ERROR_CANCELLED. Blocks;
 * any thread. */
FocFeatureStore *foc_feature_build (const FocDataset *dataset,
                                    const FocFeatureBuildOptions *options,
                                    FocProgress progress,
                                    gpointer user_data,
                                    GCancellable *cancellable,
                                    char **notice,
                                    GError **error);

/* The folder for caches when none is named: face-or-comic in the user's cache
 * folder. Free with g_free(). */
char *foc_default_cache (void);

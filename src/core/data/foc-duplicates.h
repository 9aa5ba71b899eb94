/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-dataset.h"
#include "foc-feature-store.h"
#include "foc-split.h"

/* Which pictures of a data set belong together, so that training on one and measuring
 * on another of them measures too well:
 *
 *   exact   files of the same content
 *   near    pictures that look the same: foc-near.h
 *   names   equal names, without the ending, below the folders of different classes:
 *           the same person in both classes, in data sets that are built like the paper's
 *
 * Relations are told in groups, which are their connected components: A and C are in
 * one group if both are near to B, even where they are not near to each other. Only
 * pictures that can be read are in groups. */

typedef enum
{
  FOC_RELATION_EXACT,
  FOC_RELATION_NEAR,
  FOC_RELATION_NAMES,
} FocRelation;

#define FOC_N_RELATIONS 3

/* Several of them. */
typedef enum
{
  FOC_RELATIONS_EXACT = 1 << FOC_RELATION_EXACT,
  FOC_RELATIONS_NEAR = 1 << FOC_RELATION_NEAR,
  FOC_RELATIONS_NAMES = 1 << FOC_RELATION_NAMES,
  FOC_RELATIONS_ALL = (1 << FOC_N_RELATIONS) - 1,
} FocRelations;

/* Those by which pictures belong together that are kept in one part. */
FocRelations foc_keep_get_relations (FocKeep keep);

/* "exact", "near", "names". */
const char *foc_relation_to_string (FocRelation relation);

/* Immutable; any thread may read it. */
typedef struct _FocDuplicates FocDuplicates;

/* Finds the groups of `relations` among the pictures that have features in `store`,
 * which was made from `dataset`, with `jobs` threads. What is found depends on the data
 * alone; near and names depend on nothing that is not in the store's digest.
 *
 * Files of the same content have the same features: only files of equal size in a
 * group of near ones are read again, for exact. One that has gone, cannot be read any
 * more, or has another size by now is no exact duplicate.
 *
 * Progress goes on by no known unit. FOC_ERROR_STORE, G_FILE_ERROR,
 * G_IO_ERROR_CANCELLED. */
FocDuplicates *foc_duplicates_find (const FocDataset *dataset,
                                    FocFeatureStore *store,
                                    FocRelations relations,
                                    guint jobs,
                                    FocProgress progress,
                                    gpointer user_data,
                                    GCancellable *cancellable,
                                    GError **error);
FocDuplicates *foc_duplicates_ref (FocDuplicates *self);
void foc_duplicates_unref (FocDuplicates *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocDuplicates, foc_duplicates_unref)

/* The relations that were looked for. */
FocRelations foc_duplicates_get_relations (const FocDuplicates *self);

/* Groups of two pictures or more, ordered by their first. Where exact was looked for,
 * near has no groups that are nothing but exact duplicates. */
guint32 foc_duplicates_get_n_groups (const FocDuplicates *self, FocRelation relation);

/* The pictures of group `i`, as ascending indices into the data set. */
const guint32 *foc_duplicates_get_group (const FocDuplicates *self,
                                         FocRelation relation,
                                         guint32 i,
                                         guint32 *n);

/* For each picture the first of the group that it is in by one or several of
 * `relations`, or itself; for foc_split_new(). Near takes exact in. g_free(). */
guint32 *foc_duplicates_join (const FocDuplicates *self, FocRelations relations);

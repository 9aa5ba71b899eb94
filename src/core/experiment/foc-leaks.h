/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-duplicates.h"
#include "foc-split.h"

/* Leaks of a split: groups of pictures that belong together, but stand in different
 * parts. What a network has learnt of one of them it knows of the other, and so is
 * measured better than it is. */

/* Two parts, in this order: training and validation set, training and holdout set,
 * validation and holdout set. */
#define FOC_N_PART_PAIRS 3

typedef struct
{
  guint32 groups;                    /* of the relation                     */
  guint32 pictures;                  /* in them                             */
  guint32 leaks;                     /* groups in more than one part        */
  guint32 between[FOC_N_PART_PAIRS]; /* groups in both; all three may count one */
} FocLeakCounts;

typedef struct
{
  FocLeakCounts counts[FOC_N_RELATIONS];
} FocLeaks;

/* Counts the leaks of all relations that were looked for. */
void
foc_leaks_count (FocLeaks *self, const FocDuplicates *duplicates, const FocSplit *split);

/* Leaking groups, of all relations together. */
guint32 foc_leaks_total (const FocLeaks *self);

/* Pictures of the holdout set that the final model has learnt already: copies, or nearly, of
 * pictures of the training or validation set. */
guint32 foc_leaks_count_copies (const FocDuplicates *duplicates, const FocSplit *split);

/* What must be kept in one part so that none of them leaks any more. */
FocKeep foc_leaks_get_remedy (const FocLeaks *self);

/* Whether `n` pictures stand in more than one part. */
gboolean foc_leaks_is_leak (const FocSplit *split, const guint32 *pictures, guint32 n);

/* The parts of pair number `pair`. */
void foc_leaks_get_pair (guint pair, FocPart *first, FocPart *second);

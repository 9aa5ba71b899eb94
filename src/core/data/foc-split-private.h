/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-split.h"

/* What a split is made from: foc-split.c cuts, foc-split-group.c keeps together. */
typedef struct
{
  const FocDataset *dataset;
  const FocSplitSettings *settings;
  FocPart among;             /* of the folders: what is cut        */
  guint shares[FOC_N_PARTS]; /* 0: what has a folder of its own    */
  guint8 *parts;             /* FocPart of every picture: the result */
} FocSplitPlan;

/* Cuts each class, but for the pictures that are placed (nullable), in proportion to
 * the shares: of its own, by class, where these are given (nullable). */
void foc_split_cut (const FocSplitPlan *plan,
                    const guint8 *is_placed,
                    const guint (*shares)[FOC_N_PARTS]);

/* Brings together the groups in `plan->parts`, which have been cut without them. */
void foc_split_keep_together (const FocSplitPlan *plan, const guint32 *groups);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-dataset.h"

/* Which pictures train, which validate, and which are kept for the estimate at
 * the end. Folders named train, validation, ... decide where there are some;
 * what they leave open, or everything, is cut class by class in shares:
 *
 *   paper       by the place of the file among all files of its class, in order:
 *               first the training set, then validation, then holdout.
 *   stratified  by the place of hash (seed, name below the class folder): like a
 *               shuffled deck, so that files that are sorted by source are mixed,
 *               and files of one name in two classes mostly stay together.
 *
 * Readable or not makes no difference to the cut, so that a broken file moves
 * no other one; but what cannot be read is in no part. */

typedef enum
{
  FOC_SPLIT_PAPER,
  FOC_SPLIT_STRATIFIED,
} FocSplitMethod;

typedef struct
{
  FocSplitMethod method;
  guint shares[FOC_N_PARTS]; /* in any unit: 50, 20, 30 is 5, 2, 3 */
  guint64 seed;              /* of a stratified split              */
} FocSplitSettings;

#define FOC_SPLIT_SHARE_MAX 1000000

/* "paper", "stratified". */
const char *foc_split_method_to_string (FocSplitMethod method);
gboolean foc_split_method_from_string (const char *string, FocSplitMethod *method);

typedef struct _FocSplit FocSplit;

/* Splits `dataset`, whose picture i cannot be read if status[i] is not 0 (NULL:
 * all can). FOC_ERROR_SETTINGS if the shares leave a part without any. */
FocSplit *foc_split_new (const FocDataset *dataset,
                         const guint8 *status,
                         const FocSplitSettings *settings,
                         GError **error);
void foc_split_free (FocSplit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocSplit, foc_split_free)

/* The pictures of a part, as ascending indices into the data set; owned by the
 * split. */
const guint32 *foc_split_get_rows (const FocSplit *self, FocPart part, guint32 *n_rows);

/* The pictures of training and validation set together, ascending. */
const guint32 *foc_split_get_training_and_validation (const FocSplit *self,
                                                      guint32 *n_rows);

/* The part of picture `index`. */
FocPart foc_split_get_part (const FocSplit *self, guint32 index);

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
 * no other one; but what cannot be read is in no part.
 *
 * Pictures that belong together (foc-duplicates.h) can be kept in one part:
 *
 *   duplicates  near duplicates, and with them exact ones
 *   names       pictures of one name in different classes
 *
 * This overrides the cut and the folders. A group whose members the split above leaves
 * in one part stays there. Every other group, the largest first, goes as a whole to that
 * of its members' parts in which the classes exceed by the fewest pictures what the split
 * above gave them there; among equals to the part of its first member. Then each is
 * looked at again, until none has a better place (ten times at most), and
 * each class is cut again, in the same order, so that the shares come out as before:
 * only pictures without a group or a folder are moved for it, and where there are enough
 * of them, no share changes. Without a group that is torn, the split is as if nothing
 * were kept together. */

typedef enum
{
  FOC_SPLIT_PAPER,
  FOC_SPLIT_STRATIFIED,
} FocSplitMethod;

/* What is kept in one part; several of them together join their groups. */
typedef enum
{
  FOC_KEEP_NONE = 0,
  FOC_KEEP_DUPLICATES = 1 << 0,
  FOC_KEEP_NAMES = 1 << 1,
  FOC_KEEP_ALL = FOC_KEEP_DUPLICATES | FOC_KEEP_NAMES,
} FocKeep;

typedef struct
{
  FocSplitMethod method;
  guint shares[FOC_N_PARTS]; /* in any unit: 50, 20, 30 is 5, 2, 3 */
  guint64 seed;              /* of a stratified split              */
  FocKeep group;             /* what is kept in one part           */
} FocSplitSettings;

#define FOC_SPLIT_SHARE_MAX 1000000

/* "paper", "stratified". */
const char *foc_split_method_to_string (FocSplitMethod method);
gboolean foc_split_method_from_string (const char *string, FocSplitMethod *method);

/* "none", "duplicates", "names", "duplicates,names"; back in any order. */
const char *foc_keep_to_string (FocKeep keep);
gboolean foc_keep_from_string (const char *string, FocKeep *keep);

typedef struct _FocSplit FocSplit;

/* Splits `dataset`, whose picture i cannot be read if status[i] is not 0 (NULL:
 * all can). `groups` are the groups of settings->group, as foc_duplicates_join() makes
 * them; NULL if that is FOC_KEEP_NONE. FOC_ERROR_SETTINGS if the shares leave a part
 * without any. */
FocSplit *foc_split_new (const FocDataset *dataset,
                         const guint8 *status,
                         const guint32 *groups,
                         const FocSplitSettings *settings,
                         GError **error);
void foc_split_free (FocSplit *self);

/* How many pictures would train if none were kept together: what foc_settings_init() goes
 * by, for it is known before the groups are. 0 where foc_split_new() would fail. */
guint32 foc_split_guess_n_train (const FocDataset *dataset,
                                 const guint8 *status,
                                 const FocSplitSettings *settings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocSplit, foc_split_free)

/* The pictures of a part, as ascending indices into the data set; owned by the
 * split. */
const guint32 *foc_split_get_rows (const FocSplit *self, FocPart part, guint32 *n_rows);

/* The pictures of training and validation set together, ascending. */
const guint32 *foc_split_get_training_and_validation (const FocSplit *self,
                                                      guint32 *n_rows);

/* The part of picture `index`. */
FocPart foc_split_get_part (const FocSplit *self, guint32 index);

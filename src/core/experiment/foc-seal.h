/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run.h"

/* The seal on the holdout set of a model: until a look at it is on record, nobody is to learn
 * what the model says to these pictures. It is kept against haste, not against malice: who
 * edits the records can break it.
 *
 * Which pictures they are, the model's run tells: the one in whose folder the model lies, or
 * one of the user's runs with a model of the same bytes. Without one, as that was deleted,
 * could never be written, or is somebody else's, and for models of the terminal's "train",
 * the model file tells: it knows its data and how that was split. A model that does not is
 * under no seal, nor is the one that comes with the program.
 *
 * Looks are counted in the record of the run; without a run in a file of the name of the
 * model's SHA-256 in the folder "looks" beside the user's runs, which inherits those of a run
 * that is deleted. So a copy of a model is sealed as the model is, wherever it lies; on
 * another machine it is another user's, who has not looked.
 *
 * A data set of the run's name and classes, but with other pictures, is taken for that of the
 * run, changed since: any of its pictures may be one that was held out. An unrelated data set
 * that happens to be called the same is the price; the look that ends it may be taken there
 * as well. Of a data set that was renamed and changed nothing is known, nor of a changed one
 * where the model has no run, for a model file has no name of its data: these are not under
 * seal.
 *
 * Only what is told of a data set, with its classes, is under seal: accuracies, mistakes, its
 * pictures with what the model says to them. Pictures that a user has classified, be they
 * dropped on the window or named to the terminal's "classify" or "explain", are free: it
 * was asked about them, and where no class is known no accuracy can be told. */

typedef struct
{
  char *folder; /* of the run, or NULL: there is none */
  char *model_sha256;
  char *data_digest;
  FocSplitSettings split;
  char *dataset_name; /* these two NULL without a run */
  GStrv class_names;
  guint n_looks; /* as far as they were on record; the seal is broken if there are any */
} FocSeal;

/* Which pictures of a data set are under a seal that is not broken. */
typedef enum
{
  FOC_SEAL_NOTHING,
  FOC_SEAL_HOLDOUT, /* the holdout set, if it is split as the seal says  */
  FOC_SEAL_ANY,     /* it may be any of them: the data set has changed   */
} FocSealScope;

/* The seal of `model` in the file `path`; NULL if it is under none and never was. Blocks;
 * any thread. */
FocSeal *foc_seal_find (const char *path, const FocModel *model);
void foc_seal_free (FocSeal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocSeal, foc_seal_free)

/* Of the data set with these features. */
FocSealScope foc_seal_get_scope (const FocSeal *self,
                                 const FocDataset *dataset,
                                 FocFeatureStore *store);

/* Puts a look on record, before it is taken, however many programs look at once; `n_looks`
 * are all there are then. FALSE: it is not to be taken. Errors of foc_run_load() and
 * foc_run_count_look(); G_FILE_ERROR. Blocks; any thread. */
gboolean foc_seal_count_look (const FocSeal *self, guint *n_looks, GError **error);

/* For foc_run_delete(): the looks of a run that goes are those of its model. */
gboolean foc_seal_inherit_looks (const char *model_sha256, guint n_looks, GError **error);

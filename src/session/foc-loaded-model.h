/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "foc-catalog.h"
#include "foc-model.h"
#include "foc-seal.h"

/* A model with the file that it came from, shared by all who use it. Immutable; any
 * thread may read it.
 *
 * It may be under seal, as foc-seal.h says: then nobody is to learn what it says to the
 * holdout set that it was kept from. In a catalog of the same data these pictures are the
 * holdout set, if it is split in the same way; split otherwise, and where the data set has
 * changed, all of them are. */

#define FOC_TYPE_LOADED_MODEL (foc_loaded_model_get_type ())

G_DECLARE_FINAL_TYPE (FocLoadedModel, foc_loaded_model, FOC, LOADED_MODEL, GObject)

/* Which of a model's answers are under seal; the greater, the more of them. */
typedef enum
{
  FOC_SEALED_NOTHING,
  FOC_SEALED_HOLDOUT,
  FOC_SEALED_ALL, /* the catalog does not tell which pictures were held out */
} FocSealed;

/* Reads a model file, or with NULL the model that comes with the program, which is under
 * no seal. Blocks; any thread. FOC_ERROR_MODEL, G_FILE_ERROR. */
FocLoadedModel *foc_loaded_model_read (const char *path, GError **error);

/* The model that answers. */
const FocModel *foc_loaded_model_get_model (FocLoadedModel *self);
const char *foc_loaded_model_get_path (FocLoadedModel *self);
gboolean foc_loaded_model_is_shipped (FocLoadedModel *self);

/* What it is called wherever it is shown: "Model that comes with the program"; or its run's
 * title, else data set and date; or else the file's name. As it was when it was read. */
const char *foc_loaded_model_get_name (FocLoadedModel *self);
/* The data set that it was trained on, to be shown, and how many pictures that has; NULL and
 * 0 where its run is not known. */
const char *foc_loaded_model_get_dataset_name (FocLoadedModel *self);
guint32 foc_loaded_model_get_n_pictures (FocLoadedModel *self);
/* A name for a copy of it, ended by `ending`, say ".onnx"; g_free(). */
char *foc_loaded_model_make_file_name (FocLoadedModel *self, const char *ending);

/* The user's threshold: the same model, which is "not sure" below `threshold`
 * (foc_model_set_threshold()), or with NAN where its file says. It shares the weights and
 * the seal. What is saved and exported is the model with its own threshold: the user's is
 * how this user wants answers, and no part of what was trained. */
FocLoadedModel *foc_loaded_model_with_threshold (FocLoadedModel *self, double threshold);
/* The user's, or NAN. */
double foc_loaded_model_get_threshold (FocLoadedModel *self);
const FocModel *foc_loaded_model_get_own (FocLoadedModel *self);
/* The SHA-256 of the file that it was read from, in hexadecimal; NULL where unknown. */
const char *foc_loaded_model_get_sha256 (FocLoadedModel *self);
/* Whether both answer alike, but for the thresholds: they are of one, or from files of the same
 * bytes. */
gboolean foc_loaded_model_is_same (FocLoadedModel *self, FocLoadedModel *other);

/* Its answers about `catalog` as it is split now, and that about picture `row` alone. */
FocSealed foc_loaded_model_get_sealed (FocLoadedModel *self, const FocCatalog *catalog);
gboolean foc_sealed_covers (FocSealed sealed, const FocCatalog *catalog, guint32 row);

/* How a seal that covers something of `catalog` is to be broken. */
typedef enum
{
  FOC_BREACH_BY_RUN,  /* by looking at the result of its run, which can measure it   */
  FOC_BREACH_CHANGED, /* by foc_loaded_model_break_seal(): the run's pictures, as it
                         would need them, are not there                              */
  FOC_BREACH_NO_RUN,  /* the same: there is no run                                   */
} FocSealBreach;

FocSealBreach foc_loaded_model_get_breach (FocLoadedModel *self,
                                           const FocCatalog *catalog);

/* The same model, with the same threshold, without its seal, if it is under one and `run` (nullable) is a run of it
 * that has looked; else NULL. */
FocLoadedModel *foc_loaded_model_open_by_run (FocLoadedModel *self, const FocRun *run);

/* The same, whose look is put on record now: foc_seal_count_look(). Blocks; any thread. */
FocLoadedModel *foc_loaded_model_break_seal (FocLoadedModel *self, GError **error);

/* For each class of the model its label in the data set, by name. NULL where the names
 * are not the same ones: then the model can answer, but no answer can be called wrong.
 * g_free(). */
guint16 *foc_loaded_model_map_classes (FocLoadedModel *self, const FocDataset *dataset);

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

const FocModel *foc_loaded_model_get_model (FocLoadedModel *self);
const char *foc_loaded_model_get_path (FocLoadedModel *self);
gboolean foc_loaded_model_is_shipped (FocLoadedModel *self);

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

/* The same model without its seal, if it is under one and `run` (nullable) is a run of it
 * that has looked; else NULL. */
FocLoadedModel *foc_loaded_model_open_by_run (FocLoadedModel *self, const FocRun *run);

/* The same, whose look is put on record now: foc_seal_count_look(). Blocks; any thread. */
FocLoadedModel *foc_loaded_model_break_seal (FocLoadedModel *self, GError **error);

/* For each class of the model its label in the data set, by name. NULL where the names
 * are not the same ones: then the model can answer, but no answer can be called wrong.
 * g_free(). */
guint16 *foc_loaded_model_map_classes (FocLoadedModel *self, const FocDataset *dataset);

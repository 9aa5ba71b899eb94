/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "foc-catalog.h"
#include "foc-model.h"

/* A model with the file that it came from, shared by all who use it. Immutable; any
 * thread may read it. */

#define FOC_TYPE_LOADED_MODEL (foc_loaded_model_get_type ())

G_DECLARE_FINAL_TYPE (FocLoadedModel, foc_loaded_model, FOC, LOADED_MODEL, GObject)

/* Reads a model file, or with NULL the model that comes with the program. Blocks; any
 * thread. FOC_ERROR_MODEL, G_FILE_ERROR. */
FocLoadedModel *foc_loaded_model_read (const char *path, GError **error);

const FocModel *foc_loaded_model_get_model (FocLoadedModel *self);
const char *foc_loaded_model_get_path (FocLoadedModel *self);
gboolean foc_loaded_model_is_shipped (FocLoadedModel *self);

/* For each class of the model its label in the data set, by name. NULL where the names
 * are not the same ones: then the model can answer, but no answer can be called wrong.
 * g_free(). */
guint16 *foc_loaded_model_map_classes (FocLoadedModel *self, const FocDataset *dataset);

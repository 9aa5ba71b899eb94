/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-model.h"
#include "foc-safetensors.h"

/* Models as safetensors files that PyTorch and others can read: the tensors
 * "layers.N.weight", from the input on, and metadata of strings:
 *
 *     format              "face-or-comic-model-1"
 *     classes             a JSON array of names
 *     preprocessing       FOC_PREPROCESS_ID
 *     temperature, threshold
 *     novelty             a JSON object: foc_novelty_to_json(), where known
 *     optimizer, learning_rate, epochs, seed, validation_accuracy,
 *     data_digest, split, program_version           where known
 *
 * No path and no date is in them: the same training gives the same bytes. A file
 * of others needs the tensors, without a bias, and "classes"; its "format" and
 * "preprocessing" may be missing, temperature and threshold get their defaults, and
 * nothing is novel. */

gboolean foc_model_save (const FocModel *self, const char *path, GError **error);

/* The same up to the point where the file is complete, and gets its name when the caller
 * commits it; NULL on failure. */
FocFileWriter *
foc_model_begin_save (const FocModel *self, const char *path, GError **error);

/* Sets the metadata of `file` to those of the model. */
void foc_model_describe (const FocModel *self, FocSafetensors *file);

/* Reads a model from anywhere. FOC_ERROR_MODEL with what is wrong, or with what
 * was expected instead; G_FILE_ERROR. */
FocModel *foc_model_load (const char *path, GError **error);

/* The layers of a network as tensors, for whoever else keeps networks in
 * safetensors files. From there: the tensors "layers.0.weight" on, whatever stands
 * beside them; NULL with a translated clause in `problem` (static) where there are
 * none that fit each other. */
void foc_mlp_to_tensors (const FocMlp *mlp, FocSafetensors *file);
FocMlp *foc_mlp_from_tensors (const FocSafetensors *file, const char **problem);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-model.h"

/* A model for others: the file itself, and beside it test vectors, by which they can
 * tell whether they compute what this program computes:
 *
 *     FILE                      the model, as safetensors or ONNX
 *     FILE.test-inputs.npy      uint8 [64, 24, 24, 3]: rows, columns, R G B
 *     FILE.test-outputs.npy     float32 [64, classes]: the probabilities
 *
 * (.npy: numpy.lib.format, version 1.0.) The inputs are made by foc-rng, the same ones
 * always: black, white, and between them colours that run from corner to corner, under
 * noise. No picture of the user's travels with a model. */

typedef enum
{
  FOC_EXPORT_SAFETENSORS,
  FOC_EXPORT_ONNX,
} FocExportFormat;

#define FOC_EXPORT_N_VECTORS 64

/* "safetensors", "onnx". */
gboolean foc_export_format_from_string (const char *string, FocExportFormat *format);
const char *foc_export_format_to_string (FocExportFormat format);

/* The names of the test vectors that belong to the model file `path`; g_free(). */
char *foc_export_get_inputs_path (const char *path);
char *foc_export_get_outputs_path (const char *path);

/* FOC_EXPORT_N_VECTORS x FOC_N_FEATURES bytes; g_free(). */
guint8 *foc_export_make_inputs (void);

/* Writes the three files. An earlier export in their place is replaced; where anything
 * else stands there, FOC_ERROR_RUN, and nothing is written. G_FILE_ERROR: then nothing new
 * is left, and what there was before is as it was, but that its test vectors may be
 * gone. They never stand beside a model that they are not of. Any thread that has
 * called foc_blas_begin_thread(); blocks. Can be cancelled as any writing (foc-file.h)
 * until the first of the three gets its name; then there is what there was before. */
gboolean foc_export (const FocModel *model,
                     FocExportFormat format,
                     const char *path,
                     GError **error);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-file.h"
#include "foc-model.h"

/* Models as ONNX files (github.com/onnx/onnx), which other programs compute with. All
 * that stands between the 24 x 24 picture and the calibrated probabilities is in the
 * graph, in the order and precision of this program:
 *
 *     "picture"        uint8 [N, 24, 24, 3]: rows, columns, R G B; N is free
 *     Cast, Flatten    float [N, 1728]
 *     Sub, Mul         foc-normalise.h, as constants of 1728 numbers
 *     MatMul, Relu     for each layer; behind the last one no Relu
 *     Div, Softmax     by the temperature
 *     "probabilities"  float [N, classes]
 *
 * There is one output: OpenCV's dnn hands out the last of several when it is not told
 * a name. The picture is made as FOC_PREPROCESS_ID says, which no graph can do. What a
 * graph does not have is "not sure": the threshold stands in the metadata, which are
 * those of the model file.
 *
 * Operator set 9 and format version 4, of 2019: nothing newer is needed, and who reads
 * newer ones reads these. No path and no date is in the file; the same model gives the
 * same bytes. */

/* Begins to write `path`: the file is complete, and gets its name when the caller
 * commits it. NULL with G_FILE_ERROR. The two gigabytes that a Protocol Buffers message
 * may have are more than FOC_LIMIT_SAFETENSORS_BYTES lets any model have. */
FocFileWriter *foc_onnx_write (const FocModel *self, const char *path, GError **error);

/* Whether the file `path` begins as foc_onnx_write() lets it begin. */
gboolean foc_onnx_is_ours (const char *path);

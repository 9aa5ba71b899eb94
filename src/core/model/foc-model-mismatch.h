/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-safetensors.h"

/* The first tensor of the file that is none of a model of this program, and what was
 * expected in its place, for the message: "found: “fc1.weight” [64, 784]; expected:
 * “layers.0.weight” [1…8192, 1728]". NULL where the tensors are as they must be; free
 * with g_free(). */
char *foc_model_find_mismatch (const FocSafetensors *file);

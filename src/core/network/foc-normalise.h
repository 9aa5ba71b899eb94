/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Normalisation of RGB bytes to what the network takes, with the mean and
 * standard deviation of ImageNet's channels, as the paper has it:
 *
 *     x = (v / 255 - mean) / sd = (v - offset) * scale
 *
 * in single precision in the form on the right, which an exported graph repeats
 * bit for bit. */

#define FOC_NORMALISE_CHANNELS 3

extern const float foc_normalise_offset[FOC_NORMALISE_CHANNELS]; /* 255 mean     */
extern const float foc_normalise_scale[FOC_NORMALISE_CHANNELS];  /* 1 / (255 sd) */

/* `n` bytes, interleaved R, G, B, to `n` floats; n is a multiple of three. */
void foc_normalise (const guint8 *bytes, gsize n, float *x);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-preprocess.h"

/* A picture as it might have been taken otherwise: mirrored or not, nearer or farther
 * away, off the middle, lighter, flatter, paler, sometimes grey. Trained on such variants,
 * a network is less sure of what it does not know.
 *
 *     mirror       with probability 1/2
 *     square       of side U (0.5, 1.15) of the picture's, anywhere inside it (around it,
 *                  where it is larger; the picture's edges go on outside), bilinear
 *     contrast     every channel's distance from the mean grey times U (0.6, 1.4)
 *     brightness   plus U (-0.15, 0.15) of the whole range
 *     saturation   every channel's distance from the pixel's grey times U (0.3, 1.5);
 *                  with probability 0.15 times 0
 *
 * The strengths were measured: see "The shipped model" in HACKING.md. */

/* Changes the features in place. The variant follows from `seed`, `epoch` and `row`
 * alone, so that a training is the same whatever the batches, threads and stops. Any
 * thread. */
void
foc_augment (guint8 features[FOC_N_FEATURES], guint64 seed, guint epoch, guint32 row);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-preprocess.h"

/* A picture as it might have been taken otherwise. Trained on such variants, a network is
 * less sure of what it does not know. In this order, with U for uniform:
 *
 *     background   with probability 0.3, all that lies outside a head and shoulders is of
 *                  one colour: of any, or (three in ten) nearly white
 *     mirror       with probability 1/2
 *     square       of side exp U (ln 0.7, ln 1.1) of the picture's, its middle off by up
 *                  to 1.5 pixels and half of what the side leaves; bilinear, the
 *                  picture's edges go on outside
 *     contrast     every channel's distance from the mean grey times U (0.6, 1.4)
 *     brightness   plus U (-0.15, 0.15) of the whole range
 *     saturation   every channel's distance from the pixel's grey times U (0.3, 1.5); with
 *                  probability 0.2 times 0: a grey picture
 *
 * The strengths were measured: see "The shipped model" in HACKING.md. */

/* Changes the features in place. The variant follows from `seed`, `epoch` and `row`
 * alone, so that a training is the same whatever the batches, threads and stops. Any
 * thread. */
void
foc_augment (guint8 features[FOC_N_FEATURES], guint64 seed, guint epoch, guint32 row);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-image.h"

/* From a picture to what the network sees of it: 24 x 24 pixels of RGB, by area
 * averaging, transparent parts on white. The one path for training, window,
 * terminal and export. */

#define FOC_FEATURE_SIDE 24
#define FOC_FEATURE_CHANNELS 3
#define FOC_N_FEATURES (FOC_FEATURE_SIDE * FOC_FEATURE_SIDE * FOC_FEATURE_CHANNELS)

/* Names this way of preprocessing in model files and feature stores. Change it
 * whenever the features of any picture change. */
#define FOC_PREPROCESS_ID "rgb24-area-1"

/* A JPEG is decoded at no less than this many pixels a side. */
#define FOC_PREPROCESS_MIN_SIDE 96

/* Scales the region of `image` to `features`: FOC_N_FEATURES bytes, row-major
 * height x width x channel. A region that is no square is squeezed into one.
 * Any thread; cannot fail. */
void foc_preprocess_image (const FocImage *image, guint8 features[FOC_N_FEATURES]);

/* foc_image_load() and foc_preprocess_image() in one; `region` as there. */
gboolean foc_preprocess_file (const char *path,
                              const FocRectangle *region,
                              guint8 features[FOC_N_FEATURES],
                              GCancellable *cancellable,
                              GError **error);

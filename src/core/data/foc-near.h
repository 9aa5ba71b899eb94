/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-feature-store.h"
#include "foc-progress.h"
#include "foc-union.h"

/* Near duplicates: pictures that look the same, such as copies at another quality or
 * size. Two pictures are near where their 24 x 24 features differ
 *
 *     by at most FOC_NEAR_RMS levels of 255 on average (root of the mean square over
 *     all FOC_N_FEATURES values), and
 *     by at most FOC_NEAR_MAX levels in every single value.
 *
 * The first finds the copies; the second tells drawings of one style apart, which are
 * equal nearly everywhere but differ much in one place, while what comes of encoding and
 * scaling is spread over the picture. HACKING.md, "Duplicates", has the measurements.
 * Mirror images are not near: a network of this kind does not know them as the same.
 *
 * Finding them compares no picture with all others, and yet misses none. A picture's
 * signature are the sums of its 3 x 3 blocks of 8 x 8 pixels in each channel: by the
 * inequality of Cauchy and Schwarz, two signatures, divided by the root of 64, are at
 * most as far apart as the features. The signatures make a k-d tree with the bounding
 * box of each node; where two boxes are too far apart, so is every pair of their
 * pictures. What is left is compared by signature, and then by the features, which are
 * read from the store as they are needed. Pairs that are known to be connected are
 * skipped, whole leaves of them at once, so that copies of one picture cost little,
 * however many there are. The worst case, any number of pictures that are all close to
 * each other but not connected, takes time in proportion to the square of their
 * number.
 *
 * In memory there are about 70 bytes a picture. */

#define FOC_NEAR_RMS 7
#define FOC_NEAR_MAX 48

/* Whether two pictures, FOC_N_FEATURES bytes each, are near. */
gboolean foc_near_is_pair (const guint8 *a, const guint8 *b);

/* Joins the rows of the store that are near and have features, in `sets`, which has as
 * many numbers as the store has rows: the result does not depend on `jobs`, the number
 * of threads. Progress goes on by no known unit. FOC_ERROR_STORE, G_FILE_ERROR,
 * G_IO_ERROR_CANCELLED. */
gboolean foc_near_find (FocFeatureStore *store,
                        FocUnion *sets,
                        guint jobs,
                        FocProgress progress,
                        gpointer user_data,
                        GCancellable *cancellable,
                        GError **error);

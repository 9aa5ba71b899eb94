/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* How far a picture is from anything in training: the Mahalanobis distance of its
 * activations h in the last hidden layer to the nearest class,
 *
 *     d (h) = min_c || W (h - mean_c) ||,   W' W = inverse covariance within the classes
 *
 * (K. Lee et al., "A Simple Unified Framework for Detecting Out-of-Distribution Samples
 * and Adversarial Attacks", 2018). In units of the layer's own spread, so that a limit
 * means the same for two networks of one kind. */

/* Beyond this width the statistics would be larger than the network. */
#define FOC_NOVELTY_MAX_WIDTH 1024

typedef struct
{
  guint width;      /* of the last hidden layer                      */
  guint n_classes;  /* at least one                                  */
  float *whitening; /* W: width x width, lower triangular, row-major */
  float *centres;   /* W mean_c: n_classes x width                   */
  double limit;     /* a larger distance is unlike anything in training */
} FocNovelty;

/* All zeros. */
FocNovelty *foc_novelty_new (guint width, guint n_classes);
void foc_novelty_free (FocNovelty *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocNovelty, foc_novelty_free)

/* hidden: width numbers. Nothing here can fail; any thread. */
double foc_novelty_distance (const FocNovelty *self, const float *hidden);

/* The statistics of training examples, as they come. One thread at a time, which has
 * called foc_blas_begin_thread(). */
typedef struct _FocNoveltySums FocNoveltySums;

FocNoveltySums *foc_novelty_sums_new (guint width, guint n_classes);
void foc_novelty_sums_free (FocNoveltySums *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocNoveltySums, foc_novelty_sums_free)

/* hidden: n x width. */
void foc_novelty_sums_add (FocNoveltySums *self,
                           const float *hidden,
                           const guint16 *labels,
                           guint n);

/* What follows from the sums, with the limit at infinity: nothing is novel. NULL if
 * there were no examples, or if their activations are so large that it is beyond all
 * numbers. */
FocNovelty *foc_novelty_sums_finish (const FocNoveltySums *self);

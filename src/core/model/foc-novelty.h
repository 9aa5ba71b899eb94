/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-json.h"
#include "foc-preprocess.h"

/* How far an answer can be relied on for a picture that looks like this.
 *
 * A network is as sure of pictures unlike those of its training as of any others; its
 * hidden layers do not tell them apart. How they look does, by two numbers: the detail,
 * which is what a blur over the neighbouring pixels takes away, and the contrast. So there
 * are two rules, both told from the validation set, and from nothing of the network
 * but its answers:
 *
 *   - A picture that looks further from the training pictures than nearly all of the
 *     validation set is unlike anything in training: noise, plain colour, clouds.
 *   - Whether an answer is right depends on the looks, too: a network may be right less
 *     often than it says when it calls a picture of sharp edges a face. The certainty
 *     corrects the probability p of the answer a by that,
 *
 *         log (c / (1 - c)) = log (p / (1 - p)) + w_a . z,
 *
 *     with z the looks in units of their spread over the training pictures, and w_a fitted
 *     to the validation set by logistic regression. Below a limit it is too low.
 *
 * "The shipped model" in HACKING.md has what was measured, and what was tried. */

/* Logarithms of detail and contrast. */
#define FOC_N_LOOKS 2

void foc_look_measure (const guint8 features[FOC_N_FEATURES], double look[FOC_N_LOOKS]);

/* Looks of the training pictures, as they come. */
typedef struct
{
  guint64 n;
  double sum[FOC_N_LOOKS];
  double products[FOC_N_LOOKS][FOC_N_LOOKS];
} FocLookSums;

void foc_look_sums_add (FocLookSums *self, const double look[FOC_N_LOOKS]);

typedef struct
{
  double mean[FOC_N_LOOKS]; /* over the training pictures */
  double spread[FOC_N_LOOKS];
  double correlation; /* of the looks, within (-1, 1) */
  double max_distance;
  double min_certainty;
  guint n_classes;
  double *weights; /* n_classes x FOC_N_LOOKS, w_a; owned */
} FocNovelty;

/* Knows how the training pictures look, and nothing of answers: nothing is novel. */
FocNovelty *foc_novelty_new (guint n_classes, const FocLookSums *sums);
FocNovelty *foc_novelty_copy (const FocNovelty *self);
void foc_novelty_free (FocNovelty *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocNovelty, foc_novelty_free)

/* An answer of which it is known whether it was right. */
typedef struct
{
  float look[FOC_N_LOOKS];
  float probability; /* of the answer, calibrated */
  guint16 label;     /* the answer                */
  guint8 right;      /* TRUE or FALSE             */
} FocOutcome;

/* Shares of the validation set: that may look further away than max_distance; that may
 * be answered wrongly, by the upper end of its 95 % Wilson interval (of too few outcomes
 * this says nothing, and is left aside); and that may be expected to be, by the
 * certainties themselves, which does not hang on two or three pictures. No certainty above
 * FOC_NOVELTY_MIN_CERTAINTY_MAX is asked for: a label that is wrong itself must not
 * silence the model. */
#define FOC_NOVELTY_DISTANT 0.005
#define FOC_NOVELTY_WRONG 0.01
#define FOC_NOVELTY_EXPECTED 0.0025
#define FOC_NOVELTY_MIN_CERTAINTY_MAX 0.99

/* Fits weights and limits to answers on the validation set; those whose probability is less
 * than `threshold` are not sure anyhow. */
void foc_novelty_fit (FocNovelty *self,
                      const FocOutcome *outcomes,
                      guint32 n,
                      double threshold);

/* The distance of a look from those of the training pictures (Mahalanobis), and the
 * certainty, 0 ... 1, of an answer. */
double foc_novelty_get_distance (const FocNovelty *self, const double look[FOC_N_LOOKS]);
double foc_novelty_get_certainty (const FocNovelty *self,
                                  const double look[FOC_N_LOOKS],
                                  guint label,
                                  double probability);

/* As the value of a member that the caller has begun; and back, NULL where something is
 * missing or out of range. */
void foc_novelty_to_json (const FocNovelty *self, JsonBuilder *builder);
FocNovelty *foc_novelty_from_json (JsonObject *object, guint n_classes);

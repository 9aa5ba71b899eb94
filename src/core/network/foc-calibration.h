/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-scores.h"

/* Whether probabilities are worth what they say: of the answers that are given with
 * 80 %, 80 % should be right. */

/* The temperature T that makes the cross-entropy of softmax (logits / T) least (C. Guo
 * et al., "On Calibration of Modern Neural Networks", 2017). It orders no two classes
 * anew, so no answer changes. Between 1/100 and 100. Where every answer is right there is
 * no least, and nothing to tell it by: 1. */
double foc_fit_temperature (const FocScores *scores);

#define FOC_CALIBRATION_BINS 15

/* The answers by their confidence, which is the probability of the likeliest class. */
typedef struct
{
  guint64 n;
  double confidence; /* mean; NaN for none           */
  double accuracy;   /* share of right ones; the same */
} FocCalibrationBin;

typedef struct
{
  /* Of equal width: bin i is of confidences in (i / BINS, (i + 1) / BINS]. */
  FocCalibrationBin bins[FOC_CALIBRATION_BINS];
  /* The expected calibration error, 0 ... 1: |accuracy - confidence|, mean over all
   * answers (M. Naeini et al., "Obtaining Well Calibrated Probabilities Using Bayesian
   * Binning", 2015); NaN for no examples. */
  double error;
} FocCalibration;

void foc_calibration_measure (FocCalibration *self,
                              const FocScores *scores,
                              double temperature);

/* The error, from bins that are filled in. */
double foc_calibration_sum_up (const FocCalibration *self);

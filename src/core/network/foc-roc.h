/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-scores.h"

/* The receiver operating characteristic of one class against the rest: how many of
 * its examples are found, and how many of the others are taken for it, as the
 * threshold for the class's probability falls from 1 to 0. */

typedef struct
{
  double false_positive_rate; /* of the others   */
  double true_positive_rate;  /* of the class's  */
} FocRocPoint;

#define FOC_ROC_MAX_POINTS 200

typedef struct
{
  /* From (0, 0) to (1, 1), corners of the curve only; of more than
   * FOC_ROC_MAX_POINTS corners some that lie evenly along the curve. */
  FocRocPoint points[FOC_ROC_MAX_POINTS];
  guint n_points;
  /* The area under the whole curve: how often an example of the class has the higher
   * probability than one of the others, equal ones counted half (J. Hanley and B.
   * McNeil, "The Meaning and Use of the Area under a ROC Curve", 1982). */
  double auc;
} FocRoc;

/* No points, and NaN, where the examples are all of the class or none is. */
void foc_roc_measure (FocRoc *self, const FocScores *scores, guint label);

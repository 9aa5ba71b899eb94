/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* What a network said of labelled examples, kept for measures that need all of it
 * at once. Of more than FOC_SCORES_MAX_LOGITS numbers every second, third, ...
 * example is kept, which is plenty for any of these measures. */

#define FOC_SCORES_MAX_LOGITS (1 << 22)

/* What the log odds of each class of an example are computed from. */
typedef struct
{
  guint16 top;  /* the class of the largest logit  */
  float second; /* the largest logit of the others */
  /* Over all classes j but `top`: exp (z_j - z_top), exp (z_j - second). */
  double sum_top, sum_second;
} FocScoreSums;

/* Of more classes than these the sums are kept, or the log odds of all of them would
 * take the square of their number. */
#define FOC_SCORES_FEW_CLASSES 8

typedef struct
{
  guint n_classes;
  guint32 n;          /* examples that are kept             */
  float *logits;      /* n x n_classes, row-major, owned    */
  guint16 *labels;    /* n true classes, owned              */
  FocScoreSums *sums; /* n, owned; NULL for few classes     */

  guint32 n_seen, stride; /* one in `stride` is kept */
} FocScores;

/* For `n_examples` examples that will be added. */
void foc_scores_init (FocScores *self, guint n_classes, guint32 n_examples);
void foc_scores_clear (FocScores *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocScores, foc_scores_clear)

/* Adds the next example: n_classes logits. One whose logits are not all finite is
 * left out, since there is no probability in it. */
void foc_scores_add (FocScores *self, const float *logits, guint label);

/* log (p / (1 - p)) of a class of an example that is kept, at temperature 1, where
 * probabilities that differ do not become equal: its logit less log sum exp of the
 * others. */
double foc_scores_log_odds (const FocScores *self, guint32 example, guint label);

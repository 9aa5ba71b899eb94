/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* What a network said of labelled examples, kept for measures that need all of it
 * at once. Of more than FOC_SCORES_MAX_LOGITS numbers every second, third, ...
 * example is kept, which is plenty for any of these measures. */

#define FOC_SCORES_MAX_LOGITS (1 << 22)

typedef struct
{
  guint n_classes;
  guint32 n;       /* examples that are kept             */
  float *logits;   /* n x n_classes, row-major, owned    */
  guint16 *labels; /* n true classes, owned              */

  guint32 n_seen, stride; /* one in `stride` is kept */
} FocScores;

/* For `n_examples` examples that will be added. */
void foc_scores_init (FocScores *self, guint n_classes, guint32 n_examples);
void foc_scores_clear (FocScores *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocScores, foc_scores_clear)

/* Adds the next example: n_classes logits. One whose logits are not all finite is
 * left out, since there is no probability in it. */
void foc_scores_add (FocScores *self, const float *logits, guint label);

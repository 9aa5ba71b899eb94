/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-explain.h"
#include "foc-model.h"

/* An answer, and why it is that one: what the terminal's "explain" and the window show of
 * one picture. */

#define FOC_N_PIXELS (FOC_FEATURE_SIDE * FOC_FEATURE_SIDE)

typedef struct
{
  FocAnswer answer;
  guint n_classes;
  float *probabilities; /* n_classes, owned */
  /* Of the answer, against the next likely class; owned. NULL where the model knows one
   * class alone: the sums below are zero then. */
  FocShares *shares;
  double pixel_shares[FOC_N_PIXELS];           /* row-major; three channels together */
  double channel_shares[FOC_FEATURE_CHANNELS]; /* red, green, blue: all pixels together */
} FocExplained;

/* What foc_model_answer() says, to the bit, with the shares in it, for features of any
 * origin; `self` is uninitialised before. A fraction of a millisecond with a network of the
 * paper's size. `work` and thread as there; cannot fail. */
void foc_model_explain (const FocModel *model,
                        FocMlpWork *work,
                        const guint8 features[FOC_N_FEATURES],
                        FocExplained *self);

void foc_explained_clear (FocExplained *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocExplained, foc_explained_clear)

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-trainer.h"

/* What foc-trainer.c, which trains, and foc-trainer-checkpoint.c, which keeps and takes
 * up, share. */

struct _FocTrainer
{
  FocTrainingSettings settings;
  FocExamples train;
  FocExamples validation; /* no rows: none */
  guint evaluations;

  FocMlp *mlp;
  FocOptimizer optimizer;
  guint n_epochs;
  FocCurve *curve;
  gsize n_examples; /* atomic */

  FocMlpWork *work;
  FocBatch batch;
  float *gradient; /* NULL for plain SGD, which needs none */
};

/* Batches of an epoch, the short one at its end included. */
guint32 foc_trainer_count_batches (const FocTrainer *self);

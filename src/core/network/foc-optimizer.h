/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* From a gradient to the next parameters. g is the gradient of the mean loss of
 * a batch, w the parameters, t the number of the step, from 1:
 *
 *   SGD       w <- w - lr g
 *   momentum  v <- mu v + g,  w <- w - lr v
 *   Adam      m <- b1 m + (1 - b1) g,  v <- b2 v + (1 - b2) g^2,
 *             w <- w - lr / (1 - b1^t) m / (sqrt (v / (1 - b2^t)) + eps)
 *
 * (Polyak 1964 in PyTorch's form; Kingma and Ba 2014 with b1 = 0.9, b2 = 0.999,
 * eps = 1e-8.) All in float32, one element like another, so that the result does
 * not depend on the width of the processor's registers. Nothing here can fail. */

typedef enum
{
  FOC_OPTIMIZER_SGD,
  FOC_OPTIMIZER_MOMENTUM,
  FOC_OPTIMIZER_ADAM,
} FocOptimizerKind;

#define FOC_OPTIMIZER_MAX_STATES 2

typedef struct
{
  FocOptimizerKind kind;
  double learning_rate;
  double momentum; /* mu; only momentum has it */
  gsize n_parameters;
  guint64 n_steps; /* done so far */
  /* What must be kept besides the parameters to go on: v, or m and v; owned,
   * n_parameters floats each, NULL beyond foc_optimizer_n_states(). */
  float *states[FOC_OPTIMIZER_MAX_STATES];
} FocOptimizer;

/* How many blocks of state `kind` has: 0, 1 or 2. */
guint foc_optimizer_n_states (FocOptimizerKind kind);

/* "sgd", "momentum", "adam": in files and on the command line. Static. */
const char *foc_optimizer_kind_to_string (FocOptimizerKind kind);
gboolean foc_optimizer_kind_from_string (const char *string, FocOptimizerKind *kind);

void foc_optimizer_init (FocOptimizer *self,
                         FocOptimizerKind kind,
                         double learning_rate,
                         double momentum,
                         gsize n_parameters);
void foc_optimizer_clear (FocOptimizer *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocOptimizer, foc_optimizer_clear)

/* One step; both arrays have n_parameters floats. */
void foc_optimizer_step (FocOptimizer *self, float *parameters, const float *gradient);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-optimizer.h"

#include <math.h>

static const char *const names[] = { "sgd", "momentum", "adam" };

guint
foc_optimizer_n_states (FocOptimizerKind kind)
{
  return kind == FOC_OPTIMIZER_ADAM ? 2 : kind == FOC_OPTIMIZER_MOMENTUM ? 1 : 0;
}

const char *
foc_optimizer_kind_to_string (FocOptimizerKind kind)
{
  return names[kind];
}

gboolean
foc_optimizer_kind_from_string (const char *string, FocOptimizerKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (string, names[i]))
      {
        *kind = (FocOptimizerKind) i;
        return TRUE;
      }

  return FALSE;
}

void
foc_optimizer_init (FocOptimizer *self,
                    FocOptimizerKind kind,
                    double learning_rate,
                    double momentum,
                    gsize n_parameters)
{
  *self = (FocOptimizer){
    .kind = kind,
    .learning_rate = learning_rate,
    .momentum = momentum,
    .n_parameters = n_parameters,
  };
  for (guint i = 0; i < foc_optimizer_n_states (kind); i++)
    self->states[i] = g_new0 (float, n_parameters);
}

void
foc_optimizer_clear (FocOptimizer *self)
{
  for (guint i = 0; i < FOC_OPTIMIZER_MAX_STATES; i++)
    g_clear_pointer (&self->states[i], g_free);
}

static void
step_sgd (const FocOptimizer *self, float *restrict w, const float *restrict g)
{
  float lr = (float) self->learning_rate;

  for (gsize i = 0; i < self->n_parameters; i++)
    w[i] -= lr * g[i];
}

static void
step_momentum (FocOptimizer *self, float *restrict w, const float *restrict g)
{
  float *restrict v = self->states[0];
  float lr = (float) self->learning_rate, mu = (float) self->momentum;

  for (gsize i = 0; i < self->n_parameters; i++)
    {
      v[i] = mu * v[i] + g[i];
      w[i] -= lr * v[i];
    }
}

static void
step_adam (FocOptimizer *self, float *restrict w, const float *restrict g)
{
  const double b1 = 0.9, b2 = 0.999;
  float *restrict m = self->states[0];
  float *restrict v = self->states[1];
  float keep1 = (float) b1, keep2 = (float) b2;
  float take1 = (float) (1 - b1), take2 = (float) (1 - b2), eps = 1e-8f;
  float rate = (float) (self->learning_rate / (1 - pow (b1, (double) self->n_steps)));
  float spread = (float) (1 / sqrt (1 - pow (b2, (double) self->n_steps)));

  for (gsize i = 0; i < self->n_parameters; i++)
    {
      m[i] = keep1 * m[i] + take1 * g[i];
      v[i] = keep2 * v[i] + take2 * (g[i] * g[i]);
      w[i] -= rate * m[i] / (sqrtf (v[i]) * spread + eps);
    }
}

void
foc_optimizer_step (FocOptimizer *self, float *parameters, const float *gradient)
{
  self->n_steps++;

  switch (self->kind)
    {
    case FOC_OPTIMIZER_SGD:
      step_sgd (self, parameters, gradient);
      break;
    case FOC_OPTIMIZER_MOMENTUM:
      step_momentum (self, parameters, gradient);
      break;
    case FOC_OPTIMIZER_ADAM:
      step_adam (self, parameters, gradient);
      break;
    default:
      g_assert_not_reached ();
    }
}

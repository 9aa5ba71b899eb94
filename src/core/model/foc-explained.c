/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-explained.h"

#include "foc-normalise.h"

void
foc_model_explain (const FocModel *model,
                   FocMlpWork *work,
                   const guint8 features[FOC_N_FEATURES],
                   FocExplained *self)
{
  guint n_classes = foc_model_get_n_classes (model);
  float x[FOC_N_FEATURES];
  const float *logits;

  *self = (FocExplained){
    .n_classes = n_classes,
    .probabilities = g_new (float, n_classes),
  };
  foc_normalise (features, FOC_N_FEATURES, x);
  logits = foc_mlp_forward (model->mlp, work, x, 1);
  foc_model_judge (model, features, logits, self->probabilities, &self->answer);
  if (n_classes < 2)
    return;

  self->shares = g_new (FocShares, 1);
  foc_explain (model->mlp, x, self->answer.label,
               foc_runner_up (logits, n_classes, self->answer.label), self->shares);
  for (guint i = 0; i < FOC_N_FEATURES; i++)
    {
      self->pixel_shares[i / FOC_FEATURE_CHANNELS] += self->shares->shares[i];
      self->channel_shares[i % FOC_FEATURE_CHANNELS] += self->shares->shares[i];
    }
}

void
foc_explained_clear (FocExplained *self)
{
  g_clear_pointer (&self->probabilities, g_free);
  if (self->shares != NULL)
    foc_shares_clear (self->shares);
  g_clear_pointer (&self->shares, g_free);
}

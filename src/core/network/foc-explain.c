/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-explain.h"

guint
foc_runner_up (const float *logits, guint n, guint answer)
{
  guint best = answer == 0 ? 1 : 0;

  for (guint i = best + 1; i < n; i++)
    if (i != answer && logits[i] > logits[best])
      best = i;

  return best;
}

/* y <- W x, with W out x in: what goes into the ReLU. */
static void
multiply (const float *w, guint in, guint out, const double *x, double *y)
{
  for (guint o = 0; o < out; o++, w += in)
    {
      double sum = 0.0;

      for (guint i = 0; i < in; i++)
        sum += w[i] * x[i];
      y[o] = sum;
    }
}

/* x <- W^T y. */
static void
multiply_transposed (const float *w, guint in, guint out, const double *y, double *x)
{
  for (guint i = 0; i < in; i++)
    x[i] = 0.0;

  for (guint o = 0; o < out; o++, w += in)
    if (y[o] != 0.0) /* a closed ReLU */
      for (guint i = 0; i < in; i++)
        x[i] += y[o] * w[i];
}

void
foc_explain (const FocMlp *mlp,
             const float *x,
             guint answer,
             guint runner_up,
             FocShares *self)
{
  const FocMlpShape *shape = &mlp->shape;
  guint n_layers = shape->n_layers;
  /* The input, and what comes out of each layer; each becomes in its turn the row of
   * W (x) that belongs to it. */
  double *values[FOC_MLP_MAX_LAYERS + 1];

  g_assert (answer < shape->widths[n_layers] && runner_up < shape->widths[n_layers]);

  for (guint l = 0; l <= n_layers; l++)
    values[l] = g_new (double, shape->widths[l]);
  for (guint i = 0; i < shape->widths[0]; i++)
    values[0][i] = x[i];

  for (guint l = 0; l < n_layers; l++)
    {
      const float *w = mlp->parameters + foc_mlp_shape_offset (shape, l);

      multiply (w, shape->widths[l], shape->widths[l + 1], values[l], values[l + 1]);
      for (guint i = 0; l + 1 < n_layers && i < shape->widths[l + 1]; i++)
        values[l + 1][i] = MAX (values[l + 1][i], 0.0);
    }

  *self = (FocShares){
    .answer = answer,
    .runner_up = runner_up,
    .answer_logit = values[n_layers][answer],
    .runner_up_logit = values[n_layers][runner_up],
    .n_inputs = shape->widths[0],
  };

  for (guint i = 0; i < shape->widths[n_layers]; i++)
    values[n_layers][i] = (i == answer) - (double) (i == runner_up);
  for (guint l = n_layers; l-- > 0;)
    {
      const float *w = mlp->parameters + foc_mlp_shape_offset (shape, l);
      g_autofree double *row = g_new (double, shape->widths[l]);

      multiply_transposed (w, shape->widths[l], shape->widths[l + 1], values[l + 1], row);
      /* The input is not behind a ReLU: it is what the row is multiplied with. */
      for (guint i = 0; i < shape->widths[l]; i++)
        values[l][i] = l == 0 ? row[i] * values[0][i] : values[l][i] > 0.0 ? row[i] : 0.0;
    }

  self->shares = g_steal_pointer (&values[0]);
  for (guint l = 1; l <= n_layers; l++)
    g_free (values[l]);

  for (guint i = 0; i < self->n_inputs; i++)
    if (self->shares[i] > 0.0)
      self->positive += self->shares[i];
    else
      self->negative += self->shares[i];
  self->difference = self->positive + self->negative;
}

void
foc_shares_clear (FocShares *self)
{
  g_clear_pointer (&self->shares, g_free);
}

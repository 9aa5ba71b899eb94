/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-mlp.h"

#include "foc-blas.h"

#include <math.h>
#include <string.h>

void
foc_mlp_shape_init (FocMlpShape *self,
                    guint n_inputs,
                    const guint *hidden,
                    guint n_hidden,
                    guint n_classes)
{
  g_assert (n_hidden < FOC_MLP_MAX_LAYERS);

  memset (self, 0, sizeof *self);
  self->n_layers = n_hidden + 1;
  self->widths[0] = n_inputs;
  for (guint i = 0; i < n_hidden; i++)
    self->widths[i + 1] = hidden[i];
  self->widths[n_hidden + 1] = n_classes;
}

guint
foc_mlp_shape_n_inputs (const FocMlpShape *self)
{
  return self->widths[0];
}

guint
foc_mlp_shape_n_classes (const FocMlpShape *self)
{
  return self->widths[self->n_layers];
}

gsize
foc_mlp_shape_offset (const FocMlpShape *self, guint layer)
{
  gsize offset = 0;

  for (guint i = 0; i < layer; i++)
    offset += (gsize) self->widths[i] * self->widths[i + 1];

  return offset;
}

gsize
foc_mlp_shape_n_parameters (const FocMlpShape *self)
{
  return foc_mlp_shape_offset (self, self->n_layers);
}

FocMlp *
foc_mlp_new (const FocMlpShape *shape)
{
  FocMlp *self = g_new0 (FocMlp, 1);

  self->shape = *shape;
  self->n_parameters = foc_mlp_shape_n_parameters (shape);
  self->parameters = g_new0 (float, self->n_parameters);

  return self;
}

FocMlp *
foc_mlp_copy (const FocMlp *self)
{
  FocMlp *copy = foc_mlp_new (&self->shape);

  memcpy (copy->parameters, self->parameters, self->n_parameters * sizeof (float));

  return copy;
}

void
foc_mlp_free (FocMlp *self)
{
  g_free (self->parameters);
  g_free (self);
}

void
foc_mlp_initialise (FocMlp *self, FocRng *rng)
{
  float *w = self->parameters;

  for (guint layer = 0; layer < self->shape.n_layers; layer++)
    {
      gsize n = (gsize) self->shape.widths[layer] * self->shape.widths[layer + 1];
      double bound = 1.0 / sqrt (self->shape.widths[layer]);

      for (gsize i = 0; i < n; i++)
        *w++ = (float) ((2.0 * foc_rng_uniform (rng) - 1.0) * bound);
    }
}

struct _FocMlpWork
{
  guint max_batch;
  /* After each layer: what came out of it (behind ReLU, but for the last), and
   * dL/d(what went into its ReLU); max_batch x width each. */
  float *activations[FOC_MLP_MAX_LAYERS];
  float *deltas[FOC_MLP_MAX_LAYERS];
};

FocMlpWork *
foc_mlp_work_new (const FocMlpShape *shape, guint max_batch)
{
  FocMlpWork *self = g_new0 (FocMlpWork, 1);

  self->max_batch = max_batch;
  for (guint layer = 0; layer < shape->n_layers; layer++)
    {
      gsize n = (gsize) max_batch * shape->widths[layer + 1];

      self->activations[layer] = g_new (float, n);
      self->deltas[layer] = g_new (float, n);
    }

  return self;
}

void
foc_mlp_work_free (FocMlpWork *self)
{
  for (guint layer = 0; layer < FOC_MLP_MAX_LAYERS; layer++)
    {
      g_free (self->activations[layer]);
      g_free (self->deltas[layer]);
    }
  g_free (self);
}

const float *
foc_mlp_forward (const FocMlp *self, FocMlpWork *work, const float *x, guint n)
{
  const FocMlpShape *shape = &self->shape;
  const float *input = x;

  g_assert (n <= work->max_batch);

  for (guint layer = 0; layer < shape->n_layers; layer++)
    {
      guint in = shape->widths[layer], out = shape->widths[layer + 1];
      const float *w = self->parameters + foc_mlp_shape_offset (shape, layer);
      float *output = work->activations[layer];

      /* n x in . (out x in)^T */
      foc_sgemm (FALSE, TRUE, n, out, in, 1.0f, input, in, w, in, 0.0f, output, out);

      if (layer + 1 < shape->n_layers)
        for (gsize i = 0; i < (gsize) n * out; i++)
          output[i] = output[i] < 0.0f ? 0.0f : output[i]; /* NaN stays NaN */

      input = output;
    }

  return input;
}

guint
foc_largest (const float *values, guint n)
{
  guint best = 0;

  for (guint i = 1; i < n; i++)
    if (values[i] > values[best])
      best = i;

  return best;
}

/* log (sum_j exp (scale (logits[j] - largest logit))): nothing overflows. The
 * largest is not added again, since the sum of a large and a small number would
 * lose the digits of the small one. */
static double
log_sum_exp (const float *logits, guint n_classes, double scale, guint *largest)
{
  guint best = foc_largest (logits, n_classes);
  double sum = 0.0;

  for (guint j = 0; j < n_classes; j++)
    sum += exp (((double) logits[j] - logits[best]) * scale);

  *largest = best;
  return log (sum);
}

double
foc_mlp_loss (const float *logits,
              const guint16 *labels,
              guint n,
              guint n_classes,
              guint *n_correct)
{
  double loss = 0.0;
  guint correct = 0;

  for (guint i = 0; i < n; i++, logits += n_classes)
    {
      gboolean finite = TRUE;
      guint largest = 0;

      /* exp (-inf) = 0 would hide a logit that left the finite numbers. */
      for (guint j = 0; j < n_classes; j++)
        finite = finite && isfinite (logits[j]);

      if (finite)
        loss += log_sum_exp (logits, n_classes, 1.0, &largest)
                + ((double) logits[largest] - logits[labels[i]]);
      else
        loss = NAN;
      correct += finite && largest == labels[i];
    }

  if (n_correct != NULL)
    *n_correct = correct;
  return loss;
}

void
foc_softmax (const float *logits,
             guint n,
             guint n_classes,
             double temperature,
             float *probabilities)
{
  double scale = 1.0 / temperature;

  for (guint i = 0; i < n; i++, logits += n_classes, probabilities += n_classes)
    {
      guint largest;
      double total = log_sum_exp (logits, n_classes, scale, &largest);
      float top = logits[largest]; /* `probabilities` may overwrite it */

      for (guint j = 0; j < n_classes; j++)
        probabilities[j] = (float) exp (((double) logits[j] - top) * scale - total);
    }
}

/* Forward and backward: into <- keep * into + scale * gradient. `into` may be the
 * parameters themselves: a layer's are not needed any more when they are written. */
static double
propagate (const FocMlp *self,
           FocMlpWork *work,
           const float *x,
           const guint16 *labels,
           guint n,
           float scale,
           float keep,
           float *into,
           guint *n_correct)
{
  const FocMlpShape *shape = &self->shape;
  guint last = shape->n_layers - 1;
  guint n_classes = foc_mlp_shape_n_classes (shape);
  const float *logits = foc_mlp_forward (self, work, x, n);
  double loss = foc_mlp_loss (logits, labels, n, n_classes, n_correct);
  float *delta = work->deltas[last];

  /* dL/dlogits = (softmax - one-hot) / n */
  foc_softmax (logits, n, n_classes, 1.0, delta);
  for (guint i = 0; i < n; i++)
    delta[(gsize) i * n_classes + labels[i]] -= 1.0f;
  for (gsize i = 0; i < (gsize) n * n_classes; i++)
    delta[i] /= (float) n;

  for (guint layer = last + 1; layer-- > 0;)
    {
      guint in = shape->widths[layer], out = shape->widths[layer + 1];
      gsize offset = foc_mlp_shape_offset (shape, layer);
      const float *input = layer > 0 ? work->activations[layer - 1] : x;
      float *below = layer > 0 ? work->deltas[layer - 1] : NULL;

      if (below != NULL)
        {
          /* n x out . out x in, and ReLU lets through where it was open. */
          foc_sgemm (FALSE, FALSE, n, in, out, 1.0f, delta, out,
                     self->parameters + offset, in, 0.0f, below, in);
          for (gsize i = 0; i < (gsize) n * in; i++)
            below[i] = input[i] > 0.0f ? below[i] : 0.0f;
        }

      /* dL/dW = (n x out)^T . n x in */
      foc_sgemm (TRUE, FALSE, out, in, n, scale, delta, out, input, in, keep,
                 into + offset, in);
      delta = below;
    }

  return loss;
}

double
foc_mlp_gradient (const FocMlp *self,
                  FocMlpWork *work,
                  const float *x,
                  const guint16 *labels,
                  guint n,
                  float *gradient,
                  guint *n_correct)
{
  return propagate (self, work, x, labels, n, 1.0f, 0.0f, gradient, n_correct);
}

double
foc_mlp_descend (FocMlp *self,
                 FocMlpWork *work,
                 const float *x,
                 const guint16 *labels,
                 guint n,
                 float rate,
                 guint *n_correct)
{
  return propagate (self, work, x, labels, n, -rate, 1.0f, self->parameters, n_correct);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "foc-rng.h"

/* The network: fully connected layers without bias, ReLU between them, softmax
 * at the end, cross-entropy as its loss.
 *
 *     y = softmax (W_L . ReLU (... ReLU (W_1 . x)))
 *
 * All parameters stand in one flat block, layer after layer, each weight matrix
 * row-major out x in (PyTorch's order). The network holds nothing but them: the
 * activations live in a work object, one per thread, so that any number of
 * threads may use one network at once while nobody changes it. All arrays are
 * float32 and row-major; n is always the number of examples in a batch. Nothing
 * here can fail. Every thread calls foc_blas_begin_thread() first. */

#define FOC_MLP_MAX_LAYERS 5

typedef struct
{
  guint n_layers; /* weight matrices, 1 ... FOC_MLP_MAX_LAYERS */
  /* n_inputs, the hidden widths, n_classes: n_layers + 1 numbers */
  guint widths[FOC_MLP_MAX_LAYERS + 1];
} FocMlpShape;

/* The shape of a network from `n_inputs` numbers over `n_hidden` hidden layers
 * of the widths `hidden` to `n_classes` classes. */
void foc_mlp_shape_init (FocMlpShape *self,
                         guint n_inputs,
                         const guint *hidden,
                         guint n_hidden,
                         guint n_classes);

guint foc_mlp_shape_n_inputs (const FocMlpShape *self);
guint foc_mlp_shape_n_classes (const FocMlpShape *self);

/* Number of parameters, of all layers or of those before `layer`: the place in
 * the flat block where the weights of `layer` begin. */
gsize foc_mlp_shape_n_parameters (const FocMlpShape *self);
gsize foc_mlp_shape_offset (const FocMlpShape *self, guint layer);

typedef struct
{
  FocMlpShape shape;
  gsize n_parameters;
  float *parameters; /* n_parameters, owned */
} FocMlp;

/* A network of zeros. */
FocMlp *foc_mlp_new (const FocMlpShape *shape);
FocMlp *foc_mlp_copy (const FocMlp *self);
void foc_mlp_free (FocMlp *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocMlp, foc_mlp_free)

/* Draws every weight from U (-1/sqrt (in), 1/sqrt (in)), as PyTorch's Linear
 * does: one number a weight, in the order of the block. */
void foc_mlp_initialise (FocMlp *self, FocRng *rng);

typedef struct _FocMlpWork FocMlpWork;

/* Room for the activations of batches of up to `max_batch` examples. */
FocMlpWork *foc_mlp_work_new (const FocMlpShape *shape, guint max_batch);
void foc_mlp_work_free (FocMlpWork *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocMlpWork, foc_mlp_work_free)

/* x: n x n_inputs. Returns the logits, n x n_classes, which stand in `work` until
 * its next use. */
const float *
foc_mlp_forward (const FocMlp *self, FocMlpWork *work, const float *x, guint n);

/* The index of the largest of `n` numbers, of equal ones the first: the answer, if
 * they are logits. */
guint foc_largest (const float *values, guint n);

/* The sum over the batch of the cross-entropy -log softmax (logits)[label], in
 * nats. `n_correct` (nullable) gets how many of the largest logits stand at the
 * label (the first of several). When a logit is not finite, the loss is NaN, and
 * its row is not counted as correct. */
double foc_mlp_loss (const float *logits,
                     const guint16 *labels,
                     guint n,
                     guint n_classes,
                     guint *n_correct);

/* Forward and backward: gradient (n_parameters floats, overwritten) of the mean
 * loss over the batch. Returns the summed loss like foc_mlp_loss(). */
double foc_mlp_gradient (const FocMlp *self,
                         FocMlpWork *work,
                         const float *x,
                         const guint16 *labels,
                         guint n,
                         float *gradient,
                         guint *n_correct);

/* A step of plain gradient descent, w <- w - rate * gradient, without a gradient
 * in memory: the products add to the parameters themselves. Returns the summed
 * loss before the step. */
double foc_mlp_descend (FocMlp *self,
                        FocMlpWork *work,
                        const float *x,
                        const guint16 *labels,
                        guint n,
                        float rate,
                        guint *n_correct);

/* Softmax of each row of logits / temperature; `probabilities` may be `logits`. */
void foc_softmax (const float *logits,
                  guint n,
                  guint n_classes,
                  double temperature,
                  float *probabilities);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-mlp.h"

/* Why the network prefers one class to another: the share of each input in the
 * difference of their logits.
 *
 * Without bias, and with ReLU between its layers, the network is linear around
 * every input x, and there its linear part is all of it:
 *
 *     logits = W(x) x,    W(x) = W_L D_(L-1) W_(L-1) ... D_1 W_1
 *
 * where D_l, diagonal, is 1 where the ReLU behind layer l is open at x and else 0.
 * So the shares
 *
 *     s_i = (W(x)_(a,i) - W(x)_(b,i)) x_i
 *
 * sum to logit (a) - logit (b) exactly: nothing is approximated, and nothing is left
 * over for a bias. (Gradient times input, which A. Shrikumar et al., "Not Just a Black
 * Box", 2016, show to be the same as layer-wise relevance propagation in such a
 * network.) A positive share speaks for a, a negative one for b. An input of zero has
 * the share zero: with foc-normalise.h, a channel that has its mean value over ImageNet.
 *
 * All sums are taken in double: the shares add up to the difference to far better
 * than 1e-5 of the sum of their absolute values, and the logits are within the
 * rounding of single precision of what foc_mlp_forward() says. The temperature of a
 * model divides logits, shares and difference alike: it changes no ratio and no sign.
 * Nothing here can fail; no BLAS is used, any thread may call it. */

typedef struct
{
  guint answer;    /* a: the class that positive shares speak for */
  guint runner_up; /* b: the class that it is compared with       */
  double answer_logit;
  double runner_up_logit;
  double positive;   /* the sum of the shares above zero */
  double negative;   /* the sum of those below           */
  double difference; /* positive + negative: the difference of the logits */
  guint n_inputs;
  double *shares; /* n_inputs numbers, in the order of the input; owned */
} FocShares;

/* The index of the largest of `n` > 1 numbers but for that at `answer`, of equal ones
 * the first. */
guint foc_runner_up (const float *logits, guint n, guint answer);

/* Explains to `self`, which is uninitialised before, why the logit of `answer` is larger
 * than that of `runner_up` at `x` (n_inputs floats) by what it is: any two classes, in any
 * order. To explain an answer, take foc_largest() and foc_runner_up() of the logits
 * with which it was given; where these two are equal up to the rounding of single
 * precision, the difference may be a little below zero. */
void foc_explain (const FocMlp *mlp,
                  const float *x,
                  guint answer,
                  guint runner_up,
                  FocShares *self);

void foc_shares_clear (FocShares *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocShares, foc_shares_clear)

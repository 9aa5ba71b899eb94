/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-explain.h"

#include "foc-blas.h"
#include "foc-normalise.h"
#include "foc-pictures.h"
#include "foc-preprocess.h"

#include <math.h>
#include <string.h>

typedef struct
{
  guint n_inputs, n_hidden, hidden[4], n_classes;
} Form;

static const Form forms[] = {
  { 6, 0, { 0 }, 2 },
  { 9, 0, { 0 }, 5 },
  { 7, 1, { 8 }, 2 },
  { 1, 1, { 1 }, 2 },
  { 12, 2, { 9, 16 }, 3 },
  { 20, 3, { 16, 12, 9 }, 7 },
  { 30, 4, { 24, 20, 16, 12 }, 4 },
  { FOC_N_FEATURES, 0, { 0 }, 2 },
  { FOC_N_FEATURES, 2, { 128, 128 }, 2 },
  { FOC_N_FEATURES, 4, { 64, 48, 200, 16 }, 10 },
};

static FocMlp *
make_mlp (const Form *form, guint64 seed)
{
  FocMlpShape shape;
  FocMlp *mlp;
  FocRng rng;

  foc_mlp_shape_init (&shape, form->n_inputs, form->hidden, form->n_hidden,
                      form->n_classes);
  mlp = foc_mlp_new (&shape);
  foc_rng_init (&rng, seed, FOC_RNG_STREAM_WEIGHTS);
  foc_mlp_initialise (mlp, &rng);
  /* As large as after a training. */
  for (gsize i = 0; i < mlp->n_parameters; i++)
    mlp->parameters[i] *= 2.0f;

  return mlp;
}

static float *
make_input (guint n, guint64 seed)
{
  float *x = g_new (float, n);
  FocRng rng;

  foc_rng_init (&rng, seed, 99);
  for (guint i = 0; i < n; i++)
    x[i] = (float) (1.5 * foc_rng_normal (&rng));

  return x;
}

static double
sum_of (const double *values, guint n)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += values[i];
  return sum;
}

static double
absolute_sum_of (const double *values, guint n)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += fabs (values[i]);
  return sum;
}

/* What must hold whatever the network and the input. The aim of the header is 1e-5 of
 * the sum of the absolute shares; doubles are far better than that. */
static void
check_sums (const FocShares *self)
{
  double absolute = absolute_sum_of (self->shares, self->n_inputs);
  double difference = self->answer_logit - self->runner_up_logit;

  g_assert_cmpfloat (fabs (sum_of (self->shares, self->n_inputs) - difference), <=,
                     1e-12 * absolute);
  g_assert_cmpfloat (fabs (self->difference - difference), <=, 1e-12 * absolute);
  g_assert_cmpfloat (self->positive, >=, 0.0);
  g_assert_cmpfloat (self->negative, <=, 0.0);
  g_assert_cmpfloat (fabs (self->positive - self->negative - absolute), <=,
                     1e-12 * absolute);
}

/* The explanation of the answer; the logits are those of the network that answers. */
static void
explain_answer (const FocMlp *mlp, const float *x, FocShares *self)
{
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&mlp->shape, 1);
  const float *logits = foc_mlp_forward (mlp, work, x, 1);
  guint n_classes = foc_mlp_shape_n_classes (&mlp->shape);
  guint answer = foc_largest (logits, n_classes);
  double tolerance;

  foc_explain (mlp, x, answer, foc_runner_up (logits, n_classes, answer), self);
  check_sums (self);
  g_assert_cmpuint (self->n_inputs, ==, foc_mlp_shape_n_inputs (&mlp->shape));

  tolerance = 1e-5 * absolute_sum_of (self->shares, self->n_inputs) + 1e-6;
  g_assert_cmpfloat (fabs (self->answer_logit - logits[self->answer]), <=, tolerance);
  g_assert_cmpfloat (fabs (self->runner_up_logit - logits[self->runner_up]), <=,
                     tolerance);
}

static void
test_random (void)
{
  for (guint f = 0; f < G_N_ELEMENTS (forms); f++)
    for (guint64 seed = 0; seed < 10; seed++)
      {
        g_autoptr (FocMlp) mlp = make_mlp (&forms[f], seed);
        g_autofree float *x = make_input (forms[f].n_inputs, seed);
        g_auto (FocShares) explanation = { 0 };

        explain_answer (mlp, x, &explanation);
        g_assert_cmpfloat (explanation.difference, >, -1e-5);
      }
}

/* The shares themselves, not only their sum: near x the float network is linear, and
 * so its slope in one input is that input's weight. Left out are inputs where a
 * ReLU opens or closes on the way. */
static void
test_finite_differences (void)
{
  const float step = 1.0f / 64;
  guint n_checked = 0, n = 0;

  for (guint f = 0; f < 7; f++)
    for (guint64 seed = 0; seed < 10; seed++)
      {
        g_autoptr (FocMlp) mlp = make_mlp (&forms[f], seed);
        g_autoptr (FocMlpWork) work = foc_mlp_work_new (&mlp->shape, 1);
        g_autofree float *x = make_input (forms[f].n_inputs, seed);
        g_auto (FocShares) explanation = { 0 };
        guint a, b;

        explain_answer (mlp, x, &explanation);
        a = explanation.answer;
        b = explanation.runner_up;
        for (guint i = 0; i < forms[f].n_inputs; i++)
          {
            float kept = x[i];
            double at[3], slope;

            for (int k = 0; k < 3; k++)
              {
                const float *logits;

                x[i] = kept + (float) (k - 1) * step;
                logits = foc_mlp_forward (mlp, work, x, 1);
                at[k] = (double) logits[a] - logits[b];
              }
            x[i] = kept;
            n++;
            if (fabs (at[0] + at[2] - 2 * at[1]) > 1e-5)
              continue;
            slope = (at[2] - at[0]) / (2 * step);
            g_assert_cmpfloat (fabs (slope * kept - explanation.shares[i]), <=, 2e-3);
            n_checked++;
          }
      }

  g_test_message ("%u of %u inputs", n_checked, n);
  g_assert_cmpuint (n_checked, >, n * 8 / 10);
}

/* By hand: ReLU (x0 - x1), ReLU (x1 - x0); then a = 2 h0 + h1, b = h0. */
static void
test_by_hand (void)
{
  static const float parameters[] = { 1, -1, -1, 1, 2, 1, 1, 0 };
  const Form form = { 2, 1, { 2 }, 2 };
  g_autoptr (FocMlp) mlp = make_mlp (&form, 1);
  static const struct
  {
    float x[2];
    double logits[2], shares[2];
  } rows[] = {
    { { 3, 1 }, { 4, 2 }, { 3, -1 } }, /* the first is open: a - b = x0 - x1  */
    { { 1, 4 }, { 3, 0 }, { -1, 4 } }, /* the second: a - b = x1 - x0         */
    { { 2, 2 }, { 0, 0 }, { 0, 0 } },  /* neither: at zero both are closed    */
    { { 0, 0 }, { 0, 0 }, { 0, 0 } },
    { { 0, -5 }, { 10, 5 }, { 0, 5 } }, /* nothing comes of an input of zero   */
  };

  memcpy (mlp->parameters, parameters, sizeof parameters);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (FocShares) there = { 0 };
      g_auto (FocShares) back = { 0 };

      foc_explain (mlp, rows[i].x, 0, 1, &there);
      foc_explain (mlp, rows[i].x, 1, 0, &back);
      check_sums (&there);
      check_sums (&back);
      g_assert_cmpfloat (there.answer_logit, ==, rows[i].logits[0]);
      g_assert_cmpfloat (there.runner_up_logit, ==, rows[i].logits[1]);
      for (guint j = 0; j < 2; j++)
        {
          g_assert_cmpfloat (there.shares[j], ==, rows[i].shares[j]);
          g_assert_cmpfloat (back.shares[j], ==, -rows[i].shares[j]);
        }
    }
}

static void
test_runner_up (void)
{
  static const struct
  {
    float logits[4];
    guint answer, runner_up;
  } rows[] = {
    { { 1, 2, 3, 4 }, 3, 2 },     { { 4, 3, 2, 1 }, 0, 1 }, { { 1, 1, 1, 1 }, 0, 1 },
    { { 0, 5, 5, 0 }, 1, 2 },     { { 5, 0, 0, 5 }, 0, 3 }, { { -3, -1, -2, -2 }, 1, 2 },
    { { 0, 0, 0, 1e-9f }, 3, 0 },
  };
  static const float two[] = { 1, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpuint (foc_largest (rows[i].logits, 4), ==, rows[i].answer);
      g_assert_cmpuint (foc_runner_up (rows[i].logits, 4, rows[i].answer), ==,
                        rows[i].runner_up);
    }
  g_assert_cmpuint (foc_runner_up (two, 2, 0), ==, 1);
  g_assert_cmpuint (foc_runner_up (two, 2, 1), ==, 0);
}

/* Two classes with the same weights: no share is larger than another's. */
static void
test_tie (void)
{
  for (guint f = 0; f < G_N_ELEMENTS (forms); f++)
    {
      g_autoptr (FocMlp) mlp = make_mlp (&forms[f], 3);
      g_autofree float *x = make_input (forms[f].n_inputs, 3);
      g_auto (FocShares) explanation = { 0 };
      guint last = mlp->shape.n_layers - 1, width = mlp->shape.widths[last];
      float *w = mlp->parameters + foc_mlp_shape_offset (&mlp->shape, last);

      for (guint i = 0; i < width; i++)
        w[width + i] = w[i];
      foc_explain (mlp, x, 0, 1, &explanation);
      g_assert_cmpfloat (explanation.answer_logit, ==, explanation.runner_up_logit);
      g_assert_cmpfloat (explanation.difference, ==, 0.0);
      g_assert_cmpfloat (absolute_sum_of (explanation.shares, explanation.n_inputs), ==,
                         0.0);
    }
}

/* Any pair of classes: a against b and b against c are together a against c. */
static void
test_pairs (void)
{
  const Form *form = &forms[5];
  g_autoptr (FocMlp) mlp = make_mlp (form, 8);
  g_autofree float *x = make_input (form->n_inputs, 8);

  for (guint c = 2; c < form->n_classes; c++)
    {
      g_auto (FocShares) ab = { 0 };
      g_auto (FocShares) bc = { 0 };
      g_auto (FocShares) ac = { 0 };

      foc_explain (mlp, x, 0, 1, &ab);
      foc_explain (mlp, x, 1, c, &bc);
      foc_explain (mlp, x, 0, c, &ac);
      check_sums (&ac);
      for (guint i = 0; i < form->n_inputs; i++)
        g_assert_cmpfloat_with_epsilon (ab.shares[i] + bc.shares[i], ac.shares[i], 1e-12);
    }
}

/* The largest weights that a model file can have: still finite. */
static void
test_large (void)
{
  const Form *form = &forms[6];
  g_autoptr (FocMlp) mlp = make_mlp (form, 1);
  g_autofree float *x = make_input (form->n_inputs, 1);
  g_auto (FocShares) explanation = { 0 };

  for (gsize i = 0; i < mlp->n_parameters; i++)
    mlp->parameters[i] = i % 3 == 0 ? -G_MAXFLOAT : G_MAXFLOAT;
  foc_explain (mlp, x, 0, 1, &explanation);
  g_assert_true (isfinite (explanation.answer_logit));
  g_assert_true (isfinite (explanation.positive) && isfinite (explanation.negative));
  check_sums (&explanation);
}

static void
test_real_pictures (void)
{
  const char *root = g_getenv ("FOC_TEST_IMAGES");
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);

  if (root == NULL || *root == '\0')
    {
      g_test_skip ("FOC_TEST_IMAGES names no pictures");
      return;
    }

  g_assert_true (foc_list_pictures (root, files, NULL, NULL));
  g_assert_cmpuint (files->len, >, 0);
  for (guint f = 7; f < G_N_ELEMENTS (forms); f++)
    {
      g_autoptr (FocMlp) mlp = make_mlp (&forms[f], f);

      for (guint i = 0; i < 100; i++)
        {
          g_auto (FocShares) explanation = { 0 };
          guint8 features[FOC_N_FEATURES];
          float x[FOC_N_FEATURES];
          g_autoptr (GError) error = NULL;

          foc_preprocess_file (g_ptr_array_index (files, (gsize) i * files->len / 100),
                               NULL, features, NULL, &error);
          g_assert_no_error (error);
          foc_normalise (features, FOC_N_FEATURES, x);
          explain_answer (mlp, x, &explanation);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  foc_blas_begin_thread ();

  g_test_add_func ("/explain/random", test_random);
  g_test_add_func ("/explain/finite-differences", test_finite_differences);
  g_test_add_func ("/explain/by-hand", test_by_hand);
  g_test_add_func ("/explain/runner-up", test_runner_up);
  g_test_add_func ("/explain/tie", test_tie);
  g_test_add_func ("/explain/pairs", test_pairs);
  g_test_add_func ("/explain/large", test_large);
  g_test_add_func ("/explain/real-pictures", test_real_pictures);

  return g_test_run ();
}

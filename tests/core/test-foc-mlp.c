/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-mlp.h"

#include "foc-blas.h"

#include <math.h>
#include <string.h>

#define UNIT (1.0 / 16777216.0) /* what rounding to float32 may take, relatively */

typedef struct
{
  guint n_inputs, n_hidden, hidden[4], n_classes, n;
} Form;

static const Form forms[] = {
  { 6, 0, { 0 }, 2, 1 },          { 6, 0, { 0 }, 5, 64 },
  { 9, 1, { 7 }, 2, 3 },          { 5, 1, { 8 }, 5, 64 },
  { 6, 2, { 8, 5 }, 2, 64 },      { 7, 2, { 6, 9 }, 5, 1 },
  { 6, 3, { 7, 6, 5 }, 5, 3 },    { 4, 3, { 6, 6, 6 }, 2, 64 },
  { 6, 4, { 7, 8, 6, 5 }, 2, 3 }, { 6, 4, { 7, 8, 6, 5 }, 5, 64 },
  { 6, 4, { 9, 9, 9, 9 }, 5, 1 },
};

/* A network, a batch for it, and room to compute. */
typedef struct
{
  FocMlp *mlp;
  FocMlpWork *work;
  guint n, n_inputs, n_classes;
  float *x, *gradient;
  guint16 *labels;
} Fixture;

static void
fixture_init (Fixture *self, const Form *form, guint64 seed)
{
  FocMlpShape shape;
  FocRng rng;

  foc_mlp_shape_init (&shape, form->n_inputs, form->hidden, form->n_hidden,
                      form->n_classes);
  foc_rng_init (&rng, seed, FOC_RNG_STREAM_WEIGHTS);

  self->mlp = foc_mlp_new (&shape);
  self->work = foc_mlp_work_new (&shape, form->n);
  self->n = form->n;
  self->n_inputs = form->n_inputs;
  self->n_classes = form->n_classes;
  self->gradient = g_new (float, self->mlp->n_parameters);
  self->x = g_malloc_n ((gsize) form->n * form->n_inputs, sizeof (float));
  self->labels = g_new (guint16, form->n);

  /* Twice as large as at the start of a training, so that four layers still
   * have gradients worth comparing. */
  foc_mlp_initialise (self->mlp, &rng);
  for (gsize i = 0; i < self->mlp->n_parameters; i++)
    self->mlp->parameters[i] *= 2.0f;
  for (guint i = 0; i < form->n * form->n_inputs; i++)
    self->x[i] = (float) foc_rng_normal (&rng);
  for (guint i = 0; i < form->n; i++)
    self->labels[i] = (guint16) foc_rng_below (&rng, form->n_classes);
}

static void
fixture_clear (Fixture *self)
{
  foc_mlp_free (self->mlp);
  foc_mlp_work_free (self->work);
  g_free (self->gradient);
  g_free (self->labels);
  g_free (self->x);
}

/* The logits of one example in double, written down from the formula: no BLAS,
 * no batch, nothing of the code under test. */
static void
plain_logits (const FocMlpShape *shape, const double *w, const float *x, double *logits)
{
  g_autofree double *input = g_new (double, shape->widths[0]);

  for (guint i = 0; i < shape->widths[0]; i++)
    input[i] = x[i];

  for (guint layer = 0; layer < shape->n_layers; layer++)
    {
      guint in = shape->widths[layer], out = shape->widths[layer + 1];
      double *output = g_new (double, out);

      for (guint o = 0; o < out; o++)
        {
          output[o] = 0.0;
          for (guint i = 0; i < in; i++)
            output[o] += *w++ * input[i];
          if (layer + 1 < shape->n_layers && output[o] < 0.0)
            output[o] = 0.0;
        }
      g_free (input);
      input = output;
    }

  memcpy (logits, input, shape->widths[shape->n_layers] * sizeof (double));
}

static double
plain_mean_loss (const Fixture *self, const double *w)
{
  g_autofree double *logits = g_new (double, self->n_classes);
  double loss = 0.0;

  for (guint b = 0; b < self->n; b++)
    {
      double sum = 0.0;

      plain_logits (&self->mlp->shape, w, self->x + b * self->n_inputs, logits);
      for (guint j = 0; j < self->n_classes; j++)
        sum += exp (logits[j]);
      loss += log (sum) - logits[self->labels[b]];
    }

  return loss / self->n;
}

static double *
parameters_in_double (const FocMlp *mlp)
{
  double *w = g_new (double, mlp->n_parameters);

  for (gsize i = 0; i < mlp->n_parameters; i++)
    w[i] = mlp->parameters[i];

  return w;
}

static void
test_new_and_copy (void)
{
  Fixture fixture;
  g_autoptr (FocMlp) zeros = NULL;
  g_autoptr (FocMlp) copy = NULL;

  fixture_init (&fixture, &forms[6], 1);
  zeros = foc_mlp_new (&fixture.mlp->shape);
  for (gsize i = 0; i < zeros->n_parameters; i++)
    g_assert_cmpfloat (zeros->parameters[i], ==, 0.0);

  copy = foc_mlp_copy (fixture.mlp);
  g_assert_cmpmem (&copy->shape, sizeof copy->shape, &fixture.mlp->shape,
                   sizeof copy->shape);
  g_assert_true (copy->parameters != fixture.mlp->parameters);
  g_assert_cmpmem (copy->parameters, copy->n_parameters * sizeof (float),
                   fixture.mlp->parameters, fixture.mlp->n_parameters * sizeof (float));
  fixture_clear (&fixture);
}

static void
test_forward (void)
{
  for (guint f = 0; f < G_N_ELEMENTS (forms); f++)
    {
      g_autofree double *w = NULL, *exact = NULL;
      const FocMlpShape *shape;
      const float *logits;
      Fixture fixture;

      fixture_init (&fixture, &forms[f], f);
      shape = &fixture.mlp->shape;
      w = parameters_in_double (fixture.mlp);
      exact = g_new (double, fixture.n_classes);
      logits = foc_mlp_forward (fixture.mlp, fixture.work, fixture.x, fixture.n);

      for (guint b = 0; b < fixture.n; b++, logits += fixture.n_classes)
        {
          plain_logits (shape, w, fixture.x + b * fixture.n_inputs, exact);
          /* Five layers of at most nine products each of numbers around one. */
          for (guint j = 0; j < fixture.n_classes; j++)
            g_assert_cmpfloat_with_epsilon (logits[j], exact[j],
                                            5 * 9 * UNIT * (1 + fabs (exact[j])));
        }
      fixture_clear (&fixture);
    }
}

/* Central differences of the plain forward pass in double. Their own error is
 * about h^2 + 2^-53 / h, of 1e-10 with h = 1e-5, unless a ReLU opens within h:
 * the seeds are such that none does. */
static void
test_gradient (void)
{
  const double h = 1e-5;

  for (guint f = 0; f < G_N_ELEMENTS (forms); f++)
    {
      g_autofree double *w = NULL, *numeric = NULL;
      double loss, largest = 0.0;
      Fixture fixture;
      guint n_correct = G_MAXUINT, recount;
      gsize n;

      fixture_init (&fixture, &forms[f], 100 + f);
      n = fixture.mlp->n_parameters;
      w = parameters_in_double (fixture.mlp);
      numeric = g_new (double, n);
      for (gsize i = 0; i < n; i++)
        fixture.gradient[i] = (float) NAN; /* it is overwritten */

      loss = foc_mlp_gradient (fixture.mlp, fixture.work, fixture.x, fixture.labels,
                               fixture.n, fixture.gradient, &n_correct);
      g_assert_cmpfloat_with_epsilon (loss / fixture.n, plain_mean_loss (&fixture, w),
                                      200 * UNIT);
      g_assert_cmpfloat (
        loss, ==,
        foc_mlp_loss (foc_mlp_forward (fixture.mlp, fixture.work, fixture.x, fixture.n),
                      fixture.labels, fixture.n, fixture.n_classes, &recount));
      g_assert_cmpuint (n_correct, ==, recount);

      for (gsize i = 0; i < n; i++)
        {
          double kept = w[i], above, below;

          w[i] = kept + h;
          above = plain_mean_loss (&fixture, w);
          w[i] = kept - h;
          below = plain_mean_loss (&fixture, w);
          w[i] = kept;
          numeric[i] = (above - below) / (2 * h);
          largest = MAX (largest, fabs (numeric[i]));
        }

      g_assert_cmpfloat (largest, >, 1e-3);
      for (gsize i = 0; i < n; i++)
        if (!(fabs (fixture.gradient[i] - numeric[i]) < 100 * UNIT * MAX (largest, 1.0)))
          g_error ("form %u, parameter %" G_GSIZE_FORMAT ": %.9g instead of %.9g", f, i,
                   fixture.gradient[i], numeric[i]);
      fixture_clear (&fixture);
    }
}

static void
test_batch_split (void)
{
  static const Form form = { 50, 2, { 40, 30 }, 5, 64 };
  static const guint parts[] = { 1, 3, 17, 43 };
  g_autofree float *part_gradient = NULL;
  g_autofree double *sum_gradient = NULL;
  double loss, sum_loss = 0.0, largest = 0.0;
  guint n_correct, sum_correct = 0, begin = 0;
  Fixture fixture;
  gsize n;

  fixture_init (&fixture, &form, 7);
  n = fixture.mlp->n_parameters;
  part_gradient = g_new (float, n);
  sum_gradient = g_new0 (double, n);
  loss = foc_mlp_gradient (fixture.mlp, fixture.work, fixture.x, fixture.labels, form.n,
                           fixture.gradient, &n_correct);

  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    {
      guint correct;

      sum_loss +=
        foc_mlp_gradient (fixture.mlp, fixture.work, fixture.x + begin * form.n_inputs,
                          fixture.labels + begin, parts[p], part_gradient, &correct);
      sum_correct += correct;
      for (gsize i = 0; i < n; i++)
        sum_gradient[i] += (double) part_gradient[i] * parts[p] / form.n;
      begin += parts[p];
    }
  g_assert_cmpuint (begin, ==, form.n);

  g_assert_cmpfloat_with_epsilon (loss, sum_loss, 100 * UNIT * loss);
  g_assert_cmpuint (n_correct, ==, sum_correct);
  for (gsize i = 0; i < n; i++)
    largest = MAX (largest, fabs (sum_gradient[i]));
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (fixture.gradient[i], sum_gradient[i],
                                    100 * UNIT * largest);
  fixture_clear (&fixture);
}

/* A picture gets the same answer alone as among others. Not the same bits: BLAS
 * may take another kernel for another number of rows. */
static void
test_logits_of_a_row (void)
{
  static const Form form = { 1728, 2, { 128, 128 }, 2, 64 };
  g_autofree float *together = NULL;
  Fixture fixture;

  fixture_init (&fixture, &form, 8);
  together = g_memdup2 (foc_mlp_forward (fixture.mlp, fixture.work, fixture.x, form.n),
                        (gsize) form.n * form.n_classes * sizeof (float));
  for (guint n = 1; n < form.n; n += 9)
    for (guint b = 0; b + n <= form.n; b += 5)
      {
        const float *logits =
          foc_mlp_forward (fixture.mlp, fixture.work, fixture.x + b * form.n_inputs, n);

        /* Errors of sums of 1728 products add up like their root. */
        for (guint i = 0; i < n * form.n_classes; i++)
          g_assert_cmpfloat_with_epsilon (logits[i], together[b * form.n_classes + i],
                                          3 * sqrt (1728) * UNIT);
      }
  fixture_clear (&fixture);
}

static void
test_empty_batch (void)
{
  Fixture fixture;
  guint n_correct = 1;

  fixture_init (&fixture, &forms[4], 9);
  g_assert_cmpfloat (foc_mlp_gradient (fixture.mlp, fixture.work, fixture.x,
                                       fixture.labels, 0, fixture.gradient, &n_correct),
                     ==, 0.0);
  g_assert_cmpuint (n_correct, ==, 0);
  for (gsize i = 0; i < fixture.mlp->n_parameters; i++)
    g_assert_cmpfloat (fixture.gradient[i], ==, 0.0);
  fixture_clear (&fixture);
}

typedef struct
{
  const Fixture *fixture;
  const float *gradient;
  double loss;
} Shared;

static gpointer
repeat_gradient (gpointer data)
{
  const Shared *shared = data;
  const Fixture *fixture = shared->fixture;
  g_autoptr (FocMlpWork) work = NULL;
  g_autofree float *gradient = g_new (float, fixture->mlp->n_parameters);
  guint different = 0;

  foc_blas_begin_thread ();
  work = foc_mlp_work_new (&fixture->mlp->shape, fixture->n);
  for (guint i = 0; i < 10; i++)
    {
      double loss = foc_mlp_gradient (fixture->mlp, work, fixture->x, fixture->labels,
                                      fixture->n, gradient, NULL);

      different += loss != shared->loss
                   || memcmp (gradient, shared->gradient,
                              fixture->mlp->n_parameters * sizeof (float))
                        != 0;
    }

  return GUINT_TO_POINTER (different);
}

/* Threads share the network, each with work of its own, and all get the same bits. */
static void
test_threads (void)
{
  static const Form form = { 300, 2, { 128, 128 }, 2, 64 };
  GThread *threads[4];
  Fixture fixture;
  Shared shared;

  fixture_init (&fixture, &form, 10);
  shared.loss = foc_mlp_gradient (fixture.mlp, fixture.work, fixture.x, fixture.labels,
                                  form.n, fixture.gradient, NULL);
  shared.fixture = &fixture;
  shared.gradient = fixture.gradient;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("gradient", repeat_gradient, &shared);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, 0);
  fixture_clear (&fixture);
}

/* A training that diverged is noticed by its loss, and nothing else happens. */
static void
test_not_finite (void)
{
  static const float bad[] = { (float) NAN, INFINITY, -INFINITY };
  static const guint16 labels[] = { 0, 1, 2 };
  guint n_correct;

  for (guint v = 0; v < G_N_ELEMENTS (bad); v++)
    for (guint at = 0; at < 3; at++)
      for (guint l = 0; l < 3; l++)
        {
          float logits[] = { 1.0f, 2.0f, 3.0f };

          logits[at] = bad[v];
          g_assert_false (isfinite (foc_mlp_loss (logits, &labels[l], 1, 3, &n_correct)));
          g_assert_cmpuint (n_correct, ==, 0);
        }

  for (guint f = 0; f < G_N_ELEMENTS (forms); f++)
    for (guint v = 0; v < G_N_ELEMENTS (bad); v++)
      {
        Fixture fixture;

        fixture_init (&fixture, &forms[f], 12);
        for (gsize i = 0; i < fixture.mlp->n_parameters; i++)
          fixture.mlp->parameters[i] = bad[v];
        g_assert_false (isfinite (foc_mlp_gradient (fixture.mlp, fixture.work, fixture.x,
                                                    fixture.labels, fixture.n,
                                                    fixture.gradient, &n_correct)));
        g_assert_cmpuint (n_correct, ==, 0);
        fixture_clear (&fixture);
      }

  /* One NaN in the first layer gets through every ReLU. */
  for (guint f = 2; f < G_N_ELEMENTS (forms); f++)
    {
      Fixture fixture;

      fixture_init (&fixture, &forms[f], 13);
      for (gsize i = 0; i < foc_mlp_shape_n_parameters (&fixture.mlp->shape); i++)
        fixture.mlp->parameters[i] = fabsf (fixture.mlp->parameters[i]);
      fixture.mlp->parameters[0] = (float) NAN;
      g_assert_false (
        isfinite (foc_mlp_gradient (fixture.mlp, fixture.work, fixture.x, fixture.labels,
                                    fixture.n, fixture.gradient, NULL)));
      fixture_clear (&fixture);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  foc_blas_begin_thread ();

  g_test_add_func ("/mlp/new-and-copy", test_new_and_copy);
  g_test_add_func ("/mlp/forward", test_forward);
  g_test_add_func ("/mlp/gradient", test_gradient);
  g_test_add_func ("/mlp/batch-split", test_batch_split);
  g_test_add_func ("/mlp/logits-of-a-row", test_logits_of_a_row);
  g_test_add_func ("/mlp/empty-batch", test_empty_batch);
  g_test_add_func ("/mlp/threads", test_threads);
  g_test_add_func ("/mlp/not-finite", test_not_finite);

  return g_test_run ();
}

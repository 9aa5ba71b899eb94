/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-explained.h"

#include "foc-blas.h"
#include "foc-normalise.h"

#include <math.h>

static const char *const names[] = { "comics", "faces", "dogs", NULL };

static FocModel *
make_model (guint n_classes, guint64 seed)
{
  const guint hidden[] = { 20, 10 };
  const char *const classes[] = { names[0], n_classes > 1 ? names[1] : NULL,
                                  n_classes > 2 ? names[2] : NULL, NULL };
  FocMlpShape shape;
  FocModel *model;
  FocMlp *mlp;
  FocRng rng;

  foc_mlp_shape_init (&shape, FOC_N_FEATURES, hidden, 2, n_classes);
  mlp = foc_mlp_new (&shape);
  foc_rng_init (&rng, seed, 1);
  foc_mlp_initialise (mlp, &rng);
  model = foc_model_new (mlp, classes);
  model->temperature = 1.5;
  return model;
}

static void
make_features (guint64 seed, guint8 features[FOC_N_FEATURES])
{
  FocRng rng;

  foc_rng_init (&rng, seed, 2);
  for (guint i = 0; i < FOC_N_FEATURES; i++)
    features[i] = (guint8) foc_rng_below (&rng, 256);
}

static double
sum_of (const double *values, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += values[i];
  return sum;
}

/* The answer is that of foc_model_answer(), to the bit, and all three kinds of sums are the
 * difference of its two largest logits. */
static void
test_sums (void)
{
  for (guint64 seed = 0; seed < 40; seed++)
    {
      guint n_classes = 2 + seed % 2;
      g_autoptr (FocModel) model = make_model (n_classes, seed);
      g_autoptr (FocMlpWork) work = foc_mlp_work_new (&model->mlp->shape, 1);
      guint8 features[FOC_N_FEATURES];
      float x[FOC_N_FEATURES], probabilities[3];
      const float *logits;
      g_auto (FocExplained) self = { 0 };
      const FocShares *shares;
      FocAnswer answer;
      double difference, absolute = 0;

      make_features (seed, features);
      foc_model_explain (model, work, features, &self);
      foc_model_answer (model, work, features, probabilities, &answer);
      g_assert_cmpuint (self.n_classes, ==, n_classes);
      g_assert_cmpmem (self.probabilities, n_classes * sizeof (float), probabilities,
                       n_classes * sizeof (float));
      g_assert_cmpuint (self.answer.label, ==, answer.label);
      g_assert_cmpint (self.answer.doubt, ==, answer.doubt);

      shares = self.shares;
      g_assert_cmpuint (shares->answer, ==, answer.label);
      foc_normalise (features, FOC_N_FEATURES, x);
      logits = foc_mlp_forward (model->mlp, work, x, 1);
      for (guint i = 0; i < n_classes; i++)
        if (i != shares->answer)
          g_assert_cmpfloat (logits[i], <=, logits[shares->runner_up]);
      difference = logits[shares->answer] - logits[shares->runner_up];
      for (guint i = 0; i < FOC_N_FEATURES; i++)
        absolute += fabs (shares->shares[i]);
      g_assert_cmpfloat (fabs (shares->difference - difference), <=, 1e-5 * absolute);
      g_assert_cmpfloat (
        fabs (sum_of (self.pixel_shares, FOC_N_PIXELS) - shares->difference), <=,
        1e-12 * absolute);
      g_assert_cmpfloat (fabs (sum_of (self.channel_shares, 3) - shares->difference), <=,
                         1e-12 * absolute);

      for (guint i = 0; i < FOC_N_PIXELS; i++)
        g_assert_cmpfloat (
          fabs (self.pixel_shares[i] - sum_of (shares->shares + 3 * i, 3)), <=,
          1e-15 * absolute);
      for (guint i = 0; i < 3; i++)
        {
          double sum = 0;

          for (guint k = i; k < FOC_N_FEATURES; k += 3)
            sum += shares->shares[k];
          g_assert_cmpfloat (fabs (self.channel_shares[i] - sum), <=, 1e-12 * absolute);
        }
    }
}

/* Nothing to compare it with. */
static void
test_one_class (void)
{
  g_autoptr (FocModel) model = make_model (1, 1);
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&model->mlp->shape, 1);
  guint8 features[FOC_N_FEATURES] = { 0 };
  g_auto (FocExplained) self = { 0 };

  foc_model_explain (model, work, features, &self);
  g_assert_cmpuint (self.n_classes, ==, 1);
  g_assert_cmpfloat (self.probabilities[0], ==, 1);
  g_assert_null (self.shares);
  g_assert_cmpfloat (sum_of (self.pixel_shares, FOC_N_PIXELS), ==, 0);
}

static void
test_doubts (void)
{
  FocNovelty novelty = { .min_certainty = 0.925 };
  g_autoptr (FocModel) model = make_model (2, 1);
  const struct
  {
    FocAnswer answer;
    const char *sentence;
  } rows[] = {
    { { .doubt = FOC_DOUBT_NONE }, NULL },
    { { .doubt = FOC_DOUBT_PROBABILITY, .probability = 0.6 },
      "The probability is below 80 %." },
    { { .doubt = FOC_DOUBT_PROBABILITY, .probability = 0.7949 },
      "The probability is below 80 %." },
    { { .doubt = FOC_DOUBT_PROBABILITY, .probability = 0.797 },
      "The probability is below 80 %: it is 79.7 %." },
    { { .doubt = FOC_DOUBT_PROBABILITY, .probability = 0.79996 },
      "The probability is below 80 %: it is 79.996 %." },
    { { .doubt = FOC_DOUBT_CERTAINTY, .probability = 0.9, .certainty = 0.75 },
      "The network says 90 %. Of such answers, to pictures of such detail and contrast, "
      "75.0 % are right: fewer than the 92.5 % that are asked for." },
    { { .doubt = FOC_DOUBT_CERTAINTY, .probability = 0.9961, .certainty = 0.9249 },
      "The network says over 99 %. Of such answers, to pictures of such detail and "
      "contrast, 92.49 % are right: fewer than the 92.5 % that are asked for." },
    { { .doubt = FOC_DOUBT_NOVELTY },
      "The picture is unlike anything in training, so the percentage "
      "means nothing, however high it is." },
  };

  model->novelty = &novelty;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *sentence = foc_model_describe_doubt (model, &rows[i].answer);

      g_assert_cmpstr (sentence, ==, rows[i].sentence);
    }

  /* The threshold is the model's, not a constant. */
  model->novelty = NULL;
  foc_model_set_threshold (model, 0.655);
  {
    g_autofree char *sentence = foc_model_describe_doubt (model, &rows[1].answer);

    g_assert_cmpstr (sentence, ==, "The probability is below 65.5 %.");
  }

  /* A whole percentage would be above it. */
  foc_model_set_threshold (model, 0.796);
  {
    const FocAnswer answer = { .doubt = FOC_DOUBT_PROBABILITY, .probability = 0.7952 };
    g_autofree char *sentence = foc_model_describe_doubt (model, &answer);

    g_assert_cmpstr (sentence, ==, "The probability is below 79.6 %: it is 79.5 %.");
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  foc_blas_begin_thread ();

  g_test_add_func ("/explained/sums", test_sums);
  g_test_add_func ("/explained/one-class", test_one_class);
  g_test_add_func ("/explained/doubts", test_doubts);

  return g_test_run ();
}

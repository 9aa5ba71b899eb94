/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-mlp.h"

#include <float.h>
#include <math.h>

#define UNIT (1.0 / 16777216.0) /* what rounding to float32 may take, relatively */

static void
test_softmax (void)
{
  static const double temperatures[] = { 1.0, 0.25, 2.0, 1000.0 };
  enum
  {
    ROWS = 50,
    CLASSES = 5
  };
  float logits[ROWS * CLASSES], p[ROWS * CLASSES];
  FocRng rng;

  foc_rng_init (&rng, 11, 100);
  for (guint i = 0; i < G_N_ELEMENTS (logits); i++)
    logits[i] = (float) (4.0 * foc_rng_normal (&rng));

  for (guint t = 0; t < G_N_ELEMENTS (temperatures); t++)
    {
      foc_softmax (logits, ROWS, CLASSES, temperatures[t], p);
      for (guint b = 0; b < ROWS; b++)
        {
          double sum = 0.0, p_sum = 0.0;

          for (guint j = 0; j < CLASSES; j++)
            sum += exp (logits[b * CLASSES + j] / temperatures[t]);
          for (guint j = 0; j < CLASSES; j++)
            {
              double exact = exp (logits[b * CLASSES + j] / temperatures[t]) / sum;

              g_assert_cmpfloat_with_epsilon (p[b * CLASSES + j], exact,
                                              1.001 * UNIT * exact);
              p_sum += p[b * CLASSES + j];
            }
          g_assert_cmpfloat_with_epsilon (p_sum, 1.0, CLASSES * UNIT);
        }
    }

  /* In place. */
  foc_softmax (logits, ROWS, CLASSES, 1000.0, logits);
  g_assert_cmpmem (logits, sizeof logits, p, sizeof p);
}

static void
test_extreme_logits (void)
{
  static const float rows[][3] = {
    { 1e4f, -1e4f, 0 },       { -1e4f, -1e4f, -1e4f },        { 1e4f, 1e4f, 1e4f },
    { FLT_MAX, -FLT_MAX, 0 }, { -FLT_MAX, FLT_MAX, FLT_MAX }, { 1e-45f, -1e-45f, -0.0f },
  };
  static const guint16 labels[] = { 0, 1, 2 };
  const guint n = G_N_ELEMENTS (rows);
  float p[G_N_ELEMENTS (rows) * 3];

  foc_softmax (rows[0], n, 3, 1.0, p);
  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < 3; j++)
        g_assert_true (p[i * 3 + j] >= 0.0f && p[i * 3 + j] <= 1.0f);
      g_assert_cmpfloat_with_epsilon (p[i * 3] + p[i * 3 + 1] + p[i * 3 + 2], 1.0,
                                      4 * UNIT);
      for (guint l = 0; l < 3; l++)
        g_assert_true (isfinite (foc_mlp_loss (rows[i], &labels[l], 1, 3, NULL)));
    }
  g_assert_cmpfloat (p[0], ==, 1.0);
  g_assert_cmpfloat (p[1], ==, 0.0);
  g_assert_cmpfloat_with_epsilon (p[3], 1.0 / 3, UNIT);
  g_assert_cmpfloat_with_epsilon (p[13], 0.5, UNIT);

  g_assert_cmpfloat (foc_mlp_loss (rows[0], &labels[0], 1, 3, NULL), ==, 0.0);
  g_assert_cmpfloat (foc_mlp_loss (rows[0], &labels[1], 1, 3, NULL), ==, 2e4);

  /* A temperature near 0 decides, one without end abstains. */
  foc_softmax (rows[0], 1, 3, 1e-10, p);
  g_assert_cmpfloat (p[0], ==, 1.0);
  foc_softmax (rows[0], 1, 3, 1e12, p);
  for (guint j = 0; j < 3; j++)
    g_assert_cmpfloat_with_epsilon (p[j], 1.0 / 3, 1e-7);
}

static void
test_loss (void)
{
  /* 0.5, 0.25, 0.25; no power of two elsewhere. */
  const float logits[] = { (float) G_LN2, 0.0f, 0.0f, 3.0f, 1.0f, 2.0f };
  const guint16 labels[] = { 0, 1 };
  guint n_correct = 9;
  double expected = G_LN2 + log (1 + exp (1) + exp (2));

  g_assert_cmpfloat_with_epsilon (foc_mlp_loss (logits, labels, 2, 3, &n_correct),
                                  expected, 2 * UNIT);
  g_assert_cmpuint (n_correct, ==, 1);
  g_assert_cmpfloat (foc_mlp_loss (logits, labels, 0, 3, &n_correct), ==, 0.0);
  g_assert_cmpuint (n_correct, ==, 0);

  for (guint classes = 2; classes <= 1000; classes = classes * 3 - 1)
    {
      g_autofree float *uniform = g_malloc0_n (4 * classes, sizeof (float));
      guint16 some[] = { 0, 1, (guint16) (classes / 2), (guint16) (classes - 1) };

      for (guint i = classes; i < 4 * classes; i++)
        uniform[i] = (float) (i / classes) - 7.5f; /* the same along a row */
      g_assert_cmpfloat_with_epsilon (
        foc_mlp_loss (uniform, some, 4, classes, &n_correct), 4 * log (classes), 1e-12);
      /* Of equal logits the first is the answer. */
      g_assert_cmpuint (n_correct, ==, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mlp/softmax", test_softmax);
  g_test_add_func ("/mlp/extreme-logits", test_extreme_logits);
  g_test_add_func ("/mlp/loss", test_loss);

  return g_test_run ();
}

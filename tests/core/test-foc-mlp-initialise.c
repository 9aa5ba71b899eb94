/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-mlp.h"

#include <math.h>
#include <string.h>

#define UNIT (1.0 / 16777216.0) /* what rounding to float32 may take, relatively */

static void
test_shape (void)
{
  static const guint hidden[] = { 128, 64, 8192, 8192 };
  FocMlpShape shape;

  foc_mlp_shape_init (&shape, 1728, hidden, 0, 2);
  g_assert_cmpuint (shape.n_layers, ==, 1);
  g_assert_cmpuint (foc_mlp_shape_n_inputs (&shape), ==, 1728);
  g_assert_cmpuint (foc_mlp_shape_n_classes (&shape), ==, 2);
  g_assert_cmpuint (foc_mlp_shape_offset (&shape, 0), ==, 0);
  g_assert_cmpuint (foc_mlp_shape_n_parameters (&shape), ==, 1728 * 2);

  foc_mlp_shape_init (&shape, 1728, hidden, 2, 5);
  g_assert_cmpuint (shape.n_layers, ==, 3);
  g_assert_cmpuint (foc_mlp_shape_n_classes (&shape), ==, 5);
  g_assert_cmpuint (foc_mlp_shape_offset (&shape, 0), ==, 0);
  g_assert_cmpuint (foc_mlp_shape_offset (&shape, 1), ==, 1728 * 128);
  g_assert_cmpuint (foc_mlp_shape_offset (&shape, 2), ==, 1728 * 128 + 128 * 64);
  g_assert_cmpuint (foc_mlp_shape_n_parameters (&shape), ==,
                    1728 * 128 + 128 * 64 + 64 * 5);

  foc_mlp_shape_init (&shape, 65536, hidden + 2, 2, 1000);
  g_assert_cmpuint (foc_mlp_shape_offset (&shape, 1), ==, (gsize) 65536 * 8192);

  /* The paper's. */
  foc_mlp_shape_init (&shape, 1728, (const guint[]){ 128, 128 }, 2, 2);
  g_assert_cmpuint (foc_mlp_shape_n_parameters (&shape), ==, 237824);

  /* Shapes are compared as memory: no rest of an earlier one may stay. */
  {
    FocMlpShape other;

    memset (&other, 0xff, sizeof other);
    foc_mlp_shape_init (&other, 1728, (const guint[]){ 128, 128 }, 2, 2);
    g_assert_cmpmem (&other, sizeof other, &shape, sizeof shape);
  }
}

static void
test_initialise_distribution (void)
{
  FocMlpShape shape;
  g_autoptr (FocMlp) mlp = NULL;
  FocRng rng;

  foc_mlp_shape_init (&shape, 1728, (const guint[]){ 128, 128 }, 2, 2);
  mlp = foc_mlp_new (&shape);
  foc_rng_init (&rng, 1, FOC_RNG_STREAM_WEIGHTS);
  foc_mlp_initialise (mlp, &rng);

  for (guint layer = 0; layer < 3; layer++)
    {
      gsize begin = foc_mlp_shape_offset (&shape, layer);
      gsize n = foc_mlp_shape_offset (&shape, layer + 1) - begin;
      double bound = 1.0 / sqrt (shape.widths[layer]);
      double sum = 0.0, squares = 0.0, least = INFINITY, most = -INFINITY;

      for (gsize i = begin; i < begin + n; i++)
        {
          double w = mlp->parameters[i] / bound;

          least = MIN (least, w);
          most = MAX (most, w);
          sum += w;
          squares += w * w;
        }

      /* U (-1, 1) has variance 1/3, and its square has variance 4/45. Five
       * standard errors; the ends are missed by 20 / n once in exp (20 / 2). */
      g_assert_cmpfloat (least, >=, -1.0 - 2 * UNIT);
      g_assert_cmpfloat (most, <=, 1.0 + 2 * UNIT);
      g_assert_cmpfloat (least, <, -1.0 + 20.0 / n);
      g_assert_cmpfloat (most, >, 1.0 - 20.0 / n);
      g_assert_cmpfloat (fabs (sum / n), <, 5 * sqrt (1.0 / 3 / n));
      g_assert_cmpfloat (fabs (squares / n - 1.0 / 3), <, 5 * sqrt (4.0 / 45 / n));
    }
}

/* By a second PCG32, written in Python: (2 (next >> 8) / 2^24 - 1) / sqrt (in). */
static void
test_initialise_known_numbers (void)
{
  static const float expected[] = {
    -0x1.5c2f00p-8f, -0x1.381730p-4f, 0x1.4a9da8p-3f,  -0x1.58b270p-2f, -0x1.184aa0p-2f,
    -0x1.6047dcp-2f, -0x1.14ff64p-2f, -0x1.151054p-2f, -0x1.24b120p-3f, 0x1.333170p-4f,
    -0x1.624110p-2f, -0x1.72c330p-2f, 0x1.afe2b8p-2f,  -0x1.aeb9d6p-2f, 0x1.c4a39cp-2f,
    -0x1.442010p-4f, -0x1.c71860p-3f, 0x1.c6e106p-2f,
  };
  FocMlpShape shape;
  g_autoptr (FocMlp) mlp = NULL;
  FocRng rng;

  foc_mlp_shape_init (&shape, 4, (const guint[]){ 3 }, 1, 2);
  mlp = foc_mlp_new (&shape);
  foc_rng_init (&rng, 20220601, FOC_RNG_STREAM_WEIGHTS);
  foc_mlp_initialise (mlp, &rng);

  g_assert_cmpmem (mlp->parameters, mlp->n_parameters * sizeof (float), expected,
                   sizeof expected);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mlp/shape", test_shape);
  g_test_add_func ("/mlp/initialise-distribution", test_initialise_distribution);
  g_test_add_func ("/mlp/initialise-known-numbers", test_initialise_known_numbers);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-novelty.h"

#include "foc-rng.h"

#include <math.h>
#include <string.h>

enum
{
  N = 3000
};

/* A picture of grey levels around 128: noise of `strength`, smoothed by being of blocks
 * with `side` pixels. */
static void
draw (FocRng *rng, double strength, guint side, guint8 features[FOC_N_FEATURES])
{
  double levels[FOC_FEATURE_SIDE][FOC_FEATURE_SIDE];

  for (guint i = 0; i < FOC_FEATURE_SIDE; i++)
    for (guint j = 0; j < FOC_FEATURE_SIDE; j++)
      {
        levels[i][j] = i % side == 0 && j % side == 0
                         ? 128 + strength * foc_rng_normal (rng)
                         : levels[i / side * side][j / side * side];
        memset (features + (i * FOC_FEATURE_SIDE + j) * 3,
                (int) CLAMP (levels[i][j], 0, 255), 3);
      }
}

/* Against the definition, in floating point. */
static void
test_look (void)
{
  guint8 features[FOC_N_FEATURES];
  double look[FOC_N_LOOKS], plain[FOC_N_LOOKS];
  double detail = 0, sum = 0, squares = 0;
  FocRng rng;

  foc_rng_init (&rng, 1, 1);
  for (guint i = 0; i < FOC_N_FEATURES; i++)
    features[i] = (guint8) foc_rng_below (&rng, 256);
  foc_look_measure (features, look);

  for (int i = 0; i < 24; i++)
    for (int j = 0; j < 24; j++)
      {
        const guint8 *pixel = features + (i * 24 + j) * 3;
        double grey = (0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]) / 255;

        for (int c = 0; c < 3; c++)
          {
            double blurred = 0;

            for (int y = -1; y <= 1; y++)
              for (int x = -1; x <= 1; x++)
                blurred +=
                  (2 - abs (y)) * (2 - abs (x)) / 16.0
                  * features[(CLAMP (i + y, 0, 23) * 24 + CLAMP (j + x, 0, 23)) * 3 + c];
            detail += pow ((pixel[c] - blurred) / 255, 2);
          }
        sum += grey;
        squares += grey * grey;
      }
  g_assert_cmpfloat_with_epsilon (look[0], log (sqrt (detail) + 0.05), 1e-9);
  g_assert_cmpfloat_with_epsilon (
    look[1], log (sqrt (squares / 576 - pow (sum / 576, 2)) + 0.02), 1e-9);

  /* Without either, it is finite, and the same for every colour. */
  memset (features, 0, sizeof features);
  foc_look_measure (features, plain);
  g_assert_cmpfloat_with_epsilon (plain[0], log (0.05), 1e-9);
  g_assert_cmpfloat_with_epsilon (plain[1], log (0.02), 1e-9);
  memset (features, 255, sizeof features);
  foc_look_measure (features, look);
  g_assert_cmpmem (look, sizeof look, plain, sizeof plain);
}

/* Pictures of blocks of three pixels, of which the first class is lighter drawn. Answers
 * are right with their probability, but those of the second class less often where there is
 * much detail. */
static FocNovelty *
learn (double slope, guint32 n)
{
  g_autofree FocOutcome *outcomes = g_new0 (FocOutcome, n);
  FocLookSums sums = { 0 };
  FocNovelty *novelty;
  FocRng rng;

  foc_rng_init (&rng, 4, 2);
  for (guint32 i = 0; i < n; i++)
    {
      guint8 features[FOC_N_FEATURES];

      double look[FOC_N_LOOKS];

      draw (&rng, 20 + 30 * foc_rng_uniform (&rng), 3, features);
      foc_look_measure (features, look);
      foc_look_sums_add (&sums, look);
      outcomes[i].look[0] = (float) look[0];
      outcomes[i].look[1] = (float) look[1];
    }

  novelty = foc_novelty_new (2, &sums);
  for (guint32 i = 0; i < n; i++)
    {
      FocOutcome *outcome = &outcomes[i];
      double z = (outcome->look[0] - novelty->mean[0]) / novelty->spread[0];
      double odds;

      outcome->label = (guint16) foc_rng_below (&rng, 2);
      outcome->probability = (float) (0.5 + 0.5 * foc_rng_uniform (&rng));
      odds = log (outcome->probability / (1 - outcome->probability));
      outcome->right = foc_rng_uniform (&rng)
                       < 1 / (1 + exp (-odds - (outcome->label == 1 ? slope * z : 0)));
    }
  foc_novelty_fit (novelty, outcomes, n, 0.6);
  return novelty;
}

/* The slope that the outcomes were drawn with comes back. The two looks go together here,
 * so that it may be shared by both. */
static void
test_weights (void)
{
  for (int slope = -2; slope <= 2; slope++)
    {
      g_autoptr (FocNovelty) novelty = learn (slope, N);
      double high[FOC_N_LOOKS], low[FOC_N_LOOKS];

      g_assert_cmpfloat_with_epsilon (
        novelty->weights[0] + novelty->correlation * novelty->weights[1], 0, 0.3);
      g_assert_cmpfloat_with_epsilon (
        novelty->weights[2] + novelty->correlation * novelty->weights[3], slope, 0.4);

      for (guint i = 0; i < FOC_N_LOOKS; i++)
        {
          high[i] = novelty->mean[i] + novelty->spread[i];
          low[i] = novelty->mean[i] - novelty->spread[i];
        }
      g_assert_cmpfloat_with_epsilon (
        foc_novelty_get_certainty (novelty, novelty->mean, 1, 0.9), 0.9, 1e-9);
      if (slope < 0)
        g_assert_cmpfloat (foc_novelty_get_certainty (novelty, high, 1, 0.9), <, 0.85);
      if (slope > 0)
        g_assert_cmpfloat (foc_novelty_get_certainty (novelty, low, 1, 0.9), <, 0.85);
    }
}

/* Where half of the sure answers are wrong, nearly all are doubted, but never all. Where
 * all are right, the certainties themselves say how many will not be: (1 - c), summed from
 * the surest on, reaches its limit there. Few outcomes are told by that alone. */
static void
test_min_certainty (void)
{
  FocLookSums sums = { 0 };
  FocOutcome outcomes[N] = { 0 };

  for (guint kind = 0; kind < 4; kind++)
    {
      g_autoptr (FocNovelty) novelty = foc_novelty_new (2, &sums);
      guint32 n = kind == 3 ? 50 : N;
      double expected = 0;

      for (guint32 i = 0; i < n; i++)
        outcomes[i] = (FocOutcome){
          .label = (guint16) (i % 2),
          .probability = kind == 2 ? 0.9999f : (float) (0.5 + 0.4999 * i / n),
          .right = kind == 1   ? i % 2 != 0
                   : kind == 3 ? i != n - 1
                               : TRUE,
        };
      foc_novelty_fit (novelty, outcomes, n, 0.6);

      if (kind == 1)
        g_assert_cmpfloat (novelty->min_certainty, ==, FOC_NOVELTY_MIN_CERTAINTY_MAX);
      if (kind == 2) /* all are sure enough */
        g_assert_cmpfloat (novelty->min_certainty, ==, 0.0);
      for (guint32 i = 0; i < n; i++)
        if (outcomes[i].probability >= novelty->min_certainty)
          expected += 1 - outcomes[i].probability;
      if (kind == 0)
        {
          g_assert_cmpfloat (expected / n, <, FOC_NOVELTY_EXPECTED);
          g_assert_cmpfloat (expected / n, >, FOC_NOVELTY_EXPECTED - 0.001);
        }
      if (kind == 3) /* one mistake of 50 says nothing */
        g_assert_cmpfloat (novelty->min_certainty, <, 0.96);
    }
}

/* Sure answers of which a few are wrong, whatever they look like: weights stay moderate. */
static void
test_sure_mistakes (void)
{
  g_autofree FocOutcome *outcomes = g_new0 (FocOutcome, N);
  FocLookSums sums = { 0 };
  g_autoptr (FocNovelty) novelty = NULL;
  FocRng rng;

  foc_rng_init (&rng, 6, 2);
  for (guint32 i = 0; i < N; i++)
    {
      double look[] = { foc_rng_normal (&rng), foc_rng_normal (&rng) };

      foc_look_sums_add (&sums, look);
      outcomes[i] = (FocOutcome){
        .look = { (float) look[0], (float) look[1] },
        .probability = 0.9999f,
        .right = i % 100 != 0,
      };
    }
  novelty = foc_novelty_new (2, &sums);
  foc_novelty_fit (novelty, outcomes, N, 0.8);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (fabs (novelty->weights[i]), <, 20);
  g_assert_cmpfloat (novelty->min_certainty, <=, FOC_NOVELTY_MIN_CERTAINTY_MAX);
}

/* Nearly all pictures of the kind that was learnt are near; others are not. */
static void
test_distance (void)
{
  g_autoptr (FocNovelty) novelty = learn (0, N);
  guint8 features[FOC_N_FEATURES];
  double look[FOC_N_LOOKS];
  guint n_far = 0;
  FocRng rng;

  foc_rng_init (&rng, 9, 2);
  for (guint i = 0; i < 1000; i++)
    {
      draw (&rng, 20 + 30 * foc_rng_uniform (&rng), 3, features);
      foc_look_measure (features, look);
      n_far += foc_novelty_get_distance (novelty, look) > novelty->max_distance;
    }
  g_assert_cmpuint (n_far, >, 0);
  g_assert_cmpuint (n_far, <, 20);
  g_assert_cmpfloat_with_epsilon (foc_novelty_get_distance (novelty, novelty->mean), 0,
                                  1e-9);

  memset (features, 200, sizeof features); /* one colour */
  foc_look_measure (features, look);
  g_assert_cmpfloat (foc_novelty_get_distance (novelty, look), >, novelty->max_distance);
  draw (&rng, 35, 1, features); /* the same contrast, but all of it detail */
  foc_look_measure (features, look);
  g_assert_cmpfloat (foc_novelty_get_distance (novelty, look), >, novelty->max_distance);
  draw (&rng, 35, 12, features); /* and hardly any of it */
  foc_look_measure (features, look);
  g_assert_cmpfloat (foc_novelty_get_distance (novelty, look), >, novelty->max_distance);
}

/* No pictures, one, and probabilities without doubt. */
static void
test_degenerate (void)
{
  for (guint n = 0; n < 3; n++)
    {
      FocLookSums sums = { 0 };
      FocOutcome outcomes[] = { { { 1, -2 }, 1.0, 0, FALSE },
                                { { 1, -2 }, 0.0, 1, TRUE } };
      const double look[FOC_N_LOOKS] = { 1, -2 };
      g_autoptr (FocNovelty) novelty = NULL;

      for (guint i = 0; i < n; i++)
        foc_look_sums_add (&sums, look);
      novelty = foc_novelty_new (3, &sums);
      foc_novelty_fit (novelty, outcomes, n, 0.8);
      for (guint i = 0; i < 6; i++)
        g_assert_true (isfinite (novelty->weights[i]));
      g_assert_true (isfinite (foc_novelty_get_certainty (novelty, look, 0, 1.0)));
      g_assert_cmpint (isinf (novelty->max_distance) != 0, ==, n == 0);
    }
}

static void
test_json (void)
{
  static const char *const changes[][2] = {
    { "\"spread\":[", "\"spread\":[0.0,\"x\":[" },
    { "\"correlation\":", "\"correlation\":1" },
    { "\"weights\":[", "\"weights\":[1.5," },
    { "\"min_certainty\":", "\"min_certainty\":null,\"x\":" },
    { "\"max_distance\":", "\"max_distance\":-" },
    { "\"mean\":[", "\"mean\":[null,\"x\":[" },
  };
  g_autoptr (FocNovelty) novelty = learn (-1, 500);
  g_autoptr (FocNovelty) copy = foc_novelty_copy (novelty);
  g_autoptr (FocNovelty) back = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *text = NULL;

  foc_novelty_to_json (copy, builder);
  text = foc_json_to_string (builder, FALSE, NULL);
  object = foc_json_parse (text, strlen (text), NULL);
  back = foc_novelty_from_json (object, 2);
  g_assert_nonnull (back);
  g_assert_null (foc_novelty_from_json (object, 3));
  g_assert_cmpmem (back->weights, 4 * sizeof (double), novelty->weights,
                   4 * sizeof (double));
  g_assert_cmpmem (back->mean, sizeof back->mean, novelty->mean, sizeof novelty->mean);
  g_assert_cmpfloat (back->max_distance, ==, novelty->max_distance);
  g_assert_cmpfloat (back->min_certainty, ==, novelty->min_certainty);
  g_assert_cmpfloat (back->correlation, ==, novelty->correlation);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_auto (GStrv) parts = g_strsplit (text, changes[i][0], 2);
      g_autofree char *changed = NULL;
      g_autoptr (JsonObject) damaged = NULL;

      g_test_message ("%s", changes[i][1]);
      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      changed = g_strjoinv (changes[i][1], parts);
      damaged = foc_json_parse (changed, strlen (changed), NULL);
      g_assert_true (damaged == NULL || foc_novelty_from_json (damaged, 2) == NULL);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/novelty/look", test_look);
  g_test_add_func ("/novelty/weights", test_weights);
  g_test_add_func ("/novelty/min-certainty", test_min_certainty);
  g_test_add_func ("/novelty/sure-mistakes", test_sure_mistakes);
  g_test_add_func ("/novelty/distance", test_distance);
  g_test_add_func ("/novelty/degenerate", test_degenerate);
  g_test_add_func ("/novelty/json", test_json);

  return g_test_run ();
}

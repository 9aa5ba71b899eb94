/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-settings.h"

#include "foc-error.h"

#include <float.h>
#include <math.h>
#include <string.h>

static JsonObject *
to_object (const FocSettings *settings)
{
  g_autofree char *text = foc_settings_to_string (settings);
  g_autoptr (GError) error = NULL;
  JsonObject *object = foc_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return object;
}

static void
test_presets (void)
{
  static const guint32 sizes[] = { 0, 1, 200, 1200, 10000, 2000000 };
  g_autoptr (GError) error = NULL;
  FocPreset preset;
  FocSettings paper, other;

  g_assert_true (foc_preset_from_string ("paper", &preset));
  g_assert_cmpint (preset, ==, FOC_PRESET_PAPER);
  g_assert_true (foc_preset_from_string ("recommended", &preset));
  g_assert_cmpint (preset, ==, FOC_PRESET_RECOMMENDED);
  g_assert_false (foc_preset_from_string ("Paper", &preset));

  foc_settings_init (&paper, FOC_PRESET_PAPER, 10000);
  g_assert_cmpint (paper.training.optimizer, ==, FOC_OPTIMIZER_SGD);
  g_assert_cmpuint (paper.training.batch_size, ==, 64);
  g_assert_cmpuint (paper.n_learning_rates, ==, 2);
  g_assert_cmpfloat (paper.learning_rates[0], ==, 0.01);
  g_assert_cmpuint (paper.n_epochs, ==, 3);
  g_assert_cmpuint (foc_settings_max_epochs (&paper), ==, 5);
  g_assert_cmpuint (paper.split.shares[FOC_PART_HOLDOUT], ==, 30);
  g_assert_cmpuint (paper.split.group, ==, FOC_KEEP_NONE);
  foc_settings_init (&other, FOC_PRESET_RECOMMENDED, 10000);
  g_assert_cmpuint (other.split.group, ==, FOC_KEEP_DUPLICATES);
  {
    FocMlpShape shape;

    foc_training_settings_get_shape (&paper.training, 2, &shape);
    g_assert_cmpuint (foc_mlp_shape_n_parameters (&shape), ==, 237824);
  }

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (preset = FOC_PRESET_PAPER; preset <= FOC_PRESET_RECOMMENDED; preset++)
      {
        g_autofree char *before = NULL;
        g_autofree char *after = NULL;

        foc_settings_init (&other, preset, sizes[i]);
        before = foc_settings_to_string (&other);
        g_assert_true (foc_settings_normalise (&other, &error));
        after = foc_settings_to_string (&other);
        g_assert_cmpstr (before, ==, after); /* a preset is normal already */
      }
}

static void
test_normalise (void)
{
  static const double rates[] = { 0.001, 0.1, 0.001, 3.0, 0.1 };
  static const guint epochs[] = { 7, 1, 7, 7, 3, 1 };
  FocSettings settings;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  memcpy (settings.learning_rates, rates, sizeof rates);
  settings.n_learning_rates = G_N_ELEMENTS (rates);
  memcpy (settings.epochs, epochs, sizeof epochs);
  settings.n_epochs = G_N_ELEMENTS (epochs);

  g_assert_true (foc_settings_normalise (&settings, NULL));
  g_assert_cmpuint (settings.n_learning_rates, ==, 3);
  g_assert_cmpfloat (settings.learning_rates[0], ==, 3.0);
  g_assert_cmpfloat (settings.learning_rates[1], ==, 0.1);
  g_assert_cmpfloat (settings.learning_rates[2], ==, 0.001);
  g_assert_cmpuint (settings.n_epochs, ==, 3);
  g_assert_cmpuint (settings.epochs[0], ==, 1);
  g_assert_cmpuint (settings.epochs[1], ==, 3);
  g_assert_cmpuint (settings.epochs[2], ==, 7);
  g_assert_cmpuint (foc_settings_max_epochs (&settings), ==, 7);
}

/* One limit: what is done to good settings, and whether they stay good. */
#define CHECK(statement, expected)                                                       \
  G_STMT_START                                                                           \
  {                                                                                      \
    g_autoptr (GError) error = NULL;                                                     \
    FocSettings s;                                                                       \
                                                                                         \
    foc_settings_init (&s, FOC_PRESET_PAPER, 0);                                         \
    statement;                                                                           \
    g_assert_cmpint (foc_settings_normalise (&s, &error), ==, expected);                 \
    if (expected)                                                                        \
      g_assert_no_error (error);                                                         \
    else                                                                                 \
      g_assert_error (error, FOC_ERROR, FOC_ERROR_SETTINGS);                             \
  }                                                                                      \
  G_STMT_END

static void
test_limits (void)
{
  CHECK (s.n_learning_rates = 0, FALSE);
  CHECK (s.n_learning_rates = FOC_LIMIT_LEARNING_RATES + 1, FALSE);
  CHECK (s.learning_rates[1] = 0.0, FALSE);
  CHECK (s.learning_rates[1] = -0.1, FALSE);
  CHECK (s.learning_rates[1] = NAN, FALSE);
  CHECK (s.learning_rates[1] = INFINITY, FALSE);
  CHECK (s.learning_rates[1] = 1e-10, FALSE);
  CHECK (s.learning_rates[1] = 1e-9, TRUE);
  CHECK (s.learning_rates[1] = 1e3, TRUE);
  CHECK (s.learning_rates[1] = 1001, FALSE);
  CHECK (s.n_epochs = 0, FALSE);
  CHECK (s.n_epochs = FOC_LIMIT_EPOCH_COUNTS + 1, FALSE);
  CHECK (s.epochs[0] = 0, FALSE);
  CHECK (s.epochs[0] = FOC_LIMIT_EPOCHS, TRUE);
  CHECK (s.epochs[0] = FOC_LIMIT_EPOCHS + 1, FALSE);
  CHECK (s.training.n_hidden = 0, TRUE);
  CHECK (s.training.n_hidden = FOC_LIMIT_HIDDEN_LAYERS + 1, FALSE);
  CHECK (s.training.hidden[1] = 0, FALSE);
  CHECK (s.training.hidden[1] = 1, TRUE);
  CHECK (s.training.hidden[1] = FOC_LIMIT_LAYER_WIDTH, TRUE);
  CHECK (s.training.hidden[1] = FOC_LIMIT_LAYER_WIDTH + 1, FALSE);
  /* Each width is legal, all together would not fit into a checkpoint. */
  CHECK ((s.training.n_hidden = 3, s.training.hidden[0] = FOC_LIMIT_LAYER_WIDTH,
          s.training.hidden[1] = FOC_LIMIT_LAYER_WIDTH,
          s.training.hidden[2] = FOC_LIMIT_LAYER_WIDTH),
         FALSE);
  CHECK (s.training.batch_size = 0, FALSE);
  CHECK (s.training.batch_size = 1, TRUE);
  CHECK (s.training.batch_size = FOC_LIMIT_BATCH_SIZE, TRUE);
  CHECK (s.training.batch_size = FOC_LIMIT_BATCH_SIZE + 1, FALSE);
  CHECK (
    (s.training.hidden[0] = s.training.hidden[1] = 4096, s.training.batch_size = 512),
    TRUE);
  CHECK (
    (s.training.hidden[0] = s.training.hidden[1] = 4096, s.training.batch_size = 5000),
    FALSE);
  CHECK (s.training.momentum = 0.0, TRUE);
  CHECK (s.training.momentum = -0.1, FALSE);
  CHECK (s.training.momentum = 1.0, FALSE);
  CHECK (s.training.momentum = NAN, FALSE);
  CHECK (s.training.seed = 0, TRUE);
  CHECK (s.training.seed = G_MAXINT64, TRUE);
  CHECK (s.training.seed = (guint64) G_MAXINT64 + 1, FALSE);
  CHECK (s.training.seed = G_MAXUINT64, FALSE);
  CHECK (s.threshold = 0.0, TRUE);
  CHECK (s.threshold = 1.0, TRUE);
  CHECK (s.threshold = nextafter (1.0, 2.0), FALSE);
  CHECK (s.threshold = -DBL_MIN, FALSE);
  CHECK (s.threshold = NAN, FALSE);
  CHECK (s.threshold = INFINITY, FALSE);
  CHECK (s.split.seed = (guint64) G_MAXINT64 + 1, FALSE);
  CHECK (s.split.group = FOC_KEEP_ALL, TRUE);
  CHECK (s.split.group = (FocKeep) (FOC_KEEP_ALL + 1), FALSE);
  CHECK (s.split.shares[FOC_PART_HOLDOUT] = 0, FALSE);
  CHECK (s.split.shares[FOC_PART_TRAIN] = FOC_SPLIT_SHARE_MAX + 1, FALSE);
}

/* What an optimiser or a split has no use for does not tell two settings apart. */
static void
test_without_effect (void)
{
  FocSettings settings, plain;
  g_autofree char *split = NULL;
  FocSplitSettings back;

  foc_settings_init (&plain, FOC_PRESET_PAPER, 0);
  settings = plain;
  settings.training.momentum = 0.5;
  settings.split.seed = 7;
  g_assert_true (foc_settings_normalise (&settings, NULL));
  g_assert_cmpfloat (settings.training.momentum, ==, plain.training.momentum);
  g_assert_cmpuint (settings.split.seed, ==, plain.split.seed);

  settings.training.optimizer = FOC_OPTIMIZER_MOMENTUM;
  settings.training.momentum = 0.5;
  settings.split.method = FOC_SPLIT_STRATIFIED;
  settings.split.seed = 7;
  settings.split.shares[1] = 33;
  g_assert_true (foc_settings_normalise (&settings, NULL));
  g_assert_cmpfloat (settings.training.momentum, ==, 0.5);
  g_assert_cmpuint (settings.split.seed, ==, 7);

  split = foc_split_settings_to_string (&settings.split);
  g_assert_true (foc_split_settings_from_string (&back, split));
  g_assert_cmpint (back.method, ==, FOC_SPLIT_STRATIFIED);
  g_assert_cmpuint (back.shares[1], ==, 33);
  g_assert_cmpuint (back.seed, ==, 7);
  g_assert_cmpuint (back.group, ==, FOC_KEEP_NONE);
  g_assert_false (foc_split_settings_from_string (&back, "{}"));
  g_assert_false (foc_split_settings_from_string (&back, "stratified"));
}

/* Splits of a time when nothing was kept together say nothing about it. */
static void
test_group (void)
{
  static const char *const bad[] = { "\"all\"", "\"\"", "3", "null", "[\"names\"]" };
  FocSplitSettings split = { FOC_SPLIT_PAPER, { 5, 2, 3 }, 1, FOC_KEEP_NONE }, back;

  for (guint keep = FOC_KEEP_NONE; keep <= FOC_KEEP_ALL; keep++)
    {
      g_autofree char *string = NULL;

      split.group = (FocKeep) keep;
      string = foc_split_settings_to_string (&split);
      memset (&back, 0xaa, sizeof back);
      g_assert_true (foc_split_settings_from_string (&back, string));
      g_assert_cmpuint (back.group, ==, keep);
      g_assert_cmpint (strstr (string, "group") != NULL, ==, keep != FOC_KEEP_NONE);
    }

  g_assert_true (foc_split_settings_from_string (
    &back, "{\"split\":\"paper\",\"shares\":[5,2,3],\"group\":\"none\"}"));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *string =
        g_strdup_printf ("{\"split\":\"paper\",\"shares\":[5,2,3],\"group\":%s}", bad[i]);

      g_assert_false (foc_split_settings_from_string (&back, string));
    }
}

static void
test_round_trip (void)
{
  static const double rates[] = { 1000.0, 1.0,  0.1,  1.0 / 3, 0.01,
                                  1e-5,   2e-8, 1e-9, 3.0,     0.30000000000000004 };
  static const FocOptimizerKind kinds[] = { FOC_OPTIMIZER_SGD, FOC_OPTIMIZER_MOMENTUM,
                                            FOC_OPTIMIZER_ADAM };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      FocSettings settings, back;
      g_autoptr (JsonObject) object = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
      memcpy (settings.learning_rates, rates, sizeof rates);
      settings.n_learning_rates = G_N_ELEMENTS (rates);
      settings.training.optimizer = kinds[i];
      settings.training.momentum =
        kinds[i] == FOC_OPTIMIZER_MOMENTUM ? 0.9 * (1 + 2e-16) : 0.9;
      settings.training.seed = G_MAXINT64;
      settings.training.n_hidden = i;
      settings.split.method = i == 0 ? FOC_SPLIT_PAPER : FOC_SPLIT_STRATIFIED;
      settings.split.seed = i == 0 ? 1 : 12345678901234567;
      settings.split.group = (FocKeep) i;
      g_assert_true (foc_settings_normalise (&settings, NULL));

      object = to_object (&settings);
      memset (&back, 0xaa, sizeof back);
      g_assert_true (foc_settings_from_json (&back, object));

      g_assert_cmpmem (back.learning_rates, sizeof rates, settings.learning_rates,
                       sizeof rates);
      g_assert_cmpfloat (back.training.momentum, ==, settings.training.momentum);
      g_assert_true (back.training.seed == settings.training.seed);
      g_assert_true (back.split.seed == settings.split.seed);
      g_assert_cmpint (back.split.method, ==, settings.split.method);
      g_assert_cmpuint (back.split.group, ==, i);
      g_assert_cmpuint (back.training.n_hidden, ==, i);
      before = foc_settings_to_string (&settings);
      after = foc_settings_to_string (&back);
      g_assert_cmpstr (before, ==, after);
    }
}

/* Whatever changes an outcome changes the string by which settings are compared. */
static void
test_string (void)
{
  FocSettings a, b;
  g_autofree char *first = NULL;

#define DIFFERS(statement)                                                               \
  G_STMT_START                                                                           \
  {                                                                                      \
    g_autofree char *string = NULL;                                                      \
                                                                                         \
    b = a;                                                                               \
    statement;                                                                           \
    string = foc_settings_to_string (&b);                                                \
    g_assert_cmpstr (string, !=, first);                                                 \
  }                                                                                      \
  G_STMT_END

  foc_settings_init (&a, FOC_PRESET_PAPER, 0);
  a.training.optimizer = FOC_OPTIMIZER_MOMENTUM;
  a.split.method = FOC_SPLIT_STRATIFIED;
  first = foc_settings_to_string (&a);

  DIFFERS (b.learning_rates[0] = 0.010000000000000002);
  DIFFERS (b.n_learning_rates = 1);
  DIFFERS (b.epochs[2] = 6);
  DIFFERS (b.n_epochs = 2);
  DIFFERS (b.training.batch_size = 65);
  DIFFERS (b.training.hidden[1] = 127);
  DIFFERS (b.training.n_hidden = 1);
  DIFFERS (b.training.optimizer = FOC_OPTIMIZER_ADAM);
  DIFFERS (b.training.momentum = 0.8);
  DIFFERS (b.training.seed = 2);
  DIFFERS (b.training.augment = TRUE);
  DIFFERS (b.threshold = nextafter (a.threshold, 1.0));
  DIFFERS (b.split.method = FOC_SPLIT_PAPER);
  DIFFERS (b.split.shares[1] = 21);
  DIFFERS (b.split.seed = 2);
  DIFFERS (b.split.group = FOC_KEEP_NAMES);
}

static void
test_damaged (void)
{
  static const char *const members[] = { "learning_rates", "epochs",    "batch_size",
                                         "hidden",         "optimizer", "momentum",
                                         "seed",           "split",     "shares",
                                         "split_seed",     "threshold" };
  static const char *const values[] = { "null",
                                        "true",
                                        "-1",
                                        "1e300",
                                        "\"x\"",
                                        "\"\"",
                                        "{}",
                                        "[]",
                                        "[-1]",
                                        "[null]",
                                        "[[1]]",
                                        "[1e99]",
                                        "[\"1\"]",
                                        "[1,2,3,4,5,6,7,8,9,10,"
                                        "11,12,13,14,15,16,17]" };
  FocSettings settings, back;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  settings.training.optimizer = FOC_OPTIMIZER_MOMENTUM;
  settings.split.method = FOC_SPLIT_STRATIFIED;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (values); j++)
        {
          g_autoptr (JsonObject) good = to_object (&settings);
          g_autoptr (JsonObject) bad = json_object_new ();
          g_autofree char *text = g_strdup_printf ("{\"x\":%s}", values[j]);
          g_autoptr (JsonObject) value = foc_json_parse (text, strlen (text), NULL);
          g_autoptr (GList) names = json_object_get_members (good);

          for (GList *name = names; name != NULL; name = name->next)
            {
              JsonObject *from = g_str_equal (name->data, members[i]) ? value : good;

              json_object_set_member (bad, name->data,
                                      json_node_copy (json_object_get_member (
                                        from, from == value ? "x" : name->data)));
            }
          g_assert_true (json_object_has_member (bad, members[i]));
          /* A network without hidden layers is one. */
          g_assert_cmpint (foc_settings_from_json (&back, bad), ==,
                           g_str_equal (members[i], "hidden")
                             && g_str_equal (values[j], "[]"));
        }

      {
        g_autoptr (JsonObject) good = to_object (&settings);
        g_autoptr (JsonObject) bad = json_object_new ();
        g_autoptr (GList) names = json_object_get_members (good);

        for (GList *name = names; name != NULL; name = name->next)
          if (!g_str_equal (name->data, members[i]))
            json_object_set_member (
              bad, name->data,
              json_node_copy (json_object_get_member (good, name->data)));
        g_assert_false (foc_settings_from_json (&back, bad));
      }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/settings/presets", test_presets);
  g_test_add_func ("/settings/normalise", test_normalise);
  g_test_add_func ("/settings/limits", test_limits);
  g_test_add_func ("/settings/group", test_group);
  g_test_add_func ("/settings/round-trip", test_round_trip);
  g_test_add_func ("/settings/string", test_string);
  g_test_add_func ("/settings/damaged", test_damaged);
  g_test_add_func ("/settings/without-effect", test_without_effect);

  return g_test_run ();
}

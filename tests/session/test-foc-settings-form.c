/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-settings-form.h"

#include "foc-catalog.h"
#include "foc-error.h"

#include <string.h>

/* All values, with blanks. */
static char *
write_all (const FocSettings *settings, FocField field, const char *decimal)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < foc_field_count (settings, field); i++)
    {
      g_autofree char *value = foc_field_write (settings, field, i, decimal);

      g_string_append_printf (all, "%s%s", i > 0 ? " " : "", value);
    }
  return g_string_free (all, FALSE);
}

static void
assert_field (const FocSettings *settings, FocField field, const char *expected)
{
  g_autofree char *all = write_all (settings, field, ".");

  g_assert_cmpstr (all, ==, expected);
}

static void
test_write (void)
{
  FocSettings settings;
  g_autofree char *comma = NULL;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  assert_field (&settings, FOC_FIELD_LEARNING_RATES, "0.01 0.001");
  assert_field (&settings, FOC_FIELD_EPOCHS, "1 3 5");
  assert_field (&settings, FOC_FIELD_HIDDEN, "128 128");
  assert_field (&settings, FOC_FIELD_BATCH_SIZE, "64");
  assert_field (&settings, FOC_FIELD_MOMENTUM, "0.9");
  assert_field (&settings, FOC_FIELD_SEED, "1");
  settings.training.seed = G_MAXINT64;
  assert_field (&settings, FOC_FIELD_SEED, "9223372036854775807");
  comma = write_all (&settings, FOC_FIELD_LEARNING_RATES, ",");
  g_assert_cmpstr (comma, ==, "0,01 0,001");
}

/* With `message` NULL it is right. */
static void
assert_reads (FocField field, const char *text, const char *decimal, const char *message)
{
  FocSettings settings, before;
  g_autoptr (GError) error = NULL;
  g_autofree char *note = NULL;
  gboolean ok;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  settings.n_learning_rates = settings.n_epochs = settings.training.n_hidden = 0;
  before = settings;
  ok = field <= FOC_FIELD_HIDDEN
         ? foc_field_add (&settings, field, text, decimal, &note, &error)
         : foc_field_read (&settings, field, text, decimal, &error);
  if (message != NULL)
    {
      g_assert_error (error, FOC_ERROR, FOC_ERROR_SETTINGS);
      g_assert_cmpstr (error->message, ==, message);
      g_assert_cmpmem (&settings, sizeof settings, &before, sizeof before);
    }
  else
    {
      /* Then the core agrees. */
      g_assert_no_error (error);
      if (settings.n_learning_rates == 0)
        settings.learning_rates[settings.n_learning_rates++] = 0.1;
      if (settings.n_epochs == 0)
        settings.epochs[settings.n_epochs++] = 1;
      settings.training.optimizer = FOC_OPTIMIZER_MOMENTUM;
      g_assert_true (foc_settings_normalise (&settings, &error));
    }
  g_assert_cmpint (ok, ==, message == NULL);
}

#define RATE(text) "“" text "” is no learning rate: those are numbers from 1e-9 to 1000."
#define EPOCHS(text)                                                                     \
  "“" text "” is no number of epochs: those are whole numbers from 1 to 10000."
#define WIDTH(text)                                                                      \
  "“" text "” is no width of a layer: those are whole numbers from 1 to 8192."
#define BATCH "The batch size must be a whole number from 1 to 8192."
#define SEED "The seed must be a whole number from 0 to 9223372036854775807."

static void
test_ranges (void)
{
  assert_reads (FOC_FIELD_LEARNING_RATES, "1e-9 1000", ".", NULL);
  assert_reads (FOC_FIELD_LEARNING_RATES, "1e−3", ".", NULL);
  assert_reads (FOC_FIELD_LEARNING_RATES, "0,001", ",", NULL);
  assert_reads (FOC_FIELD_LEARNING_RATES, "0.1 1e-10", ".", RATE ("1e-10"));
  assert_reads (FOC_FIELD_LEARNING_RATES, "1001", ".", RATE ("1001"));
  assert_reads (FOC_FIELD_LEARNING_RATES, "1e999", ".", RATE ("1e999"));
  assert_reads (FOC_FIELD_LEARNING_RATES, "0", ".", RATE ("0"));
  assert_reads (FOC_FIELD_LEARNING_RATES, "−0.1", ".", RATE ("−0.1"));
  assert_reads (FOC_FIELD_LEARNING_RATES, "nan", ".", RATE ("nan"));
  assert_reads (FOC_FIELD_LEARNING_RATES, "a\tb", ".", RATE ("a"));
  assert_reads (FOC_FIELD_LEARNING_RATES, "\xe2\x80\xae", ".", RATE ("\\u202e"));

  assert_reads (FOC_FIELD_EPOCHS, "1 10000", ".", NULL);
  assert_reads (FOC_FIELD_EPOCHS, "0", ".", EPOCHS ("0"));
  assert_reads (FOC_FIELD_EPOCHS, "10001", ".", EPOCHS ("10001"));
  assert_reads (FOC_FIELD_EPOCHS, "2.5", ".", EPOCHS ("2.5"));
  assert_reads (FOC_FIELD_EPOCHS, "2.0", ".", EPOCHS ("2.0"));
  assert_reads (FOC_FIELD_EPOCHS, "99999999999999999999", ".",
                EPOCHS ("99999999999999999999"));

  assert_reads (FOC_FIELD_HIDDEN, "", ".", NULL);
  assert_reads (FOC_FIELD_HIDDEN, "128, 128", ".", NULL);
  assert_reads (FOC_FIELD_HIDDEN, "8193", ".", WIDTH ("8193"));
  assert_reads (FOC_FIELD_HIDDEN, "1 2 3 4 5", ".",
                "There may be at most 4 hidden layers.");

  assert_reads (FOC_FIELD_BATCH_SIZE, " 8192 ", ".", NULL);
  assert_reads (FOC_FIELD_BATCH_SIZE, "8193", ".", BATCH);
  assert_reads (FOC_FIELD_BATCH_SIZE, "0", ".", BATCH);
  assert_reads (FOC_FIELD_BATCH_SIZE, "", ".", BATCH);
  assert_reads (FOC_FIELD_BATCH_SIZE, "1 2", ".", BATCH);
  assert_reads (FOC_FIELD_MOMENTUM, "0", ".", NULL);
  assert_reads (FOC_FIELD_MOMENTUM, "0,9999", ",", NULL);
  assert_reads (FOC_FIELD_MOMENTUM, "1", ",",
                "The momentum must be a number from 0 to 0,9999.");
  assert_reads (FOC_FIELD_SEED, "0", ".", NULL);
  assert_reads (FOC_FIELD_SEED, "9223372036854775807", ".", NULL);
  assert_reads (FOC_FIELD_SEED, "9223372036854775808", ".", SEED);
  assert_reads (FOC_FIELD_SEED, "-1", ".", SEED);
}

static void
test_two_ways (void)
{
  assert_reads (FOC_FIELD_EPOCHS, "1.000", ",",
                "“1.000” can be read in two ways: write numbers from 1 to 10000 without "
                "thousands separators, and with a space between them.");
  assert_reads (FOC_FIELD_LEARNING_RATES, "0,001", ".",
                "“0,001” can be read in two ways: write numbers from 1e-9 to 1000 "
                "without thousands separators, and with a space between them.");
  assert_reads (FOC_FIELD_BATCH_SIZE, "1,024", ".",
                "“1,024” can be read in two ways: write a number from 1 to 8192 without "
                "thousands separators.");
}

static void
test_lists (void)
{
  FocSettings settings;
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  g_assert_true (foc_field_add (&settings, FOC_FIELD_LEARNING_RATES, "0.1 0.03; 3e-1",
                                ".", &note, &error));
  g_assert_null (note);
  assert_field (&settings, FOC_FIELD_LEARNING_RATES, "0.01 0.001 0.1 0.03 0.3");
  g_assert_true (foc_field_add (&settings, FOC_FIELD_LEARNING_RATES, "1e-1 0.2 0.2", ".",
                                &note, &error));
  g_assert_cmpstr (note, ==, "“0.2” is in the list already.");
  g_clear_pointer (&note, g_free);
  assert_field (&settings, FOC_FIELD_LEARNING_RATES, "0.01 0.001 0.1 0.03 0.3 0.2");
  foc_field_remove (&settings, FOC_FIELD_LEARNING_RATES, 0);
  foc_field_remove (&settings, FOC_FIELD_LEARNING_RATES, 4);
  assert_field (&settings, FOC_FIELD_LEARNING_RATES, "0.001 0.1 0.03 0.3");

  /* Layers may be of one width. */
  g_assert_true (foc_field_add (&settings, FOC_FIELD_HIDDEN, "64", ".", &note, &error));
  g_assert_true (foc_field_add (&settings, FOC_FIELD_HIDDEN, "64", ".", &note, &error));
  g_assert_null (note);
  assert_field (&settings, FOC_FIELD_HIDDEN, "128 128 64 64");
  for (guint i = 4; i-- > 0;)
    foc_field_remove (&settings, FOC_FIELD_HIDDEN, i);
  g_assert_true (foc_field_check (&settings, FOC_FIELD_HIDDEN, &error));

  for (guint i = 3; i-- > 0;)
    {
      g_assert_true (foc_field_check (&settings, FOC_FIELD_EPOCHS, &error));
      foc_field_remove (&settings, FOC_FIELD_EPOCHS, i);
    }
  g_assert_false (foc_field_check (&settings, FOC_FIELD_EPOCHS, &error));
  g_assert_cmpstr (error->message, ==,
                   "There must be at least one number of epochs, and at most 16.");
  g_clear_error (&error);

  g_assert_true (foc_field_add (&settings, FOC_FIELD_EPOCHS,
                                "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 16", ".", &note,
                                &error));
  g_assert_cmpstr (note, ==, "“16” is in the list already.");
  g_assert_false (foc_field_add (&settings, FOC_FIELD_EPOCHS, "17", ".", &note, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_SETTINGS);
  g_assert_cmpuint (settings.n_epochs, ==, 16);
}

static void
test_copy (void)
{
  FocSettings settings, from;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  from = (FocSettings){
    .training = { { 7, 8, 9 }, 3, 10, FOC_OPTIMIZER_ADAM, 0.5, 11, TRUE },
    .learning_rates = { 0.5 },
    .n_learning_rates = 1,
    .epochs = { 2, 4 },
    .n_epochs = 2,
  };
  for (FocField field = FOC_FIELD_LEARNING_RATES; field <= FOC_FIELD_SEED; field++)
    {
      g_autofree char *copied = NULL;
      g_autofree char *expected = write_all (&from, field, ".");

      foc_field_copy (&settings, &from, field);
      copied = write_all (&settings, field, ".");
      g_assert_cmpstr (copied, ==, expected);
    }
  /* Nothing else. */
  g_assert_cmpint (settings.training.optimizer, ==, FOC_OPTIMIZER_SGD);
  g_assert_false (settings.training.augment);
}

static void
test_preset (void)
{
  const guint32 sizes[] = { 0, 2999, 3000, 20000 };
  FocSettings settings;
  FocPreset preset;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (FocPreset of = FOC_PRESET_PAPER; of <= FOC_PRESET_RECOMMENDED; of++)
      {
        foc_settings_init (&settings, of, sizes[i]);
        settings.split =
          (FocSplitSettings){ FOC_SPLIT_STRATIFIED, { 1, 1, 1 }, 9, FOC_KEEP_ALL };
        g_assert_true (foc_settings_find_preset (&settings, sizes[i], &preset));
        g_assert_cmpint (preset, ==, of);
        g_assert_false (foc_preset_has_split (of, &settings.split));

        /* In whatever order. */
        settings.epochs[0] = settings.epochs[2];
        settings.epochs[2] = of == FOC_PRESET_PAPER ? 1 : sizes[i] < 3000 ? 5 : 3;
        g_assert_true (foc_settings_find_preset (&settings, sizes[i], &preset));
        settings.training.seed = 2;
        g_assert_false (foc_settings_find_preset (&settings, sizes[i], &preset));
      }

  /* Only the one with its group. */
  for (FocPreset of = FOC_PRESET_PAPER; of <= FOC_PRESET_RECOMMENDED; of++)
    {
      foc_settings_init (&settings, of, 100);
      for (preset = FOC_PRESET_PAPER; preset <= FOC_PRESET_RECOMMENDED; preset++)
        g_assert_cmpint (foc_preset_has_split (preset, &settings.split), ==,
                         preset == of);
      settings.split.shares[FOC_PART_TRAIN]++;
      g_assert_false (foc_preset_has_split (of, &settings.split));
    }

  foc_settings_init (&settings, FOC_PRESET_RECOMMENDED, 100);
  g_assert_false (foc_settings_find_preset (&settings, 10000, &preset));
}

static void
assert_cost (const char *rates, const char *epochs, guint32 n_train, const char *expected)
{
  FocSettings settings;
  g_autofree char *note = NULL;
  g_autofree char *cost = NULL;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  settings.n_learning_rates = settings.n_epochs = 0;
  g_assert_true (
    foc_field_add (&settings, FOC_FIELD_LEARNING_RATES, rates, ".", &note, NULL));
  g_assert_true (foc_field_add (&settings, FOC_FIELD_EPOCHS, epochs, ".", &note, NULL));
  cost = foc_settings_describe_cost (&settings, n_train);
  g_assert_cmpstr (cost, ==, expected);
}

static void
test_cost (void)
{
  assert_cost ("1 2 3 4", "100 1 2 5 10", 345,
               "4 learning rates × up to 100 epochs, 20 cells; 345 training pictures");
  assert_cost ("1", "1", 1,
               "1 learning rate × up to 1 epoch, 1 cell; 1 training picture");
  assert_cost ("1 2", "1 3 5", 0, "2 learning rates × up to 5 epochs, 6 cells");
}

static void
test_string (void)
{
  static const char *const damaged[] = { "", "{", "[]", "{}", "{\"epochs\":[1]}" };
  FocSettings settings, back;

  for (FocOptimizerKind kind = FOC_OPTIMIZER_SGD; kind <= FOC_OPTIMIZER_ADAM; kind++)
    {
      g_autofree char *text = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
      settings.training.optimizer = kind;
      settings.training.momentum = 0.1 + 0.2;
      settings.training.augment = TRUE;
      settings.learning_rates[0] = 1.0 / 3;
      settings.learning_rates[1] = 1e-9;
      settings.split =
        (FocSplitSettings){ FOC_SPLIT_STRATIFIED, { 1, 1, 1 }, 9, FOC_KEEP_ALL };
      g_assert_true (foc_settings_normalise (&settings, NULL));

      text = foc_settings_to_training_string (&settings);
      g_assert_null (strstr (text, "split"));
      g_assert_null (strstr (text, "shares"));
      g_assert_null (strstr (text, "group"));
      g_assert_true (foc_settings_from_training_string (&back, text));
      settings.split = foc_split_settings_default;
      before = foc_settings_to_string (&settings);
      after = foc_settings_to_string (&back);
      g_assert_cmpstr (after, ==, before);
    }

  /* What is said of a split nevertheless. */
  {
    g_autofree char *text = foc_settings_to_training_string (&settings);
    g_autofree char *more = g_strdup_printf ("{\"group\":\"names\",%s", text + 1);

    g_assert_true (foc_settings_from_training_string (&back, more));
    g_assert_cmpint (back.split.group, ==, foc_split_settings_default.group);
  }
  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    g_assert_false (foc_settings_from_training_string (&back, damaged[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/settings-form/write", test_write);
  g_test_add_func ("/settings-form/ranges", test_ranges);
  g_test_add_func ("/settings-form/two-ways", test_two_ways);
  g_test_add_func ("/settings-form/lists", test_lists);
  g_test_add_func ("/settings-form/copy", test_copy);
  g_test_add_func ("/settings-form/preset", test_preset);
  g_test_add_func ("/settings-form/cost", test_cost);
  g_test_add_func ("/settings-form/string", test_string);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-run-compare.h"

#include "test-experiment.h"
#include "test-folders.h"
#include "test-run.h"

#include <math.h>
#include <string.h>

/* "NAME: VALUE | VALUE" of each row, a line each. */
static char *
to_text (const GPtrArray *rows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const FocRunDifference *row = rows->pdata[i];
      g_autofree char *values = g_strjoinv (" | ", row->values);

      g_string_append_printf (text, "%s: %s\n", row->name, values);
    }

  return g_string_free (text, FALSE);
}

static void
assert_rows (GPtrArray *rows, const char *expected)
{
  g_autofree char *text = to_text (rows);

  g_assert_cmpstr (text, ==, expected);
  g_ptr_array_unref (rows);
}

/* What is set, and what is read of it. */
typedef struct
{
  void (*change) (FocRun *run);
  const char *row;
} Change;

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
change_dataset (FocRun *run)
{
  set_text (&run->dataset_name, "other\n");
}

static void
change_digest (FocRun *run)
{
  set_text (&run->data_digest, "f" TEST_RUN_SHA256);
}

static void
change_classes (FocRun *run)
{
  set_text (&run->class_names[1], "faces");
}

static void
change_pictures (FocRun *run)
{
  run->n_pictures = 22;
}

static void
change_split (FocRun *run)
{
  run->settings.split.method = FOC_SPLIT_STRATIFIED;
  run->settings.split.seed = G_MAXINT64;
}

static void
change_shares (FocRun *run)
{
  run->settings.split.shares[1] = 21;
}

static void
change_group (FocRun *run)
{
  run->settings.split.group = FOC_KEEP_ALL;
}

static void
change_rows (FocRun *run)
{
  run->n_rows[FOC_PART_HOLDOUT] = 7;
}

/* Too little for the six digits that most numbers have. */
static void
change_rate (FocRun *run)
{
  run->settings.learning_rates[0] = nextafter (0.01, 1);
}

static void
change_epochs (FocRun *run)
{
  run->settings.n_epochs = 2;
}

static void
change_batch (FocRun *run)
{
  run->settings.training.batch_size = 65;
}

static void
change_hidden (FocRun *run)
{
  run->settings.training.n_hidden = 0;
}

static void
change_optimizer (FocRun *run)
{
  run->settings.training.optimizer = FOC_OPTIMIZER_MOMENTUM;
  run->settings.training.momentum = 0.95;
}

static void
change_seed (FocRun *run)
{
  run->settings.training.seed = 2;
}

static void
change_augment (FocRun *run)
{
  run->settings.training.augment = TRUE;
}

static void
change_threshold (FocRun *run)
{
  run->settings.threshold = 0.75;
}

static void
change_version (FocRun *run)
{
  set_text (&run->program_version, "0.0");
}

/* No difference at all. */
static void
change_others (FocRun *run)
{
  set_text (&run->title, "something");
  set_text (&run->created, "1999-12-31");
  run->n_looks = 7;
}

static void
test_settings (void)
{
  static const Change changes[] = {
    { change_dataset, "Data set: pictures | other\\u000a\n" },
    { change_digest, "Digest of the data set: 0123456789ab | f0123456789a\n" },
    { change_classes, "Classes: comics, Gesichter \"☺\"\\u000a | comics, faces\n" },
    { change_pictures, "Pictures: 21 | 22\n" },
    { change_split, "Split: In file order | Stratified\n"
                    "Seed of the split: – | 9223372036854775807\n" },
    { change_shares, "Shares of the sets: 50, 20, 30 | 50, 21, 30\n" },
    { change_group, "Kept in one set: – | Duplicates and same names\n" },
    { change_rows, "Training, validation and holdout set: 10 · 4 · 6 | 10 · 4 · 7\n" },
    { change_rate, "Learning rates: 0.01; 2e-8 | 0.010000000000000002; 2e-8\n" },
    { change_epochs, "Epochs: 1, 3, 5 | 1, 3\n" },
    { change_batch, "Batch size: 64 | 65\n" },
    { change_hidden, "Hidden layers: 128, 128 | –\n" },
    { change_optimizer, "Optimiser: SGD | Momentum\nMomentum: – | 0.95\n" },
    { change_seed, "Seed: 1 | 2\n" },
    { change_augment, "Trained on variants of the pictures: No | Yes\n" },
    { change_threshold, "Threshold of “not sure”: 0.8 | 0.75\n" },
    { change_version, "Program version: " FOC_VERSION " | 0.0\n" },
    { change_others, "" },
  };
  g_autoptr (FocRun) a = test_make_run ("a", TEST_RUN_BEGUN);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (FocRun) b = test_make_run ("b", TEST_RUN_FINISHED);
      const FocRun *const runs[] = { a, b };

      changes[i].change (b);
      assert_rows (foc_run_compare_settings (runs, 2), changes[i].row);
    }
}

static void
test_several (void)
{
  g_autoptr (FocRun) a = test_make_run ("a", TEST_RUN_BEGUN);
  g_autoptr (FocRun) b = test_make_run ("b", TEST_RUN_BEGUN);
  g_autoptr (FocRun) c = test_make_run ("c", TEST_RUN_BEGUN);
  const FocRun *const runs[] = { a, b, c };

  set_text (&b->arithmetic, "other \"kernels\"");
  set_text (&c->arithmetic, "third");
  set_text (&a->arithmetic, "first");
  c->settings.training.seed = 3;
  assert_rows (foc_run_compare_settings (runs, 3),
               "Seed: 1 | 1 | 3\n"
               "Arithmetic: first | other \"kernels\" | third\n");
}

static void
compare (const FocRun *a, const FocRun *b, const char *expected)
{
  assert_rows (foc_run_compare_results (a, b), expected);
}

static void
test_identical (void)
{
  for (TestRunProgress progress = TEST_RUN_BEGUN; progress <= TEST_RUN_FINISHED;
       progress++)
    {
      g_autoptr (FocRun) a = test_make_run ("a", progress);
      g_autoptr (FocRun) b = test_make_run ("b", progress);

      compare (a, b, "");
    }
}

/* Each result of its own, by the last of its bits. */
static void
test_results (void)
{
  g_autoptr (FocRun) a = test_make_run ("a", TEST_RUN_FINISHED);

  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (FocRun) b = test_make_run ("b", TEST_RUN_FINISHED);
      FocCurve *curve = b->grid->trajectories[1].curve;

      switch (i)
        {
        case 0:
          b->model_sha256[0] = 'f';
          compare (a, b, "Final model: 0123456789ab | f123456789ab\n");
          break;
        case 1: /* in the middle of the grid, where a cell is read off */
          foc_curve_get (curve, 2)->validation_loss = 0.25;
          compare (a, b,
                   "Learning rate 2e-8, from epoch 3 on: validation loss "
                   "2.0000000000000004e-8 | "
                   "validation loss 0.25\n"
                   "Learning rate 2e-8, 3 epochs: accuracy 0.9666666666666667, loss "
                   "2.0000000000000004e-8 | accuracy 0.9666666666666667, loss 0.25\n");
          break;
        case 2: /* where none is */
          foc_curve_get (curve, 1)->training_loss = nextafter (0.5, 1);
          compare (a, b,
                   "Learning rate 2e-8, from epoch 2 on: training loss 0.5 | training "
                   "loss 0.5000000000000001\n");
          break;
        case 3: /* diverged in one of them */
          g_array_set_size (curve, 4);
          b->grid->trajectories[1].diverged = TRUE;
          compare (a, b,
                   "Learning rate 2e-8, from epoch 5 on: point at epoch 5 | the curve "
                   "has ended\n"
                   "Learning rate 2e-8, 5 epochs: accuracy 0.98, loss "
                   "3.3333333333333334e-8 | diverged\n");
          break;
        case 4:
          foc_curve_get (b->final_curve, 0)->training_accuracy = 0.5;
          compare (a, b,
                   "Final model, from epoch 1 on: training accuracy 0.9 | training "
                   "accuracy 0.5\n");
          break;
        case 5:
          b->certainty.novelty->max_distance = 13;
          compare (a, b,
                   "Certainty and validation set: accuracy 0.5, loss 0.3333333333333333, "
                   "temperature 0.30000000000000004 | accuracy 0.5, loss "
                   "0.3333333333333333, temperature 0.30000000000000004; the rest "
                   "differs\n");
          break;
        case 6:
          b->holdout.loss = 0.25;
          b->n_looks++;
          compare (a, b,
                   "Holdout set: accuracy 0.5, loss 0.3333333333333333, temperature "
                   "0.30000000000000004 | accuracy 0.5, loss 0.25, temperature "
                   "0.30000000000000004\n");
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

/* One has not come as far, or tried others. */
static void
test_missing (void)
{
  g_autoptr (FocRun) begun = test_make_run ("a", TEST_RUN_BEGUN);
  g_autoptr (FocRun) trained = test_make_run ("b", TEST_RUN_TRAINED);
  g_autoptr (FocRun) finished = test_make_run ("c", TEST_RUN_FINISHED);
  g_autoptr (FocRun) other = test_make_run ("d", TEST_RUN_BEGUN);
  g_autoptr (FocRun) searched = NULL;

  compare (trained, finished, "");
  compare (begun, trained,
           "Final model: – | 0123456789ab\n"
           "Grid: – | complete\n"
           "Certainty and validation set: – | accuracy 0.5, loss 0.3333333333333333, "
           "temperature 0.30000000000000004\n");

  other->settings.n_epochs = 2;
  other->grid = foc_grid_new (&other->settings);
  searched = test_make_run ("e", TEST_RUN_SEARCHED);
  compare (other, searched, "Grid: these settings | other settings\n");
}

static void
assert_explained (const FocRun *before, const FocRun *now, const char *expected)
{
  g_autofree char *text = foc_run_compare_explain (before, now);

  g_assert_cmpstr (text, ==, expected);
}

/* Why comes first, and all of it; of the results the first are enough. */
static void
test_explain (void)
{
  g_autoptr (FocRun) before = test_make_run ("a", TEST_RUN_FINISHED);
  g_autoptr (FocRun) now = test_make_run ("b", TEST_RUN_FINISHED);

  set_text (&before->program_version, "0.0");
  set_text (&before->arithmetic, "other kernels");
  set_text (&now->arithmetic, "these kernels");
  assert_explained (before, now, "Reproduced: identical to the bit.");

  now->model_sha256[0] = 'f';
  assert_explained (before, now,
                    "It came out differently in 1 result.\n"
                    "Program version: 0.0, now " FOC_VERSION "\n"
                    "Arithmetic: other kernels, now these kernels\n"
                    "Final model: 0123456789ab, now f123456789ab");
}

static void
test_explain_many (void)
{
  g_autoptr (FocRun) before = test_make_run ("a", TEST_RUN_FINISHED);
  g_autoptr (FocRun) now = test_make_run ("b", TEST_RUN_FINISHED);
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;

  now->model_sha256[0] = 'f';
  foc_curve_get (now->final_curve, 0)->training_loss = 7;
  now->holdout.loss = 7;
  now->validation.loss = 7;
  for (guint i = 0; i < now->grid->n_learning_rates; i++)
    for (guint j = 0; j < now->grid->trajectories[i].curve->len; j++)
      foc_curve_get (now->grid->trajectories[i].curve, j)->validation_loss = 7;
  text = foc_run_compare_explain (before, now);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 6 + 1);
  g_assert_true (g_str_has_prefix (lines[0], "It came out differently in "));
  g_assert_true (g_str_has_prefix (lines[1], "Final model: "));
  g_assert_cmpstr (lines[7], ==, "…");
}

/* What is the same to the bit, by the experiment itself; and what is not. */
static void
test_reproduce (void)
{
  g_autofree char *root = test_folder_new ();
  g_autofree char *a = test_path (root, "a");
  g_autofree char *b = test_path (root, "b");
  g_autofree char *c = test_path (root, "c");
  g_autofree char *first = test_run_in (a, FOC_OPTIMIZER_SGD, 1);
  g_autofree char *second = test_run_in (b, FOC_OPTIMIZER_SGD, 2);
  g_autofree char *third = test_run_in (c, FOC_OPTIMIZER_ADAM, 1);
  g_autoptr (FocRun) run_a = foc_run_load (a, NULL);
  g_autoptr (FocRun) run_b = foc_run_load (b, NULL);
  g_autoptr (FocRun) run_c = foc_run_load (c, NULL);
  g_autoptr (GPtrArray) rows = NULL;
  const FocRun *const runs[] = { run_a, run_b };

  compare (run_a, run_b, "");
  assert_rows (foc_run_compare_settings (runs, 2), "");
  rows = foc_run_compare_results (run_a, run_c);
  g_assert_cmpuint (rows->len, >=, 1 + 2 + 4 + 1 + 1);
  test_folder_delete (root);
}

int
main (int argc, char *argv[])
{
  test_experiment_init (&argc, &argv);

  g_test_add_func ("/run-compare/settings", test_settings);
  g_test_add_func ("/run-compare/several", test_several);
  g_test_add_func ("/run-compare/identical", test_identical);
  g_test_add_func ("/run-compare/results", test_results);
  g_test_add_func ("/run-compare/missing", test_missing);
  g_test_add_func ("/run-compare/explain", test_explain);
  g_test_add_func ("/run-compare/explain-many", test_explain_many);
  g_test_add_func ("/run-compare/reproduce", test_reproduce);

  return test_experiment_run ();
}

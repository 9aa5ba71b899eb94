/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include <string.h>

/* The document and the table of "experiment", and that its bits are the same. */

static void
assert_members (JsonObject *object, const char *names)
{
  g_auto (GStrv) wanted = g_strsplit (names, " ", -1);

  for (guint i = 0; wanted[i] != NULL; i++)
    if (!json_object_has_member (object, wanted[i]))
      g_error ("the member “%s” is missing", wanted[i]);
  g_assert_cmpuint (json_object_get_size (object), ==, g_strv_length (wanted));
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  g_assert_nonnull (node);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  return json_node_get_object (node);
}

static void
check_dataset (JsonObject *dataset)
{
  JsonArray *classes = json_object_get_array_member (dataset, "classes");
  JsonArray *unreadable = json_object_get_array_member (dataset, "unreadable");
  JsonObject *split = get_object (dataset, "split");
  JsonObject *broken;

  assert_members (dataset, "classes images unreadable split split_folders digest");
  g_assert_cmpuint (json_array_get_length (classes), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (classes, 0), ==, "comics");
  g_assert_cmpstr (json_array_get_string_element (classes, 1), ==, "faces");

  /* All files count as images, the readable ones are split: the third of the paper's
   * ten training pictures of a class is broken. */
  g_assert_cmpint (json_object_get_int_member (dataset, "images"), ==, 40);
  g_assert_cmpuint (json_array_get_length (unreadable), ==, 1);
  broken = json_array_get_object_element (unreadable, 0);
  assert_members (broken, "file reason");
  g_assert_cmpstr (json_object_get_string_member (broken, "file"), ==, "faces/2.jpg");
  g_assert_cmpstr (json_object_get_string_member (broken, "reason"), ==,
                   "the file is empty");
  assert_members (split, "train validation holdout");
  g_assert_cmpint (json_object_get_int_member (split, "train"), ==, 19);
  g_assert_cmpint (json_object_get_int_member (split, "validation"), ==, 8);
  g_assert_cmpint (json_object_get_int_member (split, "holdout"), ==, 12);
  g_assert_cmpuint (strlen (json_object_get_string_member (dataset, "digest")), ==, 64);
}

static void
check_cells (JsonObject *root)
{
  static const double rates[] = { 0.05, 0.01 };
  static const int epochs[] = { 1, 3 };
  JsonArray *cells = json_object_get_array_member (root, "cells");
  JsonObject *best = get_object (root, "best");
  double highest = 0, of_best = -1;

  g_assert_cmpuint (json_array_get_length (cells), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      JsonObject *cell = json_array_get_object_element (cells, i);
      double accuracy = json_object_get_double_member (cell, "accuracy");
      double rate = json_object_get_double_member (cell, "learning_rate");
      gint64 n = json_object_get_int_member (cell, "epochs");

      assert_members (cell, "learning_rate epochs accuracy loss");
      g_assert_cmpfloat (rate, ==, rates[i / 2]);
      g_assert_cmpint (n, ==, epochs[i % 2]);
      g_assert_cmpfloat (accuracy, >=, 0);
      g_assert_cmpfloat (accuracy, <=, 1);
      g_assert_cmpfloat (json_object_get_double_member (cell, "loss"), >, 0);
      highest = MAX (highest, accuracy);
      if (rate == json_object_get_double_member (best, "learning_rate")
          && n == json_object_get_int_member (best, "epochs"))
        of_best = accuracy;
    }
  assert_members (best, "learning_rate epochs");
  g_assert_cmpfloat (of_best, ==, highest);
}

static void
check_holdout (JsonObject *holdout)
{
  JsonArray *interval = json_object_get_array_member (holdout, "interval");
  JsonArray *confusion = json_object_get_array_member (holdout, "confusion");
  double accuracy = json_object_get_double_member (holdout, "accuracy");
  gint64 sums[2] = { 0, 0 }, correct = 0;

  assert_members (holdout,
                  "looks accuracy loss interval confusion mistakes answered "
                  "answered_wrongly calibration_error calibration uncalibrated roc");
  g_assert_cmpint (json_object_get_int_member (holdout, "looks"), ==, 1);
  g_assert_cmpuint (json_array_get_length (interval), ==, 2);
  g_assert_cmpfloat (json_array_get_double_element (interval, 0), <, accuracy);
  g_assert_cmpfloat (json_array_get_double_element (interval, 1), >=, accuracy);

  /* Rows are the true class: six pictures of each are held out. */
  for (guint t = 0; t < 2; t++)
    {
      JsonArray *row = json_array_get_array_element (confusion, t);

      g_assert_cmpuint (json_array_get_length (row), ==, 2);
      for (guint a = 0; a < 2; a++)
        sums[t] += json_array_get_int_element (row, a);
      correct += json_array_get_int_element (row, t);
      g_assert_cmpint (sums[t], ==, 6);
    }
  g_assert_cmpfloat_with_epsilon ((double) correct / 12, accuracy, 1e-12);
}

/* What is measured of the winning cell's model stands beside what it learnt. */
static void
check_certainty (JsonObject *root)
{
  JsonObject *certainty = get_object (root, "certainty");
  JsonObject *validation = get_object (root, "validation");

  assert_members (certainty, "temperature error_before error_after threshold novelty");
  g_assert_cmpfloat (json_object_get_double_member (certainty, "temperature"), >, 0.04);
  assert_members (get_object (certainty, "novelty"),
                  "mean spread correlation weights max_distance min_certainty");
  g_assert_cmpfloat (json_object_get_double_member (certainty, "error_after"), ==,
                     json_object_get_double_member (validation, "calibration_error"));
  assert_members (validation,
                  "accuracy loss interval confusion mistakes answered "
                  "answered_wrongly calibration_error calibration uncalibrated roc");
}

static void
test_document (void)
{
  g_autoptr (CliResult) result = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree guint8 *model = NULL;
  g_autofree char *sha256 = NULL;
  JsonObject *root, *seconds;
  gsize length;
  double sum = 0;

  cli_demo ("d", 20);
  cli_write ("d/faces/2.jpg", "", 0);
  cli_write ("d/faces/.hidden.jpg", "x", 1);
  result = cli_run ("experiment", "d", "--output", "r", "--learning-rates", "0.01,0.05",
                    "--epochs", "3,1,1", "--seed", "7", "--json", NULL);
  cli_assert_silent (result);
  node = cli_json (result);
  root = json_node_get_object (node);

  assert_members (root, "dataset leaks settings cells best certainty validation holdout "
                        "model model_sha256 "
                        "program_version blas_core resumed peak_rss_bytes seconds");
  check_dataset (get_object (root, "dataset"));
  assert_members (get_object (root, "settings"),
                  "learning_rates epochs batch_size hidden optimizer seed split shares "
                  "threshold");
  g_assert_cmpint (json_object_get_int_member (get_object (root, "settings"), "seed"), ==,
                   7);
  check_cells (root);
  check_certainty (root);
  check_holdout (get_object (root, "holdout"));
  g_assert_false (json_object_get_boolean_member (root, "resumed"));
  g_assert_cmpint (json_object_get_int_member (root, "peak_rss_bytes"), >, 1 << 20);

  g_assert_cmpstr (json_object_get_string_member (root, "model"), ==,
                   "r/model.safetensors");
  cli_read ("r/model.safetensors", &model, &length);
  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, model, length);
  g_assert_cmpstr (json_object_get_string_member (root, "model_sha256"), ==, sha256);

  seconds = get_object (root, "seconds");
  assert_members (seconds, "scan features duplicates grid calibration final holdout all");
  for (guint i = 0; i < 7; i++)
    {
      static const char *const names[] = { "scan",   "features",    "duplicates",
                                           "grid",   "calibration", "final",
                                           "holdout" };

      sum += json_object_get_double_member (seconds, names[i]);
    }
  g_assert_cmpfloat (json_object_get_double_member (seconds, "all"), >=, sum);

  cli_remove ("d");
  cli_remove ("r");
}

/* "accuracy, loss", learning rate by epochs, the best cell marked once. */
static void
test_table (void)
{
  g_autoptr (CliResult) result = NULL;
  g_auto (GStrv) lines = NULL;
  const char *mark;
  guint i = 0;

  cli_demo ("d", 12);
  result = cli_run ("experiment", "d", "--output", "r", NULL);
  cli_assert_silent (result);

  lines = g_strsplit (result->out, "\n", -1);
  while (lines[i] != NULL && !g_str_has_prefix (lines[i], "accuracy, loss"))
    i++;
  g_assert_nonnull (lines[i]);
  g_assert_true (g_regex_match_simple ("^accuracy, loss +1 epoch +3 epochs +5 epochs$",
                                       lines[i], 0, 0));
  for (guint row = 1; row <= 2; row++)
    g_assert_true (g_regex_match_simple (
      "^lr 0\\.0*1( +\\*?[01]\\.\\d{3}, \\d+\\.\\d{3}){3}$", lines[i + row], 0, 0));
  g_assert_true (g_str_has_prefix (lines[i + 1], "lr 0.01 "));
  mark = strchr (result->out, '*');
  g_assert_nonnull (mark);
  g_assert_null (strchr (mark + 1, '*'));

  g_assert_true (g_regex_match_simple (
    "\nBest: learning rate 0\\.0*1, [135] epochs?; .*\n"
    "Calibrated on the validation set: temperature \\d[.\\d]*, .*\n"
    "Holdout set, 8 pictures:\n"
    "Accuracy \\d\\.\\d{4} \\(95 % interval \\d\\.\\d{4} to \\d\\.\\d{4}\\), loss .*\n"
    "Answered \\d+\\.\\d %, “not sure” \\d+\\.\\d %, answered wrongly \\d+\\.\\d %\n"
    "Expected calibration error \\d\\.\\d{4} \\(\\d\\.\\d{4} without calibration\\), "
    "area under the ROC curve \\d\\.\\d{4}\n"
    "Confusion matrix \\(rows are the true class.*\n +comics +faces\n"
    "  comics +\\d +\\d\n  faces +\\d +\\d\n",
    result->out, 0, 0));
  g_assert_nonnull (strstr (result->out, "Model: r/model.safetensors\n"));

  cli_remove ("d");
  cli_remove ("r");
}

static char *
get_model (const char *optimizer, const char *jobs)
{
  g_autoptr (CliResult) result =
    cli_run ("experiment", "d", "--output", "r", "--fresh", "--optimizer", optimizer,
             "--jobs", jobs, "--batch-size", "7", "--learning-rates", "0.01,0.003,0.001",
             "--epochs", "2,3", "--json", NULL);

  cli_assert_silent (result);
  return cli_get_string (result, "model_sha256");
}

static void
test_jobs (void)
{
  static const char *const optimizers[] = { "sgd", "momentum", "adam" };
  static const char *const jobs[] = { "2", "8" };
  g_autofree char *previous = NULL;

  cli_demo ("d", 12);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *one = get_model (optimizers[i], "1");

      for (guint j = 0; j < 2; j++)
        {
          g_autofree char *many = get_model (optimizers[i], jobs[j]);

          g_assert_cmpstr (many, ==, one);
        }
      g_assert_cmpstr (one, !=, previous);
      g_free (previous);
      previous = g_steal_pointer (&one);
    }
  cli_remove ("d");
  cli_remove ("r");
}

/* "train" on the settings of a cell measures what the cell says, to the bit. */
static void
test_train_is_cell (void)
{
  g_autoptr (CliResult) grid = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *cells;

  cli_demo ("d", 12);
  grid =
    cli_run ("experiment", "d", "--output", "r", "--optimizer", "adam", "--json", NULL);
  cli_assert_silent (grid);
  node = cli_json (grid);
  cells = json_object_get_array_member (json_node_get_object (node), "cells");
  g_assert_cmpuint (json_array_get_length (cells), ==, 6);

  for (guint i = 0; i < 6; i++)
    {
      JsonObject *cell = json_array_get_object_element (cells, i);
      g_autofree char *rate =
        g_strdup_printf ("%.17g", json_object_get_double_member (cell, "learning_rate"));
      g_autofree char *epochs = g_strdup_printf (
        "%" G_GINT64_FORMAT, json_object_get_int_member (cell, "epochs"));
      g_autoptr (CliResult) one =
        cli_run ("train", "d", "--learning-rate", rate, "--epochs", epochs, "--optimizer",
                 "adam", "-o", "m.safetensors", "--json", NULL);
      g_autoptr (JsonNode) root = NULL;
      JsonObject *validation;

      cli_assert_silent (one);
      root = cli_json (one);
      validation = get_object (json_node_get_object (root), "validation");
      g_assert_cmpfloat (json_object_get_double_member (validation, "accuracy"), ==,
                         json_object_get_double_member (cell, "accuracy"));
      g_assert_cmpfloat (json_object_get_double_member (validation, "loss"), ==,
                         json_object_get_double_member (cell, "loss"));
      g_assert_cmpuint (cli_count_files (".", "checkpoint"), ==, 0);
    }
  cli_remove ("d");
  cli_remove ("r");
}

/* A rate that is far too large costs its own cells, and all of them the experiment. */
static void
test_diverged (void)
{
  g_autoptr (CliResult) some = NULL;
  g_autoptr (CliResult) table = NULL;
  g_autoptr (CliResult) all = NULL;
  g_autoptr (CliResult) again = NULL;
  g_autoptr (CliResult) plot = NULL;

  cli_demo ("d", 12);
  some = cli_run ("experiment", "d", "--output", "r", "--learning-rates", "1000,0.01",
                  "--epochs", "60", "--batch-size", "1", "--json", NULL);
  cli_assert_silent (some);
  g_assert_nonnull (strstr (some->out, "\"accuracy\": null"));
  table = cli_run ("experiment", "d", "--output", "r", "--learning-rates", "1000,0.01",
                   "--epochs", "60", "--batch-size", "1", NULL);
  cli_assert_silent (table);
  g_assert_nonnull (strstr (table->out, " diverged\n"));

  all = cli_run ("experiment", "d", "--output", "s", "--learning-rates", "1000",
                 "--epochs", "60", "--batch-size", "1", "--json", NULL);
  cli_assert_fails (all, 1, "Every cell diverged");
  /* The record knows it, and where it was. */
  again = cli_run ("experiment", "d", "--output", "s", "--learning-rates", "1000",
                   "--epochs", "60", "--batch-size", "1", "--json", NULL);
  cli_assert_fails (again, 1, "Every cell diverged");
  plot = cli_run ("plot", "s", "-k", "loss", "-o", "s.csv", NULL);
  cli_assert_silent (plot);
  cli_remove ("s.csv");
  cli_remove ("d");
  cli_remove ("r");
  cli_remove ("s");
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);

  g_test_add_func ("/cli/experiment/document", test_document);
  g_test_add_func ("/cli/experiment/table", test_table);
  g_test_add_func ("/cli/experiment/jobs", test_jobs);
  g_test_add_func ("/cli/experiment/train-is-cell", test_train_is_cell);
  g_test_add_func ("/cli/experiment/diverged", test_diverged);

  return cli_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-run.h"

#include "foc-error.h"
#include "foc-file.h"
#include "foc-limits.h"
#include "test-folders.h"
#include "test-measurement.h"
#include "test-run.h"

#include <errno.h>
#include <math.h>
#include <string.h>

static char *folder;
static char *path; /* the record in it */

static char *
read_text (void)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return g_steal_pointer (&text);
}

static void
check_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (foc_run_load (folder, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_RUN);
  g_assert_nonnull (strstr (error->message, "run.json"));
}

static void
test_round_trip (void)
{
  for (TestRunProgress progress = TEST_RUN_BEGUN; progress <= TEST_RUN_FINISHED;
       progress++)
    {
      g_autoptr (FocRun) run = test_make_run (folder, progress);
      g_autoptr (FocRun) back = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      g_assert_true (foc_run_save (run, &error));
      before = read_text ();
      back = foc_run_load (folder, &error);
      g_assert_no_error (error);

      g_assert_cmpstr (back->folder, ==, folder);
      g_assert_cmpstr (back->created, ==, run->created);
      g_assert_cmpstr (back->title, ==, run->title);
      g_assert_cmpstr (back->blas_core, ==, run->blas_core);
      g_assert_cmpstrv (back->class_names, run->class_names);
      g_assert_cmpuint (back->n_rows[FOC_PART_HOLDOUT], ==, 6);
      g_assert_true (foc_run_is_same (run, back));
      g_assert_cmpint (foc_run_is_finished (back), ==, progress == TEST_RUN_FINISHED);
      g_assert_cmpint (back->grid != NULL, ==, progress >= TEST_RUN_SEARCHED);
      g_assert_cmpint (back->model_sha256 != NULL, ==, progress >= TEST_RUN_TRAINED);
      g_assert_cmpuint (back->n_looks, ==, progress >= TEST_RUN_LOOKED ? 2 : 0);
      g_assert_cmpuint (back->n_copies, ==, progress >= TEST_RUN_FINISHED ? 1 : 0);
      if (progress >= TEST_RUN_SEARCHED)
        {
          g_assert_cmpfloat (back->best.learning_rate, ==, 2e-8);
          g_assert_cmpuint (back->best.epochs, ==, 5);
          g_assert_cmpfloat (back->best.accuracy, ==, run->best.accuracy);
          g_assert_cmpfloat (back->best.loss, ==, run->best.loss);
          g_assert_true (back->grid->trajectories[0].diverged);
        }
      g_assert_cmpfloat (back->certainty.temperature, ==, run->certainty.temperature);
      g_assert_cmpfloat (back->certainty.error_before, ==, run->certainty.error_before);
      g_assert_cmpfloat (back->certainty.error_after, ==, run->certainty.error_after);
      g_assert_cmpfloat (back->certainty.threshold, ==, run->certainty.threshold);
      if (progress >= TEST_RUN_CALIBRATED)
        {
          g_assert_cmpfloat (back->certainty.novelty->weights[3], ==, -1.0 / 3);
          g_assert_cmpfloat (back->certainty.novelty->max_distance, ==, 12.5);
        }
      test_measurement_check_equal (&back->validation, &run->validation);
      test_measurement_check_equal (&back->holdout, &run->holdout);

      g_assert_true (foc_run_save (back, &error));
      after = read_text ();
      g_assert_cmpstr (before, ==, after);
      g_assert_null (strstr (after, folder)); /* no path is in it */
    }
}

/* A run of which nothing can come. */
static void
test_diverged (void)
{
  g_autoptr (FocRun) run = test_make_diverged_run (folder);
  g_autoptr (FocRun) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (foc_run_has_diverged (run));
  g_assert_true (foc_run_save (run, &error));
  before = read_text ();
  g_assert_null (strstr (before, "\"best\""));
  back = foc_run_load (folder, &error);
  g_assert_no_error (error);
  g_assert_true (foc_run_has_diverged (back));
  g_assert_true (isnan (back->best.accuracy));
  g_assert_cmpuint (back->grid->trajectories[1].curve->len, ==, 1);
  g_assert_true (foc_run_save (back, &error));
  after = read_text ();
  g_assert_cmpstr (before, ==, after);

  /* Where it is not for all rates, or was stopped before, a best cell is missing. */
  run->grid->trajectories[1].diverged = FALSE;
  g_assert_true (foc_run_save (run, &error));
  check_refused ();
  run->grid->trajectories[1].diverged = run->grid->stopped = TRUE;
  g_assert_true (foc_run_save (run, &error));
  check_refused ();

  for (TestRunProgress progress = TEST_RUN_BEGUN; progress <= TEST_RUN_FINISHED;
       progress++)
    {
      g_autoptr (FocRun) other = test_make_run (folder, progress);

      g_assert_false (foc_run_has_diverged (other));
    }
}

/* It stays as it is, whatever becomes of the run. */
static void
test_snapshot (void)
{
  for (TestRunProgress progress = TEST_RUN_BEGUN; progress <= TEST_RUN_FINISHED;
       progress++)
    {
      FocRun *run = test_make_run (folder, progress);
      g_autoptr (FocRun) snapshot = foc_run_snapshot (run);
      g_autoptr (FocRun) same = foc_run_ref (snapshot);
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      g_assert_true (same == snapshot);
      g_assert_true (foc_run_save (run, NULL));
      before = read_text ();

      g_free (run->title);
      run->title = g_strdup ("another");
      run->n_looks++;
      g_clear_pointer (&run->grid, foc_grid_free);
      foc_measurement_clear (&run->validation);
      foc_measurement_clear (&run->holdout);
      foc_certainty_clear (&run->certainty);
      foc_run_unref (run);

      g_assert_true (foc_run_save (snapshot, NULL));
      after = read_text ();
      g_assert_cmpstr (before, ==, after);
    }
}

/* Two runs are of one kind if all that decides about bits is the same, whatever they are
 * called. */
static void
test_same (void)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (FocRun) a = test_make_run (folder, TEST_RUN_BEGUN);
      g_autoptr (FocRun) b = test_make_run (folder, TEST_RUN_FINISHED);
      char **changed = i == 1   ? &b->data_digest
                       : i == 2 ? &b->program_version
                       : i == 3 ? &b->arithmetic
                                : NULL;

      if (changed != NULL)
        {
          g_free (*changed);
          *changed = g_strdup ("other");
        }
      else if (i == 4)
        b->settings.training.seed++;
      g_assert_cmpint (foc_run_is_same (a, b), ==, i == 0);
    }
}

/* For other programs, by the names that are promised. */
static void
test_members (void)
{
  static const int epochs[] = { 1, 3, 5 };
  g_autoptr (FocRun) run = test_make_run (folder, TEST_RUN_FINISHED);
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) root = NULL;
  JsonObject *object, *split;
  JsonArray *array, *row;
  const char *string;
  gint64 number;
  double value;

  g_assert_true (foc_run_save (run, NULL));
  text = read_text ();
  root = foc_json_parse (text, strlen (text), NULL);
  g_assert_nonnull (root);

  g_assert_true (foc_json_get_object (root, "dataset", &object));
  g_assert_true (foc_json_get_array (object, "classes", 2, &array));
  g_assert_true (foc_json_get_int (object, "images", 21, 21, &number));
  g_assert_true (foc_json_get_string (object, "digest", &string));
  g_assert_true (foc_json_get_object (object, "split", &split));
  g_assert_true (foc_json_get_int (split, "train", 10, 10, &number));
  g_assert_true (foc_json_get_int (split, "validation", 4, 4, &number));
  g_assert_true (foc_json_get_int (split, "holdout", 6, 6, &number));

  g_assert_true (foc_json_get_object (root, "settings", &object));
  g_assert_true (foc_json_get_int (object, "seed", 1, 1, &number));

  g_assert_true (foc_json_get_array (root, "cells", 6, &array));
  g_assert_cmpuint (json_array_get_length (array), ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      g_assert_true (foc_json_array_get_object (array, i, &object));
      g_assert_true (foc_json_get_double (object, "learning_rate", 0, 1, &value));
      g_assert_cmpfloat (value, ==, i < 3 ? 0.01 : 2e-8);
      g_assert_true (foc_json_get_int (object, "epochs", 1, 5, &number));
      g_assert_cmpint (number, ==, epochs[i % 3]);
      g_assert_true (foc_json_get_double (object, "accuracy", 0, 1, &value));
      g_assert_cmpint (isnan (value) != 0, ==, i == 1 || i == 2);
      g_assert_true (foc_json_get_double (object, "loss", 0, 1, &value));
    }

  g_assert_true (foc_json_get_object (root, "best", &object));
  g_assert_true (foc_json_get_double (object, "learning_rate", 2e-8, 2e-8, &value));
  g_assert_true (foc_json_get_int (object, "epochs", 5, 5, &number));

  g_assert_true (foc_json_get_object (root, "holdout", &object));
  g_assert_true (foc_json_get_int (object, "looks", 2, 2, &number));
  g_assert_true (foc_json_get_double (object, "accuracy", 0.5, 0.5, &value));
  g_assert_true (foc_json_get_double (object, "loss", 0.3, 0.4, &value));
  g_assert_true (foc_json_get_array (object, "interval", 2, &array));
  g_assert_true (foc_json_array_get_double (array, 1, 0.5, 1, &value));
  g_assert_true (foc_json_get_array (object, "confusion", 2, &array));
  g_assert_true (foc_json_array_get_array (array, 0, 2, &row));
  g_assert_true (foc_json_array_get_int (row, 0, 2, 2, &number));
  g_assert_true (foc_json_array_get_int (row, 1, 1, 1, &number));
}

/* The record with the first `from` replaced. */
static void
write_changed (const char *text, const char *from, const char *to)
{
  const char *at = strstr (text, from);
  g_autofree char *changed = NULL;

  if (at == NULL)
    g_error ("“%s” is not in the record", from);
  changed = g_strdup_printf ("%.*s%s%s", (int) (at - text), text, to, at + strlen (from));
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
}

/* 2048 bytes, more than a title may have. */
#define LONG_128                                                                         \
  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"                     \
  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define LONG_512 LONG_128 LONG_128 LONG_128 LONG_128
#define LONG LONG_512 LONG_512 LONG_512 LONG_512

static void
test_hostile (void)
{
  static const char *const changes[][2] = {
    { "face-or-comic-run-2", "face-or-comic-run-3" },
    { "\"format\"", "\"Format\"" },
    { "\"created\"", "\"made\"" },
    { "\"title\": ", "\"title\": null, \"x\": " },
    { "\"title\": \"", "\"title\": \"" LONG },
    { "\"program_version\"", "\"version\"" },
    { "\"blas_core\": ", "\"blas_core\": null, \"core\": " },
    { "\"arithmetic\": ", "\"arithmetic\": null, \"core\": " },
    { "\"settings\": {", "\"settings\": null, \"x\": {" },
    { "\"batch_size\": 64", "\"batch_size\": 0" },
    { "\"batch_size\": 64", "\"batch_size\": 64, \"batch_size\": 64" },
    { "\"epochs\": [1, 3, 5]", "\"epochs\": [1, 3, 6]" },
    { "\"epochs\": [1, 3, 5]", "\"epochs\": []" },
    { "\"learning_rates\": [0.01", "\"learning_rates\": [0.02" },
    { "\"images\": 21", "\"images\": -1" },
    { "\"images\": 21", "\"images\": 100000001" },
    { "\"train\": 10", "\"train\": 1e9" },
    { "\"comics\"", "1" },
    { "\"comics\", ", "" },
    { TEST_RUN_SHA256, "../../etc/passwd" },
    { TEST_RUN_SHA256,
      "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef" },
    { "\"diverged\": true", "\"diverged\": 1" },
    { "[1.0, 1.0, 0.7,", "[1.0, 1.0," },
    { "[1.0, 1.0, 0.7,", "[2.0, 1.0, 0.7," },
    { "[1.0, 1.0, 0.7,", "[1.0, 1e999, 0.7," },
    { "[1.0, 1.0, 0.7,", "[null, 1.0, 0.7," },
    { "\"trajectories\"", "\"trajectory\"" },
    { "\"best\": {", "\"best\": [], \"x\": {" },
    { "\"best\": {", "\"x\": {" },
    { "\"model_sha256\": \"0", "\"model_sha256\": \"x" },
    { "\"looks\": 2", "\"looks\": 0" },
    { "\"looks\": 2", "\"looks\": -1" },
    { "\"looks\": 2", "\"looks\": 99999999999" },
    { "[2, 1]", "[2]" },
    { "[2, 1]", "[2, 1, 0]" },
    { "[2, 1]", "[2, 2]" },
    { "[2, 1]", "[-1, 4]" },
    { "[2, 1]", "[9223372036854775807, 1]" },
    { "[2, 1]", "null" },
    { "\"loss\": 0.3333333333333333,", "\"loss\": -0.3333333333333333," },
    { "\"temperature\": 0.3", "\"temperature\": -0.3" },
    { "\"temperature\": 0.3", "\"temperature\": null, \"x\": 0.3" },
    { "\"error_before\": 0.", "\"error_before\": 1." },
    { "\"max_distance\": 12.5", "\"max_distance\": -12.5" },
    { "\"threshold\": 0.9471", "\"threshold\": 9471" },
    { "\"threshold\": 0.9471", "\"threshold\": null" },
    { "\"threshold\": 0.8", "\"threshold\": \"automatic\"" },
    { "\"threshold\": 0.8", "\"threshold\": -1" },
    { "\"certainty\"", "\"certain\"" },
    { "\"validation\": {", "\"validation\": [], \"x\": {" },
    { "\"answered\": 5", "\"answered\": 7" },
    { "\"answered_wrongly\": 1", "\"answered_wrongly\": 6" },
    { "[5, 0.9666666666666667, 0.6666666666666666]", "[5, null, 0.6666666666666666]" },
    { "[5, 0.9666666666666667, 0.6666666666666666]", "[5, 0.9666666666666667]" },
    { "[0, null, null]", "[0, null, 2]" },
    { "[0, null, null],", "" },
    { "\"class\": 1", "\"class\": 0" },
    { "\"auc\": 0.7", "\"auc\": 1.7" },
    { "\"points\": [", "\"points\": [[0, null]," },
    { "\"roc\": [", "\"roc\": [{}," },
  };
  g_autoptr (FocRun) run = test_make_run (folder, TEST_RUN_FINISHED);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GString *deep = g_string_new ("{\"format\":");

  g_assert_true (foc_run_save (run, NULL));
  text = read_text ();

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      write_changed (text, changes[i][0], changes[i][1]);
      check_refused ();
    }

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  g_assert_true (g_file_set_contents (path, deep->str, -1, NULL));
  check_refused ();
  g_string_free (deep, TRUE);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  check_refused ();
  g_assert_true (g_file_set_contents (path, "\0\0\0", 3, NULL));
  check_refused ();
  g_assert_true (g_file_set_contents (path, "\xff\xfe{}", 4, NULL));
  check_refused ();

  test_folder_delete (path);
  g_assert_null (foc_run_load (folder, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_damage (void)
{
  g_autoptr (FocRun) run = test_make_run (folder, TEST_RUN_FINISHED);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (foc_run_save (run, NULL));
  text = read_text ();
  length = strlen (text);

  /* A flipped bit may be another digit; but never half a record. */
  for (gsize bit = 0; bit < length * 8; bit += 3)
    {
      g_autoptr (FocRun) damaged = NULL;
      g_autoptr (GError) error = NULL;

      test_file_flip (path, bit);
      damaged = foc_run_load (folder, &error);
      test_file_flip (path, bit);

      if (damaged == NULL)
        g_assert_error (error, FOC_ERROR, FOC_ERROR_RUN);
      else
        {
          g_assert_no_error (error);
          g_assert_nonnull (damaged->created);
          g_assert_nonnull (damaged->program_version);
          g_assert_cmpuint (g_strv_length (damaged->class_names), ==, 2);
          if (damaged->holdout.measured)
            g_assert_cmpuint (foc_confusion_total (&damaged->holdout.confusion), ==,
                              damaged->n_rows[FOC_PART_HOLDOUT]);
          if (damaged->model_sha256 != NULL)
            g_assert_nonnull (damaged->final_curve);
        }
    }

  /* The last one still is complete. */
  for (gsize n = 0; n + 1 < length; n += 1 + n / 50)
    {
      g_assert_true (g_file_set_contents (path, text, (gssize) n, NULL));
      check_refused ();
    }
}

/* Whatever fails while it is written: the old record or the new one. */
static void
test_faults (void)
{
  static const int errors[] = { ENOSPC, EIO };

  for (guint e = 0; e < G_N_ELEMENTS (errors); e++)
    {
      g_autoptr (FocRun) before = test_make_run (folder, TEST_RUN_SEARCHED);
      g_autoptr (FocRun) after = test_make_run (folder, TEST_RUN_FINISHED);
      gboolean written = FALSE;
      guint nth = 0;

      g_assert_true (foc_run_save (before, NULL));
      while (!written)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (FocRun) now = NULL;

          foc_file_set_fault (++nth, errors[e]);
          written = foc_run_save (after, &error);
          foc_file_set_fault (0, 0);

          if (!written)
            g_assert_error (error, G_FILE_ERROR,
                            (int) g_file_error_from_errno (errors[e]));
          now = foc_run_load (folder, NULL);
          g_assert_nonnull (now);
          g_assert_cmpint (foc_run_is_finished (now), ==, written);
          g_assert_cmpuint (test_folder_count (folder), ==, 1);
        }
      g_assert_cmpuint (nth, >=, 5); /* reserve, write, sync, rename, and none */
    }
}

static void
test_names (void)
{
  g_autofree char *runs = foc_runs_folder ();
  g_autofree char *a = foc_run_make_name ();
  g_autoptr (FocRun) run = test_make_run (folder, TEST_RUN_BEGUN);
  g_autofree char *model = foc_run_get_model_path (run);

  g_assert_true (g_path_is_absolute (runs));
  g_assert_null (strchr (a, '/'));
  g_assert_true (g_str_has_prefix (model, folder));
  g_assert_true (g_str_has_suffix (model, "/model.safetensors"));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = test_folder_new ();
  path = g_build_filename (folder, "run.json", NULL);

  g_test_add_func ("/run/round-trip", test_round_trip);
  g_test_add_func ("/run/diverged", test_diverged);
  g_test_add_func ("/run/snapshot", test_snapshot);
  g_test_add_func ("/run/same", test_same);
  g_test_add_func ("/run/members", test_members);
  g_test_add_func ("/run/hostile", test_hostile);
  g_test_add_func ("/run/damage", test_damage);
  g_test_add_func ("/run/faults", test_faults);
  g_test_add_func ("/run/names", test_names);

  status = g_test_run ();
  test_folder_delete (folder);
  g_free (folder);
  g_free (path);
  return status;
}

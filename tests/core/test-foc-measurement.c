/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-measurement.h"

#include "foc-blas.h"
#include "foc-error.h"
#include "foc-normalise.h"
#include "foc-rng.h"
#include "foc-run.h"
#include "test-folders.h"
#include "test-store.h"

#include <math.h>
#include <string.h>

/* Measurements of networks whose logits are written into the pictures. */

enum
{
  LEVEL = 128 /* of a logit of 0 */
};

/* Red of pixel number c is LEVEL + the logit of class c. */
static FocFeatureStore *
make_store (guint n_classes, const guint16 *labels, const gint8 *logits, guint32 n_rows)
{
  static const guint8 key[FOC_FEATURE_KEY_BYTES] = { 4, 5, 6 };
  g_autoptr (FocFeatureWriter) writer =
    foc_feature_writer_new (NULL, key, n_rows, n_classes, NULL);
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  FocFeatureStore *store;

  for (guint32 row = 0; row < n_rows; row++)
    {
      FocFeatureEntry entry = { .size = row, .label = labels[row] };
      guint8 features[FOC_N_FEATURES];

      memset (features, LEVEL, sizeof features);
      for (guint c = 0; c < MIN (n_classes, FOC_N_FEATURES / 3); c++)
        features[3 * c] = (guint8) (LEVEL + logits[row * n_classes + c]);
      g_assert_true (foc_feature_writer_write (writer, row, &entry, features, NULL));
    }

  store = foc_feature_writer_commit (writer, digest, NULL, NULL);
  g_assert_nonnull (store);
  return store;
}

/* Reads them: all logits are too large by the same number, which changes nothing. */
static FocModel *
make_model (guint n_classes)
{
  g_auto (GStrv) names = g_new0 (char *, n_classes + 1);
  FocMlpShape shape;
  FocMlp *mlp;

  foc_mlp_shape_init (&shape, FOC_N_FEATURES, NULL, 0, n_classes);
  mlp = foc_mlp_new (&shape);
  memset (mlp->parameters, 0, mlp->n_parameters * sizeof (float));
  for (guint c = 0; c < n_classes; c++)
    {
      names[c] = g_strdup_printf ("class %u", c);
      mlp->parameters[(gsize) c * FOC_N_FEATURES + 3 * (c % (FOC_N_FEATURES / 3))] =
        1 / foc_normalise_scale[0];
    }

  return foc_model_new (mlp, (const char *const *) names);
}

static void
measure (const FocModel *model, FocFeatureStore *store, FocMeasurement *result)
{
  g_auto (FocExamples) examples = { 0 };
  g_autoptr (GError) error = NULL;

  test_examples_init (&examples, store, 0, foc_feature_store_get_n_rows (store));
  foc_measure (model, &examples, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (result->measured);
}

static void
check_counts (const FocMeasurement *result, guint64 answered, guint64 wrongly)
{
  g_assert_cmpuint (result->n_answered, ==, answered);
  g_assert_cmpuint (result->n_answered_wrongly, ==, wrongly);
}

/* Differences of the logits of two classes, and all that follows from them. */
static void
test_two_classes (void)
{
  static const guint16 labels[] = { 0, 0, 0, 1, 1, 1, 1 };
  static const gint8 logits[] = { 0, -5, 0, -1, 0, 3, 0, 3, 0, 1, 0, -2, 0, 0 };
  static const guint64 confusion[] = { 2, 1, 2, 2 };
  static const FocMistake mistakes[] = { { 2, 1 }, { 5, 0 }, { 6, 0 } };
  g_autoptr (FocFeatureStore) store = make_store (2, labels, logits, 7);
  g_autoptr (FocModel) model = make_model (2);
  g_auto (FocMeasurement) result = { 0 };
  double loss = 0.0, low, high;
  guint64 n = 0;

  measure (model, store, &result);
  g_assert_cmpmem (result.confusion.counts, sizeof confusion, confusion,
                   sizeof confusion);
  g_assert_cmpuint (result.mistakes->len, ==, G_N_ELEMENTS (mistakes));
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      const FocMistake *mistake = &g_array_index (result.mistakes, FocMistake, i);

      g_assert_cmpuint (mistake->row, ==, mistakes[i].row);
      g_assert_cmpuint (mistake->answer, ==, mistakes[i].answer);
    }
  g_assert_cmpfloat_with_epsilon (result.accuracy, 4.0 / 7, 1e-12);
  foc_wilson_interval (4, 7, &low, &high);
  g_assert_cmpfloat (result.interval[0], ==, low);
  g_assert_cmpfloat (result.interval[1], ==, high);
  for (guint i = 0; i < 7; i++)
    loss += log1p (exp (labels[i] == 0 ? logits[2 * i + 1] : -logits[2 * i + 1]));
  g_assert_cmpfloat_with_epsilon (result.loss, loss / 7, 1e-5);

  /* Of 0.8 and more are those with a difference of more than 1.39: four, of which the
   * third and the sixth are wrong. */
  check_counts (&result, 4, 2);
  for (guint i = 0; i < FOC_CALIBRATION_BINS; i++)
    n += result.calibration.bins[i].n;
  g_assert_cmpuint (n, ==, 7);
  g_assert_cmpfloat (result.calibration.error, ==, result.uncalibrated.error);

  /* Of twelve pairs seven are in order, and one is equal. */
  g_assert_cmpuint (result.n_rocs, ==, 1);
  g_assert_cmpuint (foc_measurement_get_roc_class (&result, 0), ==, 1);
  g_assert_cmpfloat_with_epsilon (result.rocs[0].auc, 7.5 / 12, 1e-9);
  g_assert_cmpuint (result.rocs[0].n_points, >, 2);

  /* A temperature of 2 leaves the differences of more than 2.77. */
  model->temperature = 2.0;
  measure (model, store, &result);
  check_counts (&result, 3, 1);
  g_assert_cmpfloat_with_epsilon (result.loss, loss / 7, 1e-5);
  g_assert_cmpfloat (result.calibration.error, !=, result.uncalibrated.error);

  model->threshold = 0.0;
  measure (model, store, &result);
  check_counts (&result, 7, 3);
  model->threshold = 1.0;
  measure (model, store, &result);
  check_counts (&result, 0, 0);
  g_assert_cmpfloat_with_epsilon (result.accuracy, 4.0 / 7, 1e-12);
}

/* "Not sure" by what is known of the training pictures, too. */
static void
test_novelty (void)
{
  static const guint16 labels[] = { 0, 1 };
  static const gint8 logits[] = { 0, -5, 0, 100 };
  g_autoptr (FocFeatureStore) store = make_store (2, labels, logits, 2);
  g_autoptr (FocModel) model = make_model (2);
  g_auto (FocMeasurement) result = { 0 };
  FocLookSums sums = { 0 };
  guint8 plain[FOC_N_FEATURES];
  double look[FOC_N_LOOKS];

  memset (plain, LEVEL, sizeof plain);
  foc_look_measure (plain, look);
  foc_look_sums_add (&sums, look);
  model->novelty = foc_novelty_new (2, &sums);
  measure (model, store, &result);
  check_counts (&result, 2, 0);
  model->novelty->min_certainty = 0.999; /* of 5 it is 0.993 */
  measure (model, store, &result);
  check_counts (&result, 1, 0);
  model->novelty->min_certainty = 0.0;
  model->novelty->max_distance = 0.0;
  measure (model, store, &result);
  check_counts (&result, 0, 0);
  g_assert_cmpfloat (result.accuracy, ==, 1.0);
}

/* Each class against the rest, in the order of the classes. */
static void
test_three_classes (void)
{
  static const guint16 labels[] = { 0, 0, 1, 1, 2, 2 };
  static const gint8 logits[] = { 4, 0, 0, 1, 2, 0, 0, 3, 1, 2, 1, 0, 0, 1, 2, 3, 0, 2 };
  static const guint64 confusion[] = { 1, 1, 0, 1, 1, 0, 1, 0, 1 };
  g_autoptr (FocFeatureStore) store = make_store (3, labels, logits, 6);
  g_autoptr (FocModel) model = make_model (3);
  g_auto (FocMeasurement) result = { 0 };

  measure (model, store, &result);
  g_assert_cmpmem (result.confusion.counts, sizeof confusion, confusion,
                   sizeof confusion);
  g_assert_cmpuint (result.n_rocs, ==, 3);
  for (guint c = 0; c < 3; c++)
    {
      double odds[6], pairs = 0.0, ordered = 0.0;

      g_assert_cmpuint (foc_measurement_get_roc_class (&result, c), ==, c);
      for (guint i = 0; i < 6; i++)
        {
          const gint8 *z = logits + 3 * i;

          odds[i] = z[c] - log (exp (z[(c + 1) % 3]) + exp (z[(c + 2) % 3]));
        }
      for (guint i = 0; i < 6; i++)
        for (guint j = 0; j < 6; j++)
          if (labels[i] == c && labels[j] != c)
            {
              pairs++;
              ordered += fabs (odds[i] - odds[j]) < 1e-9 ? 0.5 : odds[i] > odds[j];
            }
      g_assert_cmpfloat_with_epsilon (result.rocs[c].auc, ordered / pairs, 1e-6);
    }
  g_assert_cmpfloat (result.rocs[0].auc, !=, result.rocs[1].auc);
  g_assert_cmpfloat (result.rocs[1].auc, !=, result.rocs[2].auc);
}

/* Written, and read again. */
static void
check_round_trip (const FocMeasurement *result, guint n_classes, guint64 total)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonObject) object = NULL;
  g_auto (FocMeasurement) back = { 0 };
  g_auto (FocMeasurement) other = { 0 };
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  foc_measurement_to_json (result, builder);
  json_builder_end_object (builder);
  text = foc_json_to_string (builder, TRUE, NULL);
  object = foc_json_parse (text, strlen (text), NULL);
  g_assert_nonnull (object);
  g_assert_true (foc_measurement_from_json (&back, object, n_classes, total));
  test_measurement_check_equal (result, &back);
  if (!result->measured)
    return;

  /* Of other examples, or of other classes, it is none. */
  g_assert_false (foc_measurement_from_json (&other, object, n_classes, total + 1));
  foc_measurement_clear (&other);
  g_assert_false (foc_measurement_from_json (&other, object, n_classes + 1, total));
  g_assert_false (other.measured);
}

/* Rows of `n_classes` classes in turn, with logits of noise. */
static FocFeatureStore *
make_noise (guint n_classes, guint32 n_rows)
{
  g_autofree guint16 *labels = g_new (guint16, n_rows);
  g_autofree gint8 *logits = g_new (gint8, (gsize) n_rows * n_classes);
  FocRng rng;

  foc_rng_init (&rng, n_classes, 17);
  for (guint32 i = 0; i < n_rows; i++)
    labels[i] = (guint16) (i % n_classes);
  for (gsize i = 0; i < (gsize) n_rows * n_classes; i++)
    logits[i] = (gint8) foc_rng_below (&rng, 9) - 4;

  return make_store (n_classes, labels, logits, n_rows);
}

/* Up to a number of classes with the points of the curves; then with the areas only. */
static void
test_round_trip (void)
{
  static const guint classes[] = { 2, 3, FOC_MEASUREMENT_MAX_CURVES,
                                   FOC_MEASUREMENT_MAX_CURVES + 1 };
  g_auto (FocMeasurement) result = { 0 };

  check_round_trip (&result, 2, 0);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      guint n_classes = classes[i];
      g_autoptr (FocFeatureStore) store = make_noise (n_classes, 10 * n_classes);
      g_autoptr (FocModel) model = make_model (n_classes);

      model->temperature = 1.7;
      measure (model, store, &result); /* in place of the one before */
      g_assert_cmpuint (result.n_rocs, ==, n_classes == 2 ? 1 : n_classes);
      for (guint r = 0; r < result.n_rocs; r++)
        {
          g_assert_true (isfinite (result.rocs[r].auc));
          g_assert_cmpint (result.rocs[r].n_points > 0, ==,
                           n_classes <= FOC_MEASUREMENT_MAX_CURVES);
        }
      check_round_trip (&result, n_classes, 10 * n_classes);
    }

  /* Classes of which there is no example, and logits beyond all numbers. */
  {
    static const guint16 labels[] = { 0, 0 };
    static const gint8 logits[] = { 1, 0, 0, 1, 0, 0 };
    g_autoptr (FocFeatureStore) store = make_store (3, labels, logits, 2);
    g_autoptr (FocModel) model = make_model (3);

    measure (model, store, &result);
    g_assert_true (isnan (result.rocs[1].auc));
    g_assert_cmpuint (result.rocs[1].n_points, ==, 0);
    check_round_trip (&result, 3, 2);

    /* Whatever the order in which a processor adds: infinity times zero is no number. */
    for (gsize i = 0; i < model->mlp->n_parameters; i++)
      model->mlp->parameters[i] = INFINITY;
    measure (model, store, &result);
    g_assert_false (isfinite (result.loss));
    check_counts (&result, 0, 0);
    check_round_trip (&result, 3, 2);
  }
}

/* As many classes as there may be: a record of it can be written and read. */
static void
test_most_classes (void)
{
  const guint n_classes = FOC_LIMIT_CLASSES;
  g_autofree char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "run.json", NULL);
  g_autoptr (FocFeatureStore) store = make_noise (n_classes, 2 * n_classes);
  g_autoptr (FocModel) model = make_model (n_classes);
  g_autoptr (FocRun) run = foc_run_new (folder);
  g_autoptr (FocRun) back = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  FocLookSums sums = { 0 };
  FocCurvePoint point = { 1, 0.1, 0.9, 0.1, 0.9 };
  gsize length;

  foc_settings_init (&run->settings, FOC_PRESET_PAPER, 0);
  run->dataset_name = g_strdup ("many");
  run->data_digest = g_strnfill (64, 'a');
  run->model_sha256 = g_strnfill (64, 'b');
  run->class_names = g_strdupv (model->class_names);
  run->n_pictures = 6 * n_classes;
  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    run->n_rows[part] = 2 * n_classes;
  run->grid = foc_grid_new (&run->settings);
  g_array_append_val (run->grid->trajectories[0].curve, point);
  g_assert_true (foc_grid_get_best (run->grid, &run->best));
  run->final_curve = foc_curve_new ();
  g_array_append_val (run->final_curve, point);
  run->certainty = (FocCertainty){ 1.5, 0.1, 0.05, 0.8, NULL };
  run->certainty.novelty = foc_novelty_new (n_classes, &sums);
  run->n_looks = 1;
  measure (model, store, &run->validation);
  measure (model, store, &run->holdout);

  foc_run_save (run, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_test_message ("%" G_GSIZE_FORMAT " bytes", length);
  /* Counts may have two more digits each. */
  g_assert_cmpuint (length + 2 * 2 * n_classes * n_classes, <, FOC_LIMIT_RECORD_BYTES);
  back = foc_run_load (folder, &error);
  g_assert_no_error (error);
  g_assert_true (foc_run_is_finished (back));
  test_measurement_check_equal (&run->validation, &back->validation);
  test_measurement_check_equal (&run->holdout, &back->holdout);
  test_folder_delete (folder);
}

/* A data set with more classes than the model has; one that is stopped. */
static void
test_errors (void)
{
  g_autoptr (FocFeatureStore) store = make_noise (3, 6);
  g_autoptr (FocModel) two = make_model (2);
  g_autoptr (FocModel) three = make_model (3);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (FocExamples) examples = { 0 };
  g_auto (FocMeasurement) result = { 0 };
  g_autoptr (GError) error = NULL;

  test_examples_init (&examples, store, 0, 6);
  measure (three, store, &result);
  g_assert_false (foc_measure (two, &examples, &result, NULL, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_DATASET);
  g_assert_false (result.measured);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_false (foc_measure (three, &examples, &result, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (result.measured);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  foc_blas_begin_thread ();

  g_test_add_func ("/measurement/two-classes", test_two_classes);
  g_test_add_func ("/measurement/novelty", test_novelty);
  g_test_add_func ("/measurement/three-classes", test_three_classes);
  g_test_add_func ("/measurement/round-trip", test_round_trip);
  g_test_add_func ("/measurement/most-classes", test_most_classes);
  g_test_add_func ("/measurement/errors", test_errors);

  return g_test_run ();
}

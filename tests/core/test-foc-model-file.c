/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-model-file.h"

#include "foc-blas.h"
#include "foc-error.h"
#include "foc-rng.h"
#include "test-folders.h"
#include "test-store.h"

#include <math.h>
#include <string.h>

static const char *const names[] = { "comics \"x\"", "Gesichter ☺", NULL };

static char *folder;
static char *path; /* a file in it */

/* Noise of one strength or another. */
static void
draw (FocRng *rng, guint8 features[FOC_N_FEATURES])
{
  guint32 strength = 20 + foc_rng_below (rng, 236);

  for (guint j = 0; j < FOC_N_FEATURES; j++)
    features[j] = (guint8) foc_rng_below (rng, strength);
}

static FocModel *
make_model (void)
{
  static const guint hidden[] = { 12, 5 };
  FocMlpShape shape;
  FocLookSums sums = { 0 };
  FocModel *model;
  FocRng rng;

  foc_mlp_shape_init (&shape, FOC_N_FEATURES, hidden, 2, 2);
  model = foc_model_new (foc_mlp_new (&shape), names);
  foc_rng_init (&rng, 3, 4);
  foc_mlp_initialise (model->mlp, &rng);

  for (guint i = 0; i < 100; i++)
    {
      guint8 features[FOC_N_FEATURES];
      double look[FOC_N_LOOKS];

      draw (&rng, features);
      foc_look_measure (features, look);
      foc_look_sums_add (&sums, look);
    }
  model->novelty = foc_novelty_new (2, &sums);
  model->novelty->weights[1] = -2.0 / 3;
  model->novelty->max_distance = 1.5;
  model->novelty->min_certainty = 0.53;
  model->temperature = 1.0 / 3;
  model->threshold = 0.52;
  model->origin.optimizer = g_strdup ("adam");
  model->origin.learning_rate = 2e-8;
  model->origin.epochs = 7;
  model->origin.seed = G_MAXUINT64;
  model->origin.validation_accuracy = 0.1 + 0.2;
  model->origin.data_digest = g_strdup ("0123");
  model->origin.program_version = g_strdup ("9.9");

  return model;
}

static void
test_round_trip (void)
{
  g_autoptr (FocModel) model = make_model ();
  g_autoptr (FocModel) back = NULL;
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&model->mlp->shape, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *again = g_build_filename (folder, "again", NULL);
  guint n_doubts[4] = { 0 };
  FocRng rng;

  g_assert_true (foc_model_save (model, path, &error));
  back = foc_model_load (path, &error);
  g_assert_no_error (error);

  g_assert_cmpstrv (back->class_names, names);
  g_assert_cmpuint (foc_model_get_n_classes (back), ==, 2);
  g_assert_cmpfloat (back->temperature, ==, model->temperature);
  g_assert_cmpfloat (back->threshold, ==, model->threshold);
  g_assert_cmpstr (back->origin.optimizer, ==, "adam");
  g_assert_cmpfloat (back->origin.learning_rate, ==, 2e-8);
  g_assert_cmpuint (back->origin.epochs, ==, 7);
  g_assert_true (back->origin.seed == G_MAXUINT64);
  g_assert_cmpfloat (back->origin.validation_accuracy, ==, 0.1 + 0.2);
  g_assert_cmpstr (back->origin.data_digest, ==, "0123");
  g_assert_cmpstr (back->origin.program_version, ==, "9.9");
  g_assert_true (test_mlp_equal (model->mlp, back->mlp));

  g_assert_true (foc_model_save (back, again, &error));
  before = test_file_sha256 (path);
  after = test_file_sha256 (again);
  g_assert_cmpstr (before, ==, after);

  foc_rng_init (&rng, 5, 6);
  for (guint i = 0; i < 50; i++)
    {
      guint8 features[FOC_N_FEATURES];
      float p[2], q[2];
      FocAnswer a, b;

      draw (&rng, features);
      foc_model_answer (model, work, features, p, &a);
      foc_model_answer (back, work, features, q, &b);

      g_assert_cmpmem (p, sizeof p, q, sizeof q);
      g_assert_cmpuint (a.label, ==, b.label);
      g_assert_cmpuint (a.label, ==, p[1] > p[0]);
      g_assert_cmpfloat (a.probability, ==, p[a.label]);
      g_assert_cmpfloat (a.distance, ==, b.distance);
      g_assert_cmpint (a.doubt, ==, b.doubt);
      g_assert_cmpfloat (a.certainty, ==, b.certainty);
      g_assert_cmpint (a.doubt, ==,
                       a.distance > 1.5     ? FOC_DOUBT_NOVELTY
                       : p[a.label] < 0.52  ? FOC_DOUBT_PROBABILITY
                       : a.certainty < 0.53 ? FOC_DOUBT_CERTAINTY
                                            : FOC_DOUBT_NONE);
      n_doubts[a.doubt]++;
      g_assert_cmpfloat (fabs (p[0] + p[1] - 1.0), <, 1e-6);
    }
  for (FocDoubt doubt = FOC_DOUBT_NONE; doubt <= FOC_DOUBT_NOVELTY; doubt++)
    g_assert_cmpuint (n_doubts[doubt], >, 0);
}

/* A model that knows nothing about itself keeps to the defaults. */
static void
test_unknown_origin (void)
{
  g_autoptr (FocModel) model = make_model ();
  g_autoptr (FocModel) plain =
    foc_model_new (foc_mlp_copy (model->mlp), (const char *const *) names);
  g_autoptr (FocModel) back = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (foc_model_save (plain, path, &error));
  back = foc_model_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (back->temperature, ==, 1.0);
  g_assert_cmpfloat (back->threshold, ==, FOC_MODEL_THRESHOLD_DEFAULT);
  g_assert_true (isnan (back->origin.learning_rate));
  g_assert_true (isnan (back->origin.validation_accuracy));
  g_assert_null (back->origin.optimizer);
}

/* A file with the layers as given, 0 ends them: and classes, if there are any. */
static FocSafetensors *
make_file (const guint *widths, const char *classes)
{
  FocSafetensors *file = foc_safetensors_new ();

  for (guint i = 0; widths[i + 1] != 0; i++)
    {
      g_autofree char *name = g_strdup_printf ("layers.%u.weight", i);
      g_autofree float *values = g_new0 (float, widths[i] * widths[i + 1]);

      values[0] = 1.0f;
      foc_safetensors_add (file, name, widths[i + 1], widths[i], values);
    }
  if (classes != NULL)
    foc_safetensors_set (file, "classes", classes);

  return file;
}

static const guint good_widths[] = { FOC_N_FEATURES, 3, 2, 0 };

/* Writes the file, and wants it loaded or refused. */
static void
check (FocSafetensors *file, gboolean good)
{
  g_autoptr (FocSafetensors) owned = file;
  g_autoptr (FocModel) model = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (foc_safetensors_write (owned, path, NULL));
  model = foc_model_load (path, &error);
  g_assert_cmpint (model != NULL, ==, good);
  if (good)
    g_assert_no_error (error);
  else
    {
      g_autofree char *name = g_path_get_basename (path);

      g_assert_error (error, FOC_ERROR, FOC_ERROR_MODEL);
      g_assert_nonnull (strstr (error->message, name));
    }
}

static void
check_metadata (const char *key, const char *value, gboolean good)
{
  FocSafetensors *file = make_file (good_widths, "[\"a\",\"b\"]");

  foc_safetensors_set (file, key, value);
  check (file, good);
}

static void
test_foreign (void)
{
  /* Nothing but tensors and classes. */
  check (make_file (good_widths, "[\"a\",\"b\"]"), TRUE);
  check (make_file ((const guint[]){ FOC_N_FEATURES, 2, 0 }, " [ \"a\" , \"b\" ] "),
         TRUE);
  check (make_file ((const guint[]){ FOC_N_FEATURES, 1, 1, 1, 1, 3, 0 },
                    "[\"a\",\"b\",\"c\"]"),
         TRUE);
  check_metadata ("format", "pt", TRUE);
  check_metadata ("anything", "else", TRUE);
}

static void
test_shapes (void)
{
  static const guint bad[][8] = {
    { FOC_N_FEATURES + 1, 2, 0 },
    { FOC_N_FEATURES - 1, 3, 2, 0 },
    { 2, FOC_N_FEATURES, 0 },
    { FOC_N_FEATURES, 1, 0 },                /* one class */
    { FOC_N_FEATURES, 3, 0 },                /* three, and two names */
    { FOC_N_FEATURES, 8193, 2, 0 },          /* beyond the limit */
    { FOC_N_FEATURES, 1, 1, 1, 1, 1, 2, 0 }, /* six layers */
  };
  FocSafetensors *file;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    check (make_file (bad[i], "[\"a\",\"b\"]"), FALSE);

  /* No layers; layers that do not chain; a layer that is missing. */
  file = foc_safetensors_new ();
  foc_safetensors_set (file, "classes", "[\"a\",\"b\"]");
  check (file, FALSE);

  for (guint wrong = 0; wrong < 6; wrong++)
    {
      static const char *const second[] = { "layers.1.weight", "layers.2.weight",
                                            "layers.1.bias",   "layers.01.weight",
                                            "layers.1.weight", "layers.1.weight" };
      guint columns = wrong == 0 ? 4 : 3;
      g_autofree float *values = g_new0 (float, 3 * FOC_N_FEATURES);

      file = foc_safetensors_new ();
      foc_safetensors_set (file, "classes", "[\"a\",\"b\"]");
      foc_safetensors_add (file, wrong == 4 ? "fc.weight" : "layers.0.weight", 3,
                           FOC_N_FEATURES, values);
      foc_safetensors_add (file, second[wrong], 2, columns, values);
      if (wrong == 5)
        {
          /* Three dimensions. */
          FocTensor *tensor = g_ptr_array_index (file->tensors, 1);

          tensor->n_dimensions = 3;
          tensor->dimensions[2] = 1;
        }
      check (file, FALSE);
    }

  /* A bias: to leave it out would be another network. */
  file = make_file (good_widths, "[\"a\",\"b\"]");
  {
    float bias[2] = { 1, 2 };

    foc_safetensors_add (file, "layers.1.bias", 1, 2, bias);
  }
  check (file, FALSE);
}

static void
test_classes (void)
{
  static const char *const bad[] = {
    "",
    "a,b",
    "[]",
    "[\"a\"]",
    "[\"a\",\"b\",\"c\"]",
    "[\"a\",\"a\"]",
    "[\"a\",\"\"]",
    "[\"a\",1]",
    "[\"a\",null]",
    "[\"a\",[\"b\"]]",
    "{\"a\":\"b\"}",
    "[\"a\",\"b\"",
    "[\"a\",\"b\"],\"x\":1",
    "[\"a\",\"b\"]}{\"x\":1",
    "[\"a\",\"b\"]/*",
    "['a','b']",
  };

  check (make_file (good_widths, NULL), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    check (make_file (good_widths, bad[i]), FALSE);
}

#define NOVELTY(mean, correlation, weights, distance, certainty)                         \
  "{\"mean\":" mean ",\"spread\":[0.25,0.5],\"correlation\":" correlation                \
  ",\"weights\":" weights ",\"max_distance\":" distance ",\"min_certainty\":" certainty  \
  "}"

static void
test_metadata (void)
{
  static const struct
  {
    const char *key;
    const char *value;
    gboolean good;
  } cases[] = {
    { "temperature", "1", TRUE },
    { "temperature", "0.001", TRUE },
    { "temperature", "abc", FALSE },
    { "temperature", "", FALSE },
    { "temperature", "1x", FALSE },
    { "temperature", "1,5", FALSE },
    { "temperature", "0", FALSE },
    { "temperature", "-1", FALSE },
    { "temperature", "inf", FALSE },
    { "temperature", "nan", FALSE },
    { "temperature", "1e999", FALSE },
    { "temperature", "1e-320", FALSE },
    { "threshold", "0", TRUE },
    { "threshold", "1", TRUE },
    { "threshold", "1.01", FALSE },
    { "threshold", "nan", FALSE },
    { "epochs", "5", TRUE },
    { "epochs", "-5", FALSE },
    { "epochs", "1e3", FALSE },
    { "epochs", "99999999999999999999", FALSE },
    { "seed", "18446744073709551615", TRUE },
    { "seed", "18446744073709551616", FALSE },
    { "learning_rate", "x", FALSE },
    { "validation_accuracy", "2", FALSE },
    { "preprocessing", FOC_PREPROCESS_ID, TRUE },
    { "preprocessing", "another", FALSE },
    { "format", "face-or-comic-model-1", TRUE },
    { "format", "face-or-comic-model-2", FALSE },
    { "format", "face-or-comic-checkpoint-1", FALSE },
    { "novelty", NOVELTY ("[-1,-2]", "0.5", "[1,0,0,1]", "3", "0.5"), TRUE },
    { "novelty", NOVELTY ("[-1,-2]", "0.5", "[1,0,0,1]", "null", "0"), TRUE },
    { "novelty", NOVELTY ("[-1]", "0.5", "[1,0,0,1]", "3", "0.5"), FALSE },
    { "novelty", NOVELTY ("[-1,null]", "0.5", "[1,0,0,1]", "3", "0.5"), FALSE },
    { "novelty", NOVELTY ("[-1,-2]", "1", "[1,0,0,1]", "3", "0.5"), FALSE },
    { "novelty", NOVELTY ("[-1,-2]", "null", "[1,0,0,1]", "3", "0.5"), FALSE },
    { "novelty", NOVELTY ("[-1,-2]", "0.5", "[1,0]", "3", "0.5"), FALSE },
    { "novelty", NOVELTY ("[-1,-2]", "0.5", "[1,0,0,1e7]", "3", "0.5"), FALSE },
    { "novelty", NOVELTY ("[-1,-2]", "0.5", "[1,0,0,1]", "-3", "0.5"), FALSE },
    { "novelty", NOVELTY ("[-1,-2]", "0.5", "[1,0,0,1]", "3", "1.5"), FALSE },
    { "novelty", NOVELTY ("[-1,-2]", "0.5", "[1,0,0,1]", "3", "null"), FALSE },
    { "novelty", "{}", FALSE },
    { "novelty", "[]", FALSE },
    { "novelty", "", FALSE },
    { "novelty", "none", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_metadata (cases[i].key, cases[i].value, cases[i].good);
}

static void
test_damage (void)
{
  g_autofree char *data = NULL;
  gsize length, header;

  {
    FocSafetensors *file =
      make_file ((const guint[]){ FOC_N_FEATURES, 2, 0 }, "[\"a\",\"b\"]");

    foc_safetensors_set (file, "format", "face-or-comic-model-1");
    foc_safetensors_set (file, "preprocessing", FOC_PREPROCESS_ID);
    foc_safetensors_set (file, "temperature", "1.5");
    foc_safetensors_set (file, "seed", "1");
    foc_safetensors_set (file, "novelty",
                         NOVELTY ("[-1,-2]", "0.5", "[1,0,0,1]", "3", "0.5"));
    check (file, TRUE);
  }
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  header = (guint8) data[0] + 256u * (guint8) data[1] + 8;
  g_assert_cmpuint (header, <, length);

  for (gsize bit = 0; bit < header * 8; bit++)
    {
      g_autoptr (FocModel) damaged = NULL;
      g_autoptr (GError) error = NULL;

      test_file_flip (path, bit);
      damaged = foc_model_load (path, &error);
      test_file_flip (path, bit);

      g_assert_true ((damaged == NULL) == (error != NULL));
      if (damaged != NULL)
        {
          g_assert_true (damaged->temperature >= 1e-3 && damaged->temperature <= 1e3);
          g_assert_cmpuint (g_strv_length (damaged->class_names), ==, 2);
        }
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  foc_blas_begin_thread ();
  folder = test_folder_new ();
  path = g_build_filename (folder, "test.safetensors", NULL);

  g_test_add_func ("/model-file/round-trip", test_round_trip);
  g_test_add_func ("/model-file/unknown-origin", test_unknown_origin);
  g_test_add_func ("/model-file/foreign", test_foreign);
  g_test_add_func ("/model-file/shapes", test_shapes);
  g_test_add_func ("/model-file/classes", test_classes);
  g_test_add_func ("/model-file/metadata", test_metadata);
  g_test_add_func ("/model-file/damage", test_damage);

  status = g_test_run ();
  test_folder_delete (folder);
  g_free (folder);
  g_free (path);
  return status;
}

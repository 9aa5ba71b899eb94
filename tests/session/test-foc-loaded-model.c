/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-loaded-model.h"

#include "test-catalog.h"
#include "test-experiment.h"
#include "test-folders.h"

#include "foc-run-folder.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* What a model is called, and the same one with the user's threshold. */

static FocLoadedModel *
read_model (const char *path)
{
  g_autoptr (GError) error = NULL;
  FocLoadedModel *model = foc_loaded_model_read (path, &error);

  g_assert_no_error (error);
  return model;
}

static void
assert_file_name (const char *name, const char *expected)
{
  g_autofree char *folder = test_folder_new ();
  g_autofree char *from = test_write_model (folder, "a b", 1);
  g_autofree char *to = test_path (folder, name);
  g_autoptr (FocLoadedModel) model = NULL;
  g_autofree char *made = NULL;

  g_assert_cmpint (g_rename (from, to), ==, 0);
  model = read_model (to);
  made = foc_loaded_model_make_file_name (model, ".onnx");
  g_assert_cmpstr (made, ==, expected);
  test_folder_delete (folder);
}

static void
test_file_names (void)
{
  g_autofree char *umlauts = g_strnfill (121, 'u');
  g_autoptr (FocLoadedModel) shipped = read_model (NULL);
  g_autofree char *made = foc_loaded_model_make_file_name (shipped, ".safetensors");
  g_autofree char *cut = NULL;

  g_assert_cmpstr (made, ==, "face-or-comic.safetensors");
  assert_file_name ("a model.safetensors", "a model.onnx");
  assert_file_name ("no-ending", "no-ending.onnx");
  assert_file_name (".safetensors", "model.onnx");
  assert_file_name (".hidden", "-hidden.onnx");
  assert_file_name ("a:b*\"c\".safetensors", "a-b--c-.onnx");
  assert_file_name ("two\nlines", "two-u000alines.onnx");

  /* No character is cut. */
  memcpy (umlauts + 99, "ü", strlen ("ü"));
  cut = g_strdup_printf ("%.99s.onnx", umlauts);
  assert_file_name (umlauts, cut);
}

static void
test_names (void)
{
  g_autoptr (FocLoadedModel) shipped = read_model (NULL);
  g_autoptr (FocLoadedModel) foreign = test_model_new ("a b", 1);
  g_autofree char *folder = test_run_without_look (test_pictures, NULL, FOC_KEEP_NONE);
  g_autofree char *path = test_path (folder, "model.safetensors");
  g_autofree char *elsewhere = test_folder_new ();
  g_autofree char *copy = test_path (elsewhere, "copy.safetensors");
  g_autofree char *bytes = NULL;
  g_autofree char *dataset = g_path_get_basename (test_pictures);
  g_autofree char *start = g_strconcat (dataset, ", ", NULL);
  gsize length;

  g_assert_cmpstr (foc_loaded_model_get_name (shipped), ==,
                   "Model that comes with the program");
  g_assert_cmpstr (foc_loaded_model_get_name (foreign), ==, "model.safetensors");
  g_assert_null (foc_loaded_model_get_dataset_name (foreign));
  g_assert_cmpuint (foc_loaded_model_get_n_pictures (foreign), ==, 0);

  {
    g_autoptr (FocLoadedModel) model = read_model (path);

    g_assert_true (g_str_has_prefix (foc_loaded_model_get_name (model), start));
    g_assert_nonnull (strchr (foc_loaded_model_get_name (model) + strlen (start), ':'));
    g_assert_cmpstr (foc_loaded_model_get_dataset_name (model), ==, dataset);
    g_assert_cmpuint (foc_loaded_model_get_n_pictures (model), ==, 2 * TEST_PER_CLASS);
  }

  /* A copy of it is still that of the run. */
  g_assert_true (foc_run_rename (folder, "The <best>\none", NULL));
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  test_add_file (elsewhere, "copy.safetensors", bytes, length);
  {
    g_autoptr (FocLoadedModel) model = read_model (copy);
    g_autofree char *made = foc_loaded_model_make_file_name (model, ".onnx");

    g_assert_cmpstr (foc_loaded_model_get_name (model), ==, "The <best>\\u000aone");
    g_assert_cmpstr (made, ==, "The -best--u000aone.onnx");
  }
  test_folder_delete (elsewhere);
  test_folder_delete (folder);
}

static void
test_threshold (void)
{
  g_autoptr (FocLoadedModel) shipped = read_model (NULL);
  const FocModel *own = foc_loaded_model_get_model (shipped);
  double least = own->novelty->min_certainty;
  g_autoptr (FocLoadedModel) surer = foc_loaded_model_with_threshold (shipped, 0.95);
  g_autoptr (FocLoadedModel) bolder = foc_loaded_model_with_threshold (surer, 0);
  g_autoptr (FocLoadedModel) again = foc_loaded_model_with_threshold (bolder, NAN);
  FocLoadedModel *const all[] = { shipped, surer, bolder, again };

  g_assert_cmpfloat (least, !=, 0.95);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      const FocModel *model = foc_loaded_model_get_model (all[i]);
      double threshold = foc_loaded_model_get_threshold (all[i]);

      g_assert_true (model->mlp == own->mlp);
      g_assert_true (foc_loaded_model_get_own (all[i]) == own);
      g_assert_true (foc_loaded_model_is_shipped (all[i]));
      g_assert_cmpstr (foc_loaded_model_get_name (all[i]), ==,
                       foc_loaded_model_get_name (shipped));
      g_assert_cmpstr (foc_loaded_model_get_path (all[i]), ==,
                       foc_loaded_model_get_path (shipped));
      g_assert_cmpint (isnan (threshold), ==, i == 0 || i == 3);
      g_assert_cmpfloat (model->threshold, ==, isnan (threshold) ? 0.8 : threshold);
      g_assert_cmpfloat (model->novelty->min_certainty, ==,
                         isnan (threshold) ? least : threshold);
    }

  /* Each on its own keeps what it shares. */
  g_clear_object (&shipped);
  g_clear_object (&bolder);
  g_assert_cmpfloat (foc_loaded_model_get_own (surer)->threshold, ==, 0.8);
}

/* Without anything known of its training pictures. */
static void
test_threshold_alone (void)
{
  g_autoptr (FocLoadedModel) model = test_model_new ("a b", 1);
  g_autoptr (FocLoadedModel) surer = foc_loaded_model_with_threshold (model, 0.9);

  g_assert_null (foc_loaded_model_get_model (surer)->novelty);
  g_assert_cmpfloat (foc_loaded_model_get_model (surer)->threshold, ==, 0.9);
}

/* It is no way around the seal, and the seal is no way around it. */
static void
test_sealed (void)
{
  g_autofree char *folder = test_run_without_look (test_pictures, NULL, FOC_KEEP_NONE);
  g_autofree char *path = test_path (folder, "model.safetensors");
  g_autoptr (FocLoadedModel) model = read_model (path);
  g_autoptr (FocLoadedModel) surer = foc_loaded_model_with_threshold (model, 0.9);
  g_autoptr (FocLoadedModel) open = NULL;
  g_autoptr (FocCatalog) catalog = test_catalog_complete (test_pictures, NULL);
  g_autoptr (FocRun) run = foc_run_load (folder, NULL);

  g_assert_cmpint (foc_loaded_model_get_sealed (model, catalog), !=, FOC_SEALED_NOTHING);
  g_assert_cmpint (foc_loaded_model_get_sealed (surer, catalog), ==,
                   foc_loaded_model_get_sealed (model, catalog));
  g_assert_null (foc_loaded_model_open_by_run (surer, run));

  run->n_looks = 1;
  open = foc_loaded_model_open_by_run (surer, run);
  g_assert_nonnull (open);
  g_assert_cmpint (foc_loaded_model_get_sealed (open, catalog), ==, FOC_SEALED_NOTHING);
  g_assert_cmpfloat (foc_loaded_model_get_model (open)->threshold, ==, 0.9);
  g_clear_object (&surer);
  surer = foc_loaded_model_with_threshold (open, NAN);
  g_assert_cmpint (foc_loaded_model_get_sealed (surer, catalog), ==, FOC_SEALED_NOTHING);
  test_folder_delete (folder);
}

int
main (int argc, char *argv[])
{
  g_autofree char *shipped = NULL;

  test_experiment_init (&argc, &argv);
  shipped = g_build_filename (g_getenv ("FOC_TEST_MODELS"), "model.safetensors", NULL);
  g_setenv ("FOC_MODEL", shipped, TRUE);

  g_test_add_func ("/loaded-model/names", test_names);
  g_test_add_func ("/loaded-model/file-names", test_file_names);
  g_test_add_func ("/loaded-model/threshold", test_threshold);
  g_test_add_func ("/loaded-model/threshold-alone", test_threshold_alone);
  g_test_add_func ("/loaded-model/sealed", test_sealed);

  return test_experiment_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-seal.h"

#include "foc-file.h"
#include "foc-model-file.h"
#include "foc-run-folder.h"
#include "test-experiment.h"
#include "test-folders.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* Models of these tests have the same bytes: each begins without looks. */

typedef struct
{
  char *looks;    /* the folder, which need not be there   */
  char *pictures; /* a folder in one that it may be moved in */
  char *root;     /* that one                              */
  char *folder;   /* of a run without a look, among the user's */
  char *copy;     /* of its model, elsewhere               */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *drawn = test_make_pictures (TEST_PER_CLASS, TEST_PER_CLASS);
  g_autofree char *model = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  self->looks = g_build_filename (g_get_user_data_dir (), "face-or-comic", "looks", NULL);
  if (g_file_test (self->looks, G_FILE_TEST_EXISTS))
    test_folder_delete (self->looks);
  self->root = test_folder_new ();
  self->pictures = test_path (self->root, "people");
  g_assert_cmpint (g_rename (drawn, self->pictures), ==, 0);
  self->folder = test_run_without_look (self->pictures, NULL, FOC_KEEP_NONE);
  self->copy = test_path (self->root, "copy");
  model = test_path (self->folder, "model.safetensors");
  g_assert_true (g_file_get_contents (model, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (self->copy, bytes, (gssize) length, NULL));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (g_file_test (self->folder, G_FILE_TEST_EXISTS))
    test_folder_delete (self->folder);
  test_folder_delete (self->root);
  g_free (self->looks);
  g_free (self->pictures);
  g_free (self->root);
  g_free (self->folder);
  g_free (self->copy);
}

static FocSeal *
find (const char *path)
{
  g_autoptr (FocModel) model = foc_model_load (path, NULL);

  g_assert_nonnull (model);
  return foc_seal_find (path, model);
}

static FocSealScope
get_scope (const FocSeal *seal, const char *pictures)
{
  FocExperimentOptions options = { .jobs = 2 };
  g_autoptr (FocExperiment) experiment = test_open_pictures (pictures, &options);

  return foc_seal_get_scope (seal, experiment->dataset, experiment->store);
}

static guint
look (const FocSeal *seal)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_true (foc_seal_count_look (seal, &n, &error));
  g_assert_no_error (error);
  return n;
}

/* Wherever the model lies, the run's record counts. */
static void
test_run (Fixture *self, gconstpointer data)
{
  g_autoptr (FocSeal) seal = find (self->copy);
  g_autoptr (FocSeal) again = NULL;
  g_autoptr (FocRun) run = NULL;

  g_assert_cmpstr (seal->folder, ==, self->folder);
  g_assert_cmpuint (seal->n_looks, ==, 0);
  g_assert_cmpint (get_scope (seal, self->pictures), ==, FOC_SEAL_HOLDOUT);
  g_assert_cmpuint (look (seal), ==, 1);
  g_assert_cmpuint (look (seal), ==, 2);
  run = foc_run_load (self->folder, NULL);
  g_assert_cmpuint (run->n_looks, ==, 2);
  again = find (self->copy);
  g_assert_cmpuint (again->n_looks, ==, 2);
  g_assert_false (g_file_test (self->looks, G_FILE_TEST_EXISTS));
}

/* The run is gone: its model is under seal all the same, and looks at it are counted. */
static void
test_no_run (Fixture *self, gconstpointer data)
{
  g_autoptr (FocSeal) seal = NULL;
  g_autoptr (FocSeal) again = NULL;

  g_assert_true (foc_run_delete (self->folder, NULL));
  seal = find (self->copy);
  g_assert_null (seal->folder);
  g_assert_cmpuint (seal->n_looks, ==, 0);
  g_assert_cmpint (seal->split.method, ==, FOC_SPLIT_PAPER);
  g_assert_cmpint (get_scope (seal, self->pictures), ==, FOC_SEAL_HOLDOUT);
  g_assert_cmpint (get_scope (seal, test_pictures), ==, FOC_SEAL_HOLDOUT);
  g_assert_cmpuint (look (seal), ==, 1);
  g_assert_cmpuint (look (seal), ==, 2);
  again = find (self->copy);
  g_assert_cmpuint (again->n_looks, ==, 2);
}

/* Who has looked, and deletes the run, is not kept from what he has seen. */
static void
test_inherited (Fixture *self, gconstpointer data)
{
  g_autoptr (FocSeal) of_run = find (self->copy);
  g_autoptr (FocSeal) seal = NULL;

  look (of_run);
  look (of_run);
  g_assert_true (foc_run_delete (self->folder, NULL));
  seal = find (self->copy);
  g_assert_null (seal->folder);
  g_assert_cmpuint (seal->n_looks, ==, 2);
  g_assert_cmpuint (look (seal), ==, 3);
}

/* A picture fewer: what was held out is not known any more. Other data are free. */
static void
test_changed (Fixture *self, gconstpointer data)
{
  g_autoptr (FocSeal) seal = find (self->copy);
  g_autofree char *picture = test_path (self->pictures, "comics/7.png");
  g_autofree char *moved = test_path (self->root, "others");
  g_autofree char *first = test_path (self->pictures, "comics");
  g_autofree char *renamed = test_path (self->pictures, "drawings");
  g_autoptr (FocSeal) orphan = NULL;

  g_assert_cmpint (g_unlink (picture), ==, 0);
  g_assert_cmpint (get_scope (seal, self->pictures), ==, FOC_SEAL_ANY);

  g_assert_cmpint (g_rename (self->pictures, moved), ==, 0);
  g_assert_cmpint (get_scope (seal, moved), ==, FOC_SEAL_NOTHING);
  g_assert_cmpint (g_rename (moved, self->pictures), ==, 0);
  g_assert_cmpint (g_rename (first, renamed), ==, 0);
  g_assert_cmpint (get_scope (seal, self->pictures), ==, FOC_SEAL_NOTHING);
  g_assert_cmpint (g_rename (renamed, first), ==, 0);
  g_assert_cmpint (get_scope (seal, self->pictures), ==, FOC_SEAL_ANY);

  g_assert_true (foc_run_delete (self->folder, NULL));
  orphan = find (self->copy);
  g_assert_cmpint (get_scope (orphan, self->pictures), ==, FOC_SEAL_NOTHING);
}

/* A model that knows nothing of its data, and the one that comes with the program. */
static void
test_none (Fixture *self, gconstpointer data)
{
  g_autoptr (FocModel) model = foc_model_load (self->copy, NULL);
  g_autofree char *other = test_path (self->root, "other");

  g_clear_pointer (&model->origin.data_digest, g_free);
  g_assert_true (foc_model_save (model, other, NULL));
  g_assert_null (find (other));

  g_setenv ("FOC_MODEL", self->copy, TRUE);
  g_assert_null (find (self->copy));
  g_setenv ("FOC_MODEL", self->looks, TRUE); /* none */
}

/* A look that cannot be recorded is not to be taken. */
static void
test_faults (Fixture *self, gconstpointer data)
{
  g_autoptr (FocSeal) of_run = find (self->copy);
  g_autoptr (FocSeal) seal = NULL;
  FocSeal *seals[2] = { of_run, NULL };
  guint n = 7;

  for (guint i = 0; i < G_N_ELEMENTS (seals); i++)
    {
      g_autoptr (FocSeal) again = NULL;
      g_autoptr (GError) error = NULL;

      if (i == 1)
        {
          g_assert_true (foc_run_delete (self->folder, NULL));
          seals[1] = seal = find (self->copy);
        }
      foc_file_set_fault (1, ENOSPC);
      g_assert_false (foc_seal_count_look (seals[i], &n, &error));
      foc_file_set_fault (0, 0);
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
      g_assert_cmpuint (n, ==, 7);
      again = find (self->copy);
      g_assert_cmpuint (again->n_looks, ==, 0);
    }
}

/* A count that is damaged is one, whatever it was. */
static void
test_damaged (Fixture *self, gconstpointer data)
{
  g_autofree char *sha256 = test_file_sha256 (self->copy);
  g_autofree char *count = test_path (self->looks, sha256);
  g_autoptr (FocSeal) seal = NULL;
  static const char *const texts[] = {
    "", "x", "-3\n", "0\n", "99999999999\n", "12345678901234567890123456789012345678\n"
  };

  g_assert_true (foc_run_delete (self->folder, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FocSeal) damaged = NULL;

      test_add_file (self->looks, sha256, texts[i], strlen (texts[i]));
      damaged = find (self->copy);
      g_assert_cmpuint (damaged->n_looks, ==, 1);
    }
  g_assert_true (g_file_set_contents (count, "2147483647\n", -1, NULL));
  seal = find (self->copy);
  g_assert_cmpuint (look (seal), ==, G_MAXINT32);
}

int
main (int argc, char *argv[])
{
  g_autofree char *none = NULL;

  test_experiment_init (&argc, &argv);
  none = test_path (test_cache, "none");
  g_setenv ("FOC_MODEL", none, TRUE);

#define ADD(name, function)                                                              \
  g_test_add ("/seal/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("run", test_run);
  ADD ("no-run", test_no_run);
  ADD ("inherited", test_inherited);
  ADD ("changed", test_changed);
  ADD ("none", test_none);
  ADD ("faults", test_faults);
  ADD ("damaged", test_damaged);

  return test_experiment_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-training.h"

#include "foc-file.h"
#include "foc-run-folder.h"
#include "test-catalog.h"
#include "test-folders.h"
#include "test-loop.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Pictures that have changed, runs that cannot be written, or are somebody else's. */

/* A data set of this test's own, which may be spoilt. */
static char *
use_own_pictures (TrainingFixture *self)
{
  char *root = test_make_pictures (TEST_PER_CLASS, TEST_PER_CLASS);

  foc_catalog_unref (self->catalog);
  self->catalog = test_catalog_complete (root, test_cache);
  return root;
}

/* Nothing was trained, and no run is left behind. */
static void
assert_nothing_begun (TrainingFixture *self)
{
  g_assert_null (foc_training_get_run (self->training));
  g_assert_cmpuint (test_training_count_runs (), ==, 0);
}

static void
replace_picture (const char *root)
{
  g_autofree char *from = test_path (root, "faces/1.png");
  g_autofree char *to = test_path (root, "faces/0.png");

  g_assert_cmpint (g_unlink (to), ==, 0);
  g_assert_cmpint (link (from, to), ==, 0);
}

static void
add_picture (const char *root)
{
  g_autofree char *from = test_path (root, "faces/1.png");
  g_autofree char *to = test_path (root, "faces/new.png");

  g_assert_cmpint (link (from, to), ==, 0);
}

static void
remove_picture (const char *root)
{
  g_autofree char *path = test_path (root, "comics/3.png");

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
rename_class (const char *root)
{
  g_autofree char *from = test_path (root, "comics");
  g_autofree char *to = test_path (root, "drawings");

  g_assert_cmpint (g_rename (from, to), ==, 0);
}

static void
test_stale (TrainingFixture *self, gconstpointer data)
{
  static void (*const changes[]) (const char *) = { replace_picture, add_picture,
                                                    remove_picture, rename_class };
  FocSettings settings = test_training_short ();

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *root = use_own_pictures (self);
      g_autofree char *name = g_path_get_basename (root);

      changes[i](root);
      test_training_start (self, &settings);
      test_training_wait (self);
      test_training_assert_said (self, "working stale nothing failed");
      test_training_assert_message (self, name);
      test_training_assert_message (self, "have changed");
      assert_nothing_begun (self);
      test_folder_delete (root);
    }
}

static void
test_gone (TrainingFixture *self, gconstpointer data)
{
  g_autofree char *root = use_own_pictures (self);
  g_autofree char *name = g_path_get_basename (root);
  FocSettings settings = test_training_short ();

  test_folder_delete (root);
  test_training_start (self, &settings);
  test_training_wait (self);
  test_training_assert_said (self, "working stale nothing failed");
  test_training_assert_message (self, name);
  assert_nothing_begun (self);
}

/* Between the search and the final model: the run stays as it was. */
static void
test_stale_later (TrainingFixture *self, gconstpointer data)
{
  g_autofree char *root = use_own_pictures (self);
  FocSettings settings = test_training_short ();

  test_training_start (self, &settings);
  test_training_wait (self);
  add_picture (root);
  g_string_truncate (self->log, 0);
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_said (self, "working stale shown failed");
  g_assert_nonnull (foc_training_get_run (self->training)->grid);
  g_assert_false (foc_training_has_model (self->training));

  /* A catalog that is up to date is still not of the run's data. */
  foc_catalog_unref (self->catalog);
  self->catalog = test_catalog_complete (root, test_cache);
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_said (self, "working shown failed");
  test_training_assert_message (self, "other pictures");
  g_assert_cmpuint (test_training_count_runs (), ==, 1);
  test_folder_delete (root);
}

static void
block_runs (const char *runs)
{
  g_autofree char *parent = g_path_get_dirname (runs);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (runs, "no folder", -1, NULL));
}

/* The folder of the runs cannot be made: told at once; the search goes on, the model can
 * be had, and where there is room again the run is written. */
static void
test_unsaved (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();
  const FocRun *reference = test_training_get_long ();
  g_autofree char *runs = foc_runs_folder ();
  g_autofree char *folder = test_folder_new ();
  g_autofree char *path = test_path (folder, "model.safetensors");
  g_autofree char *sha256 = NULL;

  block_runs (runs);
  test_training_start (self, &settings);
  test_training_wait_to_grow (self);
  test_training_assert_said (self, "working unsaved");
  test_training_assert_message (self, "runs");
  g_assert_nonnull (foc_training_get_problem (self->training));
  test_training_wait (self);
  test_training_assert_said (self, "shown done:1");
  g_assert_false (foc_training_has_model (self->training));

  /* Another file, another sentence: once for each step. */
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_said (self, "working unsaved shown done:2");
  g_assert_true (foc_training_has_model (self->training));
  g_assert_true (foc_training_has_unwritten_model (self->training));
  g_assert_nonnull (foc_training_get_problem (self->training));

  foc_training_save_model (self->training, path);
  TEST_WAIT (self->log->len > 0);
  test_training_assert_said (self, "notice");
  sha256 = test_file_sha256 (path);
  g_assert_cmpstr (sha256, ==, reference->model_sha256);

  /* No look without a record of it. */
  test_training_go_on (self, FOC_TRAINING_LOOK);
  test_training_assert_said (self, "working shown failed");
  g_assert_cmpuint (foc_training_get_run (self->training)->n_looks, ==, 0);
  g_assert_true (foc_training_has_unwritten_model (self->training));

  g_assert_cmpint (g_unlink (runs), ==, 0);
  test_training_go_on (self, FOC_TRAINING_LOOK);
  test_training_assert_said (self, "working shown done:4");
  g_assert_null (foc_training_get_problem (self->training));
  g_assert_false (foc_training_has_unwritten_model (self->training));
  test_training_assert_same (self, reference);
  g_assert_cmpuint (test_training_count_runs (), ==, 1);
  test_folder_delete (folder);
}

/* Cancelled in the middle, it goes on in memory; there is nothing to be opened. */
static void
test_unsaved_cancel (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();
  g_autofree char *runs = foc_runs_folder ();

  block_runs (runs);
  test_training_start (self, &settings);
  test_training_wait_to_grow (self);
  foc_training_cancel (self->training);
  test_training_assert_said (self, "working unsaved shown");
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_said (self, "working shown failed");
  test_training_go_on (self, FOC_TRAINING_SEARCH);
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_said (self,
                             "working unsaved shown done:1 working unsaved shown done:2");
  g_assert_true (foc_training_has_unwritten_model (self->training));
  g_assert_cmpint (g_unlink (runs), ==, 0);
}

/* What one run could not write is not taken for another one's. */
static void
test_unsaved_other (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short (), other = settings;
  g_autofree char *runs = foc_runs_folder ();
  g_autofree char *away = g_strconcat (runs, "-away", NULL);
  g_autofree char *folder = NULL;

  test_training_start (self, &settings);
  test_training_wait (self);
  folder = g_strdup (foc_training_get_run (self->training)->folder);
  g_assert_cmpint (g_rename (runs, away), ==, 0);
  block_runs (runs);
  other.training.seed = 7;
  test_training_until_final (self, &other);
  g_assert_true (foc_training_has_unwritten_model (self->training));
  g_assert_cmpint (g_unlink (runs), ==, 0);
  g_assert_cmpint (g_rename (away, runs), ==, 0);

  foc_training_open (self->training, folder);
  g_assert_false (foc_training_has_unwritten_model (self->training));
  test_training_wait (self);
  g_assert_null (foc_training_get_problem (self->training));
  g_assert_false (foc_training_has_model (self->training));
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_same (self, test_training_get_short ());
  g_assert_cmpuint (test_training_count_runs (), ==, 1);
}

/* While there is something that could not be written, nobody else has the run's folder; once
 * the run is closed, or another one is shown, it is anybody's. */
static void
test_unsaved_close (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();
  g_autofree char *folder = NULL;

  test_training_start (self, &settings);
  test_training_wait (self);
  folder = g_strdup (foc_training_get_run (self->training)->folder);
  test_add_file (folder, "model.safetensors/in the way", "", 0);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      g_string_truncate (self->log, 0);
      test_training_go_on (self, FOC_TRAINING_FINAL);
      test_training_assert_said (self, "working unsaved shown done:2");
      test_training_assert_message (self, "model.safetensors");
      g_assert_true (foc_training_has_unwritten_model (self->training));
      g_assert_false (foc_run_rename (folder, "Mine", &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN);

      if (i == 0)
        foc_training_close (self->training);
      else
        foc_training_open (self->training, "/nowhere");
      g_assert_false (foc_training_has_model (self->training));
      g_assert_null (foc_training_get_problem (self->training));
      g_assert_true (foc_run_rename (folder, "Mine", NULL));
      foc_training_open (self->training, folder);
      test_training_wait (self);
    }
}

/* The same where the worker has yet to notice. */
static void
test_unsaved_close_working (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();
  g_autofree char *folder = NULL;

  foc_file_set_fault (2, ENOSPC); /* of the record, at the beginning */
  test_training_start (self, &settings);
  test_training_wait_to_grow (self);
  foc_file_set_fault (0, 0);
  folder = g_strdup (foc_training_get_run (self->training)->folder);
  foc_training_close (self->training);
  g_assert_true (foc_job_wait_for_workers (60000));
  test_training_assert_said (self, "working unsaved nothing");
  g_assert_false (foc_file_folder_is_locked (folder));
}

/* One write in turn fails, as on a disk that is full for a moment: said as it happens, and
 * made up for by the next write. */
static void
test_full_disk (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();
  guint n_told = 0;

  for (guint nth = 1; nth <= 30; nth++)
    {
      g_autofree char *folder = NULL;

      foc_file_set_fault (nth, ENOSPC);
      settings.training.seed = nth;
      test_training_start (self, &settings);
      test_training_wait (self);
      foc_file_set_fault (0, 0);
      g_assert_nonnull (strstr (self->log->str, "shown done:1"));
      if (strstr (self->log->str, "unsaved") != NULL)
        {
          n_told++;
          test_training_assert_message (self, g_strerror (ENOSPC));
        }
      g_string_truncate (self->log, 0);

      test_training_go_on (self, FOC_TRAINING_FINAL);
      g_assert_null (foc_training_get_problem (self->training));
      folder = g_strdup (foc_training_get_run (self->training)->folder);
      foc_training_open (self->training, folder);
      test_training_wait (self);
      g_assert_true (foc_training_has_model (self->training));
      g_string_truncate (self->log, 0);
    }
  g_assert_cmpuint (n_told, >, 15);
}

/* Somebody else works in the folder: another process, or the program in a terminal. */
static void
test_locked (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_long ();
  g_autofree char *folder = NULL;
  int lock;

  test_training_start (self, &settings);
  test_training_wait_to_grow (self);
  folder = g_strdup (foc_training_get_run (self->training)->folder);
  foc_training_cancel (self->training);
  g_assert_true (foc_job_wait_for_workers (60000));
  g_string_truncate (self->log, 0);

  lock = foc_file_lock_folder (folder, NULL);
  g_assert_cmpint (lock, >=, 0);
  test_training_go_on (self, FOC_TRAINING_SEARCH);
  test_training_assert_said (self, "working shown failed");
  test_training_assert_message (self, "in use");
  g_assert_cmpstr (foc_training_get_run (self->training)->folder, ==, folder);

  /* Who begins does so in another one. */
  settings = test_training_long ();
  test_training_start (self, &settings);
  TEST_WAIT (foc_training_get_run (self->training) != NULL);
  g_assert_cmpstr (foc_training_get_run (self->training)->folder, !=, folder);
  foc_training_cancel (self->training);
  close (lock);
}

/* The run that is shown has gone, or is another one: no new one takes its place. */
static void
test_run_gone (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();
  g_autofree char *folder = NULL;

  test_training_start (self, &settings);
  test_training_wait (self);
  folder = g_strdup (foc_training_get_run (self->training)->folder);
  test_folder_delete (folder);
  g_string_truncate (self->log, 0);
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_said (self, "working shown failed");
  g_assert_cmpuint (test_training_count_runs (), ==, 0);
}

/* Begun anew by somebody, who has not come as far. */
static void
test_run_begun_anew (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();
  FocRun *run;

  test_training_until_final (self, &settings);
  run = foc_run_load (foc_training_get_run (self->training)->folder, NULL);
  g_clear_pointer (&run->model_sha256, g_free);
  g_clear_pointer (&run->final_curve, g_array_unref);
  g_clear_pointer (&run->grid, foc_grid_free);
  g_assert_true (foc_run_save (run, NULL));
  for (guint i = 0; i < 2; i++)
    {
      test_training_go_on (self, i == 0 ? FOC_TRAINING_LOOK : FOC_TRAINING_FINAL);
      g_assert_nonnull (strstr (self->log->str, "failed"));
      test_training_assert_message (self, "open it again");
      g_string_truncate (self->log, 0);
    }
  foc_run_unref (run);
}

/* What another program has begun is not gone on with, for the one reason or the other. */
static void
test_other_version (TrainingFixture *self, gconstpointer data)
{
  static const char *const reasons[] = { "by version other of", "computed with “other”" };
  FocSettings settings = test_training_short ();
  g_autoptr (FocRun) run = NULL;

  test_training_start (self, &settings);
  test_training_wait (self);
  run = foc_run_load (foc_training_get_run (self->training)->folder, NULL);
  for (guint i = 0; i < 2; i++)
    {
      char **what = i == 0 ? &run->program_version : &run->arithmetic;
      char *before = g_steal_pointer (what);

      *what = g_strdup ("other");
      g_assert_true (foc_run_save (run, NULL));
      g_free (*what);
      *what = before;
      foc_training_open (self->training, run->folder);
      test_training_wait (self);
      g_string_truncate (self->log, 0);
      test_training_go_on (self, FOC_TRAINING_FINAL);
      test_training_assert_said (self, "working shown failed");
      test_training_assert_message (self, reasons[i]);
    }
  g_assert_true (foc_run_save (run, NULL));
  test_training_go_on (self, FOC_TRAINING_FINAL);
  test_training_assert_same (self, test_training_get_short ());
}

/* A final model that is not the one the run has made is not looked at the holdout set
 * with. */
static void
test_model_changed (TrainingFixture *self, gconstpointer data)
{
  FocSettings settings = test_training_short ();
  g_autofree char *path = NULL;

  test_training_until_final (self, &settings);
  path = foc_run_get_model_path (foc_training_get_run (self->training));
  test_file_flip (path, 8 * 2000);
  test_training_go_on (self, FOC_TRAINING_LOOK);
  test_training_assert_said (self, "working shown failed");
  test_training_assert_message (self, "model.safetensors");
  g_assert_cmpuint (foc_training_get_run (self->training)->n_looks, ==, 0);

  /* Removed, it is made again. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  test_training_go_on (self, FOC_TRAINING_FINAL | FOC_TRAINING_LOOK);
  test_training_assert_said (self, "working shown done:6");
  test_training_assert_same (self, test_training_get_short ());
}

int
main (int argc, char **argv)
{
  test_training_init (&argc, &argv);

  ADD_TRAINING_TEST ("stale", test_stale);
  ADD_TRAINING_TEST ("gone", test_gone);
  ADD_TRAINING_TEST ("stale-later", test_stale_later);
  ADD_TRAINING_TEST ("unsaved", test_unsaved);
  ADD_TRAINING_TEST ("unsaved-cancel", test_unsaved_cancel);
  ADD_TRAINING_TEST ("unsaved-other", test_unsaved_other);
  ADD_TRAINING_TEST ("unsaved-close", test_unsaved_close);
  ADD_TRAINING_TEST ("unsaved-close-working", test_unsaved_close_working);
  ADD_TRAINING_TEST ("full-disk", test_full_disk);
  ADD_TRAINING_TEST ("locked", test_locked);
  ADD_TRAINING_TEST ("run-gone", test_run_gone);
  ADD_TRAINING_TEST ("run-begun-anew", test_run_begun_anew);
  ADD_TRAINING_TEST ("other-version", test_other_version);
  ADD_TRAINING_TEST ("model-changed", test_model_changed);

  return test_training_run ();
}

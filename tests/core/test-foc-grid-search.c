/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-grid-search.h"

#include "foc-blas.h"
#include "foc-error.h"
#include "foc-file.h"
#include "test-folders.h"
#include "test-store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static FocFeatureStore *store;
static FocExamples train, validation;

static FocSettings
make_settings (FocOptimizerKind kind)
{
  static const double rates[] = { 0.02, 0.004, 0.0005 };
  static const guint epochs[] = { 1, 2, 4 };
  FocSettings settings;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  settings.training.optimizer = kind;
  settings.training.hidden[0] = 16;
  settings.training.n_hidden = 1;
  settings.n_learning_rates = G_N_ELEMENTS (rates);
  memcpy (settings.learning_rates, rates, sizeof rates);
  settings.n_epochs = G_N_ELEMENTS (epochs);
  memcpy (settings.epochs, epochs, sizeof epochs);
  g_assert_true (foc_settings_normalise (&settings, NULL));

  return settings;
}

static FocGrid *
search (const FocSettings *settings, const char *checkpoints, guint jobs)
{
  g_autoptr (GError) error = NULL;
  FocGrid *grid =
    foc_grid_search (settings, &train, &validation, checkpoints, jobs, NULL, &error);

  g_assert_no_error (error);
  return grid;
}

static void
check_equal (const FocGrid *a, const FocGrid *b)
{
  g_assert_cmpuint (a->n_learning_rates, ==, b->n_learning_rates);
  for (guint i = 0; i < a->n_learning_rates; i++)
    {
      const FocTrajectory *x = &a->trajectories[i], *y = &b->trajectories[i];

      g_assert_cmpfloat (x->learning_rate, ==, y->learning_rate);
      g_assert_cmpint (x->diverged, ==, y->diverged);
      g_assert_cmpmem (x->curve->data, x->curve->len * sizeof (FocCurvePoint),
                       y->curve->data, y->curve->len * sizeof (FocCurvePoint));
    }
}

static FocTrainer *
new_trainer (const FocSettings *settings, guint i)
{
  return foc_trainer_new (&settings->training, settings->learning_rates[i], &train,
                          &validation);
}

/* Every cell is what a training of its own gives, and its network as well. */
static void
test_cells (void)
{
  for (FocOptimizerKind kind = FOC_OPTIMIZER_SGD; kind <= FOC_OPTIMIZER_ADAM; kind++)
    {
      FocSettings settings = make_settings (kind);
      g_autofree char *folder = test_folder_new ();
      g_autoptr (FocGrid) grid = search (&settings, folder, 2);

      for (guint i = 0; i < settings.n_learning_rates; i++)
        for (guint j = 0; j < settings.n_epochs; j++)
          {
            g_autoptr (FocTrainer) trainer = new_trainer (&settings, i);
            const FocCurvePoint *point;
            FocCell cell;

            g_assert_true (foc_train_to (trainer, settings.epochs[j], NULL, NULL, NULL));
            point =
              foc_curve_find_epoch (foc_trainer_get_curve (trainer), settings.epochs[j]);
            foc_grid_get_cell (grid, i, j, &cell);
            g_assert_cmpfloat (cell.learning_rate, ==, settings.learning_rates[i]);
            g_assert_cmpuint (cell.epochs, ==, settings.epochs[j]);
            g_assert_cmpfloat (cell.accuracy, ==, point->validation_accuracy);
            g_assert_cmpfloat (cell.loss, ==, point->validation_loss);

            if (j + 1 == settings.n_epochs)
              {
                g_autoptr (FocTrainer) kept = new_trainer (&settings, i);
                g_autofree char *checkpoint = foc_checkpoint_path (folder, i);

                g_assert_true (foc_trainer_load (kept, checkpoint, NULL));
                g_assert_cmpuint (foc_trainer_get_n_epochs (kept), ==, 4);
                g_assert_true (test_mlp_equal (foc_trainer_get_mlp (kept),
                                               foc_trainer_get_mlp (trainer)));
              }
          }
      test_folder_delete (folder);
    }
}

/* The best cell of each trajectory is kept, with the bits of a training that ends
 * there, whatever it took up. */
static void
check_kept (const FocSettings *settings, const FocGrid *grid, const char *folder)
{
  for (guint i = 0; i < settings->n_learning_rates; i++)
    {
      g_autoptr (FocTrainer) fresh = new_trainer (settings, i);
      g_autoptr (FocTrainer) kept = new_trainer (settings, i);
      g_autofree char *path = foc_cell_path (folder, i);
      FocGrid one = *grid;
      FocCell best;

      one.n_learning_rates = 1;
      one.trajectories[0] = grid->trajectories[i];
      g_assert_true (foc_grid_get_best (&one, &best));
      g_assert_true (foc_trainer_load (kept, path, NULL));
      g_assert_cmpuint (foc_trainer_get_n_epochs (kept), ==, best.epochs);
      g_assert_true (foc_train_to (fresh, best.epochs, NULL, NULL, NULL));
      g_assert_true (
        test_mlp_equal (foc_trainer_get_mlp (kept), foc_trainer_get_mlp (fresh)));
    }
}

static void
test_kept (void)
{
  for (FocOptimizerKind kind = FOC_OPTIMIZER_SGD; kind <= FOC_OPTIMIZER_ADAM; kind++)
    {
      FocSettings settings = make_settings (kind);
      g_autofree char *folder = test_folder_new ();
      g_autoptr (FocGrid) grid = NULL;
      g_autoptr (FocGrid) again = NULL;
      g_autofree char *checkpoint = foc_checkpoint_path (folder, 0);
      g_autofree char *cell = foc_cell_path (folder, 0);
      g_autoptr (FocTrainer) trainer = NULL;

      settings.training.augment = kind == FOC_OPTIMIZER_MOMENTUM;
      grid = search (&settings, folder, 2);
      check_kept (&settings, grid, folder);

      /* A kill between the checkpoint of the last epoch and the cell that it ends. */
      g_remove (cell);
      g_remove (checkpoint);
      trainer = new_trainer (&settings, 0);
      g_assert_true (foc_train_to (trainer, 1, checkpoint, NULL, NULL));
      again = search (&settings, folder, 1);
      check_equal (grid, again);
      check_kept (&settings, again, folder);
      test_folder_delete (folder);
    }
}

static void
test_jobs (void)
{
  static const guint jobs[] = { 0, 2, 8, 1000 };

  for (FocOptimizerKind kind = FOC_OPTIMIZER_SGD; kind <= FOC_OPTIMIZER_ADAM; kind++)
    {
      FocSettings settings = make_settings (kind);
      g_autoptr (FocGrid) one = search (&settings, NULL, 1);

      for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
        {
          g_autoptr (FocGrid) grid = search (&settings, NULL, jobs[i]);

          check_equal (one, grid);
        }
    }
}

static FocSettings
make_diverging (guint n_good)
{
  FocSettings settings = make_settings (FOC_OPTIMIZER_SGD);

  /* Deep and wide, so that not every ReLU dies before the numbers end. */
  settings.training.n_hidden = 4;
  for (guint i = 0; i < 4; i++)
    settings.training.hidden[i] = 128 / (1 + i / 2);
  settings.learning_rates[0] = 1e3;
  settings.learning_rates[1] = 0.01;
  settings.n_learning_rates = 1 + n_good;

  return settings;
}

static void
count_progress (const FocGrid *grid, guint64 done, guint64 total, gpointer user_data)
{
  guint64 *last = user_data;

  g_assert_cmpuint (done, >=, *last);
  g_assert_cmpuint (done, <=, total);
  *last = done;
}

static void
test_diverging (void)
{
  FocSettings some = make_diverging (1), all = make_diverging (0);
  g_autofree char *folder = test_folder_new ();
  g_autoptr (FocGrid) grid = NULL;
  g_autoptr (FocGrid) again = NULL;
  g_autoptr (FocGrid) none = NULL;
  g_autoptr (GError) error = NULL;
  guint64 done = 0;
  const FocGridHooks hooks = { .progress = count_progress, .user_data = &done };
  FocCell cell, best;

  grid = foc_grid_search (&some, &train, &validation, folder, 2, &hooks, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (done, ==, 2 * 4 * train.n_rows);
  g_assert_true (grid->trajectories[0].diverged);
  g_assert_false (grid->trajectories[1].diverged);
  foc_grid_get_cell (grid, 0, 2, &cell);
  g_assert_true (isnan (cell.accuracy));
  g_assert_true (isnan (cell.loss));
  foc_grid_get_cell (grid, 1, 2, &cell);
  g_assert_true (isfinite (cell.accuracy));
  g_assert_true (foc_grid_get_best (grid, &best));

  /* From its checkpoints it comes to the same. */
  again = search (&some, folder, 1);
  check_equal (grid, again);

  /* Cells that were reached before may stand; where none is, there is no best one. */
  all.n_epochs = 1;
  all.epochs[0] = 4;
  none = foc_grid_search (&all, &train, &validation, NULL, 2, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (foc_grid_get_best (none, &best));
  g_assert_false (none->stopped);
  for (guint i = 0; i < none->n_learning_rates; i++)
    g_assert_true (none->trajectories[i].diverged);
  test_folder_delete (folder);
}

typedef struct
{
  GThread *thread;
  GCancellable *cancellable; /* cancelled at the first call */
  guint n_calls;
  guint64 done;
  guint64 total;
} Progress;

static void
watch_progress (const FocGrid *grid, guint64 done, guint64 total, gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_true (g_thread_self () == progress->thread);
  g_assert_cmpuint (done, >=, progress->done);
  g_assert_cmpuint (done, <=, total);
  g_assert_cmpuint (total, >, 0);
  for (guint i = 0; i < grid->n_learning_rates; i++)
    {
      const FocCurve *curve = grid->trajectories[i].curve;

      for (guint p = 1; p < curve->len; p++)
        g_assert_cmpfloat (foc_curve_get (curve, p - 1)->epoch, <,
                           foc_curve_get (curve, p)->epoch);
    }

  progress->n_calls++;
  progress->done = done;
  progress->total = total;
  if (progress->cancellable != NULL)
    g_cancellable_cancel (progress->cancellable);
}

static void
test_progress (void)
{
  FocSettings settings = make_settings (FOC_OPTIMIZER_ADAM);
  Progress progress = { .thread = g_thread_self () };
  const FocGridHooks hooks = { .progress = watch_progress, .user_data = &progress };
  g_autoptr (FocGrid) grid =
    foc_grid_search (&settings, &train, &validation, NULL, 2, &hooks, NULL);

  g_assert_nonnull (grid);
  g_assert_cmpuint (progress.n_calls, >, 0);
  g_assert_cmpuint (progress.total, ==, 3 * 4 * train.n_rows);
  g_assert_cmpuint (progress.done, ==, progress.total);
}

static void
test_cancel (void)
{
  FocSettings settings = make_settings (FOC_OPTIMIZER_ADAM);
  g_autofree char *folder = test_folder_new ();
  g_autoptr (FocGrid) straight = NULL;
  g_autoptr (FocGrid) resumed = NULL;
  Progress progress = { .thread = g_thread_self () };
  gint64 start;

  /* Long enough that a progress comes in between. */
  settings.training.hidden[0] = 128;
  settings.epochs[2] = 20;
  straight = search (&settings, NULL, 2);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (FocGrid) grid = NULL;
      const FocGridHooks hooks = {
        .progress = watch_progress,
        .user_data = &progress,
        .cancellable = cancellable,
      };
      g_autoptr (GError) error = NULL;

      if (i == 0)
        g_cancellable_cancel (cancellable); /* before it has begun */
      progress.cancellable = cancellable;
      progress.done = 0;
      start = g_get_monotonic_time ();
      grid =
        foc_grid_search (&settings, &train, &validation, folder, 1 + i, &hooks, &error);
      if (grid != NULL)
        {
          g_test_message ("it was quicker than its first progress");
          continue;
        }
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_TIME_SPAN_SECOND);
    }

  resumed = search (&settings, folder, 2);
  check_equal (straight, resumed);
  test_folder_delete (folder);
}

/* A disk that is full, from each write on: then again with the checkpoints there
 * are. */
static void
test_faults (void)
{
  FocSettings settings = make_settings (FOC_OPTIMIZER_MOMENTUM);
  g_autoptr (FocGrid) straight = search (&settings, NULL, 2);
  gboolean ended = FALSE;

  for (guint nth = 1; !ended; nth += 7)
    {
      g_autofree char *folder = test_folder_new ();
      g_autoptr (FocGrid) grid = NULL;
      g_autoptr (FocGrid) resumed = NULL;
      g_autoptr (GError) error = NULL;

      foc_file_set_fault (nth, ENOSPC);
      grid = foc_grid_search (&settings, &train, &validation, folder, 2, NULL, &error);
      foc_file_set_fault (0, 0);
      ended = grid != NULL;
      if (!ended)
        g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);

      resumed = search (&settings, folder, 2);
      check_equal (straight, resumed);
      g_assert_cmpuint (test_folder_count (folder), ==, 2 * 3);
      check_kept (&settings, resumed, folder);
      test_folder_delete (folder);
    }
}

/* A checkpoint of more epochs than are wanted is none. */
static void
test_fewer_epochs (void)
{
  FocSettings settings = make_settings (FOC_OPTIMIZER_ADAM);
  g_autofree char *folder = test_folder_new ();
  g_autofree char *checkpoint = foc_checkpoint_path (folder, 7);
  g_autoptr (FocTrainer) longer =
    foc_trainer_new (&settings.training, 0.001, &train, NULL);
  g_autoptr (FocTrainer) shorter =
    foc_trainer_new (&settings.training, 0.001, &train, NULL);
  g_autoptr (FocTrainer) straight =
    foc_trainer_new (&settings.training, 0.001, &train, NULL);

  g_assert_true (foc_train_to (longer, 3, checkpoint, NULL, NULL));
  g_assert_true (foc_train_to (shorter, 2, checkpoint, NULL, NULL));
  g_assert_true (foc_train_to (straight, 2, NULL, NULL, NULL));
  g_assert_cmpuint (foc_trainer_get_n_epochs (shorter), ==, 2);
  g_assert_true (
    test_mlp_equal (foc_trainer_get_mlp (shorter), foc_trainer_get_mlp (straight)));

  /* And it was replaced, so that the longer one goes on from there. */
  g_assert_true (foc_train_to (shorter, 3, checkpoint, NULL, NULL));
  g_assert_true (
    test_mlp_equal (foc_trainer_get_mlp (shorter), foc_trainer_get_mlp (longer)));
  test_folder_delete (folder);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  foc_blas_begin_thread ();
  store = test_store_new (260, 2, 1);
  test_examples_init (&train, store, 0, 200);
  test_examples_init (&validation, store, 200, 60);

  g_test_add_func ("/grid-search/cells", test_cells);
  g_test_add_func ("/grid-search/kept", test_kept);
  g_test_add_func ("/grid-search/jobs", test_jobs);
  g_test_add_func ("/grid-search/diverging", test_diverging);
  g_test_add_func ("/grid-search/progress", test_progress);
  g_test_add_func ("/grid-search/cancel", test_cancel);
  g_test_add_func ("/grid-search/faults", test_faults);
  g_test_add_func ("/grid-search/fewer-epochs", test_fewer_epochs);

  status = g_test_run ();
  test_examples_clear (&train);
  test_examples_clear (&validation);
  foc_feature_store_unref (store);
  return status;
}

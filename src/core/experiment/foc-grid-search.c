/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-grid-search.h"

#include "foc-blas.h"
#include "foc-error.h"
#include "foc-progress.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

FocGrid *
foc_grid_new (const FocSettings *settings)
{
  FocGrid *self = g_new0 (FocGrid, 1);

  self->n_learning_rates = settings->n_learning_rates;
  self->n_epochs = settings->n_epochs;
  memcpy (self->epochs, settings->epochs, sizeof self->epochs);
  for (guint i = 0; i < self->n_learning_rates; i++)
    {
      self->trajectories[i].learning_rate = settings->learning_rates[i];
      self->trajectories[i].curve = foc_curve_new ();
    }

  return self;
}

FocGrid *
foc_grid_share (const FocGrid *self)
{
  FocGrid *copy = g_memdup2 (self, sizeof *self);

  for (guint i = 0; i < copy->n_learning_rates; i++)
    g_array_ref (copy->trajectories[i].curve);
  return copy;
}

void
foc_grid_free (FocGrid *self)
{
  for (guint i = 0; i < self->n_learning_rates; i++)
    g_array_unref (self->trajectories[i].curve);
  g_free (self);
}

void
foc_grid_get_cell (const FocGrid *self, guint learning_rate, guint epochs, FocCell *cell)
{
  const FocTrajectory *trajectory = &self->trajectories[learning_rate];
  const FocCurvePoint *point =
    foc_curve_find_epoch (trajectory->curve, self->epochs[epochs]);

  *cell = (FocCell){
    .learning_rate = trajectory->learning_rate,
    .epochs = self->epochs[epochs],
    .accuracy = point != NULL ? point->validation_accuracy : NAN,
    .loss = point != NULL ? point->validation_loss : NAN,
  };
}

static gboolean
is_better (const FocCell *a, const FocCell *b)
{
  if (a->accuracy != b->accuracy)
    return a->accuracy > b->accuracy;
  if (a->loss != b->loss)
    return a->loss < b->loss;
  if (a->epochs != b->epochs)
    return a->epochs < b->epochs;
  return a->learning_rate < b->learning_rate;
}

gboolean
foc_grid_get_best (const FocGrid *self, FocCell *best)
{
  gboolean found = FALSE;

  for (guint i = 0; i < self->n_learning_rates; i++)
    for (guint j = 0; j < self->n_epochs; j++)
      {
        FocCell cell;

        foc_grid_get_cell (self, i, j, &cell);
        if (!isfinite (cell.accuracy) || !isfinite (cell.loss))
          continue;
        if (!found || is_better (&cell, best))
          *best = cell;
        found = TRUE;
      }

  return found;
}

char *
foc_checkpoint_path (const char *folder, guint index)
{
  g_autofree char *name = g_strdup_printf ("checkpoint-%u.safetensors", index);

  return g_build_filename (folder, name, NULL);
}

char *
foc_cell_path (const char *folder, guint index)
{
  g_autofree char *name = g_strdup_printf ("cell-%u.safetensors", index);

  return g_build_filename (folder, name, NULL);
}

/* FALSE only where nobody is told of it. */
static gboolean
keep (FocTrainer *trainer, const char *path, const FocTrainHooks *hooks, GError **error)
{
  g_autoptr (GError) save_error = NULL;

  if (path == NULL || foc_trainer_save (trainer, path, &save_error))
    return TRUE;
  if (hooks->unsaved == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&save_error));
      return FALSE;
    }

  hooks->unsaved (save_error, hooks->user_data);
  return TRUE;
}

static gboolean
train_on (FocTrainer *trainer,
          guint n_epochs,
          const char *checkpoint,
          const FocTrainHooks *hooks,
          GError **error)
{
  while (foc_trainer_get_n_epochs (trainer) < n_epochs)
    if (!foc_trainer_run_epoch (trainer, hooks->report, hooks->user_data,
                                hooks->cancellable, error)
        || !keep (trainer, checkpoint, hooks, error))
      return FALSE;

  return TRUE;
}

/* A checkpoint that does not fit is as good as none. */
static void
take_up (FocTrainer *trainer,
         guint max_epochs,
         const char *checkpoint,
         const FocTrainHooks *hooks)
{
  if (checkpoint != NULL && foc_trainer_get_n_epochs (trainer) == 0
      && foc_trainer_load_until (trainer, checkpoint, max_epochs, NULL)
      && hooks->report != NULL)
    hooks->report (trainer, hooks->user_data);
}

gboolean
foc_train_to (FocTrainer *trainer,
              guint n_epochs,
              const char *checkpoint,
              const FocTrainHooks *hooks,
              GError **error)
{
  const FocTrainHooks none = { 0 };

  if (hooks == NULL)
    hooks = &none;
  take_up (trainer, n_epochs, checkpoint, hooks);

  return train_on (trainer, n_epochs, checkpoint, hooks, error);
}

/* What the threads of one search share. */
typedef struct
{
  const FocSettings *settings;
  const FocExamples *train;
  const FocExamples *validation;
  const char *checkpoints;
  const FocGridHooks *hooks;
  GCancellable *end; /* cancelled by either of the caller's, or by the first error */

  GMutex mutex; /* of all that follows */
  GCond thread_ended;
  guint threads_left;
  guint next; /* trajectory that nobody has begun */
  FocGrid *grid;
  guint64 done[FOC_LIMIT_LEARNING_RATES]; /* examples */
  GError *error;                          /* the first that ends the search */
} Search;

typedef struct
{
  Search *search;
  guint index;
} Task;

/* Copies what is new. */
static void
report_trajectory (FocTrainer *trainer, gpointer user_data)
{
  Task *task = user_data;
  Search *search = task->search;
  FocCurve *to = search->grid->trajectories[task->index].curve;
  const FocCurve *from = foc_trainer_get_curve (trainer);

  g_mutex_lock (&search->mutex);
  search->done[task->index] = foc_trainer_get_n_examples (trainer);
  if (from->len > to->len)
    g_array_append_vals (to, foc_curve_get (from, to->len), from->len - to->len);
  g_mutex_unlock (&search->mutex);
}

static void
tell_unsaved (const GError *error, gpointer user_data)
{
  Task *task = user_data;
  Search *search = task->search;

  g_mutex_lock (&search->mutex);
  search->hooks->unsaved (error, search->hooks->user_data);
  g_mutex_unlock (&search->mutex);
}

/* Whether the cell `epochs` (by index) is the best of its trajectory so far. */
static gboolean
is_best_so_far (const FocGrid *grid, guint learning_rate, guint epochs)
{
  FocCell cell, before;

  foc_grid_get_cell (grid, learning_rate, epochs, &cell);
  for (guint j = 0; j < epochs; j++)
    {
      foc_grid_get_cell (grid, learning_rate, j, &before);
      if (!is_better (&cell, &before))
        return FALSE;
    }

  return TRUE;
}

/* Each cell that is better than those before it is kept in a file of its own; a cell
 * that a checkpoint has passed was kept before the checkpoint was written. */
static gboolean
run_trajectory (Search *search, guint index, GError **error)
{
  const FocSettings *settings = search->settings;
  const char *folder = search->checkpoints;
  g_autoptr (FocTrainer) trainer =
    foc_trainer_new (&settings->training, settings->learning_rates[index], search->train,
                     search->validation);
  g_autofree char *checkpoint =
    folder != NULL ? foc_checkpoint_path (folder, index) : NULL;
  g_autofree char *best = folder != NULL ? foc_cell_path (folder, index) : NULL;
  Task task = { search, index };
  const FocTrainHooks hooks = {
    .report = report_trajectory,
    .unsaved = search->hooks->unsaved != NULL ? tell_unsaved : NULL,
    .user_data = &task,
    .cancellable = search->end,
  };

  take_up (trainer, foc_settings_max_epochs (settings), checkpoint, &hooks);
  for (guint j = 0; j < settings->n_epochs; j++)
    {
      guint epochs = settings->epochs[j];

      if (epochs < foc_trainer_get_n_epochs (trainer))
        continue;
      if (!train_on (trainer, epochs, checkpoint, &hooks, error))
        return FALSE;
      if (is_best_so_far (search->grid, index, j) && !keep (trainer, best, &hooks, error))
        return FALSE;
    }

  return TRUE;
}

static gpointer
work (gpointer data)
{
  Search *search = data;

  foc_blas_begin_thread ();

  g_mutex_lock (&search->mutex);
  while (search->error == NULL && search->next < search->settings->n_learning_rates)
    {
      guint index = search->next++;
      g_autoptr (GError) error = NULL;

      g_mutex_unlock (&search->mutex);
      run_trajectory (search, index, &error);
      g_mutex_lock (&search->mutex);

      if (error == NULL)
        continue;
      if (g_error_matches (error, FOC_ERROR, FOC_ERROR_DIVERGED))
        {
          search->grid->trajectories[index].diverged = TRUE;
          search->done[index] =
            (guint64) search->train->n_rows * foc_settings_max_epochs (search->settings);
        }
      else if (search->error == NULL)
        {
          search->error = g_steal_pointer (&error);
          g_cancellable_cancel (search->end);
        }
    }
  search->threads_left--;
  g_cond_signal (&search->thread_ended);
  g_mutex_unlock (&search->mutex);

  return NULL;
}

static void
pass_on_cancel (GCancellable *cancellable, gpointer end)
{
  g_cancellable_cancel (end);
}

/* The threads end when `cancellable` (nullable) is cancelled. */
static gulong
connect_end (Search *search, GCancellable *cancellable)
{
  return cancellable != NULL ? g_cancellable_connect (
           cancellable, G_CALLBACK (pass_on_cancel), search->end, NULL)
                             : 0;
}

static void
report_progress (Search *search)
{
  const FocSettings *settings = search->settings;
  const FocGridHooks *hooks = search->hooks;
  guint64 done = 0;

  if (hooks->progress == NULL)
    return;
  for (guint i = 0; i < settings->n_learning_rates; i++)
    done += search->done[i];

  hooks->progress (search->grid, done,
                   (guint64) search->train->n_rows * foc_settings_max_epochs (settings)
                     * settings->n_learning_rates,
                   hooks->user_data);
}

static void
train_all (Search *search, guint n_threads)
{
  GThread *threads[FOC_LIMIT_LEARNING_RATES];

  search->threads_left = n_threads;
  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("trajectory", work, search);

  g_mutex_lock (&search->mutex);
  while (search->threads_left > 0)
    if (!g_cond_wait_until (&search->thread_ended, &search->mutex,
                            g_get_monotonic_time () + FOC_PROGRESS_INTERVAL))
      report_progress (search);
  g_mutex_unlock (&search->mutex);

  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
}

/* What ended the search, if it did not come to its end: nothing where it was asked to
 * stop, and there is a cell. */
static void
find_end (Search *search)
{
  const FocGridHooks *hooks = search->hooks;
  FocCell best;

  if (g_error_matches (search->error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && foc_grid_get_best (search->grid, &best)
      && g_cancellable_is_cancelled (hooks->stop)
      && !g_cancellable_is_cancelled (hooks->cancellable))
    {
      g_clear_error (&search->error);
      search->grid->stopped = TRUE;
    }
}

FocGrid *
foc_grid_search (const FocSettings *settings,
                 const FocExamples *train,
                 const FocExamples *validation,
                 const char *checkpoints,
                 guint jobs,
                 const FocGridHooks *hooks,
                 GError **error)
{
  const FocGridHooks none = { 0 };
  g_autoptr (FocGrid) grid = foc_grid_new (settings);
  g_autoptr (GCancellable) end = g_cancellable_new ();
  Search search = {
    .settings = settings,
    .train = train,
    .validation = validation,
    .checkpoints = checkpoints,
    .hooks = hooks != NULL ? hooks : &none,
    .end = end,
    .grid = grid,
  };
  gulong cancelled, stopped;

  g_mutex_init (&search.mutex);
  g_cond_init (&search.thread_ended);
  cancelled = connect_end (&search, search.hooks->cancellable);
  stopped = connect_end (&search, search.hooks->stop);

  train_all (&search, CLAMP (jobs, 1, settings->n_learning_rates));

  g_cancellable_disconnect (search.hooks->cancellable, cancelled);
  g_cancellable_disconnect (search.hooks->stop, stopped);
  g_mutex_clear (&search.mutex);
  g_cond_clear (&search.thread_ended);

  find_end (&search);
  if (search.error != NULL)
    {
      g_propagate_error (error, search.error);
      return NULL;
    }

  report_progress (&search);
  return g_steal_pointer (&grid);
}

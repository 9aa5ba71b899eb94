/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-trainer.h"

/* The search for the best learning rate and number of epochs. Each learning rate
 * is trained once, to the largest number of epochs; the cells of smaller numbers
 * are read off on the way. The trajectories run side by side. */

typedef struct
{
  double learning_rate;
  guint epochs;
  double accuracy; /* on the validation set; NaN: diverged, or not there yet */
  double loss;
} FocCell;

typedef struct
{
  double learning_rate;
  FocCurve *curve;
  gboolean diverged; /* the curve ends where it did */
} FocTrajectory;

typedef struct
{
  gboolean stopped; /* before all of it was trained: what is missing could still come */
  guint n_learning_rates;
  guint n_epochs;
  guint epochs[FOC_LIMIT_EPOCH_COUNTS];
  FocTrajectory trajectories[FOC_LIMIT_LEARNING_RATES];
} FocGrid;

/* A grid of the settings' size, with empty curves. */
FocGrid *foc_grid_new (const FocSettings *settings);
void foc_grid_free (FocGrid *self);

/* A copy with the same curves, which may not grow any more. */
FocGrid *foc_grid_share (const FocGrid *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocGrid, foc_grid_free)

/* The cell of a learning rate and a number of epochs, both by their index. */
void
foc_grid_get_cell (const FocGrid *self, guint learning_rate, guint epochs, FocCell *cell);

/* The best cell: the highest accuracy, then the lowest loss, then the fewest
 * epochs, then the smallest learning rate. FALSE if no cell has an accuracy. */
gboolean foc_grid_get_best (const FocGrid *self, FocCell *best);

/* Told in the thread that called foc_grid_search() about ten times a second. What
 * `grid` holds stays as it is during the call, for which the training waits: be
 * quick. `done` and `total` count examples; `done` never falls. */
typedef void (*FocGridProgress) (const FocGrid *grid,
                                 guint64 done,
                                 guint64 total,
                                 gpointer user_data);

/* Told that a file of a training could not be written, and why; perhaps in another thread,
 * for which the training waits. With such a function a training goes on in memory, and
 * tries again with its next file; without, it ends with the error. */
typedef void (*FocUnsaved) (const GError *error, gpointer user_data);

/* What a search tells, and how it is ended; zeros for none of it. */
typedef struct
{
  FocGridProgress progress;
  FocUnsaved unsaved;
  gpointer user_data;
  GCancellable *cancellable; /* ends it without a result          */
  GCancellable *stop;        /* ends it with the cells that are there */
} FocGridHooks;

/* Trains and measures the whole grid on at most `jobs` threads. `checkpoints` is a
 * folder that exists, where every finished epoch of every trajectory is kept and
 * taken up from if it is there, and beside it the best cell of every trajectory; NULL
 * keeps none. `hooks` may be NULL.
 *
 * A learning rate that diverges leaves its cells from there on empty: where all of them
 * are, the grid has no best cell. Stopped before there is any
 * cell, it is G_IO_ERROR_CANCELLED. Other errors end the search at once: FOC_ERROR_STORE,
 * G_FILE_ERROR, G_IO_ERROR_CANCELLED. The settings are those of
 * foc_settings_normalise(); neither part is empty. Blocks; any thread. */
FocGrid *foc_grid_search (const FocSettings *settings,
                          const FocExamples *train,
                          const FocExamples *validation,
                          const char *checkpoints,
                          guint jobs,
                          const FocGridHooks *hooks,
                          GError **error);

/* The same of a single training. */
typedef struct
{
  FocTrainerReport report;
  FocUnsaved unsaved;
  gpointer user_data;
  GCancellable *cancellable;
} FocTrainHooks;

/* Trains `trainer` up to `n_epochs`, keeping each epoch in the file `checkpoint`
 * (unless NULL), from which a new trainer goes on if that fits and is of no more
 * epochs. The steps of one trajectory: for the grid, for the final model, for a
 * single training. `hooks` may be NULL. */
gboolean foc_train_to (FocTrainer *trainer,
                       guint n_epochs,
                       const char *checkpoint,
                       const FocTrainHooks *hooks,
                       GError **error);

/* In a folder, the checkpoint number `index`, and the checkpoint of the best cell of
 * the trajectory `index`; free with g_free(). */
char *foc_checkpoint_path (const char *folder, guint index);
char *foc_cell_path (const char *folder, guint index);

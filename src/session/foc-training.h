/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-catalog.h"
#include "foc-experiment.h"
#include "foc-job.h"

/* The run that the window is about: begun, gone on with, or looked at again. It carries
 * out the steps of foc-experiment.h in jobs, one at a time, and shows the grid as it
 * grows. Each step leaves its result in the run's folder.
 *
 * Properties, all read-only:
 *
 *     state   FocTrainingState
 *     job     FocJob that works, whose stage is a FocStage; NULL where none does
 *
 * Signals:
 *
 *     changed            the run, or its grid, is another one, or has more in it; ten
 *                        times a second at most
 *     done (steps)       the FocTrainingSteps that were asked for are done, but for those
 *                        that had not begun when it was stopped; with 0 a run was opened
 *     failed (message)   a sentence for a dialog: what was asked for did not come about
 *     notice (message)   a sentence for a toast
 *     stale              the pictures are not those of the catalog any more, or cannot be
 *                        read: nothing was done. Comes before "failed", which says so
 *     unsaved (message)  the run cannot be written; its steps go on in memory
 *
 * Main thread only. Catalogs are complete ones. */

#define FOC_TYPE_TRAINING (foc_training_get_type ())

G_DECLARE_FINAL_TYPE (FocTraining, foc_training, FOC, TRAINING, GObject)

typedef enum
{
  FOC_TRAINING_NOTHING, /* no run                          */
  FOC_TRAINING_SHOWN,   /* a run, to which nothing is done */
  FOC_TRAINING_WORKING,
  FOC_TRAINING_PAUSED,
  FOC_TRAINING_STOPPING, /* at the end of what it has begun */
} FocTrainingState;

typedef enum
{
  FOC_TRAINING_SEARCH = 1 << 0, /* and calibrate */
  FOC_TRAINING_FINAL = 1 << 1,
  FOC_TRAINING_LOOK = 1 << 2,
} FocTrainingSteps;

/* `cache`: folder for caches, copied; NULL keeps none. */
FocTraining *foc_training_new (const char *cache);

/* Searches on `jobs` threads. `settings` are those of foc_settings_normalise(). A run of
 * the same settings on the same data that was not finished is gone on with. */
void foc_training_start (FocTraining *self,
                         FocCatalog *catalog,
                         const FocSettings *settings,
                         guint jobs);

/* The same in a new run in any case. */
void foc_training_start_anew (FocTraining *self,
                              FocCatalog *catalog,
                              const FocSettings *settings,
                              guint jobs);

/* The same again in a new run, as far as `reference` has come, but for looks.
 * From then on foc_training_get_reference() is the one to compare with. */
void foc_training_reproduce (FocTraining *self,
                             FocCatalog *catalog,
                             const FocRun *reference,
                             guint jobs);

/* Shows the run in `folder`, of which nothing more is done. */
void foc_training_open (FocTraining *self, const char *folder);

/* Steps of the run that is shown; those that are in its record are not done again. The
 * catalog has to be of its data. */
void foc_training_go_on (FocTraining *self,
                         FocCatalog *catalog,
                         FocTrainingSteps steps,
                         guint jobs);

/* Whether the job is where it can wait: at a search or a final model. */
gboolean foc_training_can_pause (FocTraining *self);
/* Trajectories wait where they are; within a fifth of a second. */
void foc_training_set_paused (FocTraining *self, gboolean paused);
/* Ends the search with the cells that are there, without a word where there are none yet.
 * Steps that have not begun are not done any more. */
void foc_training_stop (FocTraining *self);
/* Ends what is done, at once and without a word. What was recorded remains: the run can
 * be gone on with. */
void foc_training_cancel (FocTraining *self);

/* Shows no run any more. Cancels; what could not be written is lost. */
void foc_training_close (FocTraining *self);

/* Writes the final model of the run to a file, also if the run itself could not be
 * written: "failed" or "notice" tell. */
void foc_training_save_model (FocTraining *self, const char *path);

FocTrainingState foc_training_get_state (FocTraining *self);
FocJob *foc_training_get_job (FocTraining *self);
/* Of the job; 0 where there is none, or it only opens a run. */
FocTrainingSteps foc_training_get_steps (FocTraining *self);
/* The folder of the run that is worked at, which must not be deleted; NULL: none is, or it has
 * none yet. */
const char *foc_training_get_folder_at_work (FocTraining *self);
/* Whether the grid grows: the search can be stopped. */
gboolean foc_training_get_searching (FocTraining *self);

/* All of the following are valid until "changed"; runs may be referenced for longer: they
 * are snapshots, which nobody changes. */

/* As far as is known here; NULL where there is none. It has no grid until the search has
 * ended. */
const FocRun *foc_training_get_run (FocTraining *self);
/* That grows, or that of the run; NULL where there is no run. */
const FocGrid *foc_training_get_grid (FocTraining *self);
/* The run that is reproduced by the one that is shown, or NULL. */
const FocRun *foc_training_get_reference (FocTraining *self);
/* Why the run, or its final model, could not be written when it was tried last; NULL: it
 * is all written. */
const char *foc_training_get_problem (FocTraining *self);
/* Whether that would be a loss, with another run: it has found something, and no final model
 * that was saved elsewhere. */
gboolean foc_training_is_unsaved (FocTraining *self);
/* Whether there is a final model, written or not. */
gboolean foc_training_has_model (FocTraining *self);
/* Whether there is one that is in memory only: it would be lost with another run. */
gboolean foc_training_has_unwritten_model (FocTraining *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-training-task.h"

/* What foc-training.c, which is what is shown, and foc-training-jobs.c, which changes it,
 * share. */

struct _FocTraining
{
  GObject parent_instance;

  FocTrainingBench *bench;
  FocTrainingState state;

  FocRun *run;          /* or NULL                                          */
  FocGrid *grid;        /* grows while the run has none; or NULL            */
  FocRun *reference;    /* that is reproduced, or NULL                      */
  char *problem;        /* why it could not be written, or NULL             */
  gboolean is_unsaved;  /* the run, or its final model, is in memory only   */
  gboolean holds_model; /* that could not be written                     */
  gboolean is_saved;    /* but has been somewhere else                   */

  FocJob *job;            /* or NULL                          */
  FocTrainingSteps steps; /* of the job                       */
  gboolean is_searching;  /* the grid grows                   */
  gint64 work_time;       /* of this thread, as it last grew  */
  GCancellable *stop;     /* of the job                       */
  FocJob *side_job;       /* that saves a model, or NULL      */
};

enum
{
  FOC_TRAINING_CHANGED,
  FOC_TRAINING_DONE,
  FOC_TRAINING_FAILED,
  FOC_TRAINING_NOTICE,
  FOC_TRAINING_STALE,
  FOC_TRAINING_UNSAVED,
  FOC_TRAINING_N_SIGNALS
};

extern guint foc_training_signals[FOC_TRAINING_N_SIGNALS];

/* Emits one of the signals with a message. */
void foc_training_say (FocTraining *self, guint signal, const char *message);

void foc_training_set_state (FocTraining *self, FocTrainingState state);
void foc_training_set_job (FocTraining *self, FocJob *job);
/* NULL: it is all written. */
void foc_training_set_problem (FocTraining *self, const char *problem);
/* Takes the run; the grid is empty until one grows. */
void foc_training_set_run (FocTraining *self, FocRun *run);

/* What was shown before is not asked for any more. */
void foc_training_drop_run (FocTraining *self);
/* Nothing is done to the run any more. */
void foc_training_settle (FocTraining *self);
/* Ends the job for the main loop; the worker, which may wait, notices. */
void foc_training_end_job (FocTraining *self);

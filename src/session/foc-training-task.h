/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-grid-gate.h"
#include "foc-training.h"

/* What a job does for foc-training.c, which has the main thread's side. */

/* What its jobs share: one at a time works here. */
typedef struct
{
  GMutex busy; /* held by the worker */
  char *cache;
  /* Of the job that works; the experiment looks into it. */
  FocExperimentOptions options;
  /* Kept from one job to the next only while it has something that could not be written;
   * else others may have the run. */
  FocExperiment *experiment;

  GMutex
    gate; /* of what follows; who holds `busy` may take it, but not the other way round */
  GCond resumed;
  gboolean paused;
  gboolean forgets; /* nobody will ask for what could not be written */
} FocTrainingBench;

FocTrainingBench *foc_training_bench_new (const char *cache);
FocTrainingBench *foc_training_bench_ref (FocTrainingBench *self);
void foc_training_bench_unref (FocTrainingBench *self);

/* For whoever looks into the experiment. */
void foc_training_bench_enter (FocTrainingBench *self);
void foc_training_bench_leave (FocTrainingBench *self);

/* Another run is shown, or none: what could not be written is let go of, at once or by the
 * worker as it ends; and so is the folder. From foc_training_bench_remember() on it is kept
 * again. */
void foc_training_bench_forget (FocTrainingBench *self);
void foc_training_bench_remember (FocTrainingBench *self);

/* Trajectories wait at their next report, or go on. */
void foc_training_bench_set_paused (FocTrainingBench *self, gboolean paused);

/* What is known of the run now. */
typedef struct
{
  FocRun *run;          /* a snapshot; may be stolen */
  gboolean holds_model; /* the final model is in the experiment, not in a file */
  gboolean is_unsaved;  /* the run is not in its file as it is here            */
} FocTrainingNews;

/* What the owner of the job gets on the way, as FocJobDelivered. */
typedef struct
{
  FocJobDelivered run;     /* FocTrainingNews                         */
  FocJobDelivered grid;    /* FocGridGate, to be pulled from          */
  FocJobDelivered unsaved; /* char: why it could not be written; NULL: it has been  */
  FocJobDelivered notice;  /* char: a sentence                        */
  FocJobDelivered stale;   /* NULL: the pictures are not those of the catalog, or gone */
} FocTrainingDeliveries;

typedef struct
{
  FocTrainingBench *bench; /* owned from here on                                  */
  FocTrainingDeliveries deliver;
  FocCatalog *catalog;
  FocSettings settings;
  FocTrainingSteps steps;
  guint jobs;
  char *folder;  /* of the run to go on with; NULL: a new one, or one of the same kind */
  gboolean anew; /* in any case a new one                               */
  GCancellable *stop; /* ends the search                                     */

  /* The worker's. */
  FocJob *job;
  GCancellable *cancellable;
  FocGridGate *grid; /* shared with what was delivered */
  FocRun *known;     /* that was delivered last, or NULL */
  FocStage stage;
  gboolean is_unsaved;
} FocTrainingTask;

void foc_training_task_free (FocTrainingTask *self);

/* A FocJobFunc: `data` is the task, the result a FocRun. */
gpointer foc_training_task_work (FocJob *job,
                                 gpointer data,
                                 GCancellable *cancellable,
                                 GError **error);

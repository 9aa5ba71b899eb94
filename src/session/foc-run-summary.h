/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-job.h"
#include "foc-run.h"

/* What a list of runs tells of each: a few fields of its record, read in a job. For
 * foc-run-history.c and foc-run-item.c. A summary never changes; any thread. */

typedef enum
{
  FOC_RUN_DAMAGED,     /* the record cannot be used: `problem` says why            */
  FOC_RUN_UNDER_WAY,   /* somebody works in the folder                             */
  FOC_RUN_INTERRUPTED, /* nobody does, and the search is not complete, or not calibrated */
  FOC_RUN_STOPPED,     /* the user has ended the search, which can be gone on with */
  FOC_RUN_DIVERGED,    /* the grid is complete, and there is nothing to go on with */
  FOC_RUN_SEARCHED,    /* the grid is complete, and no final model was begun       */
  FOC_RUN_FINAL_INTERRUPTED, /* one was begun, of all or a part of the grid          */
  FOC_RUN_SEALED, /* there is the final model, with no result on the holdout set */
  FOC_RUN_FINISHED,
} FocRunState;

typedef struct
{
  char *folder;
  /* The file that it was read from: as long as it has not changed, nor has the rest. */
  guint64 inode;
  guint64 size;
  gint64 mtime; /* nanoseconds, 1970 */

  FocRunState progress;   /* by the record alone: never UNDER_WAY nor FINAL_INTERRUPTED */
  gboolean can_reproduce; /* the same: foc_run_get_obstacle() */
  /* Asked of those only that are neither damaged nor finished. */
  gboolean is_locked;
  gboolean has_begun_final; /* its checkpoint is there */
  char *final_checkpoint;   /* path of that, or NULL: there is no final model to come */
  char *problem;            /* a sentence, or NULL: of a damaged one       */

  GDateTime *created; /* local time; of a damaged one that of its file */
  char *title;        /* as it was typed, or NULL                      */
  char *dataset_name; /* NULL: it is damaged                           */
  FocCell best;       /* its accuracy is NaN: there is none yet        */
  double holdout;     /* accuracy; NaN: not measured                   */
  guint n_looks;
} FocRunSummary;

FocRunSummary *foc_run_summary_ref (FocRunSummary *self);
void foc_run_summary_unref (FocRunSummary *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocRunSummary, foc_run_summary_unref)

FocRunState foc_run_summary_get_state (const FocRunSummary *self);

/* Why a run cannot be done again to come out the same, a sentence; NULL: it can. */
const char *foc_run_get_obstacle (const FocRun *run);

/* Of the run in `folder`: NULL where there is no record. `known` (nullable) is an earlier
 * one of the same folder, which is what is returned if nothing has changed. */
FocRunSummary *foc_run_summary_read (const char *folder, FocRunSummary *known);

/* A job's work: reads all runs below a folder, those first whose folders come last by
 * name. */
typedef struct
{
  char *folder;
  GPtrArray *known;        /* FocRunSummary, that need not be read again  */
  FocJobDelivered deliver; /* gets GPtrArrays of what is new, on the way, as `value` */
} FocRunScan;

void foc_run_scan_free (gpointer scan);

/* A FocJobFunc: `data` is a FocRunScan, the result a GPtrArray of all FocRunSummary.
 * G_FILE_ERROR where the folder cannot be read; that it does not exist is none. */
gpointer
foc_run_scan_work (FocJob *job, gpointer data, GCancellable *cancellable, GError **error);

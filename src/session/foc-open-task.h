/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-job.h"
#include "foc-predictions.h"

/* What is done in a job to open a data set, and to look at it again. For
 * foc-open-dataset.c, which has the main thread's side. */

/* What the job is told. */
typedef struct
{
  char *path;
  char *cache; /* folder for caches, or NULL                              */
  FocSplitSettings split;
  FocJobDelivered deliver; /* opening: gets each FocCatalog on the way, as `value`    */
  FocCatalog *known;       /* refreshing: what was known last                         */
  FocLoadedModel *model;   /* refreshing: what to ask about something new; or NULL    */
} FocOpenTask;

/* With copies of the strings; the rest is to be filled in. */
FocOpenTask *
foc_open_task_new (const char *path, const char *cache, const FocSplitSettings *split);
void foc_open_task_free (FocOpenTask *self);

/* What came of it. */
typedef struct
{
  FocCatalog *catalog;
  FocPredictions *predictions; /* of what is new, or NULL: nobody was asked, or the model
                                  could not be */
} FocOpenOutcome;

void foc_open_outcome_free (FocOpenOutcome *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocOpenOutcome, foc_open_outcome_free)

/* Each a FocJobFunc: `data` is the task, the result a FocOpenOutcome. The stage of the
 * job is the FocCatalogStep that it works for. Refreshing returns the very catalog that is
 * known where nothing has changed, as far as names, sizes and times of the files tell, and
 * whether those can be reached that could not be. */
gpointer foc_open_task_open (FocJob *job,
                             gpointer data,
                             GCancellable *cancellable,
                             GError **error);
gpointer foc_open_task_refresh (FocJob *job,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);

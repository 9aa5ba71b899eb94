/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-training-task.h"

/* What a job does for foc-training.c that writes the final model of a run to a file. */

typedef struct
{
  FocTrainingBench *bench; /* owned      */
  char *folder;            /* of the run */
  char *from;              /* its model file, where it has one */
  char *to;
} FocTrainingSaveTask;

void foc_training_save_task_free (FocTrainingSaveTask *self);

/* A FocJobFunc: `data` is the task, the result the name of the file, to be shown. Waits
 * until the bench is free, whose experiment may have a model that was not written. */
gpointer foc_training_save_work (FocJob *job,
                                 gpointer data,
                                 GCancellable *cancellable,
                                 GError **error);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-gate.h"
#include "foc-job.h"
#include "foc-path-set.h"

/* What a job does for foc-answer-list.c: it lists pictures and asks about them at the same
 * time, so that answers come while a folder of a million entries is still being read. */

/* Stages of the job: how many pictures were found, of a number that is not known yet; and
 * when all are found, how many of them were answered. */
typedef enum
{
  FOC_ANSWER_LISTING,
  FOC_ANSWER_CLASSIFYING,
} FocAnswerStage;

typedef struct
{
  FocLoadedModel *model;
  GPtrArray *paths;  /* files and folders                               */
  GArray *again;     /* or, instead: FocAnswerQuestion's; else NULL     */
  FocPathSet *known; /* what the list has, and is not to be asked again */
  FocAnswerGate *gate;
  FocJobDelivered told; /* is called when there is something to pull from the gate, with
                         * nothing, and not again before it was pulled                 */
  guint max_waiting; /* found pictures: then whoever lists them waits; for tests to set */
} FocAnswerTask;

typedef struct
{
  guint row;
  GRefString *path; /* owned */
} FocAnswerQuestion;

/* Takes all over but `known` and `gate`, of which it keeps references. */
FocAnswerTask *foc_answer_task_new (FocLoadedModel *model,
                                    GPtrArray *paths,
                                    GArray *again,
                                    FocPathSet *known,
                                    FocAnswerGate *gate,
                                    FocJobDelivered told);
void foc_answer_task_free (FocAnswerTask *self);

/* An array for `again`. */
GArray *foc_answer_questions_new (void);

/* What is to be said at the end, sentences or NULL. */
typedef struct
{
  char *notice; /* pictures were there already, entries of folders were ignored */
  char *empty;  /* folders are without pictures                                 */
} FocAnswerOutcome;

void foc_answer_outcome_free (FocAnswerOutcome *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocAnswerOutcome, foc_answer_outcome_free)

/* A FocJobFunc: `data` is the task, the result a FocAnswerOutcome. G_IO_ERROR_CANCELLED. */
gpointer foc_answer_task_work (FocJob *job,
                               gpointer data,
                               GCancellable *cancellable,
                               GError **error);

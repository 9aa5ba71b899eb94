/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-copy.h"

/* What jobs do for foc-answer-copy.c. */

/* What was copied where, and how often what happened, which main loop and threads share;
 * any thread. */
typedef struct _FocCopyLedger FocCopyLedger;

FocCopyLedger *foc_copy_ledger_new (const char *folder);
FocCopyLedger *foc_copy_ledger_ref (FocCopyLedger *self);
void foc_copy_ledger_unref (FocCopyLedger *self);

FocAnswerCopyCounts foc_copy_ledger_get_counts (FocCopyLedger *self);
/* How many copies could be removed. */
guint foc_copy_ledger_get_n_copies (FocCopyLedger *self);
/* Why the first one that failed did, of copying or since of the last undoing; a sentence, or
 * NULL; g_free(). */
char *foc_copy_ledger_get_error (FocCopyLedger *self);

typedef struct
{
  FocCopyLedger *ledger; /* owned */
  GPtrArray *records;    /* what is to be copied; NULL: undo */
} FocAnswerCopyTask;

void foc_answer_copy_task_free (FocAnswerCopyTask *self);

/* A FocJobFunc: `data` is the task; the result is nothing but not NULL, and needs no
 * freeing. Waits for the thread of a job on the same ledger that was cancelled.
 * G_IO_ERROR_CANCELLED. */
gpointer foc_answer_copy_task_work (FocJob *job,
                                    gpointer data,
                                    GCancellable *cancellable,
                                    GError **error);

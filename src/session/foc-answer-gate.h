/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-record.h"

/* Answers on their way from the threads that ask to the list that shows them: the ones push,
 * the other pulls what came since it did last. Functions are for any thread. */

/* A row of the list, or one that is not there yet. */
#define FOC_ANSWER_NEW_ROW G_MAXUINT

typedef struct
{
  guint row;
  FocAnswerRecord *record; /* owned */
} FocAnswerNews;

typedef struct _FocAnswerGate FocAnswerGate;

FocAnswerGate *foc_answer_gate_new (void);
FocAnswerGate *foc_answer_gate_ref (FocAnswerGate *self);
void foc_answer_gate_unref (FocAnswerGate *self);

/* Takes the record over. TRUE: somebody is to be told, and pull; FALSE: who was told before
 * has not pulled yet. */
gboolean foc_answer_gate_push (FocAnswerGate *self, FocAnswerNews news);

/* An array of FocAnswerNews, in the order in which they were pushed. */
GArray *foc_answer_gate_pull (FocAnswerGate *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-record.h"

/* How many answers of a list say what, kept while they come and change. Main thread only. */

/* Each picture counts once: as one of its class if the answer is sure or was set by hand,
 * as one that is not sure, or as one that failed. */
typedef struct
{
  guint n;
  guint n_not_sure;
  guint n_failed;
  guint n_by_hand; /* these count in their classes, too */
  /* The classes of the model in use and of all whose answers these are, by their names; for
   * each a number. */
  guint n_classes;
  const char *const *class_names; /* NULL behind the last one */
  const guint *n_by_class;
} FocAnswerSummary;

typedef struct _FocAnswerTally FocAnswerTally;

FocAnswerTally *foc_answer_tally_new (void);
void foc_answer_tally_free (FocAnswerTally *self);

/* The model in use, or NULL. Its classes come behind those of other models that have
 * answers. */
void foc_answer_tally_set_model (FocAnswerTally *self, FocLoadedModel *model);

void foc_answer_tally_count (FocAnswerTally *self, const FocAnswerRecord *record);
void foc_answer_tally_discount (FocAnswerTally *self, const FocAnswerRecord *record);

/* Owned by `self`; as it was at this call, until the next call. */
const FocAnswerSummary *foc_answer_tally_get (FocAnswerTally *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-record.h"

/* Which answers of a list are wanted, and in which order. Any thread. */

typedef enum
{
  FOC_ANSWERS_ALL,
  FOC_ANSWERS_NOT_SURE, /* and not set by hand                                  */
  FOC_ANSWERS_FAILED,   /* could not be read                                    */
  FOC_ANSWERS_BY_HAND,  /* set by hand, even if they could not be read since    */
  FOC_ANSWERS_OF_CLASS, /* set by hand or else sure, as counted in the summary  */
} FocAnswersWanted;

/* By name is as file managers do it: whatever the case, and numbers as such. By answer, those
 * that are not sure stand apart, as if they were of a last class; in the filter and the summary
 * they are of none. By confidence is by what needs a look: those that are not sure, and those that are, each by their
 * probability. A picture may be like no other in training and have a high probability all the
 * same: it comes before all that are sure. Those that have no such thing are the last in
 * either direction: without an answer those that could not be read, and without a confidence
 * those that were set by hand, too. Equals are in the order in which they were answered. */
typedef enum
{
  FOC_ANSWERS_AS_ANSWERED,
  FOC_ANSWERS_BY_NAME,
  FOC_ANSWERS_BY_ANSWER, /* the class that was set by hand, or else is the answer */
  FOC_ANSWERS_BY_CONFIDENCE,
} FocAnswersOrder;

typedef struct
{
  FocAnswersWanted wanted;
  char *class_name; /* of OF_CLASS; or NULL */
  char *search;     /* that the name of the file contains, whatever its case; or NULL */
  FocAnswersOrder order;
  gboolean is_descending; /* whatever the order */
} FocAnswerQuery;

FocAnswerQuery *foc_answer_query_copy (const FocAnswerQuery *self);
void foc_answer_query_free (FocAnswerQuery *self);
gboolean foc_answer_query_equal (const FocAnswerQuery *a, const FocAnswerQuery *b);

/* The indices into `records`, of FocAnswerRecord, that are wanted, in their order; of guint32.
 * Those below `first` are left out. Free with g_array_unref(). */
GArray *
foc_answer_query_find (const FocAnswerQuery *self, const GPtrArray *records, guint first);

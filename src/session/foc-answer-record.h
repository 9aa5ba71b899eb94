/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-classify.h"
#include "foc-loaded-model.h"

/* One answer of a list of them (foc-answer-list.h), as list, items and jobs share it.
 * Immutable, reference-counted; any thread. */

typedef enum
{
  FOC_ANSWER_ANSWERED,
  FOC_ANSWER_NOT_SURE,
  FOC_ANSWER_FAILED, /* the picture could not be read */
} FocAnswerState;

typedef struct
{
  GRefString *path;      /* absolute                                                  */
  FocLoadedModel *model; /* that was asked                                            */
  char *error;           /* FAILED: why, a sentence that names the file; else NULL    */
  const char *reason;    /* the same in words without its name, where there are such  */
  char *kept_class;      /* FAILED: what was set by hand when it could be read; or NULL */
  FocAnswer answer;      /* all 0 for FAILED                                          */
  int hand_label;        /* the class, of the same model, that was set by hand; or -1 */
  float probabilities[]; /* one a class of the model; none for FAILED                 */
} FocAnswerRecord;

FocAnswerRecord *foc_answer_record_new (GRefString *path,
                                        FocLoadedModel *model,
                                        const FocClassification *result);

/* The same with a class that was set by hand, by its name: none for NULL, or where the
 * model has no such class; of FAILED it is only kept. */
FocAnswerRecord *foc_answer_record_set_by_hand (const FocAnswerRecord *self,
                                                const char *class_name);

/* The same by the threshold of `model`, which has the same network. */
FocAnswerRecord *foc_answer_record_judge (const FocAnswerRecord *self,
                                          FocLoadedModel *model);

FocAnswerRecord *foc_answer_record_ref (FocAnswerRecord *self);
void foc_answer_record_unref (FocAnswerRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocAnswerRecord, foc_answer_record_unref)

FocAnswerState foc_answer_record_get_state (const FocAnswerRecord *self);

/* As the model has them; that which was set by hand is NULL where none was, that which
 * counts is it or else the answer's, sure or not, and NULL for FAILED. */
const char *const *foc_answer_record_get_class_names (const FocAnswerRecord *self);
const char *foc_answer_record_get_hand_class (const FocAnswerRecord *self);
/* That which was set by hand, also of FAILED, which it counts for nothing: for the answer
 * that comes when the picture can be read again. */
const char *foc_answer_record_get_kept_class (const FocAnswerRecord *self);
const char *foc_answer_record_get_class (const FocAnswerRecord *self);

/* The probability of the answer; -1 for FAILED, and of a class that was set by hand, of which
 * no model says how sure it is. */
double foc_answer_record_get_confidence (const FocAnswerRecord *self);

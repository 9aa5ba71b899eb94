/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-model.h"

/* Answers as CSV (RFC 4180: UTF-8, lines end with CR and LF):
 *
 *     file,uri,label,probability,not_sure,reason,CLASS,...,[set_by_hand,final_label,]error
 *
 * `file` is the name as it can be shown, `uri` the exact one. A picture that could not be
 * read has only these two, the error, and what was set by hand. Numbers have a point and six places; `not_sure` is
 * true or false; `reason` is foc_doubt_to_string(). `final_label` is what to go on with: what
 * was set by hand, or else `label` unless it is not sure; then it is empty. A class that is
 * called as one of the other columns has "class:" before its name there. Any thread. */

typedef struct
{
  const char *const *class_names; /* a column each */
  gboolean has_set_by_hand;
} FocAnswerColumns;

typedef struct
{
  const char *path;
  const char *const *class_names; /* of the model that was asked: a column stays empty
                                   * where it has no such class                          */
  const FocAnswer *answer;    /* NULL: there is an error                             */
  const float *probabilities; /* one number a class of the model                     */
  const char *set_by_hand;    /* a class, or NULL                                    */
  const char *error;          /* or NULL                                             */
} FocAnswerLine;

void foc_answer_csv_append_head (GString *csv, const FocAnswerColumns *columns);
void foc_answer_csv_append_line (GString *csv,
                                 const FocAnswerColumns *columns,
                                 const FocAnswerLine *line);

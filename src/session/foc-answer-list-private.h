/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-item-private.h"

/* For foc-answer-list*.c only: one class, in files by topic. */

/* What waits: paths, or NULL for all rows that are to be asked again. */
typedef GStrv Request;

struct _FocAnswerList
{
  GObject parent_instance;

  FocLoadedModel *model; /* or NULL                        */
  GPtrArray *rows;       /* of FocAnswerRecord             */
  FocPathSet *known;     /* their paths                    */
  FocAnswerTally *tally;
  guint n_stale;
  gboolean is_revised; /* "revised" is to be emitted */
  gboolean was_stale;  /* when it was told of            */
  GHashTable *items;   /* row -> item that somebody holds */

  GPtrArray *requests; /* of Request, the first one is next */
  FocJob *job;         /* or NULL                        */
  FocAnswerGate *gate; /* of the job                     */
  gint64 last_pull;    /* monotonic microseconds         */
  guint pull_source;
};

/* foc-answer-list.c: what came of a job, of FocAnswerNews; and that it will be no more for
 * now. Whoever hears of it may call this list, so that nothing is done afterwards. */
void foc_answer_list_take_news (FocAnswerList *self, const GArray *news);
void foc_answer_list_tell_revised (FocAnswerList *self);
/* Whether asking the model in use would give the same. */
gboolean foc_answer_list_is_current (FocAnswerList *self, const FocAnswerRecord *record);

/* foc-answer-list-jobs.c. Leaves it to the caller to notify of the job. */
void foc_answer_list_start_next (FocAnswerList *self);
/* Whatever the job still says is not listened to; it is the caller's, or NULL. */
FocJob *foc_answer_list_drop_job (FocAnswerList *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-item-private.h"

/* For foc-answer-list*.c only: one class, in files by topic. */

/* What waits or is being asked. */
typedef struct
{
  GPtrArray *paths; /* strings, never changed: a thread has them, too; or NULL: all rows
                     * that are to be asked again                                       */
  gboolean goes_on; /* it was begun before: that pictures are there says nothing new    */
} FocAnswerRequest;

struct _FocAnswerList
{
  GObject parent_instance;

  FocLoadedModel *model; /* or NULL                        */
  GPtrArray *rows;       /* of FocAnswerRecord             */
  FocPathSet *known;     /* their paths, with their rows   */
  FocAnswerTally *tally;
  guint n_stale;
  gboolean is_revised; /* "revised" is to be emitted */
  gboolean was_stale;  /* when it was told of            */
  GHashTable *items;   /* row -> item that somebody holds */

  GArray *changes;      /* by hand, see foc-answer-list-hand.c; the latest is the last */
  guint hand_stamp;     /* of what was set by hand, as it is now                       */
  guint exported_stamp; /* as it was when it was exported, or 0                        */
  guint copied_stamp;   /* the same of copies in folders                               */

  GPtrArray *requests;     /* of FocAnswerRequest, the first one is next */
  FocJob *job;             /* or NULL                                    */
  FocAnswerRequest *asked; /* the job's                                  */
  FocAnswerGate *gate;     /* the same                                   */
  gint64 last_pull;        /* monotonic microseconds                     */
  guint pull_source;
};

/* foc-answer-list.c: what came of a job, of FocAnswerNews; and that it will be no more for
 * now. Whoever hears of it may call this list, so that nothing is done afterwards. */
void foc_answer_list_take_news (FocAnswerList *self, GArray *news);
void foc_answer_list_tell_revised (FocAnswerList *self);
void foc_answer_list_tell_stale (FocAnswerList *self);
/* A new row, which is to be announced, and another answer for one. */
void foc_answer_list_append (FocAnswerList *self, FocAnswerRecord *answered);
void foc_answer_list_replace (FocAnswerList *self, guint row, FocAnswerRecord *answered);
/* The rows as they were: it has none any more, which is to be announced. */
GPtrArray *foc_answer_list_take_rows (FocAnswerList *self);
/* Whether asking the model in use would give the same. */
gboolean foc_answer_list_is_current (FocAnswerList *self, const FocAnswerRecord *record);

/* foc-answer-list-hand.c: an array for `changes`. */
GArray *foc_answer_list_new_changes (void);

/* foc-answer-list-jobs.c */
GPtrArray *foc_answer_requests_new (void);
/* Cancels. What was being asked, and what waits, to be gone on with. */
GPtrArray *foc_answer_list_stop (FocAnswerList *self);
/* Takes `requests` over. */
void foc_answer_list_go_on (FocAnswerList *self, GPtrArray *requests);
/* Leaves it to the caller to notify of the job. */
void foc_answer_list_start_next (FocAnswerList *self);
/* Tells of the job that ended, and of the next one, too. */
void foc_answer_list_go_to_next (FocAnswerList *self);
/* Whatever the job still says is not listened to; it is the caller's, or NULL. */
FocJob *foc_answer_list_drop_job (FocAnswerList *self);

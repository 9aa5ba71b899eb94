/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-job.h"
#include "foc-shown-answers.h"

/* For foc-shown-answers*.c only: one class, in files by topic. */

struct _FocShownAnswers
{
  GObject parent_instance;

  FocAnswerList *answers;
  FocAnswerQuery *query;
  GArray *rows; /* guint32 */

  FocJob *job; /* that looks for what is wanted, or NULL   */
  gint64 begun;
  gint64 duration;   /* of the latest, microseconds             */
  guint n_looked_at; /* of the answers, by the job or before it */
  gboolean is_pending;
  guint rest_source; /* until the next look */
  GArray *found;     /* that is coming to be shown, or NULL */
  guint n_done;      /* so far it is the same               */
  gboolean only_grows;
  guint step_source;
  GPtrArray *going; /* items of a list that was cleared: as long as there are some, these
                     * are what is shown, and the rows are theirs                       */
  guint going_source;
};

/* foc-shown-answers.c: answers that came since the last look, all of them, and the property. */
void foc_shown_answers_take_new (FocShownAnswers *self);
void foc_shown_answers_look (FocShownAnswers *self);
void foc_shown_answers_set_pending (FocShownAnswers *self, gboolean is_pending);

/* foc-shown-answers-steps.c */
void foc_shown_answers_replace (FocShownAnswers *self,
                                guint position,
                                guint n_removed,
                                const guint32 *rows,
                                guint n);
/* Begins to show what was found, which it takes; and does not go on with it. */
void foc_shown_answers_show (FocShownAnswers *self, GArray *found);
void foc_shown_answers_drop_found (FocShownAnswers *self);
/* Those that somebody holds are kept to go; and begins with that, when the list is empty. */
void foc_shown_answers_keep_going (FocShownAnswers *self);
void foc_shown_answers_let_go (FocShownAnswers *self);

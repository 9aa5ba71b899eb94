/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-list.h"
#include "foc-answer-query.h"

/* Those of a FocAnswerList that are wanted, in their order: a GListModel of the list's items,
 * which costs four bytes a row. The main thread has little to do with it, however many there
 * are: a thread finds and sorts them, and until that is done the rows stay as they were.
 * Few are sorted at once.
 *
 * Answers that come take their places among the others, which are announced as they are
 * added; in a long list that is sorted, some moments later. Rows that change stay where they
 * are until foc_shown_answers_refresh().
 *
 * Where rows go or change places, "reordering" comes first, for whoever wants to know what
 * was there. Then they do so some at a time, as a view can follow without being held up: it
 * is over when "pending" is false again, and until then a row may be there twice.
 *
 * Property "pending", notified: whether rows may still go or come by what is wanted now.
 *
 * Main thread only. */

#define FOC_TYPE_SHOWN_ANSWERS (foc_shown_answers_get_type ())

G_DECLARE_FINAL_TYPE (FocShownAnswers, foc_shown_answers, FOC, SHOWN_ANSWERS, GObject)

FocShownAnswers *foc_shown_answers_new (FocAnswerList *answers);

/* The query is copied. */
void foc_shown_answers_set_query (FocShownAnswers *self, const FocAnswerQuery *query);
const FocAnswerQuery *foc_shown_answers_get_query (FocShownAnswers *self);

/* Looks again at all rows: some have changed. */
void foc_shown_answers_refresh (FocShownAnswers *self);

gboolean foc_shown_answers_is_pending (FocShownAnswers *self);

/* Where the item stands; FALSE where it does not. Takes some 50 us for 100,000. */
gboolean
foc_shown_answers_find (FocShownAnswers *self, FocAnswerItem *item, guint *position);

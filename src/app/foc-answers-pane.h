/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-copy.h"
#include "foc-answer-list.h"

#include <gtk/gtk.h>

/* Many pictures and what they are: a list that fills as the answers arrive, with a summary
 * of all of them. It can be sorted (foc-answer-query.h says how), searched, and filtered by
 * answer; and reviewed by keys: the arrows go from picture to picture, 1 to 9 say which class
 * a picture is, 0 or Backspace takes that back, Space or Enter opens it; Ctrl+F searches. By mouse, a menu of
 * the row sets any class.
 *
 * Signals: "open" (FocAnswerItem): it is to be seen with its reasons; "copying"
 * (FocAnswerCopy): pictures are being copied, until it ends; "exporting" (FocJob): answers
 * are, which may be cancelled; "said" (message, failed): a
 * sentence about what was exported; "shown-changed": other rows are shown, or some stand elsewhere;
 * "cleared" (FocClearedAnswers): that was the list, see foc_answer_list_restore().
 *
 * Actions: answers.export, answers.copy, answers.clear; answers.sort ("answered", "name",
 * "answer" or "confidence") and answers.descending, which are the properties "sort" and
 * "descending", and tell how the titles of the columns have it sorted, too; and
 * answers.set-class (int), the property "hand-label": that of the selected picture, -1 as
 * answered. */

#define FOC_TYPE_ANSWERS_PANE (foc_answers_pane_get_type ())

G_DECLARE_FINAL_TYPE (FocAnswersPane, foc_answers_pane, FOC, ANSWERS_PANE, GtkWidget)

/* Once, before it is shown. */
void foc_answers_pane_set_answers (FocAnswersPane *self, FocAnswerList *answers);

/* Without a search and a filter, in the order that it has. */
void foc_answers_pane_show_everything (FocAnswersPane *self);

/* As after the user has chosen where to; nothing while the same is under way already. */
void foc_answers_pane_export (FocAnswersPane *self, const char *path);
void foc_answers_pane_copy (FocAnswersPane *self, const char *folder);

/* Both are about all answers: a sentence that says so, where fewer are shown now, or NULL.
 * g_free(). */
char *foc_answers_pane_describe_hidden (FocAnswersPane *self);

/* As by the keys: a label of the item's model, or -1. FALSE where it cannot be. */
gboolean foc_answers_pane_set_by_hand (FocAnswerItem *item, int label);

/* Which keys set which class of the item's model, a sentence; NULL where none does. g_free(). */
char *foc_answers_pane_describe_keys (FocAnswerItem *item);

/* The picture `step` rows after `item`, as they are sorted and filtered, which is selected;
 * NULL where there is none, or `item` is not shown. The caller gets a reference. */
FocAnswerItem *
foc_answers_pane_step (FocAnswersPane *self, FocAnswerItem *item, int step);

/* Selects the picture of this row of the list of answers, and scrolls to it; FALSE
 * where it is not shown. */
gboolean foc_answers_pane_select_row (FocAnswersPane *self, guint row);
gboolean foc_answers_pane_is_selected (FocAnswersPane *self, guint row);

/* Moves the focus to the row that is selected, or else to the first one, once there is one. */
void foc_answers_pane_focus (FocAnswersPane *self);

gboolean foc_answers_pane_can_step (FocAnswersPane *self, FocAnswerItem *item, int step);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "foc-answer-item.h"
#include "foc-answer-tally.h"
#include "foc-answer-task.h"

/* Pictures that a model was asked about, in the order in which the answers came: a
 * GListModel of FocAnswerItem. What is asked for while a job runs waits for its turn.
 * Items are made when somebody asks for them; a row costs some 230 bytes and its path.
 *
 * Rows are added at the end, many at once and at most ten times a second; nothing is
 * taken away but by foc_answer_list_clear(). A row whose answer becomes another one is
 * not announced by "items-changed": its item tells of it, and "summary-changed", so that
 * nothing jumps while somebody looks through the list.
 *
 * Properties, all notified:
 *
 *     job        FocJob            read-only; of stages FocAnswerStage; or NULL
 *     model      FocLoadedModel    who is asked from now on; without one, what is asked for
 *                                  waits
 *     is-stale   boolean           read-only; some answers are those of another network
 *
 * Signals:
 *
 *     summary-changed    at most ten times a second while answers come; also where more
 *                        or less waits
 *     revised            answers have become other ones, by a job that has ended or by
 *                        another threshold: lists are to be filtered and sorted again
 *     set-by-hand        the user has set a class, which can be undone
 *     clearing           all rows are about to go: who has them may let go of them slowly
 *     notice (message)   what was asked for was there already, or what else there was in a
 *                        folder was ignored: sentences
 *     empty (message)    there was no picture in a folder: a sentence
 *
 * Main thread only. */

#define FOC_TYPE_ANSWER_LIST (foc_answer_list_get_type ())

G_DECLARE_FINAL_TYPE (FocAnswerList, foc_answer_list, FOC, ANSWER_LIST, GObject)

FocAnswerList *foc_answer_list_new (void);

/* What is being asked goes on with the model that it was begun with. The same network with
 * another threshold, or without its seal, need not be asked again: the answers are judged by
 * that threshold at once. */
void foc_answer_list_set_model (FocAnswerList *self, FocLoadedModel *model);
FocLoadedModel *foc_answer_list_get_model (FocAnswerList *self);

/* Files and folders, whose pictures are found by their names (foc-pictures.h), each a job
 * of its own. A file that is in the list is not added again. A file or folder that cannot
 * be read is a row that says so. */
void foc_answer_list_add (FocAnswerList *self, const char *const *paths, gsize n_paths);

/* Asks again about all rows that are another network's, or could not be read. What was set
 * by hand stays, where the model has a class of that name. */
void foc_answer_list_ask_again (FocAnswerList *self);

/* Ends what is being asked, and goes on with the next that waits; the other one drops what
 * waits, too. They take effect at once, and answers that have come stay. */
void foc_answer_list_cancel (FocAnswerList *self);
void foc_answer_list_cancel_all (FocAnswerList *self);

/* Cancels all, and empties the list. */
void foc_answer_list_clear (FocAnswerList *self);

/* The same; what there was, and what was being asked or waited, is the caller's, to take it
 * back or to let go of it with g_object_unref(). */
#define FOC_TYPE_CLEARED_ANSWERS (foc_cleared_answers_get_type ())

G_DECLARE_FINAL_TYPE (FocClearedAnswers,
                      foc_cleared_answers,
                      FOC,
                      CLEARED_ANSWERS,
                      GObject)

FocClearedAnswers *foc_answer_list_take_all (FocAnswerList *self);

/* Takes that back: adds the pictures, and asks about those that had no answer yet. A picture
 * that has come again since, or is just being asked about, is not added twice, but what was
 * set by hand counts for it, unless something else was. */
void foc_answer_list_restore (FocAnswerList *self, FocClearedAnswers *cleared);

FocJob *foc_answer_list_get_job (FocAnswerList *self);
gboolean foc_answer_list_is_stale (FocAnswerList *self);
/* How much waits for its turn behind the job: calls, not pictures. */
guint foc_answer_list_get_n_waiting (FocAnswerList *self);

/* Owned by the list; until its next change. */
const FocAnswerSummary *foc_answer_list_get_summary (FocAnswerList *self);

/* See foc_answer_item_set_hand_label(). */
void foc_answer_list_set_hand_label (FocAnswerList *self, guint row, int label);
/* The row of which the class was set by hand last; FALSE where none was since the list was
 * cleared, or all was undone. The other one makes that, which there must be, as it was before. */
gboolean foc_answer_list_get_last_by_hand (FocAnswerList *self, guint *row);
void foc_answer_list_undo_by_hand (FocAnswerList *self);

/* What was set by hand is the user's work, and lost with the list unless it is recorded
 * elsewhere. Whoever begins to do so takes a stamp of it as it is, which it is noted with once
 * that is done: it is recorded as long as nothing else is set. Copies may go again. */
guint foc_answer_list_get_hand_stamp (FocAnswerList *self);
void foc_answer_list_note_exported (FocAnswerList *self, guint stamp);
void foc_answer_list_note_copied (FocAnswerList *self, guint stamp);
void foc_answer_list_note_not_copied (FocAnswerList *self, guint stamp);
/* Pictures that have a class set by hand, those that cannot be read any more included: all, if
 * what was set is not recorded; else 0. */
guint foc_answer_list_get_n_unrecorded (FocAnswerList *self);

/* All rows as they are now, FocAnswerRecord's; for jobs. */
GPtrArray *foc_answer_list_get_records (FocAnswerList *self);
/* Lets go of such an array in a thread, for many take their time. */
void foc_answer_list_free_records (GPtrArray *records);
/* The list's own, until its next change. */
const GPtrArray *foc_answer_list_peek_records (FocAnswerList *self);

/* Whether somebody holds the item of a row. */
gboolean foc_answer_list_is_held (FocAnswerList *self, guint row);

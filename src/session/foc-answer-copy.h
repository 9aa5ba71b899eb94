/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-list.h"

/* Copies pictures into folders by their answers, DIR/CLASS/NAME, and can take that back
 * (foc-class-folders.h says what the folder of a class is called).
 *
 * The class is that which was set by hand, or else the answer's; where the model is not
 * sure and nobody has set it, the folder is "not sure". What could not be read is not
 * copied. No file is ever moved or replaced: where a name is taken, the copy is NAME-2, or
 * the next number that is free. A picture that is in its folder already stays alone.
 *
 * Property "job", read-only, notified: the FocJob that copies or undoes; NULL where none
 * runs. Its progress counts pictures.
 *
 * Signal "ended": it has copied or undone, as far as it could before it was cancelled.
 *
 * Main thread only. */

#define FOC_TYPE_ANSWER_COPY (foc_answer_copy_get_type ())

G_DECLARE_FINAL_TYPE (FocAnswerCopy, foc_answer_copy, FOC, ANSWER_COPY, GObject)

typedef struct
{
  guint n_copied;
  guint n_numbered;    /* of these, those that got another name      */
  guint n_there;       /* were in their folders already              */
  guint n_unread;      /* were not copied, since they have no answer */
  guint n_failed;      /* could not be copied                        */
  guint n_removed;     /* copies, by undoing                         */
  guint n_kept;        /* copies that are not as they were copied    */
  guint n_not_removed; /* by the last undoing; undoing tries again   */
} FocAnswerCopyCounts;

/* Begins at once, with the answers that `list` has now. `folder` is made if it is missing. The
 * list, which may go meanwhile, is told when what was set by hand is copied, and when that is
 * undone. */
FocAnswerCopy *foc_answer_copy_new (FocAnswerList *list, const char *folder);

FocJob *foc_answer_copy_get_job (FocAnswerCopy *self);

/* Takes effect at once; what was copied stays, and can be undone. What is just being copied
 * does not stay; of an undoing, what is just being removed is counted only later. An undoing
 * that was cancelled can be gone on with by foc_answer_copy_undo(). */
void foc_answer_copy_cancel (FocAnswerCopy *self);

/* Until now. */
FocAnswerCopyCounts foc_answer_copy_get_counts (FocAnswerCopy *self);

/* What it has done, in sentences to be shown: what was copied, or since it was undone what
 * of that was removed. Free with g_free(). */
char *foc_answer_copy_describe (FocAnswerCopy *self);

/* Whether there are copies, and no job runs. */
gboolean foc_answer_copy_can_undo (FocAnswerCopy *self);

/* Whether what runs, or was the last to run, is an undoing. */
gboolean foc_answer_copy_was_undone (FocAnswerCopy *self);

/* Removes the copies that are still as they were copied and whose pictures are still
 * there, and those of the folders it has made that are empty then. What cannot be removed can
 * be tried again. */
void foc_answer_copy_undo (FocAnswerCopy *self);

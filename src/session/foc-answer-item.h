/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-record.h"

/* One picture of a FocAnswerList, as lists and panes show it. Items are made where they
 * are looked at; as long as somebody holds one, it stays the item of its picture.
 *
 * Properties, notified; read-only but for "hand-label":
 *
 *     name         string   of the file, made to be shown: see foc_text_escape()
 *     answer       string   the class that counts: set by hand, or else the answer's,
 *                           sure or not; "" for FAILED; made to be shown
 *     confidence   double   probability of the model's answer, if that counts; else -1
 *     state        uint     FocAnswerState, whatever was set by hand
 *     hand-label   int      see below
 *
 * Strings and numbers belong to the item, and stay until "changed", a signal that comes
 * when the picture was asked about again or its class was set by hand, after the
 * notifications. Main thread only. */

#define FOC_TYPE_ANSWER_ITEM (foc_answer_item_get_type ())

G_DECLARE_FINAL_TYPE (FocAnswerItem, foc_answer_item, FOC, ANSWER_ITEM, GObject)

/* Its place in the list, which is for ever; g_list_model_get_item() has it there. */
guint foc_answer_item_get_row (FocAnswerItem *self);

const char *foc_answer_item_get_path (FocAnswerItem *self); /* absolute */
const char *foc_answer_item_get_name (FocAnswerItem *self);
FocAnswerState foc_answer_item_get_state (FocAnswerItem *self);

/* Who was asked, and has the names of the classes that labels are of. */
FocLoadedModel *foc_answer_item_get_model (FocAnswerItem *self);

/* The answer as it is: its class (-1 for FAILED), the name of that, made to be shown (NULL
 * for FAILED), all that is known of it, and the probability of each class, NULL for FAILED. */
int foc_answer_item_get_label (FocAnswerItem *self);
const char *foc_answer_item_get_class_name (FocAnswerItem *self);
double foc_answer_item_get_probability (FocAnswerItem *self); /* -1 for FAILED */
FocDoubt foc_answer_item_get_doubt (FocAnswerItem *self);
const FocAnswer *foc_answer_item_get_answer (FocAnswerItem *self);
const float *foc_answer_item_get_probabilities (FocAnswerItem *self);

/* As "answer", and as "confidence". */
const char *foc_answer_item_get_counted (FocAnswerItem *self);
double foc_answer_item_get_confidence (FocAnswerItem *self);

/* FAILED: why, a sentence that names the file; and in words without its name, where there
 * are such. Else NULL. */
const char *foc_answer_item_get_error (FocAnswerItem *self);
const char *foc_answer_item_get_reason (FocAnswerItem *self);

/* The class that the user has set, a label of the model; -1: none. A picture that could not
 * be read has none, nor has an item that its list has dropped. */
int foc_answer_item_get_hand_label (FocAnswerItem *self);
/* Its name, made to be shown, or NULL. A picture that cannot be read any more keeps it, for
 * when it can be read again. */
const char *foc_answer_item_get_hand_class_name (FocAnswerItem *self);
void foc_answer_item_set_hand_label (FocAnswerItem *self, int label);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-list.h"

/* For foc-answer-list.c, whose items are in `registry` by their rows as long as they live. */

FocAnswerItem *foc_answer_item_new (FocAnswerList *list,
                                    GHashTable *registry,
                                    guint row,
                                    FocAnswerRecord *record);

/* Tells what is different. */
void foc_answer_item_update (FocAnswerItem *self, FocAnswerRecord *record);

/* The list is there no more, or has dropped the picture. */
void foc_answer_item_detach (FocAnswerItem *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "foc-explained.h"

/* The answer to one picture: in words, why it is not sure, a bar for each class, and the sum
 * of the shares of all pixels beside the difference of the logits, which it is. */

#define FOC_TYPE_ANSWER_PANE (foc_answer_pane_get_type ())

G_DECLARE_FINAL_TYPE (FocAnswerPane, foc_answer_pane, FOC, ANSWER_PANE, GtkWidget)

GtkWidget *foc_answer_pane_new (void);

/* `explained`: the answer of `model`; if `is_painted`, it is none to the picture any more.
 * All is copied. */
void foc_answer_pane_set (FocAnswerPane *self,
                          const FocModel *model,
                          const FocExplained *explained,
                          gboolean is_painted);

/* Why there is no answer, in place of it. */
void foc_answer_pane_set_message (FocAnswerPane *self, const char *message);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "foc-explained.h"

/* The answer to one picture: in words, a bar for each class, and why it is not sure. It is as
 * large whatever the model answers, so that nothing moves below it. */

#define FOC_TYPE_ANSWER_PANE (foc_answer_pane_get_type ())

G_DECLARE_FINAL_TYPE (FocAnswerPane, foc_answer_pane, FOC, ANSWER_PANE, GtkWidget)

GtkWidget *foc_answer_pane_new (void);

/* `explained`: the answer of `model`. All is copied. */
void foc_answer_pane_set (FocAnswerPane *self,
                          const FocModel *model,
                          const FocExplained *explained);

/* Why there is no answer, in place of it. */
void foc_answer_pane_set_message (FocAnswerPane *self, const char *message);

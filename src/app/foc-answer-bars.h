/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

/* The probability of each class as a bar in the colour of the class, the likeliest first;
 * of many classes the first few, and how many more there are and how likely together. */

#define FOC_TYPE_ANSWER_BARS (foc_answer_bars_get_type ())

G_DECLARE_FINAL_TYPE (FocAnswerBars, foc_answer_bars, FOC, ANSWER_BARS, GtkWidget)

GtkWidget *foc_answer_bars_new (void);

/* `names` and `probabilities` (0 ... 1) of `n` classes; `labels` tells the colour of each
 * (NULL: its place). All are copied. */
void foc_answer_bars_set (FocAnswerBars *self,
                          const char *const *names,
                          const float *probabilities,
                          const guint16 *labels,
                          guint n);

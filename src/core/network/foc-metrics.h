/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* What is said of a classifier: plain arithmetic over its answers. */

/* Counts of answers: row = true class, column = answer. */
typedef struct
{
  guint n_classes;
  guint64 *counts; /* n_classes x n_classes, row-major, owned */
} FocConfusion;

void foc_confusion_init (FocConfusion *self, guint n_classes);
void foc_confusion_clear (FocConfusion *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocConfusion, foc_confusion_clear)

void foc_confusion_add (FocConfusion *self, guint true_class, guint answer);
guint64 foc_confusion_get (const FocConfusion *self, guint true_class, guint answer);
guint64 foc_confusion_total (const FocConfusion *self);

/* How many answers are the true class. */
guint64 foc_confusion_correct (const FocConfusion *self);

/* Share of right answers, 0 ... 1; NaN for none at all. */
double foc_confusion_accuracy (const FocConfusion *self);

/* The 95 % confidence interval of a share of which `correct` of `total` were
 * seen (E. B. Wilson, "Probable Inference, the Law of Succession, and
 * Statistical Inference", 1927); 0 ... 1 for a total of 0. */
void foc_wilson_interval (guint64 correct, guint64 total, double *low, double *high);

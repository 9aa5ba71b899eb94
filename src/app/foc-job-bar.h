/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "foc-job-text.h"

/* A thin bar that tells how far a job has come, with a button to cancel it. It shows
 * itself where a job has run for FOC_JOB_BAR_DELAY: most are done before.
 *
 * Property "job": the FocJob, or NULL. Signals "cancel" and "cancel-all": the button was
 * pressed; the bar itself does nothing then, for whoever began the job has to know. */

#define FOC_TYPE_JOB_BAR (foc_job_bar_get_type ())

G_DECLARE_FINAL_TYPE (FocJobBar, foc_job_bar, FOC, JOB_BAR, AdwBin)

#define FOC_JOB_BAR_DELAY 300 /* milliseconds */

GtkWidget *foc_job_bar_new (void);

/* What is said of the job, in words; foc_job_text_opening() unless told otherwise. */
void foc_job_bar_set_text_func (FocJobBar *self, FocJobTextFunc func);

/* What comes of pressing Cancel, where that is not plain. */
void foc_job_bar_set_cancel_tooltip (FocJobBar *self, const char *tooltip);

/* Whether other jobs wait behind this one: then there is a second button, to cancel all. */
void foc_job_bar_set_has_more (FocJobBar *self, gboolean has_more);

void foc_job_bar_set_job (FocJobBar *self, FocJob *job);
FocJob *foc_job_bar_get_job (FocJobBar *self);

/* Something is waited for, whatever becomes of a job: the bar shows itself as for a job of
 * which nothing is known but this text. NULL: it is not waited for any more. */
void foc_job_bar_set_waiting (FocJobBar *self, const char *text);

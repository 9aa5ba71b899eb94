/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run-summary.h"

/* A run in a list. Items are made by foc-run-history.h, and stay those of their folders.
 *
 * Signal "changed": something that is told of the run is another one now. Main thread
 * only; strings belong to the item and are valid until it changes. */

#define FOC_TYPE_RUN_ITEM (foc_run_item_get_type ())

G_DECLARE_FINAL_TYPE (FocRunItem, foc_run_item, FOC, RUN_ITEM, GObject)

/* For foc-run-history.c. */
FocRunItem *foc_run_item_new (FocRunSummary *summary);
void foc_run_item_set_summary (FocRunItem *self, FocRunSummary *summary);
FocRunSummary *foc_run_item_get_summary (FocRunItem *self);
/* This program works at it: it is under way, whatever the summary says. */
void foc_run_item_set_at_work (FocRunItem *self, gboolean at_work);
/* Below 0: `a` is newer, and comes first. */
int foc_run_item_compare (FocRunItem *a, FocRunItem *b);

const char *foc_run_item_get_folder (FocRunItem *self);

/* To be shown: the title, or else when the run began; see foc_text_escape(). */
const char *foc_run_item_get_name (FocRunItem *self);
/* As it was typed, or NULL. */
const char *foc_run_item_get_title (FocRunItem *self);
GDateTime *foc_run_item_get_created (FocRunItem *self);
/* When it began, to be shown. */
const char *foc_run_item_get_date (FocRunItem *self);
/* To be shown; NULL: the run is damaged. */
const char *foc_run_item_get_dataset_name (FocRunItem *self);

FocRunState foc_run_item_get_state (FocRunItem *self);
/* "Finished" and so on; translated, static. */
const char *foc_run_state_get_title (FocRunState state);
/* Whether its search can be gone on with, or, if that is its state, its final model. */
gboolean foc_run_item_can_resume (FocRunItem *self);
/* Whether it can be done again to come out the same. */
gboolean foc_run_item_can_reproduce (FocRunItem *self);
/* Why a damaged one cannot be used, a sentence; else NULL. */
const char *foc_run_item_get_problem (FocRunItem *self);

/* The best cell of the grid: FALSE where that is not complete. */
gboolean foc_run_item_get_best (FocRunItem *self, FocCell *best);
/* The accuracy on the holdout set: FALSE where that was not measured. */
gboolean foc_run_item_get_holdout (FocRunItem *self, double *accuracy);
/* How often the seal was broken: it may have been without a result. */
guint foc_run_item_get_n_looks (FocRunItem *self);

/* The whole record, read in a job: foc_job_finish() gives `callback` a FocRun, to be
 * released with foc_run_unref(). `owner` as in foc_job_run(). Unref the job, which may be
 * cancelled before. */
FocJob *
foc_run_item_load (FocRunItem *self, GAsyncReadyCallback callback, gpointer owner);
/* The same of the run in a folder. */
FocJob *
foc_run_load_in_job (const char *folder, GAsyncReadyCallback callback, gpointer owner);

/* foc_run_copy() to the folder `target` in a job: foc_job_finish() gives a string, to be
 * freed with g_free(). */
FocJob *foc_run_item_export (FocRunItem *self,
                             const char *target,
                             GAsyncReadyCallback callback,
                             gpointer owner);

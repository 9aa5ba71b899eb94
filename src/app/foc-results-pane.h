/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "foc-run.h"

/* What a run came to: the best cell, the final model, the result on the holdout set, which
 * is under seal until the user breaks it, and how the answers are. As high as all that is:
 * who has it lets it scroll. At 360 pixels all stands below each other.
 *
 * Signals, of what the user asks for:
 *   "train-final"    the final model is to be trained
 *   "look"           the holdout set is to be looked at; the user has been asked already
 *   "use-model", "save-model"   the final model's
 *   "show-pictures"  (guint true class, guint answer, guint FocPart) in a confusion matrix
 *   "export-figure"  (guint FocFigureKind, guint FocPart)
 *
 * Property "busy" (boolean): something is being trained or measured, so that neither the
 * final model nor a look can be asked for. */

#define FOC_TYPE_RESULTS_PANE (foc_results_pane_get_type ())

G_DECLARE_FINAL_TYPE (FocResultsPane, foc_results_pane, FOC, RESULTS_PANE, GtkWidget)

GtkWidget *foc_results_pane_new (void);

/* Whether the run has a final model that its record does not know, for it could not be
 * written. Holds for the runs that are set after it. */
void foc_results_pane_set_has_unwritten_model (FocResultsPane *self, gboolean has_it);

/* Whether the final model is the one that all pages use. */
void foc_results_pane_set_in_use (FocResultsPane *self, gboolean in_use);

/* Shows as much as `run` has (NULL: nothing). It is not kept: to be called again after each
 * step. The seal is unbroken while the run has no look; until then nothing of what was
 * measured on the holdout set is in any widget. */
void foc_results_pane_set_run (FocResultsPane *self, const FocRun *run);

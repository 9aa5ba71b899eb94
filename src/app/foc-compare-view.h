/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run.h"

#include <gtk/gtk.h>

/* One or more runs, one over the other: the curves of the best learning rate of each, and
 * in what they differ, side by side.
 *
 * Signals: "close"; "said" (message, failed): a sentence about what was exported. */

#define FOC_TYPE_COMPARE_VIEW (foc_compare_view_get_type ())

G_DECLARE_FINAL_TYPE (FocCompareView, foc_compare_view, FOC, COMPARE_VIEW, GtkWidget)

/* `runs` is a GPtrArray of FocRun with foc_run_unref(), to which a reference is kept; they
 * are called `names`. NULL: none. */
void foc_compare_view_set_runs (FocCompareView *self,
                                GPtrArray *runs,
                                const char *const *names);

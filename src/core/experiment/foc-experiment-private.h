/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-experiment.h"

/* What foc-experiment.c, which opens an experiment and begins its run, and
 * foc-experiment-steps.c, which carries it out, share. */

/* One step: its progress, and how long it took. */
typedef struct
{
  FocExperiment *experiment;
  FocStage stage;
  gint64 start;
} FocStep;

FocStep foc_step_begin (FocExperiment *self, FocStage stage);
void foc_step_end (const FocStep *step);

/* A FocProgress; `user_data` is the step. */
void foc_step_report (guint64 done, guint64 total, gpointer user_data);

/* Writes the record, or tells whom the options name that it cannot be. FALSE where they
 * name nobody. */
gboolean foc_experiment_keep (FocExperiment *self, GError **error);

/* Those of the grid and of the final model, and the kept cells. */
void foc_run_remove_checkpoints (const FocRun *run);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-progress.h"

/* In which the progress of a step is told. */
#define PARTS 10000

void
foc_progress_report_step (guint64 done, guint64 total, gpointer user_data)
{
  const FocProgressSteps *self = user_data;
  guint64 parts = total > 0 ? (guint64) ((double) done / (double) total * PARTS) : PARTS;

  if (self->progress != NULL)
    self->progress ((guint64) self->step * PARTS + parts, (guint64) self->n_steps * PARTS,
                    self->user_data);
}

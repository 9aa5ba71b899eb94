/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "foc-progress.h"

/* Threads: a loop whose rounds do not depend on each other, shared among some, and the time
 * that one has worked. */

/* Round `index` of the loop; FALSE with an error ends the whole loop. */
typedef gboolean (*FocParallelRound) (guint32 index, gpointer data, GError **error);

/* Calls `round` once for each index below `n`, in `jobs` threads, in no particular
 * order; returns when all have ended. The calling thread only reports: progress counts
 * rounds. Cancelling takes effect between rounds (G_IO_ERROR_CANCELLED). */
gboolean foc_parallel (guint32 n,
                       guint jobs,
                       FocParallelRound round,
                       gpointer data,
                       FocProgress progress,
                       gpointer user_data,
                       GCancellable *cancellable,
                       GError **error);

/* Processor time that the calling thread has used so far, in microseconds. */
gint64 foc_thread_time (void);

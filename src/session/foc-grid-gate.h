/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-grid-search.h"

/* Between the thread that searches a grid, which sees it grow, and the main thread, which
 * shows it: the one pushes, the other pulls what is new since it did last, however often
 * was pushed. Functions are for any thread. */

typedef struct _FocGridGate FocGridGate;

/* For a grid as foc_grid_new() makes it of `settings`. */
FocGridGate *foc_grid_gate_new (const FocSettings *settings);
FocGridGate *foc_grid_gate_ref (FocGridGate *self);
void foc_grid_gate_unref (FocGridGate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocGridGate, foc_grid_gate_unref)

/* `grid` as it is now, copied as far as it is new. TRUE: somebody is to be told, and pull;
 * FALSE: who was told before has not pulled yet, or wants to be left alone for a while. */
gboolean foc_grid_gate_push (FocGridGate *self, const FocGrid *grid);

/* Adds what is new to `grid`, which nobody else adds to. */
void foc_grid_gate_pull (FocGridGate *self, FocGrid *grid);

/* Nobody is told before `until`, of g_get_monotonic_time(): it costs too much to show what
 * is new. It may be pulled at any time. */
void foc_grid_gate_rest (FocGridGate *self, gint64 until);

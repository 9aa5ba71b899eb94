/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run-difference.h"
#include "foc-run.h"

/* In what runs differ, in words for people: each a row of a table, numbers with as many
 * digits as tell them apart. Any thread; records are read, and nothing is kept of them. */

/* All that went in and differs between the `n` runs (of one, nothing): settings, data set,
 * split, program, arithmetic. When they were carried out, and what they are called, is none of it.
 * A GPtrArray of FocRunDifference that owns them. */
GPtrArray *foc_run_compare_settings (const FocRun *const *runs, guint n);

/* All that came out and differs between two runs that should be the same, to the bit: nothing
 * means that they are identical. What only one of them has is a difference, but for the
 * holdout set, which need not be looked at twice. */
GPtrArray *foc_run_compare_results (const FocRun *a, const FocRun *b);

/* A sentence about what foc_run_compare_results() has found for a run and the one that was
 * to reproduce it. g_free(). */
char *foc_run_compare_describe (const GPtrArray *rows);

/* The same in full, of `before` and `now`, which was to reproduce it: where they differ, lines
 * follow, first what went in otherwise, which may be why, then the first of the results.
 * g_free(). */
char *foc_run_compare_explain (const FocRun *before, const FocRun *now);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-experiment.h"
#include "foc-leaks.h"

/* What the commands say about pictures that belong together, and about those of them
 * that stand in different parts, of an experiment with duplicates and split. */

/* "leaks": {...} as a member of an object that the caller has begun: counts, and a few
 * examples. */
void foc_cli_leaks_to_json (const FocExperiment *experiment, JsonBuilder *builder);

/* The same as "duplicates": {...} for all groups, whether they leak or not: the first
 * thousand of each relation. */
void foc_cli_duplicates_to_json (const FocExperiment *experiment, JsonBuilder *builder);

/* A few lines on duplicates; nothing where there are none. */
void foc_cli_print_duplicates (const FocExperiment *experiment);

/* A few lines on leaks, with examples and what to do; nothing where there are none. */
void foc_cli_print_leaks (const FocExperiment *experiment);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-experiment.h"

/* What the commands say about data sets and results, as text and as JSON. */

/* "dataset": {...} as a member of an object that the caller has begun; the counts of
 * the split where there is one. */
void foc_cli_dataset_to_json (const FocExperiment *experiment, JsonBuilder *builder);

/* Classes, pictures and split in a few lines, and the unreadable pictures. */
void foc_cli_print_dataset (const FocExperiment *experiment);

/* The same of either kind, before the training: into `builder`, or as text where that
 * is NULL; with the leaks, where duplicates of all relations were looked for. The list of
 * pictures and the duplicates are released, which nothing needs from here on. */
void foc_cli_describe_dataset (FocExperiment *experiment, JsonBuilder *builder);

/* The grid in the paper's form: "accuracy, loss", learning rate by epochs. */
void foc_cli_print_grid (const FocGrid *grid, const FocCell *best);

/* What was measured on a part: accuracy with its interval, loss, how far it can be
 * trusted, how often it was looked at (if more than once), and the confusion matrix. */
void foc_cli_print_result (FocPart part,
                           const FocMeasurement *result,
                           guint looks,
                           const char *const *class_names);

/* "peak_rss_bytes": the most memory that this process has held. */
void foc_cli_add_peak_memory (JsonBuilder *builder);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-cli-progress.h"
#include "foc-experiment.h"

/* The options that the commands on data sets share, and from them an experiment. */

typedef enum
{
  FOC_CLI_OPTIONS_DATA = 1 << 0,  /* --jobs, --cache, --fresh, --json        */
  FOC_CLI_OPTIONS_SPLIT = 1 << 1, /* --split METHOD, --shares, --split-seed, --group */
  FOC_CLI_OPTIONS_TRAINING = 1 << 2,
  FOC_CLI_OPTIONS_GRID = 1 << 3, /* --learning-rates, --epochs              */
} FocCliOptionGroups;

typedef struct
{
  /* As they were given; NULL where they were not. */
  char *preset, *learning_rates, *epochs, *hidden, *optimizer, *momentum;
  char *split, *shares, *cache, *seed, *split_seed, *batch_size, *threshold, *group,
    *jobs;
  gboolean augment, fresh, json;

  /* What becomes of them. */
  FocExperimentOptions experiment;
  FocCliProgress progress;
} FocCliOptions;

void foc_cli_options_clear (FocCliOptions *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocCliOptions, foc_cli_options_clear)

/* Adds the options of the groups to `context`; parsing fills in `self`, which is
 * all zeros before and stays where it is. */
void foc_cli_options_add (FocCliOptions *self,
                          GOptionContext *context,
                          FocCliOptionGroups groups);

/* Scans `root` and makes its features, with progress; warns of what is to be
 * warned of. FOC_ERROR_SETTINGS for options that are out of range. */
FocExperiment *foc_cli_options_open (FocCliOptions *self,
                                     const char *root,
                                     GCancellable *cancellable,
                                     GError **error);

/* The settings for the data of `experiment`: the preset, and over it the options; warns
 * of those that have no effect. NULL checks the options while there is no data yet. */
gboolean foc_cli_options_get_settings (const FocCliOptions *self,
                                       const FocExperiment *experiment,
                                       FocSettings *settings,
                                       GError **error);

/* Numbers in full, within a range; FOC_ERROR_SETTINGS names the option. */
gboolean foc_cli_parse_uint (const char *option,
                             const char *text,
                             guint64 min,
                             guint64 max,
                             guint64 *value,
                             GError **error);
gboolean foc_cli_parse_double (const char *option,
                               const char *text,
                               double *value,
                               GError **error);

/* A probability, for --threshold. */
gboolean foc_cli_parse_threshold (const char *text, double *threshold, GError **error);

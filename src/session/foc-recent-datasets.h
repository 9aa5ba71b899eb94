/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "foc-split.h"

/* The data sets that were opened last, newest first, each with its split, in the key
 * "recent-datasets" of type a(ayay) of a GSettings: path in the encoding of file names,
 * and foc_split_settings_to_string(). What is damaged in it is left out. */

#define FOC_RECENT_DATASETS_MAX 10

typedef struct
{
  char *path;
  FocSplitSettings split;
} FocRecentDataset;

/* An array of FocRecentDataset that owns its elements. */
GPtrArray *foc_recent_datasets_get (GSettings *settings);

/* Puts the data set at the head. */
void foc_recent_datasets_add (GSettings *settings,
                              const char *path,
                              const FocSplitSettings *split);
void foc_recent_datasets_remove (GSettings *settings, const char *path);

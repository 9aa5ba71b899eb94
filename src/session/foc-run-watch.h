/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run-item.h"

/* Notices when a folder of runs is worth being looked at again. For foc-run-history.c; main
 * thread only. */

typedef struct _FocRunWatch FocRunWatch;

/* `changed` is called some time after something happened in `folder`, or in the folder of a
 * run, also while others work there. */
FocRunWatch *
foc_run_watch_new (const char *folder, GSourceOnceFunc changed, gpointer user_data);
void foc_run_watch_free (FocRunWatch *self);

/* The runs that there are now: a GPtrArray of FocRunItem, the newest first. */
void foc_run_watch_follow (FocRunWatch *self, const GPtrArray *items);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-demo.h"
#include "foc-job.h"

/* Draws the demo data set once, for a user who has no data set yet.
 *
 * It goes into a folder of its own, with an empty file NAME.complete beside it once it is
 * all there: what a killed program has left unfinished is not taken for it, nor touched;
 * then the folder is named with a number behind. What the user has changed in one that
 * was complete stays changed.
 *
 * Property "job": FocJob that draws, NULL where none runs.
 *
 * Signals:
 *
 *     drawn (folder)     there is a complete data set, in the encoding of file names
 *     failed (message)   a sentence for a dialog
 *
 * Main thread only. */

#define FOC_TYPE_DEMO_DRAWER (foc_demo_drawer_get_type ())

G_DECLARE_FINAL_TYPE (FocDemoDrawer, foc_demo_drawer, FOC, DEMO_DRAWER, GObject)

/* `folder`: where to draw; NULL: face-or-comic/demo in the user's data folder. */
FocDemoDrawer *foc_demo_drawer_new (const char *folder, const FocDemoOptions *options);

/* Does nothing while it draws. */
void foc_demo_drawer_draw (FocDemoDrawer *self);

/* Stops, at once and without a word; what was drawn is removed. The default
 * GApplication, if there is one, does not end before that is done. */
void foc_demo_drawer_cancel (FocDemoDrawer *self);

FocJob *foc_demo_drawer_get_job (FocDemoDrawer *self);

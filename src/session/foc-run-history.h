/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run-item.h"

/* The runs in a folder: a GListModel of FocRunItem, the newest first. A record that cannot
 * be used is listed too, with the reason. All is read in jobs.
 *
 * It follows the folder: runs that others begin there, in the terminal say, appear, and what
 * they make of them; within two seconds it is known whether a run is still under way.
 * Where a file system does not tell of changes, foc_run_history_refresh() looks.
 *
 * Property "loading" (boolean, read-only): the folder has not been read for the first time
 * yet. Signals: "failed" (message): a sentence says what could not be done; "purged": of
 * what was to be deleted for good, nothing is under way any more. Main thread only. */

#define FOC_TYPE_RUN_HISTORY (foc_run_history_get_type ())

G_DECLARE_FINAL_TYPE (FocRunHistory, foc_run_history, FOC, RUN_HISTORY, GObject)

/* `folder` need not exist: foc_runs_folder() of the user, for example. */
FocRunHistory *foc_run_history_new (const char *folder);

gboolean foc_run_history_get_loading (FocRunHistory *self);

/* Looks at the folder again. What has not changed is not read again: it costs next to
 * nothing. */
void foc_run_history_refresh (FocRunHistory *self);

/* The run in that folder, as far as it is listed: NULL, or an item that is not
 * referenced. */
FocRunItem *foc_run_history_find (FocRunHistory *self, const char *folder);

/* This program works at the run in that folder, or at none (NULL): it is under way from this
 * moment on, also before it is locked. */
void foc_run_history_set_at_work (FocRunHistory *self, const char *folder);

/* foc_run_rename() in a job. */
void foc_run_history_rename (FocRunHistory *self, FocRunItem *item, const char *title);

/* Takes the run out of the list at once. Nothing is removed from the disk before
 * foc_run_history_purge(), or the end of the history; until then
 * foc_run_history_undo() brings it back. FALSE where it is under way, which "failed" says,
 * or not in the list: nothing has happened. */
gboolean foc_run_history_delete (FocRunHistory *self, FocRunItem *item);
void foc_run_history_undo (FocRunHistory *self, FocRunItem *item);

/* foc_run_delete() in a job, of a run that was taken out of the list; it comes back if that
 * fails, as where somebody has begun to work at it meanwhile, and "failed" says so. */
void foc_run_history_purge (FocRunHistory *self, FocRunItem *item);

/* The same of all that were taken out of the list: for whoever is about to go on with a run
 * of the folder, which must not be one of those. TRUE: there is none any more. FALSE: they
 * are at it, and "purged" follows. */
gboolean foc_run_history_purge_all (FocRunHistory *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run.h"

/* What is done to the folder of a run by who does not go on with it. Each has the folder's
 * lock meanwhile: G_FILE_ERROR_AGAIN, with a sentence, where somebody works in it.
 *
 * The files of a run are those that foc-run.h names, and what a writer of them may have
 * left behind. Whatever else is in the folder is the user's: it is neither removed nor
 * copied. All functions block; any thread. */

/* Names the run, so that foc_run_load() says so; blanks at the ends are dropped, and
 * without anything else it has no name any more. Errors of foc_run_load() and
 * foc_run_save(); FOC_ERROR_RUN beyond FOC_LIMIT_TITLE_BYTES. */
gboolean foc_run_rename (const char *folder, const char *title, GError **error);

/* Removes the files of the run, its record last, so that what is left after a failure
 * still is a run; and the folder, if it is empty then. Its looks stay counted for copies of
 * its model (foc-seal.h). The record may be damaged, but there
 * has to be one: G_FILE_ERROR_NOENT. Other G_FILE_ERROR. */
gboolean foc_run_delete (const char *folder, GError **error);

/* Copies the files of the run into a new folder in the folder `target`, with the name of
 * `folder`, or that and a number where something is called so. It has the name once it is
 * complete; with an error nothing is left of it. Returns its path, to be freed with
 * g_free(), or NULL: G_FILE_ERROR, G_IO_ERROR_CANCELLED. */
char *foc_run_copy (const char *folder,
                    const char *target,
                    GCancellable *cancellable,
                    GError **error);

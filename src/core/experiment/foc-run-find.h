/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run.h"

/* Finds the run to go on with, or the folder to begin one in.
 *
 * `wanted` (taken over) describes the run before anything is done, with its folder.
 * With `runs` not NULL an unfinished run of the same settings and data in any folder
 * below it will do, unless `fresh`. Otherwise its own folder is looked into: a run
 * of the same kind is gone on with; another, or other files, are FOC_ERROR_RUN. With
 * `fresh` whatever run is there is replaced, but the looks at the holdout set of the
 * same data stay counted. For who is only going to `look`, the run in its own folder may be
 * by another version of the program, or of what it computes with.
 *
 * Returns the run as recorded (`resumed` is TRUE) or `wanted` itself. Its folder
 * exists and is locked by `lock`, which the caller closes: G_FILE_ERROR_AGAIN if
 * another process works there. `lock` may be set on failure, too. */
FocRun *foc_run_find (FocRun *wanted,
                      const char *runs,
                      gboolean fresh,
                      gboolean look,
                      int *lock,
                      gboolean *resumed,
                      GError **error);

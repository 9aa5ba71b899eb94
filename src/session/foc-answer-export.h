/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-list.h"

/* Writes the answers of `list`, as they are now, to the file `path` as CSV
 * (foc-answer-csv.h): a column for each class of the model in use and of those that gave the
 * answers, and what was set by hand, also of pictures that could not be read when they were
 * asked about again. The file becomes complete or stays as it was.
 *
 * Returns the job that does it, whose progress counts answers, and whose result (see
 * foc_job_run()) is the name of the file, to be shown; g_free(). Errors G_FILE_ERROR,
 * G_IO_ERROR_CANCELLED. Main thread only. */
FocJob *foc_answer_export_run (FocAnswerList *list,
                               const char *path,
                               GAsyncReadyCallback callback,
                               gpointer owner);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-job.h"

/* What the user has asked to be written to files, and would miss, were the program ended
 * before it is complete. Of all jobs in the process. Main thread only.
 *
 * The drawn data set is none of it: it can be drawn again at any time. */

/* A list of the FocJobs that run, the oldest first; whoever wants to know when the first
 * begins and the last ends follows it. It is not to be changed, and not to be freed. */
GListModel *foc_writing_get_jobs (void);

/* Notes a job that is about to be started, until it ends. `what`: a sentence or more on what it
 * writes, and what becomes of that where it is stopped; taken over. */
void foc_writing_add (FocJob *job, char *what);
/* The same for a job that writes one file, and which leaves that as it was if stopped. */
void foc_writing_add_file (FocJob *job, const char *path);

/* What is said of all that run, the oldest first, to be freed with g_free(); NULL where
 * none does. */
char *foc_writing_describe (void);

/* Cancels all of them. */
void foc_writing_cancel (void);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-job.h"

/* A job that seems to write a file, and takes as long as it is told to. */

/* Is under way, and known to foc-writing.h. g_object_unref(). */
FocJob *test_job_begin (const char *path);

/* It is done soon, unless it is cancelled. */
void test_job_end (FocJob *job);

/* "done" or "cancelled"; NULL while it runs. */
const char *test_job_get_end (FocJob *job);
/* The same, as a condition for waiting. */
gboolean test_job_is_over (gpointer job);

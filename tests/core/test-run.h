/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run.h"

/* Records of runs that nobody carried out. */

#define TEST_RUN_SHA256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* How far the run has come. */
typedef enum
{
  TEST_RUN_BEGUN,
  TEST_RUN_SEARCHED,
  TEST_RUN_CALIBRATED,
  TEST_RUN_TRAINED,
  TEST_RUN_LOOKED,
  TEST_RUN_FINISHED,
} TestRunProgress;

/* A run in `folder` that has come so far, not saved; from LOOKED on it has a title. Its data
 * and its model have the digest above. */
FocRun *test_make_run (const char *folder, TestRunProgress progress);
/* Its search is complete, and has found nothing. */
FocRun *test_make_diverged_run (const char *folder);

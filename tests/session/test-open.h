/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-open-dataset.h"
#include "test-feature-build.h"

/* What the tests of foc-open-dataset share: three pictures, folders, and what the object
 * says meanwhile. */

typedef struct
{
  BuildFixture build;
  FocOpenDataset *dataset;
  char *other; /* another folder, empty */

  /* What was said, one word each, followed by a blank: "nothing", "scanned", "read",
   * "complete" for a catalog, with "+model" where there are predictions; "job" and "idle"
   * for the job; and the names of the signals. */
  GString *log;
  char *message; /* the last one of a signal */
} OpenFixture;

void test_open_set_up (OpenFixture *self, gconstpointer data);
void test_open_tear_down (OpenFixture *self, gconstpointer data);

/* `n` pictures in `folder` that take some milliseconds each to read. */
void test_add_slow (OpenFixture *self, const char *folder, guint n);

/* Each until the job has ended. */
void test_open (OpenFixture *self, const char *path);
void test_refresh (OpenFixture *self);
void test_wait_for_job (OpenFixture *self);

/* The names of all pictures that are shown, separated by blanks; "-" for nothing. */
void test_assert_open (OpenFixture *self, const char *expected);
/* What was said since the last time. */
void test_assert_said (OpenFixture *self, const char *expected);

#define ADD_OPEN_TEST(name, function)                                                    \
  g_test_add ("/open-dataset/" name, OpenFixture, NULL, test_open_set_up, function,      \
              test_open_tear_down)

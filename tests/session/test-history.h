/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run-history.h"
#include "test-run.h"

/* What the tests of foc-run-history.h share: a folder, a history of it, and what that says. */

typedef struct
{
  char *folder;
  FocRunHistory *history;
  GString *log;
  char *message; /* the last one of "failed" */
} HistoryFixture;

/* The folder is empty, and has no history yet. */
void test_history_set_up (HistoryFixture *self, gconstpointer data);
void test_history_tear_down (HistoryFixture *self, gconstpointer data);

/* The history is there, and has read the folder; it has gone, and works no more. */
void test_history_begin (HistoryFixture *self);
void test_history_stop (HistoryFixture *self);

/* A run in the folder, begun at that hour; whatever was there is replaced. */
void test_history_add (HistoryFixture *self,
                       const char *name,
                       int hour,
                       TestRunProgress progress);

/* The item of the folder of that name, which is listed. */
FocRunItem *test_history_get (HistoryFixture *self, const char *name);

/* The names of the folders in the list, separated by blanks. */
void test_history_assert_list (HistoryFixture *self, const char *expected);
void test_history_wait_for_list (HistoryFixture *self, const char *expected);

#define ADD_HISTORY_TEST(name, function)                                                 \
  g_test_add ("/run-history/" name, HistoryFixture, NULL, test_history_set_up, function, \
              test_history_tear_down)

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

/* Waiting on the main loop, and what an object says meanwhile. */

/* Runs the main loop until `condition` holds; fails after a minute. */
#define TEST_WAIT(condition)                                                             \
  G_STMT_START                                                                           \
  {                                                                                      \
    gint64 test_deadline = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;            \
                                                                                         \
    while (!(condition))                                                                 \
      test_loop_iterate (test_deadline, G_STRLOC ": " #condition);                       \
  }                                                                                      \
  G_STMT_END

/* One round, of some milliseconds at most. */
void test_loop_iterate (gint64 deadline, const char *what);

/* Runs it for so long; for what must not happen. */
void test_loop_run (guint milliseconds);

/* Writes what `object` emits into `log`: the names of `signals`, separated by blanks,
 * each followed by a blank; notifications are named notify::NAME. */
void test_log_signals (GObject *object, const char *signals, GString *log);

/* What is being written is told of in these words (foc-writing.h). */
void test_assert_writing (const char *expected);
#define TEST_WRITING(name)                                                               \
  "“" name "” is still being written. If that is stopped, nothing of it is kept; an "  \
  "earlier file of this name stays as it was."

/* What the log says, without the blank at the end; it is empty then. */
void test_assert_log (GString *log, const char *expected);

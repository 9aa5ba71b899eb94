/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Progress on standard error: one line that is drawn again and again where that is
 * a terminal, else a plain line now and then of what takes long. Begins by itself with each new job. */

typedef struct
{
  const char *job; /* the one being shown, or NULL; compared as a pointer */
  gboolean is_terminal;
  gboolean is_drawn; /* a line stands there unfinished */
  gint64 start;
  gint64 next;
  guint64 first; /* done when it began: earlier sessions' work costs no time */
} FocCliProgress;

void foc_cli_progress_init (FocCliProgress *self);

/* Shows that `done` of `total` (0: unknown) of `job` (translated, static) are done. */
void foc_cli_progress_update (FocCliProgress *self,
                              const char *job,
                              guint64 done,
                              guint64 total);

/* Removes the line, to be called before anything else is printed; it comes again
 * with the next update. */
void foc_cli_progress_hide (FocCliProgress *self);

/* The same at the end of all jobs. */
void foc_cli_progress_end (FocCliProgress *self);

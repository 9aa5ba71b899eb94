/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-app-settings.h"
#include "foc-window-private.h" /* to find its way about in it */

/* What the files of bench-window share. */

#define SETTLE 1500 /* milliseconds without work before something is measured */
#define HEARTBEAT 5 /* milliseconds */

typedef struct
{
  gsize command; /* index into commands[] */
  const char *dataset;
  GSettings *settings; /* of the program */
  FocWindow *window;
  FocOpenDataset *opening; /* what the window has open */
  GtkWidget *grid;
  GtkAdjustment *adjustment; /* of its scrolling */
  gint64 begun;
  gint64 previous; /* frame or beat */
  GArray *gaps;    /* milliseconds */
  gint64 previous_cpu;
  GArray *work;   /* of the main thread in each gap, milliseconds: what others on a busy
                 * machine have no part in */
  guint n_before; /* of them, those before the page was at rest */
  guint64 n_seen, n_blank;
  double share; /* of the pictures, when the import is cancelled */
  guint epochs; /* that are trained at most */
} Bench;

/* Milliseconds. */
double bench_since (gint64 time);
/* Microseconds that this thread has worked. */
gint64 bench_get_cpu_time (void);
/* The same of all threads. */
gint64 bench_get_process_time (void);
void bench_tell (const char *name, double value);
void bench_finish (Bench *self);

void bench_follow_frames (Bench *self, GCallback on_painted);
/* A GSourceFunc of the bench: notes how long it was since the last. */
gboolean bench_beat (gpointer user_data);
/* Of the gaps from `first` on, less `expected` each. */
void bench_tell_gaps (Bench *self, guint first, double expected);

/* A command, in a file of its own. */
void bench_train (Bench *self);
gboolean bench_picture (gpointer self);
gboolean bench_classify (gpointer self);
gboolean bench_answers (gpointer self);

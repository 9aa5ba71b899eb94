/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Told about a long job: `done` of `total` steps (total 0: not known yet). It is
 * called in the thread that called the job, about ten times a second and once at
 * the end, whatever threads the job itself uses. */
typedef void (*FocProgress) (guint64 done, guint64 total, gpointer user_data);

/* Microseconds between two calls of a FocProgress. */
#define FOC_PROGRESS_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)

/* A job of several steps that tells about itself as one: give each step
 * foc_progress_report_step() and this, with the number of the step. */
typedef struct
{
  FocProgress progress; /* of the whole job, nullable */
  gpointer user_data;
  guint step;
  guint n_steps;
} FocProgressSteps;

void foc_progress_report_step (guint64 done, guint64 total, gpointer user_data);

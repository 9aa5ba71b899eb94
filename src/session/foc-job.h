/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

/* A long piece of work in a thread of its own, as the main loop sees it.
 *
 * The worker reports through a gate: it stores the latest values, and if no event is
 * under way, it makes one that reaches the main loop 100 ms later. So the main loop hears
 * of a job ten times a second at most, however often the worker reports, and what it
 * hears is never older than that.
 *
 * The thread, and those that it starts, run at a lower priority than the window's.
 *
 * Properties, all read-only, notified in the main context that the job was made in:
 *
 *     stage       uint     which step of its work it is at; the caller's own numbers
 *     done        uint64   steps of that stage
 *     total       uint64   of so many; 0: not known
 *     fraction    double   0 ... 1; below 0: not known
 *     remaining   double   seconds of this stage; below 0: not known
 *     running     boolean
 *
 * Unless something else is said, functions are for the thread of that main context. */

#define FOC_TYPE_JOB (foc_job_get_type ())

G_DECLARE_FINAL_TYPE (FocJob, foc_job, FOC, JOB, GObject)

FocJob *foc_job_new (void);

/* The work, in its thread; returns its result, or NULL with an error. It must end soon
 * after `cancellable`, which is never NULL, is cancelled. */
typedef gpointer (*FocJobFunc) (FocJob *job,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);

/* Starts the work; once for each job. `data` and the result are freed by `free_data`
 * (nullable) and `free_result`, in any thread. `callback` gets `owner`, a GObject, as its
 * last argument, and is not called any more once the owner has gone: a job keeps nobody
 * alive, and goes on without an owner unless it is cancelled. What was reported last is
 * notified before the callback.
 *
 * A job that is cancelled ends for the main loop at once, with G_IO_ERROR_CANCELLED,
 * though its thread may still have to notice; what it then returns is freed. The callback
 * may come while foc_job_cancel() has not returned yet. */
void foc_job_run (FocJob *self,
                  FocJobFunc func,
                  gpointer data,
                  GDestroyNotify free_data,
                  GDestroyNotify free_result,
                  GAsyncReadyCallback callback,
                  gpointer owner);

/* The result, which the caller takes over, or NULL with the error. */
gpointer foc_job_finish (FocJob *self, GAsyncResult *result, GError **error);

void foc_job_cancel (FocJob *self);

/* The time since the last report says nothing about the speed: the work was paused. */
void foc_job_skip_time (FocJob *self);

/* For the worker, in any thread: the next stage begins. */
void foc_job_set_stage (FocJob *self, guint stage);
/* For the worker, in any thread; a FocProgress whose user data is the job. */
void foc_job_report (guint64 done, guint64 total, gpointer job);

/* Takes what foc_job_deliver() sends; it is freed afterwards. */
typedef void (*FocJobDelivered) (FocJob *job, gpointer value, gpointer owner);

/* For the worker, in any thread: sends the main loop something before the work is done.
 * Deliveries arrive in their order, and before the result; none arrives after the job was
 * cancelled, or its owner has gone. `value` is taken over, and freed in the main loop. */
void foc_job_deliver (FocJob *self,
                      FocJobDelivered delivered,
                      gpointer value,
                      GDestroyNotify free_value);

guint foc_job_get_stage (FocJob *self);
guint64 foc_job_get_done (FocJob *self);
guint64 foc_job_get_total (FocJob *self);
double foc_job_get_fraction (FocJob *self);
double foc_job_get_remaining (FocJob *self);
gboolean foc_job_get_running (FocJob *self);

/* How many threads the work of a job may use: one a processor. */
guint foc_job_get_n_threads (void);

/* For the end of the program: waits until no thread of a job is left, for what they use is
 * taken apart when the process exits. It cancels none: who begins a job that takes longer
 * does so, with the last of what it belongs to, or by foc-writing.h. FALSE where some still
 * run after so many milliseconds: a file system may not answer. */
gboolean foc_job_wait_for_workers (guint milliseconds);

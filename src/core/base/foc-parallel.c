/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-parallel.h"

#include <time.h>

typedef struct
{
  FocParallelRound round;
  gpointer data;
  GCancellable *cancellable;
  guint32 n;

  GMutex mutex; /* of all that follows */
  GCond thread_ended;
  guint32 next;
  guint32 done;
  guint threads_left;
  GError *error; /* the first one; nothing is begun after it */
} Loop;

static gboolean
take_round (Loop *loop, guint32 *index)
{
  gboolean is_left;

  g_mutex_lock (&loop->mutex);
  is_left = loop->error == NULL && loop->next < loop->n;
  if (is_left)
    *index = loop->next++;
  g_mutex_unlock (&loop->mutex);

  return is_left;
}

static gpointer
work (gpointer data)
{
  Loop *loop = data;
  GError *error = NULL;
  guint32 index;

  while (error == NULL && take_round (loop, &index))
    if (!g_cancellable_set_error_if_cancelled (loop->cancellable, &error)
        && loop->round (index, loop->data, &error))
      {
        g_mutex_lock (&loop->mutex);
        loop->done++;
        g_mutex_unlock (&loop->mutex);
      }

  g_mutex_lock (&loop->mutex);
  if (loop->error == NULL)
    loop->error = g_steal_pointer (&error);
  loop->threads_left--;
  g_cond_signal (&loop->thread_ended);
  g_mutex_unlock (&loop->mutex);

  g_clear_error (&error);
  return NULL;
}

/* Waits for the threads. */
static void
report (Loop *loop, FocProgress progress, gpointer user_data)
{
  g_mutex_lock (&loop->mutex);
  while (loop->threads_left > 0)
    if (!g_cond_wait_until (&loop->thread_ended, &loop->mutex,
                            g_get_monotonic_time () + FOC_PROGRESS_INTERVAL)
        && progress != NULL)
      {
        guint32 done = loop->done;

        g_mutex_unlock (&loop->mutex);
        progress (done, loop->n, user_data);
        g_mutex_lock (&loop->mutex);
      }
  g_mutex_unlock (&loop->mutex);
}

gboolean
foc_parallel (guint32 n,
              guint jobs,
              FocParallelRound round,
              gpointer data,
              FocProgress progress,
              gpointer user_data,
              GCancellable *cancellable,
              GError **error)
{
  Loop loop = { .round = round, .data = data, .cancellable = cancellable, .n = n };
  g_autofree GThread **threads = NULL;

  jobs = CLAMP (jobs, 1, MAX (n, 1));
  threads = g_new (GThread *, jobs);
  g_mutex_init (&loop.mutex);
  g_cond_init (&loop.thread_ended);
  loop.threads_left = jobs;

  for (guint i = 0; i < jobs; i++)
    threads[i] = g_thread_new ("parallel", work, &loop);
  report (&loop, progress, user_data);
  for (guint i = 0; i < jobs; i++)
    g_thread_join (threads[i]);

  g_mutex_clear (&loop.mutex);
  g_cond_clear (&loop.thread_ended);
  if (loop.error != NULL)
    {
      g_propagate_error (error, loop.error);
      return FALSE;
    }
  if (progress != NULL)
    progress (n, n, user_data);
  return TRUE;
}

gint64
foc_thread_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_TIME_SPAN_SECOND + time.tv_nsec / 1000;
}

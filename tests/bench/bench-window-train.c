/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-window train: the paper's search with more epochs, started on the Train page by
 * its button, while that page is seen and nobody touches it. Told are
 *
 *   seconds  of the search alone, as face-or-comic-cli tells them of its own
 *   making   the longest delay of the main loop when the page is made, unseen
 *   showing  the same when it is shown for the first time
 *   begin    the same from Start to the first curves
 *   n, quantile, longest  of the delays from there to the end of the search
 *   main     share of that time in which the main thread was at work
 *   workers  seconds of processor time of all other threads
 *   frames   a second
 *   ...-work  what the main thread itself has worked in such a delay
 */

#include "config.h"

#include "bench-window.h"

static guint n_frames;
static gint64 cpu_begun;     /* microseconds of the main thread */
static gint64 process_begun; /* the same of all threads         */
static gint64 rest_begun;

static double
find_longest (const GArray *array, guint first)
{
  double longest = 0;

  for (guint i = first; i < array->len; i++)
    longest = MAX (longest, g_array_index (array, double, i));
  return longest;
}

/* The longest gap since the last call, and the most work in any. */
static void
tell_longest (Bench *self, const char *name)
{
  g_autofree char *work = g_strconcat (name, "-work", NULL);

  bench_tell (name, find_longest (self->gaps, self->n_before) - HEARTBEAT);
  bench_tell (work, find_longest (self->work, self->n_before));
  self->n_before = self->gaps->len;
}

static void
on_painted (Bench *self)
{
  const FocGrid *grid =
    foc_training_get_grid (foc_session_get_training (self->window->session));

  n_frames += rest_begun > 0;
  if (rest_begun > 0 || grid == NULL || grid->trajectories[0].curve->len == 0)
    return;

  /* The gap with this frame in it is not over yet. */
  bench_beat (self);
  tell_longest (self, "begin");
  rest_begun = g_get_monotonic_time ();
  cpu_begun = bench_get_cpu_time ();
  process_begun = bench_get_process_time ();
}

/* The worker delivers its run just before the search, and again just after it. */
static void
on_changed (Bench *self)
{
  FocTraining *training = foc_session_get_training (self->window->session);
  const FocRun *run = foc_training_get_run (training);
  gint64 main_time;
  double seconds;

  if (run == NULL)
    return;
  if (run->grid == NULL)
    {
      if (self->begun == 0)
        self->begun = g_get_monotonic_time ();
      return;
    }

  bench_tell ("seconds", bench_since (self->begun) / 1000);
  seconds = bench_since (rest_begun) / 1000;
  main_time = bench_get_cpu_time () - cpu_begun;
  bench_tell ("main", (double) main_time / 1e6 / seconds);
  bench_tell ("workers",
              (double) (bench_get_process_time () - process_begun - main_time) / 1e6);
  bench_tell ("frames", n_frames / seconds);
  bench_tell_gaps (self, self->n_before, HEARTBEAT);
  g_signal_handlers_disconnect_by_data (training, self);
  foc_training_cancel (training);
  bench_finish (self);
}

static gboolean
press_start (gpointer user_data)
{
  Bench *self = user_data;
  FocTraining *training = foc_session_get_training (self->window->session);
  FocCatalog *catalog = foc_open_dataset_get_catalog (self->opening);

  /* A machine that is busy may not have it yet. */
  if (catalog == NULL || catalog->step != FOC_CATALOG_COMPLETE)
    return G_SOURCE_CONTINUE;

  tell_longest (self, "showing");
  bench_follow_frames (self, G_CALLBACK (on_painted));
  g_signal_connect_swapped (training, "changed", G_CALLBACK (on_changed), self);
  self->begun = 0;
  gtk_widget_activate_action (GTK_WIDGET (self->window->train_page), "train.start", NULL);
  if (foc_training_get_job (training) == NULL)
    g_error ("the search could not be started");
  return G_SOURCE_REMOVE;
}

/* The window has made the page by now. */
static gboolean
show_page (gpointer user_data)
{
  Bench *self = user_data;

  g_assert (self->window->train_page != NULL);
  tell_longest (self, "making");
  foc_window_set_page (self->window, "train");
  g_timeout_add (SETTLE, press_start, self);
  return G_SOURCE_REMOVE;
}

static gboolean
begin_to_beat (gpointer user_data)
{
  Bench *self = user_data;

  g_timeout_add (HEARTBEAT, bench_beat, self);
  g_timeout_add (SETTLE, show_page, self);
  return G_SOURCE_REMOVE;
}

void
bench_train (Bench *self)
{
  FocSettings training;

  foc_settings_init (&training, FOC_PRESET_PAPER, 0);
  training.epochs[training.n_epochs++] = self->epochs;
  foc_app_settings_set_training (self->settings, &training);
  /* The pictures are there long before that, and the Train page is not. */
  g_timeout_add (2 * SETTLE / 3, begin_to_beat, self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-window picture and classify: what the Classify page does with a picture, and with a
 * folder of many, from the moment when the window has their names, as after a drop. Told are,
 * in milliseconds but for seconds,
 *
 *   picture   "answer", until the answer is in a frame; then the square is dragged once
 *             around: "update" from the place of the pointer to the answer, with all that is
 *             shown of it, half of them, and 99 % in "update-quantile"; "frame" to the frame
 *             with it, half of them
 *   classify  "seconds" until all are answered; "begin", the longest delay of the main loop
 *             until the first answers; n, quantile, longest of the delays from there; "main",
 *             the share of the time in which the main thread was at work, and "workers", the
 *             seconds of processor time of all other threads
 */

#include "config.h"

#include "bench-window.h"

#include <math.h>

#define N_DRAGS 200

static GArray *updates, *frames; /* milliseconds */
static double update;
static gint64 drag_begun;
static gint64 main_begun, all_begun; /* processor time */

static FocExamination *
get_examination (Bench *self)
{
  return foc_classify_page_get_examination (self->window->classify_page);
}

static FocAnswerList *
get_answers (Bench *self)
{
  return foc_classify_page_get_answers (self->window->classify_page);
}

static void
bring (Bench *self)
{
  const char *paths[] = { self->dataset, NULL };

  g_action_group_activate_action (G_ACTION_GROUP (self->window), "classify",
                                  g_variant_new_strv (paths, -1));
}

/* One picture */

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
get_quantile (GArray *array, double share)
{
  g_array_sort (array, compare);
  return g_array_index (array, double, (guint) (share * (array->len - 1)));
}

static gboolean
drag (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Bench *self = user_data;
  FocExamination *examination = get_examination (self);
  double angle = 2 * G_PI * updates->len / N_DRAGS;
  int width, height;
  double side;

  if (updates->len == N_DRAGS)
    {
      bench_tell ("update", get_quantile (updates, 0.5));
      bench_tell ("update-quantile", get_quantile (updates, 0.99));
      bench_tell ("frame", get_quantile (frames, 0.5));
      bench_finish (self);
      return G_SOURCE_REMOVE;
    }

  foc_examination_get_size (examination, &width, &height);
  side = 0.6 * MIN (width, height) * (1 + 0.3 * sin (5 * angle));
  drag_begun = g_get_monotonic_time ();
  foc_examination_set_square (examination, (width - side) / 2 * (1 + cos (angle)),
                              (height - side) / 2 * (1 + sin (angle)), side);
  g_assert (foc_examination_get_answer (examination) != NULL);
  update = bench_since (drag_begun);
  g_array_append_val (updates, update);
  return G_SOURCE_CONTINUE;
}

static void
on_picture_painted (Bench *self)
{
  static gboolean is_told;
  double frame;

  if (drag_begun > 0)
    {
      frame = bench_since (drag_begun);
      g_array_append_val (frames, frame);
      drag_begun = 0;
    }
  if (is_told
      || foc_examination_get_state (get_examination (self)) != FOC_EXAMINATION_READY)
    return;

  is_told = TRUE;
  g_assert (foc_examination_get_answer (get_examination (self)) != NULL);
  bench_tell ("answer", bench_since (self->begun));
  gtk_widget_add_tick_callback (GTK_WIDGET (self->window), drag, self, NULL);
}

gboolean
bench_picture (gpointer user_data)
{
  Bench *self = user_data;

  updates = g_array_new (FALSE, FALSE, sizeof (double));
  frames = g_array_new (FALSE, FALSE, sizeof (double));
  foc_window_set_page (self->window, "classify");
  bench_follow_frames (self, G_CALLBACK (on_picture_painted));
  self->begun = g_get_monotonic_time ();
  bring (self);
  return G_SOURCE_REMOVE;
}

/* Many */

static void
on_first (Bench *self)
{
  static gboolean is_told;
  double longest = 0;

  if (is_told)
    return;
  is_told = TRUE;
  bench_beat (self);
  self->n_before = self->gaps->len;
  for (guint i = 0; i < self->n_before; i++)
    longest = MAX (longest, g_array_index (self->gaps, double, i));
  bench_tell ("begin", MAX (longest - HEARTBEAT, 0));
}

static void
on_job (Bench *self)
{
  const FocAnswerSummary *summary = foc_answer_list_get_summary (get_answers (self));
  double seconds = bench_since (self->begun) / 1000;
  gint64 main_time = bench_get_cpu_time () - main_begun;

  if (foc_answer_list_get_job (get_answers (self)) != NULL)
    return;
  bench_tell ("seconds", seconds);
  bench_tell ("main", (double) main_time / 1e6 / seconds);
  bench_tell ("workers",
              (double) (bench_get_process_time () - all_begun - main_time) / 1e6);
  bench_tell ("pictures", summary->n);
  bench_tell ("failed", summary->n_failed);
  bench_tell_gaps (self, self->n_before, HEARTBEAT);
  g_signal_handlers_disconnect_by_data (get_answers (self), self);
  bench_finish (self);
}

gboolean
bench_classify (gpointer user_data)
{
  Bench *self = user_data;

  foc_window_set_page (self->window, "classify");
  g_signal_connect_swapped (get_answers (self), "items-changed", G_CALLBACK (on_first),
                            self);
  g_signal_connect_swapped (get_answers (self), "notify::job", G_CALLBACK (on_job), self);
  g_timeout_add (HEARTBEAT, bench_beat, self);
  self->begun = g_get_monotonic_time ();
  main_begun = bench_get_cpu_time ();
  all_begun = bench_get_process_time ();
  bring (self);
  return G_SOURCE_REMOVE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-window start|open|scroll|import|cancel DATASET, train DATASET EPOCHS, picture FILE,
 * classify FOLDER, or answers N: uses the window in its own
 * process, as a person would, and prints one figure a line, "NAME VALUE". It is the
 * program itself, but for main(): application, window and session are those of
 * face-or-comic. See "commands" at the end for what is measured.
 *
 * Times are those of g_get_monotonic_time(), in milliseconds. $FOC_BENCH_BEGUN is when
 * this process was started, in microseconds of that clock. */

#include "config.h"

#include "bench-window.h"

#include "foc-application.h"
#include "foc-picture-grid.h"
#include "foc-picture-tile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SCROLL_TIME 25 /* seconds, from top to bottom */

double
bench_since (gint64 time)
{
  return (double) (g_get_monotonic_time () - time) / 1000;
}

gint64
bench_get_cpu_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_TIME_SPAN_SECOND + time.tv_nsec / 1000;
}

gint64
bench_get_process_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * G_TIME_SPAN_SECOND + time.tv_nsec / 1000;
}

void
bench_tell (const char *name, double value)
{
  printf ("%s %.3f\n", name, value);
}

void
bench_finish (Bench *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
}

/* What the window shows */

static gpointer
find_widget (GtkWidget *root, GType type)
{
  gpointer found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);
  return found;
}

/* Counts the tiles that are in sight, and those without their thumbnails. */
static guint
count_tiles (Bench *self, guint *n_blank)
{
  GtkWidget *view = find_widget (self->grid, GTK_TYPE_GRID_VIEW);
  int height = gtk_widget_get_height (self->grid);
  guint n = 0;

  *n_blank = 0;
  if (!gtk_widget_get_mapped (view))
    return 0;

  for (GtkWidget *cell = gtk_widget_get_first_child (view); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *tile = gtk_widget_get_first_child (cell);
      graphene_rect_t bounds;

      if (!FOC_IS_PICTURE_TILE (tile)
          || foc_picture_tile_get_item (FOC_PICTURE_TILE (tile)) == NULL
          || !gtk_widget_get_mapped (tile)
          || !gtk_widget_compute_bounds (tile, self->grid, &bounds)
          || bounds.origin.y + bounds.size.height <= 0
          || bounds.origin.y >= (float) height)
        continue;
      n++;
      *n_blank += !foc_thumbnail_view_is_loaded (
        foc_picture_tile_get_thumbnail (FOC_PICTURE_TILE (tile)));
    }
  return n;
}

/* VmRSS and VmHWM in megabytes. */
static void
tell_memory (void)
{
  g_autofree char *status = NULL;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return;
  for (const char *const *name = (const char *const[]){ "VmRSS:", "VmHWM:", NULL };
       *name != NULL; name++)
    {
      const char *line = strstr (status, *name);

      bench_tell (**name == 'V' && (*name)[2] == 'R' ? "resident" : "peak",
                  line != NULL ? g_ascii_strtod (line + strlen (*name), NULL) * 1024 / 1e6
                               : -1);
    }
}

/* Gaps between beats or frames */

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
add_gap (Bench *self)
{
  gint64 now = g_get_monotonic_time (), cpu = bench_get_cpu_time ();
  double gap = (double) (now - self->previous) / 1000;
  double work = (double) (cpu - self->previous_cpu) / 1000;

  if (self->previous > 0)
    {
      g_array_append_val (self->gaps, gap);
      g_array_append_val (self->work, work);
    }
  self->previous = now;
  self->previous_cpu = cpu;
}

static void
sort_from (GArray *array, guint first)
{
  g_array_remove_range (array, 0, first);
  g_array_sort (array, compare);
}

static double
get_quantile (const GArray *sorted, double share)
{
  return g_array_index (sorted, double, (guint) (share * (sorted->len - 1)));
}

void
bench_tell_gaps (Bench *self, guint first, double expected)
{
  if (self->gaps->len <= first)
    return;
  sort_from (self->gaps, first);
  sort_from (self->work, first);
  bench_tell ("n", self->gaps->len);
  bench_tell ("quantile", get_quantile (self->gaps, 0.999) - expected);
  bench_tell ("longest", get_quantile (self->gaps, 1) - expected);
  bench_tell ("quantile-work", get_quantile (self->work, 0.999));
  bench_tell ("longest-work", get_quantile (self->work, 1));
}

gboolean
bench_beat (gpointer user_data)
{
  add_gap (user_data);
  return G_SOURCE_CONTINUE;
}

/* Frames */

void
bench_follow_frames (Bench *self, GCallback on_painted)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));

  g_signal_connect_swapped (clock, "after-paint", on_painted, self);
}

/* start: the first frame, the first with content, the first with all thumbnails in it.
 * Content is the data set that was open last: its name, its counts, its pictures in the
 * grid, each with its name. */

static void
on_start_painted (Bench *self)
{
  static gboolean is_shown, has_content;
  guint n_blank;
  guint n = count_tiles (self, &n_blank);

  if (!is_shown)
    bench_tell ("frame", bench_since (self->begun));
  is_shown = TRUE;
  if (n == 0)
    return;

  if (!has_content)
    bench_tell ("content", bench_since (self->begun));
  has_content = TRUE;
  if (n_blank > 0)
    return;

  bench_tell ("thumbnails", bench_since (self->begun));
  bench_finish (self);
}

static void
start (Bench *self)
{
  bench_follow_frames (self, G_CALLBACK (on_start_painted));
}

/* open: a known data set is opened in a window that is there; until all thumbnails in
 * sight are in the frame. */

static void
on_open_painted (Bench *self)
{
  guint n_blank;
  guint n = count_tiles (self, &n_blank);

  if (n == 0 || n_blank > 0)
    return;
  bench_tell ("thumbnails", bench_since (self->begun));
  bench_finish (self);
}

static gboolean
open_dataset (gpointer user_data)
{
  Bench *self = user_data;

  bench_follow_frames (self, G_CALLBACK (on_open_painted));
  self->begun = g_get_monotonic_time ();
  foc_window_open_dataset (self->window, self->dataset);
  return G_SOURCE_REMOVE;
}

/* scroll: evenly through all of it. */

static void
on_scroll_painted (Bench *self)
{
  guint n_blank;

  add_gap (self);
  self->n_seen += count_tiles (self, &n_blank);
  self->n_blank += n_blank;
}

static gboolean
scroll (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Bench *self = user_data;
  double way = gtk_adjustment_get_upper (self->adjustment)
               - gtk_adjustment_get_page_size (self->adjustment);
  double share = bench_since (self->begun) / (1000.0 * SCROLL_TIME);

  if (share < 1)
    {
      gtk_adjustment_set_value (self->adjustment, share * way);
      return G_SOURCE_CONTINUE;
    }

  bench_tell ("frames", self->gaps->len / (bench_since (self->begun) / 1000));
  bench_tell_gaps (self, 0, 0);
  bench_tell ("blank", (double) self->n_blank / (double) MAX (self->n_seen, 1));
  tell_memory ();
  bench_finish (self);
  return G_SOURCE_REMOVE;
}

static gboolean
begin_to_scroll (gpointer user_data)
{
  Bench *self = user_data;

  bench_follow_frames (self, G_CALLBACK (on_scroll_painted));
  self->begun = g_get_monotonic_time ();
  gtk_widget_add_tick_callback (self->grid, scroll, self, NULL);
  return G_SOURCE_REMOVE;
}

/* import: pictures that are not known are read, while nobody touches the window. The page
 * is at rest as soon as it has the thumbnails that are in sight; what went before is told
 * as "showing". */

static void
on_import_painted (Bench *self)
{
  guint n_blank;

  if (self->n_before == 0 && count_tiles (self, &n_blank) > 0 && n_blank == 0)
    self->n_before = self->gaps->len + 1; /* with the one that has this frame */
}

static void
on_imported (Bench *self)
{
  double longest = 0;

  for (guint i = 0; i < MIN (self->n_before, self->gaps->len); i++)
    longest = MAX (longest, g_array_index (self->gaps, double, i));
  bench_tell ("seconds", bench_since (self->begun) / 1000);
  bench_tell ("showing", longest - HEARTBEAT);
  bench_tell_gaps (self, MIN (self->n_before, self->gaps->len), HEARTBEAT);
  bench_finish (self);
}

static gboolean
import (gpointer user_data)
{
  Bench *self = user_data;

  g_signal_connect_swapped (self->opening, "opened", G_CALLBACK (on_imported), self);
  self->begun = g_get_monotonic_time ();
  g_timeout_add (HEARTBEAT, bench_beat, self);
  bench_follow_frames (self, G_CALLBACK (on_import_painted));
  foc_window_open_dataset (self->window, self->dataset);
  return G_SOURCE_REMOVE;
}

/* cancel: the Cancel button is pressed somewhere in the reading of the pictures, which is
 * nearly all of an import; until no thread of it is left. */

static gboolean
has_worker (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *name;

  while (tasks != NULL && (name = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", name, "comm", NULL);
      g_autofree char *comm = NULL;

      if (g_file_get_contents (path, &comm, NULL, NULL)
          && g_strv_contains (
            (const char *const[]){ "job", "features", "parallel", NULL },
            g_strchomp (comm)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
watch_workers (gpointer user_data)
{
  Bench *self = user_data;

  if (has_worker ())
    return G_SOURCE_CONTINUE;
  bench_tell ("stopped", bench_since (self->begun));
  bench_finish (self);
  return G_SOURCE_REMOVE;
}

static void
press_cancel (Bench *self)
{
  self->begun = g_get_monotonic_time ();
  g_signal_emit_by_name (
    find_widget (GTK_WIDGET (self->window->opening_bar), GTK_TYPE_BUTTON), "clicked");
  if (foc_open_dataset_get_job (self->opening) != NULL)
    exit (1);
  bench_tell ("told", bench_since (self->begun));
  g_timeout_add (1, watch_workers, self);
}

/* How long reading takes is not known before: a share of it is. */
static gboolean
cancel_at_share (gpointer user_data)
{
  Bench *self = user_data;
  FocJob *job = foc_open_dataset_get_job (self->opening);

  if (job == NULL || foc_job_get_stage (job) > FOC_CATALOG_READ)
    {
      g_printerr ("bench-window: the import was over before it was cancelled\n");
      exit (1);
    }
  if (foc_job_get_stage (job) < FOC_CATALOG_READ
      || foc_job_get_fraction (job) < self->share)
    return G_SOURCE_CONTINUE;

  press_cancel (self);
  return G_SOURCE_REMOVE;
}

static gboolean
import_and_cancel (gpointer user_data)
{
  Bench *self = user_data;

  self->share = g_random_double_range (0, 0.8);
  foc_window_open_dataset (self->window, self->dataset);
  g_timeout_add (1, cancel_at_share, self);
  return G_SOURCE_REMOVE;
}

/* Commands */

static const struct
{
  const char *name;
  void (*begin) (Bench *self); /* as soon as the window is there, or NULL */
  GSourceFunc begin_later;     /* when it is at rest, or NULL             */
  gboolean is_open;            /* the data set was open last              */
} commands[] = {
  { "start", start, NULL, TRUE },
  { "open", NULL, open_dataset, FALSE },
  { "scroll", NULL, begin_to_scroll, TRUE },
  { "import", NULL, import, FALSE },
  { "cancel", NULL, import_and_cancel, FALSE },
  { "train", bench_train, NULL, TRUE },
  { "picture", NULL, bench_picture, FALSE },
  { "classify", NULL, bench_classify, FALSE },
  { "answers", NULL, bench_answers, FALSE },
};

static void
on_mapped (Bench *self)
{
  self->opening = foc_session_get_dataset (self->window->session);
  self->grid = find_widget (GTK_WIDGET (self->window), FOC_TYPE_PICTURE_GRID);
  self->adjustment = gtk_scrolled_window_get_vadjustment (
    find_widget (self->grid, GTK_TYPE_SCROLLED_WINDOW));

  if (commands[self->command].begin != NULL)
    commands[self->command].begin (self);
  if (commands[self->command].begin_later != NULL)
    g_timeout_add (SETTLE, commands[self->command].begin_later, self);
}

static void
on_window_added (Bench *self, GtkWindow *window)
{
  if (!FOC_IS_WINDOW (window))
    return;
  self->window = FOC_WINDOW (window);
  g_signal_connect_swapped (window, "map", G_CALLBACK (on_mapped), self);
}

int
main (int argc, char **argv)
{
  const char *begun = g_getenv ("FOC_BENCH_BEGUN");
  g_autoptr (FocApplication) application = foc_application_new (FOC_APPLICATION_ID);
  g_autoptr (GSettings) settings = foc_app_settings_new ();
  Bench bench = { .gaps = g_array_new (FALSE, FALSE, sizeof (double)),
                  .work = g_array_new (FALSE, FALSE, sizeof (double)) };

  while (argc > 2 && bench.command < G_N_ELEMENTS (commands)
         && !g_str_equal (argv[1], commands[bench.command].name))
    bench.command++;
  if (argc < 3 || bench.command == G_N_ELEMENTS (commands)
      || (argc == 4) != (commands[bench.command].begin == bench_train)
      || settings == NULL)
    {
      g_printerr ("usage: bench-window start|open|scroll|import|cancel DATASET\n"
                  "       bench-window train DATASET EPOCHS\n"
                  "       bench-window picture FILE\n"
                  "       bench-window classify FOLDER\n"
                  "       bench-window answers N\n");
      return 2;
    }

  bench.epochs = argc == 4 ? (guint) g_ascii_strtoull (argv[3], NULL, 10) : 0;
  bench.begun = begun != NULL ? g_ascii_strtoll (begun, NULL, 10) : 0;
  bench.dataset = argv[2];
  bench.settings = settings;
  if (commands[bench.command].is_open)
    foc_app_settings_set_path (settings, "last-dataset", bench.dataset);
  g_signal_connect_swapped (application, "window-added", G_CALLBACK (on_window_added),
                            &bench);
  return g_application_run (G_APPLICATION (application), 1, argv);
}

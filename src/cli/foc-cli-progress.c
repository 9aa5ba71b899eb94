/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-progress.h"

#include <glib/gi18n.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define BAR_WIDTH 24
#define TERMINAL_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)
#define PLAIN_INTERVAL (5 * G_TIME_SPAN_SECOND)
#define PLAIN_DELAY (1 * G_TIME_SPAN_SECOND) /* a short job leaves no lines in a log */
#define CLEAR_LINE "\r\033[K"

void
foc_cli_progress_init (FocCliProgress *self)
{
  /* A terminal that cannot clear a line is none. */
  *self = (FocCliProgress){
    .is_terminal = isatty (STDERR_FILENO) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0,
  };
}

/* How much is done of a job whose end is known and, unless it would be a guess, when
 * that is. */
static char *
describe (const FocCliProgress *self, guint64 done, guint64 total)
{
  double passed = (double) (g_get_monotonic_time () - self->start) / G_TIME_SPAN_SECOND;
  double percent = 100.0 * (double) done / (double) total;
  double left;

  if (passed < 0.5 || done <= self->first || done >= total)
    /* Translators: what is being done, and how much of it is done. */
    return g_strdup_printf (_ ("%s: %.0f %%"), self->job, percent);

  left = passed * (double) (total - done) / (double) (done - self->first);
  if (left < 90)
    /* Translators: what is being done, how much of it is done, and how long the
     * rest takes: in seconds here, in minutes and hours below. */
    return g_strdup_printf (_ ("%s: %.0f %%, %.0f s left"), self->job, percent,
                            MAX (left, 1.0));
  if (left < 5400)
    return g_strdup_printf (_ ("%s: %.0f %%, %.0f min left"), self->job, percent,
                            left / 60);
  return g_strdup_printf (_ ("%s: %.0f %%, %.1f h left"), self->job, percent,
                          left / 3600);
}

/* A line that is broken in two cannot be drawn over. */
static gboolean
is_wide_enough (const char *text)
{
  struct winsize size;

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0
         || g_utf8_strlen (text, -1) + BAR_WIDTH + 4 < size.ws_col;
}

static void
print_line (FocCliProgress *self, guint64 done, guint64 total)
{
  g_autofree char *text = total > 0
                            ? describe (self, done, total)
                            : g_strdup_printf ("%s: %" G_GUINT64_FORMAT, self->job, done);
  char bar[BAR_WIDTH + 1] = "";

  if (!self->is_terminal)
    g_printerr ("%s\n", text);
  else if (total == 0 || !is_wide_enough (text))
    g_printerr (CLEAR_LINE "%s", text);
  else
    {
      for (guint i = 0; i < BAR_WIDTH; i++)
        bar[i] = i * total < done * BAR_WIDTH ? '#' : '.';
      g_printerr (CLEAR_LINE "[%s] %s", bar, text);
    }
}

void
foc_cli_progress_update (FocCliProgress *self,
                         const char *job,
                         guint64 done,
                         guint64 total)
{
  gint64 now = g_get_monotonic_time ();

  if (self->job != job)
    {
      self->job = job;
      self->start = now;
      self->next = self->is_terminal ? now : now + PLAIN_DELAY;
      self->first = done;
    }
  if (now < self->next && !(total > 0 && done == total && self->is_terminal))
    return;

  print_line (self, done, total);
  self->is_drawn = self->is_terminal;
  self->next = now + (self->is_terminal ? TERMINAL_INTERVAL : PLAIN_INTERVAL);
}

void
foc_cli_progress_hide (FocCliProgress *self)
{
  if (self->is_drawn)
    g_printerr (CLEAR_LINE);
  self->is_drawn = FALSE;
}

void
foc_cli_progress_end (FocCliProgress *self)
{
  foc_cli_progress_hide (self);
  self->job = NULL;
}

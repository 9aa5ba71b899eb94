/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-progress.h"

#include <glib/gi18n.h>
#include <unistd.h>

#define BAR_WIDTH 24
#define TERMINAL_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)
#define PLAIN_INTERVAL (5 * G_TIME_SPAN_SECOND)
#define CLEAR_LINE "\r\033[K"

void
foc_cli_progress_init (FocCliProgress *self)
{
  *self = (FocCliProgress){ .is_terminal = isatty (STDERR_FILENO) };
}

/* " 7 s left", or nothing as long as it would be a guess. */
static char *
describe_time_left (const FocCliProgress *self, guint64 done, guint64 total)
{
  double passed = (double) (g_get_monotonic_time () - self->start) / G_TIME_SPAN_SECOND;
  double left;

  if (passed < 0.5 || done <= self->first || done >= total)
    return g_strdup ("");

  left = passed * (double) (total - done) / (double) (done - self->first);
  if (left < 90)
    return g_strdup_printf (_ (", %.0f s left"), MAX (left, 1.0));
  if (left < 5400)
    return g_strdup_printf (_ (", %.0f min left"), left / 60);
  return g_strdup_printf (_ (", %.1f h left"), left / 3600);
}

static void
print_line (FocCliProgress *self, guint64 done, guint64 total)
{
  g_autofree char *left = describe_time_left (self, done, total);
  char bar[BAR_WIDTH + 1] = "";

  if (total == 0)
    {
      g_printerr (self->is_terminal ? CLEAR_LINE "%s: %" G_GUINT64_FORMAT
                                    : "%s: %" G_GUINT64_FORMAT "\n",
                  self->job, done);
      return;
    }

  if (self->is_terminal)
    {
      for (guint i = 0; i < BAR_WIDTH; i++)
        bar[i] = i * total < done * BAR_WIDTH ? '#' : '.';
      g_printerr (CLEAR_LINE "[%s] %3.0f %% %s%s", bar,
                  100.0 * (double) done / (double) total, self->job, left);
    }
  else
    g_printerr ("%s: %3.0f %%%s\n", self->job, 100.0 * (double) done / (double) total,
                left);
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
      self->next = now;
      self->first = done;
    }
  if (now < self->next && !(total > 0 && done == total && self->is_terminal))
    return;

  print_line (self, done, total);
  self->is_drawn = self->is_terminal;
  self->next = now + (self->is_terminal ? TERMINAL_INTERVAL : PLAIN_INTERVAL);
}

void
foc_cli_progress_end (FocCliProgress *self)
{
  if (self->is_drawn)
    g_printerr (CLEAR_LINE);
  self->is_drawn = FALSE;
  self->job = NULL;
}

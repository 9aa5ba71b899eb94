/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-loop.h"

#include "foc-writing.h"

static gboolean
wake_up (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
test_loop_iterate (gint64 deadline, const char *what)
{
  guint timer = g_timeout_add (5, wake_up, NULL);

  if (g_get_monotonic_time () > deadline)
    g_error ("Waited in vain for %s", what);
  g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

void
test_loop_run (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * (gint64) 1000;

  while (g_get_monotonic_time () < end)
    test_loop_iterate (end + G_TIME_SPAN_SECOND, "the time to pass");
}

typedef struct
{
  GString *log;
  char *name;
} Entry;

static void
entry_free (gpointer data, GClosure *closure)
{
  Entry *self = data;

  g_free (self->name);
  g_free (self);
}

/* Whatever the signal's arguments: swapped, the entry comes first. */
static void
write_entry (const Entry *entry)
{
  g_string_append_printf (entry->log, "%s ", entry->name);
}

void
test_log_signals (GObject *object, const char *signals, GString *log)
{
  g_auto (GStrv) names = g_strsplit (signals, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      Entry *entry = g_new (Entry, 1);

      *entry = (Entry){ log, g_strdup (names[i]) };
      g_signal_connect_data (object, names[i], G_CALLBACK (write_entry), entry,
                             entry_free, G_CONNECT_SWAPPED);
    }
}

void
test_assert_log (GString *log, const char *expected)
{
  g_autofree char *said = g_strstrip (g_strdup (log->str));

  g_assert_cmpstr (said, ==, expected);
  g_string_truncate (log, 0);
}

void
test_assert_writing (const char *expected)
{
  g_autofree char *said = foc_writing_describe ();

  g_assert_cmpstr (said, ==, expected);
}

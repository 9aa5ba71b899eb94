/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-writing.h"

#include "foc-text.h"

#include <glib/gi18n-lib.h>

#define WHAT "foc-writing"

static GPtrArray *jobs; /* NULL: there never was one */

static void
follow (FocJob *job)
{
  if (foc_job_get_running (job))
    return;
  g_signal_handlers_disconnect_by_func (job, follow, NULL);
  g_ptr_array_remove (jobs, job);
}

void
foc_writing_add (FocJob *job, char *what)
{
  if (jobs == NULL)
    jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (jobs, g_object_ref (job));
  g_object_set_data_full (G_OBJECT (job), WHAT, what, g_free);
  g_signal_connect (job, "notify::running", G_CALLBACK (follow), NULL);
}

void
foc_writing_add_file (FocJob *job, const char *path)
{
  g_autofree char *base = g_filename_display_basename (path);
  g_autofree char *name = foc_text_escape (base);

  foc_writing_add (job,
                   g_strdup_printf (
                     /* Translators: the name of a file. */
                     _ ("“%s” is still being written. If that is stopped, an earlier "
                        "file of this name stays as it was."),
                     name));
}

char *
foc_writing_describe (void)
{
  GString *text;

  if (jobs == NULL || jobs->len == 0)
    return NULL;

  text = g_string_new (NULL);
  for (guint i = 0; i < jobs->len; i++)
    foc_text_append_sentence (
      text, g_strdup (g_object_get_data (G_OBJECT (jobs->pdata[i]), WHAT)));
  return g_string_free (text, FALSE);
}

void
foc_writing_cancel (void)
{
  g_autoptr (GPtrArray) running = g_ptr_array_new_with_free_func (g_object_unref);

  /* They may leave while they are cancelled. */
  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    g_ptr_array_add (running, g_object_ref (jobs->pdata[i]));
  for (guint i = 0; i < running->len; i++)
    foc_job_cancel (running->pdata[i]);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-writing.h"

#include "foc-text.h"

#include <glib/gi18n-lib.h>

#define WHAT "foc-writing"

static GListStore *
get_jobs (void)
{
  static GListStore *jobs;

  if (jobs == NULL)
    jobs = g_list_store_new (FOC_TYPE_JOB);
  return jobs;
}

GListModel *
foc_writing_get_jobs (void)
{
  return G_LIST_MODEL (get_jobs ());
}

static void
follow (FocJob *job)
{
  guint position;

  if (foc_job_get_running (job) || !g_list_store_find (get_jobs (), job, &position))
    return;
  g_signal_handlers_disconnect_by_func (job, follow, NULL);
  g_list_store_remove (get_jobs (), position);
}

void
foc_writing_add (FocJob *job, char *what)
{
  g_object_set_data_full (G_OBJECT (job), WHAT, what, g_free);
  g_signal_connect (job, "notify::running", G_CALLBACK (follow), NULL);
  g_list_store_append (get_jobs (), job);
}

void
foc_writing_add_file (FocJob *job, const char *path)
{
  g_autofree char *base = g_filename_display_basename (path);
  g_autofree char *name = foc_text_escape (base);

  foc_writing_add (
    job, g_strdup_printf (
           /* Translators: the name of a file. */
           _ ("“%s” is still being written. If that is stopped, nothing of it is "
              "kept; an earlier file of this name stays as it was."),
           name));
}

char *
foc_writing_describe (void)
{
  GListModel *jobs = foc_writing_get_jobs ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (GObject) job = g_list_model_get_item (jobs, i);

      foc_text_append_sentence (text, g_strdup (g_object_get_data (job, WHAT)));
    }
  return g_string_free (text, text->len == 0);
}

void
foc_writing_cancel (void)
{
  GListModel *jobs = foc_writing_get_jobs ();

  /* They leave the list later, when they hear of it. */
  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (FocJob) job = g_list_model_get_item (jobs, i);

      foc_job_cancel (job);
    }
}

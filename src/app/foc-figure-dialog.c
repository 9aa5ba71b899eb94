/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-figure-dialog.h"

#include "foc-compat.h"
#include "foc-writing.h"

#include <glib/gi18n.h>

typedef struct
{
  GPtrArray *runs;
  GStrv names;
  FocFigureKind kind;
  FocPart part;
  gboolean logarithmic;
  char *path;
  FocFigureSaid said;
  GWeakRef owner;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_ptr_array_unref (self->runs);
  g_strfreev (self->names);
  g_free (self->path);
  g_weak_ref_clear (&self->owner);
  g_free (self);
}

static gpointer
write_figure (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Export *self = data;
  const FocRun *const *runs = (const FocRun *const *) self->runs->pdata;
  gboolean written;

  g_cancellable_push_current (cancellable);
  written = self->runs->len == 1
              ? foc_figure_export (runs[0], self->kind, self->part, self->logarithmic,
                                   self->path, error)
              : foc_figure_export_comparison (runs, (const char *const *) self->names,
                                              self->runs->len, self->kind,
                                              self->logarithmic, self->path, error);
  g_cancellable_pop_current (cancellable);
  return written ? g_filename_display_basename (self->path) : NULL;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer owner)
{
  const FocFigureSaid *said = g_object_get_data (source, "said");
  g_autoptr (GError) error = NULL;
  g_autofree char *name = foc_job_finish (FOC_JOB (source), result, &error);
  g_autofree char *message = NULL;

  if (name == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        (*said) (error->message, TRUE, owner);
      return;
    }
  message = g_strdup_printf (_ ("Exported as “%s”."), name);
  (*said) (message, FALSE, owner);
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *self = user_data;
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = foc_compat_save_file_finish (result, &error);
  g_autoptr (FocJob) job = NULL;
  FocFigureSaid *said;

  self->path = file != NULL ? g_file_get_path (file) : NULL;
  /* The user was asked about a file that is there. */
  if (owner != NULL && self->path != NULL
      && foc_figure_check_file (self->path, TRUE, TRUE, &error))
    {
      job = foc_job_new ();
      said = g_memdup2 (&self->said, sizeof self->said);
      g_object_set_data_full (G_OBJECT (job), "said", said, g_free);
      foc_writing_add_file (job, self->path);
      foc_job_run (job, write_figure, self, export_free, g_free, on_written, owner);
      return;
    }

  if (owner != NULL && error != NULL
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->said (error->message, TRUE, owner);
  export_free (self);
}

void
foc_figure_dialog_export (GtkWidget *parent,
                          GPtrArray *runs,
                          GStrv names,
                          FocFigureKind kind,
                          FocPart part,
                          gboolean logarithmic,
                          FocFigureSaid said,
                          GObject *owner)
{
  static const char *const initial_names[] = {
    /* Translators: names of files. */
    N_ ("loss.png"),      N_ ("accuracy.png"),    N_ ("roc.png"),
    N_ ("confusion.png"), N_ ("calibration.png"),
  };
  Export *self = g_new0 (Export, 1);
  GtkRoot *root = gtk_widget_get_root (parent);

  self->runs = runs;
  self->names = names;
  self->kind = kind;
  self->part = part;
  self->logarithmic = logarithmic;
  self->said = said;
  g_weak_ref_init (&self->owner, owner);
  foc_compat_save_file (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                        _ ("Export as PNG, SVG, PDF or CSV"), _ (initial_names[kind]),
                        on_chosen, self);
}

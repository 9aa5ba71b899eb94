/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-window-private.h"

#include "foc-compat.h"
#include "foc-model-files.h"
#include "foc-sandbox.h"
#include "foc-text.h"

#include <glib/gi18n.h>

static gboolean
is_writing (FocWindow *self)
{
  FocJob *job = foc_job_bar_get_job (self->writing_bar);

  return job != NULL && foc_job_get_running (job);
}

/* One at a time: its bar is that of one. */
void
foc_window_update_saving (FocWindow *self)
{
  gboolean can_write;

  if (self->session == NULL)
    return;
  can_write = foc_session_get_model (self->session) != NULL && !is_writing (self)
              && !self->is_looking;
  foc_window_set_enabled (self, "export-onnx", can_write);
  foc_window_set_enabled (self, "save-model", can_write);
}

static void
cancel_writing (FocWindow *self)
{
  foc_job_cancel (foc_job_bar_get_job (self->writing_bar));
}

/* The name of what was written, to be freed, or NULL: then the user was told why, has
 * cancelled it, or has gone. */
static char *
finish_writing (FocWindow *self, GObject *job, GAsyncResult *result, const char *heading)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = foc_job_finish (FOC_JOB (job), result, &error);

  if (self->session == NULL)
    return NULL;
  if (name == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    foc_compat_present_failure (GTK_WINDOW (self), heading, error->message);
  return g_steal_pointer (&name);
}

static void
on_saved (GObject *job, GAsyncResult *result, gpointer self)
{
  g_autofree char *name =
    finish_writing (self, job, result, _ ("The Model Cannot Be Saved"));
  g_autofree char *text = NULL;

  if (name == NULL)
    return;
  text = g_strdup_printf (_ ("The model was saved as “%s”."), name);
  foc_window_add_toast (self, text);
}

static void
on_exported (GObject *job, GAsyncResult *result, gpointer self)
{
  g_autofree char *name =
    finish_writing (self, job, result, _ ("The Model Cannot Be Exported"));
  g_autofree char *text = NULL;

  if (name == NULL)
    return;
  text = g_strdup_printf (
    /* Translators: the name of a file. */
    _ ("The model was exported as “%s”, with two files of test vectors."), name);
  foc_window_add_toast (self, text);
}

/* Takes the job. */
static void
show_writing (FocWindow *self, FocJob *job)
{
  g_signal_connect_object (job, "notify::running", G_CALLBACK (foc_window_update_saving),
                           self, G_CONNECT_SWAPPED);
  foc_job_bar_set_job (self->writing_bar, job);
  foc_window_update_saving (self);
  g_object_unref (job);
}

/* The path that was chosen for writing, or NULL: then the user was told why. */
static const char *
get_chosen (FocWindow *self, const char *heading, GFile *file, const GError *error)
{
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;

  if (file == NULL)
    foc_window_say_not_chosen (self, heading, error);
  if (file == NULL || g_file_peek_path (file) != NULL)
    return file != NULL ? g_file_peek_path (file) : NULL;

  name = g_file_get_parse_name (file);
  message = g_strdup_printf (
    /* Translators: a place that has no path, such as one on a server. */
    _ ("“%s” is in a place where no files can be written. Choose a folder of this "
       "computer."),
    name);
  foc_compat_present_failure (GTK_WINDOW (self), heading, message);
  return NULL;
}

/* A file that is to be written knows the window, and the model. */
static GFile *
new_target (FocWindow *self, FocLoadedModel *model, const char *path)
{
  GFile *target = g_file_new_for_path (path);

  g_object_set_data_full (G_OBJECT (target), "window", g_object_ref (self),
                          g_object_unref);
  g_object_set_data_full (G_OBJECT (target), "model", g_object_ref (model),
                          g_object_unref);
  return target;
}

static gboolean
is_saving (const char *path)
{
  return g_str_has_suffix (path, FOC_WINDOW_MODEL_ENDING);
}

static void
write_target (GFile *target)
{
  FocWindow *self = g_object_get_data (G_OBJECT (target), "window");
  FocLoadedModel *model = g_object_get_data (G_OBJECT (target), "model");
  const char *path = g_file_peek_path (target);
  g_autofree char *folder = g_path_get_dirname (path);

  if (self->session == NULL || is_writing (self))
    return;
  show_writing (self, is_saving (path)
                        ? foc_model_files_save (model, path, on_saved, self)
                        : foc_model_files_export (model, folder, on_exported, self));
}

static void
ask_to_replace (FocWindow *self, GFile *target)
{
  gboolean saving = is_saving (g_file_peek_path (target));
  g_autofree char *base = g_file_get_basename (target);
  g_autofree char *shown = g_filename_display_name (base);
  g_autofree char *name = foc_text_escape (shown);
  g_autofree char *text = g_strdup_printf (
    /* Translators: the name of a file. */
    saving ? _ ("“%s” is in this folder already. It would be replaced.")
           /* Translators: the name of a file. */
           : _ ("“%s” is in this folder already. It and its two files of test vectors "
                "would be replaced."),
    name);
  GtkWindow *question = foc_compat_ask (
    GTK_WINDOW (self),
    saving ? _ ("Replace the Earlier Model?") : _ ("Replace the Earlier Export?"), text,
    _ ("_Replace"), G_CALLBACK (write_target), G_OBJECT (target));

  g_object_set_data_full (G_OBJECT (question), "target", g_object_ref (target),
                          g_object_unref);
}

static void
finish_looking (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) target = G_FILE (source);
  FocWindow *self = g_object_get_data (source, "window");
  g_autoptr (GFileInfo) info = g_file_query_info_finish (target, result, NULL);

  self->is_looking = FALSE;
  foc_window_update_saving (self);
  if (self->session == NULL)
    return;
  /* Of a folder it is told that it cannot be written. */
  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_DIRECTORY)
    ask_to_replace (self, target);
  else
    write_target (target);
}

/* A file that nobody has chosen by its name is not replaced unasked. Takes the target. */
static void
write_unless_there (FocWindow *self, GFile *target)
{
  self->is_looking = TRUE;
  foc_window_update_saving (self);
  g_file_query_info_async (target, G_FILE_ATTRIBUTE_STANDARD_TYPE,
                           G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, G_PRIORITY_DEFAULT, NULL,
                           finish_looking, NULL);
}

static void
choose_name (FocWindow *self, FocLoadedModel *model, const char *title, const char *name);

/* A name without its ending gets that. In a sandbox the program may write the file that was
 * chosen, and none of another name: there it is to be chosen again. */
static void
complete_name (FocWindow *self, FocLoadedModel *model, const char *path)
{
  g_autofree char *whole = g_strconcat (path, FOC_WINDOW_MODEL_ENDING, NULL);
  g_autofree char *base = g_path_get_basename (whole);
  g_autofree char *name = g_filename_display_name (base);

  if (foc_sandbox_is_active ())
    choose_name (self, model, _ ("The Name Has to End in .safetensors"), name);
  else
    write_unless_there (self, new_target (self, model, whole));
}

static void
finish_choosing_name (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocWindow *self = FOC_WINDOW (source);
  g_autoptr (FocLoadedModel) model = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = foc_compat_save_file_finish (result, &error);
  const char *path;

  if (self->session == NULL || is_writing (self))
    return;
  path = get_chosen (self, _ ("The Model Cannot Be Saved"), file, error);
  if (path == NULL)
    return;
  if (is_saving (path))
    show_writing (self, foc_model_files_save (model, path, on_saved, self));
  else
    complete_name (self, model, path);
}

static void
choose_name (FocWindow *self, FocLoadedModel *model, const char *title, const char *name)
{
  foc_compat_save_file (GTK_WINDOW (self), title, name, finish_choosing_name,
                        g_object_ref (model));
}

/* The model that was in use when the user asked, whatever is by the time of the answer. */
static void
save_model (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FocWindow *self = user_data;
  FocLoadedModel *model = foc_session_get_model (self->session);
  g_autofree char *name =
    foc_loaded_model_make_file_name (model, FOC_WINDOW_MODEL_ENDING);

  choose_name (self, model, _ ("Save Model As"), name);
}

static void
finish_choosing_folder (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocWindow *self = FOC_WINDOW (source);
  g_autoptr (FocLoadedModel) model = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = foc_compat_open_folder_finish (result, &error);
  const char *path;

  if (self->session == NULL || is_writing (self))
    return;
  path = get_chosen (self, _ ("The Model Cannot Be Exported"), folder, error);
  if (path != NULL)
    {
      g_autofree char *target = foc_model_files_get_export_path (model, path);

      write_unless_there (self, new_target (self, model, target));
    }
}

static void
export_onnx (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FocWindow *self = user_data;

  foc_compat_open_folder (GTK_WINDOW (self), _ ("Choose a Folder for Three Files"), NULL,
                          NULL, finish_choosing_folder,
                          g_object_ref (foc_session_get_model (self->session)));
}

static const GActionEntry actions[] = {
  { "export-onnx", export_onnx },
  { "save-model", save_model },
};

void
foc_window_init_saving (FocWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions),
                                   self);
  foc_job_bar_set_text_func (self->writing_bar, foc_job_text_writing_model);
  g_signal_connect_swapped (self->writing_bar, "cancel", G_CALLBACK (cancel_writing),
                            self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-window-private.h"

#include "foc-app-settings.h"
#include "foc-compat.h"
#include "foc-model-dialog.h"
#include "foc-model-files.h"

#include <glib/gi18n.h>

#define ENDING ".safetensors"

static FocLoadedModel *
get_model (FocWindow *self)
{
  return foc_session_get_model (self->session);
}

/* What became of it */

static void
undo (AdwToast *toast, gpointer user_data)
{
  FocWindow *self = user_data;

  if (self->session != NULL)
    foc_session_use_model (self->session, g_object_get_data (G_OBJECT (toast), "before"));
}

static void
tell_model (FocWindow *self, FocLoadedModel *model, FocLoadedModel *before)
{
  g_autofree char *text =
    /* Translators: the name of a model. */
    g_strdup_printf (_ ("Model in use: %s"), foc_loaded_model_get_name (model));
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  if (before != NULL)
    {
      adw_toast_set_button_label (toast, _ ("_Undo"));
      g_object_set_data_full (G_OBJECT (toast), "before", g_object_ref (before),
                              g_object_unref);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo), self, 0);
    }
  foc_widget_add_toast (self->toasts, toast);
}

static void
set_enabled (FocWindow *self, const char *action, gboolean enabled)
{
  g_simple_action_set_enabled (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), action)), enabled);
}

static gboolean
is_writing (FocWindow *self)
{
  FocJob *job = foc_job_bar_get_job (self->writing_bar);

  return job != NULL && foc_job_get_running (job);
}

/* One at a time: its bar is that of one. */
static void
follow_writing (FocWindow *self)
{
  gboolean can_write;

  if (self->session == NULL)
    return;
  can_write = get_model (self) != NULL && !is_writing (self);
  set_enabled (self, "export-onnx", can_write);
  set_enabled (self, "save-model", can_write);
}

/* It is another one, or the same with another threshold, or without its seal. */
static void
follow_model (FocSession *session, GParamSpec *pspec, FocWindow *self)
{
  FocLoadedModel *model = foc_session_get_model (session);
  g_autoptr (FocLoadedModel) before = g_steal_pointer (&self->model);

  follow_writing (self);
  set_enabled (self, "show-model", model != NULL);
  set_enabled (self, "use-shipped-model",
               model == NULL || !foc_loaded_model_is_shipped (model));
  if (model == NULL)
    return;

  self->model = g_object_ref (model);
  if (before != NULL
      && foc_loaded_model_get_own (before) == foc_loaded_model_get_own (model))
    return;
  if (self->model_asked)
    tell_model (self, model, before);
  self->model_asked = FALSE;
}

/* At start, the model that comes with the program is loaded unasked. */
static void
say_failed (FocSession *session, const char *message, FocWindow *self)
{
  if (self->model_asked)
    foc_compat_present_failure (GTK_WINDOW (self), _ ("The Model Cannot Be Loaded"),
                                message);
  else
    foc_window_add_toast (self, message);
  self->model_asked = FALSE;
}

static void
follow_threshold (FocWindow *self)
{
  if (self->session != NULL)
    foc_session_set_threshold (self->session,
                               foc_app_settings_get_threshold (self->settings));
}

/* Loading */

static void
load (FocWindow *self, const char *path)
{
  self->model_asked = TRUE;
  foc_session_load_model (self->session, path);
}

static void
load_file (FocWindow *self, GFile *file)
{
  if (g_file_peek_path (file) != NULL)
    load (self, g_file_peek_path (file));
  else
    foc_window_say_unreachable (self, _ ("The Model Cannot Be Loaded"), file);
}

/* What is known of a file, in itself: 0 is nothing. */
#define KIND "foc-kind"

typedef enum
{
  NO_FOLDER = 1,
  FOLDER
} Kind;

static Kind
get_kind (GFile *file)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (file), KIND));
}

void
foc_window_note_kind (GFile *file, gboolean is_folder)
{
  g_object_set_data (G_OBJECT (file), KIND,
                     GINT_TO_POINTER (is_folder ? FOLDER : NO_FOLDER));
}

gboolean
foc_window_is_model (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name != NULL && g_str_has_suffix (name, ENDING) && get_kind (file) != FOLDER;
}

gboolean
foc_window_may_be_model (GFile *file)
{
  return get_kind (file) == 0 && foc_window_is_model (file);
}

gboolean
foc_window_take_model (FocWindow *self, GFile *file)
{
  if (!foc_window_is_model (file))
    return FALSE;

  load_file (self, file);
  return TRUE;
}

static void
finish_choosing (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocWindow *self = FOC_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) files = foc_compat_open_files_finish (result, &error);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (self->session == NULL) /* the window was closed */
    return;

  if (file != NULL)
    load_file (self, file);
  else
    foc_window_say_not_chosen (self, _ ("The Model Cannot Be Loaded"), error);
}

static void
load_model (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Models"));
  gtk_file_filter_add_pattern (filter, "*" ENDING);
  foc_compat_open_files (user_data, _ ("Load a Model"), filter, FALSE, finish_choosing,
                         NULL);
}

static void
use_shipped_model (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  load (user_data, NULL);
}

/* Saving and exporting */

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
  g_signal_connect_object (job, "notify::running", G_CALLBACK (follow_writing), self,
                           G_CONNECT_SWAPPED);
  foc_job_bar_set_job (self->writing_bar, job);
  follow_writing (self);
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
  if (path != NULL && g_str_has_suffix (path, ENDING))
    show_writing (self, foc_model_files_save (model, path, on_saved, self));
  else if (path != NULL)
    foc_compat_present_failure (GTK_WINDOW (self), _ ("The Model Cannot Be Saved"),
                                _ ("Models are saved in the format safetensors: the name "
                                   "has to end in .safetensors."));
}

/* The model that was in use when the user asked, whatever is by the time of the answer. */
static void
save_model (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FocWindow *self = user_data;
  FocLoadedModel *model = get_model (self);
  g_autofree char *name = foc_loaded_model_make_file_name (model, ENDING);

  foc_compat_save_file (GTK_WINDOW (self), _ ("Save Model As"), name,
                        finish_choosing_name, g_object_ref (model));
}

/* A folder that was chosen knows the window, and the model that is to be exported. */
static void
export_into (GFile *folder)
{
  FocWindow *self = g_object_get_data (G_OBJECT (folder), "window");
  FocLoadedModel *model = g_object_get_data (G_OBJECT (folder), "model");

  if (self->session != NULL && !is_writing (self))
    show_writing (
      self, foc_model_files_export (model, g_file_peek_path (folder), on_exported, self));
}

static void
finish_looking (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) folder = user_data;
  FocWindow *self = g_object_get_data (G_OBJECT (folder), "window");
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  g_autofree char *path = g_file_get_parse_name (G_FILE (source));
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = NULL;
  GtkWindow *question;

  if (self->session == NULL)
    return;
  if (info == NULL)
    {
      export_into (folder);
      return;
    }

  text = g_strdup_printf (
    /* Translators: the name of a file. */
    _ ("“%s” is in this folder already. It and its two files of test vectors would be "
       "replaced."),
    name);
  question = foc_compat_ask (GTK_WINDOW (self), _ ("Replace the Earlier Export?"), text,
                             _ ("_Replace"), G_CALLBACK (export_into), G_OBJECT (folder));
  g_object_set_data_full (G_OBJECT (question), "folder", g_object_ref (folder),
                          g_object_unref);
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
      g_autoptr (GFile) file = g_file_new_for_path (target);
      GFile *into = g_file_new_for_path (path); /* the chooser may keep its own */

      g_object_set_data_full (G_OBJECT (into), "window", g_object_ref (self),
                              g_object_unref);
      g_object_set_data_full (G_OBJECT (into), "model", g_steal_pointer (&model),
                              g_object_unref);
      g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE,
                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, G_PRIORITY_DEFAULT,
                               NULL, finish_looking, into);
    }
}

static void
export_onnx (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FocWindow *self = user_data;

  foc_compat_open_folder (GTK_WINDOW (self), _ ("Choose a Folder for Three Files"), NULL,
                          NULL, finish_choosing_folder, g_object_ref (get_model (self)));
}

static void
show_model (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FocWindow *self = user_data;

  foc_model_dialog_present (GTK_WINDOW (self), get_model (self));
}

static const GActionEntry actions[] = {
  { "export-onnx", export_onnx },
  { "load-model", load_model },
  { "save-model", save_model },
  { "show-model", show_model },
  { "use-shipped-model", use_shipped_model },
};

void
foc_window_init_model (FocWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions),
                                   self);
  foc_job_bar_set_text_func (self->writing_bar, foc_job_text_writing_model);
  g_signal_connect_swapped (self->writing_bar, "cancel", G_CALLBACK (cancel_writing),
                            self);
  self->session_signals = g_signal_group_new (FOC_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notice",
                                  G_CALLBACK (foc_window_add_toast), self);
  g_signal_group_connect (self->session_signals, "failed", G_CALLBACK (say_failed), self);
  g_signal_group_connect (self->session_signals, "notify::model",
                          G_CALLBACK (follow_model), self);
  g_signal_group_set_target (self->session_signals, self->session);
  g_signal_connect_object (self->settings, "changed::own-threshold",
                           G_CALLBACK (follow_threshold), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::threshold",
                           G_CALLBACK (follow_threshold), self, G_CONNECT_SWAPPED);
  follow_threshold (self);
  follow_model (self->session, NULL, self);
}

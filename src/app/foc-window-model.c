/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-window-private.h"

#include "foc-app-settings.h"
#include "foc-compat.h"
#include "foc-model-dialog.h"

#include <glib/gi18n.h>

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

/* It is another one, or the same with another threshold, or without its seal. */
static void
follow_model (FocSession *session, GParamSpec *pspec, FocWindow *self)
{
  FocLoadedModel *model = foc_session_get_model (session);
  g_autoptr (FocLoadedModel) before = g_steal_pointer (&self->model);

  foc_window_update_saving (self);
  foc_window_set_enabled (self, "show-model", model != NULL);
  foc_window_set_enabled (self, "use-shipped-model",
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

  return name != NULL && g_str_has_suffix (name, FOC_WINDOW_MODEL_ENDING)
         && get_kind (file) != FOLDER;
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
  gtk_file_filter_add_pattern (filter, "*" FOC_WINDOW_MODEL_ENDING);
  foc_compat_open_files (user_data, _ ("Load a Model"), filter, FALSE, finish_choosing,
                         NULL);
}

static void
use_shipped_model (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  load (user_data, NULL);
}

static void
show_model (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FocWindow *self = user_data;

  foc_model_dialog_present (GTK_WINDOW (self), get_model (self));
}

static const GActionEntry actions[] = {
  { "load-model", load_model },
  { "show-model", show_model },
  { "use-shipped-model", use_shipped_model },
};

void
foc_window_init_model (FocWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions),
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

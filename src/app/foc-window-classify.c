/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-window-private.h"

#include "foc-compat.h"
#include "foc-dataset.h"
#include "foc-error.h"
#include "foc-incoming.h"

#include <glib/gi18n.h>

void
foc_window_ensure_classify_page (FocWindow *self)
{
  if (self->classify_page != NULL || self->session == NULL)
    return;

  self->classify_page = g_object_new (FOC_TYPE_CLASSIFY_PAGE, NULL);
  adw_bin_set_child (self->classify_bin, GTK_WIDGET (self->classify_page));
  foc_classify_page_set_session (self->classify_page, self->session);
  foc_widget_name_buttons (GTK_WIDGET (self->classify_page));
}

/* Whoever brings a picture has its keys at hand, such as Escape. */
static void
show_page (FocWindow *self)
{
  GtkWidget *page;

  foc_window_set_page (self, "classify");
  page = GTK_WIDGET (self->classify_page);
  if (gtk_widget_get_focus_child (page) == NULL)
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

/* What comes may take its time: the newest counts. */

static void
cancel_coming (FocWindow *self)
{
  g_autoptr (GCancellable) coming = g_steal_pointer (&self->coming);

  if (coming == NULL)
    return;
  foc_job_bar_set_waiting (self->coming_bar, NULL);
  g_cancellable_cancel (coming);
}

/* `text`: what is waited for. */
static GCancellable *
begin_coming (FocWindow *self, const char *text)
{
  cancel_coming (self);
  self->coming = g_cancellable_new ();
  foc_job_bar_set_waiting (self->coming_bar, text);
  return self->coming;
}

/* FALSE where it is not wanted any more. */
static gboolean
end_coming (FocWindow *self, GCancellable *coming)
{
  if (self->session == NULL || self->coming != coming) /* it may be closed */
    return FALSE;

  foc_job_bar_set_waiting (self->coming_bar, NULL);
  g_clear_object (&self->coming);
  return TRUE;
}

/* Files that are being told apart from folders, for a window. */

typedef struct
{
  FocWindow *window;
  GCancellable *cancellable;
  GPtrArray *files;
  char *page;          /* that is to be shown, or NULL        */
  gboolean as_dataset; /* several folders are a mistake */
} Query;

static void
query_free (Query *self)
{
  g_object_unref (self->window);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->files);
  g_free (self->page);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Query, query_free)

/* `which` of them is looked at; `callback` gets the query, and frees it. */
static Query *
begin_query (FocWindow *self,
             GFile **files,
             guint n_files,
             guint which,
             GAsyncReadyCallback callback)
{
  Query *query = g_new0 (Query, 1);
  g_autofree char *name = g_file_get_parse_name (files[which]);
  /* Translators: the name of a file that does not tell yet what it is. */
  g_autofree char *text = g_strdup_printf (_ ("Looking at “%s”"), name);

  query->window = g_object_ref (self);
  query->cancellable = g_object_ref (begin_coming (self, text));
  query->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_files; i++)
    g_ptr_array_add (query->files, g_object_ref (files[i]));
  g_file_query_info_async (files[which], G_FILE_ATTRIBUTE_STANDARD_TYPE,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, query->cancellable,
                           callback, query);
  return query;
}

/* Whether it is a folder, which is noted, so that none is taken for a model. */
static gboolean
finish_look (GFile *file, GFileInfo *info)
{
  gboolean is_folder =
    info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY;

  foc_window_note_kind (file, is_folder);
  return is_folder;
}

static void classify (FocWindow *self, GFile **files, guint n_files, const char *page);

static void
finish_model_query (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Query) query = user_data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);

  if (!end_coming (query->window, query->cancellable))
    return;
  finish_look (G_FILE (source), info);
  classify (query->window, (GFile **) query->files->pdata, query->files->len,
            query->page);
}

/* What is known to be a model, or none. */
static void
classify_now (FocWindow *self, GFile **files, guint n_files)
{
  g_autoptr (GPtrArray) pictures = NULL;
  g_autoptr (GPtrArray) reachable = NULL;

  if (n_files == 1 && foc_window_take_model (self, files[0]))
    return;
  pictures = foc_window_leave_out_models (self, files, n_files);
  if (pictures->len == 0)
    return;
  show_page (self);
  reachable =
    foc_window_leave_out_unreachable (self, (GFile **) pictures->pdata, pictures->len);
  if (reachable->len > 0)
    foc_classify_page_add_files (self->classify_page, (GFile **) reachable->pdata,
                                 reachable->len);
  else
    foc_window_say_unreachable (self, _ ("The Picture Cannot Be Read"),
                                pictures->pdata[0]);
}

/* `page`: what is to be shown then, or NULL. */
static void
classify (FocWindow *self, GFile **files, guint n_files, const char *page)
{
  cancel_coming (self);
  /* A folder may be called so, too. */
  for (guint i = 0; i < n_files; i++)
    if (foc_window_may_be_model (files[i]))
      {
        begin_query (self, files, n_files, i, finish_model_query)->page = g_strdup (page);
        return;
      }

  classify_now (self, files, n_files);
  if (page != NULL)
    foc_window_set_page (self, page);
}

static gboolean
is_called_picture (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name != NULL && foc_is_picture_name (name);
}

static void
finish_query (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Query) query = user_data;
  FocWindow *self = query->window;
  GFile *file = G_FILE (source);
  g_autoptr (GFileInfo) info = g_file_query_info_finish (file, result, NULL);
  gboolean is_folder = finish_look (file, info);

  if (!end_coming (self, query->cancellable))
    return;
  if (query->files->len > 1)
    {
      if (is_folder && query->as_dataset)
        foc_widget_say (self->toasts,
                        _ ("Drop one folder, which holds a folder for each class."));
      else
        classify (self, (GFile **) query->files->pdata, query->files->len, query->page);
    }
  /* What cannot be looked at cannot be opened or read, which tells why. */
  else if (is_folder || (info == NULL && !is_called_picture (file)))
    {
      foc_window_open_folder (self, file);
      if (query->page != NULL)
        foc_window_set_page (self, query->page);
    }
  else
    classify (self, &file, 1, query->page);
}

/* The first file tells what the others are. */
static void
tell_apart (FocWindow *self,
            GFile **files,
            guint n_files,
            const char *page,
            gboolean as_dataset)
{
  Query *query = begin_query (self, files, n_files, 0, finish_query);

  query->page = g_strdup (page);
  query->as_dataset = as_dataset;
}

void
foc_window_open_files (FocWindow *self, GFile **files, guint n_files, const char *page)
{
  g_return_if_fail (FOC_IS_WINDOW (self));
  g_return_if_fail (n_files > 0);

  if (n_files == 1 && g_strcmp0 (page, "classify") != 0)
    {
      tell_apart (self, files, n_files, page, FALSE);
      return;
    }
  classify (self, files, n_files, page);
}

/* Dropping and pasting */

static void
take (FocWindow *self, const FocIncoming *incoming, const char *picture_name)
{
  if (incoming->picture != NULL)
    {
      show_page (self);
      foc_classify_page_add_picture (self->classify_page, incoming->picture,
                                     picture_name);
    }
  else if (foc_window_is_on_page (self, "dataset"))
    tell_apart (self, (GFile **) incoming->files->pdata, incoming->files->len, NULL,
                TRUE);
  else
    classify (self, (GFile **) incoming->files->pdata, incoming->files->len, NULL);
}

/* `nothing`: what is said where that can be neither. */
static void
finish_reading (FocWindow *self,
                GAsyncResult *result,
                const char *picture_name,
                const char *nothing)
{
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));
  g_auto (FocIncoming) incoming = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean ok = foc_incoming_read_finish (result, &incoming, &error);

  if (!end_coming (self, cancellable))
    return;
  if (ok)
    take (self, &incoming, picture_name);
  else
    foc_widget_say (self->toasts,
                    g_error_matches (error, FOC_ERROR, FOC_ERROR_IMAGE_TOO_LARGE)
                      ? error->message
                      : nothing);
}

static void
on_dropped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FocWindow) self = user_data;

  gdk_drop_finish (GDK_DROP (source),
                   g_task_had_error (G_TASK (result)) ? 0 : GDK_ACTION_COPY);
  finish_reading (
    self, result, _ ("Dropped Picture"),
    _ ("What was dropped is neither a picture nor a file that can be read."));
}

static void
on_pasted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FocWindow) self = user_data;

  finish_reading (self, result, _ ("Pasted Picture"),
                  _ ("There is no picture and no file in the clipboard."));
}

static GdkDragAction
on_drag_enter (FocWindow *self)
{
  gtk_label_set_text (self->drop_label,
                      foc_window_is_on_page (self, "dataset")
                        ? _ ("Drop a Folder to Open It, Pictures to Classify Them")
                        : _ ("Drop Pictures to Classify Them"));
  gtk_widget_set_visible (GTK_WIDGET (self->drop_label), TRUE);
  return GDK_ACTION_COPY;
}

static void
on_drag_leave (FocWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->drop_label), FALSE);
}

/* Instead of leaving: GTK 4.8 would leave its frame as well. */
static gboolean
on_drop (FocWindow *self, GdkDrop *drop)
{
  on_drag_leave (self);
  gtk_widget_unset_state_flags (self->drop_area, GTK_STATE_FLAG_DROP_ACTIVE);
  foc_incoming_read_async (drop, begin_coming (self, _ ("Waiting for what was dropped")),
                           on_dropped, g_object_ref (self));
  return TRUE;
}

/* Actions */

/* As its button does, before anything else ends by that key; but a menu is closed first. */
static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  FocWindow *self = user_data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (self->coming == NULL
      || (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL))
    return FALSE;
  cancel_coming (self);
  return TRUE;
}

/* A text that is being edited pastes it itself. */
static gboolean
on_paste_key (GtkWidget *widget, GVariant *args, gpointer self)
{
  return gtk_widget_activate_action (self, "win.paste", NULL);
}

static void
add_keys (FocWindow *self)
{
  GtkEventController *escape = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (escape, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (escape),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_callback_action_new (on_escape, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), escape);
  foc_widget_add_key (GTK_WIDGET (self), GDK_KEY_v, GDK_CONTROL_MASK, on_paste_key);
}

static void
paste (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FocWindow *self = user_data;

  foc_incoming_read_async (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                           begin_coming (self, _ ("Waiting for the clipboard")),
                           on_pasted, g_object_ref (self));
}

static void
classify_these (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autofree const char **names = g_variant_get_strv (parameter, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_commandline_arg (names[i]));
  if (files->len > 0)
    classify (user_data, (GFile **) files->pdata, files->len, NULL);
}

static void
finish_choosing_pictures (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocWindow *self = FOC_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) list = foc_compat_open_files_finish (result, &error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->session == NULL)
    return;
  if (list == NULL)
    {
      foc_window_say_not_chosen (self, _ ("The Picture Cannot Be Read"), error);
      return;
    }

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (files, g_list_model_get_item (list, i));
  classify (self, (GFile **) files->pdata, files->len, NULL);
}

static void
open_pictures (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_pixbuf_formats (filter);
  foc_compat_open_files (user_data, _ ("Open Pictures"), filter, TRUE,
                         finish_choosing_pictures, NULL);
}

static const GActionEntry actions[] = {
  { "classify", classify_these, "as" },
  { "open-pictures", open_pictures },
  { "paste", paste },
};

void
foc_window_init_classify (FocWindow *self)
{
  GtkDropTargetAsync *drop =
    gtk_drop_target_async_new (foc_incoming_get_formats (), GDK_ACTION_COPY);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions),
                                   self);
  g_signal_connect_object (drop, "drag-enter", G_CALLBACK (on_drag_enter), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drop, "drag-leave", G_CALLBACK (on_drag_leave), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drop, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->drop_area, GTK_EVENT_CONTROLLER (drop));
  g_signal_connect_swapped (self->coming_bar, "cancel", G_CALLBACK (cancel_coming), self);
  add_keys (self);
}

void
foc_window_dispose_classify (FocWindow *self)
{
  if (self->coming_bar != NULL)
    cancel_coming (self);
}

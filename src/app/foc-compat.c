/* SPDX-License-Identifier: GPL-3.0-or-later */

/* This file and foc-compat-show.c are without fences. */
#undef GDK_VERSION_MAX_ALLOWED
#undef ADW_VERSION_MAX_ALLOWED

#include "config.h"

#include "foc-compat.h"

#include <glib/gi18n.h>

/* All three ways to choose end in a GTask that returns a GFile or a GListModel. */
static void
return_dismissed (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s",
                           _ ("Nothing was chosen."));
}

static GTask *
begin (GtkWindow *parent, gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

#if GTK_CHECK_VERSION(4, 10, 0)

static void
return_chosen (GTask *task, gpointer chosen, GError *error)
{
  if (chosen != NULL)
    g_task_return_pointer (task, chosen, g_object_unref);
  else if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
           || g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    {
      g_error_free (error);
      return_dismissed (task);
    }
  else
    g_task_return_error (task, error);
}

static void
finish_folder (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GFile *file =
    gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);

  return_chosen (task, file, error);
}

static void
finish_one (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GFile) file =
    gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);
  GListStore *files = NULL;

  if (file != NULL)
    {
      files = g_list_store_new (G_TYPE_FILE);
      g_list_store_append (files, file);
    }
  return_chosen (task, files, error);
}

static void
finish_several (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GListModel *files =
    gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, &error);

  return_chosen (task, files, error);
}

static void
finish_save (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  return_chosen (task, file, error);
}

static GtkFileDialog *
new_dialog (const char *title, GtkFileFilter *filter)
{
  GtkFileDialog *dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  if (filter != NULL)
    {
      g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

      g_list_store_append (filters, filter);
      gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
    }

  return dialog;
}

static void
choose_folder (GtkWindow *parent,
               const char *title,
               const char *accept,
               GFile *initial_folder,
               GTask *task)
{
  g_autoptr (GtkFileDialog) dialog = new_dialog (title, NULL);

  gtk_file_dialog_set_accept_label (dialog, accept);
  gtk_file_dialog_set_initial_folder (dialog, initial_folder);
  gtk_file_dialog_select_folder (dialog, parent, NULL, finish_folder, task);
}

static void
choose_files (GtkWindow *parent,
              const char *title,
              GtkFileFilter *filter,
              gboolean multiple,
              GTask *task)
{
  g_autoptr (GtkFileDialog) dialog = new_dialog (title, filter);

  if (multiple)
    gtk_file_dialog_open_multiple (dialog, parent, NULL, finish_several, task);
  else
    gtk_file_dialog_open (dialog, parent, NULL, finish_one, task);
}

static void
choose_name (GtkWindow *parent, const char *title, const char *initial_name, GTask *task)
{
  g_autoptr (GtkFileDialog) dialog = new_dialog (title, NULL);

  gtk_file_dialog_set_initial_name (dialog, initial_name);
  gtk_file_dialog_save (dialog, parent, NULL, finish_save, task);
}

#else

static void
answer (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);

  if (response != GTK_RESPONSE_ACCEPT)
    return_dismissed (task);
  else if (g_task_get_source_tag (task) == foc_compat_open_files)
    g_task_return_pointer (task, gtk_file_chooser_get_files (chooser), g_object_unref);
  else
    g_task_return_pointer (task, gtk_file_chooser_get_file (chooser), g_object_unref);

  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

/* The dialog lives until it is answered. */
static void
show (GtkFileChooserNative *dialog, GTask *task)
{
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (answer), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
choose_folder (GtkWindow *parent,
               const char *title,
               const char *accept,
               GFile *initial_folder,
               GTask *task)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    title, parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, accept, NULL);

  if (initial_folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), initial_folder, NULL);
  show (dialog, task);
}

static void
choose_files (GtkWindow *parent,
              const char *title,
              GtkFileFilter *filter,
              gboolean multiple,
              GTask *task)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  if (filter != NULL)
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), multiple);
  show (dialog, task);
}

static void
choose_name (GtkWindow *parent, const char *title, const char *initial_name, GTask *task)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), initial_name);
  show (dialog, task);
}

#endif

void
foc_compat_open_folder (GtkWindow *parent,
                        const char *title,
                        const char *accept,
                        GFile *initial_folder,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  choose_folder (parent, title, accept, initial_folder,
                 begin (parent, foc_compat_open_folder, callback, user_data));
}

GFile *
foc_compat_open_folder_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
foc_compat_open_files (GtkWindow *parent,
                       const char *title,
                       GtkFileFilter *filter,
                       gboolean multiple,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  choose_files (parent, title, filter, multiple,
                begin (parent, foc_compat_open_files, callback, user_data));
}

GListModel *
foc_compat_open_files_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
foc_compat_save_file (GtkWindow *parent,
                      const char *title,
                      const char *initial_name,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  choose_name (parent, title, initial_name,
               begin (parent, foc_compat_save_file, callback, user_data));
}

GFile *
foc_compat_save_file_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GFile) file = g_task_propagate_pointer (G_TASK (result), error);

  if (file != NULL && g_file_peek_path (file) == NULL)
    {
      g_autofree char *name = g_file_get_parse_name (file);

      g_set_error (
        error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
        _ ("“%s” is in a place that cannot be written to as files. Choose one on "
           "this computer."),
        name);
      return NULL;
    }
  return g_steal_pointer (&file);
}

static GtkWidget *
new_paragraph (const char *text, const char *class)
{
  return g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "wrap-mode",
                       PANGO_WRAP_WORD_CHAR, "max-width-chars", 40, "justify",
                       GTK_JUSTIFY_CENTER, "css-classes",
                       (const char *const[]){ class, NULL }, NULL);
}

/* Of a heading and a sentence; not shown yet. */
static GtkWidget *
new_message (GtkWindow *parent, const char *heading, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, NULL, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  /* Its own heading is measured wrongly by libadwaita 1.7, with a warning, where it takes
   * more than one line. */
  gtk_widget_set_size_request (box, 300, -1); /* or the lowest width makes the height */
  gtk_box_append (GTK_BOX (box), new_paragraph (heading, "title-2"));
  gtk_box_append (GTK_BOX (box), new_paragraph (body, "body"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  gtk_window_set_title (GTK_WINDOW (dialog), heading);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  heading, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, body, -1);

  return dialog;
}

GtkWindow *
foc_compat_present_failure (GtkWindow *parent, const char *heading, const char *body)
{
  GtkWidget *dialog = new_message (parent, heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));

  return GTK_WINDOW (dialog);
}

/* In a narrow window the buttons stand in a column, of which the first would have the focus: the
 * one that cannot be taken back. */
static void
focus_default (GtkWindow *dialog)
{
  GtkWidget *button = gtk_window_get_default_widget (dialog);

  if (button != NULL)
    gtk_window_set_focus (dialog, button);
}

/* `appearance`: of the last answer. */
static GtkWindow *
choose (GtkWindow *parent,
        const char *heading,
        const char *body,
        const char *cancel,
        const char *const *answers,
        const GCallback *callbacks,
        AdwResponseAppearance appearance,
        GObject *owner)
{
  GtkWidget *widget = new_message (parent, heading, body);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_add_response (dialog, "cancel", cancel);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "notify::default-widget", G_CALLBACK (focus_default), NULL);
  g_signal_connect_after (dialog, "map", G_CALLBACK (focus_default), NULL);
  for (guint i = 0; answers[i] != NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("answer-%u", i);
      g_autofree char *signal = g_strconcat ("response::", id, NULL);

      adw_message_dialog_add_response (dialog, id, _ (answers[i]));
      if (answers[i + 1] == NULL)
        adw_message_dialog_set_response_appearance (dialog, id, appearance);
      g_signal_connect_object (dialog, signal, callbacks[i], owner, G_CONNECT_SWAPPED);
    }
  adw_message_dialog_set_default_response (dialog, "cancel");
  gtk_window_present (GTK_WINDOW (dialog));

  return GTK_WINDOW (dialog);
}

GtkWindow *
foc_compat_choose (GtkWindow *parent,
                   const char *heading,
                   const char *body,
                   const char *const *answers,
                   const GCallback *callbacks,
                   GObject *owner)
{
  return choose (parent, heading, body, _ ("_Cancel"), answers, callbacks,
                 ADW_RESPONSE_DESTRUCTIVE, owner);
}

GtkWindow *
foc_compat_offer (GtkWindow *parent,
                  const char *heading,
                  const char *body,
                  const char *answer,
                  GCallback callback,
                  GObject *owner)
{
  const char *const answers[] = { answer, NULL };

  return choose (parent, heading, body, _ ("_Cancel"), answers, &callback,
                 ADW_RESPONSE_SUGGESTED, owner);
}

GtkWindow *
foc_compat_ask (GtkWindow *parent,
                const char *heading,
                const char *body,
                const char *answer,
                GCallback callback,
                GObject *owner)
{
  const char *const answers[] = { answer, NULL };

  return foc_compat_choose (parent, heading, body, answers, &callback, owner);
}

GtkWindow *
foc_compat_ask_to_wait (GtkWindow *parent,
                        const char *heading,
                        const char *body,
                        const char *answer,
                        GCallback callback,
                        GObject *owner)
{
  const char *const answers[] = { answer, NULL };

  return choose (parent, heading, body, _ ("_Wait"), answers, &callback,
                 ADW_RESPONSE_DESTRUCTIVE, owner);
}

GtkWindow *
foc_compat_present_about (GtkWindow *parent)
{
  GtkWidget *window = adw_about_window_new ();

  g_object_set (window, "application-name", _ ("Face or Comic"), "application-icon",
                FOC_APPLICATION_ID, "version", FOC_VERSION, "comments",
                _ ("Sorts faces from comics. Everything happens on your machine: no "
                   "account, no network."),
                "developer-name", _ ("The Face or Comic developers"), "license-type",
                GTK_LICENSE_GPL_3_0,
                /* Translators: your names, one a line. */
                "translator-credits", _ ("translator-credits"), "transient-for", parent,
                "modal", TRUE, NULL);
  gtk_window_present (GTK_WINDOW (window));

  return GTK_WINDOW (window);
}

GtkWindow *
foc_compat_present_preferences (GtkWindow *parent, GtkWidget *page)
{
  GtkWidget *window = adw_preferences_window_new ();

  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window),
                              ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 440);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));

  return GTK_WINDOW (window);
}

GtkWindow *
foc_compat_present_shortcuts (GtkWindow *parent, const char *resource)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (resource);
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);

  return window;
}

/* By the library that is in use: the headers may be older. */
gboolean
foc_compat_names_menu_buttons (void)
{
  return gtk_check_version (4, 18, 0) == NULL;
}

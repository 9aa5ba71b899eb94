/* SPDX-License-Identifier: GPL-3.0-or-later */

/* As in foc-compat.c. */
#undef GDK_VERSION_MAX_ALLOWED

#include "config.h"

#include "foc-compat.h"

#include "foc-sandbox.h"

static void
finish_showing_folder (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Where there is no file manager that can point at a file. */
static void
show_folder (GTask *task)
{
  g_autoptr (GFile) folder = g_file_get_parent (g_task_get_task_data (task));
  g_autofree char *uri = g_file_get_uri (folder);

  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, finish_showing_folder, task);
}

static void
finish_showing (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  GTask *task = user_data;

  if (answer == NULL)
    {
      show_folder (task);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
ask_file_manager (GFile *file, GTask *task)
{
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus =
    application != NULL ? g_application_get_dbus_connection (application) : NULL;
  g_autofree char *uri = g_file_get_uri (file);
  const char *uris[] = { uri, NULL };

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  if (bus == NULL)
    show_folder (task);
  else
    g_dbus_connection_call (
      bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
      "org.freedesktop.FileManager1", "ShowItems", g_variant_new ("(^ass)", uris, ""),
      NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, finish_showing, task);
}

#if GTK_CHECK_VERSION(4, 10, 0)

static void
finish_launching (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (source), result,
                                                       &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Through the portal. Out of a sandbox it would wait for a bus, warn where there is no
 * portal, and give up where no file manager can point at a file. */
static gboolean
ask_portal (GtkWindow *parent, GFile *file, GTask *task)
{
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  if (!foc_sandbox_is_active ())
    return FALSE;

  gtk_file_launcher_open_containing_folder (launcher, parent, NULL, finish_launching,
                                            task);
  return TRUE;
}

#else

static gboolean
ask_portal (GtkWindow *parent, GFile *file, GTask *task)
{
  return FALSE;
}

#endif

void
foc_compat_show_in_files (GtkWindow *parent,
                          const char *path,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GTask *task = g_task_new (parent, NULL, callback, user_data);

  g_task_set_source_tag (task, foc_compat_show_in_files);
  if (!ask_portal (parent, file, task))
    ask_file_manager (file, task);
}

gboolean
foc_compat_show_in_files_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-ui-desktop.h"

#include <gio/gio.h>

static GDBusConnection *desktop;
static int n_inhibited;
static GMutex notified_lock;
static char *notified; /* the last one, or NULL */

static void
set_notified (char *text)
{
  g_mutex_lock (&notified_lock);
  g_free (notified);
  notified = text;
  g_mutex_unlock (&notified_lock);
}

static void
take_notification (GVariant *parameters)
{
  const char *title, *text;

  g_variant_get (parameters, "(&su&s&s&sasa{sv}i)", NULL, NULL, NULL, &title, &text, NULL,
                 NULL, NULL);
  set_notified (g_strconcat (title, "\n", text, NULL));
}

static GVariant *
carry_out (const char *method, GVariant *parameters)
{
  if (g_strcmp0 (method, "Inhibit") == 0)
    {
      g_atomic_int_inc (&n_inhibited);
      return g_variant_new ("(u)", 77);
    }
  if (g_strcmp0 (method, "Notify") == 0)
    {
      take_notification (parameters);
      return g_variant_new ("(u)", 1);
    }
  if (g_strcmp0 (method, "GetAll") == 0)
    return g_variant_new ("(a{sv})", NULL);
  if (g_strcmp0 (method, "Uninhibit") == 0)
    g_atomic_int_add (&n_inhibited, -1);
  return NULL;
}

/* In GDBus's own thread, so that the program may wait for it. */
static GDBusMessage *
on_message (GDBusConnection *connection,
            GDBusMessage *message,
            gboolean incoming,
            gpointer data)
{
  GDBusMessage *reply;
  GVariant *body;

  if (!incoming
      || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;

  reply = g_dbus_message_new_method_reply (message);
  body =
    carry_out (g_dbus_message_get_member (message), g_dbus_message_get_body (message));
  if (body != NULL)
    g_dbus_message_set_body (reply, body);
  g_dbus_connection_send_message (connection, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL,
                                  NULL);
  g_object_unref (reply);
  g_object_unref (message);
  return NULL;
}

void
test_ui_desktop_begin (void)
{
  static const char *const names[] = { "org.gnome.SessionManager",
                                       "org.freedesktop.Notifications" };
  g_autofree char *address =
    g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;

  desktop = g_dbus_connection_new_for_address_sync (
    address,
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
      | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (desktop, on_message, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GVariant) done = g_dbus_connection_call_sync (
        desktop, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
        "RequestName", g_variant_new ("(su)", names[i], 0), NULL, G_DBUS_CALL_FLAGS_NONE,
        -1, NULL, &error);

      g_assert_no_error (error);
    }
}

gboolean
test_ui_desktop_is_inhibited (gpointer data)
{
  return g_atomic_int_get (&n_inhibited) == 1;
}

gboolean
test_ui_desktop_is_not_inhibited (gpointer data)
{
  return g_atomic_int_get (&n_inhibited) == 0;
}

char *
test_ui_desktop_get_notified (void)
{
  char *text;

  g_mutex_lock (&notified_lock);
  text = g_strdup (notified);
  g_mutex_unlock (&notified_lock);
  return text;
}

gboolean
test_ui_desktop_is_notified (gpointer data)
{
  g_autofree char *text = test_ui_desktop_get_notified ();

  return text != NULL;
}

void
test_ui_desktop_forget_notified (void)
{
  set_notified (NULL);
}

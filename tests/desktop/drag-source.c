/* SPDX-License-Identifier: GPL-3.0-or-later */

/* drag-source [--as uri-list|file-list|texture|browser|text] VALUE...
 *
 * A small window, "Drag Source", from whose every point the values can be dragged:
 *
 *   uri-list   files, as file managers offer them (default)
 *   file-list  files, as GTK programs offer them
 *   texture    the picture in the first file, as programs of GTK offer it
 *   browser    the bytes of the first file, a JPEG, and an address on the web
 *   text       the first value itself
 *
 * Prints how each drag went, one word a line: begin, then end or cancel. */

#include <gtk/gtk.h>

#define WIDTH 120
#define HEIGHT 80

static const char *kind = "uri-list";
static char **values;

static GdkContentProvider *
offer_uri_list (void)
{
  g_autoptr (GString) uris = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;

  for (char **value = values; *value != NULL; value++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (*value);
      g_autofree char *uri = g_file_get_uri (file);

      g_string_append_printf (uris, "%s\r\n", uri);
    }

  bytes = g_bytes_new (uris->str, uris->len);
  return gdk_content_provider_new_for_bytes ("text/uri-list", bytes);
}

static GdkContentProvider *
offer_file_list (void)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GValue) list = G_VALUE_INIT;

  for (char **value = values; *value != NULL; value++)
    g_ptr_array_add (files, g_file_new_for_commandline_arg (*value));

  g_value_init (&list, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&list,
                      gdk_file_list_new_from_array ((GFile **) files->pdata, files->len));
  return gdk_content_provider_new_for_value (&list);
}

static GdkContentProvider *
offer_texture (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_filename (values[0], &error);

  if (texture == NULL)
    g_error ("%s: %s", values[0], error->message);
  return gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture);
}

static GdkContentProvider *
offer_as_browser (void)
{
  static const char address[] = "https://picture.example/picture.jpg\r\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) uris = g_bytes_new_static (address, sizeof address - 1);
  g_autoptr (GBytes) picture = NULL;
  GdkContentProvider *offers[2];
  char *content;
  gsize length;

  if (!g_file_get_contents (values[0], &content, &length, &error))
    g_error ("%s", error->message);
  picture = g_bytes_new_take (content, length);
  offers[0] = gdk_content_provider_new_for_bytes ("text/uri-list", uris);
  offers[1] = gdk_content_provider_new_for_bytes ("image/jpeg", picture);
  return gdk_content_provider_new_union (offers, G_N_ELEMENTS (offers));
}

static GdkContentProvider *
on_prepare (void)
{
  if (g_str_equal (kind, "texture"))
    return offer_texture ();
  if (g_str_equal (kind, "browser"))
    return offer_as_browser ();
  if (g_str_equal (kind, "file-list"))
    return offer_file_list ();
  if (g_str_equal (kind, "text"))
    return gdk_content_provider_new_typed (G_TYPE_STRING, values[0]);
  return offer_uri_list ();
}

static void
on_drag_begin (void)
{
  g_print ("begin\n");
}

/* After a cancelled drag, too: told apart by what on_drag_cancel() noted. */
static void
on_drag_end (gpointer source, GdkDrag *drag, gboolean delete_data, gboolean *cancelled)
{
  g_print (*cancelled ? "cancel\n" : "end\n");
  *cancelled = FALSE;
}

static gboolean
on_drag_cancel (gpointer source,
                GdkDrag *drag,
                GdkDragCancelReason reason,
                gboolean *cancelled)
{
  *cancelled = TRUE;
  return FALSE;
}

int
main (int argc, char **argv)
{
  static gboolean cancelled;
  const GOptionEntry entries[] = { { "as", 0, 0, G_OPTION_ARG_STRING, &kind, NULL, NULL },
                                   { G_OPTION_REMAINING, 0, 0,
                                     G_OPTION_ARG_FILENAME_ARRAY, &values, NULL, NULL },
                                   { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new ("VALUE...");
  g_autoptr (GError) error = NULL;
  GtkDragSource *source = gtk_drag_source_new ();
  GtkWidget *window;

  setvbuf (stdout, NULL, _IOLBF, 0);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || values == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "What is to be dragged?");
      return 2;
    }
  gtk_init ();

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), NULL);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), NULL);
  g_signal_connect (source, "drag-cancel", G_CALLBACK (on_drag_cancel), &cancelled);
  g_signal_connect (source, "drag-end", G_CALLBACK (on_drag_end), &cancelled);

  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "Drag Source");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (source));
  gtk_window_present (GTK_WINDOW (window));

  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}

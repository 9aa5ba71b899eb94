/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-incoming.h"

#include "foc-error.h"
#include "test-ui-mouse.h"
#include "test-ui.h"

/* Something is dragged with the mouse from one half of a window to the other, or lies in the
 * clipboard. Drops from other programs are in the suite "desktop". */

#define WIDTH 400
#define HEIGHT 200
#define PORTAL "application/vnd.portal.filetransfer"
#define URI_LIST "text/uri-list"

typedef struct
{
  GdkContentProvider *content; /* what is dragged */
  GtkWidget *window;
  gboolean has_begun;
  gboolean has_entered;
  gboolean is_over;
  GCancellable *cancellable;
  FocIncoming incoming;
  GError *error;
} Fixture;

static GdkContentProvider *
prepare (GtkDragSource *source, double x, double y, Fixture *self)
{
  return g_object_ref (self->content);
}

static void
begin (GtkDragSource *source, GdkDrag *drag, Fixture *self)
{
  self->has_begun = TRUE;
}

static GdkDragAction
enter (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, Fixture *self)
{
  self->has_entered = TRUE;
  return GDK_ACTION_COPY;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;
  gboolean ok = foc_incoming_read_finish (result, &self->incoming, &self->error);

  if (GDK_IS_DROP (source))
    gdk_drop_finish (GDK_DROP (source), ok ? GDK_ACTION_COPY : 0);
  self->is_over = TRUE;
}

static gboolean
let_go (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, Fixture *self)
{
  foc_incoming_read_async (drop, self->cancellable, on_read, self);
  return TRUE;
}

static GtkWidget *
make_half (GtkEventController *controller)
{
  GtkWidget *half = gtk_label_new ("");

  gtk_widget_set_hexpand (half, TRUE);
  gtk_widget_set_vexpand (half, TRUE);
  gtk_widget_add_controller (half, controller);
  return half;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTargetAsync *target =
    gtk_drop_target_async_new (foc_incoming_get_formats (), GDK_ACTION_COPY);

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begin), self);
  g_signal_connect (target, "drag-enter", G_CALLBACK (enter), self);
  g_signal_connect (target, "drop", G_CALLBACK (let_go), self);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_box_append (GTK_BOX (box), make_half (GTK_EVENT_CONTROLLER (source)));
  gtk_box_append (GTK_BOX (box), make_half (GTK_EVENT_CONTROLLER (target)));
  self->window = test_ui_show (box, WIDTH, HEIGHT);
  test_ui_settle (self->window);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->window);
  g_clear_object (&self->content);
  g_clear_object (&self->cancellable);
  foc_incoming_clear (&self->incoming);
  g_clear_error (&self->error);
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *) flag;
}

/* Until it happens: the first moves may come too early. */
static void
move_until (gboolean *flag, int x)
{
  for (int i = 0; i < 100 && !*flag; i++)
    {
      g_autofree char *command =
        g_strdup_printf ("mousemove %d %d", x, HEIGHT / 2 + i % 2 * 20);

      test_ui_use_mouse (command);
    }
  g_assert_true (*flag);
}

/* FALSE where there is no mouse to do so. */
static gboolean
drag (Fixture *self, GdkContentProvider *content)
{
  self->content = content;
  if (!test_ui_has_mouse ())
    return FALSE;

  test_ui_use_mouse ("mousemove 100 100");
  test_ui_use_mouse ("mousedown 1");
  move_until (&self->has_begun, WIDTH / 4 + 20);
  move_until (&self->has_entered, WIDTH * 3 / 4);
  test_ui_settle (self->window);
  test_ui_use_mouse ("mouseup 1");
  test_ui_wait (is_set, &self->is_over);
  return TRUE;
}

/* Pastes `content`, which it takes. */
static void
paste (Fixture *self, GdkContentProvider *content)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (self->window);

  g_assert_true (gdk_clipboard_set_content (clipboard, content));
  g_object_unref (content);
  foc_incoming_read_async (clipboard, self->cancellable, on_read, self);
  test_ui_wait (is_set, &self->is_over);
}

static GdkContentProvider *
offer_text (const char *type, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return gdk_content_provider_new_for_bytes (type, bytes);
}

static void
assert_files (Fixture *self, const char *expected)
{
  g_autoptr (GString) uris = g_string_new (NULL);

  g_assert_no_error (self->error);
  g_assert_null (self->incoming.picture);
  g_assert_nonnull (self->incoming.files);
  for (guint i = 0; i < self->incoming.files->len; i++)
    {
      g_autofree char *uri = g_file_get_uri (self->incoming.files->pdata[i]);

      g_string_append_printf (uris, "%s\n", uri);
    }
  g_assert_cmpstr (uris->str, ==, expected);
}

/* Both ways in. */
static gboolean
bring (Fixture *self, gconstpointer by_mouse, GdkContentProvider *content)
{
  if (by_mouse != NULL)
    return drag (self, content);
  paste (self, content);
  return TRUE;
}

static GdkContentProvider *
offer_files (const char *first, const char *second)
{
  g_auto (GValue) list = G_VALUE_INIT;
  GFile *files[] = { g_file_new_for_uri (first), g_file_new_for_uri (second) };

  g_value_init (&list, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&list, gdk_file_list_new_from_array (files, 2));
  g_object_unref (files[0]);
  g_object_unref (files[1]);
  return gdk_content_provider_new_for_value (&list);
}

static void
test_file_list (Fixture *self, gconstpointer by_mouse)
{
  if (bring (self, by_mouse, offer_files ("file:///a%20folder", "file:///b.png")))
    assert_files (self, "file:///a%20folder\nfile:///b.png\n");
}

static void
test_uri_list (Fixture *self, gconstpointer by_mouse)
{
  if (bring (self, by_mouse,
             offer_text (URI_LIST, "# a comment\r\nfile:///a%20folder\r\n"
                                   "sftp://host/b.png\r\nhttps://host/c.png\r\n")))
    assert_files (self, "file:///a%20folder\nsftp://host/b.png\n");
}

/* There is nothing else: it is for the caller to say so. */
static void
test_out_of_reach (Fixture *self, gconstpointer by_mouse)
{
  if (bring (self, by_mouse, offer_text (URI_LIST, "sftp://host/b.png\r\n")))
    assert_files (self, "sftp://host/b.png\n");
}

static GBytes *
make_png (void)
{
  const guint8 pixels[2 * 4] = { 255, 0, 0, 255, 0, 0, 255, 255 };
  g_autoptr (GBytes) bytes = g_bytes_new (pixels, sizeof pixels);
  g_autoptr (GdkTexture) texture =
    gdk_memory_texture_new (2, 1, GDK_MEMORY_R8G8B8A8, bytes, 8);

  return gdk_texture_save_to_png_bytes (texture);
}

/* The very bytes, and an address on the web beside them, as a browser offers it. */
static void
test_picture (Fixture *self, gconstpointer by_mouse)
{
  g_autoptr (GBytes) png = make_png ();
  GdkContentProvider *both[] = {
    offer_text (URI_LIST, "https://host/picture.png\r\n"),
    gdk_content_provider_new_for_bytes ("image/png", png),
    offer_text ("text/html", "<img src='https://host/picture.png'>"),
  };

  if (!bring (self, by_mouse, gdk_content_provider_new_union (both, G_N_ELEMENTS (both))))
    return;
  g_assert_no_error (self->error);
  g_assert_null (self->incoming.files);
  g_assert_true (g_bytes_equal (self->incoming.picture, png));
}

static void
test_texture (Fixture *self, gconstpointer by_mouse)
{
  g_autoptr (GBytes) png = make_png ();
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (png, NULL);
  g_autoptr (GdkTexture) found = NULL;
  guint8 pixels[2 * 4];

  if (!bring (self, by_mouse, gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture)))
    return;
  g_assert_no_error (self->error);
  g_assert_null (self->incoming.files);
  found = gdk_texture_new_from_bytes (self->incoming.picture, NULL);
  g_assert_nonnull (found);
  gdk_texture_download (found, pixels, 8);
  g_assert_cmpmem (pixels, 8, ((guint8[]){ 0, 0, 255, 255, 255, 0, 0, 255 }), 8);
}

static void
test_text (Fixture *self, gconstpointer by_mouse)
{
  if (bring (self, by_mouse,
             gdk_content_provider_new_typed (G_TYPE_STRING,
                                             " /a folder/b.png\nfile:///c%20d.png\n\n")))
    assert_files (self, "file:///a%20folder/b.png\nfile:///c%20d.png\n");
}

static void
assert_nothing (Fixture *self)
{
  g_assert_null (self->incoming.files);
  g_assert_null (self->incoming.picture);
  g_assert_nonnull (self->error);
}

static void
test_words (Fixture *self, gconstpointer by_mouse)
{
  if (bring (self, by_mouse,
             gdk_content_provider_new_typed (G_TYPE_STRING, "note: no path")))
    assert_nothing (self);
}

static void
test_web (Fixture *self, gconstpointer by_mouse)
{
  if (bring (self, by_mouse, offer_text (URI_LIST, "https://host/page.html\r\n")))
    assert_nothing (self);
}

/* What gives a picture without an end, or never begins. */

typedef struct
{
  GdkContentProvider parent_instance;
  gboolean begins;
} Endless;

typedef GdkContentProviderClass EndlessClass;

GType endless_get_type (void);

G_DEFINE_TYPE (Endless, endless, GDK_TYPE_CONTENT_PROVIDER)

#define MEGABYTE (1024 * 1024)

static GdkContentFormats *
endless_ref_formats (GdkContentProvider *provider)
{
  return gdk_content_formats_new ((const char *[]){ "image/png" }, 1);
}

static void
write_on (GTask *task, gpointer source, gpointer stream, GCancellable *cancellable)
{
  g_autofree char *zeros = g_malloc0 (MEGABYTE);

  while (g_output_stream_write_all (stream, zeros, MEGABYTE, NULL, NULL, NULL))
    ;
  g_task_return_boolean (task, TRUE);
}

static void
endless_write (GdkContentProvider *provider,
               const char *type,
               GOutputStream *stream,
               int priority,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (provider, NULL, callback, user_data);

  g_task_set_task_data (task, g_object_ref (stream), g_object_unref);
  if (((Endless *) provider)->begins)
    g_task_run_in_thread (task, write_on);
  else
    g_object_set_data_full (G_OBJECT (provider), "task", g_steal_pointer (&task),
                            g_object_unref);
}

static gboolean
endless_write_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
endless_class_init (EndlessClass *class)
{
  class->ref_formats = endless_ref_formats;
  class->write_mime_type_async = endless_write;
  class->write_mime_type_finish = endless_write_finish;
}

static void
endless_init (Endless *self)
{
}

static void
test_too_large (Fixture *self, gconstpointer by_mouse)
{
  Endless *endless = g_object_new (endless_get_type (), NULL);

  endless->begins = TRUE;
  paste (self, GDK_CONTENT_PROVIDER (endless));
  g_assert_null (self->incoming.picture);
  g_assert_error (self->error, FOC_ERROR, FOC_ERROR_IMAGE_TOO_LARGE);
  g_assert_cmpstr (self->error->message, ==,
                   "That is too large: a picture may have 256 MiB at most.");
}

static gboolean
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (Fixture *self, gconstpointer by_mouse)
{
  self->cancellable = g_cancellable_new ();
  g_timeout_add (200, cancel, self->cancellable);
  paste (self, g_object_new (endless_get_type (), NULL));
  g_assert_true (g_cancellable_is_cancelled (self->cancellable));
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (self->incoming.picture);
}

/* As the portal before 1.18, which knows no folders. */
static void
fail (GdkContentDeserializer *deserializer)
{
  g_autoptr (GError) error =
    g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no such key");

  gdk_content_deserializer_return_error (deserializer, g_steal_pointer (&error));
}

/* Offered by the portal, and as it is. */
static void
test_portal (Fixture *self, gconstpointer data)
{
  GdkContentProvider *both[] = { offer_text (PORTAL, "a key"),
                                 offer_text (URI_LIST, "file:///a%20folder\r\n") };

  if (drag (self, gdk_content_provider_new_union (both, 2)))
    assert_files (self, "file:///a%20folder\n");
}

/* The portal alone, which fails. */
static void
test_portal_only (Fixture *self, gconstpointer data)
{
  if (!drag (self, offer_text (PORTAL, "a key")))
    return;
  assert_nothing (self);
}

static void
test_no_files (Fixture *self, gconstpointer data)
{
  if (!drag (self, offer_text (URI_LIST, "# nothing\r\n")))
    return;
  assert_nothing (self);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  gdk_content_register_deserializer (PORTAL, GDK_TYPE_FILE_LIST, fail, NULL, NULL);

#define ADD(name, function, by_mouse)                                                    \
  g_test_add ("/incoming/" name, Fixture, GINT_TO_POINTER (by_mouse), set_up, function,  \
              tear_down)
#define ADD_BOTH(name, function)                                                         \
  ADD ("dropped/" name, function, TRUE);                                                 \
  ADD ("pasted/" name, function, FALSE)
  ADD_BOTH ("file-list", test_file_list);
  ADD_BOTH ("uri-list", test_uri_list);
  ADD_BOTH ("out-of-reach", test_out_of_reach);
  ADD_BOTH ("picture", test_picture);
  ADD_BOTH ("texture", test_texture);
  ADD_BOTH ("text", test_text);
  ADD_BOTH ("words", test_words);
  ADD_BOTH ("web", test_web);
  ADD ("pasted/too-large", test_too_large, FALSE);
  ADD ("pasted/cancel", test_cancel, FALSE);
  ADD ("dropped/portal", test_portal, TRUE);
  ADD ("dropped/portal-only", test_portal_only, TRUE);
  ADD ("dropped/no-files", test_no_files, TRUE);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-incoming.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define URI_LIST "text/uri-list"

/* More than any list of addresses that a person drops. */
#define MAX_BYTES (64 * 1024 * 1024)

/* The ways in which something may be offered, in the order in which they are tried. */
typedef enum
{
  WAY_NONE,
  WAY_FILES,
  WAY_ADDRESSES,
  WAY_BYTES,
  WAY_TEXTURE,
  WAY_TEXT,
  N_WAYS
} Way;

typedef struct
{
  GdkContentFormats *formats; /* that are offered, with what GTK makes of them */
  Way way;
  FocIncoming incoming; /* so far */
} Reading;

static void try_next (GTask *task);

void
foc_incoming_clear (FocIncoming *self)
{
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->picture, g_bytes_unref);
}

static void
incoming_free (gpointer data)
{
  foc_incoming_clear (data);
  g_free (data);
}

static void
reading_free (gpointer data)
{
  Reading *self = data;

  gdk_content_formats_unref (self->formats);
  foc_incoming_clear (&self->incoming);
  g_free (self);
}

/* What the decoders know: a program may offer a picture in others, too. */
static gboolean
is_picture_type (const char *type)
{
  g_autoptr (GSList) formats = gdk_pixbuf_get_formats ();

  for (GSList *l = formats; l != NULL; l = l->next)
    {
      g_auto (GStrv) types = gdk_pixbuf_format_get_mime_types (l->data);

      if (g_strv_contains ((const char *const *) types, type))
        return TRUE;
    }
  return FALSE;
}

/* The first of the source's own choice. */
static const char *
find_picture_type (GdkContentFormats *formats)
{
  const char *const *types = gdk_content_formats_get_mime_types (formats, NULL);

  for (; types != NULL && *types != NULL; types++)
    if (is_picture_type (*types))
      return *types;
  return NULL;
}

GdkContentFormats *
foc_incoming_get_formats (void)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();
  g_autoptr (GSList) formats = gdk_pixbuf_get_formats ();

  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_FILE_LIST);
  gdk_content_formats_builder_add_mime_type (builder, URI_LIST);
  for (GSList *l = formats; l != NULL; l = l->next)
    {
      g_auto (GStrv) types = gdk_pixbuf_format_get_mime_types (l->data);

      for (char **type = types; *type != NULL; type++)
        gdk_content_formats_builder_add_mime_type (builder, *type);
    }
  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_TEXTURE);
  gdk_content_formats_builder_add_gtype (builder, G_TYPE_STRING);
  return gdk_content_formats_union_deserialize_mime_types (
    gdk_content_formats_builder_free_to_formats (builder));
}

/* A drop and a clipboard are read alike. */

static GdkContentFormats *
get_formats (gpointer from)
{
  return GDK_IS_DROP (from) ? gdk_drop_get_formats (from)
                            : gdk_clipboard_get_formats (from);
}

static void
read_value (GTask *task, GType type, GAsyncReadyCallback callback)
{
  gpointer from = g_task_get_source_object (task);

  if (GDK_IS_DROP (from))
    gdk_drop_read_value_async (from, type, G_PRIORITY_DEFAULT, NULL, callback,
                               g_object_ref (task));
  else
    gdk_clipboard_read_value_async (from, type, G_PRIORITY_DEFAULT, NULL, callback,
                                    g_object_ref (task));
}

static const GValue *
finish_value (gpointer from, GAsyncResult *result)
{
  return GDK_IS_DROP (from) ? gdk_drop_read_value_finish (from, result, NULL)
                            : gdk_clipboard_read_value_finish (from, result, NULL);
}

static void
read_stream (GTask *task, const char *type, GAsyncReadyCallback callback)
{
  const char *types[] = { type, NULL };
  gpointer from = g_task_get_source_object (task);

  if (GDK_IS_DROP (from))
    gdk_drop_read_async (from, types, G_PRIORITY_DEFAULT, NULL, callback,
                         g_object_ref (task));
  else
    gdk_clipboard_read_async (from, types, G_PRIORITY_DEFAULT, NULL, callback,
                              g_object_ref (task));
}

static GInputStream *
finish_stream (gpointer from, GAsyncResult *result)
{
  return GDK_IS_DROP (from) ? gdk_drop_read_finish (from, result, NULL, NULL)
                            : gdk_clipboard_read_finish (from, result, NULL, NULL);
}

/* What was found */

static void
give (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);
  FocIncoming *incoming = g_new (FocIncoming, 1);

  *incoming = reading->incoming;
  reading->incoming = (FocIncoming){ 0 };
  g_task_return_pointer (task, incoming, incoming_free);
}

static void
give_picture (GTask *task, GBytes *picture)
{
  Reading *reading = g_task_get_task_data (task);

  foc_incoming_clear (&reading->incoming);
  reading->incoming.picture = picture;
  give (task);
}

/* Takes `files`. An address on the web is no file; what is out of reach by a path is named
 * in the end, if there is nothing else. */
static void
give_files (GTask *task, GPtrArray *files)
{
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GPtrArray) with_path = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) without = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < files->len; i++)
    {
      GFile *file = files->pdata[i];

      if (g_file_peek_path (file) != NULL)
        g_ptr_array_add (with_path, g_object_ref (file));
      else if (!g_file_has_uri_scheme (file, "http")
               && !g_file_has_uri_scheme (file, "https")
               && !g_file_has_uri_scheme (file, "data"))
        g_ptr_array_add (without, g_object_ref (file));
    }
  g_ptr_array_unref (files);

  if (with_path->len > 0)
    {
      g_clear_pointer (&reading->incoming.files, g_ptr_array_unref);
      reading->incoming.files = g_steal_pointer (&with_path);
      give (task);
      return;
    }
  if (without->len > 0 && reading->incoming.files == NULL)
    reading->incoming.files = g_steal_pointer (&without);
  try_next (task);
}

/* Files */

static void
on_file_list (GObject *from, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const GValue *value = finish_value (from, result);
  GPtrArray *files;

  if (value == NULL)
    {
      try_next (task);
      return;
    }

  files = g_ptr_array_new_with_free_func (g_object_unref);
  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    g_ptr_array_add (files, g_object_ref (l->data));
  give_files (task, files);
}

/* Streams: a list of addresses, or an encoded picture */

static void
on_bytes (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GOutputStream *stream = G_OUTPUT_STREAM (source);
  g_autoptr (GBytes) bytes = NULL;

  if (g_output_stream_splice_finish (stream, result, NULL) < 0)
    {
      try_next (task);
      return;
    }

  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  if (g_bytes_get_size (bytes) == 0)
    try_next (task);
  else if (reading->way == WAY_BYTES)
    give_picture (task, g_steal_pointer (&bytes));
  else
    {
      gsize length;
      const char *data = g_bytes_get_data (bytes, &length);
      g_autofree char *text = g_strndup (data, MIN (length, MAX_BYTES));
      g_auto (GStrv) uris = g_uri_list_extract_uris (text);
      GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

      for (char **uri = uris; *uri != NULL; uri++)
        g_ptr_array_add (files, g_file_new_for_uri (*uri));
      give_files (task, files);
    }
}

static void
on_stream (GObject *from, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GInputStream) stream = finish_stream (from, result);
  g_autoptr (GOutputStream) memory = NULL;

  if (stream == NULL)
    {
      try_next (task);
      return;
    }

  memory = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (
    memory, stream,
    G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
    G_PRIORITY_DEFAULT, NULL, on_bytes, g_steal_pointer (&task));
}

/* A texture, which is encoded again: a picture in memory is always treated alike. */

static void
encode (GTask *encoding, gpointer source, gpointer texture, GCancellable *cancellable)
{
  g_task_return_pointer (encoding, gdk_texture_save_to_png_bytes (texture),
                         (GDestroyNotify) g_bytes_unref);
}

static void
on_encoded (GObject *from, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GBytes *bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  if (bytes != NULL)
    give_picture (task, bytes);
  else
    try_next (task);
}

static void
on_texture (GObject *from, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const GValue *value = finish_value (from, result);
  g_autoptr (GTask) encoding = NULL;

  if (value == NULL)
    {
      try_next (task);
      return;
    }

  encoding = g_task_new (from, NULL, on_encoded, g_object_ref (task));
  g_task_set_task_data (encoding, g_value_dup_object (value), g_object_unref);
  g_task_run_in_thread (encoding, encode);
}

/* Text */

/* A path or the address of a file; NULL if it is neither. */
static GFile *
find_file (const char *line)
{
  g_autofree char *scheme = g_uri_parse_scheme (line);

  if (g_strcmp0 (scheme, "file") == 0)
    return g_file_new_for_uri (line);
  if (g_path_is_absolute (line))
    return g_file_new_for_path (line);
  if (g_str_has_prefix (line, "~/"))
    return g_file_new_build_filename (g_get_home_dir (), line + 2, NULL);
  return NULL;
}

static void
on_text (GObject *from, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const GValue *value = finish_value (from, result);
  const char *text = value != NULL ? g_value_get_string (value) : NULL;
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (char **line = lines; *line != NULL; line++)
    {
      GFile *file;

      if (*g_strstrip (*line) == '\0')
        continue;
      file = find_file (*line);
      if (file == NULL) /* words */
        {
          try_next (task);
          return;
        }
      g_ptr_array_add (files, file);
    }
  give_files (task, g_steal_pointer (&files));
}

/* The way that follows; its callback tries the next one where it leads to nothing. */
static void
try_next (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);
  GdkContentFormats *formats = reading->formats;
  const char *type = find_picture_type (get_formats (g_task_get_source_object (task)));

  while (++reading->way < N_WAYS)
    {
      if (reading->way == WAY_FILES
          && gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
        read_value (task, GDK_TYPE_FILE_LIST, on_file_list);
      else if (reading->way == WAY_ADDRESSES
               && gdk_content_formats_contain_mime_type (formats, URI_LIST))
        read_stream (task, URI_LIST, on_stream);
      else if (reading->way == WAY_BYTES && type != NULL)
        read_stream (task, type, on_stream);
      else if (reading->way == WAY_TEXTURE
               && gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
        read_value (task, GDK_TYPE_TEXTURE, on_texture);
      else if (reading->way == WAY_TEXT
               && gdk_content_formats_contain_gtype (formats, G_TYPE_STRING))
        read_value (task, G_TYPE_STRING, on_text);
      else
        continue;
      return;
    }

  if (reading->incoming.files != NULL)
    give (task);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "nothing");
}

void
foc_incoming_read_async (gpointer from, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (from, NULL, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  g_return_if_fail (GDK_IS_DROP (from) || GDK_IS_CLIPBOARD (from));

  reading->formats = gdk_content_formats_union_deserialize_gtypes (
    gdk_content_formats_ref (get_formats (from)));
  g_task_set_task_data (task, reading, reading_free);
  try_next (task);
}

gboolean
foc_incoming_read_finish (GAsyncResult *result, FocIncoming *incoming, GError **error)
{
  FocIncoming *found = g_task_propagate_pointer (G_TASK (result), error);

  *incoming = (FocIncoming){ 0 };
  if (found == NULL)
    return FALSE;
  *incoming = *found;
  g_free (found);
  return TRUE;
}

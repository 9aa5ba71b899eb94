/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-incoming-private.h"

#include "foc-error.h"
#include "foc-limits.h"

#include <glib/gi18n.h>

#define UTF_8_TEXT "text/plain;charset=utf-8"
#define TEXT "text/plain"

/* Bytes that are read at once. */
#define BLOCK (256 * 1024)

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
  GByteArray *bytes;    /* of the stream that is being read, so far */
  gboolean is_over;     /* it was cancelled or has its result, whatever comes */
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
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_free (self);
}

static gboolean
is_over (GTask *task)
{
  const Reading *reading = g_task_get_task_data (task);

  return reading->is_over;
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
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (GDK_IS_DROP (from))
    gdk_drop_read_value_async (from, type, G_PRIORITY_DEFAULT, cancellable, callback,
                               g_object_ref (task));
  else
    gdk_clipboard_read_value_async (from, type, G_PRIORITY_DEFAULT, cancellable, callback,
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
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (GDK_IS_DROP (from))
    gdk_drop_read_async (from, types, G_PRIORITY_DEFAULT, cancellable, callback,
                         g_object_ref (task));
  else
    gdk_clipboard_read_async (from, types, G_PRIORITY_DEFAULT, cancellable, callback,
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
  reading->is_over = TRUE;
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

/* Takes `files`. An address on the web is no file; where all that is left is out of reach by
 * a path, something else may be offered that is not. */
static void
give_files (GTask *task, GPtrArray *files)
{
  Reading *reading = g_task_get_task_data (task);
  gboolean has_path = FALSE;

  for (guint i = files->len; i > 0; i--)
    if (foc_incoming_is_on_web (files->pdata[i - 1]))
      g_ptr_array_remove_index (files, i - 1);
    else
      has_path |= g_file_peek_path (files->pdata[i - 1]) != NULL;

  if (files->len > 0 && (has_path || reading->incoming.files == NULL))
    {
      g_clear_pointer (&reading->incoming.files, g_ptr_array_unref);
      reading->incoming.files = g_ptr_array_ref (files);
    }
  g_ptr_array_unref (files);
  if (has_path)
    give (task);
  else
    try_next (task);
}

/* Files */

static void
on_file_list (GObject *from, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const GValue *value = finish_value (from, result);
  GPtrArray *files;

  if (is_over (task))
    return;
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

/* Streams: a list of addresses, an encoded picture, or text */

static void
take_bytes (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes =
    g_byte_array_free_to_bytes (g_steal_pointer (&reading->bytes));
  g_autofree char *text = NULL;
  GPtrArray *files;

  if (g_bytes_get_size (bytes) == 0)
    {
      try_next (task);
      return;
    }
  if (reading->way == WAY_BYTES)
    {
      give_picture (task, g_steal_pointer (&bytes));
      return;
    }

  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  files = reading->way == WAY_ADDRESSES ? foc_incoming_parse_addresses (text)
                                        : foc_incoming_parse_text (text);
  if (files != NULL)
    give_files (task, files);
  else
    try_next (task);
}

static void read_block (GInputStream *stream, GTask *task);

static void
on_block (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GInputStream *stream = G_INPUT_STREAM (source);
  g_autoptr (GBytes) block = g_input_stream_read_bytes_finish (stream, result, NULL);
  gsize length = block != NULL ? g_bytes_get_size (block) : 0;

  if (is_over (task))
    return;
  if (block == NULL)
    try_next (task);
  else if (length == 0)
    take_bytes (task);
  else if (reading->bytes->len + length > FOC_LIMIT_IMAGE_BYTES)
    {
      reading->is_over = TRUE;
      g_task_return_new_error (
        task, FOC_ERROR, FOC_ERROR_IMAGE_TOO_LARGE,
        _ ("That is too large: a picture may have %d MiB at most."),
        FOC_LIMIT_IMAGE_BYTES / (1024 * 1024));
    }
  else
    {
      g_byte_array_append (reading->bytes, g_bytes_get_data (block, NULL),
                           (guint) length);
      read_block (stream, task);
    }
}

static void
read_block (GInputStream *stream, GTask *task)
{
  g_input_stream_read_bytes_async (stream, BLOCK, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), on_block,
                                   g_object_ref (task));
}

static void
on_stream (GObject *from, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GInputStream) stream = finish_stream (from, result);

  if (is_over (task))
    return;
  if (stream == NULL)
    {
      try_next (task);
      return;
    }

  g_clear_pointer (&reading->bytes, g_byte_array_unref);
  reading->bytes = g_byte_array_new ();
  read_block (stream, task);
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
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  if (is_over (task))
    return;
  if (bytes != NULL)
    give_picture (task, g_steal_pointer (&bytes));
  else
    try_next (task);
}

static void
on_texture (GObject *from, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const GValue *value = finish_value (from, result);
  g_autoptr (GTask) encoding = NULL;

  if (is_over (task))
    return;
  if (value == NULL)
    {
      try_next (task);
      return;
    }

  encoding = g_task_new (from, NULL, on_encoded, g_object_ref (task));
  g_task_set_task_data (encoding, g_value_dup_object (value), g_object_unref);
  g_task_run_in_thread (encoding, encode);
}

/* The way that follows; its callback tries the next one where it leads to nothing. */
static void
try_next (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);
  GdkContentFormats *formats = reading->formats;
  const char *type =
    foc_incoming_find_picture_type (get_formats (g_task_get_source_object (task)));

  while (++reading->way < N_WAYS)
    {
      if (reading->way == WAY_FILES
          && gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
        read_value (task, GDK_TYPE_FILE_LIST, on_file_list);
      else if (reading->way == WAY_ADDRESSES
               && gdk_content_formats_contain_mime_type (formats, FOC_INCOMING_ADDRESSES))
        read_stream (task, FOC_INCOMING_ADDRESSES, on_stream);
      else if (reading->way == WAY_BYTES && type != NULL)
        read_stream (task, type, on_stream);
      else if (reading->way == WAY_TEXTURE
               && gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
        read_value (task, GDK_TYPE_TEXTURE, on_texture);
      else if (reading->way == WAY_TEXT
               && gdk_content_formats_contain_mime_type (formats, UTF_8_TEXT))
        read_stream (task, UTF_8_TEXT, on_stream);
      else if (reading->way == WAY_TEXT
               && gdk_content_formats_contain_mime_type (formats, TEXT))
        read_stream (task, TEXT, on_stream);
      else
        continue;
      return;
    }

  if (reading->incoming.files != NULL)
    {
      give (task);
      return;
    }
  reading->is_over = TRUE;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "nothing");
}

/* Nothing is waited for any more; whoever is still to give something may never do so. */
static void
on_cancelled (GCancellable *cancellable, GTask *task)
{
  Reading *reading = g_task_get_task_data (task);

  if (reading->is_over)
    return;

  reading->is_over = TRUE;
  g_task_return_error_if_cancelled (task);
}

void
foc_incoming_read_async (gpointer from,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (from, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  g_return_if_fail (GDK_IS_DROP (from) || GDK_IS_CLIPBOARD (from));

  reading->formats = gdk_content_formats_union_deserialize_gtypes (
    gdk_content_formats_ref (get_formats (from)));
  g_task_set_task_data (task, reading, reading_free);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled), task,
                             0);
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

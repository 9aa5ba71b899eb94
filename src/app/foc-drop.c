/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-drop.h"

#define URI_LIST "text/uri-list"

/* More than any list of addresses that a person drops. */
#define MAX_BYTES (64 * 1024 * 1024)

GdkContentFormats *
foc_drop_get_formats (void)
{
  return gdk_content_formats_union_deserialize_mime_types (
    gdk_content_formats_new_for_gtype (GDK_TYPE_FILE_LIST));
}

static void
return_files (GTask *task, GPtrArray *files)
{
  if (files->len > 0)
    g_task_return_pointer (task, files, (GDestroyNotify) g_ptr_array_unref);
  else
    {
      g_ptr_array_unref (files);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no files");
    }
}

static void
on_addresses_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GMemoryOutputStream *stream = G_MEMORY_OUTPUT_STREAM (source);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) uris = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (stream), result, &error) < 0)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  text = g_strndup (g_memory_output_stream_get_data (stream),
                    MIN (g_memory_output_stream_get_data_size (stream), MAX_BYTES));
  uris = g_uri_list_extract_uris (text);
  for (guint i = 0; uris[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_uri (uris[i]));
  return_files (task, g_steal_pointer (&files));
}

static void
on_addresses (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GOutputStream) memory = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream =
    gdk_drop_read_finish (GDK_DROP (source), result, NULL, &error);

  if (stream == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  memory = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (
    memory, stream,
    G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
    G_PRIORITY_DEFAULT, NULL, on_addresses_read, g_steal_pointer (&task));
}

static void
on_files (GObject *source, GAsyncResult *result, gpointer user_data)
{
  static const char *types[] = { URI_LIST, NULL };
  g_autoptr (GTask) task = user_data;
  GdkDrop *drop = GDK_DROP (source);
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_drop_read_value_finish (drop, result, &error);

  if (value != NULL)
    {
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

      for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
        g_ptr_array_add (files, g_object_ref (l->data));
      return_files (task, g_steal_pointer (&files));
    }
  else if (gdk_content_formats_contain_mime_type (gdk_drop_get_formats (drop), URI_LIST))
    gdk_drop_read_async (drop, types, G_PRIORITY_DEFAULT, NULL, on_addresses,
                         g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
foc_drop_read_files_async (GdkDrop *drop,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  gdk_drop_read_value_async (drop, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, on_files,
                             g_task_new (drop, NULL, callback, user_data));
}

GPtrArray *
foc_drop_read_files_finish (GdkDrop *drop, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, drop), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

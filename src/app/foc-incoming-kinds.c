/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-incoming-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

/* Types */

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
const char *
foc_incoming_find_picture_type (GdkContentFormats *formats)
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
  gdk_content_formats_builder_add_mime_type (builder, FOC_INCOMING_ADDRESSES);
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

GPtrArray *
foc_incoming_parse_text (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (char **line = lines; *line != NULL; line++)
    {
      GFile *file;

      if (*g_strstrip (*line) == '\0')
        continue;
      file = find_file (*line);
      if (file == NULL) /* words */
        return NULL;
      g_ptr_array_add (files, file);
    }
  return g_steal_pointer (&files);
}

GPtrArray *
foc_incoming_parse_addresses (const char *text)
{
  g_auto (GStrv) uris = g_uri_list_extract_uris (text);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (char **uri = uris; *uri != NULL; uri++)
    g_ptr_array_add (files, g_file_new_for_uri (*uri));
  return files;
}

gboolean
foc_incoming_is_on_web (GFile *file)
{
  return g_file_peek_path (file) == NULL
         && (g_file_has_uri_scheme (file, "http") || g_file_has_uri_scheme (file, "https")
             || g_file_has_uri_scheme (file, "data"));
}

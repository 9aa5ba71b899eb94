/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-thumbnail.h"

#include "foc-pixels.h"

/* From this size on it pays to look for a thumbnail of the desktop's. */
#define BIG_FILE (256 * 1024)

FocThumbnail *
foc_thumbnail_ref (FocThumbnail *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
foc_thumbnail_clear (FocThumbnail *self)
{
  g_clear_pointer (&self->pixels, g_bytes_unref);
}

void
foc_thumbnail_unref (FocThumbnail *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) foc_thumbnail_clear);
}

/* A valid thumbnail that the desktop keeps of a big file that is no JPEG, or NULL. */
static char *
find_on_desktop (const char *path, GCancellable *cancellable)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autofree char *lower = g_ascii_strdown (path, -1);

  if (g_str_has_suffix (lower, ".jpg") || g_str_has_suffix (lower, ".jpeg")
      || g_str_has_suffix (lower, ".jpe") || g_str_has_suffix (lower, ".jfif"))
    return NULL;

  file = g_file_new_for_path (path);
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                            cancellable, NULL);
  if (info == NULL || g_file_info_get_size (info) < BIG_FILE)
    return NULL;

  g_clear_object (&info);
  info = g_file_query_info (
    file, G_FILE_ATTRIBUTE_THUMBNAIL_PATH "," G_FILE_ATTRIBUTE_THUMBNAIL_IS_VALID,
    G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  if (info == NULL
      || !g_file_info_get_attribute_boolean (info, G_FILE_ATTRIBUTE_THUMBNAIL_IS_VALID))
    return NULL;

  return g_strdup (
    g_file_info_get_attribute_byte_string (info, G_FILE_ATTRIBUTE_THUMBNAIL_PATH));
}

static gboolean
load (const char *path,
      guint side,
      FocImage *image,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree char *ready = find_on_desktop (path, cancellable);

  if (ready != NULL && foc_image_load (ready, NULL, (int) side, image, cancellable, NULL))
    {
      if (image->region.width >= side)
        return TRUE;
      foc_image_clear (image);
    }
  return foc_image_load (path, NULL, (int) side, image, cancellable, error);
}

FocThumbnail *
foc_thumbnail_decode (const char *path,
                      guint side,
                      GCancellable *cancellable,
                      GError **error)
{
  g_auto (FocImage) image = { 0 };
  FocThumbnail *self;

  if (!load (path, side, &image, cancellable, error))
    return NULL;

  self = g_atomic_rc_box_new0 (FocThumbnail);
  self->side = side;
  self->pixels = foc_pixels_new (&image, (int) side, (int) side);
  return self;
}

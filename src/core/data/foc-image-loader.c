/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-image-loader.h"

#include "foc-error.h"
#include "foc-image-private.h"

/* How much is given to the loader before looking whether to go on. */
#define PIECE (64 * 1024)

typedef struct
{
  FocImageFormat format;
  GCancellable *cancellable;
  guint64 budget;
  int code;
  int bottom; /* the lowest row that was reported as decoded */
} Loading;

/* Up to gdk-pixbuf 2.42 this comes before any pixel is allocated, and a size of
 * nothing makes the loader give up. From 2.44 on another process decodes, which
 * has limits of its own, and this may come when all is done. */
static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  Loading *self = user_data;
  guint64 pixels = (guint64) MAX (width, 0) * (guint64) MAX (height, 0);

  if (self->code == 0 && (pixels == 0 || !foc_image_size_allowed (width, height)))
    self->code = FOC_ERROR_IMAGE_TOO_LARGE;
  /* More than once, where a file holds several pictures. */
  if (self->code == 0 && self->budget != 0 && pixels > self->budget)
    self->code = FOC_ERROR_IMAGE_FORMAT;

  if (self->code == 0 && self->budget == 0)
    {
      if (foc_image_budget_take (pixels, self->cancellable))
        self->budget = pixels;
      else
        self->code = FOC_IMAGE_CANCELLED;
    }

  if (self->code != 0)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

/* Up to 2.42 gdk-pixbuf decodes by itself, row by row, and says so. Later it
 * need not, and may announce a picture that is already finished. */
static gboolean
decodes_row_by_row (void)
{
  return gdk_pixbuf_major_version == 2 && gdk_pixbuf_minor_version <= 42;
}

/* Damaged files of these formats may leave pixels out. Whatever they held
 * before must not become part of a picture. */
static void
on_area_prepared (GdkPixbufLoader *loader, gpointer user_data)
{
  Loading *self = user_data;
  GdkPixbuf *pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);

  if (pixbuf != NULL && decodes_row_by_row ()
      && (self->format == FOC_IMAGE_FORMAT_PNG || self->format == FOC_IMAGE_FORMAT_BMP))
    gdk_pixbuf_fill (pixbuf, 0xffffffff);
}

static void
on_area_updated (GdkPixbufLoader *loader,
                 int x,
                 int y,
                 int width,
                 int height,
                 gpointer user_data)
{
  Loading *self = user_data;

  self->bottom = MAX (self->bottom, y + height);
}

static int
code_from_error (const GError *error)
{
  if (error->domain != GDK_PIXBUF_ERROR)
    return FOC_ERROR_IMAGE_DAMAGED;

  switch (error->code)
    {
    case GDK_PIXBUF_ERROR_UNKNOWN_TYPE:
    case GDK_PIXBUF_ERROR_UNSUPPORTED_OPERATION:
      return FOC_ERROR_IMAGE_FORMAT;
    case GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY:
      return FOC_ERROR_IMAGE_TOO_LARGE;
    case GDK_PIXBUF_ERROR_INCOMPLETE_ANIMATION:
      return FOC_ERROR_IMAGE_TRUNCATED;
    default:
      return FOC_ERROR_IMAGE_DAMAGED;
    }
}

static void
feed (GdkPixbufLoader *loader, Loading *self, const guint8 *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  gboolean alive = TRUE;

  for (gsize done = 0; alive && self->code == 0 && done < length;)
    {
      gsize piece = MIN (length - done, PIECE);

      alive = gdk_pixbuf_loader_write (loader, data + done, piece, &error);
      done += piece;
      if (self->code == 0 && g_cancellable_is_cancelled (self->cancellable))
        self->code = FOC_IMAGE_CANCELLED;
    }

  /* A loader must be closed whatever happened; after a failure it has nothing
   * more to say. */
  if (!alive || self->code != 0)
    gdk_pixbuf_loader_close (loader, NULL);
  else
    alive = gdk_pixbuf_loader_close (loader, &error);

  if (!alive && self->code == 0)
    self->code = error != NULL ? code_from_error (error) : FOC_ERROR_IMAGE_DAMAGED;
}

static int
take_result (GdkPixbufLoader *loader,
             const Loading *self,
             const FocRectangle *region,
             FocImage *image)
{
  GdkPixbufFormat *format = gdk_pixbuf_loader_get_format (loader);
  GdkPixbuf *pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  int channels;

  if (format != NULL && gdk_pixbuf_format_is_scalable (format))
    return FOC_ERROR_IMAGE_FORMAT;
  if (pixbuf == NULL)
    return FOC_ERROR_IMAGE_DAMAGED;
  if (!foc_image_size_allowed (gdk_pixbuf_get_width (pixbuf),
                               gdk_pixbuf_get_height (pixbuf)))
    return FOC_ERROR_IMAGE_TOO_LARGE;
  channels = gdk_pixbuf_get_n_channels (pixbuf);
  if (gdk_pixbuf_get_colorspace (pixbuf) != GDK_COLORSPACE_RGB
      || gdk_pixbuf_get_bits_per_sample (pixbuf) != 8
      || channels != (gdk_pixbuf_get_has_alpha (pixbuf) ? 4 : 3))
    return FOC_ERROR_IMAGE_FORMAT;
  if (self->format == FOC_IMAGE_FORMAT_PNG
      && self->bottom < gdk_pixbuf_get_height (pixbuf))
    return FOC_ERROR_IMAGE_DAMAGED;

  image->pixbuf = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  if (image->pixbuf == NULL)
    return FOC_ERROR_IMAGE_TOO_LARGE;
  image->full_width = gdk_pixbuf_get_width (image->pixbuf);
  image->full_height = gdk_pixbuf_get_height (image->pixbuf);
  foc_image_choose_region (region, image->full_width, image->full_height, &image->region);

  return 0;
}

int
foc_image_loader_decode (FocImageFormat format,
                         const guint8 *data,
                         gsize length,
                         const FocRectangle *region,
                         FocImage *image,
                         GCancellable *cancellable)
{
  Loading self = { .format = format, .cancellable = cancellable };
  g_autoptr (GdkPixbufLoader) loader = NULL;

  self.code = foc_image_header_check (format, data, length);
  if (self.code != 0)
    return self.code;

  loader = gdk_pixbuf_loader_new ();
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &self);
  g_signal_connect (loader, "area-prepared", G_CALLBACK (on_area_prepared), &self);
  g_signal_connect (loader, "area-updated", G_CALLBACK (on_area_updated), &self);

  feed (loader, &self, data, length);
  if (self.code == 0)
    self.code = take_result (loader, &self, region, image);
  foc_image_budget_return (self.budget);

  return self.code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-shown-picture.h"

#include "foc-limits.h"
#include "foc-pixels.h"

#include <math.h>

/* Features are made of the smallest level that has as many pixels a side for them. */
#define LEVEL_SIDE 192

static void
add_levels (FocShownPicture *self, const FocImage *image, int width, int height)
{
  g_autoptr (GBytes) pixels = foc_pixels_new (image, width, height);
  GdkPixbuf *level = gdk_pixbuf_new_from_bytes (pixels, GDK_COLORSPACE_RGB, TRUE, 8,
                                                width, height, width * 4);

  self->levels = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->levels, level);
  while (MIN (width, height) >= 2 * LEVEL_SIDE)
    {
      width /= 2;
      height /= 2;
      level = gdk_pixbuf_scale_simple (level, width, height, GDK_INTERP_BILINEAR);
      if (level == NULL) /* no memory: it goes without */
        break;
      g_ptr_array_add (self->levels, level);
    }
}

FocShownPicture *
foc_shown_picture_load (FocSource *source, GCancellable *cancellable, GError **error)
{
  const FocRectangle everything = { 0, 0, FOC_LIMIT_IMAGE_SIDE, FOC_LIMIT_IMAGE_SIDE };
  g_autoptr (FocSource) held = foc_source_read (source, cancellable, error);
  g_auto (FocImage) image = { 0 };
  g_autoptr (FocShownPicture) self = g_new0 (FocShownPicture, 1);
  double scale;

  if (held == NULL
      || !foc_source_load (held, &everything, FOC_SHOWN_PICTURE_MAX / 2, &image,
                           cancellable, error))
    return NULL;

  scale = FOC_SHOWN_PICTURE_MAX / MAX (image.region.width, image.region.height);
  scale = MIN (scale, 1);
  self->full_width = image.full_width;
  self->full_height = image.full_height;
  add_levels (self, &image, MAX ((int) lround (image.region.width * scale), 1),
              MAX ((int) lround (image.region.height * scale), 1));

  foc_image_choose_region (NULL, image.full_width, image.full_height, &self->square);
  if (image.is_whole)
    {
      image.region = self->square;
      foc_preprocess_image (&image, self->features);
    }
  else if (!foc_source_preprocess (held, NULL, self->features, cancellable, error))
    return NULL;

  self->source = g_steal_pointer (&held);
  return g_steal_pointer (&self);
}

void
foc_shown_picture_free (FocShownPicture *self)
{
  g_clear_pointer (&self->source, foc_source_unref);
  g_clear_pointer (&self->levels, g_ptr_array_unref);
  g_free (self);
}

void
foc_shown_picture_preprocess (const FocShownPicture *self,
                              const FocRectangle *square,
                              guint8 features[FOC_N_FEATURES])
{
  FocImage image = { 0 };
  double scale_x, scale_y;

  for (guint i = self->levels->len; i-- > 0;)
    {
      /* An odd number of pixels is not halved: the two scales may differ. */
      image.pixbuf = self->levels->pdata[i];
      scale_x = (double) gdk_pixbuf_get_width (image.pixbuf) / self->full_width;
      scale_y = (double) gdk_pixbuf_get_height (image.pixbuf) / self->full_height;
      image.region = (FocRectangle){ square->x * scale_x, square->y * scale_y,
                                     square->width * scale_x, square->height * scale_y };
      if (MIN (image.region.width, image.region.height) >= LEVEL_SIDE)
        break;
    }
  foc_preprocess_image (&image, features);

  for (guint8 *pixel = features; pixel < features + FOC_N_FEATURES; pixel += 3)
    {
      guint8 blue = pixel[0];

      pixel[0] = pixel[2];
      pixel[2] = blue;
    }
}

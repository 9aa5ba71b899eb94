/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-source.h"

#include "foc-text.h"

struct _FocSource
{
  char *path;    /* or NULL */
  char *name;    /* to be shown */
  GBytes *bytes; /* NULL: they are in the file */
};

static FocSource *
source_new (const char *path, GBytes *bytes, const char *name)
{
  FocSource *self = g_atomic_rc_box_new0 (FocSource);

  self->path = g_strdup (path);
  self->bytes = bytes;
  self->name = foc_text_escape (name);
  return self;
}

FocSource *
foc_source_new_for_path (const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  return source_new (path, NULL, name);
}

FocSource *
foc_source_new_for_bytes (GBytes *bytes, const char *name)
{
  return source_new (NULL, g_bytes_ref (bytes), name);
}

FocSource *
foc_source_ref (FocSource *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
source_clear (gpointer data)
{
  FocSource *self = data;

  g_free (self->path);
  g_free (self->name);
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

void
foc_source_unref (FocSource *self)
{
  g_atomic_rc_box_release_full (self, source_clear);
}

const char *
foc_source_get_path (const FocSource *self)
{
  return self->path;
}

const char *
foc_source_get_name (const FocSource *self)
{
  return self->name;
}

FocSource *
foc_source_read (FocSource *self, GCancellable *cancellable, GError **error)
{
  GBytes *bytes;

  if (self->bytes != NULL)
    return foc_source_ref (self);

  bytes = foc_image_read (self->path, cancellable, error);
  return bytes != NULL ? source_new (self->path, bytes, self->name) : NULL;
}

gboolean
foc_source_load (const FocSource *self,
                 const FocRectangle *region,
                 int min_side,
                 FocImage *image,
                 GCancellable *cancellable,
                 GError **error)
{
  const char *name = self->path != NULL ? self->path : self->name;

  if (self->bytes == NULL)
    return foc_image_load (self->path, region, min_side, image, cancellable, error);
  return foc_image_load_bytes (self->bytes, name, region, min_side, image, cancellable,
                               error);
}

gboolean
foc_source_preprocess (const FocSource *self,
                       const FocRectangle *region,
                       guint8 features[FOC_N_FEATURES],
                       GCancellable *cancellable,
                       GError **error)
{
  g_auto (FocImage) image = { 0 };

  if (!foc_source_load (self, region, FOC_PREPROCESS_MIN_SIDE, &image, cancellable,
                        error))
    return FALSE;

  foc_preprocess_image (&image, features);
  return TRUE;
}

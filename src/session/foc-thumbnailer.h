/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

/* Thumbnails: the centred largest square of a picture, which is what the network sees of
 * it, scaled to `side` x `side` pixels. They are decoded by a small pool of threads of
 * their own, the newest request first, so that what is on the screen now comes before
 * what was scrolled past; a request that is cancelled before its turn costs nothing.
 * The latest of them stay in memory, up to a limit in bytes.
 *
 * Main thread only, but for foc_thumbnail_ref() and _unref(). */

#define FOC_TYPE_THUMBNAILER (foc_thumbnailer_get_type ())

G_DECLARE_FINAL_TYPE (FocThumbnailer, foc_thumbnailer, FOC, THUMBNAILER, GObject)

/* side x side pixels, each 4 bytes B G R A of memory order, opaque: immutable. */
typedef struct
{
  guint side;
  GBytes *pixels; /* owned */
} FocThumbnail;

FocThumbnail *foc_thumbnail_ref (FocThumbnail *self);
void foc_thumbnail_unref (FocThumbnail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocThumbnail, foc_thumbnail_unref)

FocThumbnailer *foc_thumbnailer_new (guint n_threads, gsize max_bytes);

/* What is in memory; NULL if it must be decoded. `mtime` tells versions of a file apart.
 * The caller gets a reference. */
FocThumbnail *
foc_thumbnailer_lookup (FocThumbnailer *self, const char *path, gint64 mtime, guint side);

void foc_thumbnailer_load_async (FocThumbnailer *self,
                                 const char *path,
                                 gint64 mtime,
                                 guint side,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/* Errors are those of foc_image_load(). */
FocThumbnail *
foc_thumbnailer_load_finish (FocThumbnailer *self, GAsyncResult *result, GError **error);

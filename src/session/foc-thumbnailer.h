/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

/* Thumbnails: the centred largest square of a picture, which is what the network sees of
 * it, scaled to `side` x `side` pixels. They are decoded by a small pool of threads of
 * their own, which run at a lower priority than the window's and at a higher one than
 * those of a FocJob. What is on the screen comes before what may come next, and of each
 * the newest request comes first. Requests for the same thumbnail share one decoding, and
 * one that is cancelled before its turn costs nothing. The latest thumbnails stay in
 * memory, up to a limit in bytes.
 *
 * Nothing is written to the disk: it would save a window of big JPEGs 25 ms, and cost one
 * of small ones time (HACKING.md has the figures). Of other big files a valid thumbnail of
 * the desktop's is taken, where there is one that is large enough.
 *
 * Main thread only, but for foc_thumbnail_ref() and _unref(). */

#define FOC_TYPE_THUMBNAILER (foc_thumbnailer_get_type ())

G_DECLARE_FINAL_TYPE (FocThumbnailer, foc_thumbnailer, FOC, THUMBNAILER, GObject)

#define FOC_THUMBNAIL_SIDE_MAX 1024

/* side x side pixels, each 4 bytes B G R A of memory order, opaque: immutable. */
typedef struct
{
  guint side;
  GBytes *pixels; /* owned */
} FocThumbnail;

FocThumbnail *foc_thumbnail_ref (FocThumbnail *self);
void foc_thumbnail_unref (FocThumbnail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocThumbnail, foc_thumbnail_unref)

typedef enum
{
  FOC_THUMBNAIL_SOON, /* near what is on the screen */
  FOC_THUMBNAIL_NOW,  /* on the screen              */
} FocThumbnailUrgency;

typedef struct _FocThumbnailRequest FocThumbnailRequest;

/* How a request ends, in the main context that the thumbnailer was made in: either of
 * `thumbnail` and `error` is NULL; both belong to the caller of this function. The
 * request is no more. Errors are those of foc_image_load(). */
typedef void (*FocThumbnailFunc) (FocThumbnail *thumbnail,
                                  const GError *error,
                                  gpointer user_data);

/* The threads start with the first request. */
FocThumbnailer *foc_thumbnailer_new (guint n_threads, gsize max_bytes);

/* What is in memory; NULL if it must be decoded. `mtime` tells versions of a file apart.
 * The caller gets a reference. */
FocThumbnail *
foc_thumbnailer_lookup (FocThumbnailer *self, const char *path, gint64 mtime, guint side);

/* Asks for a thumbnail of 1 ... FOC_THUMBNAIL_SIDE_MAX pixels a side. `func` is called
 * once, later, from the main loop; never if the request is cancelled, or the thumbnailer
 * is disposed of before. What is returned is for cancelling only, and belongs to the
 * thumbnailer. */
FocThumbnailRequest *foc_thumbnailer_request (FocThumbnailer *self,
                                              const char *path,
                                              gint64 mtime,
                                              guint side,
                                              FocThumbnailUrgency urgency,
                                              FocThumbnailFunc func,
                                              gpointer user_data);

/* Only before `func` was called, and while the thumbnailer lives. */
void foc_thumbnailer_cancel (FocThumbnailer *self, FocThumbnailRequest *request);

/* How many thumbnails were decoded, and the bytes of those in memory now: for tests and
 * measurements. */
guint64 foc_thumbnailer_get_n_decoded (FocThumbnailer *self);
gsize foc_thumbnailer_get_n_bytes (FocThumbnailer *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-thumbnailer.h"

/* The thumbnails that were used last, up to a number of bytes. Main thread only. */

/* Which one. */
typedef struct
{
  char *path;
  gint64 mtime; /* of the file: tells its versions apart */
  guint side;   /* pixels                                 */
} FocThumbnailKey;

guint foc_thumbnail_key_hash (gconstpointer key);
gboolean foc_thumbnail_key_equal (gconstpointer a, gconstpointer b);
/* With a path of its own, for g_free(). */
FocThumbnailKey foc_thumbnail_key_copy (const FocThumbnailKey *key);

typedef struct _FocThumbnailCache FocThumbnailCache;

FocThumbnailCache *foc_thumbnail_cache_new (gsize max_bytes);
void foc_thumbnail_cache_free (FocThumbnailCache *self);

/* A reference to it, or NULL. */
FocThumbnail *foc_thumbnail_cache_lookup (FocThumbnailCache *self,
                                          const FocThumbnailKey *key);

/* Keeps it, and forgets those that were not used for longest where there is no room. */
void foc_thumbnail_cache_keep (FocThumbnailCache *self,
                               const FocThumbnailKey *key,
                               FocThumbnail *thumbnail);

gsize foc_thumbnail_cache_get_n_bytes (const FocThumbnailCache *self);

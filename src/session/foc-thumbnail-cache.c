/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-thumbnail-cache.h"

typedef struct
{
  FocThumbnailKey key;
  GList link;
  FocThumbnail *thumbnail;
} Entry;

struct _FocThumbnailCache
{
  GHashTable *entries; /* key in Entry -> Entry          */
  GQueue by_use;       /* Entry; the latest at the head  */
  gsize n_bytes;
  gsize max_bytes;
};

guint
foc_thumbnail_key_hash (gconstpointer data)
{
  const FocThumbnailKey *key = data;

  return g_str_hash (key->path) ^ g_int64_hash (&key->mtime) ^ key->side;
}

gboolean
foc_thumbnail_key_equal (gconstpointer a, gconstpointer b)
{
  const FocThumbnailKey *one = a;
  const FocThumbnailKey *other = b;

  return one->mtime == other->mtime && one->side == other->side
         && g_str_equal (one->path, other->path);
}

FocThumbnailKey
foc_thumbnail_key_copy (const FocThumbnailKey *key)
{
  return (FocThumbnailKey){ g_strdup (key->path), key->mtime, key->side };
}

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_free (self->key.path);
  foc_thumbnail_unref (self->thumbnail);
  g_free (self);
}

FocThumbnailCache *
foc_thumbnail_cache_new (gsize max_bytes)
{
  FocThumbnailCache *self = g_new0 (FocThumbnailCache, 1);

  self->entries = g_hash_table_new_full (foc_thumbnail_key_hash, foc_thumbnail_key_equal,
                                         NULL, entry_free);
  self->max_bytes = max_bytes;
  return self;
}

void
foc_thumbnail_cache_free (FocThumbnailCache *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

FocThumbnail *
foc_thumbnail_cache_lookup (FocThumbnailCache *self, const FocThumbnailKey *key)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry == NULL)
    return NULL;

  g_queue_unlink (&self->by_use, &entry->link);
  g_queue_push_head_link (&self->by_use, &entry->link);
  return foc_thumbnail_ref (entry->thumbnail);
}

static void
forget_oldest (FocThumbnailCache *self)
{
  Entry *entry = g_queue_pop_tail_link (&self->by_use)->data;

  self->n_bytes -= g_bytes_get_size (entry->thumbnail->pixels);
  g_hash_table_remove (self->entries, &entry->key);
}

void
foc_thumbnail_cache_keep (FocThumbnailCache *self,
                          const FocThumbnailKey *key,
                          FocThumbnail *thumbnail)
{
  Entry *entry;

  if (g_hash_table_contains (self->entries, key))
    return;

  entry = g_new0 (Entry, 1);
  entry->key = foc_thumbnail_key_copy (key);
  entry->link.data = entry;
  entry->thumbnail = foc_thumbnail_ref (thumbnail);
  g_hash_table_insert (self->entries, &entry->key, entry);
  g_queue_push_head_link (&self->by_use, &entry->link);
  self->n_bytes += g_bytes_get_size (thumbnail->pixels);

  while (self->n_bytes > self->max_bytes && self->by_use.length > 0)
    forget_oldest (self);
}

gsize
foc_thumbnail_cache_get_n_bytes (const FocThumbnailCache *self)
{
  return self->n_bytes;
}

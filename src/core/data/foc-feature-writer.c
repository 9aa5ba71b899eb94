/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-feature-store-private.h"

#include "foc-file.h"

#include <errno.h>
#include <string.h>

struct _FocFeatureWriter
{
  FocFileWriter *file;
  char *path;
  FocFeatureHeader header;
};

FocFeatureWriter *
foc_feature_writer_new (const char *path,
                        const guint8 key[FOC_FEATURE_KEY_BYTES],
                        guint32 n_rows,
                        guint n_classes,
                        GError **error)
{
  FocFileWriter *file =
    foc_file_writer_new (path, foc_feature_row_offset (n_rows, n_rows), error);
  FocFeatureWriter *self;

  if (file == NULL)
    return NULL;

  self = g_new0 (FocFeatureWriter, 1);
  self->file = file;
  self->path = g_strdup (path);
  self->header = (FocFeatureHeader){
    .byte_order = FOC_FEATURE_BYTE_ORDER,
    .version = FOC_FEATURE_VERSION,
    .n_rows = n_rows,
    .n_classes = n_classes,
    .n_features = FOC_N_FEATURES,
  };
  memcpy (self->header.magic, FOC_FEATURE_MAGIC, sizeof self->header.magic);
  memcpy (self->header.key, key, FOC_FEATURE_KEY_BYTES);

  return self;
}

void
foc_feature_writer_free (FocFeatureWriter *self)
{
  foc_file_writer_free (self->file);
  g_free (self->path);
  g_free (self);
}

gboolean
foc_feature_writer_write (FocFeatureWriter *self,
                          guint32 row,
                          const FocFeatureEntry *entry,
                          const guint8 *features,
                          GError **error)
{
  FocFeatureRow record = { 0 };

  g_return_val_if_fail (row < self->header.n_rows, FALSE);

  if (entry->status == 0)
    memcpy (record.features, features, FOC_N_FEATURES);
  record.hash = foc_hash (record.features, FOC_N_FEATURES, row);

  return foc_file_writer_write_at (self->file, foc_feature_entry_offset (row), entry,
                                   sizeof *entry, error)
         && foc_file_writer_write_at (self->file,
                                      foc_feature_row_offset (self->header.n_rows, row),
                                      &record, sizeof record, error);
}

/* The sum over the entries, and the digest over the features, of what is in the
 * file by now. */
static gboolean
read_back (FocFeatureWriter *self,
           GChecksum *digest,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree FocFeatureEntry *entries = g_new (FocFeatureEntry, FOC_FEATURE_CHUNK);
  g_autofree FocFeatureRow *rows = g_new (FocFeatureRow, FOC_FEATURE_CHUNK);
  int fd = foc_file_writer_get_descriptor (self->file);
  guint32 n_rows = self->header.n_rows;

  self->header.entries_hash = FOC_FEATURE_VERSION;
  for (guint32 first = 0; first < n_rows; first += FOC_FEATURE_CHUNK)
    {
      guint32 n = MIN (FOC_FEATURE_CHUNK, n_rows - first);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!foc_file_read_at (fd, foc_feature_entry_offset (first), entries,
                             n * sizeof *entries)
          || !foc_file_read_at (fd, foc_feature_row_offset (n_rows, first), rows,
                                n * sizeof *rows))
        {
          foc_feature_set_read_error (error, self->path, errno);
          return FALSE;
        }

      self->header.entries_hash =
        foc_hash (entries, n * sizeof *entries, self->header.entries_hash);
      for (guint32 i = 0; i < n; i++)
        {
          guint8 readable = entries[i].status == 0;

          g_checksum_update (digest, &readable, 1);
          g_checksum_update (digest, rows[i].features, FOC_N_FEATURES);
        }
    }

  return TRUE;
}

FocFeatureStore *
foc_feature_writer_commit (FocFeatureWriter *self,
                           GChecksum *digest,
                           GCancellable *cancellable,
                           GError **error)
{
  gsize digest_length = sizeof self->header.digest;
  int fd;

  if (!read_back (self, digest, cancellable, error))
    return NULL;

  g_checksum_get_digest (digest, self->header.digest, &digest_length);
  self->header.header_hash = foc_feature_hash_header (&self->header);

  if (!foc_file_writer_write_at (self->file, 0, &self->header, sizeof self->header,
                                 error))
    return NULL;
  fd = foc_file_writer_commit (self->file, error);
  if (fd < 0)
    return NULL;

  return foc_feature_store_open_descriptor (
    fd, foc_feature_row_offset (self->header.n_rows, self->header.n_rows), self->path,
    NULL, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-feature-store.h"

#include "foc-error.h"
#include "foc-limits.h"
#include "foc-preprocess.h"
#include "foc-rng.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAGIC "FOCFEATS"
#define BYTE_ORDER_MARK 0x01020304u
#define VERSION 1

typedef struct
{
  char magic[8];
  guint32 byte_order;
  guint32 version;
  guint32 n_rows;
  guint32 n_classes;
  guint32 n_features;
  guint32 reserved1;
  guint8 key[FOC_FEATURE_KEY_BYTES];
  guint8 digest[32];
  guint64 reserved2;
  guint64 entries_hash;
  guint64 reserved3;
  guint64 header_hash; /* of all that stands before it */
} Header;

typedef struct
{
  guint8 features[FOC_N_FEATURES];
  guint64 hash; /* of the features, seeded with the number of the row */
} Row;

G_STATIC_ASSERT (sizeof (Header) == 128);
G_STATIC_ASSERT (sizeof (FocFeatureEntry) == 32);
G_STATIC_ASSERT (sizeof (Row) == FOC_N_FEATURES + 8);

/* Entries that are read or written at once. */
#define CHUNK 2048

struct _FocFeatureStore
{
  gatomicrefcount ref_count;
  int fd;
  char *path; /* NULL for a temporary one */
  guint32 n_rows;
  guint n_classes;
  guint16 *labels;
  guint8 *status;
  char digest[65];
};

static guint64
entry_offset (guint32 row)
{
  return sizeof (Header) + (guint64) row * sizeof (FocFeatureEntry);
}

static guint64
row_offset (guint32 n_rows, guint32 row)
{
  return entry_offset (n_rows) + (guint64) row * sizeof (Row);
}

static guint64
hash_header (const Header *header)
{
  return foc_hash (header, G_STRUCT_OFFSET (Header, header_hash), VERSION);
}

/* What is the matter with a store: `reason` is a translated clause. */
static void
set_damaged (GError **error, const char *path, const char *reason)
{
  g_autofree char *name = g_filename_display_name (path != NULL ? path : "");

  g_set_error (error, FOC_ERROR, FOC_ERROR_STORE,
               /* Translators: a file name, then what is wrong with it. */
               _ ("The feature store “%s” cannot be used: %s."), name, reason);
}

static void
set_read_error (GError **error, const char *path)
{
  if (errno != 0)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                 _ ("The feature store could not be read: %s."), g_strerror (errno));
  else
    set_damaged (error, path, _ ("it ends too early"));
}

/* Header and length; labels and status are read later. */
static const char *
check_header (const Header *header, guint64 size, const guint8 *key)
{
  if (memcmp (header->magic, MAGIC, sizeof header->magic) != 0)
    return _ ("it is no feature store");
  if (header->byte_order != BYTE_ORDER_MARK)
    return _ ("it was made on a machine of another byte order");
  if (header->version != VERSION)
    return _ ("it was made by another version of this program");
  if (header->header_hash != hash_header (header) || header->n_features != FOC_N_FEATURES
      || header->n_rows > FOC_LIMIT_ROWS || header->n_classes > FOC_LIMIT_CLASSES)
    return _ ("its header is damaged");
  if (size != row_offset (header->n_rows, header->n_rows))
    return _ ("it has not the length that it should have");
  if (key != NULL && memcmp (header->key, key, FOC_FEATURE_KEY_BYTES) != 0)
    return _ ("it belongs to another data set");

  return NULL;
}

static gboolean
load_entries (FocFeatureStore *self, guint64 expected_hash, GError **error)
{
  g_autofree FocFeatureEntry *entries = g_new (FocFeatureEntry, CHUNK);
  guint64 hash = VERSION;
  gboolean valid = TRUE;

  for (guint32 first = 0; first < self->n_rows; first += CHUNK)
    {
      guint32 n = MIN (CHUNK, self->n_rows - first);

      if (!foc_feature_store_read_entries (self, first, n, entries, error))
        return FALSE;

      hash = foc_hash (entries, n * sizeof *entries, hash);
      for (guint32 i = 0; i < n; i++)
        {
          self->labels[first + i] = entries[i].label;
          self->status[first + i] = entries[i].status;
          valid = valid && entries[i].label < self->n_classes;
        }
    }

  if (hash == expected_hash && valid)
    return TRUE;

  set_damaged (error, self->path, _ ("its table is damaged"));
  return FALSE;
}

/* Takes `fd` over, whatever becomes of it. */
static FocFeatureStore *
open_descriptor (int fd,
                 guint64 size,
                 const char *path,
                 const guint8 *key,
                 GError **error)
{
  g_autoptr (FocFeatureStore) self = g_new0 (FocFeatureStore, 1);
  const char *problem;
  Header header;

  g_atomic_ref_count_init (&self->ref_count);
  self->fd = fd;
  self->path = g_strdup (path);

  if (!foc_file_read_at (fd, 0, &header, sizeof header))
    {
      set_read_error (error, path);
      return NULL;
    }

  problem = check_header (&header, size, key);
  if (problem != NULL)
    {
      set_damaged (error, path, problem);
      return NULL;
    }

  self->n_rows = header.n_rows;
  self->n_classes = header.n_classes;
  self->labels = g_new (guint16, self->n_rows);
  self->status = g_new (guint8, self->n_rows);
  for (guint i = 0; i < sizeof header.digest; i++)
    g_snprintf (self->digest + 2 * i, 3, "%02x", header.digest[i]);

  if (!load_entries (self, header.entries_hash, error))
    return NULL;

  /* Rows are read in a shuffled order: reading ahead would be in vain. */
  posix_fadvise (fd, 0, 0, POSIX_FADV_RANDOM);

  return g_steal_pointer (&self);
}

FocFeatureStore *
foc_feature_store_open (const char *path, const guint8 *key, GError **error)
{
  guint64 size;
  int fd = foc_file_open (path, &size);

  if (fd < 0)
    {
      int saved_errno = errno;
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
                   _ ("The feature store “%s” could not be opened: %s."), name,
                   g_strerror (saved_errno));
      return NULL;
    }

  return open_descriptor (fd, size, path, key, error);
}

FocFeatureStore *
foc_feature_store_ref (FocFeatureStore *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
foc_feature_store_unref (FocFeatureStore *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  close (self->fd);
  g_free (self->path);
  g_free (self->labels);
  g_free (self->status);
  g_free (self);
}

guint32
foc_feature_store_get_n_rows (const FocFeatureStore *self)
{
  return self->n_rows;
}

guint
foc_feature_store_get_n_classes (const FocFeatureStore *self)
{
  return self->n_classes;
}

const guint16 *
foc_feature_store_get_labels (const FocFeatureStore *self)
{
  return self->labels;
}

const guint8 *
foc_feature_store_get_status (const FocFeatureStore *self)
{
  return self->status;
}

const char *
foc_feature_store_get_digest (const FocFeatureStore *self)
{
  return self->digest;
}

gboolean
foc_feature_store_read_entries (FocFeatureStore *self,
                                guint32 first,
                                guint32 n,
                                FocFeatureEntry *entries,
                                GError **error)
{
  if (foc_file_read_at (self->fd, entry_offset (first), entries, n * sizeof *entries))
    return TRUE;

  set_read_error (error, self->path);
  return FALSE;
}

/* A store that lies about a row is of no use to anyone: the next run makes a new
 * one if it does not find it. */
static void
discard (FocFeatureStore *self, GError **error)
{
  if (self->path != NULL)
    foc_file_remove (self->path, NULL);
  set_damaged (
    error, self->path,
    _ ("a row of it is damaged; it was removed and will be built again next time"));
}

gboolean
foc_feature_store_read (FocFeatureStore *self,
                        const guint32 *rows,
                        guint n,
                        guint8 *features,
                        GError **error)
{
  for (guint i = 0; i < n; i++, features += FOC_N_FEATURES)
    {
      guint64 hash = 0;
      struct iovec parts[] = { { features, FOC_N_FEATURES }, { &hash, sizeof hash } };
      off_t offset = (off_t) row_offset (self->n_rows, rows[i]);
      ssize_t got;

      do
        got = preadv (self->fd, parts, G_N_ELEMENTS (parts), offset);
      while (got < 0 && errno == EINTR);

      if (got < 0)
        {
          set_read_error (error, self->path);
          return FALSE;
        }
      if (got != sizeof (Row) || hash != foc_hash (features, FOC_N_FEATURES, rows[i]))
        {
          discard (self, error);
          return FALSE;
        }
    }

  return TRUE;
}

struct _FocFeatureWriter
{
  FocFileWriter *file;
  char *path;
  Header header;
};

FocFeatureWriter *
foc_feature_writer_new (const char *path,
                        const guint8 key[FOC_FEATURE_KEY_BYTES],
                        guint32 n_rows,
                        guint n_classes,
                        GError **error)
{
  FocFileWriter *file = foc_file_writer_new (path, row_offset (n_rows, n_rows), error);
  FocFeatureWriter *self;

  if (file == NULL)
    return NULL;

  self = g_new0 (FocFeatureWriter, 1);
  self->file = file;
  self->path = g_strdup (path);
  self->header = (Header){
    .byte_order = BYTE_ORDER_MARK,
    .version = VERSION,
    .n_rows = n_rows,
    .n_classes = n_classes,
    .n_features = FOC_N_FEATURES,
  };
  memcpy (self->header.magic, MAGIC, sizeof self->header.magic);
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
  Row record = { 0 };

  if (entry->status == 0)
    memcpy (record.features, features, FOC_N_FEATURES);
  record.hash = foc_hash (record.features, FOC_N_FEATURES, row);

  return foc_file_writer_write_at (self->file, entry_offset (row), entry, sizeof *entry,
                                   error)
         && foc_file_writer_write_at (self->file, row_offset (self->header.n_rows, row),
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
  g_autofree FocFeatureEntry *entries = g_new (FocFeatureEntry, CHUNK);
  g_autofree Row *rows = g_new (Row, CHUNK);
  int fd = foc_file_writer_get_descriptor (self->file);
  guint32 n_rows = self->header.n_rows;

  self->header.entries_hash = VERSION;
  for (guint32 first = 0; first < n_rows; first += CHUNK)
    {
      guint32 n = MIN (CHUNK, n_rows - first);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!foc_file_read_at (fd, entry_offset (first), entries, n * sizeof *entries)
          || !foc_file_read_at (fd, row_offset (n_rows, first), rows, n * sizeof *rows))
        {
          set_read_error (error, self->path);
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
  self->header.header_hash = hash_header (&self->header);

  if (!foc_file_writer_write_at (self->file, 0, &self->header, sizeof self->header,
                                 error))
    return NULL;
  fd = foc_file_writer_commit (self->file, error);
  if (fd < 0)
    return NULL;

  return open_descriptor (fd, row_offset (self->header.n_rows, self->header.n_rows),
                          self->path, NULL, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-feature-store.h"

#include "foc-error.h"
#include "foc-feature-store-private.h"
#include "foc-file.h"
#include "foc-limits.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

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

/* What is the matter with a store: `reason` is a translated clause. */
static void
set_damaged (GError **error, const char *path, const char *reason)
{
  g_autofree char *name = path != NULL ? g_filename_display_name (path) : NULL;

  if (name != NULL)
    g_set_error (error, FOC_ERROR, FOC_ERROR_STORE,
                 /* Translators: a file name, then what is wrong with it. */
                 _ ("The feature store “%s” cannot be used: %s."), name, reason);
  else
    g_set_error (error, FOC_ERROR, FOC_ERROR_STORE,
                 _ ("The temporary feature store cannot be used: %s."), reason);
}

void
foc_feature_set_read_error (GError **error, const char *path, int saved_errno)
{
  g_autofree char *name = path != NULL ? g_filename_display_name (path) : NULL;

  if (saved_errno == 0)
    set_damaged (error, path, _ ("it ends too early"));
  else if (name != NULL)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
                 _ ("The feature store “%s” could not be read: %s."), name,
                 g_strerror (saved_errno));
  else
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
                 _ ("The temporary feature store could not be read: %s."),
                 g_strerror (saved_errno));
}

/* FocFeatureHeader and length; labels and status are read later. */
static const char *
check_header (const FocFeatureHeader *header, guint64 size, const guint8 *key)
{
  if (memcmp (header->magic, FOC_FEATURE_MAGIC, sizeof header->magic) != 0)
    return _ ("it is no feature store");
  if (header->byte_order != FOC_FEATURE_BYTE_ORDER)
    return _ ("it was made on a machine of another byte order");
  if (header->version != FOC_FEATURE_VERSION)
    return _ ("it was made by another version of this program");
  if (header->header_hash != foc_feature_hash_header (header)
      || header->n_features != FOC_N_FEATURES || header->n_rows > FOC_LIMIT_ROWS
      || header->n_classes > FOC_LIMIT_CLASSES)
    return _ ("its header is damaged");
  if (size != foc_feature_row_offset (header->n_rows, header->n_rows))
    return _ ("it has not the length that it should have");
  if (key != NULL && memcmp (header->key, key, FOC_FEATURE_KEY_BYTES) != 0)
    return _ ("it belongs to another data set");

  return NULL;
}

static gboolean
load_entries (FocFeatureStore *self, guint64 expected_hash, GError **error)
{
  g_autofree FocFeatureEntry *entries = g_new (FocFeatureEntry, FOC_FEATURE_CHUNK);
  guint64 hash = FOC_FEATURE_VERSION;
  gboolean valid = TRUE;

  for (guint32 first = 0; first < self->n_rows; first += FOC_FEATURE_CHUNK)
    {
      guint32 n = MIN (FOC_FEATURE_CHUNK, self->n_rows - first);

      if (!foc_feature_store_read_entries (self, first, n, entries, error))
        return FALSE;

      hash = foc_hash (entries, n * sizeof *entries, hash);
      for (guint32 i = 0; i < n; i++)
        {
          self->labels[first + i] = entries[i].label;
          self->status[first + i] = entries[i].status;
          valid = valid && entries[i].label < self->n_classes
                  && entries[i].status <= FOC_ERROR_LAST_IMAGE;
        }
    }

  if (hash == expected_hash && valid)
    return TRUE;

  set_damaged (error, self->path, _ ("its table is damaged"));
  return FALSE;
}

FocFeatureStore *
foc_feature_store_open_descriptor (int fd,
                                   guint64 size,
                                   const char *path,
                                   const guint8 *key,
                                   GError **error)
{
  g_autoptr (FocFeatureStore) self = g_new0 (FocFeatureStore, 1);
  const char *problem;
  FocFeatureHeader header;

  g_atomic_ref_count_init (&self->ref_count);
  self->fd = fd;
  self->path = g_strdup (path);

  if (!foc_file_read_at (fd, 0, &header, sizeof header))
    {
      foc_feature_set_read_error (error, path, errno);
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

  return foc_feature_store_open_descriptor (fd, size, path, key, error);
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
  g_return_val_if_fail (first <= self->n_rows && n <= self->n_rows - first, FALSE);

  if (foc_file_read_at (self->fd, foc_feature_entry_offset (first), entries,
                        n * sizeof *entries))
    return TRUE;

  foc_feature_set_read_error (error, self->path, errno);
  return FALSE;
}

/* Whether the store's name still is the name of what is open here: another process
 * may have put a better one in its place. */
static gboolean
has_its_name (const FocFeatureStore *self)
{
  struct stat named, opened;

  return self->path != NULL && stat (self->path, &named) == 0
         && fstat (self->fd, &opened) == 0 && named.st_dev == opened.st_dev
         && named.st_ino == opened.st_ino;
}

/* A store that lies about a row is of no use to anyone: the next run makes a new
 * one if it does not find it. */
static void
discard (FocFeatureStore *self, GError **error)
{
  if (has_its_name (self) && !foc_file_remove (self->path, NULL))
    set_damaged (error, self->path,
                 _ ("a row of it is damaged; remove it, and it will be built again"));
  else
    set_damaged (
      error, self->path,
      _ ("a row of it is damaged; it was removed and will be built again next time"));
}

/* Reads a row in one call, and with patience where that comes back with less, as
 * some network file systems do. FALSE with errno set, 0 where the file ends. */
static gboolean
read_row (int fd, guint64 offset, guint8 *features, guint64 *hash)
{
  struct iovec parts[] = { { features, FOC_N_FEATURES }, { hash, sizeof *hash } };
  ssize_t got = preadv (fd, parts, G_N_ELEMENTS (parts), (off_t) offset);

  if (got == sizeof (FocFeatureRow))
    return TRUE;
  if (got < 0 && errno != EINTR)
    return FALSE;

  return foc_file_read_at (fd, offset, features, FOC_N_FEATURES)
         && foc_file_read_at (fd, offset + FOC_N_FEATURES, hash, sizeof *hash);
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
      gboolean is_whole;

      g_return_val_if_fail (rows[i] < self->n_rows, FALSE);

      is_whole = read_row (self->fd, foc_feature_row_offset (self->n_rows, rows[i]),
                           features, &hash);
      if (!is_whole && errno != 0)
        {
          foc_feature_set_read_error (error, self->path, errno);
          return FALSE;
        }
      if (!is_whole || hash != foc_hash (features, FOC_N_FEATURES, rows[i]))
        {
          discard (self, error);
          return FALSE;
        }
    }

  return TRUE;
}

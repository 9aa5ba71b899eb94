/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "foc-file.h"

/* The features of every picture of a data set in one file, so that training
 * reads 1.7 kB a picture instead of decoding it, and holds none of them in
 * memory: rows are read where they are needed. In memory there are 3 bytes a
 * row. foc-feature-build.h makes stores from data sets; this file is the format.
 *
 *     header                      128 bytes, with a checksum
 *     one entry a row             32 bytes: what the row was made from
 *     one row a picture           the features, then a checksum of the row
 *
 * The file is foreign input like any other: opening checks the header, the
 * entries and the length; reading a row checks the row. Numbers are in the byte
 * order of the machine, which the header names. */

typedef struct _FocFeatureStore FocFeatureStore;

/* What a row was made from, and what came of it. */
typedef struct
{
  guint64 size;      /* of the file, bytes                         */
  gint64 mtime;      /* of the file, nanoseconds since 1970        */
  guint64 name_hash; /* foc_hash() of the path below the root      */
  guint16 label;     /* class                                      */
  guint8 status;     /* 0, or the image code of FocError: no features */
  guint8 reserved[5];
} FocFeatureEntry;

/* 32 bytes that tell apart what a store was made from: a SHA-256. */
#define FOC_FEATURE_KEY_BYTES 32

/* Opens the store in the file `path`. FOC_ERROR_STORE with the reason if it is
 * not whole or, where `key` is not NULL, was made under another key; G_FILE_ERROR
 * if it cannot be read. A store may be read by any number of threads. */
FocFeatureStore *
foc_feature_store_open (const char *path, const guint8 *key, GError **error);
FocFeatureStore *foc_feature_store_ref (FocFeatureStore *self);
void foc_feature_store_unref (FocFeatureStore *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocFeatureStore, foc_feature_store_unref)

guint32 foc_feature_store_get_n_rows (const FocFeatureStore *self);
guint foc_feature_store_get_n_classes (const FocFeatureStore *self);

/* For each row its class, and 0 or why it has no features. Owned by the store. */
const guint16 *foc_feature_store_get_labels (const FocFeatureStore *self);
const guint8 *foc_feature_store_get_status (const FocFeatureStore *self);

/* SHA-256 over class names, file names and features, in hexadecimal: the same
 * for the same pictures on another machine. */
const char *foc_feature_store_get_digest (const FocFeatureStore *self);

/* Reads the entries `first` ... `first + n - 1`, which must be rows of the store. */
gboolean foc_feature_store_read_entries (FocFeatureStore *self,
                                         guint32 first,
                                         guint32 n,
                                         FocFeatureEntry *entries,
                                         GError **error);

/* Reads `n` rows, in any order: n x FOC_N_FEATURES bytes. FOC_ERROR_STORE if a
 * row is not what was written: then the file is removed as well, unless another
 * has taken its name, so that the next build makes a new one. */
gboolean foc_feature_store_read (FocFeatureStore *self,
                                 const guint32 *rows,
                                 guint n,
                                 guint8 *features,
                                 GError **error);

/* Writing */

typedef struct _FocFeatureWriter FocFeatureWriter;

/* Begins a store of `n_rows` rows; its space on the disk is reserved at once. A
 * `path` of NULL makes a temporary one that lives as long as it is open. */
FocFeatureWriter *foc_feature_writer_new (const char *path,
                                          const guint8 key[FOC_FEATURE_KEY_BYTES],
                                          guint32 n_rows,
                                          guint n_classes,
                                          GError **error);
void foc_feature_writer_free (FocFeatureWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocFeatureWriter, foc_feature_writer_free)

/* Writes a row. Threads may write different rows at once. Every row must be
 * written; where status is not 0 the features count as zeros. */
gboolean foc_feature_writer_write (FocFeatureWriter *self,
                                   guint32 row,
                                   const FocFeatureEntry *entry,
                                   const guint8 *features,
                                   GError **error);

/* Completes the store: reads all features back for the digest, over which
 * `digest` already holds the names; gives the file its name, and opens it. */
FocFeatureStore *foc_feature_writer_commit (FocFeatureWriter *self,
                                            GChecksum *digest,
                                            GCancellable *cancellable,
                                            GError **error);

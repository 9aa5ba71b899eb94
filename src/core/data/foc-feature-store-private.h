/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-feature-store.h"

#include "foc-preprocess.h"
#include "foc-rng.h"

/* The format of feature stores: foc-feature-store.c reads it, foc-feature-writer.c
 * writes it. Change the version whenever it changes. */

#define FOC_FEATURE_MAGIC "FOCFEATS"
#define FOC_FEATURE_BYTE_ORDER 0x01020304u
#define FOC_FEATURE_VERSION 1

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
} FocFeatureHeader;

typedef struct
{
  guint8 features[FOC_N_FEATURES];
  guint64 hash; /* of the features, seeded with the number of the row */
} FocFeatureRow;

G_STATIC_ASSERT (sizeof (FocFeatureHeader) == 128);
G_STATIC_ASSERT (sizeof (FocFeatureEntry) == 32);
G_STATIC_ASSERT (sizeof (FocFeatureRow) == FOC_N_FEATURES + 8);

/* Entries that are read or written at once. */
#define FOC_FEATURE_CHUNK 2048

static inline guint64
foc_feature_entry_offset (guint32 row)
{
  return sizeof (FocFeatureHeader) + (guint64) row * sizeof (FocFeatureEntry);
}

static inline guint64
foc_feature_row_offset (guint32 n_rows, guint32 row)
{
  return foc_feature_entry_offset (n_rows) + (guint64) row * sizeof (FocFeatureRow);
}

static inline guint64
foc_feature_hash_header (const FocFeatureHeader *header)
{
  return foc_hash (header, G_STRUCT_OFFSET (FocFeatureHeader, header_hash),
                   FOC_FEATURE_VERSION);
}

/* Sets `error` to say that the store at `path` (NULL: a temporary one) could not
 * be read because of `saved_errno`; 0 is that the file ended. */
void foc_feature_set_read_error (GError **error, const char *path, int saved_errno);

/* Opens what `fd`, of `size` bytes, holds, and takes `fd` over, whatever becomes of
 * it. Otherwise like foc_feature_store_open(). */
FocFeatureStore *foc_feature_store_open_descriptor (int fd,
                                                    guint64 size,
                                                    const char *path,
                                                    const guint8 *key,
                                                    GError **error);

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as a feature store: rows or an error, and nothing else. A fuzzer cannot
 * guess checksums, so that the sums are made right in a second try; and so is the
 * length, which hides nothing behind the check that the counts fit it. */

#include "foc-feature-store-private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

#define ROWS_MAX 64

static void
use (const guint8 *data, gsize length)
{
  int fd = memfd_create ("store", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autoptr (GError) error = NULL;
  g_autoptr (FocFeatureStore) store = NULL;

  if (fd < 0 || write (fd, data, length) != (ssize_t) length)
    abort ();
  store = foc_feature_store_open (path, NULL, &error);
  if ((store != NULL) == (error != NULL))
    abort ();

  for (guint32 row = 0; store != NULL && row < foc_feature_store_get_n_rows (store);
       row++)
    {
      g_autoptr (GError) row_error = NULL;
      guint8 features[FOC_N_FEATURES];
      FocFeatureEntry entry;

      if (foc_feature_store_get_labels (store)[row]
            >= foc_feature_store_get_n_classes (store)
          || !foc_feature_store_read_entries (store, row, 1, &entry, NULL)
          || entry.label != foc_feature_store_get_labels (store)[row]
          || entry.status != foc_feature_store_get_status (store)[row])
        abort ();
      if (foc_feature_store_read (store, &row, 1, features, &row_error)
          == (row_error != NULL))
        abort ();
    }

  g_clear_pointer (&store, foc_feature_store_unref);
  close (fd);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autofree guint8 *copy = NULL;
  FocFeatureHeader *header;
  guint64 hash = FOC_FEATURE_VERSION;
  gsize whole;

  use (data, length);
  if (length < sizeof *header)
    return 0;

  /* The counts as they are, if they are not too large, and what they promise. */
  header = (FocFeatureHeader *) data;
  whole = foc_feature_row_offset (header->n_rows % ROWS_MAX, header->n_rows % ROWS_MAX);
  copy = g_malloc0 (MAX (whole, length));
  memcpy (copy, data, length);
  header = (FocFeatureHeader *) copy;
  header->n_rows %= ROWS_MAX;
  header->entries_hash =
    foc_hash (copy + sizeof *header, header->n_rows * sizeof (FocFeatureEntry), hash);
  header->header_hash = foc_feature_hash_header (header);
  use (copy, whole);

  return 0;
}

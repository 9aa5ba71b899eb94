/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-feature-store.h"

#include "foc-error.h"
#include "foc-limits.h"
#include "test-folders.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Stores that were damaged or forged, and one as large as nobody has. */

#define ENTRIES sizeof (FocFeatureHeader)
#define ROWS foc_feature_row_offset (N_ROWS, 0)

/* Opening what is in the file by now fails, with these words and the name. */
static void
assert_refused (const StoreFixture *self, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FocFeatureStore) store =
    foc_feature_store_open (self->path, test_store_key, &error);

  g_assert_null (store);
  g_assert_error (error, FOC_ERROR, FOC_ERROR_STORE);
  if (strstr (error->message, words) == NULL
      || strstr (error->message, self->path) == NULL)
    g_error ("“%s” lacks “%s” or the name", error->message, words);
}

/* The first `length` of the bytes are all that is in the file. */
static void
put (const StoreFixture *self, gsize length)
{
  g_autofree char *name = g_path_get_basename (self->path);

  test_add_file (self->root, name, self->bytes, length);
}

static FocFeatureHeader *
header_of (const StoreFixture *self)
{
  return (FocFeatureHeader *) self->bytes;
}

/* As a forger would: all sums are right. */
static void
forge (const StoreFixture *self)
{
  FocFeatureHeader *header = header_of (self);

  header->entries_hash = foc_hash (
    self->bytes + ENTRIES, N_ROWS * sizeof (FocFeatureEntry), FOC_FEATURE_VERSION);
  header->header_hash = foc_feature_hash_header (header);
  put (self, BYTES);
}

static void
test_truncated (StoreFixture *self, gconstpointer data)
{
  const gsize lengths[] = { 0,
                            1,
                            7,
                            8,
                            127,
                            ENTRIES,
                            129,
                            159,
                            160,
                            ROWS - 1,
                            ROWS,
                            ROWS + 1,
                            ROWS + FOC_N_FEATURES,
                            ROWS + sizeof (FocFeatureRow),
                            BYTES - sizeof (FocFeatureRow),
                            BYTES - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      put (self, lengths[i]);
      assert_refused (self, lengths[i] < ENTRIES ? "ends too early" : "length");
    }
  self->bytes = g_realloc (self->bytes, BYTES + 1);
  self->bytes[BYTES] = 0;
  put (self, BYTES + 1);
  assert_refused (self, "length");
  put (self, BYTES);
  {
    g_autoptr (FocFeatureStore) store =
      foc_feature_store_open (self->path, test_store_key, NULL);

    test_assert_good (store);
  }
}

/* Every bit of the header and of the table. */
static void
test_flipped (StoreFixture *self, gconstpointer data)
{
  int fd = g_open (self->path, O_WRONLY | O_CLOEXEC, 0);

  for (gsize bit = 0; bit < ROWS * 8; bit++)
    {
      const off_t offset = (off_t) (bit / 8);
      guint8 byte = self->bytes[offset] ^ (guint8) (1 << (bit % 8));

      g_assert_cmpint (pwrite (fd, &byte, 1, offset), ==, 1);
      assert_refused (self, bit / 8 < ENTRIES ? "" : "table");
      g_assert_cmpint (pwrite (fd, &self->bytes[offset], 1, offset), ==, 1);
    }
  close (fd);
  {
    g_autoptr (FocFeatureStore) store =
      foc_feature_store_open (self->path, test_store_key, NULL);

    test_assert_good (store);
  }
}

static void
test_rows_flipped (StoreFixture *self, gconstpointer data)
{
  for (gsize byte = ROWS; byte < BYTES; byte += byte % 97 == 0 ? 1 : 89)
    {
      guint32 bad = (guint32) ((byte - ROWS) / sizeof (FocFeatureRow));
      g_autoptr (FocFeatureStore) store = NULL;

      self->bytes[byte] ^= 4;
      put (self, BYTES);
      self->bytes[byte] ^= 4;
      store = foc_feature_store_open (self->path, test_store_key, NULL);
      g_assert_nonnull (store);

      for (guint32 row = N_ROWS; row-- > 0;)
        {
          guint8 features[FOC_N_FEATURES];
          g_autoptr (GError) error = NULL;

          g_assert_cmpint (foc_feature_store_read (store, &row, 1, features, &error), ==,
                           row != bad);
          if (row != bad)
            continue;
          g_assert_error (error, FOC_ERROR, FOC_ERROR_STORE);
          g_assert_nonnull (strstr (error->message, "removed"));
          g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
        }
    }
}

/* A better store that has taken the name meanwhile stays. */
static void
test_rows_flipped_and_replaced (StoreFixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) bad = NULL;
  g_autoptr (FocFeatureStore) good = NULL;
  g_autoptr (GError) error = NULL;
  guint8 features[FOC_N_FEATURES];
  guint32 row = 0;

  self->bytes[ROWS] ^= 1;
  put (self, BYTES);
  bad = foc_feature_store_open (self->path, test_store_key, NULL);
  g_assert_nonnull (bad);
  good = test_store_write (self->path);
  g_assert_false (foc_feature_store_read (bad, &row, 1, features, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_STORE);
  g_clear_pointer (&good, foc_feature_store_unref);
  good = foc_feature_store_open (self->path, test_store_key, NULL);
  test_assert_good (good);
}

static void
test_rows_cut_off (StoreFixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) store =
    foc_feature_store_open (self->path, test_store_key, NULL);
  g_autoptr (GError) error = NULL;
  guint8 features[FOC_N_FEATURES];
  guint32 row = N_ROWS - 1;

  g_assert_cmpint (truncate (self->path, (off_t) BYTES - 3), ==, 0);
  g_assert_false (foc_feature_store_read (store, &row, 1, features, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_STORE);
}

static void
test_hostile (StoreFixture *self, gconstpointer data)
{
  static const guint32 counts[] = {
    0, N_ROWS - 1, N_ROWS + 1, FOC_LIMIT_ROWS, FOC_LIMIT_ROWS + 1, G_MAXINT32, G_MAXUINT32
  };
  FocFeatureHeader *header = header_of (self);
  const FocFeatureHeader good = *header;
  FocFeatureEntry *entries = (FocFeatureEntry *) (self->bytes + ENTRIES);

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      *header = good;
      header->n_rows = counts[i];
      forge (self);
      assert_refused (self, "");
    }
  /* Even where the length agrees. */
  *header = good;
  header->n_rows = FOC_LIMIT_ROWS + 1;
  forge (self);
  if (truncate (self->path,
                (off_t) foc_feature_row_offset (header->n_rows, header->n_rows))
      == 0)
    assert_refused (self, "header is damaged");
  *header = good;
  header->n_features++;
  forge (self);
  assert_refused (self, "header is damaged");
  *header = good;
  header->n_classes = FOC_LIMIT_CLASSES + 1;
  forge (self);
  assert_refused (self, "header is damaged");
  *header = good;
  header->version++;
  forge (self);
  assert_refused (self, "another version");
  *header = good;
  header->byte_order = GUINT32_SWAP_LE_BE (header->byte_order);
  forge (self);
  assert_refused (self, "byte order");
  *header = good;
  header->magic[0]++;
  forge (self);
  assert_refused (self, "no feature store");
  *header = good;
  header->key[31]++;
  forge (self);
  assert_refused (self, "another data set");
  *header = good;
  header->n_classes--;
  forge (self);
  assert_refused (self, "table is damaged");
  *header = good;
  entries[5].label = N_CLASSES;
  forge (self);
  assert_refused (self, "table is damaged");
  entries[5].label = 0;
  entries[5].status = FOC_ERROR_LAST_IMAGE + 1;
  forge (self);
  assert_refused (self, "table is damaged");
  entries[5].status = FOC_ERROR_LAST_IMAGE;
  forge (self);
  {
    g_autoptr (FocFeatureStore) store =
      foc_feature_store_open (self->path, test_store_key, NULL);

    g_assert_nonnull (store);
  }
}

/* 17 GB, of which next to nothing is on the disk. */
static void
test_ten_million_rows (StoreFixture *self, gconstpointer data)
{
  const guint32 n_rows = 10000000;
  const guint32 last = n_rows - 1;
  FocFeatureHeader *header = header_of (self);
  g_autofree FocFeatureEntry *entries = g_new0 (FocFeatureEntry, FOC_FEATURE_CHUNK);
  FocFeatureRow row = { 0 };
  g_autoptr (FocFeatureStore) store = NULL;
  g_autoptr (GError) error = NULL;
  guint8 features[FOC_N_FEATURES];
  int fd = g_open (self->path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

  g_assert_cmpuint (foc_feature_row_offset (n_rows, n_rows), ==,
                    128 + G_GUINT64_CONSTANT (10000000) * (32 + 1736));
  if (ftruncate (fd, (off_t) foc_feature_row_offset (n_rows, n_rows)) != 0)
    {
      g_test_skip ("files of 17 GB are not possible here");
      close (fd);
      return;
    }

  header->n_rows = n_rows;
  header->entries_hash = FOC_FEATURE_VERSION;
  for (guint32 first = 0; first < n_rows; first += FOC_FEATURE_CHUNK)
    {
      guint32 n = MIN (FOC_FEATURE_CHUNK, n_rows - first);

      if (n_rows - first == n)
        entries[n - 1].label = 2;
      header->entries_hash =
        foc_hash (entries, n * sizeof *entries, header->entries_hash);
      if (n_rows - first == n)
        g_assert_cmpint (pwrite (fd, &entries[n - 1], sizeof *entries,
                                 (off_t) foc_feature_entry_offset (last)),
                         ==, sizeof *entries);
    }
  header->header_hash = foc_feature_hash_header (header);
  g_assert_cmpint (pwrite (fd, header, sizeof *header, 0), ==, sizeof *header);
  memset (row.features, 7, FOC_N_FEATURES);
  row.hash = foc_hash (row.features, FOC_N_FEATURES, last);
  g_assert_cmpint (
    pwrite (fd, &row, sizeof row, (off_t) foc_feature_row_offset (n_rows, last)), ==,
    sizeof row);
  close (fd);

  store = foc_feature_store_open (self->path, test_store_key, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (foc_feature_store_get_n_rows (store), ==, n_rows);
  g_assert_cmpuint (foc_feature_store_get_labels (store)[last], ==, 2);
  g_assert_cmpuint (foc_feature_store_get_labels (store)[last - 1], ==, 0);
  g_assert_true (foc_feature_store_read (store, &last, 1, features, &error));
  g_assert_cmpmem (features, FOC_N_FEATURES, row.features, FOC_N_FEATURES);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_STORE_TEST ("truncated", test_truncated);
  ADD_STORE_TEST ("flipped", test_flipped);
  ADD_STORE_TEST ("rows-flipped", test_rows_flipped);
  ADD_STORE_TEST ("rows-flipped-and-replaced", test_rows_flipped_and_replaced);
  ADD_STORE_TEST ("rows-cut-off", test_rows_cut_off);
  ADD_STORE_TEST ("hostile", test_hostile);
  ADD_STORE_TEST ("ten-million-rows", test_ten_million_rows);

  return g_test_run ();
}

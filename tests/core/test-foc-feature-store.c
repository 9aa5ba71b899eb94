/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-feature-store.h"

#include "foc-error.h"
#include "foc-feature-store-private.h"
#include "foc-limits.h"

#include "test-folders.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define N_ROWS 7
#define N_CLASSES 3
#define ENTRIES sizeof (FocFeatureHeader)
#define ROWS foc_feature_row_offset (N_ROWS, 0)
#define BYTES foc_feature_row_offset (N_ROWS, N_ROWS)

static const guint8 key[FOC_FEATURE_KEY_BYTES] = { 1, 2, 3 };

typedef struct
{
  char *root;
  char *path;
  guint8 *bytes; /* of a good store */
} Fixture;

static FocFeatureEntry
entry_of (guint32 row)
{
  return (FocFeatureEntry){
    .size = 1000 + row,
    .mtime = -(gint64) row * 1000000007,
    .name_hash = G_GUINT64_CONSTANT (0x123456789abcdef0) * (row + 1),
    .label = (guint16) (row % N_CLASSES),
    .status = row == 3 ? FOC_ERROR_IMAGE_EMPTY : 0,
  };
}

static void
features_of (guint32 row, guint8 features[FOC_N_FEATURES])
{
  for (int i = 0; i < FOC_N_FEATURES; i++)
    features[i] = row == 3 ? 0 : (guint8) (i * (int) (2 * row + 1));
}

/* `path` of NULL: a store without a name. */
static FocFeatureStore *
write_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (FocFeatureWriter) writer =
    foc_feature_writer_new (path, key, N_ROWS, N_CLASSES, &error);
  FocFeatureStore *store;

  g_assert_no_error (error);
  for (guint32 i = 0; i < N_ROWS; i++)
    {
      guint32 row = (i * 3 + 1) % N_ROWS; /* in any order */
      FocFeatureEntry entry = entry_of (row);
      guint8 features[FOC_N_FEATURES];

      features_of (row, features);
      g_assert_true (foc_feature_writer_write (
        writer, row, &entry, entry.status == 0 ? features : NULL, &error));
    }
  store = foc_feature_writer_commit (writer, digest, NULL, &error);
  g_assert_no_error (error);
  return store;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  FocFeatureStore *store;
  gsize length;

  self->root = test_root_new ();
  self->path = test_path (self->root, "store");
  store = write_store (self->path);
  foc_feature_store_unref (store);
  g_assert_true (g_file_get_contents (self->path, (char **) &self->bytes, &length, NULL));
  g_assert_cmpuint (length, ==, BYTES);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_remove (self->root);
  g_free (self->root);
  g_free (self->path);
  g_free (self->bytes);
}

static void
assert_good (FocFeatureStore *store)
{
  static const guint32 rows[] = { 6, 0, 3, 3, 1, 5, 2, 4 };
  guint8 features[G_N_ELEMENTS (rows)][FOC_N_FEATURES];
  FocFeatureEntry entries[N_ROWS];
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (foc_feature_store_get_n_rows (store), ==, N_ROWS);
  g_assert_cmpuint (foc_feature_store_get_n_classes (store), ==, N_CLASSES);
  g_assert_cmpuint (strlen (foc_feature_store_get_digest (store)), ==, 64);

  foc_feature_store_read_entries (store, 0, N_ROWS, entries, &error);
  g_assert_no_error (error);
  for (guint32 row = 0; row < N_ROWS; row++)
    {
      FocFeatureEntry expected = entry_of (row), single;

      g_assert_cmpmem (&entries[row], sizeof expected, &expected, sizeof expected);
      g_assert_true (foc_feature_store_read_entries (store, row, 1, &single, NULL));
      g_assert_cmpmem (&single, sizeof expected, &expected, sizeof expected);
      g_assert_cmpuint (foc_feature_store_get_labels (store)[row], ==, expected.label);
      g_assert_cmpuint (foc_feature_store_get_status (store)[row], ==, expected.status);
    }

  foc_feature_store_read (store, rows, G_N_ELEMENTS (rows), features[0], &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint8 expected[FOC_N_FEATURES];

      features_of (rows[i], expected);
      g_assert_cmpmem (features[i], FOC_N_FEATURES, expected, FOC_N_FEATURES);
    }
}

static void
test_round_trip (Fixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) written = write_store (self->path);
  g_autoptr (FocFeatureStore) opened = foc_feature_store_open (self->path, key, NULL);
  g_autoptr (FocFeatureStore) any = foc_feature_store_open (self->path, NULL, NULL);

  assert_good (written);
  assert_good (opened);
  assert_good (any);
  g_assert_cmpstr (foc_feature_store_get_digest (written), ==,
                   foc_feature_store_get_digest (opened));
}

static void
test_unnamed (Fixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) store = write_store (NULL);

  assert_good (store);
}

/* Who has it open keeps it, whatever becomes of the name. */
static void
test_replaced (Fixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) first = write_store (self->path);
  g_autoptr (FocFeatureStore) second = write_store (self->path);

  g_remove (self->path);
  assert_good (first);
  assert_good (second);
}

/* Opening what is in the file by now fails, with these words and the name. */
static void
assert_refused (const Fixture *self, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FocFeatureStore) store = foc_feature_store_open (self->path, key, &error);

  g_assert_null (store);
  g_assert_error (error, FOC_ERROR, FOC_ERROR_STORE);
  if (strstr (error->message, words) == NULL
      || strstr (error->message, self->path) == NULL)
    g_error ("“%s” lacks “%s” or the name", error->message, words);
}

/* The first `length` of the bytes are all that is in the file. */
static void
put (const Fixture *self, gsize length)
{
  g_autofree char *name = g_path_get_basename (self->path);

  test_add_file (self->root, name, self->bytes, length);
}

static FocFeatureHeader *
header_of (const Fixture *self)
{
  return (FocFeatureHeader *) self->bytes;
}

/* As a forger would: all sums are right. */
static void
forge (const Fixture *self)
{
  FocFeatureHeader *header = header_of (self);

  header->entries_hash = foc_hash (
    self->bytes + ENTRIES, N_ROWS * sizeof (FocFeatureEntry), FOC_FEATURE_VERSION);
  header->header_hash = foc_feature_hash_header (header);
  put (self, BYTES);
}

static void
test_truncated (Fixture *self, gconstpointer data)
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
    g_autoptr (FocFeatureStore) store = foc_feature_store_open (self->path, key, NULL);

    assert_good (store);
  }
}

/* Every bit of the header and of the table. */
static void
test_flipped (Fixture *self, gconstpointer data)
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
    g_autoptr (FocFeatureStore) store = foc_feature_store_open (self->path, key, NULL);

    assert_good (store);
  }
}

static void
test_rows_flipped (Fixture *self, gconstpointer data)
{
  for (gsize byte = ROWS; byte < BYTES; byte += byte % 97 == 0 ? 1 : 89)
    {
      guint32 bad = (guint32) ((byte - ROWS) / sizeof (FocFeatureRow));
      g_autoptr (FocFeatureStore) store = NULL;

      self->bytes[byte] ^= 4;
      put (self, BYTES);
      self->bytes[byte] ^= 4;
      store = foc_feature_store_open (self->path, key, NULL);
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
test_rows_flipped_and_replaced (Fixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) bad = NULL;
  g_autoptr (FocFeatureStore) good = NULL;
  g_autoptr (GError) error = NULL;
  guint8 features[FOC_N_FEATURES];
  guint32 row = 0;

  self->bytes[ROWS] ^= 1;
  put (self, BYTES);
  bad = foc_feature_store_open (self->path, key, NULL);
  g_assert_nonnull (bad);
  good = write_store (self->path);
  g_assert_false (foc_feature_store_read (bad, &row, 1, features, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_STORE);
  g_clear_pointer (&good, foc_feature_store_unref);
  good = foc_feature_store_open (self->path, key, NULL);
  assert_good (good);
}

static void
test_rows_cut_off (Fixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) store = foc_feature_store_open (self->path, key, NULL);
  g_autoptr (GError) error = NULL;
  guint8 features[FOC_N_FEATURES];
  guint32 row = N_ROWS - 1;

  g_assert_cmpint (truncate (self->path, (off_t) BYTES - 3), ==, 0);
  g_assert_false (foc_feature_store_read (store, &row, 1, features, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_STORE);
}

static void
test_hostile (Fixture *self, gconstpointer data)
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
    g_autoptr (FocFeatureStore) store = foc_feature_store_open (self->path, key, NULL);

    g_assert_nonnull (store);
  }
}

static void
test_no_file (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (foc_feature_store_open (self->root, key, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  g_clear_error (&error);
  g_remove (self->path);
  g_assert_null (foc_feature_store_open (self->path, key, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, self->path));
}

/* 17 GB, of which next to nothing is on the disk. */
static void
test_ten_million_rows (Fixture *self, gconstpointer data)
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

  store = foc_feature_store_open (self->path, key, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (foc_feature_store_get_n_rows (store), ==, n_rows);
  g_assert_cmpuint (foc_feature_store_get_labels (store)[last], ==, 2);
  g_assert_cmpuint (foc_feature_store_get_labels (store)[last - 1], ==, 0);
  g_assert_true (foc_feature_store_read (store, &last, 1, features, &error));
  g_assert_cmpmem (features, FOC_N_FEATURES, row.features, FOC_N_FEATURES);
}

/* Nothing that was begun is left when the writer is freed. */
static void
test_given_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (FocFeatureStore) store = NULL;

  g_cancellable_cancel (cancellable);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
      g_autoptr (FocFeatureWriter) writer =
        foc_feature_writer_new (self->path, key, 5, 2, NULL);

      g_assert_nonnull (writer);
      if (i == 1)
        {
          g_assert_null (foc_feature_writer_commit (writer, digest, cancellable, &error));
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        }
    }

  dir = g_dir_open (self->root, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "store");
  g_assert_null (g_dir_read_name (dir));
  store = foc_feature_store_open (self->path, key, NULL);
  assert_good (store);
}

static gpointer
read_all (gpointer store)
{
  for (int i = 0; i < 50; i++)
    assert_good (store);
  return NULL;
}

static void
test_threads (Fixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) store = foc_feature_store_open (self->path, key, NULL);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("read", read_all, store);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

#define ADD(name, function)                                                              \
  g_test_add ("/feature-store/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("round-trip", test_round_trip);
  ADD ("unnamed", test_unnamed);
  ADD ("replaced", test_replaced);
  ADD ("truncated", test_truncated);
  ADD ("flipped", test_flipped);
  ADD ("rows-flipped", test_rows_flipped);
  ADD ("rows-flipped-and-replaced", test_rows_flipped_and_replaced);
  ADD ("rows-cut-off", test_rows_cut_off);
  ADD ("hostile", test_hostile);
  ADD ("no-file", test_no_file);
  ADD ("ten-million-rows", test_ten_million_rows);
  ADD ("given-up", test_given_up);
  ADD ("threads", test_threads);

  return g_test_run ();
}

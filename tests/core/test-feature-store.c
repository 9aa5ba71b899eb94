/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-feature-store.h"

#include "foc-error.h"
#include "test-folders.h"

#include <string.h>

const guint8 test_store_key[FOC_FEATURE_KEY_BYTES] = { 1, 2, 3 };

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

FocFeatureStore *
test_store_write (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (FocFeatureWriter) writer =
    foc_feature_writer_new (path, test_store_key, N_ROWS, N_CLASSES, &error);
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

void
test_store_set_up (StoreFixture *self, gconstpointer data)
{
  FocFeatureStore *store;
  gsize length;

  self->root = test_folder_new ();
  self->path = test_path (self->root, "store");
  store = test_store_write (self->path);
  foc_feature_store_unref (store);
  g_assert_true (g_file_get_contents (self->path, (char **) &self->bytes, &length, NULL));
  g_assert_cmpuint (length, ==, BYTES);
}

void
test_store_tear_down (StoreFixture *self, gconstpointer data)
{
  test_folder_delete (self->root);
  g_free (self->root);
  g_free (self->path);
  g_free (self->bytes);
}

void
test_assert_good (FocFeatureStore *store)
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

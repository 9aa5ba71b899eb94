/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-feature-store.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_round_trip (StoreFixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) written = test_store_write (self->path);
  g_autoptr (FocFeatureStore) opened =
    foc_feature_store_open (self->path, test_store_key, NULL);
  g_autoptr (FocFeatureStore) any = foc_feature_store_open (self->path, NULL, NULL);

  test_assert_good (written);
  test_assert_good (opened);
  test_assert_good (any);
  g_assert_cmpstr (foc_feature_store_get_digest (written), ==,
                   foc_feature_store_get_digest (opened));
}

static void
test_unnamed (StoreFixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) store = test_store_write (NULL);

  test_assert_good (store);
}

/* Who has it open keeps it, whatever becomes of the name. */
static void
test_replaced (StoreFixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) first = test_store_write (self->path);
  g_autoptr (FocFeatureStore) second = test_store_write (self->path);

  g_remove (self->path);
  test_assert_good (first);
  test_assert_good (second);
}

static void
test_no_file (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (foc_feature_store_open (self->root, test_store_key, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  g_clear_error (&error);
  g_remove (self->path);
  g_assert_null (foc_feature_store_open (self->path, test_store_key, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, self->path));
}

/* Nothing that was begun is left when the writer is freed. */
static void
test_given_up (StoreFixture *self, gconstpointer data)
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
        foc_feature_writer_new (self->path, test_store_key, 5, 2, NULL);

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
  store = foc_feature_store_open (self->path, test_store_key, NULL);
  test_assert_good (store);
}

static gpointer
read_all (gpointer store)
{
  for (int i = 0; i < 50; i++)
    test_assert_good (store);
  return NULL;
}

static void
test_threads (StoreFixture *self, gconstpointer data)
{
  g_autoptr (FocFeatureStore) store =
    foc_feature_store_open (self->path, test_store_key, NULL);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("read", read_all, store);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_STORE_TEST ("round-trip", test_round_trip);
  ADD_STORE_TEST ("unnamed", test_unnamed);
  ADD_STORE_TEST ("replaced", test_replaced);
  ADD_STORE_TEST ("no-file", test_no_file);
  ADD_STORE_TEST ("given-up", test_given_up);
  ADD_STORE_TEST ("threads", test_threads);

  return g_test_run ();
}

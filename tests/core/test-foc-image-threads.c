/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-image.h"

#include "foc-image-private.h"
#include "foc-limits.h"
#include "foc-preprocess.h"

#include "test-encoders.h"
#include "test-pictures.h"

static void
assert_cancelled (const char *path, GCancellable *cancellable)
{
  g_auto (FocImage) image = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (foc_image_load (path, NULL, 96, &image, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (image.pixbuf);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = test_write ("picture", "x", 1);

  g_cancellable_cancel (cancellable);
  assert_cancelled (path, cancellable);
}

typedef struct
{
  const char *path;
  GCancellable *cancellable;
} Waiting;

static gpointer
wait_and_be_cancelled (gpointer data)
{
  const Waiting *waiting = data;

  assert_cancelled (waiting->path, waiting->cancellable);
  return NULL;
}

static gpointer
wait_and_load (gpointer data)
{
  return GINT_TO_POINTER (test_code_of_file (data));
}

static void
test_budget (void)
{
  g_autoptr (GdkPixbuf) picture = test_picture_new (64, 64, FALSE);
  g_autoptr (GBytes) jpeg = test_jpeg (picture, TEST_JPEG_COLOUR, FALSE, 0, FALSE);
  g_autoptr (GBytes) png = test_encode (picture, "png");
  char *paths[] = { test_write_bytes ("a", jpeg), test_write_bytes ("b", png) };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Waiting waiting = { paths[i], cancellable };
      GThread *thread;

      g_assert_true (foc_image_budget_take (FOC_LIMIT_DECODING_PIXELS, NULL));

      thread = g_thread_new ("cancelled", wait_and_be_cancelled, &waiting);
      g_usleep (30000);
      g_cancellable_cancel (cancellable);
      g_thread_join (thread);

      thread = g_thread_new ("patient", wait_and_load, paths[i]);
      g_usleep (30000);
      foc_image_budget_return (FOC_LIMIT_DECODING_PIXELS);
      g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (thread)), ==, 0);
    }

  /* Nothing was lost on the way. */
  g_assert_true (foc_image_budget_take (FOC_LIMIT_DECODING_PIXELS, NULL));
  foc_image_budget_return (FOC_LIMIT_DECODING_PIXELS);
  g_free (paths[0]);
  g_free (paths[1]);
}

typedef struct
{
  char *paths[4];
  guint8 features[4][FOC_N_FEATURES];
} Shared;

static gpointer
load_many (gpointer data)
{
  const Shared *shared = data;

  for (int i = 0; i < 40; i++)
    {
      guint8 features[FOC_N_FEATURES];

      g_assert_true (
        foc_preprocess_file (shared->paths[i % 4], NULL, features, NULL, NULL));
      g_assert_cmpmem (features, sizeof features, shared->features[i % 4],
                       sizeof shared->features[i % 4]);
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (GdkPixbuf) picture = test_picture_new (200, 150, FALSE);
  GBytes *files[4] = {
    test_jpeg (picture, TEST_JPEG_COLOUR, FALSE, 8, FALSE),
    test_jpeg (picture, TEST_JPEG_CMYK, TRUE, 0, FALSE),
    test_encode (picture, "png"),
    test_gif (50, 40, 2),
  };
  GThread *threads[8];
  Shared shared;

  for (int i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("shared-%d", i);

      shared.paths[i] = test_write_bytes (name, files[i]);
      test_features (files[i], NULL, shared.features[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("load", load_many, &shared);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  for (int i = 0; i < 4; i++)
    {
      g_free (shared.paths[i]);
      g_bytes_unref (files[i]);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/image-threads/cancelled", test_cancelled);
  g_test_add_func ("/image-threads/budget", test_budget);
  g_test_add_func ("/image-threads/threads", test_threads);

  status = g_test_run ();
  test_pictures_remove ();
  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-demo.h"

#include <errno.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "foc-error.h"
#include "foc-file.h"
#include "test-folders.h"

typedef struct
{
  char *top;    /* removed with all that is in it */
  char *folder; /* inside, not created            */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->top = test_folder_new ();
  fixture->folder = g_build_filename (fixture->top, "new", "demo", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_folder_delete (fixture->top);
  g_free (fixture->folder);
  g_free (fixture->top);
}

/* A checksum of the name and content of every picture of a data set. */
static char *
fingerprint (const char *folder, guint per_class)
{
  static const char *const classes[] = { "faces", "comics" };
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  g_assert_cmpuint (test_folder_count (folder), ==, 2);
  for (guint k = 0; k < G_N_ELEMENTS (classes); k++)
    {
      g_autofree char *path = g_build_filename (folder, classes[k], NULL);

      g_assert_cmpuint (test_folder_count (path), ==, per_class);
      for (guint i = 0; i < per_class; i++)
        {
          g_autofree char *name = g_strdup_printf ("%u.jpg", i);
          g_autofree char *file = g_build_filename (path, name, NULL);
          g_autofree char *data = NULL;
          g_autoptr (GError) error = NULL;
          gsize length;

          g_file_get_contents (file, &data, &length, &error);
          g_assert_no_error (error);
          g_checksum_update (sum, (const guchar *) data, (gssize) length);
        }
    }
  return g_strdup (g_checksum_get_string (sum));
}

static char *
write_and_fingerprint (const Fixture *fixture, const char *name, FocDemoOptions options)
{
  g_autofree char *folder = g_build_filename (fixture->top, name, NULL);
  g_autoptr (GError) error = NULL;
  gboolean written = foc_demo_write (folder, &options, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (written);
  return fingerprint (folder, options.per_class);
}

static void
test_same_bytes (Fixture *fixture, gconstpointer data)
{
  FocDemoOptions options = { .per_class = 12, .size = 64, .seed = 7, .jobs = 1 };
  g_autofree char *one = write_and_fingerprint (fixture, "one", options);
  g_autofree char *four = NULL, *other = NULL;

  options.jobs = 4;
  four = write_and_fingerprint (fixture, "four", options);
  g_assert_cmpstr (one, ==, four);

  options.seed = 8;
  other = write_and_fingerprint (fixture, "other", options);
  g_assert_cmpstr (one, !=, other);
}

static guint64
hash_picture (FocDemoKind kind, guint64 seed, guint index, guint size)
{
  cairo_surface_t *surface = foc_demo_draw (kind, seed, index, size);
  guint64 hash = 14695981039346656037u;
  const guint8 *pixels;
  int stride;

  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, size);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, size);
  pixels = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (guint y = 0; y < size; y++)
    for (guint x = 0; x < size; x++)
      for (guint c = 0; c < 3; c++)
        hash = (hash ^ (pixels + (gsize) y * stride)[4 * x + c]) * 1099511628211u;
  cairo_surface_destroy (surface);
  return hash;
}

/* A picture is its kind, seed, index and size, whatever was drawn before. */
static void
test_draw (void)
{
  guint64 first = hash_picture (FOC_DEMO_FACE, 1, 5, 48);

  g_assert_cmpuint (hash_picture (FOC_DEMO_FACE, 1, 6, 48), !=, first);
  g_assert_cmpuint (hash_picture (FOC_DEMO_COMIC, 1, 5, 48), !=, first);
  g_assert_cmpuint (hash_picture (FOC_DEMO_FACE, 2, 5, 48), !=, first);
  g_assert_cmpuint (hash_picture (FOC_DEMO_FACE, 1, 5, 48), ==, first);
}

static void
test_every_size (void)
{
  static const guint sizes[] = { FOC_DEMO_SIZE_MIN, 17, 24, 100, 256, 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint index = 0; index < 4; index++)
      {
        hash_picture (FOC_DEMO_FACE, 3, index, sizes[i]);
        hash_picture (FOC_DEMO_COMIC, 3, index, sizes[i]);
      }
}

/* Every haircut, beard, background ... at a size that costs nothing: sanitizers
 * look on. */
static void
test_many_people (void)
{
  for (guint index = 0; index < 400; index++)
    {
      hash_picture (FOC_DEMO_FACE, G_MAXUINT64, G_MAXUINT - index, 32);
      hash_picture (FOC_DEMO_COMIC, G_MAXUINT64, G_MAXUINT - index, 32);
    }
}

/* Other programs can read the files, which have the size asked for. */
static void
test_files (Fixture *fixture, gconstpointer data)
{
  FocDemoOptions options = { .per_class = 2, .size = 24, .seed = 1, .jobs = 3 };
  g_autofree char *sum = write_and_fingerprint (fixture, "files", options);
  g_autofree char *path =
    g_build_filename (fixture->top, "files", "comics", "1.jpg", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 24);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, 24);
}

static void
test_refuses_entries (Fixture *fixture, gconstpointer data)
{
  FocDemoOptions options = { .per_class = 2, .size = 24, .seed = 1, .jobs = 2 };
  g_autofree char *file = g_build_filename (fixture->top, ".hidden", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "mine", 4, NULL));
  g_assert_false (foc_demo_write (fixture->top, &options, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_EMPTY);
  g_assert_nonnull (strstr (error->message, fixture->top));
  g_assert_cmpuint (test_folder_count (fixture->top), ==, 1);
  g_assert_true (g_file_get_contents (file, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "mine");

  /* Nor is a file taken for a folder. */
  g_clear_error (&error);
  g_assert_false (foc_demo_write (file, &options, NULL, NULL, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
}

static void
test_refuses_options (Fixture *fixture, gconstpointer data)
{
  static const FocDemoOptions wrong[] = {
    { .per_class = 0, .size = 24 },
    { .per_class = FOC_DEMO_PER_CLASS_MAX + 1, .size = 24 },
    { .per_class = 1, .size = FOC_DEMO_SIZE_MIN - 1 },
    { .per_class = 1, .size = FOC_DEMO_SIZE_MAX + 1 },
    { .per_class = 1, .size = 24, .jobs = G_MAXUINT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (
        foc_demo_write (fixture->folder, &wrong[i], NULL, NULL, NULL, &error));
      g_assert_error (error, FOC_ERROR, FOC_ERROR_SETTINGS);
    }
  g_assert_cmpuint (test_folder_count (fixture->top), ==, 0);
}

typedef struct
{
  GCancellable *cancellable;
  guint cancel_at;
  guint calls;
  guint last;
} Watcher;

static void
watch (guint done, guint total, gpointer user_data)
{
  Watcher *watcher = user_data;

  g_assert_cmpuint (done, ==, watcher->last + 1);
  g_assert_cmpuint (done, <=, total);
  watcher->last = done;
  watcher->calls++;
  if (done == watcher->cancel_at)
    g_cancellable_cancel (watcher->cancellable);
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  FocDemoOptions options = { .per_class = 10, .size = 16, .seed = 1, .jobs = 4 };
  Watcher watcher = { 0 };

  g_assert_true (foc_demo_write (fixture->folder, &options, watch, &watcher, NULL, NULL));
  g_assert_cmpuint (watcher.calls, ==, 20);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  FocDemoOptions options = { .per_class = 50, .size = 16, .seed = 1, .jobs = 2 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Watcher watcher = { .cancellable = cancellable, .cancel_at = 5 };

  g_assert_false (
    foc_demo_write (fixture->folder, &options, watch, &watcher, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));

  /* An empty folder that was there stays, and serves the next attempt. */
  g_cancellable_reset (cancellable);
  watcher.last = 0;
  g_assert_cmpint (g_mkdir (fixture->folder, 0755), ==, 0);
  g_clear_error (&error);
  g_assert_false (
    foc_demo_write (fixture->folder, &options, watch, &watcher, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_test (fixture->folder, G_FILE_TEST_IS_DIR));
  g_assert_cmpuint (test_folder_count (fixture->folder), ==, 0);

  options.per_class = 2;
  g_assert_true (foc_demo_write (fixture->folder, &options, NULL, NULL, NULL, NULL));
}

/* Every write, fsync and rename may fail: each time the reason is told, and
 * nothing is left. */
static void
test_faults (Fixture *fixture, gconstpointer data)
{
  FocDemoOptions options = { .per_class = 2, .size = 16, .seed = 1, .jobs = 2 };

  for (guint nth = 1;; nth++)
    {
      g_autoptr (GError) error = NULL;
      gboolean written;

      foc_file_set_fault (nth, ENOSPC);
      written = foc_demo_write (fixture->folder, &options, NULL, NULL, NULL, &error);
      foc_file_set_fault (0, 0);
      if (written)
        {
          g_assert_cmpuint (nth, >, 4);
          break;
        }
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
      g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
    }
}

static void
test_unwritable (Fixture *fixture, gconstpointer data)
{
  FocDemoOptions options = { .per_class = 2, .size = 16, .seed = 1, .jobs = 2 };
  g_autofree char *file = g_build_filename (fixture->top, "file", NULL);
  g_autofree char *below = g_build_filename (file, "demo", NULL);
  g_autoptr (GError) error = NULL;

  /* No folder can be made below a file, not even by root. */
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_false (foc_demo_write (below, &options, NULL, NULL, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);

  if (geteuid () != 0)
    {
      g_clear_error (&error);
      g_assert_cmpint (g_chmod (fixture->top, 0555), ==, 0);
      g_assert_false (
        foc_demo_write (fixture->folder, &options, NULL, NULL, NULL, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
      g_assert_cmpint (g_chmod (fixture->top, 0755), ==, 0);
    }
}

/* The mean light and the mean colourfulness of a picture, 0 ... 1. */
static void
describe (FocDemoKind kind, guint index, double *light, double *colour)
{
  cairo_surface_t *surface = foc_demo_draw (kind, 1, index, 24);
  const guint8 *pixels = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  *light = *colour = 0.0;
  for (int y = 0; y < 24; y++)
    for (int x = 0; x < 24; x++)
      {
        guint32 pixel;
        int r, g, b;

        memcpy (&pixel, pixels + y * stride + 4 * x, 4);
        r = (pixel >> 16) & 255;
        g = (pixel >> 8) & 255;
        b = pixel & 255;
        *light += (r + g + b) / (3.0 * 255 * 576);
        *colour += (MAX (MAX (r, g), b) - MIN (MIN (r, g), b)) / (255.0 * 576);
      }
  cairo_surface_destroy (surface);
}

/* One threshold on light or colour tells more than chance and less than all:
 * there is something to learn. */
static void
test_difficulty (void)
{
  const guint n = 150;
  double values[2][300];
  guint best[2] = { 0, 0 };

  for (guint i = 0; i < 2 * n; i++)
    describe (i < n ? FOC_DEMO_FACE : FOC_DEMO_COMIC, i % n, &values[0][i],
              &values[1][i]);

  for (guint kind = 0; kind < 2; kind++)
    for (guint t = 0; t < 2 * n; t++)
      {
        guint right = 0;

        for (guint i = 0; i < 2 * n; i++)
          right += (values[kind][i] > values[kind][t]) == (i >= n);
        best[kind] = MAX (best[kind], right);
      }

  for (guint kind = 0; kind < 2; kind++)
    {
      g_test_message ("threshold %u: %u of %u", kind, best[kind], 2 * n);
      g_assert_cmpuint (best[kind], >, 2 * n * 60 / 100);
      g_assert_cmpuint (best[kind], <, 2 * n * 97 / 100);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

  g_test_add_func ("/demo/draw", test_draw);
  g_test_add_func ("/demo/every-size", test_every_size);
  g_test_add_func ("/demo/many-people", test_many_people);
  g_test_add_func ("/demo/difficulty", test_difficulty);
  ADD ("/demo/same-bytes", test_same_bytes);
  ADD ("/demo/files", test_files);
  ADD ("/demo/progress", test_progress);
  ADD ("/demo/cancel", test_cancel);
  ADD ("/demo/refuses-entries", test_refuses_entries);
  ADD ("/demo/refuses-options", test_refuses_options);
  ADD ("/demo/faults", test_faults);
  ADD ("/demo/unwritable", test_unwritable);

  return g_test_run ();
}

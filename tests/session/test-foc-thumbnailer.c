/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-thumbnailer.h"

#include "foc-error.h"
#include "foc-pixels.h"
#include "test-encoders.h"
#include "test-folders.h"
#include "test-pictures.h"

#include <glib/gstdio.h>
#include <string.h>

#define SIDE 64
#define BYTES_OF_ONE ((gsize) SIDE * SIDE * 4)

/* What came of the requests of a test, in the order in which they ended. */
typedef struct
{
  FocThumbnailer *thumbnailer;
  GPtrArray *thumbnails; /* FocThumbnail, or NULL */
  GArray *codes;         /* int                   */
  GString *names;        /* one letter each       */
  FocThumbnailRequest *to_cancel;
} Results;

typedef struct
{
  Results *results;
  char name;
} Wish;

static void
results_init (Results *results, guint n_threads, gsize max_bytes)
{
  *results = (Results){ .thumbnailer = foc_thumbnailer_new (n_threads, max_bytes) };
  results->thumbnails = g_ptr_array_new ();
  results->codes = g_array_new (FALSE, FALSE, sizeof (int));
  results->names = g_string_new (NULL);
}

static void
results_clear (Results *results)
{
  for (guint i = 0; i < results->thumbnails->len; i++)
    if (results->thumbnails->pdata[i] != NULL)
      foc_thumbnail_unref (results->thumbnails->pdata[i]);
  g_ptr_array_unref (results->thumbnails);
  g_array_unref (results->codes);
  g_string_free (results->names, TRUE);
  if (results->thumbnailer != NULL)
    g_assert_finalize_object (results->thumbnailer);
}

static void
on_ready (FocThumbnail *thumbnail, const GError *error, gpointer user_data)
{
  Wish *wish = user_data;
  Results *results = wish->results;
  int code = error == NULL ? 0 : error->code;

  g_assert_true ((thumbnail == NULL) == (error != NULL));
  if (error != NULL)
    g_test_message ("%s", error->message);
  g_ptr_array_add (results->thumbnails,
                   thumbnail == NULL ? NULL : foc_thumbnail_ref (thumbnail));
  g_array_append_val (results->codes, code);
  g_string_append_c (results->names, wish->name);
  if (results->to_cancel != NULL)
    foc_thumbnailer_cancel (results->thumbnailer, g_steal_pointer (&results->to_cancel));
  g_free (wish);
}

static FocThumbnailRequest *
ask_with (Results *results, const char *path, FocThumbnailUrgency urgency, char name)
{
  Wish *wish = g_new (Wish, 1);

  *wish = (Wish){ results, name };
  return foc_thumbnailer_request (results->thumbnailer, path, 0, SIDE, urgency, on_ready,
                                  wish);
}

/* The request, and what it takes with it if it is cancelled. */
static FocThumbnailRequest *
ask (Results *results, const char *path, char name)
{
  return ask_with (results, path, FOC_THUMBNAIL_NOW, name);
}

static void
wait_for (Results *results, guint n)
{
  while (results->names->len < n)
    g_main_context_iteration (NULL, TRUE);
}

/* So long that whatever could come has come. */
static void
wait_a_little (void)
{
  gint64 end = g_get_monotonic_time () + 100 * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static char *
write_jpeg (const char *name, int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = test_picture_new (width, height, FALSE);
  g_autoptr (GBytes) bytes = test_jpeg (pixbuf, TEST_JPEG_COLOUR, FALSE, 0, FALSE);

  return test_write_bytes (name, bytes);
}

static char *
write_png (const char *name, GdkPixbuf *pixbuf)
{
  g_autoptr (GBytes) bytes = test_encode (pixbuf, "png");

  return test_write_bytes (name, bytes);
}

/* A picture that takes long enough to keep a thread busy while others are asked for. */
static char *
write_slow (void)
{
  g_autoptr (GdkPixbuf) pixbuf = test_picture_new (2000, 2000, FALSE);

  return write_png ("slow.png", pixbuf);
}

static void
test_square (void)
{
  g_autoptr (GdkPixbuf) pixbuf = test_picture_new (SIDE + 36, SIDE, FALSE);
  g_autofree char *path = write_png ("square.png", pixbuf);
  const guint8 *in = gdk_pixbuf_read_pixels (pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  const FocThumbnail *thumbnail;
  const guint8 *out;
  Results results;

  results_init (&results, 1, 10 * BYTES_OF_ONE);
  ask (&results, path, 'a');
  wait_for (&results, 1);

  thumbnail = results.thumbnails->pdata[0];
  g_assert_nonnull (thumbnail);
  g_assert_cmpuint (thumbnail->side, ==, SIDE);
  g_assert_cmpuint (g_bytes_get_size (thumbnail->pixels), ==, BYTES_OF_ONE);
  out = g_bytes_get_data (thumbnail->pixels, NULL);

  /* The size is right already: not a bit may change. */
  for (gsize y = 0; y < SIDE; y++)
    for (gsize x = 0; x < SIDE; x++, out += 4)
      {
        const guint8 *rgb = in + y * stride + (x + 18) * 3;

        g_assert_cmpuint (out[0], ==, rgb[2]);
        g_assert_cmpuint (out[1], ==, rgb[1]);
        g_assert_cmpuint (out[2], ==, rgb[0]);
        g_assert_cmpuint (out[3], ==, 255);
      }
  results_clear (&results);
}

/* A plain colour must stay as it is, whatever the factor; transparent is white. */
static void
test_scaled (void)
{
  const int sizes[][2] = { { 7, 7 },     { 30, 50 },  { 100, 64 },
                           { 333, 200 }, { 64, 900 }, { 1, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int alpha = 0; alpha < 2; alpha++)
      {
        FocImage image = { gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, sizes[i][0],
                                           sizes[i][1]) };
        g_autoptr (GBytes) bytes = NULL;
        int side = MIN (sizes[i][0], sizes[i][1]);
        gsize length;
        const guint8 *out;

        gdk_pixbuf_fill (image.pixbuf, alpha ? 0x20408000 : 0x204080ff);
        image.region = (FocRectangle){ (sizes[i][0] - side) / 2, (sizes[i][1] - side) / 2,
                                       side, side };
        bytes = foc_pixels_new (&image, SIDE, SIDE);
        out = g_bytes_get_data (bytes, &length);
        g_assert_cmpuint (length, ==, BYTES_OF_ONE);
        for (gsize at = 0; at < length; at += 4)
          {
            g_assert_cmpint (ABS (out[at] - (alpha ? 255 : 0x80)), <=, 1);
            g_assert_cmpint (ABS (out[at + 1] - (alpha ? 255 : 0x40)), <=, 1);
            g_assert_cmpint (ABS (out[at + 2] - (alpha ? 255 : 0x20)), <=, 1);
            g_assert_cmpuint (out[at + 3], ==, 255);
          }
        foc_image_clear (&image);
      }
}

static void
test_failures (void)
{
  g_autofree char *damaged = test_write ("damaged.jpg", "\xff\xd8\xff\xe0 no more", 12);
  Results results;

  results_init (&results, 2, 10 * BYTES_OF_ONE);
  ask (&results, "/nowhere/nothing.jpg", 'a');
  wait_for (&results, 1);
  ask (&results, damaged, 'b');
  wait_for (&results, 2);
  g_assert_cmpint (g_array_index (results.codes, int, 0), ==, FOC_ERROR_IMAGE_NO_ACCESS);
  g_assert_cmpint (g_array_index (results.codes, int, 1), >, 0);
  g_assert_cmpint (g_array_index (results.codes, int, 1), <=, FOC_ERROR_LAST_IMAGE);
  g_assert_cmpuint (foc_thumbnailer_get_n_bytes (results.thumbnailer), ==, 0);
  results_clear (&results);
}

/* The newest first, and what is on the screen before what is not. */
static void
test_order (void)
{
  g_autofree char *slow = write_slow ();
  g_autofree char *a = write_jpeg ("a.jpg", 80, 80);
  g_autofree char *b = write_jpeg ("b.jpg", 80, 80);
  g_autofree char *c = write_jpeg ("c.jpg", 80, 80);
  g_autofree char *d = write_jpeg ("d.jpg", 80, 80);
  Results results;

  results_init (&results, 1, 10 * BYTES_OF_ONE);
  ask (&results, slow, 's');
  g_usleep (20 * G_TIME_SPAN_MILLISECOND);
  ask (&results, a, 'a');
  ask (&results, b, 'b');
  ask_with (&results, c, FOC_THUMBNAIL_SOON, 'c');
  ask_with (&results, d, FOC_THUMBNAIL_SOON, 'd');
  wait_for (&results, 5);
  g_assert_cmpstr (results.names->str, ==, "sbadc");
  results_clear (&results);
}

static void
test_shared (void)
{
  g_autofree char *slow = write_slow ();
  g_autofree char *a = write_jpeg ("a.jpg", 80, 80);
  g_autofree char *b = write_jpeg ("b.jpg", 80, 80);
  g_autoptr (FocThumbnail) again = NULL;
  Results results;

  results_init (&results, 1, 10 * BYTES_OF_ONE);
  ask (&results, slow, 's');
  g_usleep (20 * G_TIME_SPAN_MILLISECOND);
  ask_with (&results, a, FOC_THUMBNAIL_SOON, '1');
  ask (&results, b, '2');
  ask (&results, a, '3'); /* now it is on the screen, and the newest */
  wait_for (&results, 4);

  g_assert_cmpuint (foc_thumbnailer_get_n_decoded (results.thumbnailer), ==, 3);
  g_assert_true (results.thumbnails->pdata[1] == results.thumbnails->pdata[2]);
  g_assert_cmpint (results.names->str[3], ==, '2');

  again = foc_thumbnailer_lookup (results.thumbnailer, a, 0, SIDE);
  g_assert_true (again == results.thumbnails->pdata[1]);
  g_assert_null (foc_thumbnailer_lookup (results.thumbnailer, a, 1, SIDE));
  g_assert_null (foc_thumbnailer_lookup (results.thumbnailer, a, 0, SIDE + 1));
  results_clear (&results);
}

static void
test_cancel (void)
{
  g_autofree char *slow = write_slow ();
  g_autofree char *a = write_jpeg ("a.jpg", 80, 80);
  FocThumbnailRequest *running;
  FocThumbnailRequest *waiting;
  FocThumbnailRequest *one_of_two;
  Wish *wishes[3];
  Results results;

  results_init (&results, 1, 10 * BYTES_OF_ONE);
  for (gsize i = 0; i < G_N_ELEMENTS (wishes); i++)
    {
      wishes[i] = g_new (Wish, 1);
      *wishes[i] = (Wish){ &results, 'x' };
    }
  running = foc_thumbnailer_request (results.thumbnailer, slow, 0, SIDE,
                                     FOC_THUMBNAIL_NOW, on_ready, wishes[0]);
  g_usleep (20 * G_TIME_SPAN_MILLISECOND);
  waiting = foc_thumbnailer_request (results.thumbnailer, a, 0, SIDE, FOC_THUMBNAIL_NOW,
                                     on_ready, wishes[1]);
  foc_thumbnailer_cancel (results.thumbnailer, running);
  foc_thumbnailer_cancel (results.thumbnailer, waiting);
  wait_a_little ();
  g_assert_cmpuint (results.names->len, ==, 0);

  /* Asked for again, it comes; who does not want it any more hears nothing. */
  one_of_two = foc_thumbnailer_request (results.thumbnailer, a, 0, SIDE,
                                        FOC_THUMBNAIL_NOW, on_ready, wishes[2]);
  ask (&results, a, 'a');
  foc_thumbnailer_cancel (results.thumbnailer, one_of_two);
  wait_for (&results, 1);
  wait_a_little ();
  g_assert_cmpstr (results.names->str, ==, "a");

  for (gsize i = 0; i < G_N_ELEMENTS (wishes); i++)
    g_free (wishes[i]);
  results_clear (&results);
}

/* One that is told may cancel another that would be told of the same thing. */
static void
test_cancel_when_told (void)
{
  g_autofree char *a = write_jpeg ("a.jpg", 80, 80);
  Wish *wish = g_new (Wish, 1);
  Results results;

  results_init (&results, 1, 10 * BYTES_OF_ONE);
  *wish = (Wish){ &results, 'x' };
  results.to_cancel = foc_thumbnailer_request (results.thumbnailer, a, 0, SIDE,
                                               FOC_THUMBNAIL_NOW, on_ready, wish);
  ask (&results, a, 'a');
  wait_for (&results, 1);
  wait_a_little ();
  g_assert_cmpstr (results.names->str, ==, "a");
  g_free (wish);
  results_clear (&results);
}

static void
test_memory (void)
{
  Results results;

  results_init (&results, 2, 3 * BYTES_OF_ONE + 1);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.jpg", i);
      g_autofree char *path = write_jpeg (name, 80, 80);

      ask (&results, path, (char) ('0' + i));
      wait_for (&results, i + 1);
      g_assert_cmpuint (foc_thumbnailer_get_n_bytes (results.thumbnailer), <=,
                        3 * BYTES_OF_ONE);

      /* The first one is looked at time and again: it stays. */
      if (i > 0)
        {
          g_autofree char *first = write_jpeg ("0.jpg", 80, 80);
          g_autoptr (FocThumbnail) kept =
            foc_thumbnailer_lookup (results.thumbnailer, first, 0, SIDE);

          g_assert_nonnull (kept);
        }
    }
  g_assert_cmpuint (foc_thumbnailer_get_n_decoded (results.thumbnailer), ==, 6);
  results_clear (&results);
}

/* Nobody waits, nothing is told, and nothing is left. */
static void
test_dispose (void)
{
  g_autofree char *slow = write_slow ();
  g_autofree char *a = write_jpeg ("a.jpg", 80, 80);
  Wish wish = { NULL, 'x' };

  for (guint i = 0; i < 20; i++)
    {
      FocThumbnailer *thumbnailer = foc_thumbnailer_new (2, 10 * BYTES_OF_ONE);

      for (gint64 version = 0; version < 5; version++)
        foc_thumbnailer_request (thumbnailer, i % 2 == 0 ? slow : a, version, SIDE,
                                 FOC_THUMBNAIL_NOW, on_ready, &wish);
      g_usleep (i * 500);
      g_assert_finalize_object (thumbnailer);
    }
  wait_a_little ();
}

/* A thumbnail that the desktop has made is used; one of another version is not. */
static void
test_of_the_desktop (void)
{
  g_autoptr (GdkPixbuf) noise = test_picture_new (1000, 1000, FALSE);
  g_autoptr (GdkPixbuf) small = test_picture_new (256, 256, FALSE);
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *ready = NULL;
  g_autoptr (GError) error = NULL;
  guint8 *pixels = gdk_pixbuf_get_pixels (noise);

  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (noise); i++)
    pixels[i] = (guint8) g_random_int ();
  gdk_pixbuf_fill (small, 0xff0000ff);

  path = write_png ("noise.png", noise);
  uri = g_filename_to_uri (path, NULL, &error);
  g_assert_no_error (error);
  sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, uri, -1);
  folder = g_build_filename (g_get_user_cache_dir (), "thumbnails", "large", NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  ready = g_strdup_printf ("%s/%s.png", folder, sum);

  for (int valid = 0; valid < 2; valid++)
    {
      GStatBuf status;
      g_autofree char *mtime = NULL;
      const guint8 *out;
      Results results;

      g_assert_cmpint (g_stat (path, &status), ==, 0);
      mtime = g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) status.st_mtime + 1 - valid);
      gdk_pixbuf_save (small, ready, "png", &error, "tEXt::Thumb::URI", uri,
                       "tEXt::Thumb::MTime", mtime, NULL);
      g_assert_no_error (error);

      results_init (&results, 1, 10 * BYTES_OF_ONE);
      ask (&results, path, 'a');
      wait_for (&results, 1);
      out =
        g_bytes_get_data (((FocThumbnail *) results.thumbnails->pdata[0])->pixels, NULL);
      if (valid)
        g_assert_cmpuint (out[2] - out[1], ==, 255);
      else
        g_assert_cmpuint (ABS (out[2] - out[1]), <, 128);
      results_clear (&results);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = test_folder_new ();
  int status;

  /* Not G_TEST_OPTION_ISOLATE_DIRS: gdk-pixbuf knows no formats then. */
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/thumbnailer/square", test_square);
  g_test_add_func ("/thumbnailer/scaled", test_scaled);
  g_test_add_func ("/thumbnailer/failures", test_failures);
  g_test_add_func ("/thumbnailer/order", test_order);
  g_test_add_func ("/thumbnailer/shared", test_shared);
  g_test_add_func ("/thumbnailer/cancel", test_cancel);
  g_test_add_func ("/thumbnailer/cancel-when-told", test_cancel_when_told);
  g_test_add_func ("/thumbnailer/memory", test_memory);
  g_test_add_func ("/thumbnailer/dispose", test_dispose);
  g_test_add_func ("/thumbnailer/of-the-desktop", test_of_the_desktop);

  status = g_test_run ();
  test_pictures_remove ();
  test_folder_delete (cache);
  return status;
}

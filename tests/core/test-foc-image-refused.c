/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that are no picture, not whole, or too large, and files that somebody
 * has made to do harm. */

#include "foc-image.h"

#include "foc-error.h"
#include "foc-exif.h"
#include "foc-limits.h"

#include "test-encoders.h"
#include "test-pictures.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static void
test_no_picture (void)
{
  g_autofree char *folder = g_dir_make_tmp ("foc-folder-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  static const char svg[] =
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
  static const char xpm[] =
    "/* XPM */\nstatic char *x[] = {\n\"1 1 1 1\",\n\"a c red\",\n\"a\"};";

  g_assert_cmpint (test_code_of_data ("", 0), ==, FOC_ERROR_IMAGE_EMPTY);
  g_assert_cmpint (test_code_of_data ("a", 1), ==, FOC_ERROR_IMAGE_FORMAT);
  g_assert_cmpint (test_code_of_data ("No picture at all.", 18), ==,
                   FOC_ERROR_IMAGE_FORMAT);
  g_assert_cmpint (test_code_of_data (svg, strlen (svg)), ==, FOC_ERROR_IMAGE_FORMAT);
  g_assert_cmpint (test_code_of_data (xpm, strlen (xpm)), ==, FOC_ERROR_IMAGE_FORMAT);
  g_assert_cmpint (test_code_of_data ("\xff\xd8\xff\xd9", 4), ==,
                   FOC_ERROR_IMAGE_DAMAGED);
  g_assert_cmpint (test_code_of_file (folder), ==, FOC_ERROR_IMAGE_FOLDER);
  g_assert_cmpint (test_code_of_file ("/nonexistent/picture.jpg"), ==,
                   FOC_ERROR_IMAGE_NO_ACCESS);
  g_assert_null (foc_image_read (folder, NULL, &error));
  g_assert_true (g_str_has_suffix (
    error->message,
    "” cannot be used: it is a folder, and not all that is in it could be found out."));
  g_rmdir (folder);
}

static void
test_special (void)
{
  g_autofree char *path = test_write ("special", "", 0);
  g_autofree char *socket_path = test_write ("socket", "", 0);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  g_autoptr (GError) error = NULL;
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);

  g_remove (path);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_cmpint (test_code_of_file (path), ==, FOC_ERROR_IMAGE_SPECIAL);
  g_remove (path);

  g_remove (socket_path);
  g_assert_cmpuint (g_strlcpy (address.sun_path, socket_path, sizeof address.sun_path), <,
                    sizeof address.sun_path);
  g_assert_no_errno (bind (fd, (struct sockaddr *) &address, sizeof address));
  g_assert_cmpint (test_code_of_file (socket_path), ==, FOC_ERROR_IMAGE_SPECIAL);
  close (fd);
  g_remove (socket_path);

  g_assert_null (foc_image_read ("/dev/null", NULL, &error));
  g_assert_cmpstr (error->message, ==,
                   "“/dev/null” cannot be used: it is not a regular file.");
}

static void
test_unreadable (void)
{
  g_autofree char *path = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may read everything");
      return;
    }
  path = test_write ("unreadable", "x", 1);
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  g_assert_cmpint (test_code_of_file (path), ==, FOC_ERROR_IMAGE_NO_ACCESS);
  g_remove (path);
}

static void
test_oversized (void)
{
  guint8 rows[3] = { 0 };
  g_autoptr (GBytes) png = test_png (60000, 60000, 8, 2, rows, 0, NULL);
  g_autoptr (GBytes) wide_png = test_png (16385, 1, 8, 2, rows, 0, NULL);
  g_autoptr (GBytes) many_png = test_png (10001, 10000, 8, 2, rows, 0, NULL);
  g_autoptr (GBytes) gif = test_gif (20, 10, 1);
  g_autoptr (GdkPixbuf) picture = test_picture_new (16, 16, FALSE);
  g_autoptr (GBytes) jpeg = test_jpeg (picture, TEST_JPEG_COLOUR, FALSE, 0, FALSE);
  g_autoptr (GBytes) bmp = test_encode (picture, "bmp");
  gsize length = 0;
  g_autofree guint8 *data = NULL;
  g_autofree char *path = NULL;
  int fd;

  g_assert_cmpint (test_code_of_bytes (png), ==, FOC_ERROR_IMAGE_TOO_LARGE);
  g_assert_cmpint (test_code_of_bytes (wide_png), ==, FOC_ERROR_IMAGE_TOO_LARGE);
  g_assert_cmpint (test_code_of_bytes (many_png), ==, FOC_ERROR_IMAGE_TOO_LARGE);

  data = g_bytes_unref_to_data (g_steal_pointer (&gif), &length);
  data[7] = 0xff;
  g_assert_cmpint (test_code_of_data (data, length), ==, FOC_ERROR_IMAGE_TOO_LARGE);
  g_free (data);

  data = g_bytes_unref_to_data (g_steal_pointer (&bmp), &length);
  data[19] = 0xff;
  g_assert_cmpint (test_code_of_data (data, length), ==, FOC_ERROR_IMAGE_TOO_LARGE);
  g_free (data);

  data = g_bytes_unref_to_data (g_steal_pointer (&jpeg), &length);
  for (gsize i = 0; i + 8 < length; i++)
    if (data[i] == 0xff && data[i + 1] == 0xc0)
      {
        data[i + 5] = 0xff; /* height */
        break;
      }
  g_assert_cmpint (test_code_of_data (data, length), ==, FOC_ERROR_IMAGE_TOO_LARGE);

  /* A hole in a file: it takes no room on the disk. */
  path = test_write ("huge.jpg", "\xff\xd8\xff", 3);
  fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  g_assert_cmpint (ftruncate (fd, (off_t) FOC_LIMIT_IMAGE_BYTES + 1), ==, 0);
  close (fd);
  g_assert_cmpint (test_code_of_file (path), ==, FOC_ERROR_IMAGE_TOO_LARGE);
  g_remove (path);
}

static void
test_truncated (void)
{
  static const char *const names[] = { "jpeg", "progressive", "cmyk", "png", "gif",
                                       "bmp",  "pnm",         "tiff", "webp" };
  g_autoptr (GdkPixbuf) picture = test_picture_new (120, 90, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) bytes = NULL;
      const guint8 *data;
      gsize length = 0;

      switch (i)
        {
        case 0:
        case 1:
          bytes = test_jpeg (picture, TEST_JPEG_COLOUR, i == 1, 0, FALSE);
          break;
        case 2:
          bytes = test_jpeg (picture, TEST_JPEG_CMYK, FALSE, 0, FALSE);
          break;
        case 4:
          bytes = test_gif (60, 50, 2);
          break;
        case 6:
          bytes = test_pnm (picture);
          break;
        default:
          bytes = test_encode (picture, names[i]);
          break;
        }
      if (bytes == NULL)
        {
          g_test_message ("gdk-pixbuf cannot write %s here", names[i]);
          continue;
        }

      data = g_bytes_get_data (bytes, &length);
      g_assert_cmpint (test_code_of_data (data, length), ==, 0);
      for (gsize tenths = 0; tenths <= 10; tenths++)
        {
          gsize end = tenths == 10 ? length - 1 : length * tenths / 10;
          int code = test_code_of_data (data, end);

          if (tenths == 0)
            g_assert_cmpint (code, ==, FOC_ERROR_IMAGE_EMPTY);
          else if (strcmp (names[i], "tiff") == 0)
            g_assert_cmpint (code, !=, 0);
          else
            g_assert_cmpint (code, ==, FOC_ERROR_IMAGE_TRUNCATED);
        }
    }
}

/* All chunks are there, and whole, but they do not hold all rows. */
static void
test_png_rows_missing (void)
{
  g_autofree guint8 *rows = g_malloc0 (40 * 40 * 3);
  g_autoptr (GBytes) whole = test_png (40, 40, 8, 2, rows, 40 * 40 * 3, NULL);
  g_autoptr (GBytes) half = test_png (40, 40, 8, 2, rows, 40 * 20 * 3, NULL);

  g_assert_cmpint (test_code_of_bytes (whole), ==, 0);
  g_assert_cmpint (test_code_of_bytes (half), !=, 0);
}

/* Junk after the end mark, and unknown segments, are common and harmless. */
static void
test_jpeg_tolerated (void)
{
  g_autoptr (GdkPixbuf) picture = test_picture_new (64, 64, FALSE);
  g_autoptr (GBytes) bytes = test_jpeg (picture, TEST_JPEG_COLOUR, FALSE, 0, FALSE);
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree guint8 *longer = g_malloc0 (length + 100);

  memcpy (longer, data, length);
  g_assert_cmpint (test_code_of_data (longer, length + 100), ==, 0);

  /* Bytes that belong nowhere, between two segments. */
  memcpy (longer, data, 20);
  memcpy (longer + 27, data + 20, length - 20);
  g_assert_cmpint (test_code_of_data (longer, length + 7), ==, 0);
}

static void
test_byte_flips (void)
{
  g_autoptr (GdkPixbuf) picture = test_picture_new (40, 30, FALSE);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) files =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_ptr_array_add (files, test_jpeg (picture, TEST_JPEG_COLOUR, FALSE, 6, FALSE));
  g_ptr_array_add (files, test_jpeg (picture, TEST_JPEG_COLOUR, TRUE, 3, TRUE));
  g_ptr_array_add (files, test_encode (picture, "png"));
  g_ptr_array_add (files, test_gif (20, 15, 2));
  g_ptr_array_add (files, test_encode (picture, "bmp"));

  for (guint i = 0; i < files->len; i++)
    for (int round = 0; round < 200; round++)
      {
        gsize length = 0;
        const guint8 *data = g_bytes_get_data (files->pdata[i], &length);
        g_autofree guint8 *copy = g_memdup2 (data, length);

        copy[g_rand_int_range (rand, 0, (gint32) length)] ^=
          (guint8) (1 << g_rand_int_range (rand, 0, 8));
        test_code_of_data (copy, length);
      }
}

static void
test_exif_damaged (void)
{
  g_autoptr (GdkPixbuf) picture = test_picture_new (16, 16, FALSE);
  g_autoptr (GBytes) bytes = test_jpeg (picture, TEST_JPEG_COLOUR, FALSE, 6, FALSE);
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  g_assert_cmpint (foc_exif_orientation (data, length), ==, 6);

  /* Copies of exact size, so that the address sanitizer sees every overrun. */
  for (gsize cut = 0; cut < MIN (length, 120); cut++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, MAX (cut, 1));
      int orientation = foc_exif_orientation (copy, cut);

      g_assert_true (orientation == 1 || orientation == 6);
    }
  for (gsize at = 2; at < MIN (length, 120); at++)
    for (int value = 0; value < 256; value += 5)
      {
        g_autofree guint8 *copy = g_memdup2 (data, length);
        int orientation;

        copy[at] = (guint8) value;
        orientation = foc_exif_orientation (copy, length);
        g_assert_cmpint (orientation, >=, 1);
        g_assert_cmpint (orientation, <=, 8);
      }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/image-refused/png-rows-missing", test_png_rows_missing);
  g_test_add_func ("/image-refused/jpeg-tolerated", test_jpeg_tolerated);
  g_test_add_func ("/image-refused/exif-damaged", test_exif_damaged);
  g_test_add_func ("/image-refused/no-picture", test_no_picture);
  g_test_add_func ("/image-refused/special", test_special);
  g_test_add_func ("/image-refused/unreadable", test_unreadable);
  g_test_add_func ("/image-refused/oversized", test_oversized);
  g_test_add_func ("/image-refused/truncated", test_truncated);
  g_test_add_func ("/image-refused/byte-flips", test_byte_flips);

  status = g_test_run ();
  test_pictures_remove ();
  return status;
}

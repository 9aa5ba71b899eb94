/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-image.h"

#include "foc-error.h"
#include "foc-exif.h"
#include "foc-image-private.h"
#include "foc-limits.h"
#include "foc-preprocess.h"

#include "test-pictures.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WHOLE_SIDE 100000 /* a min_side that no picture reaches: no scaling */

/* 0 if the file can be used, else the code. Whatever it is, it must be one of
 * the image codes, and name the file. */
static int
code_of_file (const char *path)
{
  g_auto (FocImage) image = { 0 };
  g_autoptr (GError) error = NULL;

  if (foc_image_load (path, NULL, 96, &image, NULL, &error))
    {
      g_assert_no_error (error);
      g_assert_true (GDK_IS_PIXBUF (image.pixbuf));
      g_assert_cmpfloat (image.region.x, >=, 0.0);
      g_assert_cmpfloat (image.region.y, >=, 0.0);
      g_assert_cmpfloat (image.region.x + image.region.width, <=,
                         gdk_pixbuf_get_width (image.pixbuf));
      g_assert_cmpfloat (image.region.y + image.region.height, <=,
                         gdk_pixbuf_get_height (image.pixbuf));
      return 0;
    }

  g_assert_null (image.pixbuf);
  g_assert_true (error->domain == FOC_ERROR);
  g_assert_cmpint (error->code, >=, 1);
  g_assert_cmpint (error->code, <=, FOC_ERROR_LAST_IMAGE);
  {
    g_autofree char *name = g_filename_display_name (path);

    g_assert_nonnull (strstr (error->message, name));
  }
  return error->code;
}

static int
code_of_data (const void *data, gsize length)
{
  g_autofree char *path = test_write ("picture", data, length);

  return code_of_file (path);
}

static int
code_of_bytes (GBytes *bytes)
{
  return code_of_data (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
load_bytes (GBytes *bytes, const FocRectangle *region, int min_side, FocImage *image)
{
  g_autofree char *path = test_write_bytes ("picture", bytes);
  g_autoptr (GError) error = NULL;

  foc_image_load (path, region, min_side, image, NULL, &error);
  g_assert_no_error (error);
}

static void
features_of (GBytes *bytes, const FocRectangle *region, guint8 *features)
{
  g_autofree char *path = test_write_bytes ("picture", bytes);
  g_autoptr (GError) error = NULL;

  foc_preprocess_file (path, region, features, NULL, &error);
  g_assert_no_error (error);
}

/* The greatest difference between the rows of two pictures, as RGB. */
static int
pixbuf_difference (GdkPixbuf *a, GdkPixbuf *b)
{
  int width = gdk_pixbuf_get_width (a), height = gdk_pixbuf_get_height (a), most = 0;

  g_assert_cmpint (width, ==, gdk_pixbuf_get_width (b));
  g_assert_cmpint (height, ==, gdk_pixbuf_get_height (b));
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *p = gdk_pixbuf_read_pixels (a) + y * gdk_pixbuf_get_rowstride (a)
                          + x * gdk_pixbuf_get_n_channels (a);
        const guint8 *q = gdk_pixbuf_read_pixels (b) + y * gdk_pixbuf_get_rowstride (b)
                          + x * gdk_pixbuf_get_n_channels (b);

        most = MAX (most, test_difference (p, q, 3));
      }
  return most;
}

static void
assert_colour (GBytes *bytes, guint8 red, guint8 green, guint8 blue)
{
  const guint8 colour[] = { red, green, blue };
  guint8 features[FOC_N_FEATURES];

  features_of (bytes, NULL, features);
  for (int i = 0; i < FOC_N_FEATURES; i++)
    g_assert_cmpint (features[i], ==, colour[i % 3]);
}

/* Formats */

static void
test_lossless (gconstpointer user_data)
{
  const char *type = user_data;
  g_autoptr (GdkPixbuf) picture = test_picture_new (61, 43, FALSE);
  g_autoptr (GBytes) bytes = NULL;
  g_auto (FocImage) image = { 0 };

  if (strcmp (type, "pnm") == 0)
    bytes = test_pnm (picture);
  else if (strcmp (type, "interlaced") == 0)
    bytes = test_png_interlaced (picture);
  else if (test_can_load (type))
    bytes = test_encode (picture, type);

  if (bytes == NULL)
    {
      g_test_skip ("gdk-pixbuf has no loader for this format here, or cannot write it");
      return;
    }
  load_bytes (bytes, NULL, 96, &image);
  g_assert_cmpint (image.full_width, ==, 61);
  g_assert_cmpint (image.full_height, ==, 43);
  if (strcmp (type, "webp") != 0) /* written with loss */
    g_assert_cmpint (pixbuf_difference (image.pixbuf, picture), ==, 0);
}

static void
test_png_kinds (void)
{
  guint8 rows[30 * 30 * 6], palette[768] = { 0 };
  g_autoptr (GBytes) deep = NULL;
  g_autoptr (GBytes) grey = NULL;
  g_autoptr (GBytes) indexed = NULL;
  g_autoptr (GBytes) black_and_white = NULL;

  for (guint i = 0; i < sizeof rows; i++)
    rows[i] = (i % 6 & 1) != 0 ? 0 : (guint8) (50 * (i % 6));
  deep = test_png (30, 30, 16, 2, rows, sizeof rows, NULL);
  assert_colour (deep, 0, 100, 200);

  memset (rows, 77, 900);
  grey = test_png (30, 30, 8, 0, rows, 900, NULL);
  assert_colour (grey, 77, 77, 77);

  palette[77 * 3] = 1, palette[77 * 3 + 1] = 2, palette[77 * 3 + 2] = 250;
  indexed = test_png (30, 30, 8, 3, rows, 900, palette);
  assert_colour (indexed, 1, 2, 250);

  memset (rows, 0xff, 120);
  black_and_white = test_png (30, 30, 1, 0, rows, 120, NULL);
  assert_colour (black_and_white, 255, 255, 255);
}

static void
test_png_interlaced_sizes (void)
{
  for (int width = 1; width <= 9; width++)
    for (int height = 1; height <= 9; height++)
      {
        g_autoptr (GdkPixbuf) picture = test_picture_new (width, height, FALSE);
        g_autoptr (GBytes) bytes = test_png_interlaced (picture);
        g_auto (FocImage) image = { 0 };

        load_bytes (bytes, NULL, 96, &image);
        g_assert_cmpint (pixbuf_difference (image.pixbuf, picture), ==, 0);
      }
}

static void
test_gif_first_frame (void)
{
  g_autoptr (GBytes) one = test_gif (30, 20, 1);
  g_autoptr (GBytes) two = test_gif (30, 20, 2);

  assert_colour (one, 255, 0, 0);
  assert_colour (two, 255, 0, 0);
}

static void
test_jpeg_kinds (void)
{
  g_autoptr (GdkPixbuf) picture = test_picture_new (77, 53, FALSE);

  for (int progressive = 0; progressive < 2; progressive++)
    {
      g_autoptr (GBytes) colour =
        test_jpeg (picture, TEST_JPEG_COLOUR, progressive, 0, FALSE);
      g_autoptr (GBytes) grey =
        test_jpeg (picture, TEST_JPEG_GREY, progressive, 0, FALSE);
      g_auto (FocImage) a = { 0 };
      g_auto (FocImage) b = { 0 };
      const guint8 *p;

      load_bytes (colour, NULL, WHOLE_SIDE, &a);
      g_assert_cmpint (a.full_width, ==, 77);
      g_assert_cmpint (gdk_pixbuf_get_width (a.pixbuf), ==, 53);
      g_assert_cmpint (gdk_pixbuf_get_n_channels (a.pixbuf), ==, 3);

      load_bytes (grey, &(FocRectangle){ 0, 0, 77, 53 }, WHOLE_SIDE, &b);
      p = gdk_pixbuf_read_pixels (b.pixbuf) + 76 * 3;
      g_assert_cmpint (p[0], >, 250);
      g_assert_true (p[0] == p[1] && p[1] == p[2]);
    }
}

/* Our conversion of inks is the one that people see elsewhere. */
static void
test_jpeg_cmyk (void)
{
  g_autoptr (GdkPixbuf) picture = test_picture_new (64, 48, FALSE);
  g_autoptr (GBytes) bytes = test_jpeg (picture, TEST_JPEG_CMYK, FALSE, 0, FALSE);
  g_autofree char *path = test_write_bytes ("cmyk", bytes);
  g_autoptr (GdkPixbuf) expected = gdk_pixbuf_new_from_file (path, NULL);
  g_auto (FocImage) image = { 0 };

  load_bytes (bytes, &(FocRectangle){ 0, 0, 64, 48 }, WHOLE_SIDE, &image);
  g_assert_cmpint (pixbuf_difference (image.pixbuf, expected), <=, 2);
}

static void
test_jpeg_scale (void)
{
  static const int sides[][2] = { { 95, 95 },   { 96, 96 },  { 191, 191 }, { 192, 96 },
                                  { 256, 128 }, { 384, 96 }, { 768, 96 },  { 770, 97 } };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autoptr (GdkPixbuf) picture = test_picture_new (sides[i][0], sides[i][0], FALSE);
      g_autoptr (GBytes) bytes = test_jpeg (picture, TEST_JPEG_COLOUR, FALSE, 0, FALSE);
      g_auto (FocImage) image = { 0 };

      load_bytes (bytes, NULL, 96, &image);
      g_assert_cmpint (gdk_pixbuf_get_width (image.pixbuf), ==, sides[i][1]);
      g_assert_cmpint (image.full_width, ==, sides[i][0]);
    }
}

/* Orientation */

static void
test_orientations (void)
{
  static const FocRectangle regions[] = { { 56, 0, 208, 208 },
                                          { 10, 20, 120, 100 },
                                          { 33.3, 7.7, 250.5, 199.25 } };
  g_autoptr (GdkPixbuf) upright = test_picture_new (320, 208, FALSE);

  for (guint i = 0; i <= G_N_ELEMENTS (regions); i++)
    {
      const FocRectangle *region = i > 0 ? &regions[i - 1] : NULL;
      guint8 expected[FOC_N_FEATURES];

      for (int orientation = 1; orientation <= 8; orientation++)
        {
          g_autoptr (GdkPixbuf) stored = test_picture_store (upright, orientation);
          g_autoptr (GBytes) bytes =
            test_jpeg (stored, TEST_JPEG_COLOUR, i % 2 != 0, orientation, i >= 2);
          guint8 features[FOC_N_FEATURES];
          g_auto (FocImage) image = { 0 };

          features_of (bytes, region, features);
          if (orientation == 1)
            memcpy (expected, features, sizeof expected);
          g_assert_cmpint (test_difference (features, expected, sizeof features), <=, 2);

          load_bytes (bytes, region, 96, &image);
          g_assert_cmpint (image.full_width, ==, 320);
          g_assert_cmpint (image.full_height, ==, 208);
        }
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

/* Regions */

static void
test_region_clipped (void)
{
  static const struct
  {
    FocRectangle wanted;
    FocRectangle expected;
  } cases[] = {
    { { -10, -10, 30, 30 }, { 0, 0, 20, 20 } },
    { { 90, 40, 100, 100 }, { 90, 40, 10, 10 } },
    { { 0, 0, 1000, 1000 }, { 0, 0, 100, 50 } },
    { { 500, 500, 10, 10 }, { 99, 49, 1, 1 } },
    { { -500, -500, 10, 10 }, { 0, 0, 1, 1 } },
    { { 20, 20, 0, 0 }, { 19, 19, 1, 1 } },
    { { 0, 0, -5, -5 }, { 0, 0, 1, 1 } },
    { { 1.5, 2.25, 3.5, 4.5 }, { 1.5, 2.25, 3.5, 4.5 } },
    { { NAN, 0, 10, 10 }, { 25, 0, 50, 50 } },
    { { 0, 0, INFINITY, 10 }, { 25, 0, 50, 50 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FocRectangle region;

      foc_image_choose_region (&cases[i].wanted, 100, 50, &region);
      g_assert_cmpfloat (region.x, ==, cases[i].expected.x);
      g_assert_cmpfloat (region.y, ==, cases[i].expected.y);
      g_assert_cmpfloat (region.width, ==, cases[i].expected.width);
      g_assert_cmpfloat (region.height, ==, cases[i].expected.height);
    }
}

static void
test_region_is_crop (void)
{
  const FocRectangle region = { 32, 16, 112, 112 };
  g_autoptr (GdkPixbuf) picture = test_picture_new (192, 160, FALSE);
  g_autoptr (GdkPixbuf) crop = gdk_pixbuf_new_subpixbuf (picture, 32, 16, 112, 112);
  g_autoptr (GdkPixbuf) centre = gdk_pixbuf_new_subpixbuf (picture, 16, 0, 160, 160);
  guint8 of_region[FOC_N_FEATURES], of_crop[FOC_N_FEATURES];

  for (int type = 0; type < 2; type++)
    {
      g_autoptr (GBytes) whole =
        type == 0 ? test_encode (picture, "png")
                  : test_jpeg (picture, TEST_JPEG_COLOUR, TRUE, 0, FALSE);
      g_autoptr (GBytes) part = type == 0
                                  ? test_encode (crop, "png")
                                  : test_jpeg (crop, TEST_JPEG_COLOUR, TRUE, 0, FALSE);
      g_autoptr (GBytes) middle =
        type == 0 ? test_encode (centre, "png")
                  : test_jpeg (centre, TEST_JPEG_COLOUR, TRUE, 0, FALSE);

      features_of (whole, &region, of_region);
      features_of (part, NULL, of_crop);
      g_assert_cmpint (test_difference (of_region, of_crop, FOC_N_FEATURES), <=,
                       2 * type);

      features_of (whole, NULL, of_region);
      features_of (middle, NULL, of_crop);
      g_assert_cmpint (test_difference (of_region, of_crop, FOC_N_FEATURES), <=,
                       2 * type);
    }
}

/* The pixels of a region are those of the whole picture at the same scale. */
static void
test_region_same_pixels (void)
{
  const FocRectangle region = { 101, 51, 399, 390 };
  g_autoptr (GdkPixbuf) picture = test_picture_new (520, 460, FALSE);
  g_autoptr (GBytes) bytes = test_jpeg (picture, TEST_JPEG_COLOUR, FALSE, 0, FALSE);
  g_auto (FocImage) part = { 0 };
  g_auto (FocImage) again = { 0 };
  g_auto (FocImage) whole = { 0 };
  g_autoptr (GdkPixbuf) cut = NULL;

  load_bytes (bytes, &region, 96, &part);
  load_bytes (bytes, &region, 80, &again);
  load_bytes (bytes, &(FocRectangle){ 0, 0, 520, 460 }, 96, &whole);
  g_assert_cmpint (gdk_pixbuf_get_width (whole.pixbuf), ==, 130);
  g_assert_cmpfloat (part.region.x, ==, 0.25);
  g_assert_cmpfloat (part.region.width, ==, 399 / 4.0);

  cut =
    gdk_pixbuf_new_subpixbuf (whole.pixbuf, 25, 12, gdk_pixbuf_get_width (part.pixbuf),
                              gdk_pixbuf_get_height (part.pixbuf));
  g_assert_cmpint (pixbuf_difference (part.pixbuf, cut), ==, 0);
  g_assert_cmpint (pixbuf_difference (part.pixbuf, again.pixbuf), ==, 0);
}

/* What cannot be used */

static void
test_no_picture (void)
{
  g_autofree char *folder = g_dir_make_tmp ("foc-folder-XXXXXX", NULL);
  static const char svg[] =
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
  static const char xpm[] =
    "/* XPM */\nstatic char *x[] = {\n\"1 1 1 1\",\n\"a c red\",\n\"a\"};";

  g_assert_cmpint (code_of_data ("", 0), ==, FOC_ERROR_IMAGE_EMPTY);
  g_assert_cmpint (code_of_data ("a", 1), ==, FOC_ERROR_IMAGE_FORMAT);
  g_assert_cmpint (code_of_data ("No picture at all.", 18), ==, FOC_ERROR_IMAGE_FORMAT);
  g_assert_cmpint (code_of_data (svg, strlen (svg)), ==, FOC_ERROR_IMAGE_FORMAT);
  g_assert_cmpint (code_of_data (xpm, strlen (xpm)), ==, FOC_ERROR_IMAGE_FORMAT);
  g_assert_cmpint (code_of_data ("\xff\xd8\xff\xd9", 4), ==, FOC_ERROR_IMAGE_DAMAGED);
  g_assert_cmpint (code_of_file (folder), ==, FOC_ERROR_IMAGE_FORMAT);
  g_assert_cmpint (code_of_file ("/nonexistent/picture.jpg"), ==,
                   FOC_ERROR_IMAGE_NO_ACCESS);
  g_rmdir (folder);
}

static void
test_fifo (void)
{
  g_autofree char *path = test_write ("fifo", "", 0);

  g_remove (path);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_cmpint (code_of_file (path), ==, FOC_ERROR_IMAGE_NO_ACCESS);
  g_remove (path);
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
  g_assert_cmpint (code_of_file (path), ==, FOC_ERROR_IMAGE_NO_ACCESS);
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

  g_assert_cmpint (code_of_bytes (png), ==, FOC_ERROR_IMAGE_TOO_LARGE);
  g_assert_cmpint (code_of_bytes (wide_png), ==, FOC_ERROR_IMAGE_TOO_LARGE);
  g_assert_cmpint (code_of_bytes (many_png), ==, FOC_ERROR_IMAGE_TOO_LARGE);

  data = g_bytes_unref_to_data (g_steal_pointer (&gif), &length);
  data[7] = 0xff;
  g_assert_cmpint (code_of_data (data, length), ==, FOC_ERROR_IMAGE_TOO_LARGE);
  g_free (data);

  data = g_bytes_unref_to_data (g_steal_pointer (&bmp), &length);
  data[19] = 0xff;
  g_assert_cmpint (code_of_data (data, length), ==, FOC_ERROR_IMAGE_TOO_LARGE);
  g_free (data);

  data = g_bytes_unref_to_data (g_steal_pointer (&jpeg), &length);
  for (gsize i = 0; i + 8 < length; i++)
    if (data[i] == 0xff && data[i + 1] == 0xc0)
      {
        data[i + 5] = 0xff; /* height */
        break;
      }
  g_assert_cmpint (code_of_data (data, length), ==, FOC_ERROR_IMAGE_TOO_LARGE);

  /* A hole in a file: it takes no room on the disk. */
  path = test_write ("huge.jpg", "\xff\xd8\xff", 3);
  fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  g_assert_cmpint (ftruncate (fd, (off_t) FOC_LIMIT_IMAGE_BYTES + 1), ==, 0);
  close (fd);
  g_assert_cmpint (code_of_file (path), ==, FOC_ERROR_IMAGE_TOO_LARGE);
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
      g_assert_cmpint (code_of_data (data, length), ==, 0);
      for (gsize tenths = 0; tenths <= 10; tenths++)
        {
          gsize end = tenths == 10 ? length - 1 : length * tenths / 10;
          int code = code_of_data (data, end);

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

  g_assert_cmpint (code_of_bytes (whole), ==, 0);
  g_assert_cmpint (code_of_bytes (half), !=, 0);
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
  g_assert_cmpint (code_of_data (longer, length + 100), ==, 0);

  /* Bytes that belong nowhere, between two segments. */
  memcpy (longer, data, 20);
  memcpy (longer + 27, data + 20, length - 20);
  g_assert_cmpint (code_of_data (longer, length + 7), ==, 0);
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
        code_of_data (copy, length);
      }
}

/* Threads */

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
  return GINT_TO_POINTER (code_of_file (data));
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
      features_of (files[i], NULL, shared.features[i]);
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
  static const char *const types[] = {
    "png", "interlaced", "bmp", "pnm", "tiff", "webp"
  };
  int status;

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strconcat ("/image/lossless/", types[i], NULL);

      g_test_add_data_func (path, types[i], test_lossless);
    }
  g_test_add_func ("/image/png-kinds", test_png_kinds);
  g_test_add_func ("/image/png-interlaced-sizes", test_png_interlaced_sizes);
  g_test_add_func ("/image/png-rows-missing", test_png_rows_missing);
  g_test_add_func ("/image/gif-first-frame", test_gif_first_frame);
  g_test_add_func ("/image/jpeg-kinds", test_jpeg_kinds);
  g_test_add_func ("/image/jpeg-cmyk", test_jpeg_cmyk);
  g_test_add_func ("/image/jpeg-scale", test_jpeg_scale);
  g_test_add_func ("/image/jpeg-tolerated", test_jpeg_tolerated);
  g_test_add_func ("/image/orientations", test_orientations);
  g_test_add_func ("/image/exif-damaged", test_exif_damaged);
  g_test_add_func ("/image/region-clipped", test_region_clipped);
  g_test_add_func ("/image/region-is-crop", test_region_is_crop);
  g_test_add_func ("/image/region-same-pixels", test_region_same_pixels);
  g_test_add_func ("/image/no-picture", test_no_picture);
  g_test_add_func ("/image/fifo", test_fifo);
  g_test_add_func ("/image/unreadable", test_unreadable);
  g_test_add_func ("/image/oversized", test_oversized);
  g_test_add_func ("/image/truncated", test_truncated);
  g_test_add_func ("/image/byte-flips", test_byte_flips);
  g_test_add_func ("/image/cancelled", test_cancelled);
  g_test_add_func ("/image/budget", test_budget);
  g_test_add_func ("/image/threads", test_threads);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-image.h"

#include "foc-error.h"
#include "foc-image-private.h"
#include "foc-limits.h"
#include "foc-preprocess.h"

#include "test-encoders.h"
#include "test-pictures.h"

#include <math.h>
#include <string.h>

#define WHOLE_SIDE 100000 /* a min_side that no picture reaches: no scaling */

/* Formats */

static void
assert_colour (GBytes *bytes, guint8 red, guint8 green, guint8 blue)
{
  const guint8 colour[] = { red, green, blue };
  guint8 features[FOC_N_FEATURES];

  test_features (bytes, NULL, features);
  for (int i = 0; i < FOC_N_FEATURES; i++)
    g_assert_cmpint (features[i], ==, colour[i % 3]);
}

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
  test_load (bytes, NULL, 96, &image);
  g_assert_cmpint (image.full_width, ==, 61);
  g_assert_cmpint (image.full_height, ==, 43);
  if (strcmp (type, "webp") != 0) /* written with loss */
    g_assert_cmpint (test_pixbuf_difference (image.pixbuf, picture), ==, 0);
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

        test_load (bytes, NULL, 96, &image);
        g_assert_cmpint (test_pixbuf_difference (image.pixbuf, picture), ==, 0);
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

      test_load (colour, NULL, WHOLE_SIDE, &a);
      g_assert_cmpint (a.full_width, ==, 77);
      g_assert_cmpint (gdk_pixbuf_get_width (a.pixbuf), ==, 53);
      g_assert_cmpint (gdk_pixbuf_get_n_channels (a.pixbuf), ==, 3);

      test_load (grey, &(FocRectangle){ 0, 0, 77, 53 }, WHOLE_SIDE, &b);
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

  test_load (bytes, &(FocRectangle){ 0, 0, 64, 48 }, WHOLE_SIDE, &image);
  g_assert_cmpint (test_pixbuf_difference (image.pixbuf, expected), <=, 2);
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

      test_load (bytes, NULL, 96, &image);
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

          test_features (bytes, region, features);
          if (orientation == 1)
            memcpy (expected, features, sizeof expected);
          g_assert_cmpint (test_difference (features, expected, sizeof features), <=, 2);

          test_load (bytes, region, 96, &image);
          g_assert_cmpint (image.full_width, ==, 320);
          g_assert_cmpint (image.full_height, ==, 208);
        }
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

      test_features (whole, &region, of_region);
      test_features (part, NULL, of_crop);
      g_assert_cmpint (test_difference (of_region, of_crop, FOC_N_FEATURES), <=,
                       2 * type);

      test_features (whole, NULL, of_region);
      test_features (middle, NULL, of_crop);
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

  test_load (bytes, &region, 96, &part);
  test_load (bytes, &region, 80, &again);
  test_load (bytes, &(FocRectangle){ 0, 0, 520, 460 }, 96, &whole);
  g_assert_cmpint (gdk_pixbuf_get_width (whole.pixbuf), ==, 130);
  g_assert_cmpfloat (part.region.x, ==, 0.25);
  g_assert_cmpfloat (part.region.width, ==, 399 / 4.0);

  cut =
    gdk_pixbuf_new_subpixbuf (whole.pixbuf, 25, 12, gdk_pixbuf_get_width (part.pixbuf),
                              gdk_pixbuf_get_height (part.pixbuf));
  g_assert_cmpint (test_pixbuf_difference (part.pixbuf, cut), ==, 0);
  g_assert_cmpint (test_pixbuf_difference (part.pixbuf, again.pixbuf), ==, 0);
}

/* Of a picture that is there as a whole, any region may be taken as if it had been asked
 * for; a JPEG never says that it is. */
static void
test_whole (void)
{
  static const FocRectangle regions[] = {
    { 0, 0, 301, 199 }, { 20.5, 3, 150, 150 }, { 290, 190, 500, 500 }, { -7, 150, 40, 33 }
  };
  g_autoptr (GdkPixbuf) picture = test_picture_new (301, 199, TRUE);
  g_autoptr (GBytes) png = test_encode (picture, "png");
  g_autoptr (GBytes) jpeg = test_jpeg (picture, TEST_JPEG_COLOUR, FALSE, 0, FALSE);
  g_auto (FocImage) stored = { 0 };

  test_load (jpeg, &regions[0], WHOLE_SIDE, &stored);
  g_assert_false (stored.is_whole);

  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    {
      g_auto (FocImage) image = { 0 };
      guint8 features[FOC_N_FEATURES], expected[FOC_N_FEATURES];

      test_load (png, &regions[(i + 1) % G_N_ELEMENTS (regions)], 96, &image);
      g_assert_true (image.is_whole);
      foc_image_choose_region (&regions[i], image.full_width, image.full_height,
                               &image.region);
      foc_preprocess_image (&image, features);
      test_features (png, &regions[i], expected);
      g_assert_cmpmem (features, sizeof features, expected, sizeof expected);
    }
}

/* What only memory can be asked: as much as no file may be, and being stopped. */
static void
test_bytes (void)
{
  gsize length = (gsize) FOC_LIMIT_IMAGE_BYTES + 1;
  g_autoptr (GBytes) much = g_bytes_new_take (g_malloc0 (length), length);
  g_autoptr (GdkPixbuf) picture = test_picture_new (30, 20, FALSE);
  g_autoptr (GBytes) png = test_encode (picture, "png");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_auto (FocImage) image = { 0 };

  g_assert_false (
    foc_image_load_bytes (much, "Pasted picture", NULL, 96, &image, NULL, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_IMAGE_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "“Pasted picture”"));
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_false (
    foc_image_load_bytes (png, "png", NULL, 96, &image, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (foc_image_read ("/nonexistent/picture", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
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
  g_test_add_func ("/image/gif-first-frame", test_gif_first_frame);
  g_test_add_func ("/image/jpeg-kinds", test_jpeg_kinds);
  g_test_add_func ("/image/jpeg-cmyk", test_jpeg_cmyk);
  g_test_add_func ("/image/jpeg-scale", test_jpeg_scale);
  g_test_add_func ("/image/orientations", test_orientations);
  g_test_add_func ("/image/region-clipped", test_region_clipped);
  g_test_add_func ("/image/region-is-crop", test_region_is_crop);
  g_test_add_func ("/image/region-same-pixels", test_region_same_pixels);
  g_test_add_func ("/image/whole", test_whole);
  g_test_add_func ("/image/bytes", test_bytes);

  status = g_test_run ();
  test_pictures_remove ();
  return status;
}

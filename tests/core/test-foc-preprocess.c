/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-preprocess.h"

#include "test-encoders.h"
#include "test-pictures.h"

#include <math.h>
#include <string.h>

static void
fill_noise (GdkPixbuf *pixbuf)
{
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  gsize length = gdk_pixbuf_get_byte_length (pixbuf);
  guint32 state = 1;

  /* Black and white: the hardest that there is for rounding. */
  for (gsize i = 0; i < length; i++)
    {
      state = state * 1664525 + 1013904223;
      pixels[i] = (state >> 31) != 0 ? 255 : 0;
    }
}

static double
worst_difference (GdkPixbuf *pixbuf, const FocRectangle *region)
{
  const FocImage image = { .pixbuf = pixbuf, .region = *region };
  double expected[FOC_N_FEATURES], worst = 0.0;
  guint8 features[FOC_N_FEATURES];

  foc_preprocess_image (&image, features);
  test_average (pixbuf, region, expected);
  for (int i = 0; i < FOC_N_FEATURES; i++)
    worst = MAX (worst, fabs (expected[i] - features[i]));
  return worst;
}

static void
test_exact (void)
{
  static const int sides[] = { 1, 2, 3, 7, 23, 24, 25, 48, 96, 100, 128, 191, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    for (int alpha = 0; alpha < 2; alpha++)
      {
        g_autoptr (GdkPixbuf) pixbuf =
          gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, sides[i], sides[i]);
        const FocRectangle all = { 0, 0, sides[i], sides[i] };

        fill_noise (pixbuf);
        g_assert_cmpfloat (worst_difference (pixbuf, &all), <=, 0.51);
      }
}

static void
test_fractions (void)
{
  static const FocRectangle regions[] = {
    { 0.0, 0.0, 200.0, 90.0 },     { 0.3, 0.7, 128.1, 77.7 }, { 10.5, 3.25, 24.0, 24.0 },
    { 199.0, 89.0, 1.0, 1.0 },     { 7.9, 8.1, 1.3, 1.4 },    { 0.0, 0.0, 1.0, 90.0 },
    { 100.01, 0.01, 99.98, 0.98 },
  };
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 200, 90);

  fill_noise (pixbuf);
  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    g_assert_cmpfloat (worst_difference (pixbuf, &regions[i]), <=, 0.51);
}

/* A picture as long as the limits allow: no sum may overflow. */
static void
test_white_stays_white (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 16384, 40);
  const FocImage image = { .pixbuf = pixbuf, .region = { 0, 0, 16384, 40 } };
  guint8 features[FOC_N_FEATURES];

  for (guint level = 0; level < 256; level += 51)
    {
      gdk_pixbuf_fill (pixbuf, (level << 24) | (level << 16) | (level << 8) | 0xff);
      foc_preprocess_image (&image, features);
      for (int i = 0; i < FOC_N_FEATURES; i++)
        g_assert_cmpint (features[i], ==, (int) level);
    }
}

static void
test_alpha_on_white (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 50, 50);
  const FocImage image = { .pixbuf = pixbuf, .region = { 0, 0, 50, 50 } };
  guint8 features[FOC_N_FEATURES];

  gdk_pixbuf_fill (pixbuf, 0x00000000);
  foc_preprocess_image (&image, features);
  g_assert_cmpint (features[0], ==, 255);
  gdk_pixbuf_fill (pixbuf, 0xff000080);
  foc_preprocess_image (&image, features);
  g_assert_cmpint (features[0], ==, 255);
  g_assert_cmpint (features[1], ==, 127);
  gdk_pixbuf_fill (pixbuf, 0x102030ff);
  foc_preprocess_image (&image, features);
  g_assert_cmpint (features[2], ==, 0x30);
}

static void
test_tiny_pictures (void)
{
  static const int sizes[][2] = { { 1, 1 }, { 1, 50 }, { 50, 1 }, { 5, 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int type = 0; type < 2; type++)
      {
        g_autoptr (GdkPixbuf) pixbuf =
          gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, sizes[i][0], sizes[i][1]);
        g_autoptr (GBytes) bytes = NULL;
        g_autoptr (GError) error = NULL;
        g_autofree char *path = NULL;
        guint8 features[FOC_N_FEATURES];

        gdk_pixbuf_fill (pixbuf, 0x4080c0ff);
        bytes = type == 0 ? test_encode (pixbuf, "png")
                          : test_jpeg (pixbuf, TEST_JPEG_COLOUR, FALSE, 6, TRUE);
        path = test_write_bytes ("tiny", bytes);
        foc_preprocess_file (path, NULL, features, NULL, &error);
        g_assert_no_error (error);
        for (int j = 0; j < FOC_N_FEATURES; j++)
          g_assert_cmpint (ABS (features[j] - 0x40 * (1 + j % 3)), <=, 2);
      }
}

static void
test_real_pictures (void)
{
  const char *root = g_getenv ("FOC_TEST_IMAGES");
  g_autoptr (GDir) classes = root != NULL ? g_dir_open (root, 0, NULL) : NULL;
  const char *class_name;
  guint n_pictures = 0;

  if (classes == NULL)
    {
      g_test_skip ("FOC_TEST_IMAGES names no folder of class folders");
      return;
    }

  while ((class_name = g_dir_read_name (classes)) != NULL)
    {
      g_autofree char *class_path = g_build_filename (root, class_name, NULL);
      g_autoptr (GDir) dir = g_dir_open (class_path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (class_path, name, NULL);
          g_auto (FocImage) image = { 0 };
          g_autoptr (GError) error = NULL;
          guint8 features[FOC_N_FEATURES];

          foc_image_load (path, NULL, FOC_PREPROCESS_MIN_SIDE, &image, NULL, &error);
          g_assert_no_error (error);
          foc_preprocess_image (&image, features);
          if (n_pictures++ % 50 == 0)
            g_assert_cmpfloat (worst_difference (image.pixbuf, &image.region), <=, 0.51);
        }
    }

  g_test_message ("%u pictures", n_pictures);
  g_assert_cmpuint (n_pictures, >, 0);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/preprocess/exact", test_exact);
  g_test_add_func ("/preprocess/fractions", test_fractions);
  g_test_add_func ("/preprocess/white-stays-white", test_white_stays_white);
  g_test_add_func ("/preprocess/alpha-on-white", test_alpha_on_white);
  g_test_add_func ("/preprocess/tiny-pictures", test_tiny_pictures);
  g_test_add_func ("/preprocess/real-pictures", test_real_pictures);

  status = g_test_run ();
  test_pictures_remove ();
  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-pictures.h"

#include "foc-error.h"
#include "test-folders.h"

#include <math.h>
#include <string.h>

static char *folder;

GdkPixbuf *
test_picture_new (int width, int height, gboolean alpha)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, width, height);
  int channels = alpha ? 4 : 3;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint8 *p = gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf)
                    + x * channels;
        gboolean inside =
          x > width / 4 && x < width / 2 && y > height / 5 && y < height / 3;

        p[0] = (guint8) (x * 255 / MAX (width - 1, 1));
        p[1] = (guint8) (y * 255 / MAX (height - 1, 1));
        p[2] = (guint8) (128.0 + 100.0 * sin (x / 17.0) * cos (y / 23.0));
        if (inside)
          p[0] = 250, p[1] = 20, p[2] = 60;
        if (alpha)
          p[3] = (guint8) ((x + y) * 255 / MAX (width + height - 2, 1));
      }

  return pixbuf;
}

GdkPixbuf *
test_picture_store (GdkPixbuf *upright, int orientation)
{
  int width = gdk_pixbuf_get_width (upright);
  int height = gdk_pixbuf_get_height (upright);
  gboolean sideways = orientation >= 5;
  GdkPixbuf *stored = gdk_pixbuf_new (
    GDK_COLORSPACE_RGB, FALSE, 8, sideways ? height : width, sideways ? width : height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        /* Where the EXIF standard says that row 0 and column 0 are. */
        const int places[8][2] = {
          { x, y },
          { width - 1 - x, y },
          { width - 1 - x, height - 1 - y },
          { x, height - 1 - y },
          { y, x },
          { y, width - 1 - x },
          { height - 1 - y, width - 1 - x },
          { height - 1 - y, x },
        };
        const int *at = places[orientation - 1];

        memcpy (gdk_pixbuf_get_pixels (stored) + at[1] * gdk_pixbuf_get_rowstride (stored)
                  + at[0] * 3,
                gdk_pixbuf_get_pixels (upright) + y * gdk_pixbuf_get_rowstride (upright)
                  + x * 3,
                3);
      }

  return stored;
}

char *
test_write (const char *name, const void *data, gsize length)
{
  char *path;

  if (folder == NULL)
    folder = g_dir_make_tmp ("foc-test-XXXXXX", NULL);
  path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  return path;
}

char *
test_write_bytes (const char *name, GBytes *bytes)
{
  gsize length = 0;
  const void *data = g_bytes_get_data (bytes, &length);

  return test_write (name, data, length);
}

void
test_pictures_remove (void)
{
  if (folder != NULL)
    test_folder_delete (folder);
  g_clear_pointer (&folder, g_free);
}

void
test_average (GdkPixbuf *pixbuf,
              const FocRectangle *region,
              double features[FOC_N_FEATURES])
{
  double cell_width = region->width / FOC_FEATURE_SIDE;
  double cell_height = region->height / FOC_FEATURE_SIDE;
  int channels = gdk_pixbuf_get_n_channels (pixbuf);

  for (int i = 0; i < FOC_N_FEATURES; i++)
    {
      double left = region->x + i / 3 % FOC_FEATURE_SIDE * cell_width;
      double top = region->y + i / 3 / FOC_FEATURE_SIDE * cell_height;
      double sum = 0.0;

      for (int y = (int) top; y < MIN (top + cell_height, gdk_pixbuf_get_height (pixbuf));
           y++)
        for (int x = (int) left;
             x < MIN (left + cell_width, gdk_pixbuf_get_width (pixbuf)); x++)
          {
            const guint8 *p = gdk_pixbuf_get_pixels (pixbuf)
                              + y * gdk_pixbuf_get_rowstride (pixbuf) + x * channels;
            double alpha = channels == 4 ? p[3] / 255.0 : 1.0;
            double area = (MIN (x + 1, left + cell_width) - MAX (x, left))
                          * (MIN (y + 1, top + cell_height) - MAX (y, top));

            sum += area * (p[i % 3] * alpha + 255.0 * (1.0 - alpha));
          }
      features[i] = sum / (cell_width * cell_height);
    }
}

int
test_difference (const guint8 *a, const guint8 *b, gsize length)
{
  int most = 0;

  for (gsize i = 0; i < length; i++)
    most = MAX (most, ABS (a[i] - b[i]));
  return most;
}

int
test_code_of_file (const char *path)
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

int
test_code_of_data (const void *data, gsize length)
{
  g_autofree char *path = test_write ("picture", data, length);
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, length);
  g_autoptr (GError) error = NULL;
  g_auto (FocImage) image = { 0 };
  int code = test_code_of_file (path);

  /* In memory it is worth the same. */
  foc_image_load_bytes (bytes, path, NULL, 96, &image, NULL, &error);
  g_assert_cmpint (error != NULL ? error->code : 0, ==, code);
  g_assert_true ((image.pixbuf != NULL) == (error == NULL));
  return code;
}

int
test_code_of_bytes (GBytes *bytes)
{
  return test_code_of_data (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

void
test_load (GBytes *bytes, const FocRectangle *region, int min_side, FocImage *image)
{
  g_autofree char *path = test_write_bytes ("picture", bytes);
  g_autoptr (GError) error = NULL;

  g_auto (FocImage) same = { 0 };

  foc_image_load (path, region, min_side, image, NULL, &error);
  g_assert_no_error (error);

  foc_image_load_bytes (bytes, "bytes", region, min_side, &same, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_pixbuf_difference (image->pixbuf, same.pixbuf), ==, 0);
  g_assert_cmpmem (&image->region, sizeof image->region, &same.region,
                   sizeof same.region);
  g_assert_cmpint (image->full_width, ==, same.full_width);
  g_assert_cmpint (image->full_height, ==, same.full_height);
  g_assert_cmpint (image->is_whole, ==, same.is_whole);
}

void
test_features (GBytes *bytes, const FocRectangle *region, guint8 *features)
{
  g_autofree char *path = test_write_bytes ("picture", bytes);
  g_autoptr (GError) error = NULL;

  foc_preprocess_file (path, region, features, NULL, &error);
  g_assert_no_error (error);
}

int
test_pixbuf_difference (GdkPixbuf *a, GdkPixbuf *b)
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

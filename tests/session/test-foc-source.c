/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-source.h"

#include "foc-error.h"
#include "foc-sandbox.h"
#include "test-encoders.h"
#include "test-pictures.h"

#include <glib/gstdio.h>
#include <string.h>

static GBytes *
make_jpeg (int width, int height, int orientation)
{
  g_autoptr (GdkPixbuf) upright = test_picture_new (width, height, FALSE);
  g_autoptr (GdkPixbuf) stored = test_picture_store (upright, orientation);

  return test_jpeg (stored, TEST_JPEG_COLOUR, FALSE, orientation, FALSE);
}

/* A file, its bytes, and what was read of the file are one picture. */
static void
test_same (void)
{
  static const FocRectangle regions[] = { { 0, 0, 400, 400 },
                                          { 301, 77, 410, 410 },
                                          { 11.5, 20.25, 99, 30 } };
  g_autoptr (GBytes) bytes = make_jpeg (900, 500, 6);
  g_autofree char *path = test_write_bytes ("same.jpg", bytes);
  g_autoptr (FocSource) file = foc_source_new_for_path (path);
  g_autoptr (FocSource) memory = foc_source_new_for_bytes (bytes, "Pasted picture");
  g_autoptr (FocSource) held = foc_source_read (file, NULL, NULL);
  FocSource *const sources[] = { file, memory, held };

  g_assert_cmpstr (foc_source_get_path (file), ==, path);
  g_assert_cmpstr (foc_source_get_name (file), ==, "same.jpg");
  g_assert_null (foc_source_get_path (memory));
  g_assert_cmpstr (foc_source_get_name (memory), ==, "Pasted picture");
  g_assert_cmpstr (foc_source_get_path (held), ==, path);
  g_assert_cmpstr (foc_source_get_name (held), ==, "same.jpg");

  for (guint i = 0; i <= G_N_ELEMENTS (regions); i++)
    for (guint k = 0; k < G_N_ELEMENTS (sources); k++)
      {
        const FocRectangle *region = i > 0 ? &regions[i - 1] : NULL;
        guint8 expected[FOC_N_FEATURES], features[FOC_N_FEATURES];
        g_auto (FocImage) image = { 0 };
        g_auto (FocImage) expected_image = { 0 };
        g_autoptr (GError) error = NULL;

        foc_preprocess_file (path, region, expected, NULL, &error);
        g_assert_no_error (error);
        foc_source_preprocess (sources[k], region, features, NULL, &error);
        g_assert_no_error (error);
        g_assert_cmpmem (features, sizeof features, expected, sizeof expected);

        foc_image_load (path, region, 300, &expected_image, NULL, &error);
        g_assert_no_error (error);
        foc_source_load (sources[k], region, 300, &image, NULL, &error);
        g_assert_no_error (error);
        g_assert_cmpint (test_pixbuf_difference (image.pixbuf, expected_image.pixbuf), ==,
                         0);
      }
}

/* What was read stays, whatever becomes of the file. */
static void
test_read (void)
{
  g_autoptr (GBytes) bytes = make_jpeg (120, 90, 1);
  g_autofree char *path = test_write_bytes ("read.jpg", bytes);
  g_autoptr (FocSource) file = foc_source_new_for_path (path);
  g_autoptr (FocSource) held = foc_source_read (file, NULL, NULL);
  g_autoptr (FocSource) again = foc_source_read (held, NULL, NULL);
  g_autoptr (FocSource) gone = NULL;
  g_autoptr (GError) error = NULL;
  guint8 features[FOC_N_FEATURES];

  g_assert_true (again == held);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_true (foc_source_preprocess (held, NULL, features, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (foc_source_preprocess (file, NULL, features, NULL, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_IMAGE_NO_ACCESS);
  g_clear_error (&error);
  gone = foc_source_read (file, NULL, &error);
  g_assert_null (gone);
  g_assert_error (error, FOC_ERROR, FOC_ERROR_IMAGE_NO_ACCESS);
  g_assert_null (strstr (error->message, "sandbox"));
  g_clear_error (&error);

  /* It may well be there. */
  foc_sandbox_pretend (TRUE);
  g_assert_null (foc_source_read (file, NULL, &error));
  foc_sandbox_pretend (FALSE);
  g_assert_error (error, FOC_ERROR, FOC_ERROR_IMAGE_NO_ACCESS);
  {
    g_autofree char *sentence = g_strdup_printf (
      "“%s” cannot be used: it is gone, or out of reach of the sandbox in which this "
      "program runs: choose it with the Open button, which lets it in.",
      path);

    g_assert_cmpstr (error->message, ==, sentence);
  }
}

/* The same refusal, under the name of each. */
static void
test_refused (void)
{
  g_autoptr (GBytes) text = g_bytes_new_static ("no picture", 10);
  g_autofree char *path = test_write_bytes ("text.png", text);
  g_autoptr (FocSource) file = foc_source_new_for_path (path);
  g_autoptr (FocSource) held = foc_source_read (file, NULL, NULL);
  g_autoptr (FocSource) memory = foc_source_new_for_bytes (text, "Pasted picture");
  const struct
  {
    FocSource *source;
    const char *name;
  } rows[] = { { file, path }, { held, path }, { memory, "“Pasted picture”" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      guint8 features[FOC_N_FEATURES];

      g_assert_false (
        foc_source_preprocess (rows[i].source, NULL, features, NULL, &error));
      g_assert_error (error, FOC_ERROR, FOC_ERROR_IMAGE_FORMAT);
      g_assert_nonnull (strstr (error->message, rows[i].name));
    }
}

/* Names as they may come are shown on one line; the path stays what it is. */
static void
test_names (void)
{
  static const struct
  {
    const char *path, *name;
  } rows[] = {
    { "/a/b.png", "b.png" },
    { "c.png", "c.png" },
    { "/a/two\nlines.png", "two\\u000alines.png" },
    { "/a/\xe2\x80\xaegnp.exe", "\\u202egnp.exe" },
    { "/a/\xff.png", "\xef\xbf\xbd.png" },
  };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (FocSource) pasted = foc_source_new_for_bytes (bytes, "a\tb");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FocSource) source = foc_source_new_for_path (rows[i].path);
      g_autoptr (GError) error = NULL;
      guint8 features[FOC_N_FEATURES];

      g_assert_cmpstr (foc_source_get_name (source), ==, rows[i].name);
      g_assert_cmpstr (foc_source_get_path (source), ==, rows[i].path);
      g_assert_false (foc_source_preprocess (source, NULL, features, NULL, &error));
      g_assert_nonnull (strstr (error->message, rows[i].name));
    }
  g_assert_cmpstr (foc_source_get_name (pasted), ==, "a\\u0009b");
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/source/same", test_same);
  g_test_add_func ("/source/read", test_read);
  g_test_add_func ("/source/refused", test_refused);
  g_test_add_func ("/source/names", test_names);

  status = g_test_run ();
  test_pictures_remove ();
  return status;
}

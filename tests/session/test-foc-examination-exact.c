/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of a square is what the terminal says of it; and while the square moves,
 * something near. */

#include "foc-examination.h"

#include "foc-job.h"
#include "foc-json.h"
#include "foc-shown-picture.h"
#include "test-catalog.h"
#include "test-encoders.h"
#include "test-folders.h"
#include "test-loop.h"
#include "test-pictures.h"

#include <math.h>
#include <string.h>

static char *folder; /* of the model */
static char *model_path;

static JsonNode *
ask_terminal (const char *path, const FocRectangle *square)
{
  g_autofree char *numbers = NULL;
  const char *arguments[12] = { g_getenv ("FOC_TEST_CLI"),
                                "explain",
                                "--json",
                                "--shares",
                                "--model",
                                model_path,
                                path };
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *root;
  int status;

  if (square != NULL)
    {
      numbers = g_strdup_printf ("%g,%g,%g", square->x, square->y, square->width);
      arguments[7] = "--square";
      arguments[8] = numbers;
    }
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  root = json_from_string (out, &error);
  g_assert_no_error (error);
  return root;
}

static double
get_number (JsonObject *object, const char *where, const char *name)
{
  return json_object_get_double_member (json_object_get_object_member (object, where),
                                        name);
}

/* `square`: as the terminal is told; NULL: it is not. */
static void
assert_terminal (FocExamination *self, const char *path, const FocRectangle *told)
{
  const FocExplained *explained = foc_examination_get_answer (self);
  const FocModel *model = foc_loaded_model_get_model (foc_examination_get_model (self));
  g_autoptr (JsonNode) root = ask_terminal (path, told);
  JsonObject *object = json_node_get_object (root);
  JsonObject *answer = json_object_get_object_member (object, "answer");
  JsonArray *shares = json_object_get_array_member (object, "shares");
  FocRectangle square;

  foc_examination_get_square (self, &square);
  g_assert_cmpfloat (get_number (object, "square", "x"), ==, square.x);
  g_assert_cmpfloat (get_number (object, "square", "y"), ==, square.y);
  g_assert_cmpfloat (get_number (object, "square", "side"), ==, square.width);

  g_assert_cmpstr (json_object_get_string_member (answer, "label"), ==,
                   model->class_names[explained->answer.label]);
  g_assert_cmpfloat (json_object_get_double_member (answer, "probability"), ==,
                     explained->probabilities[explained->answer.label]);
  g_assert_cmpint (json_object_get_boolean_member (object, "not_sure"), ==,
                   explained->answer.doubt != FOC_DOUBT_NONE);
  g_assert_cmpfloat (get_number (object, "answer", "logit"), ==,
                     explained->shares->answer_logit);
  g_assert_cmpfloat (get_number (object, "sums", "difference"), ==,
                     explained->shares->difference);
  for (guint i = 0; i < FOC_N_FEATURES; i++)
    g_assert_cmpfloat (json_array_get_double_element (shares, i), ==,
                       explained->shares->shares[i]);
}

static FocExamination *
open_file (const char *path)
{
  FocExamination *self = foc_examination_new ();
  g_autoptr (FocLoadedModel) model = foc_loaded_model_read (model_path, NULL);
  g_autoptr (FocSource) source = foc_source_new_for_path (path);

  foc_examination_set_model (self, model);
  foc_examination_set_source (self, source);
  TEST_WAIT (foc_examination_get_state (self) != FOC_EXAMINATION_LOADING);
  g_assert_no_error (foc_examination_get_error (self));
  return self;
}

/* A JPEG whose squares are decoded at all its scales, one that lies on its side, and formats
 * that are decoded whole, larger than what is shown of them, with transparency. */
static GBytes *
make_file (const char *kind)
{
  gboolean is_png = g_str_equal (kind, "png");
  g_autoptr (GdkPixbuf) picture = g_str_equal (kind, "small")
                                    ? test_picture_new (31, 17, FALSE)
                                    : test_picture_new (2300, 1300, is_png);

  if (g_str_equal (kind, "jpeg"))
    return test_jpeg (picture, TEST_JPEG_COLOUR, FALSE, 0, FALSE);
  if (g_str_equal (kind, "turned"))
    {
      g_autoptr (GdkPixbuf) lying = test_picture_store (picture, 6);

      return test_jpeg (lying, TEST_JPEG_COLOUR, TRUE, 6, FALSE);
    }
  return is_png ? test_encode (picture, "png") : test_pnm (picture);
}

static void
test_terminal (gconstpointer kind)
{
  static const FocRectangle squares[] = {
    { 100, 80, 777, 0 }, { 1211, 3, 190, 0 }, { 37, 41, 24, 0 }, { 5, 5, 401, 0 }
  };
  g_autoptr (GBytes) bytes = make_file (kind);
  g_autofree char *path = test_write_bytes (kind, bytes);
  FocExamination *self = open_file (path);

  g_assert_true (foc_examination_is_exact (self));
  assert_terminal (self, path, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (squares); i++)
    {
      FocRectangle square;

      foc_examination_set_square (self, squares[i].x, squares[i].y, squares[i].width);
      TEST_WAIT (foc_examination_is_exact (self));
      foc_examination_get_square (self, &square);
      assert_terminal (self, path, &square);
    }

  foc_examination_reset_square (self);
  TEST_WAIT (foc_examination_is_exact (self));
  assert_terminal (self, path, NULL);
  g_assert_finalize_object (self);
}

/* The root of the mean square of the difference. */
static double
get_distance (const guint8 *a, const guint8 *b)
{
  double sum = 0;

  for (guint i = 0; i < FOC_N_FEATURES; i++)
    sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sqrt (sum / FOC_N_FEATURES);
}

/* From what is shown: all colours in their places, and nearly what the file has there. */
static void
test_live (gconstpointer kind)
{
  g_autoptr (GBytes) bytes = make_file (kind);
  g_autofree char *path = test_write_bytes (kind, bytes);
  FocExamination *self = open_file (path);
  int width, height;

  foc_examination_get_size (self, &width, &height);
  for (int side = MIN (width, height) - 1; side > 96; side = side * 2 / 5)
    for (int step = 0; step <= 4; step += 2)
      {
        FocRectangle square;
        guint8 expected[FOC_N_FEATURES];

        foc_examination_set_square (self, (width - side) * step / 4,
                                    (height - side) * (4 - step) / 4, side);
        g_assert_false (foc_examination_is_exact (self));
        foc_examination_get_square (self, &square);
        g_assert_true (foc_preprocess_file (path, &square, expected, NULL, NULL));
        g_assert_cmpfloat (get_distance (foc_examination_get_features (self), expected),
                           <, 3);
      }
  g_assert_finalize_object (self);
}

/* The square moves on while it is being looked at, or when that is done and nobody has heard
 * of it: what is called exact is always of the square that it is now. */
static void
test_moved_on (void)
{
  g_autoptr (GBytes) bytes = make_file ("png");
  g_autofree char *path = test_write_bytes ("moved.png", bytes);
  FocExamination *self = open_file (path);

  for (int i = 0; i < 4; i++)
    {
      guint8 expected[FOC_N_FEATURES];
      FocRectangle square;

      foc_examination_set_square (self, 0, 0, 400 + i);
      test_loop_run (FOC_EXAMINATION_REST + 10);
      if (i % 2 != 0)
        g_assert_true (foc_job_wait_for_workers (60000));
      foc_examination_set_square (self, 1500, 700, 300 + i);
      TEST_WAIT (foc_examination_is_exact (self));
      foc_examination_get_square (self, &square);
      g_assert_cmpfloat (square.x, ==, 1500);
      g_assert_true (foc_preprocess_file (path, &square, expected, NULL, NULL));
      g_assert_cmpmem (foc_examination_get_features (self), FOC_N_FEATURES, expected,
                       sizeof expected);
    }
  g_assert_finalize_object (self);
}

/* What is shown is the picture, upright, in its colours, on white. */
static void
test_shown (void)
{
  g_autoptr (GdkPixbuf) upright = test_picture_new (700, 300, TRUE);
  g_autoptr (GBytes) png = test_encode (upright, "png");
  g_autofree char *path = test_write_bytes ("shown.png", png);
  FocExamination *self = open_file (path);
  GdkPixbuf *level = foc_examination_get_levels (self)->pdata[0];
  const guint8 *shown = gdk_pixbuf_read_pixels (level);

  g_assert_cmpint (gdk_pixbuf_get_width (level), ==, 700);
  g_assert_cmpint (gdk_pixbuf_get_height (level), ==, 300);
  g_assert_cmpint (gdk_pixbuf_get_rowstride (level), ==, 4 * 700);
  for (int y = 0; y < 300; y++)
    for (int x = 0; x < 700; x++)
      {
        const guint8 *in = gdk_pixbuf_read_pixels (upright)
                           + y * gdk_pixbuf_get_rowstride (upright) + 4 * x;
        const guint8 *out = shown + 4 * (y * 700 + x);

        for (int c = 0; c < 3; c++)
          g_assert_cmpint (abs (out[2 - c] - (in[c] * in[3] + 255 * (255 - in[3])) / 255),
                           <=, 1);
        g_assert_cmpint (out[3], ==, 255);
      }
  g_assert_finalize_object (self);
}

/* Sides of what is shown, of pictures of all shapes. */
static void
test_sizes (void)
{
  static const struct
  {
    int width, height, shown_width, shown_height;
  } rows[] = {
    { 1, 1, 1, 1 },         { 1, 3000, 1, 2048 },       { 3000, 1, 2048, 1 },
    { 2048, 7, 2048, 7 },   { 2049, 2049, 2048, 2048 }, { 4096, 100, 2048, 50 },
    { 383, 384, 383, 384 }, { 23, 25, 23, 25 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf =
        test_picture_new (rows[i].width, rows[i].height, FALSE);
      g_autoptr (GBytes) bytes = test_pnm (pixbuf);
      g_autofree char *path = test_write_bytes ("size.pnm", bytes);
      FocExamination *self = open_file (path);
      GPtrArray *levels;
      FocRectangle square;
      int width, height;

      foc_examination_get_size (self, &width, &height);
      g_assert_cmpint (width, ==, rows[i].width);
      g_assert_cmpint (height, ==, rows[i].height);
      levels = foc_examination_get_levels (self);
      for (guint k = 0; k < levels->len; k++)
        {
          g_assert_cmpint (gdk_pixbuf_get_width (levels->pdata[k]), ==,
                           rows[i].shown_width >> k);
          g_assert_cmpint (gdk_pixbuf_get_height (levels->pdata[k]), ==,
                           rows[i].shown_height >> k);
        }

      foc_examination_set_square (self, 1e9, -1e9, 1); /* as far as there is something */
      foc_examination_get_square (self, &square);
      g_assert_cmpfloat (square.width, ==, MIN (24, MIN (rows[i].width, rows[i].height)));
      g_assert_cmpfloat (square.x, ==, rows[i].width - square.width);
      g_assert_cmpfloat (square.y, ==, 0);
      g_assert_finalize_object (self);
    }
}

int
main (int argc, char *argv[])
{
  static const char *const kinds[] = { "jpeg", "turned", "png", "small" };
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = test_folder_new ();
  model_path = test_write_model (folder, "comics faces dogs", 5);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *terminal = g_strconcat ("/examination/terminal/", kinds[i], NULL);
      g_autofree char *live = g_strconcat ("/examination/live/", kinds[i], NULL);

      g_test_add_data_func (terminal, kinds[i], test_terminal);
      if (i < 3)
        g_test_add_data_func (live, kinds[i], test_live);
    }
  g_test_add_func ("/examination/moved-on", test_moved_on);
  g_test_add_func ("/examination/shown", test_shown);
  g_test_add_func ("/examination/sizes", test_sizes);

  status = g_test_run ();
  test_folder_delete (folder);
  g_free (folder);
  g_free (model_path);
  test_pictures_remove ();
  return status;
}

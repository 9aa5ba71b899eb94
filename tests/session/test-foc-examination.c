/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-examination.h"

#include "foc-error.h"
#include "foc-job.h"
#include "foc-limits.h"
#include "foc-paint.h"
#include "foc-rng.h"
#include "test-catalog.h"
#include "test-encoders.h"
#include "test-folders.h"
#include "test-loop.h"
#include "test-pictures.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WIDTH 300
#define HEIGHT 200

typedef struct
{
  FocExamination *examination;
  FocLoadedModel *model;
  char *folder;
  char *path; /* of a picture of WIDTH x HEIGHT pixels */
  FocSource *source;
  GString *log;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GdkPixbuf) pixbuf = test_picture_new (WIDTH, HEIGHT, FALSE);
  g_autoptr (GBytes) png = test_encode (pixbuf, "png");

  self->folder = test_folder_new ();
  self->path = test_path (self->folder, "picture.png");
  test_add_file (self->folder, "picture.png", g_bytes_get_data (png, NULL),
                 g_bytes_get_size (png));
  self->source = foc_source_new_for_path (self->path);
  self->model = test_model_new ("comics faces", 1);
  self->examination = foc_examination_new ();
  foc_examination_set_model (self->examination, self->model);
  self->log = g_string_new (NULL);
  test_log_signals (G_OBJECT (self->examination),
                    "notify::state notify::model changed loaded", self->log);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->examination);
  g_assert_finalize_object (self->model);
  g_assert_true (foc_job_wait_for_workers (60000));
  foc_source_unref (self->source);
  test_folder_delete (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_string_free (self->log, TRUE);
}

static void
wait (Fixture *self)
{
  TEST_WAIT (foc_examination_get_state (self->examination) != FOC_EXAMINATION_LOADING);
}

/* The picture is there, and nobody has said anything yet. */
static void
open_picture (Fixture *self)
{
  foc_examination_set_source (self->examination, self->source);
  wait (self);
  test_assert_log (self->log, "notify::state changed notify::state changed loaded");
}

static void
assert_square (Fixture *self, double x, double y, double side)
{
  FocRectangle square;

  foc_examination_get_square (self->examination, &square);
  g_assert_cmpfloat (square.x, ==, x);
  g_assert_cmpfloat (square.y, ==, y);
  g_assert_cmpfloat (square.width, ==, side);
  g_assert_cmpfloat (square.height, ==, side);
}

static void
assert_nothing (Fixture *self)
{
  FocExamination *examination = self->examination;
  const guint8 red[] = { 255, 0, 0 };
  const guint pixel = 25;
  int width, height;

  g_assert_null (foc_examination_get_levels (examination));
  foc_examination_get_size (examination, &width, &height);
  g_assert_cmpint (width + height, ==, 0);
  g_assert_null (foc_examination_get_features (examination));
  g_assert_null (foc_examination_get_answer (examination));

  g_string_truncate (self->log, 0);
  foc_examination_set_square (examination, 10, 10, 50);
  foc_examination_reset_square (examination);
  foc_examination_paint (examination, &pixel, 1, red);
  foc_examination_reset_paint (examination);
  assert_square (self, 0, 0, 0);
  g_assert_false (foc_examination_is_default_square (examination));
  g_assert_false (foc_examination_is_exact (examination));
  g_assert_false (foc_examination_is_painted (examination));
  test_assert_log (self->log, "");
}

/* The answer is the model's to the features, and its shares sum to the difference. */
static void
assert_answer (Fixture *self, FocLoadedModel *loaded)
{
  const FocModel *model = foc_loaded_model_get_model (loaded);
  const FocExplained *explained = foc_examination_get_answer (self->examination);
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&model->mlp->shape, 1);
  g_autofree float *probabilities = g_new (float, foc_model_get_n_classes (model));
  double sum = 0, difference;
  FocAnswer answer;

  foc_model_answer (model, work, foc_examination_get_features (self->examination),
                    probabilities, &answer);
  g_assert_cmpuint (explained->n_classes, ==, foc_model_get_n_classes (model));
  g_assert_cmpmem (explained->probabilities, explained->n_classes * sizeof (float),
                   probabilities, explained->n_classes * sizeof (float));
  g_assert_cmpuint (explained->answer.label, ==, answer.label);

  for (guint i = 0; i < FOC_N_PIXELS; i++)
    sum += explained->pixel_shares[i];
  difference = explained->shares->answer_logit - explained->shares->runner_up_logit;
  g_assert_cmpfloat (fabs (sum - difference), <=, 1e-5 * fabs (difference));
}

static void
test_states (Fixture *self, gconstpointer data)
{
  FocExamination *examination = self->examination;
  g_autoptr (FocSource) text = NULL;
  g_autofree char *path = test_path (self->folder, "text.png");
  guint state;

  g_assert_cmpint (foc_examination_get_state (examination), ==, FOC_EXAMINATION_NOTHING);
  g_assert_null (foc_examination_get_source (examination));
  assert_nothing (self);
  foc_examination_set_source (examination, NULL);
  test_assert_log (self->log, "");

  foc_examination_set_source (examination, self->source);
  g_assert_cmpint (foc_examination_get_state (examination), ==, FOC_EXAMINATION_LOADING);
  g_assert_true (foc_examination_get_source (examination) == self->source);
  test_assert_log (self->log, "notify::state changed");
  assert_nothing (self);
  wait (self);
  test_assert_log (self->log, "notify::state changed loaded");
  g_object_get (examination, "state", &state, NULL);
  g_assert_cmpuint (state, ==, FOC_EXAMINATION_READY);
  g_assert_no_error (foc_examination_get_error (examination));
  assert_square (self, 50, 0, HEIGHT);
  g_assert_true (foc_examination_is_default_square (examination));
  g_assert_true (foc_examination_is_exact (examination));
  assert_answer (self, self->model);

  test_add_file (self->folder, "text.png", "text", 4);
  text = foc_source_new_for_path (path);
  foc_examination_set_source (examination, text);
  wait (self);
  test_assert_log (self->log, "notify::state changed notify::state changed loaded");
  g_assert_cmpint (foc_examination_get_state (examination), ==, FOC_EXAMINATION_FAILED);
  g_assert_error (foc_examination_get_error (examination), FOC_ERROR,
                  FOC_ERROR_IMAGE_FORMAT);
  g_assert_nonnull (strstr (foc_examination_get_error (examination)->message, path));
  assert_nothing (self);

  foc_examination_set_source (examination, NULL);
  test_assert_log (self->log, "notify::state changed");
  g_assert_cmpint (foc_examination_get_state (examination), ==, FOC_EXAMINATION_NOTHING);
  g_assert_no_error (foc_examination_get_error (examination));
}

/* What cannot be opened, each with its reason; and it does no harm to what comes next. */
static void
test_faults (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    int code;
  } rows[] = {
    { "gone.png", FOC_ERROR_IMAGE_NO_ACCESS },  { "dangling", FOC_ERROR_IMAGE_NO_ACCESS },
    { "fifo", FOC_ERROR_IMAGE_SPECIAL },        { "folder", FOC_ERROR_IMAGE_FOLDER },
    { "empty.jpg", FOC_ERROR_IMAGE_EMPTY },     { "huge.jpg", FOC_ERROR_IMAGE_TOO_LARGE },
    { "large.png", FOC_ERROR_IMAGE_TOO_LARGE }, { "cut.png", FOC_ERROR_IMAGE_TRUNCATED },
  };
  g_autofree char *fifo = test_path (self->folder, "fifo");
  g_autofree char *huge = test_path (self->folder, "huge.jpg");
  guint8 nothing[3] = { 0 };
  g_autoptr (GBytes) large = test_png (16385, 1, 8, 2, nothing, 0, NULL);
  g_autofree char *picture = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (self->path, &picture, &length, NULL));
  test_add_link (self->folder, "dangling", "nowhere.png");
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  test_add_folder (self->folder, "folder");
  test_add_files (self->folder, "empty.jpg");
  test_add_file (self->folder, "huge.jpg", "\xff\xd8\xff", 3);
  g_assert_cmpint (truncate (huge, (off_t) FOC_LIMIT_IMAGE_BYTES + 1), ==, 0);
  test_add_file (self->folder, "large.png", g_bytes_get_data (large, NULL),
                 g_bytes_get_size (large));
  test_add_file (self->folder, "cut.png", picture, length / 2);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = test_path (self->folder, rows[i].name);
      g_autoptr (FocSource) source = foc_source_new_for_path (path);

      foc_examination_set_source (self->examination, source);
      wait (self);
      g_assert_cmpint (foc_examination_get_state (self->examination), ==,
                       FOC_EXAMINATION_FAILED);
      g_assert_error (foc_examination_get_error (self->examination), FOC_ERROR,
                      rows[i].code);
    }
  g_string_truncate (self->log, 0);
  open_picture (self);
  assert_answer (self, self->model);
}

/* Whatever the order in which they get ready, only the last one is heard of. */
static void
test_newest (Fixture *self, gconstpointer data)
{
  g_autoptr (GdkPixbuf) large = test_picture_new (1500, 1500, FALSE);
  g_autoptr (GdkPixbuf) small = test_picture_new (40, 30, FALSE);
  g_autoptr (GBytes) large_png = test_encode (large, "png");
  g_autoptr (GBytes) small_png = test_encode (small, "png");
  g_autoptr (FocSource) slow = foc_source_new_for_bytes (large_png, "slow");
  g_autoptr (FocSource) quick = foc_source_new_for_bytes (small_png, "quick");
  int width, height;

  for (guint i = 0; i < 5; i++)
    {
      foc_examination_set_source (self->examination, slow);
      foc_examination_set_source (self->examination, self->source);
      foc_examination_set_source (self->examination, quick);
    }
  wait (self);
  foc_examination_get_size (self->examination, &width, &height);
  g_assert_cmpint (width, ==, 40);
  g_assert_cmpint (height, ==, 30);
  g_assert_true (foc_examination_get_source (self->examination) == quick);
  g_string_truncate (self->log, 0);

  g_assert_true (foc_job_wait_for_workers (60000));
  test_loop_run (100);
  test_assert_log (self->log, "");

  /* None at all is the newest, too. */
  foc_examination_set_source (self->examination, slow);
  foc_examination_set_source (self->examination, NULL);
  test_assert_log (self->log, "notify::state changed notify::state changed");
  g_assert_true (foc_job_wait_for_workers (60000));
  test_loop_run (100);
  test_assert_log (self->log, "");
  g_assert_cmpint (foc_examination_get_state (self->examination), ==,
                   FOC_EXAMINATION_NOTHING);

  /* Nor does anybody hear of one whose examination has gone. */
  foc_examination_set_source (self->examination, slow);
}

/* The same source again is what is in the file now; a file that has gone stays shown until
 * then, and can be asked about. */
static void
test_file_changes (Fixture *self, gconstpointer data)
{
  g_autoptr (GdkPixbuf) other = test_picture_new (77, 55, FALSE);
  g_autoptr (GBytes) png = test_encode (other, "png");
  int width, height;

  open_picture (self);
  test_add_file (self->folder, "picture.png", g_bytes_get_data (png, NULL),
                 g_bytes_get_size (png));
  foc_examination_get_size (self->examination, &width, &height);
  g_assert_cmpint (width, ==, WIDTH);

  foc_examination_set_source (self->examination, self->source);
  wait (self);
  foc_examination_get_size (self->examination, &width, &height);
  g_assert_cmpint (width, ==, 77);

  g_assert_cmpint (g_remove (self->path), ==, 0);
  foc_examination_set_square (self->examination, 3, 4, 30);
  TEST_WAIT (foc_examination_is_exact (self->examination));
  assert_answer (self, self->model);

  foc_examination_set_source (self->examination, self->source);
  wait (self);
  g_assert_error (foc_examination_get_error (self->examination), FOC_ERROR,
                  FOC_ERROR_IMAGE_NO_ACCESS);
}

/* Any numbers make a square of whole pixels within the picture, and what is one already
 * stays as it is. */
static void
test_clipping (Fixture *self, gconstpointer data)
{
  static const double odd[] = { NAN, INFINITY, -INFINITY };
  FocRng rng;

  open_picture (self);
  foc_rng_init (&rng, 1, 1);
  for (guint i = 0; i < 3000; i++)
    {
      double x = (double) foc_rng_below (&rng, 10000) / 10 - 350;
      double y = (double) foc_rng_below (&rng, 10000) / 10 - 400;
      double side = (double) foc_rng_below (&rng, 4000) / 10 - 50;
      FocRectangle square;

      foc_examination_set_square (self->examination, x, y, side);
      foc_examination_get_square (self->examination, &square);
      g_assert_cmpfloat (square.width, ==, square.height);
      g_assert_cmpfloat (square.width, ==, round (CLAMP (side, 24, HEIGHT)));
      g_assert_cmpfloat (square.x, >=, 0);
      g_assert_cmpfloat (square.y, >=, 0);
      g_assert_cmpfloat (square.x + square.width, <=, WIDTH);
      g_assert_cmpfloat (square.y + square.height, <=, HEIGHT);
      if (x >= 0 && x + square.width <= WIDTH)
        g_assert_cmpfloat (square.x, ==, round (x));
      if (y >= 0 && y + square.height <= HEIGHT)
        g_assert_cmpfloat (square.y, ==, round (y));
      g_assert_false (signbit (square.x));
      assert_answer (self, self->model);

      g_string_truncate (self->log, 0);
      foc_examination_set_square (self->examination, square.x, square.y, square.width);
      test_assert_log (self->log, "");
    }

  foc_examination_set_square (self->examination, 10, 20, 100);
  test_assert_log (self->log, "changed");
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      foc_examination_set_square (self->examination, odd[i], 0, 50);
      foc_examination_set_square (self->examination, 0, odd[i], 50);
      foc_examination_set_square (self->examination, 0, 0, odd[i]);
    }
  foc_examination_set_square (self->examination, 10.4, 19.6, 100.2);
  test_assert_log (self->log, "");
  assert_square (self, 10, 20, 100);
}

/* While it moves, the answer follows, and nothing is asked of the file; it is asked once,
 * when the square has rested. */
static void
test_rest (Fixture *self, gconstpointer data)
{
  FocExamination *examination = self->examination;

  open_picture (self);
  for (guint i = 0; i < 30; i++)
    {
      guint8 before[FOC_N_FEATURES];

      memcpy (before, foc_examination_get_features (examination), sizeof before);
      foc_examination_set_square (examination, 5 * i, 2 * i, 60);
      test_assert_log (self->log, "changed");
      g_assert_cmpint (test_difference (foc_examination_get_features (examination),
                                        before, sizeof before),
                       >, 0);
      g_assert_false (foc_examination_is_exact (examination));
      g_assert_false (foc_examination_is_default_square (examination));
      assert_answer (self, self->model);
    }
  TEST_WAIT (foc_examination_is_exact (examination));
  test_assert_log (self->log, "changed");
  assert_answer (self, self->model);
  test_loop_run (2 * FOC_EXAMINATION_REST);
  test_assert_log (self->log, "");

  foc_examination_reset_square (examination);
  test_assert_log (self->log, "changed");
  g_assert_true (foc_examination_is_default_square (examination));
  foc_examination_set_source (examination, NULL); /* before it has rested */
  test_assert_log (self->log, "notify::state changed");
  test_loop_run (2 * FOC_EXAMINATION_REST);
  test_assert_log (self->log, "");
}

static void
test_paint (Fixture *self, gconstpointer data)
{
  FocExamination *examination = self->examination;
  static const guint8 red[] = { 255, 0, 10 };
  static const guint pixels[] = { 7 * FOC_FEATURE_SIDE + 20, 0 };
  const guint place = pixels[0] * 3;
  guint8 before[FOC_N_FEATURES], painted[FOC_N_FEATURES];

  open_picture (self);
  memcpy (before, foc_examination_get_features (examination), sizeof before);
  memcpy (painted, before, sizeof before);
  memcpy (painted + place, red, 3);
  memcpy (painted, red, 3);

  foc_examination_reset_paint (examination);
  test_assert_log (self->log, "");
  foc_examination_paint (examination, pixels, 0, red);
  test_assert_log (self->log, "");
  foc_examination_paint (examination, pixels, 2, red);
  test_assert_log (self->log, "changed"); /* once */
  g_assert_true (foc_examination_is_painted (examination));
  g_assert_cmpmem (foc_examination_get_features (examination), sizeof painted, painted,
                   sizeof painted);
  assert_answer (self, self->model);

  foc_examination_reset_paint (examination);
  test_assert_log (self->log, "changed");
  g_assert_false (foc_examination_is_painted (examination));
  g_assert_cmpmem (foc_examination_get_features (examination), sizeof before, before,
                   sizeof before);
  assert_answer (self, self->model);

  /* Paint stays where the features under it become exact, and goes with the square. */
  foc_examination_set_square (examination, 0, 0, 150);
  foc_examination_paint (examination, pixels, 1, red);
  TEST_WAIT (foc_examination_is_exact (examination));
  g_assert_true (foc_examination_is_painted (examination));
  g_assert_cmpmem (foc_examination_get_features (examination) + place, 3, red, 3);
  foc_examination_set_square (examination, 1, 0, 150);
  g_assert_false (foc_examination_is_painted (examination));
  g_assert_cmpint (
    test_difference (foc_examination_get_features (examination) + place, red, 3), >, 0);

  foc_examination_paint (examination, pixels + 1, 1, red);
  foc_examination_set_source (examination, self->source);
  g_assert_false (foc_examination_is_painted (examination));
  wait (self);
  g_assert_cmpmem (foc_examination_get_features (examination), sizeof before, before,
                   sizeof before);
}

static gboolean
has_colour (Fixture *self, guint pixel, const guint8 rgb[3])
{
  const guint8 *features = foc_examination_get_features (self->examination);

  return memcmp (features + pixel * FOC_FEATURE_CHANNELS, rgb, 3) == 0;
}

/* Stroke by stroke; and what was taken away, with the square that it was on. */
static void
test_undo_paint (Fixture *self, gconstpointer data)
{
  FocExamination *examination = self->examination;
  static const guint8 red[] = { 255, 0, 10 }, green[] = { 0, 255, 10 };
  static const guint pixels[] = { 25, 26, 27 };

  foc_examination_undo_paint (examination);
  test_assert_log (self->log, "");
  open_picture (self);
  foc_examination_set_square (examination, 10, 20, 100);
  g_assert_false (foc_examination_can_undo_paint (examination));

  foc_examination_begin_stroke (examination);
  foc_examination_paint (examination, pixels, 1, red);
  foc_examination_paint (examination, pixels + 1, 1, red);
  foc_examination_begin_stroke (examination);
  foc_examination_paint (examination, pixels, 3, green);
  foc_examination_set_square (examination, 20, 20, 100);
  foc_examination_set_square (examination, 30, 20, 100);
  g_assert_false (foc_examination_is_painted (examination));

  g_string_truncate (self->log, 0);
  foc_examination_undo_paint (examination);
  test_assert_log (self->log, "changed");
  assert_square (self, 10, 20, 100);
  g_assert_true (has_colour (self, 25, green) && has_colour (self, 27, green));
  assert_answer (self, self->model);
  TEST_WAIT (foc_examination_is_exact (examination));
  g_assert_true (has_colour (self, 27, green));

  foc_examination_reset_paint (examination);
  foc_examination_undo_paint (examination);
  g_assert_true (has_colour (self, 27, green));
  foc_examination_undo_paint (examination);
  g_assert_true (has_colour (self, 25, red) && has_colour (self, 26, red));
  g_assert_false (has_colour (self, 27, green));
  foc_examination_undo_paint (examination);
  g_assert_false (foc_examination_is_painted (examination));
  g_assert_false (foc_examination_can_undo_paint (examination));

  /* Only so much is kept, and nothing of another picture. */
  for (guint i = 0; i < 2 * FOC_PAINT_N_STEPS; i++)
    {
      foc_examination_begin_stroke (examination);
      foc_examination_paint (examination, pixels, 1, i % 2 == 0 ? red : green);
    }
  for (guint i = 0; i < FOC_PAINT_N_STEPS; i++)
    foc_examination_undo_paint (examination);
  g_assert_false (foc_examination_can_undo_paint (examination));
  g_assert_true (foc_examination_is_painted (examination));
  foc_examination_paint (examination, pixels, 1, red);
  foc_examination_set_source (examination, self->source);
  g_assert_false (foc_examination_can_undo_paint (examination));
}

static void
test_model (Fixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) other = test_model_new ("cats dogs mice", 2);
  g_autoptr (FocLoadedModel) got = NULL;

  open_picture (self);
  assert_answer (self, self->model);
  foc_examination_set_model (self->examination, other);
  test_assert_log (self->log, "changed notify::model");
  assert_answer (self, other);
  foc_examination_set_model (self->examination, other);
  test_assert_log (self->log, "");

  foc_examination_set_model (self->examination, NULL);
  test_assert_log (self->log, "changed notify::model");
  g_assert_null (foc_examination_get_answer (self->examination));
  g_assert_nonnull (foc_examination_get_features (self->examination));

  g_object_set (self->examination, "model", self->model, NULL);
  g_object_get (self->examination, "model", &got, NULL);
  g_assert_true (got == self->model);
  assert_answer (self, self->model);
}

#define ADD(name, function)                                                              \
  g_test_add ("/examination/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("states", test_states);
  ADD ("faults", test_faults);
  ADD ("newest", test_newest);
  ADD ("file-changes", test_file_changes);
  ADD ("clipping", test_clipping);
  ADD ("rest", test_rest);
  ADD ("paint", test_paint);
  ADD ("undo-paint", test_undo_paint);
  ADD ("model", test_model);

  return g_test_run ();
}

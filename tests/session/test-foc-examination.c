/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-examination.h"

#include "foc-error.h"
#include "foc-job.h"
#include "foc-limits.h"
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

static void
assert_nothing (ExaminationFixture *self)
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
  test_examination_assert_square (self, 0, 0, 0);
  g_assert_false (foc_examination_is_default_square (examination));
  g_assert_false (foc_examination_is_exact (examination));
  g_assert_false (foc_examination_is_painted (examination));
  test_assert_log (self->log, "");
}

static void
test_states (ExaminationFixture *self, gconstpointer data)
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
  test_examination_wait (self);
  test_assert_log (self->log, "notify::state changed loaded");
  g_object_get (examination, "state", &state, NULL);
  g_assert_cmpuint (state, ==, FOC_EXAMINATION_READY);
  g_assert_no_error (foc_examination_get_error (examination));
  test_examination_assert_square (self, 50, 0, TEST_EXAMINATION_HEIGHT);
  g_assert_true (foc_examination_is_default_square (examination));
  g_assert_true (foc_examination_is_exact (examination));
  test_examination_assert_answer (self, self->model);

  test_add_file (self->folder, "text.png", "text", 4);
  text = foc_source_new_for_path (path);
  foc_examination_set_source (examination, text);
  test_examination_wait (self);
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
test_faults (ExaminationFixture *self, gconstpointer data)
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
      test_examination_wait (self);
      g_assert_cmpint (foc_examination_get_state (self->examination), ==,
                       FOC_EXAMINATION_FAILED);
      g_assert_error (foc_examination_get_error (self->examination), FOC_ERROR,
                      rows[i].code);
    }
  g_string_truncate (self->log, 0);
  test_examination_open (self);
  test_examination_assert_answer (self, self->model);
}

/* Whatever the order in which they get ready, only the last one is heard of. */
static void
test_newest (ExaminationFixture *self, gconstpointer data)
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
  test_examination_wait (self);
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
test_file_changes (ExaminationFixture *self, gconstpointer data)
{
  g_autoptr (GdkPixbuf) other = test_picture_new (77, 55, FALSE);
  g_autoptr (GBytes) png = test_encode (other, "png");
  int width, height;

  test_examination_open (self);
  test_add_file (self->folder, "picture.png", g_bytes_get_data (png, NULL),
                 g_bytes_get_size (png));
  foc_examination_get_size (self->examination, &width, &height);
  g_assert_cmpint (width, ==, TEST_EXAMINATION_WIDTH);

  foc_examination_set_source (self->examination, self->source);
  test_examination_wait (self);
  foc_examination_get_size (self->examination, &width, &height);
  g_assert_cmpint (width, ==, 77);

  g_assert_cmpint (g_remove (self->path), ==, 0);
  foc_examination_set_square (self->examination, 3, 4, 30);
  TEST_WAIT (foc_examination_is_exact (self->examination));
  test_examination_assert_answer (self, self->model);

  foc_examination_set_source (self->examination, self->source);
  test_examination_wait (self);
  g_assert_error (foc_examination_get_error (self->examination), FOC_ERROR,
                  FOC_ERROR_IMAGE_NO_ACCESS);
}

/* Any numbers make a square of whole pixels within the picture, and what is one already
 * stays as it is. */
static void
test_clipping (ExaminationFixture *self, gconstpointer data)
{
  static const double odd[] = { NAN, INFINITY, -INFINITY };
  FocRng rng;

  test_examination_open (self);
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
      g_assert_cmpfloat (square.width, ==,
                         round (CLAMP (side, 24, TEST_EXAMINATION_HEIGHT)));
      g_assert_cmpfloat (square.x, >=, 0);
      g_assert_cmpfloat (square.y, >=, 0);
      g_assert_cmpfloat (square.x + square.width, <=, TEST_EXAMINATION_WIDTH);
      g_assert_cmpfloat (square.y + square.height, <=, TEST_EXAMINATION_HEIGHT);
      if (x >= 0 && x + square.width <= TEST_EXAMINATION_WIDTH)
        g_assert_cmpfloat (square.x, ==, round (x));
      if (y >= 0 && y + square.height <= TEST_EXAMINATION_HEIGHT)
        g_assert_cmpfloat (square.y, ==, round (y));
      g_assert_false (signbit (square.x));
      test_examination_assert_answer (self, self->model);

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
  test_examination_assert_square (self, 10, 20, 100);
}

/* While it moves, the answer follows, and nothing is asked of the file; it is asked once,
 * when the square has rested. */
static void
test_rest (ExaminationFixture *self, gconstpointer data)
{
  FocExamination *examination = self->examination;

  test_examination_open (self);
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
      test_examination_assert_answer (self, self->model);
    }
  TEST_WAIT (foc_examination_is_exact (examination));
  test_assert_log (self->log, "changed");
  test_examination_assert_answer (self, self->model);
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
test_model (ExaminationFixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) other = test_model_new ("cats dogs mice", 2);
  g_autoptr (FocLoadedModel) got = NULL;

  test_examination_open (self);
  test_examination_assert_answer (self, self->model);
  foc_examination_set_model (self->examination, other);
  test_assert_log (self->log, "changed notify::model");
  test_examination_assert_answer (self, other);
  foc_examination_set_model (self->examination, other);
  test_assert_log (self->log, "");

  foc_examination_set_model (self->examination, NULL);
  test_assert_log (self->log, "changed notify::model");
  g_assert_null (foc_examination_get_answer (self->examination));
  g_assert_nonnull (foc_examination_get_features (self->examination));

  g_object_set (self->examination, "model", self->model, NULL);
  g_object_get (self->examination, "model", &got, NULL);
  g_assert_true (got == self->model);
  test_examination_assert_answer (self, self->model);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST_EXAMINATION ("examination/states", test_states);
  TEST_EXAMINATION ("examination/faults", test_faults);
  TEST_EXAMINATION ("examination/newest", test_newest);
  TEST_EXAMINATION ("examination/file-changes", test_file_changes);
  TEST_EXAMINATION ("examination/clipping", test_clipping);
  TEST_EXAMINATION ("examination/rest", test_rest);
  TEST_EXAMINATION ("examination/model", test_model);

  return g_test_run ();
}

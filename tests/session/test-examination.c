/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-examination.h"

#include "foc-job.h"
#include "test-catalog.h"
#include "test-encoders.h"
#include "test-folders.h"
#include "test-loop.h"
#include "test-pictures.h"

#include <math.h>

void
test_examination_set_up (ExaminationFixture *self, gconstpointer data)
{
  g_autoptr (GdkPixbuf) pixbuf =
    test_picture_new (TEST_EXAMINATION_WIDTH, TEST_EXAMINATION_HEIGHT, FALSE);
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

void
test_examination_tear_down (ExaminationFixture *self, gconstpointer data)
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

void
test_examination_wait (ExaminationFixture *self)
{
  TEST_WAIT (foc_examination_get_state (self->examination) != FOC_EXAMINATION_LOADING);
}

void
test_examination_open (ExaminationFixture *self)
{
  foc_examination_set_source (self->examination, self->source);
  test_examination_wait (self);
  test_assert_log (self->log, "notify::state changed notify::state changed loaded");
}

void
test_examination_assert_square (ExaminationFixture *self, double x, double y, double side)
{
  FocRectangle square;

  foc_examination_get_square (self->examination, &square);
  g_assert_cmpfloat (square.x, ==, x);
  g_assert_cmpfloat (square.y, ==, y);
  g_assert_cmpfloat (square.width, ==, side);
  g_assert_cmpfloat (square.height, ==, side);
}

void
test_examination_assert_answer (ExaminationFixture *self, FocLoadedModel *loaded)
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-examination.h"
#include "foc-explain-job.h"
#include "test-catalog.h"
#include "test-encoders.h"
#include "test-loop.h"
#include "test-pictures.h"

/* A model that is too large to be asked in the main loop. */

static FocSource *
make_source (void)
{
  g_autoptr (GdkPixbuf) pixbuf = test_picture_new (300, 200, FALSE);
  g_autoptr (GBytes) png = test_encode (pixbuf, "png");

  return foc_source_new_for_bytes (png, "picture");
}

static void
assert_answer (FocExamination *examination, FocLoadedModel *loaded)
{
  const FocModel *model = foc_loaded_model_get_model (loaded);
  const FocExplained *explained = foc_examination_get_answer (examination);
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&model->mlp->shape, 1);
  g_auto (FocExplained) expected = { 0 };

  foc_model_explain (model, work, foc_examination_get_features (examination), &expected);
  g_assert_cmpmem (explained->probabilities, 2 * sizeof (float), expected.probabilities,
                   2 * sizeof (float));
  g_assert_cmpmem (explained->pixel_shares, sizeof explained->pixel_shares,
                   expected.pixel_shares, sizeof expected.pixel_shares);
}

static void
count (FocExamination *examination, gpointer n)
{
  if (foc_examination_get_answer (examination) != NULL)
    (*(guint *) n)++;
}

static void
test_large (void)
{
  g_autoptr (FocLoadedModel) large = test_model_new_large ("comics faces");
  g_autoptr (FocLoadedModel) small = test_model_new ("comics faces", 1);
  FocSource *source = make_source ();
  FocExamination *examination = foc_examination_new ();
  guint n_answers = 0;

  g_assert_true (foc_explains_at_once (small));
  g_assert_false (foc_explains_at_once (large));
  foc_examination_set_model (examination, large);
  foc_examination_set_source (examination, source);
  TEST_WAIT (foc_examination_get_state (examination) == FOC_EXAMINATION_READY);
  g_assert_null (foc_examination_get_answer (examination));
  TEST_WAIT (foc_examination_get_answer (examination) != NULL);
  assert_answer (examination, large);

  /* Of many squares, only that counts where it rests. */
  g_signal_connect (examination, "changed", G_CALLBACK (count), &n_answers);
  for (guint i = 1; i <= 20; i++)
    {
      foc_examination_set_square (examination, i, i, 100);
      g_assert_null (foc_examination_get_answer (examination));
    }
  TEST_WAIT (foc_examination_get_answer (examination) != NULL);
  g_assert_cmpuint (n_answers, ==, 1);
  assert_answer (examination, large);

  /* Another model has the last word. */
  foc_examination_reset_square (examination);
  foc_examination_set_model (examination, small);
  g_assert_nonnull (foc_examination_get_answer (examination));
  g_assert_true (foc_job_wait_for_workers (60000));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_answer (examination, small);

  /* Nobody waits for an answer any more. */
  foc_examination_set_model (examination, large);
  g_assert_finalize_object (examination);
  g_assert_true (foc_job_wait_for_workers (60000));
  foc_source_unref (source);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/examination/large", test_large);
  return g_test_run ();
}

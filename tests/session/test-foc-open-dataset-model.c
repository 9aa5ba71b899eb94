/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-catalog.h"
#include "test-folders.h"
#include "test-loop.h"
#include "test-open.h"

/* What a model says to the data set that is open. */

static FocPredictions *
get_predictions (OpenFixture *self)
{
  return foc_picture_list_get_predictions (foc_open_dataset_get_pictures (self->dataset));
}

static gboolean
is_asking (OpenFixture *self)
{
  g_autoptr (FocJob) job = NULL;

  g_object_get (self->dataset, "predicting", &job, NULL);
  return job != NULL;
}

/* They fit what is shown. */
static void
assert_answered (OpenFixture *self, FocLoadedModel *model)
{
  const FocPredictions *predictions = get_predictions (self);
  FocCatalog *catalog = foc_open_dataset_get_catalog (self->dataset);

  TEST_WAIT (!is_asking (self));
  predictions = get_predictions (self);
  g_assert_nonnull (predictions);
  g_assert_true (predictions->model == model);
  g_assert_cmpuint (predictions->n_rows, ==,
                    foc_dataset_get_n_pictures (catalog->dataset));
}

static void
test_model (OpenFixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) model = test_model_new ("b a", 1);
  g_autoptr (FocLoadedModel) other = test_model_new ("cat dog", 2);

  foc_open_dataset_set_model (self->dataset, model);
  g_assert_true (foc_open_dataset_get_model (self->dataset) == model);
  test_assert_said (self, "");

  test_build_add_some (&self->build);
  test_open (self, self->build.root);
  assert_answered (self, model);
  g_assert_true (get_predictions (self)->comparable);

  foc_open_dataset_set_model (self->dataset, other);
  g_assert_true (is_asking (self));
  assert_answered (self, other);
  g_assert_false (get_predictions (self)->comparable);

  g_string_truncate (self->log, 0);
  foc_open_dataset_set_model (self->dataset, NULL);
  g_assert_null (get_predictions (self));
  test_assert_said (self, "complete");
  foc_open_dataset_set_model (self->dataset, NULL);
  test_refresh (self);
  test_assert_said (self, "job idle");

  /* Asked, and asked no more before there is an answer. */
  foc_open_dataset_set_model (self->dataset, model);
  foc_open_dataset_set_model (self->dataset, NULL);
  g_assert_false (is_asking (self));
  test_loop_run (50);
  g_assert_null (get_predictions (self));
  test_assert_said (self, "");

  foc_open_dataset_set_model (self->dataset, model);
  assert_answered (self, model);
  test_assert_said (self, "complete+model");
}

/* Answers go on being right for the same features, and are asked for anew with others. */
static void
test_keep (OpenFixture *self, gconstpointer data)
{
  FocSplitSettings settings = { FOC_SPLIT_STRATIFIED, { 1, 1, 1 }, 1, FOC_KEEP_NONE };
  g_autoptr (FocLoadedModel) model = test_model_new ("a b", 1);
  const FocPredictions *predictions;

  foc_open_dataset_set_model (self->dataset, model);
  test_build_add_some (&self->build);
  test_open (self, self->build.root);
  assert_answered (self, model);
  predictions = get_predictions (self);
  g_string_truncate (self->log, 0);

  g_assert_true (foc_open_dataset_set_split (self->dataset, &settings, NULL));
  g_assert_true (get_predictions (self) == predictions);
  g_assert_false (is_asking (self));
  test_refresh (self);
  g_assert_true (get_predictions (self) == predictions);
  test_assert_said (self, "complete+model job idle");

  /* With a change they come together with it. */
  test_build_add (&self->build, "b/9.pnm", 1);
  test_refresh (self);
  test_assert_said (self, "job complete+model idle");
  assert_answered (self, model);

  foc_open_dataset_close (self->dataset);
  g_assert_null (get_predictions (self));
}

/* A model that is chosen while the one before is asked by the refresh. */
static void
test_other_while_refreshing (OpenFixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) model = test_model_new ("a b", 1);
  g_autoptr (FocLoadedModel) other = test_model_new ("a b", 2);

  foc_open_dataset_set_model (self->dataset, model);
  test_build_add_some (&self->build);
  test_open (self, self->build.root);
  assert_answered (self, model);

  test_build_add (&self->build, "b/9.pnm", 1);
  foc_open_dataset_refresh (self->dataset);
  foc_open_dataset_set_model (self->dataset, other);
  test_wait_for_job (self);
  assert_answered (self, other);

  test_build_add (&self->build, "b/8.pnm", 1);
  foc_open_dataset_refresh (self->dataset);
  foc_open_dataset_set_model (self->dataset, NULL);
  test_wait_for_job (self);
  g_assert_null (get_predictions (self));
  test_assert_open (self, "a/1.pnm a/2.pnm a/10.pnm b/1.pnm b/8.pnm b/9.pnm b/sub/2.pnm");
}

/* While answers about another data set are on their way, the first is there again. */
static void
test_back (OpenFixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) model = test_model_new ("a b", 1);
  const FocPredictions *predictions;

  foc_open_dataset_set_model (self->dataset, model);
  test_add_files (self->other, "a/1.png b/1.png");
  test_open (self, self->other);
  assert_answered (self, model);
  predictions = get_predictions (self);

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/%u.pnm", i % 2 ? "a" : "b", i);

      test_build_add (&self->build, name, i % 3);
    }
  foc_open_dataset_open (self->dataset, self->build.root, NULL);
  TEST_WAIT (foc_open_dataset_get_catalog (self->dataset)->store != NULL
             && is_asking (self));
  foc_open_dataset_cancel (self->dataset);
  g_assert_false (is_asking (self));
  test_loop_run (100);
  test_assert_open (self, "a/1.png b/1.png");
  g_assert_true (get_predictions (self) == predictions);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_OPEN_TEST ("model/model", test_model);
  ADD_OPEN_TEST ("model/keep", test_keep);
  ADD_OPEN_TEST ("model/other-while-refreshing", test_other_while_refreshing);
  ADD_OPEN_TEST ("model/back", test_back);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-folders.h"
#include "test-ui-train.h"
#include "test-ui.h"

/* What becomes of a run that has not come to its end, or is at it. */

static FocRunState
get_state (UiTrain *self)
{
  g_autoptr (FocRunItem) item = g_list_model_get_item (G_LIST_MODEL (self->history), 0);

  g_assert_nonnull (item);
  return foc_run_item_get_state (item);
}

/* The program ends, and begins again. */
static void
restart (UiTrain *self)
{
  test_ui_train_close (self);
  foc_training_close (self->training);
  g_assert_true (foc_job_wait_for_workers (20000));
  test_ui_train_show (self);
  test_ui_train_wait_for_runs (self, 1);
}

static gboolean
is_diverged (gpointer fixture)
{
  return get_state (fixture) == FOC_RUN_DIVERGED;
}

static gboolean
is_sealed (gpointer fixture)
{
  return get_state (fixture) == FOC_RUN_SEALED;
}

static gboolean
is_searched (gpointer fixture)
{
  return get_state (fixture) == FOC_RUN_SEARCHED;
}

static gboolean
is_offered (gpointer fixture)
{
  return ((UiTrain *) fixture)->offered != NULL;
}

/* The list does not offer it; whoever is quicker than the list is told why. */
static void
assert_not_reproduced (UiTrain *self, const char *why)
{
  GtkWidget *pane = test_ui_find (self->page, FOC_TYPE_HISTORY_PANE);
  g_autoptr (FocRunItem) item = g_list_model_get_item (G_LIST_MODEL (self->history), 0);
  const guint n = test_ui_train_count_runs (self);

  gtk_selection_model_select_item (self->history, 0, TRUE);
  gtk_widget_activate_action (pane, "history.reproduce", NULL);
  g_assert_null (foc_training_get_job (self->training));
  g_signal_emit_by_name (pane, "reproduce", item);
  test_ui_close_failure (why);
  g_assert_null (foc_training_get_job (self->training));
  g_assert_cmpuint (test_ui_train_count_runs (self), ==, n);
}

/* It is over, and no more is offered for it. */
static void
test_diverged (UiTrain *self, gconstpointer data)
{
  FocSettings settings = test_ui_train_short ();

  settings.learning_rates[0] = 1000;
  settings.n_learning_rates = 1;
  settings.training.n_hidden = 4;
  for (guint i = 0; i < 4; i++)
    settings.training.hidden[i] = 128 / (1 + i / 2);
  test_ui_train_set (self, &settings);
  test_ui_train_open (self);
  test_ui_train_click (self, "_Start");
  test_ui_answer ("Close");
  g_assert_null (foc_training_get_job (self->training));
  g_assert_true (foc_run_has_diverged (foc_training_get_run (self->training)));
  g_assert_true (test_ui_train_says (self, "Every cell diverged"));
  g_assert_false (test_ui_train_can_click (self, "Train _Final Model"));
  test_ui_wait (is_diverged, self);

  restart (self);
  test_ui_run (300);
  g_assert_true (is_diverged (self));
  g_assert_cmpuint (self->n_offered, ==, 0);
  assert_not_reproduced (self, "diverged");
}

static gboolean
has_cell (gpointer fixture)
{
  const FocGrid *grid = foc_training_get_grid (((UiTrain *) fixture)->training);
  FocCell best;

  return grid != NULL && foc_grid_get_best (grid, &best);
}

/* Nothing that cannot be done is advised. */
static void
test_stopped (UiTrain *self, gconstpointer data)
{
  const FocSettings settings = test_ui_train_long ();

  test_ui_train_set (self, &settings);
  test_ui_train_open (self);
  test_ui_train_click (self, "_Start");
  test_ui_wait (has_cell, self);
  test_ui_train_click (self, "S_top and Keep");
  test_ui_train_wait (self);
  test_ui_train_final (self);
  test_ui_train_wait_for_runs (self, 1);
  test_ui_wait (is_sealed, self);
  assert_not_reproduced (self, "had been found until then");
}

/* The program died between the search and what belongs to it. */
static void
test_not_calibrated (UiTrain *self, gconstpointer data)
{
  FocRun *run;

  test_ui_train_open (self);
  test_ui_train_search (self);
  run = foc_run_load (foc_training_get_run (self->training)->folder, NULL);
  foc_certainty_clear (&run->certainty);
  run->certainty = (FocCertainty){ 0 };
  foc_measurement_clear (&run->validation);
  run->validation = (FocMeasurement){ 0 };
  g_assert_true (foc_run_save (run, NULL));
  foc_run_unref (run);

  restart (self);
  test_ui_wait (is_offered, self);
  assert_not_reproduced (self, "resume it first");
  foc_train_page_resume (self->page, self->offered);
  test_ui_wait (is_searched, self);
  test_ui_train_wait (self);
  g_assert_true (foc_training_get_run (self->training)->validation.measured);
  test_ui_train_act (self, 0, 0, "history.reproduce");
  test_ui_train_wait_to_say (self, "Reproduced: identical to the bit.");
}

static gboolean
has_model (gpointer fixture)
{
  return foc_training_has_model (((UiTrain *) fixture)->training);
}

/* The program died in the first epoch of the final model. */
static void
test_final_interrupted (UiTrain *self, gconstpointer data)
{
  g_autofree char *checkpoint = NULL;

  test_ui_train_open (self);
  test_ui_train_search (self);
  checkpoint = foc_run_get_final_checkpoint (foc_training_get_run (self->training));
  restart (self);
  test_ui_run (300);
  g_assert_cmpuint (self->n_offered, ==, 0); /* nobody has asked for one */

  g_assert_true (g_file_set_contents (checkpoint, "", 0, NULL));
  restart (self);
  test_ui_wait (is_offered, self);
  g_assert_cmpint (get_state (self), ==, FOC_RUN_FINAL_INTERRUPTED);
  foc_train_page_resume (self->page, self->offered);
  test_ui_wait (has_model, self);
  test_ui_train_wait (self);
}

static gboolean
is_at_work (gpointer fixture)
{
  return foc_training_get_folder_at_work (((UiTrain *) fixture)->training) != NULL;
}

/* What is worked at cannot be deleted, from the first moment on. */
static void
test_delete_at_work (UiTrain *self, gconstpointer data)
{
  const FocSettings settings = test_ui_train_long ();

  test_ui_train_set (self, &settings);
  test_ui_train_open (self);
  test_ui_train_click (self, "_Start");
  test_ui_train_wait_to_grow (self);
  restart (self);
  test_ui_wait (is_offered, self);
  foc_train_page_resume (self->page, self->offered);
  test_ui_wait (is_at_work, self);
  g_assert_cmpint (get_state (self), ==, FOC_RUN_UNDER_WAY);
  test_ui_train_act (self, 0, 0, "history.delete");
  test_ui_train_wait_to_grow (self);
  g_assert_cmpuint (test_ui_train_count_runs (self), ==, 1);
  g_assert_true (is_at_work (self));
  test_ui_train_click (self, "S_top and Keep");
  test_ui_train_wait (self);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/train-page/" name, UiTrain, NULL, test_ui_train_set_up, function,        \
              test_ui_train_tear_down)
  ADD ("all-diverged", test_diverged);
  ADD ("stopped", test_stopped);
  ADD ("not-calibrated", test_not_calibrated);
  ADD ("final-interrupted", test_final_interrupted);
  ADD ("delete-at-work", test_delete_at_work);
#undef ADD
  return g_test_run ();
}

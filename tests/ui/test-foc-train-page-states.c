/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-file.h"
#include "foc-grid-table.h"
#include "foc-plot-view-private.h"
#include "test-folders.h"
#include "test-ui-train.h"
#include "test-ui.h"

#include <errno.h>
#include <unistd.h>

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

/* How wide the upper end of the first curve is: a line alone, or with a mark at it. */
static int
measure_end (UiTrain *self)
{
  const int height = 12;
  FocPlotView *view = test_ui_find (self->page, FOC_TYPE_PLOT_VIEW);
  cairo_surface_t *surface = test_ui_draw (view);
  int top = cairo_image_surface_get_height (surface) - height, from = G_MAXINT, to = 0;

  g_assert_true (foc_plot_view_ensure_drawn (view));
  for (int y = 0; y < top + height; y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      {
        guint32 pixel = test_ui_get_pixel (surface, x, y);

        if ((int) (pixel & 255) - (int) (pixel >> 16) < 60
            || foc_plot_map_find_entry (view->drawing->map, x, y) >= 0)
          continue;
        top = MIN (top, y);
        from = MIN (from, x);
        to = MAX (to, x);
      }
  cairo_surface_destroy (surface);
  return to - from + 1;
}

/* One rate diverges: its curve shows where, its cells say so, the rest goes on. */
static void
test_diverged (UiTrain *self, gconstpointer data)
{
  FocSettings settings = test_ui_train_short ();
  g_autofree char *table = NULL;
  const FocGrid *grid;

  settings.learning_rates[0] = 0.01;
  settings.learning_rates[1] = 1000;
  settings.n_learning_rates = 2;
  test_ui_train_set (self, &settings);
  test_ui_train_open (self);
  test_ui_train_search (self);
  table = foc_grid_table_get_text (test_ui_find (self->page, FOC_TYPE_GRID_TABLE));
  g_assert_nonnull (strstr (table, "diverged"));
  grid = foc_training_get_grid (self->training);
  for (guint i = 0; i < grid->n_learning_rates; i++)
    for (guint j = 0; j < grid->n_epochs; j++)
      {
        const gboolean diverged = grid->trajectories[i].learning_rate == 1000;
        g_autofree char *text = NULL;
        FocCell cell;

        g_assert_cmpint (grid->trajectories[i].diverged, ==, diverged);
        foc_grid_get_cell (grid, i, j, &cell);
        text = g_strdup_printf ("%.3f, %.3f", cell.accuracy, cell.loss);
        g_assert_cmpint (strstr (table, text) != NULL, ==, !diverged);
      }
  g_assert_true (test_ui_train_can_click (self, "Train _Final Model"));

  g_assert_cmpuint (test_ui_train_count_ink (self, "1000"), >, 20);
  g_assert_cmpint (measure_end (self), >, 8);
}

/* It is over, and no more is offered for it. */
static void
test_all_diverged (UiTrain *self, gconstpointer data)
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

static gboolean
has_problem (gpointer self)
{
  return foc_training_get_problem (((UiTrain *) self)->training) != NULL;
}

/* The disk is full in the middle of a search: it is said while that goes on, and it is no
 * loss to break it off. */
static void
test_full_disk (UiTrain *self, gconstpointer data)
{
  const FocSettings settings = test_ui_train_long ();
  g_autofree char *sentence = NULL;

  test_ui_train_set (self, &settings);
  test_ui_train_open (self);
  test_ui_train_click (self, "_Start");
  test_ui_train_wait_to_grow (self);
  foc_file_set_fault (1, ENOSPC);
  test_ui_wait (has_problem, self);
  foc_file_set_fault (0, 0);
  sentence = g_strdup_printf (
    "%s The run goes on in memory, and is tried to be written again with each step.",
    foc_training_get_problem (self->training));
  test_ui_train_wait_to_say (self, sentence);
  g_assert_true (foc_training_get_searching (self->training));

  gtk_widget_activate_action (GTK_WIDGET (self->page), "train.cancel", NULL);
  test_ui_train_wait (self);
  g_assert_false (test_ui_train_says (self, sentence));
  g_assert_false (foc_training_is_unsaved (self->training));
}

static void
add_interrupted (UiTrain *self, guint seed)
{
  FocSettings settings = test_ui_train_long ();

  settings.training.seed = seed;
  test_ui_train_set (self, &settings);
  test_ui_train_show (self);
  gtk_widget_activate_action (GTK_WIDGET (self->page), "train.start", NULL);
  test_ui_train_wait_to_grow (self);
  test_ui_train_close (self);
  foc_training_close (self->training);
  g_assert_true (foc_job_wait_for_workers (20000));
}

static void
assert_offered_at_start (UiTrain *self, guint n_runs, guint n_offered)
{
  self->n_offered = 0;
  test_ui_train_show (self);
  test_ui_train_wait_for_runs (self, n_runs);
  test_ui_run (300);
  g_assert_cmpuint (self->n_offered, ==, n_offered);
  test_ui_train_close (self);
}

/* Each that was interrupted, and never what the user has broken off. */
static void
test_offered_once (UiTrain *self, gconstpointer data)
{
  g_autoptr (FocRunItem) first = NULL;

  test_ui_dataset_open (&self->data);
  add_interrupted (self, 1);
  add_interrupted (self, 2);
  g_settings_reset (self->settings, "offered-runs"); /* it was offered by and by */
  assert_offered_at_start (self, 2, 1);
  first = g_object_ref (self->offered);
  assert_offered_at_start (self, 2, 1);
  g_assert_cmpstr (foc_run_item_get_folder (self->offered), !=,
                   foc_run_item_get_folder (first));
  assert_offered_at_start (self, 2, 0);

  g_settings_reset (self->settings, "offered-runs");
  test_ui_train_show (self);
  test_ui_train_wait_for_runs (self, 2);
  foc_train_page_resume (self->page, first);
  test_ui_train_wait_to_grow (self);
  gtk_widget_activate_action (GTK_WIDGET (self->page), "train.cancel", NULL);
  g_assert_true (foc_job_wait_for_workers (20000));
  test_ui_train_close (self);
  foc_training_close (self->training);
  assert_offered_at_start (self, 2, 1);
  g_assert_cmpstr (foc_run_item_get_folder (self->offered), !=,
                   foc_run_item_get_folder (first));
  assert_offered_at_start (self, 2, 0);
}

static gboolean
is_headed (UiTrain *self, const char *text)
{
  g_autoptr (GPtrArray) labels = test_ui_list (self->page, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (g_strcmp0 (gtk_buildable_get_buildable_id (labels->pdata[i]), "state") == 0)
      return g_str_equal (gtk_label_get_text (labels->pdata[i]), text);
  g_assert_not_reached ();
}

static gboolean
is_headed_under_way (gpointer self)
{
  return is_headed (self, "Under way");
}

static gboolean
is_headed_interrupted (gpointer self)
{
  return is_headed (self, "Interrupted");
}

/* Another program works at the run that is shown. */
static void
test_under_way (UiTrain *self, gconstpointer data)
{
  g_autofree char *folder = NULL;
  int lock;

  test_ui_dataset_open (&self->data);
  add_interrupted (self, 1);
  test_ui_train_show (self);
  test_ui_train_wait_for_runs (self, 1);
  test_ui_train_act (self, 0, 0, "history.open");
  test_ui_train_wait (self);
  test_ui_wait (is_headed_interrupted, self);
  folder = g_strdup (foc_training_get_run (self->training)->folder);

  lock = foc_file_lock_folder (folder, NULL);
  test_add_files (folder, "checkpoint-9.safetensors");
  test_ui_wait (is_headed_under_way, self);
  close (lock);
  test_ui_wait (is_headed_interrupted, self);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/train-page/" name, UiTrain, NULL, test_ui_train_set_up, function,        \
              test_ui_train_tear_down)
  ADD ("diverged", test_diverged);
  ADD ("all-diverged", test_all_diverged);
  ADD ("stopped", test_stopped);
  ADD ("not-calibrated", test_not_calibrated);
  ADD ("final-interrupted", test_final_interrupted);
  ADD ("delete-at-work", test_delete_at_work);
  ADD ("full-disk", test_full_disk);
  ADD ("offered-once", test_offered_once);
  ADD ("under-way", test_under_way);
#undef ADD
  return g_test_run ();
}

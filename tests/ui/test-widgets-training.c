/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-compare-view.h"
#include "foc-curves-view.h"
#include "foc-grid-cell.h"
#include "foc-grid-table.h"
#include "foc-history-pane.h"
#include "foc-line-chart.h"
#include "foc-number-list.h"
#include "foc-plot-view.h"
#include "foc-result-plots.h"
#include "foc-results-pane.h"
#include "foc-run-row.h"
#include "foc-settings-pane.h"
#include "foc-train-page.h"
#include "test-folders.h"
#include "test-measurement.h"
#include "test-run.h"
#include "test-ui.h"
#include "test-widgets.h"

static GtkWidget *
make_grid_cell (Fixture *self)
{
  return foc_grid_cell_new ("learning rate 0.01, 30 epochs", 0);
}

static void
fill_grid_cell (Fixture *self, gpointer widget, gboolean full)
{
  const FocGridCellValue value = { .state = full ? FOC_GRID_CELL_WORKING
                                                 : FOC_GRID_CELL_DIVERGED,
                                   .progress = 0.5 };

  foc_grid_cell_set (widget, &value);
}

static void
fill_grid_table (Fixture *self, gpointer widget, gboolean full)
{
  FocSettings settings;
  g_autoptr (FocGrid) grid = NULL;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  grid = foc_grid_new (&settings);
  foc_grid_table_set_grid (widget, full ? grid : NULL, NULL, TRUE);
}

static gboolean
is_loaded (gpointer history)
{
  return !foc_run_history_get_loading (history);
}

/* Of one run, in a folder that is the data set's. */
static FocRunHistory *
make_history (Fixture *self)
{
  g_autofree char *runs = test_path (self->data.root, "runs");
  g_autofree char *folder = test_path (runs, "run");
  g_autoptr (FocRun) run = test_make_run (folder, TEST_RUN_FINISHED);
  FocRunHistory *history;

  test_add_folder (runs, "run");
  g_assert_true (foc_run_save (run, NULL));
  history = foc_run_history_new (runs);
  test_ui_wait (is_loaded, history);
  return history;
}

static void
fill_history_pane (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocRunHistory) history = full ? make_history (self) : NULL;

  foc_history_pane_set_history (widget, history);
}

static void
fill_run_row (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocRunHistory) history = make_history (self);
  g_autoptr (FocRunItem) item = g_list_model_get_item (G_LIST_MODEL (history), 0);

  foc_run_row_set_item (widget, full ? item : NULL);
}

static void
fill_number_list (Fixture *self, gpointer widget, gboolean full)
{
  FocSettings settings;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  if (!full)
    settings.n_epochs = 0;
  foc_number_list_set_settings (widget, &settings, FOC_FIELD_EPOCHS);
}

static void
fill_plot_view (Fixture *self, gpointer widget, gboolean full)
{
  const double values[] = { 1, 2, 3 };
  const FocSeries series = { .name = "0.01", .x = values, .y = values, .n = 3 };
  g_autoptr (FocLineChart) chart = foc_line_chart_new ();

  foc_line_chart_add_series (chart, &series);
  foc_plot_view_set_plot (widget, full ? FOC_PLOT (chart) : NULL);
}

/* A run that is finished, as far as it is shown. */
static FocRun *
make_run (void)
{
  FocRun *run = foc_run_new ("run");
  FocSettings settings;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  run->class_names = g_strsplit ("comics faces", " ", -1);
  run->dataset_name = g_strdup ("people");
  run->grid = foc_grid_new (&settings);
  run->model_sha256 = g_strdup ("");
  run->n_looks = 1;
  test_measurement_fill (&run->validation, 6);
  test_measurement_fill (&run->holdout, 7);
  return run;
}

static void
fill_result_plots (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocRun) run = make_run ();

  foc_result_plots_set_run (widget, full ? run : NULL, full);
}

static void
fill_results_pane (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocRun) run = make_run ();

  foc_results_pane_set_run (widget, full ? run : NULL);
}

static void
fill_settings_pane (Fixture *self, gpointer widget, gboolean full)
{
  if (full)
    test_ui_dataset_open (&self->data);
  foc_settings_pane_set_catalog (
    widget, full ? foc_open_dataset_get_catalog (self->data.dataset) : NULL);
}

static void
fill_curves_view (Fixture *self, gpointer widget, gboolean full)
{
  FocSettings settings;
  g_autoptr (FocGrid) grid = NULL;
  FocPlot *plot = NULL;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  grid = foc_grid_new (&settings);
  if (full)
    plot = foc_figure_draw_grid (grid, NULL, 2, foc_curves_view_get_kind (widget), FALSE);
  foc_curves_view_set_plot (widget, plot, "curves");
}

static void
fill_compare_view (Fixture *self, gpointer widget, gboolean full)
{
  const char *const names[] = { "one", "the other", NULL };
  g_autoptr (GPtrArray) runs =
    g_ptr_array_new_with_free_func ((GDestroyNotify) foc_run_unref);

  g_ptr_array_add (runs, test_make_run ("one", TEST_RUN_FINISHED));
  g_ptr_array_add (runs, test_make_run ("other", TEST_RUN_SEARCHED));
  foc_compare_view_set_runs (widget, full ? runs : NULL, full ? names : NULL);
}

static GtkWidget *
make_train_page (Fixture *self)
{
  GtkWidget *page = g_object_new (FOC_TYPE_TRAIN_PAGE, NULL);

  foc_train_page_set_session (FOC_TRAIN_PAGE (page), self->data.session, self->settings);
  return page;
}

/* clang-format off */
const Case widgets_of_training[] = {
  { "foc-compare-view", foc_compare_view_get_type, NULL, fill_compare_view },
  { "foc-curves-view", foc_curves_view_get_type, NULL, fill_curves_view },
  { "foc-grid-cell", foc_grid_cell_get_type, make_grid_cell, fill_grid_cell },
  { "foc-grid-table", foc_grid_table_get_type, NULL, fill_grid_table },
  { "foc-history-pane", foc_history_pane_get_type, NULL, fill_history_pane },
  { "foc-number-list", foc_number_list_get_type, NULL, fill_number_list },
  { "foc-plot-view", foc_plot_view_get_type, NULL, fill_plot_view },
  { "foc-result-plots", foc_result_plots_get_type, NULL, fill_result_plots },
  { "foc-results-pane", foc_results_pane_get_type, NULL, fill_results_pane },
  { "foc-run-row", foc_run_row_get_type, NULL, fill_run_row },
  { "foc-settings-pane", foc_settings_pane_get_type, NULL, fill_settings_pane },
  { "foc-train-page", foc_train_page_get_type, make_train_page, test_widgets_fill_dataset },
  { NULL },
};
/* clang-format on */

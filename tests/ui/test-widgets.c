/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-bars.h"
#include "foc-class-balance.h"
#include "foc-class-dot.h"
#include "foc-compat.h"
#include "foc-dataset-page.h"
#include "foc-dataset-sidebar.h"
#include "foc-features-view.h"
#include "foc-filter-button.h"
#include "foc-filter-menu.h"
#include "foc-grid-cell.h"
#include "foc-grid-table.h"
#include "foc-help-window.h"
#include "foc-history-pane.h"
#include "foc-job-bar.h"
#include "foc-line-chart.h"
#include "foc-number-list.h"
#include "foc-page-title.h"
#include "foc-picture-detail.h"
#include "foc-picture-grid.h"
#include "foc-picture-tile.h"
#include "foc-picture-view.h"
#include "foc-picture-viewer.h"
#include "foc-plot-view.h"
#include "foc-preferences-page.h"
#include "foc-preprocess.h"
#include "foc-result-plots.h"
#include "foc-results-pane.h"
#include "foc-side-panes.h"
#include "foc-settings-pane.h"
#include "foc-split-chooser.h"
#include "foc-welcome-page.h"
#include "foc-window.h"
#include "test-measurement.h"
#include "foc-run-row.h"
#include "foc-split-chooser.h"
#include "foc-welcome-page.h"
#include "foc-window.h"
#include "test-folders.h"
#include "test-run.h"
#include "test-ui-dataset.h"
#include "test-ui.h"

/* Every widget of the program: it is made, shown, given something to show, left without it,
 * given it again, and freed with all that is in it. */

#define UI_RESOURCES "/io/github/faceorcomic/FaceOrComic/ui/"

typedef struct
{
  UiDataset data;
  GSettings *settings;
  GtkWidget *parent; /* a window */
  FocThumbnailer *thumbnailer;
} Fixture;

typedef struct
{
  const char *name; /* of its .c, and of its .ui where it has one */
  GType (*get_type) (void);
  GtkWidget *(*make) (Fixture *self); /* NULL: without more ado */
  void (*fill) (Fixture *self,
                gpointer widget,
                gboolean full); /* with something, or not */
} Case;

static void
fill_answer_bars (Fixture *self, gpointer widget, gboolean full)
{
  const char *const names[] = { "comics", "faces" };
  const float probabilities[] = { 0.25f, 0.75f };

  foc_answer_bars_set (widget, names, probabilities, NULL, full ? 2 : 0);
}

static void
fill_class_balance (Fixture *self, gpointer widget, gboolean full)
{
  const guint32 counts[] = { 1, 2, 3 };

  foc_class_balance_set_counts (widget, counts, full ? 3 : 0, full ? "1, 2, 3" : "");
}

static GtkWidget *
make_class_dot (Fixture *self)
{
  return foc_class_dot_new (1);
}

static void
fill_dataset (Fixture *self, gpointer widget, gboolean full)
{
  if (full)
    test_ui_dataset_open (&self->data);
  else
    foc_open_dataset_close (self->data.dataset);
}

static GtkWidget *
make_dataset_page (Fixture *self)
{
  GtkWidget *page = g_object_new (FOC_TYPE_DATASET_PAGE, NULL);

  foc_dataset_page_set_session (FOC_DATASET_PAGE (page), self->data.session);
  return page;
}

static GtkWidget *
make_dataset_sidebar (Fixture *self)
{
  GtkWidget *sidebar = g_object_new (FOC_TYPE_DATASET_SIDEBAR, NULL);

  foc_dataset_sidebar_set_session (FOC_DATASET_SIDEBAR (sidebar), self->data.session);
  return sidebar;
}

static void
fill_features_view (Fixture *self, gpointer widget, gboolean full)
{
  const guint8 features[FOC_N_FEATURES] = { full ? 255 : 0 };

  foc_features_view_set_features (widget, features);
}

static void
fill_filter_button (Fixture *self, gpointer widget, gboolean full)
{
  g_object_set (widget, "title", full ? "faces" : "", "symbol",
                full ? "edit-copy-symbolic" : NULL, NULL);
  foc_filter_button_set_count (widget, full ? 12 : 0);
  if (full)
    foc_filter_button_set_prefix (widget, foc_class_dot_new (0));
}

static GtkWidget *
make_filter_menu (Fixture *self)
{
  GtkWidget *menu = g_object_new (FOC_TYPE_FILTER_MENU, NULL);

  foc_filter_menu_set_pictures (FOC_FILTER_MENU (menu), self->data.pictures);
  return menu;
}

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

static GtkWidget *
make_help_window (Fixture *self)
{
  return GTK_WIDGET (foc_help_window_show (GTK_WINDOW (self->parent)));
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
fill_job_bar (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocJob) job = full ? foc_job_new () : NULL;

  foc_job_bar_set_job (widget, job);
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
fill_page_title (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (GtkWidget) stack = g_object_ref_sink (adw_view_stack_new ());

  adw_view_stack_add_titled (ADW_VIEW_STACK (stack), gtk_label_new (""), "one", "One");
  g_object_set (widget, "title", full ? "people" : NULL, "stack", full ? stack : NULL,
                NULL);
}

static GtkWidget *
make_picture_detail (Fixture *self)
{
  GtkWidget *detail = g_object_new (FOC_TYPE_PICTURE_DETAIL, NULL);

  foc_picture_detail_set_session (FOC_PICTURE_DETAIL (detail), self->data.session);
  return detail;
}

/* A picture for who is to be full, NULL for the others. */
static FocPictureItem *
open_picture (Fixture *self, gboolean full)
{
  if (!full)
    return NULL;
  test_ui_dataset_open (&self->data);
  return test_ui_dataset_find (&self->data, "faces/3.jpg");
}

static void
fill_picture_detail (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocPictureItem) item = open_picture (self, full);

  foc_picture_detail_set_item (widget, item);
}

static void
fill_picture_grid (Fixture *self, gpointer widget, gboolean full)
{
  if (full)
    test_ui_dataset_open (&self->data);
  foc_picture_grid_set_pictures (widget, full ? self->data.pictures : NULL);
  if (full)
    foc_picture_grid_select (widget, 3);
}

static GtkWidget *
make_picture_tile (Fixture *self)
{
  return foc_picture_tile_new (self->thumbnailer, 112);
}

static void
fill_picture_tile (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocPictureItem) item = open_picture (self, full);

  foc_picture_tile_set_item (widget, item);
}

static void
fill_picture_view (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocPictureItem) item = open_picture (self, full);

  foc_picture_view_set_item (widget, item);
}

static void
fill_picture_viewer (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocPictureItem) item = open_picture (self, full);

  foc_picture_viewer_set_item (widget, item);
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

static GtkWidget *
make_preferences_page (Fixture *self)
{
  return foc_preferences_page_new (self->settings);
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
  foc_results_pane_set_failure (widget, full ? "The run could not be recorded." : NULL);
}

static void
fill_settings_pane (Fixture *self, gpointer widget, gboolean full)
{
  if (full)
    test_ui_dataset_open (&self->data);
  foc_settings_pane_set_catalog (
    widget, full ? foc_open_dataset_get_catalog (self->data.dataset) : NULL);
}

static GtkWidget *
make_shortcuts (Fixture *self)
{
  return GTK_WIDGET (foc_compat_present_shortcuts (GTK_WINDOW (self->parent),
                                                   UI_RESOURCES "help-overlay.ui"));
}

static GtkWidget *
make_side_panes (Fixture *self)
{
  return g_object_new (FOC_TYPE_SIDE_PANES, "child", gtk_label_new ("child"),
                       "start-button", gtk_toggle_button_new (), "end-button",
                       gtk_toggle_button_new (), NULL);
}

static GtkWidget *
make_split_chooser (Fixture *self)
{
  GtkWidget *chooser = g_object_new (FOC_TYPE_SPLIT_CHOOSER, NULL);

  foc_split_chooser_set_dataset (FOC_SPLIT_CHOOSER (chooser), self->data.dataset);
  return chooser;
}

static GtkWidget *
make_thumbnail_view (Fixture *self)
{
  return foc_thumbnail_view_new (self->thumbnailer, 112);
}

static void
fill_thumbnail_view (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocPictureItem) item = open_picture (self, full);

  foc_thumbnail_view_set_file (widget, full ? foc_picture_item_get_path (item) : NULL, 0);
  foc_thumbnail_view_set_problem (widget, full ? "it is no picture" : NULL);
}

static GtkWidget *
make_window (Fixture *self)
{
  return GTK_WIDGET (foc_window_new (NULL, self->data.session, self->settings, FALSE));
}

/* clang-format off */
static const Case cases[] = {
  { "foc-answer-bars", foc_answer_bars_get_type, NULL, fill_answer_bars },
  { "foc-class-balance", foc_class_balance_get_type, NULL, fill_class_balance },
  { "foc-class-dot", foc_class_dot_get_type, make_class_dot, NULL },
  { "foc-dataset-page", foc_dataset_page_get_type, make_dataset_page, fill_dataset },
  { "foc-dataset-sidebar", foc_dataset_sidebar_get_type, make_dataset_sidebar, fill_dataset },
  { "foc-features-view", foc_features_view_get_type, NULL, fill_features_view },
  { "foc-filter-button", foc_filter_button_get_type, NULL, fill_filter_button },
  { "foc-filter-menu", foc_filter_menu_get_type, make_filter_menu, fill_dataset },
  { "foc-grid-cell", foc_grid_cell_get_type, make_grid_cell, fill_grid_cell },
  { "foc-grid-table", foc_grid_table_get_type, NULL, fill_grid_table },
  { "foc-help-window", foc_help_window_get_type, make_help_window, NULL },
  { "foc-history-pane", foc_history_pane_get_type, NULL, fill_history_pane },
  { "foc-job-bar", foc_job_bar_get_type, NULL, fill_job_bar },
  { "foc-number-list", foc_number_list_get_type, NULL, fill_number_list },
  { "foc-page-title", foc_page_title_get_type, NULL, fill_page_title },
  { "foc-picture-detail", foc_picture_detail_get_type, make_picture_detail, fill_picture_detail },
  { "foc-picture-grid", foc_picture_grid_get_type, NULL, fill_picture_grid },
  { "foc-picture-tile", foc_picture_tile_get_type, make_picture_tile, fill_picture_tile },
  { "foc-picture-view", foc_picture_view_get_type, NULL, fill_picture_view },
  { "foc-picture-viewer", foc_picture_viewer_get_type, NULL, fill_picture_viewer },
  { "foc-plot-view", foc_plot_view_get_type, NULL, fill_plot_view },
  { "foc-preferences-page", foc_preferences_page_get_type, make_preferences_page, NULL },
  { "foc-result-plots", foc_result_plots_get_type, NULL, fill_result_plots },
  { "foc-results-pane", foc_results_pane_get_type, NULL, fill_results_pane },
  { "foc-side-panes", foc_side_panes_get_type, make_side_panes, NULL },
  { "foc-run-row", foc_run_row_get_type, NULL, fill_run_row },
  { "foc-settings-pane", foc_settings_pane_get_type, NULL, fill_settings_pane },
  { "foc-split-chooser", foc_split_chooser_get_type, make_split_chooser, fill_dataset },
  { "foc-thumbnail-view", foc_thumbnail_view_get_type, make_thumbnail_view, fill_thumbnail_view },
  { "foc-welcome-page", foc_welcome_page_get_type, NULL, NULL },
  { "foc-window", foc_window_get_type, make_window, fill_dataset },
  { "help-overlay", gtk_shortcuts_window_get_type, make_shortcuts, NULL },
};
/* clang-format on */

static void
set_up (Fixture *self, gconstpointer data)
{
  test_ui_dataset_set_up (&self->data, NULL);
  self->settings = test_ui_settings ();
  self->thumbnailer = foc_thumbnailer_new (1, 1024 * 1024);
  self->parent = test_ui_show (gtk_label_new ("parent"), 200, 100);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->parent);
  g_object_unref (self->thumbnailer);
  g_object_unref (self->settings);
  test_ui_dataset_tear_down (&self->data, NULL);
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

/* On the screen, as what it is; a window around it, or NULL. */
static GtkWidget *
show (Fixture *self, GtkWidget *widget)
{
  GtkWidget *window = NULL;

  if (GTK_IS_WINDOW (widget))
    gtk_window_present (GTK_WINDOW (widget));
  else if (GTK_IS_POPOVER (widget))
    {
      gtk_widget_set_parent (widget, gtk_window_get_child (GTK_WINDOW (self->parent)));
      gtk_popover_popup (GTK_POPOVER (widget));
    }
  else
    window = test_ui_show (widget, 700, 500);
  test_ui_wait (is_mapped, widget);
  test_ui_settle (widget);
  return window;
}

static void
forget (gpointer set, GObject *widget)
{
  g_hash_table_remove (set, widget);
}

/* All but a tooltip, which GTK lends to one widget after the other. */
static void
remember (gpointer widget, gpointer set)
{
  GType tooltip = g_type_from_name ("GtkTooltipWindow");

  if ((tooltip == 0 || gtk_widget_get_ancestor (widget, tooltip) == NULL)
      && g_hash_table_add (set, widget))
    g_object_weak_ref (widget, forget, set);
}

static gboolean
is_empty (gpointer set)
{
  return g_hash_table_size (set) == 0;
}

static void
test_widget (Fixture *self, gconstpointer data)
{
  const Case *of = data;
  GtkWidget *widget = g_object_ref_sink (
    of->make != NULL ? of->make (self) : g_object_new (of->get_type (), NULL));
  GtkWidget *window = show (self, widget);
  g_autoptr (GHashTable) alive = g_hash_table_new (NULL, NULL);

  g_assert_true (G_OBJECT_TYPE (widget) == of->get_type ());
  for (int round = 0; round < 3 && of->fill != NULL; round++)
    {
      of->fill (self, widget, round != 1);
      test_ui_settle (widget);
    }
  g_assert_true (gtk_widget_get_mapped (widget));

  test_ui_foreach (widget, remember, alive);
  g_assert_cmpuint (g_hash_table_size (alive), >, 0);
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  else if (window != NULL)
    test_ui_destroy (window);
  else
    {
      gtk_popover_popdown (GTK_POPOVER (widget));
      test_ui_settle (self->parent);
      gtk_widget_unparent (widget);
    }
  test_ui_finalize (widget);
  test_ui_wait (is_empty, alive);
}

static gboolean
has_case (const char *name, GType type)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (g_strcmp0 (cases[i].name, name) == 0 || cases[i].get_type () == type)
      return TRUE;

  return FALSE;
}

/* The types below `type` that are the program's. By now all are known. */
static void
look_for_types (GType type)
{
  g_autofree GType *children = g_type_children (type, NULL);

  for (GType *child = children; *child != 0; child++)
    {
      const char *name = g_type_name (*child);

      /* The bar is a part of FocAnswerBars. */
      if (g_str_has_prefix (name, "Foc") && !g_str_equal (name, "FocAnswerBar")
          && !has_case (NULL, *child))
        g_error ("%s has no case here", name);
      look_for_types (*child);
    }
}

/* Nothing is forgotten. */
static void
test_all (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) files =
    g_resources_enumerate_children (UI_RESOURCES, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (files[0]);
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *name = g_strndup (files[i], strlen (files[i]) - strlen (".ui"));

      g_assert_true (g_str_has_suffix (files[i], ".ui"));
      if (!has_case (name, G_TYPE_INVALID))
        g_error ("%s has no case here", files[i]);
    }
  look_for_types (GTK_TYPE_WIDGET);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/widgets/%s", cases[i].name);

      g_test_add (path, Fixture, &cases[i], set_up, test_widget, tear_down);
    }
  g_test_add_func ("/widgets/all", test_all);
  return g_test_run ();
}

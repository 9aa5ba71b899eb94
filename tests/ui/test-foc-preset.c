/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-run-compare.h"
#include "foc-settings-form.h"
#include "foc-settings-pane.h"
#include "test-folders.h"
#include "test-loop.h"
#include "test-ui-train.h"
#include "test-ui.h"

#include <adwaita.h>

/* A preset is in the window what it is in the terminal, the split of the data set
 * included. */

static FocSettingsPane *
get_pane (UiTrain *self)
{
  return test_ui_find (self->page, FOC_TYPE_SETTINGS_PANE);
}

static AdwComboRow *
get_combo (UiTrain *self)
{
  return test_ui_find (get_pane (self), ADW_TYPE_COMBO_ROW);
}

static void
assert_preset (UiTrain *self, const char *expected)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (get_combo (self));

  g_assert_cmpstr (gtk_string_object_get_string (chosen), ==, expected);
}

/* Of the data set that is open: what the Dataset page shows, and a run is split by. */
static void
assert_split (UiTrain *self, const FocSplitSettings *expected)
{
  const FocCatalog *catalog = foc_open_dataset_get_catalog (self->data.dataset);
  g_autofree char *split = foc_split_settings_to_string (&catalog->split_settings);
  g_autofree char *expected_split = foc_split_settings_to_string (expected);
  FocSettings settings;

  g_assert_cmpstr (split, ==, expected_split);
  g_assert_true (foc_settings_pane_get_settings (get_pane (self), &settings));
  g_clear_pointer (&split, g_free);
  split = foc_split_settings_to_string (&settings.split);
  g_assert_cmpstr (split, ==, expected_split);
}

static FocSplitSettings
get_split_of (FocPreset preset)
{
  FocSettings settings;

  foc_settings_init (&settings, preset, 0);
  return settings.split;
}

static gboolean
offers_split (UiTrain *self)
{
  test_ui_settle (self->window);
  return gtk_widget_get_mapped (test_ui_find_button (self->page, "_Use It"));
}

static void
choose (UiTrain *self, FocPreset preset)
{
  adw_combo_row_set_selected (get_combo (self), preset);
}

static void
test_choose (UiTrain *self, gconstpointer data)
{
  const FocSplitSettings paper = get_split_of (FOC_PRESET_PAPER);
  const FocSplitSettings recommended = get_split_of (FOC_PRESET_RECOMMENDED);

  test_ui_train_open (self);
  choose (self, FOC_PRESET_PAPER);
  assert_preset (self, "Paper");
  assert_split (self, &paper);
  g_assert_false (test_ui_train_says (self, "“people” is split as in the preset now."));

  choose (self, FOC_PRESET_RECOMMENDED);
  assert_preset (self, "Recommended");
  assert_split (self, &recommended);
  g_assert_false (offers_split (self));
  test_ui_train_wait_to_say (self, "“people” is split as in the preset now.");
  test_loop_run (500); /* no toast is dismissed while it still comes */

  test_ui_train_click (self, "_Undo");
  assert_split (self, &paper);
  assert_preset (self, "Custom");
  g_assert_true (test_ui_says (self->page, "“Recommended”, but for the split"));
  g_assert_true (offers_split (self));

  test_ui_train_click (self, "_Use It");
  assert_split (self, &recommended);
  assert_preset (self, "Recommended");
  g_assert_false (offers_split (self));
}

/* Split otherwise on the Dataset page, it is not the preset any more. */
static void
test_other_split (UiTrain *self, gconstpointer data)
{
  FocSplitSettings other = get_split_of (FOC_PRESET_PAPER);

  test_ui_train_open (self);
  choose (self, FOC_PRESET_PAPER);
  other.group = FOC_KEEP_ALL;
  g_assert_true (foc_open_dataset_set_split (self->data.dataset, &other, NULL));
  assert_preset (self, "Custom");
  g_assert_true (test_ui_says (self->page, "“Paper”, but for the split"));
  g_assert_true (offers_split (self));
  g_assert_true (test_ui_says (self->page, "“Paper” splits otherwise: in file order, "
                                           "50 %, 20 %, 30 %"));

  /* To choose it again is another way. */
  choose (self, FOC_PRESET_PAPER);
  assert_preset (self, "Paper");
  other.group = FOC_KEEP_NONE;
  assert_split (self, &other);
}

/* Without a data set there is no split that it could differ in; with one that is split
 * otherwise it is not changed unasked. */
static void
test_no_dataset (UiTrain *self, gconstpointer data)
{
  const FocSplitSettings paper = get_split_of (FOC_PRESET_PAPER);

  test_ui_train_show (self);
  choose (self, FOC_PRESET_RECOMMENDED);
  assert_preset (self, "Recommended");
  test_ui_dataset_open (&self->data);
  assert_preset (self, "Custom");
  assert_split (self, &paper);
  g_assert_true (offers_split (self));
}

/* The same command in the terminal. */
static FocRun *
run_in_terminal (const char *dataset, const char *preset, const char *parent)
{
  g_autofree char *folder = test_path (parent, "run");
  g_autofree char *cache = test_path (parent, "cache");
  const char *argv[] = { g_getenv ("FOC_TEST_CLI"),
                         "experiment",
                         dataset,
                         "--preset",
                         preset,
                         "--output",
                         folder,
                         "--cache",
                         cache,
                         "--jobs",
                         "2",
                         NULL };
  g_autoptr (GError) error = NULL;
  FocRun *run;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  run = foc_run_load (folder, &error);
  g_assert_no_error (error);
  return run;
}

static void
assert_as_in_terminal (UiTrain *self, FocPreset preset, const char *name)
{
  g_autofree char *parent = test_folder_new ();
  g_autoptr (FocRun) theirs = run_in_terminal (self->data.faces, name, parent);
  g_autoptr (GPtrArray) differences = NULL;
  const FocRun *ours;

  choose (self, preset);
  test_ui_train_search (self);
  test_ui_train_final (self);
  foc_training_go_on (self->training, foc_open_dataset_get_catalog (self->data.dataset),
                      FOC_TRAINING_LOOK, 1);
  test_ui_train_wait (self);

  ours = foc_training_get_run (self->training);
  g_assert_true (foc_run_is_same (ours, theirs));
  g_assert_cmpmem (ours->n_rows, sizeof ours->n_rows, theirs->n_rows,
                   sizeof theirs->n_rows);
  for (guint i = 0; i < ours->settings.n_learning_rates; i++)
    for (guint j = 0; j < ours->settings.n_epochs; j++)
      {
        FocCell our_cell, their_cell;

        foc_grid_get_cell (ours->grid, i, j, &our_cell);
        foc_grid_get_cell (theirs->grid, i, j, &their_cell);
        g_assert_cmpfloat (our_cell.accuracy, ==, their_cell.accuracy);
        g_assert_cmpfloat (our_cell.loss, ==, their_cell.loss);
      }
  g_assert_cmpstr (ours->model_sha256, ==, theirs->model_sha256);
  g_assert_cmpfloat (ours->holdout.accuracy, ==, theirs->holdout.accuracy);
  differences = foc_run_compare_results (ours, theirs);
  g_assert_cmpuint (differences->len, ==, 0);
  test_folder_delete (parent);
}

/* The data set has a duplicate that the paper's split tears apart. */
static void
test_as_in_terminal (UiTrain *self, gconstpointer data)
{
  test_ui_train_open (self);
  assert_as_in_terminal (self, FOC_PRESET_RECOMMENDED, "recommended");
  assert_as_in_terminal (self, FOC_PRESET_PAPER, "paper");
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/preset/" name, UiTrain, NULL, test_ui_train_set_up, function,            \
              test_ui_train_tear_down)
  ADD ("choose", test_choose);
  ADD ("other-split", test_other_split);
  ADD ("no-dataset", test_no_dataset);
  ADD ("as-in-terminal", test_as_in_terminal);

  return g_test_run ();
}

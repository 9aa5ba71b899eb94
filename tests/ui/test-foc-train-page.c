/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-compare-view.h"
#include "foc-file.h"
#include "foc-grid-table.h"
#include "foc-plot-view.h"
#include "foc-results-pane.h"
#include "foc-settings-pane.h"
#include "test-folders.h"
#include "test-ui-train.h"
#include "test-ui.h"

#include <adwaita.h>

static char *
get_table (UiTrain *self)
{
  return foc_grid_table_get_text (test_ui_find (self->page, FOC_TYPE_GRID_TABLE));
}

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, part)) != NULL; p += strlen (part))
    n++;
  return n;
}

static void
test_no_dataset (UiTrain *self, gconstpointer data)
{
  test_ui_train_show (self);
  g_assert_true (test_ui_train_says (self, "Open a Data Set to Train"));
  g_assert_false (test_ui_train_can_click (self, "_Start"));
  gtk_widget_activate_action (GTK_WIDGET (self->page), "train.start", NULL);
  g_assert_null (foc_training_get_job (self->training));

  test_ui_dataset_open (&self->data);
  test_ui_train_wait_to_say (self, "Ready to Search");
  g_assert_true (test_ui_train_can_click (self, "_Start"));
  g_assert_true (test_ui_train_can_click (self, "Start the Search"));
  g_assert_true (test_ui_train_says (self, "people"));

  foc_open_dataset_close (self->data.dataset);
  test_ui_train_wait_to_say (self, "Open a Data Set to Train");
  g_assert_false (test_ui_train_can_click (self, "_Start"));
}

static gpointer
find_row (UiTrain *self, const char *title)
{
  g_autoptr (GPtrArray) rows = test_ui_list (self->page, ADW_TYPE_PREFERENCES_ROW);

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (adw_preferences_row_get_title (rows->pdata[i]), title))
      return rows->pdata[i];
  g_assert_not_reached ();
}

static void
test_wrong_setting (UiTrain *self, gconstpointer data)
{
  GtkEditable *seed;

  test_ui_train_open (self);
  seed = GTK_EDITABLE (find_row (self, "Seed"));
  gtk_editable_set_text (seed, "many");
  g_assert_false (test_ui_train_can_click (self, "_Start"));
  g_assert_false (test_ui_train_can_click (self, "Start the Search"));
  gtk_editable_set_text (seed, "7");
  g_assert_true (test_ui_train_can_click (self, "_Start"));

  test_ui_train_search (self);
  g_assert_cmpuint (foc_training_get_run (self->training)->settings.training.seed, ==, 7);
}

static void
test_leaks (UiTrain *self, gconstpointer data)
{
  const FocCatalog *catalog;
  g_autofree char *leak = NULL;

  test_ui_train_open (self);
  catalog = foc_open_dataset_get_catalog (self->data.dataset);
  leak =
    g_strdup_printf ("%u groups of related pictures stand in different sets: results "
                     "look better than they are.",
                     foc_leaks_total (&catalog->leaks));
  g_assert_true (test_ui_train_says (self, leak));
  g_assert_nonnull (test_ui_find_button (self->page, "Show _Data Set"));
  /* What it came to is no better. */
  test_ui_train_search (self);
  g_assert_true (test_ui_train_says (self, leak));
}

static gboolean
summarises (UiTrain *self, const char *expected)
{
  GtkWidget *plot = test_ui_find (self->page, FOC_TYPE_PLOT_VIEW);
  g_autofree char *fault = gtk_test_accessible_check_property (
    GTK_ACCESSIBLE (plot), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, expected);

  return fault == NULL;
}

/* The numbers of the table are those of the run. */
static void
assert_table (UiTrain *self)
{
  const FocRun *run = foc_training_get_run (self->training);
  g_autofree char *table = get_table (self);

  for (guint i = 0; i < run->settings.n_learning_rates; i++)
    for (guint j = 0; j < run->settings.n_epochs; j++)
      {
        g_autofree char *text = NULL;
        FocCell cell;

        foc_grid_get_cell (run->grid, i, j, &cell);
        text = g_strdup_printf ("%.3f, %.3f", cell.accuracy, cell.loss);
        g_assert_nonnull (strstr (table, text));
      }
}

static void
test_search (UiTrain *self, gconstpointer data)
{
  g_autofree char *best = NULL;
  const FocRun *run;

  test_ui_train_open (self);
  test_ui_train_search (self);
  run = foc_training_get_run (self->training);
  g_assert_true (test_ui_train_says (self, "Search done"));
  assert_table (self);
  best = g_strdup_printf (
    "Best so far: validation accuracy %.3f, loss %.3f, at learning rate %g after %u %s",
    run->best.accuracy, run->best.loss, run->best.learning_rate, run->best.epochs,
    run->best.epochs == 1 ? "epoch" : "epochs");
  g_assert_true (summarises (self, best));
  g_assert_true (test_ui_train_can_click (self, "Export Plot or Its Numbers…"));
  g_assert_true (test_ui_train_can_click (self, "Train _Final Model"));
  g_assert_true (test_ui_train_can_click (self, "_Start"));
}

static gboolean
has_cell (gpointer fixture)
{
  g_autofree char *table = get_table (fixture);

  return strstr (table, ", ") != NULL;
}

/* What is seen while it works: cells that come, one under work, curves, no Start. */
static void
test_live (UiTrain *self, gconstpointer data)
{
  const FocSettings settings = test_ui_train_long ();
  g_autofree char *table = NULL;

  test_ui_train_set (self, &settings);
  test_ui_train_open (self);
  test_ui_train_click (self, "Start the Search");
  test_ui_wait (has_cell, self);
  g_assert_true (test_ui_train_says (self, "At work"));
  table = get_table (self);
  g_assert_cmpuint (count (table, "…"), >=, 1);
  g_assert_false (summarises (self, "Curves of the search; no cell is finished yet"));

  g_assert_cmpuint (test_ui_train_count_ink (self, ""), >, 50);

  g_assert_false (test_ui_train_can_click (self, "_Start"));
  g_assert_false (test_ui_train_can_click (self, "Export Plot or Its Numbers…"));
  g_assert_false (gtk_widget_is_sensitive (find_row (self, "Seed")));
  test_ui_train_click (self, "Accuracy");
  test_ui_train_wait_to_grow (self);

  test_ui_train_click (self, "Cancel");
  g_assert_null (foc_training_get_job (self->training));
  g_assert_true (test_ui_train_says (self, "Interrupted"));
  g_assert_true (test_ui_train_can_click (self, "_Start"));
  g_assert_true (gtk_widget_is_sensitive (find_row (self, "Seed")));
}

static void
test_pause (UiTrain *self, gconstpointer data)
{
  const FocSettings settings = test_ui_train_long ();
  guint n;

  test_ui_train_set (self, &settings);
  test_ui_train_open (self);
  g_assert_false (test_ui_train_can_click (self, "Pause or Resume"));
  test_ui_train_click (self, "_Start");
  test_ui_train_wait_to_grow (self);

  test_ui_train_click (self, "Pause or Resume");
  g_assert_true (
    gtk_toggle_button_get_active (test_ui_find_button (self->page, "Pause or Resume")));
  g_assert_true (test_ui_train_says (self, "Paused"));
  test_ui_run (300);
  n = test_ui_train_count_points (self);
  test_ui_run (500);
  g_assert_cmpuint (test_ui_train_count_points (self), ==, n);

  test_ui_train_click (self, "Pause or Resume");
  g_assert_false (
    gtk_toggle_button_get_active (test_ui_find_button (self->page, "Pause or Resume")));
  g_assert_true (test_ui_train_says (self, "At work"));
  test_ui_train_wait_to_grow (self);
}

static void
test_stop (UiTrain *self, gconstpointer data)
{
  const FocSettings settings = test_ui_train_long ();
  g_autofree char *table = NULL;

  test_ui_train_set (self, &settings);
  test_ui_train_open (self);
  test_ui_train_click (self, "_Start");
  test_ui_wait (has_cell, self);
  test_ui_train_click (self, "Pause or Resume");
  test_ui_train_click (self, "S_top and Keep");
  test_ui_train_wait (self);

  g_assert_true (test_ui_train_says (self, "Stopped before all of it was searched"));
  table = get_table (self);
  g_assert_cmpuint (count (table, "–"), >=, 2);
  g_assert_cmpuint (count (table, ", "), >=, 1);
  g_assert_cmpuint (count (table, "…"), ==, 0);
  test_ui_train_final (self);
  g_assert_true (test_ui_train_says (self, "Holdout set under seal"));
}

static void
assert_sealed (UiTrain *self)
{
  g_assert_true (test_ui_train_says (self, "Holdout set under seal"));
  g_assert_false (foc_training_get_run (self->training)->holdout.measured);
  g_assert_false (test_ui_has_label (self->page, "looked at once"));
}

static void
test_seal (UiTrain *self, gconstpointer data)
{
  g_autofree char *accuracy = NULL;

  test_ui_train_open (self);
  test_ui_train_search (self);
  test_ui_train_final (self);
  assert_sealed (self);
  test_ui_train_click (self, "_Break the Seal…");
  test_ui_answer ("Cancel");
  assert_sealed (self);

  test_ui_train_click (self, "_Break the Seal…");
  test_ui_answer ("Break the Seal");
  test_ui_train_wait (self);
  g_assert_true (test_ui_train_says (self, "Finished"));
  g_assert_true (test_ui_train_says (self, "looked at once"));
  accuracy = g_strdup_printf (
    "%.2f %%", 100 * foc_training_get_run (self->training)->holdout.accuracy);
  g_assert_true (test_ui_train_says (self, accuracy));
}

/* The plot that has such a signal for cells is found by what it does with one. */
static void
activate_cell (UiTrain *self, guint true_class, guint answer)
{
  g_autoptr (GPtrArray) plots =
    test_ui_list (test_ui_find (self->page, FOC_TYPE_RESULTS_PANE), FOC_TYPE_PLOT_VIEW);

  for (guint i = 0; i < plots->len && self->asked->len == 0; i++)
    g_signal_emit_by_name (plots->pdata[i], "cell-activated", true_class, answer);
}

static void
test_confusion (UiTrain *self, gconstpointer data)
{
  g_autofree char *expected =
    g_strdup_printf ("show-pictures 1 0 %u;", FOC_PART_VALIDATION);

  test_ui_train_open (self);
  test_ui_train_search (self);
  activate_cell (self, 1, 0);
  g_assert_cmpstr (self->asked->str, ==, expected);
  g_string_truncate (self->asked, 0);

  /* There would be nothing to show. */
  foc_open_dataset_close (self->data.dataset);
  activate_cell (self, 1, 0);
  g_assert_cmpstr (self->asked->str, ==, "");
  test_ui_answer ("Close");
}

static gboolean
uses_model_of_run (gpointer fixture)
{
  UiTrain *self = fixture;
  FocLoadedModel *model = foc_session_get_model (self->data.session);
  g_autofree char *path = foc_run_get_model_path (foc_training_get_run (self->training));

  return model != NULL && !foc_loaded_model_is_shipped (model)
         && g_str_equal (foc_loaded_model_get_path (model), path);
}

static void
test_use_model (UiTrain *self, gconstpointer data)
{
  test_ui_train_open (self);
  test_ui_train_search (self);
  test_ui_train_final (self);
  g_assert_false (uses_model_of_run (self));
  test_ui_train_click (self, "_Use This Model");
  test_ui_wait (uses_model_of_run, self);
  test_ui_train_wait_to_say (self, "This model is used on all pages now.");
}

/* A file stands where runs should be kept. */
static void
test_unsaved (UiTrain *self, gconstpointer data)
{
  g_autofree char *problem = NULL;
  g_autofree char *parent = g_path_get_dirname (self->runs);
  g_autofree char *name = g_path_get_basename (self->runs);
  g_autofree char *saved = test_path (self->data.root, "saved.safetensors");
  g_autoptr (FocLoadedModel) model = NULL;

  test_add_file (parent, name, "", 0);
  test_ui_train_open (self);
  test_ui_answer ("Close"); /* they cannot be listed, either */
  test_ui_train_click (self, "_Start");
  test_ui_train_wait (self);
  test_ui_train_wait_to_say (self, "Search done");
  g_assert_nonnull (foc_training_get_problem (self->training));
  problem = g_strdup_printf (
    "%s The run goes on in memory, and is tried to be written again with each step.",
    foc_training_get_problem (self->training));
  g_assert_true (test_ui_train_says (self, problem));
  g_assert_false (test_ui_train_can_click (self, "Save Model _As…"));
  assert_table (self);

  test_ui_train_final (self);
  g_assert_true (test_ui_train_says (self, "Final model not saved"));
  g_free (problem);
  problem = g_strdup_printf (
    "%s The run goes on in memory, and is tried to be written again with each step.",
    foc_training_get_problem (self->training));
  g_assert_true (test_ui_train_says (self, problem));
  g_assert_true (test_ui_train_can_click (self, "Save Model _As…"));
  g_assert_true (test_ui_train_can_click (self, "_Break the Seal…"));
  test_ui_train_click (self, "_Use This Model");
  test_ui_answer ("Close");

  /* It is not thrown away unasked. */
  test_ui_train_click (self, "_Start");
  test_ui_answer ("Cancel");
  g_assert_null (foc_training_get_job (self->training));
  g_assert_true (foc_training_has_unwritten_model (self->training));

  /* As after a file was chosen; then nothing is lost any more. */
  foc_training_save_model (self->training, saved);
  test_ui_train_wait_to_say (self, "The model was saved as “saved.safetensors”.");
  model = foc_loaded_model_read (saved, NULL);
  g_assert_nonnull (model);
  test_ui_train_click (self, "_Start");
  test_ui_train_wait (self);
  g_assert_false (foc_training_has_unwritten_model (self->training));
}

static gboolean
has_one_more (gpointer fixture)
{
  UiTrain *self = fixture;
  FocCatalog *catalog = foc_open_dataset_get_catalog (self->data.dataset);

  return catalog != NULL && catalog->step == FOC_CATALOG_COMPLETE
         && g_list_model_get_n_items (G_LIST_MODEL (self->data.pictures))
              == UI_N_PICTURES + 1;
}

/* Changed after it was opened: a sentence, no run, and it is read again. */
static void
test_stale (UiTrain *self, gconstpointer data)
{
  g_autofree char *first = test_path (self->data.faces, "comics/0.jpg");
  g_autofree char *bytes = NULL;
  gsize length;

  test_ui_train_open (self);
  g_assert_true (g_file_get_contents (first, &bytes, &length, NULL));
  test_add_file (self->data.faces, "comics/new.jpg", bytes, length);
  test_ui_train_click (self, "_Start");
  test_ui_answer ("Close");
  test_ui_train_wait (self);
  g_assert_null (foc_training_get_run (self->training));
  test_ui_wait (has_one_more, self);
  test_ui_dataset_wait (&self->data);
  g_assert_true (test_ui_train_says (self, "Ready to Search"));
  g_assert_cmpuint (test_ui_train_count_runs (self), ==, 0);
  test_ui_train_search (self);
}

/* Nothing is drawn for a page that is not seen, and all of it when it is. */
static void
test_out_of_sight (UiTrain *self, gconstpointer data)
{
  test_ui_train_open (self);
  gtk_widget_set_visible (GTK_WIDGET (self->page), FALSE);
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (self->page), "train.start", NULL));
  test_ui_train_wait (self);
  g_assert_false (has_cell (self));
  gtk_widget_set_visible (GTK_WIDGET (self->page), TRUE);
  test_ui_settle (self->window);
  assert_table (self);
}

/* The page goes away in the middle of everything. */
static void
test_closed_at_work (UiTrain *self, gconstpointer data)
{
  const FocSettings settings = test_ui_train_long ();

  test_ui_train_set (self, &settings);
  test_ui_train_open (self);
  test_ui_train_click (self, "_Start");
  test_ui_train_wait_to_grow (self);
  test_ui_train_close (self);
  test_ui_train_wait_to_grow (self); /* it is the session's */

  test_ui_train_show (self);
  g_assert_true (test_ui_train_says (self, "At work"));
  g_assert_true (test_ui_train_can_click (self, "S_top and Keep"));
  test_ui_train_click (self, "Pause or Resume");
  test_ui_train_close (self);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
#define ADD(name, test)                                                                  \
  g_test_add ("/train-page/" name, UiTrain, NULL, test_ui_train_set_up, test,            \
              test_ui_train_tear_down)
  ADD ("no-dataset", test_no_dataset);
  ADD ("wrong-setting", test_wrong_setting);
  ADD ("leaks", test_leaks);
  ADD ("search", test_search);
  ADD ("live", test_live);
  ADD ("pause", test_pause);
  ADD ("stop", test_stop);
  ADD ("seal", test_seal);
  ADD ("confusion", test_confusion);
  ADD ("use-model", test_use_model);
  ADD ("unsaved", test_unsaved);
  ADD ("stale", test_stale);
  ADD ("out-of-sight", test_out_of_sight);
  ADD ("closed-at-work", test_closed_at_work);
#undef ADD
  return g_test_run ();
}

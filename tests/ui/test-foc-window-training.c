/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-window-private.h"
#include "test-folders.h"
#include "test-ui-application.h"
#include "test-ui-desktop.h"
#include "test-ui.h"

/* The window while a model is trained. */

static gboolean
grows (gpointer fixture)
{
  const FocGrid *grid = foc_training_get_grid (((UiApplication *) fixture)->training);

  return grid != NULL && grid->trajectories[0].curve->len > 0;
}

/* Nobody asks where nothing would be lost. */
static void
test_idle (UiApplication *self, gconstpointer data)
{
  test_ui_application_begin (self, test_ui_train_short ());
  test_ui_wait (test_ui_application_is_done, self);
  test_ui_application_close_window (self);
  test_ui_wait (test_ui_application_is_gone, self);
}

static gboolean
has_classify_page (gpointer fixture)
{
  return ((UiApplication *) fixture)->window->classify_page != NULL;
}

static void
test_made_late (UiApplication *self, gconstpointer data)
{
  test_ui_application_start (self);
  g_assert_false (test_ui_application_has_page (self));
  test_ui_wait (test_ui_application_has_page, self);
  test_ui_wait (has_classify_page, self);
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (self->window->stack), ==,
                   "dataset");
}

/* Before it is time for the page. */
static void
test_closed_early (UiApplication *self, gconstpointer data)
{
  guint id;

  test_ui_application_start (self);
  test_ui_run (50);
  g_assert_false (test_ui_application_has_page (self));
  id = self->window->pages_id;
  g_assert_nonnull (g_main_context_find_source_by_id (NULL, id));
  test_ui_destroy (self->window);
  g_assert_null (g_main_context_find_source_by_id (NULL, id));
}

static void
test_asks_once (UiApplication *self, gconstpointer data)
{
  test_ui_application_search (self);
  test_ui_application_close_window (self);
  g_assert_true (test_ui_application_is_seen (self));
  g_assert_cmpuint (test_ui_application_count_questions (self), ==, 1);
  test_ui_application_close_window (self);
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", NULL);
  test_ui_run (50);
  g_assert_cmpuint (test_ui_application_count_questions (self), ==, 1);
  test_ui_answer ("Cancel");
  g_assert_true (test_ui_application_is_seen (self));
  g_assert_nonnull (foc_training_get_job (self->training));

  g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", NULL);
  test_ui_answer ("Cancel");
  g_assert_true (test_ui_application_is_seen (self));
}

static void
test_keep_running (UiApplication *self, gconstpointer data)
{
  test_ui_application_search (self);
  test_ui_application_close_window (self);
  test_ui_answer ("Keep Running");
  g_assert_false (test_ui_application_is_seen (self));
  g_assert_nonnull (foc_training_get_job (self->training));

  test_ui_application_start (self);
  g_assert_true (test_ui_application_is_seen (self));
  test_ui_application_close_window (self);
  test_ui_answer ("Keep Running");
  g_assert_false (test_ui_application_is_seen (self));

  /* Its end is that of the program. */
  foc_training_stop (self->training);
  test_ui_wait (test_ui_application_is_gone, self);
}

/* It has come back: then it stays. */
static void
test_brought_back (UiApplication *self, gconstpointer data)
{
  test_ui_application_search (self);
  test_ui_application_close_window (self);
  test_ui_answer ("Keep Running");
  test_ui_application_start (self);
  foc_training_stop (self->training);
  test_ui_wait (test_ui_application_is_done, self);
  test_ui_run (100);
  g_assert_false (test_ui_application_is_gone (self));
  g_assert_true (test_ui_application_is_seen (self));
}

static void
test_paused (UiApplication *self, gconstpointer data)
{
  test_ui_application_search (self);
  foc_training_set_paused (self->training, TRUE);
  test_ui_application_close_window (self);
  test_ui_answer ("Keep Running");
  g_assert_cmpint (foc_training_get_state (self->training), ==, FOC_TRAINING_WORKING);
  foc_training_stop (self->training);
  test_ui_wait (test_ui_application_is_gone, self);
}

static void
test_stop_and_keep (UiApplication *self, gconstpointer data)
{
  g_autofree char *folder = NULL;
  g_autoptr (FocRun) run = NULL;

  test_ui_application_search (self);
  folder = g_strdup (foc_training_get_run (self->training)->folder);
  foc_training_set_paused (self->training, TRUE);
  test_ui_application_close_window (self);
  test_ui_answer ("Stop and Keep");
  test_ui_wait (test_ui_application_is_gone, self);
  run = foc_run_load (folder, NULL);
  g_assert_nonnull (run);
  g_assert_true (run->grid->stopped);
}

/* Nothing to keep, and nothing that is said. */
static void
test_stopped_early (UiApplication *self, gconstpointer data)
{
  FocSettings settings = test_ui_train_long ();

  settings.epochs[0] = settings.epochs[1];
  settings.n_epochs = 1;
  test_ui_application_begin (self, settings);
  test_ui_wait (grows, self);
  test_ui_application_close_window (self);
  test_ui_answer ("Stop and Keep");
  test_ui_wait (test_ui_application_is_gone, self);
}

/* A file stands where runs should be kept. */
static void
test_unsaved (UiApplication *self, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (self->train.runs);
  g_autofree char *name = g_path_get_basename (self->train.runs);

  test_add_file (parent, name, "", 0);
  test_ui_application_search (self);
  test_ui_answer ("Close"); /* the runs cannot be listed */
  test_ui_application_close_window (self);
  test_ui_answer ("Keep Running");
  foc_training_stop (self->training);
  test_ui_wait (test_ui_application_is_done, self);
  test_ui_run (100);
  g_assert_false (test_ui_application_is_gone (self));
  g_assert_true (test_ui_application_is_seen (self));

  foc_training_go_on (
    self->training,
    foc_open_dataset_get_catalog (foc_session_get_dataset (self->window->session)),
    FOC_TRAINING_FINAL, 1);
  test_ui_wait (test_ui_application_is_done, self);
  g_assert_true (foc_training_has_unwritten_model (self->training));
  test_ui_application_close_window (self);
  test_ui_answer ("Cancel");
  g_assert_true (test_ui_application_is_seen (self));
  test_ui_application_close_window (self);
  test_ui_answer ("Discard the Run");
  test_ui_wait (test_ui_application_is_gone, self);
}

/* No suspend while it works. */
static void
test_suspend (UiApplication *self, gconstpointer data)
{
  test_ui_application_search (self);
  test_ui_wait (test_ui_desktop_is_inhibited, NULL);
  foc_training_set_paused (self->training, TRUE);
  test_ui_wait (test_ui_desktop_is_not_inhibited, NULL);
  foc_training_set_paused (self->training, FALSE);
  test_ui_wait (test_ui_desktop_is_inhibited, NULL);
  foc_training_stop (self->training);
  test_ui_wait (test_ui_application_is_done, self);
  test_ui_wait (test_ui_desktop_is_not_inhibited, NULL);

  foc_training_close (self->training);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window->train_page),
                                             "train.start", NULL));
  test_ui_wait (test_ui_desktop_is_inhibited, NULL);
  gtk_window_destroy (GTK_WINDOW (self->window));
  test_ui_wait (test_ui_desktop_is_not_inhibited, NULL);
}

static gboolean
is_offered (gpointer fixture)
{
  return test_ui_says (((UiApplication *) fixture)->window,
                       "A search on “people” was interrupted.");
}

static void
test_interrupted (UiApplication *self, gconstpointer data)
{
  test_ui_application_search (self);
  foc_training_cancel (self->training);
  gtk_window_destroy (GTK_WINDOW (self->window));
  test_ui_wait (test_ui_application_is_gone, self);
  g_assert_true (foc_job_wait_for_workers (20000));

  test_ui_application_open (self);
  foc_window_set_page (self->window, "dataset");
  test_ui_wait (is_offered, self);
  g_signal_emit_by_name (test_ui_find_button (self->window, "_Resume"), "clicked");
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (self->window->stack), ==,
                   "train");
  test_ui_wait (test_ui_application_has_cell, self);
}

/* Of a cell of the confusion matrix, as many as it says. */
static void
test_pictures (UiApplication *self, gconstpointer data)
{
  const FocConfusion *confusion;
  FocOpenDataset *dataset;
  GListModel *pictures;

  test_ui_application_begin (self, test_ui_train_short ());
  test_ui_wait (test_ui_application_is_done, self);
  dataset = foc_session_get_dataset (self->window->session);
  pictures = G_LIST_MODEL (foc_open_dataset_get_pictures (dataset));
  confusion = &foc_training_get_run (self->training)->validation.confusion;
  for (guint true_class = 0; true_class < 2; true_class++)
    for (guint answer = 0; answer < 2; answer++)
      {
        foc_window_set_page (self->window, "train");
        g_signal_emit_by_name (self->window->train_page, "show-pictures", true_class,
                               answer, FOC_PART_VALIDATION);
        g_assert_cmpstr (adw_view_stack_get_visible_child_name (self->window->stack), ==,
                         "dataset");
        g_assert_cmpuint (g_list_model_get_n_items (pictures), ==,
                          foc_confusion_get (confusion, true_class, answer));
      }
}

/* The data set cannot be split as the run says. */
static void
test_no_pictures (UiApplication *self, gconstpointer data)
{
  FocRun *run;

  test_ui_application_begin (self, test_ui_train_short ());
  test_ui_wait (test_ui_application_is_done, self);
  run = (FocRun *) foc_training_get_run (self->training);
  run->settings.split.shares[FOC_PART_TRAIN] = 0;
  g_signal_emit_by_name (self->window->train_page, "show-pictures", 1, 1,
                         FOC_PART_VALIDATION);
  test_ui_close_failure ("Each share of the split must be between");
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (self->window->stack), ==,
                   "train");
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  test_ui_desktop_begin ();
#define ADD(name, test)                                                                  \
  g_test_add ("/window-training/" name, UiApplication, NULL, test_ui_application_set_up, \
              test, test_ui_application_tear_down)
  ADD ("idle", test_idle);
  ADD ("made-late", test_made_late);
  ADD ("closed-early", test_closed_early);
  ADD ("asks-once", test_asks_once);
  ADD ("keep-running", test_keep_running);
  ADD ("brought-back", test_brought_back);
  ADD ("paused", test_paused);
  ADD ("stop-and-keep", test_stop_and_keep);
  ADD ("stopped-early", test_stopped_early);
  ADD ("unsaved", test_unsaved);
  ADD ("suspend", test_suspend);
  ADD ("interrupted", test_interrupted);
  ADD ("pictures", test_pictures);
  ADD ("no-pictures", test_no_pictures);
#undef ADD
  return g_test_run ();
}

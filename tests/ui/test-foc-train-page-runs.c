/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-folders.h"
#include "test-ui-train.h"
#include "test-ui.h"

/* The Train page, where there is more than the run that it is about. */

static FocRunItem *
get_item (UiTrain *self, guint position)
{
  FocRunItem *item = g_list_model_get_item (G_LIST_MODEL (self->history), position);

  g_assert_nonnull (item);
  g_object_unref (item);
  return item;
}

/* Break off, and begin again with the same settings. */
static char *
begin_and_cancel (UiTrain *self, const char *action)
{
  char *folder;

  gtk_widget_activate_action (GTK_WIDGET (self->page), action, NULL);
  test_ui_train_wait_to_grow (self);
  folder = g_strdup (foc_training_get_run (self->training)->folder);
  gtk_widget_activate_action (GTK_WIDGET (self->page), "train.cancel", NULL);
  test_ui_train_wait (self);
  /* Until then it is under way. */
  g_assert_true (foc_job_wait_for_workers (20000));
  return folder;
}

static void
test_start_anew (UiTrain *self, gconstpointer data)
{
  const FocSettings settings = test_ui_train_long ();
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *anew = NULL;

  test_ui_train_set (self, &settings);
  test_ui_train_open (self);
  first = begin_and_cancel (self, "train.start");
  again = begin_and_cancel (self, "train.start");
  anew = begin_and_cancel (self, "train.start-anew");
  g_assert_cmpstr (again, ==, first);
  g_assert_cmpstr (anew, !=, first);
}

static gboolean
is_interrupted (gpointer item)
{
  return foc_run_item_get_state (item) == FOC_RUN_INTERRUPTED;
}

/* One that was deleted is not gone on with, even while that can be undone. */
static void
test_start_deleted (UiTrain *self, gconstpointer data)
{
  const FocSettings settings = test_ui_train_long ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *record = NULL;

  test_ui_train_set (self, &settings);
  test_ui_train_open (self);
  first = begin_and_cancel (self, "train.start");
  record = g_build_filename (first, "run.json", NULL);
  test_add_files (first, "notes.txt"); /* the folder stays, and so its name is not free */
  test_ui_train_wait_for_runs (self, 1);
  test_ui_wait (is_interrupted, get_item (self, 0));
  test_ui_train_act (self, 0, 0, "history.delete");
  test_ui_train_wait_for_runs (self, 0);
  second = begin_and_cancel (self, "train.start");
  g_assert_cmpstr (second, !=, first);
  g_assert_false (g_file_test (record, G_FILE_TEST_EXISTS));
}

/* While one is at work, another can be looked at, but nothing be done with it. */
static void
test_meanwhile (UiTrain *self, gconstpointer data)
{
  const FocSettings settings = test_ui_train_long ();
  const char *wait = "Wait until the work is done, or stop it first.";
  g_autofree char *folder = NULL;

  test_ui_train_open (self);
  test_ui_train_search (self);
  test_ui_train_close (self);
  test_ui_train_set (self, &settings);
  foc_training_close (self->training);
  test_ui_train_show (self);
  test_ui_train_wait_for_runs (self, 1);
  test_ui_train_click (self, "_Start");
  test_ui_train_wait_to_grow (self);
  test_ui_train_wait_for_runs (self, 2);
  folder = g_strdup (foc_training_get_run (self->training)->folder);

  test_ui_train_act (self, 1, 1, "history.open");
  test_ui_train_wait_to_say (
    self, "Until the work is done, this is all that is shown of another run.");
  test_ui_train_wait_to_say (self, "Comparison of Runs");
  g_assert_cmpstr (foc_training_get_run (self->training)->folder, ==, folder);
  g_assert_nonnull (foc_training_get_job (self->training));

  test_ui_run (800);
  test_ui_train_act (self, 1, 1, "history.reproduce");
  test_ui_train_wait_to_say (self, wait);

  /* The one at work is still there. */
  test_ui_train_act (self, 0, 0, "history.open");
  test_ui_run (100);
  g_assert_false (test_ui_train_says (self, "Comparison of Runs"));
  gtk_widget_activate_action (GTK_WIDGET (self->page), "train.cancel", NULL);
  test_ui_train_wait (self);
}

/* It is chosen in the list as soon as it is there. */
static void
test_selected (UiTrain *self, gconstpointer data)
{
  test_ui_train_open (self);
  test_ui_train_search (self);
  gtk_widget_activate_action (GTK_WIDGET (self->page), "train.start-anew", NULL);
  test_ui_train_wait (self);
  test_ui_train_wait_for_runs (self, 2);
  test_ui_run (100);
  g_assert_cmpstr (foc_run_item_get_folder (get_item (self, 0)), ==,
                   foc_training_get_run (self->training)->folder);
  g_assert_true (gtk_selection_model_is_selected (self->history, 0));
  g_assert_false (gtk_selection_model_is_selected (self->history, 1));
}

static gboolean
is_renamed (gpointer fixture)
{
  return g_str_equal (test_ui_train_get_heading (fixture), "a better name");
}

static void
test_renamed (UiTrain *self, gconstpointer data)
{
  GtkEditable *entry;
  GtkWidget *popover;

  test_ui_train_open (self);
  test_ui_train_search (self);
  test_ui_train_act (self, 0, 0, "history.rename");
  entry = GTK_EDITABLE (gtk_root_get_focus (GTK_ROOT (self->window)));
  popover = gtk_widget_get_ancestor (GTK_WIDGET (entry), GTK_TYPE_POPOVER);
  gtk_editable_set_text (
    GTK_EDITABLE (gtk_widget_get_ancestor (GTK_WIDGET (entry), GTK_TYPE_ENTRY)),
    "a better name");
  g_signal_emit_by_name (test_ui_find (popover, GTK_TYPE_BUTTON), "clicked");
  /* Nothing else is done with it. */
  test_ui_wait (is_renamed, self);
}

static gboolean
is_in_use (gpointer fixture)
{
  return !test_ui_train_can_click (fixture, "In Use on All Pages")
         && !test_ui_train_can_click (fixture, "_Use This Model");
}

static void
test_in_use (UiTrain *self, gconstpointer data)
{
  test_ui_train_open (self);
  test_ui_train_search (self);
  test_ui_train_final (self);
  g_assert_true (test_ui_train_can_click (self, "_Use This Model"));
  test_ui_train_click (self, "_Use This Model");
  test_ui_wait (is_in_use, self);
  g_assert_true (test_ui_has_label (self->page, "In Use on All Pages"));

  /* Until another is. */
  foc_session_load_model (self->data.session, NULL);
  test_ui_train_wait_to_say (self, "Use This Model");
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/train-page-runs/" name, UiTrain, NULL, test_ui_train_set_up, function,   \
              test_ui_train_tear_down)
  ADD ("start-anew", test_start_anew);
  ADD ("start-deleted", test_start_deleted);
  ADD ("meanwhile", test_meanwhile);
  ADD ("selected", test_selected);
  ADD ("renamed", test_renamed);
  ADD ("in-use", test_in_use);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-compare-view.h"
#include "foc-plot-view.h"
#include "test-folders.h"
#include "test-run.h"
#include "test-ui-train.h"
#include "test-ui.h"

#include <adwaita.h>

/* Two runs of the page, of which the second, with another seed, is shown: they are 1 and 0
 * of the list. */
static void
search_twice (UiTrain *self)
{
  FocSettings settings = test_ui_train_short ();

  test_ui_train_open (self);
  test_ui_train_search (self);
  test_ui_train_close (self);
  settings.training.seed = 7;
  test_ui_train_set (self, &settings);
  foc_training_close (self->training);
  test_ui_train_show (self);
  test_ui_train_wait_for_runs (self, 1);
  g_usleep (1100 * 1000); /* the list is sorted by the second that they began in */
  test_ui_train_search (self);
}

static FocRunItem *
get_item (UiTrain *self, guint position)
{
  FocRunItem *item = g_list_model_get_item (G_LIST_MODEL (self->history), position);

  g_assert_nonnull (item);
  g_object_unref (item);
  return item;
}

static gboolean
is_shown (UiTrain *self, const char *folder)
{
  const FocRun *run = foc_training_get_run (self->training);

  return run != NULL && g_str_equal (run->folder, folder);
}

static void
test_open (UiTrain *self, gconstpointer data)
{
  g_autofree char *first = NULL;

  search_twice (self);
  first = g_strdup (foc_run_item_get_folder (get_item (self, 1)));
  g_assert_true (is_shown (self, foc_run_item_get_folder (get_item (self, 0))));

  test_ui_train_act (self, 1, 1, "history.open");
  test_ui_train_wait (self);
  g_assert_true (is_shown (self, first));
  g_assert_true (test_ui_train_says (self, "Search done"));
  /* Its settings are what is set: it is what is gone on with. */
  test_ui_train_click (self, "_Start");
  test_ui_train_wait (self);
  g_assert_true (is_shown (self, first));
}

/* Whatever is open on the Dataset page, results of a run are there. */
static void
test_other_dataset (UiTrain *self, gconstpointer data)
{
  test_ui_train_open (self);
  test_ui_train_search (self);
  foc_open_dataset_close (self->data.dataset);
  g_assert_true (test_ui_train_says (self, "Search done"));
  test_ui_train_click (self, "Train _Final Model");
  test_ui_answer ("Close");
  g_assert_null (foc_training_get_job (self->training));
  g_assert_false (foc_training_has_model (self->training));

  test_ui_train_act (self, 0, 0, "history.reproduce");
  test_ui_train_wait (self);
  test_ui_answer ("Close");
  g_assert_null (foc_training_get_job (self->training));
  g_assert_cmpuint (test_ui_train_count_runs (self), ==, 1);

  test_ui_dataset_open (&self->data);
  test_ui_train_final (self);
}

static gboolean
is_comparing (gpointer fixture)
{
  UiTrain *self = fixture;

  return gtk_widget_get_mapped (test_ui_find (self->page, FOC_TYPE_COMPARE_VIEW));
}

static gboolean
is_not_comparing (gpointer fixture)
{
  return !is_comparing (fixture);
}

static gboolean
compares (UiTrain *self, const char *text)
{
  return test_ui_says (test_ui_find (self->page, FOC_TYPE_COMPARE_VIEW), text);
}

static void
test_compare (UiTrain *self, gconstpointer data)
{
  search_twice (self);
  test_ui_train_act (self, 0, 1, "history.compare");
  test_ui_wait (is_comparing, self);
  test_ui_settle (self->window);
  g_assert_true (compares (self, "Comparison of Runs"));
  g_assert_true (compares (self, "Seed"));
  g_assert_true (compares (self, "1"));
  g_assert_true (compares (self, "7"));
  g_assert_false (compares (self, "Epochs")); /* they are the same */
  for (guint i = 0; i < 2; i++)
    g_assert_true (compares (self, foc_run_item_get_name (get_item (self, i))));
  test_ui_train_click (self, "Accuracy");
  test_ui_train_click (self, "Close the Comparison");
  test_ui_wait (is_not_comparing, self);
  g_assert_true (test_ui_train_says (self, "Search done"));

  /* To open a run, or to begin one, ends it too. */
  test_ui_train_act (self, 0, 1, "history.compare");
  test_ui_wait (is_comparing, self);
  test_ui_train_act (self, 1, 1, "history.open");
  test_ui_wait (is_not_comparing, self);
  test_ui_train_wait (self);
  test_ui_train_act (self, 0, 1, "history.compare");
  test_ui_wait (is_comparing, self);
  test_ui_train_click (self, "_Start");
  test_ui_wait (is_not_comparing, self);
  test_ui_train_wait (self);

  /* The page goes away while the runs are read. */
  test_ui_train_act (self, 0, 1, "history.compare");
}

static gboolean
is_gone (gpointer path)
{
  return !g_file_test (path, G_FILE_TEST_EXISTS);
}

/* libadwaita 1.2 forgets a toast that is dismissed while it still comes, and then looks at
 * it again: nobody is to be so quick. */
static void
wait_for_toast (void)
{
  test_ui_run (700);
}

static void
dismiss_toast (UiTrain *self)
{
  GtkWidget *widget = test_ui_find (self->page, g_type_from_name ("AdwToastWidget"));
  g_autoptr (AdwToast) toast = NULL;

  g_assert_nonnull (widget);
  wait_for_toast ();
  g_object_get (widget, "toast", &toast, NULL);
  adw_toast_dismiss (toast);
}

static void
test_delete (UiTrain *self, gconstpointer data)
{
  g_autofree char *folder = NULL;

  test_ui_train_open (self);
  test_ui_train_search (self);
  folder = g_strdup (foc_run_item_get_folder (get_item (self, 0)));

  test_ui_train_act (self, 0, 0, "history.delete");
  test_ui_train_wait_for_runs (self, 0);
  test_ui_train_wait_to_say (self, "1 run was deleted.");
  g_assert_true (test_ui_train_says (self, "Ready to Search")); /* it was shown */
  wait_for_toast ();
  test_ui_train_click (self, "_Undo");
  test_ui_train_wait_for_runs (self, 1);
  test_ui_run (300);
  g_assert_false (is_gone (folder));

  test_ui_train_act (self, 0, 0, "history.delete");
  test_ui_train_wait_to_say (self, "1 run was deleted.");
  test_ui_run (300);
  g_assert_false (is_gone (folder));
  dismiss_toast (self);
  test_ui_wait (is_gone, folder);
  g_assert_cmpuint (test_ui_train_count_runs (self), ==, 0);
}

/* Another run that is deleted is not what is shown; without the page there is no undo. */
static void
test_delete_other (UiTrain *self, gconstpointer data)
{
  g_autofree char *folder = NULL;

  search_twice (self);
  folder = g_strdup (foc_run_item_get_folder (get_item (self, 1)));
  test_ui_train_act (self, 1, 1, "history.delete");
  test_ui_train_wait_to_say (self, "1 run was deleted.");
  g_assert_true (test_ui_train_says (self, "Search done"));
  test_ui_train_close (self);
  test_ui_wait (is_gone, folder);
}

static gboolean
is_renamed (gpointer fixture)
{
  UiTrain *self = fixture;
  const char *title = foc_run_item_get_title (get_item (self, 0));

  return g_strcmp0 (title, "the first") == 0;
}

/* The page calls the run as the list does. */
static void
test_rename (UiTrain *self, gconstpointer data)
{
  GtkWidget *popover;
  GtkEditable *entry;

  test_ui_train_open (self);
  test_ui_train_search (self);
  g_assert_cmpstr (test_ui_train_get_heading (self), ==, "people");
  test_ui_train_act (self, 0, 0, "history.rename");
  entry = GTK_EDITABLE (gtk_root_get_focus (GTK_ROOT (self->window)));
  popover = gtk_widget_get_ancestor (GTK_WIDGET (entry), GTK_TYPE_POPOVER);
  g_assert_nonnull (popover);
  gtk_editable_set_text (
    GTK_EDITABLE (gtk_widget_get_ancestor (GTK_WIDGET (entry), GTK_TYPE_ENTRY)),
    "the first");
  g_signal_emit_by_name (test_ui_find (popover, GTK_TYPE_BUTTON), "clicked");
  test_ui_wait (is_renamed, self);
  test_ui_train_final (self);
  g_assert_cmpstr (test_ui_train_get_heading (self), ==, "the first");
}

static void
test_reproduce (UiTrain *self, gconstpointer data)
{
  const char *identical = "Reproduced: identical to the bit.";

  test_ui_train_open (self);
  test_ui_train_search (self);
  test_ui_train_final (self);
  test_ui_train_act (self, 0, 0, "history.reproduce");
  test_ui_train_wait_to_say (self, identical);
  test_ui_train_wait_for_runs (self, 2);
  g_assert_true (foc_training_has_model (self->training));
  dismiss_toast (self);
  test_ui_train_wait (self);

  /* What is done to it afterwards says nothing of that. */
  test_ui_train_click (self, "_Break the Seal…");
  test_ui_answer ("Break the Seal");
  test_ui_train_wait (self);
  g_assert_true (test_ui_train_says (self, "looked at once"));
  test_ui_run (300);
  g_assert_false (test_ui_train_says (self, identical));
}

/* The one to compare with is by another program, and came to something else: it is said, and
 * why first. */
static void
test_reproduce_differs (UiTrain *self, gconstpointer data)
{
  g_autofree char *expected = NULL;
  FocRun *run;

  test_ui_train_open (self);
  test_ui_train_search (self);
  run = foc_run_load (foc_training_get_run (self->training)->folder, NULL);
  g_free (run->program_version);
  run->program_version = g_strdup ("0.0");
  run->validation.loss += 1;
  g_assert_true (foc_run_save (run, NULL));
  foc_run_unref (run);

  test_ui_train_act (self, 0, 0, "history.reproduce");
  test_ui_train_wait_for_runs (self, 2);
  expected = g_strdup_printf (
    "It came out differently in 1 result.\nProgram version: 0.0, now %s\n"
    "Certainty and validation set: ",
    foc_training_get_run (self->training)->program_version);
  test_ui_close_failure (expected);
  g_assert_true (test_ui_train_says (self, "It came out differently in 1 result."));
}

/* One that ends in the middle, as if the program had. */
static void
interrupt (UiTrain *self, const FocSettings *settings)
{
  test_ui_train_set (self, settings);
  test_ui_train_open (self);
  test_ui_train_click (self, "_Start");
  test_ui_train_wait_to_grow (self);
  test_ui_train_close (self);
  foc_training_close (self->training);
  g_assert_true (foc_job_wait_for_workers (20000));
}

static gboolean
is_offered (gpointer fixture)
{
  return ((UiTrain *) fixture)->offered != NULL;
}

static void
test_interrupted (UiTrain *self, gconstpointer data)
{
  const FocSettings settings = test_ui_train_long ();
  g_autofree char *folder = NULL;

  interrupt (self, &settings);
  g_assert_cmpuint (self->n_offered, ==, 0);
  test_ui_train_show (self);
  test_ui_wait (is_offered, self);
  folder = g_strdup (foc_run_item_get_folder (self->offered));
  test_ui_run (700); /* once */
  g_assert_cmpuint (self->n_offered, ==, 1);

  foc_train_page_resume (self->page, self->offered);
  test_ui_train_wait_to_grow (self);
  g_assert_true (is_shown (self, folder));
  test_ui_train_wait_to_say (self, "At work");
  test_ui_train_click (self, "S_top and Keep");
  test_ui_train_wait (self);
}

/* Its pictures are not open. */
static void
test_interrupted_elsewhere (UiTrain *self, gconstpointer data)
{
  const FocSettings settings = test_ui_train_long ();

  interrupt (self, &settings);
  foc_open_dataset_close (self->data.dataset);
  test_ui_train_show (self);
  test_ui_wait (is_offered, self);
  foc_train_page_resume (self->page, self->offered);
  test_ui_answer ("Close");
  test_ui_train_wait (self);
  g_assert_true (test_ui_train_says (self, "Interrupted"));

  /* It is not gone on with behind the user's back. */
  test_ui_dataset_open (&self->data);
  test_ui_run (300);
  g_assert_null (foc_training_get_job (self->training));
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
#define ADD(name, test)                                                                  \
  g_test_add ("/train-page-history/" name, UiTrain, NULL, test_ui_train_set_up, test,    \
              test_ui_train_tear_down)
  ADD ("open", test_open);
  ADD ("other-dataset", test_other_dataset);
  ADD ("compare", test_compare);
  ADD ("delete", test_delete);
  ADD ("delete-other", test_delete_other);
  ADD ("rename", test_rename);
  ADD ("reproduce", test_reproduce);
  ADD ("reproduce-differs", test_reproduce_differs);
  ADD ("interrupted", test_interrupted);
  ADD ("interrupted-elsewhere", test_interrupted_elsewhere);
#undef ADD
  return g_test_run ();
}

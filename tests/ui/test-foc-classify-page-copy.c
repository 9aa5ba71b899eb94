/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answers-pane.h"
#include "foc-job-bar.h"
#include "foc-model-bar.h"
#include "test-folders.h"
#include "test-ui-classify.h"
#include "test-ui.h"

/* Pictures of the Classify page that are copied into folders, and taken back; and answers
 * that are exported. */

typedef struct
{
  UiClassify page;
  FocAnswersPane *pane;
  FocJobBar *bar;
  FocJobBar *export_bar;
  GtkWidget *pressed; /* the button that was used last */
  char *a;            /* folders to copy to            */
  char *b;
} Fixture;

/* Its bar is the last one, after that of the exports. */
static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) bars = NULL;

  test_ui_classify_set_up (&self->page, data);
  self->pane = test_ui_find (self->page.page, FOC_TYPE_ANSWERS_PANE);
  bars = test_ui_list (self->page.page, FOC_TYPE_JOB_BAR);
  self->bar = bars->pdata[bars->len - 1];
  self->export_bar = bars->pdata[bars->len - 2];
  self->a = test_path (self->page.data.root, "a");
  self->b = test_path (self->page.data.root, "b");

  test_ui_classify_add (&self->page, "comics", NULL);
  test_ui_classify_wait (&self->page, "many");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->pressed);
  g_free (self->a);
  g_free (self->b);
  test_ui_classify_tear_down (&self->page, data);
}

static gboolean
has_no_job (gpointer bar)
{
  return foc_job_bar_get_job (bar) == NULL;
}

static void
copy (Fixture *self, const char *folder)
{
  foc_answers_pane_copy (self->pane, folder);
  g_assert_nonnull (foc_job_bar_get_job (self->bar));
  test_ui_wait (has_no_job, self->bar);
}

static GtkLabel *
find_toast_label (gpointer fixture)
{
  Fixture *self = fixture;
  GType type = g_type_from_name ("AdwToastWidget");
  gpointer toast = type != 0 ? test_ui_find (self->page.page, type) : NULL;

  return toast != NULL ? test_ui_find (toast, GTK_TYPE_LABEL) : NULL;
}

static gboolean
has_toast (gpointer self)
{
  return find_toast_label (self) != NULL;
}

static GtkWidget *
find_undo (Fixture *self)
{
  GType type = g_type_from_name ("AdwToastWidget");
  g_autoptr (GPtrArray) toasts = test_ui_list (self->page.page, type);

  for (guint i = 0; i < toasts->len; i++)
    {
      GtkWidget *undo = test_ui_find_button (toasts->pdata[i], "_Undo");

      if (undo != NULL && undo != self->pressed)
        return undo;
    }
  return NULL;
}

static gboolean
has_undo (gpointer self)
{
  return find_undo (self) != NULL;
}

/* Until it is offered, and what comes with it has come. */
static void
wait_for_undo (Fixture *self)
{
  test_ui_wait (has_undo, self);
  test_ui_run (400);
}

static void
press_undo (Fixture *self)
{
  g_set_object (&self->pressed, find_undo (self));
  g_signal_emit_by_name (self->pressed, "clicked");
}

static void
press_cancel (Fixture *self)
{
  g_signal_emit_by_name (test_ui_find_button (self->bar, "_Cancel"), "clicked");
}

static void
test_undo (Fixture *self, gconstpointer data)
{
  copy (self, self->a);
  test_ui_classify_wait_for_toast (&self->page,
                                   "12 pictures were copied into folders in “a”.");
  g_assert_cmpuint (test_folder_count (self->a), >, 0);
  wait_for_undo (self);
  press_undo (self);
  g_assert_nonnull (foc_job_bar_get_job (self->bar));
  test_ui_wait (has_no_job, self->bar);
  test_ui_classify_wait_for_toast (&self->page, "12 copies were removed.");
  g_assert_false (g_file_test (self->a, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->page.answers)), ==,
                    UI_N_DRAWN);
}

/* The bar, and its button, are those of the newest, and then of the one before. */
static void
test_two (Fixture *self, gconstpointer data)
{
  FocJob *copying;

  copy (self, self->a);
  wait_for_undo (self);
  foc_answers_pane_copy (self->pane, self->b);
  copying = foc_job_bar_get_job (self->bar);
  press_undo (self);
  g_assert_nonnull (foc_job_bar_get_job (self->bar));
  g_assert_true (foc_job_bar_get_job (self->bar) != copying);
  press_cancel (self);
  g_assert_true (foc_job_bar_get_job (self->bar) == copying);
  press_cancel (self);
  g_assert_null (foc_job_bar_get_job (self->bar));
  g_assert_true (foc_job_wait_for_workers (10000));
}

/* An undoing that was cancelled is offered again. */
static void
test_cancel_undo (Fixture *self, gconstpointer data)
{
  copy (self, self->a);
  wait_for_undo (self);
  press_undo (self);
  press_cancel (self);
  g_assert_true (foc_job_wait_for_workers (10000));
  if (!g_file_test (self->a, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("all copies were removed before that could be cancelled");
      return;
    }

  wait_for_undo (self);
  press_undo (self);
  test_ui_wait (has_no_job, self->bar);
  test_ui_classify_wait_for_toast (&self->page, "12 copies were removed.");
  g_assert_false (g_file_test (self->a, G_FILE_TEST_EXISTS));
}

/* No row moves under the pointer for it, and the model stays in sight. */
static void
test_over (Fixture *self, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (self->page.page);
  GtkWidget *bar = test_ui_find (page, FOC_TYPE_MODEL_BAR);
  graphene_rect_t before, during, of_bar, of_toast;
  GtkWidget *toast;

  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (self->pane), page, &before));
  copy (self, self->a);
  wait_for_undo (self);
  test_ui_settle (self->page.page);
  toast = test_ui_find (page, g_type_from_name ("AdwToastWidget"));
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (self->pane), page, &during));
  g_assert_true (gtk_widget_compute_bounds (toast, page, &of_toast));
  g_assert_true (gtk_widget_compute_bounds (bar, page, &of_bar));
  g_assert_true (graphene_rect_equal (&during, &before));
  g_assert_cmpfloat (of_toast.origin.y + of_toast.size.height, <=, of_bar.origin.y);
}

static gboolean
shows_none (gpointer shown)
{
  return g_list_model_get_n_items (shown) == 0;
}

/* What is copied does not go by what is shown, of which it is told. */
static void
test_hidden (Fixture *self, gconstpointer data)
{
  GtkWidget *search = test_ui_find (self->page.page, GTK_TYPE_SEARCH_ENTRY);
  GtkColumnView *view = test_ui_find (self->page.page, GTK_TYPE_COLUMN_VIEW);

  gtk_editable_set_text (GTK_EDITABLE (search), "none");
  g_signal_emit_by_name (search, "search-changed");
  test_ui_wait (shows_none, gtk_column_view_get_model (view));
  copy (self, self->a);
  test_ui_classify_wait_for_toast (&self->page,
                                   "12 pictures were copied into folders in “a”. That "
                                   "goes for all answers, not only the 0 shown.");
  wait_for_undo (self);
  press_undo (self);
  test_ui_classify_wait_for_toast (&self->page, "12 copies were removed.");
}

/* However long it is, all of it is shown. */
static void
test_long_report (Fixture *self, gconstpointer data)
{
  g_autofree char *below_file = test_path (self->page.data.faces, "notes.txt/d");
  GtkLabel *label;

  copy (self, below_file);
  test_ui_wait (has_toast, self);
  test_ui_settle (self->page.page);
  label = find_toast_label (self);
  g_assert_nonnull (
    strstr (gtk_label_get_text (label), "12 pictures could not be copied."));
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (label)));
  g_assert_null (find_undo (self));
}

static void
test_export (Fixture *self, gconstpointer data)
{
  g_autofree char *path = test_path (self->page.data.root, "answers.csv");

  foc_answers_pane_export (self->pane, path);
  test_ui_classify_wait_for_toast (&self->page,
                                   "12 answers were exported as “answers.csv”.");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  foc_answers_pane_export (self->pane, self->page.data.root);
  test_ui_wait (test_ui_has_failure, NULL);
  g_signal_emit_by_name (test_ui_find_failure (), "clicked");
  test_ui_wait (test_ui_has_no_failure, NULL);
}

static gboolean
is_over (gpointer job)
{
  return !foc_job_get_running (job);
}

/* Nothing is said of it. */
static void
test_cancel_export (Fixture *self, gconstpointer data)
{
  g_autofree char *path = test_path (self->page.data.root, "answers.csv");
  g_autofree char *text = NULL;
  FocJob *job;

  foc_answers_pane_export (self->pane, path);
  job = foc_job_bar_get_job (self->export_bar);
  text = foc_job_text_exporting (job);
  g_assert_cmpstr (text, ==, "Exporting answers: 0 of 0");
  g_signal_emit_by_name (self->export_bar, "cancel");
  test_ui_wait (is_over, job);
  g_assert_true (foc_job_wait_for_workers (20000));
  test_ui_settle (self->page.page);
  g_assert_false (has_toast (self));
  g_assert_false (test_ui_has_failure (NULL));
}

#define ADD(name, function)                                                              \
  g_test_add ("/classify-page/copy/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

  ADD ("undo", test_undo);
  ADD ("two", test_two);
  ADD ("cancel-undo", test_cancel_undo);
  ADD ("hidden", test_hidden);
  ADD ("long-report", test_long_report);
  ADD ("over", test_over);
  ADD ("export", test_export);
  ADD ("cancel-export", test_cancel_export);

  return g_test_run ();
}

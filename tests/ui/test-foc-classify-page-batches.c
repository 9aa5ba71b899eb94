/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-job-bar.h"
#include "test-answers.h"
#include "test-ui-classify.h"
#include "test-ui.h"

/* Several pictures and folders on the Classify page, which wait for each other. */

static guint
get_n (UiClassify *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->answers));
}

/* A bar that tells of a job, with its button; NULL where there is none. */
static FocJobBar *
find_bar (UiClassify *self)
{
  g_autoptr (GPtrArray) bars = test_ui_list (self->page, FOC_TYPE_JOB_BAR);

  for (guint i = 0; i < bars->len; i++)
    if (foc_job_bar_get_job (bars->pdata[i]) != NULL)
      return bars->pdata[i];
  return NULL;
}

static GtkWidget *
find_cancel_all (UiClassify *self)
{
  return test_ui_find_button (find_bar (self), "Cancel _All");
}

static gboolean
has_one (gpointer answers)
{
  return g_list_model_get_n_items (answers) == 1;
}

static void
test_batches (UiClassify *self, gconstpointer data)
{
  test_answers_hold ();
  test_ui_classify_add (self, "faces", "notes.txt", NULL);
  test_ui_classify_add (self, "comics", "notes.txt", NULL);
  g_assert_nonnull (find_bar (self));
  g_assert_cmpuint (foc_answer_list_get_n_waiting (self->answers), ==, 1);
  g_assert_true (test_ui_says (self->page, "1 more batch waits"));
  test_answers_let_go ();
  test_ui_classify_wait (self, "many");
  g_assert_false (test_ui_says (self->page, "1 more batch waits"));
  g_assert_null (find_bar (self));
  g_assert_cmpuint (get_n (self), ==, UI_N_PICTURES + 1);
  test_ui_classify_wait_for_toast (self, "1 picture was there already.");
}

static void
test_cancel (UiClassify *self, gconstpointer data)
{
  test_answers_hold ();
  test_ui_classify_add (self, "gone.jpg", "faces", NULL);
  test_ui_wait (has_one, self->answers);
  test_ui_run (FOC_JOB_BAR_DELAY + 400);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (find_bar (self))));
  g_assert_false (gtk_widget_get_visible (find_cancel_all (self)));
  g_signal_emit_by_name (test_ui_find_button (find_bar (self), "_Cancel"), "clicked");
  g_assert_null (find_bar (self));
  test_answers_let_go ();
  test_ui_run (200);
  g_assert_cmpuint (get_n (self), ==, 1);
  g_assert_cmpstr (test_ui_classify_get_shown (self), ==, "many");

  /* Before anything has come. */
  foc_answer_list_clear (self->answers);
  g_assert_cmpstr (test_ui_classify_get_shown (self), ==, "empty");
  test_answers_hold ();
  test_ui_classify_add (self, "comics", "faces", NULL);
  g_assert_cmpstr (test_ui_classify_get_shown (self), ==, "many");
  foc_answer_list_cancel (self->answers);
  g_assert_cmpstr (test_ui_classify_get_shown (self), ==, "empty");
  test_answers_let_go ();
  test_ui_run (200);
}

static gboolean
says_three_wait (gpointer page)
{
  return test_ui_says (page, "1 could not be read, 3 more batches wait");
}

static gboolean
says_two_wait (gpointer page)
{
  return test_ui_says (page, "2 could not be read, 2 more batches wait");
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

/* Of the batches, one after the other, and then all that are left. */
static void
test_cancel_all (UiClassify *self, gconstpointer data)
{
  GtkWidget *cancel_all;
  FocJobBar *bar;

  test_answers_hold ();
  test_ui_classify_add (self, "notes.txt", "comics", NULL);
  test_ui_classify_add (self, "gone.jpg", "faces", NULL);
  test_ui_classify_add (self, "faces/0.jpg", "faces/1.jpg", NULL);
  test_ui_classify_add (self, "comics/0.jpg", "comics/1.jpg", NULL);
  test_ui_wait (says_three_wait, self->page);
  bar = find_bar (self);
  cancel_all = find_cancel_all (self);
  test_ui_wait (is_mapped, cancel_all);

  g_signal_emit_by_name (test_ui_find_button (bar, "_Cancel"), "clicked");
  g_assert_true (find_bar (self) == bar);
  g_assert_true (
    gtk_widget_get_mapped (cancel_all)); /* and no other comes in its place */
  g_assert_cmpuint (foc_answer_list_get_n_waiting (self->answers), ==, 2);
  test_ui_wait (says_two_wait, self->page);

  g_signal_emit_by_name (cancel_all, "clicked");
  g_assert_null (find_bar (self));
  g_assert_true (test_ui_says (self->page, "2 could not be read"));
  g_assert_false (gtk_widget_get_visible (cancel_all));
  test_answers_let_go ();
  test_ui_run (200);
  g_assert_cmpuint (get_n (self), ==, 2);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/classify-page/batches/" name, UiClassify, NULL, test_ui_classify_set_up, \
              function, test_ui_classify_tear_down)
  ADD ("batches", test_batches);
  ADD ("cancel", test_cancel);
  ADD ("cancel-all", test_cancel_all);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answers-pane.h"
#include "foc-window-private.h"
#include "foc-writing.h"
#include "test-folders.h"
#include "test-job.h"
#include "test-loop.h"
#include "test-ui-application.h"
#include "test-ui-desktop.h"
#include "test-ui.h"

/* The window that is closed while something is written to files, or is in none. */

static gboolean
is_not_asked (gpointer fixture)
{
  return test_ui_application_count_questions (fixture) == 0;
}

static void
quit (UiApplication *self)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", NULL);
}

static FocJob *
begin_writing (void)
{
  return test_job_begin ("/nowhere/answers.csv");
}

static void
assert_end (FocJob *job, const char *end)
{
  g_assert_cmpstr (test_job_get_end (job), ==, end);
}

static gboolean
says_what (gpointer fixture)
{
  GtkWindow *question = ((UiApplication *) fixture)->window->close_question;

  return question != NULL && test_ui_says (question, TEST_WRITING ("answers.csv"));
}

static void
test_wait (UiApplication *self, gconstpointer data)
{
  g_autoptr (FocJob) writing = NULL;

  test_ui_application_start (self);
  writing = begin_writing ();
  test_ui_application_close_window (self);
  test_ui_wait (says_what, self);
  test_ui_application_close_window (self);
  quit (self);
  test_ui_run (50);
  g_assert_cmpuint (test_ui_application_count_questions (self), ==, 1);
  test_ui_answer ("Wait");
  g_assert_true (test_ui_application_is_seen (self));
  assert_end (writing, NULL);

  test_job_end (writing);
  test_ui_wait (test_job_is_over, writing);
  assert_end (writing, "done");
  test_ui_application_close_window (self);
  test_ui_wait (test_ui_application_is_gone, self);
}

/* The window by its key; the program by its own. */
static void
test_stop (UiApplication *self, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FocJob) writing = begin_writing ();

      test_ui_application_start (self);
      if (i == 0)
        test_ui_application_close_window (self);
      else
        quit (self);
      g_assert_cmpuint (test_ui_application_count_questions (self), ==, 1);
      test_ui_answer ("Stop and Close");
      test_ui_wait (test_ui_application_is_gone, self);
      assert_end (writing, "cancelled");
    }
}

/* Escape, and Return, mean to wait. */
static void
test_keys (UiApplication *self, gconstpointer data)
{
  const guint keys[] = { GDK_KEY_Escape, GDK_KEY_Return };
  g_autoptr (FocJob) writing = begin_writing ();

  test_ui_application_start (self);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      test_ui_application_close_window (self);
      test_ui_wait (says_what, self);
      test_ui_run (300);
      test_ui_type (self->window->close_question, keys[i], 0);
      test_ui_wait (is_not_asked, self);
      g_assert_true (test_ui_application_is_seen (self));
      assert_end (writing, NULL);
    }
  test_job_end (writing);
  test_ui_wait (test_job_is_over, writing);
}

/* While it is asked: then there is nothing to ask. */
static void
test_ended (UiApplication *self, gconstpointer data)
{
  g_autoptr (FocJob) writing = begin_writing ();

  test_ui_application_start (self);
  test_ui_application_close_window (self);
  test_job_end (writing);
  test_ui_wait (test_job_is_over, writing);
  assert_end (writing, "done");
  test_ui_wait (is_not_asked, self);
  g_assert_true (test_ui_application_is_seen (self));
  test_ui_application_close_window (self);
  test_ui_wait (test_ui_application_is_gone, self);
}

/* What began after the question is asked about as well. */
static void
test_since (UiApplication *self, gconstpointer data)
{
  g_autoptr (FocJob) writing = NULL;

  test_ui_application_search (self);
  test_ui_application_close_window (self);
  foc_training_stop (self->training);
  TEST_WAIT (foc_training_get_job (self->training) == NULL);
  writing = begin_writing ();
  test_ui_answer ("Keep Running");
  test_ui_answer ("Stop and Close");
  test_ui_wait (test_ui_application_is_gone, self);
  assert_end (writing, "cancelled");
}

/* What a window that is hidden went on with would be lost with it. */
static void
test_training (UiApplication *self, gconstpointer data)
{
  g_autoptr (FocJob) writing = NULL;

  test_ui_application_search (self);
  writing = begin_writing ();
  test_ui_application_close_window (self);
  test_ui_answer ("Stop and Close");
  test_ui_answer ("Keep Running");
  assert_end (writing, "cancelled");
  g_assert_false (test_ui_application_is_seen (self));
  g_assert_nonnull (foc_training_get_job (self->training));
  foc_training_stop (self->training);
  test_ui_wait (test_ui_application_is_gone, self);
}

/* That of the Classify page, before anybody hears of its end. */
static void
test_answers (UiApplication *self, gconstpointer data)
{
  g_autofree char *path = test_path (self->train.data.root, "answers.csv");

  test_ui_application_start (self);
  foc_window_set_page (self->window, "classify");
  foc_answers_pane_export (
    test_ui_find (self->window->classify_page, FOC_TYPE_ANSWERS_PANE), path);
  test_ui_application_close_window (self);
  g_assert_cmpuint (test_ui_application_count_questions (self), ==, 1);
  test_ui_wait (is_not_asked, self);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  test_ui_application_close_window (self);
  test_ui_wait (test_ui_application_is_gone, self);
}

/* Classes that were set by hand */

static gboolean
is_seen (gpointer fixture)
{
  return test_ui_application_is_seen (fixture);
}

#define ONE_BY_HAND                                                                      \
  "1 picture has a class that was set by hand. What was set since the answers were "     \
  "last exported or copied into folders would be lost."

static gboolean
asks_about_one (gpointer fixture)
{
  GtkWindow *question = ((UiApplication *) fixture)->window->close_question;

  return question != NULL && test_ui_says (question, ONE_BY_HAND);
}

static void
test_by_hand (UiApplication *self, gconstpointer data)
{
  g_autofree char *path = test_path (self->train.data.root, "answers.csv");

  test_ui_application_start (self);
  test_ui_application_add_answers (self);
  test_ui_application_set_by_hand (self, 0, 1);
  test_ui_application_close_window (self);
  test_ui_wait (asks_about_one, self);
  test_ui_answer ("Cancel");
  quit (self);
  test_ui_wait (asks_about_one, self);
  test_ui_answer ("Cancel");
  g_assert_true (test_ui_application_is_seen (self));

  /* That is nothing more to ask about, until another one is set. */
  foc_answers_pane_export (
    test_ui_find (self->window->classify_page, FOC_TYPE_ANSWERS_PANE), path);
  TEST_WAIT (g_list_model_get_n_items (foc_writing_get_jobs ()) == 0);
  test_ui_application_set_by_hand (self, 1, 0);
  test_ui_application_close_window (self);
  g_assert_cmpuint (test_ui_application_count_questions (self), ==, 1);
  test_ui_answer ("Discard Them");
  test_ui_wait (test_ui_application_is_gone, self);
}

static void
test_recorded (UiApplication *self, gconstpointer data)
{
  g_autofree char *path = test_path (self->train.data.root, "answers.csv");

  test_ui_application_start (self);
  test_ui_application_add_answers (self);
  test_ui_application_set_by_hand (self, 0, 1);
  foc_answers_pane_export (
    test_ui_find (self->window->classify_page, FOC_TYPE_ANSWERS_PANE), path);
  TEST_WAIT (g_list_model_get_n_items (foc_writing_get_jobs ()) == 0);
  test_ui_application_close_window (self);
  test_ui_wait (test_ui_application_is_gone, self);
}

/* A window that went on hidden is shown again where something would be lost. */
static void
test_hidden (UiApplication *self, gconstpointer data)
{
  test_ui_application_search (self);
  test_ui_application_add_answers (self);
  test_ui_application_close_window (self);
  test_ui_answer ("Keep Running");
  g_assert_false (test_ui_application_is_seen (self));
  test_ui_application_set_by_hand (self, 0, 1);
  foc_training_stop (self->training);
  test_ui_wait (is_seen, self);
}

/* What was given up is asked about again if the window stays after all. */
static void
test_given_up (UiApplication *self, gconstpointer data)
{
  test_ui_application_search (self);
  test_ui_application_add_answers (self);
  test_ui_application_set_by_hand (self, 0, 1);
  for (guint i = 0; i < 2; i++)
    {
      test_ui_application_close_window (self);
      test_ui_answer ("Discard Them");
      test_ui_answer ("Cancel");
    }
  test_ui_application_close_window (self);
  test_ui_answer ("Discard Them");
  test_ui_answer ("Keep Running");
  g_assert_false (test_ui_application_is_seen (self));
  foc_training_stop (self->training);
  test_ui_wait (test_ui_application_is_gone, self);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  test_ui_desktop_begin ();
#define ADD(name, test)                                                                  \
  g_test_add ("/window-closing/" name, UiApplication, NULL, test_ui_application_set_up,  \
              test, test_ui_application_tear_down)
  ADD ("wait", test_wait);
  ADD ("stop", test_stop);
  ADD ("keys", test_keys);
  ADD ("ended", test_ended);
  ADD ("since", test_since);
  ADD ("training", test_training);
  ADD ("answers", test_answers);
  ADD ("by-hand", test_by_hand);
  ADD ("by-hand/recorded", test_recorded);
  ADD ("by-hand/hidden", test_hidden);
  ADD ("by-hand/given-up", test_given_up);
  return g_test_run ();
}

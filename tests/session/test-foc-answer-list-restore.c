/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-answers.h"
#include "test-folders.h"
#include "test-loop.h"

#include <string.h>

/* A list that is cleared, and comes back. */

static void
draw_some (AnswersFixture *self)
{
  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *name = g_strdup_printf ("d/%u.jpg", i);

      test_answers_draw (self, name, i);
    }
  test_answers_begin (self, "d", "gone.jpg", NULL);
  test_answers_wait (self);
}

static const FocAnswerSummary *
get_summary (AnswersFixture *self)
{
  return foc_answer_list_get_summary (self->list);
}

/* A list that was cleared comes back; what came again meanwhile is what it is, but for what
 * was set by hand. */
static void
test_restore (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocClearedAnswers) cleared = NULL;
  g_autoptr (FocAnswerItem) one = NULL;
  g_autoptr (FocAnswerItem) other = NULL;

  draw_some (self);
  one = test_answers_find (self, "d/3.jpg");
  other = test_answers_find (self, "d/4.jpg");
  foc_answer_item_set_hand_label (one, 1);
  foc_answer_item_set_hand_label (other, 0);
  cleared = foc_answer_list_take_all (self->list);
  test_answers_begin (self, "d/3.jpg", "d/5.jpg", NULL);
  test_answers_wait (self);
  g_assert_cmpuint (get_summary (self)->n_by_hand, ==, 0);

  foc_answer_list_restore (self->list, cleared);
  g_assert_cmpuint (get_summary (self)->n, ==, 10);
  test_answers_check_summary (self);
  g_set_object (&one, NULL);
  g_set_object (&other, NULL);
  one = test_answers_find (self, "d/3.jpg");
  other = test_answers_find (self, "d/4.jpg");
  g_assert_cmpint (foc_answer_item_get_hand_label (one), ==, 1);
  g_assert_cmpint (foc_answer_item_get_hand_label (other), ==, 0);

  /* Once is enough. */
  foc_answer_list_restore (self->list, cleared);
  g_assert_cmpuint (get_summary (self)->n, ==, 10);
}

/* The same pictures are just being asked about: each is there once, and what was set by hand
 * counts for its new answer. */
static void
test_restore_meanwhile (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocClearedAnswers) cleared = NULL;
  g_autoptr (FocAnswerItem) item = NULL;
  FocJob *job;

  draw_some (self);
  item = test_answers_find (self, "d/3.jpg");
  foc_answer_item_set_hand_label (item, 0); /* "b", which the other one has not */
  g_set_object (&item, NULL);
  item = test_answers_find (self, "d/4.jpg");
  foc_answer_item_set_hand_label (item, 1);
  g_set_object (&item, NULL);
  cleared = foc_answer_list_take_all (self->list);
  foc_answer_list_set_model (self->list, self->other);

  test_answers_hold ();
  test_answers_begin (self, "d", NULL);
  job = foc_answer_list_get_job (self->list);
  TEST_WAIT (foc_job_get_stage (job) == FOC_ANSWER_CLASSIFYING);
  foc_answer_list_restore (self->list, cleared);
  g_assert_cmpuint (get_summary (self)->n, ==, 10);
  item = test_answers_find (self, "d/4.jpg");
  g_assert_true (foc_answer_item_get_model (item) == self->model);
  g_string_truncate (self->log, 0);

  test_answers_let_go ();
  test_answers_wait (self);
  g_assert_cmpuint (get_summary (self)->n, ==, 10);
  test_answers_check_summary (self);
  g_assert_null (strstr (self->log->str, "items-changed"));
  g_assert_nonnull (strstr (self->log->str, "revised"));
  g_assert_true (foc_answer_item_get_model (item) == self->other);
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, 0);
  g_assert_cmpuint (get_summary (self)->n_by_hand, ==, 1);
}

/* What had no answer yet when the list was cleared gets it when it comes back. */
static void
test_restore_rest (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocClearedAnswers) cleared = NULL;
  g_autofree char *names = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("d/%u.jpg", i);

      test_answers_draw (self, name, i);
    }
  test_answers_draw (self, "x.jpg", 12);
  test_answers_hold ();
  test_answers_begin (self, "gone.jpg", "d", NULL);
  test_answers_begin (self, "x.jpg", NULL);
  TEST_WAIT (get_summary (self)->n == 1);
  cleared = foc_answer_list_take_all (self->list);
  g_assert_cmpuint (get_summary (self)->n, ==, 0);
  g_assert_null (foc_answer_list_get_job (self->list));
  g_assert_cmpuint (foc_answer_list_get_n_waiting (self->list), ==, 0);
  g_string_truncate (self->log, 0);

  foc_answer_list_restore (self->list, cleared);
  test_assert_log (self->log,
                   "items-changed summary-changed summary-changed notify::job");
  g_assert_cmpuint (get_summary (self)->n, ==, 1);
  g_assert_cmpuint (foc_answer_list_get_n_waiting (self->list), ==, 1);
  foc_answer_list_restore (self->list, cleared);
  g_assert_cmpuint (foc_answer_list_get_n_waiting (self->list), ==, 1);

  test_answers_let_go ();
  test_answers_wait (self);
  names = test_answers_list (self);
  g_assert_cmpstr (names, ==, "d/0.jpg d/1.jpg d/2.jpg gone.jpg x.jpg");
  test_answers_check_summary (self);
  /* That a part of it was there is no news. */
  g_assert_null (strstr (self->log->str, "notice"));
}

/* The same of what was asked again, and of what waits for a model. */
static void
test_restore_again (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocClearedAnswers) cleared = NULL;

  draw_some (self);
  foc_answer_list_set_model (self->list, self->other);
  test_answers_hold ();
  foc_answer_list_ask_again (self->list);
  cleared = foc_answer_list_take_all (self->list);
  test_answers_let_go ();
  foc_answer_list_set_model (self->list, NULL);
  foc_answer_list_restore (self->list, cleared);
  g_assert_cmpuint (foc_answer_list_get_n_waiting (self->list), ==, 1);
  g_assert_null (foc_answer_list_get_job (self->list));

  foc_answer_list_set_model (self->list, self->other);
  g_assert_true (foc_answer_list_is_stale (self->list));
  test_answers_wait (self);
  g_assert_false (foc_answer_list_is_stale (self->list));
  g_assert_cmpuint (get_summary (self)->n, ==, 10);
  test_answers_check_summary (self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_ANSWERS_TEST ("/answer-list/restore", test_restore);
  ADD_ANSWERS_TEST ("/answer-list/restore-meanwhile", test_restore_meanwhile);
  ADD_ANSWERS_TEST ("/answer-list/restore-rest", test_restore_rest);
  ADD_ANSWERS_TEST ("/answer-list/restore-again", test_restore_again);

  return g_test_run ();
}

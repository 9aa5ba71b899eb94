/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-answers.h"
#include "test-catalog.h"
#include "test-folders.h"
#include "test-loop.h"

#include <glib/gstdio.h>
#include <string.h>

/* Answers that become other ones: by hand, or by another model. */

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

static void
test_by_hand (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerItem) item = NULL;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *answer = NULL;
  int label;

  draw_some (self);
  g_string_truncate (self->log, 0);
  item = test_answers_find (self, "d/3.jpg");
  label = foc_answer_item_get_label (item);
  test_log_signals (G_OBJECT (item),
                    "notify::answer notify::confidence notify::state notify::hand-label "
                    "changed",
                    log);

  foc_answer_item_set_hand_label (item, 1 - label);
  test_assert_log (log, "notify::answer notify::confidence notify::hand-label changed");
  test_assert_log (self->log, "summary-changed");
  g_assert_cmpint (foc_answer_item_get_label (item), ==, label);
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, 1 - label);
  g_object_get (item, "answer", &answer, NULL);
  g_assert_cmpstr (answer, ==, get_summary (self)->class_names[1 - label]);
  test_answers_check_summary (self);
  g_assert_cmpuint (get_summary (self)->n_by_hand, ==, 1);

  /* The same again is nothing; the right answer can be confirmed; and it is taken back. */
  foc_answer_item_set_hand_label (item, 1 - label);
  test_assert_log (log, "");
  g_object_set (item, "hand-label", label, NULL);
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, label);
  g_assert_cmpuint (get_summary (self)->n_by_hand, ==, 1);
  test_answers_check_summary (self);
  foc_answer_item_set_hand_label (item, -1);
  g_assert_cmpuint (get_summary (self)->n_by_hand, ==, 0);
  test_answers_check_summary (self);
  test_assert_log (self->log, "summary-changed summary-changed");
}

/* It counts as what it was set to, not as not sure. */
static void
test_not_sure (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerItem) item = NULL;

  foc_model_set_threshold ((FocModel *) foc_loaded_model_get_model (self->model), 1.1);
  draw_some (self);
  g_assert_cmpuint (get_summary (self)->n_not_sure, ==, 9);
  test_answers_check_summary (self);
  item = test_answers_find (self, "d/3.jpg");
  g_assert_cmpint (foc_answer_item_get_state (item), ==, FOC_ANSWER_NOT_SURE);
  g_assert_cmpint (foc_answer_item_get_doubt (item), ==, FOC_DOUBT_PROBABILITY);
  foc_answer_item_set_hand_label (item, 0);
  g_assert_cmpint (foc_answer_item_get_state (item), ==, FOC_ANSWER_NOT_SURE);
  g_assert_cmpuint (get_summary (self)->n_not_sure, ==, 8);
  test_answers_check_summary (self);
}

/* A copy of the model's file is no other model. */
static void
test_same_model (AnswersFixture *self, gconstpointer data)
{
  g_autofree char *path = test_write_model (self->root, "b a", 1);
  g_autofree char *other_path = NULL;
  g_autoptr (FocLoadedModel) model = foc_loaded_model_read (path, NULL);
  g_autoptr (FocLoadedModel) copy = foc_loaded_model_read (path, NULL);
  g_autoptr (FocLoadedModel) other = NULL;
  g_autoptr (FocAnswerItem) item = NULL;

  foc_answer_list_set_model (self->list, model);
  draw_some (self);
  item = test_answers_find (self, "d/3.jpg");
  foc_answer_list_set_model (self->list, copy);
  g_assert_false (foc_answer_list_is_stale (self->list));
  g_assert_true (foc_answer_item_get_model (item) == copy);

  other_path = test_write_model (self->root, "b a", 2); /* over it */
  other = foc_loaded_model_read (other_path, NULL);
  foc_answer_list_set_model (self->list, other);
  g_assert_true (foc_answer_list_is_stale (self->list));
}

/* What is set by hand stays where the new model has such a class: here "a". Rows stay in
 * their places, and what is held goes on to be theirs. */
static void
test_other_model (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerItem) a = NULL;
  g_autoptr (FocAnswerItem) b = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  draw_some (self);
  a = test_answers_find (self, "d/3.jpg");
  b = test_answers_find (self, "d/4.jpg");
  foc_answer_item_set_hand_label (a, 1);
  foc_answer_item_set_hand_label (b, 0);
  before = foc_answer_list_get_records (self->list);
  g_assert_false (foc_answer_list_is_stale (self->list));
  g_string_truncate (self->log, 0);

  foc_answer_list_set_model (self->list, self->other);
  g_assert_true (foc_answer_list_is_stale (self->list));
  g_assert_null (foc_answer_list_get_job (self->list));
  test_assert_log (self->log, "notify::is-stale summary-changed");
  g_assert_cmpuint (get_summary (self)->n_classes, ==, 3);
  g_assert_cmpstr (get_summary (self)->class_names[2], ==, "dog");
  test_answers_check_summary (self);

  foc_answer_list_ask_again (self->list);
  test_answers_wait (self);
  g_assert_false (foc_answer_list_is_stale (self->list));
  g_assert_null (strstr (self->log->str, "items-changed"));
  g_assert_nonnull (strstr (self->log->str, "notify::job revised"));
  g_assert_nonnull (strstr (self->log->str, "notify::is-stale"));
  test_answers_check_summary (self);

  /* Nobody has answered "b" any more. */
  g_assert_cmpuint (get_summary (self)->n_classes, ==, 2);
  g_assert_cmpstr (get_summary (self)->class_names[0], ==, "a");
  g_assert_cmpstr (get_summary (self)->class_names[1], ==, "dog");
  g_assert_null (get_summary (self)->class_names[2]);

  after = foc_answer_list_get_records (self->list);
  g_assert_cmpuint (after->len, ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      const FocAnswerRecord *old = g_ptr_array_index (before, i);
      const FocAnswerRecord *new = g_ptr_array_index (after, i);

      g_assert_cmpstr (new->path, ==, old->path);
      g_assert_true (old->model == self->model);
      g_assert_true (new->model == self->other);
    }
  g_assert_true (foc_answer_item_get_model (a) == self->other);
  g_assert_cmpint (foc_answer_item_get_hand_label (a), ==, 0);
  g_assert_cmpint (foc_answer_item_get_hand_label (b), ==, -1);
  g_assert_cmpuint (get_summary (self)->n_by_hand, ==, 1);

  /* Back: stale again. */
  foc_answer_list_set_model (self->list, self->model);
  g_assert_true (foc_answer_list_is_stale (self->list));
  foc_answer_list_set_model (self->list, NULL);
  g_assert_false (foc_answer_list_is_stale (self->list));
}

static void
set_by_hand (AnswersFixture *self, const char *name, int label)
{
  g_autoptr (FocAnswerItem) item = test_answers_find (self, name);

  foc_answer_item_set_hand_label (item, label);
}

/* The latest first; as it was, whatever the model is now. */
static void
test_undo (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerItem) a = NULL;
  g_autoptr (FocAnswerItem) b = NULL;
  guint row;

  draw_some (self);
  a = test_answers_find (self, "d/3.jpg");
  b = test_answers_find (self, "d/4.jpg");
  g_assert_false (foc_answer_list_get_last_by_hand (self->list, &row));
  set_by_hand (self, "d/3.jpg", 1); /* "a" */
  set_by_hand (self, "d/3.jpg", 1); /* is nothing */
  set_by_hand (self, "d/3.jpg", 0); /* "b", which the other one has not */
  set_by_hand (self, "d/4.jpg", 1);
  set_by_hand (self, "d/5.jpg", 1);
  g_string_truncate (self->log, 0);
  foc_answer_list_undo_by_hand (self->list);
  test_assert_log (self->log, "summary-changed");
  g_assert_cmpuint (get_summary (self)->n_by_hand, ==, 2);

  g_assert_no_errno (g_unlink (foc_answer_item_get_path (b)));
  foc_answer_list_set_model (self->list, self->other);
  foc_answer_list_ask_again (self->list);
  test_answers_wait (self);
  g_assert_cmpstr (foc_answer_item_get_hand_class_name (b), ==, "a");
  g_assert_cmpstr (foc_answer_item_get_hand_class_name (a), ==, NULL);
  g_assert_true (foc_answer_list_get_last_by_hand (self->list, &row));
  g_assert_cmpuint (row, ==, foc_answer_item_get_row (b));
  foc_answer_list_undo_by_hand (self->list);
  g_assert_cmpstr (foc_answer_item_get_hand_class_name (b), ==, NULL);
  foc_answer_list_undo_by_hand (self->list);
  g_assert_cmpint (foc_answer_item_get_hand_label (a), ==, 0);
  test_answers_check_summary (self);
  foc_answer_list_undo_by_hand (self->list);
  g_assert_cmpint (foc_answer_item_get_hand_label (a), ==, -1);
  g_assert_false (foc_answer_list_get_last_by_hand (self->list, &row));

  set_by_hand (self, "d/3.jpg", 1);
  foc_answer_list_clear (self->list);
  g_assert_false (foc_answer_list_get_last_by_hand (self->list, &row));
}

/* A disk that is away for a while takes no review along. */
static void
test_kept (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerItem) item = NULL;
  g_autofree char *away = NULL;

  draw_some (self);
  item = test_answers_find (self, "d/3.jpg");
  foc_answer_item_set_hand_label (item, 1); /* "a", of both models */
  away = g_strconcat (foc_answer_item_get_path (item), ".away", NULL);
  g_assert_cmpint (g_rename (foc_answer_item_get_path (item), away), ==, 0);

  foc_answer_list_set_model (self->list, self->other);
  foc_answer_list_ask_again (self->list);
  test_answers_wait (self);
  g_assert_cmpint (foc_answer_item_get_state (item), ==, FOC_ANSWER_FAILED);
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, -1);
  foc_answer_item_set_hand_label (item, -1);
  foc_answer_list_ask_again (self->list);
  test_answers_wait (self);
  test_answers_check_summary (self);

  g_assert_cmpint (g_rename (away, foc_answer_item_get_path (item)), ==, 0);
  foc_answer_list_ask_again (self->list);
  test_answers_wait (self);
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, 0);
  test_answers_check_summary (self);
}

/* What could not be read is asked again by the same model, too, and nothing else. */
static void
test_mended (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerItem) item = NULL;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (FocJob) job = NULL;

  draw_some (self);
  item = test_answers_find (self, "gone.jpg");
  test_log_signals (G_OBJECT (item),
                    "notify::answer notify::confidence notify::state notify::hand-label "
                    "changed",
                    log);
  test_answers_draw (self, "gone.jpg", 12);
  foc_answer_list_ask_again (self->list);
  job = g_object_ref (foc_answer_list_get_job (self->list));
  test_answers_wait (self);
  g_assert_cmpuint (foc_job_get_total (job), ==, 1);
  g_assert_cmpint (foc_answer_item_get_state (item), ==, FOC_ANSWER_ANSWERED);
  test_assert_log (log, "notify::answer notify::confidence notify::state changed");
  test_answers_check_summary (self);
}

static void
note_waiting (FocAnswerList *list, guint *n)
{
  *n = foc_answer_list_get_n_waiting (list);
}

/* The model that is there when its turn comes is asked; without one, it waits. */
static void
test_no_model (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerItem) first = NULL;
  g_autoptr (FocAnswerItem) second = NULL;
  guint n_told = G_MAXUINT;

  foc_answer_list_set_model (self->list, NULL);
  test_answers_draw (self, "1.jpg", 1);
  test_answers_draw (self, "2.jpg", 2);
  test_answers_begin (self, "1.jpg", NULL);
  g_assert_null (foc_answer_list_get_job (self->list));
  g_assert_cmpuint (foc_answer_list_get_n_waiting (self->list), ==, 1);

  test_answers_hold ();
  g_signal_connect (self->list, "summary-changed", G_CALLBACK (note_waiting), &n_told);
  foc_answer_list_set_model (self->list, self->model);
  g_assert_nonnull (foc_answer_list_get_job (self->list));
  g_assert_cmpuint (n_told, ==, 0);
  g_signal_handlers_disconnect_by_data (self->list, &n_told);
  test_answers_begin (self, "2.jpg", NULL);
  foc_answer_list_set_model (self->list, self->other);
  test_answers_let_go ();
  test_answers_wait (self);
  first = test_answers_find (self, "1.jpg");
  second = test_answers_find (self, "2.jpg");
  g_assert_true (foc_answer_item_get_model (first) == self->model);
  g_assert_true (foc_answer_item_get_model (second) == self->other);
  g_assert_true (foc_answer_list_is_stale (self->list));
}

/* The same network with another threshold: nobody need be asked again. */
static void
test_threshold (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) strict = foc_loaded_model_with_threshold (self->model, 1.1);
  g_autoptr (FocAnswerItem) by_hand = NULL;
  g_autoptr (FocAnswerItem) item = NULL;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (FocJob) job = NULL;

  draw_some (self);
  by_hand = test_answers_find (self, "d/3.jpg");
  foc_answer_item_set_hand_label (by_hand, 1);
  item = test_answers_find (self, "d/4.jpg");
  test_log_signals (G_OBJECT (item), "notify::state changed", log);
  g_assert_cmpuint (get_summary (self)->n_not_sure, ==, 0);
  g_string_truncate (self->log, 0);

  foc_answer_list_set_model (self->list, strict);
  test_assert_log (self->log, "summary-changed revised");
  test_assert_log (log, "notify::state changed");
  g_assert_false (foc_answer_list_is_stale (self->list));
  g_assert_cmpint (foc_answer_item_get_doubt (item), ==, FOC_DOUBT_PROBABILITY);
  g_assert_true (foc_answer_item_get_model (item) == strict);
  g_assert_cmpint (foc_answer_item_get_hand_label (by_hand), ==, 1);
  g_assert_cmpuint (get_summary (self)->n_not_sure, ==, 8);
  test_answers_check_summary (self);

  /* Of these, only what could not be read is worth a question. */
  foc_answer_list_ask_again (self->list);
  job = g_object_ref (foc_answer_list_get_job (self->list));
  test_answers_wait (self);
  g_assert_cmpuint (foc_job_get_total (job), ==, 1);

  foc_answer_list_set_model (self->list, self->model);
  g_assert_cmpuint (get_summary (self)->n_not_sure, ==, 0);
  test_answers_check_summary (self);
}

/* Answers to what was asked before are judged as they come. */
static void
test_threshold_meanwhile (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) strict = foc_loaded_model_with_threshold (self->model, 1.1);

  test_answers_draw (self, "1.jpg", 1);
  test_answers_hold ();
  test_answers_begin (self, "1.jpg", "gone.jpg", NULL);
  foc_answer_list_set_model (self->list, strict);
  test_answers_let_go ();
  test_answers_wait (self);
  g_assert_false (foc_answer_list_is_stale (self->list));
  g_assert_cmpuint (get_summary (self)->n, ==, 2);
  g_assert_cmpuint (get_summary (self)->n_not_sure, ==, 1);
  test_answers_check_summary (self);
}

/* Without its seal, it is the same network with the same threshold. */
static void
test_sibling (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) sibling = foc_loaded_model_break_seal (self->model, NULL);

  draw_some (self);
  g_string_truncate (self->log, 0);
  g_assert_true (sibling != self->model);
  foc_answer_list_set_model (self->list, sibling);
  g_assert_false (foc_answer_list_is_stale (self->list));
  g_assert_null (strstr (self->log->str, "is-stale"));
  test_answers_check_summary (self);
}

/* An empty list tells of no classes but the model's, in its order. */
static void
test_classes (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) turned = test_model_new ("dog a", 3);

  foc_answer_list_set_model (self->list, self->other);
  g_assert_cmpuint (get_summary (self)->n_classes, ==, 2);
  g_assert_cmpstr (get_summary (self)->class_names[0], ==, "a");
  g_assert_cmpstr (get_summary (self)->class_names[1], ==, "dog");
  g_assert_null (get_summary (self)->class_names[2]);
  foc_answer_list_set_model (self->list, NULL);
  g_assert_cmpuint (get_summary (self)->n_classes, ==, 0);
  g_assert_null (get_summary (self)->class_names[0]);
  foc_answer_list_set_model (self->list, turned);
  g_assert_cmpstr (get_summary (self)->class_names[0], ==, "dog");
  g_assert_cmpstr (get_summary (self)->class_names[1], ==, "a");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_ANSWERS_TEST ("/answer-list/by-hand", test_by_hand);
  ADD_ANSWERS_TEST ("/answer-list/not-sure", test_not_sure);
  ADD_ANSWERS_TEST ("/answer-list/same-model", test_same_model);
  ADD_ANSWERS_TEST ("/answer-list/other-model", test_other_model);
  ADD_ANSWERS_TEST ("/answer-list/threshold", test_threshold);
  ADD_ANSWERS_TEST ("/answer-list/threshold-meanwhile", test_threshold_meanwhile);
  ADD_ANSWERS_TEST ("/answer-list/sibling", test_sibling);
  ADD_ANSWERS_TEST ("/answer-list/kept", test_kept);
  ADD_ANSWERS_TEST ("/answer-list/undo-by-hand", test_undo);
  ADD_ANSWERS_TEST ("/answer-list/mended", test_mended);
  ADD_ANSWERS_TEST ("/answer-list/no-model", test_no_model);
  ADD_ANSWERS_TEST ("/answer-list/classes", test_classes);

  return g_test_run ();
}

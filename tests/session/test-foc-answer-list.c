/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-answers.h"
#include "test-folders.h"
#include "test-loop.h"

#include <glib/gstdio.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static guint
get_n (AnswersFixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

static void
draw_some (AnswersFixture *self)
{
  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *name = g_strdup_printf ("d/%u.jpg", i);

      test_answers_draw (self, name, i);
    }
}

/* What the terminal would say. */
static void
on_classified (guint index, const FocClassification *result, gpointer user_data)
{
  FocAnswerItem *item = user_data;

  g_assert_no_error (result->error);
  g_assert_cmpint (foc_answer_item_get_label (item), ==, (int) result->answer.label);
  g_assert_cmpmem (foc_answer_item_get_probabilities (item), 2 * sizeof (float),
                   result->probabilities, 2 * sizeof (float));
  g_assert_cmpfloat (foc_answer_item_get_probability (item), ==,
                     result->answer.probability);
}

static void
assert_answered (FocAnswerItem *item, FocLoadedModel *model)
{
  const char *paths[] = { foc_answer_item_get_path (item) };
  const FocModel *asked = foc_loaded_model_get_model (model);

  g_assert_true (foc_answer_item_get_model (item) == model);
  g_assert_true (
    foc_classify_files (asked, paths, 1, 1, on_classified, item, NULL, NULL));
  g_assert_cmpint (foc_answer_item_get_state (item), ==, FOC_ANSWER_ANSWERED);
  g_assert_cmpstr (foc_answer_item_get_class_name (item), ==,
                   asked->class_names[foc_answer_item_get_label (item)]);
  g_assert_null (foc_answer_item_get_error (item));
}

/* The properties say what the functions do. */
static void
assert_properties (FocAnswerItem *item, const char *answer)
{
  g_autofree char *name = NULL;
  g_autofree char *said = NULL;
  double confidence;
  guint state;
  int hand_label;

  g_object_get (item, "name", &name, "answer", &said, "confidence", &confidence, "state",
                &state, "hand-label", &hand_label, NULL);
  g_assert_cmpstr (name, ==, foc_answer_item_get_name (item));
  g_assert_cmpstr (said, ==, answer);
  g_assert_cmpfloat (confidence, ==, foc_answer_item_get_confidence (item));
  g_assert_cmpuint (state, ==, foc_answer_item_get_state (item));
  g_assert_cmpint (hand_label, ==, foc_answer_item_get_hand_label (item));
}

static void
test_add (AnswersFixture *self, gconstpointer data)
{
  const FocAnswerSummary *summary = foc_answer_list_get_summary (self->list);
  g_autofree char *names = NULL;
  guint n_b = 0;

  g_assert_cmpuint (summary->n_classes, ==, 2);
  draw_some (self);
  test_answers_draw (self, "x.jpg", 12);
  test_answers_begin (self, "d", "x.jpg", NULL);
  g_assert_nonnull (foc_answer_list_get_job (self->list));
  g_assert_cmpuint (get_n (self), ==, 0);
  test_answers_wait (self);

  names = test_answers_list (self);
  g_assert_cmpstr (names, ==,
                   "d/0.jpg d/1.jpg d/2.jpg d/3.jpg d/4.jpg d/5.jpg d/6.jpg d/7.jpg "
                   "d/8.jpg x.jpg");
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (FocAnswerItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->list), i);
      g_autoptr (FocAnswerItem) same =
        g_list_model_get_item (G_LIST_MODEL (self->list), i);

      g_assert_true (item == same);
      assert_answered (item, self->model);
      assert_properties (item, foc_answer_item_get_class_name (item));
      n_b += foc_answer_item_get_label (item) == 0;
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (self->list), 10));

  summary = foc_answer_list_get_summary (self->list);
  g_assert_cmpuint (summary->n, ==, 10);
  g_assert_cmpstr (summary->class_names[0], ==, "b");
  g_assert_cmpstr (summary->class_names[1], ==, "a");
  g_assert_null (summary->class_names[2]);
  g_assert_cmpuint (summary->n_by_class[0], ==, n_b);
  g_assert_cmpuint (summary->n_by_class[1], ==, 10 - n_b);
  g_assert_cmpuint (summary->n_not_sure + summary->n_failed + summary->n_by_hand, ==, 0);
}

static void
keep_message (FocAnswerList *list, const char *message, gpointer user_data)
{
  g_string_append_printf (user_data, "%s|", message);
}

/* Rows that say so: no picture, damaged, gone, empty, a pipe; a name alone makes none. */
static void
test_failed (AnswersFixture *self, gconstpointer data)
{
  static const char *const names[] = { "text.png", "empty.png", "gone.png", "loop.png",
                                       "notes.txt" };
  const FocAnswerSummary *summary;

  test_add_file (self->root, "text.png", "no picture at all", 17);
  test_add_file (self->root, "notes.txt", "nor this", 8);
  test_add_files (self->root, "empty.png");
  test_add_link (self->root, "loop.png", "loop.png");
  test_answers_begin (self, "text.png", "empty.png", "gone.png", "loop.png", "notes.txt",
                      NULL);
  test_answers_wait (self);

  summary = foc_answer_list_get_summary (self->list);
  g_assert_cmpuint (summary->n, ==, 5);
  g_assert_cmpuint (summary->n_failed, ==, 5);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FocAnswerItem) item = test_answers_find (self, names[i]);

      g_assert_cmpint (foc_answer_item_get_state (item), ==, FOC_ANSWER_FAILED);
      g_assert_nonnull (strstr (foc_answer_item_get_error (item), names[i]));
      g_assert_null (foc_answer_item_get_class_name (item));
      g_assert_null (foc_answer_item_get_probabilities (item));
      g_assert_null (foc_answer_item_get_answer (item));
      g_assert_cmpint (foc_answer_item_get_label (item), ==, -1);
      g_assert_cmpfloat (foc_answer_item_get_probability (item), ==, -1);
      foc_answer_item_set_hand_label (item, 1);
      g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, -1);
      assert_properties (item, "");
    }
}

/* Whether root, too, is held to permissions: by this thread, and those that it starts. */
static void
obey_permissions (gboolean obey)
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];

  g_assert_no_errno (syscall (SYS_capget, &header, sets));
  sets[0].effective = sets[0].permitted;
  if (obey)
    sets[0].effective &= ~(1u << CAP_DAC_OVERRIDE | 1u << CAP_DAC_READ_SEARCH);
  g_assert_no_errno (syscall (SYS_capset, &header, sets));
}

/* A folder that cannot be read is a row among the others, and no empty folder. */
static void
test_unreadable_folder (AnswersFixture *self, gconstpointer data)
{
  g_autofree char *closed = test_path (self->root, "d/closed");
  g_autofree char *names = NULL;
  g_autoptr (FocAnswerItem) item = NULL;

  draw_some (self);
  test_answers_draw (self, "d/closed/x.jpg", 12);
  g_assert_no_errno (g_chmod (closed, 0));
  obey_permissions (TRUE);
  test_answers_begin (self, "d", NULL);
  test_answers_begin (self, "d/closed", NULL);
  test_answers_wait (self);
  obey_permissions (FALSE);
  g_assert_no_errno (g_chmod (closed, 0755));

  names = test_answers_list (self);
  g_assert_cmpstr (names, ==,
                   "d/0.jpg d/1.jpg d/2.jpg d/3.jpg d/4.jpg d/5.jpg d/6.jpg d/7.jpg "
                   "d/8.jpg d/closed");
  item = test_answers_find (self, "d/closed");
  g_assert_cmpint (foc_answer_item_get_state (item), ==, FOC_ANSWER_FAILED);
  g_assert_nonnull (strstr (foc_answer_item_get_error (item), "closed”"));
  g_assert_null (strstr (self->log->str, "empty"));
}

/* What is beside the pictures of a folder is counted, unless there are none. */
static void
test_ignored (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (GString) messages = g_string_new (NULL);

  g_signal_connect (self->list, "notice", G_CALLBACK (keep_message), messages);
  draw_some (self);
  test_add_files (self->root, "d/notes.txt d/e/.hidden d/e/x.c none/y.c");
  test_answers_begin (self, "d", "none", "none/y.c", NULL);
  test_answers_begin (self, "d", NULL);
  test_answers_wait (self);
  g_assert_cmpuint (get_n (self), ==, 10);
  g_assert_cmpstr (messages->str, ==,
                   "1 hidden entry was ignored. 2 files that are no pictures were "
                   "ignored.|9 pictures were there already. 1 hidden entry was ignored. "
                   "2 files that are no pictures were ignored.|");
}

/* The same file twice, in one request and in another, by whatever name. */
static void
test_twice (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (GString) messages = g_string_new (NULL);
  g_autofree char *names = NULL;

  g_signal_connect (self->list, "notice", G_CALLBACK (keep_message), messages);
  draw_some (self);
  test_answers_begin (self, "d/1.jpg", "d", "./d/2.jpg", "d/../d/1.jpg", NULL);
  test_answers_begin (self, "d", NULL);
  test_answers_wait (self);
  names = test_answers_list (self);
  g_assert_cmpstr (names, ==,
                   "d/0.jpg d/1.jpg d/2.jpg d/3.jpg d/4.jpg d/5.jpg d/6.jpg d/7.jpg "
                   "d/8.jpg");
  g_assert_cmpstr (messages->str, ==,
                   "9 pictures were there already.|"); /* not what was named twice */

  /* But once the list is empty, they are new. */
  foc_answer_list_clear (self->list);
  g_string_truncate (messages, 0);
  test_answers_begin (self, "d", NULL);
  test_answers_wait (self);
  g_assert_cmpuint (get_n (self), ==, 9);
  g_assert_cmpstr (messages->str, ==, "");
}

static void
test_empty (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (GString) messages = g_string_new (NULL);

  g_signal_connect (self->list, "empty", G_CALLBACK (keep_message), messages);
  test_add_files (self->root, "bare\nfolder/notes.txt");
  test_add_folder (self->root, "none");
  draw_some (self);
  test_answers_begin (self, "none", NULL);
  test_answers_begin (self, "bare\nfolder", NULL);
  test_answers_begin (self, "none", "d", "bare\nfolder", NULL);
  test_answers_begin (self, "d", NULL); /* has some, though they are known */
  test_answers_wait (self);
  g_assert_cmpstr (messages->str, ==,
                   "There is no picture in the folder “none”.|"
                   "There is no picture in the folder “bare\\u000afolder”.|"
                   "There is no picture in 2 folders.|");
  g_assert_cmpuint (get_n (self), ==, 9);
}

static void
test_names (AnswersFixture *self, gconstpointer data)
{
  static const char *const names[][2] = { { "two\nlines.jpg", "two\\u000alines.jpg" },
                                          { "\xff.jpg", "\357\277\275.jpg" },
                                          { "ä e,\"'.jpg", "ä e,\"'.jpg" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    test_answers_draw (self, names[i][0], i);
  test_answers_begin (self, "", NULL);
  test_answers_wait (self);
  g_assert_cmpuint (get_n (self), ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FocAnswerItem) item = test_answers_find (self, names[i][0]);

      assert_answered (item, self->model);
      g_assert_cmpstr (foc_answer_item_get_name (item), ==, names[i][1]);
    }
}

/* Each request is a job; they come one after the other. */
static void
test_queue (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocJob) first = NULL;

  draw_some (self);
  test_answers_draw (self, "x.jpg", 12);
  test_answers_hold ();
  test_answers_begin (self, "d", NULL);
  first = g_object_ref (foc_answer_list_get_job (self->list));
  test_answers_begin (self, "gone.jpg", NULL);
  test_answers_begin (self, "x.jpg", NULL);
  g_assert_cmpuint (foc_answer_list_get_n_waiting (self->list), ==, 2);
  TEST_WAIT (foc_job_get_stage (first) == FOC_ANSWER_CLASSIFYING);
  TEST_WAIT (foc_job_get_total (first) == 9);
  g_assert_cmpuint (foc_job_get_done (first), ==, 0);
  g_assert_true (foc_answer_list_get_job (self->list) == first);
  g_assert_cmpuint (get_n (self), ==, 0);
  test_assert_log (self->log, "notify::job summary-changed summary-changed");

  test_answers_let_go ();
  test_answers_wait (self);
  g_assert_cmpuint (foc_job_get_done (first), ==, 9);
  g_assert_cmpuint (foc_answer_list_get_n_waiting (self->list), ==, 0);
  g_assert_cmpuint (get_n (self), ==, 11);
  for (guint i = 9; i < 11; i++)
    {
      g_autoptr (FocAnswerItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->list), i);

      g_assert_cmpstr (foc_answer_item_get_name (item), ==,
                       i == 9 ? "gone.jpg" : "x.jpg");
    }
}

/* At once, though files are being read; what has come stays, and nothing comes after. */
static void
test_cancel (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerItem) item = NULL;

  draw_some (self);
  test_answers_hold ();
  test_answers_begin (self, "gone.jpg", NULL);
  test_answers_wait (self);
  test_answers_begin (self, "d", NULL);
  test_answers_begin (self, "lost.jpg", NULL);
  test_loop_run (100);
  g_string_truncate (self->log, 0);

  foc_answer_list_cancel_all (self->list);
  g_assert_null (foc_answer_list_get_job (self->list));
  g_assert_cmpuint (foc_answer_list_get_n_waiting (self->list), ==, 0);
  g_assert_cmpuint (get_n (self), ==, 1);
  test_assert_log (self->log, "summary-changed notify::job");

  /* What was not answered can be asked again, while the old threads still wait. */
  test_answers_begin (self, "lost.jpg", NULL);
  test_answers_wait (self);
  test_answers_begin (self, "d", NULL);
  test_answers_let_go ();
  test_answers_wait (self);
  g_assert_true (foc_job_wait_for_workers (60000));
  test_loop_run (100);
  g_assert_cmpuint (get_n (self), ==, 11);
  foc_answer_list_cancel_all (self->list);
  item = test_answers_find (self, "d/8.jpg");
  assert_answered (item, self->model);
}

/* One batch after the other, each at once. */
static void
test_cancel_one (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocJob) first = NULL;

  draw_some (self);
  test_answers_draw (self, "x.jpg", 12);
  test_answers_hold ();
  test_answers_begin (self, "d", NULL);
  test_answers_begin (self, "gone.jpg", "x.jpg", NULL);
  test_answers_begin (self, "lost.jpg", NULL);
  first = g_object_ref (foc_answer_list_get_job (self->list));
  g_string_truncate (self->log, 0);
  foc_answer_list_cancel (self->list);
  g_assert_nonnull (foc_answer_list_get_job (self->list));
  g_assert_true (foc_answer_list_get_job (self->list) != first);
  g_assert_cmpuint (foc_answer_list_get_n_waiting (self->list), ==, 1);
  test_assert_log (self->log, "summary-changed notify::job");

  TEST_WAIT (get_n (self) == 1);
  foc_answer_list_cancel (self->list);
  test_answers_wait (self);
  g_assert_cmpuint (foc_answer_list_get_n_waiting (self->list), ==, 0);
  foc_answer_list_cancel (self->list); /* there is nothing any more */
  test_answers_let_go ();
  g_assert_true (foc_job_wait_for_workers (60000));
  test_loop_run (100);
  {
    g_autofree char *names = test_answers_list (self);

    g_assert_cmpstr (names, ==, "gone.jpg lost.jpg");
  }
}

/* An answer that the main loop has not heard of yet is not lost by cancelling. */
static void
test_cancel_keeps (AnswersFixture *self, gconstpointer data)
{
  test_answers_begin (self, "gone.jpg", "lost.jpg", NULL);
  g_assert_true (foc_job_wait_for_workers (60000));
  g_assert_cmpuint (get_n (self), ==, 0);
  foc_answer_list_cancel (self->list);
  g_assert_cmpuint (get_n (self), ==, 2);
  test_assert_log (self->log, "notify::job items-changed summary-changed notify::job");
}

static void
test_clear (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerItem) item = NULL;

  draw_some (self);
  test_answers_begin (self, "d", NULL);
  test_answers_wait (self);
  item = g_list_model_get_item (G_LIST_MODEL (self->list), 3);
  test_answers_begin (self, "gone.jpg", NULL);
  g_string_truncate (self->log, 0);

  foc_answer_list_clear (self->list);
  test_assert_log (self->log, "notify::job items-changed summary-changed");
  g_assert_cmpuint (get_n (self), ==, 0);
  g_assert_cmpuint (foc_answer_list_get_summary (self->list)->n, ==, 0);
  foc_answer_list_clear (self->list);
  test_loop_run (50);
  test_assert_log (self->log, "");

  /* An item outlives its row. */
  g_assert_nonnull (foc_answer_item_get_class_name (item));
  foc_answer_item_set_hand_label (item, 1);
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_ANSWERS_TEST ("/answer-list/add", test_add);
  ADD_ANSWERS_TEST ("/answer-list/failed", test_failed);
  ADD_ANSWERS_TEST ("/answer-list/unreadable-folder", test_unreadable_folder);
  ADD_ANSWERS_TEST ("/answer-list/ignored", test_ignored);
  ADD_ANSWERS_TEST ("/answer-list/twice", test_twice);
  ADD_ANSWERS_TEST ("/answer-list/empty", test_empty);
  ADD_ANSWERS_TEST ("/answer-list/names", test_names);
  ADD_ANSWERS_TEST ("/answer-list/queue", test_queue);
  ADD_ANSWERS_TEST ("/answer-list/cancel", test_cancel);
  ADD_ANSWERS_TEST ("/answer-list/cancel-one", test_cancel_one);
  ADD_ANSWERS_TEST ("/answer-list/cancel-keeps", test_cancel_keeps);
  ADD_ANSWERS_TEST ("/answer-list/clear", test_clear);

  return g_test_run ();
}

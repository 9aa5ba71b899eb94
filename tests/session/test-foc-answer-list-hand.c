/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-copy.h"
#include "foc-writing.h"

#include "test-answers.h"
#include "test-folders.h"
#include "test-loop.h"

#include <glib/gstdio.h>

/* Whether the classes that were set by hand are recorded anywhere but in the list. */

static void
set_by_hand (AnswersFixture *self, const char *name, int label)
{
  g_autoptr (FocAnswerItem) item = test_answers_find (self, name);

  foc_answer_item_set_hand_label (item, label);
}

static void
ask (AnswersFixture *self)
{
  test_answers_draw (self, "d/1.jpg", 1);
  test_answers_draw (self, "d/2.jpg", 2);
  test_answers_begin (self, "d", NULL);
  test_answers_wait (self);
}

static void
assert_unrecorded (AnswersFixture *self, guint n)
{
  g_assert_cmpuint (foc_answer_list_get_n_unrecorded (self->list), ==, n);
}

static void
record (AnswersFixture *self)
{
  foc_answer_list_note_exported (self->list, foc_answer_list_get_hand_stamp (self->list));
  assert_unrecorded (self, 0);
}

static void
test_set (AnswersFixture *self, gconstpointer data)
{
  guint stamp;

  ask (self);
  assert_unrecorded (self, 0);
  set_by_hand (self, "d/1.jpg", 0);
  assert_unrecorded (self, 1);
  set_by_hand (self, "d/1.jpg", -1);
  assert_unrecorded (self, 0);
  set_by_hand (self, "d/1.jpg", 0);
  set_by_hand (self, "d/2.jpg", 0);
  assert_unrecorded (self, 2);
  record (self);

  /* The same again is nothing new. */
  set_by_hand (self, "d/2.jpg", 0);
  assert_unrecorded (self, 0);
  foc_answer_list_undo_by_hand (self->list);
  assert_unrecorded (self, 1);

  /* What is set while it is recorded is not in that. */
  stamp = foc_answer_list_get_hand_stamp (self->list);
  set_by_hand (self, "d/2.jpg", 1);
  foc_answer_list_note_exported (self->list, stamp);
  assert_unrecorded (self, 2);

  /* What was begun before may end later. */
  record (self);
  foc_answer_list_note_exported (self->list, stamp);
  assert_unrecorded (self, 0);

  foc_answer_list_clear (self->list);
  assert_unrecorded (self, 0);
}

/* What comes back may have been cleared before it was recorded. */
static void
test_restored (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocClearedAnswers) cleared = NULL;

  ask (self);
  set_by_hand (self, "d/1.jpg", 0);
  cleared = foc_answer_list_take_all (self->list);
  assert_unrecorded (self, 0);
  ask (self);
  set_by_hand (self, "d/2.jpg", 0);
  record (self);
  foc_answer_list_restore (self->list, cleared);
  assert_unrecorded (self, 2);
}

static void
end (FocAnswerCopy *copy)
{
  TEST_WAIT (foc_answer_copy_get_job (copy) == NULL);
}

static FocAnswerCopy *
copy (AnswersFixture *self, const char *name)
{
  g_autofree char *folder = test_path (self->root, name);

  return foc_answer_copy_new (self->list, folder);
}

/* Copies in folders of the classes record them, as long as they are there. */
static void
test_copied (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerCopy) copied = NULL;
  g_autoptr (FocAnswerCopy) cancelled = NULL;
  g_autoptr (FocAnswerCopy) stopped = NULL;
  g_autoptr (FocAnswerCopy) failed = NULL;

  ask (self);
  test_add_file (self->root, "file", "", 0);
  set_by_hand (self, "d/1.jpg", 0);
  cancelled = copy (self, "cancelled");
  foc_answer_copy_cancel (cancelled);
  g_assert_true (foc_job_wait_for_workers (20000));
  test_loop_run (200);
  assert_unrecorded (self, 1);

  /* As closing the window does. */
  stopped = copy (self, "stopped");
  foc_writing_cancel ();
  end (stopped);
  g_assert_true (foc_job_wait_for_workers (20000));
  assert_unrecorded (self, 1);

  failed = copy (self, "file");
  end (failed);
  g_assert_cmpuint (foc_answer_copy_get_counts (failed).n_failed, >, 0);
  assert_unrecorded (self, 1);

  copied = copy (self, "sorted");
  assert_unrecorded (self, 1);
  end (copied);
  g_assert_cmpuint (foc_answer_copy_get_counts (copied).n_copied, ==, 2);
  assert_unrecorded (self, 0);
  foc_answer_copy_undo (copied);
  assert_unrecorded (self, 1);
  end (copied);
  assert_unrecorded (self, 1);
}

/* What is exported is so whatever becomes of copies. */
static void
test_exported (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerCopy) copied = NULL;

  ask (self);
  set_by_hand (self, "d/1.jpg", 0);
  copied = copy (self, "sorted");
  end (copied);
  record (self);
  foc_answer_copy_undo (copied);
  end (copied);
  assert_unrecorded (self, 0);
}

/* A picture that cannot be read any more keeps its class, which no copy has. */
static void
test_unread (AnswersFixture *self, gconstpointer data)
{
  g_autofree char *path = test_path (self->root, "d/1.jpg");
  g_autoptr (FocAnswerCopy) copied = NULL;

  ask (self);
  set_by_hand (self, "d/1.jpg", 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
  foc_answer_list_set_model (self->list, self->other);
  foc_answer_list_ask_again (self->list);
  test_answers_wait (self);
  g_assert_cmpuint (foc_answer_list_get_summary (self->list)->n_failed, ==, 1);
  assert_unrecorded (self, 1);
  copied = copy (self, "sorted");
  end (copied);
  assert_unrecorded (self, 1);
  record (self);
}

/* A list that has gone meanwhile. */
static void
test_gone (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerCopy) copied = NULL;

  ask (self);
  set_by_hand (self, "d/1.jpg", 0);
  copied = copy (self, "sorted");
  g_assert_finalize_object (self->list);
  self->list = foc_answer_list_new ();
  end (copied);
  g_assert_cmpuint (foc_answer_copy_get_counts (copied).n_copied, ==, 2);
  foc_answer_copy_undo (copied);
  end (copied);
}

#define ADD(name, function) ADD_ANSWERS_TEST ("/answer-list-hand/" name, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("set", test_set);
  ADD ("restored", test_restored);
  ADD ("copied", test_copied);
  ADD ("exported", test_exported);
  ADD ("unread", test_unread);
  ADD ("gone", test_gone);

  return g_test_run ();
}

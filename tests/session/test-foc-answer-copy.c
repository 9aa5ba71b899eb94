/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-copy.h"

#include "foc-file.h"

#include "test-answers.h"
#include "test-folders.h"
#include "test-loop.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Pictures stand in "d", copies come into "sorted", both below the root. */

static void
add (AnswersFixture *self, const char *name, guint seed, int hand_label)
{
  g_autoptr (FocAnswerItem) item = NULL;

  test_answers_draw (self, name, seed);
  test_answers_begin (self, name, NULL);
  test_answers_wait (self);
  item = test_answers_find (self, name);
  foc_answer_item_set_hand_label (item, hand_label);
}

static FocAnswerCopy *
begin (AnswersFixture *self)
{
  g_autofree char *folder = test_path (self->root, "sorted");

  return foc_answer_copy_new (self->list, folder);
}

static FocAnswerCopy *
copy (AnswersFixture *self)
{
  FocAnswerCopy *copied = begin (self);

  g_assert_nonnull (foc_answer_copy_get_job (copied));
  test_assert_writing (
    "Pictures are still being copied into folders in “sorted”. If that "
    "is stopped, the copies that are there stay.");
  TEST_WAIT (foc_answer_copy_get_job (copied) == NULL);
  test_assert_writing (NULL);
  return copied;
}

static void
undo (FocAnswerCopy *copied)
{
  foc_answer_copy_undo (copied);
  TEST_WAIT (foc_answer_copy_get_job (copied) == NULL);
}

static gboolean
exists (AnswersFixture *self, const char *name)
{
  g_autofree char *path = test_path (self->root, name);

  return g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK);
}

static void
assert_same (AnswersFixture *self, const char *a, const char *b)
{
  g_autofree char *path_a = test_path (self->root, a);
  g_autofree char *path_b = test_path (self->root, b);
  g_autofree char *sum_a = test_file_sha256 (path_a);
  g_autofree char *sum_b = test_file_sha256 (path_b);

  g_assert_cmpstr (sum_a, ==, sum_b);
}

static void
assert_described (FocAnswerCopy *copied, const char *expected)
{
  g_autofree char *said = foc_answer_copy_describe (copied);

  g_assert_cmpstr (said, ==, expected);
}

/* By hand first, then by the answer; not sure; what could not be read. */
static void
test_copy (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerCopy) copied = NULL;
  g_autoptr (FocAnswerItem) item = NULL;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *answered = NULL;
  FocAnswerCopyCounts counts;

  add (self, "d/1.jpg", 1, 0);
  add (self, "d/2.jpg", 2, 1);
  add (self, "d/3.jpg", 3, -1);
  item = test_answers_find (self, "d/3.jpg");
  answered = g_strdup_printf ("sorted/%s/3.jpg", foc_answer_item_get_class_name (item));
  foc_model_set_threshold ((FocModel *) foc_loaded_model_get_model (self->model), 1.1);
  add (self, "d/4.jpg", 4, -1);
  add (self, "d/5.jpg", 5, 1);
  test_answers_begin (self, "d/gone.jpg", NULL);
  test_answers_wait (self);

  copied = begin (self);
  test_log_signals (G_OBJECT (copied), "notify::job ended", log);
  TEST_WAIT (foc_answer_copy_get_job (copied) == NULL);
  test_assert_log (log, "notify::job ended");
  assert_same (self, "d/1.jpg", "sorted/b/1.jpg");
  assert_same (self, "d/2.jpg", "sorted/a/2.jpg");
  assert_same (self, "d/3.jpg", answered);
  assert_same (self, "d/4.jpg", "sorted/not sure/4.jpg");
  assert_same (self, "d/5.jpg", "sorted/a/5.jpg");
  counts = foc_answer_copy_get_counts (copied);
  g_assert_cmpuint (counts.n_copied, ==, 5);
  g_assert_cmpuint (counts.n_unread, ==, 1);
  g_assert_cmpuint (counts.n_numbered + counts.n_failed + counts.n_there, ==, 0);
  assert_described (copied, "5 pictures were copied into folders in “sorted”. "
                            "1 picture has no answer and was not copied.");

  g_assert_true (foc_answer_copy_can_undo (copied));
  foc_answer_copy_undo (copied);
  test_assert_writing (
    "Copies are still being removed from “sorted”. If that is stopped, "
    "the others stay.");
  TEST_WAIT (foc_answer_copy_get_job (copied) == NULL);
  g_assert_false (foc_answer_copy_can_undo (copied));
  g_assert_false (exists (self, "sorted"));
  g_assert_true (exists (self, "d/1.jpg"));
  assert_described (copied, "5 copies were removed.");
}

/* What is there stays; the numbers go on. */
static void
test_numbered (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerCopy) copied = NULL;
  g_autofree char *long_name = g_strnfill (252, 'x');
  g_autofree char *long_a = g_strdup_printf ("d/%sé", long_name);
  g_autofree char *long_b = g_strdup_printf ("d/e/%sé", long_name);
  g_autofree char *long_copy = g_strdup_printf ("sorted/b/%.*s-2", 252, long_name);
  FocAnswerCopyCounts counts;

  test_add_file (self->root, "sorted/b/1.jpg", "theirs", 6);
  test_add_link (self->root, "sorted/b/1-2.jpg", "nowhere");
  add (self, "d/1.jpg", 1, 0);
  add (self, "d/e/1.jpg", 2, 0);
  add (self, "d/f/1.jpg", 3, 0);
  add (self, "d/1.tar.jpg", 4, 0);
  add (self, "d/e/1.tar.jpg", 5, 0);
  add (self, "d/.1", 6, 0);
  add (self, "d/e/.1", 7, 0);
  add (self, "d/\xff\n", 8, 0);
  add (self, "d/e/\xff\n", 9, 0);
  add (self, long_a, 10, 0);
  add (self, long_b, 11, 0);

  copied = copy (self);
  counts = foc_answer_copy_get_counts (copied);
  g_assert_cmpuint (counts.n_failed, ==, 0);
  g_assert_cmpuint (counts.n_copied, ==, 11);
  g_assert_cmpuint (counts.n_numbered, ==, 7);
  assert_same (self, "d/1.jpg", "sorted/b/1-3.jpg");
  assert_same (self, "d/e/1.jpg", "sorted/b/1-4.jpg");
  assert_same (self, "d/f/1.jpg", "sorted/b/1-5.jpg");
  assert_same (self, "d/e/1.tar.jpg", "sorted/b/1.tar-2.jpg");
  assert_same (self, "d/e/.1", "sorted/b/.1-2");
  assert_same (self, "d/e/\xff\n", "sorted/b/\xff\n-2");
  assert_same (self, long_b, long_copy);

  /* What was there before stays, and so does its folder. */
  undo (copied);
  g_assert_cmpuint (foc_answer_copy_get_counts (copied).n_removed, ==, 11);
  {
    g_autofree char *folder = test_path (self->root, "sorted/b");
    g_autofree char *path = test_path (self->root, "sorted/b/1.jpg");
    g_autofree char *text = NULL;

    g_assert_cmpuint (test_folder_count (folder), ==, 2);
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    g_assert_cmpstr (text, ==, "theirs");
  }
}

/* A picture that stands where its copy would is that copy. */
static void
test_there (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerCopy) copied = NULL;

  add (self, "sorted/b/1.jpg", 1, 0);
  add (self, "sorted/b/2.jpg", 2, 1);
  copied = copy (self);
  g_assert_false (exists (self, "sorted/b/1-2.jpg"));
  g_assert_true (exists (self, "sorted/a/2.jpg"));
  assert_described (copied, "1 picture was copied into folders in “sorted”. "
                            "1 picture was in its folder already.");
  undo (copied);
  g_assert_true (exists (self, "sorted/b/1.jpg"));
  g_assert_true (exists (self, "sorted/b/2.jpg"));
  g_assert_false (exists (self, "sorted/a"));
}

static void
append_to (AnswersFixture *self, const char *name)
{
  g_autofree char *path = test_path (self->root, name);
  FILE *file = g_fopen (path, "a");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs ("more", file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
replace (AnswersFixture *self, const char *name)
{
  g_autofree char *path = test_path (self->root, name);

  g_assert_true (foc_file_replace (path, "other", 5, NULL));
}

static void delete (AnswersFixture *self, const char *name)
{
  g_autofree char *path = test_path (self->root, name);

  g_assert_no_errno (g_unlink (path));
}

/* Nothing is removed but what this has made, and of that nothing that is not as it was
 * made, or would be the last one. */
static void
test_undo_keeps (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerCopy) copied = NULL;
  FocAnswerCopyCounts counts;

  for (guint i = 1; i <= 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("d/%u.jpg", i);

      add (self, name, i, i % 2 == 0);
    }
  copied = copy (self);

  append_to (self, "sorted/b/1.jpg");
  replace (self, "sorted/a/2.jpg");
  delete (self, "sorted/b/3.jpg");
  test_add_link (self->root, "sorted/b/3.jpg", "../../d/3.jpg");
  delete (self, "sorted/a/4.jpg");
  delete (self, "d/5.jpg");
  undo (copied);

  counts = foc_answer_copy_get_counts (copied);
  g_assert_cmpuint (counts.n_removed, ==, 1);
  g_assert_cmpuint (counts.n_kept, ==, 4);
  g_assert_true (exists (self, "sorted/b/1.jpg"));
  g_assert_true (exists (self, "sorted/a/2.jpg"));
  g_assert_true (exists (self, "sorted/b/3.jpg"));
  g_assert_true (exists (self, "sorted/b/5.jpg"));
  g_assert_false (exists (self, "sorted/a/6.jpg"));
  assert_described (copied,
                    "1 copy was removed. 4 stay, since they were changed, or their "
                    "pictures are no longer where they were.");
}

/* What cannot be removed is told of, is no copy that was changed, and can be tried again. */
static void
test_undo_fails (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerCopy) copied = NULL;
  g_autofree char *said = NULL;
  FocAnswerCopyCounts counts;

  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("d/%u.jpg", i);

      add (self, name, i, 0);
    }
  copied = copy (self);
  append_to (self, "sorted/b/2.jpg");
  foc_file_set_removal_fault (EACCES);
  undo (copied);
  foc_file_set_removal_fault (0);
  counts = foc_answer_copy_get_counts (copied);
  g_assert_cmpuint (counts.n_removed, ==, 0);
  g_assert_cmpuint (counts.n_kept, ==, 1);
  g_assert_cmpuint (counts.n_not_removed, ==, 2);
  said = foc_answer_copy_describe (copied);
  g_assert_nonnull (strstr (said, " 2 copies could not be removed. “"));
  g_assert_nonnull (strstr (said, "sorted/b/3.jpg” could not be removed: "));
  g_assert_null (strstr (said, "still there"));
  g_assert_true (foc_answer_copy_can_undo (copied));

  undo (copied);
  g_assert_false (foc_answer_copy_can_undo (copied));
  g_assert_true (exists (self, "sorted/b/2.jpg"));
  g_assert_false (exists (self, "sorted/b/1.jpg"));
  assert_described (copied,
                    "2 copies were removed. 1 stays, since it was changed, or its "
                    "picture is no longer where it was.");
}

/* A class may be called anything. */
static void
test_hostile_classes (AnswersFixture *self, gconstpointer data)
{
  FocModel *model = (FocModel *) foc_loaded_model_get_model (self->model);
  g_autoptr (FocAnswerCopy) copied = NULL;

  g_free (model->class_names[0]);
  model->class_names[0] = g_strdup ("../../up/\n");
  g_free (model->class_names[1]);
  model->class_names[1] = g_strdup ("not sure");
  add (self, "d/1.jpg", 1, 0);
  add (self, "d/2.jpg", 2, 1);
  foc_model_set_threshold (model, 1.1);
  add (self, "d/3.jpg", 3, -1);
  copied = copy (self);
  assert_same (self, "d/1.jpg", "sorted/_._.._up__/1.jpg");
  assert_same (self, "d/2.jpg", "sorted/not sure-2/2.jpg");
  assert_same (self, "d/3.jpg", "sorted/not sure/3.jpg");
}

/* One that fails stops nothing, and no half of it stays. */
static void
test_failed (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerCopy) copied = NULL;
  g_autoptr (FocAnswerCopy) nowhere = NULL;
  g_autofree char *below_file = test_path (self->root, "d/2.jpg/sorted");
  g_autofree char *said = NULL;
  g_autofree char *folder = NULL;

  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("d/%u.jpg", i);

      add (self, name, i, 0);
    }
  delete (self, "d/1.jpg");
  foc_file_set_fault (2, ENOSPC); /* when the second one is written */
  copied = copy (self);
  foc_file_set_fault (0, 0);
  folder = test_path (self->root, "sorted/b");
  g_assert_cmpuint (test_folder_count (folder), ==, 1);
  assert_same (self, "d/3.jpg", "sorted/b/3.jpg");
  said = foc_answer_copy_describe (copied);
  g_assert_true (g_str_has_prefix (
    said,
    "1 picture was copied into folders in “sorted”. 2 pictures could not be copied. "
    "“"));
  g_assert_nonnull (strstr (said, "d/1.jpg” could not be read: "));

  nowhere = foc_answer_copy_new (self->list, below_file);
  TEST_WAIT (foc_answer_copy_get_job (nowhere) == NULL);
  g_assert_cmpuint (foc_answer_copy_get_counts (nowhere).n_failed, ==, 3);
  g_assert_false (foc_answer_copy_can_undo (nowhere));
}

/* Begins to copy `n` pictures. */
static FocAnswerCopy *
begin_many (AnswersFixture *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("d/%u.jpg", i);

      test_answers_draw (self, name, i);
    }
  test_answers_begin (self, "d", NULL);
  test_answers_wait (self);
  return begin (self);
}

/* Files in the folders of the classes. */
static guint
count_copies (AnswersFixture *self)
{
  g_autofree char *a = test_path (self->root, "sorted/a");
  g_autofree char *b = test_path (self->root, "sorted/b");

  return (g_file_test (a, G_FILE_TEST_EXISTS) ? test_folder_count (a) : 0)
         + (g_file_test (b, G_FILE_TEST_EXISTS) ? test_folder_count (b) : 0);
}

/* What was copied until then is told at once and can be undone, whatever the thread still
 * does. */
static void
test_cancel (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerCopy) copied = begin_many (self, 300);
  g_autoptr (FocJob) job = g_object_ref (foc_answer_copy_get_job (copied));
  g_autofree char *told = NULL;
  FocAnswerCopyCounts counts;

  TEST_WAIT (foc_job_get_done (job) > 0);
  foc_answer_copy_cancel (copied);
  g_assert_null (foc_answer_copy_get_job (copied));
  g_assert_true (foc_answer_copy_can_undo (copied));
  counts = foc_answer_copy_get_counts (copied);
  told = foc_answer_copy_describe (copied);
  g_assert_nonnull (strstr (told, " It was stopped before all of them were."));
  g_assert_true (foc_job_wait_for_workers (10000));
  g_assert_cmpuint (count_copies (self), ==, counts.n_copied);
  g_assert_cmpuint (foc_answer_copy_get_counts (copied).n_copied, ==, counts.n_copied);

  undo (copied);
  g_assert_cmpuint (foc_answer_copy_get_counts (copied).n_removed, ==, counts.n_copied);
  g_assert_cmpuint (foc_answer_copy_get_counts (copied).n_failed, ==, 0);
  g_assert_false (exists (self, "sorted"));
  g_assert_cmpuint (test_folder_count (self->root), ==, 1);
}

/* At any moment: what is not counted does not stay. */
static void
test_cancel_often (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerCopy) first = begin_many (self, 50);

  TEST_WAIT (foc_answer_copy_get_job (first) == NULL);
  undo (first);
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (FocAnswerCopy) copied = begin (self);
      guint n_copied;

      g_usleep (i * 200);
      foc_answer_copy_cancel (copied);
      n_copied = foc_answer_copy_get_counts (copied).n_copied;
      g_assert_true (foc_job_wait_for_workers (10000));
      g_assert_cmpuint (count_copies (self), ==, n_copied);
      g_assert_true (foc_answer_copy_can_undo (copied) == (n_copied > 0));
      g_assert_true (exists (self, "sorted") == (n_copied > 0));
      if (n_copied > 0)
        undo (copied);
    }
}

/* It is gone on with. It is broken off later and later, until it has begun. */
static void
test_cancel_undo (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerCopy) copied = begin_many (self, 300);
  g_autofree char *words = NULL;

  TEST_WAIT (foc_answer_copy_get_job (copied) == NULL);
  g_assert_false (foc_answer_copy_was_undone (copied));
  for (guint i = 0; foc_answer_copy_get_counts (copied).n_removed == 0; i++)
    {
      foc_answer_copy_undo (copied);
      g_assert_true (foc_answer_copy_was_undone (copied));
      g_usleep (i * 50);
      foc_answer_copy_cancel (copied);
      g_assert_true (foc_job_wait_for_workers (10000));
    }
  g_assert_true (foc_answer_copy_can_undo (copied));
  words = foc_answer_copy_describe (copied);
  g_assert_true (g_str_has_suffix (words, " copies are still there."));

  undo (copied);
  g_assert_false (foc_answer_copy_can_undo (copied));
  assert_described (copied, "300 copies were removed.");
  g_assert_false (exists (self, "sorted"));
}

#define ADD(name, function) ADD_ANSWERS_TEST ("/answer-copy/" name, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("copy", test_copy);
  ADD ("numbered", test_numbered);
  ADD ("there", test_there);
  ADD ("undo-keeps", test_undo_keeps);
  ADD ("undo-fails", test_undo_fails);
  ADD ("hostile-classes", test_hostile_classes);
  ADD ("failed", test_failed);
  ADD ("cancel", test_cancel);
  ADD ("cancel-often", test_cancel_often);
  ADD ("cancel-undo", test_cancel_undo);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-answers.h"
#include "test-folders.h"
#include "test-loop.h"

#include <unistd.h>

#define N_LINKS 20000
#define N_NAMES 100000

typedef struct
{
  guint n_rows;
  guint n_signals;
} Heard;

/* Rows come at the end, and nowhere else. */
static void
on_items_changed (GListModel *model,
                  guint position,
                  guint removed,
                  guint added,
                  gpointer user_data)
{
  Heard *heard = user_data;

  g_assert_cmpuint (position, ==, heard->n_rows);
  g_assert_cmpuint (removed, ==, 0);
  g_assert_cmpuint (added, >, 0);
  heard->n_rows += added;
  heard->n_signals++;
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, heard->n_rows);
}

static void
add_links (AnswersFixture *self)
{
  g_autofree char *target = test_path (self->root, "picture.jpg");

  test_answers_draw (self, "picture.jpg", 1);
  test_add_folder (self->root, "many");
  for (guint i = 0; i < N_LINKS; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/many/%u.jpg", self->root, i);

      g_assert_no_errno (symlink (target, path));
    }
}

/* At most ten times a second, many at once; the last ones come with the end. */
static void
test_folder (AnswersFixture *self, gconstpointer data)
{
  Heard heard = { 0 };
  g_autoptr (FocJob) job = NULL;
  gint64 start;
  double seconds;

  add_links (self);
  g_signal_connect (self->list, "items-changed", G_CALLBACK (on_items_changed), &heard);
  start = g_get_monotonic_time ();
  test_answers_begin (self, "many", NULL);
  job = g_object_ref (foc_answer_list_get_job (self->list));
  test_answers_wait (self);
  seconds = (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND;

  g_assert_cmpuint (heard.n_rows, ==, N_LINKS);
  g_assert_cmpuint (foc_answer_list_get_summary (self->list)->n, ==, N_LINKS);
  g_assert_cmpuint (foc_answer_list_get_summary (self->list)->n_failed, ==, 0);
  g_assert_cmpfloat (heard.n_signals, <=, 10 * seconds + 2);
  g_assert_cmpuint (foc_job_get_stage (job), ==, FOC_ANSWER_CLASSIFYING);
  g_assert_cmpuint (foc_job_get_done (job), ==, N_LINKS);
  g_assert_cmpuint (foc_job_get_total (job), ==, N_LINKS);
}

/* In the midst of it. */
static void
test_cancel (AnswersFixture *self, gconstpointer data)
{
  Heard heard = { 0 };
  guint n;

  add_links (self);
  g_signal_connect (self->list, "items-changed", G_CALLBACK (on_items_changed), &heard);
  test_answers_begin (self, "many", NULL);
  TEST_WAIT (heard.n_rows > 0);
  foc_answer_list_cancel (self->list);
  n = heard.n_rows;
  g_assert_cmpuint (n, <, N_LINKS);
  g_assert_true (foc_job_wait_for_workers (60000));
  test_loop_run (100);
  g_assert_cmpuint (heard.n_rows, ==, n);

  /* The others can still be asked. */
  test_answers_begin (self, "many", NULL);
  test_answers_wait (self);
  g_assert_cmpuint (heard.n_rows, ==, N_LINKS);
}

/* Names at once, none of which is a file. */
static void
test_names (AnswersFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  Heard heard = { 0 };

  for (guint i = 0; i < N_NAMES; i++)
    g_ptr_array_add (paths, g_strdup_printf ("%s/%u.jpg", self->root, i));
  g_signal_connect (self->list, "items-changed", G_CALLBACK (on_items_changed), &heard);
  foc_answer_list_add (self->list, (const char *const *) paths->pdata, paths->len);
  foc_answer_list_add (self->list, (const char *const *) paths->pdata, paths->len);
  test_answers_wait (self);
  g_assert_cmpuint (heard.n_rows, ==, N_NAMES);
  g_assert_cmpuint (foc_answer_list_get_summary (self->list)->n_failed, ==, N_NAMES);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_ANSWERS_TEST ("/answer-list/many/folder", test_folder);
  ADD_ANSWERS_TEST ("/answer-list/many/cancel", test_cancel);
  ADD_ANSWERS_TEST ("/answer-list/many/names", test_names);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-shown-answers.h"

#include "test-answers.h"
#include "test-folders.h"
#include "test-loop.h"

#define N_MANY 3000

typedef struct
{
  AnswersFixture answers;
  FocShownAnswers *shown;
  GPtrArray *mirror;  /* of FocAnswerItem, as "items-changed" tells it */
  guint most_at_once; /* of rows that somebody holds, by one signal    */
  gboolean is_slow;   /* in hearing of it: each step is one of its own */
} Fixture;

static void
on_items_changed (GListModel *model,
                  guint position,
                  guint removed,
                  guint added,
                  Fixture *self)
{
  guint n = 0;

  g_assert_cmpuint (position + removed, <=, self->mirror->len);
  if (removed > 0)
    {
      for (guint i = position; i < position + removed; i++)
        if (self->mirror->pdata[i] != NULL)
          {
            n++;
            for (guint j = position; j < i; j++) /* a view would not know which one */
              g_assert_true (self->mirror->pdata[j] != self->mirror->pdata[i]);
          }
      g_ptr_array_remove_range (self->mirror, position, removed);
    }
  /* A view holds the first ones. */
  for (guint i = 0; i < added; i++)
    {
      gpointer item =
        position + i < 200 ? g_list_model_get_item (model, position + i) : NULL;

      n += item != NULL;
      g_ptr_array_insert (self->mirror, (int) (position + i), item);
    }
  self->most_at_once = MAX (self->most_at_once, n);
  if (self->is_slow)
    g_usleep (5000);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, self->mirror->len);
}

static void
release (gpointer item)
{
  if (item != NULL)
    g_object_unref (item);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  test_answers_set_up (&self->answers, data);
  self->shown = foc_shown_answers_new (self->answers.list);
  self->mirror = g_ptr_array_new_with_free_func (release);
  g_signal_connect (self->shown, "items-changed", G_CALLBACK (on_items_changed), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->shown);
  g_ptr_array_unref (self->mirror);
  g_assert_true (foc_job_wait_for_workers (60000));
  test_answers_tear_down (&self->answers, data);
}

static guint
get_n (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->shown));
}

static FocAnswerItem *
get (Fixture *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->shown), position);
}

/* Until all is shown, in which each row stands where it is found. */
static void
settle (Fixture *self)
{
  TEST_WAIT (!foc_shown_answers_is_pending (self->shown));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (self->mirror->len, ==, get_n (self));
  for (guint i = 0; i < self->mirror->len; i++)
    {
      g_autoptr (FocAnswerItem) item = get (self, i);
      guint position;

      g_assert_true (self->mirror->pdata[i] == NULL || self->mirror->pdata[i] == item);
      g_assert_true (foc_shown_answers_find (self->shown, item, &position));
      g_assert_cmpuint (position, ==, i);
    }
}

static void
set_query (Fixture *self, FocAnswerQuery query)
{
  foc_shown_answers_set_query (self->shown, &query);
  settle (self);
}

static void
assert_names (Fixture *self, const char *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < get_n (self); i++)
    {
      g_autoptr (FocAnswerItem) item = get (self, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                              foc_answer_item_get_name (item));
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_names (Fixture *self, gconstpointer data)
{
  test_answers_begin (&self->answers, "b10.jpg", "B9.jpg", "a.jpg", "é.jpg", "c.jpg",
                      NULL);
  test_answers_wait (&self->answers);
  set_query (self, (FocAnswerQuery){ .order = FOC_ANSWERS_BY_NAME });
  assert_names (self, "a.jpg B9.jpg b10.jpg c.jpg é.jpg");
  set_query (self,
             (FocAnswerQuery){ .order = FOC_ANSWERS_BY_NAME, .is_descending = TRUE });
  assert_names (self, "é.jpg c.jpg b10.jpg B9.jpg a.jpg");
  test_answers_begin (&self->answers, "bb.jpg", NULL);
  test_answers_wait (&self->answers);
  settle (self);
  assert_names (self, "é.jpg c.jpg bb.jpg b10.jpg B9.jpg a.jpg");
  set_query (self, (FocAnswerQuery){ .search = (char *) "B" });
  g_assert_cmpuint (get_n (self), ==, 3);
  set_query (self, (FocAnswerQuery){ .search = (char *) "É" });
  assert_names (self, "é.jpg");
  test_answers_begin (&self->answers, "sé.jpg", "z.jpg", NULL);
  test_answers_wait (&self->answers);
  assert_names (self, "é.jpg sé.jpg");
}

/* What needs a look comes first, whatever its probability. */
static void
test_confidence (Fixture *self, gconstpointer data)
{
  static const guint ranks[] = {
    [FOC_ANSWER_NOT_SURE] = 0, [FOC_ANSWER_ANSWERED] = 1, [FOC_ANSWER_FAILED] = 2
  };
  FocAnswerQuery query = { .order = FOC_ANSWERS_BY_CONFIDENCE };
  g_autoptr (FocLoadedModel) strict = NULL;
  FocAnswerItem *last;
  double threshold = 0;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("d/%u.jpg", i);

      test_answers_draw (&self->answers, name, i);
    }
  test_answers_begin (&self->answers, "d", "gone.jpg", NULL);
  test_answers_wait (&self->answers);
  for (guint i = 0; i < 13; i++)
    {
      g_autoptr (FocAnswerItem) item = get (self, i);

      threshold += foc_answer_item_get_probability (item) / 12;
    }
  strict = foc_loaded_model_with_threshold (self->answers.model, threshold);
  foc_answer_list_set_model (self->answers.list, strict);
  set_query (self, query);
  /* That which has the highest probability is unlike anything in training. */
  last = self->mirror->pdata[11];
  g_assert_cmpint (foc_answer_item_get_state (last), ==, FOC_ANSWER_ANSWERED);
  ((FocAnswer *) foc_answer_item_get_answer (last))->doubt = FOC_DOUBT_NOVELTY;
  foc_shown_answers_refresh (self->shown);
  settle (self);
  for (guint i = 1; i < 13; i++)
    {
      FocAnswerItem *a = self->mirror->pdata[i - 1], *b = self->mirror->pdata[i];
      guint rank_a = ranks[foc_answer_item_get_state (a)];
      guint rank_b = ranks[foc_answer_item_get_state (b)];

      g_assert_cmpuint (rank_a, <=, rank_b);
      if (rank_a == rank_b)
        g_assert_cmpfloat (foc_answer_item_get_probability (a), <=,
                           foc_answer_item_get_probability (b));
    }
}

static void
add_many (Fixture *self, guint first, guint n)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = first; i < first + n; i++)
    g_ptr_array_add (paths, g_strdup_printf ("/nowhere/%u.jpg", i));
  foc_answer_list_add (self->answers.list, (const char *const *) paths->pdata,
                       paths->len);
}

static void
assert_sorted (Fixture *self, guint n, gboolean is_descending)
{
  settle (self);
  g_assert_cmpuint (get_n (self), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.jpg", is_descending ? n - 1 - i : i);
      g_autoptr (FocAnswerItem) item = get (self, i);

      g_assert_cmpstr (foc_answer_item_get_name (item), ==, name);
    }
}

/* A thread does it, and a view has time to follow. */
static void
test_many (Fixture *self, gconstpointer data)
{
  FocAnswerQuery query = { .order = FOC_ANSWERS_BY_NAME, .is_descending = TRUE };

  add_many (self, 0, N_MANY);
  test_answers_wait (&self->answers);
  settle (self);
  foc_shown_answers_set_query (self->shown, &query);
  g_assert_true (foc_shown_answers_is_pending (self->shown));
  assert_sorted (self, N_MANY, TRUE);

  /* The latest wish counts. */
  query.is_descending = FALSE;
  foc_shown_answers_set_query (self->shown, &query);
  query.search = (char *) "9";
  foc_shown_answers_set_query (self->shown, &query);
  query.search = NULL;
  foc_shown_answers_set_query (self->shown, &query);
  assert_sorted (self, N_MANY, FALSE);
  set_query (self, (FocAnswerQuery){ .search = (char *) "2999" });
  g_assert_cmpuint (get_n (self), ==, 1);
  set_query (self, query);
  assert_sorted (self, N_MANY, FALSE);

  /* More come meanwhile. */
  add_many (self, N_MANY, N_MANY);
  TEST_WAIT (get_n (self) == 2 * N_MANY);
  assert_sorted (self, 2 * N_MANY, FALSE);
  g_assert_cmpuint (self->most_at_once, <=, 2 * 8);

  /* In the midst of it. */
  query.is_descending = TRUE;
  foc_shown_answers_set_query (self->shown, &query);
  g_main_context_iteration (NULL, FALSE);
  foc_answer_list_clear (self->answers.list);
  settle (self);
  g_assert_cmpuint (get_n (self), ==, 0);
  add_many (self, 0, 20);
  test_answers_wait (&self->answers);
  assert_sorted (self, 20, TRUE);
}

/* Others are wanted in the midst of it, when rows are there twice. */
static void
test_broken_off (Fixture *self, gconstpointer data)
{
  FocAnswerQuery query = { .order = FOC_ANSWERS_BY_NAME };

  add_many (self, 0, 60);
  test_answers_wait (&self->answers);
  set_query (self, query);
  self->is_slow = TRUE;
  for (guint i = 0; i < 20; i++)
    {
      query.is_descending = !query.is_descending;
      query.search = i % 3 == 1 ? (char *) "9" : NULL;
      foc_shown_answers_set_query (self->shown, &query);
      for (guint j = 0; j < i % 4; j++)
        g_main_context_iteration (NULL, FALSE);
    }
  g_assert_true (foc_shown_answers_is_pending (self->shown));
  foc_answer_list_clear (self->answers.list);
  settle (self);
  g_assert_cmpuint (get_n (self), ==, 0);
}

/* Rows that a view holds go a few at a time; what comes meanwhile, or is wanted, waits. */
static void
test_clear (Fixture *self, gconstpointer data)
{
  FocAnswerQuery query = { .order = FOC_ANSWERS_BY_NAME };

  add_many (self, 0, N_MANY);
  test_answers_wait (&self->answers);
  settle (self);
  self->most_at_once = 0;
  foc_answer_list_clear (self->answers.list);
  g_assert_true (foc_shown_answers_is_pending (self->shown));
  g_assert_cmpuint (get_n (self), <=, 200);
  g_assert_cmpuint (get_n (self), >, 0);
  {
    g_autoptr (FocAnswerItem) item = get (self, 0);
    guint position;

    g_assert_true (item == self->mirror->pdata[0]);
    g_assert_false (foc_shown_answers_find (self->shown, item, &position));
  }

  foc_shown_answers_set_query (self->shown, &query);
  add_many (self, 0, 10);
  foc_answer_list_clear (self->answers.list); /* again */
  add_many (self, 0, 20);
  test_answers_wait (&self->answers);
  TEST_WAIT (get_n (self) == 20);
  assert_sorted (self, 20, FALSE);
  g_assert_cmpuint (self->most_at_once, <=, 2 * 8);

  foc_answer_list_clear (self->answers.list);
  settle (self);
  g_assert_cmpuint (get_n (self), ==, 0);
}

/* Cleared, restored and cleared before all rows have gone. */
static void
test_clear_twice (Fixture *self, gconstpointer data)
{
  g_autoptr (FocClearedAnswers) cleared = NULL;

  add_many (self, 0, N_MANY);
  test_answers_wait (&self->answers);
  settle (self);
  cleared = foc_answer_list_take_all (self->answers.list);
  foc_answer_list_restore (self->answers.list, cleared);
  foc_answer_list_clear (self->answers.list);
  g_assert_cmpuint (get_n (self), >, 0);
  settle (self);
  g_assert_cmpuint (get_n (self), ==, 0);
}

/* Each comes back to its place, among those that have come since. */
static void
assert_restored (Fixture *self, guint n)
{
  g_autoptr (FocClearedAnswers) cleared = NULL;

  set_query (self,
             (FocAnswerQuery){ .order = FOC_ANSWERS_BY_NAME, .is_descending = TRUE });
  add_many (self, 0, n);
  test_answers_wait (&self->answers);
  TEST_WAIT (get_n (self) == n);
  cleared = foc_answer_list_take_all (self->answers.list);
  settle (self);
  g_assert_cmpuint (get_n (self), ==, 0);
  add_many (self, n - 2, 4);
  test_answers_wait (&self->answers);
  settle (self);
  g_assert_cmpuint (get_n (self), ==, 4);

  self->most_at_once = 0;
  foc_answer_list_restore (self->answers.list, cleared);
  TEST_WAIT (get_n (self) == n + 2);
  assert_sorted (self, n + 2, TRUE);
  if (n == N_MANY)
    g_assert_cmpuint (self->most_at_once, <=, 2 * 8);
  foc_answer_list_clear (self->answers.list);
}

static void
test_restore (Fixture *self, gconstpointer data)
{
  assert_restored (self, 20);
  assert_restored (self, N_MANY);
}

/* Another picture with the same row is not the one that was. */
static void
test_find (Fixture *self, gconstpointer data)
{
  g_autoptr (FocAnswerItem) item = NULL;
  guint position;

  add_many (self, 0, 5);
  test_answers_wait (&self->answers);
  item = get (self, 3);
  g_assert_true (foc_shown_answers_find (self->shown, item, &position));
  foc_answer_list_clear (self->answers.list);
  add_many (self, 0, 5);
  test_answers_wait (&self->answers);
  g_assert_false (foc_shown_answers_find (self->shown, item, &position));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/shown-answers/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("names", test_names);
  ADD ("confidence", test_confidence);
  ADD ("many", test_many);
  ADD ("broken-off", test_broken_off);
  ADD ("clear", test_clear);
  ADD ("clear-twice", test_clear_twice);
  ADD ("restore", test_restore);
  ADD ("find", test_find);
  return g_test_run ();
}

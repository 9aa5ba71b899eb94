/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-query.h"

#include "foc-error.h"
#include "test-catalog.h"

/* Records out of thin air, each called by the name of its file. */

typedef struct
{
  FocLoadedModel *model; /* of classes b and A    */
  FocLoadedModel *other; /* of classes zebra and A */
  GPtrArray *records;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->model = test_model_new ("b A", 1);
  self->other = test_model_new ("zebra A", 2);
  self->records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) foc_answer_record_unref);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_ptr_array_unref (self->records);
  g_object_unref (self->model);
  g_object_unref (self->other);
}

static void
add_by_hand (Fixture *self, FocAnswerRecord *record, const char *by_hand)
{
  g_ptr_array_add (self->records, foc_answer_record_set_by_hand (record, by_hand));
  foc_answer_record_unref (record);
}

/* `by_hand`: a class, or NULL. */
static void
add (Fixture *self,
     FocLoadedModel *model,
     const char *path,
     guint label,
     double probability,
     FocDoubt doubt,
     const char *by_hand)
{
  float probabilities[2] = { 0 };
  const FocClassification result = {
    .answer = { .label = label, .probability = probability, .doubt = doubt },
    .probabilities = probabilities
  };
  GRefString *name = g_ref_string_new (path);

  add_by_hand (self, foc_answer_record_new (name, model, &result), by_hand);
  g_ref_string_release (name);
}

static void
add_failed (Fixture *self, const char *path, const char *by_hand)
{
  g_autoptr (GError) error =
    g_error_new (FOC_ERROR, FOC_ERROR_IMAGE_EMPTY, "“%s” is empty.", path);
  const FocClassification result = { .error = error };
  GRefString *name = g_ref_string_new (path);

  add_by_hand (self, foc_answer_record_new (name, self->model, &result), by_hand);
  g_ref_string_release (name);
}

/* All there can be: "sure-b", ... */
static void
add_all (Fixture *self)
{
  add_failed (self, "/failed", NULL);
  add (self, self->model, "/hand-b", 1, 0.9, FOC_DOUBT_NONE, "b");
  add (self, self->model, "/sure-b", 0, 0.8, FOC_DOUBT_NONE, NULL);
  add (self, self->model, "/new-A", 1, 0.99, FOC_DOUBT_NOVELTY, NULL);
  add_failed (self, "/failed-A", "A");
  add (self, self->other, "/sure-zebra", 0, 0.95, FOC_DOUBT_NONE, NULL);
  add (self, self->other, "/hand-A", 0, 0.5, FOC_DOUBT_PROBABILITY, "A");
  add (self, self->model, "/unsure-b", 0, 0.6, FOC_DOUBT_PROBABILITY, NULL);
  add (self, self->other, "/sure-A", 1, 0.85, FOC_DOUBT_NONE, NULL);
}

static void
assert_found_from (Fixture *self, FocAnswerQuery query, guint first, const char *expected)
{
  g_autoptr (GArray) rows = foc_answer_query_find (&query, self->records, first);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const FocAnswerRecord *record =
        g_ptr_array_index (self->records, g_array_index (rows, guint32, i));

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", record->path + 1);
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static void
assert_found (Fixture *self, FocAnswerQuery query, const char *expected)
{
  assert_found_from (self, query, 0, expected);
}

static void
test_wanted (Fixture *self, gconstpointer data)
{
  add_all (self);
  assert_found (self, (FocAnswerQuery){ .wanted = FOC_ANSWERS_ALL },
                "failed hand-b sure-b new-A failed-A sure-zebra hand-A unsure-b sure-A");
  assert_found (self, (FocAnswerQuery){ .wanted = FOC_ANSWERS_NOT_SURE },
                "new-A unsure-b");
  assert_found (self, (FocAnswerQuery){ .wanted = FOC_ANSWERS_FAILED },
                "failed failed-A");
  assert_found (self, (FocAnswerQuery){ .wanted = FOC_ANSWERS_BY_HAND },
                "hand-b failed-A hand-A");

  /* By the name of the class, whichever the model; what is not sure is of none. */
  assert_found (self,
                (FocAnswerQuery){ .wanted = FOC_ANSWERS_OF_CLASS, .class_name = "A" },
                "hand-A sure-A");
  assert_found (self,
                (FocAnswerQuery){ .wanted = FOC_ANSWERS_OF_CLASS, .class_name = "b" },
                "hand-b sure-b");
  assert_found (
    self, (FocAnswerQuery){ .wanted = FOC_ANSWERS_OF_CLASS, .class_name = "cat" }, "");
}

/* In the name of the file, not of its folder; with what else is wanted. */
static void
test_search (Fixture *self, gconstpointer data)
{
  FocAnswerQuery query = { .search = "UR" };

  add_all (self);
  assert_found (self, query, "sure-b sure-zebra unsure-b sure-A");
  assert_found_from (self, query, 6, "unsure-b sure-A");
  query.wanted = FOC_ANSWERS_NOT_SURE;
  assert_found (self, query, "unsure-b");
  query.search = "";
  assert_found (self, query, "new-A unsure-b");

  g_ptr_array_set_size (self->records, 0);
  add_failed (self, "/x.jpg/y.png", NULL);
  assert_found (self, (FocAnswerQuery){ .search = "x" }, "");
  assert_found (self, (FocAnswerQuery){ .search = "y.P" }, "x.jpg/y.png");
}

static void
test_by_name (Fixture *self, gconstpointer data)
{
  FocAnswerQuery query = { .order = FOC_ANSWERS_BY_NAME };

  add_failed (self, "/b10", NULL);
  add_failed (self, "/B9", NULL);
  add_failed (self, "/z/a", NULL);
  add (self, self->model, "/c", 0, 0.5, FOC_DOUBT_NONE, NULL);
  add_failed (self, "/a", NULL);
  assert_found (self, query, "z/a a B9 b10 c");
  query.is_descending = TRUE;
  assert_found (self, query, "c b10 B9 z/a a"); /* equals as they were answered */
  assert_found_from (self, query, 2, "c z/a a");
}

static void
test_as_answered (Fixture *self, gconstpointer data)
{
  add_all (self);
  assert_found (self, (FocAnswerQuery){ .is_descending = TRUE },
                "sure-A unsure-b hand-A sure-zebra failed-A new-A sure-b hand-b failed");
}

/* Those that have none are the last, whichever the direction. */
static void
test_by_answer (Fixture *self, gconstpointer data)
{
  FocAnswerQuery query = { .order = FOC_ANSWERS_BY_ANSWER };

  add_all (self);
  assert_found (self, query,
                "hand-A sure-A hand-b sure-b sure-zebra new-A unsure-b failed failed-A");
  query.is_descending = TRUE;
  assert_found (self, query,
                "unsure-b new-A sure-zebra hand-b sure-b hand-A sure-A failed failed-A");
}

static void
test_by_confidence (Fixture *self, gconstpointer data)
{
  FocAnswerQuery query = { .order = FOC_ANSWERS_BY_CONFIDENCE };

  add_all (self);
  assert_found (self, query,
                "unsure-b new-A sure-b sure-A sure-zebra failed hand-b failed-A hand-A");
  query.is_descending = TRUE;
  assert_found (self, query,
                "sure-zebra sure-A sure-b new-A unsure-b failed hand-b failed-A hand-A");
}

static void
test_copy (Fixture *self, gconstpointer data)
{
  const FocAnswerQuery query = { .wanted = FOC_ANSWERS_OF_CLASS,
                                 .class_name = "A",
                                 .search = "x",
                                 .order = FOC_ANSWERS_BY_NAME,
                                 .is_descending = TRUE };
  FocAnswerQuery others[] = { query, query, query, query, query };
  FocAnswerQuery *copy = foc_answer_query_copy (&query);

  g_assert_true (foc_answer_query_equal (&query, copy));
  g_assert_true (copy->class_name != query.class_name && copy->search != query.search);
  others[0].wanted = FOC_ANSWERS_ALL;
  others[1].class_name = NULL;
  others[2].search = "y";
  others[3].order = FOC_ANSWERS_AS_ANSWERED;
  others[4].is_descending = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (foc_answer_query_equal (&others[i], copy));
  foc_answer_query_free (copy);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/answer-query/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("wanted", test_wanted);
  ADD ("search", test_search);
  ADD ("by-name", test_by_name);
  ADD ("as-answered", test_as_answered);
  ADD ("by-answer", test_by_answer);
  ADD ("by-confidence", test_by_confidence);
  ADD ("copy", test_copy);
  return g_test_run ();
}

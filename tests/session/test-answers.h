/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-list.h"

/* What the tests of foc-answer-* share: a folder, a list, and models that are sure of
 * every answer. */

typedef struct
{
  char *root;
  FocLoadedModel *model; /* of classes b and a, the list's */
  FocLoadedModel *other; /* of a and dog                   */
  FocAnswerList *list;
  GString *log; /* of the list's signals, and of is-stale and job */
} AnswersFixture;

void test_answers_set_up (AnswersFixture *self, gconstpointer data);
void test_answers_tear_down (AnswersFixture *self, gconstpointer data);

/* A small picture, another one for each seed, with the name `name` below the root. */
void test_answers_draw (AnswersFixture *self, const char *name, guint seed);

/* Adds files and folders below the root, by their names, NULL behind the last. */
void test_answers_begin (AnswersFixture *self, ...) G_GNUC_NULL_TERMINATED;
/* Until nothing is asked any more. */
void test_answers_wait (AnswersFixture *self);

/* The item of the picture with this name below the root, which must be there;
 * g_object_unref(). */
FocAnswerItem *test_answers_find (AnswersFixture *self, const char *name);

/* The names of all, in natural order and separated by blanks; g_free(). */
char *test_answers_list (AnswersFixture *self);

/* What the summary says is what the rows say. */
void test_answers_check_summary (AnswersFixture *self);

/* No picture can be decoded, until it is let go of. Files that are missing are answered
 * all the same. */
void test_answers_hold (void);
void test_answers_let_go (void);

#define ADD_ANSWERS_TEST(name, function)                                                 \
  g_test_add (name, AnswersFixture, NULL, test_answers_set_up, function,                 \
              test_answers_tear_down)

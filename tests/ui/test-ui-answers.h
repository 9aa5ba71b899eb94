/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answers-pane.h"
#include "test-answers.h"

/* The list of answers in a window of its own. */

typedef struct
{
  AnswersFixture answers;
  FocAnswersPane *pane;
  GtkWidget *window;
  GListModel *shown;
  char *opened; /* the name of the picture that was opened last */
} UiAnswers;

void test_ui_answers_set_up (UiAnswers *self, gconstpointer data);
void test_ui_answers_tear_down (UiAnswers *self, gconstpointer data);

/* Asks about d/1.jpg ... d/12.jpg, which are drawn, and gone.jpg, which is missing. */
void test_ui_answers_ask (UiAnswers *self);

guint test_ui_answers_get_n (UiAnswers *self);
/* Row `position` of what is shown; not referenced. */
FocAnswerItem *test_ui_answers_get_row (UiAnswers *self, guint position);
/* The names of all that are shown, in their order, separated by blanks; g_free(). */
char *test_ui_answers_list_shown (UiAnswers *self);
void test_ui_answers_assert_shown (UiAnswers *self, const char *expected);
/* Whether it says that no picture is found. */
gboolean test_ui_answers_says_none (UiAnswers *self);

/* The choices of the filter. */
enum
{
  UI_FILTER_ALL,
  UI_FILTER_NOT_SURE,
  UI_FILTER_NOT_READ,
  UI_FILTER_BY_HAND,
  UI_FILTER_B,
  UI_FILTER_A,
};

/* Returns when all is filtered and sorted, as the following do. */
void test_ui_answers_rest (UiAnswers *self);
void test_ui_answers_choose (UiAnswers *self, guint filter);
void test_ui_answers_search (UiAnswers *self, const char *text);
void test_ui_answers_sort (UiAnswers *self, const char *column, GtkSortType direction);

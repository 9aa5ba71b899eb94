/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-pane.h"

#include "foc-answer-bars.h"
#include "test-explained.h"
#include "test-ui.h"

#include <math.h>
#include <string.h>

#define PAINTED "Painted: not the picture’s answer any more"

#define NOVEL                                                                            \
  "The picture is unlike anything in training, so the percentage means nothing, "        \
  "however high it is."

typedef struct
{
  TestExplained answer;
  FocAnswerPane *pane;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  test_explained_init (&self->answer, 130);
  self->pane = FOC_ANSWER_PANE (foc_answer_pane_new ());
  self->window = test_ui_show (GTK_WIDGET (self->pane), 300, 300);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->pane);
  test_ui_destroy (self->window);
  test_ui_finalize (self->pane);
  test_explained_clear (&self->answer);
}

static void
set (Fixture *self, guint label, double probability, FocDoubt doubt, gboolean is_painted)
{
  FocAnswer *answer = &self->answer.explained.answer;

  answer->label = label;
  answer->probability = probability;
  answer->doubt = doubt;
  foc_answer_pane_set (self->pane, self->answer.model, &self->answer.explained,
                       is_painted);
}

static gboolean
shows_bars (Fixture *self)
{
  return gtk_widget_get_mapped (test_ui_find (self->pane, FOC_TYPE_ANSWER_BARS));
}

static void
test_words (Fixture *self, gconstpointer data)
{
  set (self, 1, 0.968, FOC_DOUBT_NONE, FALSE);
  g_assert_true (test_ui_says (self->pane, "faces, 97 %"));
  g_assert_false (test_ui_says (self->pane, PAINTED));
  g_assert_true (shows_bars (self));

  /* Never without the reason. */
  set (self, 0, 0.61, FOC_DOUBT_PROBABILITY, FALSE);
  g_assert_true (test_ui_says (self->pane, "Not sure: comics, 61 %"));
  g_assert_true (test_ui_says (self->pane, "The probability is below 80 %."));
  set (self, 0, 0.99, FOC_DOUBT_NOVELTY, TRUE);
  g_assert_true (test_ui_says (self->pane, "Not sure: comics, 99 %"));
  g_assert_true (test_ui_says (self->pane, NOVEL));
  g_assert_true (test_ui_says (self->pane, PAINTED));

  set (self, 1, 0.97, FOC_DOUBT_NONE, FALSE);
  g_assert_false (test_ui_says (self->pane, NOVEL));
  g_assert_false (test_ui_says (self->pane, PAINTED));
}

static void
test_message (Fixture *self, gconstpointer data)
{
  set (self, 0, 0.61, FOC_DOUBT_PROBABILITY, TRUE);
  foc_answer_pane_set_message (self->pane, "Nobody knows.");
  test_ui_settle (self->pane);
  g_assert_true (test_ui_says (self->pane, "Nobody knows."));
  g_assert_false (test_ui_says (self->pane, "The probability is below 80 %."));
  g_assert_false (test_ui_says (self->pane, PAINTED));
  g_assert_false (shows_bars (self));
}

/* The label that can be seen and begins so, or NULL. */
static const char *
find_text (Fixture *self, const char *prefix)
{
  g_autoptr (GPtrArray) labels = test_ui_list (self->pane, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_get_mapped (labels->pdata[i])
        && g_str_has_prefix (gtk_label_get_text (labels->pdata[i]), prefix))
      return gtk_label_get_text (labels->pdata[i]);
  return NULL;
}

/* The two results are the same to the last digit that is shown, and what they are said to
 * come from gives them. */
static void
test_sums (Fixture *self, gconstpointer data)
{
  const FocShares *shares = self->answer.explained.shares;
  double positive, negative, sum, answer, runner_up, difference;
  g_autoptr (GString) text = NULL;

  set (self, 0, 0.9, FOC_DOUBT_NONE, FALSE);
  text = g_string_new (find_text (self, "Shares: "));
  g_assert_null (strchr (text->str, '-')); /* one sign for all of them */
  g_string_replace (text, "−", "-", 0);
  g_assert_cmpint (sscanf (text->str, "Shares: %lf %lf = %lf\nLogits: %lf - (%lf) = %lf",
                           &positive, &negative, &sum, &answer, &runner_up, &difference),
                   ==, 6);
  g_assert_cmpfloat (sum, ==, difference);
  g_assert_cmpfloat (fabs (positive + negative - sum), <, 0.0002);
  g_assert_cmpfloat (fabs (answer - runner_up - difference), <, 0.0002);
  g_assert_cmpfloat (fabs (sum - shares->difference), <, 0.0001);
  g_assert_cmpfloat (fabs (answer - shares->answer_logit), <, 0.0001);
  g_assert_cmpfloat (positive, >, 0);
  g_assert_cmpfloat (negative, <, 0);
}

/* A model of one class explains nothing. */
static void
test_one_class (Fixture *self, gconstpointer data)
{
  FocExplained explained = self->answer.explained;

  explained.shares = NULL;
  explained.n_classes = 1;
  foc_answer_pane_set (self->pane, self->answer.model, &explained, FALSE);
  g_assert_null (find_text (self, "Shares: "));
  g_assert_true (shows_bars (self));
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/answer-pane/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("words", test_words);
  ADD ("message", test_message);
  ADD ("sums", test_sums);
  ADD ("one-class", test_one_class);

  return g_test_run ();
}

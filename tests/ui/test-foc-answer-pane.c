/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-pane.h"

#include "foc-answer-bars.h"
#include "test-explained.h"
#include "test-ui.h"

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
set (Fixture *self, guint label, double probability, FocDoubt doubt)
{
  FocAnswer *answer = &self->answer.explained.answer;

  answer->label = label;
  answer->probability = probability;
  answer->doubt = doubt;
  foc_answer_pane_set (self->pane, self->answer.model, &self->answer.explained);
}

static gboolean
shows_bars (Fixture *self)
{
  return gtk_widget_get_mapped (test_ui_find (self->pane, FOC_TYPE_ANSWER_BARS));
}

static void
test_words (Fixture *self, gconstpointer data)
{
  set (self, 1, 0.968, FOC_DOUBT_NONE);
  g_assert_true (test_ui_says (self->pane, "faces, 97 %"));
  g_assert_true (shows_bars (self));

  /* Never without the reason. */
  set (self, 0, 0.61, FOC_DOUBT_PROBABILITY);
  g_assert_true (test_ui_says (self->pane, "Not sure: comics, 61 %"));
  g_assert_true (test_ui_says (self->pane, "The probability is below 80 %."));
  set (self, 0, 0.99, FOC_DOUBT_NOVELTY);
  g_assert_true (test_ui_says (self->pane, "Not sure: comics, 99 %"));
  g_assert_true (test_ui_says (self->pane, NOVEL));

  set (self, 1, 0.97, FOC_DOUBT_NONE);
  g_assert_false (test_ui_says (self->pane, NOVEL));
}

static void
test_message (Fixture *self, gconstpointer data)
{
  set (self, 0, 0.61, FOC_DOUBT_PROBABILITY);
  foc_answer_pane_set_message (self->pane, "Nobody knows.");
  test_ui_settle (self->pane);
  g_assert_true (test_ui_says (self->pane, "Nobody knows."));
  g_assert_false (test_ui_says (self->pane, "The probability is below 80 %."));
  g_assert_false (shows_bars (self));
}

static void
assert_as_high (Fixture *self, int height, int width)
{
  int minimum, natural;

  gtk_widget_measure (GTK_WIDGET (self->pane), GTK_ORIENTATION_VERTICAL, width, &minimum,
                      &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, height);
  g_assert_cmpint (natural, ==, height);
}

/* What is below it is pointed at: no answer moves that. */
static void
test_size (Fixture *self, gconstpointer data)
{
  static const int widths[] = { 200, 250, 300, 400, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      int height, natural;

      set (self, 1, 0.968, FOC_DOUBT_NONE);
      gtk_widget_measure (GTK_WIDGET (self->pane), GTK_ORIENTATION_VERTICAL, widths[i],
                          &height, &natural, NULL, NULL);
      self->answer.explained.answer.certainty = 0.9;
      set (self, 0, 1, FOC_DOUBT_NOVELTY);
      assert_as_high (self, height, widths[i]);
      set (self, 0, 0.61, FOC_DOUBT_PROBABILITY);
      assert_as_high (self, height, widths[i]);
      set (self, 1, 0.91, FOC_DOUBT_CERTAINTY);
      assert_as_high (self, height, widths[i]);
    }
}

static void
test_one_class (Fixture *self, gconstpointer data)
{
  FocExplained explained = self->answer.explained;

  explained.shares = NULL;
  explained.n_classes = 1;
  foc_answer_pane_set (self->pane, self->answer.model, &explained);
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
  ADD ("size", test_size);
  ADD ("one-class", test_one_class);

  return g_test_run ();
}

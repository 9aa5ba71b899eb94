/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-bars.h"

#include "foc-palette.h"
#include "test-ui.h"

#include <math.h>
#include <string.h>

typedef struct
{
  FocAnswerBars *bars;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->bars = FOC_ANSWER_BARS (foc_answer_bars_new ());
  self->window = test_ui_show (GTK_WIDGET (self->bars), 300, 300);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->window);
}

/* All labels that are shown, "comics 75.0 %|faces 25.0 %". */
static void
assert_says (Fixture *self, const char *expected)
{
  g_autoptr (GPtrArray) labels = test_ui_list (self->bars, GTK_TYPE_LABEL);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  test_ui_settle (self->window);
  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_get_mapped (labels->pdata[i]))
      g_string_append_printf (text, "%s%s",
                              n++ == 0     ? ""
                              : n % 2 == 1 ? "|"
                                           : " ",
                              gtk_label_get_text (labels->pdata[i]));
  g_assert_cmpstr (text->str, ==, expected);
}

static gboolean
is_colour (guint32 pixel, FocPlotColour colour)
{
  return fabs (255 * colour.red - (pixel >> 16 & 0xff)) < 2
         && fabs (255 * colour.green - (pixel >> 8 & 0xff)) < 2
         && fabs (255 * colour.blue - (pixel & 0xff)) < 2;
}

/* How much of the `nth` bar is in the colour of class `label`, to a hundredth. */
static void
assert_bar (Fixture *self, guint nth, guint label, double share)
{
  g_autoptr (GPtrArray) bars =
    test_ui_list (self->bars, g_type_from_name ("FocAnswerBar"));
  cairo_surface_t *surface = test_ui_draw (bars->pdata[nth]);
  int width = gtk_widget_get_width (bars->pdata[nth]);
  int n = 0;

  g_assert_cmpint (width, >, 200);
  for (int x = 0; x < width; x++)
    n +=
      is_colour (test_ui_get_pixel (surface, x, 4), foc_palette_get_class_colour (label));
  g_assert_cmpfloat (fabs ((double) n / width - share), <, 0.01);
  cairo_surface_destroy (surface);
}

static void
test_two (Fixture *self, gconstpointer data)
{
  const char *const names[] = { "comics", "faces" };
  const float probabilities[] = { 0.25f, 0.75f };

  foc_answer_bars_set (self->bars, names, probabilities, NULL, 2);
  assert_says (self, "faces 75.0 %|comics 25.0 %");
  assert_bar (self, 0, 1, 0.75);
  assert_bar (self, 1, 0, 0.25);
}

/* The classes of the model stand in another order than those of the data set. */
static void
test_labels (Fixture *self, gconstpointer data)
{
  const char *const names[] = { "faces", "comics" };
  const float probabilities[] = { 0.75f, 0.25f };
  const guint16 labels[] = { 1, 0 };

  foc_answer_bars_set (self->bars, names, probabilities, labels, 2);
  assert_says (self, "faces 75.0 %|comics 25.0 %");
  assert_bar (self, 0, 1, 0.75);
  assert_bar (self, 1, 0, 0.25);
}

static void
test_many (Fixture *self, gconstpointer data)
{
  const char *const names[] = { "a", "b", "c", "d", "e", "f", "g" };
  const float probabilities[] = { 0.01f, 0.02f, 0.03f, 0.04f, 0.1f, 0.3f, 0.5f };

  foc_answer_bars_set (self->bars, names, probabilities, NULL, 7);
  assert_says (self, "g 50.0 %|f 30.0 %|e 10.0 %|d 4.0 %|c 3.0 %|2 more classes 3.0 %");
  foc_answer_bars_set (self->bars, names + 1, probabilities + 1, NULL, 6);
  assert_says (self, "g 50.0 %|f 30.0 %|e 10.0 %|d 4.0 %|c 3.0 %|1 more class 2.0 %");
  foc_answer_bars_set (self->bars, names + 2, probabilities + 2, NULL, 5);
  assert_says (self, "g 50.0 %|f 30.0 %|e 10.0 %|d 4.0 %|c 3.0 %");
  foc_answer_bars_set (self->bars, names, probabilities, NULL, 1);
  assert_says (self, "a 1.0 %");
  foc_answer_bars_set (self->bars, NULL, NULL, NULL, 0);
  assert_says (self, "");
}

/* A model from elsewhere may have any names. */
static void
test_foreign_names (Fixture *self, gconstpointer data)
{
  const char *const names[] = { "a\nb" };
  const float probability = 1;

  foc_answer_bars_set (self->bars, names, &probability, NULL, 1);
  assert_says (self, "a\\u000ab 100.0 %");
}

static void
test_right_to_left (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) labels = test_ui_list (self->bars, GTK_TYPE_LABEL);
  guint n_signs = 0;
  const char *const names[] = { "comics" };
  const float probability = 0.5f;
  GtkWidget *bar = test_ui_find (self->bars, g_type_from_name ("FocAnswerBar"));
  FocPlotColour colour = foc_palette_get_class_colour (0);

  foc_answer_bars_set (self->bars, names, &probability, NULL, 1);
  test_ui_settle (self->window);
  for (int is_rtl = 0; is_rtl <= 1; is_rtl++)
    {
      int width = gtk_widget_get_width (bar);
      cairo_surface_t *surface;

      gtk_widget_set_direction (bar, is_rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
      surface = test_ui_draw (bar);
      g_assert_cmpint (is_colour (test_ui_get_pixel (surface, width / 4, 4), colour), ==,
                       !is_rtl);
      g_assert_cmpint (is_colour (test_ui_get_pixel (surface, width * 3 / 4, 4), colour),
                       ==, is_rtl);
      cairo_surface_destroy (surface);
    }

  /* The sign is still on the right of its number. */
  for (guint i = 0; i < labels->len; i++)
    gtk_widget_set_direction (labels->pdata[i], GTK_TEXT_DIR_RTL);
  foc_answer_bars_set (self->bars, names, &probability, NULL, 1);
  test_ui_settle (self->window);
  for (guint i = 0; i < labels->len; i++)
    {
      const char *text = gtk_label_get_text (labels->pdata[i]);
      const char *sign = strchr (text, '%');
      PangoRectangle of_number, of_sign;

      if (sign == NULL)
        continue;
      pango_layout_index_to_pos (gtk_label_get_layout (labels->pdata[i]),
                                 (int) (strchr (text, '.') - text), &of_number);
      pango_layout_index_to_pos (gtk_label_get_layout (labels->pdata[i]),
                                 (int) (sign - text), &of_sign);
      g_assert_cmpint (of_number.x, <, of_sign.x);
      n_signs++;
    }
  g_assert_cmpuint (n_signs, >=, 2);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/answer-bars/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("two", test_two);
  ADD ("labels", test_labels);
  ADD ("many", test_many);
  ADD ("foreign-names", test_foreign_names);
  ADD ("right-to-left", test_right_to_left);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-model-bar.h"

#include "test-catalog.h"
#include "test-ui.h"

typedef struct
{
  FocModelBar *bar;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->bar = g_object_new (FOC_TYPE_MODEL_BAR, NULL);
  self->window = test_ui_show (GTK_WIDGET (self->bar), 700, 80);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->window);
}

static GtkWidget *
get_button (Fixture *self)
{
  return test_ui_find (self->bar, GTK_TYPE_BUTTON);
}

static void
assert_says (Fixture *self, const char *name, const char *details)
{
  g_autofree char *tooltip = g_strdup_printf ("%s\n%s", name, details);
  g_autofree char *spoken = g_strdup_printf ("Model in use: %s, %s", name, details);

  test_ui_settle (self->bar);
  g_assert_true (test_ui_says (self->bar, name));
  g_assert_true (test_ui_says (self->bar, details));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (get_button (self)), ==, tooltip);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_button (self)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);
}

static void
test_words (Fixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) shipped = foc_loaded_model_read (NULL, NULL);
  g_autoptr (FocLoadedModel) some = test_model_new ("cat <dog>", 1);
  g_autoptr (FocLoadedModel) many = test_model_new ("a b c d e f", 1);
  g_autofree char *details =
    g_strdup_printf ("comics, faces · validation accuracy 89.7 %% "
                     "· data set “faces-and-comics” of %'u pictures",
                     3349u);

  assert_says (self, "No model", "Load one to classify pictures.");
  foc_model_bar_set_model (self->bar, shipped);
  assert_says (self, "Model that comes with the program", details);
  foc_model_bar_set_model (self->bar, some);
  assert_says (self, "model.safetensors", "cat, <dog>");
  foc_model_bar_set_model (self->bar, many);
  assert_says (self, "model.safetensors", "6 classes");
  foc_model_bar_set_model (self->bar, NULL);
  assert_says (self, "No model", "Load one to classify pictures.");
}

/* Long names are cut. */
static void
test_narrow (Fixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) model = foc_loaded_model_read (NULL, NULL);
  int minimum;

  foc_model_bar_set_model (self->bar, model);
  gtk_widget_measure (GTK_WIDGET (self->bar), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      NULL, NULL, NULL);
  g_assert_cmpint (minimum, <, 200);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/model-bar/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("words", test_words);
  ADD ("narrow", test_narrow);

  return g_test_run ();
}

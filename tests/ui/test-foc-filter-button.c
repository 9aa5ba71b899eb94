/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-filter-button.h"

#include "foc-class-dot.h"
#include "test-ui.h"

typedef struct
{
  FocFilterButton *button;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->button = FOC_FILTER_BUTTON (foc_filter_button_new ("faces"));
  self->window = test_ui_show (GTK_WIDGET (self->button), 200, 60);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->button);
  test_ui_destroy (self->window);
  test_ui_finalize (self->button);
}

#define assert_name(name)                                                                \
  gtk_test_accessible_assert_property (self->button, GTK_ACCESSIBLE_PROPERTY_LABEL, name)

static void
test_title (Fixture *self, gconstpointer data)
{
  g_autofree char *title = NULL;

  assert_name ("faces");
  g_assert_true (test_ui_says (self->button, "faces"));
  g_object_set (self->button, "title", "comics", NULL);
  assert_name ("comics");
  g_object_get (self->button, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "comics");
  g_assert_true (test_ui_says (self->button, "comics"));
}

static void
test_count (Fixture *self, gconstpointer data)
{
  foc_filter_button_set_count (self->button, 1);
  assert_name ("faces, 1 picture");
  g_assert_true (test_ui_says (self->button, "1"));
  foc_filter_button_set_count (self->button, 2325);
  assert_name ("faces, 2325 pictures"); /* the C locale does not group digits */
  g_assert_true (test_ui_says (self->button, "2325"));
  foc_filter_button_set_count (self->button, G_MAXUINT32);
  g_assert_true (test_ui_says (self->button, "4294967295"));
}

static void
test_symbol (Fixture *self, gconstpointer data)
{
  GtkWidget *icon = test_ui_find (self->button, GTK_TYPE_IMAGE);
  g_autofree char *symbol = NULL;

  g_assert_false (gtk_widget_get_mapped (icon));
  g_object_set (self->button, "symbol", "edit-copy-symbolic", NULL);
  g_assert_true (gtk_widget_get_mapped (icon));
  g_object_get (self->button, "symbol", &symbol, NULL);
  g_assert_cmpstr (symbol, ==, "edit-copy-symbolic");
  g_object_set (self->button, "symbol", NULL, NULL);
  g_assert_false (gtk_widget_get_mapped (icon));
}

/* Before the title, whichever way one reads. */
static void
test_prefix (Fixture *self, gconstpointer data)
{
  GtkWidget *dot = foc_class_dot_new (1);
  GtkWidget *title = test_ui_find (self->button, GTK_TYPE_LABEL);

  foc_filter_button_set_prefix (self->button, dot);
  for (int is_rtl = 0; is_rtl <= 1; is_rtl++)
    {
      graphene_rect_t left, right;

      gtk_widget_set_direction (gtk_widget_get_parent (dot),
                                is_rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
      test_ui_settle (self->window);
      g_assert_true (
        gtk_widget_compute_bounds (is_rtl ? title : dot, self->window, &left));
      g_assert_true (
        gtk_widget_compute_bounds (is_rtl ? dot : title, self->window, &right));
      g_assert_cmpfloat (left.origin.x + left.size.width, <=, right.origin.x);
    }
}

/* Long names are cut, and do not widen the pane. */
static void
test_long (Fixture *self, gconstpointer data)
{
  g_autofree char *name = g_strnfill (1000, 'x');
  int minimum;

  g_object_set (self->button, "title", name, NULL);
  gtk_widget_measure (GTK_WIDGET (self->button), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      NULL, NULL, NULL);
  g_assert_cmpint (minimum, <, 100);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/filter-button/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("title", test_title);
  ADD ("count", test_count);
  ADD ("symbol", test_symbol);
  ADD ("prefix", test_prefix);
  ADD ("long", test_long);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-page-title.h"

#include "test-ui.h"

typedef struct
{
  AdwViewStack *stack;
  GtkWidget *title;
  GtkWidget *clamp;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = ADW_VIEW_STACK (adw_view_stack_new ());
  adw_view_stack_add_titled (self->stack, gtk_label_new ("1"), "one", "First");
  adw_view_stack_add_titled (self->stack, gtk_label_new ("2"), "two", "Second");
  self->title = g_object_new (FOC_TYPE_PAGE_TITLE, "stack", self->stack, "title",
                              "people – Face or Comic", NULL);
  self->clamp = adw_clamp_new ();
  adw_clamp_set_child (ADW_CLAMP (self->clamp), self->title);
  gtk_box_append (GTK_BOX (box), self->clamp);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  self->window = test_ui_show (box, 700, 200);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->title);
  test_ui_destroy (self->window);
  test_ui_finalize (self->title);
}

static void
set_width (Fixture *self, int width)
{
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->clamp), width);
  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp), width);
  test_ui_settle (self->window);
  g_assert_cmpint (gtk_widget_get_width (self->title), ==, width);
}

/* Either the switcher can be seen, or the title. */
static void
assert_narrow (Fixture *self, gboolean expected)
{
  GtkWidget *switcher = test_ui_find (self->title, ADW_TYPE_VIEW_SWITCHER);

  g_assert_cmpint (foc_page_title_get_narrow (FOC_PAGE_TITLE (self->title)), ==,
                   expected);
  g_assert_cmpint (test_ui_says (self->title, "people – Face or Comic"), ==, expected);
  g_assert_cmpint (gtk_widget_get_mapped (switcher), ==, !expected);
  g_assert_cmpint (test_ui_says (self->title, "First"), ==, !expected);
}

static void
count (GObject *object, GParamSpec *pspec, gpointer n)
{
  (*(guint *) n)++;
}

static void
test_width (Fixture *self, gconstpointer data)
{
  int natural, minimum;
  guint n = 0;

  g_signal_connect (self->title, "notify::narrow", G_CALLBACK (count), &n);
  gtk_widget_measure (self->title, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural,
                      NULL, NULL);
  g_assert_cmpint (minimum, <, natural);

  set_width (self, natural);
  assert_narrow (self, FALSE);
  g_assert_cmpuint (n, ==, 0);
  set_width (self, natural - 1);
  assert_narrow (self, TRUE);
  g_assert_cmpuint (n, ==, 1);
  set_width (self, minimum);
  assert_narrow (self, TRUE);
  set_width (self, natural);
  assert_narrow (self, FALSE);
  g_assert_cmpuint (n, ==, 2);
}

static void
test_switch (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) buttons =
    test_ui_list (self->title, g_type_from_name ("AdwViewSwitcherButton"));

  g_assert_cmpuint (buttons->len, ==, 2);
  gtk_toggle_button_set_active (buttons->pdata[1], TRUE);
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (self->stack), ==, "two");
  adw_view_stack_set_visible_child_name (self->stack, "one");
  g_assert_true (gtk_toggle_button_get_active (buttons->pdata[0]));
}

static void
test_properties (Fixture *self, gconstpointer data)
{
  g_autofree char *title = NULL;
  g_autoptr (AdwViewStack) stack = NULL;
  gboolean narrow;

  g_object_get (self->title, "title", &title, "stack", &stack, "narrow", &narrow, NULL);
  g_assert_cmpstr (title, ==, "people – Face or Comic");
  g_assert_true (stack == self->stack);
  g_assert_false (narrow);
  g_object_set (self->title, "title", NULL, NULL);
  g_free (title);
  g_object_get (self->title, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "");
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/page-title/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("width", test_width);
  ADD ("switch", test_switch);
  ADD ("properties", test_properties);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answers-pane-private.h"
#include "test-catalog.h"
#include "test-ui-answers.h"
#include "test-ui.h"

/* The class of a picture, set by a menu. */

static FocAnswerItem *
choose (UiAnswers *self, guint position)
{
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (self->shown), position);
  return test_ui_answers_get_row (self, position);
}

static void
set_class (UiAnswers *self, int label)
{
  gtk_widget_activate_action (GTK_WIDGET (self->pane), "answers.set-class", "i", label);
}

/* What the menu has marked. */
static int
get_marked (UiAnswers *self)
{
  int label;

  g_object_get (self->pane, "hand-label", &label, NULL);
  return label;
}

static gboolean
has_menu (gpointer fixture)
{
  return gtk_widget_get_mapped (((UiAnswers *) fixture)->pane->popover);
}

static gboolean
has_no_menu (gpointer fixture)
{
  return !has_menu (fixture);
}

static void
close_menu (UiAnswers *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->pane->popover));
  test_ui_wait (has_no_menu, self);
}

/* "b [1], a [2]": what is offered, and the keys. */
static char *
describe_menu (UiAnswers *self, int section)
{
  g_autoptr (GMenuModel) items = g_menu_model_get_item_link (
    G_MENU_MODEL (self->pane->class_menu), section, G_MENU_LINK_SECTION);
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (items); i++)
    {
      g_autofree char *label = NULL;
      g_autofree char *key = NULL;

      g_menu_model_get_item_attribute (items, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
      g_menu_model_get_item_attribute (items, i, "accel", "s", &key);
      g_string_append_printf (text, "%s%s [%s]", i > 0 ? ", " : "", label,
                              key != NULL ? key : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_offers (UiAnswers *self, const char *expected)
{
  g_autofree char *classes = describe_menu (self, 0);
  g_autofree char *none = describe_menu (self, 1);

  g_assert_cmpstr (classes, ==, expected);
  g_assert_cmpstr (none, ==, "_As Answered [0]");
}

static void
on_marked (UiAnswers *self, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_set (UiAnswers *self, gconstpointer data)
{
  FocAnswerItem *item;
  guint n_told = 0;

  assert_offers (self, "");
  test_ui_answers_ask (self);
  set_class (self, 1); /* of nothing */
  test_ui_answers_sort (self, "Name", GTK_SORT_ASCENDING);
  item = choose (self, 2);
  assert_offers (self, "b [1], a [2]");
  g_assert_cmpint (get_marked (self), ==, -1);
  set_class (self, 1);
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, 1);
  g_assert_cmpint (get_marked (self), ==, 1);
  choose (self, 3);
  g_assert_cmpint (get_marked (self), ==, -1);
  choose (self, 2);
  g_assert_cmpint (get_marked (self), ==, 1);
  set_class (self, -1);
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, -1);

  /* However it is set, the menu knows it. */
  g_signal_connect (self->pane, "notify::hand-label", G_CALLBACK (on_marked), &n_told);
  foc_answer_item_set_hand_label (item, 0);
  g_assert_cmpuint (n_told, >, 0);
  g_assert_cmpint (get_marked (self), ==, 0);
}

/* It is that of a row; then the keys are there again. */
static void
test_menu_key (UiAnswers *self, gconstpointer data)
{
  GtkWidget *focus;

  test_ui_answers_ask (self);
  test_ui_answers_sort (self, "Name", GTK_SORT_ASCENDING);
  choose (self, 4);
  foc_answers_pane_focus (self->pane);
  g_assert_true (test_ui_type (self->window, GDK_KEY_Menu, 0));
  test_ui_wait (has_menu, self);
  g_assert_true (test_ui_says (self->pane->popover, "Set Class"));
  g_assert_true (test_ui_says (self->pane->popover, "As Answered"));
  close_menu (self);
  focus = gtk_root_get_focus (GTK_ROOT (self->window));
  g_assert_true (focus == foc_answers_pane_find_selected_row (self->pane));
  g_assert_true (test_ui_says (focus, "5.jpg"));

  /* The keys that it tells of. */
  g_assert_true (test_ui_type (self->window, GDK_KEY_F10, GDK_SHIFT_MASK));
  test_ui_wait (has_menu, self);
  g_assert_true (test_ui_press (self->pane->popover, GDK_KEY_2, 0));
  test_ui_wait (has_no_menu, self);
  g_assert_cmpint (get_marked (self), ==, 1);

  /* What could not be read has no class. */
  choose (self, 12);
  foc_answers_pane_focus (self->pane);
  g_assert_false (test_ui_type (self->window, GDK_KEY_Menu, 0));
  g_assert_false (has_menu (self));
}

static void
click (UiAnswers *self, double x, double y)
{
  g_autoptr (GListModel) controllers =
    gtk_widget_observe_controllers (GTK_WIDGET (self->pane->view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (one)
          && gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (one))
               == GDK_BUTTON_SECONDARY)
        g_signal_emit_by_name (one, "pressed", 1, x, y);
    }
}

/* The row that is clicked at becomes the selected one. */
static void
test_click (UiAnswers *self, gconstpointer data)
{
  graphene_rect_t bounds;

  test_ui_answers_ask (self);
  test_ui_answers_sort (self, "Name", GTK_SORT_ASCENDING);
  choose (self, 3);
  g_assert_true (
    gtk_widget_compute_bounds (foc_answers_pane_find_selected_row (self->pane),
                               GTK_WIDGET (self->pane->view), &bounds));
  choose (self, 0);
  click (self, 200, 5); /* the titles */
  g_assert_false (has_menu (self));
  click (self, 200, (double) (bounds.origin.y + bounds.size.height / 2));
  test_ui_wait (has_menu, self);
  g_assert_cmpuint (
    gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (self->shown)), ==, 3);
  close_menu (self);
}

/* More than there are keys for, and names from elsewhere. */
static void
test_many_classes (UiAnswers *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) model = test_model_new ("a_1 b c d e f g h i j k l", 1);
  g_autofree char *keys = NULL;
  FocAnswerItem *item;

  foc_answer_list_set_model (self->answers.list, model);
  test_ui_answers_ask (self);
  test_ui_answers_sort (self, "Name", GTK_SORT_ASCENDING);
  item = choose (self, 0);
  assert_offers (self,
                 "a__1 [1], b [2], c [3], d [4], e [5], f [6], g [7], h [8], i [9], "
                 "j [], k [], l []");
  set_class (self, 11);
  g_assert_cmpint (foc_answer_item_get_hand_label (item), ==, 11);
  keys = foc_answers_pane_describe_keys (item);
  g_assert_cmpstr (keys, ==,
                   "Keys: 1 a_1 · 2 b · 3 c · 4 d · 5 e · 6 f · 7 g · 8 h · 9 i");
  g_assert_null (foc_answers_pane_describe_keys (test_ui_answers_get_row (self, 12)));

  /* Each picture has the classes of the model that was asked about it. */
  foc_answer_list_set_model (self->answers.list, self->answers.model);
  test_answers_draw (&self->answers, "0.jpg", 20);
  test_answers_begin (&self->answers, "0.jpg", NULL);
  test_answers_wait (&self->answers);
  test_ui_answers_rest (self);
  choose (self, 0);
  assert_offers (self, "b [1], a [2]");
}

#define ADD(name, function)                                                              \
  g_test_add ("/answers-pane/menu/" name, UiAnswers, NULL, test_ui_answers_set_up,       \
              function, test_ui_answers_tear_down)

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  ADD ("set", test_set);
  ADD ("menu-key", test_menu_key);
  ADD ("click", test_click);
  ADD ("many-classes", test_many_classes);
  return g_test_run ();
}

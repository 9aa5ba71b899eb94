/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-compat.h"
#include "foc-dataset-sidebar.h"
#include "foc-model-dialog.h"
#include "foc-preferences-page.h"
#include "test-ui-window.h"
#include "test-ui.h"

#include <string.h>

/* What a screen reader says of the controls: each has one name, which is for people. */

/* What GTK 4.8 puts together: the label, then whatever labels the widget, which is told
 * by its type if it has no text. */
static gboolean
is_labelled (GtkWidget *widget)
{
  return gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                           GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* Or NULL; free with g_free(). */
static char *
get_label (GtkWidget *widget)
{
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget),
                                         GTK_ACCESSIBLE_PROPERTY_LABEL))
    return NULL;
  /* There is no other way to it than that of being wrong. */
  return gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                             GTK_ACCESSIBLE_PROPERTY_LABEL, "?");
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget)
         || GTK_IS_DROP_DOWN (widget) || GTK_IS_CHECK_BUTTON (widget)
         || GTK_IS_SWITCH (widget) || GTK_IS_SCALE (widget) || GTK_IS_SPIN_BUTTON (widget)
         || GTK_IS_ENTRY (widget) || GTK_IS_SEARCH_ENTRY (widget)
         || ADW_IS_COMBO_ROW (widget);
}

/* GTK 4.18 finds the name of a menu button in its text, and says it for the button in it
 * too. What it says is seen from another process only, in test-by-keyboard. */
static gboolean
is_named_by_gtk (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (!foc_compat_names_menu_buttons ())
    return FALSE;
  if (GTK_IS_TOGGLE_BUTTON (widget) && GTK_IS_MENU_BUTTON (parent))
    return TRUE;
  return GTK_IS_MENU_BUTTON (widget)
         && gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (widget)) == NULL;
}

/* What is wrong with its name, or NULL. */
static const char *
find_fault (GtkWidget *widget)
{
  g_autofree char *label = get_label (widget);
  gboolean has_icon =
    GTK_IS_BUTTON (widget) && GTK_IS_IMAGE (gtk_button_get_child (GTK_BUTTON (widget)));

  if (label == NULL && !is_labelled (widget))
    return is_named_by_gtk (widget) ? NULL : "has no name";
  if (label != NULL && is_labelled (widget))
    return "has two names";
  if (label == NULL)
    return has_icon ? "has the name of an icon" : NULL;
  if (label[0] == '\0')
    return "has an empty name";

  return strchr (label, '_') != NULL ? "has the mark of a key in its name" : NULL;
}

/* What the libraries have made for themselves within their widgets. */
static gboolean
is_foreign (GtkWidget *widget)
{
  if (GTK_IS_SEARCH_ENTRY (widget)) /* in a list to choose from, where it is not shown */
    return gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER) != NULL;

  return GTK_IS_BUTTON (widget)
         && gtk_widget_get_ancestor (widget, GTK_TYPE_SPIN_BUTTON) != NULL;
}

static void
check (gpointer widget, gpointer count)
{
  const char *fault;

  if (!is_control (widget) || is_foreign (widget))
    return;

  ++*(guint *) count;
  fault = find_fault (widget);
  if (fault != NULL)
    {
      g_autofree char *label = get_label (widget);

      g_test_message ("%s in %s %s: %s, tooltip “%s”", G_OBJECT_TYPE_NAME (widget),
                      G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), fault, label,
                      gtk_widget_get_tooltip_text (widget));
      g_test_fail ();
    }
}

/* `least` tells that there was something to look at. */
static void
check_all (gpointer root, guint least)
{
  guint n = 0;

  test_ui_foreach (root, check, &n);
  g_assert_cmpuint (n, >=, least);
}

static void
test_empty (UiWindow *self, gconstpointer data)
{
  test_ui_window_open (self);
  check_all (self->window, 40);
}

/* With the buttons that come with the classes. */
static void
test_dataset (UiWindow *self, gconstpointer data)
{
  test_ui_window_open (self);
  test_ui_window_open_dataset (self, "faces/0.jpg");
  check_all (self->window, 42);
}

static void
test_preferences (UiWindow *self, gconstpointer data)
{
  GtkWidget *page = g_object_new (FOC_TYPE_PREFERENCES_PAGE, NULL);
  GtkWidget *window = test_ui_show (page, 600, 400);

  check_all (window, 5);
  test_ui_destroy (window);
}

static void
test_model (UiWindow *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) model = foc_loaded_model_read (NULL, NULL);
  FocModelDialog *dialog;

  test_ui_window_open (self);
  dialog = foc_model_dialog_present (GTK_WINDOW (self->window), model);
  check_all (dialog, 2);
  test_ui_destroy (dialog);
}

static void
assert_named (gpointer widget, const char *name)
{
  g_assert_false (is_labelled (widget));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
test_words (UiWindow *self, gconstpointer data)
{
  GtkDropDown *sort;
  GtkWidget *split;

  test_ui_window_open (self);
  test_ui_window_open_dataset (self, "faces/0.jpg");

  assert_named (test_ui_find_button (self->window, "Next Picture"), "Next Picture");
  assert_named (test_ui_find_button (self->window, "_Fix"), "Fix");
  assert_named (
    test_ui_find_button (self->window, "Files that cannot be used; they are in no set"),
    "Unreadable, 1 picture");

  sort = test_ui_find (self->window, GTK_TYPE_DROP_DOWN);
  assert_named (sort, "Order of the Pictures: By name");
  assert_named (gtk_widget_get_first_child (GTK_WIDGET (sort)),
                "Order of the Pictures: By name");
  gtk_drop_down_set_selected (sort, FOC_SORT_LOSS);
  assert_named (gtk_widget_get_first_child (GTK_WIDGET (sort)),
                "Order of the Pictures: Most wrong first");

  /* The menu, and the button in it that has a text. */
  split = test_ui_find (test_ui_find (self->window, FOC_TYPE_DATASET_SIDEBAR),
                        GTK_TYPE_MENU_BUTTON);
  if (is_named_by_gtk (split))
    g_assert_null (get_label (split));
  else
    {
      assert_named (split, "Choose How to Split");
      g_assert_true (is_labelled (gtk_widget_get_first_child (split)));
    }
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/window-names/" name, UiWindow, NULL, test_ui_window_set_up, function,    \
              test_ui_window_tear_down)
  ADD ("empty", test_empty);
  ADD ("dataset", test_dataset);
  ADD ("preferences", test_preferences);
  ADD ("model", test_model);
  ADD ("words", test_words);

  return g_test_run ();
}

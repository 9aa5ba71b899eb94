/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-compat.h"
#include "foc-help-window.h"
#include "foc-preferences-page.h"
#include "foc-welcome-page.h"
#include "test-ui.h"

/* The windows beside the main one: each is made from its template, and is freed. */

static GtkWindow *
new_parent (void)
{
  GtkWidget *parent = gtk_window_new ();

  gtk_window_present (GTK_WINDOW (parent));
  return GTK_WINDOW (parent);
}

static gboolean
is_null (gpointer pointer)
{
  return *(gpointer *) pointer == NULL;
}

static void
test_failure (void)
{
  GtkWindow *parent = new_parent ();
  GtkWindow *dialog = foc_compat_present_failure (
    parent, "What Could Not Be Done, in So Many <b>Words</b>", "Why & where.");

  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  test_ui_wait (test_ui_has_failure, NULL);
  test_ui_run (300);
  g_signal_emit_by_name (test_ui_find_failure (), "clicked");
  test_ui_wait (is_null, &dialog);
  test_ui_destroy (parent);
}

static guint n_yes;

static void
on_yes (GObject *owner)
{
  g_assert_true (G_IS_OBJECT (owner));
  n_yes++;
}

/* The button of an answer, or NULL. */
static GtkWidget *
find_answer (GtkWindow *dialog, const char *text)
{
  g_autoptr (GPtrArray) labels = test_ui_list (dialog, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (g_str_equal (gtk_label_get_text (labels->pdata[i]), text))
      return gtk_widget_get_ancestor (labels->pdata[i], GTK_TYPE_BUTTON);
  return NULL;
}

/* Answers, and who asked: there, or gone by then. */
static void
test_ask (void)
{
  const char *const answers[] = { "Cancel", "Do It", "Do It" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      GtkWindow *parent = new_parent ();
      GObject *owner = g_object_new (G_TYPE_OBJECT, NULL);
      GtkWindow *dialog =
        foc_compat_ask (parent, "Is It to Be Done?", "It cannot be undone.", "_Do It",
                        G_CALLBACK (on_yes), owner);

      g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
      n_yes = 0;
      test_ui_run (300);
      if (i == 2)
        g_clear_object (&owner);
      g_signal_emit_by_name (find_answer (dialog, answers[i]), "clicked");
      test_ui_wait (is_null, &dialog);
      g_assert_cmpuint (n_yes, ==, i == 1);
      g_clear_object (&owner);
      test_ui_destroy (parent);
    }
}

static void
test_about (void)
{
  GtkWindow *parent = new_parent ();
  GtkWindow *window = foc_compat_present_about (parent);

  test_ui_run (50);
  test_ui_destroy (window);
  test_ui_destroy (parent);
}

static void
test_shortcuts (void)
{
  GtkWindow *parent = new_parent ();
  GtkWindow *window = foc_compat_present_shortcuts (
    parent, "/io/github/faceorcomic/FaceOrComic/ui/help-overlay.ui");

  test_ui_run (50);
  test_ui_destroy (window);
  test_ui_destroy (parent);
}

/* The heading that stands first in what is seen. */
static void
assert_section (FocHelpWindow *window, const char *heading)
{
  GtkWidget *scrolled = test_ui_find (window, GTK_TYPE_SCROLLED_WINDOW);
  g_autoptr (GPtrArray) labels = test_ui_list (scrolled, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    {
      double x, y;

      g_assert_true (
        gtk_widget_translate_coordinates (labels->pdata[i], scrolled, 0, 0, &x, &y));
      if (y < -1)
        continue;
      g_assert_cmpstr (gtk_label_get_text (labels->pdata[i]), ==, heading);
      g_assert_cmpfloat (y, <, 30);
      return;
    }
  g_assert_not_reached ();
}

static void
test_help (void)
{
  static const struct
  {
    const char *page;
    const char *heading;
  } sections[] = {
    { "train", "Training" },
    { "dataset", "A Data Set" },
    { "classify", "Answers, and “Not Sure”" },
  };
  GtkWindow *parent = new_parent ();
  FocHelpWindow *window = foc_help_window_show (parent, NULL);

  /* So low that no section is too near to the end. */
  gtk_window_set_default_size (GTK_WINDOW (window), 620, 250);
  g_assert_true (foc_help_window_show (parent, NULL) == window);
  test_ui_run (100);
  assert_section (window, "Three Pages");
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_assert_true (foc_help_window_show (parent, sections[i].page) == window);
      test_ui_run (100);
      assert_section (window, sections[i].heading);
      foc_help_window_show (parent, NULL);
      test_ui_run (100);
      assert_section (window, sections[i].heading);
    }
  test_ui_destroy (window);
  test_ui_destroy (parent);
}

/* One that goes with its parent. */
static void
test_help_with_parent (void)
{
  GtkWindow *parent = new_parent ();
  FocHelpWindow *window = g_object_ref (foc_help_window_show (parent, NULL));

  test_ui_destroy (parent);
  gtk_window_destroy (GTK_WINDOW (window));
  test_ui_run (50);
  g_assert_finalize_object (window);
}

static void
test_welcome (void)
{
  GtkWidget *page = g_object_ref_sink (foc_welcome_page_new ());

  g_assert_nonnull (test_ui_find_button (page, "_Open Folder…"));
  g_assert_nonnull (test_ui_find_button (page, "_Try with Drawn Faces"));
  g_assert_finalize_object (page);
}

static void
test_preferences (void)
{
  GtkWindow *parent = new_parent ();
  g_autoptr (GSettings) settings = test_ui_settings ();
  GtkWidget *page = foc_preferences_page_new (settings);
  GtkWindow *window = foc_compat_present_preferences (parent, page);
  AdwComboRow *scheme = test_ui_find (page, ADW_TYPE_COMBO_ROW);
  GtkSpinButton *size = test_ui_find (page, GTK_TYPE_SPIN_BUTTON);
  GtkSwitch *own_threshold = NULL;
  GtkWidget *group =
    gtk_widget_get_ancestor (GTK_WIDGET (size), ADW_TYPE_PREFERENCES_GROUP);

  g_assert_cmpuint (adw_combo_row_get_selected (scheme), ==, 0);
  adw_combo_row_set_selected (scheme, 2);
  g_assert_cmpint (g_settings_get_enum (settings, "color-scheme"), ==, 2);
  g_settings_set_string (settings, "color-scheme", "light");
  g_assert_cmpuint (adw_combo_row_get_selected (scheme), ==, 1);

  gtk_spin_button_set_value (size, 1000);
  g_assert_cmpint (g_settings_get_int (settings, "thumbnail-size"), ==, 256);
  g_settings_set_int (settings, "thumbnail-size", 64);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (size), ==, 64);

  own_threshold = test_ui_find (gtk_widget_get_next_sibling (group), GTK_TYPE_SWITCH);
  g_assert_true (gtk_switch_get_active (own_threshold));
  gtk_switch_set_active (own_threshold, FALSE);
  g_assert_false (g_settings_get_boolean (settings, "own-threshold"));

  g_object_ref (page);
  test_ui_run (50);
  test_ui_destroy (window);
  g_assert_finalize_object (page);
  test_ui_destroy (parent);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  g_test_add_func ("/compat/failure", test_failure);
  g_test_add_func ("/compat/ask", test_ask);
  g_test_add_func ("/compat/about", test_about);
  g_test_add_func ("/compat/shortcuts", test_shortcuts);
  g_test_add_func ("/compat/preferences", test_preferences);
  g_test_add_func ("/help-window/show", test_help);
  g_test_add_func ("/help-window/with-parent", test_help_with_parent);
  g_test_add_func ("/welcome-page/buttons", test_welcome);
  return g_test_run ();
}

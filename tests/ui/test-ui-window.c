/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-ui-window.h"

#include "foc-picture-grid.h"
#include "test-ui.h"

#include <glib/gi18n.h>

#define RESOURCES "/io/github/faceorcomic/FaceOrComic/"

GtkWidget *
test_ui_window_find_toast (UiWindow *self)
{
  GType type = g_type_from_name ("AdwToastWidget");

  return type != 0 ? test_ui_find (self->window, type) : NULL;
}

gboolean
test_ui_window_has_toast (gpointer self)
{
  return test_ui_window_find_toast (self) != NULL;
}

void
test_ui_window_wait_for_toast (UiWindow *self, const char *text)
{
  test_ui_wait (test_ui_window_has_toast, self);
  g_assert_true (test_ui_has_label (test_ui_window_find_toast (self), text));
}

const char *const test_ui_pages[] = { "dataset", "train", "classify", NULL };

/* What an application does for itself. */
static void
load_style (void)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (style, RESOURCES "style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    RESOURCES "icons");
}

void
test_ui_window_set_up (UiWindow *self, gconstpointer data)
{
  static gsize has_style;

  if (g_once_init_enter (&has_style))
    {
      load_style ();
      g_once_init_leave (&has_style, 1);
    }
  /* Sizes are what they are, not on their way. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  test_ui_dataset_set_up (&self->data, data);
  self->settings = test_ui_settings ();
}

void
test_ui_window_tear_down (UiWindow *self, gconstpointer data)
{
  if (self->window != NULL)
    test_ui_window_close (self);
  g_object_unref (self->settings);
  test_ui_dataset_tear_down (&self->data, data);
}

void
test_ui_window_open (UiWindow *self)
{
  self->window = foc_window_new (NULL, self->data.session, self->settings, FALSE);
  gtk_window_present (GTK_WINDOW (self->window));
  test_ui_settle (self->window);
}

void
test_ui_window_close (UiWindow *self)
{
  test_ui_destroy (g_steal_pointer (&self->window));
}

void
test_ui_window_open_dataset (UiWindow *self, const char *name)
{
  test_ui_dataset_open (&self->data);
  test_ui_window_select (self, name);
}

void
test_ui_window_select (UiWindow *self, const char *name)
{
  g_autoptr (FocPictureItem) item = test_ui_dataset_find (&self->data, name);
  guint position;

  g_assert_true (foc_picture_list_find (self->data.pictures,
                                        foc_picture_item_get_row (item), &position));
  foc_picture_grid_select (test_ui_find (self->window, FOC_TYPE_PICTURE_GRID), position);
  test_ui_settle (self->window);
}

void
test_ui_set_text_size (int percent)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * percent / 100,
                NULL);
}

static int
measure (UiWindow *self, GtkOrientation orientation, int for_size)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (self->window), orientation, for_size, &minimum, NULL,
                      NULL, NULL);
  return minimum;
}

void
test_ui_window_assert_fits (UiWindow *self, const char *what)
{
  int width, height;

  test_ui_settle (self->window);
  width = measure (self, GTK_ORIENTATION_HORIZONTAL, -1);
  height = measure (self, GTK_ORIENTATION_VERTICAL, UI_SMALL_WIDTH);
  g_test_message ("%s: %d x %d", what, width, height);
  g_assert_cmpint (width, <=, UI_SMALL_WIDTH);
  g_assert_cmpint (height, <=, UI_SMALL_HEIGHT);
}

void
test_ui_window_assert_pages_fit (UiWindow *self)
{
  const char *const panes[] = { _ ("Show Classes and Split"),
                                _ ("Show the Selected Picture") };

  for (guint i = 0; test_ui_pages[i] != NULL; i++)
    {
      foc_window_set_page (self->window, test_ui_pages[i]);
      test_ui_window_assert_fits (self, test_ui_pages[i]);
    }

  foc_window_set_page (self->window, "dataset");
  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    {
      GtkToggleButton *button = test_ui_find_button (self->window, panes[i]);

      gtk_toggle_button_set_active (button, TRUE);
      test_ui_window_assert_fits (self, panes[i]);
      gtk_toggle_button_set_active (button, FALSE);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-dataset-sidebar.h"
#include "foc-picture-detail.h"
#include "foc-picture-grid.h"
#include "test-ui-window.h"
#include "test-ui.h"

/* With text of twice the size, the window still fits on a small screen; and from right to
 * left, everything stands on the other side. */

static int
measure_text (void)
{
  g_autoptr (GtkWidget) label = g_object_ref_sink (gtk_label_new ("Faces"));
  int width;

  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

static void
set_up (UiWindow *self, gconstpointer data)
{
  int percent = GPOINTER_TO_INT (data);
  int width = measure_text ();

  test_ui_window_set_up (self, NULL);
  test_ui_set_text_size (percent);
  g_assert_cmpint (ABS (measure_text () - width * percent / 100), <=, 4);
  g_settings_set_int (self->settings, "window-width", UI_SMALL_WIDTH);
  g_settings_set_int (self->settings, "window-height", UI_SMALL_HEIGHT);
  test_ui_window_open (self);
}

static void
tear_down (UiWindow *self, gconstpointer percent)
{
  test_ui_window_tear_down (self, NULL);
  test_ui_set_text_size (100);
}

/* No larger than it was asked to be. */
static void
assert_small (UiWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self->window));

  g_assert_cmpint (gdk_surface_get_width (surface), ==, UI_SMALL_WIDTH);
  g_assert_cmpint (gdk_surface_get_height (surface), ==, UI_SMALL_HEIGHT);
}

static void
test_empty (UiWindow *self, gconstpointer data)
{
  test_ui_window_assert_pages_fit (self);
  assert_small (self);
}

static void
test_dataset (UiWindow *self, gconstpointer data)
{
  test_ui_window_open_dataset (self, "faces/0.jpg");
  test_ui_window_assert_pages_fit (self);
  assert_small (self);
}

/* Instead of the grid: one picture, and none. */
static void
test_middle (UiWindow *self, gconstpointer data)
{
  FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;
  FocPictureGrid *grid = test_ui_find (self->window, FOC_TYPE_PICTURE_GRID);

  test_ui_window_open_dataset (self, "faces/broken.jpg");
  g_signal_emit_by_name (grid, "open", foc_picture_grid_get_selected (grid));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (grid)));
  test_ui_window_assert_fits (self, "one picture");

  filter.search = "nowhere";
  foc_picture_list_set_filter (self->data.pictures, &filter);
  test_ui_window_assert_fits (self, "no picture");
}

/* The buttons leave room for the words. */
static void
test_lost (UiWindow *self, gconstpointer data)
{
  GtkWidget *buttons =
    gtk_widget_get_parent (test_ui_find_button (self->window, "_Refresh"));

  test_ui_window_open_dataset (self, "faces/0.jpg");
  g_signal_emit_by_name (self->data.dataset, "lost",
                         "The folder “/home/somebody/Pictures/people” could not be "
                         "read: No such file or directory.");
  test_ui_window_assert_fits (self, "lost");
  g_assert_cmpint (gtk_widget_get_width (gtk_widget_get_prev_sibling (buttons)), >,
                   UI_SMALL_WIDTH / 2);
  assert_small (self);
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static gboolean
is_unmapped (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

/* Where there is room, both panes are shown; and they do not keep the window from being
 * made as small as it was. (With large text, the screen has no room for them.) */
static void
test_wide (UiWindow *self, gconstpointer data)
{
  GtkWidget *sidebar;

  test_ui_window_open_dataset (self, "faces/0.jpg");
  sidebar = test_ui_find (self->window, FOC_TYPE_DATASET_SIDEBAR);
  g_assert_false (gtk_widget_get_mapped (sidebar));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1200, 700);
  test_ui_wait (is_mapped, sidebar);
  test_ui_settle (self->window);

  gtk_window_set_default_size (GTK_WINDOW (self->window), UI_SMALL_WIDTH,
                               UI_SMALL_HEIGHT);
  test_ui_wait (is_unmapped, sidebar);
  test_ui_window_assert_fits (self, "small again");
  assert_small (self);
}

/* From right to left */

static void
set_up_rtl (UiWindow *self, gconstpointer data)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  test_ui_window_set_up (self, NULL);
  g_settings_set_int (self->settings, "window-width", 1200);
  test_ui_window_open (self);
}

static void
tear_down_rtl (UiWindow *self, gconstpointer data)
{
  test_ui_window_tear_down (self, NULL);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static graphene_rect_t
get_place (UiWindow *self, GType type)
{
  GtkWidget *widget = test_ui_find (self->window, type);
  graphene_rect_t place;

  g_assert_true (gtk_widget_get_mapped (widget));
  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (self->window), &place));
  return place;
}

static void
test_rtl (UiWindow *self, gconstpointer data)
{
  graphene_rect_t sidebar, grid, detail;

  for (guint i = 0; test_ui_pages[i] != NULL; i++)
    {
      foc_window_set_page (self->window, test_ui_pages[i]);
      test_ui_settle (self->window);
    }
  foc_window_set_page (self->window, "dataset");
  test_ui_window_open_dataset (self, "faces/0.jpg");

  sidebar = get_place (self, FOC_TYPE_DATASET_SIDEBAR);
  grid = get_place (self, FOC_TYPE_PICTURE_GRID);
  detail = get_place (self, FOC_TYPE_PICTURE_DETAIL);
  g_assert_cmpfloat (detail.origin.x + detail.size.width, <=, grid.origin.x);
  g_assert_cmpfloat (grid.origin.x + grid.size.width, <=, sidebar.origin.x);
  g_assert_cmpfloat (sidebar.origin.x, >, 600);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*function) (UiWindow *self, gconstpointer data);
  } tests[] = {
    { "empty", test_empty },
    { "dataset", test_dataset },
    { "middle", test_middle },
    { "lost", test_lost },
  };

  test_ui_init (&argc, &argv);
  for (int percent = 100; percent <= 200; percent += 100)
    for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
      {
        g_autofree char *path =
          g_strdup_printf ("/window-layout/%d/%s", percent, tests[i].name);

        g_test_add (path, UiWindow, GINT_TO_POINTER (percent), set_up, tests[i].function,
                    tear_down);
      }
  g_test_add ("/window-layout/100/wide", UiWindow, GINT_TO_POINTER (100), set_up,
              test_wide, tear_down);
  g_test_add ("/window-layout/right-to-left", UiWindow, NULL, set_up_rtl, test_rtl,
              tear_down_rtl);

  return g_test_run ();
}

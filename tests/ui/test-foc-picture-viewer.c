/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-picture-viewer.h"

#include "foc-picture-view.h"
#include "test-encoders.h"
#include "test-folders.h"
#include "test-pictures.h"
#include "test-ui-dataset.h"
#include "test-ui.h"

/* The viewer, and the view that it has in it. */

typedef struct
{
  UiDataset data;
  FocPictureViewer *viewer;
  FocPictureView *view;
  GtkWidget *window;
  GString *said; /* by signals, a letter each */
} Fixture;

static void
on_step (FocPictureViewer *viewer, int step, GString *said)
{
  g_string_append_c (said, step < 0 ? '<' : '>');
}

static void
on_close (FocPictureViewer *viewer, GString *said)
{
  g_string_append_c (said, 'x');
}

static void
on_loaded (FocPictureView *view, GString *said)
{
  g_string_append_c (said, 'l');
}

/* A PNG, whatever its name. */
static void
add_picture (Fixture *self, const char *name, int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = test_picture_new (width, height, FALSE);
  g_autoptr (GBytes) bytes = test_encode (pixbuf, "png");
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  test_add_file (self->data.faces, name, data, length);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  test_ui_dataset_set_up (&self->data, data);
  add_picture (self, "faces/wide.jpg", 60, 20);
  add_picture (self, "faces/tall.png", 30, 90);
  test_ui_dataset_open (&self->data);
  self->viewer = g_object_new (FOC_TYPE_PICTURE_VIEWER, NULL);
  self->view = test_ui_find (self->viewer, FOC_TYPE_PICTURE_VIEW);
  self->said = g_string_new (NULL);
  g_signal_connect (self->viewer, "step", G_CALLBACK (on_step), self->said);
  g_signal_connect (self->viewer, "close", G_CALLBACK (on_close), self->said);
  g_signal_connect (self->view, "loaded", G_CALLBACK (on_loaded), self->said);
  self->window = test_ui_show (GTK_WIDGET (self->viewer), 400, 400);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->viewer);
  test_ui_destroy (self->window);
  test_ui_finalize (self->viewer);
  g_string_free (self->said, TRUE);
  test_ui_dataset_tear_down (&self->data, data);
}

static void
show (Fixture *self, const char *name)
{
  g_autoptr (FocPictureItem) item = test_ui_dataset_find (&self->data, name);

  foc_picture_viewer_set_item (self->viewer, item);
}

static void
assert_said (Fixture *self, const char *expected)
{
  g_assert_cmpstr (self->said->str, ==, expected);
  g_string_truncate (self->said, 0);
}

static gboolean
has_said (gpointer said)
{
  return ((GString *) said)->len > 0;
}

static void
wait_until_loaded (Fixture *self)
{
  test_ui_wait (has_said, self->said);
  assert_said (self, "l");
}

static void
test_buttons (Fixture *self, gconstpointer data)
{
  const char *const names[] = { "Previous Picture", "Next Picture",
                                "Back to All Pictures" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_emit_by_name (test_ui_find_button (self->viewer, names[i]), "clicked");
  assert_said (self, "<>x");
}

/* The keys are those of whatever in it has a controller for them. */
static void
press (Fixture *self, guint keyval, const char *expected)
{
  g_autoptr (GPtrArray) widgets = test_ui_list (self->viewer, GTK_TYPE_WIDGET);
  gboolean taken = FALSE;

  for (guint i = 0; i < widgets->len && !taken; i++)
    taken =
      GTK_IS_BOX (widgets->pdata[i]) && test_ui_press (widgets->pdata[i], keyval, 0);
  g_assert_cmpint (taken, ==, *expected != '\0');
  assert_said (self, expected);
}

static void
test_keys (Fixture *self, gconstpointer data)
{
  press (self, GDK_KEY_Left, "<");
  press (self, GDK_KEY_KP_Left, "<");
  press (self, GDK_KEY_Right, ">");
  press (self, GDK_KEY_KP_Right, ">");
  press (self, GDK_KEY_Escape, "x");
  press (self, GDK_KEY_space, "x");
  press (self, GDK_KEY_a, "");

  gtk_widget_set_direction (GTK_WIDGET (self->viewer), GTK_TEXT_DIR_RTL);
  press (self, GDK_KEY_Left, ">");
  press (self, GDK_KEY_Right, "<");
}

static void
test_caption (Fixture *self, gconstpointer data)
{
  show (self, "faces/0.jpg");
  g_assert_true (test_ui_says (self->viewer, "0.jpg, faces, Training set"));
  foc_picture_viewer_set_item (self->viewer, NULL);
  g_assert_false (test_ui_says (self->viewer, "0.jpg, faces, Training set"));
}

static void
assert_dimensions (Fixture *self, int width, int height, const char *format)
{
  int its_width, its_height;

  g_assert_cmpint (foc_picture_view_get_dimensions (self->view, &its_width, &its_height),
                   ==, width > 0);
  g_assert_cmpint (its_width, ==, width);
  g_assert_cmpint (its_height, ==, height);
  g_assert_cmpstr (foc_picture_view_get_format (self->view), ==, format);
}

static void
test_loading (Fixture *self, gconstpointer data)
{
  show (self, "faces/0.jpg");
  assert_dimensions (self, 0, 0, NULL);
  wait_until_loaded (self);
  assert_dimensions (self, 32, 32, "JPEG");
  g_assert_nonnull (
    gtk_picture_get_paintable (test_ui_find (self->view, GTK_TYPE_PICTURE)));

  show (self, "faces/wide.jpg");
  wait_until_loaded (self);
  assert_dimensions (self, 60, 20, "PNG");

  foc_picture_viewer_set_item (self->viewer, NULL);
  assert_dimensions (self, 0, 0, NULL);
  g_assert_null (gtk_picture_get_paintable (test_ui_find (self->view, GTK_TYPE_PICTURE)));
  test_ui_settle (self->window);
  assert_said (self, "");
}

/* The newest one wins, and only that is told of. */
static void
test_hurry (Fixture *self, gconstpointer data)
{
  show (self, "faces/0.jpg");
  show (self, "faces/wide.jpg");
  show (self, "faces/tall.png");
  wait_until_loaded (self);
  assert_dimensions (self, 30, 90, "PNG");
  show (self, "faces/0.jpg");
  foc_picture_viewer_set_item (self->viewer, NULL);
  show (self, "faces/wide.jpg");
  wait_until_loaded (self);
  assert_dimensions (self, 60, 20, "PNG");
}

static void
test_unreadable (Fixture *self, gconstpointer data)
{
  GtkStack *stack = test_ui_find (self->view, GTK_TYPE_STACK);

  show (self, "faces/broken.jpg");
  wait_until_loaded (self);
  assert_dimensions (self, 0, 0, NULL);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "problem");
  g_assert_cmpuint (
    strlen (gtk_label_get_text (GTK_LABEL (gtk_stack_get_visible_child (stack)))), >, 10);
  show (self, "faces/0.jpg");
  wait_until_loaded (self);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "picture");
}

static int
count_pixels (Fixture *self, guint32 colour)
{
  cairo_surface_t *surface = test_ui_draw (self->view);
  int n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      n += test_ui_get_pixel (surface, x, y) == colour;
  cairo_surface_destroy (surface);
  return n;
}

/* The square that the network looks at has a white edge, where it is not the whole. */
static void
test_square (Fixture *self, gconstpointer data)
{
  int before;

  show (self, "faces/tall.png");
  wait_until_loaded (self);
  g_object_set (self->view, "shows-square", FALSE, NULL);
  before = count_pixels (self, 0xffffff);
  g_object_set (self->view, "shows-square", TRUE, NULL);
  g_assert_cmpint (count_pixels (self, 0xffffff), >, before + 200);

  show (self, "faces/0.jpg");
  wait_until_loaded (self);
  g_object_set (self->view, "shows-square", FALSE, NULL);
  before = count_pixels (self, 0xffffff);
  g_object_set (self->view, "shows-square", TRUE, NULL);
  g_assert_cmpint (count_pixels (self, 0xffffff), ==, before);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/picture-viewer/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("buttons", test_buttons);
  ADD ("keys", test_keys);
  ADD ("caption", test_caption);
  ADD ("loading", test_loading);
  ADD ("hurry", test_hurry);
  ADD ("unreadable", test_unreadable);
  ADD ("square", test_square);

  return g_test_run ();
}

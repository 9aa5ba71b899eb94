/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-limits.h"
#include "foc-network-grid.h"
#include "foc-one-picture.h"
#include "foc-square-view.h"
#include "test-catalog.h"
#include "test-encoders.h"
#include "test-folders.h"
#include "test-pictures.h"
#include "test-ui-classify.h"
#include "test-ui.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* One picture on the Classify page; several, and what is in folders, are in
 * test-foc-classify-page-many.c. */

static GBytes *
make_png (int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = test_picture_new (width, height, FALSE);

  return test_encode (pixbuf, "png");
}

static void
test_empty (UiClassify *self, gconstpointer data)
{
  GtkWidget *open = test_ui_find_button (self->page, "_Open Pictures…");

  g_assert_cmpstr (test_ui_classify_get_shown (self), ==, "empty");
  g_assert_true (gtk_widget_get_mapped (open));
  g_assert_true (test_ui_says (self->page, "Drop Pictures Here"));
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  g_assert_true (gtk_widget_child_focus (self->window, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_is_focus (open));
  g_assert_false (test_ui_classify_type (self, GDK_KEY_Escape));
}

static void
test_file (UiClassify *self, gconstpointer data)
{
  test_ui_classify_add (self, "faces/0.jpg", NULL);
  test_ui_classify_wait (self, "one");
  test_ui_classify_assert_one (self, "0.jpg");
  g_assert_true (test_ui_classify_has_focus (self, FOC_TYPE_SQUARE_VIEW));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->answers)), ==, 0);

  /* It is not of a list. */
  g_assert_false (
    gtk_widget_get_mapped (test_ui_find_button (self->page, "Next Picture")));
  g_assert_false (test_ui_classify_type (self, GDK_KEY_Page_Down));
  g_assert_false (test_ui_classify_type (self, GDK_KEY_1));

  g_assert_true (test_ui_classify_type (self, GDK_KEY_Escape));
  test_ui_classify_wait (self, "empty");
  g_assert_cmpstr (test_ui_classify_get_path (self), ==, "");
  g_assert_true (
    gtk_widget_is_focus (test_ui_find_button (self->page, "_Open Pictures…")));
}

static void
test_bytes (UiClassify *self, gconstpointer data)
{
  g_autoptr (GBytes) png = make_png (60, 40);
  int width, height;

  foc_classify_page_add_picture (self->page, png, "Pasted Picture");
  test_ui_classify_wait (self, "one");
  test_ui_classify_assert_one (self, "Pasted Picture");
  g_assert_null (test_ui_classify_get_path (self));
  foc_examination_get_size (self->examination, &width, &height);
  g_assert_cmpint (width, ==, 60);
  g_assert_cmpint (height, ==, 40);
}

/* In whichever order they are ready. */
static void
test_newest_wins (UiClassify *self, gconstpointer data)
{
  g_autoptr (GBytes) large = make_png (2000, 2000);
  g_autoptr (GBytes) small = make_png (60, 40);

  foc_classify_page_add_picture (self->page, large, "Large");
  test_ui_classify_add (self, "faces/0.jpg", NULL);
  foc_classify_page_add_picture (self->page, small, "Small");
  test_ui_classify_wait (self, "one");
  test_ui_run (300);
  test_ui_classify_assert_one (self, "Small");

  test_ui_classify_add (self, "faces/1.jpg", NULL);
  test_ui_classify_add (self, "faces/2.jpg", NULL);
  test_ui_run (300);
  test_ui_classify_assert_one (self, "2.jpg");

  /* A folder that is being looked at has not come yet. */
  test_ui_classify_add (self, "faces", NULL);
  foc_classify_page_add_picture (self->page, small, "Small");
  test_ui_run (300);
  test_ui_classify_assert_one (self, "Small");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->answers)), ==, 0);
}

/* Why, in its place; and keys still lead on. */
static void
assert_refused (UiClassify *self, const char *name, const char *words)
{
  const char *message;

  test_ui_classify_add (self, name, NULL);
  test_ui_classify_wait (self, "one");
  g_assert_cmpint (foc_examination_get_state (self->examination), ==,
                   FOC_EXAMINATION_FAILED);
  message = foc_examination_get_error (self->examination)->message;
  g_test_message ("%s", message);
  g_assert_nonnull (strstr (message, words));
  g_assert_true (test_ui_says (self->page, message));
  g_assert_true (test_ui_classify_has_focus (self, FOC_TYPE_CLASSIFY_PAGE));
}

/* Of two buttons of this name, the one beside the reason. */
static GtkWidget *
find_open (UiClassify *self)
{
  return test_ui_find_button (test_ui_find (self->page, FOC_TYPE_ONE_PICTURE),
                              "_Open Pictures…");
}

static void
make_large (UiClassify *self, const char *name)
{
  g_autofree char *path = test_path (self->data.faces, name);
  int fd = g_open (path, O_CREAT | O_WRONLY, 0600);

  g_assert_cmpint (ftruncate (fd, (off_t) FOC_LIMIT_IMAGE_BYTES + 1), ==, 0);
  g_assert_cmpint (close (fd), ==, 0);
}

static void
test_refused (UiClassify *self, gconstpointer data)
{
  g_autofree char *pipe_path = test_path (self->data.faces, "pipe.jpg");

  make_large (self, "large.jpg");
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  assert_refused (self, "faces/broken.jpg", "broken.jpg");
  assert_refused (self, "notes.txt", "notes.txt");
  assert_refused (self, "gone.jpg", "gone.jpg");
  assert_refused (self, "large.jpg", "large.jpg");
  assert_refused (self, "pipe.jpg",
                  "pipe.jpg” cannot be used: it is not a regular file.");
  g_assert_true (gtk_widget_get_mapped (find_open (self)));
  g_assert_true (gtk_widget_is_focus (find_open (self)));

  /* What can be read follows. */
  test_ui_classify_add (self, "faces/0.jpg", NULL);
  test_ui_classify_wait (self, "one");
  test_ui_classify_assert_one (self, "0.jpg");
  assert_refused (self, "faces/broken.jpg", "broken.jpg");
  g_assert_true (test_ui_classify_type (self, GDK_KEY_Escape));
  test_ui_classify_wait (self, "empty");
}

/* Wherever the focus is; but what is under way ends first. */
static void
test_escape (UiClassify *self, gconstpointer data)
{
  GtkWidget *square = test_ui_find (self->page, FOC_TYPE_SQUARE_VIEW);
  GtkWidget *grid = test_ui_find (self->page, FOC_TYPE_NETWORK_GRID);
  GtkWidget *paint = test_ui_find_button (self->page, "_Paint");
  GtkWidget *places[] = { square, grid, paint, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkGesture *drag = test_ui_find_controller (square, GTK_TYPE_GESTURE_DRAG);

      test_ui_classify_add (self, "faces/0.jpg", NULL);
      test_ui_classify_wait (self, "one");
      test_ui_settle (self->page);
      g_signal_emit_by_name (paint, "clicked");
      g_signal_emit_by_name (drag, "drag-begin", gtk_widget_get_width (square) / 2.0,
                             gtk_widget_get_height (square) / 2.0);
      gtk_window_set_focus (GTK_WINDOW (self->window), places[i]);
      test_ui_press (grid, GDK_KEY_Down, 0);

      g_assert_true (test_ui_classify_type (self, GDK_KEY_Escape));
      g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (paint)));
      g_assert_true (test_ui_classify_type (self, GDK_KEY_Escape));
      g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (paint)));
      g_assert_cmpstr (test_ui_classify_get_shown (self), ==, "one");
      g_assert_true (test_ui_classify_type (self, GDK_KEY_Escape));
      test_ui_classify_wait (self, "empty");
    }
}

/* A picture that is not shown any more takes no memory. */
static void
test_let_go (UiClassify *self, gconstpointer data)
{
  test_ui_classify_add (self, "faces/0.jpg", NULL);
  test_ui_classify_wait (self, "one");
  test_ui_classify_add (self, "faces/1.jpg", "faces/2.jpg", NULL);
  test_ui_classify_wait (self, "many");
  g_assert_cmpstr (test_ui_classify_get_path (self), ==, "");
  g_assert_null (foc_examination_get_levels (self->examination));
}

/* It comes and goes, and nothing moves. */
static void
test_toast (UiClassify *self, gconstpointer data)
{
  GtkWidget *one = test_ui_find (self->page, FOC_TYPE_ONE_PICTURE);
  graphene_rect_t before, during;

  test_ui_classify_add (self, "faces/0.jpg", NULL);
  test_ui_classify_wait (self, "one");
  test_ui_settle (self->page);
  g_assert_true (gtk_widget_compute_bounds (one, self->window, &before));
  foc_classify_page_say (self->page, "A sentence.");
  test_ui_classify_wait_for_toast (self, "A sentence.");
  test_ui_run (700);
  g_assert_true (gtk_widget_compute_bounds (one, self->window, &during));
  g_assert_true (graphene_rect_equal (&during, &before));
}

/* It is what was read, until it is read again. */
static void
test_vanished (UiClassify *self, gconstpointer data)
{
  g_autofree char *path = test_path (self->data.faces, "faces/0.jpg");

  test_ui_classify_add (self, "faces/0.jpg", NULL);
  test_ui_classify_wait (self, "one");
  g_assert_cmpint (g_unlink (path), ==, 0);
  foc_examination_set_square (self->examination, 2, 2, 24);
  test_ui_run (400);
  test_ui_classify_assert_one (self, "0.jpg");
  assert_refused (self, "faces/0.jpg", "0.jpg");
}

/* A folder as the only file. */
static void
test_folder (UiClassify *self, gconstpointer data)
{
  test_ui_classify_add (self, "faces", NULL);
  test_ui_classify_wait (self, "many");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->answers)), ==,
                    UI_N_DRAWN + 2);
}

static void
test_model (UiClassify *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) other = test_model_new ("cat dog", 1);

  test_ui_classify_add (self, "faces/0.jpg", NULL);
  test_ui_classify_wait (self, "one");
  g_assert_false (
    test_ui_has_label (test_ui_find (self->page, FOC_TYPE_ONE_PICTURE), "dog"));
  foc_session_use_model (self->data.session, other);
  g_assert_true (foc_examination_get_model (self->examination) == other);
  test_ui_classify_assert_one (self, "0.jpg");
  g_assert_true (
    test_ui_has_label (test_ui_find (self->page, FOC_TYPE_ONE_PICTURE), "dog"));
}

/* At once, too. */
static void
test_threshold (UiClassify *self, gconstpointer data)
{
  test_ui_classify_add (self, "faces/0.jpg", NULL);
  test_ui_classify_wait (self, "one");
  foc_session_set_threshold (self->data.session, 1);
  g_assert_cmpint (foc_examination_get_answer (self->examination)->answer.doubt, !=,
                   FOC_DOUBT_NONE);
  foc_session_set_threshold (self->data.session, 0);
  g_assert_cmpint (foc_examination_get_answer (self->examination)->answer.doubt, !=,
                   FOC_DOUBT_PROBABILITY);
}

static gboolean
is_second (gpointer self)
{
  return g_str_has_suffix (test_ui_classify_get_path (self), "/1.jpg");
}

static gboolean
says_looking (gpointer page)
{
  return test_ui_says (page, "Looking at “/dead/file.png”");
}

static gboolean
says_nothing (gpointer page)
{
  return !says_looking (page);
}

/* It is waited for visibly, and no longer than anybody likes to. */
static void
test_dead_mount (UiClassify *self, gconstpointer data)
{
  g_autoptr (GFile) file = test_ui_classify_new_dead_file ("/dead/file.png");
  g_autoptr (GFile) other = test_ui_classify_new_dead_file ("/dead/file.png");
  g_autoptr (GFile) third = test_ui_classify_new_dead_file ("/dead/file.png");

  foc_classify_page_add_files (self->page, &file, 1);
  test_ui_wait (says_looking, self->page);
  g_assert_true (test_ui_classify_type (self, GDK_KEY_Escape));
  g_assert_false (test_ui_classify_type (self, GDK_KEY_Escape));
  test_ui_wait (says_nothing, self->page);
  g_assert_cmpstr (test_ui_classify_get_shown (self), ==, "empty");

  /* Of two, the newer one; and what is shown meanwhile stays. */
  test_ui_classify_add (self, "faces/0.jpg", NULL);
  test_ui_classify_wait (self, "one");
  foc_classify_page_add_files (self->page, &other, 1);
  test_ui_wait (says_looking, self->page);
  g_assert_true (test_ui_classify_type (self, GDK_KEY_Escape));
  test_ui_classify_assert_one (self, "0.jpg");
  foc_classify_page_add_files (self->page, &third, 1);
  test_ui_wait (says_looking, self->page);
  test_ui_classify_add (self, "faces/1.jpg", NULL);
  test_ui_wait (is_second, self);
  test_ui_wait (says_nothing, self->page);
}

#define NO_MODEL                                                                         \
  "There is no model to ask yet. Load one, or train one on the Train page: these "       \
  "pictures wait for it."

/* The model that comes with the program cannot be read. */
static void
set_up_without_model (UiClassify *self, gconstpointer data)
{
  g_setenv ("FOC_MODEL", "/nowhere", TRUE);
  test_ui_classify_set_up_early (self, data);
}

static void
tear_down_without_model (UiClassify *self, gconstpointer data)
{
  test_ui_classify_tear_down (self, data);
  g_unsetenv ("FOC_MODEL");
}

static gboolean
says_no_model (gpointer page)
{
  return test_ui_says (page, NO_MODEL);
}

static void
press_cancel (UiClassify *self)
{
  GtkWidget *load = test_ui_find_button (self->page, "_Load Model…");

  g_signal_emit_by_name (test_ui_find_button (gtk_widget_get_parent (load), "_Cancel"),
                         "clicked");
}

static void
test_no_model (UiClassify *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) model = test_model_new ("cat dog", 1);

  test_ui_classify_add (self, "faces", "comics", NULL);
  test_ui_wait (says_no_model, self->page);
  g_assert_cmpstr (test_ui_classify_get_shown (self), ==, "many");

  press_cancel (self);
  g_assert_cmpstr (test_ui_classify_get_shown (self), ==, "empty");
  g_assert_false (says_no_model (self->page));

  /* One that is on its way may be there soon. */
  foc_session_load_model (self->data.session, "/nowhere");
  test_ui_classify_add (self, "faces", "comics", NULL);
  g_assert_false (says_no_model (self->page));
  test_ui_wait (says_no_model, self->page);
  press_cancel (self);

  /* A folder, which is looked at first. */
  test_ui_classify_add (self, "faces", NULL);
  test_ui_wait (says_no_model, self->page);
  foc_session_use_model (self->data.session, model);
  g_assert_false (says_no_model (self->page));
  test_ui_classify_wait (self, "many");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->answers)), ==,
                    UI_N_DRAWN + 2);
}

/* Who types elsewhere goes on typing there. */
static void
test_focus_elsewhere (UiClassify *self, gconstpointer data)
{
  g_autoptr (GtkWidget) page = g_object_ref (GTK_WIDGET (self->page));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *entry = gtk_entry_new ();

  gtk_window_set_child (GTK_WINDOW (self->window), box);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), page);
  gtk_widget_grab_focus (entry);
  test_ui_classify_add (self, "faces/0.jpg", NULL);
  test_ui_classify_wait (self, "one");
  g_assert_cmpint (gtk_widget_get_state_flags (entry) & GTK_STATE_FLAG_FOCUS_WITHIN, !=,
                   0);
  test_ui_classify_add (self, "faces", NULL);
  test_ui_classify_wait (self, "many");
  test_ui_run (200);
  g_assert_cmpint (gtk_widget_get_state_flags (entry) & GTK_STATE_FLAG_FOCUS_WITHIN, !=,
                   0);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/classify-page/" name, UiClassify, NULL, test_ui_classify_set_up,         \
              function, test_ui_classify_tear_down)
  ADD ("empty", test_empty);
  ADD ("file", test_file);
  ADD ("bytes", test_bytes);
  ADD ("escape", test_escape);
  ADD ("newest-wins", test_newest_wins);
  ADD ("refused", test_refused);
  ADD ("let-go", test_let_go);
  ADD ("toast", test_toast);
  ADD ("vanished", test_vanished);
  ADD ("folder", test_folder);
  ADD ("model", test_model);
  ADD ("dead-mount", test_dead_mount);
  ADD ("threshold", test_threshold);
  ADD ("focus-elsewhere", test_focus_elsewhere);
  g_test_add ("/classify-page/no-model", UiClassify, NULL, set_up_without_model,
              test_no_model, tear_down_without_model);

  return g_test_run ();
}

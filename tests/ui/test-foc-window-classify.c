/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-classify-page.h"
#include "foc-picture-grid.h"
#include "foc-picture-tile.h"
#include "test-folders.h"
#include "test-ui-mouse.h"
#include "test-ui-window.h"
#include "test-ui.h"

/* How pictures come to the window: by actions, the clipboard, the mouse, and as files that it
 * is begun with. What drops and clipboards offer is in test-foc-incoming.c, and what
 * takes its time in test-foc-window-coming.c. */

static FocClassifyPage *
get_classify_page (UiWindow *self)
{
  return test_ui_find (self->window, FOC_TYPE_CLASSIFY_PAGE);
}

static const char *
get_page (gpointer fixture)
{
  return adw_view_stack_get_visible_child_name (
    test_ui_find (((UiWindow *) fixture)->window, ADW_TYPE_VIEW_STACK));
}

/* The name of the one picture, or NULL. */
static const char *
get_one (gpointer fixture)
{
  FocClassifyPage *page = get_classify_page (fixture); /* NULL: it is not made yet */
  FocExamination *examination =
    page != NULL ? foc_classify_page_get_examination (page) : NULL;
  FocSource *source = page != NULL ? foc_examination_get_source (examination) : NULL;

  return source != NULL
             && foc_examination_get_state (examination) != FOC_EXAMINATION_LOADING
           ? foc_source_get_name (source)
           : NULL;
}

static gboolean
has_one (gpointer fixture)
{
  return get_one (fixture) != NULL;
}

static void
wait_for_one (UiWindow *self, const char *name)
{
  test_ui_wait (has_one, self);
  g_assert_cmpstr (get_one (self), ==, name);
  g_assert_cmpstr (get_page (self), ==, "classify");
}

static guint
get_n_answers (gpointer fixture)
{
  FocClassifyPage *page = get_classify_page (fixture);

  return page != NULL ? g_list_model_get_n_items (
           G_LIST_MODEL (foc_classify_page_get_answers (page)))
                      : 0;
}

static gboolean
has_answers (gpointer fixture)
{
  return get_n_answers (fixture) > 0
         && foc_answer_list_get_job (
              foc_classify_page_get_answers (get_classify_page (fixture)))
              == NULL;
}

static gboolean
has_toast (gpointer fixture)
{
  GType type = g_type_from_name ("AdwToastWidget");

  return type != 0 && test_ui_find (((UiWindow *) fixture)->window, type) != NULL;
}

static void
wait_for_toast (UiWindow *self, const char *text)
{
  test_ui_wait (has_toast, self);
  g_assert_true (test_ui_has_label (self->window, text));
}

#define LEFT_OUT                                                                         \
  "“sftp://host/picture.png” is left out: it is in a place that cannot be read as "  \
  "files."
#define TWO_LEFT_OUT                                                                      \
  "2 files are left out, such as “sftp://host/picture.png”: they are in places that " \
  "cannot be read as files."

static gboolean
says_two (gpointer fixture)
{
  return test_ui_has_label (((UiWindow *) fixture)->window, TWO_LEFT_OUT);
}

static char *
get_path (UiWindow *self, const char *name)
{
  return g_build_filename (self->data.faces, name, NULL);
}

static void
classify (UiWindow *self, const char *first, const char *second)
{
  const char *const names[] = { first, second, NULL };

  g_action_group_activate_action (G_ACTION_GROUP (self->window), "classify",
                                  g_variant_new_strv (names, -1));
}

/* Paths and URIs. */
static void
test_action (UiWindow *self, gconstpointer data)
{
  g_autofree char *path = get_path (self, "faces/0.jpg");
  g_autofree char *folder = get_path (self, "comics");
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  test_ui_window_open (self);
  g_assert_cmpstr (get_page (self), ==, "dataset");
  classify (self, uri, NULL);
  wait_for_one (self, "0.jpg");
  foc_window_set_page (self->window, "train");
  classify (self, path, folder);
  g_assert_cmpstr (get_page (self), ==, "classify");
  test_ui_wait (has_answers, self);
  g_assert_cmpuint (get_n_answers (self), ==, UI_N_DRAWN + 1);
}

/* Out of reach, and nothing at all. */
static void
test_action_fails (UiWindow *self, gconstpointer data)
{
  test_ui_window_open (self);
  classify (self, NULL, NULL);
  g_assert_cmpstr (get_page (self), ==, "dataset");
  classify (self, "sftp://host/picture.png", NULL);
  test_ui_wait (test_ui_has_failure, NULL);
  g_signal_emit_by_name (test_ui_find_failure (), "clicked");
  test_ui_wait (test_ui_has_no_failure, NULL);
}

/* Some of them are. */
static void
test_partly_out_of_reach (UiWindow *self, gconstpointer data)
{
  g_autofree char *path = get_path (self, "faces/0.jpg");
  g_autofree char *folder = get_path (self, "comics");
  const char *const four[] = { "sftp://host/picture.png", path, "sftp://host/2.png",
                               folder, NULL };

  test_ui_window_open (self);
  classify (self, "sftp://host/picture.png", path);
  wait_for_one (self, "0.jpg");
  wait_for_toast (self, LEFT_OUT);
  g_assert_false (test_ui_has_failure (NULL));
  test_ui_run (800); /* a sentence makes room for the next one */

  g_action_group_activate_action (G_ACTION_GROUP (self->window), "classify",
                                  g_variant_new_strv (four, -1));
  test_ui_wait (has_answers, self);
  g_assert_cmpuint (get_n_answers (self), ==, UI_N_DRAWN + 1);
  test_ui_wait (says_two, self);
}

/* From the menu of the Dataset page's pictures. */
static void
test_from_dataset (UiWindow *self, gconstpointer data)
{
  g_autoptr (FocPictureItem) item = NULL;
  g_autoptr (GPtrArray) tiles = NULL;
  GtkWidget *grid;

  test_ui_window_open (self);
  test_ui_window_open_dataset (self, "faces/3.jpg");
  item = test_ui_dataset_find (&self->data, "faces/3.jpg");
  grid = test_ui_find (self->window, FOC_TYPE_PICTURE_GRID);
  tiles = test_ui_list (grid, FOC_TYPE_PICTURE_TILE);
  for (guint i = 0; i < tiles->len; i++)
    if (foc_picture_tile_get_item (tiles->pdata[i]) == item)
      g_assert_true (gtk_widget_grab_focus (gtk_widget_get_parent (tiles->pdata[i])));
  g_assert_true (test_ui_press (grid, GDK_KEY_Menu, 0));
  g_assert_true (gtk_widget_activate_action (test_ui_find (grid, GTK_TYPE_POPOVER_MENU),
                                             "file.classify", NULL));
  wait_for_one (self, "3.jpg");
}

/* `page` is asked for, or with NULL none. */
static void
open_files_on (UiWindow *self, const char *first, const char *second, const char *page)
{
  GFile *files[] = { g_file_new_build_filename (self->data.faces, first, NULL),
                     second != NULL
                       ? g_file_new_build_filename (self->data.faces, second, NULL)
                       : NULL };

  foc_window_open_files (self->window, files, second != NULL ? 2 : 1, page);
  g_object_unref (files[0]);
  g_clear_object (&files[1]);
}

static void
open_files (UiWindow *self, const char *first, const char *second)
{
  open_files_on (self, first, second, NULL);
}

static gboolean
has_dataset (gpointer fixture)
{
  return foc_open_dataset_get_catalog (((UiWindow *) fixture)->data.dataset) != NULL;
}

/* As the command line and the file manager have it. */
static void
test_files (UiWindow *self, gconstpointer data)
{
  test_ui_window_open (self);
  open_files (self, "faces/0.jpg", NULL);
  wait_for_one (self, "0.jpg");
  open_files (self, "comics", "faces");
  test_ui_wait (has_answers, self);
  g_assert_cmpuint (get_n_answers (self), ==, UI_N_PICTURES);
  g_assert_false (has_dataset (self));
  open_files (self, ".", NULL);
  test_ui_wait (has_dataset, self);
  test_ui_dataset_wait (&self->data);
}

/* No data set, but pictures. */
static void
test_no_classes (UiWindow *self, gconstpointer data)
{
  test_ui_window_open (self);
  open_files (self, "comics", NULL);
  test_ui_answer ("Classify These Pictures");
  test_ui_wait (has_answers, self);
  g_assert_cmpstr (get_page (self), ==, "classify");
  g_assert_cmpuint (get_n_answers (self), ==, UI_N_DRAWN);
  g_assert_false (has_dataset (self));
}

/* Where the Classify page is asked for, a folder is one of pictures, with classes or without
 * any picture. */
static void
test_folder_for_page (UiWindow *self, gconstpointer data)
{
  test_ui_window_open (self);
  test_add_folder (self->data.root, "empty");
  open_files_on (self, "../empty", NULL, "classify");
  wait_for_toast (self, "There is no picture in the folder “empty”.");
  open_files_on (self, ".", NULL, "classify");
  test_ui_wait (has_answers, self);
  g_assert_cmpuint (get_n_answers (self), ==, UI_N_PICTURES);
  g_assert_cmpstr (get_page (self), ==, "classify");
  g_assert_false (has_dataset (self));
}

/* A picture that is not there is one that cannot be read, not a data set. */
static void
test_missing (UiWindow *self, gconstpointer data)
{
  test_ui_window_open (self);
  open_files (self, "gone.jpg", NULL);
  wait_for_one (self, "gone.jpg");
  g_assert_false (test_ui_has_failure (NULL));
  open_files (self, "gone", NULL);
  test_ui_wait (test_ui_has_failure, NULL);
  g_signal_emit_by_name (test_ui_find_failure (), "clicked");
  test_ui_wait (test_ui_has_no_failure, NULL);
}

/* The clipboard */

static void
copy (UiWindow *self, GdkContentProvider *content)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self->window));

  g_assert_true (gdk_clipboard_set_content (clipboard, content));
  g_clear_object (&content);
}

/* By the key, in the window, whatever has the focus. */
static void
paste (UiWindow *self)
{
  g_assert_true (test_ui_press (self->window, GDK_KEY_v, GDK_CONTROL_MASK));
}

static GdkContentProvider *
offer_file (UiWindow *self, const char *name)
{
  g_autoptr (GFile) file = g_file_new_build_filename (self->data.faces, name, NULL);
  g_auto (GValue) list = G_VALUE_INIT;

  g_value_init (&list, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&list, gdk_file_list_new_from_array (&file, 1));
  return gdk_content_provider_new_for_value (&list);
}

static GdkTexture *
make_texture (void)
{
  g_autofree guint8 *pixels = g_malloc0 (40 * 30 * 4);
  g_autoptr (GBytes) bytes = g_bytes_new (pixels, 40 * 30 * 4);

  return gdk_memory_texture_new (40, 30, GDK_MEMORY_R8G8B8A8, bytes, 40 * 4);
}

static void
test_paste (UiWindow *self, gconstpointer data)
{
  g_autoptr (GdkTexture) texture = make_texture ();

  test_ui_window_open (self);
  copy (self, gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture));
  paste (self);
  wait_for_one (self, "Pasted Picture");
  foc_examination_set_source (
    foc_classify_page_get_examination (get_classify_page (self)), NULL);

  /* A file that was copied in the Dataset page, say. */
  foc_window_set_page (self->window, "train");
  copy (self, offer_file (self, "faces/1.jpg"));
  paste (self);
  wait_for_one (self, "1.jpg");
}

static void
test_paste_nothing (UiWindow *self, gconstpointer data)
{
  test_ui_window_open (self);
  copy (self, NULL);
  paste (self);
  wait_for_toast (self, "There is no picture and no file in the clipboard.");
  g_assert_cmpstr (get_page (self), ==, "dataset");
}

static void
test_paste_words (UiWindow *self, gconstpointer data)
{
  test_ui_window_open (self);
  copy (self, gdk_content_provider_new_typed (G_TYPE_STRING, "words"));
  paste (self);
  wait_for_toast (self, "There is no picture and no file in the clipboard.");
}

/* Closing it while something is being read leaves nothing. */
static void
test_close (UiWindow *self, gconstpointer data)
{
  test_ui_window_open (self);
  copy (self, offer_file (self, "faces/1.jpg"));
  paste (self);
  open_files (self, "comics", "faces");
  test_ui_window_close (self);
}

/* The mouse: dragged from one part of the page to another one. */

typedef struct
{
  UiWindow *window;
  GdkContentProvider *content;
  gboolean has_begun;
} Drag;

static GdkContentProvider *
prepare (GtkDragSource *source, double x, double y, Drag *drag)
{
  return g_object_ref (drag->content);
}

static void
on_begin (GtkDragSource *source, GdkDrag *gdk_drag, Drag *drag)
{
  drag->has_begun = TRUE;
}

/* What is said over the page while something is dragged there is `label`. */
static void
drop (UiWindow *self, GdkContentProvider *content, const char *label)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkWidget *stack = test_ui_find (self->window, ADW_TYPE_VIEW_STACK);
  Drag drag = { self, content, FALSE };

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare), &drag);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_begin), &drag);
  gtk_widget_add_controller (stack, GTK_EVENT_CONTROLLER (source));

  test_ui_use_mouse ("mousemove 400 300");
  test_ui_use_mouse ("mousedown 1");
  for (int i = 0; i < 100 && (!drag.has_begun || !test_ui_says (self->window, label));
       i++)
    {
      g_autofree char *command =
        g_strdup_printf ("mousemove %d %d", 440 + i % 10, 320 + i % 3 * 10);

      test_ui_use_mouse (command);
    }
  g_assert_true (drag.has_begun);
  g_assert_true (test_ui_says (self->window, label));
  test_ui_settle (self->window);
  test_ui_use_mouse ("mouseup 1");
  test_ui_run (100);
  g_assert_false (test_ui_says (self->window, label));
  gtk_widget_remove_controller (stack, GTK_EVENT_CONTROLLER (source));
  g_object_unref (content);
}

#define ON_DATASET "Drop a Folder to Open It, Pictures to Classify Them"
#define ELSEWHERE "Drop Pictures to Classify Them"

static void
test_drop_on_dataset (UiWindow *self, gconstpointer data)
{
  if (!test_ui_has_mouse ())
    return;
  test_ui_window_open (self);
  drop (self, offer_file (self, "."), ON_DATASET);
  test_ui_wait (has_dataset, self);
  test_ui_dataset_wait (&self->data);
  g_assert_cmpstr (get_page (self), ==, "dataset");
  drop (self, offer_file (self, "faces/2.jpg"), ON_DATASET);
  wait_for_one (self, "2.jpg");
}

/* The Train page, and the Classify page; here a folder is one of pictures. */
static void
test_drop_elsewhere (UiWindow *self, gconstpointer page)
{
  g_autoptr (GdkTexture) texture = make_texture ();

  if (!test_ui_has_mouse ())
    return;
  test_ui_window_open (self);
  foc_window_set_page (self->window, page);
  drop (self, gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture), ELSEWHERE);
  wait_for_one (self, "Dropped Picture");
  foc_window_set_page (self->window, page);
  drop (self, offer_file (self, "comics"), ELSEWHERE);
  test_ui_wait (has_answers, self);
  g_assert_cmpuint (get_n_answers (self), ==, UI_N_DRAWN);
  g_assert_cmpstr (get_page (self), ==, "classify");
  g_assert_false (has_dataset (self));
}

static void
test_drop_words (UiWindow *self, gconstpointer data)
{
  if (!test_ui_has_mouse ())
    return;
  test_ui_window_open (self);
  foc_window_set_page (self->window, "classify");
  drop (self, gdk_content_provider_new_typed (G_TYPE_STRING, "words"), ELSEWHERE);
  wait_for_toast (self,
                  "What was dropped is neither a picture nor a file that can be read.");
}

#define ADD_WITH(name, function, data)                                                   \
  g_test_add ("/window-classify/" name, UiWindow, data, test_ui_window_set_up, function, \
              test_ui_window_tear_down)
#define ADD(name, function) ADD_WITH (name, function, NULL)

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  ADD ("action", test_action);
  ADD ("action-fails", test_action_fails);
  ADD ("partly-out-of-reach", test_partly_out_of_reach);
  ADD ("from-dataset", test_from_dataset);
  ADD ("files", test_files);
  ADD ("no-classes", test_no_classes);
  ADD ("folder-for-page", test_folder_for_page);
  ADD ("missing", test_missing);
  ADD ("paste", test_paste);
  ADD ("paste-nothing", test_paste_nothing);
  ADD ("paste-words", test_paste_words);
  ADD ("close", test_close);
  ADD ("drop-on-dataset", test_drop_on_dataset);
  ADD_WITH ("drop-on-train", test_drop_elsewhere, "train");
  ADD_WITH ("drop-on-classify", test_drop_elsewhere, "classify");
  ADD ("drop-words", test_drop_words);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-classify-page.h"
#include "foc-model-dialog.h"
#include "test-catalog.h"
#include "test-folders.h"
#include "test-ui-window.h"
#include "test-ui.h"

#include <glib/gstdio.h>
#include <string.h>

/* What the window does with models: loads, saves, exports and shows them. */

static FocLoadedModel *
get_model (UiWindow *self)
{
  return foc_session_get_model (self->data.session);
}

static gboolean
has_model (gpointer fixture)
{
  return get_model (fixture) != NULL;
}

static gboolean
is_shipped (gpointer fixture)
{
  return has_model (fixture) && foc_loaded_model_is_shipped (get_model (fixture));
}

static gboolean
is_not_shipped (gpointer fixture)
{
  return has_model (fixture) && !foc_loaded_model_is_shipped (get_model (fixture));
}

/* With the model that comes with the program. */
static void
open_window (UiWindow *self)
{
  test_ui_window_open (self);
  foc_window_set_page (self->window, "classify");
  test_ui_wait (is_shipped, self);
}

static gboolean
is_enabled (UiWindow *self, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (self->window), action);
}

static void
activate (UiWindow *self, const char *action)
{
  g_assert_true (is_enabled (self, action));
  g_action_group_activate_action (G_ACTION_GROUP (self->window), action, NULL);
}

/* As if it had been dropped. */
static void
open_file (UiWindow *self, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  foc_window_open_files (self->window, &file, 1, NULL);
}

static void
test_drop (UiWindow *self, gconstpointer data)
{
  g_autofree char *path = test_write_model (self->data.root, "cat dog", 1);
  g_autoptr (FocLoadedModel) before = NULL;

  open_window (self);
  before = g_object_ref (get_model (self));
  g_assert_false (is_enabled (self, "use-shipped-model"));
  foc_window_set_page (self->window, "dataset");
  test_ui_run (100);
  g_assert_null (test_ui_window_find_toast (self)); /* nobody has asked for it */

  open_file (self, path);
  test_ui_wait (is_not_shipped, self);
  test_ui_window_wait_for_toast (self, "Model in use: model.safetensors");
  g_assert_true (is_enabled (self, "use-shipped-model"));
  g_assert_cmpint (g_unlink (path), ==, 0);

  test_ui_run (700);
  g_signal_emit_by_name (test_ui_find_button (test_ui_window_find_toast (self), "_Undo"),
                         "clicked");
  g_assert_true (get_model (self) == before);
  g_assert_false (is_enabled (self, "use-shipped-model"));
}

/* Why, in a dialog, and the current model stays. */
static void
test_damaged (UiWindow *self, gconstpointer data)
{
  g_autofree char *path = test_write_model (self->data.root, "cat dog", 1);
  g_autofree char *bytes = NULL;
  gsize length;
  FocLoadedModel *before;

  open_window (self);
  before = get_model (self);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length - 1, NULL));
  open_file (self, path);
  test_ui_close_failure ("model.safetensors” cannot be used: ");
  g_assert_true (get_model (self) == before);

  /* Not by the user: a toast is enough. */
  foc_session_load_model (self->data.session, path);
  test_ui_wait (test_ui_window_has_toast, self);
  g_assert_false (test_ui_has_failure (NULL));
}

static gboolean
has_dialog (gpointer dialog)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (FOC_IS_MODEL_DIALOG (l->data))
      *(gpointer *) dialog = l->data;
  return *(gpointer *) dialog != NULL;
}

static void
test_show (UiWindow *self, gconstpointer data)
{
  gpointer dialog = NULL;

  open_window (self);
  activate (self, "show-model");
  g_assert_true (has_dialog (&dialog));
  g_assert_true (gtk_window_get_transient_for (dialog) == GTK_WINDOW (self->window));
  test_ui_destroy (dialog);
}

static double
get_threshold (UiWindow *self)
{
  return foc_loaded_model_get_model (get_model (self))->threshold;
}

/* A preference; what it makes of the model is no other model to tell about. */
static void
test_threshold (UiWindow *self, gconstpointer data)
{
  g_autofree char *path = test_write_model (self->data.root, "cat dog", 1);

  g_settings_set_int (self->settings, "threshold", 95);
  open_window (self);
  g_assert_cmpfloat (get_threshold (self), ==, 0.8);
  g_settings_set_boolean (self->settings, "own-threshold", FALSE);
  g_assert_cmpfloat (get_threshold (self), ==, 0.95);
  g_settings_set_int (self->settings, "threshold", 60);
  g_assert_cmpfloat (get_threshold (self), ==, 0.6);
  open_file (self, path);
  test_ui_wait (is_not_shipped, self);
  g_assert_cmpfloat (get_threshold (self), ==, 0.6);
  g_settings_set_boolean (self->settings, "own-threshold", TRUE);
  g_assert_cmpfloat (get_threshold (self), ==, FOC_MODEL_THRESHOLD_DEFAULT);
  test_ui_run (400);
  g_assert_true (test_ui_has_label (test_ui_window_find_toast (self),
                                    "Model in use: model.safetensors"));

  /* So it is with the next window. */
  g_settings_set_boolean (self->settings, "own-threshold", FALSE);
  test_ui_window_close (self);
  foc_session_set_threshold (self->data.session, 0.1);
  test_ui_window_open (self);
  g_assert_cmpfloat (get_threshold (self), ==, 0.6);
}

/* Nor is the one before told about, with another threshold, while the next is on its way. */
static void
test_threshold_meanwhile (UiWindow *self, gconstpointer data)
{
  g_autofree char *path = test_write_model (self->data.root, "cat dog", 1);

  open_window (self);
  foc_session_load_model (self->data.session, path);
  test_ui_wait (is_not_shipped, self);
  activate (self, "use-shipped-model");
  g_settings_set_boolean (self->settings, "own-threshold", FALSE);
  g_assert_false (is_shipped (self));
  test_ui_wait (is_shipped, self);
  test_ui_window_wait_for_toast (self, "Model in use: Model that comes with the program");
}

#define LEFT_OUT(name)                                                                   \
  "“" name ".safetensors” is left out: it is a model, which is loaded when it comes "  \
  "alone."

static void
classify (UiWindow *self, const char *first, const char *second, const char *third)
{
  const char *const names[] = { first, second, third, NULL };

  g_action_group_activate_action (G_ACTION_GROUP (self->window), "classify",
                                  g_variant_new_strv (names, -1));
}

static gboolean
has_answers (gpointer list)
{
  return g_list_model_get_n_items (list) > 0 && foc_answer_list_get_job (list) == NULL;
}

/* With another one, and with pictures. */
static void
test_among_others (UiWindow *self, gconstpointer data)
{
  g_autofree char *first = test_path (self->data.faces, "faces/0.jpg");
  g_autofree char *second = test_path (self->data.faces, "faces/1.jpg");
  FocAnswerList *answers;

  open_window (self);
  answers =
    foc_classify_page_get_answers (test_ui_find (self->window, FOC_TYPE_CLASSIFY_PAGE));
  foc_window_set_page (self->window, "train");
  classify (self, "/nowhere/1.safetensors", "/nowhere/2.safetensors", NULL);
  test_ui_window_wait_for_toast (
    self,
    "2 models are left out, such as “1.safetensors”: a model is loaded when it comes "
    "alone.");
  g_assert_cmpuint (foc_answer_list_get_n_waiting (answers), ==, 0);
  test_ui_run (800); /* a sentence makes room for the next one */

  classify (self, first, "/nowhere/3.safetensors", second);
  test_ui_wait (has_answers, answers);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (answers)), ==, 2);
  g_assert_true (test_ui_has_label (self->window, LEFT_OUT ("3")));
  g_assert_true (is_shipped (self));
  g_assert_false (test_ui_has_failure (NULL));
}

/* Another page that is asked for is shown, though files are looked at first. */
static void
test_other_page (UiWindow *self, gconstpointer data)
{
  g_autoptr (GFile) picture =
    g_file_new_build_filename (self->data.faces, "faces/0.jpg", NULL);
  g_autoptr (GFile) model = g_file_new_for_path ("/nowhere/1.safetensors");
  GFile *files[] = { picture, model };

  open_window (self);
  foc_window_open_files (self->window, files, 2, "train");
  test_ui_window_wait_for_toast (self, LEFT_OUT ("1"));
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (
                     test_ui_find (self->window, ADW_TYPE_VIEW_STACK)),
                   ==, "train");
}

/* However it is called, it is one of pictures. */
static void
test_folder (UiWindow *self, gconstpointer data)
{
  g_autofree char *faces = test_path (self->data.faces, "faces");
  g_autofree char *folder = test_path (self->data.root, "faces.safetensors");
  FocAnswerList *answers;
  guint n;

  g_assert_cmpint (g_rename (faces, folder), ==, 0);
  n = test_folder_count (folder);
  open_window (self);
  answers =
    foc_classify_page_get_answers (test_ui_find (self->window, FOC_TYPE_CLASSIFY_PAGE));
  classify (self, folder, NULL, NULL);
  test_ui_wait (has_answers, answers);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (answers)), ==, n);
  g_assert_null (test_ui_window_find_toast (self));

  classify (self, "/nowhere/1.safetensors", folder, NULL);
  test_ui_window_wait_for_toast (self, LEFT_OUT ("1"));
  g_assert_true (is_shipped (self));
  g_assert_false (test_ui_has_failure (NULL));
}

#define ADD(name, function)                                                              \
  g_test_add ("/window-model/" name, UiWindow, NULL, test_ui_window_set_up, function,    \
              test_ui_window_tear_down)

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  ADD ("drop", test_drop);
  ADD ("among-others", test_among_others);
  ADD ("other-page", test_other_page);
  ADD ("damaged", test_damaged);
  ADD ("folder", test_folder);
  ADD ("show", test_show);
  ADD ("threshold", test_threshold);
  ADD ("threshold-meanwhile", test_threshold_meanwhile);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-sandbox.h"
#include "foc-window-private.h"

#include "foc-export.h"
#include "test-catalog.h"
#include "test-folders.h"
#include "test-job.h"
#include "test-ui-application.h"
#include "test-ui-window.h"
#include "test-ui.h"

#include <glib/gstdio.h>

/* What the window asks the file chooser for. */

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

/* On the page of the model that comes with the program. */
static void
open_window (UiWindow *self)
{
  test_ui_window_open (self);
  foc_window_set_page (self->window, "classify");
  test_ui_wait (has_model, self);
}

static void
activate (UiWindow *self, const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->window), action, NULL);
}

/* The file chooser, once it is there. */
static gboolean
has_chooser (gpointer chooser)
{
  GListModel *windows = gtk_window_get_toplevels ();

  *(GtkFileChooser **) chooser = NULL;
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (GTK_IS_FILE_CHOOSER (window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        *(GtkFileChooser **) chooser = GTK_FILE_CHOOSER (window);
    }
  return *(GtkFileChooser **) chooser != NULL;
}

static gboolean
has_folder (gpointer chooser)
{
  g_autoptr (GFile) folder = gtk_file_chooser_get_current_folder (chooser);

  return folder != NULL;
}

typedef struct
{
  GtkFileChooser *chooser;
  GFile *file;
} Choice;

static gboolean
is_in_folder (gpointer data)
{
  const Choice *choice = data;
  g_autoptr (GFile) folder = gtk_file_chooser_get_current_folder (choice->chooser);

  return folder != NULL && g_file_equal (folder, choice->file);
}

static gboolean
is_chosen (gpointer data)
{
  const Choice *choice = data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (choice->chooser);

  return file != NULL && g_file_equal (file, choice->file);
}

/* Chooses `name` in `folder`, or with NULL the folder. The name that is offered must be
 * `offered`, unless that is NULL. */
static void
choose (const char *folder, const char *name, const char *offered)
{
  g_autoptr (GFile) place = g_file_new_for_path (folder);
  g_autoptr (GFile) file =
    name != NULL ? g_file_get_child (place, name) : g_object_ref (place);
  Choice choice = { .file = place };

  test_ui_wait (has_chooser, &choice.chooser);
  if (name != NULL)
    test_ui_wait (has_folder, choice.chooser); /* that it begins with */
  if (offered != NULL)
    {
      g_autofree char *current = gtk_file_chooser_get_current_name (choice.chooser);

      g_assert_cmpstr (current, ==, offered);
    }
  g_assert_true (gtk_file_chooser_set_current_folder (choice.chooser, place, NULL));
  test_ui_wait (is_in_folder, &choice);
  if (name != NULL)
    gtk_file_chooser_set_current_name (choice.chooser, name);
  choice.file = file;
  test_ui_wait (is_chosen, &choice);
  gtk_dialog_response (GTK_DIALOG (choice.chooser), GTK_RESPONSE_ACCEPT);
}

static gboolean
is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_save (UiWindow *self, gconstpointer data)
{
  g_autofree char *saved = test_path (self->data.root, "mine.safetensors");
  g_autofree char *of_saved = NULL;

  open_window (self);
  activate (self, "save-model");
  choose (self->data.root, "mine.safetensors", "face-or-comic.safetensors");
  test_ui_window_wait_for_toast (self, "The model was saved as “mine.safetensors”.");
  of_saved = test_file_sha256 (saved);
  g_assert_cmpstr (of_saved, ==, foc_loaded_model_get_sha256 (get_model (self)));
}

/* A name without its ending gets that; what has the whole name is not replaced unasked. */
static void
test_ending (UiWindow *self, gconstpointer data)
{
  g_autofree char *saved = test_path (self->data.root, "mine.onnx.safetensors");
  g_autofree char *named = test_path (self->data.root, "mine.onnx");
  g_autofree char *text = NULL;
  g_autofree char *of_saved = NULL;

  open_window (self);
  test_add_file (self->data.root, "mine.onnx.safetensors", "old", 3);
  activate (self, "save-model");
  choose (self->data.root, "mine.onnx", NULL);
  test_ui_answer ("Cancel");
  g_assert_true (g_file_get_contents (saved, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");

  activate (self, "save-model");
  choose (self->data.root, "mine.onnx", NULL);
  test_ui_answer ("Replace");
  test_ui_window_wait_for_toast (self, "The model was saved as “mine.onnx.safetensors”.");
  of_saved = test_file_sha256 (saved);
  g_assert_cmpstr (of_saved, ==, foc_loaded_model_get_sha256 (get_model (self)));

  g_assert_cmpint (g_unlink (saved), ==, 0);
  activate (self, "save-model");
  choose (self->data.root, "mine.onnx", NULL);
  test_ui_wait (is_there, saved);
  g_assert_false (g_file_test (named, G_FILE_TEST_EXISTS));
}

/* The first dialog may still be there: it is another one that does. */
static gboolean
asks_for_ending (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n_choosers = 0, n_asking = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (!GTK_IS_FILE_CHOOSER (window) || !gtk_widget_get_mapped (GTK_WIDGET (window)))
        continue;
      n_choosers++;
      n_asking += g_str_equal (gtk_window_get_title (window),
                               "The Name Has to End in .safetensors");
    }
  return n_choosers == 1 && n_asking == 1;
}

/* In a sandbox the file may be written that was chosen, and no other one. */
static void
test_sandbox (UiWindow *self, gconstpointer data)
{
  g_autofree char *saved = test_path (self->data.root, "mine.safetensors");

  open_window (self);
  foc_sandbox_pretend (TRUE);
  activate (self, "save-model");
  choose (self->data.root, "mine", NULL);
  test_ui_wait (asks_for_ending, NULL);
  choose (self->data.root, "mine.safetensors", "mine.safetensors");
  test_ui_wait (is_there, saved);
  foc_sandbox_pretend (FALSE);
}

static gboolean
can_export (gpointer fixture)
{
  return g_action_group_get_action_enabled (
    G_ACTION_GROUP (((UiWindow *) fixture)->window), "export-onnx");
}

static void
test_export (UiWindow *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->data.root, "exports");
  g_autofree char *model = g_build_filename (folder, "face-or-comic.onnx", NULL);
  g_autofree char *inputs = foc_export_get_inputs_path (model);

  open_window (self);
  test_add_folder (self->data.root, "exports");
  activate (self, "export-onnx");
  choose (folder, NULL, NULL);
  test_ui_window_wait_for_toast (
    self, "The model was exported as “face-or-comic.onnx”, with two files "
          "of test vectors.");
  g_assert_cmpuint (test_folder_count (folder), ==, 3);

  /* Again: not without being asked. */
  g_assert_cmpint (g_unlink (inputs), ==, 0);
  activate (self, "export-onnx");
  choose (folder, NULL, NULL);
  test_ui_answer ("Cancel");
  g_assert_cmpuint (test_folder_count (folder), ==, 2);
  activate (self, "export-onnx");
  choose (folder, NULL, NULL);
  test_ui_answer ("Replace");
  test_ui_wait (can_export, self);
  g_assert_cmpuint (test_folder_count (folder), ==, 3);

  test_folder_delete (folder);
  test_add_file (folder, "face-or-comic.onnx", "mine", 4);
  activate (self, "export-onnx");
  choose (folder, NULL, NULL);
  test_ui_answer ("Replace");
  test_ui_close_failure ("exists and is no onnx export of this program");
  g_assert_cmpuint (test_folder_count (folder), ==, 1);
}

static void
cancel (FocJobBar *bar, GParamSpec *pspec, UiWindow *self)
{
  if (foc_job_bar_get_job (bar) != NULL)
    g_signal_emit_by_name (bar, "cancel");
}

static gboolean
is_cancelled (gpointer bar)
{
  return foc_job_bar_get_job (bar) != NULL
         && !foc_job_get_running (foc_job_bar_get_job (bar));
}

/* As soon as it is under way: then nothing more is said of it. */
static void
test_cancel (UiWindow *self, gconstpointer data)
{
  FocJobBar *bar;

  open_window (self);
  bar = self->window->writing_bar;
  g_signal_connect (bar, "notify::job", G_CALLBACK (cancel), self);
  for (guint i = 0; i < 2; i++)
    {
      activate (self, i == 0 ? "save-model" : "export-onnx");
      choose (self->data.root, i == 0 ? "mine.safetensors" : NULL, NULL);
      test_ui_wait (is_cancelled, bar);
      g_assert_true (foc_job_wait_for_workers (20000));
      test_ui_settle (self->window);
      g_assert_null (test_ui_window_find_toast (self));
      g_assert_false (test_ui_has_failure (NULL));
      foc_job_bar_set_job (bar, NULL);
    }
}

static gboolean
has_no_chooser (gpointer data)
{
  GtkFileChooser *chooser;

  return !has_chooser (&chooser);
}

static void
note_enabled (GActionGroup *group, const char *action, gboolean enabled, GString *log)
{
  g_string_append_printf (log, "%s:%d ", action, enabled);
}

/* What is written has the bar for itself, and whoever was asked where to meanwhile is late. */
static void
test_one_at_a_time (UiWindow *self, gconstpointer data)
{
  g_autofree char *late = test_path (self->data.root, "late.safetensors");
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (FocJob) job = NULL;
  FocJobBar *bar;

  open_window (self);
  bar = self->window->writing_bar;
  g_signal_connect (self->window, "action-enabled-changed", G_CALLBACK (note_enabled),
                    log);
  activate (self, "save-model");
  choose (self->data.root, "mine.safetensors", NULL);
  test_ui_window_wait_for_toast (self, "The model was saved as “mine.safetensors”.");
  g_assert_cmpstr (log->str, ==,
                   "export-onnx:0 save-model:0 export-onnx:1 save-model:1 ");
  g_signal_handlers_disconnect_by_func (self->window, note_enabled, log);

  job = test_job_begin (late);
  for (guint i = 0; i < 2; i++)
    {
      activate (self, i == 0 ? "save-model" : "export-onnx");
      foc_job_bar_set_job (bar, job);
      choose (self->data.root, i == 0 ? "late.safetensors" : NULL, NULL);
      test_ui_wait (has_no_chooser, NULL);
      test_ui_run (100);
      g_assert_true (foc_job_bar_get_job (bar) == job);
    }
  g_assert_false (g_file_test (late, G_FILE_TEST_EXISTS));
  test_job_end (job);
  test_ui_wait (test_job_is_over, job);
}

/* Closes what "open" has opened, which must be called `title`. The button in the header
 * says what it opens. */
static void
assert_opens (UiWindow *self, const char *title, const char *tooltip)
{
  GtkWidget *button = test_ui_find (self->window, ADW_TYPE_SPLIT_BUTTON);
  GtkFileChooser *chooser;

  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, tooltip);
  activate (self, "open");
  test_ui_wait (has_chooser, &chooser);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (chooser)), ==, title);
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_CANCEL);
  test_ui_wait (has_no_chooser, NULL);
}

/* What the page is about. */
static void
test_open (UiWindow *self, gconstpointer data)
{
  test_ui_window_open (self);
  assert_opens (self, "Open a Data Set", "Open a Folder of Labelled Pictures");
  foc_window_set_page (self->window, "classify");
  assert_opens (self, "Open Pictures", "Open Pictures to Classify Them");
  foc_window_set_page (self->window, "train");
  assert_opens (self, "Open a Data Set", "Open a Folder of Labelled Pictures");
}

/* What is not to be lost when the window is closed. */
static void
test_export_answers (UiApplication *self, gconstpointer data)
{
  g_autofree char *path = test_path (self->train.data.root, "classes.csv");

  test_ui_application_start (self);
  test_ui_application_add_answers (self);
  test_ui_application_set_by_hand (self, 0, 1);
  foc_window_set_page (self->window, "dataset");
  test_ui_application_close_window (self);
  test_ui_answer ("Export as CSV…");
  choose (self->train.data.root, "classes.csv", "answers.csv");
  test_ui_wait (is_there, path);
  test_ui_run (500);
  test_ui_application_close_window (self);
  test_ui_wait (test_ui_application_is_gone, self);
}

static void
test_key (UiApplication *self, gconstpointer data)
{
  g_auto (GStrv) actions = gtk_application_get_actions_for_accel (
    GTK_APPLICATION (self->application), "<Control>o");

  g_assert_cmpuint (g_strv_length (actions), ==, 1);
  g_assert_cmpstr (actions[0], ==, "win.open");
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/window-files/" name, UiWindow, NULL, test_ui_window_set_up, function,    \
              test_ui_window_tear_down)
  ADD ("save", test_save);
  ADD ("ending", test_ending);
  ADD ("sandbox", test_sandbox);
  ADD ("export", test_export);
  ADD ("cancel", test_cancel);
  ADD ("one-at-a-time", test_one_at_a_time);
  ADD ("open", test_open);
  g_test_add ("/window-files/export-answers", UiApplication, NULL,
              test_ui_application_set_up, test_export_answers,
              test_ui_application_tear_down);
  g_test_add ("/window-files/key", UiApplication, NULL, test_ui_application_set_up,
              test_key, test_ui_application_tear_down);

  return g_test_run ();
}

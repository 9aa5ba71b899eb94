/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-app-settings.h"
#include "foc-demo.h"
#include "foc-page-title.h"
#include "foc-recent-datasets.h"
#include "foc-sandbox.h"
#include "foc-window.h"
#include "test-folders.h"
#include "test-ui.h"

typedef struct
{
  char *root;
  GSettings *settings;
  FocSession *session;
  FocWindow *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *cache = NULL;

  self->root = test_folder_new ();
  cache = test_path (self->root, "cache");
  self->settings = test_ui_settings ();
  self->session = foc_session_new (cache);
}

static void
open_window_with (Fixture *self, gboolean open_last)
{
  self->window = foc_window_new (NULL, self->session, self->settings, open_last);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
open_window (Fixture *self)
{
  open_window_with (self, FALSE);
}

static void
close_window (Fixture *self)
{
  test_ui_destroy (g_steal_pointer (&self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->window != NULL)
    close_window (self);
  g_object_unref (self->session);
  g_object_unref (self->settings);
  test_folder_delete (self->root);
  g_free (self->root);
}

/* A data set of drawn faces; free its path. */
static char *
draw_dataset (Fixture *self, const char *name)
{
  const FocDemoOptions options = { .per_class = 12, .size = 32, .seed = 1, .jobs = 1 };
  char *path = test_path (self->root, name);

  g_assert_true (foc_demo_write (path, &options, NULL, NULL, NULL, NULL));
  return path;
}

static void
activate (Fixture *self, const char *action, const char *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->window), action,
                                  parameter != NULL ? g_variant_new_string (parameter)
                                                    : NULL);
}

static const char *
get_page (Fixture *self)
{
  return adw_view_stack_get_visible_child_name (
    test_ui_find (self->window, ADW_TYPE_VIEW_STACK));
}

static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) != NULL)
        return window;
    }
  return NULL;
}

static gboolean
has_dialog (gpointer data)
{
  return find_dialog () != NULL;
}

static gboolean
has_toast (gpointer fixture)
{
  GType type = g_type_from_name ("AdwToastWidget");

  return type != 0 && test_ui_find (((Fixture *) fixture)->window, type) != NULL;
}

static void
test_actions (Fixture *self, gconstpointer data)
{
  const char *const names[] = {
    "close",   "close-dataset", "draw-demo",         "export-onnx", "load-model",
    "open",    "open-dataset",  "open-pictures",     "open-recent", "page",
    "refresh", "save-model",    "show-help-overlay", "show-model",  "use-shipped-model",
  };

  open_window (self);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (g_action_group_has_action (G_ACTION_GROUP (self->window), names[i]));

  activate (self, "show-help-overlay", NULL);
  test_ui_run (50);
  g_assert_true (has_dialog (NULL));
  test_ui_destroy (find_dialog ());
  activate (self, "close", NULL);
  test_ui_run (50);
  self->window = NULL;
}

static void
test_pages (Fixture *self, gconstpointer data)
{
  g_autofree char *page = NULL;

  open_window (self);
  g_assert_cmpstr (get_page (self), ==, "dataset");
  activate (self, "page", "train");
  g_assert_cmpstr (get_page (self), ==, "train");
  activate (self, "page", "classify");
  g_assert_cmpstr (get_page (self), ==, "classify");
  close_window (self);

  page = g_settings_get_string (self->settings, "page");
  g_assert_cmpstr (page, ==, "classify");
  open_window (self);
  g_assert_cmpstr (get_page (self), ==, "classify");

  g_assert_true (foc_window_is_page ("dataset"));
  g_assert_false (foc_window_is_page ("Dataset"));
}

static void
test_size (Fixture *self, gconstpointer data)
{
  int width, height;

  open_window (self);
  test_ui_run (100);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 901, 602);
  test_ui_run (100);
  close_window (self);
  g_assert_cmpint (g_settings_get_int (self->settings, "window-width"), ==, 901);
  g_assert_cmpint (g_settings_get_int (self->settings, "window-height"), ==, 602);

  open_window (self);
  gtk_window_get_default_size (GTK_WINDOW (self->window), &width, &height);
  g_assert_cmpint (width, ==, 901);
  g_assert_cmpint (height, ==, 602);
}

static gboolean
is_bottom_bar_shown (gpointer fixture)
{
  return adw_view_switcher_bar_get_reveal (
    test_ui_find (((Fixture *) fixture)->window, ADW_TYPE_VIEW_SWITCHER_BAR));
}

static gboolean
is_wide (gpointer fixture)
{
  FocPageTitle *title = test_ui_find (((Fixture *) fixture)->window, FOC_TYPE_PAGE_TITLE);
  GtkWidget *switcher = test_ui_find (title, ADW_TYPE_VIEW_SWITCHER);

  return !is_bottom_bar_shown (fixture) && !foc_page_title_get_narrow (title)
         && gtk_widget_get_mapped (switcher);
}

static void
test_narrow (Fixture *self, gconstpointer data)
{
  GtkWidget *switcher;

  g_settings_set_int (self->settings, "window-width", 480);
  g_settings_set_int (self->settings, "window-height", 480);
  open_window (self);
  test_ui_wait (is_bottom_bar_shown, self);
  switcher = test_ui_find (test_ui_find (self->window, FOC_TYPE_PAGE_TITLE),
                           ADW_TYPE_VIEW_SWITCHER);
  g_assert_false (gtk_widget_get_mapped (switcher));

  gtk_window_set_default_size (GTK_WINDOW (self->window), 1000, 600);
  test_ui_wait (is_wide, self);
}

static gboolean
is_complete (gpointer fixture)
{
  FocCatalog *catalog = foc_open_dataset_get_catalog (
    foc_session_get_dataset (((Fixture *) fixture)->session));

  return catalog != NULL && catalog->step == FOC_CATALOG_COMPLETE;
}

static void
test_dataset (Fixture *self, gconstpointer data)
{
  g_autofree char *path = draw_dataset (self, "faces_1");
  g_autofree char *last = NULL;
  g_autoptr (GPtrArray) recent = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);

  open_window (self);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->window)), ==, "Face or Comic");
  foc_window_open_files (self->window, &file, 1, "train");
  test_ui_wait (is_complete, self);
  g_assert_cmpstr (get_page (self), ==, "train");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->window)), ==,
                   "faces_1 – Face or Comic");

  recent = foc_recent_datasets_get (self->settings);
  g_assert_cmpuint (recent->len, ==, 1);
  last = foc_app_settings_get_path (self->settings, "last-dataset");
  g_assert_nonnull (last);
  g_assert_true (g_str_has_suffix (last, "/faces_1"));

  /* It opens again with the next window, but not once it was closed. */
  activate (self, "close-dataset", NULL);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->window)), ==, "Face or Comic");
  g_assert_false (
    g_action_group_get_action_enabled (G_ACTION_GROUP (self->window), "close-dataset"));
  close_window (self);
  open_window_with (self, TRUE);
  test_ui_run (50);
  g_assert_false (is_complete (self));

  close_window (self);
  foc_app_settings_set_path (self->settings, "last-dataset", path);
  open_window_with (self, TRUE);
  test_ui_wait (is_complete, self);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->window)), ==,
                   "faces_1 – Face or Comic");
}

static void
test_pictures (Fixture *self, gconstpointer data)
{
  g_autofree char *path = draw_dataset (self, "faces");
  g_autofree char *picture = test_path (path, "faces/0.jpg");
  GFile *files[] = { g_file_new_for_path (picture), g_file_new_for_path (path) };

  open_window (self);
  foc_window_open_files (self->window, files, 1, NULL);
  test_ui_run (200);
  g_assert_cmpstr (get_page (self), ==, "classify");
  activate (self, "page", "dataset");
  foc_window_open_files (self->window, files, 2, NULL);
  test_ui_run (200);
  g_assert_cmpstr (get_page (self), ==, "classify");

  g_object_unref (files[0]);
  g_object_unref (files[1]);
}

static void
test_failures (Fixture *self, gconstpointer data)
{
  g_autofree char *missing = test_path (self->root, "missing & gone");
  g_autofree char *sandboxed = g_strdup_printf (
    "“%s” is out of reach: the program runs in a sandbox without access to "
    "it. Choose the folder with the Open button, which lets it in.",
    missing);

  /* Unasked: a toast. */
  foc_app_settings_set_path (self->settings, "last-dataset", missing);
  open_window_with (self, TRUE);
  test_ui_wait (has_toast, self);
  g_assert_false (test_ui_has_failure (NULL));

  activate (self, "open-recent", missing);
  test_ui_wait (test_ui_has_failure, NULL);
  g_signal_emit_by_name (test_ui_find_failure (), "clicked");
  test_ui_wait (test_ui_has_no_failure, NULL);

  foc_sandbox_pretend (TRUE);
  activate (self, "open-recent", missing);
  test_ui_wait (test_ui_has_failure, NULL);
  foc_sandbox_pretend (FALSE);
  g_assert_true (test_ui_says (gtk_widget_get_root (test_ui_find_failure ()), sandboxed));
  g_signal_emit_by_name (test_ui_find_failure (), "clicked");
  test_ui_wait (test_ui_has_no_failure, NULL);

  activate (self, "open-recent", "http://example.org/faces");
  test_ui_wait (test_ui_has_failure, NULL);
  g_signal_emit_by_name (test_ui_find_failure (), "clicked");
  test_ui_wait (test_ui_has_no_failure, NULL);
}

static void
test_lost (Fixture *self, gconstpointer data)
{
  FocOpenDataset *dataset = foc_session_get_dataset (self->session);
  GtkWidget *button;
  GtkRevealer *revealer;

  open_window (self);
  button = test_ui_find_button (self->window, "_Close Data Set");
  revealer = GTK_REVEALER (gtk_widget_get_ancestor (button, GTK_TYPE_REVEALER));
  g_assert_false (gtk_revealer_get_reveal_child (revealer));
  g_signal_emit_by_name (dataset, "lost", "The folder has gone.");
  g_assert_true (gtk_revealer_get_reveal_child (revealer));
  g_signal_emit_by_name (dataset, "found");
  g_assert_false (gtk_revealer_get_reveal_child (revealer));
}

/* The menu of the Open button; its last section. */
static GMenuModel *
get_recent_menu (Fixture *self)
{
  GMenuModel *menu =
    adw_split_button_get_menu_model (test_ui_find (self->window, ADW_TYPE_SPLIT_BUTTON));

  return g_menu_model_get_item_link (menu, g_menu_model_get_n_items (menu) - 1,
                                     G_MENU_LINK_SECTION);
}

static void
test_recent (Fixture *self, gconstpointer data)
{
  const char *const expected[] = { "one__more", "same (in /b)", "same (in /a)" };
  g_autoptr (GMenuModel) menu = NULL;

  open_window (self);
  menu = get_recent_menu (self);
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 0);

  foc_recent_datasets_add (self->settings, "/a/same", &foc_split_settings_default);
  foc_recent_datasets_add (self->settings, "/b/same", &foc_split_settings_default);
  foc_recent_datasets_add (self->settings, "/b/one_more", &foc_split_settings_default);
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *label = NULL;

      g_menu_model_get_item_attribute (menu, (int) i, G_MENU_ATTRIBUTE_LABEL, "s",
                                       &label);
      g_assert_cmpstr (label, ==, expected[i]);
    }
}

/* At once: the pictures may be read before the main loop is asked again. */
static void
cancel (FocOpenDataset *dataset, GParamSpec *pspec, gboolean *is_cancelled)
{
  *is_cancelled = TRUE;
  foc_open_dataset_cancel (dataset);
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *) flag;
}

/* What the user did not want to wait for does not come again by itself. */
static void
test_cancelled_is_not_last (Fixture *self, gconstpointer data)
{
  g_autofree char *path = draw_dataset (self, "d");
  g_autofree char *last = NULL;
  gboolean is_cancelled = FALSE;

  open_window (self);
  g_signal_connect (foc_session_get_dataset (self->session), "notify::catalog",
                    G_CALLBACK (cancel), &is_cancelled);
  foc_window_open_dataset (self->window, path);
  test_ui_wait (is_set, &is_cancelled);
  test_ui_settle (self->window);
  g_signal_handlers_disconnect_by_data (foc_session_get_dataset (self->session),
                                        &is_cancelled);
  last = foc_app_settings_get_path (self->settings, "last-dataset");
  g_assert_null (last);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  g_test_add ("/window/actions", Fixture, NULL, set_up, test_actions, tear_down);
  g_test_add ("/window/pages", Fixture, NULL, set_up, test_pages, tear_down);
  g_test_add ("/window/size", Fixture, NULL, set_up, test_size, tear_down);
  g_test_add ("/window/narrow", Fixture, NULL, set_up, test_narrow, tear_down);
  g_test_add ("/window/dataset", Fixture, NULL, set_up, test_dataset, tear_down);
  g_test_add ("/window/pictures", Fixture, NULL, set_up, test_pictures, tear_down);
  g_test_add ("/window/failures", Fixture, NULL, set_up, test_failures, tear_down);
  g_test_add ("/window/lost", Fixture, NULL, set_up, test_lost, tear_down);
  g_test_add ("/window/recent", Fixture, NULL, set_up, test_recent, tear_down);
  g_test_add ("/window/cancelled-is-not-last", Fixture, NULL, set_up,
              test_cancelled_is_not_last, tear_down);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-demo.h"
#include "foc-picture-menu.h"
#include "foc-session.h"
#include "test-folders.h"
#include "test-ui.h"

typedef struct
{
  char *root;
  FocSession *session;
  FocPictureItem *item;
  GtkWidget *window;
  GtkWidget *widget; /* with the menu */
  char *classified;  /* what "win.classify" got */
} Fixture;

static FocPictureItem *found;

static FocPictureItem *
find (GtkWidget *widget, GdkRectangle *place)
{
  if (place->width == 0)
    *place = (GdkRectangle){ 10, 10, 20, 20 };
  return found;
}

static gboolean
has_pictures (gpointer session)
{
  return foc_open_dataset_get_catalog (foc_session_get_dataset (session)) != NULL;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const FocDemoOptions options = { .per_class = 2, .size = 32, .seed = 1, .jobs = 1 };

  self->root = test_folder_new ();
  g_assert_true (foc_demo_write (self->root, &options, NULL, NULL, NULL, NULL));
  self->session = foc_session_new (NULL);
  foc_open_dataset_open (foc_session_get_dataset (self->session), self->root, NULL);
  test_ui_wait (has_pictures, self->session);
  self->item = g_list_model_get_item (G_LIST_MODEL (foc_open_dataset_get_pictures (
                                        foc_session_get_dataset (self->session))),
                                      0);
  found = self->item;

  self->window = gtk_window_new ();
  self->widget = gtk_button_new_with_label ("x");
  foc_picture_menu_attach (self->widget, find);
  gtk_window_set_child (GTK_WINDOW (self->window), self->widget);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->window);
  g_assert_finalize_object (self->item);
  g_object_unref (self->session);
  test_folder_delete (self->root);
  g_free (self->root);
}

/* As if it were typed: what GTK does with a key that the focus takes. */
static gboolean
press_key (Fixture *self, guint keyval, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (self->widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      for (guint k = 0; GTK_IS_SHORTCUT_CONTROLLER (controller)
                        && k < g_list_model_get_n_items (G_LIST_MODEL (controller));
           k++)
        {
          g_autoptr (GtkShortcut) shortcut =
            g_list_model_get_item (G_LIST_MODEL (controller), k);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger)
              && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == keyval
              && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger))
                   == modifiers)
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0,
                                                 self->widget, NULL);
        }
    }
  g_assert_not_reached ();
}

static GtkWidget *
find_menu (Fixture *self)
{
  return test_ui_find (self->widget, GTK_TYPE_POPOVER_MENU);
}

static gboolean
has_menu (gpointer self)
{
  GtkWidget *menu = find_menu (self);

  return menu != NULL && gtk_widget_get_mapped (menu);
}

static gboolean
has_no_menu (gpointer self)
{
  return !has_menu (self);
}

static void
on_pasted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  const GValue *value =
    gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  g_assert_nonnull (value);
  *(GdkFileList **) user_data = g_value_dup_boxed (value);
}

static gboolean
is_pasted (gpointer files)
{
  return *(GdkFileList **) files != NULL;
}

static void
assert_copied (Fixture *self)
{
  GdkFileList *files = NULL;
  g_autoptr (GSList) list = NULL;

  gdk_clipboard_read_value_async (gtk_widget_get_clipboard (self->widget),
                                  GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, on_pasted,
                                  &files);
  test_ui_wait (is_pasted, &files);
  list = gdk_file_list_get_files (files);
  g_assert_cmpuint (g_slist_length (list), ==, 1);
  g_assert_cmpstr (g_file_peek_path (list->data), ==,
                   foc_picture_item_get_path (self->item));
  g_boxed_free (GDK_TYPE_FILE_LIST, files);
}

static void
test_open_and_close (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint keyval;
    GdkModifierType modifiers;
  } keys[] = { { GDK_KEY_Menu, 0 }, { GDK_KEY_F10, GDK_SHIFT_MASK } };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_true (press_key (self, keys[i].keyval, keys[i].modifiers));
      test_ui_wait (has_menu, self);
      gtk_popover_popdown (GTK_POPOVER (find_menu (self)));
      test_ui_wait (has_no_menu, self);
    }
}

static void
test_no_picture (Fixture *self, gconstpointer data)
{
  found = NULL;
  g_assert_false (press_key (self, GDK_KEY_Menu, 0));
  g_assert_false (has_menu (self));
  g_assert_false (press_key (self, GDK_KEY_c, GDK_CONTROL_MASK));
}

static void
test_copy (Fixture *self, gconstpointer data)
{
  g_assert_true (press_key (self, GDK_KEY_Menu, 0));
  test_ui_wait (has_menu, self);
  g_assert_true (gtk_widget_activate_action (find_menu (self), "file.copy", NULL));
  assert_copied (self);
}

static void
on_classify (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autofree const char **names = g_variant_get_strv (parameter, NULL);

  *(char **) user_data = g_strjoinv (" ", (char **) names);
}

static void
test_classify (Fixture *self, gconstpointer data)
{
  const GActionEntry entry = { "classify", on_classify, "as" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autofree char *uri =
    g_filename_to_uri (foc_picture_item_get_path (self->item), NULL, NULL);

  g_action_map_add_action_entries (G_ACTION_MAP (group), &entry, 1, &self->classified);
  gtk_widget_insert_action_group (self->window, "win", G_ACTION_GROUP (group));
  g_assert_true (press_key (self, GDK_KEY_Menu, 0));
  test_ui_wait (has_menu, self);
  g_assert_true (test_ui_says (find_menu (self), "Classify This"));
  g_assert_true (gtk_widget_activate_action (find_menu (self), "file.classify", NULL));
  g_assert_cmpstr (self->classified, ==, uri);
  g_clear_pointer (&self->classified, g_free);
}

static void
test_copy_by_key (Fixture *self, gconstpointer data)
{
  g_assert_true (press_key (self, GDK_KEY_c, GDK_CONTROL_MASK));
  assert_copied (self);
}

/* Its window goes while the menu is open. */
static void
test_close_window (Fixture *self, gconstpointer data)
{
  g_assert_true (press_key (self, GDK_KEY_Menu, 0));
  test_ui_wait (has_menu, self);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/picture-menu/open-and-close", test_open_and_close },
    { "/picture-menu/no-picture", test_no_picture },
    { "/picture-menu/copy", test_copy },
    { "/picture-menu/copy-by-key", test_copy_by_key },
    { "/picture-menu/classify", test_classify },
    { "/picture-menu/close-window", test_close_window },
  };

  test_ui_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}

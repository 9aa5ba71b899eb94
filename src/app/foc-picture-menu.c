/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-picture-menu.h"

#include "foc-compat.h"

#include <glib/gi18n.h>

typedef struct
{
  FocPictureMenuFind find;
  GtkWidget *widget; /* that it is the menu of */
  GtkWidget *popover;
  FocPictureItem *item; /* while it is open, else NULL */
  guint forget_id;
} PictureMenu;

static void
picture_menu_free (gpointer data)
{
  PictureMenu *self = data;

  g_object_unref (self->popover);
  g_clear_object (&self->item);
  g_free (self);
}

/* As files: a file manager copies it, other programs open it. */
static void
copy_file (GtkWidget *widget, FocPictureItem *item)
{
  g_autoptr (GFile) file = g_file_new_for_path (foc_picture_item_get_path (item));
  GdkFileList *files = gdk_file_list_new_from_array (&file, 1);

  gdk_clipboard_set (gtk_widget_get_clipboard (widget), GDK_TYPE_FILE_LIST, files);
  g_boxed_free (GDK_TYPE_FILE_LIST, files);
}

static void
copy (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PictureMenu *self = user_data;

  if (self->item != NULL)
    copy_file (self->widget, self->item);
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) window = user_data;
  g_autoptr (GError) error = NULL;

  if (!foc_compat_show_in_files_finish (result, &error)
      && gtk_widget_get_visible (GTK_WIDGET (window)))
    foc_compat_present_failure (window, _ ("The Picture Cannot Be Shown in Files"),
                                error->message);
}

static void
show_in_files (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PictureMenu *self = user_data;
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (self->widget));

  if (self->item != NULL)
    foc_compat_show_in_files (window, foc_picture_item_get_path (self->item), on_shown,
                              g_object_ref (window));
}

/* By its URI: a name that is not UTF-8 has one, too. */
static void
classify (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PictureMenu *self = user_data;
  g_autofree char *uri =
    self->item != NULL
      ? g_filename_to_uri (foc_picture_item_get_path (self->item), NULL, NULL)
      : NULL;
  const char *const uris[] = { uri, NULL };

  if (uri != NULL)
    gtk_widget_activate_action (self->widget, "win.classify", "^as", uris);
}

static const GActionEntry actions[] = {
  { "classify", classify },
  { "copy", copy },
  { "show-in-files", show_in_files },
};

static GMenuModel *
make_model (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) file = g_menu_new ();
  g_autoptr (GMenuItem) view = g_menu_item_new (_ ("_Large View"), "picture.view");

  g_menu_item_set_attribute (view, "hidden-when", "s", "action-missing");
  g_menu_append_item (menu, view);
  g_menu_append (menu, _ ("C_lassify This"), "file.classify");
  g_menu_append (file, _ ("_Copy"), "file.copy");
  g_menu_append (file, _ ("_Show in Files"), "file.show-in-files");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (file));
  return G_MENU_MODEL (menu);
}

/* What was chosen is done after the menu has closed. */
static gboolean
forget_item (gpointer user_data)
{
  PictureMenu *self = user_data;

  self->forget_id = 0;
  if (!gtk_widget_get_visible (self->popover))
    g_clear_object (&self->item);
  return G_SOURCE_REMOVE;
}

static void
on_closed (PictureMenu *self)
{
  if (self->forget_id == 0)
    self->forget_id = g_idle_add (forget_item, self);
}

static gboolean
popup (PictureMenu *self, GdkRectangle place)
{
  FocPictureItem *item = self->find (self->widget, &place);

  if (item == NULL)
    return FALSE;

  g_set_object (&self->item, item);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  return TRUE;
}

static void
on_pressed (GtkGesture *gesture, int n, double x, double y, gpointer self)
{
  if (popup (self, (GdkRectangle){ (int) x, (int) y, 1, 1 }))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_long_pressed (GtkGesture *gesture, double x, double y, gpointer self)
{
  on_pressed (gesture, 1, x, y, self);
}

static gboolean
on_menu_key (GtkWidget *widget, GVariant *args, gpointer self)
{
  return popup (self, (GdkRectangle){ 0 });
}

static gboolean
on_copy_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  PictureMenu *self = user_data;
  GdkRectangle place = { 0 };
  FocPictureItem *item = self->find (widget, &place);

  if (item == NULL)
    return FALSE;
  copy_file (widget, item);
  return TRUE;
}

static void
add_key (GtkEventController *keys,
         guint keyval,
         GdkModifierType modifiers,
         GtkShortcutFunc func,
         PictureMenu *self)
{
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (keyval, modifiers),
                      gtk_callback_action_new (func, self, NULL)));
}

static void
add_controllers (PictureMenu *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (self->widget, GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect (press, "pressed", G_CALLBACK (on_long_pressed), self);
  gtk_widget_add_controller (self->widget, GTK_EVENT_CONTROLLER (press));

  add_key (keys, GDK_KEY_Menu, 0, on_menu_key, self);
  add_key (keys, GDK_KEY_F10, GDK_SHIFT_MASK, on_menu_key, self);
  add_key (keys, GDK_KEY_c, GDK_CONTROL_MASK, on_copy_key, self);
  gtk_widget_add_controller (self->widget, keys);
}

static void
on_destroy (PictureMenu *self)
{
  if (gtk_widget_get_parent (self->popover) != NULL)
    gtk_widget_unparent (self->popover);
  g_clear_handle_id (&self->forget_id, g_source_remove);
}

void
foc_picture_menu_attach (GtkWidget *widget, FocPictureMenuFind find)
{
  PictureMenu *self = g_new0 (PictureMenu, 1);
  g_autoptr (GMenuModel) model = make_model ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  self->find = find;
  self->widget = widget;
  self->popover = g_object_ref_sink (gtk_popover_menu_new_from_model (model));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (on_closed), self);
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions),
                                   self);
  gtk_widget_insert_action_group (self->popover, "file", G_ACTION_GROUP (group));
  gtk_widget_set_parent (self->popover, widget);

  add_controllers (self);
  g_signal_connect_swapped (widget, "destroy", G_CALLBACK (on_destroy), self);
  g_object_set_data_full (G_OBJECT (widget), "foc-picture-menu", self, picture_menu_free);
}

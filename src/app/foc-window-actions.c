/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-window-private.h"

#include "foc-app-settings.h"
#include "foc-compat.h"

#include <glib/gi18n.h>

void
foc_window_say_unreachable (FocWindow *self, const char *heading, GFile *file)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *message = g_strdup_printf (
    _ (
      "“%s” is in a place that cannot be read as files. Copy it to this computer first."),
    name);

  foc_compat_present_failure (GTK_WINDOW (self), heading, message);
}

void
foc_window_open_folder (FocWindow *self, GFile *folder)
{
  const char *path = g_file_peek_path (folder);

  if (path != NULL)
    foc_window_open_dataset (self, path);
  else
    foc_window_say_unreachable (self, _ ("The Data Set Cannot Be Opened"), folder);
}

void
foc_window_say_not_chosen (FocWindow *self, const char *heading, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    foc_compat_present_failure (GTK_WINDOW (self), heading, error->message);
}

static void
finish_choosing_folder (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocWindow *self = FOC_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = foc_compat_open_folder_finish (result, &error);

  if (self->session == NULL) /* the window was closed */
    return;

  if (folder != NULL)
    foc_window_open_folder (self, folder);
  else
    foc_window_say_not_chosen (self, _ ("The Data Set Cannot Be Opened"), error);
}

static void
open_dataset (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FocWindow *self = user_data;
  FocCatalog *catalog =
    foc_open_dataset_get_catalog (foc_session_get_dataset (self->session));
  g_autoptr (GFile) folder = NULL;

  /* The next data set often stands beside this one. */
  if (catalog != NULL)
    {
      g_autoptr (GFile) root =
        g_file_new_for_path (foc_dataset_get_root (catalog->dataset));

      folder = g_file_get_parent (root);
    }
  foc_compat_open_folder (GTK_WINDOW (self), _ ("Open a Data Set"), NULL, folder,
                          finish_choosing_folder, NULL);
}

/* What the page is about. */
static void
open_for_page (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FocWindow *self = user_data;

  g_action_group_activate_action (
    G_ACTION_GROUP (self),
    foc_window_is_on_page (self, "classify") ? "open-pictures" : "open-dataset", NULL);
}

static void
open_recent (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GFile) folder =
    g_file_new_for_commandline_arg (g_variant_get_string (parameter, NULL));

  foc_window_open_folder (user_data, folder);
}

static void
close_dataset (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FocWindow *self = user_data;

  foc_app_settings_set_path (self->settings, "last-dataset", NULL);
  foc_open_dataset_close (foc_session_get_dataset (self->session));
}

static void
draw_demo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FocWindow *self = user_data;

  foc_window_set_page (self, "dataset");
  foc_demo_drawer_draw (self->drawer);
}

static void
refresh (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FocWindow *self = user_data;

  foc_open_dataset_refresh (foc_session_get_dataset (self->session));
}

static void
show_help_overlay (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  foc_compat_present_shortcuts (user_data,
                                "/io/github/faceorcomic/FaceOrComic/ui/help-overlay.ui");
}

static void
close_window (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (user_data);
}

static const GActionEntry actions[] = {
  { "close", close_window },        { "close-dataset", close_dataset },
  { "draw-demo", draw_demo },       { "open", open_for_page },
  { "open-dataset", open_dataset }, { "open-recent", open_recent, "s" },
  { "refresh", refresh },           { "show-help-overlay", show_help_overlay },
};

void
foc_window_set_enabled (FocWindow *self, const char *action, gboolean enabled)
{
  g_simple_action_set_enabled (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), action)), enabled);
}

void
foc_window_init_actions (FocWindow *self)
{
  g_autoptr (GPropertyAction) page =
    g_property_action_new ("page", self->stack, "visible-child-name");

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions),
                                   self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (page));
}

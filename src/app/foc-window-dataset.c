/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-window-private.h"

#include "foc-app-settings.h"
#include "foc-compat.h"
#include "foc-recent-datasets.h"
#include "foc-sandbox.h"

#include <glib/gi18n.h>

/* Two folders of one name are told apart by the folder above. */
static char *
make_label (GPtrArray *recent, const FocRecentDataset *which)
{
  g_autofree char *name = g_filename_display_basename (which->path);
  GString *label = g_string_new (NULL);
  gboolean unique = TRUE;

  for (guint i = 0; i < recent->len; i++)
    {
      const FocRecentDataset *other = g_ptr_array_index (recent, i);
      g_autofree char *other_name = g_filename_display_basename (other->path);

      unique &= other == which || !g_str_equal (name, other_name);
    }

  if (unique)
    g_string_assign (label, name);
  else
    {
      g_autofree char *above = g_path_get_dirname (which->path);
      g_autofree char *above_name = g_filename_display_name (above);

      /* Translators: a folder, and the path of the folder that it is in. */
      g_string_printf (label, _ ("%s (in %s)"), name, above_name);
    }

  g_string_replace (label, "_", "__", 0); /* no key of the menu */
  return g_string_free (label, FALSE);
}

void
foc_window_update_recent (FocWindow *self)
{
  g_autoptr (GPtrArray) recent = foc_recent_datasets_get (self->settings);

  g_menu_remove_all (self->recent_menu);
  g_menu_remove_all (self->recent_holder);
  for (guint i = 0; i < recent->len; i++)
    {
      const FocRecentDataset *dataset = g_ptr_array_index (recent, i);
      g_autofree char *label = make_label (recent, dataset);
      g_autofree char *uri = g_filename_to_uri (dataset->path, NULL, NULL);
      g_autoptr (GMenuItem) item = NULL;

      if (uri == NULL)
        continue;
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "win.open-recent", "s", uri);
      g_menu_append_item (self->recent_menu, item);
    }

  if (g_menu_model_get_n_items (G_MENU_MODEL (self->recent_menu)) > 0)
    g_menu_append_submenu (self->recent_holder, _ ("_Recent"),
                           G_MENU_MODEL (self->recent_menu));
}

static void
set_title (FocWindow *self, FocCatalog *catalog)
{
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;

  if (catalog == NULL)
    {
      gtk_window_set_title (GTK_WINDOW (self), _ ("Face or Comic"));
      g_object_set (self->title, "title", _ ("Face or Comic"), NULL);
      return;
    }

  name = foc_catalog_display_name (catalog);
  /* Translators: the title of the window; the name of a data set. */
  title = g_strdup_printf (_ ("%s – Face or Comic"), name);
  gtk_window_set_title (GTK_WINDOW (self), title);
  g_object_set (self->title, "title", name, NULL);
}

static void
follow_catalog (FocOpenDataset *dataset, GParamSpec *pspec, FocWindow *self)
{
  FocCatalog *catalog = foc_open_dataset_get_catalog (dataset);
  g_autofree char *last = foc_app_settings_get_path (self->settings, "last-dataset");
  const char *root = catalog != NULL ? foc_dataset_get_root (catalog->dataset) : NULL;

  set_title (self, catalog);
  /* Only what can be opened is offered again; this is also where a split has changed. */
  if (catalog != NULL && catalog->step == FOC_CATALOG_COMPLETE)
    {
      if (g_strcmp0 (root, last) != 0)
        foc_app_settings_set_path (self->settings, "last-dataset", root);
      foc_recent_datasets_add (self->settings, root, &catalog->split_settings);
    }
  if (catalog == NULL)
    gtk_revealer_set_reveal_child (self->lost_revealer, FALSE);
  foc_window_set_enabled (self, "close-dataset", catalog != NULL);
}

static void
follow_opening (FocOpenDataset *dataset, GParamSpec *pspec, FocWindow *self)
{
  foc_job_bar_set_job (self->opening_bar, foc_open_dataset_get_job (dataset));
}

static void
say_not_drawn (FocDemoDrawer *drawer, const char *message, FocWindow *self)
{
  foc_compat_present_failure (GTK_WINDOW (self), _ ("The Faces Cannot Be Drawn"),
                              message);
}

static void
follow_drawing (FocWindow *self)
{
  if (self->drawer == NULL) /* the window is being closed */
    return;
  foc_job_bar_set_job (self->drawing_bar, foc_demo_drawer_get_job (self->drawer));
}

static void
say_failed (FocOpenDataset *dataset, const char *message, FocWindow *self)
{
  if (self->quiet)
    foc_window_add_toast (self, message);
  else
    foc_compat_present_failure (GTK_WINDOW (self), _ ("The Data Set Cannot Be Opened"),
                                message);
  self->quiet = FALSE;
}

static void
classify_asked (FocWindow *self)
{
  g_autofree char *uri = g_filename_to_uri (self->asked, NULL, NULL);
  const char *const names[] = { uri, NULL };

  if (self->session != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (self), "classify",
                                    g_variant_new_strv (names, -1));
}

/* A folder of pictures may be meant to be classified. */
static void
say_no_classes (FocOpenDataset *dataset, const char *message, FocWindow *self)
{
  if (self->quiet || self->asked == NULL)
    {
      say_failed (dataset, message, self);
      return;
    }
  foc_compat_offer (GTK_WINDOW (self), _ ("The Data Set Cannot Be Opened"), message,
                    N_ ("Classify These _Pictures"), G_CALLBACK (classify_asked),
                    G_OBJECT (self));
}

static void
say_notice (FocOpenDataset *dataset, const char *message, FocWindow *self)
{
  foc_window_add_toast (self, message);
}

static void
follow_opened (FocOpenDataset *dataset, FocWindow *self)
{
  self->quiet = FALSE;
}

static void
follow_lost (FocOpenDataset *dataset, const char *message, FocWindow *self)
{
  gtk_label_set_text (self->lost_label, message);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->lost_label), message); /* all of it */
  gtk_revealer_set_reveal_child (self->lost_revealer, TRUE);
}

static void
follow_found (FocOpenDataset *dataset, FocWindow *self)
{
  gtk_revealer_set_reveal_child (self->lost_revealer, FALSE);
}

static void
cancel_opening (FocWindow *self)
{
  foc_open_dataset_cancel (foc_session_get_dataset (self->session));
}

static void
cancel_drawing (FocWindow *self)
{
  foc_demo_drawer_cancel (self->drawer);
}

void
foc_window_init_dataset (FocWindow *self)
{
  FocOpenDataset *dataset = foc_session_get_dataset (self->session);

  self->dataset_signals = g_signal_group_new (FOC_TYPE_OPEN_DATASET);
  g_signal_group_connect (self->dataset_signals, "notify::catalog",
                          G_CALLBACK (follow_catalog), self);
  g_signal_group_connect (self->dataset_signals, "notify::job",
                          G_CALLBACK (follow_opening), self);
  g_signal_group_connect (self->dataset_signals, "failed", G_CALLBACK (say_failed), self);
  g_signal_group_connect (self->dataset_signals, "no-classes",
                          G_CALLBACK (say_no_classes), self);
  g_signal_group_connect (self->dataset_signals, "notice", G_CALLBACK (say_notice), self);
  g_signal_group_connect (self->dataset_signals, "opened", G_CALLBACK (follow_opened),
                          self);
  g_signal_group_connect (self->dataset_signals, "lost", G_CALLBACK (follow_lost), self);
  g_signal_group_connect (self->dataset_signals, "found", G_CALLBACK (follow_found),
                          self);
  g_signal_group_set_target (self->dataset_signals, dataset);

  self->settings_signals = g_signal_group_new (G_TYPE_SETTINGS);
  g_signal_group_connect_swapped (self->settings_signals, "changed::recent-datasets",
                                  G_CALLBACK (foc_window_update_recent), self);
  g_signal_group_set_target (self->settings_signals, self->settings);

  foc_job_bar_set_text_func (self->drawing_bar, foc_job_text_drawing);
  g_signal_connect_object (self->drawer, "notify::job", G_CALLBACK (follow_drawing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drawer, "drawn", G_CALLBACK (foc_window_open_dataset),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drawer, "failed", G_CALLBACK (say_not_drawn), self, 0);
  g_signal_connect_swapped (self->opening_bar, "cancel", G_CALLBACK (cancel_opening),
                            self);
  g_signal_connect_swapped (self->drawing_bar, "cancel", G_CALLBACK (cancel_drawing),
                            self);

  foc_window_update_recent (self);
  follow_catalog (dataset, NULL, self);
  follow_opening (dataset, NULL, self);
}

/* How it was split when it was open last; FALSE if nothing is known of it. */
static gboolean
find_split (GSettings *settings, const char *path, FocSplitSettings *split)
{
  g_autoptr (GPtrArray) recent = foc_recent_datasets_get (settings);

  for (guint i = 0; i < recent->len; i++)
    {
      const FocRecentDataset *dataset = g_ptr_array_index (recent, i);

      if (g_str_equal (dataset->path, path))
        {
          *split = dataset->split;
          return TRUE;
        }
    }

  return FALSE;
}

/* Old file managers drop paths that mean nothing in a sandbox; and what was once handed
 * into it need not be there for ever. */
static gboolean
is_out_of_reach (const char *path)
{
  return foc_sandbox_is_active () && !g_file_test (path, G_FILE_TEST_EXISTS);
}

gboolean
foc_window_read_dataset (FocSession *session, GSettings *settings, const char *path)
{
  FocSplitSettings split;
  gboolean known;

  if (is_out_of_reach (path))
    return FALSE;

  known = find_split (settings, path, &split);
  foc_open_dataset_open (foc_session_get_dataset (session), path, known ? &split : NULL);
  return TRUE;
}

void
foc_window_say_out_of_reach (FocWindow *self, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *message = g_strdup_printf (
    /* Translators: a path. */
    _ ("“%s” is out of reach: the program runs in a sandbox without access to it. "
       "Choose the folder with the Open button, which lets it in."),
    name);

  say_failed (foc_session_get_dataset (self->session), message, self);
}

void
foc_window_open_dataset (FocWindow *self, const char *path)
{
  g_return_if_fail (FOC_IS_WINDOW (self));
  g_return_if_fail (path != NULL);

  foc_window_set_page (self, "dataset");
  self->quiet = FALSE;
  g_free (self->asked);
  self->asked = g_canonicalize_filename (path, NULL);
  if (!foc_window_read_dataset (self->session, self->settings, path))
    foc_window_say_out_of_reach (self, path);
}

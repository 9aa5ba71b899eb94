/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-window-private.h"

#include "foc-app-settings.h"
#include "foc-classify-page.h"
#include "foc-dataset-page.h"
#include "foc-widget.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (FocWindow, foc_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
follow_narrow_now (gpointer user_data)
{
  FocWindow *self = user_data;
  gboolean is_narrow = foc_page_title_get_narrow (self->title);

  self->narrow_id = 0;
  adw_view_switcher_bar_set_reveal (self->switcher_bar, is_narrow);
  /* The buttons below the words, which would be squeezed to many lines. */
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->lost_box),
                                  is_narrow ? GTK_ORIENTATION_VERTICAL
                                            : GTK_ORIENTATION_HORIZONTAL);
  return G_SOURCE_REMOVE;
}

/* Sizes are being allocated: the bar, which changes them, waits until that is done. */
static void
follow_narrow (FocWindow *self)
{
  if (self->narrow_id == 0)
    self->narrow_id =
      g_idle_add_full (G_PRIORITY_HIGH_IDLE, follow_narrow_now, self, NULL);
}

gboolean
foc_window_is_on_page (FocWindow *self, const char *name)
{
  return g_strcmp0 (foc_window_get_page (self), name) == 0;
}

static void
keep_page (FocWindow *self)
{
  const char *page = adw_view_stack_get_visible_child_name (self->stack);

  if (self->settings != NULL && page != NULL)
    g_settings_set_string (self->settings, "page", page);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->open),
                               foc_window_is_on_page (self, "classify")
                                 ? _ ("Open Pictures to Classify Them")
                                 : _ ("Open a Folder of Labelled Pictures"));
  if (g_strcmp0 (page, "train") == 0)
    foc_window_ensure_train_page (self);
  else if (g_strcmp0 (page, "classify") == 0)
    foc_window_ensure_classify_page (self);
}

static void
follow_focus (FocWindow *self)
{
  if (self->session == NULL || !gtk_window_is_active (GTK_WINDOW (self)))
    return;
  foc_open_dataset_refresh (foc_session_get_dataset (self->session));
  foc_window_withdraw_notification (self);
}

static void
foc_window_dispose (GObject *object)
{
  FocWindow *self = FOC_WINDOW (object);

  if (self->session_signals != NULL)
    {
      g_signal_group_set_target (self->session_signals, NULL);
      g_signal_group_set_target (self->dataset_signals, NULL);
      g_signal_group_set_target (self->settings_signals, NULL);
      /* It holds the pages: left in place, they would outlive the window. */
      g_action_map_remove_action (G_ACTION_MAP (self), "page");
    }
  foc_window_dispose_classify (self);
  foc_window_dispose_training (self);
  foc_window_dispose_closing (self);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->dataset_signals);
  g_clear_object (&self->settings_signals);
  g_clear_handle_id (&self->narrow_id, g_source_remove);
  g_clear_object (&self->drawer);
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->asked, g_free);

  gtk_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_WINDOW);
  G_OBJECT_CLASS (foc_window_parent_class)->dispose (object);
}

static void
foc_window_class_init (FocWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = foc_window_dispose;

  g_type_ensure (FOC_TYPE_JOB_BAR);
  g_type_ensure (FOC_TYPE_PAGE_TITLE);
  g_type_ensure (FOC_TYPE_DATASET_PAGE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FocWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, dataset_page);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, train_bin);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, drop_area);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, drop_label);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, classify_bin);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, open);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, title);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, coming_bar);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, opening_bar);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, drawing_bar);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, writing_bar);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, lost_revealer);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, lost_box);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, lost_label);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, recent_menu);
  gtk_widget_class_bind_template_child (widget_class, FocWindow, recent_holder);
  gtk_widget_class_bind_template_callback (widget_class, follow_focus);
  gtk_widget_class_bind_template_callback (widget_class, follow_narrow);
  gtk_widget_class_bind_template_callback (widget_class, keep_page);
}

static void
foc_window_init (FocWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  foc_widget_name_buttons (GTK_WIDGET (self));
}

FocWindow *
foc_window_new (AdwApplication *application,
                FocSession *session,
                GSettings *settings,
                gboolean open_last)
{
  const FocDemoOptions demo = FOC_DEMO_OPTIONS_INIT;
  g_autofree char *page = g_settings_get_string (settings, "page");
  g_autofree char *last =
    open_last ? foc_app_settings_get_path (settings, "last-dataset") : NULL;
  gboolean is_reading = last != NULL && foc_window_read_dataset (session, settings, last);
  FocWindow *self = g_object_new (FOC_TYPE_WINDOW, "application", application, NULL);

  self->quiet = last != NULL;
  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  foc_dataset_page_set_session (self->dataset_page, session);
  g_settings_bind (settings, "thumbnail-size", self->dataset_page, "thumbnail-size",
                   G_SETTINGS_BIND_GET);
  self->drawer = foc_demo_drawer_new (NULL, &demo);

  /* Those of a window that is maximised are the ones that it goes back to. */
  g_settings_bind (settings, "window-width", self, "default-width",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized",
                   G_SETTINGS_BIND_DEFAULT);

  foc_window_init_actions (self);
  foc_window_init_dataset (self);
  foc_window_init_classify (self);
  foc_window_init_saving (self);
  foc_window_init_model (self);
  foc_window_set_page (self, page);
  foc_window_init_training (self);
  foc_window_init_closing (self);
  if (last != NULL && !is_reading)
    foc_window_say_out_of_reach (self, last);

  return self;
}

gboolean
foc_window_is_page (const char *name)
{
  static const char *const names[] = { "dataset", "train", "classify", NULL };

  return g_strv_contains (names, name);
}

void
foc_window_set_page (FocWindow *self, const char *name)
{
  g_return_if_fail (FOC_IS_WINDOW (self));
  g_return_if_fail (foc_window_is_page (name));

  adw_view_stack_set_visible_child_name (self->stack, name);
}

const char *
foc_window_get_page (FocWindow *self)
{
  return adw_view_stack_get_visible_child_name (self->stack);
}

void
foc_window_add_toast (FocWindow *self, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  g_return_if_fail (FOC_IS_WINDOW (self));

  foc_widget_add_toast (self->toasts, adw_toast_new (escaped));
}

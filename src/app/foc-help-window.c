/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-help-window.h"

struct _FocHelpWindow
{
  AdwWindow parent_instance;

  GtkScrolledWindow *scrolled;
  GtkWidget *text;
  GtkWidget *dataset; /* headings of the pages' sections */
  GtkWidget *train;
  GtkWidget *classify;
};

G_DEFINE_FINAL_TYPE (FocHelpWindow, foc_help_window, ADW_TYPE_WINDOW)

static void
foc_help_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FOC_TYPE_HELP_WINDOW);
  G_OBJECT_CLASS (foc_help_window_parent_class)->dispose (object);
}

static void
foc_help_window_class_init (FocHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = foc_help_window_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FocHelpWindow, scrolled);
  gtk_widget_class_bind_template_child (widget_class, FocHelpWindow, text);
  gtk_widget_class_bind_template_child (widget_class, FocHelpWindow, dataset);
  gtk_widget_class_bind_template_child (widget_class, FocHelpWindow, train);
  gtk_widget_class_bind_template_child (widget_class, FocHelpWindow, classify);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
foc_help_window_init (FocHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The sizes are there when a window has been presented, but for the first time. */
static gboolean
show_section (GtkWidget *widget, GdkFrameClock *clock, gpointer section)
{
  FocHelpWindow *self = FOC_HELP_WINDOW (widget);
  double x, y;

  if (gtk_widget_get_height (self->text) == 0)
    return G_SOURCE_CONTINUE;
  if (gtk_widget_translate_coordinates (section, self->text, 0, 0, &x, &y))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), y);
  return G_SOURCE_REMOVE;
}

FocHelpWindow *
foc_help_window_show (GtkWindow *parent, const char *page)
{
  FocHelpWindow *self = NULL;
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL && self == NULL; l = l->next)
    if (FOC_IS_HELP_WINDOW (l->data) && gtk_window_get_transient_for (l->data) == parent)
      self = l->data;
  if (self == NULL)
    self = g_object_new (FOC_TYPE_HELP_WINDOW, "transient-for", parent, NULL);
  gtk_window_present (GTK_WINDOW (self));
  if (page != NULL)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), show_section,
                                  g_str_equal (page, "train")      ? self->train
                                  : g_str_equal (page, "classify") ? self->classify
                                                                   : self->dataset,
                                  NULL);

  return self;
}

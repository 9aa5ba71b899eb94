/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-picture-viewer.h"

#include "foc-picture-menu.h"
#include "foc-picture-view.h"
#include "foc-picture-words.h"
#include "foc-widget.h"

struct _FocPictureViewer
{
  GtkWidget parent_instance;

  GtkWidget *box;
  FocPictureView *picture;
  GtkLabel *caption;

  FocPictureItem *item; /* or NULL */
  GSignalGroup *item_signals;
};

G_DEFINE_FINAL_TYPE (FocPictureViewer, foc_picture_viewer, GTK_TYPE_WIDGET)

enum
{
  STEP,
  CLOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
go_back (FocPictureViewer *self)
{
  g_signal_emit (self, signals[STEP], 0, -1);
}

static void
go_on (FocPictureViewer *self)
{
  g_signal_emit (self, signals[STEP], 0, 1);
}

static void
close_viewer (FocPictureViewer *self)
{
  g_signal_emit (self, signals[CLOSE], 0);
}

/* Left is where the picture before stands: the other side, from right to left. */
static gboolean
on_key (FocPictureViewer *self, guint keyval)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      (is_rtl ? go_on : go_back) (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      (is_rtl ? go_back : go_on) (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
    case GDK_KEY_space:
      close_viewer (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
update (FocPictureViewer *self)
{
  g_autofree char *caption =
    self->item != NULL ? foc_picture_get_accessible_name (self->item) : g_strdup ("");

  foc_picture_view_set_item (self->picture, self->item);
  gtk_label_set_text (self->caption, caption);
}

void
foc_picture_viewer_set_item (FocPictureViewer *self, FocPictureItem *item)
{
  g_signal_group_set_target (self->item_signals, item);
  g_set_object (&self->item, item);
  update (self);
}

static FocPictureItem *
find_picture (GtkWidget *widget, GdkRectangle *place)
{
  if (place->width == 0)
    *place = (GdkRectangle){ gtk_widget_get_width (widget) / 2,
                             gtk_widget_get_height (widget) / 2, 1, 1 };
  return FOC_PICTURE_VIEWER (widget)->item;
}

static void
foc_picture_viewer_dispose (GObject *object)
{
  FocPictureViewer *self = FOC_PICTURE_VIEWER (object);

  foc_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_PICTURE_VIEWER);
  g_clear_object (&self->item);
  g_clear_object (&self->item_signals);

  G_OBJECT_CLASS (foc_picture_viewer_parent_class)->dispose (object);
}

static void
foc_picture_viewer_class_init (FocPictureViewerClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_picture_viewer_dispose;

  signals[STEP] = g_signal_new ("step", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[CLOSE] = g_signal_new ("close", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (FOC_TYPE_PICTURE_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-picture-viewer.ui");
  gtk_widget_class_bind_template_child (widget_class, FocPictureViewer, box);
  gtk_widget_class_bind_template_child (widget_class, FocPictureViewer, picture);
  gtk_widget_class_bind_template_child (widget_class, FocPictureViewer, caption);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
  gtk_widget_class_bind_template_callback (widget_class, go_on);
  gtk_widget_class_bind_template_callback (widget_class, close_viewer);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
foc_picture_viewer_init (FocPictureViewer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->item_signals = g_signal_group_new (FOC_TYPE_PICTURE_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "changed", G_CALLBACK (update),
                                  self);
  foc_picture_menu_attach (GTK_WIDGET (self), find_picture);
}

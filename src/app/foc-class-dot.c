/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-class-dot.h"

#include "foc-palette.h"

#define SIZE 10

struct _FocClassDot
{
  GtkWidget parent_instance;

  guint label;
};

G_DEFINE_FINAL_TYPE (FocClassDot, foc_class_dot, GTK_TYPE_WIDGET)

static void
foc_class_dot_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
foc_class_dot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FocClassDot *self = FOC_CLASS_DOT (widget);
  GdkRGBA colour = foc_plot_colour_to_rgba (foc_palette_get_class_colour (self->label));
  float x = (float) (gtk_widget_get_width (widget) - SIZE) / 2;
  float y = (float) (gtk_widget_get_height (widget) - SIZE) / 2;
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x, y, SIZE, SIZE),
                                   SIZE / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &colour, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
foc_class_dot_class_init (FocClassDotClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->measure = foc_class_dot_measure;
  widget_class->snapshot = foc_class_dot_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
foc_class_dot_init (FocClassDot *self)
{
  foc_palette_follow (GTK_WIDGET (self));
}

GtkWidget *
foc_class_dot_new (guint label)
{
  FocClassDot *self = g_object_new (FOC_TYPE_CLASS_DOT, "valign", GTK_ALIGN_CENTER, NULL);

  self->label = label;
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-filter-button.h"

#include <glib/gi18n-lib.h>

struct _FocFilterButton
{
  GtkToggleButton parent_instance;

  GtkBox *box;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (FocFilterButton, foc_filter_button, GTK_TYPE_TOGGLE_BUTTON)

enum
{
  PROP_TITLE = 1,
  PROP_SYMBOL,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
foc_filter_button_get_property (GObject *object,
                                guint id,
                                GValue *value,
                                GParamSpec *pspec)
{
  FocFilterButton *self = FOC_FILTER_BUTTON (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_text (self->title));
      break;
    case PROP_SYMBOL:
      g_value_set_string (value, gtk_image_get_icon_name (self->icon));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_filter_button_set_property (GObject *object,
                                guint id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  FocFilterButton *self = FOC_FILTER_BUTTON (object);

  switch (id)
    {
    case PROP_TITLE:
      gtk_label_set_text (self->title, g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      gtk_label_get_text (self->title), -1);
      break;
    case PROP_SYMBOL:
      gtk_image_set_from_icon_name (self->icon, g_value_get_string (value));
      gtk_widget_set_visible (GTK_WIDGET (self->icon),
                              g_value_get_string (value) != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_filter_button_dispose (GObject *object)
{
  /* The button remembers its child, and must let go of it first. */
  gtk_button_set_child (GTK_BUTTON (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOC_TYPE_FILTER_BUTTON);
  G_OBJECT_CLASS (foc_filter_button_parent_class)->dispose (object);
}

static void
foc_filter_button_class_init (FocFilterButtonClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = foc_filter_button_get_property;
  object_class->set_property = foc_filter_button_set_property;
  object_class->dispose = foc_filter_button_dispose;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  props[PROP_SYMBOL] = g_param_spec_string ("symbol", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-filter-button.ui");
  gtk_widget_class_bind_template_child (widget_class, FocFilterButton, box);
  gtk_widget_class_bind_template_child (widget_class, FocFilterButton, icon);
  gtk_widget_class_bind_template_child (widget_class, FocFilterButton, title);
  gtk_widget_class_bind_template_child (widget_class, FocFilterButton, count);
}

static void
foc_filter_button_init (FocFilterButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
foc_filter_button_new (const char *title)
{
  GtkWidget *self = g_object_new (FOC_TYPE_FILTER_BUTTON, "title", title, NULL);

  /* The name of a class is of any length. */
  gtk_label_set_ellipsize (FOC_FILTER_BUTTON (self)->title, PANGO_ELLIPSIZE_END);
  return self;
}

void
foc_filter_button_set_prefix (FocFilterButton *self, GtkWidget *prefix)
{
  gtk_box_prepend (self->box, prefix);
}

void
foc_filter_button_set_count (FocFilterButton *self, guint32 count)
{
  g_autofree char *number = g_strdup_printf ("%'u", count);
  /* Translators: a class or a set, and how many pictures are in it: for screen readers. */
  g_autofree char *name =
    g_strdup_printf (ngettext ("%s, %s picture", "%s, %s pictures", count),
                     gtk_label_get_text (self->title), number);

  gtk_label_set_text (self->count, number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

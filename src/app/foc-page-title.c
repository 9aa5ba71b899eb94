/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-page-title.h"

struct _FocPageTitle
{
  GtkWidget parent_instance;

  GtkWidget *switcher;
  GtkWidget *title;
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (FocPageTitle, foc_page_title, GTK_TYPE_WIDGET)

enum
{
  PROP_STACK = 1,
  PROP_TITLE,
  PROP_NARROW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
foc_page_title_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  FocPageTitle *self = FOC_PAGE_TITLE (widget);
  int switcher_minimum, switcher_natural;

  gtk_widget_measure (self->switcher, orientation, -1, &switcher_minimum,
                      &switcher_natural, NULL, NULL);
  gtk_widget_measure (self->title, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = MAX (*minimum, switcher_minimum);
  *natural = MAX (*natural, switcher_natural);
}

static void
foc_page_title_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FocPageTitle *self = FOC_PAGE_TITLE (widget);
  int natural;
  gboolean narrow;

  gtk_widget_measure (self->switcher, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural,
                      NULL, NULL);
  narrow = width < natural;
  gtk_widget_set_child_visible (self->switcher, !narrow);
  gtk_widget_set_child_visible (self->title, narrow);
  gtk_widget_allocate (narrow ? self->title : self->switcher, width, height, baseline,
                       NULL);

  if (self->narrow != narrow)
    {
      self->narrow = narrow;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
    }
}

static void
foc_page_title_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FocPageTitle *self = FOC_PAGE_TITLE (object);

  switch (id)
    {
    case PROP_STACK:
      g_value_set_object (
        value, adw_view_switcher_get_stack (ADW_VIEW_SWITCHER (self->switcher)));
      break;
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->title)));
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_page_title_set_property (GObject *object,
                             guint id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  FocPageTitle *self = FOC_PAGE_TITLE (object);

  switch (id)
    {
    case PROP_STACK:
      adw_view_switcher_set_stack (ADW_VIEW_SWITCHER (self->switcher),
                                   g_value_get_object (value));
      break;
    case PROP_TITLE:
      gtk_label_set_text (GTK_LABEL (self->title), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_page_title_dispose (GObject *object)
{
  FocPageTitle *self = FOC_PAGE_TITLE (object);

  g_clear_pointer (&self->switcher, gtk_widget_unparent);
  g_clear_pointer (&self->title, gtk_widget_unparent);
  G_OBJECT_CLASS (foc_page_title_parent_class)->dispose (object);
}

static void
foc_page_title_class_init (FocPageTitleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = foc_page_title_get_property;
  object_class->set_property = foc_page_title_set_property;
  object_class->dispose = foc_page_title_dispose;
  widget_class->measure = foc_page_title_measure;
  widget_class->size_allocate = foc_page_title_size_allocate;

  properties[PROP_STACK] = g_param_spec_object (
    "stack", NULL, NULL, ADW_TYPE_VIEW_STACK, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string (
    "title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] = g_param_spec_boolean (
    "narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "page-title");
}

static void
foc_page_title_init (FocPageTitle *self)
{
  self->switcher = adw_view_switcher_new ();
  adw_view_switcher_set_policy (ADW_VIEW_SWITCHER (self->switcher),
                                ADW_VIEW_SWITCHER_POLICY_WIDE);
  gtk_widget_set_parent (self->switcher, GTK_WIDGET (self));
  /* An AdwWindowTitle would not give up five letters, which is much of a narrow window. */
  self->title =
    g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, "css-classes",
                  (const char *const[]){ "title", NULL }, NULL);
  gtk_widget_set_child_visible (self->title, FALSE);
  gtk_widget_set_parent (self->title, GTK_WIDGET (self));
}

gboolean
foc_page_title_get_narrow (FocPageTitle *self)
{
  g_return_val_if_fail (FOC_IS_PAGE_TITLE (self), FALSE);

  return self->narrow;
}

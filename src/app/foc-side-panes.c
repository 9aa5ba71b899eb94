/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-side-panes.h"

#include "foc-widget.h"

/* Narrower than so many characters, both panes hide. */
#define WIDE_CHARS 125
/* Narrower than that, a pane takes the place of what is between them. It must be more than
 * a pane and that need beside each other: else the window could not become so narrow. */
#define TIGHT_CHARS 95

struct _FocSidePanes
{
  GtkWidget parent_instance;

  GtkWidget *child;
  GtkToggleButton *start;
  GtkToggleButton *end;
  GtkWidget *middle;
  gboolean is_narrow, is_tight; /* as wide as it is now   */
  gboolean narrow, tight;       /* what is to be seen is for */
  guint width_id;
};

static void buildable_init (GtkBuildableIface *iface);
static GtkBuildableIface *parent_buildable;

G_DEFINE_FINAL_TYPE_WITH_CODE (FocSidePanes,
                               foc_side_panes,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

enum
{
  PROP_CHILD = 1,
  PROP_START_BUTTON,
  PROP_END_BUTTON,
  PROP_MIDDLE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static gboolean
is_shown (GtkToggleButton *button)
{
  return button != NULL && gtk_toggle_button_get_active (button);
}

static void
update_middle (FocSidePanes *self)
{
  if (self->middle != NULL)
    gtk_widget_set_visible (
      self->middle, !self->tight || (!is_shown (self->start) && !is_shown (self->end)));
}

/* One of them at a time where there is little room. */
static void
on_toggled (FocSidePanes *self, GtkToggleButton *button)
{
  if (self->narrow && gtk_toggle_button_get_active (button))
    gtk_toggle_button_set_active (button == self->start ? self->end : self->start, FALSE);
  update_middle (self);
}

static gboolean
follow_width (gpointer user_data)
{
  FocSidePanes *self = user_data;

  self->width_id = 0;
  if (self->narrow != self->is_narrow)
    {
      self->narrow = self->is_narrow;
      gtk_toggle_button_set_active (self->start, !self->narrow);
      gtk_toggle_button_set_active (self->end, !self->narrow);
    }
  if (self->tight != self->is_tight)
    {
      self->tight = self->is_tight;
      update_middle (self);
    }
  return G_SOURCE_REMOVE;
}

static void
foc_side_panes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FocSidePanes *self = FOC_SIDE_PANES (widget);
  int character = foc_widget_get_char_width (widget);

  if (self->child != NULL)
    gtk_widget_allocate (self->child, width, height, baseline, NULL);

  /* Sizes are being allocated: what changes them waits until that is done. */
  self->is_narrow = width < WIDE_CHARS * character;
  self->is_tight = width < TIGHT_CHARS * character;
  if ((self->is_narrow != self->narrow || self->is_tight != self->tight)
      && self->width_id == 0)
    self->width_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, follow_width, self, NULL);
}

static void
foc_side_panes_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  FocSidePanes *self = FOC_SIDE_PANES (widget);

  if (self->child != NULL)
    gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
set_child (FocSidePanes *self, GtkWidget *child)
{
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
set_button (FocSidePanes *self, GtkToggleButton **button, GtkToggleButton *value)
{
  g_clear_object (button);
  *button = value != NULL ? g_object_ref_sink (value) : NULL;
  if (value != NULL)
    g_signal_connect_object (value, "toggled", G_CALLBACK (on_toggled), self,
                             G_CONNECT_SWAPPED);
}

static void
foc_side_panes_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FocSidePanes *self = FOC_SIDE_PANES (object);

  switch (id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_START_BUTTON:
      g_value_set_object (value, self->start);
      break;
    case PROP_END_BUTTON:
      g_value_set_object (value, self->end);
      break;
    case PROP_MIDDLE:
      g_value_set_object (value, self->middle);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_side_panes_set_property (GObject *object,
                             guint id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  FocSidePanes *self = FOC_SIDE_PANES (object);

  switch (id)
    {
    case PROP_CHILD:
      set_child (self, g_value_get_object (value));
      break;
    case PROP_START_BUTTON:
      set_button (self, &self->start, g_value_get_object (value));
      break;
    case PROP_END_BUTTON:
      set_button (self, &self->end, g_value_get_object (value));
      break;
    case PROP_MIDDLE:
      g_set_object (&self->middle, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_side_panes_dispose (GObject *object)
{
  FocSidePanes *self = FOC_SIDE_PANES (object);

  g_clear_handle_id (&self->width_id, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->start);
  g_clear_object (&self->end);
  g_clear_object (&self->middle);

  G_OBJECT_CLASS (foc_side_panes_parent_class)->dispose (object);
}

static void
foc_side_panes_class_init (FocSidePanesClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foc_side_panes_get_property;
  object_class->set_property = foc_side_panes_set_property;
  object_class->dispose = foc_side_panes_dispose;
  widget_class->size_allocate = foc_side_panes_size_allocate;
  widget_class->measure = foc_side_panes_measure;

  props[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_START_BUTTON] =
    g_param_spec_object ("start-button", NULL, NULL, GTK_TYPE_TOGGLE_BUTTON, flags);
  props[PROP_END_BUTTON] =
    g_param_spec_object ("end-button", NULL, NULL, GTK_TYPE_TOGGLE_BUTTON, flags);
  props[PROP_MIDDLE] = g_param_spec_object ("middle", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "sidepanes");
}

static void
foc_side_panes_init (FocSidePanes *self)
{
  /* The first width that is wide shows both. */
  self->narrow = self->tight = TRUE;
}

void
foc_side_panes_show_middle (FocSidePanes *self)
{
  g_return_if_fail (FOC_IS_SIDE_PANES (self));

  if (self->tight)
    {
      gtk_toggle_button_set_active (self->start, FALSE);
      gtk_toggle_button_set_active (self->end, FALSE);
    }
}

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    set_child (FOC_SIDE_PANES (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

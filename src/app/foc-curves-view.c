/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-curves-view.h"

#include "foc-plot-view.h"
#include "foc-widget.h"
#include "foc-wrap-layout.h"

struct _FocCurvesView
{
  GtkWidget parent_instance;

  GtkToggleButton *accuracy;
  GtkToggleButton *logarithmic;
  GtkWidget *export_button;
  FocPlotView *plot;
};

G_DEFINE_FINAL_TYPE (FocCurvesView, foc_curves_view, GTK_TYPE_WIDGET)

enum
{
  PROP_CAN_EXPORT = 1,
  N_PROPS
};

enum
{
  REDRAW,
  EXPORT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

FocFigureKind
foc_curves_view_get_kind (FocCurvesView *self)
{
  return gtk_toggle_button_get_active (self->accuracy) ? FOC_FIGURE_ACCURACY
                                                       : FOC_FIGURE_LOSS;
}

gboolean
foc_curves_view_get_logarithmic (FocCurvesView *self)
{
  return gtk_toggle_button_get_active (self->logarithmic);
}

void
foc_curves_view_set_plot (FocCurvesView *self, FocPlot *plot, const char *summary)
{
  foc_plot_view_set_plot (self->plot, plot);
  foc_plot_view_set_summary (self->plot, summary);
  g_clear_object (&plot);
}

static void
on_kind (FocCurvesView *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->logarithmic),
                            foc_curves_view_get_kind (self) == FOC_FIGURE_LOSS);
  g_signal_emit (self, signals[REDRAW], 0);
}

static void
on_export (FocCurvesView *self)
{
  g_signal_emit (self, signals[EXPORT], 0);
}

static void
foc_curves_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CAN_EXPORT:
      g_value_set_boolean (
        value, gtk_widget_get_sensitive (FOC_CURVES_VIEW (object)->export_button));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_curves_view_set_property (GObject *object,
                              guint id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CAN_EXPORT:
      gtk_widget_set_sensitive (FOC_CURVES_VIEW (object)->export_button,
                                g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_curves_view_dispose (GObject *object)
{
  foc_widget_dispose_template (GTK_WIDGET (object), FOC_TYPE_CURVES_VIEW);

  G_OBJECT_CLASS (foc_curves_view_parent_class)->dispose (object);
}

static void
foc_curves_view_class_init (FocCurvesViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = foc_curves_view_get_property;
  object_class->set_property = foc_curves_view_set_property;
  object_class->dispose = foc_curves_view_dispose;

  g_object_class_install_property (
    object_class, PROP_CAN_EXPORT,
    g_param_spec_boolean ("can-export", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  signals[REDRAW] = g_signal_new ("redraw", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EXPORT] = g_signal_new ("export", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (FOC_TYPE_PLOT_VIEW);
  g_type_ensure (FOC_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "curvesview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-curves-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FocCurvesView, accuracy);
  gtk_widget_class_bind_template_child (widget_class, FocCurvesView, logarithmic);
  gtk_widget_class_bind_template_child (widget_class, FocCurvesView, export_button);
  gtk_widget_class_bind_template_child (widget_class, FocCurvesView, plot);
  gtk_widget_class_bind_template_callback (widget_class, on_kind);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
}

static void
foc_curves_view_init (FocCurvesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

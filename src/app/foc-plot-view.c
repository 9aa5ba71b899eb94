/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-view.h"

#include "foc-palette.h"

#include <adwaita.h>

#include <glib/gi18n.h>

struct _FocPlotView
{
  GtkWidget parent_instance;

  FocPlot *plot;       /* or NULL */
  GdkTexture *texture; /* of the plot; NULL until it is drawn */
  char *export_action; /* or NULL */
};

enum
{
  PROP_EXPORT_ACTION = 1,
  N_PROPERTIES
};

enum
{
  CELL_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FocPlotView, foc_plot_view, GTK_TYPE_WIDGET)

#define LEAST_WIDTH 120
#define LEAST_HEIGHT 160
#define NATURAL_WIDTH 480
#define NATURAL_HEIGHT 300

static void
foc_plot_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = horizontal ? LEAST_WIDTH : LEAST_HEIGHT;
  *natural = horizontal ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

/* The type of the widget: large text makes a plot of large text. */
static double
get_font_size (GtkWidget *widget, const PangoFontDescription *font)
{
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;
  double resolution =
    pango_cairo_context_get_resolution (gtk_widget_get_pango_context (widget));

  if (pango_font_description_get_size_is_absolute (font))
    return size;
  return size * (resolution > 0 ? resolution : 96) / 72;
}

static GdkTexture *
draw (FocPlotView *self, int width, int height)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const PangoFontDescription *font =
    pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  FocPlotStyle style = {
    .palette = foc_palette_get (),
    .font_family = pango_font_description_get_family (font),
    .font_size = get_font_size (widget, font),
  };
  int scale = gtk_widget_get_scale_factor (widget);
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_scale (cr, scale, scale);
  foc_plot_draw (self->plot, cr, width, height, &style);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      stride * (gsize) height * (gsize) scale,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (width * scale, height * scale, GDK_MEMORY_DEFAULT, bytes,
                                 stride);
}

static void
foc_plot_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FocPlotView *self = FOC_PLOT_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  if (self->plot == NULL || width <= 0 || height <= 0)
    return;
  if (self->texture == NULL)
    self->texture = draw (self, width, height);
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
}

static void
redraw (FocPlotView *self)
{
  g_clear_object (&self->texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
foc_plot_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  redraw (FOC_PLOT_VIEW (widget));
}

static void
foc_plot_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (foc_plot_view_parent_class)->css_changed (widget, change);
  redraw (FOC_PLOT_VIEW (widget));
}

static void
foc_plot_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_string (value, FOC_PLOT_VIEW (object)->export_action);
}

static void
foc_plot_view_set_property (GObject *object,
                            guint id,
                            const GValue *value,
                            GParamSpec *spec)
{
  FocPlotView *self = FOC_PLOT_VIEW (object);

  g_free (self->export_action);
  self->export_action = g_value_dup_string (value);
}

static void
foc_plot_view_finalize (GObject *object)
{
  FocPlotView *self = FOC_PLOT_VIEW (object);

  g_clear_object (&self->plot);
  g_clear_object (&self->texture);
  g_free (self->export_action);
  G_OBJECT_CLASS (foc_plot_view_parent_class)->finalize (object);
}

static void
foc_plot_view_class_init (FocPlotViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = foc_plot_view_get_property;
  object_class->set_property = foc_plot_view_set_property;
  object_class->finalize = foc_plot_view_finalize;
  widget_class->measure = foc_plot_view_measure;
  widget_class->size_allocate = foc_plot_view_size_allocate;
  widget_class->snapshot = foc_plot_view_snapshot;
  widget_class->css_changed = foc_plot_view_css_changed;

  properties[PROP_EXPORT_ACTION] = g_param_spec_string (
    "export-action", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[CELL_ACTIVATED] =
    g_signal_new ("cell-activated", FOC_TYPE_PLOT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_set_css_name (widget_class, "plotview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
foc_plot_view_init (FocPlotView *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Plot"), -1);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (redraw), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (redraw), NULL);
}

GtkWidget *
foc_plot_view_new (void)
{
  return g_object_new (FOC_TYPE_PLOT_VIEW, NULL);
}

void
foc_plot_view_set_plot (FocPlotView *self, FocPlot *plot)
{
  g_set_object (&self->plot, plot);
  redraw (self);
}

void
foc_plot_view_set_summary (FocPlotView *self, const char *summary)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
}

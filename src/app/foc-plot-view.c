/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-view-private.h"

#include "foc-palette.h"

#include <glib/gi18n.h>
#include <math.h>

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

/* Drawing */

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

/* In pixels of the application. */
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

/* How to draw it now; `font_family` of the style is the widget's. */
static Drawing
get_drawing (GtkWidget *widget)
{
  const PangoFontDescription *font =
    pango_context_get_font_description (gtk_widget_get_pango_context (widget));

  return (Drawing){
    .width = gtk_widget_get_width (widget),
    .height = gtk_widget_get_height (widget),
    .scale = gtk_widget_get_scale_factor (widget),
    .style = { .palette = foc_palette_get (),
               .font_family = pango_font_description_get_family (font),
               .font_size = get_font_size (widget, font) },
  };
}

static gboolean
is_same_drawing (const Drawing *a, const Drawing *b)
{
  return a->width == b->width && a->height == b->height && a->scale == b->scale
         && a->style.palette == b->style.palette
         && a->style.font_size == b->style.font_size
         && g_strcmp0 (a->style.font_family, b->style.font_family) == 0;
}

/* An image, but not as a texture: GSK's drawing with Cairo converts those, each time, pixel
 * by pixel, which takes as long as to draw the plot. */
static void
draw (FocPlotView *self)
{
  const Drawing *drawing = &self->drawing;
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, drawing->width * drawing->scale,
                                drawing->height * drawing->scale);
  cairo_t *cr;

  cairo_surface_set_device_scale (surface, drawing->scale, drawing->scale);
  cr = cairo_create (surface);
  self->map = foc_plot_draw_mapped (self->plot, cr, drawing->width, drawing->height,
                                    &drawing->style);
  cairo_destroy (cr);

  self->node = gsk_cairo_node_new (
    &GRAPHENE_RECT_INIT (0, 0, (float) drawing->width, (float) drawing->height));
  cr = gsk_cairo_node_get_draw_context (self->node);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

void
foc_plot_view_pick_at_pointer (FocPlotView *self)
{
  gboolean found =
    !isnan (self->pointer_x)
    && foc_plot_map_find (self->map, self->pointer_x, self->pointer_y, &self->pick);

  self->picking = found ? PICK_BY_POINTER : PICK_NONE;
}

/* What is said of the pick is said again where it is something else now. */
static void
keep_pick_by_keys (FocPlotView *self, const FocPlotMap *before)
{
  g_autofree char *text_before = foc_plot_map_describe (before, &self->pick);
  g_autofree char *text = NULL;

  if (foc_plot_map_follow (self->map, before, &self->pick)
      || foc_plot_map_begin (self->map, FOC_PLOT_STEP_LAST, &self->pick))
    text = foc_plot_map_describe (self->map, &self->pick);
  else
    self->picking = PICK_NONE;
  if (g_strcmp0 (text, text_before) != 0)
    foc_plot_view_describe (self, text);
}

static void
keep_pick (FocPlotView *self, const FocPlotMap *before)
{
  if (self->picking == PICK_BY_KEYS)
    keep_pick_by_keys (self, before);
  else
    foc_plot_view_pick_at_pointer (self);
}

gboolean
foc_plot_view_ensure_drawn (FocPlotView *self)
{
  Drawing drawing = get_drawing (GTK_WIDGET (self));
  g_autoptr (FocPlotMap) before = NULL;

  if (self->plot == NULL || drawing.width <= 0 || drawing.height <= 0)
    return FALSE;
  if (self->node != NULL && is_same_drawing (&drawing, &self->drawing))
    return TRUE;

  g_free (self->font_family);
  self->font_family = g_strdup (drawing.style.font_family);
  self->drawing = drawing;
  self->drawing.style.font_family = self->font_family;
  g_clear_pointer (&self->node, gsk_render_node_unref);
  before = g_steal_pointer (&self->map);
  draw (self);
  keep_pick (self, before);
  return TRUE;
}

static void
foc_plot_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FocPlotView *self = FOC_PLOT_VIEW (widget);
  graphene_rect_t bounds;

  if (!foc_plot_view_ensure_drawn (self))
    return;

  bounds =
    GRAPHENE_RECT_INIT (0, 0, (float) self->drawing.width, (float) self->drawing.height);
  gtk_snapshot_append_node (snapshot, self->node);
  if (self->picking != PICK_NONE)
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

      foc_plot_map_draw_pick (self->map, &self->pick, cr, &self->drawing.style);
      cairo_destroy (cr);
    }
}

void
foc_plot_view_redraw (FocPlotView *self)
{
  /* The map stays, so that the pick can be found again. */
  g_clear_pointer (&self->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The widget */

static void
foc_plot_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FocPlotView *self = FOC_PLOT_VIEW (widget);

  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
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
  g_clear_pointer (&self->menu, gtk_widget_unparent);
}

static void
foc_plot_view_dispose (GObject *object)
{
  FocPlotView *self = FOC_PLOT_VIEW (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->map, foc_plot_map_free);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_object (&self->plot);
  G_OBJECT_CLASS (foc_plot_view_parent_class)->dispose (object);
}

static void
foc_plot_view_finalize (GObject *object)
{
  FocPlotView *self = FOC_PLOT_VIEW (object);

  g_free (self->summary);
  g_free (self->export_action);
  g_free (self->font_family);
  G_OBJECT_CLASS (foc_plot_view_parent_class)->finalize (object);
}

static void
foc_plot_view_class_init (FocPlotViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = foc_plot_view_get_property;
  object_class->set_property = foc_plot_view_set_property;
  object_class->dispose = foc_plot_view_dispose;
  object_class->finalize = foc_plot_view_finalize;
  widget_class->measure = foc_plot_view_measure;
  widget_class->size_allocate = foc_plot_view_size_allocate;
  widget_class->snapshot = foc_plot_view_snapshot;

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
  self->pointer_x = self->pointer_y = NAN;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Plot"), -1);
  foc_palette_follow (GTK_WIDGET (self));
  foc_plot_view_add_controllers (self);
}

void
foc_plot_view_activate_cell (FocPlotView *self)
{
  g_signal_emit (self, signals[CELL_ACTIVATED], 0, self->pick.row, self->pick.column);
}

GtkWidget *
foc_plot_view_new (void)
{
  return g_object_new (FOC_TYPE_PLOT_VIEW, NULL);
}

void
foc_plot_view_set_plot (FocPlotView *self, FocPlot *plot)
{
  if (plot != NULL && self->plot != NULL)
    foc_plot_copy_hidden (plot, self->plot);
  g_set_object (&self->plot, plot);
  if (plot == NULL)
    {
      foc_plot_view_end_pick (self);
      g_clear_pointer (&self->map, foc_plot_map_free);
    }
  foc_plot_view_redraw (self);
}

void
foc_plot_view_set_summary (FocPlotView *self, const char *summary)
{
  if (g_strcmp0 (self->summary, summary) == 0)
    return;
  g_free (self->summary);
  self->summary = g_strdup (summary);
  if (self->picking != PICK_BY_KEYS)
    foc_plot_view_describe (self, NULL);
}

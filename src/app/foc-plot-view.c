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
/* And so many times the size of its text, which else leaves little of the height. */
#define LEAST_LINES 18
#define NATURAL_WIDTH 480
#define NATURAL_HEIGHT 300

/* A plot of more points, which takes some milliseconds, is drawn in a thread when it
 * changes. */
#define MANY 16000
/* Of a core such a thread takes at most one part in so many, ... */
#define LEISURE 10
/* ... but does not rest for longer than that. */
#define REST 1000 /* milliseconds */

/* Drawing */

/* In pixels of the application. */
static double
get_font_size (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;
  double resolution = pango_cairo_context_get_resolution (context);

  if (pango_font_description_get_size_is_absolute (font))
    return size;
  return size * (resolution > 0 ? resolution : 96) / 72;
}

static void
foc_plot_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH;
      *natural = NATURAL_WIDTH;
    }
  else
    {
      *minimum = MAX (LEAST_HEIGHT, (int) (LEAST_LINES * get_font_size (widget)));
      *natural = MAX (NATURAL_HEIGHT, *minimum);
    }
}

/* How to draw it now; `font_family` of the style is the widget's. */
static FocPlotLook
get_look (GtkWidget *widget)
{
  const PangoFontDescription *font =
    pango_context_get_font_description (gtk_widget_get_pango_context (widget));

  return (FocPlotLook){
    .width = gtk_widget_get_width (widget),
    .height = gtk_widget_get_height (widget),
    .scale = gtk_widget_get_scale_factor (widget),
    .style = { .palette = foc_palette_get (),
               .font_family = pango_font_description_get_family (font),
               .font_size = get_font_size (widget) },
  };
}

void
foc_plot_view_pick_at_pointer (FocPlotView *self)
{
  gboolean found = !isnan (self->pointer_x)
                   && foc_plot_map_find (self->drawing->map, self->pointer_x,
                                         self->pointer_y, &self->pick);

  self->picking = found ? PICK_BY_POINTER : PICK_NONE;
}

/* What is said of the pick is said again where it is something else now. */
static void
keep_pick_by_keys (FocPlotView *self, const FocPlotMap *before)
{
  g_autofree char *text_before = foc_plot_map_describe (before, &self->pick);
  g_autofree char *text = NULL;

  if (foc_plot_map_follow (self->drawing->map, before, &self->pick)
      || foc_plot_map_begin (self->drawing->map, FOC_PLOT_STEP_LAST, &self->pick))
    text = foc_plot_map_describe (self->drawing->map, &self->pick);
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

/* GSK's drawing with Cairo converts textures, each time, pixel by pixel, which takes longer
 * than to draw the plot; OpenGL takes them as they are. */
static gboolean
takes_textures (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);

  return native == NULL || !GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native));
}

/* Takes the drawing, and shows it from now on. */
static void
take_drawing (FocPlotView *self, FocPlotDrawing *drawing)
{
  g_autoptr (FocPlotDrawing) before = g_steal_pointer (&self->drawing);

  g_clear_pointer (&self->node, gsk_render_node_unref);
  self->drawing = drawing;
  self->node = foc_plot_drawing_make_node (drawing, takes_textures (GTK_WIDGET (self)));
  keep_pick (self, before != NULL ? before->map : NULL);
}

/* In a thread */

static void
end_job (FocPlotView *self)
{
  g_autoptr (FocJob) job = g_steal_pointer (&self->job);

  self->is_stale = FALSE;
  g_clear_handle_id (&self->rest_id, g_source_remove);
  if (job != NULL)
    foc_job_cancel (job);
}

static void begin_job (FocPlotView *self);

static gboolean
on_rested (gpointer user_data)
{
  FocPlotView *self = user_data;

  self->rest_id = 0;
  if (self->is_stale)
    begin_job (self);
  return G_SOURCE_REMOVE;
}

static void
on_drawn (GObject *source, GAsyncResult *result, gpointer owner)
{
  FocPlotView *self = owner;
  FocPlotDrawing *drawing = foc_job_finish (FOC_JOB (source), result, NULL);

  /* One that was cancelled may have been in time. */
  if (self->job != FOC_JOB (source))
    {
      g_clear_pointer (&drawing, foc_plot_drawing_free);
      return;
    }

  g_clear_object (&self->job);
  take_drawing (self, drawing);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  self->rest_id =
    g_timeout_add ((guint) MIN (LEISURE * drawing->cost / 1000, REST), on_rested, self);
}

static void
begin_job (FocPlotView *self)
{
  self->is_stale = FALSE;
  self->job = foc_plot_drawing_begin (self->plot, &self->drawing->look, on_drawn, self);
}

/* FALSE: that would be no gain, or there is nothing to be seen meanwhile. */
static gboolean
draw_in_thread (FocPlotView *self)
{
  FocPlotLook look = get_look (GTK_WIDGET (self));

  if (self->plot == NULL || self->node == NULL
      || foc_plot_map_get_n_points (self->drawing->map) < MANY
      || !foc_plot_look_equal (&look, &self->drawing->look))
    return FALSE;

  self->is_stale = TRUE;
  if (self->job == NULL && self->rest_id == 0)
    begin_job (self);
  return TRUE;
}

/* Now */

gboolean
foc_plot_view_ensure_drawn (FocPlotView *self)
{
  FocPlotLook look = get_look (GTK_WIDGET (self));

  if (self->plot == NULL || look.width <= 0 || look.height <= 0)
    return FALSE;
  if (self->node != NULL && foc_plot_look_equal (&look, &self->drawing->look))
    return TRUE;

  end_job (self);
  take_drawing (self, foc_plot_drawing_new (self->plot, &look));
  return TRUE;
}

static void
foc_plot_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FocPlotView *self = FOC_PLOT_VIEW (widget);
  graphene_rect_t bounds;

  if (!foc_plot_view_ensure_drawn (self))
    return;

  bounds = GRAPHENE_RECT_INIT (0, 0, (float) self->drawing->look.width,
                               (float) self->drawing->look.height);
  gtk_snapshot_append_node (snapshot, self->node);
  if (self->picking != PICK_NONE)
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

      foc_plot_map_draw_pick (self->drawing->map, &self->pick, cr,
                              &self->drawing->look.style);
      cairo_destroy (cr);
    }
}

void
foc_plot_view_redraw (FocPlotView *self)
{
  end_job (self);
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
  end_job (self);
  g_clear_pointer (&self->drawing, foc_plot_drawing_free);
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
      g_clear_pointer (&self->node, gsk_render_node_unref);
      g_clear_pointer (&self->drawing, foc_plot_drawing_free);
    }
  if (!draw_in_thread (self))
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

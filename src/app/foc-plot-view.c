/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-view.h"

#include "foc-palette.h"
#include "foc-plot-map.h"

#include <glib/gi18n.h>
#include <math.h>

typedef enum
{
  PICK_NONE,
  PICK_BY_POINTER,
  PICK_BY_KEYS,
} Picking;

/* How the plot was drawn. */
typedef struct
{
  int width, height, scale;
  FocPlotStyle style;
} Drawing;

struct _FocPlotView
{
  GtkWidget parent_instance;

  FocPlot *plot; /* or NULL */
  char *summary; /* or NULL */
  char *export_action;
  GtkWidget *menu; /* NULL until it is asked for */

  /* The plot alone, and where things stand in it; NULL until they are needed. */
  GdkTexture *texture;
  FocPlotMap *map;
  Drawing drawing;
  char *font_family; /* of the drawing's style */

  Picking picking;
  FocPlotPick pick;
  double pointer_x, pointer_y; /* NaN: it is elsewhere */
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

static void
draw (FocPlotView *self)
{
  int width = self->drawing.width * self->drawing.scale;
  int height = self->drawing.height * self->drawing.scale;
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_scale (cr, self->drawing.scale, self->drawing.scale);
  self->map = foc_plot_draw_mapped (self->plot, cr, self->drawing.width,
                                    self->drawing.height, &self->drawing.style);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  self->texture =
    gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

/* Of what the plot is now. */
static void
pick_at_pointer (FocPlotView *self)
{
  gboolean found =
    !isnan (self->pointer_x)
    && foc_plot_map_find (self->map, self->pointer_x, self->pointer_y, &self->pick);

  self->picking = found ? PICK_BY_POINTER : PICK_NONE;
}

static void
keep_pick (FocPlotView *self, const FocPlotMap *before)
{
  if (self->picking != PICK_BY_KEYS)
    pick_at_pointer (self);
  else if (!foc_plot_map_follow (self->map, before, &self->pick)
           && !foc_plot_map_begin (self->map, FOC_PLOT_STEP_LAST, &self->pick))
    self->picking = PICK_NONE;
}

/* Draws the plot, unless that is done. FALSE if there is nothing, or no room, to draw. */
static gboolean
ensure_drawn (FocPlotView *self)
{
  Drawing drawing = get_drawing (GTK_WIDGET (self));
  g_autoptr (FocPlotMap) before = NULL;

  if (self->plot == NULL || drawing.width <= 0 || drawing.height <= 0)
    return FALSE;
  if (self->texture != NULL && is_same_drawing (&drawing, &self->drawing))
    return TRUE;

  g_free (self->font_family);
  self->font_family = g_strdup (drawing.style.font_family);
  self->drawing = drawing;
  self->drawing.style.font_family = self->font_family;
  g_clear_object (&self->texture);
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

  if (!ensure_drawn (self))
    return;

  bounds =
    GRAPHENE_RECT_INIT (0, 0, (float) self->drawing.width, (float) self->drawing.height);
  gtk_snapshot_append_texture (snapshot, self->texture, &bounds);
  if (self->picking != PICK_NONE)
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

      foc_plot_map_draw_pick (self->map, &self->pick, cr, &self->drawing.style);
      cairo_destroy (cr);
    }
}

/* The map stays, so that the pick can be found again. */
static void
redraw (FocPlotView *self)
{
  g_clear_object (&self->texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Picking */

/* Says it to who cannot see it; NULL: what the plot shows. */
static void
describe (FocPlotView *self, const char *text)
{
  if (text == NULL)
    text = self->summary;
  if (text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
end_pick (FocPlotView *self)
{
  if (self->picking == PICK_BY_KEYS)
    describe (self, NULL);
  if (self->picking != PICK_NONE)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  self->picking = PICK_NONE;
}

static void
show_pick (FocPlotView *self)
{
  g_autofree char *text = foc_plot_map_describe (self->map, &self->pick);

  describe (self, text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
step (FocPlotView *self, FocPlotStep where)
{
  if (self->picking != PICK_NONE)
    foc_plot_map_step (self->map, where, &self->pick);
  else if (!foc_plot_map_begin (self->map, where, &self->pick))
    return FALSE;
  self->picking = PICK_BY_KEYS;
  show_pick (self);
  return TRUE;
}

static gboolean
toggle (FocPlotView *self, int entry)
{
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;
  gboolean hide;

  if (entry < 0 || (guint) entry >= foc_plot_map_get_n_entries (self->map))
    return FALSE;

  key = g_strdup (foc_plot_map_get_entry_key (self->map, (guint) entry));
  hide = !foc_plot_is_hidden (self->plot, key);
  /* Translators: %s is a curve of a plot, such as the learning rate 0.01. */
  text = g_strdup_printf (hide ? _ ("%s is hidden.") : _ ("%s is shown."),
                          foc_plot_map_get_entry_text (self->map, (guint) entry));
  foc_plot_set_hidden (self->plot, key, hide);
  describe (self, text);
  redraw (self);
  return TRUE;
}

static void
activate_cell (FocPlotView *self)
{
  g_signal_emit (self, signals[CELL_ACTIVATED], 0, self->pick.row, self->pick.column);
}

/* Events */

static void
set_pointer (FocPlotView *self, double x, double y)
{
  gboolean on_control;

  self->pointer_x = x;
  self->pointer_y = y;
  if (!ensure_drawn (self))
    return;

  end_pick (self);
  pick_at_pointer (self);
  on_control = foc_plot_map_find_entry (self->map, x, y) >= 0
               || (self->picking != PICK_NONE && self->pick.is_cell);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), on_control ? "pointer" : NULL);
  if (self->picking != PICK_NONE)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion (FocPlotView *self, double x, double y)
{
  /* Windows that come and go under it move no pointer. */
  if (x != self->pointer_x || y != self->pointer_y)
    set_pointer (self, x, y);
}

static void
on_leave (FocPlotView *self)
{
  self->pointer_x = self->pointer_y = NAN;
  if (self->picking == PICK_BY_POINTER)
    end_pick (self);
}

static void
on_pressed (GtkGesture *gesture, int n, double x, double y, FocPlotView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  set_pointer (self, x, y);
}

static void
on_released (GtkGesture *gesture, int n, double x, double y, FocPlotView *self)
{
  if (!ensure_drawn (self) || toggle (self, foc_plot_map_find_entry (self->map, x, y)))
    return;
  if (foc_plot_map_find (self->map, x, y, &self->pick) && self->pick.is_cell)
    activate_cell (self);
}

static gboolean
popup_menu (FocPlotView *self, const GdkRectangle *place)
{
  if (self->export_action == NULL)
    return FALSE;

  if (self->menu == NULL)
    {
      g_autoptr (GMenu) model = g_menu_new ();

      g_menu_append (model, _ ("_Export Plot…"), self->export_action);
      self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (model));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), place);
  gtk_popover_popup (GTK_POPOVER (self->menu));
  return TRUE;
}

static void
on_menu_pressed (GtkGesture *gesture, int n, double x, double y, FocPlotView *self)
{
  if (popup_menu (self, &(GdkRectangle){ (int) x, (int) y, 1, 1 }))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
on_menu_key (FocPlotView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const GdkRectangle middle = { gtk_widget_get_width (widget) / 2,
                                gtk_widget_get_height (widget) / 2, 1, 1 };

  return popup_menu (self, &middle);
}

static gboolean
on_escape (FocPlotView *self)
{
  if (self->picking == PICK_NONE)
    return FALSE;
  end_pick (self);
  return TRUE;
}

/* Of what is picked. */
static gboolean
on_enter (FocPlotView *self, gboolean space)
{
  if (self->picking == PICK_NONE)
    return FALSE;
  if (self->pick.is_cell)
    activate_cell (self);
  else if (space)
    return toggle (self, foc_plot_map_get_entry_of (self->map, &self->pick));
  return self->pick.is_cell;
}

static gboolean
show_all (FocPlotView *self)
{
  if (foc_plot_map_get_n_entries (self->map) == 0)
    return FALSE;
  foc_plot_show_all (self->plot);
  describe (self, _ ("All curves are shown."));
  redraw (self);
  return TRUE;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                FocPlotView *self)
{
  const GdkModifierType modifiers =
    GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK;

  if (state & modifiers)
    return FALSE;
  if (keyval == GDK_KEY_Menu || (keyval == GDK_KEY_F10 && state & GDK_SHIFT_MASK))
    return on_menu_key (self);
  if (!ensure_drawn (self))
    return FALSE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return step (self, FOC_PLOT_STEP_LEFT);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return step (self, FOC_PLOT_STEP_RIGHT);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return step (self, FOC_PLOT_STEP_UP);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return step (self, FOC_PLOT_STEP_DOWN);
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      return step (self, FOC_PLOT_STEP_FIRST);
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      return step (self, FOC_PLOT_STEP_LAST);
    case GDK_KEY_Escape:
      return on_escape (self);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return on_enter (self, FALSE);
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      return on_enter (self, TRUE);
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      return show_all (self);
    default:
      if (keyval >= GDK_KEY_1 && keyval <= GDK_KEY_9)
        return toggle (self, (int) (keyval - GDK_KEY_1));
      if (keyval >= GDK_KEY_KP_1 && keyval <= GDK_KEY_KP_9)
        return toggle (self, (int) (keyval - GDK_KEY_KP_1));
      return FALSE;
    }
}

static void
on_focus_left (FocPlotView *self)
{
  if (self->picking == PICK_BY_KEYS)
    end_pick (self);
}

static void
add_controllers (FocPlotView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_left), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect (menu, "pressed", G_CALLBACK (on_menu_pressed), self);

  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, focus);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (menu));
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
  g_clear_object (&self->texture);
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
  add_controllers (self);
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
      end_pick (self);
      g_clear_pointer (&self->map, foc_plot_map_free);
    }
  redraw (self);
}

void
foc_plot_view_set_summary (FocPlotView *self, const char *summary)
{
  if (g_strcmp0 (self->summary, summary) == 0)
    return;
  g_free (self->summary);
  self->summary = g_strdup (summary);
  if (self->picking != PICK_BY_KEYS)
    describe (self, NULL);
}

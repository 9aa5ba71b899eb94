/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-network-grid.h"

#include "foc-features-view.h"
#include "foc-preprocess.h"

#include <glib/gi18n.h>
#include <math.h>

#define NATURAL_SIDE (11 * FOC_FEATURE_SIDE)
#define LAST (FOC_FEATURE_SIDE - 1)

static const GdkRGBA dark = { 0, 0, 0, 1 };
static const GdkRGBA light = { 1, 1, 1, 1 };

typedef struct
{
  int row, column;
} Cell;

typedef enum
{
  MARKED_NOTHING,
  MARKED_BY_POINTER,
  MARKED_BY_KEYS,
} Marked;

struct _FocNetworkGrid
{
  GtkWidget parent_instance;

  FocFeaturesView *view;
  gboolean paints;
  Marked marked;
  Cell cell;
  double pointer_x, pointer_y; /* NaN: it is elsewhere */

  GtkGesture *drag;
  gboolean is_stroke;
  double stroke_x, stroke_y; /* where it began */
  Cell brush;                /* where the stroke has come to */
  GArray *strokes;           /* of guint: pixels that were painted and not told of yet */
  guint tick_id;
};

enum
{
  PROP_PAINTS = 1
};

enum
{
  CELL_CHANGED,
  STROKE,
  PAINTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FocNetworkGrid, foc_network_grid, GTK_TYPE_WIDGET)

/* What is marked */

static void
mark (FocNetworkGrid *self, Marked marked, Cell cell)
{
  gboolean is_same =
    (marked == MARKED_NOTHING) == (self->marked == MARKED_NOTHING)
    && (marked == MARKED_NOTHING
        || (cell.row == self->cell.row && cell.column == self->cell.column));

  self->marked = marked;
  self->cell = cell;
  if (is_same)
    return;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CELL_CHANGED], 0);
}

/* Beyond the edges too. */
static Cell
find_cell (FocNetworkGrid *self, double x, double y)
{
  graphene_rect_t area;
  double unit;

  foc_features_view_get_area (self->view, &area);
  unit = (double) area.size.width / FOC_FEATURE_SIDE;
  return (Cell){ (int) floor ((y - (double) area.origin.y) / unit),
                 (int) floor ((x - (double) area.origin.x) / unit) };
}

static gboolean
is_inside (Cell cell)
{
  return cell.row >= 0 && cell.row <= LAST && cell.column >= 0 && cell.column <= LAST;
}

/* Painting */

static gboolean
tell (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  FocNetworkGrid *self = FOC_NETWORK_GRID (widget);
  g_autoptr (GArray) strokes = g_steal_pointer (&self->strokes);

  self->strokes = g_array_new (FALSE, FALSE, sizeof (guint));
  self->tick_id = 0;
  g_signal_emit (self, signals[PAINTED], 0, strokes);
  return G_SOURCE_REMOVE;
}

static void
paint (FocNetworkGrid *self, Cell cell)
{
  guint pixel = (guint) (cell.row * FOC_FEATURE_SIDE + cell.column);

  if (!is_inside (cell))
    return;
  for (guint i = 0; i < self->strokes->len; i++)
    if (g_array_index (self->strokes, guint, i) == pixel)
      return;
  g_array_append_val (self->strokes, pixel);
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tell, NULL, NULL);
}

/* A pointer that is faster than its events leaves no gaps. */
static void
paint_to (FocNetworkGrid *self, Cell to)
{
  int rows = to.row - self->brush.row;
  int columns = to.column - self->brush.column;
  int n = MAX (ABS (rows), ABS (columns));

  for (int i = 1; i <= n; i++)
    paint (self, (Cell){ self->brush.row + (int) lround ((double) rows * i / n),
                         self->brush.column + (int) lround ((double) columns * i / n) });
  self->brush = to;
}

static void
on_drag_begin (FocNetworkGrid *self, double x, double y)
{
  Cell cell = find_cell (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->is_stroke = self->paints && is_inside (cell);
  self->stroke_x = x;
  self->stroke_y = y;
  if (is_inside (cell))
    mark (self, MARKED_BY_POINTER, cell);
  if (self->is_stroke)
    {
      g_signal_emit (self, signals[STROKE], 0);
      paint (self, self->brush = cell);
    }
  gtk_gesture_set_state (self->drag, self->is_stroke ? GTK_EVENT_SEQUENCE_CLAIMED
                                                     : GTK_EVENT_SEQUENCE_DENIED);
}

static void
on_drag_update (FocNetworkGrid *self, double dx, double dy)
{
  if (self->is_stroke)
    paint_to (self, find_cell (self, self->stroke_x + dx, self->stroke_y + dy));
}

static void
on_drag_end (FocNetworkGrid *self)
{
  self->is_stroke = FALSE;
}

/* Pointer and keys */

static void
on_motion (FocNetworkGrid *self, double x, double y)
{
  Cell cell = find_cell (self, x, y);

  /* What is laid out anew under it moves no pointer. */
  if (x == self->pointer_x && y == self->pointer_y)
    return;
  self->pointer_x = x;
  self->pointer_y = y;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   self->paints && is_inside (cell) ? "crosshair" : NULL);
  mark (self, is_inside (cell) ? MARKED_BY_POINTER : MARKED_NOTHING, cell);
}

static void
on_leave (FocNetworkGrid *self)
{
  self->pointer_x = self->pointer_y = NAN;
  if (self->marked == MARKED_BY_POINTER)
    mark (self, MARKED_NOTHING, self->cell);
}

static void
on_focus_left (FocNetworkGrid *self)
{
  if (self->marked == MARKED_BY_KEYS)
    mark (self, MARKED_NOTHING, self->cell);
}

/* From what is marked, or else to the middle. */
static gboolean
step (FocNetworkGrid *self, int rows, int columns)
{
  Cell cell = { FOC_FEATURE_SIDE / 2, FOC_FEATURE_SIDE / 2 };

  if (self->marked != MARKED_NOTHING)
    cell = (Cell){ CLAMP (self->cell.row + rows, 0, LAST),
                   CLAMP (self->cell.column + columns, 0, LAST) };
  mark (self, MARKED_BY_KEYS, cell);
  return GDK_EVENT_STOP;
}

static gboolean
on_key_pressed (FocNetworkGrid *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK))
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return step (self, 0, -1);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return step (self, 0, 1);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return step (self, -1, 0);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return step (self, 1, 0);
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      return step (self, 0, -LAST);
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      return step (self, 0, LAST);
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      return step (self, -LAST, 0);
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      return step (self, LAST, 0);
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      if (!self->paints || self->marked == MARKED_NOTHING)
        return GDK_EVENT_PROPAGATE;
      g_signal_emit (self, signals[STROKE], 0);
      paint (self, self->cell);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* The widget */

static void
draw_border (GtkSnapshot *snapshot, graphene_rect_t *rect, const GdkRGBA *colour)
{
  const GdkRGBA colours[] = { *colour, *colour, *colour, *colour };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, rect, 0);
  gtk_snapshot_append_border (snapshot, &outline, (float[]){ 1, 1, 1, 1 }, colours);
}

static void
foc_network_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FocNetworkGrid *self = FOC_NETWORK_GRID (widget);
  graphene_rect_t area;
  float unit;

  GTK_WIDGET_CLASS (foc_network_grid_parent_class)->snapshot (widget, snapshot);
  if (self->marked == MARKED_NOTHING)
    return;

  foc_features_view_get_area (self->view, &area);
  unit = area.size.width / FOC_FEATURE_SIDE;
  graphene_rect_init (&area, area.origin.x + unit * (float) self->cell.column,
                      area.origin.y + unit * (float) self->cell.row, unit, unit);
  /* Around the pixel, which it must not hide. */
  graphene_rect_inset (&area, -1, -1);
  draw_border (snapshot, &area, &light);
  graphene_rect_inset (&area, -1, -1);
  draw_border (snapshot, &area, &dark);
}

static void
foc_network_grid_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  g_value_set_boolean (value, FOC_NETWORK_GRID (object)->paints);
}

static void
foc_network_grid_set_property (GObject *object,
                               guint id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  FocNetworkGrid *self = FOC_NETWORK_GRID (object);

  self->paints = g_value_get_boolean (value);
  self->is_stroke = self->is_stroke && self->paints;
}

static void
foc_network_grid_dispose (GObject *object)
{
  FocNetworkGrid *self = FOC_NETWORK_GRID (object);

  if (self->view != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->view));
  self->view = NULL;

  G_OBJECT_CLASS (foc_network_grid_parent_class)->dispose (object);
}

static void
foc_network_grid_finalize (GObject *object)
{
  g_array_unref (FOC_NETWORK_GRID (object)->strokes);
  G_OBJECT_CLASS (foc_network_grid_parent_class)->finalize (object);
}

static void
foc_network_grid_class_init (FocNetworkGridClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = foc_network_grid_get_property;
  object_class->set_property = foc_network_grid_set_property;
  object_class->dispose = foc_network_grid_dispose;
  object_class->finalize = foc_network_grid_finalize;
  widget_class->snapshot = foc_network_grid_snapshot;

  g_object_class_install_property (
    object_class, PROP_PAINTS,
    g_param_spec_boolean ("paints", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  signals[CELL_CHANGED] =
    g_signal_new ("cell-changed", FOC_TYPE_NETWORK_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
  signals[STROKE] = g_signal_new ("stroke-begun", FOC_TYPE_NETWORK_GRID,
                                  G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PAINTED] = g_signal_new ("painted", FOC_TYPE_NETWORK_GRID, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "networkgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_controllers (FocNetworkGrid *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->drag = gtk_gesture_drag_new ();
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_left), self);
  g_signal_connect_swapped (self->drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (self->drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (self->drag, "drag-end", G_CALLBACK (on_drag_end), self);

  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, focus);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (self->drag));
}

static void
foc_network_grid_init (FocNetworkGrid *self)
{
  self->strokes = g_array_new (FALSE, FALSE, sizeof (guint));
  self->pointer_x = self->pointer_y = NAN;
  /* The grid is what has the name, and the focus. */
  self->view = g_object_new (FOC_TYPE_FEATURES_VIEW, "natural-side", NATURAL_SIDE,
                             "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->view), GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the network sees"), -1);
  add_controllers (self);
}

void
foc_network_grid_set_pixels (FocNetworkGrid *self, const guint8 *pixels)
{
  foc_features_view_set_features (self->view, pixels);
}

gboolean
foc_network_grid_get_cell (FocNetworkGrid *self, guint *row, guint *column)
{
  *row = (guint) self->cell.row;
  *column = (guint) self->cell.column;
  return self->marked != MARKED_NOTHING;
}

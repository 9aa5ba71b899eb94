/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-square-view-private.h"

/* How far from an edge it is still held. */
#define SLACK 12
/* Steps by keys: parts of the shorter side, and what Shift makes of one; and of the square. */
#define STEPS 100
#define SHIFT_STEPS 10
#define SCALE 1.1

/* Keys */

static void
step (FocSquareView *self, int x, int y, GdkModifierType state)
{
  double length = MAX (MIN (self->width, self->height) / STEPS, 1);
  FocRectangle square;

  if (state & GDK_SHIFT_MASK)
    length *= SHIFT_STEPS;
  foc_square_drag (&self->square, (FocSquareGrip){ 0, 0 }, x * length, y * length,
                   self->width, self->height, &square);
  foc_square_view_move (self, &square);
}

static void
scale (FocSquareView *self, double factor)
{
  FocRectangle square = self->square;

  foc_square_scale (&square, factor, self->width, self->height);
  foc_square_view_move (self, &square);
}

static gboolean
on_key_pressed (FocSquareView *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (self->levels == NULL
      || state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK))
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      step (self, -1, 0, state);
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      step (self, 1, 0, state);
      break;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      step (self, 0, -1, state);
      break;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      step (self, 0, 1, state);
      break;
    case GDK_KEY_plus:
    case GDK_KEY_equal: /* the same key, without Shift */
    case GDK_KEY_KP_Add:
      scale (self, SCALE);
      break;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      scale (self, 1 / SCALE);
      break;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      foc_square_view_reset_square (self);
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  return GDK_EVENT_STOP;
}

/* The pointer */

/* From the widget to the picture. */
static double
to_picture (FocSquareView *self, double *x, double *y)
{
  graphene_rect_t picture;
  double scale = foc_square_view_find_picture (self, &picture);

  *x = (*x - (double) picture.origin.x) / scale;
  *y = (*y - (double) picture.origin.y) / scale;
  return scale;
}

static gboolean
find_grip (FocSquareView *self, double x, double y, FocSquareGrip *grip)
{
  double unit;

  if (self->levels == NULL)
    return FALSE;
  unit = to_picture (self, &x, &y);
  return foc_square_find_grip (&self->square, x, y, SLACK / unit, grip);
}

static const char *
choose_cursor (FocSquareGrip grip)
{
  if (grip.x == 0 && grip.y == 0)
    return "move";
  if (grip.x == 0)
    return "ns-resize";
  if (grip.y == 0)
    return "ew-resize";
  return grip.x == grip.y ? "nwse-resize" : "nesw-resize";
}

static void
on_motion (FocSquareView *self, double x, double y)
{
  FocSquareGrip grip = self->grip;
  gboolean is_held = self->is_dragging || find_grip (self, x, y, &grip);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   is_held ? choose_cursor (grip) : NULL);
}

static void
on_drag_begin (FocSquareView *self, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->is_dragging = find_grip (self, x, y, &self->grip);
  self->start = self->square;
  gtk_gesture_set_state (self->drag, self->is_dragging ? GTK_EVENT_SEQUENCE_CLAIMED
                                                       : GTK_EVENT_SEQUENCE_DENIED);
}

static void
on_drag_update (FocSquareView *self, double dx, double dy)
{
  graphene_rect_t picture;
  FocRectangle square;
  double unit;

  if (!self->is_dragging)
    return;
  unit = foc_square_view_find_picture (self, &picture);
  foc_square_drag (&self->start, self->grip, dx / unit, dy / unit, self->width,
                   self->height, &square);
  foc_square_view_move (self, &square);
}

static void
on_drag_end (FocSquareView *self)
{
  self->is_dragging = FALSE;
}

static void
on_cancel (FocSquareView *self)
{
  if (self->is_dragging)
    foc_square_view_move (self, &self->start);
  self->is_dragging = FALSE;
}

gboolean
foc_square_view_cancel_drag (FocSquareView *self)
{
  if (!self->is_dragging)
    return FALSE;

  on_cancel (self);
  gtk_event_controller_reset (GTK_EVENT_CONTROLLER (self->drag));
  return TRUE;
}

void
foc_square_view_add_controllers (FocSquareView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (widget, keys);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  gtk_widget_add_controller (widget, motion);
  self->drag = gtk_gesture_drag_new ();
  g_signal_connect_swapped (self->drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (self->drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (self->drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect_swapped (self->drag, "cancel", G_CALLBACK (on_cancel), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (self->drag));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

void
foc_plot_view_describe (FocPlotView *self, const char *text)
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

void
foc_plot_view_end_pick (FocPlotView *self)
{
  if (self->picking == PICK_BY_KEYS)
    foc_plot_view_describe (self, NULL);
  if (self->picking != PICK_NONE)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  self->picking = PICK_NONE;
}

static void
show_pick (FocPlotView *self)
{
  g_autofree char *text = foc_plot_map_describe (self->drawing->map, &self->pick);

  foc_plot_view_describe (self, text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
step (FocPlotView *self, FocPlotStep where)
{
  if (self->picking != PICK_NONE)
    foc_plot_map_step (self->drawing->map, where, &self->pick);
  else if (!foc_plot_map_begin (self->drawing->map, where, &self->pick))
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

  if (entry < 0 || (guint) entry >= foc_plot_map_get_n_entries (self->drawing->map))
    return FALSE;

  key = g_strdup (foc_plot_map_get_entry_key (self->drawing->map, (guint) entry));
  hide = !foc_plot_is_hidden (self->plot, key);
  /* Translators: %s is a curve of a plot, such as the learning rate 0.01. */
  text =
    g_strdup_printf (hide ? _ ("%s is hidden.") : _ ("%s is shown."),
                     foc_plot_map_get_entry_text (self->drawing->map, (guint) entry));
  foc_plot_set_hidden (self->plot, key, hide);
  foc_plot_view_describe (self, text);
  foc_plot_view_redraw (self);
  return TRUE;
}

static void
set_pointer (FocPlotView *self, double x, double y)
{
  gboolean on_control;

  self->pointer_x = x;
  self->pointer_y = y;
  if (!foc_plot_view_ensure_drawn (self))
    return;

  foc_plot_view_end_pick (self);
  foc_plot_view_pick_at_pointer (self);
  on_control = foc_plot_map_find_entry (self->drawing->map, x, y) >= 0
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
    foc_plot_view_end_pick (self);
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
  if (!foc_plot_view_ensure_drawn (self)
      || toggle (self, foc_plot_map_find_entry (self->drawing->map, x, y)))
    return;
  if (foc_plot_map_find (self->drawing->map, x, y, &self->pick) && self->pick.is_cell)
    foc_plot_view_activate_cell (self);
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
  foc_plot_view_end_pick (self);
  return TRUE;
}

/* Of what is picked. */
static gboolean
on_enter (FocPlotView *self, gboolean space)
{
  if (self->picking == PICK_NONE)
    return FALSE;
  if (self->pick.is_cell)
    foc_plot_view_activate_cell (self);
  else if (space)
    return toggle (self, foc_plot_map_get_entry_of (self->drawing->map, &self->pick));
  return self->pick.is_cell;
}

static gboolean
show_all (FocPlotView *self)
{
  if (foc_plot_map_get_n_entries (self->drawing->map) == 0)
    return FALSE;
  foc_plot_show_all (self->plot);
  foc_plot_view_describe (self, _ ("All curves are shown."));
  foc_plot_view_redraw (self);
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
  if (!foc_plot_view_ensure_drawn (self))
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
    foc_plot_view_end_pick (self);
}

void
foc_plot_view_add_controllers (FocPlotView *self)
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

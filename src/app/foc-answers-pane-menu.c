/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-answers-pane-private.h"

#include "foc-model.h"
#include "foc-text.h"

#include <glib/gi18n.h>

/* The classes that a picture can be set to: a menu of what is selected, and which keys do so. */

#define N_KEYS 9

static FocAnswerItem *
get_selected (FocAnswersPane *self)
{
  return self->selection != NULL
           ? gtk_single_selection_get_selected_item (self->selection)
           : NULL;
}

static gboolean
has_class (FocAnswerItem *item)
{
  return item != NULL && foc_answer_item_get_state (item) != FOC_ANSWER_FAILED;
}

int
foc_answers_pane_get_hand_label (FocAnswersPane *self)
{
  FocAnswerItem *item = get_selected (self);

  return item != NULL ? foc_answer_item_get_hand_label (item) : -1;
}

void
foc_answers_pane_set_hand_label (FocAnswersPane *self, int label)
{
  FocAnswerItem *item = get_selected (self);

  if (item != NULL)
    foc_answers_pane_set_by_hand (item, label);
}

char *
foc_answers_pane_describe_keys (FocAnswerItem *item)
{
  const FocModel *model = foc_loaded_model_get_model (foc_answer_item_get_model (item));
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;

  if (!has_class (item))
    return NULL;
  for (guint i = 0; i < MIN (foc_model_get_n_classes (model), N_KEYS); i++)
    {
      g_autofree char *name = foc_text_escape (model->class_names[i]);

      /* Translators: a key, and the class that it sets. */
      g_ptr_array_add (parts, g_strdup_printf (_ ("%u %s"), i + 1, name));
    }
  g_ptr_array_add (parts, NULL);
  all = g_strjoinv (" · ", (char **) parts->pdata);
  /* Translators: keys, and the class that each of them sets: “1 comics · 2 faces”. */
  return g_strdup_printf (_ ("Keys: %s"), all);
}

/* The menu */

static void
append (GMenu *menu, const char *text, int label, const char *key)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (text, NULL);

  g_menu_item_set_action_and_target (item, "answers.set-class", "i", label);
  if (key != NULL)
    g_menu_item_set_attribute (item, "accel", "s", key);
  g_menu_append_item (menu, item);
}

static void
append_class (GMenu *menu, const char *class_name, guint label)
{
  g_autofree char *key = label < N_KEYS ? g_strdup_printf ("%u", label + 1) : NULL;
  g_autofree char *escaped = foc_text_escape (class_name);
  g_autoptr (GString) name = g_string_new (escaped);

  g_string_replace (name, "_", "__", 0); /* no key of the menu */
  append (menu, name->str, (int) label, key);
}

/* NULL: no classes. */
static void
offer_classes (FocAnswersPane *self, FocLoadedModel *model)
{
  const FocModel *of = model != NULL ? foc_loaded_model_get_model (model) : NULL;
  g_autoptr (GMenu) classes = g_menu_new ();
  g_autoptr (GMenu) none = g_menu_new ();

  for (guint i = 0; of != NULL && i < foc_model_get_n_classes (of); i++)
    append_class (classes, of->class_names[i], i);
  append (none, _ ("_As Answered"), -1, "0");
  g_menu_remove_all (self->class_menu);
  g_menu_append_section (self->class_menu, NULL, G_MENU_MODEL (classes));
  g_menu_append_section (self->class_menu, NULL, G_MENU_MODEL (none));
}

static void
follow_selected (FocAnswersPane *self)
{
  FocAnswerItem *item = get_selected (self);

  if (has_class (item) && g_set_object (&self->offered, foc_answer_item_get_model (item)))
    offer_classes (self, self->offered);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answers.set-class",
                                 has_class (item));
  g_object_notify (G_OBJECT (self), "hand-label");
}

/* Of a row */

static gboolean
popup (FocAnswersPane *self, const GdkRectangle *place)
{
  if (!has_class (get_selected (self)))
    return FALSE;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), place);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  return TRUE;
}

/* The texts of a row know their picture. */
static gboolean
select_at (FocAnswersPane *self, double x, double y)
{
  GtkWidget *rows = foc_answers_pane_get_rows (self);
  GtkWidget *row = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  guint position;

  while (row != NULL && gtk_widget_get_parent (row) != rows)
    row = gtk_widget_get_parent (row);
  for (GtkWidget *cell = row != NULL ? gtk_widget_get_first_child (row) : NULL;
       cell != NULL; cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *child = gtk_widget_get_first_child (cell);
      FocAnswerItem *item =
        child != NULL ? g_object_get_data (G_OBJECT (child), "item") : NULL;

      if (item != NULL && foc_shown_answers_find (self->shown, item, &position))
        {
          gtk_single_selection_set_selected (self->selection, position);
          return TRUE;
        }
    }
  return FALSE;
}

static void
on_pressed (GtkGesture *gesture, int n, double x, double y, FocAnswersPane *self)
{
  double left, top;

  if (!select_at (self, x, y)
      || !gtk_widget_translate_coordinates (GTK_WIDGET (self->view), GTK_WIDGET (self), x,
                                            y, &left, &top))
    return;
  if (popup (self, &(GdkRectangle){ (int) left, (int) top, 1, 1 }))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_long_pressed (GtkGesture *gesture, double x, double y, FocAnswersPane *self)
{
  on_pressed (gesture, 1, x, y, self);
}

gboolean
foc_answers_pane_popup_menu (FocAnswersPane *self)
{
  GtkWidget *row = foc_answers_pane_find_selected_row (self);
  graphene_rect_t bounds;

  return row != NULL && gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds)
         && popup (self,
                   &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                                    (int) bounds.size.width, (int) bounds.size.height });
}

/* The list has a selection now. */
void
foc_answers_pane_watch_selection (FocAnswersPane *self)
{
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (follow_selected), self, G_CONNECT_SWAPPED);
  g_object_bind_property (self->selection, "selected-item", self->changes, "target",
                          G_BINDING_SYNC_CREATE);
  follow_selected (self);
}

void
foc_answers_pane_init_menu (FocAnswersPane *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  self->changes = g_signal_group_new (FOC_TYPE_ANSWER_ITEM);
  g_signal_group_connect_swapped (self->changes, "changed", G_CALLBACK (follow_selected),
                                  self);
  offer_classes (self, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answers.set-class", FALSE);

  g_menu_append_section (menu, _ ("Set Class"), G_MENU_MODEL (self->class_menu));
  self->popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (foc_answers_pane_focus),
                            self);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect (press, "pressed", G_CALLBACK (on_long_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (press));
}

void
foc_answers_pane_dispose_menu (FocAnswersPane *self)
{
  if (self->popover != NULL)
    g_signal_handlers_disconnect_by_data (self->popover, self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->changes);
  g_clear_object (&self->offered);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-answers-pane-private.h"

#include "foc-model.h"

static GListModel *
get_shown (FocAnswersPane *self)
{
  return G_LIST_MODEL (self->selection);
}

static gboolean
on_open_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  FocAnswersPane *self = user_data;
  guint position = gtk_single_selection_get_selected (self->selection);

  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;
  foc_answers_pane_open (self, position);
  return TRUE;
}

gboolean
foc_answers_pane_set_by_hand (FocAnswerItem *item, int label)
{
  const FocModel *model = foc_loaded_model_get_model (foc_answer_item_get_model (item));

  if (foc_answer_item_get_state (item) == FOC_ANSWER_FAILED
      || label >= (int) foc_model_get_n_classes (model))
    return FALSE;
  foc_answer_item_set_hand_label (item, label);
  return TRUE;
}

/* `args` is the label, or -1. */
static gboolean
on_label_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  FocAnswersPane *self = user_data;
  FocAnswerItem *item = gtk_single_selection_get_selected_item (self->selection);
  int label = g_variant_get_int32 (args);

  if (item == NULL || !foc_answers_pane_set_by_hand (item, label))
    return FALSE;
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  return TRUE;
}

static gboolean
on_menu_key (GtkWidget *widget, GVariant *args, gpointer self)
{
  return foc_answers_pane_popup_menu (self);
}

static void
add_key (FocAnswersPane *self,
         GtkEventController *keys,
         guint key,
         guint keypad_key, /* or 0 */
         GtkShortcutFunc func,
         GVariant *args)
{
  GtkShortcutTrigger *trigger = gtk_keyval_trigger_new (key, 0);
  GtkShortcut *shortcut;

  if (keypad_key != 0)
    trigger =
      gtk_alternative_trigger_new (trigger, gtk_keyval_trigger_new (keypad_key, 0));
  shortcut = gtk_shortcut_new (trigger, gtk_callback_action_new (func, self, NULL));
  gtk_shortcut_set_arguments (shortcut, args);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

static GtkEventController *
new_label_keys (FocAnswersPane *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  for (int i = 0; i < 9; i++)
    add_key (self, keys, GDK_KEY_1 + (guint) i, GDK_KEY_KP_1 + (guint) i, on_label_key,
             g_variant_new_int32 (i));
  add_key (self, keys, GDK_KEY_0, GDK_KEY_KP_0, on_label_key, g_variant_new_int32 (-1));
  add_key (self, keys, GDK_KEY_BackSpace, 0, on_label_key, g_variant_new_int32 (-1));
  return keys;
}

void
foc_answers_pane_add_keys (FocAnswersPane *self)
{
  GtkEventController *keys = new_label_keys (self);

  /* Before the list, in which Space selects. */
  add_key (self, keys, GDK_KEY_space, 0, on_open_key, NULL);
  add_key (self, keys, GDK_KEY_Menu, 0, on_menu_key, NULL);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F10, GDK_SHIFT_MASK),
                      gtk_callback_action_new (on_menu_key, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  /* The menu of GTK 4.8 tells of keys, but does not take them. */
  gtk_widget_add_controller (self->popover, new_label_keys (self));
}

gboolean
foc_answers_pane_can_step (FocAnswersPane *self, FocAnswerItem *item, int step)
{
  guint n = g_list_model_get_n_items (get_shown (self));
  guint position;

  return foc_shown_answers_find (self->shown, item, &position)
         && (gint64) position + step >= 0 && (gint64) position + step < n;
}

FocAnswerItem *
foc_answers_pane_step (FocAnswersPane *self, FocAnswerItem *item, int step)
{
  guint position;

  if (!foc_answers_pane_can_step (self, item, step)
      || !foc_shown_answers_find (self->shown, item, &position))
    return NULL;

  position = (guint) ((int) position + step);
  gtk_single_selection_set_selected (self->selection, position);
  return g_list_model_get_item (get_shown (self), position);
}

/* The rows of the view, without the titles of its columns. */
GtkWidget *
foc_answers_pane_get_rows (FocAnswersPane *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view));

  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

GtkWidget *
foc_answers_pane_find_selected_row (FocAnswersPane *self)
{
  GtkWidget *row = gtk_widget_get_first_child (foc_answers_pane_get_rows (self));

  while (row != NULL && !(gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED))
    row = gtk_widget_get_next_sibling (row);
  return row;
}

static void
scroll_to_selected (FocAnswersPane *self)
{
  gtk_widget_activate_action (foc_answers_pane_get_rows (self), "list.scroll-to-item",
                              "u", gtk_single_selection_get_selected (self->selection));
}

/* When GTK 4.8 scrolls it looks which row has the focus, and goes on from that. */
void
foc_answers_pane_lead_to_selected (FocAnswersPane *self)
{
  GtkWidget *rows = foc_answers_pane_get_rows (self);
  GtkWidget *row;

  scroll_to_selected (self);
  row = foc_answers_pane_find_selected_row (self);
  if (row == NULL || gtk_widget_get_focus_child (rows) != NULL)
    return;
  gtk_widget_set_focus_child (rows, row);
  scroll_to_selected (self);
  gtk_widget_set_focus_child (rows, NULL);
}

gboolean
foc_answers_pane_is_selected (FocAnswersPane *self, guint row)
{
  FocAnswerItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL && foc_answer_item_get_row (item) == row;
}

gboolean
foc_answers_pane_select_row (FocAnswersPane *self, guint row)
{
  g_autoptr (FocAnswerItem) item =
    g_list_model_get_item (G_LIST_MODEL (self->answers), row);
  guint position;

  if (item == NULL || !foc_shown_answers_find (self->shown, item, &position))
    return FALSE;
  gtk_single_selection_set_selected (self->selection, position);
  if (gtk_widget_get_focus_child (foc_answers_pane_get_rows (self)) != NULL)
    foc_answers_pane_focus (self);
  else
    foc_answers_pane_lead_to_selected (self);
  return TRUE;
}

void
foc_answers_pane_focus (FocAnswersPane *self)
{
  GtkWidget *rows = foc_answers_pane_get_rows (self);
  GtkWidget *row;
  guint position = gtk_single_selection_get_selected (self->selection);

  self->wants_focus = g_list_model_get_n_items (get_shown (self)) == 0;
  if (self->wants_focus)
    return;

  if (position == GTK_INVALID_LIST_POSITION)
    {
      gtk_widget_grab_focus (rows);
      return;
    }
  scroll_to_selected (self);
  row = foc_answers_pane_find_selected_row (self);
  if (row != NULL)
    gtk_widget_grab_focus (row);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-history-pane-private.h"

#include "foc-run-row.h"
#include "foc-widget.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (FocHistoryPane, foc_history_pane, GTK_TYPE_WIDGET)

static void
forget_selected (FocHistoryPane *self)
{
  for (guint i = 0; i < self->selected->len; i++)
    g_signal_handlers_disconnect_by_func (self->selected->pdata[i],
                                          foc_history_pane_update_actions, self);
  g_ptr_array_set_size (self->selected, 0);
}

/* What is selected now, in the order of the list. */
static void
on_selection_changed (FocHistoryPane *self)
{
  g_autoptr (GtkBitset) positions =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  forget_selected (self);
  for (guint64 i = 0; i < gtk_bitset_get_size (positions); i++)
    {
      FocRunItem *item = g_list_model_get_item (
        G_LIST_MODEL (self->selection), gtk_bitset_get_nth (positions, (guint) i));

      g_signal_connect_object (item, "changed",
                               G_CALLBACK (foc_history_pane_update_actions), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->selected, item);
    }
  foc_history_pane_update_actions (self);
}

static void
update (FocHistoryPane *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  gboolean loading = self->history != NULL && foc_run_history_get_loading (self->history);

  gtk_stack_set_visible_child_name (self->stack, n > 0     ? "runs"
                                                 : loading ? "loading"
                                                           : "empty");
}

static void
on_items_changed (FocHistoryPane *self)
{
  update (self);
  on_selection_changed (self);
}

static void
on_activate (FocHistoryPane *self, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self), "history.open", NULL);
}

/* A row that was not selected is, before its menu comes. */
static void
on_pressed (GtkGesture *gesture, int n, double x, double y, gpointer user_data)
{
  GtkListItem *cell = user_data;
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *pane = gtk_widget_get_ancestor (row, FOC_TYPE_HISTORY_PANE);
  guint position = gtk_list_item_get_position (cell);
  FocHistoryPane *self = FOC_HISTORY_PANE (pane);
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);
  double px, py;

  if (!gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_select_item (selection, position, TRUE);
  gtk_widget_translate_coordinates (row, pane, x, y, &px, &py);
  foc_history_pane_pop_up_menu (self, (GdkRectangle){ (int) px, (int) py, 1, 1 });
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_long_pressed (GtkGesture *gesture, double x, double y, gpointer cell)
{
  on_pressed (gesture, 1, x, y, cell);
}

static void
on_setup (FocHistoryPane *self, GtkListItem *cell)
{
  GtkWidget *row = g_object_new (FOC_TYPE_RUN_ROW, NULL);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), cell, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_object (press, "pressed", G_CALLBACK (on_long_pressed), cell, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (press));
  gtk_list_item_set_child (cell, row);
}

static void
on_bind (FocHistoryPane *self, GtkListItem *cell)
{
  foc_run_row_set_item (FOC_RUN_ROW (gtk_list_item_get_child (cell)),
                        gtk_list_item_get_item (cell));
}

static void
on_unbind (FocHistoryPane *self, GtkListItem *cell)
{
  foc_run_row_set_item (FOC_RUN_ROW (gtk_list_item_get_child (cell)), NULL);
}

static void
on_failed (FocHistoryPane *self, const char *message)
{
  foc_history_pane_fail (self, _ ("Something Went Wrong with a Run"), message);
}

void
foc_history_pane_set_history (FocHistoryPane *self, FocRunHistory *history)
{
  if (history == self->history)
    return;

  if (self->history != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->history, update, self);
      g_signal_handlers_disconnect_by_func (self->history, on_failed, self);
    }
  g_set_object (&self->history, history);
  if (history != NULL)
    {
      g_signal_connect_object (history, "notify::loading", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (history, "failed", G_CALLBACK (on_failed), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (history));
  on_items_changed (self);
}

void
foc_history_pane_select (FocHistoryPane *self, const char *folder)
{
  GListModel *model = G_LIST_MODEL (self->selection);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (FocRunItem) item = g_list_model_get_item (model, i);

      if (g_str_equal (foc_run_item_get_folder (item), folder))
        {
          gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i,
                                           TRUE);
          gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u",
                                      i);
          return;
        }
    }
}

/* The file system may have kept silent. */
static void
foc_history_pane_map (GtkWidget *widget)
{
  FocHistoryPane *self = FOC_HISTORY_PANE (widget);

  GTK_WIDGET_CLASS (foc_history_pane_parent_class)->map (widget);
  if (self->history != NULL)
    foc_run_history_refresh (self->history);
}

static void
foc_history_pane_dispose (GObject *object)
{
  FocHistoryPane *self = FOC_HISTORY_PANE (object);

  if (self->selection != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->selection, self);
      foc_history_pane_set_history (self, NULL);
    }
  foc_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_HISTORY_PANE);
  g_clear_object (&self->renamed);

  G_OBJECT_CLASS (foc_history_pane_parent_class)->dispose (object);
}

static void
foc_history_pane_finalize (GObject *object)
{
  g_ptr_array_unref (FOC_HISTORY_PANE (object)->selected);

  G_OBJECT_CLASS (foc_history_pane_parent_class)->finalize (object);
}

static void
add_signal (FocHistoryPaneClass *class, const char *name, GType type, GType second)
{
  g_signal_new (name, G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, second != G_TYPE_NONE ? 2 : 1, type, second);
}

static void
foc_history_pane_class_init (FocHistoryPaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = foc_history_pane_dispose;
  object_class->finalize = foc_history_pane_finalize;
  widget_class->map = foc_history_pane_map;

  add_signal (class, "open", FOC_TYPE_RUN_ITEM, G_TYPE_NONE);
  add_signal (class, "reproduce", FOC_TYPE_RUN_ITEM, G_TYPE_NONE);
  add_signal (class, "resume", FOC_TYPE_RUN_ITEM, G_TYPE_NONE);
  add_signal (class, "compare", G_TYPE_PTR_ARRAY, G_TYPE_NONE);
  add_signal (class, "deleted", G_TYPE_PTR_ARRAY, G_TYPE_NONE);
  add_signal (class, "exported", FOC_TYPE_RUN_ITEM, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "historypane");
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-history-pane.ui");
#define BIND(name)                                                                       \
  gtk_widget_class_bind_template_child (widget_class, FocHistoryPane, name)
#define CALLBACK(name) gtk_widget_class_bind_template_callback (widget_class, name)
  BIND (stack);
  BIND (list);
  BIND (selection);
  BIND (compare);
  BIND (menu);
  BIND (rename);
  BIND (title);
  CALLBACK (on_activate);
  CALLBACK (on_bind);
  CALLBACK (on_items_changed);
  CALLBACK (on_selection_changed);
  CALLBACK (on_setup);
  CALLBACK (on_unbind);
  foc_history_pane_install_actions (widget_class);
#undef BIND
#undef CALLBACK
}

static void
foc_history_pane_init (FocHistoryPane *self)
{
  self->selected = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  on_items_changed (self);
}

GtkWidget *
foc_history_pane_new (void)
{
  return g_object_new (FOC_TYPE_HISTORY_PANE, NULL);
}

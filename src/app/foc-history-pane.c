/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-history-pane.h"

#include "foc-compat.h"
#include "foc-run-row.h"
#include "foc-widget.h"

#include <glib/gi18n.h>

/* More curves are no picture any more. */
#define MAX_COMPARED 8

struct _FocHistoryPane
{
  GtkWidget parent_instance;

  GtkStack *stack; /* "loading", "empty", "runs" */
  GtkListView *list;
  GtkMultiSelection *selection;
  GtkPopover *menu;
  GtkPopover *rename;
  GtkEditable *title;

  FocRunHistory *history; /* or NULL                                  */
  GPtrArray *selected;    /* FocRunItem, which are followed           */
  FocRunItem *renamed;    /* while its name is asked for, else NULL   */
};

G_DEFINE_FINAL_TYPE (FocHistoryPane, foc_history_pane, GTK_TYPE_WIDGET)

enum
{
  OPEN,
  REPRODUCE,
  RESUME,
  COMPARE,
  DELETED,
  EXPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What can be done */

static void
update_actions (FocHistoryPane *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  FocRunItem *one = self->selected->len == 1 ? self->selected->pdata[0] : NULL;
  gboolean any_damaged = FALSE, any_under_way = FALSE;

  for (guint i = 0; i < self->selected->len; i++)
    {
      FocRunState state = foc_run_item_get_state (self->selected->pdata[i]);

      any_damaged = any_damaged || state == FOC_RUN_DAMAGED;
      any_under_way = any_under_way || state == FOC_RUN_UNDER_WAY;
    }

  gtk_widget_action_set_enabled (widget, "history.open", one != NULL && !any_damaged);
  gtk_widget_action_set_enabled (widget, "history.reproduce",
                                 one != NULL && !any_damaged);
  gtk_widget_action_set_enabled (widget, "history.resume",
                                 one != NULL && foc_run_item_can_resume (one));
  gtk_widget_action_set_enabled (widget, "history.rename",
                                 one != NULL && !any_damaged && !any_under_way);
  gtk_widget_action_set_enabled (widget, "history.export", one != NULL && !any_under_way);
  gtk_widget_action_set_enabled (
    widget, "history.compare",
    self->selected->len >= 2 && self->selected->len <= MAX_COMPARED && !any_damaged);
  gtk_widget_action_set_enabled (widget, "history.delete",
                                 self->selected->len >= 1 && !any_under_way);
}

static void
forget_selected (FocHistoryPane *self)
{
  for (guint i = 0; i < self->selected->len; i++)
    g_signal_handlers_disconnect_by_func (self->selected->pdata[i], update_actions, self);
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

      g_signal_connect_object (item, "changed", G_CALLBACK (update_actions), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->selected, item);
    }
  update_actions (self);
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

/* A copy, that stays as it is whatever is selected meanwhile. */
static GPtrArray *
copy_selected (FocHistoryPane *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->selected->len; i++)
    g_ptr_array_add (items, g_object_ref (self->selected->pdata[i]));
  return items;
}

/* The actions. They are enabled for what they can be done with only. */

static void
emit_item (FocHistoryPane *self, guint signal)
{
  g_autoptr (FocRunItem) item = g_object_ref (self->selected->pdata[0]);

  g_signal_emit (self, signals[signal], 0, item);
}

static void
open_run (GtkWidget *widget, const char *name, GVariant *parameter)
{
  emit_item (FOC_HISTORY_PANE (widget), OPEN);
}

static void
reproduce_run (GtkWidget *widget, const char *name, GVariant *parameter)
{
  emit_item (FOC_HISTORY_PANE (widget), REPRODUCE);
}

static void
resume_run (GtkWidget *widget, const char *name, GVariant *parameter)
{
  emit_item (FOC_HISTORY_PANE (widget), RESUME);
}

static void
compare_runs (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FocHistoryPane *self = FOC_HISTORY_PANE (widget);
  g_autoptr (GPtrArray) items = copy_selected (self);

  g_signal_emit (self, signals[COMPARE], 0, items);
}

static void
delete_runs (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FocHistoryPane *self = FOC_HISTORY_PANE (widget);
  g_autoptr (GPtrArray) items = copy_selected (self);

  for (guint i = items->len; i > 0; i--)
    if (!foc_run_history_delete (self->history, items->pdata[i - 1]))
      g_ptr_array_remove_index (items, i - 1);
  if (items->len > 0)
    g_signal_emit (self, signals[DELETED], 0, items);
}

/* Where the row is that has the focus, in the pane; the whole list where none has. */
static GdkRectangle
find_place (FocHistoryPane *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  graphene_rect_t bounds;

  if (row == NULL)
    row = GTK_WIDGET (self->list);
  if (!gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds))
    return (GdkRectangle){ 0 };
  return (GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                         (int) bounds.size.width, (int) bounds.size.height };
}

static void
rename_run (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FocHistoryPane *self = FOC_HISTORY_PANE (widget);
  FocRunItem *item = self->selected->pdata[0];
  const char *title = foc_run_item_get_title (item);
  GdkRectangle place = find_place (self);

  g_set_object (&self->renamed, item);
  gtk_editable_set_text (self->title, title != NULL ? title : "");
  gtk_popover_set_pointing_to (self->rename, &place);
  gtk_popover_popup (self->rename);
  gtk_widget_grab_focus (GTK_WIDGET (self->title));
}

static void
on_renamed (FocHistoryPane *self)
{
  g_autoptr (FocRunItem) item = g_steal_pointer (&self->renamed);

  gtk_popover_popdown (self->rename);
  if (item != NULL && self->history != NULL)
    foc_run_history_rename (self->history, item, gtk_editable_get_text (self->title));
}

static void
on_rename_closed (FocHistoryPane *self)
{
  g_clear_object (&self->renamed);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
fail (FocHistoryPane *self, const char *heading, const char *message)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL)
    foc_compat_present_failure (GTK_WINDOW (root), heading, message);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocHistoryPane *self = user_data;
  FocRunItem *item = g_object_get_data (source, "item");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = foc_job_finish (FOC_JOB (source), result, &error);

  if (path != NULL)
    g_signal_emit (self, signals[EXPORTED], 0, item, path);
  else
    fail (self, _ ("The Run Could Not Be Exported"), error->message);
}

void
foc_history_pane_export (FocHistoryPane *self, FocRunItem *item, GFile *folder)
{
  const char *path = g_file_peek_path (folder);
  g_autoptr (FocJob) job = NULL;

  if (path == NULL)
    {
      fail (self, _ ("The Run Could Not Be Exported"),
            _ ("A run can be exported to a folder of this computer only."));
      return;
    }
  job = foc_run_item_export (item, path, on_exported, self);
  g_object_set_data_full (G_OBJECT (job), "item", g_object_ref (item), g_object_unref);
}

/* What is to be exported, while it is asked where to. */
typedef struct
{
  FocHistoryPane *pane; /* owned */
  FocRunItem *item;     /* owned */
} Export;

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *export = user_data;
  g_autoptr (FocHistoryPane) self = export->pane;
  g_autoptr (FocRunItem) item = export->item;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = foc_compat_open_folder_finish (result, &error);

  g_free (export);
  if (folder != NULL)
    foc_history_pane_export (self, item, folder);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (self, _ ("The Run Could Not Be Exported"), error->message);
}

static void
export_run (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FocHistoryPane *self = FOC_HISTORY_PANE (widget);
  Export *export = g_new (Export, 1);

  *export = (Export){ g_object_ref (self), g_object_ref (self->selected->pdata[0]) };
  foc_compat_open_folder (GTK_WINDOW (gtk_widget_get_root (widget)),
                          _ ("Export the Run into a Folder"), NULL, on_folder_chosen,
                          export);
}

/* The list */

static void
on_activate (FocHistoryPane *self, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self), "history.open", NULL);
}

static void
pop_up_menu (FocHistoryPane *self, GdkRectangle place)
{
  gtk_popover_set_pointing_to (self->menu, &place);
  gtk_popover_popup (self->menu);
}

static void
show_menu (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FocHistoryPane *self = FOC_HISTORY_PANE (widget);

  if (self->selected->len > 0)
    pop_up_menu (self, find_place (self));
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
  pop_up_menu (self, (GdkRectangle){ (int) px, (int) py, 1, 1 });
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
  fail (self, _ ("Something Went Wrong with a Run"), message);
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

static guint
new_signal (FocHistoryPaneClass *class, const char *name, GType type, GType second)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                       NULL, G_TYPE_NONE, second != G_TYPE_NONE ? 2 : 1, type, second);
}

static void
install_actions (GtkWidgetClass *class)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc func;
    guint key; /* or 0 */
  } actions[] = {
    { "history.open", open_run, 0 }, /* Enter is the list's */
    { "history.reproduce", reproduce_run, 0 },
    { "history.resume", resume_run, 0 },
    { "history.compare", compare_runs, 0 },
    { "history.rename", rename_run, GDK_KEY_F2 },
    { "history.export", export_run, 0 },
    { "history.delete", delete_runs, GDK_KEY_KP_Delete },
    { "history.menu", show_menu, GDK_KEY_Menu },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (class, actions[i].name, NULL, actions[i].func);
      if (actions[i].key != 0)
        gtk_widget_class_add_binding_action (class, actions[i].key, 0, actions[i].name,
                                             NULL);
    }
  /* The last one is what menus show. */
  gtk_widget_class_add_binding_action (class, GDK_KEY_Delete, 0, "history.delete", NULL);
  gtk_widget_class_add_binding_action (class, GDK_KEY_F10, GDK_SHIFT_MASK, "history.menu",
                                       NULL);
}

static void
foc_history_pane_class_init (FocHistoryPaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = foc_history_pane_dispose;
  object_class->finalize = foc_history_pane_finalize;
  widget_class->map = foc_history_pane_map;

  signals[OPEN] = new_signal (class, "open", FOC_TYPE_RUN_ITEM, G_TYPE_NONE);
  signals[REPRODUCE] = new_signal (class, "reproduce", FOC_TYPE_RUN_ITEM, G_TYPE_NONE);
  signals[RESUME] = new_signal (class, "resume", FOC_TYPE_RUN_ITEM, G_TYPE_NONE);
  signals[COMPARE] = new_signal (class, "compare", G_TYPE_PTR_ARRAY, G_TYPE_NONE);
  signals[DELETED] = new_signal (class, "deleted", G_TYPE_PTR_ARRAY, G_TYPE_NONE);
  signals[EXPORTED] = new_signal (class, "exported", FOC_TYPE_RUN_ITEM, G_TYPE_STRING);

  install_actions (widget_class);
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
  BIND (menu);
  BIND (rename);
  BIND (title);
  CALLBACK (on_activate);
  CALLBACK (on_bind);
  CALLBACK (on_items_changed);
  CALLBACK (on_rename_closed);
  CALLBACK (on_renamed);
  CALLBACK (on_selection_changed);
  CALLBACK (on_setup);
  CALLBACK (on_unbind);
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

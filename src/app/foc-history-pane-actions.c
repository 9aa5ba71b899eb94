/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-history-pane-private.h"

#include "foc-compat.h"

#include <glib/gi18n.h>

/* More curves are no picture any more. */
#define MAX_COMPARED 8u

/* How to come to a comparison, or why there is none. */
static void
tell_compare (FocHistoryPane *self, gboolean any_damaged)
{
  g_autofree char *too_many =
    g_strdup_printf (ngettext ("%u run can be compared at most",
                               "%u runs can be compared at most", MAX_COMPARED),
                     MAX_COMPARED);

  gtk_widget_set_tooltip_text (self->compare,
                               self->selected->len > MAX_COMPARED ? too_many
                               : self->selected->len >= 2 && any_damaged
                                 ? _ ("A damaged run cannot be compared")
                                 : _ ("Choose two or more runs with Ctrl or Shift"));
}

void
foc_history_pane_update_actions (FocHistoryPane *self)
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
                                 one != NULL && foc_run_item_can_reproduce (one));
  gtk_widget_action_set_enabled (widget, "history.resume",
                                 one != NULL && foc_run_item_can_resume (one));
  gtk_widget_action_set_enabled (widget, "history.rename",
                                 one != NULL && !any_damaged && !any_under_way);
  gtk_widget_action_set_enabled (widget, "history.export", one != NULL && !any_under_way);
  gtk_widget_action_set_enabled (
    widget, "history.compare",
    self->selected->len >= 2 && self->selected->len <= MAX_COMPARED && !any_damaged);
  tell_compare (self, any_damaged);
  gtk_widget_action_set_enabled (widget, "history.delete",
                                 self->selected->len >= 1 && !any_under_way);
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
emit_item (FocHistoryPane *self, const char *signal)
{
  g_autoptr (FocRunItem) item = g_object_ref (self->selected->pdata[0]);

  g_signal_emit_by_name (self, signal, item);
}

static void
open_run (GtkWidget *widget, const char *name, GVariant *parameter)
{
  emit_item (FOC_HISTORY_PANE (widget), "open");
}

static void
reproduce_run (GtkWidget *widget, const char *name, GVariant *parameter)
{
  emit_item (FOC_HISTORY_PANE (widget), "reproduce");
}

static void
resume_run (GtkWidget *widget, const char *name, GVariant *parameter)
{
  emit_item (FOC_HISTORY_PANE (widget), "resume");
}

static void
compare_runs (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FocHistoryPane *self = FOC_HISTORY_PANE (widget);
  g_autoptr (GPtrArray) items = copy_selected (self);

  g_signal_emit_by_name (self, "compare", items);
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
    g_signal_emit_by_name (self, "deleted", items);
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

void
foc_history_pane_fail (FocHistoryPane *self, const char *heading, const char *message)
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
    g_signal_emit_by_name (self, "exported", item, path);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    foc_history_pane_fail (self, _ ("The Run Could Not Be Exported"), error->message);
}

void
foc_history_pane_export (FocHistoryPane *self, FocRunItem *item, GFile *folder)
{
  const char *path = g_file_peek_path (folder);
  g_autoptr (FocJob) job = NULL;

  if (path == NULL)
    {
      foc_history_pane_fail (
        self, _ ("The Run Could Not Be Exported"),
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
    foc_history_pane_fail (self, _ ("The Run Could Not Be Exported"), error->message);
}

static void
export_run (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FocHistoryPane *self = FOC_HISTORY_PANE (widget);
  Export *export = g_new (Export, 1);

  *export = (Export){ g_object_ref (self), g_object_ref (self->selected->pdata[0]) };
  foc_compat_open_folder (GTK_WINDOW (gtk_widget_get_root (widget)),
                          _ ("Export the Run into a Folder"), NULL, NULL,
                          on_folder_chosen, export);
}

/* The menu */

void
foc_history_pane_pop_up_menu (FocHistoryPane *self, GdkRectangle place)
{
  gtk_popover_set_pointing_to (self->menu, &place);
  gtk_popover_popup (self->menu);
}

static void
show_menu (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FocHistoryPane *self = FOC_HISTORY_PANE (widget);

  if (self->selected->len > 0)
    foc_history_pane_pop_up_menu (self, find_place (self));
}

void
foc_history_pane_install_actions (GtkWidgetClass *class)
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

  gtk_widget_class_bind_template_callback (class, on_renamed);
  gtk_widget_class_bind_template_callback (class, on_rename_closed);
}

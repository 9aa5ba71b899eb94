/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-answers-pane-private.h"

#include "foc-answer-copy.h"
#include "foc-answer-export.h"
#include "foc-compat.h"
#include "foc-text.h"
#include "foc-widget.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define N_THREADS 2
#define MAX_BYTES (16 * 1024 * 1024)

/* Of the filter, the classes of the model follow FILTER_CLASS. */
typedef enum
{
  FILTER_ALL,
  FILTER_NOT_SURE,
  FILTER_FAILED,
  FILTER_BY_HAND,
  FILTER_CLASS,
} Filter;

G_DEFINE_FINAL_TYPE (FocAnswersPane, foc_answers_pane, GTK_TYPE_WIDGET)

static guint open_signal, said_signal, copying_signal, copied_signal;

static GListModel *
get_shown (FocAnswersPane *self)
{
  return G_LIST_MODEL (self->selection);
}

/* Filters */

/* As one of its class, as in the summary. */
static gboolean
counts (FocAnswerItem *item)
{
  return foc_answer_item_get_hand_label (item) >= 0
         || foc_answer_item_get_state (item) == FOC_ANSWER_ANSWERED;
}

static gboolean
is_wanted (gpointer object, gpointer user_data)
{
  FocAnswersPane *self = user_data;
  FocAnswerItem *item = object;
  guint filter = gtk_drop_down_get_selected (self->filter);

  switch (filter)
    {
    case FILTER_ALL:
      return TRUE;
    case FILTER_NOT_SURE:
      return foc_answer_item_get_state (item) == FOC_ANSWER_NOT_SURE
             && foc_answer_item_get_hand_label (item) < 0;
    case FILTER_FAILED:
      return foc_answer_item_get_state (item) == FOC_ANSWER_FAILED;
    case FILTER_BY_HAND:
      return foc_answer_item_get_hand_label (item) >= 0;
    default:
      return counts (item)
             && g_str_equal (foc_answer_item_get_counted (item),
                             self->class_names[filter - FILTER_CLASS]);
    }
}

static gboolean
is_filtered (FocAnswersPane *self)
{
  return gtk_filter_list_model_get_pending (self->filtered) == 0;
}

/* While they are being filtered, those that are found may be still to come. */
static void
show_stack (FocAnswersPane *self)
{
  gboolean none = is_filtered (self) && g_list_model_get_n_items (get_shown (self)) == 0
                  && g_list_model_get_n_items (G_LIST_MODEL (self->answers)) > 0;

  gtk_stack_set_visible_child_name (self->stack, none ? "none-found" : "list");
}

/* What was selected is selected again, if it is still shown, unless another one is by then.
 * GTK tells of rows once before they have items. */
static void
select_kept (FocAnswersPane *self)
{
  g_autoptr (FocAnswerItem) first = g_list_model_get_item (get_shown (self), 0);
  g_autoptr (FocAnswerItem) kept = NULL;
  guint position;

  if (!is_filtered (self) || first == NULL)
    return;
  kept = g_steal_pointer (&self->kept);
  if (kept != NULL && gtk_single_selection_get_selected_item (self->selection) == NULL
      && foc_answers_pane_find (self, kept, &position))
    gtk_single_selection_set_selected (self->selection, position);
}

static void
on_shown_changed (FocAnswersPane *self)
{
  show_stack (self);
  select_kept (self);
  if (self->wants_focus)
    foc_answers_pane_focus (self);
}

/* Rows go and come meanwhile. */
static void
keep_selected (FocAnswersPane *self)
{
  gpointer selected = gtk_single_selection_get_selected_item (self->selection);

  if (selected != NULL)
    g_set_object (&self->kept, selected);
}

static void
on_filter (FocAnswersPane *self)
{
  if (self->answers == NULL)
    return;
  keep_selected (self);
  gtk_filter_changed (GTK_FILTER (self->by_answer), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_search (FocAnswersPane *self)
{
  keep_selected (self);
  gtk_string_filter_set_search (self->by_name, gtk_editable_get_text (self->search));
}

static void
on_show_all (FocAnswersPane *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_drop_down_set_selected (self->filter, FILTER_ALL);
  on_search (self);
}

/* Those that there can be. What is chosen stays, unless there is no such class any more. */
static void
offer_filters (FocAnswersPane *self, const FocAnswerSummary *summary)
{
  guint chosen = gtk_drop_down_get_selected (self->filter);
  g_auto (GStrv) names = g_new0 (char *, summary->n_classes + 1);
  g_autoptr (GtkStringList) filters = NULL;

  for (guint i = 0; i < summary->n_classes; i++)
    names[i] = foc_text_escape (summary->class_names[i]);
  if (self->class_names != NULL
      && g_strv_equal ((const char *const *) names,
                       (const char *const *) self->class_names))
    return;

  if (chosen >= FILTER_CLASS
      && (chosen - FILTER_CLASS >= summary->n_classes
          || !g_str_equal (names[chosen - FILTER_CLASS],
                           self->class_names[chosen - FILTER_CLASS])))
    chosen = FILTER_ALL;
  g_strfreev (self->class_names);
  self->class_names = g_steal_pointer (&names);
  filters = gtk_string_list_new (NULL);
  gtk_string_list_append (filters, _ ("All"));
  gtk_string_list_append (filters, _ ("Not Sure"));
  gtk_string_list_append (filters, _ ("Not Read"));
  gtk_string_list_append (filters, _ ("Set by Hand"));
  for (guint i = 0; i < summary->n_classes; i++)
    gtk_string_list_append (filters, self->class_names[i]);
  gtk_drop_down_set_model (self->filter, G_LIST_MODEL (filters));
  gtk_drop_down_set_selected (self->filter, chosen);
}

/* "312 faces, 88 comics, 4 not sure, 2 could not be read" */
static void
on_summary_changed (FocAnswersPane *self)
{
  const FocAnswerSummary *summary = foc_answer_list_get_summary (self->answers);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  offer_filters (self, summary);
  for (guint i = 0; i < summary->n_classes; i++)
    if (summary->n_by_class[i] > 0)
      /* Translators: how many pictures, of which class. */
      g_ptr_array_add (parts, g_strdup_printf (_ ("%'u %s"), summary->n_by_class[i],
                                               self->class_names[i]));
  if (summary->n_not_sure > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%'u not sure", "%'u not sure",
                                                       summary->n_not_sure),
                                             summary->n_not_sure));
  if (summary->n_failed > 0)
    g_ptr_array_add (
      parts, g_strdup_printf (ngettext ("%'u could not be read", "%'u could not be read",
                                        summary->n_failed),
                              summary->n_failed));
  g_ptr_array_add (parts, NULL);
  text = g_strjoinv (_ (", "), (char **) parts->pdata);
  gtk_label_set_text (self->summary, text);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answers.export", summary->n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answers.copy",
                                 summary->n > summary->n_failed && self->copy == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answers.clear", summary->n > 0);
}

/* It may be cut. */
static gboolean
on_query_summary (GtkLabel *label, int x, int y, gboolean by_keys, GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (label));
  return TRUE;
}

static void
on_revised (FocAnswersPane *self)
{
  if (gtk_drop_down_get_selected (self->filter) != FILTER_ALL)
    on_filter (self);
  gtk_sorter_changed (gtk_column_view_get_sorter (self->view),
                      GTK_SORTER_CHANGE_DIFFERENT);
}

/* What is done with all of them */

static void
say (FocAnswersPane *self, const char *message, gboolean failed)
{
  g_signal_emit (self, said_signal, 0, message, failed);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocAnswersPane *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = foc_job_finish (FOC_JOB (source), result, &error);
  g_autofree char *message = NULL;

  if (name == NULL)
    {
      say (self, error->message, TRUE);
      return;
    }
  message = g_strdup_printf (_ ("Exported as “%s”."), name);
  say (self, message, FALSE);
}

void
foc_answers_pane_export (FocAnswersPane *self, const char *path)
{
  g_autoptr (FocJob) job = foc_answer_export_run (self->answers, path, on_exported, self);
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FocAnswersPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = foc_compat_save_file_finish (result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (file != NULL)
    foc_answers_pane_export (self, g_file_peek_path (file));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, error->message, TRUE);
}

static void
export_answers (GtkWidget *widget, const char *action, GVariant *parameter)
{
  foc_compat_save_file (GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Export Answers"),
                        /* Translators: the name of a file. */
                        _ ("answers.csv"), on_file_chosen, g_object_ref (widget));
}

/* Once: that the copy is undone is told to whoever asks for that. */
static void
on_copied (FocAnswersPane *self)
{
  g_signal_handlers_disconnect_by_func (self->copy, on_copied, self);
  g_signal_emit (self, copied_signal, 0, self->copy);
  g_clear_object (&self->copy);
  on_summary_changed (self);
}

void
foc_answers_pane_copy (FocAnswersPane *self, const char *folder)
{
  if (self->copy != NULL)
    return;
  self->copy = foc_answer_copy_new (self->answers, folder);
  g_signal_connect_object (self->copy, "ended", G_CALLBACK (on_copied), self,
                           G_CONNECT_SWAPPED);
  g_signal_emit (self, copying_signal, 0, self->copy);
  on_summary_changed (self);
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FocAnswersPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = foc_compat_open_folder_finish (result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (folder != NULL && g_file_peek_path (folder) != NULL)
    foc_answers_pane_copy (self, g_file_peek_path (folder));
  else if (folder != NULL)
    say (self, _ ("Pictures can be copied to a folder of this computer only."), TRUE);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, error->message, TRUE);
}

static void
copy_pictures (GtkWidget *widget, const char *action, GVariant *parameter)
{
  foc_compat_open_folder (GTK_WINDOW (gtk_widget_get_root (widget)),
                          _ ("Copy into Folders by Answer"), NULL, on_folder_chosen,
                          g_object_ref (widget));
}

static void
clear (GtkWidget *widget, const char *action, GVariant *parameter)
{
  foc_answer_list_clear (FOC_ANSWERS_PANE (widget)->answers);
}

void
foc_answers_pane_open (FocAnswersPane *self, guint position)
{
  g_autoptr (FocAnswerItem) item = g_list_model_get_item (get_shown (self), position);

  if (item != NULL)
    g_signal_emit (self, open_signal, 0, item);
}

void
foc_answers_pane_set_answers (FocAnswersPane *self, FocAnswerList *answers)
{
  GtkFilter *every = GTK_FILTER (gtk_every_filter_new ());
  GtkSortListModel *sorted;

  g_return_if_fail (self->answers == NULL);

  self->answers = g_object_ref (answers);
  self->by_answer = gtk_custom_filter_new (is_wanted, self, NULL);
  self->by_name = gtk_string_filter_new (
    gtk_property_expression_new (FOC_TYPE_ANSWER_ITEM, NULL, "name"));
  gtk_multi_filter_append (GTK_MULTI_FILTER (every), GTK_FILTER (self->by_answer));
  gtk_multi_filter_append (GTK_MULTI_FILTER (every), GTK_FILTER (self->by_name));

  /* Neither stops the window, however many there are. */
  self->filtered =
    gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (answers)), every);
  gtk_filter_list_model_set_incremental (self->filtered, TRUE);
  sorted =
    gtk_sort_list_model_new (G_LIST_MODEL (self->filtered),
                             g_object_ref (gtk_column_view_get_sorter (self->view)));
  gtk_sort_list_model_set_incremental (sorted, TRUE);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "items-changed",
                           G_CALLBACK (on_shown_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filtered, "notify::pending",
                           G_CALLBACK (on_shown_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (answers, "summary-changed", G_CALLBACK (on_summary_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (answers, "revised", G_CALLBACK (on_revised), self,
                           G_CONNECT_SWAPPED);
  on_summary_changed (self);
}

static void
foc_answers_pane_dispose (GObject *object)
{
  FocAnswersPane *self = FOC_ANSWERS_PANE (object);

  /* The view, when it goes, sorts them once more. */
  if (self->answers != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->answers, self);
      g_signal_handlers_disconnect_by_data (self->filtered, self);
      g_signal_handlers_disconnect_by_data (self->selection, self);
    }
  if (self->copy != NULL)
    g_signal_handlers_disconnect_by_data (self->copy, self);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  foc_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_ANSWERS_PANE);
  g_clear_pointer (&self->new_thumbnails, g_ptr_array_unref);
  g_clear_object (&self->selection);
  g_clear_object (&self->kept);
  g_clear_object (&self->copy);
  g_clear_object (&self->answers);
  g_clear_object (&self->thumbnailer);
  g_clear_pointer (&self->class_names, g_strfreev);

  G_OBJECT_CLASS (foc_answers_pane_parent_class)->dispose (object);
}

static void
foc_answers_pane_class_init (FocAnswersPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_answers_pane_dispose;

  open_signal = g_signal_new ("open", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                              NULL, NULL, NULL, G_TYPE_NONE, 1, FOC_TYPE_ANSWER_ITEM);

  said_signal =
    g_signal_new ("said", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  copying_signal =
    g_signal_new ("copying", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, FOC_TYPE_ANSWER_COPY);
  copied_signal = g_signal_new ("copied", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, FOC_TYPE_ANSWER_COPY);

  g_type_ensure (FOC_TYPE_ANSWER_ITEM);
  gtk_widget_class_install_action (widget_class, "answers.export", NULL, export_answers);
  gtk_widget_class_install_action (widget_class, "answers.copy", NULL, copy_pictures);
  gtk_widget_class_install_action (widget_class, "answers.clear", NULL, clear);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-answers-pane.ui");
#define BIND(name)                                                                       \
  gtk_widget_class_bind_template_child (widget_class, FocAnswersPane, name)
#define CALLBACK(name) gtk_widget_class_bind_template_callback (widget_class, name)
  BIND (summary);
  BIND (search);
  BIND (filter);
  BIND (stack);
  BIND (view);
  CALLBACK (on_filter);
  CALLBACK (on_query_summary);
  CALLBACK (on_search);
  CALLBACK (on_show_all);
  CALLBACK (foc_answers_pane_open);
#undef BIND
#undef CALLBACK
  foc_answers_pane_class_bind_cells (widget_class);
}

static void
foc_answers_pane_init (FocAnswersPane *self)
{
  self->thumbnailer = foc_thumbnailer_new (N_THREADS, MAX_BYTES);
  self->new_thumbnails = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  foc_answers_pane_add_keys (self);
}

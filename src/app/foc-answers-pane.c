/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-answers-pane.h"

#include "foc-answer-copy.h"
#include "foc-answer-export.h"
#include "foc-compat.h"
#include "foc-model.h"
#include "foc-text.h"
#include "foc-thumbnail-view.h"
#include "foc-thumbnailer.h"
#include "foc-widget.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define N_THREADS 2
#define MAX_BYTES (16 * 1024 * 1024)
#define THUMBNAIL_SIZE 48

/* Of the filter, the classes of the model follow FILTER_CLASS. */
typedef enum
{
  FILTER_ALL,
  FILTER_NOT_SURE,
  FILTER_FAILED,
  FILTER_BY_HAND,
  FILTER_CLASS,
} Filter;

struct _FocAnswersPane
{
  GtkWidget parent_instance;

  GtkLabel *summary;
  GtkEditable *search;
  GtkDropDown *filter;
  GtkStack *stack; /* "list", "none-found" */
  GtkColumnView *view;

  FocAnswerList *answers;
  GtkSingleSelection *selection; /* of what is filtered and sorted */
  GtkCustomFilter *by_answer;
  GtkStringFilter *by_name;
  GStrv class_names;   /* that the filter offers, made to be shown */
  FocAnswerCopy *copy; /* while it runs, or NULL                   */
  FocThumbnailer *thumbnailer;
};

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

static void
show_stack (FocAnswersPane *self)
{
  gboolean none = g_list_model_get_n_items (get_shown (self)) == 0
                  && g_list_model_get_n_items (G_LIST_MODEL (self->answers)) > 0;

  gtk_stack_set_visible_child_name (self->stack, none ? "none-found" : "list");
}

static void
on_filter (FocAnswersPane *self)
{
  if (self->answers == NULL)
    return;
  gtk_string_filter_set_search (self->by_name, gtk_editable_get_text (self->search));
  gtk_filter_changed (GTK_FILTER (self->by_answer), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_show_all (FocAnswersPane *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_drop_down_set_selected (self->filter, FILTER_ALL);
  on_filter (self);
}

/* Those that there can be. What is chosen stays: classes are only added. */
static void
offer_filters (FocAnswersPane *self, const FocAnswerSummary *summary)
{
  guint chosen = gtk_drop_down_get_selected (self->filter);
  g_autoptr (GtkStringList) filters = NULL;

  if (self->class_names != NULL
      && g_strv_length (self->class_names) == summary->n_classes)
    return;

  g_strfreev (self->class_names);
  self->class_names = g_new0 (char *, summary->n_classes + 1);
  filters = gtk_string_list_new (NULL);
  gtk_string_list_append (filters, _ ("All"));
  gtk_string_list_append (filters, _ ("Not Sure"));
  gtk_string_list_append (filters, _ ("Not Read"));
  gtk_string_list_append (filters, _ ("Set by Hand"));
  for (guint i = 0; i < summary->n_classes; i++)
    {
      self->class_names[i] = foc_text_escape (summary->class_names[i]);
      gtk_string_list_append (filters, self->class_names[i]);
    }
  gtk_drop_down_set_model (self->filter, G_LIST_MODEL (filters));
  gtk_drop_down_set_selected (
    self->filter,
    chosen < g_list_model_get_n_items (G_LIST_MODEL (filters)) ? chosen : FILTER_ALL);
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

/* Answers that became others are sorted and filtered when all of them have. */
static void
on_job (FocAnswersPane *self)
{
  if (foc_answer_list_get_job (self->answers) != NULL)
    return;
  gtk_filter_changed (GTK_FILTER (self->by_answer), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (gtk_column_view_get_sorter (self->view),
                      GTK_SORTER_CHANGE_DIFFERENT);
}

/* Cells */

static char *
describe_answer (FocAnswerItem *item)
{
  FocLoadedModel *model = foc_answer_item_get_model (item);
  const char *error = foc_answer_item_get_error (item);
  const char *name = foc_answer_item_get_counted (item);
  g_autofree char *reason = NULL;

  if (error != NULL)
    return g_strdup (error);
  if (foc_answer_item_get_hand_label (item) >= 0)
    /* Translators: a class that the user has chosen. */
    return g_strdup_printf (_ ("%s, set by hand"), name);
  if (foc_answer_item_get_state (item) != FOC_ANSWER_NOT_SURE)
    return g_strdup (name);
  reason = foc_model_describe_doubt (foc_loaded_model_get_model (model),
                                     foc_answer_item_get_answer (item));
  /* Translators: a class, and a sentence that says why. */
  return g_strdup_printf (_ ("Not sure: %s. %s"), name, reason);
}

static void
show_name (GtkLabel *label, FocAnswerItem *item)
{
  gtk_label_set_text (label, foc_answer_item_get_name (item));
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), foc_answer_item_get_path (item));
}

static void
show_answer (GtkLabel *label, FocAnswerItem *item)
{
  g_autofree char *text = describe_answer (item);

  gtk_label_set_text (label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), text);
}

static void
show_confidence (GtkLabel *label, FocAnswerItem *item)
{
  double probability = foc_answer_item_get_probability (item);
  g_autofree char *text = NULL;

  if (probability >= 0)
    text = g_strdup_printf (_ ("%.0f %%"), 100 * probability);
  gtk_label_set_text (label, text != NULL ? text : "");
}

typedef void (*Show) (GtkLabel *label, FocAnswerItem *item);

static void
set_up_label (GtkListItem *cell, Show show, PangoEllipsizeMode ellipsize, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  gtk_label_set_width_chars (GTK_LABEL (label),
                             ellipsize != PANGO_ELLIPSIZE_NONE ? 8 : -1);
  g_object_set_data (G_OBJECT (label), "show", show);
  gtk_list_item_set_child (cell, label);
}

static void
on_setup_name (FocAnswersPane *self, GtkListItem *cell)
{
  set_up_label (cell, show_name, PANGO_ELLIPSIZE_MIDDLE, 0);
}

static void
on_setup_answer (FocAnswersPane *self, GtkListItem *cell)
{
  set_up_label (cell, show_answer, PANGO_ELLIPSIZE_END, 0);
}

static void
on_setup_confidence (FocAnswersPane *self, GtkListItem *cell)
{
  set_up_label (cell, show_confidence, PANGO_ELLIPSIZE_NONE, 1);
}

static void
on_bind (FocAnswersPane *self, GtkListItem *cell)
{
  FocAnswerItem *item = gtk_list_item_get_item (cell);
  GtkWidget *label = gtk_list_item_get_child (cell);
  Show show = g_object_get_data (G_OBJECT (label), "show");

  show (GTK_LABEL (label), item);
  g_signal_connect_object (item, "changed", G_CALLBACK (show), label, G_CONNECT_SWAPPED);
}

static void
on_unbind (FocAnswersPane *self, GtkListItem *cell)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (cell),
                                        gtk_list_item_get_child (cell));
}

static void
on_setup_thumbnail (FocAnswersPane *self, GtkListItem *cell)
{
  gtk_list_item_set_child (cell,
                           foc_thumbnail_view_new (self->thumbnailer, THUMBNAIL_SIZE));
}

static void
on_bind_thumbnail (FocAnswersPane *self, GtkListItem *cell)
{
  FocAnswerItem *item = gtk_list_item_get_item (cell);
  FocThumbnailView *view = FOC_THUMBNAIL_VIEW (gtk_list_item_get_child (cell));

  foc_thumbnail_view_set_problem (view, foc_answer_item_get_error (item));
  foc_thumbnail_view_set_file (view, foc_answer_item_get_path (item), 0);
}

static void
on_unbind_thumbnail (FocAnswersPane *self, GtkListItem *cell)
{
  foc_thumbnail_view_set_file (FOC_THUMBNAIL_VIEW (gtk_list_item_get_child (cell)), NULL,
                               0);
}

/* Review */

static void
on_activate (FocAnswersPane *self, guint position)
{
  g_autoptr (FocAnswerItem) item = g_list_model_get_item (get_shown (self), position);

  if (item != NULL)
    g_signal_emit (self, open_signal, 0, item);
}

static gboolean
on_open_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  FocAnswersPane *self = user_data;
  guint position = gtk_single_selection_get_selected (self->selection);

  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;
  on_activate (self, position);
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

  return item != NULL && foc_answers_pane_set_by_hand (item, label);
}

static void
add_key (FocAnswersPane *self,
         GtkEventController *keys,
         guint key,
         guint keypad_key,
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

static void
add_keys (FocAnswersPane *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  /* Before the list, in which Space selects. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_key (self, keys, GDK_KEY_space, 0, on_open_key, NULL);
  for (int i = 0; i < 9; i++)
    add_key (self, keys, GDK_KEY_1 + (guint) i, GDK_KEY_KP_1 + (guint) i, on_label_key,
             g_variant_new_int32 (i));
  add_key (self, keys, GDK_KEY_0, GDK_KEY_KP_0, on_label_key, g_variant_new_int32 (-1));
  add_key (self, keys, GDK_KEY_BackSpace, 0, on_label_key, g_variant_new_int32 (-1));
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
}

static gboolean
find_position (FocAnswersPane *self, FocAnswerItem *item, guint *position)
{
  GListModel *shown = get_shown (self);
  guint n = g_list_model_get_n_items (shown);
  guint selected = gtk_single_selection_get_selected (self->selection);

  /* It is the one that is selected, unless the list has been sorted otherwise. */
  if (gtk_single_selection_get_selected_item (self->selection) == item)
    {
      *position = selected;
      return selected < n;
    }
  for (*position = 0; *position < n; (*position)++)
    {
      g_autoptr (FocAnswerItem) other = g_list_model_get_item (shown, *position);

      if (other == item)
        return TRUE;
    }
  return FALSE;
}

gboolean
foc_answers_pane_can_step (FocAnswersPane *self, FocAnswerItem *item, int step)
{
  guint n = g_list_model_get_n_items (get_shown (self));
  guint position;

  return find_position (self, item, &position) && (gint64) position + step >= 0
         && (gint64) position + step < n;
}

FocAnswerItem *
foc_answers_pane_step (FocAnswersPane *self, FocAnswerItem *item, int step)
{
  guint position;

  if (!foc_answers_pane_can_step (self, item, step)
      || !find_position (self, item, &position))
    return NULL;

  position = (guint) ((int) position + step);
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u",
                              position);
  return g_list_model_get_item (get_shown (self), position);
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

static void
on_copied (FocAnswersPane *self)
{
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
foc_answers_pane_set_answers (FocAnswersPane *self, FocAnswerList *answers)
{
  GtkFilter *every = GTK_FILTER (gtk_every_filter_new ());
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;

  g_return_if_fail (self->answers == NULL);

  self->answers = g_object_ref (answers);
  self->by_answer = gtk_custom_filter_new (is_wanted, self, NULL);
  self->by_name = gtk_string_filter_new (
    gtk_property_expression_new (FOC_TYPE_ANSWER_ITEM, NULL, "name"));
  gtk_multi_filter_append (GTK_MULTI_FILTER (every), GTK_FILTER (self->by_answer));
  gtk_multi_filter_append (GTK_MULTI_FILTER (every), GTK_FILTER (self->by_name));

  /* Neither stops the window, however many there are. */
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (answers)), every);
  gtk_filter_list_model_set_incremental (filtered, TRUE);
  sorted = gtk_sort_list_model_new (
    G_LIST_MODEL (filtered), g_object_ref (gtk_column_view_get_sorter (self->view)));
  gtk_sort_list_model_set_incremental (sorted, TRUE);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (show_stack),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (answers, "summary-changed", G_CALLBACK (on_summary_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (answers, "notify::job", G_CALLBACK (on_job), self,
                           G_CONNECT_SWAPPED);
  on_summary_changed (self);
}

static void
foc_answers_pane_dispose (GObject *object)
{
  FocAnswersPane *self = FOC_ANSWERS_PANE (object);

  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  foc_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_ANSWERS_PANE);
  g_clear_object (&self->selection);
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
  CALLBACK (on_show_all);
  CALLBACK (on_activate);
  CALLBACK (on_bind);
  CALLBACK (on_unbind);
  CALLBACK (on_setup_name);
  CALLBACK (on_setup_answer);
  CALLBACK (on_setup_confidence);
  CALLBACK (on_setup_thumbnail);
  CALLBACK (on_bind_thumbnail);
  CALLBACK (on_unbind_thumbnail);
#undef BIND
#undef CALLBACK
}

static void
foc_answers_pane_init (FocAnswersPane *self)
{
  self->thumbnailer = foc_thumbnailer_new (N_THREADS, MAX_BYTES);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_keys (self);
}

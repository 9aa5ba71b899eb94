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

G_DEFINE_FINAL_TYPE (FocAnswersPane, foc_answers_pane, GTK_TYPE_WIDGET)

static guint open_signal, shown_changed_signal, said_signal, copying_signal,
  cleared_signal;
static guint exporting_signal;

static void show_summary (FocAnswersPane *self);

static void
on_shown_changed (FocAnswersPane *self)
{
  if (!foc_shown_answers_is_pending (self->shown))
    show_summary (self);
  foc_answers_pane_show_stack (self);
  foc_answers_pane_select_kept (self);
  if (self->wants_focus)
    foc_answers_pane_focus (self);
  g_signal_emit (self, shown_changed_signal, 0);
}

/* FALSE where all are shown that there are. */
static gboolean
shows_some (FocAnswersPane *self, guint *n_shown, guint *n)
{
  const FocAnswerQuery *query = foc_shown_answers_get_query (self->shown);

  *n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  *n = foc_answer_list_get_summary (self->answers)->n;
  return *n > 0 && (query->wanted != FOC_ANSWERS_ALL || query->search != NULL);
}

/* "12 of 406 shown"; NULL where all are. */
static char *
describe_shown (FocAnswersPane *self)
{
  guint n_shown, n;

  if (!shows_some (self, &n_shown, &n))
    return NULL;
  /* Translators: how many pictures of how many. */
  return g_strdup_printf (ngettext ("%'u of %'u shown", "%'u of %'u shown", n_shown),
                          n_shown, n);
}

/* "312 faces, 88 comics, 4 not sure, 2 could not be read" */
static void
show_summary (FocAnswersPane *self)
{
  const FocAnswerSummary *summary = foc_answer_list_get_summary (self->answers);
  guint n_waiting = foc_answer_list_get_n_waiting (self->answers);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *shown = describe_shown (self);
  g_autofree char *text = NULL;
  g_autofree char *both = NULL;

  for (guint i = 0; i < summary->n_classes; i++)
    if (summary->n_by_class[i] > 0)
      {
        g_autofree char *name = foc_text_escape (summary->class_names[i]);

        /* Translators: how many pictures, of which class. */
        g_ptr_array_add (parts,
                         g_strdup_printf (_ ("%'u %s"), summary->n_by_class[i], name));
      }
  if (summary->n_not_sure > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%'u not sure", "%'u not sure",
                                                       summary->n_not_sure),
                                             summary->n_not_sure));
  if (summary->n_failed > 0)
    g_ptr_array_add (
      parts, g_strdup_printf (ngettext ("%'u could not be read", "%'u could not be read",
                                        summary->n_failed),
                              summary->n_failed));
  if (n_waiting > 0)
    /* Translators: what was dropped or opened together, and is not begun yet. */
    g_ptr_array_add (parts,
                     g_strdup_printf (ngettext ("%'u more batch waits",
                                                "%'u more batches wait", n_waiting),
                                      n_waiting));
  g_ptr_array_add (parts, NULL);
  text = g_strjoinv (_ (", "), (char **) parts->pdata);
  both = shown != NULL ? g_strconcat (shown, " · ", text, NULL) : NULL;
  gtk_label_set_text (self->summary, both != NULL ? both : text);
}

static void
on_summary_changed (FocAnswersPane *self)
{
  const FocAnswerSummary *summary = foc_answer_list_get_summary (self->answers);

  foc_answers_pane_offer_filters (self);
  show_summary (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answers.export",
                                 summary->n > 0 && self->exporting == NULL);
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

/* What is done with all of them */

char *
foc_answers_pane_describe_hidden (FocAnswersPane *self)
{
  guint n_shown, n;

  if (!shows_some (self, &n_shown, &n) || n_shown == n)
    return NULL;
  /* Translators: after a sentence about what was exported or copied. */
  return g_strdup_printf (ngettext ("That goes for all answers, not only the %'u shown.",
                                    "That goes for all answers, not only the %'u shown.",
                                    n_shown),
                          n_shown);
}

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
  g_autoptr (GString) message = g_string_new (NULL);
  char *hidden;
  guint n;

  g_clear_object (&self->exporting);
  if (self->answers == NULL)
    return;
  on_summary_changed (self);
  if (name == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        say (self, error->message, TRUE);
      return;
    }

  foc_answer_list_note_exported (self->answers, self->exported_stamp);
  n = (guint) foc_job_get_total (FOC_JOB (source));
  g_string_printf (message,
                   /* Translators: the %s is the name of a file. */
                   ngettext ("%'u answer was exported as “%s”.",
                             "%'u answers were exported as “%s”.", n),
                   n, name);
  hidden = foc_answers_pane_describe_hidden (self);
  if (hidden != NULL)
    foc_text_append_sentence (message, hidden);
  say (self, message->str, FALSE);
}

void
foc_answers_pane_export (FocAnswersPane *self, const char *path)
{
  if (self->exporting != NULL)
    return;
  self->exported_stamp = foc_answer_list_get_hand_stamp (self->answers);
  self->exporting = foc_answer_export_run (self->answers, path, on_exported, self);
  g_signal_emit (self, exporting_signal, 0, self->exporting);
  on_summary_changed (self);
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

/* Another may begin. Once: it can still be undone. */
static void
on_copied (FocAnswersPane *self)
{
  g_signal_handlers_disconnect_by_func (self->copy, on_copied, self);
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
  FocAnswersPane *self = FOC_ANSWERS_PANE (widget);
  const FocAnswerSummary *summary = foc_answer_list_get_summary (self->answers);
  guint n = summary->n - summary->n_failed;
  g_autofree char *title = g_strdup_printf (
    ngettext ("Copy %'u Picture into Folders", "Copy %'u Pictures into Folders", n), n);

  foc_compat_open_folder (GTK_WINDOW (gtk_widget_get_root (widget)), title, _ ("_Copy"),
                          NULL, on_folder_chosen, g_object_ref (widget));
}

static void
clear (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FocAnswersPane *self = FOC_ANSWERS_PANE (widget);
  g_autoptr (FocClearedAnswers) cleared = foc_answer_list_take_all (self->answers);

  g_signal_emit (self, cleared_signal, 0, cleared);
}

void
foc_answers_pane_open (FocAnswersPane *self, guint position)
{
  g_autoptr (FocAnswerItem) item =
    g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL)
    g_signal_emit (self, open_signal, 0, item);
}

void
foc_answers_pane_set_answers (FocAnswersPane *self, FocAnswerList *answers)
{
  g_return_if_fail (self->answers == NULL);

  self->answers = g_object_ref (answers);
  self->shown = foc_shown_answers_new (answers);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "items-changed",
                           G_CALLBACK (on_shown_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "notify::pending", G_CALLBACK (on_shown_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "reordering",
                           G_CALLBACK (foc_answers_pane_keep_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (answers, "summary-changed", G_CALLBACK (on_summary_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (answers, "revised", G_CALLBACK (foc_shown_answers_refresh),
                           self->shown, G_CONNECT_SWAPPED);
  foc_answers_pane_watch_selection (self);
  on_summary_changed (self);
}

static void
foc_answers_pane_dispose (GObject *object)
{
  FocAnswersPane *self = FOC_ANSWERS_PANE (object);

  if (self->answers != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->answers, self);
      g_signal_handlers_disconnect_by_data (self->shown, self);
      g_signal_handlers_disconnect_by_data (self->selection, self);
    }
  g_clear_handle_id (&self->fold_id, g_source_remove);
  if (self->copy != NULL)
    g_signal_handlers_disconnect_by_data (self->copy, self);
  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view),
                                            self);
      gtk_column_view_set_model (self->view, NULL);
    }
  foc_answers_pane_dispose_menu (self);
  foc_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_ANSWERS_PANE);
  g_clear_pointer (&self->new_thumbnails, g_ptr_array_unref);
  g_clear_object (&self->selection);
  g_clear_object (&self->shown);
  g_clear_object (&self->kept);
  g_clear_object (&self->copy);
  g_clear_object (&self->exporting);
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

  shown_changed_signal =
    g_signal_new ("shown-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 0);
  said_signal =
    g_signal_new ("said", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  copying_signal =
    g_signal_new ("copying", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, FOC_TYPE_ANSWER_COPY);
  exporting_signal =
    g_signal_new ("exporting", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 1, FOC_TYPE_JOB);
  cleared_signal =
    g_signal_new ("cleared", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, FOC_TYPE_CLEARED_ANSWERS);

  gtk_widget_class_install_action (widget_class, "answers.export", NULL, export_answers);
  gtk_widget_class_install_action (widget_class, "answers.copy", NULL, copy_pictures);
  gtk_widget_class_install_action (widget_class, "answers.clear", NULL, clear);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-answers-pane.ui");
#define BIND(name)                                                                       \
  gtk_widget_class_bind_template_child (widget_class, FocAnswersPane, name)
#define CALLBACK(name) gtk_widget_class_bind_template_callback (widget_class, name)
  BIND (box);
  BIND (bar);
  BIND (summary);
  BIND (search);
  BIND (filter);
  BIND (stack);
  BIND (view);
  BIND (name_column);
  BIND (answer_column);
  BIND (confidence_column);
  BIND (class_menu);
  CALLBACK (on_query_summary);
  CALLBACK (foc_answers_pane_open);
#undef BIND
#undef CALLBACK
  foc_answers_pane_class_bind_cells (widget_class);
  foc_answers_pane_class_bind_query (class);
}

static void
foc_answers_pane_init (FocAnswersPane *self)
{
  self->thumbnailer = foc_thumbnailer_new (N_THREADS, MAX_BYTES);
  self->new_thumbnails = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  foc_answers_pane_init_query (self);
  foc_answers_pane_init_menu (self);
  foc_answers_pane_add_keys (self);
}

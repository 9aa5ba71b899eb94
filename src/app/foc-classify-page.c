/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-classify-page-private.h"

#include "foc-compat.h"
#include "foc-widget.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (FocClassifyPage, foc_classify_page, GTK_TYPE_WIDGET)

static gboolean
has_many (FocClassifyPage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->answers)) > 0
         || foc_answer_list_get_job (self->answers) != NULL
         || foc_answer_list_get_n_waiting (self->answers) > 0;
}

gboolean
foc_classify_page_shows (FocClassifyPage *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

gboolean
foc_classify_page_has_focus (FocClassifyPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkRoot *root = gtk_widget_get_root (widget);

  return root != NULL && gtk_widget_get_mapped (widget)
         && (gtk_root_get_focus (root) == NULL
             || gtk_widget_get_focus_child (widget) != NULL);
}

/* That answers are of another model: those of the list. */
static void
show_stale (FocClassifyPage *self)
{
  gtk_revealer_set_reveal_child (self->stale,
                                 foc_answer_list_is_stale (self->answers)
                                   && foc_classify_page_shows (self, "many"));
}

/* One picture */

static void
show_place (FocClassifyPage *self)
{
  FocAnswerItem *item = self->item;
  const char *by_hand = item != NULL ? foc_answer_item_get_hand_class_name (item) : NULL;
  g_autofree char *text =
    by_hand != NULL ? g_strdup_printf (_ ("Set by hand: %s"), by_hand) : NULL;
  g_autofree char *keys = item != NULL ? foc_answers_pane_describe_keys (item) : NULL;

  gtk_label_set_text (self->keys, keys != NULL ? keys : "");
  gtk_widget_set_visible (GTK_WIDGET (self->keys), keys != NULL);
  gtk_label_set_text (self->place, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->place), text != NULL);
  gtk_widget_set_visible (self->steps, item != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "classify.previous",
                                 item != NULL
                                   && foc_answers_pane_can_step (self->many, item, -1));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "classify.next",
                                 item != NULL
                                   && foc_answers_pane_can_step (self->many, item, 1));
}

static void
set_item (FocClassifyPage *self, FocAnswerItem *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show_place, self);
  g_set_object (&self->item, item);
  if (item != NULL)
    g_signal_connect_object (item, "changed", G_CALLBACK (show_place), self,
                             G_CONNECT_SWAPPED);
  show_place (self);
}

void
foc_classify_page_show_all (FocClassifyPage *self, gboolean takes_focus)
{
  gboolean many = has_many (self);

  /* It may be large. */
  set_item (self, NULL);
  foc_examination_set_source (self->examination, NULL);
  gtk_stack_set_visible_child_name (self->stack, many ? "many" : "empty");
  show_stale (self);
  if (takes_focus && many)
    foc_answers_pane_focus (self->many);
  else if (takes_focus)
    gtk_widget_grab_focus (self->open);
}

/* Takes the source. `item` is its entry in the list, or NULL. */
static void
examine (FocClassifyPage *self, FocSource *source, FocAnswerItem *item)
{
  self->takes_focus = foc_classify_page_has_focus (self);
  set_item (self, item);
  foc_examination_set_source (self->examination, source);
  foc_source_unref (source);
  gtk_stack_set_visible_child_name (self->stack, "one");
  show_stale (self);
}

/* The square has the focus, so that its keys and those of the page are at hand. */
static void
on_loaded (FocClassifyPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!self->takes_focus || !foc_classify_page_shows (self, "one"))
    return;

  self->takes_focus = FALSE;
  if (focus != NULL && gtk_widget_get_mapped (focus)
      && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->one)))
    return;
  gtk_widget_child_focus (GTK_WIDGET (self->one), GTK_DIR_TAB_FORWARD);
}

static void
stop_looking (FocClassifyPage *self)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  if (self->looking_bar != NULL)
    foc_job_bar_set_waiting (self->looking_bar, NULL);
}

/* What was said was about what came before. */
static void
begin_anew (FocClassifyPage *self)
{
  stop_looking (self);
  foc_widget_hush (self->toasts);
}

void
foc_classify_page_add_picture (FocClassifyPage *self, GBytes *picture, const char *name)
{
  begin_anew (self);
  examine (self, foc_source_new_for_bytes (picture, name), NULL);
}

/* Many */

/* What waits for a model that is not on its way. */
static void
show_no_model (FocClassifyPage *self)
{
  gtk_revealer_set_reveal_child (self->no_model,
                                 self->session != NULL
                                   && foc_answer_list_get_n_waiting (self->answers) > 0
                                   && foc_session_get_model (self->session) == NULL
                                   && !foc_session_is_loading (self->session));
}

static void
add (FocClassifyPage *self, GFile **files, guint n_files)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  gboolean takes_focus = foc_classify_page_has_focus (self);

  for (guint i = 0; i < n_files; i++)
    g_ptr_array_add (paths, (char *) g_file_peek_path (files[i]));
  /* What is added is to be seen. */
  foc_answers_pane_show_everything (self->many);
  foc_answer_list_add (self->answers, (const char *const *) paths->pdata, n_files);
  show_no_model (self);
  foc_classify_page_show_all (self, takes_focus);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FocClassifyPage) self = user_data;
  GFile *file = G_FILE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (file, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;

  stop_looking (self);
  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    add (self, &file, 1);
  else /* why it cannot be read is told where it would be seen */
    examine (self, foc_source_new_for_path (g_file_peek_path (file)), NULL);
}

void
foc_classify_page_add_files (FocClassifyPage *self, GFile **files, guint n_files)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  begin_anew (self);
  if (n_files > 1)
    {
      add (self, files, n_files);
      return;
    }

  name = g_file_get_parse_name (files[0]);
  /* Translators: the name of a file that does not tell yet what it is. */
  text = g_strdup_printf (_ ("Looking at “%s”"), name);
  foc_job_bar_set_waiting (self->looking_bar, text);
  self->looking = g_cancellable_new ();
  g_file_query_info_async (files[0], G_FILE_ATTRIBUTE_STANDARD_TYPE,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->looking,
                           on_looked, g_object_ref (self));
}

static void
on_open (FocClassifyPage *self, FocAnswerItem *item)
{
  examine (self, foc_source_new_for_path (foc_answer_item_get_path (item)), item);
}

static void
step (FocClassifyPage *self, int by)
{
  g_autoptr (FocAnswerItem) item =
    self->item != NULL ? foc_answers_pane_step (self->many, self->item, by) : NULL;

  if (item != NULL)
    examine (self, foc_source_new_for_path (foc_answer_item_get_path (item)), item);
}

static void
go_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FocClassifyPage *self = FOC_CLASSIFY_PAGE (widget);
  gboolean takes_focus = foc_classify_page_has_focus (self);

  stop_looking (self);
  foc_classify_page_show_all (self, takes_focus);
}

static void
go_previous (GtkWidget *widget, const char *action, GVariant *parameter)
{
  step (FOC_CLASSIFY_PAGE (widget), -1);
}

static void
go_next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  step (FOC_CLASSIFY_PAGE (widget), 1);
}

/* Nobody says what a picture is before it is seen. */
static gboolean
is_seen (FocClassifyPage *self)
{
  FocExaminationState state = foc_examination_get_state (self->examination);

  return state == FOC_EXAMINATION_READY || state == FOC_EXAMINATION_FAILED;
}

/* As in the list. */
static gboolean
on_key (FocClassifyPage *self, guint key, guint code, GdkModifierType state)
{
  guint number = gdk_keyval_to_unicode (key);

  if (!foc_classify_page_shows (self, "one") || self->item == NULL
      || state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Page_Up || key == GDK_KEY_KP_Page_Up)
    step (self, -1);
  else if (key == GDK_KEY_Page_Down || key == GDK_KEY_KP_Page_Down)
    step (self, 1);
  else if (!is_seen (self))
    return GDK_EVENT_PROPAGATE;
  else if (number >= '1' && number <= '9')
    return foc_answers_pane_set_by_hand (self->item, (int) (number - '1'));
  else if (number == '0' || key == GDK_KEY_BackSpace)
    return foc_answers_pane_set_by_hand (self->item, -1);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  FocClassifyPage *self = user_data;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  if (self->looking != NULL)
    {
      stop_looking (self);
      return TRUE;
    }
  if (!foc_classify_page_shows (self, "one"))
    return FALSE;
  if (!foc_one_picture_escape (self->one))
    go_back (GTK_WIDGET (self), NULL, NULL);
  return TRUE;
}

static void
add_keys (FocClassifyPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  foc_widget_add_key (GTK_WIDGET (self), GDK_KEY_Escape, 0, on_escape);
}

/* What runs */

void
foc_classify_page_say (FocClassifyPage *self, const char *message)
{
  foc_widget_say (self->toasts, message);
}

static void
on_said (FocClassifyPage *self, const char *message, gboolean failed)
{
  if (failed)
    foc_compat_present_failure (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                _ ("That Did Not Work"), message);
  else
    foc_classify_page_say (self, message);
}

static void
on_ask_again (FocClassifyPage *self)
{
  foc_answer_list_ask_again (self->answers);
}

static void
follow_job (FocClassifyPage *self)
{
  foc_job_bar_set_job (self->job_bar, foc_answer_list_get_job (self->answers));
  if (foc_classify_page_shows (self, "many") && !has_many (self))
    foc_classify_page_show_all (self, foc_classify_page_has_focus (self));
  show_no_model (self);
}

static void
follow_waiting (FocClassifyPage *self)
{
  foc_job_bar_set_has_more (self->job_bar,
                            foc_answer_list_get_n_waiting (self->answers) > 0);
}

static void
on_cancel (FocClassifyPage *self)
{
  foc_answer_list_cancel (self->answers);
}

static void
on_cancel_all (FocClassifyPage *self)
{
  foc_answer_list_cancel_all (self->answers);
  follow_job (self); /* there is none to tell of it where there is no model */
}

static void
follow_model (FocClassifyPage *self)
{
  FocLoadedModel *model = foc_session_get_model (self->session);

  foc_model_bar_set_model (self->model_bar, model);
  foc_examination_set_model (self->examination, model);
  foc_answer_list_set_model (self->answers, model);
  show_no_model (self);
}

void
foc_classify_page_set_session (FocClassifyPage *self, FocSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::model", G_CALLBACK (follow_model), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "failed", G_CALLBACK (show_no_model), self,
                           G_CONNECT_SWAPPED);
  follow_model (self);
}

FocExamination *
foc_classify_page_get_examination (FocClassifyPage *self)
{
  return self->examination;
}

FocAnswerList *
foc_classify_page_get_answers (FocClassifyPage *self)
{
  return self->answers;
}

static void
foc_classify_page_dispose (GObject *object)
{
  FocClassifyPage *self = FOC_CLASSIFY_PAGE (object);

  stop_looking (self);
  foc_classify_page_dispose_copies (self);
  foc_classify_page_dispose_undo (self);
  foc_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_CLASSIFY_PAGE);
  g_clear_object (&self->session);
  g_clear_object (&self->item);
  g_clear_object (&self->examination);
  g_clear_object (&self->answers);

  G_OBJECT_CLASS (foc_classify_page_parent_class)->dispose (object);
}

static void
foc_classify_page_class_init (FocClassifyPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_classify_page_dispose;

  g_type_ensure (FOC_TYPE_ANSWERS_PANE);
  g_type_ensure (FOC_TYPE_JOB_BAR);
  g_type_ensure (FOC_TYPE_MODEL_BAR);
  g_type_ensure (FOC_TYPE_ONE_PICTURE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-classify-page.ui");
  gtk_widget_class_install_action (widget_class, "classify.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "classify.previous", NULL, go_previous);
  gtk_widget_class_install_action (widget_class, "classify.next", NULL, go_next);
#define BIND(name)                                                                       \
  gtk_widget_class_bind_template_child (widget_class, FocClassifyPage, name)
#define CALLBACK(name) gtk_widget_class_bind_template_callback (widget_class, name)
  BIND (toasts);
  BIND (looking_bar);
  BIND (job_bar);
  BIND (copy_bar);
  BIND (export_bar);
  BIND (no_model);
  BIND (stale);
  BIND (stack);
  BIND (place);
  BIND (keys);
  BIND (open);
  BIND (steps);
  BIND (one);
  BIND (many);
  BIND (model_bar);
  CALLBACK (stop_looking);
  CALLBACK (show_place);
  CALLBACK (on_cancel);
  CALLBACK (on_cancel_all);
  CALLBACK (on_said);
  CALLBACK (on_ask_again);
  CALLBACK (on_open);
#undef BIND
#undef CALLBACK
  foc_classify_page_class_add_copies (widget_class);
  foc_classify_page_class_add_undo (widget_class);
}

static void
foc_classify_page_init (FocClassifyPage *self)
{
  self->examination = foc_examination_new ();
  self->answers = foc_answer_list_new ();
  foc_classify_page_init_copies (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  foc_widget_wrap_buttons (GTK_WIDGET (self->no_model));
  foc_widget_wrap_buttons (GTK_WIDGET (self->stale));

  foc_job_bar_set_text_func (self->job_bar, foc_job_text_classifying);
  foc_job_bar_set_text_func (self->export_bar, foc_job_text_exporting);
  foc_one_picture_set_examination (self->one, self->examination);
  foc_answers_pane_set_answers (self->many, self->answers);
  g_signal_connect_object (self->examination, "loaded", G_CALLBACK (on_loaded), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->answers, "notify::job", G_CALLBACK (follow_job), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->answers, "notify::is-stale", G_CALLBACK (show_stale),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->answers, "items-changed", G_CALLBACK (follow_job), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->answers, "summary-changed", G_CALLBACK (follow_waiting),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->answers, "notice", G_CALLBACK (foc_classify_page_say),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->answers, "empty", G_CALLBACK (foc_classify_page_say),
                           self, G_CONNECT_SWAPPED);
  add_keys (self);
  foc_classify_page_init_undo (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-ui-classify.h"

#include "test-folders.h"
#include "test-ui.h"

static gboolean
has_model (gpointer session)
{
  return foc_session_get_model (session) != NULL;
}

void
test_ui_classify_set_up (UiClassify *self, gconstpointer data)
{
  test_ui_classify_set_up_early (self, data);
  test_ui_wait (has_model, self->data.session);
  test_ui_settle (self->page);
}

void
test_ui_classify_set_up_early (UiClassify *self, gconstpointer data)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) open = g_simple_action_new ("open-pictures", NULL);

  test_ui_dataset_set_up (&self->data, data);
  self->page = g_object_new (FOC_TYPE_CLASSIFY_PAGE, NULL);
  foc_classify_page_set_session (self->page, self->data.session);
  self->examination = foc_classify_page_get_examination (self->page);
  self->answers = foc_classify_page_get_answers (self->page);
  self->window = test_ui_show (GTK_WIDGET (self->page), 1000, 700);
  /* What a button asks the window for. */
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (open));
  gtk_widget_insert_action_group (self->window, "win", G_ACTION_GROUP (actions));
}

/* The page and what it has are freed. */
void
test_ui_classify_tear_down (UiClassify *self, gconstpointer data)
{
  g_object_ref (self->page);
  g_object_ref (self->examination);
  g_object_ref (self->answers);
  test_ui_destroy (self->window);
  test_ui_finalize (self->page);
  test_ui_finalize (self->examination);
  test_ui_finalize (self->answers);
  test_ui_dataset_tear_down (&self->data, data);
}

void
test_ui_classify_add (UiClassify *self, ...)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  const char *name;
  va_list names;

  va_start (names, self);
  while ((name = va_arg (names, const char *)) != NULL)
    g_ptr_array_add (files, g_file_new_build_filename (self->data.faces, name, NULL));
  va_end (names);
  foc_classify_page_add_files (self->page, (GFile **) files->pdata, files->len);
}

const char *
test_ui_classify_get_shown (UiClassify *self)
{
  return gtk_stack_get_visible_child_name (test_ui_find (self->page, GTK_TYPE_STACK));
}

typedef struct
{
  UiClassify *self;
  const char *name;
} Wait;

static gboolean
is_there (gpointer data)
{
  const Wait *wait = data;
  UiClassify *self = wait->self;

  return g_str_equal (test_ui_classify_get_shown (self), wait->name)
         && foc_answer_list_get_job (self->answers) == NULL
         && foc_examination_get_state (self->examination) != FOC_EXAMINATION_LOADING;
}

void
test_ui_classify_wait (UiClassify *self, const char *name)
{
  Wait wait = { self, name };

  test_ui_wait (is_there, &wait);
  test_ui_settle (self->page);
}

const char *
test_ui_classify_get_path (UiClassify *self)
{
  FocSource *source = foc_examination_get_source (self->examination);

  return source != NULL ? foc_source_get_path (source) : "";
}

void
test_ui_classify_assert_one (UiClassify *self, const char *name)
{
  FocSource *source = foc_examination_get_source (self->examination);

  g_assert_cmpstr (test_ui_classify_get_shown (self), ==, "one");
  g_assert_cmpint (foc_examination_get_state (self->examination), ==,
                   FOC_EXAMINATION_READY);
  g_assert_cmpstr (foc_source_get_name (source), ==, name);
  g_assert_nonnull (foc_examination_get_answer (self->examination));
  g_assert_true (test_ui_says (self->page, name));
}

gboolean
test_ui_classify_has_focus (UiClassify *self, GType type)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));
  GtkWidget *widget = test_ui_find (self->page, type);

  return focus != NULL && gtk_widget_get_mapped (focus)
         && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

gboolean
test_ui_classify_type (UiClassify *self, guint keyval)
{
  return test_ui_type (self->window, keyval, 0);
}

typedef struct
{
  GtkWidget *root;
  const char *text;
} Toast;

static gboolean
has_toast (gpointer data)
{
  const Toast *toast = data;
  GType type = g_type_from_name ("AdwToastWidget");
  g_autoptr (GPtrArray) toasts =
    type != 0 ? test_ui_list (toast->root, type) : g_ptr_array_new ();

  for (guint i = 0; i < toasts->len; i++)
    if (test_ui_has_label (toasts->pdata[i], toast->text))
      return TRUE;
  return FALSE;
}

void
test_ui_classify_wait_for_toast (UiClassify *self, const char *text)
{
  Toast toast = { GTK_WIDGET (self->page), text };

  test_ui_wait (has_toast, &toast);
}

typedef struct
{
  GObject parent_instance;
  char *path;
} DeadFile;

typedef GObjectClass DeadFileClass;

GType dead_file_get_type (void);
static void dead_file_be_file (GFileIface *iface);

G_DEFINE_TYPE_WITH_CODE (DeadFile,
                         dead_file,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_FILE, dead_file_be_file))

static char *
dead_file_get_path (GFile *file)
{
  return g_strdup (((DeadFile *) file)->path);
}

static char *
dead_file_get_basename (GFile *file)
{
  return g_path_get_basename (((DeadFile *) file)->path);
}

static void
dead_file_query_info (GFile *file,
                      const char *attributes,
                      GFileQueryInfoFlags flags,
                      int priority,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (file, cancellable, callback, user_data);

  g_object_set_data_full (G_OBJECT (file), "task", task, g_object_unref);
  g_signal_connect_object (cancellable, "cancelled",
                           G_CALLBACK (g_task_return_error_if_cancelled), task,
                           G_CONNECT_SWAPPED);
}

static GFileInfo *
dead_file_query_info_finish (GFile *file, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
dead_file_be_file (GFileIface *iface)
{
  iface->get_path = dead_file_get_path;
  iface->get_parse_name = dead_file_get_path;
  iface->get_basename = dead_file_get_basename;
  iface->query_info_async = dead_file_query_info;
  iface->query_info_finish = dead_file_query_info_finish;
}

static void
dead_file_finalize (GObject *object)
{
  g_free (((DeadFile *) object)->path);
  G_OBJECT_CLASS (dead_file_parent_class)->finalize (object);
}

static void
dead_file_class_init (DeadFileClass *class)
{
  class->finalize = dead_file_finalize;
}

static void
dead_file_init (DeadFile *self)
{
}

GFile *
test_ui_classify_new_dead_file (const char *path)
{
  DeadFile *file = g_object_new (dead_file_get_type (), NULL);

  file->path = g_strdup (path);
  return G_FILE (file);
}

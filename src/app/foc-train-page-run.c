/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-train-page-private.h"

#include "foc-app-settings.h"
#include "foc-compat.h"
#include "foc-figure-dialog.h"
#include "foc-text.h"
#include "foc-widget.h"

#include <glib/gi18n.h>

static gboolean
is_working (FocTrainPage *self)
{
  return foc_training_get_job (foc_train_page_get_training (self)) != NULL;
}

/* It need not be that of the run that is shown. */
static void
tell_data_set (FocTrainPage *self)
{
  const FocCatalog *catalog = foc_train_page_get_catalog (self);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (catalog != NULL)
    {
      name = foc_catalog_display_name (catalog);
      text = g_strdup_printf (_ ("Search for the Best Settings for “%s”"), name);
    }
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->start),
                               text != NULL ? text : _ ("Open a Data Set First"));
}

void
foc_train_page_update_actions (FocTrainPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  FocTraining *training;
  FocTrainingState state;
  gboolean valid, works, can_start;

  if (self->session == NULL)
    return;

  training = foc_train_page_get_training (self);
  state = foc_training_get_state (training);
  works = is_working (self);
  g_object_get (self->settings_pane, "valid", &valid, NULL);
  can_start = !works && valid && foc_train_page_get_catalog (self) != NULL;
  gtk_widget_action_set_enabled (widget, "train.start", can_start);
  gtk_widget_action_set_enabled (widget, "train.start-anew", can_start);
  gtk_widget_action_set_enabled (
    widget, "train.pause",
    state == FOC_TRAINING_PAUSED
      || (state == FOC_TRAINING_WORKING && foc_training_can_pause (training)));
  gtk_widget_action_set_enabled (widget, "train.stop",
                                 foc_training_get_searching (training)
                                   && state != FOC_TRAINING_STOPPING);
  gtk_widget_action_set_enabled (widget, "train.cancel", works);

  tell_data_set (self);
  gtk_widget_set_visible (GTK_WIDGET (self->start), !works);
  gtk_widget_set_visible (GTK_WIDGET (self->pause), works);
  gtk_widget_set_visible (self->stop, works);
  gtk_toggle_button_set_active (self->pause, state == FOC_TRAINING_PAUSED);
}

/* A model that could not be written is not thrown away unasked. */
gboolean
foc_train_page_may_leave (FocTrainPage *self, GCallback callback)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!foc_training_is_unsaved (foc_train_page_get_training (self)))
    return TRUE;

  foc_compat_ask (
    GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("The Run Is Not Saved"),
    _ ("It could not be written to its folder, and what it came to is lost. A "
       "final model can be saved first."),
    _ ("_Discard the Run"), callback, G_OBJECT (self));
  return FALSE;
}

static void
start_now (FocTrainPage *self)
{
  FocTraining *training = foc_train_page_get_training (self);
  FocCatalog *catalog = foc_train_page_get_catalog (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
  guint jobs = foc_settings_pane_get_jobs (self->settings_pane);
  FocSettings settings;

  self->start_waits = FALSE;
  if (is_working (self) || catalog == NULL
      || !foc_settings_pane_get_settings (self->settings_pane, &settings))
    return;
  if (!foc_run_history_purge_all (self->history))
    {
      self->start_waits = TRUE;
      return;
    }

  if (self->settings != NULL)
    foc_app_settings_set_training (self->settings, &settings);
  foc_train_page_close_comparison (self);
  foc_train_page_plan (self, NULL, 0, FALSE);
  /* What has it goes, or becomes insensitive: an entry would not hear that it lost it. */
  if (had_focus)
    gtk_root_set_focus (root, NULL);
  if (self->starts_anew)
    foc_training_start_anew (training, catalog, &settings, jobs);
  else
    foc_training_start (training, catalog, &settings, jobs);
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->pause));
}

void
foc_train_page_start_waiting (FocTrainPage *self)
{
  if (self->start_waits)
    start_now (self);
}

/* With "train.start-anew", whatever unfinished run there is. */
static void
start (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FocTrainPage *self = FOC_TRAIN_PAGE (widget);

  self->starts_anew = g_str_equal (name, "train.start-anew");
  if (foc_train_page_may_leave (self, G_CALLBACK (start_now)))
    start_now (self);
}

static void
toggle_pause (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FocTraining *training = foc_train_page_get_training (FOC_TRAIN_PAGE (widget));

  foc_training_set_paused (training,
                           foc_training_get_state (training) == FOC_TRAINING_WORKING);
}

static void
stop (GtkWidget *widget, const char *name, GVariant *parameter)
{
  foc_training_stop (foc_train_page_get_training (FOC_TRAIN_PAGE (widget)));
}

static void
cancel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FocTrainPage *self = FOC_TRAIN_PAGE (widget);
  const char *folder =
    foc_training_get_folder_at_work (foc_train_page_get_training (self));

  /* Who breaks it off knows that it is not complete. */
  if (folder != NULL)
    foc_train_page_set_offered (self, folder);
  foc_train_page_plan (self, NULL, 0, FALSE);
  foc_training_cancel (foc_train_page_get_training (self));
}

static void
on_cancel (FocTrainPage *self)
{
  cancel (GTK_WIDGET (self), NULL, NULL);
}

/* Whether the pictures of the run are those that are open; else says that they have to
 * be. */
gboolean
foc_train_page_has_data_of_run (FocTrainPage *self)
{
  const FocRun *run = foc_training_get_run (foc_train_page_get_training (self));
  FocCatalog *catalog = foc_train_page_get_catalog (self);
  g_autofree char *name = run != NULL ? foc_text_escape (run->dataset_name) : NULL;
  g_autofree char *message = NULL;

  if (run != NULL && catalog != NULL
      && g_str_equal (run->data_digest, foc_feature_store_get_digest (catalog->store)))
    return TRUE;

  message = g_strdup_printf (
    _ ("This needs the pictures of the run: open the data set “%s”, as it was then, on "
       "the Dataset page."),
    name != NULL ? name : "");
  foc_train_page_say_failed (self, message);
  return FALSE;
}

void
foc_train_page_go_on (FocTrainPage *self, FocTrainingSteps steps)
{
  FocJob *opening = foc_open_dataset_get_job (foc_session_get_dataset (self->session));

  if (is_working (self))
    return;
  /* It may be about to be there. */
  if (foc_train_page_get_catalog (self) == NULL && opening != NULL)
    {
      foc_train_page_plan (self, NULL, steps, FALSE);
      return;
    }
  if (!foc_train_page_has_data_of_run (self))
    return;

  foc_training_go_on (foc_train_page_get_training (self),
                      foc_train_page_get_catalog (self), steps,
                      foc_settings_pane_get_jobs (self->settings_pane));
}

/* From the results */

static void
on_train_final (FocTrainPage *self)
{
  foc_train_page_go_on (self, FOC_TRAINING_FINAL);
}

static void
on_look (FocTrainPage *self)
{
  foc_train_page_go_on (self, FOC_TRAINING_LOOK);
}

static void
on_use_model (FocTrainPage *self)
{
  const FocRun *run = foc_training_get_run (foc_train_page_get_training (self));
  g_autofree char *path = NULL;

  if (run == NULL || run->model_sha256 == NULL)
    {
      foc_train_page_say_failed (self, _ ("The model could not be written yet: save it "
                                          "first, then load that file."));
      return;
    }
  path = foc_run_get_model_path (run);
  self->says_model = TRUE;
  foc_session_load_model (self->session, path);
}

static void
on_model_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FocTrainPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = foc_compat_save_file_finish (result, &error);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (self->session == NULL)
    return;
  if (path != NULL && !g_str_has_suffix (path, ".safetensors"))
    foc_train_page_say_failed (self, _ ("Models are saved in the format safetensors: the "
                                        "name has to end in .safetensors."));
  else if (path != NULL && foc_training_has_model (foc_train_page_get_training (self)))
    foc_training_save_model (foc_train_page_get_training (self), path);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    foc_train_page_say_failed (self, error->message);
}

static void
on_save_model (FocTrainPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  foc_compat_save_file (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                        _ ("Save Model As"), _ ("model.safetensors"), on_model_chosen,
                        g_object_ref (self));
}

static void
on_show_pictures (FocTrainPage *self, guint true_class, guint answer, guint part)
{
  if (foc_train_page_has_data_of_run (self))
    g_signal_emit_by_name (self, "show-pictures", true_class, answer, part);
}

static void
on_figure_said (const char *message, gboolean failed, gpointer owner)
{
  FocTrainPage *self = owner;

  if (self->session == NULL)
    return;
  if (failed)
    foc_train_page_say_failed (self, message);
  else
    foc_train_page_say (self, message);
}

static void
export_figure (FocTrainPage *self, FocFigureKind kind, FocPart part, gboolean logarithmic)
{
  const FocRun *run = foc_training_get_run (foc_train_page_get_training (self));
  GPtrArray *runs;

  if (run == NULL)
    return;
  runs = g_ptr_array_new_with_free_func ((GDestroyNotify) foc_run_unref);
  g_ptr_array_add (runs, foc_run_ref (run));
  foc_figure_dialog_export (GTK_WIDGET (self), runs, NULL, kind, part, logarithmic,
                            on_figure_said, G_OBJECT (self));
}

static void
on_export_curves (FocTrainPage *self)
{
  export_figure (self, foc_curves_view_get_kind (self->curves), FOC_PART_NONE,
                 foc_curves_view_get_logarithmic (self->curves));
}

static void
on_export_figure (FocTrainPage *self, guint kind, guint part)
{
  export_figure (self, (FocFigureKind) kind, (FocPart) part, FALSE);
}

static gboolean
on_start_key (GtkWidget *widget, GVariant *args, gpointer self)
{
  return gtk_widget_get_mapped (self)
         && gtk_widget_activate_action (self, "train.start", NULL);
}

void
foc_train_page_add_keys (FocTrainPage *self)
{
  foc_widget_add_key (GTK_WIDGET (self), GDK_KEY_Return, GDK_CONTROL_MASK, on_start_key);
}

void
foc_train_page_class_add_run_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "train.start", NULL, start);
  gtk_widget_class_install_action (widget_class, "train.start-anew", NULL, start);
  gtk_widget_class_install_action (widget_class, "train.pause", NULL, toggle_pause);
  gtk_widget_class_install_action (widget_class, "train.stop", NULL, stop);
  gtk_widget_class_install_action (widget_class, "train.cancel", NULL, cancel);
#define CALLBACK(name) gtk_widget_class_bind_template_callback (widget_class, name)
  CALLBACK (on_cancel);
  CALLBACK (on_train_final);
  CALLBACK (on_look);
  CALLBACK (on_use_model);
  CALLBACK (on_save_model);
  CALLBACK (on_show_pictures);
  CALLBACK (on_export_curves);
  CALLBACK (on_export_figure);
#undef CALLBACK
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-train-page-private.h"

#include "foc-app-settings.h"
#include "foc-compat.h"
#include "foc-side-panes.h"
#include "foc-split-toast.h"
#include "foc-text.h"
#include "foc-widget.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (FocTrainPage, foc_train_page, GTK_TYPE_WIDGET)

FocTraining *
foc_train_page_get_training (FocTrainPage *self)
{
  return foc_session_get_training (self->session);
}

/* One that is complete, or NULL. */
FocCatalog *
foc_train_page_get_catalog (FocTrainPage *self)
{
  FocCatalog *catalog =
    foc_open_dataset_get_catalog (foc_session_get_dataset (self->session));

  return catalog != NULL && catalog->step == FOC_CATALOG_COMPLETE ? catalog : NULL;
}

void
foc_train_page_say (FocTrainPage *self, const char *message)
{
  foc_widget_say (self->toasts, message);
}

void
foc_train_page_say_failed (FocTrainPage *self, const char *message)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  foc_compat_present_failure (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                              _ ("That Did Not Work"), message);
}

/* What is shown */

/* By another program; what this one has broken off seems so, too, for a moment. */
static gboolean
is_worked_at_elsewhere (FocTrainPage *self)
{
  return self->is_opened && self->named != NULL
         && foc_run_item_get_state (self->named) == FOC_RUN_UNDER_WAY;
}

static const char *
describe_state (FocTrainPage *self)
{
  FocTraining *training = foc_train_page_get_training (self);
  const FocRun *run = foc_training_get_run (training);

  switch (foc_training_get_state (training))
    {
    case FOC_TRAINING_WORKING:
      return _ ("At work");
    case FOC_TRAINING_PAUSED:
      return _ ("Paused");
    case FOC_TRAINING_STOPPING:
      return _ ("Stopping");
    case FOC_TRAINING_NOTHING:
      return "";
    case FOC_TRAINING_SHOWN:
    default:
      break;
    }
  if (self->reproduced != NULL)
    return self->reproduced;
  if (run->grid == NULL)
    return is_worked_at_elsewhere (self) ? foc_run_state_get_title (FOC_RUN_UNDER_WAY)
                                         : _ ("Interrupted");
  if (foc_run_has_diverged (run))
    return C_ ("run", "Every cell diverged");
  if (!foc_training_has_model (training) && run->grid->stopped)
    return _ ("Stopped before all of it was searched");
  if (run->certainty.temperature == 0) /* it is not calibrated yet */
    return _ ("Interrupted");
  if (!foc_training_has_model (training))
    return _ ("Search done");
  if (foc_training_has_unwritten_model (training))
    return _ ("Final model not saved");
  return run->holdout.measured ? _ ("Finished") : _ ("Holdout set under seal");
}

static const char *
choose_middle (FocTrainPage *self)
{
  FocTraining *training = foc_train_page_get_training (self);

  if (self->is_comparing)
    return "comparison";
  if (foc_training_get_run (training) != NULL || foc_training_get_job (training) != NULL)
    return "run";
  if (foc_open_dataset_get_catalog (foc_session_get_dataset (self->session)) == NULL)
    return "no-dataset";
  return "ready";
}

/* The best cell there is, for who cannot see the curves. */
static char *
summarise (const FocCell *best, gboolean has_best, gboolean has_diverged)
{
  if (has_diverged)
    return g_strdup (_ ("Curves of the search; every cell diverged"));
  if (!has_best)
    return g_strdup (_ ("Curves of the search; no cell is finished yet"));
  return g_strdup_printf (
    ngettext ("Best so far: validation accuracy %.3f, loss %.3f, at "
              "learning rate %g after %u epoch",
              "Best so far: validation accuracy %.3f, loss %.3f, at "
              "learning rate %g after %u epochs",
              best->epochs),
    best->accuracy, best->loss, best->learning_rate, best->epochs);
}

static void
draw_curves (FocTrainPage *self)
{
  FocTraining *training = foc_train_page_get_training (self);
  const FocRun *run = foc_training_get_run (training);
  const FocGrid *grid = foc_training_get_grid (training);
  g_autofree char *summary = NULL;
  FocPlot *plot = NULL;
  gboolean has_best = FALSE;
  FocCell best;

  if (grid != NULL)
    {
      has_best = foc_grid_get_best (grid, &best);
      plot = foc_figure_draw_grid (grid, has_best ? &best : NULL,
                                   g_strv_length (run->class_names),
                                   foc_curves_view_get_kind (self->curves),
                                   foc_curves_view_get_logarithmic (self->curves));
    }
  summary = summarise (&best, has_best, run != NULL && foc_run_has_diverged (run));
  foc_curves_view_set_plot (self->curves, plot, summary);
  foc_grid_table_set_grid (self->table, grid, has_best ? &best : NULL,
                           foc_training_get_searching (training));
}

static void
show_problem (FocTrainPage *self)
{
  FocTraining *training = foc_train_page_get_training (self);
  const char *problem = foc_training_get_problem (training);
  g_autofree char *text =
    problem != NULL
      /* Translators: a sentence about a file that could not be written. */
      ? g_strdup_printf (_ ("%s The run goes on in memory, and is tried to be written "
                            "again with each step."),
                         problem)
      : NULL;

  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem_strip, text != NULL);
  gtk_widget_set_visible (self->save_elsewhere, foc_training_has_model (training));
}

static void
show_run (FocTrainPage *self)
{
  FocTraining *training = foc_train_page_get_training (self);
  const FocRun *run = foc_training_get_run (training);

  self->is_stale = FALSE;
  draw_curves (self);
  show_problem (self);
  /* The run is what it was while its grid grows. */
  if (foc_training_get_searching (training) && self->shows_results)
    return;
  self->shows_results = TRUE;
  foc_results_pane_set_has_unwritten_model (self->results,
                                            foc_training_has_unwritten_model (training));
  foc_results_pane_set_run (self->results, run);
  g_object_set (self->curves, "can-export", run != NULL && run->grid != NULL, NULL);
}

void
foc_train_page_update_run (FocTrainPage *self)
{
  self->is_stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_run (self);
  else
    self->shows_results = FALSE;
}

static void
foc_train_page_map (GtkWidget *widget)
{
  FocTrainPage *self = FOC_TRAIN_PAGE (widget);

  GTK_WIDGET_CLASS (foc_train_page_parent_class)->map (widget);
  if (self->session != NULL && self->is_stale)
    show_run (self);
}

static void
show_leaks (FocTrainPage *self)
{
  const FocCatalog *catalog = foc_train_page_get_catalog (self);
  guint32 n = catalog != NULL ? foc_leaks_total (&catalog->leaks) : 0;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->leaks_strip, n > 0);
  text = g_strdup_printf (
    ngettext (
      "%'u group of related pictures stands in different sets: results look better "
      "than they are.",
      "%'u groups of related pictures stand in different sets: results look better "
      "than they are.",
      n),
    n);
  gtk_label_set_text (self->leaks, text);
}

/* Another program has renamed it, or got further with it. */
static void
on_named_changed (FocTrainPage *self)
{
  FocTraining *training = foc_train_page_get_training (self);
  const FocRun *run = foc_training_get_run (training);
  FocCell best;

  if (run != NULL && run->grid == NULL && foc_training_get_job (training) == NULL
      && foc_run_item_get_best (self->named, &best))
    foc_training_open (training, foc_run_item_get_folder (self->named));
  else
    foc_train_page_update (self);
}

/* As the history knows it, where it may have been renamed since it was read. */
static char *
name_run (FocTrainPage *self, const FocRun *run)
{
  FocRunItem *item =
    run->folder != NULL ? foc_run_history_find (self->history, run->folder) : NULL;
  const char *title = item != NULL ? foc_run_item_get_title (item) : run->title;

  if (item != self->named)
    {
      if (self->named != NULL)
        g_signal_handlers_disconnect_by_func (self->named, on_named_changed, self);
      g_set_object (&self->named, item);
      if (item != NULL)
        g_signal_connect_object (item, "changed", G_CALLBACK (on_named_changed), self,
                                 G_CONNECT_SWAPPED);
    }
  return foc_text_escape (title != NULL ? title : run->dataset_name);
}

void
foc_train_page_update (FocTrainPage *self)
{
  FocTraining *training = foc_train_page_get_training (self);
  const FocRun *run = foc_training_get_run (training);
  FocCatalog *catalog =
    foc_open_dataset_get_catalog (foc_session_get_dataset (self->session));
  g_autofree char *name = NULL;

  if (run == NULL || foc_training_get_reference (training) == NULL)
    g_clear_pointer (&self->reproduced, g_free);
  if (run != NULL)
    name = name_run (self, run);
  else if (catalog != NULL)
    name = foc_catalog_display_name (catalog);
  gtk_label_set_text (self->name, name != NULL ? name : "");
  gtk_label_set_text (self->state, describe_state (self));
  gtk_widget_set_visible (GTK_WIDGET (self->state),
                          foc_training_get_state (training) != FOC_TRAINING_NOTHING);
  gtk_stack_set_visible_child_name (self->middle, choose_middle (self));
  show_leaks (self);
  g_object_set (self->results, "busy", foc_training_get_job (training) != NULL, NULL);
  g_object_set (self->settings_pane, "running", foc_training_get_job (training) != NULL,
                NULL);
  foc_train_page_update_actions (self);
}

/* From the session */

static void
show_in_use (FocTrainPage *self)
{
  FocLoadedModel *model = foc_session_get_model (self->session);
  const FocRun *run = foc_training_get_run (foc_train_page_get_training (self));
  g_autofree char *path =
    run != NULL && run->model_sha256 != NULL ? foc_run_get_model_path (run) : NULL;

  foc_results_pane_set_in_use (
    self->results, path != NULL && model != NULL
                     && g_strcmp0 (path, foc_loaded_model_get_path (model)) == 0);
}

static void
on_catalog (FocTrainPage *self)
{
  foc_settings_pane_set_catalog (self->settings_pane, foc_train_page_get_catalog (self));
  foc_train_page_update (self);
  /* A run that is still being opened goes on by itself. */
  if (self->to_do != 0 && foc_train_page_get_catalog (self) != NULL
      && foc_training_get_state (foc_train_page_get_training (self))
           == FOC_TRAINING_SHOWN)
    {
      FocTrainingSteps to_do = self->to_do;

      foc_train_page_plan (self, NULL, 0, FALSE);
      foc_train_page_go_on (self, to_do);
    }
}

static void
on_changed (FocTrainPage *self)
{
  if (foc_training_get_steps (foc_train_page_get_training (self)) != 0)
    self->is_opened = FALSE;
  show_in_use (self);
  foc_run_history_set_at_work (
    self->history, foc_training_get_folder_at_work (foc_train_page_get_training (self)));
  foc_train_page_update (self);
  foc_train_page_update_run (self);
}

static void
on_job (FocTrainPage *self)
{
  FocJob *job = foc_training_get_job (foc_train_page_get_training (self));

  foc_job_bar_set_job (self->bar, job);
  if (job != NULL) /* not each stage can be paused */
    g_signal_connect_object (job, "notify::stage",
                             G_CALLBACK (foc_train_page_update_actions), self,
                             G_CONNECT_SWAPPED);
}

static void
on_model (FocTrainPage *self)
{
  show_in_use (self);
  if (self->says_model)
    foc_train_page_say (self, _ ("This model is used on all pages now."));
  self->says_model = FALSE;
}

static void
on_model_failed (FocTrainPage *self)
{
  self->says_model = FALSE; /* the window says why */
}

/* From the widgets */

static void
on_said (FocTrainPage *self, const char *message, gboolean failed)
{
  if (failed)
    foc_train_page_say_failed (self, message);
  else
    foc_train_page_say (self, message);
}

/* What the Dataset page shows, and splits by, follows. */
static void
on_use_split (FocTrainPage *self, const FocSplitSettings *split)
{
  FocOpenDataset *dataset = foc_session_get_dataset (self->session);
  g_autoptr (FocCatalog) before =
    foc_catalog_ref (foc_open_dataset_get_catalog (dataset));
  g_autofree char *name = foc_catalog_display_name (before);
  g_autofree char *title =
    g_strdup_printf (_ ("“%s” is split as in the preset now."), name);
  g_autoptr (GError) error = NULL;

  if (foc_open_dataset_set_split (dataset, split, &error))
    foc_widget_add_toast (self->toasts, foc_split_toast_new (title, dataset, before));
  else
    foc_train_page_say_failed (self, error->message);
}

void
foc_train_page_set_session (FocTrainPage *self, FocSession *session, GSettings *settings)
{
  FocOpenDataset *dataset = foc_session_get_dataset (session);
  FocTraining *training = foc_session_get_training (session);
  FocSettings last;

  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_set_object (&self->settings, settings);
  if (settings != NULL)
    {
      foc_app_settings_get_training (settings, &last);
      foc_settings_pane_set_settings (self->settings_pane, &last);
    }
  foc_train_page_init_history (self);

  g_signal_connect_object (dataset, "notify::catalog", G_CALLBACK (on_catalog), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (training, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (training, "unsaved", G_CALLBACK (foc_train_page_update_run),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (training, "notify::state", G_CALLBACK (foc_train_page_update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (training, "notify::job", G_CALLBACK (on_job), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (training, "failed", G_CALLBACK (foc_train_page_say_failed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (training, "notice", G_CALLBACK (foc_train_page_say), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::model", G_CALLBACK (on_model), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "failed", G_CALLBACK (on_model_failed), self,
                           G_CONNECT_SWAPPED);
  on_job (self);
  on_catalog (self);
  foc_train_page_update_run (self);
}

static void
foc_train_page_dispose (GObject *object)
{
  FocTrainPage *self = FOC_TRAIN_PAGE (object);

  foc_train_page_dispose_history (self);
  foc_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_TRAIN_PAGE);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->reproduced, g_free);

  G_OBJECT_CLASS (foc_train_page_parent_class)->dispose (object);
}

static void
foc_train_page_class_init (FocTrainPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GType type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_train_page_dispose;
  widget_class->map = foc_train_page_map;

  g_signal_new ("show-pictures", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
  g_signal_new ("interrupted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                1, FOC_TYPE_RUN_ITEM);

  g_type_ensure (FOC_TYPE_COMPARE_VIEW);
  g_type_ensure (FOC_TYPE_CURVES_VIEW);
  g_type_ensure (FOC_TYPE_GRID_TABLE);
  g_type_ensure (FOC_TYPE_HISTORY_PANE);
  g_type_ensure (FOC_TYPE_JOB_BAR);
  g_type_ensure (FOC_TYPE_RESULTS_PANE);
  g_type_ensure (FOC_TYPE_SETTINGS_PANE);
  g_type_ensure (FOC_TYPE_SIDE_PANES);
  gtk_widget_class_set_css_name (widget_class, "trainpage");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-train-page.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, FocTrainPage, name)
#define CALLBACK(name) gtk_widget_class_bind_template_callback (widget_class, name)
  BIND (toasts);
  BIND (name);
  BIND (state);
  BIND (start);
  BIND (pause);
  BIND (stop);
  BIND (leaks_strip);
  BIND (leaks);
  BIND (bar);
  BIND (settings_pane);
  BIND (middle);
  BIND (curves);
  BIND (table);
  BIND (results);
  BIND (comparison);
  BIND (history_pane);
  BIND (problem_strip);
  BIND (problem);
  BIND (save_elsewhere);
  CALLBACK (draw_curves);
  CALLBACK (foc_side_panes_show_middle);
  CALLBACK (foc_train_page_close_comparison);
  CALLBACK (on_said);
  CALLBACK (on_use_split);
  CALLBACK (foc_train_page_update_actions);
#undef BIND
#undef CALLBACK
  foc_train_page_class_add_run_actions (widget_class);
  foc_train_page_class_add_history (widget_class);
}

static void
foc_train_page_init (FocTrainPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  foc_widget_wrap_buttons (self->stop);
  foc_job_bar_set_text_func (self->bar, foc_job_text_training);
  foc_job_bar_set_cancel_tooltip (
    self->bar, _ ("Break Off: the Run Stays Unfinished, to Be Resumed from the History"));
  foc_train_page_add_keys (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-train-page-private.h"

#include "foc-app-settings.h"
#include "foc-run-compare.h"
#include "foc-widget.h"

#include <glib/gi18n.h>

void
foc_train_page_plan (FocTrainPage *self,
                     FocRunItem *to_open,
                     FocTrainingSteps to_do,
                     gboolean to_reproduce)
{
  g_set_object (&self->to_open, to_open);
  self->to_do = to_do;
  self->to_reproduce = to_reproduce;
  self->start_waits = FALSE;
}

static void
stop_loading (FocTrainPage *self)
{
  for (guint i = 0; self->loading != NULL && i < self->loading->len; i++)
    foc_job_cancel (self->loading->pdata[i]);
  g_clear_pointer (&self->loading, g_ptr_array_unref);
  g_clear_pointer (&self->loaded, g_ptr_array_unref);
  g_clear_pointer (&self->loaded_names, g_strfreev);
}

void
foc_train_page_close_comparison (FocTrainPage *self)
{
  stop_loading (self);
  self->is_comparing = FALSE;
  foc_compare_view_set_runs (self->comparison, NULL, NULL);
  foc_train_page_update (self);
}

static void
open_now (FocTrainPage *self)
{
  g_autoptr (FocRunItem) item = g_steal_pointer (&self->to_open);

  if (item == NULL)
    return;
  foc_train_page_close_comparison (self);
  foc_training_open (foc_train_page_get_training (self), foc_run_item_get_folder (item));
}

static void load_runs (FocTrainPage *self, GPtrArray *items);

static gboolean
is_shown (FocTrainPage *self, FocRunItem *item)
{
  const FocRun *run = foc_training_get_run (foc_train_page_get_training (self));

  return run != NULL && g_strcmp0 (run->folder, foc_run_item_get_folder (item)) == 0;
}

/* While another is at work, a run is shown as those are that are compared. */
static void
look_at (FocTrainPage *self, FocRunItem *item)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  g_ptr_array_add (items, item);
  load_runs (self, items);
  foc_train_page_say (self, _ ("Until the work is done, this is all that is shown of "
                               "another run."));
}

/* Shows a run; once it is there, `to_do` and `to_reproduce` are carried out. */
static void
open_run (FocTrainPage *self,
          FocRunItem *item,
          FocTrainingSteps to_do,
          gboolean to_reproduce)
{
  if (foc_run_item_get_problem (item) != NULL)
    {
      foc_train_page_say_failed (self, foc_run_item_get_problem (item));
      return;
    }
  if (foc_training_get_job (foc_train_page_get_training (self)) != NULL)
    {
      if (is_shown (self, item))
        foc_train_page_close_comparison (self);
      else if (to_do != 0 || to_reproduce
               || foc_run_item_get_state (item) == FOC_RUN_UNDER_WAY)
        foc_train_page_say (self, _ ("Wait until the work is done, or stop it first."));
      else
        look_at (self, item);
      return;
    }

  foc_train_page_plan (self, item, to_do, to_reproduce);
  if (foc_train_page_may_leave (self, G_CALLBACK (open_now)))
    open_now (self);
}

static void
on_open (FocTrainPage *self, FocRunItem *item)
{
  open_run (self, item, 0, FALSE);
}

static void
on_resume (FocTrainPage *self, FocRunItem *item)
{
  open_run (self, item,
            foc_run_item_get_state (item) == FOC_RUN_FINAL_INTERRUPTED
              ? FOC_TRAINING_FINAL
              : FOC_TRAINING_SEARCH,
            FALSE);
}

void
foc_train_page_resume (FocTrainPage *self, FocRunItem *item)
{
  on_resume (self, item);
}

static void
on_reproduce (FocTrainPage *self, FocRunItem *item)
{
  open_run (self, item, 0, TRUE);
}

/* Reproducing */

/* In a toast or a dialog, and as long as the run is shown in its heading. */
static void
tell_reproduced (FocTrainPage *self)
{
  FocTraining *training = foc_train_page_get_training (self);
  const FocRun *reference = foc_training_get_reference (training);
  const FocRun *run = foc_training_get_run (training);
  g_autoptr (GPtrArray) rows = foc_run_compare_results (reference, run);
  g_autofree char *explanation = foc_run_compare_explain (reference, run);

  g_free (self->reproduced);
  self->reproduced = foc_run_compare_describe (rows);
  foc_train_page_update (self);
  if (rows->len == 0)
    foc_train_page_say (self, explanation);
  else
    foc_train_page_say_failed (self, explanation);
}

static void
reproduce (FocTrainPage *self)
{
  FocTraining *training = foc_train_page_get_training (self);
  const FocRun *run = foc_training_get_run (training);
  FocCatalog *catalog = foc_train_page_get_catalog (self);
  const char *obstacle = foc_run_get_obstacle (run);

  /* It may be another one than was listed. */
  if (obstacle != NULL)
    foc_train_page_say_failed (self, obstacle);
  else if (foc_train_page_has_data_of_run (self))
    foc_training_reproduce (training, catalog, run,
                            foc_settings_pane_get_jobs (self->settings_pane));
}

/* A run that was just begun is not in the list yet. */
static void
on_listed (FocTrainPage *self)
{
  if (self->to_select != NULL
      && foc_run_history_find (self->history, self->to_select) != NULL)
    {
      foc_history_pane_select (self->history_pane, self->to_select);
      g_clear_pointer (&self->to_select, g_free);
    }
  foc_train_page_update (self);
}

static void
on_done (FocTrainPage *self, guint steps)
{
  FocTraining *training = foc_train_page_get_training (self);
  FocTrainingSteps to_do = self->to_do;
  gboolean to_reproduce = self->to_reproduce;

  foc_train_page_plan (self, NULL, 0, FALSE);
  self->is_opened = steps == 0;
  g_clear_pointer (&self->reproduced, g_free);
  foc_settings_pane_set_settings (self->settings_pane,
                                  &foc_training_get_run (training)->settings);
  if (steps != 0)
    foc_run_history_refresh (self->history);
  g_free (self->to_select);
  self->to_select = g_strdup (foc_training_get_run (training)->folder);
  on_listed (self);
  if (steps & FOC_TRAINING_SEARCH && foc_training_get_reference (training) != NULL)
    {
      /* The user may have had enough of it. */
      if (!foc_training_get_run (training)->grid->stopped)
        tell_reproduced (self);
    }
  else if (to_do != 0)
    foc_train_page_go_on (self, to_do);
  else if (to_reproduce)
    reproduce (self);
}

/* Comparing */

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocTrainPage *self = user_data;
  g_autoptr (GError) error = NULL;
  FocRun *run = foc_job_finish (FOC_JOB (source), result, &error);
  guint place;

  /* A comparison that was given up. */
  if (self->loading == NULL || !g_ptr_array_find (self->loading, source, &place))
    {
      g_clear_pointer (&run, foc_run_unref);
      return;
    }
  if (run == NULL)
    {
      stop_loading (self);
      foc_train_page_say_failed (self, error->message);
      return;
    }

  self->loaded->pdata[place] = run;
  for (guint i = 0; i < self->loaded->len; i++)
    if (self->loaded->pdata[i] == NULL)
      return;

  self->is_comparing = TRUE;
  foc_compare_view_set_runs (self->comparison, self->loaded,
                             (const char *const *) self->loaded_names);
  stop_loading (self);
  foc_train_page_update (self);
}

static void
free_run (gpointer run)
{
  if (run != NULL)
    foc_run_unref (run);
}

static void
load_runs (FocTrainPage *self, GPtrArray *items)
{
  stop_loading (self);
  self->loading = g_ptr_array_new_with_free_func (g_object_unref);
  self->loaded = g_ptr_array_new_with_free_func (free_run);
  self->loaded_names = g_new0 (char *, items->len + 1);
  g_ptr_array_set_size (self->loaded, (int) items->len);
  for (guint i = 0; i < items->len; i++)
    {
      self->loaded_names[i] = g_strdup (foc_run_item_get_name (items->pdata[i]));
      g_ptr_array_add (self->loading,
                       foc_run_item_load (items->pdata[i], on_loaded, self));
    }
}

/* Deleting: what was deleted can come back until its toast has gone. */

typedef struct
{
  FocRunHistory *history;
  GPtrArray *items;
} Deleted;

static void
deleted_free (gpointer data)
{
  Deleted *deleted = data;

  g_object_unref (deleted->history);
  g_ptr_array_unref (deleted->items);
  g_free (deleted);
}

static Deleted *
get_deleted (AdwToast *toast)
{
  return g_object_get_data (G_OBJECT (toast), "deleted");
}

static void
undo_delete (AdwToast *toast)
{
  Deleted *deleted = get_deleted (toast);

  for (guint i = 0; i < deleted->items->len; i++)
    foc_run_history_undo (deleted->history, deleted->items->pdata[i]);
  g_ptr_array_set_size (deleted->items, 0);
}

static void
end_delete (AdwToast *toast)
{
  Deleted *deleted = get_deleted (toast);

  for (guint i = 0; i < deleted->items->len; i++)
    foc_run_history_purge (deleted->history, deleted->items->pdata[i]);
}

static void
on_deleted (FocTrainPage *self, GPtrArray *items)
{
  FocTraining *training = foc_train_page_get_training (self);
  const FocRun *run = foc_training_get_run (training);
  Deleted *deleted = g_new (Deleted, 1);
  g_autofree char *title = g_strdup_printf (
    ngettext ("%u run was deleted.", "%u runs were deleted.", items->len), items->len);
  AdwToast *toast = adw_toast_new (title);

  deleted->history = g_object_ref (self->history);
  deleted->items = g_ptr_array_copy (items, (GCopyFunc) (GCallback) g_object_ref, NULL);
  g_ptr_array_set_free_func (deleted->items, g_object_unref);
  g_object_set_data_full (G_OBJECT (toast), "deleted", deleted, deleted_free);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect (toast, "button-clicked", G_CALLBACK (undo_delete), NULL);
  g_signal_connect (toast, "dismissed", G_CALLBACK (end_delete), NULL);
  foc_widget_add_toast (self->toasts, toast);

  for (guint i = 0; run != NULL && i < items->len; i++)
    if (g_str_equal (run->folder, foc_run_item_get_folder (items->pdata[i])))
      {
        foc_training_close (training);
        return;
      }
}

static void
on_exported (FocTrainPage *self, FocRunItem *item, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *message = g_strdup_printf (_ ("Exported as “%s”."), name);

  foc_train_page_say (self, message);
}

static gboolean
is_interrupted (FocRunItem *item)
{
  FocRunState state = foc_run_item_get_state (item);

  return state == FOC_RUN_INTERRUPTED || state == FOC_RUN_FINAL_INTERRUPTED;
}

/* The folders of the interrupted runs that were offered, as far as they still are such. */
static char **
get_offered (FocTrainPage *self)
{
  g_autoptr (GVariant) value =
    self->settings != NULL ? g_settings_get_value (self->settings, "offered-runs") : NULL;

  return value != NULL ? g_variant_dup_bytestring_array (value, NULL)
                       : g_new0 (char *, 1);
}

void
foc_train_page_set_offered (FocTrainPage *self, const char *folder)
{
  g_auto (GStrv) before = get_offered (self);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) offered = NULL;

  if (self->settings == NULL || g_strv_contains ((const char *const *) before, folder))
    return;

  for (guint i = 0; before[i] != NULL; i++)
    {
      FocRunItem *item = foc_run_history_find (self->history, before[i]);

      if (item != NULL && is_interrupted (item))
        g_strv_builder_add (builder, before[i]);
    }
  g_strv_builder_add (builder, folder);
  offered = g_strv_builder_end (builder);
  g_settings_set_value (
    self->settings, "offered-runs",
    g_variant_new_bytestring_array ((const char *const *) offered, -1));
}

/* A run that ended with the program, or with the power: each once. */
static void
offer_interrupted (FocTrainPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->history));
  g_auto (GStrv) before = NULL;

  if (foc_run_history_get_loading (self->history) || self->has_offered)
    return;

  self->has_offered = TRUE;
  before = get_offered (self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FocRunItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->history), i);
      const char *folder = foc_run_item_get_folder (item);

      if (!is_interrupted (item)
          || g_strv_contains ((const char *const *) before, folder))
        continue;
      foc_train_page_set_offered (self, folder);
      g_signal_emit_by_name (self, "interrupted", item);
      return;
    }
}

void
foc_train_page_init_history (FocTrainPage *self)
{
  g_autofree char *folder = foc_runs_folder ();

  self->history = foc_run_history_new (folder);
  foc_history_pane_set_history (self->history_pane, self->history);
  g_signal_connect_object (self->history, "notify::loading",
                           G_CALLBACK (offer_interrupted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "items-changed", G_CALLBACK (on_listed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->history, "purged",
                           G_CALLBACK (foc_train_page_start_waiting), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (foc_train_page_get_training (self), "done",
                           G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
}

void
foc_train_page_dispose_history (FocTrainPage *self)
{
  stop_loading (self);
  if (self->named != NULL)
    g_signal_handlers_disconnect_by_data (self->named, self);
  g_clear_object (&self->named);
  g_clear_pointer (&self->to_select, g_free);
  g_clear_object (&self->to_open);
  if (self->history_pane != NULL)
    foc_history_pane_set_history (self->history_pane, NULL);
  g_clear_object (&self->history);
}

void
foc_train_page_class_add_history (GtkWidgetClass *widget_class)
{
#define CALLBACK(name) gtk_widget_class_bind_template_callback (widget_class, name)
  CALLBACK (on_open);
  CALLBACK (on_resume);
  CALLBACK (on_reproduce);
  CALLBACK (load_runs);
  CALLBACK (on_deleted);
  CALLBACK (on_exported);
#undef CALLBACK
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-experiment-private.h"

#include "foc-error.h"
#include "foc-file.h"
#include "foc-leaks.h"
#include "foc-model-file.h"
#include "foc-run-find.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

const char *
foc_stage_to_string (FocStage stage)
{
  static const char *const names[] = { "scan",        "features", "duplicates", "grid",
                                       "calibration", "final",    "holdout" };

  return names[stage];
}

FocStep
foc_step_begin (FocExperiment *self, FocStage stage)
{
  return (FocStep){ self, stage, g_get_monotonic_time () };
}

void
foc_step_end (const FocStep *step)
{
  step->experiment->seconds[step->stage] +=
    (double) (g_get_monotonic_time () - step->start) / G_TIME_SPAN_SECOND;
}

void
foc_step_report (guint64 done, guint64 total, gpointer user_data)
{
  const FocStep *step = user_data;
  const FocExperimentOptions *options = step->experiment->options;

  if (options->progress != NULL)
    options->progress (step->stage, done, total, options->user_data);
}

FocExperiment *
foc_experiment_open (const char *root,
                     const FocExperimentOptions *options,
                     GError **error)
{
  g_autoptr (FocExperiment) self = g_new0 (FocExperiment, 1);
  FocFeatureBuildOptions build = {
    .cache = options->cache,
    .fresh = options->fresh,
    .jobs = options->jobs,
  };
  FocStep step;

  self->options = options;
  self->lock = -1;

  step = foc_step_begin (self, FOC_STAGE_SCAN);
  self->dataset =
    foc_dataset_scan (root, foc_step_report, &step, options->cancellable, error);
  if (self->dataset == NULL)
    return NULL;
  foc_step_end (&step);

  step = foc_step_begin (self, FOC_STAGE_FEATURES);
  self->store = foc_feature_build (self->dataset, &build, foc_step_report, &step,
                                   options->cancellable, &self->notice, error);
  if (self->store == NULL)
    return NULL;
  foc_step_end (&step);

  return g_steal_pointer (&self);
}

/* Lets go of the run, so that others may have it. */
static void
leave_run (FocExperiment *self)
{
  g_clear_pointer (&self->run, foc_run_unref);
  g_clear_pointer (&self->model, foc_model_free);
  self->unsaved = FALSE;
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
}

void
foc_experiment_free (FocExperiment *self)
{
  leave_run (self);
  g_clear_pointer (&self->split, foc_split_free);
  g_clear_pointer (&self->duplicates, foc_duplicates_unref);
  g_clear_pointer (&self->store, foc_feature_store_unref);
  g_clear_pointer (&self->dataset, foc_dataset_unref);
  g_free (self->notice);
  g_free (self);
}

gboolean
foc_experiment_find_duplicates (FocExperiment *self,
                                FocRelations relations,
                                GError **error)
{
  FocStep step = foc_step_begin (self, FOC_STAGE_DUPLICATES);

  if (self->duplicates != NULL
      && (relations & ~foc_duplicates_get_relations (self->duplicates)) == 0)
    return TRUE;

  g_clear_pointer (&self->duplicates, foc_duplicates_unref);
  self->duplicates =
    foc_duplicates_find (self->dataset, self->store, relations, self->options->jobs,
                         foc_step_report, &step, self->options->cancellable, error);
  foc_step_end (&step);
  return self->duplicates != NULL;
}

FocSplit *
foc_experiment_make_split (FocExperiment *self,
                           const FocSplitSettings *settings,
                           GError **error)
{
  g_autofree guint32 *groups = NULL;
  FocRelations relations = foc_keep_get_relations (settings->group);

  if (relations != 0)
    {
      if (!foc_experiment_find_duplicates (self, relations, error))
        return NULL;
      groups = foc_duplicates_join (self->duplicates, relations);
    }

  return foc_split_new (self->dataset, foc_feature_store_get_status (self->store), groups,
                        settings, error);
}

gboolean
foc_experiment_split (FocExperiment *self,
                      const FocSplitSettings *settings,
                      GError **error)
{
  g_clear_pointer (&self->split, foc_split_free);
  self->split = foc_experiment_make_split (self, settings, error);

  return self->split != NULL;
}

void
foc_experiment_get_examples (const FocExperiment *self,
                             FocPart part,
                             FocExamples *examples)
{
  examples->store = self->store;
  examples->rows = foc_split_get_rows (self->split, part, &examples->n_rows);
}

void
foc_experiment_get_joint_examples (const FocExperiment *self, FocExamples *examples)
{
  examples->store = self->store;
  examples->rows = foc_split_get_training_and_validation (self->split, &examples->n_rows);
}

/* A part that lacks a class says nothing about it. */
static gboolean
check_part (const FocExperiment *self, FocPart part, GError **error)
{
  const char *const *names = foc_dataset_get_class_names (self->dataset);
  const guint16 *labels = foc_feature_store_get_labels (self->store);
  guint n_classes = foc_dataset_get_n_classes (self->dataset);
  g_autofree gboolean *seen = g_new0 (gboolean, n_classes);
  guint32 n;
  const guint32 *rows = foc_split_get_rows (self->split, part, &n);

  for (guint32 i = 0; i < n; i++)
    seen[labels[rows[i]]] = TRUE;

  for (guint label = 0; label < n_classes; label++)
    if (!seen[label])
      {
        g_set_error (
          error, FOC_ERROR, FOC_ERROR_DATASET,
          _ ("The split leaves no picture of the class “%s” for the part “%s”."),
          names[label], foc_part_to_string (part));
        return FALSE;
      }

  return TRUE;
}

gboolean
foc_experiment_check_size (const FocExperiment *self, GError **error)
{
  const char *const *names = foc_dataset_get_class_names (self->dataset);
  const guint16 *labels = foc_feature_store_get_labels (self->store);
  const guint8 *status = foc_feature_store_get_status (self->store);
  guint n_classes = foc_dataset_get_n_classes (self->dataset);
  g_autofree guint32 *readable = g_new0 (guint32, n_classes);

  for (guint32 i = 0; i < foc_feature_store_get_n_rows (self->store); i++)
    if (status[i] == 0)
      readable[labels[i]]++;

  for (guint label = 0; label < n_classes; label++)
    if (readable[label] < FOC_LIMIT_PER_CLASS_MIN)
      {
        g_set_error (error, FOC_ERROR, FOC_ERROR_DATASET,
                     g_dngettext (GETTEXT_PACKAGE,
                                  "The class “%s” has %u picture that can be read; an "
                                  "experiment needs at least %d in each class.",
                                  "The class “%s” has %u pictures that can be read; an "
                                  "experiment needs at least %d in each class.",
                                  readable[label]),
                     names[label], readable[label], FOC_LIMIT_PER_CLASS_MIN);
        return FALSE;
      }

  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    if (!check_part (self, part, error))
      return FALSE;

  return TRUE;
}

/* The folder that could not be had before. Its name is nobody else's. */
static gboolean
try_folder (FocExperiment *self, GError **error)
{
  if (foc_file_make_folder (self->run->folder, error))
    self->lock = foc_file_lock_folder (self->run->folder, error);

  return self->lock >= 0;
}

gboolean
foc_experiment_save (FocExperiment *self, GError **error)
{
  g_autofree char *path = foc_run_get_model_path (self->run);
  FocRun *run = self->run;

  if (!self->unsaved && self->model == NULL)
    return TRUE;
  if (self->lock < 0 && !try_folder (self, error))
    return FALSE;
  if (self->model != NULL)
    {
      if (!foc_model_save (self->model, path, error))
        return FALSE;
      g_free (run->model_sha256);
      run->model_sha256 = foc_file_sha256 (path, FOC_LIMIT_SAFETENSORS_BYTES, error);
      if (run->model_sha256 == NULL)
        return FALSE;
      g_clear_pointer (&self->model, foc_model_free);
      self->unsaved = TRUE;
    }

  self->unsaved = !foc_run_save (run, error);
  return !self->unsaved;
}

gboolean
foc_experiment_keep (FocExperiment *self, GError **error)
{
  const FocExperimentOptions *options = self->options;
  g_autoptr (GError) save_error = NULL;

  self->unsaved = TRUE;
  if (foc_experiment_save (self, &save_error))
    return TRUE;
  if (options->unsaved == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&save_error));
      return FALSE;
    }

  options->unsaved (save_error, options->user_data);
  return TRUE;
}

/* The record of these settings on this data, as it is before anything is done. */
static FocRun *
describe_run (const FocExperiment *self, const FocSettings *settings, const char *folder)
{
  FocRun *run = foc_run_new (folder);
  g_autofree char *name = g_path_get_basename (foc_dataset_get_root (self->dataset));

  run->settings = *settings;
  run->dataset_name = g_filename_display_name (name);
  run->data_digest = g_strdup (foc_feature_store_get_digest (self->store));
  run->class_names = g_strdupv ((GStrv) foc_dataset_get_class_names (self->dataset));
  run->n_pictures = foc_dataset_get_n_pictures (self->dataset);
  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    foc_split_get_rows (self->split, part, &run->n_rows[part]);

  return run;
}

/* Whether a run goes on without the folder that it could not have: a new one, among the
 * user's runs. */
static gboolean
can_do_without (const FocExperiment *self, const GError *error)
{
  return self->options->unsaved != NULL && self->options->output == NULL
         && error->domain == G_FILE_ERROR;
}

/* Sets self->run, in a folder that is locked. */
static gboolean
find_run (FocExperiment *self, const FocSettings *settings, GError **error)
{
  const FocExperimentOptions *options = self->options;
  g_autofree char *runs = foc_runs_folder ();
  g_autofree char *name = foc_run_make_name ();
  g_autofree char *folder = options->output != NULL ? g_strdup (options->output)
                                                    : g_build_filename (runs, name, NULL);
  g_autoptr (GError) find_error = NULL;

  self->run = foc_run_find (describe_run (self, settings, folder),
                            options->output == NULL ? runs : NULL, options->fresh,
                            options->look, &self->lock, &self->resumed, &find_error);
  if (self->run != NULL)
    return TRUE;
  if (!can_do_without (self, find_error))
    {
      g_propagate_error (error, g_steal_pointer (&find_error));
      return FALSE;
    }

  options->unsaved (find_error, options->user_data);
  self->run = describe_run (self, settings, folder);
  self->unsaved = TRUE;
  return TRUE;
}

void
foc_run_remove_checkpoints (const FocRun *run)
{
  for (guint i = 0; i <= FOC_LIMIT_LEARNING_RATES; i++)
    {
      g_autofree char *checkpoint = foc_checkpoint_path (run->folder, i);
      g_autofree char *cell = foc_cell_path (run->folder, i);

      foc_file_remove (checkpoint, NULL);
      foc_file_remove (cell, NULL);
    }
}

/* What an earlier run left in the folder goes first: its model would be one that no
 * record knows, and nobody would count the looks that it takes. */
static gboolean
begin_afresh (FocExperiment *self, GError **error)
{
  g_autofree char *model = foc_run_get_model_path (self->run);

  foc_run_remove_checkpoints (self->run);
  return foc_file_remove (model, error) && foc_experiment_keep (self, error);
}

gboolean
foc_experiment_begin (FocExperiment *self, const FocSettings *settings, GError **error)
{
  leave_run (self);

  if (!foc_experiment_find_duplicates (self, FOC_RELATIONS_ALL, error)
      || !foc_experiment_split (self, &settings->split, error)
      || !foc_experiment_check_size (self, error))
    return FALSE;
  self->n_copies = foc_leaks_count_copies (self->duplicates, self->split);

  if (!find_run (self, settings, error)
      || (!self->resumed && !self->unsaved && !begin_afresh (self, error)))
    {
      leave_run (self);
      return FALSE;
    }
  return TRUE;
}

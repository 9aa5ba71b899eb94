/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-experiment.h"

#include "foc-blas.h"
#include "foc-error.h"
#include "foc-file.h"
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

/* One step: its progress, and how long it took. */
typedef struct
{
  FocExperiment *experiment;
  FocStage stage;
  gint64 start;
} Step;

static Step
begin_step (FocExperiment *self, FocStage stage)
{
  return (Step){ self, stage, g_get_monotonic_time () };
}

static void
end_step (const Step *step)
{
  step->experiment->seconds[step->stage] +=
    (double) (g_get_monotonic_time () - step->start) / G_TIME_SPAN_SECOND;
}

static void
report_step (guint64 done, guint64 total, gpointer user_data)
{
  const Step *step = user_data;
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
  Step step;

  self->options = options;
  self->lock = -1;

  step = begin_step (self, FOC_STAGE_SCAN);
  self->dataset =
    foc_dataset_scan (root, report_step, &step, options->cancellable, error);
  if (self->dataset == NULL)
    return NULL;
  end_step (&step);

  step = begin_step (self, FOC_STAGE_FEATURES);
  self->store = foc_feature_build (self->dataset, &build, report_step, &step,
                                   options->cancellable, &self->notice, error);
  if (self->store == NULL)
    return NULL;
  end_step (&step);

  return g_steal_pointer (&self);
}

/* Lets go of the run, so that others may have it. */
static void
leave_run (FocExperiment *self)
{
  g_clear_pointer (&self->run, foc_run_free);
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
}

void
foc_experiment_free (FocExperiment *self)
{
  leave_run (self);
  g_clear_pointer (&self->split, foc_split_free);
  g_clear_pointer (&self->duplicates, foc_duplicates_free);
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
  Step step = begin_step (self, FOC_STAGE_DUPLICATES);

  if (self->duplicates != NULL
      && (relations & ~foc_duplicates_get_relations (self->duplicates)) == 0)
    return TRUE;

  g_clear_pointer (&self->duplicates, foc_duplicates_free);
  self->duplicates =
    foc_duplicates_find (self->dataset, self->store, relations, self->options->jobs,
                         report_step, &step, self->options->cancellable, error);
  end_step (&step);
  return self->duplicates != NULL;
}

guint32
foc_experiment_guess_n_train (const FocExperiment *self, const FocSplitSettings *settings)
{
  FocSplitSettings ungrouped = *settings;
  g_autoptr (FocSplit) split = NULL;
  guint32 n = 0;

  ungrouped.group = FOC_KEEP_NONE;
  split = foc_split_new (self->dataset, foc_feature_store_get_status (self->store), NULL,
                         &ungrouped, NULL);
  if (split != NULL)
    foc_split_get_rows (split, FOC_PART_TRAIN, &n);
  return n;
}

FocSplit *
foc_experiment_make_split (FocExperiment *self,
                           const FocSplitSettings *settings,
                           GError **error)
{
  g_autofree guint32 *groups = NULL;
  guint relations = 0;

  if (settings->group & FOC_KEEP_DUPLICATES)
    relations |= FOC_RELATIONS_NEAR;
  if (settings->group & FOC_KEEP_NAMES)
    relations |= FOC_RELATIONS_NAMES;
  if (relations != 0)
    {
      if (!foc_experiment_find_duplicates (self, (FocRelations) relations, error))
        return NULL;
      groups = foc_duplicates_join (self->duplicates, (FocRelations) relations);
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

/* Sets self->run, in a folder that is locked. */
static gboolean
find_run (FocExperiment *self, const FocSettings *settings, GError **error)
{
  const FocExperimentOptions *options = self->options;
  g_autofree char *runs = foc_runs_folder ();
  g_autofree char *name = foc_run_make_name ();
  g_autofree char *folder = options->output != NULL ? g_strdup (options->output)
                                                    : g_build_filename (runs, name, NULL);

  self->run = foc_run_find (describe_run (self, settings, folder),
                            options->output == NULL ? runs : NULL, options->fresh,
                            &self->lock, &self->resumed, error);
  return self->run != NULL;
}

static void
remove_checkpoints (const FocRun *run)
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
begin_afresh (const FocRun *run, GError **error)
{
  g_autofree char *model = foc_run_get_model_path (run);

  remove_checkpoints (run);
  return foc_file_remove (model, error) && foc_run_save (run, error);
}

gboolean
foc_experiment_begin (FocExperiment *self, const FocSettings *settings, GError **error)
{
  leave_run (self);

  if (!foc_experiment_find_duplicates (self, FOC_RELATIONS_ALL, error)
      || !foc_experiment_split (self, &settings->split, error)
      || !foc_experiment_check_size (self, error))
    return FALSE;

  if (!find_run (self, settings, error)
      || (!self->resumed && !begin_afresh (self->run, error)))
    {
      leave_run (self);
      return FALSE;
    }
  return TRUE;
}

/* Passes the grid's progress on as that of a step as well. */
typedef struct
{
  Step *step;
  FocGridProgress progress;
  gpointer user_data;
} SearchProgress;

static void
report_search (const FocGrid *grid, guint64 done, guint64 total, gpointer user_data)
{
  SearchProgress *search = user_data;

  report_step (done, total, search->step);
  if (search->progress != NULL)
    search->progress (grid, done, total, search->user_data);
}

gboolean
foc_experiment_search (FocExperiment *self,
                       FocGridProgress progress,
                       gpointer user_data,
                       GError **error)
{
  Step step = begin_step (self, FOC_STAGE_GRID);
  SearchProgress search = { &step, progress, user_data };
  FocExamples train, validation;

  if (self->run->grid != NULL)
    return TRUE;

  foc_experiment_get_examples (self, FOC_PART_TRAIN, &train);
  foc_experiment_get_examples (self, FOC_PART_VALIDATION, &validation);
  self->run->grid = foc_grid_search (
    &self->run->settings, &train, &validation, self->run->folder, self->options->jobs,
    report_search, &search, self->options->cancellable, error);
  if (self->run->grid == NULL)
    return FALSE;

  foc_grid_get_best (self->run->grid, &self->run->best);
  if (!foc_run_save (self->run, error))
    {
      g_clear_pointer (&self->run->grid, foc_grid_free);
      return FALSE;
    }

  end_step (&step);
  return TRUE;
}

/* The training of the best cell, at its end. The search has kept it; if it is lost, it
 * is trained again, to the same bits. */
static FocTrainer *
find_best_cell (FocExperiment *self,
                FocExamples *train,
                FocExamples *validation,
                GError **error)
{
  const FocRun *run = self->run;
  g_autoptr (FocTrainer) trainer = NULL;
  g_autofree char *path = NULL;
  guint i = 0;

  while (run->settings.learning_rates[i] != run->best.learning_rate)
    i++;
  path = foc_cell_path (run->folder, i);

  trainer =
    foc_trainer_new (&run->settings.training, run->best.learning_rate, train, validation);
  if (!foc_train_to (trainer, run->best.epochs, path, NULL, NULL,
                     self->options->cancellable, error))
    return NULL;

  return g_steal_pointer (&trainer);
}

gboolean
foc_experiment_calibrate (FocExperiment *self, GError **error)
{
  FocRun *run = self->run;
  GCancellable *cancellable = self->options->cancellable;
  Step step = begin_step (self, FOC_STAGE_CALIBRATION);
  g_autoptr (FocTrainer) trainer = NULL;
  g_autoptr (FocModel) model = NULL;
  g_auto (FocCertainty) certainty = { 0 };
  FocExamples train, validation;

  if (run->certainty.temperature > 0)
    return TRUE;

  foc_blas_begin_thread ();
  foc_experiment_get_examples (self, FOC_PART_TRAIN, &train);
  foc_experiment_get_examples (self, FOC_PART_VALIDATION, &validation);
  trainer = find_best_cell (self, &train, &validation, error);
  if (trainer == NULL)
    return FALSE;

  model = foc_model_new (foc_mlp_copy (foc_trainer_get_mlp (trainer)),
                         (const char *const *) run->class_names);
  if (!foc_certainty_learn (&certainty, model->mlp, &train, &validation,
                            run->settings.threshold, cancellable, error))
    return FALSE;
  foc_certainty_apply (&certainty, model);
  if (!foc_measure (model, &validation, &run->validation, cancellable, error))
    return FALSE;

  run->certainty = certainty;
  certainty.novelty = NULL; /* the run's now */
  if (!foc_run_save (run, error))
    {
      foc_certainty_clear (&run->certainty);
      run->certainty = (FocCertainty){ 0 };
      return FALSE;
    }

  end_step (&step);
  return TRUE;
}

static void
report_final (FocTrainer *trainer, gpointer user_data)
{
  Step *step = user_data;
  const FocRun *run = step->experiment->run;

  report_step (foc_trainer_get_n_examples (trainer),
               (guint64) (run->n_rows[FOC_PART_TRAIN] + run->n_rows[FOC_PART_VALIDATION])
                 * run->best.epochs,
               step);
}

/* Whether the model file is what the record says. G_FILE_ERROR_NOENT where it is
 * gone. */
static gboolean
check_model (const FocRun *run, GError **error)
{
  g_autofree char *path = foc_run_get_model_path (run);
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *sha256 = foc_file_sha256 (path, FOC_LIMIT_SAFETENSORS_BYTES, error);

  if (sha256 == NULL)
    return FALSE;
  if (!g_str_equal (sha256, run->model_sha256))
    {
      g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
                   _ ("“%s” is not the model that this run has made: it was changed. "
                      "Remove it, and it will be made again."),
                   name);
      return FALSE;
    }

  return TRUE;
}

FocModel *
foc_make_model (const FocMlp *mlp,
                const char *const *class_names,
                const FocSettings *settings,
                const FocCell *cell,
                const char *data_digest)
{
  FocModel *model = foc_model_new (foc_mlp_copy (mlp), class_names);
  FocModelOrigin *origin = &model->origin;

  origin->optimizer =
    g_strdup (foc_optimizer_kind_to_string (settings->training.optimizer));
  origin->learning_rate = cell->learning_rate;
  origin->epochs = cell->epochs;
  origin->seed = settings->training.seed;
  origin->validation_accuracy = cell->accuracy;
  origin->data_digest = g_strdup (data_digest);
  origin->split = foc_split_settings_to_string (&settings->split);
  origin->program_version = g_strdup (FOC_VERSION);

  return model;
}

/* Writes the model; its SHA-256, or NULL. */
static char *
save_final_model (const FocRun *run, const FocMlp *mlp, GError **error)
{
  g_autoptr (FocModel) model =
    foc_make_model (mlp, (const char *const *) run->class_names, &run->settings,
                    &run->best, run->data_digest);
  g_autofree char *path = foc_run_get_model_path (run);

  foc_certainty_apply (&run->certainty, model);
  return foc_model_save (model, path, error)
           ? foc_file_sha256 (path, FOC_LIMIT_SAFETENSORS_BYTES, error)
           : NULL;
}

/* Puts the final model into the record; FALSE leaves the record without one. */
static gboolean
record_model (FocRun *run, const FocCurve *curve, char *sha256, GError **error)
{
  if (run->model_sha256 != NULL && !g_str_equal (run->model_sha256, sha256))
    {
      g_autofree char *name = g_filename_display_name (run->folder);

      g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
                   _ ("The model of the run in “%s” had gone, and came out differently "
                      "when it was made again; begin the run afresh."),
                   name);
      return FALSE;
    }
  if (run->model_sha256 != NULL)
    return TRUE;

  run->model_sha256 = g_strdup (sha256);
  run->final_curve = g_array_copy ((GArray *) curve);
  if (foc_run_save (run, error))
    return TRUE;

  g_clear_pointer (&run->model_sha256, g_free);
  g_clear_pointer (&run->final_curve, g_array_unref);
  return FALSE;
}

gboolean
foc_experiment_train_final (FocExperiment *self, GError **error)
{
  FocRun *run = self->run;
  Step step = begin_step (self, FOC_STAGE_FINAL);
  g_autofree char *checkpoint =
    foc_checkpoint_path (run->folder, run->settings.n_learning_rates);
  g_autofree char *sha256 = NULL;
  g_autoptr (FocTrainer) trainer = NULL;
  FocExamples examples;

  if (run->model_sha256 != NULL)
    {
      g_autoptr (GError) model_error = NULL;

      if (check_model (run, &model_error))
        {
          remove_checkpoints (run); /* if a kill has left some */
          return TRUE;
        }
      if (!g_error_matches (model_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        {
          g_propagate_error (error, g_steal_pointer (&model_error));
          return FALSE;
        }
    }

  if (!foc_experiment_calibrate (self, error))
    return FALSE;

  foc_blas_begin_thread ();
  foc_experiment_get_joint_examples (self, &examples);
  trainer =
    foc_trainer_new (&run->settings.training, run->best.learning_rate, &examples, NULL);
  if (!foc_train_to (trainer, run->best.epochs, checkpoint, report_final, &step,
                     self->options->cancellable, error))
    return FALSE;
  sha256 = save_final_model (run, foc_trainer_get_mlp (trainer), error);
  if (sha256 == NULL
      || !record_model (run, foc_trainer_get_curve (trainer), sha256, error))
    return FALSE;

  /* Only now: until the record knows the model, they are what is left of the work. */
  remove_checkpoints (run);
  end_step (&step);
  return TRUE;
}

gboolean
foc_experiment_look (FocExperiment *self, GError **error)
{
  FocRun *run = self->run;
  Step step = begin_step (self, FOC_STAGE_HOLDOUT);
  g_autofree char *path = foc_run_get_model_path (run);
  g_autoptr (FocModel) model = NULL;
  FocExamples holdout;

  if (run->holdout.measured)
    return TRUE;

  foc_blas_begin_thread ();
  model = check_model (run, error) ? foc_model_load (path, error) : NULL;
  if (model == NULL)
    return FALSE;

  /* First of all, so that no look remains without a record. If it cannot be
   * recorded, it is not taken. */
  if (!foc_run_count_look (run, error))
    return FALSE;

  foc_experiment_get_examples (self, FOC_PART_HOLDOUT, &holdout);
  if (!foc_measure (model, &holdout, &run->holdout, self->options->cancellable, error))
    return FALSE;
  if (!foc_run_save (run, error))
    {
      run->holdout.measured = FALSE;
      return FALSE;
    }

  end_step (&step);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-experiment-private.h"

#include "foc-blas.h"
#include "foc-error.h"
#include "foc-file.h"
#include "foc-model-file.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Passes the grid's progress on as that of a step as well. */
typedef struct
{
  FocExperiment *experiment;
  FocStep *step;
  FocGridProgress progress;
  gpointer user_data;
} SearchProgress;

static void
report_search (const FocGrid *grid, guint64 done, guint64 total, gpointer user_data)
{
  SearchProgress *search = user_data;

  foc_step_report (done, total, search->step);
  if (search->progress != NULL)
    search->progress (grid, done, total, search->user_data);
}

static void
tell_unsaved (const GError *error, gpointer user_data)
{
  const SearchProgress *search = user_data;
  const FocExperimentOptions *options = search->experiment->options;

  options->unsaved (error, options->user_data);
}

static gboolean
has_final_model (const FocExperiment *self)
{
  return self->run->model_sha256 != NULL || self->model != NULL;
}

/* Whether the search has found something to go on with. */
static gboolean
check_best (const FocRun *run, GError **error)
{
  if (!foc_run_has_diverged (run))
    return TRUE;

  g_set_error_literal (
    error, FOC_ERROR, FOC_ERROR_DIVERGED,
    _ ("Every cell diverged: with each of the learning rates, training went beyond all "
       "numbers. Search again with learning rates ten times smaller."));
  return FALSE;
}

static void
forget_search (FocRun *run)
{
  g_clear_pointer (&run->grid, foc_grid_free);
  run->best = (FocCell){ .accuracy = NAN, .loss = NAN };
  foc_certainty_clear (&run->certainty);
  run->certainty = (FocCertainty){ 0 };
  foc_measurement_clear (&run->validation);
  run->validation = (FocMeasurement){ 0 };
}

gboolean
foc_experiment_search (FocExperiment *self,
                       FocGridProgress progress,
                       gpointer user_data,
                       GError **error)
{
  FocRun *run = self->run;
  FocStep step = foc_step_begin (self, FOC_STAGE_GRID);
  SearchProgress search = { self, &step, progress, user_data };
  const FocGridHooks hooks = {
    .progress = report_search,
    .unsaved = self->options->unsaved != NULL ? tell_unsaved : NULL,
    .user_data = &search,
    .cancellable = self->options->cancellable,
    .stop = self->options->stop,
  };
  FocExamples train, validation;
  FocGrid *grid;

  if (run->grid != NULL && (!run->grid->stopped || has_final_model (self)))
    return check_best (run, error);

  foc_experiment_get_examples (self, FOC_PART_TRAIN, &train);
  foc_experiment_get_examples (self, FOC_PART_VALIDATION, &validation);
  grid = foc_grid_search (&run->settings, &train, &validation, run->folder,
                          self->options->jobs, &hooks, error);
  if (grid == NULL)
    return FALSE;

  /* What was known of a search that was stopped holds no more. */
  forget_search (run);
  run->grid = grid;
  foc_grid_get_best (run->grid, &run->best);
  if (!foc_experiment_keep (self, error))
    {
      forget_search (run);
      return FALSE;
    }

  foc_step_end (&step);
  return check_best (run, error);
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
  const FocTrainHooks hooks = {
    .unsaved = self->options->unsaved,
    .user_data = self->options->user_data,
    .cancellable = self->options->cancellable,
  };
  g_autoptr (FocTrainer) trainer = NULL;
  g_autofree char *path = NULL;
  guint i = 0;

  while (run->settings.learning_rates[i] != run->best.learning_rate)
    i++;
  path = foc_cell_path (run->folder, i);

  trainer =
    foc_trainer_new (&run->settings.training, run->best.learning_rate, train, validation);
  if (!foc_train_to (trainer, run->best.epochs, path, &hooks, error))
    return NULL;

  return g_steal_pointer (&trainer);
}

gboolean
foc_experiment_calibrate (FocExperiment *self, GError **error)
{
  FocRun *run = self->run;
  GCancellable *cancellable = self->options->cancellable;
  FocStep step = foc_step_begin (self, FOC_STAGE_CALIBRATION);
  g_autoptr (FocTrainer) trainer = NULL;
  g_autoptr (FocModel) model = NULL;
  g_auto (FocCertainty) certainty = { 0 };
  FocExamples train, validation;

  if (run->certainty.temperature > 0)
    return TRUE;
  if (!check_best (run, error))
    return FALSE;

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
  if (!foc_experiment_keep (self, error))
    {
      foc_certainty_clear (&run->certainty);
      run->certainty = (FocCertainty){ 0 };
      return FALSE;
    }

  foc_step_end (&step);
  return TRUE;
}

static void
report_final (FocTrainer *trainer, gpointer user_data)
{
  FocStep *step = user_data;
  const FocRun *run = step->experiment->run;

  foc_step_report (
    foc_trainer_get_n_examples (trainer),
    (guint64) (run->n_rows[FOC_PART_TRAIN] + run->n_rows[FOC_PART_VALIDATION])
      * run->best.epochs,
    step);
}

static void
tell_unsaved_final (const GError *error, gpointer user_data)
{
  const FocStep *step = user_data;
  const FocExperimentOptions *options = step->experiment->options;

  options->unsaved (error, options->user_data);
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

static FocModel *
make_final_model (const FocRun *run, const FocMlp *mlp)
{
  FocModel *model = foc_make_model (mlp, (const char *const *) run->class_names,
                                    &run->settings, &run->best, run->data_digest);

  foc_certainty_apply (&run->certainty, model);
  return model;
}

/* Writes the model; its SHA-256, or NULL. */
static char *
save_final_model (const FocRun *run, const FocModel *model, GError **error)
{
  g_autofree char *path = foc_run_get_model_path (run);

  return foc_model_save (model, path, error)
           ? foc_file_sha256 (path, FOC_LIMIT_SAFETENSORS_BYTES, error)
           : NULL;
}

/* Puts the final model that was written into the record; FALSE leaves the record
 * without one. */
static gboolean
record_model (FocExperiment *self, const FocCurve *curve, char *sha256, GError **error)
{
  FocRun *run = self->run;

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
  if (foc_experiment_keep (self, error))
    return TRUE;

  g_clear_pointer (&run->model_sha256, g_free);
  g_clear_pointer (&run->final_curve, g_array_unref);
  return FALSE;
}

/* Writes the final model and puts it into the record; where it cannot be written, and
 * somebody is told, the experiment has it. */
static gboolean
keep_final_model (FocExperiment *self, const FocTrainer *trainer, GError **error)
{
  const FocExperimentOptions *options = self->options;
  FocRun *run = self->run;
  g_autoptr (FocModel) model = make_final_model (run, foc_trainer_get_mlp (trainer));
  g_autoptr (GError) save_error = NULL;
  g_autofree char *sha256 = save_final_model (run, model, &save_error);

  if (sha256 != NULL)
    return record_model (self, foc_trainer_get_curve (trainer), sha256, error);
  if (options->unsaved == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&save_error));
      return FALSE;
    }

  self->model = g_steal_pointer (&model);
  g_clear_pointer (&run->final_curve, g_array_unref);
  run->final_curve = g_array_copy ((GArray *) foc_trainer_get_curve (trainer));
  options->unsaved (save_error, options->user_data);
  return TRUE;
}

/* From an earlier call: 1; 0 where there is none, -1 with an error where there is another
 * in its place. */
static int
find_final_model (FocExperiment *self, GError **error)
{
  g_autoptr (GError) model_error = NULL;

  if (self->model != NULL)
    return 1;
  if (self->run->model_sha256 == NULL)
    return 0;
  if (check_model (self->run, &model_error))
    return 1;
  if (g_error_matches (model_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return 0;

  g_propagate_error (error, g_steal_pointer (&model_error));
  return -1;
}

/* So that it is known from now on that a final model was begun: an empty file, which is as
 * good as no checkpoint, until the first epoch is over. */
static gboolean
mark_begun (const char *checkpoint, const FocTrainHooks *hooks, GError **error)
{
  g_autoptr (GError) mark_error = NULL;

  if (g_file_test (checkpoint, G_FILE_TEST_EXISTS)
      || foc_file_replace (checkpoint, "", 0, &mark_error))
    return TRUE;
  if (hooks->unsaved == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&mark_error));
      return FALSE;
    }

  hooks->unsaved (mark_error, hooks->user_data);
  return TRUE;
}

static gboolean
train_final_model (FocExperiment *self, FocStep *step, GError **error)
{
  const FocRun *run = self->run;
  g_autofree char *checkpoint = foc_run_get_final_checkpoint (run);
  const FocTrainHooks hooks = {
    .report = report_final,
    .unsaved = self->options->unsaved != NULL ? tell_unsaved_final : NULL,
    .user_data = step,
    .cancellable = self->options->cancellable,
  };
  g_autoptr (FocTrainer) trainer = NULL;
  FocExamples examples;

  foc_blas_begin_thread ();
  foc_experiment_get_joint_examples (self, &examples);
  trainer =
    foc_trainer_new (&run->settings.training, run->best.learning_rate, &examples, NULL);

  return mark_begun (checkpoint, &hooks, error)
         && foc_train_to (trainer, run->best.epochs, checkpoint, &hooks, error)
         && keep_final_model (self, trainer, error);
}

gboolean
foc_experiment_train_final (FocExperiment *self, GError **error)
{
  FocStep step = foc_step_begin (self, FOC_STAGE_FINAL);
  int found = find_final_model (self, error);

  if (found < 0
      || (found == 0
          && (!foc_experiment_calibrate (self, error)
              || !train_final_model (self, &step, error))))
    return FALSE;

  /* Only now: until the record knows the model, they are what is left of the work. A
   * kill may have left some of an earlier call. */
  if (self->model == NULL && !self->unsaved)
    foc_run_remove_checkpoints (self->run);
  foc_step_end (&step);
  return TRUE;
}

gboolean
foc_experiment_look (FocExperiment *self, GError **error)
{
  FocRun *run = self->run;
  FocStep step = foc_step_begin (self, FOC_STAGE_HOLDOUT);
  g_autofree char *path = foc_run_get_model_path (run);
  g_autoptr (FocModel) model = NULL;
  FocExamples holdout;

  if (run->holdout.measured)
    return TRUE;

  foc_blas_begin_thread ();
  if (!foc_experiment_save (self, error))
    return FALSE;
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
  run->n_copies = self->n_copies;
  if (!foc_experiment_keep (self, error))
    {
      run->holdout.measured = FALSE;
      return FALSE;
    }

  foc_step_end (&step);
  return TRUE;
}

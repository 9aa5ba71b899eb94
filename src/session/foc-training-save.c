/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-training-save.h"

#include "foc-model-file.h"

void
foc_training_save_task_free (FocTrainingSaveTask *self)
{
  foc_training_bench_unref (self->bench);
  g_free (self->folder);
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

/* FALSE where there is nothing that was not written. */
static gboolean
save_unwritten (const FocTrainingSaveTask *task, gboolean *saved, GError **error)
{
  FocTrainingBench *bench = task->bench;
  const FocExperiment *experiment;
  gboolean has_model;

  foc_training_bench_enter (bench);
  experiment = bench->experiment;
  has_model = experiment != NULL && experiment->model != NULL
              && g_str_equal (experiment->run->folder, task->folder);
  if (has_model)
    *saved = foc_model_save (experiment->model, task->to, error);
  foc_training_bench_leave (bench);

  return has_model;
}

gpointer
foc_training_save_work (FocJob *job,
                        gpointer data,
                        GCancellable *cancellable,
                        GError **error)
{
  const FocTrainingSaveTask *task = data;
  g_autoptr (FocModel) model = NULL;
  gboolean saved = FALSE;

  g_cancellable_push_current (cancellable);
  if (!save_unwritten (task, &saved, error))
    {
      model = foc_model_load (task->from, error);
      saved = model != NULL && foc_model_save (model, task->to, error);
    }
  g_cancellable_pop_current (cancellable);

  return saved ? g_filename_display_basename (task->to) : NULL;
}

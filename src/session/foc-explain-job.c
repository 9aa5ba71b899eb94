/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-explain-job.h"

#include "foc-blas.h"

#include <string.h>

#define AT_ONCE 4000000 /* parameters */

gboolean
foc_explains_at_once (FocLoadedModel *model)
{
  return foc_loaded_model_get_model (model)->mlp->n_parameters <= AT_ONCE;
}

typedef struct
{
  FocLoadedModel *model;
  guint8 features[FOC_N_FEATURES];
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->model);
  g_free (self);
}

static gpointer
explain (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;
  const FocModel *model = foc_loaded_model_get_model (question->model);
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&model->mlp->shape, 1);
  FocExplained *explained = g_new (FocExplained, 1);

  foc_blas_begin_thread ();
  foc_model_explain (model, work, question->features, explained);
  return explained;
}

static void
free_explained (gpointer explained)
{
  foc_explain_free (explained);
}

FocJob *
foc_explain_run (FocLoadedModel *model,
                 const guint8 *features,
                 GAsyncReadyCallback callback,
                 gpointer owner)
{
  FocJob *job = foc_job_new ();
  Question *question = g_new (Question, 1);

  question->model = g_object_ref (model);
  memcpy (question->features, features, sizeof question->features);
  foc_job_run (job, explain, question, question_free, free_explained, callback, owner);
  return job;
}

void
foc_explain_free (FocExplained *explained)
{
  foc_explained_clear (explained);
  g_free (explained);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-classify.h"

#include "foc-blas.h"

/* What the threads share. */
typedef struct
{
  const FocModel *model;
  const char *const *paths;
  guint n;
  GCancellable *cancellable;
  gint next; /* atomic */

  GMutex mutex; /* of all that follows */
  GCond changed;
  FocClassification **results; /* NULL: not done, or handed on */
  guint threads_left;
} Classify;

static void
classification_free (FocClassification *self)
{
  g_free (self->probabilities);
  g_clear_error (&self->error);
  g_free (self);
}

static gpointer
work (gpointer data)
{
  Classify *job = data;
  g_autoptr (FocMlpWork) mlp_work = foc_mlp_work_new (&job->model->mlp->shape, 1);
  guint index;

  foc_blas_begin_thread ();

  while (!g_cancellable_is_cancelled (job->cancellable)
         && (index = (guint) g_atomic_int_add (&job->next, 1)) < job->n)
    {
      FocClassification *result = g_new0 (FocClassification, 1);
      guint8 features[FOC_N_FEATURES];

      if (foc_preprocess_file (job->paths[index], NULL, features, job->cancellable,
                               &result->error))
        {
          result->probabilities = g_new (float, foc_model_get_n_classes (job->model));
          foc_model_answer (job->model, mlp_work, features, result->probabilities,
                            &result->answer);
        }

      g_mutex_lock (&job->mutex);
      job->results[index] = result;
      g_cond_signal (&job->changed);
      g_mutex_unlock (&job->mutex);
    }

  g_mutex_lock (&job->mutex);
  job->threads_left--;
  g_cond_signal (&job->changed);
  g_mutex_unlock (&job->mutex);

  return NULL;
}

gboolean
foc_classify_files (const FocModel *model,
                    const char *const *paths,
                    guint n,
                    guint jobs,
                    FocClassified classified,
                    gpointer user_data,
                    GCancellable *cancellable,
                    GError **error)
{
  guint n_threads = CLAMP (jobs, 1, MAX (n, 1));
  g_autofree GThread **threads = g_new (GThread *, n_threads);
  g_autofree FocClassification **results = g_new0 (FocClassification *, n);
  Classify job = {
    .model = model,
    .paths = paths,
    .n = n,
    .cancellable = cancellable,
    .results = results,
    .threads_left = n_threads,
  };
  guint done = 0;

  g_mutex_init (&job.mutex);
  g_cond_init (&job.changed);
  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("classify", work, &job);

  g_mutex_lock (&job.mutex);
  while (done < n && !g_cancellable_is_cancelled (cancellable))
    {
      FocClassification *result = g_steal_pointer (&results[done]);

      if (result == NULL)
        {
          if (job.threads_left == 0) /* they saw that it was cancelled */
            break;
          g_cond_wait (&job.changed, &job.mutex);
          continue;
        }

      g_mutex_unlock (&job.mutex);
      if (!g_error_matches (result->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        classified (done, result, user_data);
      classification_free (result);
      done++;
      g_mutex_lock (&job.mutex);
    }
  g_mutex_unlock (&job.mutex);

  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
  for (guint i = done; i < n; i++)
    g_clear_pointer (&results[i], classification_free);
  g_mutex_clear (&job.mutex);
  g_cond_clear (&job.changed);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

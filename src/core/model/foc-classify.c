/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-classify.h"

#include "foc-blas.h"

typedef struct
{
  gpointer tag;
  FocClassification *classification; /* NULL: not done yet */
} Result;

/* What the threads share. */
typedef struct
{
  const FocModel *model;
  FocClassifyOrder order;
  FocClassifyNext next;
  gpointer user_data;
  GCancellable *cancellable;

  GMutex taking; /* of `next` and the two that follow */
  gboolean is_over;
  guint64 n_taken;

  /* Each result has a place in one long row, of which only those of a ring are there: the
   * one that is handed on next, and `size` - 1 that may be done before it. */
  GMutex mutex; /* of all that follows */
  GCond changed;
  GCond moved; /* the ring has */
  Result *ring;
  guint size;
  guint64 n_done;
  guint64 n_answered;
  guint threads_left;
} Stream;

static void
classification_free (FocClassification *self)
{
  g_free (self->probabilities);
  g_clear_error (&self->error);
  g_free (self);
}

/* Its path, and its number in the order in which they were taken; NULL: no more. */
static const char *
take (Stream *stream, gpointer *tag, guint64 *index)
{
  const char *path = NULL;

  g_mutex_lock (&stream->taking);
  if (!stream->is_over && !g_cancellable_is_cancelled (stream->cancellable))
    path = stream->next (tag, stream->user_data);
  if (path == NULL)
    stream->is_over = TRUE;
  else
    *index = stream->n_taken++;
  g_mutex_unlock (&stream->taking);

  return path;
}

static FocClassification *
classify (const Stream *stream, FocMlpWork *work, const char *path)
{
  FocClassification *result = g_new0 (FocClassification, 1);
  guint8 features[FOC_N_FEATURES];

  if (foc_preprocess_file (path, NULL, features, stream->cancellable, &result->error))
    {
      result->probabilities = g_new (float, foc_model_get_n_classes (stream->model));
      foc_model_answer (stream->model, work, features, result->probabilities,
                        &result->answer);
    }
  return result;
}

/* Waits for its place to come into the ring. That of the next result is always there, so
 * whoever has that never waits. */
static void
put (Stream *stream, guint64 index, Result result)
{
  g_mutex_lock (&stream->mutex);
  if (stream->order == FOC_CLASSIFY_AS_DONE)
    index = stream->n_done++;
  while (index >= stream->n_answered + stream->size)
    g_cond_wait (&stream->moved, &stream->mutex);
  stream->ring[index % stream->size] = result;
  g_cond_signal (&stream->changed);
  g_mutex_unlock (&stream->mutex);
}

static gpointer
work (gpointer data)
{
  Stream *stream = data;
  g_autoptr (FocMlpWork) mlp_work = foc_mlp_work_new (&stream->model->mlp->shape, 1);
  const char *path;
  gpointer tag = NULL;
  guint64 index = 0;

  foc_blas_begin_thread ();

  while ((path = take (stream, &tag, &index)) != NULL)
    put (stream, index, (Result){ tag, classify (stream, mlp_work, path) });

  g_mutex_lock (&stream->mutex);
  stream->threads_left--;
  g_cond_signal (&stream->changed);
  g_mutex_unlock (&stream->mutex);

  return NULL;
}

/* Hands on results as they come into their places, until no thread is left to bring any. */
static void
hand_on (Stream *stream, FocClassifyAnswered answered)
{
  g_mutex_lock (&stream->mutex);
  while (TRUE)
    {
      Result *place = &stream->ring[stream->n_answered % stream->size];
      Result result = *place;

      if (result.classification == NULL)
        {
          if (stream->threads_left == 0)
            break;
          g_cond_wait (&stream->changed, &stream->mutex);
          continue;
        }

      *place = (Result){ 0 };
      stream->n_answered++;
      g_cond_broadcast (&stream->moved);
      g_mutex_unlock (&stream->mutex);
      answered (result.tag, result.classification, stream->user_data);
      classification_free (result.classification);
      g_mutex_lock (&stream->mutex);
    }
  g_mutex_unlock (&stream->mutex);
}

gboolean
foc_classify_stream (const FocModel *model,
                     guint jobs,
                     FocClassifyOrder order,
                     FocClassifyNext next,
                     FocClassifyAnswered answered,
                     gpointer user_data,
                     GCancellable *cancellable,
                     GError **error)
{
  guint n_threads = MAX (jobs, 1);
  guint size = n_threads * (FOC_CLASSIFY_AHEAD - 1);
  g_autofree GThread **threads = g_new (GThread *, n_threads);
  g_autofree Result *ring = g_new0 (Result, size);
  Stream stream = {
    .model = model,
    .order = order,
    .next = next,
    .user_data = user_data,
    .cancellable = cancellable,
    .ring = ring,
    .size = size,
    .threads_left = n_threads,
  };

  g_mutex_init (&stream.taking);
  g_mutex_init (&stream.mutex);
  g_cond_init (&stream.changed);
  g_cond_init (&stream.moved);

  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("classify", work, &stream);
  hand_on (&stream, answered);
  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);

  g_mutex_clear (&stream.taking);
  g_mutex_clear (&stream.mutex);
  g_cond_clear (&stream.changed);
  g_cond_clear (&stream.moved);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Files that are known before, by their index. */
typedef struct
{
  const char *const *paths;
  guint n;
  guint n_taken;
  FocClassified classified;
  gpointer user_data;
  GCancellable *cancellable;
} Files;

static const char *
take_file (gpointer *tag, gpointer user_data)
{
  Files *files = user_data;

  if (files->n_taken == files->n)
    return NULL;

  *tag = GUINT_TO_POINTER (files->n_taken);
  return files->paths[files->n_taken++];
}

static void
on_answered (gpointer tag, const FocClassification *result, gpointer user_data)
{
  const Files *files = user_data;

  if (!g_cancellable_is_cancelled (files->cancellable))
    files->classified (GPOINTER_TO_UINT (tag), result, files->user_data);
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
  Files files = { paths, n, 0, classified, user_data, cancellable };

  return foc_classify_stream (model, MIN (jobs, n), FOC_CLASSIFY_AS_ASKED, take_file,
                              on_answered, &files, cancellable, error);
}

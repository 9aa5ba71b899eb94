/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-thumbnailer.h"

#include "foc-thumbnail-cache.h"
#include "foc-thumbnail.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Between the window's 0 and that of the threads of a FocJob. */
#define NICENESS 5

/* What threads and thumbnailer share; the last of them frees it. */
typedef struct
{
  GMutex mutex; /* of all that follows */
  GCond wanted;
  GQueue waiting[2];  /* Job, by urgency; the newest at the head */
  GQueue done;        /* Job                                     */
  GSource *reporting; /* to be told of `done`; NULL: not yet     */
  gboolean quitting;

  GMainContext *context;
  GWeakRef thumbnailer;
} Pool;

typedef enum
{
  JOB_WAITING,
  JOB_RUNNING,
  JOB_DONE,
} JobState;

/* One decoding. It belongs to the pool, and from JOB_DONE on to the main thread. */
typedef struct
{
  FocThumbnailKey key;
  GCancellable *cancellable;
  GList link;
  JobState state;              /* under the pool's lock        */
  FocThumbnailUrgency urgency; /* under the pool's lock        */
  FocThumbnail *thumbnail;
  GError *error;
  GPtrArray *requests; /* FocThumbnailRequest; main thread */
} Job;

struct _FocThumbnailRequest
{
  Job *job;
  FocThumbnailFunc func;
  gpointer user_data;
};

struct _FocThumbnailer
{
  GObject parent_instance;

  Pool *pool;
  guint n_threads;  /* still to be started */
  GHashTable *jobs; /* key in Job -> Job, those with requests */

  FocThumbnailCache *cache;
  guint64 n_decoded;
};

G_DEFINE_FINAL_TYPE (FocThumbnailer, foc_thumbnailer, G_TYPE_OBJECT)

static void
pool_clear (Pool *self)
{
  g_clear_pointer (&self->context, g_main_context_unref);
  g_weak_ref_clear (&self->thumbnailer);
  g_cond_clear (&self->wanted);
  g_mutex_clear (&self->mutex);
}

static void
pool_unref (Pool *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) pool_clear);
}

static void
job_free (Job *self)
{
  g_free (self->key.path);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->thumbnail, foc_thumbnail_unref);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->requests);
  g_free (self);
}

static void foc_thumbnailer_report (FocThumbnailer *self);

static gboolean
on_done (gpointer data)
{
  Pool *pool = data;
  g_autoptr (FocThumbnailer) self = g_weak_ref_get (&pool->thumbnailer);

  if (self != NULL)
    foc_thumbnailer_report (self);
  return G_SOURCE_REMOVE;
}

/* Under the lock. However many jobs end meanwhile, one event tells of them. */
static void
pool_report (Pool *self)
{
  if (self->reporting != NULL || self->quitting)
    return;

  self->reporting = g_idle_source_new ();
  g_source_set_priority (self->reporting, G_PRIORITY_DEFAULT);
  g_source_set_static_name (self->reporting, "thumbnails");
  g_source_set_callback (self->reporting, on_done, g_atomic_rc_box_acquire (self),
                         (GDestroyNotify) pool_unref);
  g_source_attach (self->reporting, self->context);
}

/* Under the lock. */
static Job *
pool_take (Pool *self)
{
  for (int urgency = FOC_THUMBNAIL_NOW; urgency >= FOC_THUMBNAIL_SOON; urgency--)
    {
      GList *link = g_queue_pop_head_link (&self->waiting[urgency]);

      if (link != NULL)
        return link->data;
    }
  return NULL;
}

static gpointer
work (gpointer data)
{
  Pool *pool = data;

  /* Of this thread alone, in Linux. Where it fails all goes on, only less smoothly. */
  setpriority (PRIO_PROCESS, (id_t) syscall (SYS_gettid), NICENESS);

  g_mutex_lock (&pool->mutex);
  while (!pool->quitting)
    {
      Job *job = pool_take (pool);

      if (job == NULL)
        {
          g_cond_wait (&pool->wanted, &pool->mutex);
          continue;
        }

      job->state = JOB_RUNNING;
      g_mutex_unlock (&pool->mutex);
      job->thumbnail = foc_thumbnail_decode (job->key.path, job->key.side,
                                             job->cancellable, &job->error);
      g_mutex_lock (&pool->mutex);

      job->state = JOB_DONE;
      if (pool->quitting)
        {
          job_free (job);
          break;
        }
      g_queue_push_tail_link (&pool->done, &job->link);
      pool_report (pool);
    }
  g_mutex_unlock (&pool->mutex);

  pool_unref (pool);
  return NULL;
}

static void
start_threads (FocThumbnailer *self)
{
  for (; self->n_threads > 0; self->n_threads--)
    g_thread_unref (
      g_thread_new ("thumbnails", work, g_atomic_rc_box_acquire (self->pool)));
}

/* Only if it is the one under its key: after it was cancelled there may be another. */
static void
forget_job (FocThumbnailer *self, Job *job)
{
  if (g_hash_table_lookup (self->jobs, &job->key) == job)
    g_hash_table_remove (self->jobs, &job->key);
}

static void
finish (FocThumbnailer *self, Job *job)
{
  if (job->thumbnail != NULL)
    {
      self->n_decoded++;
      foc_thumbnail_cache_keep (self->cache, &job->key, job->thumbnail);
    }

  /* What is called may cancel others that wait for the same, or ask again. */
  forget_job (self, job);
  while (job->requests->len > 0)
    {
      g_autofree FocThumbnailRequest *request =
        g_ptr_array_steal_index (job->requests, job->requests->len - 1);

      request->func (job->thumbnail, job->error, request->user_data);
    }
  job_free (job);
}

static void
foc_thumbnailer_report (FocThumbnailer *self)
{
  Pool *pool = self->pool;
  GList *link;

  g_mutex_lock (&pool->mutex);
  g_clear_pointer (&pool->reporting, g_source_unref);
  while ((link = g_queue_pop_head_link (&pool->done)) != NULL)
    {
      g_mutex_unlock (&pool->mutex);
      finish (self, link->data);
      g_mutex_lock (&pool->mutex);
    }
  g_mutex_unlock (&pool->mutex);
}

static void
free_queue (GQueue *queue)
{
  GList *link;

  while ((link = g_queue_pop_head_link (queue)) != NULL)
    job_free (link->data);
}

static void
foc_thumbnailer_dispose (GObject *object)
{
  FocThumbnailer *self = FOC_THUMBNAILER (object);
  Pool *pool = self->pool;
  GHashTableIter iter;
  gpointer job;

  g_mutex_lock (&pool->mutex);
  if (!pool->quitting)
    {
      pool->quitting = TRUE;
      g_cond_broadcast (&pool->wanted);

      /* Those that run are freed by their threads: nobody waits for them. */
      g_hash_table_iter_init (&iter, self->jobs);
      while (g_hash_table_iter_next (&iter, NULL, &job))
        g_cancellable_cancel (((Job *) job)->cancellable);
      g_hash_table_remove_all (self->jobs);

      free_queue (&pool->waiting[FOC_THUMBNAIL_SOON]);
      free_queue (&pool->waiting[FOC_THUMBNAIL_NOW]);
      free_queue (&pool->done);
      if (pool->reporting != NULL)
        g_source_destroy (pool->reporting);
      g_clear_pointer (&pool->reporting, g_source_unref);
    }
  g_mutex_unlock (&pool->mutex);

  G_OBJECT_CLASS (foc_thumbnailer_parent_class)->dispose (object);
}

static void
foc_thumbnailer_finalize (GObject *object)
{
  FocThumbnailer *self = FOC_THUMBNAILER (object);

  g_hash_table_unref (self->jobs);
  g_clear_pointer (&self->cache, foc_thumbnail_cache_free);
  pool_unref (self->pool);

  G_OBJECT_CLASS (foc_thumbnailer_parent_class)->finalize (object);
}

static void
foc_thumbnailer_class_init (FocThumbnailerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = foc_thumbnailer_dispose;
  G_OBJECT_CLASS (klass)->finalize = foc_thumbnailer_finalize;
}

static void
foc_thumbnailer_init (FocThumbnailer *self)
{
  self->jobs = g_hash_table_new (foc_thumbnail_key_hash, foc_thumbnail_key_equal);

  self->pool = g_atomic_rc_box_new0 (Pool);
  g_mutex_init (&self->pool->mutex);
  g_cond_init (&self->pool->wanted);
  self->pool->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->pool->thumbnailer, self);
}

FocThumbnailer *
foc_thumbnailer_new (guint n_threads, gsize max_bytes)
{
  FocThumbnailer *self = g_object_new (FOC_TYPE_THUMBNAILER, NULL);

  self->n_threads = MAX (n_threads, 1);
  self->cache = foc_thumbnail_cache_new (max_bytes);
  return self;
}

FocThumbnail *
foc_thumbnailer_lookup (FocThumbnailer *self, const char *path, gint64 mtime, guint side)
{
  const FocThumbnailKey key = { (char *) path, mtime, side };

  return foc_thumbnail_cache_lookup (self->cache, &key);
}

static Job *
find_or_make_job (FocThumbnailer *self, const FocThumbnailKey *key)
{
  Job *job = g_hash_table_lookup (self->jobs, key);

  if (job == NULL)
    {
      job = g_new0 (Job, 1);
      job->key = foc_thumbnail_key_copy (key);
      job->cancellable = g_cancellable_new ();
      job->link.data = job;
      job->requests = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->jobs, &job->key, job);
    }
  return job;
}

FocThumbnailRequest *
foc_thumbnailer_request (FocThumbnailer *self,
                         const char *path,
                         gint64 mtime,
                         guint side,
                         FocThumbnailUrgency urgency,
                         FocThumbnailFunc func,
                         gpointer user_data)
{
  const FocThumbnailKey key = { (char *) path, mtime,
                                CLAMP (side, 1, FOC_THUMBNAIL_SIDE_MAX) };
  Job *job = find_or_make_job (self, &key);
  FocThumbnailRequest *request = g_new0 (FocThumbnailRequest, 1);
  Pool *pool = self->pool;

  request->job = job;
  request->func = func;
  request->user_data = user_data;

  g_mutex_lock (&pool->mutex);
  if (job->state == JOB_WAITING)
    {
      if (job->requests->len > 0)
        g_queue_unlink (&pool->waiting[job->urgency], &job->link);
      job->urgency = MAX (job->urgency, urgency);
      g_queue_push_head_link (&pool->waiting[job->urgency], &job->link);
      g_cond_signal (&pool->wanted);
    }
  g_mutex_unlock (&pool->mutex);

  g_ptr_array_add (job->requests, request);
  start_threads (self);
  return request;
}

void
foc_thumbnailer_cancel (FocThumbnailer *self, FocThumbnailRequest *request)
{
  Pool *pool = self->pool;
  Job *job = request->job;

  g_ptr_array_remove_fast (job->requests, request);
  if (job->requests->len > 0)
    return;

  forget_job (self, job);
  g_mutex_lock (&pool->mutex);
  if (job->state == JOB_WAITING)
    {
      g_queue_unlink (&pool->waiting[job->urgency], &job->link);
      job_free (job);
    }
  else
    {
      g_cancellable_cancel (job->cancellable);
    }
  g_mutex_unlock (&pool->mutex);
}

guint64
foc_thumbnailer_get_n_decoded (FocThumbnailer *self)
{
  return self->n_decoded;
}

gsize
foc_thumbnailer_get_n_bytes (FocThumbnailer *self)
{
  return foc_thumbnail_cache_get_n_bytes (self->cache);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-feature-build.h"

#include "foc-error.h"
#include "foc-file.h"
#include "foc-preprocess.h"
#include "foc-rng.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Entries of the old store that are compared at once. */
#define CHUNK 2048

/* What the threads of one build share. */
typedef struct
{
  const FocDataset *dataset;
  FocFeatureWriter *writer;
  GCancellable *cancellable;
  guint32 n_rows;

  /* The store as it was, its entries, and where a name stands in it; or NULL. */
  FocFeatureStore *old;
  FocFeatureEntry *old_entries;
  GHashTable *old_rows; /* name hash -> entry */

  gint next_row;  /* atomic                    */
  gint rows_done; /* atomic                    */
  gint failed;    /* atomic: `error` is set    */

  GMutex mutex;
  GCond thread_ended;
  guint threads_left;
  GError *error; /* the first one */
} Build;

static FocFeatureEntry
describe (const FocDataset *dataset, guint32 row)
{
  const FocPicture *picture = foc_dataset_get_picture (dataset, row);

  return (FocFeatureEntry){
    .size = picture->size,
    .mtime = picture->mtime,
    .name_hash = foc_hash (picture->path, strlen (picture->path), 0),
    .label = picture->label,
  };
}

static gboolean
is_same_file (const FocFeatureEntry *old, const FocFeatureEntry *now)
{
  return old->name_hash == now->name_hash && old->size == now->size
         && old->mtime == now->mtime;
}

static gboolean
take_over (Build *build, FocFeatureEntry *entry, guint8 *features)
{
  const FocFeatureEntry *old;
  guint32 old_row;

  if (build->old == NULL)
    return FALSE;
  old = g_hash_table_lookup (build->old_rows, &entry->name_hash);

  /* A file that could not be reached may be there again without a trace in its size
   * and time. */
  if (old == NULL || !is_same_file (old, entry)
      || old->status == FOC_ERROR_IMAGE_NO_ACCESS)
    return FALSE;

  entry->status = old->status;
  old_row = (guint32) (old - build->old_entries);
  return foc_feature_store_read (build->old, &old_row, 1, features, NULL);
}

static guint8
status_of (const GError *error)
{
  /* It was a file when the folder was read, and may be one again. */
  if (g_error_matches (error, FOC_ERROR, FOC_ERROR_IMAGE_SPECIAL)
      || g_error_matches (error, FOC_ERROR, FOC_ERROR_IMAGE_FOLDER))
    return FOC_ERROR_IMAGE_NO_ACCESS;
  if (error->domain == FOC_ERROR && error->code > 0
      && error->code <= FOC_ERROR_LAST_IMAGE)
    return (guint8) error->code;

  return FOC_ERROR_IMAGE_DAMAGED;
}

static gboolean
make_row (Build *build, guint32 row, GError **error)
{
  FocFeatureEntry entry = describe (build->dataset, row);
  guint8 features[FOC_N_FEATURES];

  if (!take_over (build, &entry, features))
    {
      g_autofree char *path = foc_dataset_get_file (build->dataset, row);
      g_autoptr (GError) picture_error = NULL;

      entry.status = 0;
      if (!foc_preprocess_file (path, NULL, features, build->cancellable, &picture_error))
        {
          if (g_error_matches (picture_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            {
              g_propagate_error (error, g_steal_pointer (&picture_error));
              return FALSE;
            }
          entry.status = status_of (picture_error);
        }
    }

  return foc_feature_writer_write (build->writer, row, &entry, features, error);
}

static gpointer
work (gpointer data)
{
  Build *build = data;
  g_autoptr (GError) error = NULL;

  while (!g_atomic_int_get (&build->failed))
    {
      guint32 row = (guint32) g_atomic_int_add (&build->next_row, 1);

      if (row >= build->n_rows)
        break;
      if (g_cancellable_set_error_if_cancelled (build->cancellable, &error)
          || !make_row (build, row, &error))
        break;
      g_atomic_int_inc (&build->rows_done);
    }

  g_mutex_lock (&build->mutex);
  if (error != NULL && build->error == NULL)
    {
      build->error = g_steal_pointer (&error);
      g_atomic_int_set (&build->failed, TRUE);
    }
  build->threads_left--;
  g_cond_signal (&build->thread_ended);
  g_mutex_unlock (&build->mutex);

  return NULL;
}

/* Makes all rows; this thread only reports. */
static gboolean
make_rows (Build *build,
           guint jobs,
           FocProgress progress,
           gpointer user_data,
           GError **error)
{
  g_autofree GThread **threads = g_new (GThread *, jobs);

  build->threads_left = jobs;
  for (guint i = 0; i < jobs; i++)
    threads[i] = g_thread_new ("features", work, build);

  g_mutex_lock (&build->mutex);
  while (build->threads_left > 0)
    if (!g_cond_wait_until (&build->thread_ended, &build->mutex,
                            g_get_monotonic_time () + FOC_PROGRESS_INTERVAL)
        && progress != NULL)
      {
        g_mutex_unlock (&build->mutex);
        progress ((guint64) g_atomic_int_get (&build->rows_done), build->n_rows,
                  user_data);
        g_mutex_lock (&build->mutex);
      }
  g_mutex_unlock (&build->mutex);

  for (guint i = 0; i < jobs; i++)
    g_thread_join (threads[i]);

  if (build->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&build->error));
      return FALSE;
    }
  if (progress != NULL)
    progress (build->n_rows, build->n_rows, user_data);
  return TRUE;
}

/* Whether row `row` of the old store is what would be made now. */
static gboolean
is_row_up_to_date (const FocDataset *dataset, guint32 row, const FocFeatureEntry *old)
{
  FocFeatureEntry now = describe (dataset, row);

  if (!is_same_file (old, &now) || old->label != now.label)
    return FALSE;
  if (old->status == FOC_ERROR_IMAGE_NO_ACCESS)
    {
      g_autofree char *path = foc_dataset_get_file (dataset, row);

      return g_access (path, R_OK) != 0;
    }
  return TRUE;
}

static gboolean
is_up_to_date (const FocDataset *dataset,
               FocFeatureStore *store,
               GCancellable *cancellable)
{
  guint32 n_rows = foc_feature_store_get_n_rows (store);
  g_autofree FocFeatureEntry *entries = g_new (FocFeatureEntry, CHUNK);

  if (n_rows != foc_dataset_get_n_pictures (dataset)
      || foc_feature_store_get_n_classes (store) != foc_dataset_get_n_classes (dataset))
    return FALSE;

  for (guint32 first = 0; first < n_rows; first += CHUNK)
    {
      guint32 n = MIN (CHUNK, n_rows - first);

      if (g_cancellable_is_cancelled (cancellable)
          || !foc_feature_store_read_entries (store, first, n, entries, NULL))
        return FALSE;
      for (guint32 i = 0; i < n; i++)
        if (!is_row_up_to_date (dataset, first + i, &entries[i]))
          return FALSE;
    }

  return TRUE;
}

/* Where in the old store which picture is; without it nothing is taken over. */
static void
index_old_rows (Build *build)
{
  guint32 n = foc_feature_store_get_n_rows (build->old);

  build->old_entries = g_new (FocFeatureEntry, n);
  if (!foc_feature_store_read_entries (build->old, 0, n, build->old_entries, NULL))
    {
      g_clear_pointer (&build->old, foc_feature_store_unref);
      return;
    }

  build->old_rows = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint32 i = 0; i < n; i++)
    g_hash_table_insert (build->old_rows, &build->old_entries[i].name_hash,
                         &build->old_entries[i]);
}

/* The digest begins with what the features are of. */
static GChecksum *
begin_digest (const FocDataset *dataset)
{
  GChecksum *digest = g_checksum_new (G_CHECKSUM_SHA256);
  const char *const *names = foc_dataset_get_class_names (dataset);

  /* The zero byte behind each string is part of it, so that no two lists of
   * names read the same. */
  for (guint i = 0; names[i] != NULL; i++)
    g_checksum_update (digest, (const guchar *) names[i], (gssize) strlen (names[i]) + 1);
  g_checksum_update (digest, (const guchar *) "", 1);
  for (guint32 i = 0; i < foc_dataset_get_n_pictures (dataset); i++)
    {
      const char *path = foc_dataset_get_picture (dataset, i)->path;

      g_checksum_update (digest, (const guchar *) path, (gssize) strlen (path) + 1);
    }

  return digest;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The formats that gdk-pixbuf has loaders for. With a new loader a picture that had
 * none may be read, though nothing about its file has changed. */
static char *
list_formats (void)
{
  GSList *formats = gdk_pixbuf_get_formats ();
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (GSList *l = formats; l != NULL; l = l->next)
    if (!gdk_pixbuf_format_is_disabled (l->data))
      g_ptr_array_add (names, gdk_pixbuf_format_get_name (l->data));
  g_slist_free (formats);

  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (GStrv) names->pdata);
}

static void
compute_key (const FocDataset *dataset,
             guint8 key[FOC_FEATURE_KEY_BYTES],
             char **file_name)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *formats = list_formats ();
  g_autofree char *recipe = g_strdup_printf ("%s\n%s\n%s\n", FOC_PREPROCESS_ID,
                                             foc_image_get_decoders (), formats);
  gsize length = FOC_FEATURE_KEY_BYTES;

  g_checksum_update (checksum, (const guchar *) recipe, -1);
  g_checksum_update (checksum, (const guchar *) foc_dataset_get_root (dataset), -1);
  *file_name = g_strdup_printf ("%.32s.focf", g_checksum_get_string (checksum));

  /* Reading it as a string has closed the checksum: the digest is still there. */
  g_checksum_get_digest (checksum, key, &length);
}

static FocFeatureWriter *
begin_store (Build *build,
             const char *path,
             const guint8 *key,
             char **notice,
             GError **error)
{
  guint n_classes = foc_dataset_get_n_classes (build->dataset);
  g_autoptr (GError) cache_error = NULL;
  FocFeatureWriter *writer;

  if (path != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (path);

      writer =
        foc_file_make_folder (folder, &cache_error)
          ? foc_feature_writer_new (path, key, build->n_rows, n_classes, &cache_error)
          : NULL;
      if (writer != NULL)
        return writer;
      if (g_error_matches (cache_error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
        {
          g_propagate_error (error, g_steal_pointer (&cache_error));
          return NULL;
        }

      g_free (*notice);
      *notice = g_strdup_printf (_ ("%s The features will be computed again next time."),
                                 cache_error->message);
    }

  return foc_feature_writer_new (NULL, key, build->n_rows, n_classes, error);
}

static void
build_clear (Build *build)
{
  g_clear_pointer (&build->writer, foc_feature_writer_free);
  g_clear_pointer (&build->old, foc_feature_store_unref);
  g_clear_pointer (&build->old_rows, g_hash_table_unref);
  g_clear_pointer (&build->old_entries, g_free);
  g_clear_error (&build->error);
  g_mutex_clear (&build->mutex);
  g_cond_clear (&build->thread_ended);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Build, build_clear)

/* The store that there is, unless it is not to be used. */
static void
open_old (Build *build, const char *path, const guint8 *key, char **notice)
{
  g_autoptr (GError) error = NULL;

  build->old = foc_feature_store_open (path, key, &error);
  if (error != NULL && error->domain == FOC_ERROR)
    *notice = g_strdup_printf (_ ("%s It was built again."), error->message);
}

FocFeatureStore *
foc_feature_build (const FocDataset *dataset,
                   const FocFeatureBuildOptions *options,
                   FocProgress progress,
                   gpointer user_data,
                   GCancellable *cancellable,
                   char **notice,
                   GError **error)
{
  g_auto (Build) build = {
    .dataset = dataset,
    .cancellable = cancellable,
    .n_rows = foc_dataset_get_n_pictures (dataset),
  };
  g_autoptr (GChecksum) digest = NULL;
  g_autofree char *file_name = NULL;
  g_autofree char *path = NULL;
  guint8 key[FOC_FEATURE_KEY_BYTES];

  g_mutex_init (&build.mutex);
  g_cond_init (&build.thread_ended);
  *notice = NULL;

  compute_key (dataset, key, &file_name);
  if (options->cache != NULL)
    path = g_build_filename (options->cache, "features", file_name, NULL);

  if (path != NULL && !options->fresh)
    {
      open_old (&build, path, key, notice);
      if (build.old != NULL && is_up_to_date (dataset, build.old, cancellable))
        {
          if (progress != NULL)
            progress (build.n_rows, build.n_rows, user_data);
          return g_steal_pointer (&build.old);
        }
      if (build.old != NULL)
        index_old_rows (&build);
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  build.writer = begin_store (&build, path, key, notice, error);
  if (build.writer == NULL
      || !make_rows (&build, CLAMP (options->jobs, 1, MAX (build.n_rows, 1)), progress,
                     user_data, error))
    return NULL;

  digest = begin_digest (dataset);
  return foc_feature_writer_commit (build.writer, digest, cancellable, error);
}

char *
foc_default_cache (void)
{
  return g_build_filename (g_get_user_cache_dir (), "face-or-comic", NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "foc-demo-jpeg.h"
#include "foc-error.h"
#include "foc-file.h"
#include "foc-limits.h"

#define JPEG_QUALITY 90

static const char *const class_names[] = { "faces", "comics" };

typedef struct
{
  const char *folder;
  const FocDemoOptions *options;
  guint total;
  FocDemoProgress progress;
  gpointer user_data;
  GCancellable *cancellable;

  GMutex lock; /* guards what follows */
  guint next;  /* the picture that nobody has begun */
  guint done;
  GError *error; /* the first one: it ends all threads */
} Work;

/* Pictures are numbered over both classes, one of each in turn. */
static char *
picture_path (const char *folder, guint number)
{
  g_autofree char *name = g_strdup_printf ("%u.jpg", number / 2);

  return g_build_filename (folder, class_names[number % 2], name, NULL);
}

static gboolean
write_picture (const char *folder,
               const FocDemoOptions *options,
               guint number,
               GError **error)
{
  g_autofree char *path = picture_path (folder, number);
  cairo_surface_t *surface = foc_demo_draw (number % 2 ? FOC_DEMO_COMIC : FOC_DEMO_FACE,
                                            options->seed, number / 2, options->size);
  gsize length = 0;
  guint8 *data = foc_demo_encode_jpeg (surface, JPEG_QUALITY, &length);
  gboolean written;

  cairo_surface_destroy (surface);
  if (data == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOMEM,
                   _ ("There is not enough memory to draw “%s”."), name);
      return FALSE;
    }
  written = foc_file_replace (path, data, length, error);
  free (data);
  return written;
}

static gpointer
draw_pictures (gpointer user_data)
{
  Work *work = user_data;

  g_mutex_lock (&work->lock);
  while (work->error == NULL && work->next < work->total
         && !g_cancellable_set_error_if_cancelled (work->cancellable, &work->error))
    {
      guint number = work->next++;
      GError *error = NULL;

      g_mutex_unlock (&work->lock);
      write_picture (work->folder, work->options, number, &error);
      g_mutex_lock (&work->lock);

      if (error == NULL)
        {
          work->done++;
          if (work->progress != NULL && work->error == NULL)
            work->progress (work->done, work->total, work->user_data);
        }
      else if (work->error == NULL)
        work->error = error;
      else
        g_error_free (error);
    }
  g_mutex_unlock (&work->lock);

  return NULL;
}

static gboolean
check_options (const FocDemoOptions *options, GError **error)
{
  if (options->per_class < 1 || options->per_class > FOC_DEMO_PER_CLASS_MAX)
    g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
                 _ ("The number of pictures per class must be between %u and %u."), 1,
                 FOC_DEMO_PER_CLASS_MAX);
  else if (options->size < FOC_DEMO_SIZE_MIN || options->size > FOC_DEMO_SIZE_MAX)
    g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
                 _ ("The size of the pictures must be between %u and %u pixels."),
                 FOC_DEMO_SIZE_MIN, FOC_DEMO_SIZE_MAX);
  else if (options->jobs > FOC_LIMIT_JOBS)
    g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
                 _ ("The number of threads must be at most %u."), FOC_LIMIT_JOBS);
  else
    return TRUE;
  return FALSE;
}

/* Makes sure that `folder` is an empty folder; `created` tells whether it had to
 * be made for that. */
static gboolean
prepare_folder (const char *folder, gboolean *created, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  g_autoptr (GError) open_error = NULL;
  g_autoptr (GDir) dir = NULL;

  *created = !g_file_test (folder, G_FILE_TEST_EXISTS);
  if (*created)
    return foc_file_make_folder (folder, error);

  dir = g_dir_open (folder, 0, &open_error);
  if (dir == NULL)
    g_set_error (error, open_error->domain, open_error->code,
                 g_error_matches (open_error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR)
                   ? _ ("“%s” is a file, and the demo data set needs a folder.")
                   : _ ("The folder “%s” cannot be read."),
                 name);
  else if (g_dir_read_name (dir) != NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_EMPTY,
                 _ ("The folder “%s” is not empty: choose an empty or a new one."), name);
  else
    return TRUE;
  return FALSE;
}

/* Back to what was found. Only files that this run began to write are removed,
 * and folders only if nothing else has appeared in them meanwhile. */
static void
clean_up (const char *folder, guint begun, gboolean created)
{
  for (guint number = 0; number < begun; number++)
    {
      g_autofree char *path = picture_path (folder, number);

      foc_file_remove (path, NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (class_names); i++)
    {
      g_autofree char *path = g_build_filename (folder, class_names[i], NULL);

      foc_file_remove_empty_folder (path);
    }
  if (created)
    foc_file_remove_empty_folder (folder);
}

static gboolean
make_class_folders (const char *folder, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (class_names); i++)
    {
      g_autofree char *path = g_build_filename (folder, class_names[i], NULL);

      if (!foc_file_make_folder (path, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
foc_demo_write (const char *folder,
                const FocDemoOptions *options,
                FocDemoProgress progress,
                gpointer user_data,
                GCancellable *cancellable,
                GError **error)
{
  Work work = { .folder = folder,
                .options = options,
                .progress = progress,
                .user_data = user_data,
                .cancellable = cancellable };
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  gboolean created;
  guint jobs;

  g_return_val_if_fail (folder != NULL && options != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !check_options (options, error) || !prepare_folder (folder, &created, error))
    return FALSE;

  work.total = 2 * options->per_class;
  jobs = options->jobs > 0 ? options->jobs : g_get_num_processors ();
  jobs = MIN (jobs, work.total);

  g_mutex_init (&work.lock);
  if (make_class_folders (folder, &work.error))
    {
      /* The calling thread is the first worker, so that there is always one. */
      for (guint i = 1; i < jobs; i++)
        {
          GThread *thread = g_thread_try_new ("foc-demo", draw_pictures, &work, NULL);

          if (thread == NULL)
            break;
          g_ptr_array_add (threads, thread);
        }
      draw_pictures (&work);
      for (guint i = 0; i < threads->len; i++)
        g_thread_join (g_ptr_array_index (threads, i));
    }
  g_mutex_clear (&work.lock);

  if (work.error == NULL)
    return TRUE;

  clean_up (folder, work.next, created);
  g_propagate_error (error, work.error);
  return FALSE;
}

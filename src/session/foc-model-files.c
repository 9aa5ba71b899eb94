/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-model-files.h"

#include "foc-blas.h"
#include "foc-export.h"
#include "foc-limits.h"
#include "foc-model-file.h"
#include "foc-writing.h"

typedef struct
{
  FocLoadedModel *model;
  char *path;
} Task;

static void
task_free (gpointer data)
{
  Task *self = data;

  g_object_unref (self->model);
  g_free (self->path);
  g_free (self);
}

/* The file as it was when the model was read from it; FALSE where it is not any more. */
static gboolean
read_unchanged (FocLoadedModel *model, guint8 **bytes, gsize *length)
{
  g_autofree guint8 *found = NULL;
  g_autofree char *sha256 = NULL;

  if (!foc_file_read (foc_loaded_model_get_path (model), FOC_LIMIT_SAFETENSORS_BYTES,
                      &found, length, NULL))
    return FALSE;
  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, found, *length);
  if (g_strcmp0 (sha256, foc_loaded_model_get_sha256 (model)) != 0)
    return FALSE;

  *bytes = g_steal_pointer (&found);
  return TRUE;
}

static gpointer
save (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Task *task = data;
  g_autofree guint8 *bytes = NULL;
  gsize length;
  gboolean saved;

  g_cancellable_push_current (cancellable);
  saved = read_unchanged (task->model, &bytes, &length)
            ? foc_file_replace (task->path, bytes, length, error)
            : foc_model_save (foc_loaded_model_get_own (task->model), task->path, error);
  g_cancellable_pop_current (cancellable);
  return saved ? g_filename_display_basename (task->path) : NULL;
}

static gpointer
export_onnx (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Task *task = data;
  gboolean exported;

  foc_blas_begin_thread ();
  g_cancellable_push_current (cancellable);
  exported = foc_export (foc_loaded_model_get_own (task->model), FOC_EXPORT_ONNX,
                         task->path, error);
  g_cancellable_pop_current (cancellable);
  return exported ? g_filename_display_basename (task->path) : NULL;
}

/* `path` is taken over. */
static FocJob *
begin (FocLoadedModel *model,
       char *path,
       FocJobFunc work,
       GAsyncReadyCallback callback,
       gpointer owner)
{
  FocJob *job = foc_job_new ();
  Task *task = g_new0 (Task, 1);

  task->model = g_object_ref (model);
  task->path = path;
  foc_writing_add_file (job, path);
  foc_job_run (job, work, task, task_free, g_free, callback, owner);
  return job;
}

FocJob *
foc_model_files_save (FocLoadedModel *model,
                      const char *path,
                      GAsyncReadyCallback callback,
                      gpointer owner)
{
  return begin (model, g_strdup (path), save, callback, owner);
}

char *
foc_model_files_get_export_path (FocLoadedModel *model, const char *folder)
{
  g_autofree char *name = foc_loaded_model_make_file_name (model, ".onnx");

  return g_build_filename (folder, name, NULL);
}

FocJob *
foc_model_files_export (FocLoadedModel *model,
                        const char *folder,
                        GAsyncReadyCallback callback,
                        gpointer owner)
{
  return begin (model, foc_model_files_get_export_path (model, folder), export_onnx,
                callback, owner);
}

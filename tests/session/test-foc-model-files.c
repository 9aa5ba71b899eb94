/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-model-files.h"

#include "test-catalog.h"
#include "test-folders.h"
#include "test-loop.h"

#include "foc-blas.h"
#include "foc-error.h"
#include "foc-export.h"
#include "foc-model-file.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* The model in use, saved and exported. */

typedef struct
{
  char *folder;
  char *path; /* of the model */
  FocLoadedModel *model;
  GObject *owner;

  gboolean done;
  char *name; /* what the job returned */
  GError *error;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = test_folder_new ();
  self->path = test_write_model (self->folder, "a b", 1);
  self->model = foc_loaded_model_read (self->path, NULL);
  self->owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data (self->owner, "fixture", self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_true (foc_job_wait_for_workers (60000));
  g_assert_finalize_object (self->model);
  g_object_unref (self->owner);
  g_clear_error (&self->error);
  g_free (self->name);
  test_folder_delete (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer owner)
{
  Fixture *self = g_object_get_data (owner, "fixture");

  self->name = foc_job_finish (FOC_JOB (source), result, &self->error);
  self->done = TRUE;
}

/* Takes the job. */
static void
wait (Fixture *self, FocJob *job)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->name, g_free);
  self->done = FALSE;
  TEST_WAIT (self->done);
  g_object_unref (job);
}

/* In `folder` as "saved.safetensors"; its path, or NULL with the error. */
static char *
save (Fixture *self, FocLoadedModel *model)
{
  char *path = test_path (self->folder, "saved.safetensors");
  FocJob *job;

  job = foc_model_files_save (model, path, on_done, self->owner);
  test_assert_writing (TEST_WRITING ("saved.safetensors"));
  wait (self, job);
  test_assert_writing (NULL);
  if (self->error != NULL)
    g_clear_pointer (&path, g_free);
  else
    g_assert_cmpstr (self->name, ==, "saved.safetensors");
  return path;
}

static void
assert_same_bytes (const char *a, const char *b)
{
  g_autofree char *of_a = test_file_sha256 (a);
  g_autofree char *of_b = test_file_sha256 (b);

  g_assert_cmpstr (of_a, ==, of_b);
}

/* With what others have noted in it. */
static void
test_unchanged (Fixture *self, gconstpointer data)
{
  g_autoptr (FocSafetensors) file = foc_safetensors_read (self->path, NULL);
  g_autofree char *noted = test_path (self->folder, "noted.safetensors");
  g_autofree char *saved = NULL;
  g_autoptr (FocLoadedModel) model = NULL;
  g_autoptr (FocLoadedModel) surer = NULL;

  foc_safetensors_set (file, "made_by", "somebody else");
  g_assert_true (foc_safetensors_write (file, noted, NULL));
  model = foc_loaded_model_read (noted, NULL);
  saved = save (self, model);
  assert_same_bytes (saved, noted);

  /* The threshold of the user's is not the model's. */
  surer = foc_loaded_model_with_threshold (model, 0.99);
  g_assert_cmpint (g_unlink (saved), ==, 0);
  g_clear_pointer (&saved, g_free);
  saved = save (self, surer);
  assert_same_bytes (saved, noted);
}

/* The file is another one by now, or has gone: it is the model in use that is saved. */
static void
test_changed (Fixture *self, gconstpointer data)
{
  g_autofree char *kept = test_path (self->folder, "kept");
  g_autofree char *saved = NULL;
  g_autofree char *other = NULL;
  g_autoptr (FocLoadedModel) surer = foc_loaded_model_with_threshold (self->model, 0.99);

  g_assert_cmpint (g_rename (self->path, kept), ==, 0);
  saved = save (self, surer);
  assert_same_bytes (saved, kept);

  other = test_write_model (self->folder, "c d", 2);
  g_assert_cmpint (g_unlink (saved), ==, 0);
  g_clear_pointer (&saved, g_free);
  saved = save (self, self->model);
  assert_same_bytes (saved, kept);
}

static void
test_not_saved (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *saved = NULL;

      test_add_file (self->folder, "saved.safetensors", "mine", 4);
      foc_file_set_fault (2, ENOSPC);
      saved = save (self, self->model);
      foc_file_set_fault (0, 0);
      g_assert_null (saved);
      g_assert_error (self->error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
      g_assert_nonnull (strstr (self->error->message, "saved.safetensors"));

      saved = test_path (self->folder, "saved.safetensors");
      g_assert_cmpint (g_unlink (saved), ==, 0);
      g_unlink (self->path); /* then it is written anew */
    }
}

static void
test_export (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "exports");
  g_autofree char *path = test_path (folder, "model.onnx");
  g_autofree char *expected = test_path (self->folder, "expected.onnx");
  g_autoptr (FocLoadedModel) surer = foc_loaded_model_with_threshold (self->model, 0.99);

  test_add_folder (self->folder, "exports");
  g_assert_true (foc_export (foc_loaded_model_get_model (self->model), FOC_EXPORT_ONNX,
                             expected, NULL));
  for (guint i = 0; i < 2; i++) /* and over the earlier export */
    {
      FocJob *job = foc_model_files_export (surer, folder, on_done, self->owner);

      test_assert_writing (TEST_WRITING ("model.onnx"));
      wait (self, job);
      g_assert_no_error (self->error);
      g_assert_cmpstr (self->name, ==, "model.onnx");
      g_assert_cmpuint (test_folder_count (folder), ==, 3);
      assert_same_bytes (path, expected);
    }

  /* What is no export stays. */
  test_folder_delete (folder);
  test_add_file (folder, "model.onnx", "mine", 4);
  wait (self, foc_model_files_export (self->model, folder, on_done, self->owner));
  g_assert_error (self->error, FOC_ERROR, FOC_ERROR_RUN);
  g_assert_cmpuint (test_folder_count (folder), ==, 1);

  /* No such folder. */
  test_folder_delete (folder);
  wait (self, foc_model_files_export (self->model, folder, on_done, self->owner));
  g_assert_error (self->error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* It may have been done before that: then once more. */
static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = test_path (self->folder, "exports");
  g_autofree char *path = test_path (folder, "saved.safetensors");

  for (guint i = 0; i < 2; i++)
    {
      gboolean is_there = TRUE;

      for (guint attempt = 0; attempt < 20 && is_there; attempt++)
        {
          FocJob *job;

          test_add_folder (self->folder, "exports");
          job = i == 0
                  ? foc_model_files_save (self->model, path, on_done, self->owner)
                  : foc_model_files_export (self->model, folder, on_done, self->owner);
          foc_job_cancel (job);
          wait (self, job);
          g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          g_assert_true (foc_job_wait_for_workers (60000));
          is_there = test_folder_count (folder) > 0;
          test_folder_delete (folder);
        }
      g_assert_false (is_there);
    }
}

#define ADD(name, function)                                                              \
  g_test_add ("/model-files/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  foc_blas_begin_thread ();

  ADD ("unchanged", test_unchanged);
  ADD ("changed", test_changed);
  ADD ("not-saved", test_not_saved);
  ADD ("export", test_export);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-run-folder.h"

#include "foc-error.h"
#include "foc-file.h"
#include "foc-seal.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define RECORD "run.json"
#define MODEL "model.safetensors"

/* Copies beyond so many of one name are no copies any more. */
#define MAX_COPIES 1000

/* The names that a run's files have; for each N there is a checkpoint and a cell, and
 * one checkpoint more, of the final model. */
static gboolean
is_numbered (const char *name)
{
  for (guint i = 0; i <= FOC_LIMIT_LEARNING_RATES; i++)
    {
      g_autofree char *checkpoint = foc_checkpoint_path ("", i);
      g_autofree char *cell = foc_cell_path ("", i);

      if (g_str_equal (name, checkpoint) || g_str_equal (name, cell))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_of_run (const char *name)
{
  return g_str_equal (name, RECORD) || g_str_equal (name, MODEL) || is_numbered (name);
}

/* ".NAME.foc-XXXXXX": in a locked folder nobody writes it any more. */
static gboolean
is_leftover (const char *name)
{
  const char *end = strlen (name) > strlen ("..foc-XXXXXX")
                      ? name + strlen (name) - strlen (".foc-XXXXXX")
                      : NULL;
  g_autofree char *of = NULL;

  if (name[0] != '.' || end == NULL || !g_str_has_prefix (end, ".foc-"))
    return FALSE;
  of = g_strndup (name + 1, (gsize) (end - name) - 1);
  return is_of_run (of);
}

/* The names of the run's files in the folder, the record last, then NULL. */
static GStrv
list_files (const char *folder, gboolean leftovers)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  const char *name;
  gboolean has_record = FALSE;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_equal (name, RECORD))
      has_record = TRUE;
    else if (is_of_run (name) || (leftovers && is_leftover (name)))
      g_strv_builder_add (names, name);
  if (has_record)
    g_strv_builder_add (names, RECORD);

  return g_strv_builder_end (names);
}

/* The lock, or -1. */
static int
lock_run (const char *folder, GError **error)
{
  g_autofree char *record = g_build_filename (folder, RECORD, NULL);
  int lock = foc_file_lock_folder (folder, error);

  if (lock >= 0 && !g_file_test (record, G_FILE_TEST_EXISTS))
    {
      g_autofree char *name = g_filename_display_name (folder);

      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                   _ ("There is no run in the folder “%s”."), name);
      close (lock);
      return -1;
    }

  return lock;
}

gboolean
foc_run_rename (const char *folder, const char *title, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (title));
  g_autoptr (FocRun) run = NULL;
  gboolean renamed = FALSE;
  int lock;

  if (strlen (stripped) > FOC_LIMIT_TITLE_BYTES)
    {
      g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
                   _ ("The name of a run must not be longer than %d bytes."),
                   FOC_LIMIT_TITLE_BYTES);
      return FALSE;
    }

  lock = lock_run (folder, error);
  if (lock < 0)
    return FALSE;
  run = foc_run_load (folder, error);
  if (run != NULL)
    {
      g_free (run->title);
      run->title = stripped[0] != '\0' ? g_steal_pointer (&stripped) : NULL;
      renamed = foc_run_save (run, error);
    }
  close (lock);

  return renamed;
}

gboolean
foc_run_delete (const char *folder, GError **error)
{
  int lock = lock_run (folder, error);
  g_autoptr (FocRun) run = NULL;
  g_auto (GStrv) names = NULL;
  gboolean deleted;

  if (lock < 0)
    return FALSE;

  /* First: it may end in between, and looks are not to be forgotten. */
  run = foc_run_load (folder, NULL);
  deleted = run == NULL || run->model_sha256 == NULL || run->n_looks == 0
            || foc_seal_inherit_looks (run->model_sha256, run->n_looks, error);
  names = list_files (folder, TRUE);
  for (guint i = 0; deleted && names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      deleted = foc_file_remove (path, error);
    }
  if (deleted)
    foc_file_remove_empty_folder (folder);
  close (lock);

  return deleted;
}

static gboolean
copy_files (const char *from,
            const char *to,
            const char *const *names,
            GCancellable *cancellable,
            GError **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *source = g_build_filename (from, names[i], NULL);
      g_autofree char *copy = g_build_filename (to, names[i], NULL);
      FocFileStamp stamp;

      if (!foc_file_copy (source, copy, &stamp, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/* Gives the folder `begun` the first name in `target` that is not taken. */
static char *
give_name (const char *begun, const char *target, const char *name, GError **error)
{
  for (guint i = 1; i <= MAX_COPIES; i++)
    {
      g_autofree char *numbered =
        i == 1 ? g_strdup (name) : g_strdup_printf ("%s-%u", name, i);
      g_autofree char *path = g_build_filename (target, numbered, NULL);
      g_autoptr (GError) name_error = NULL;

      if (foc_file_finish_folder (begun, path, &name_error))
        return g_steal_pointer (&path);
      if (i == MAX_COPIES
          || !g_error_matches (name_error, G_FILE_ERROR, G_FILE_ERROR_EXIST))
        {
          g_propagate_error (error, g_steal_pointer (&name_error));
          break;
        }
    }

  return NULL;
}

char *
foc_run_copy (const char *folder,
              const char *target,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *wanted = g_build_filename (target, name, NULL);
  g_autofree char *begun = NULL;
  g_auto (GStrv) names = NULL;
  char *path = NULL;
  int lock = lock_run (folder, error);

  if (lock < 0)
    return NULL;

  names = list_files (folder, FALSE);
  begun = foc_file_begin_folder (wanted, error);
  if (begun != NULL
      && copy_files (folder, begun, (const char *const *) names, cancellable, error)
      && !g_cancellable_set_error_if_cancelled (cancellable, error))
    path = give_name (begun, target, name, error);
  if (begun != NULL && path == NULL)
    {
      for (guint i = 0; names[i] != NULL; i++)
        {
          g_autofree char *copy = g_build_filename (begun, names[i], NULL);

          foc_file_remove (copy, NULL);
        }
      foc_file_remove_empty_folder (begun);
    }
  close (lock);

  return path;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-run-find.h"

#include "foc-error.h"
#include "foc-file.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

static gboolean
can_go_on (const FocRun *run, const FocRun *wanted)
{
  return run != NULL && !foc_run_is_finished (run) && foc_run_is_same (run, wanted);
}

/* The unfinished run of the same kind among the user's runs that nobody works at,
 * locked; or NULL. */
static FocRun *
find_unfinished (const FocRun *wanted, const char *runs, int *lock)
{
  g_autoptr (GDir) dir = g_dir_open (runs, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (runs, name, NULL);
      g_autoptr (FocRun) before = foc_run_load (folder, NULL);
      g_autoptr (FocRun) run = NULL;

      if (!can_go_on (before, wanted))
        continue;
      *lock = foc_file_lock_folder (folder, NULL);
      if (*lock < 0)
        continue;

      /* Whoever had the lock may have finished it. */
      run = foc_run_load (folder, NULL);
      if (can_go_on (run, wanted))
        return g_steal_pointer (&run);
      close (*lock);
      *lock = -1;
    }

  return NULL;
}

/* A folder without a record may only be filled if there is nothing else in it. */
static gboolean
check_empty (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *name = g_filename_display_name (folder);
  const char *entry;

  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    if (entry[0] != '.')
      {
        g_set_error (
          error, FOC_ERROR, FOC_ERROR_RUN,
          _ ("The folder “%s” holds other files than those of a run; name an empty "
             "or a new one."),
          name);
        return FALSE;
      }

  return TRUE;
}

/* Looks for a run to go on with in the folder of `wanted`: NULL without an error if
 * there is none. */
static FocRun *
find_in_folder (FocRun *wanted, gboolean fresh, gboolean look, GError **error)
{
  g_autofree char *name = g_filename_display_name (wanted->folder);
  g_autoptr (GError) load_error = NULL;
  g_autoptr (FocRun) run = foc_run_load (wanted->folder, &load_error);

  if (g_error_matches (load_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    check_empty (wanted->folder, error);
  else if (fresh && !g_error_matches (load_error, G_FILE_ERROR, G_FILE_ERROR_ACCES))
    {
      /* There was a run, of whatever kind, or a broken record: it is replaced. */
      if (run != NULL && g_str_equal (run->data_digest, wanted->data_digest))
        wanted->n_looks = run->n_looks;
    }
  else if (run == NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (look ? !foc_run_is_of_same_data (run, wanted) : !foc_run_is_same (run, wanted))
    g_set_error (
      error, FOC_ERROR, FOC_ERROR_RUN,
      _ (
        "The folder “%s” holds a run with other settings, on other data, or by other "
        "versions of this program, of OpenBLAS or of its processor kernels; name another "
        "folder or begin afresh (--fresh)."),
      name);
  else
    return g_steal_pointer (&run);

  return NULL;
}

FocRun *
foc_run_find (FocRun *wanted,
              const char *runs,
              gboolean fresh,
              gboolean look,
              int *lock,
              gboolean *resumed,
              GError **error)
{
  g_autoptr (FocRun) run = wanted;
  GError *find_error = NULL;
  FocRun *found = NULL;

  if (runs != NULL && !fresh)
    found = find_unfinished (wanted, runs, lock);
  if (found == NULL)
    {
      if (!foc_file_make_folder (wanted->folder, error))
        return NULL;
      *lock = foc_file_lock_folder (wanted->folder, error);
      if (*lock < 0)
        return NULL;
      found = find_in_folder (wanted, fresh, look, &find_error);
    }
  if (find_error != NULL)
    {
      g_propagate_error (error, find_error);
      return NULL;
    }

  *resumed = found != NULL;
  return found != NULL ? found : g_steal_pointer (&run);
}

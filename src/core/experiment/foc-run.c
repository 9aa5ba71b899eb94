/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-run.h"

#include "foc-blas.h"
#include "foc-file.h"
#include "foc-image.h"

#include <math.h>

#define MODEL "model.safetensors"

FocRun *
foc_run_new (const char *folder)
{
  FocRun *self = g_atomic_rc_box_new0 (FocRun);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  self->folder = g_strdup (folder);
  self->created = g_date_time_format_iso8601 (now);
  self->program_version = g_strdup (FOC_VERSION);
  self->blas_core = g_strdup (foc_blas_core_name ());
  self->arithmetic = g_strdup (foc_blas_arithmetic ());
  self->libraries =
    g_strdup_printf ("%s, GLib %u.%u.%u", foc_image_get_decoders (), glib_major_version,
                     glib_minor_version, glib_micro_version);
  self->best.accuracy = self->best.loss = NAN;

  return self;
}

FocRun *
foc_run_ref (const FocRun *self)
{
  return g_atomic_rc_box_acquire ((FocRun *) self);
}

static void
clear (gpointer data)
{
  FocRun *self = data;

  g_free (self->folder);
  g_free (self->created);
  g_free (self->title);
  g_free (self->dataset_name);
  g_free (self->data_digest);
  g_strfreev (self->class_names);
  g_free (self->program_version);
  g_free (self->blas_core);
  g_free (self->arithmetic);
  g_free (self->libraries);
  g_clear_pointer (&self->grid, foc_grid_free);
  g_clear_pointer (&self->final_curve, g_array_unref);
  g_free (self->model_sha256);
  foc_certainty_clear (&self->certainty);
  foc_measurement_clear (&self->validation);
  foc_measurement_clear (&self->holdout);
}

void
foc_run_unref (FocRun *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

FocRun *
foc_run_snapshot (const FocRun *self)
{
  FocRun *copy = g_atomic_rc_box_new (FocRun);

  *copy = *self;
  copy->folder = g_strdup (self->folder);
  copy->created = g_strdup (self->created);
  copy->title = g_strdup (self->title);
  copy->dataset_name = g_strdup (self->dataset_name);
  copy->data_digest = g_strdup (self->data_digest);
  copy->class_names = g_strdupv (self->class_names);
  copy->program_version = g_strdup (self->program_version);
  copy->blas_core = g_strdup (self->blas_core);
  copy->arithmetic = g_strdup (self->arithmetic);
  copy->libraries = g_strdup (self->libraries);
  if (self->grid != NULL)
    copy->grid = foc_grid_share (self->grid);
  if (self->certainty.novelty != NULL)
    copy->certainty.novelty = foc_novelty_copy (self->certainty.novelty);
  foc_measurement_copy (&self->validation, &copy->validation);
  if (self->final_curve != NULL)
    g_array_ref (self->final_curve);
  copy->model_sha256 = g_strdup (self->model_sha256);
  foc_measurement_copy (&self->holdout, &copy->holdout);

  return copy;
}

gboolean
foc_run_is_finished (const FocRun *self)
{
  return self->model_sha256 != NULL && self->holdout.measured;
}

gboolean
foc_run_has_diverged (const FocRun *self)
{
  return self->grid != NULL && isnan (self->best.accuracy);
}

gboolean
foc_run_is_of_same_data (const FocRun *self, const FocRun *other)
{
  g_autofree char *mine = foc_settings_to_string (&self->settings);
  g_autofree char *theirs = foc_settings_to_string (&other->settings);

  return g_str_equal (mine, theirs)
         && g_str_equal (self->data_digest, other->data_digest);
}

gboolean
foc_run_is_same (const FocRun *self, const FocRun *other)
{
  return foc_run_is_of_same_data (self, other)
         && g_str_equal (self->program_version, other->program_version)
         && g_str_equal (self->arithmetic, other->arithmetic);
}

char *
foc_run_get_model_path (const FocRun *self)
{
  return g_build_filename (self->folder, MODEL, NULL);
}

char *
foc_run_get_final_checkpoint (const FocRun *self)
{
  return foc_checkpoint_path (self->folder, self->settings.n_learning_rates);
}

char *
foc_runs_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "face-or-comic", "runs", NULL);
}

char *
foc_run_make_name (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d-%H%M%S");

  /* Two runs may begin in one second. */
  return g_strdup_printf ("%s-%04x", time, g_random_int () & 0xffff);
}

gboolean
foc_run_count_look (FocRun *self, GError **error)
{
  self->n_looks++;
  if (foc_run_save (self, error))
    return TRUE;

  self->n_looks--;
  return FALSE;
}

static gboolean
has_model (const FocRun *run, const char *sha256)
{
  return run != NULL && g_strcmp0 (run->model_sha256, sha256) == 0;
}

FocRun *
foc_run_find_model (const char *path)
{
  g_autofree char *sha256 = foc_file_sha256 (path, FOC_LIMIT_SAFETENSORS_BYTES, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *runs = foc_runs_folder ();
  g_autoptr (GDir) dir = NULL;
  FocRun *run;
  const char *name;

  if (sha256 == NULL)
    return NULL;

  run = foc_run_load (folder, NULL);
  if (has_model (run, sha256))
    return run;
  g_clear_pointer (&run, foc_run_unref);

  dir = g_dir_open (runs, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *candidate = g_build_filename (runs, name, NULL);

      run = foc_run_load (candidate, NULL);
      if (has_model (run, sha256))
        return run;
      g_clear_pointer (&run, foc_run_unref);
    }

  return NULL;
}

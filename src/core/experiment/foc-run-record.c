/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-run.h"

#include "foc-error.h"
#include "foc-file.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define FORMAT "face-or-comic-run-2"
#define RECORD "run.json"

/* The record as JSON. Writing */

static void
cell_to_json (const FocCell *cell, gboolean with_result, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  foc_json_add_double (builder, "learning_rate", cell->learning_rate);
  foc_json_add_int (builder, "epochs", cell->epochs);
  if (with_result)
    {
      foc_json_add_double (builder, "accuracy", cell->accuracy);
      foc_json_add_double (builder, "loss", cell->loss);
    }
  json_builder_end_object (builder);
}

void
foc_run_cells_to_json (const FocRun *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "cells");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->grid->n_learning_rates; i++)
    for (guint j = 0; j < self->grid->n_epochs; j++)
      {
        FocCell cell;

        foc_grid_get_cell (self->grid, i, j, &cell);
        cell_to_json (&cell, TRUE, builder);
      }
  json_builder_end_array (builder);

  if (foc_run_has_diverged (self))
    return;
  json_builder_set_member_name (builder, "best");
  cell_to_json (&self->best, FALSE, builder);
}

void
foc_run_certainty_to_json (const FocRun *self, JsonBuilder *builder)
{
  const FocCertainty *certainty = &self->certainty;

  if (certainty->temperature == 0)
    return;

  json_builder_set_member_name (builder, "certainty");
  json_builder_begin_object (builder);
  foc_json_add_double (builder, "temperature", certainty->temperature);
  foc_json_add_double (builder, "error_before", certainty->error_before);
  foc_json_add_double (builder, "error_after", certainty->error_after);
  foc_json_add_double (builder, "threshold", certainty->threshold);
  json_builder_set_member_name (builder, "novelty");
  foc_novelty_to_json (certainty->novelty, builder);
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "validation");
  json_builder_begin_object (builder);
  foc_measurement_to_json (&self->validation, builder);
  json_builder_end_object (builder);
}

void
foc_run_holdout_to_json (const FocRun *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "holdout");
  json_builder_begin_object (builder);
  foc_json_add_int (builder, "looks", self->n_looks);
  foc_measurement_to_json (&self->holdout, builder);
  if (self->n_copies > 0)
    foc_json_add_int (builder, "copies", self->n_copies);
  json_builder_end_object (builder);
}

static void
dataset_to_json (const FocRun *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "dataset");
  json_builder_begin_object (builder);
  foc_json_add_string (builder, "name", self->dataset_name);
  foc_json_add_strings (builder, "classes", (const char *const *) self->class_names);
  foc_json_add_int (builder, "images", self->n_pictures);
  json_builder_set_member_name (builder, "split");
  json_builder_begin_object (builder);
  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    foc_json_add_int (builder, foc_part_to_string (part), self->n_rows[part]);
  json_builder_end_object (builder);
  foc_json_add_string (builder, "digest", self->data_digest);
  json_builder_end_object (builder);
}

static void
grid_to_json (const FocRun *self, JsonBuilder *builder)
{
  foc_run_cells_to_json (self, builder);
  if (self->grid->stopped)
    {
      json_builder_set_member_name (builder, "stopped");
      json_builder_add_boolean_value (builder, TRUE);
    }

  json_builder_set_member_name (builder, "trajectories");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->grid->n_learning_rates; i++)
    {
      const FocTrajectory *trajectory = &self->grid->trajectories[i];

      json_builder_begin_object (builder);
      foc_json_add_double (builder, "learning_rate", trajectory->learning_rate);
      json_builder_set_member_name (builder, "diverged");
      json_builder_add_boolean_value (builder, trajectory->diverged);
      json_builder_set_member_name (builder, "curve");
      foc_curve_to_json (trajectory->curve, builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static char *
make_document (const FocRun *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  foc_json_add_string (builder, "format", FORMAT);
  foc_json_add_string (builder, "created", self->created);
  if (self->title != NULL)
    foc_json_add_string (builder, "title", self->title);
  json_builder_set_member_name (builder, "settings");
  foc_settings_to_json (&self->settings, builder);
  dataset_to_json (self, builder);
  foc_json_add_string (builder, "program_version", self->program_version);
  foc_json_add_string (builder, "blas_core", self->blas_core);
  foc_json_add_string (builder, "arithmetic", self->arithmetic);
  foc_json_add_string (builder, "libraries", self->libraries);

  if (self->grid != NULL)
    {
      grid_to_json (self, builder);
      foc_run_certainty_to_json (self, builder);
    }
  if (self->model_sha256 != NULL)
    {
      json_builder_set_member_name (builder, "final");
      json_builder_begin_object (builder);
      foc_json_add_string (builder, "model_sha256", self->model_sha256);
      json_builder_set_member_name (builder, "curve");
      foc_curve_to_json (self->final_curve, builder);
      json_builder_end_object (builder);
    }
  if (self->n_looks > 0)
    foc_run_holdout_to_json (self, builder);
  json_builder_end_object (builder);

  return foc_json_to_string (builder, TRUE, NULL);
}

gboolean
foc_run_save (const FocRun *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, RECORD, NULL);
  g_autofree char *document = make_document (self);
  g_autofree char *text = g_strconcat (document, "\n", NULL);

  return foc_file_replace (path, text, strlen (text), error);
}

/* Reading: each returns FALSE where something is missing or not as it should be. */

static gboolean
get_copy (JsonObject *object, const char *name, char **value)
{
  const char *string;

  if (!foc_json_get_string (object, name, &string))
    return FALSE;
  *value = g_strdup (string);
  return TRUE;
}

/* Hexadecimal SHA-256. */
static gboolean
get_sha256 (JsonObject *object, const char *name, char **value)
{
  const char *string;

  if (!foc_json_get_string (object, name, &string) || strlen (string) != 64
      || strspn (string, "0123456789abcdef") != 64)
    return FALSE;
  *value = g_strdup (string);
  return TRUE;
}

static gboolean
read_title (FocRun *self, JsonObject *root)
{
  return !json_object_has_member (root, "title")
         || (get_copy (root, "title", &self->title)
             && strlen (self->title) <= FOC_LIMIT_TITLE_BYTES);
}

static gboolean
read_dataset (FocRun *self, JsonObject *root)
{
  JsonObject *dataset, *split;
  gint64 n;

  if (!foc_json_get_object (root, "dataset", &dataset)
      || !get_copy (dataset, "name", &self->dataset_name)
      || !get_sha256 (dataset, "digest", &self->data_digest)
      || !foc_json_get_strings (dataset, "classes", FOC_LIMIT_CLASSES, &self->class_names)
      || !foc_json_get_int (dataset, "images", 0, FOC_LIMIT_ROWS, &n)
      || !foc_json_get_object (dataset, "split", &split))
    return FALSE;
  self->n_pictures = (guint32) n;

  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    {
      if (!foc_json_get_int (split, foc_part_to_string (part), 0, FOC_LIMIT_ROWS, &n))
        return FALSE;
      self->n_rows[part] = (guint32) n;
    }

  return g_strv_length (self->class_names) >= FOC_LIMIT_CLASSES_MIN;
}

static gboolean
read_trajectory (FocTrajectory *trajectory, JsonObject *object)
{
  JsonArray *points;
  FocCurve *curve;
  double learning_rate;

  if (!foc_json_get_double (object, "learning_rate", 0, 1e6, &learning_rate)
      || learning_rate != trajectory->learning_rate
      || !foc_json_get_boolean (object, "diverged", &trajectory->diverged)
      || !foc_json_get_array (object, "curve", G_MAXUINT, &points))
    return FALSE;

  curve = foc_curve_from_json (points);
  if (curve == NULL)
    return FALSE;
  g_array_unref (trajectory->curve);
  trajectory->curve = curve;
  return TRUE;
}

/* "cells" and "best" are for other readers: they follow from the curves. */
static gboolean
read_best (FocRun *self, JsonObject *root)
{
  gboolean has_best = foc_grid_get_best (self->grid, &self->best);
  JsonObject *object;
  double learning_rate;
  gint64 epochs;

  if (!json_object_has_member (root, "best"))
    {
      for (guint i = 0; i < self->grid->n_learning_rates; i++)
        if (!self->grid->trajectories[i].diverged)
          return FALSE;
      return !has_best && !self->grid->stopped;
    }

  return has_best && foc_json_get_object (root, "best", &object)
         && foc_json_get_int (object, "epochs", 1, FOC_LIMIT_EPOCHS, &epochs)
         && foc_json_get_double (object, "learning_rate", 0, 1e6, &learning_rate)
         && self->best.epochs == (guint) epochs
         && self->best.learning_rate == learning_rate;
}

static gboolean
read_grid (FocRun *self, JsonObject *root)
{
  JsonArray *trajectories;
  JsonObject *object;

  if (!json_object_has_member (root, "trajectories"))
    return TRUE;

  self->grid = foc_grid_new (&self->settings);
  if (json_object_has_member (root, "stopped")
      && !foc_json_get_boolean (root, "stopped", &self->grid->stopped))
    return FALSE;
  if (!foc_json_get_array (root, "trajectories", FOC_LIMIT_LEARNING_RATES, &trajectories)
      || json_array_get_length (trajectories) != self->grid->n_learning_rates)
    return FALSE;
  for (guint i = 0; i < self->grid->n_learning_rates; i++)
    if (!foc_json_array_get_object (trajectories, i, &object)
        || !read_trajectory (&self->grid->trajectories[i], object))
      return FALSE;

  return read_best (self, root);
}

static gboolean
read_final (FocRun *self, JsonObject *root)
{
  JsonObject *final;
  JsonArray *points;

  if (!json_object_has_member (root, "final"))
    return TRUE;

  if (self->certainty.temperature == 0 || !foc_json_get_object (root, "final", &final)
      || !get_sha256 (final, "model_sha256", &self->model_sha256)
      || !foc_json_get_array (final, "curve", G_MAXUINT, &points))
    return FALSE;
  self->final_curve = foc_curve_from_json (points);

  return self->final_curve != NULL;
}

/* Mistakes are ascending. */
static gboolean
are_mistakes_of (const FocMeasurement *measurement, guint32 n_pictures)
{
  const GArray *mistakes = measurement->mistakes;

  return mistakes == NULL || mistakes->len == 0
         || g_array_index (mistakes, FocMistake, mistakes->len - 1).row < n_pictures;
}

static gboolean
read_certainty (FocRun *self, JsonObject *root)
{
  FocCertainty *certainty = &self->certainty;
  JsonObject *object, *novelty;

  if (!json_object_has_member (root, "certainty"))
    return TRUE;

  if (self->grid == NULL || foc_run_has_diverged (self)
      || !foc_json_get_object (root, "certainty", &object)
      || !foc_json_get_double (object, "temperature", FOC_LIMIT_TEMPERATURE_MIN,
                               FOC_LIMIT_TEMPERATURE_MAX, &certainty->temperature)
      || !isfinite (certainty->temperature)
      || !foc_json_get_double (object, "error_before", 0, 1, &certainty->error_before)
      || !foc_json_get_double (object, "error_after", 0, 1, &certainty->error_after)
      || !foc_json_get_double (object, "threshold", 0, 1, &certainty->threshold)
      || !isfinite (certainty->threshold)
      || !foc_json_get_object (object, "novelty", &novelty)
      || !foc_json_get_object (root, "validation", &object)
      || !foc_measurement_from_json (&self->validation, object,
                                     g_strv_length (self->class_names),
                                     self->n_rows[FOC_PART_VALIDATION])
      || !are_mistakes_of (&self->validation, self->n_pictures))
    return FALSE;

  certainty->novelty = foc_novelty_from_json (novelty, g_strv_length (self->class_names));
  return certainty->novelty != NULL && self->validation.measured;
}

static gboolean
read_holdout (FocRun *self, JsonObject *root)
{
  JsonObject *object;
  gint64 looks, copies = 0;

  if (!json_object_has_member (root, "holdout"))
    return TRUE;

  if (!foc_json_get_object (root, "holdout", &object)
      || !foc_json_get_int (object, "looks", 1, G_MAXINT32, &looks)
      || !foc_measurement_from_json (&self->holdout, object,
                                     g_strv_length (self->class_names),
                                     self->n_rows[FOC_PART_HOLDOUT])
      || !are_mistakes_of (&self->holdout, self->n_pictures)
      || (json_object_has_member (object, "copies")
          && !foc_json_get_int (object, "copies", 1, self->n_rows[FOC_PART_HOLDOUT],
                                &copies)))
    return FALSE;
  self->n_looks = (guint) looks;
  self->n_copies = (guint32) copies;

  return self->model_sha256 != NULL || !self->holdout.measured;
}

static gboolean
read_record (FocRun *self, JsonObject *root)
{
  JsonObject *settings;

  g_clear_pointer (&self->created, g_free);
  g_clear_pointer (&self->program_version, g_free);
  g_clear_pointer (&self->blas_core, g_free);
  g_clear_pointer (&self->arithmetic, g_free);
  g_clear_pointer (&self->libraries, g_free);

  return get_copy (root, "created", &self->created) && read_title (self, root)
         && get_copy (root, "program_version", &self->program_version)
         && get_copy (root, "blas_core", &self->blas_core)
         && get_copy (root, "arithmetic", &self->arithmetic)
         && get_copy (root, "libraries", &self->libraries)
         && foc_json_get_object (root, "settings", &settings)
         && foc_settings_from_json (&self->settings, settings)
         && read_dataset (self, root) && read_grid (self, root)
         && read_certainty (self, root) && read_final (self, root)
         && read_holdout (self, root);
}

/* What is wrong with the record, as a clause to be freed; NULL if nothing is. */
static char *
read_document (FocRun *self, const char *text, gsize length)
{
  g_autoptr (GError) json_error = NULL;
  g_autoptr (JsonObject) root = foc_json_parse (text, length, &json_error);
  const char *format;

  if (root == NULL)
    return g_strdup (json_error->message);
  if (!foc_json_get_string (root, "format", &format) || !g_str_equal (format, FORMAT))
    return g_strdup (_ ("it is no record of this version of the program"));
  if (!read_record (self, root))
    return g_strdup (_ ("something in it is missing or out of range"));

  return NULL;
}

FocRun *
foc_run_load (const char *folder, GError **error)
{
  g_autoptr (FocRun) self = foc_run_new (folder);
  g_autofree char *path = g_build_filename (folder, RECORD, NULL);
  g_autofree char *name = g_filename_display_name (path);
  g_autofree guint8 *text = NULL;
  g_autofree char *problem = NULL;
  gsize length;

  if (!foc_file_read (path, FOC_LIMIT_RECORD_BYTES, &text, &length, error))
    return NULL;

  problem = read_document (self, (const char *) text, length);
  if (problem != NULL)
    {
      g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
                   /* Translators: a file name, then what is wrong with it. */
                   _ ("The run record “%s” cannot be used: %s."), name, problem);
      return NULL;
    }

  return g_steal_pointer (&self);
}

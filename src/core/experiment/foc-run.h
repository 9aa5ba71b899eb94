/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-certainty.h"
#include "foc-grid-search.h"
#include "foc-measurement.h"

/* The record of a run: all that is needed to understand its result, to compare it
 * and to do it again. foc-run-record.c writes and reads it as JSON. It lives in a
 * folder of its own:
 *
 *     run.json                    this record
 *     model.safetensors           the final model
 *     checkpoint-N.safetensors    while it is under way, as
 *     cell-N.safetensors          the best cell of each learning rate
 *
 * Each write replaces the whole file at once, so that a kill at any moment leaves
 * the old record or the new one. No path is in it. A finished run has no
 * checkpoints. */

typedef struct
{
  char *folder;  /* not in the file */
  char *created; /* ISO 8601, UTC */
  char *title;   /* the user's name for it, or NULL; changes nothing else */
  FocSettings settings;

  char *dataset_name; /* last part of the folder's path, UTF-8 */
  char *data_digest;
  GStrv class_names;
  guint32 n_pictures; /* readable or not */
  guint32 n_rows[FOC_N_PARTS];

  /* Of whoever trained; the holdout set may have been measured by another. */
  char *program_version;
  char *blas_core;
  char *arithmetic; /* foc_blas_arithmetic(): bits depend on it          */
  char *libraries;  /* others with their versions, that they do not depend on */

  FocGrid *grid; /* NULL until it is complete, or was stopped */
  FocCell best;  /* its accuracy is NaN: there is none, see foc_run_has_diverged() */
  FocCertainty certainty;    /* what the winning cell's model learnt       */
  FocMeasurement validation; /* what it is worth with that; not yet there while
                                certainty.temperature is 0 */

  /* From here on empty until the final model is there. */
  FocCurve *final_curve;
  char *model_sha256;

  /* A look at the holdout set is recorded before it is taken, its result after. So a
   * look counts even if the process dies before anybody learns what was seen, and a
   * record may hold looks and no result. */
  guint n_looks; /* how often the seal was broken */
  FocMeasurement holdout;
  guint32 n_copies; /* foc_leaks_count_copies() when it was measured; 0 also in records of
                       earlier versions */
} FocRun;

/* A new record for the folder, written by foc_run_save(). Fill in the rest.
 *
 * Whoever made or loaded a record may change it as long as no other has a reference: the
 * experiment changes its own, and hands out snapshots. What others have a reference to
 * is changed by nobody any more, and any thread may read it. */
FocRun *foc_run_new (const char *folder);
FocRun *foc_run_ref (const FocRun *self);
void foc_run_unref (FocRun *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocRun, foc_run_unref)

/* A copy of a record that is going to change, for who wants to keep it as it is now. The
 * two share their curves, which are replaced, but never changed. */
FocRun *foc_run_snapshot (const FocRun *self);

/* TRUE if the final model was trained and measured. */
gboolean foc_run_is_finished (const FocRun *self);

/* TRUE if the grid is complete, and every cell diverged: there is nothing to go on with. */
gboolean foc_run_has_diverged (const FocRun *self);

/* TRUE if the two are of the same settings, data, program and BLAS kernels, so
 * that one can go on where the other stopped. */
gboolean foc_run_is_same (const FocRun *self, const FocRun *other);
/* TRUE if they are of the same settings and data: a final model of one can be looked at the
 * holdout set with by the program of the other. */
gboolean foc_run_is_of_same_data (const FocRun *self, const FocRun *other);

/* Writes run.json into the folder, which exists. All that stands before `grid` must
 * be filled in. G_FILE_ERROR. */
gboolean foc_run_save (const FocRun *self, GError **error);

/* Adds a look at the holdout set to the record and saves it: to be called before the
 * look is taken. FALSE with the error of foc_run_save(): then none is to be taken. */
gboolean foc_run_count_look (FocRun *self, GError **error);

/* Reads the record in `folder`. G_FILE_ERROR_NOENT if there is none; FOC_ERROR_RUN
 * if it is damaged or of another version. */
FocRun *foc_run_load (const char *folder, GError **error);

/* Paths in the run's folder; free with g_free(). The checkpoint is that of the final
 * model, there from its first moment until the record knows the model. */
char *foc_run_get_model_path (const FocRun *self);
char *foc_run_get_final_checkpoint (const FocRun *self);

/* The run whose final model the file `path` is: the one in whose folder it lies, or
 * one of the user's runs with a model of the same bytes; NULL if there is none. */
FocRun *foc_run_find_model (const char *path);

/* The folder in which runs are kept if no other is named, and a new name in it;
 * free with g_free(). */
char *foc_runs_folder (void);
char *foc_run_make_name (void);

/* "cells" and "best" (if there is one), "certainty" and "validation", "holdout" as members of an object
 * that the caller has begun, of a run that has a grid; documents for other programs have
 * the same. */
void foc_run_cells_to_json (const FocRun *self, JsonBuilder *builder);
void foc_run_certainty_to_json (const FocRun *self, JsonBuilder *builder);
void foc_run_holdout_to_json (const FocRun *self, JsonBuilder *builder);

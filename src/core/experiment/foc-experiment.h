/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-duplicates.h"
#include "foc-feature-build.h"
#include "foc-model.h"
#include "foc-run.h"

/* The published experiment, step by step:
 *
 *     foc_experiment_open()          scan the folder, make the features
 *     foc_experiment_begin()         find duplicates, split; find or begin the run's record
 *     foc_experiment_search()        grid search on training and validation set
 *     foc_experiment_calibrate()     how sure the best cell's model may be
 *     foc_experiment_train_final()   the best cell again, on both together
 *     foc_experiment_look()          the holdout accuracy of that model
 *
 * Every step is kept in the run's folder as soon as it is done, and a step that is
 * in the record already is not done again: after a kill, an error or a finished run
 * the same calls go on where it stopped, to the same bits. A step that fails may be
 * tried again. While the experiment lives, nobody else can use the run's folder.
 * Steps block; one thread at a time.
 *
 * Where the run's folder cannot be written, as on a full disk, a step fails; or, if the
 * options name somebody to be told, it goes on in memory, and each step tries again. */

typedef enum
{
  FOC_STAGE_SCAN,
  FOC_STAGE_FEATURES,
  FOC_STAGE_DUPLICATES,
  FOC_STAGE_GRID,
  FOC_STAGE_CALIBRATION,
  FOC_STAGE_FINAL,
  FOC_STAGE_HOLDOUT,
} FocStage;

#define FOC_N_STAGES 7

/* "scan", "features", "duplicates", "grid", "calibration", "final", "holdout". */
const char *foc_stage_to_string (FocStage stage);

/* As FocProgress, with the step that it is about. */
typedef void (*FocStageProgress) (FocStage stage,
                                  guint64 done,
                                  guint64 total,
                                  gpointer user_data);

/* How to go about it; nothing of it changes a result. Borrowed for as long as the
 * experiment lives. */
typedef struct
{
  const char *cache;         /* folder for features; NULL: keep none           */
  const char *output;        /* the run's folder; NULL: among the user's runs   */
  gboolean fresh;            /* begin anew: use neither features nor run        */
  gboolean look;             /* nothing but a look: see foc_experiment_begin()  */
  guint jobs;                /* threads                                         */
  FocStageProgress progress; /* nullable */
  gpointer user_data;
  FocUnsaved unsaved;        /* nullable; told each time, also from other threads */
  GCancellable *cancellable; /* nullable */
  GCancellable *stop;        /* nullable; ends a search with the cells that are there */
} FocExperimentOptions;

typedef struct
{
  const FocExperimentOptions *options;
  FocDataset *dataset; /* a caller who has begun may release it, and set NULL */
  FocFeatureStore *store;
  FocDuplicates *duplicates; /* where they were looked for, or NULL      */
  char *notice;              /* a sentence the user should read, or NULL */
  guint32 n_copies; /* foc_leaks_count_copies(), from foc_experiment_begin() on */
  FocSplit *split;  /* from foc_experiment_begin() on           */
  FocRun *run;      /* the same                                 */
  gboolean resumed; /* the run had been begun before */
  gboolean unsaved; /* the record could not be written as it is now  */
  FocModel *model;  /* the final model, while it could not be written; or NULL */
  double seconds[FOC_N_STAGES]; /* that each step took          */
  int lock;                     /* on the run's folder, or -1   */
} FocExperiment;

/* Scans `root` and makes or finds its feature store. */
FocExperiment *foc_experiment_open (const char *root,
                                    const FocExperimentOptions *options,
                                    GError **error);
void foc_experiment_free (FocExperiment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocExperiment, foc_experiment_free)

/* Sets `duplicates`, of all relations at least that are asked for; part of
 * foc_experiment_begin(). Errors of foc_duplicates_find(). */
gboolean foc_experiment_find_duplicates (FocExperiment *self,
                                         FocRelations relations,
                                         GError **error);

/* A split of the data set, for which the relations that it keeps together are looked for
 * where they are not known yet. */
FocSplit *foc_experiment_make_split (FocExperiment *self,
                                     const FocSplitSettings *settings,
                                     GError **error);

/* Sets `split`; part of foc_experiment_begin(). */
gboolean foc_experiment_split (FocExperiment *self,
                               const FocSplitSettings *settings,
                               GError **error);

/* Whether each class has enough readable pictures and each part has some:
 * FOC_ERROR_DATASET names what is too small. Part of foc_experiment_begin(). */
gboolean foc_experiment_check_size (const FocExperiment *self, GError **error);

/* The examples of a part; those of training and validation set together, which the
 * final model is trained on. They belong to the experiment. */
void foc_experiment_get_examples (const FocExperiment *self,
                                  FocPart part,
                                  FocExamples *examples);
void foc_experiment_get_joint_examples (const FocExperiment *self, FocExamples *examples);

/* Finds the run of these settings on this data, or begins one: in the output folder
 * the one that is there, finished or not; among the user's runs one that is not
 * finished and that nobody works at. `settings` are those of foc_settings_normalise().
 *
 * With `fresh` the run begins anew, in place of whatever run the output folder holds;
 * but where that one was about the same data, its looks at the holdout set still
 * count. With `look` the one in the output folder may be by another version of the
 * program, or of what it computes with: foc_experiment_look() alone may follow.
 *
 * FOC_ERROR_DATASET where the data set is too small for an experiment; FOC_ERROR_RUN
 * where the output folder holds anything else than this run; G_FILE_ERROR_AGAIN where
 * another process works in it; other G_FILE_ERROR. */
gboolean
foc_experiment_begin (FocExperiment *self, const FocSettings *settings, GError **error);

/* `progress` may be NULL; it sees the grid grow, as foc_grid_search() says. A search that
 * was stopped goes on, until there is a final model of what it had found.
 * FOC_ERROR_DIVERGED where every cell diverged: that is recorded, nothing comes after it,
 * and foc_run_has_diverged() says so. */
gboolean foc_experiment_search (FocExperiment *self,
                                FocGridProgress progress,
                                gpointer user_data,
                                GError **error);

/* Temperature and novelty, by the best cell's model on the validation set, and
 * what it is worth there. */
gboolean foc_experiment_calibrate (FocExperiment *self, GError **error);

/* Calibrates first, if that was not done. A model that was made and has gone since is
 * made again; FOC_ERROR_RUN where the file is there, but is another one than the run
 * has made. */
gboolean foc_experiment_train_final (FocExperiment *self, GError **error);

/* Records that it looks, then looks, then records what it saw. A look that cannot be
 * recorded is not taken, whoever is told: G_FILE_ERROR. */
gboolean foc_experiment_look (FocExperiment *self, GError **error);

/* Writes what could not be written before, if there is anything. G_FILE_ERROR. */
gboolean foc_experiment_save (FocExperiment *self, GError **error);

/* A model around a copy of `mlp`, with where it comes from: trained as `cell` says, on
 * data of that digest. */
FocModel *foc_make_model (const FocMlp *mlp,
                          const char *const *class_names,
                          const FocSettings *settings,
                          const FocCell *cell,
                          const char *data_digest);

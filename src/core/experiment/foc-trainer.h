/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-curve.h"
#include "foc-examples.h"
#include "foc-settings.h"

/* One trajectory: a network on its way from random weights through the epochs.
 * Neither the shuffling (by seed and epoch) nor the steps know how many epochs
 * there will be; so every epoch's network is the end of a shorter training, bit
 * for bit, and a trajectory that is taken up from a checkpoint goes on as if it
 * had never stopped.
 *
 * A trainer is used by one thread at a time, which has called
 * foc_blas_begin_thread(). */

typedef struct _FocTrainer FocTrainer;

/* Told in the trainer's thread that it has gone on: after each point of the curve,
 * and between them about ten times a second. */
typedef void (*FocTrainerReport) (FocTrainer *trainer, gpointer user_data);

/* A trajectory over the examples `train` (copied; rows and store stay the
 * caller's and must outlive it; at least one), measured on `validation` (NULL or
 * empty: nowhere). The settings are those of foc_settings_normalise(). */
FocTrainer *foc_trainer_new (const FocTrainingSettings *settings,
                             double learning_rate,
                             const FocExamples *train,
                             const FocExamples *validation);
void foc_trainer_free (FocTrainer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocTrainer, foc_trainer_free)

/* The curve has ten points an epoch (fewer where there are fewer batches), and only
 * the one at its end from this many epochs on. */
#define FOC_TRAINER_DENSE_EPOCHS 100

/* At how many of an epoch's points the validation set is measured, the end of the
 * epoch included; 1 ... 10, 1 by default. It changes the curve, not the network.
 * To be set before anything else is done. */
void foc_trainer_set_evaluations (FocTrainer *self, guint per_epoch);

/* Trains one more epoch. FOC_ERROR_DIVERGED with advice when a loss, a weight or the
 * optimiser's state is not finite any more; FOC_ERROR_STORE; G_IO_ERROR_CANCELLED
 * within a batch's time. After a failure the trainer is of no use; the last
 * checkpoint is. */
gboolean foc_trainer_run_epoch (FocTrainer *self,
                                FocTrainerReport report,
                                gpointer user_data,
                                GCancellable *cancellable,
                                GError **error);

guint foc_trainer_get_n_epochs (const FocTrainer *self);

/* How many examples were trained on since the beginning; any thread may ask. */
guint64 foc_trainer_get_n_examples (FocTrainer *self);

/* Owned by the trainer, changed by the next epoch. */
const FocMlp *foc_trainer_get_mlp (const FocTrainer *self);
const FocCurve *foc_trainer_get_curve (const FocTrainer *self);

/* Writes all that is needed to go on, atomically. */
gboolean foc_trainer_save (const FocTrainer *self, const char *path, GError **error);

/* Takes up the checkpoint in `path`, if it is one of the same settings, data,
 * program and BLAS kernels, as it was written, and of at most `max_epochs`; else
 * the trainer stays as it is. FALSE with FOC_ERROR_MODEL or G_FILE_ERROR that says
 * why. */
gboolean foc_trainer_load (FocTrainer *self, const char *path, GError **error);
gboolean foc_trainer_load_until (FocTrainer *self,
                                 const char *path,
                                 guint max_epochs,
                                 GError **error);

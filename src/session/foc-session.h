/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-open-dataset.h"
#include "foc-training.h"

/* What the three pages of the window share: the data set that is open, the run that it is
 * about, and the model in use. Panes get this object and never each other. Main thread
 * only.
 *
 * Properties: "dataset" (FocOpenDataset) and "training" (FocTraining), never NULL; "model"
 * (FocLoadedModel, NULL where there is none). A data set that has changed when a training
 * was to begin is refreshed. Signal "failed" (message): a model could not be loaded; the
 * current one stays. Signal "notice" (message): a sentence for a toast.
 *
 * What the model says to pictures under seal (foc-loaded-model.h) is not made out. As soon
 * as the training has a run of that model that has looked, the same model without its seal
 * is the current one, which is notified, and it is asked about all of them. A look that
 * another program takes is seen when the model is loaded again. */

#define FOC_TYPE_SESSION (foc_session_get_type ())

G_DECLARE_FINAL_TYPE (FocSession, foc_session, FOC, SESSION, GObject)

/* A session with the model that comes with the program, where there is one. `cache`:
 * folder for caches; NULL keeps none. */
FocSession *foc_session_new (const char *cache);

FocOpenDataset *foc_session_get_dataset (FocSession *self);
FocTraining *foc_session_get_training (FocSession *self);
FocLoadedModel *foc_session_get_model (FocSession *self);

/* Reads the model in the file `path`, or with NULL the one that comes with the program,
 * and uses it from then on. */
void foc_session_load_model (FocSession *self, const char *path);

/* Whether a model is being read, which "model" or "failed" will tell of. */
gboolean foc_session_is_loading (FocSession *self);

/* Puts a look at the holdout set of the model on record, by which its seal is broken; a
 * "notice" tells where that fails. For what foc_loaded_model_get_breach() does not send to
 * the run. */
void foc_session_break_seal (FocSession *self);

/* Uses a model that was in use before; one that is being read is forgotten. */
void foc_session_use_model (FocSession *self, FocLoadedModel *model);

/* From then on, whichever model is in use is "not sure" below `threshold`, 0 ... 1; with
 * NAN (the default) below its own. The same model with another threshold is another one,
 * which is notified, and asked about the data set again. */
void foc_session_set_threshold (FocSession *self, double threshold);

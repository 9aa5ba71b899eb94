/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-job.h"
#include "foc-loaded-model.h"
#include "foc-picture-list.h"

/* The data set that is open in the window: opening, refreshing, its split, and what the
 * model says to it. One data set at a time; opening another one replaces it.
 *
 * Opening shows names at once, and goes on to read the pictures: `catalog` is set after
 * every step. Cancelled on the way, the data set that was open before is there again.
 *
 * Properties, all read-only:
 *
 *     state      FocOpenState
 *     catalog    FocCatalog, NULL where nothing is open
 *     job        FocJob that opens or refreshes, whose stage is a FocCatalogStep: the
 *                one that it works for; NULL where none runs
 *     predicting FocJob that asks the model; NULL where none runs
 *
 * Signals:
 *
 *     failed (message)   a sentence for a dialog: what was asked for did not come about;
 *                        what was open before still is
 *     no-classes (message)   instead of "failed" where the folder is no data set, but has
 *                        pictures, which could be classified
 *     notice (message)   a sentence for a toast
 *     opened             a data set is complete, the first time after opening it
 *     lost (message)     the folder of the data set that is open has gone, or cannot be
 *                        read any more; the last that was known of it is still shown.
 *                        Again with another reason
 *     found              it is there again
 *
 * Main thread only. */

#define FOC_TYPE_OPEN_DATASET (foc_open_dataset_get_type ())

G_DECLARE_FINAL_TYPE (FocOpenDataset, foc_open_dataset, FOC, OPEN_DATASET, GObject)

typedef enum
{
  FOC_OPEN_NOTHING,  /* no data set                        */
  FOC_OPEN_SCANNING, /* the first one, of which nothing is known yet */
  FOC_OPEN_SHOWN,    /* there is a catalog, more or less complete */
} FocOpenState;

/* `cache`: folder for caches, copied; NULL keeps none. */
FocOpenDataset *foc_open_dataset_new (const char *cache);

/* Opens the folder `path`, split by `settings` (NULL: as the paper). Another job of
 * the kind is cancelled. */
void foc_open_dataset_open (FocOpenDataset *self,
                            const char *path,
                            const FocSplitSettings *settings);

/* Looks what has changed on the disk. Without a change nothing happens; with one, only
 * what changed is read. Does nothing while a job runs. */
void foc_open_dataset_refresh (FocOpenDataset *self);

/* Stops opening or refreshing; at once, without a word. */
void foc_open_dataset_cancel (FocOpenDataset *self);

void foc_open_dataset_close (FocOpenDataset *self);

/* Splits anew. FOC_ERROR_SETTINGS; then all is as it was. */
gboolean foc_open_dataset_set_split (FocOpenDataset *self,
                                     const FocSplitSettings *settings,
                                     GError **error);

/* The model that is asked about every picture, again after each change, but for what is
 * under seal; NULL for none. */
void foc_open_dataset_set_model (FocOpenDataset *self, FocLoadedModel *model);
FocLoadedModel *foc_open_dataset_get_model (FocOpenDataset *self);

FocOpenState foc_open_dataset_get_state (FocOpenDataset *self);
FocCatalog *foc_open_dataset_get_catalog (FocOpenDataset *self);
FocJob *foc_open_dataset_get_job (FocOpenDataset *self);
/* The list of its pictures; the same one for as long as `self` lives. */
FocPictureList *foc_open_dataset_get_pictures (FocOpenDataset *self);

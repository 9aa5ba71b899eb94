/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-open-dataset.h"
#include "foc-predictor.h"

/* What foc-open-dataset.c, where everything is shown and told, and
 * foc-open-dataset-jobs.c, where it comes from, have in common. */

/* What there is to come back to when opening is cancelled, or fails. */
typedef struct
{
  FocCatalog *catalog;         /* or NULL */
  FocPredictions *predictions; /* or NULL */
  FocSplitSettings split;
  char *lost; /* or NULL */
} FocOpenBefore;

void foc_open_before_clear (FocOpenBefore *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocOpenBefore, foc_open_before_clear)

struct _FocOpenDataset
{
  GObject parent_instance;

  char *cache;
  FocLoadedModel *model;    /* or NULL                                        */
  FocSplitSettings split;   /* as it was asked for, for all that comes        */
  FocPictureList *pictures; /* holds what is shown                            */
  FocPredictor *predictor;
  char *lost; /* why what is shown cannot be reached any more, or NULL */

  FocJob *job; /* opens or refreshes, or NULL */
  gboolean is_opening;
  FocOpenBefore before; /* while it opens              */

  FocOpenState told_state; /* what was notified last      */
};

/* Shows `catalog` (NULL: nothing) with what the model says to it, and sees to it that the
 * model is asked. */
void foc_open_dataset_show (FocOpenDataset *self, FocCatalog *catalog);

/* TRUE where nothing is shown yet of what is being opened. */
gboolean foc_open_dataset_shows_before (FocOpenDataset *self);

/* Properties and signals. */
void foc_open_dataset_notify_job (FocOpenDataset *self); /* and the state */
void foc_open_dataset_emit_failed (FocOpenDataset *self, const GError *error);
void foc_open_dataset_emit_notice (FocOpenDataset *self, const char *message);
void foc_open_dataset_emit_opened (FocOpenDataset *self);
/* Emits "lost", or with NULL "found", unless that is what was said last. */
void foc_open_dataset_set_lost (FocOpenDataset *self, const char *message);

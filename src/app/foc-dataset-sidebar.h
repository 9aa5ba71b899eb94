/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-session.h"

#include <gtk/gtk.h>

/* The side pane of the Dataset page: classes and their balance, the split, what is to be
 * looked at, and the model in use. Its rows filter the list of pictures.
 *
 * Signal "leaks-mended" (before): the groups that leaked are in one set each now; `before`
 * is the FocCatalog as it was, for whoever offers to undo it. */

#define FOC_TYPE_DATASET_SIDEBAR (foc_dataset_sidebar_get_type ())

G_DECLARE_FINAL_TYPE (FocDatasetSidebar,
                      foc_dataset_sidebar,
                      FOC,
                      DATASET_SIDEBAR,
                      GtkWidget)

/* Once, before it is shown. */
void foc_dataset_sidebar_set_session (FocDatasetSidebar *self, FocSession *session);

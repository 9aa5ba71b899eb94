/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-session.h"

#include <gtk/gtk.h>

/* The page about the data set: how to open one, or its pictures with a pane at either
 * side: classes, split and findings; the picture that is selected. In a narrow window the
 * panes hide, and their buttons show one at a time.
 *
 * Property "thumbnail-size". Keys: F filter, Ctrl+F search, Space the large view. */

#define FOC_TYPE_DATASET_PAGE (foc_dataset_page_get_type ())

G_DECLARE_FINAL_TYPE (FocDatasetPage, foc_dataset_page, FOC, DATASET_PAGE, GtkWidget)

/* Once, before it is shown. */
void foc_dataset_page_set_session (FocDatasetPage *self, FocSession *session);

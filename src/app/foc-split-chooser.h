/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-open-dataset.h"

#include <gtk/gtk.h>

/* How the data set is split: a popover whose controls take effect at once. */

#define FOC_TYPE_SPLIT_CHOOSER (foc_split_chooser_get_type ())

G_DECLARE_FINAL_TYPE (FocSplitChooser, foc_split_chooser, FOC, SPLIT_CHOOSER, GtkPopover)

void foc_split_chooser_set_dataset (FocSplitChooser *self, FocOpenDataset *dataset);

/* The method of the split of `catalog` in words: "In file order", "By its folders". Translated,
 * static. */
const char *foc_split_describe (const FocCatalog *catalog);

/* The split for other pages: "From the Dataset page: in file order, 50 %, 20 %, 30 %;
 * duplicates in one set"; `catalog` may be NULL. Translated; g_free(). */
char *foc_split_describe_shares (const FocCatalog *catalog);

/* The settings alone, without the first words of that. Translated; g_free(). */
char *foc_split_settings_describe (const FocSplitSettings *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-catalog.h"
#include "foc-settings.h"

#include <gtk/gtk.h>

/* The settings of a training, to be typed and chosen. What is wrong is marked and explained
 * as one types. The preset is a name for what is set, the split of the data set included,
 * and means what it means in the terminal: it says "Custom" as soon as that is no preset.
 * To choose one sets everything, and asks for its split. Where that is all that differs,
 * as after opening another data set, it says so and offers the split. "Recommended"
 * follows the size of the training set for as long as nothing else is set.
 *
 * Signal "use-split" (FocSplitSettings *, as a pointer): the data set is to be split so.
 * The pane follows the catalog.
 *
 * Properties: "valid" (boolean, read-only), whether all is right; "running" (boolean):
 * everything is shown, and nothing can be changed. */

#define FOC_TYPE_SETTINGS_PANE (foc_settings_pane_get_type ())

G_DECLARE_FINAL_TYPE (FocSettingsPane, foc_settings_pane, FOC, SETTINGS_PANE, GtkWidget)

/* With the paper's settings. */
GtkWidget *foc_settings_pane_new (void);

/* Split and size of the training set come from `catalog`, which it keeps a reference to;
 * NULL: no data set is open. */
void foc_settings_pane_set_catalog (FocSettingsPane *self, FocCatalog *catalog);

/* What is set, as foc_settings_normalise() leaves it, with the split of the catalog; what
 * stands in an entry counts, even if Enter was not pressed. FALSE, and `settings` as it
 * was, if anything is wrong. */
gboolean foc_settings_pane_get_settings (FocSettingsPane *self, FocSettings *settings);

/* Shows others, of a run for one. Their split is used only while there is no catalog. */
void foc_settings_pane_set_settings (FocSettingsPane *self, const FocSettings *settings);

/* The number of threads to use. */
guint foc_settings_pane_get_jobs (FocSettingsPane *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-loaded-model.h"

#include <adwaita.h>

/* All that is known of a model: what it was trained on and how, its layers, when it is not
 * sure, and what its first layer looks for. A window of its own, over `parent`. */

#define FOC_TYPE_MODEL_DIALOG (foc_model_dialog_get_type ())

G_DECLARE_FINAL_TYPE (FocModelDialog, foc_model_dialog, FOC, MODEL_DIALOG, AdwWindow)

FocModelDialog *foc_model_dialog_present (GtkWindow *parent, FocLoadedModel *model);

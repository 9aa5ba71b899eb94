/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-loaded-model.h"

#include <gtk/gtk.h>

/* A strip that tells which model is in use: its name, classes, accuracy and what it was
 * trained on. A press opens the dialog ("win.show-model"); a menu has what else can be done
 * with it. The actions are the window's (foc-window-model.c). */

#define FOC_TYPE_MODEL_BAR (foc_model_bar_get_type ())

G_DECLARE_FINAL_TYPE (FocModelBar, foc_model_bar, FOC, MODEL_BAR, GtkWidget)

/* NULL: there is none. */
void foc_model_bar_set_model (FocModelBar *self, FocLoadedModel *model);

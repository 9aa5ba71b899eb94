/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-loaded-model.h"

#include <gtk/gtk.h>

/* The weights of a model's first layer as pictures, one for each of its units, in rows as
 * long as there is room: FOC_FEATURE_SIDE x FOC_FEATURE_SIDE pixels, whose red, green and
 * blue are what the unit multiplies those of the input with. Grey is zero; brighter is
 * above it, darker below; the largest weight of the unit, either way, is as far from grey as
 * it goes, so that each picture has a scale of its own. */

#define FOC_TYPE_WEIGHTS_VIEW (foc_weights_view_get_type ())

G_DECLARE_FINAL_TYPE (FocWeightsView, foc_weights_view, FOC, WEIGHTS_VIEW, GtkWidget)

/* The first so many are shown. */
#define FOC_WEIGHTS_VIEW_MAX 256

/* Quick: less than 8 ms. NULL shows nothing. */
void foc_weights_view_set_model (FocWeightsView *self, FocLoadedModel *model);

/* The picture of one unit: FOC_N_FEATURES bytes, row-major height x width x RGB. */
const guint8 *foc_weights_view_get_picture (FocWeightsView *self, guint unit);
guint foc_weights_view_get_n_pictures (FocWeightsView *self);
